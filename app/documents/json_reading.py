"""Reads the JSON that Chapeau writes: the same draft comes back, with the identity of its clauses and its origin."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final

from app.documents.document import Content
from app.problems import DocumentUnreadable
from app.said import N_, Said
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.labels import canonical
from app.text.origin import Origin, read_origin
from app.text.screen import screened

_FRONT: Final = {one.name: one.name in ("sponsors", "masthead", "closing") for one in fields(FrontMatter)}
_JSON: Final = N_("The JSON")
_AS_WRITTEN: Final = N_("JSON as Chapeau writes it")
_DEEPEST: Final = 9
_MOST: Final = 1_000_000


def read_json(source: str) -> Draft:
    """Raises DocumentUnreadable with the place, and what `screened` raises."""
    content = _object(
        _parsed(source), Said(_JSON), {*_FRONT, "title", "content", "origin", "clauses", "since"}, "clauses"
    )
    shown = content.get("content", Content.TEXT.value)
    if shown != Content.TEXT.value:
        raise _unreadable("content", _said(shown), Said("the text alone: export it with the content “text”"))
    values: dict[str, Any] = {}
    for name, is_list in _FRONT.items():
        if name in content:
            values[name] = _texts(content[name], name) if is_list else _text(content[name], name, may_be_empty=True)
    clauses = tuple(_clause(one, f"clauses[{at}]") for at, one in enumerate(_list(content["clauses"], "clauses")))
    seen: set[str] = set()
    for at, clause in enumerate(clauses):
        for name in (clause.label, f"key {clause.key}" if clause.key else ""):
            if name in seen:
                raise _unreadable(
                    f"clauses[{at}]", Said("{label} a second time", label=name), Said("each label and each key once")
                )
            seen.update({name} - {""})
    origin = _origin(content["origin"]) if content.get("origin") is not None else None
    return Draft(FrontMatter(**values), clauses, origin)


def _parsed(source: str) -> object:
    try:
        return json.loads(source, parse_constant=_no_number, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise _unreadable(
            Said("Line {line}", line=error.lineno), Said("no JSON ({reason})", reason=error.msg), Said(_AS_WRITTEN)
        ) from error
    except RecursionError as error:
        raise _unreadable(Said(_JSON), Said("values nested too deeply"), Said(_AS_WRITTEN)) from error
    except ValueError as error:  # a number with thousands of digits
        raise _unreadable(Said(_JSON), Said("a number that cannot be"), Said(_AS_WRITTEN)) from error


def _no_number(name: str) -> object:
    raise _unreadable(Said(_JSON), name, Said("numbers and texts"))


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _unreadable(Said(_JSON), Said("the same name twice in one object"), Said("each name once"))
    return found


def _clause(value: object, place: str) -> Clause:
    names = {"label", "kind", "level", "text", "key", "version"}
    clause = _object(value, place, names, "label", "kind", "text")
    kind = clause["kind"]
    if not isinstance(kind, str) or kind not in set(Kind):
        raise _unreadable(f"{place}.kind", _said(kind), Said("one of {names}", names=", ".join(Kind)))
    label = _text(clause["label"], f"{place}.label")
    if canonical(label) != label:
        raise _unreadable(f"{place}.label", _said(label), Said("a label such as PP3, OP4(a) or OP4 bis"))
    key = _text(clause.get("key", ""), f"{place}.key", may_be_empty=True)
    level = _number(clause.get("level", 1), f"{place}.level", 1, _DEEPEST)
    version = _number(clause.get("version", 0), f"{place}.version", 0, _MOST)
    return Clause(Kind(kind), label, _text(clause["text"], f"{place}.text"), level, key, version)


def _origin(value: object) -> Origin:
    names = {"negotiation", "revision", "seq", "hash", "at"}
    origin = _object(value, "origin", names, *names)
    try:
        at = datetime.fromisoformat(str(origin["at"])).astimezone(UTC)
        found = Origin(
            str(origin["negotiation"]),
            str(origin["revision"]),
            _number(origin["seq"], "origin.seq", 0, 999_999_999),
            str(origin["hash"]),
            at,
        )
        if read_origin(str(found)) == found:
            return found
    except (ValueError, OverflowError):
        pass
    raise _unreadable("origin", _said(value), Said("the origin that Chapeau wrote, or none"))


def _object(value: object, place: str, names: set[str], *needed: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _unreadable(place, _said(value), Said("an object"))
    for name in value:
        if name not in names:
            raise _unreadable(
                place,
                Said("the unknown name {name}", name=_said(name)),
                Said("only {names}", names=", ".join(sorted(names))),
            )
    for name in needed:
        if name not in value:
            raise _unreadable(
                place, Said("no {name}", name=name), Said("an object with {names}", names=", ".join(sorted(needed)))
            )
    return value


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise _unreadable(place, _said(value), Said("a list"))
    return value


def _texts(value: object, place: str) -> tuple[str, ...]:
    return tuple(_text(one, f"{place}[{at}]") for at, one in enumerate(_list(value, place)))


def _text(value: object, place: str, *, may_be_empty: bool = False) -> str:
    if not isinstance(value, str):
        raise _unreadable(place, _said(value), Said("a text"))
    return "" if may_be_empty and not value else screened(value, place)


def _number(value: object, place: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _unreadable(place, _said(value), Said("a whole number from {least} to {most}", least=least, most=most))
    return value


def _said(value: object) -> str:
    if isinstance(value, dict | list):
        return Said("an object") if isinstance(value, dict) else Said("a list")
    written = json.dumps(value)
    return written if len(written) <= 60 else written[:60] + "…"


def _unreadable(place: str, found: str, expected: str) -> DocumentUnreadable:
    return DocumentUnreadable(place=place, found=found, expected=expected)
