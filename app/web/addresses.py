"""The addresses of pages, said once."""

from urllib.parse import quote


def negotiation_address(slug: str) -> str:
    return f"/n/{slug}"


def clause_address(slug: str, name: str) -> str:
    """The page of a clause, by its label or key."""
    return f"/n/{slug}/clauses/{quote(name, safe='()')}"


def amendment_address(slug: str, name: str) -> str:
    """The page of an amendment (`A12`)."""
    return f"/n/{slug}/amendments/{quote(name, safe='')}"
