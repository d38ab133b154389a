"""What goes wrong outside the pages themselves, said as a page to whoever looks with a browser."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from app.http.server import server_of
from app.problems import Fault, MethodNotAllowed, NotFound, NotSignedIn, Problem
from app.rules.permissions import Seat
from app.said import Said
from app.views.sessions import signed_in_seat
from app.web.above import page_above
from app.web.pages import go_to, page
from app.web.session import secret_in

Answer = Callable[[Request, Exception], Awaitable[Response]]


def answer_browsers(app: FastAPI) -> None:
    """Have errors of addresses outside the API answered as pages where a browser asks; otherwise as before."""
    handlers: dict[Any, Any] = app.exception_handlers
    for error in (HTTPException, Exception):
        app.add_exception_handler(error, _for_browsers(handlers[error]))


def _for_browsers(otherwise: Answer) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        if _is_reload(request, error) and (form := page_above(request)):
            return go_to(request, form)
        before = await otherwise(request, error)  # it logs what is to be logged
        problem = _problem(request, error)
        if problem is None or not _wants_a_page(request):
            return before
        seat = None if isinstance(problem, Fault) else await _seat(request)
        found = page(request, "problem.html", seat=seat, status=problem.status, problem=problem, typed={}, back="")
        if "allow" in before.headers:
            found.headers["Allow"] = before.headers["allow"]
        return found

    return answer


def _is_reload(request: Request, error: Exception) -> bool:
    """Whether somebody asks again for what a form led to, by a reload or a link to it."""
    is_refused = isinstance(error, HTTPException) and error.status_code == 405
    return is_refused and request.method in ("GET", "HEAD") and _wants_a_page(request)


def _problem(request: Request, error: Exception) -> Problem | None:
    if not isinstance(error, HTTPException):
        return Fault()
    path = request.url.path
    match error.status_code:
        case 404:
            return NotFound(what=Said("page"), name=path, remedy=Said("Go on from the list of negotiations."))
        case 405:
            allowed = (error.headers or {}).get("Allow", "GET")
            return MethodNotAllowed(method=request.method, path=path, allowed=allowed)
    return None


def _wants_a_page(request: Request) -> bool:
    is_of_programs = request.url.path.startswith(("/api/", "/problems"))
    return not is_of_programs and "text/html" in request.headers.get("accept", "")


async def _seat(request: Request) -> Seat | None:
    """Who is signed in, so that the page looks as the others do."""
    if not secret_in(request):
        return None
    try:
        async with server_of(request).database.reading() as db:
            return await signed_in_seat(db, secret_in(request))
    except NotSignedIn:
        return None
