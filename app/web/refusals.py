"""Where a page says what was refused: at the top of its form, in the title, and at the field that has to be mended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from app.problems import (
    InvalidInput,
    PasswordRefused,
    PasswordWrong,
    Problem,
    ReasonRequired,
    TextEmpty,
    TextRefused,
    TextTooLong,
)
from app.web.catalogue import Catalogue
from app.web.fields import FIELDS

PLACE: Final = 'id="refusal"'  # parts.html writes it where a page says what was refused
_FIELD: Final = re.compile(r'<(input|textarea|select)\b([^>]*?\bname="([^"]+)"[^>]*)>')


@dataclass(frozen=True, slots=True)
class Wrong:
    """One field that was refused, in a sentence. `rest`: how the sentence goes on after the name of the field, where it
    begins with that."""

    field: str
    sentence: str
    rest: str = ""


def wrong_fields(problem: Problem, words: Catalogue) -> tuple[Wrong, ...]:
    """The fields that a problem names, as forms call them. Empty for a problem that is about no field."""
    match problem:
        case InvalidInput():
            found = problem.facts.get("errors")
            errors = (
                [(str(one["field"]), words.say(one["message"])) for one in found] if isinstance(found, list) else []
            )
            return tuple(Wrong(field, f"{field}: {message}", f": {message}") for field, message in errors)
        case PasswordRefused():
            return (Wrong("password", words.problem(problem)),)
        case PasswordWrong():
            return (Wrong("old", words.problem(problem)),)
        case ReasonRequired():
            return (Wrong("reason", words.problem(problem)),)
        case TextEmpty() | TextRefused() | TextTooLong():
            field, sentence = str(problem.facts["field"]), words.problem(problem)
            called = words.gettext(FIELDS.get(field, field))
            return (Wrong(field, sentence, sentence.removeprefix(called) if sentence.startswith(called) else ""),)
    return ()


def tied(html: str, wrong: tuple[Wrong, ...]) -> str:
    """A page with each field that was refused marked as such, what is wrong beside it, and a link to it in the place
    that says what was refused. Fields are looked for in the form that follows that place."""
    before, place, after = html.partition(PLACE)
    for one in wrong if place else ():
        field = next(_fields_called(one.field, after), None)
        name = escape(one.field)
        link = f'<a href="#wrong:{name}">{name}</a>'
        if field is None:
            after = after.replace(link, name)
            continue
        identity = _attribute(field, "id")
        label = _label(after, identity) or name
        after = _marked(after, field, identity, label + escape(one.rest) if one.rest else escape(one.sentence))
        after = after.replace(link, f'<a href="#{identity}">{label}</a>')
    return before + place + after


def _fields_called(name: str, html: str) -> Iterator[re.Match[str]]:
    for found in _FIELD.finditer(html):
        if found[3] == name and 'type="hidden"' not in found[2] and _attribute(found, "id"):
            yield found


def _attribute(field: re.Match[str], name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', field[2])
    return found[1] if found else ""


def _label(html: str, identity: str) -> str:
    found = re.search(rf'<label\b[^>]*\bfor="{re.escape(identity)}"[^>]*>([^<]*)', html)
    return found[1].strip() if found else ""


def _marked(html: str, field: re.Match[str], identity: str, said: str) -> str:
    described = f"wrong-{identity} {_attribute(field, 'aria-describedby')}".strip()
    attributes = re.sub(r'\s*aria-describedby="[^"]*"', "", field[2])
    opened = f'<{field[1]}{attributes} aria-invalid="true" aria-describedby="{described}">'
    closing = "" if field[1] == "input" else f"</{field[1]}>"
    inside, _, rest = html[field.end() :].partition(closing) if closing else ("", "", html[field.end() :])
    shown = f'<p class="wrong" id="wrong-{identity}">{said}</p>'
    return html[: field.start()] + opened + inside + closing + shown + rest
