"""How hard the laws are tried. Every run draws other examples, so that few at a time come to many."""

import os


def examples(number: int) -> int:
    """So many examples, or as many times more as CHAPEAU_EXAMPLES says: 20 looks for what one run seldom finds."""
    return number * int(os.environ.get("CHAPEAU_EXAMPLES", "1"))
