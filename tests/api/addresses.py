"""Every route of the application: how it is called, and the verbs of the permission table that it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from app.main import create_app
from app.settings import Settings
from app.web.routing import Page as PageRoute
from tests.api.room import SLUG

# What stands for each parameter of an address. All of it is in the room but the token: nobody has that one.
NAMES: Final = {
    "{negotiation}": SLUG,
    "{code}": "EU",
    "{member}": "ITA",
    "{state}": "NOR",
    "{note}": "N1",
    "{clause}": "OP1",
    "{number}": "1",
    "{amendment}": "A1",
    "{comment}": "C1",
    "{language}": "fr",
    "{invitation}": "I1",
    "{person}": "999999",
    "{secret}": "chi_unknown",
    "{meeting}": "M1",
    "{silence}": "S1",
    "{request}": "R1",
    "{vote}": "V1",
    "{dissociation}": "D1",
    "{webhook}": "W1",
    "{seq}": "1",
    "{table_name}": "amendments",
    "{token}": "999999",
    "{slug}": "not-found",
    "{symbol:path}": "A/RES/64/292",  # for who imports it
}


@dataclass(frozen=True, slots=True)
class Address:
    """One route. `operation` is empty for what is not described: the pages and the description itself."""

    operation: str
    method: str
    template: str
    verbs: tuple[str, ...]
    context: RouteContext

    @property
    def is_a_page(self) -> bool:
        """Whether it is one of the pages, or a form in one."""
        return isinstance(self.context.original_route, PageRoute)

    @property
    def path(self) -> str:
        path = self.template
        for parameter, name in NAMES.items():
            path = path.replace(parameter, name)
        return path

    @property
    def is_in_a_negotiation(self) -> bool:
        return "{negotiation}" in self.template

    @property
    def is_a_write(self) -> bool:
        return self.method != "GET"

    @property
    def subject(self) -> str:
        """What its If-Match is about, where it takes one: the address of what was read."""
        if "{language}" in self.template:
            inside = self.path.removeprefix(f"/api/v1/negotiations/{SLUG}")
            return inside.removesuffix("/rehearsal").removesuffix("/confirmation")
        if "{meeting}" in self.template:
            return "/meetings/M1"
        return "/amendments/A1" if "{amendment}" in self.template else "/clauses/OP1"

    @property
    def takes_a_body(self) -> bool:
        return bool(self.dependant.body_params)

    @property
    def dependant(self) -> Dependant:
        found: Any = self.context.dependant
        assert isinstance(found, Dependant)
        return found

    @property
    def parameters(self) -> frozenset[str]:
        """The names of the headers and query parameters that it knows."""
        return frozenset(_parameters(self.dependant))

    def __str__(self) -> str:
        return self.operation or f"{self.method} {self.template}"


@cache
def addresses() -> tuple[Address, ...]:
    """All routes of the application, in the order in which they are tried."""
    app = create_app(Settings(database_url="sqlite+aiosqlite:///:memory:"))
    return tuple(
        _address(context, method)
        for context in iter_route_contexts(app.routes)
        if context.methods is not None  # the files that pages load
        for method in sorted(context.methods - {"HEAD"})
    )


def operations() -> tuple[Address, ...]:
    """The routes under /api/v1."""
    return tuple(address for address in addresses() if address.template.startswith("/api/v1/"))


def pages() -> tuple[Address, ...]:
    """The routes of pages, and of the forms in them."""
    return tuple(address for address in addresses() if address.is_a_page)


def _address(context: Any, method: str) -> Address:
    dependant = getattr(context, "dependant", None)
    verbs = tuple(_verbs(dependant)) if dependant is not None else ()
    return Address(getattr(context, "operation_id", None) or "", method, context.path, verbs, context)


def _verbs(dependant: Dependant) -> Iterator[str]:
    verb = getattr(dependant.call, "verb", None)
    if verb is not None:
        yield verb
    for inner in dependant.dependencies:
        yield from _verbs(inner)


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in (*dependant.query_params, *dependant.header_params))
    for inner in dependant.dependencies:
        yield from _parameters(inner)
