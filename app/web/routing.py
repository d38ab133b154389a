"""Routes of pages: one transaction each, and every problem answered as a page that says what to do."""

from typing import Final
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from app.actions.repeating import Answer
from app.http.repeating import Keeping
from app.http.transactions import Handler
from app.problems import InvalidInput, NotSignedIn, Problem
from app.said import Said
from app.web.above import page_above
from app.web.again import form_again
from app.web.once import kept_page, to_keep
from app.web.pages import HEADERS, go_to, page

_MENDED_THERE: Final = frozenset({409, 422})  # refused for what was typed, or for how things stand
_NOT_SHOWN: Final = frozenset(
    {"csrf", "password", "old", "new", "again", "secret", "once", "expected", "kind", "as", "next"}
)


class Page(Keeping):
    """A route that answers with a page, whatever happens."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except NotSignedIn as refusal:
                if request.method in ("GET", "HEAD"):
                    return go_to(request, f"/sign-in?next={quote(_address(request), safe='/')}")
                return refused(request, refusal)
            except Problem as refusal:
                if request.method == "POST" and refusal.status in _MENDED_THERE:
                    return await form_again(request, refusal, typed_in(request)) or refused(request, refusal)
                return refused(request, refusal)
            except RequestValidationError as wrong:
                fields = tuple(str(found["loc"][-1]) for found in wrong.errors())
                missing = Said("it is missing or does not have the right form.")
                return refused(request, InvalidInput.about(fields, missing))

        return answer

    def to_keep(self, request: Request, response: Response) -> Answer | None:
        return to_keep(request, response)

    def again(self, request: Request, answer: Answer) -> Response:
        if answer.status == 303:
            return Response(b"", 303, {**answer.headers, "cache-control": "no-store"})
        return HTMLResponse(kept_page(request, answer), answer.status, {**HEADERS, "Cache-Control": "no-store"})


def typed_in(request: Request) -> FormData:
    """What was typed into the form that was sent; nothing where none was."""
    sent = getattr(request.state, "form", None)
    return sent if isinstance(sent, FormData) else FormData()


def refused(request: Request, problem: Problem) -> Response:
    """What stands in the way, and what was typed, so that nothing is lost."""
    sent = typed_in(request).items()
    typed = {name: str(value) for name, value in sent if name not in _NOT_SHOWN and str(value).strip()}
    return page(
        request,
        "problem.html",
        seat=getattr(request.state, "seat", None),
        status=problem.status,
        problem=problem,
        typed=typed,
        back=page_above(request) if request.method == "POST" else "",
    )


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
