"""The addresses of pages, said once."""

from urllib.parse import quote

from fastapi import Request

from app.http.server import server_of


def negotiation_address(slug: str) -> str:
    return f"/n/{slug}"


def clause_address(slug: str, name: str) -> str:
    """The page of a clause, by its label or key."""
    return f"/n/{slug}/clauses/{quote(name, safe='()')}"


def amendment_address(slug: str, name: str) -> str:
    """The page of an amendment (`A12`)."""
    return f"/n/{slug}/amendments/{quote(name, safe='')}"


def server_address(request: Request) -> str:
    """Where people reach this server: as set, or as whoever asks has reached it."""
    return (server_of(request).settings.public_url or str(request.base_url)).rstrip("/")
