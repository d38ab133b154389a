"""The page of a form once more, after it was refused: with what stands in the way and all that was typed."""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, Final
from urllib.parse import unquote

from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData
from starlette.types import Message

from app.problems import Problem
from app.web.above import page_above
from app.web.pages import HEADERS, as_refused, refusal

_FORM: Final = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
_FIELD: Final = re.compile(r"<input\b[^>]*>|<textarea\b[^>]*>.*?</textarea>|<select\b[^>]*>.*?</select>", re.S)
_DETAILS: Final = re.compile(r"<details\b[^>]*>|</details>")
_OF_THE_CONNECTION: Final = ("type", "asgi", "http_version", "scheme", "root_path", "client", "server", "extensions")
_NEVER_FILLED: Final = frozenset({"hidden", "password", "file", "submit"})


async def form_again(request: Request, problem: Problem, typed: FormData) -> HTMLResponse | None:
    """The page above a form that was refused, as it is now, with the form as it was sent. None where it is gone."""
    address = page_above(request)
    html = await _page_at(request, address) if address else ""
    form = _form(html, request.url.path, typed)
    if form is None:
        return None
    head, words, wrong = refusal(request, problem)
    opening = form[0].partition(">")[0] + ">"
    filled = opening + head + _filled(form[0][len(opening) :], typed)
    found = _opened(html[: form.start()]) + filled + html[form.end() :]
    return HTMLResponse(as_refused(found, words, wrong), problem.status, HEADERS)


async def _page_at(request: Request, address: str) -> str:
    """What a GET of an address answers to whoever sent this request; empty where that is no page."""
    scope: dict[str, Any] = {name: request.scope[name] for name in _OF_THE_CONNECTION if name in request.scope}
    scope |= {
        "method": "GET",
        "path": unquote(address),
        "raw_path": address.encode(),
        "query_string": b"",
        "state": {},
        "headers": [(name, value) for name, value in request.headers.raw if not name.startswith(b"content-")],
    }
    status, body = 0, b""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    await request.app(scope, receive, send)
    return body.decode() if status == 200 else ""


def _form(html: str, path: str, typed: FormData) -> re.Match[str] | None:
    """The form on a page that is sent to an address; of several, the one with the most of what it sends unseen."""
    forms = [form for form in _FORM.finditer(html) if path in _actions(form[0])]
    return max(forms, key=lambda form: _likeness(form[0], typed), default=None)


def _actions(form: str) -> Iterator[str]:
    return (unquote(unescape(found)) for found in re.findall(r'\b(?:form)?action="([^"]*)"', form))


def _likeness(form: str, typed: FormData) -> int:
    hidden = [field for field in _FIELD.findall(form) if _attribute(field, "type") == "hidden"]
    return sum(typed.get(_attribute(field, "name")) == _attribute(field, "value") for field in hidden)


def _opened(before: str) -> str:
    """A page as far as a form, with whatever is folded around the form opened."""
    around: list[re.Match[str]] = []
    for found in _DETAILS.finditer(before):
        if found[0].startswith("</"):
            around = around[:-1]
        else:
            around.append(found)
    for found in reversed(around):
        if not re.search(r"\bopen\b", found[0]):
            before = f"{before[: found.start()]}<details open{before[found.start() + len('<details') :]}"
    return before


def _filled(form: str, typed: FormData) -> str:
    return _FIELD.sub(lambda found: _field(found[0], typed), form)


def _field(field: str, typed: FormData) -> str:
    name, kind = _attribute(field, "name"), _attribute(field, "type")
    given = [value for value in typed.getlist(name) if isinstance(value, str)]
    if kind in ("radio", "checkbox"):
        plain = re.sub(r"\s+checked(?:=\"[^\"]*\")?(?=[\s>])", "", field)
        is_given = (_attribute(field, "value") or "on") in given
        return plain.removesuffix(">").rstrip() + " checked>" if is_given else plain
    if not name or not given or kind in _NEVER_FILLED or re.search(r"\breadonly\b", field):
        return field
    if field.startswith("<textarea"):
        return f"{field.partition('>')[0]}>\n{escape(given[0])}</textarea>"
    if field.startswith("<select"):
        return re.sub(r"<option\b[^>]*>[^<]*", lambda option: _option(option[0], given), field)
    without = re.sub(r' value="[^"]*"', "", field).removesuffix(">")
    return f'{without} value="{escape(given[0])}">'


def _option(option: str, given: list[str]) -> str:
    opening, _, text = option.partition(">")
    value = _attribute(option, "value") if "value=" in opening else unescape(text.strip())
    plain = re.sub(r"\s+selected\b", "", opening)
    return f"{plain}{' selected' if value in given else ''}>{text}"


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag.partition(">")[0] + ">")
    return unescape(found[1]) if found else ""
