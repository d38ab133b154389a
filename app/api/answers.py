"""From an error to what the client reads: RFC 9457 problem details, always with a sentence that says what to do."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.api.versions import CACHING, Unchanged
from app.problems import Fault, InvalidInput, MethodNotAllowed, NotFound, NotSignedIn, Problem

PROBLEM_JSON = "application/problem+json"
_log = logging.getLogger("chapeau.api")
_WHERE = frozenset({"body", "query", "path", "header"})


def answer_problems(app: FastAPI) -> None:
    """Have every error of `app` answered as a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Unchanged, _unchanged)
    app.add_exception_handler(Exception, _fault)


def problem_response(problem: Problem, instance: str) -> JSONResponse:
    """A problem as `application/problem+json`. `type` is the address of its explanation, ending in its stable slug."""
    facts = {name: _plain(fact) for name, fact in problem.facts.items() if name not in ("summary", "facts")}
    content = facts | {  # the members that RFC 9457 defines come last: no fact may stand in for one of them
        "type": f"/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(problem, NotSignedIn) else {}
    return JSONResponse(jsonable_encoder(content), problem.status, headers, media_type=PROBLEM_JSON)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for it
    return problem_response(error, request.url.path)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    errors = [{"field": _field(found["loc"]), "message": _message(found)} for found in error.errors()]
    summary = "; ".join(f"{found['field']}: {found['message']}" for found in errors)
    return problem_response(InvalidInput(summary=summary, errors=errors), request.url.path)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    path = request.url.path
    match error.status_code:
        case 404:
            problem: Problem = NotFound(what="address", name=path, remedy="The addresses are listed at /docs.")
        case 405:
            allowed = (error.headers or {}).get("Allow", "another method")
            problem = MethodNotAllowed(method=request.method, path=path, allowed=allowed)
        case 400:  # the only one that FastAPI raises so: the body is not what json.loads can take
            problem = InvalidInput.at("body", "could not be read; send one JSON object in UTF-8.")
        case _:
            problem = InvalidInput.at("request", f"could not be read: {error.detail}.")
    response = problem_response(problem, path)
    response.headers.update(error.headers or {})
    return response


async def _unchanged(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Unchanged)  # noqa: S101
    return Response(status_code=304, headers={**CACHING, "ETag": error.etag})


async def _fault(request: Request, error: Exception) -> Response:
    _log.error("a request failed", exc_info=error, extra={"path": request.url.path, "method": request.method})
    return problem_response(Fault(), request.url.path)


def _field(location: Sequence[int | str]) -> str:
    parts = [str(part) for part in location]
    if len(parts) > 1 and parts[0] in _WHERE:
        parts = parts[1:]
    return ".".join(parts)


def _message(found: dict[str, Any]) -> str:
    match found["type"]:
        case "missing":
            return "is required."
        case "extra_forbidden":
            return "is not a field of this request; leave it out."
        case "json_invalid":
            return f"is not JSON: {found.get('ctx', {}).get('error', found['msg'])}."
        case "model_attributes_type" | "dict_type" | "model_type":
            return "should be a JSON object, sent with Content-Type: application/json."
    message: str = found["msg"]
    return message.removeprefix("Value error, ").rstrip(".") + "."


def _plain(fact: object) -> object:
    if isinstance(fact, tuple | list):
        return [_plain(item) for item in fact]
    return asdict(fact) if is_dataclass(fact) and not isinstance(fact, type) else fact
