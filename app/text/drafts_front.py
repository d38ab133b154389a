"""The front matter of the drafts/ format: a small part of YAML, read event by event.

Only a flat mapping of known keys to texts or lists of texts is accepted. Anchors, aliases, tags and nested values are
refused before anything is built, so no file can make the reader construct an object or grow beyond its own size.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml
from yaml import events

from app.problems import DraftUnreadable
from app.said import Said
from app.text.clauses import FrontMatter
from app.text.origin import Origin, read_origin
from app.text.screen import screened

FENCE = "---"
TEXT_KEYS = ("slug", "title", "organ", "symbol", "session", "agenda_item", "language")
LIST_KEYS = ("sponsors", "masthead", "closing")
ORIGIN_KEY = "source"
FRONT_MATTER_LIMIT = 100_000  # characters

_ANY_WIDTH = 1_000_000_000  # never wrap: a changed word changes one line
_KEYS = ", ".join((*TEXT_KEYS, *LIST_KEYS, ORIGIN_KEY))


@dataclass(frozen=True, slots=True)
class Fronted:
    """The front matter, the title and the origin that stand in it, and the line number on which the body begins."""

    front: FrontMatter
    title: str
    body_from: int
    origin: Origin | None = None


def print_front(front: FrontMatter, title: str, origin: Origin | None = None) -> str:
    """The front matter between its fences, in a fixed order, empty keys left out (but for an unsaid language)."""
    values: dict[str, str | list[str]] = {}
    for key in TEXT_KEYS:
        value = title if key == "title" else str(getattr(front, key))
        if value or key == "language":
            values[key] = value
    for key in LIST_KEYS:
        if lines := list(getattr(front, key)):
            values[key] = lines
    if origin:
        values[ORIGIN_KEY] = str(origin)
    body = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=_ANY_WIDTH, default_flow_style=False)
    return f"{FENCE}\n{body}{FENCE}\n"


def read_front(lines: list[str]) -> Fronted:
    """Read the front matter from the lines of a file, if it begins with one.

    Raises DraftUnreadable with the line, for whatever is not a text or a list of texts under a known key.
    """
    if not lines or lines[0].rstrip() != FENCE:
        return Fronted(FrontMatter(), "", 1)
    end = next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() == FENCE), None)
    if end is None:
        raise DraftUnreadable(
            line=1, found=Said("front matter without an end"), expected=Said("a line {fence} after it", fence=FENCE)
        )
    body = "\n".join(lines[1 : end - 1])
    if len(body) > FRONT_MATTER_LIMIT:
        raise DraftUnreadable(
            line=1,
            found=Said("a very long front matter"),
            expected=Said("at most {front_matter_limit} characters", front_matter_limit=FRONT_MATTER_LIMIT),
        )
    values = _Reader(body).values()
    title, origin = values.pop("title", ""), values.pop(ORIGIN_KEY, "")
    front = replace(FrontMatter(), **values)  # type: ignore[arg-type] # texts and tuples as the keys say
    return Fronted(front, str(title), end + 1, read_origin(str(origin)))


class _Reader:
    """Walks the events of the YAML parser, which holds no more than its place in the text."""

    def __init__(self, body: str) -> None:
        self._events = self._safely(body)

    @staticmethod
    def _safely(body: str) -> Iterator[events.Event]:
        try:
            for event in yaml.parse(body, Loader=yaml.BaseLoader):
                _refuse_cleverness(event)
                yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise DraftUnreadable(
                line=mark.line + 2 if mark else 2,
                found=Said("front matter that is not YAML ({error})", error=str(error.problem or error.context)),
                expected=Said("lines of the form `key: text`; put a text with a colon or quotes in it between quotes"),
            ) from error
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # Besides its own errors the parser lets those of int() and chr() through on escapes beyond Unicode.
            raise DraftUnreadable(
                line=2, found=Said("front matter that is not YAML"), expected=Said("`key: text` lines")
            ) from error

    def values(self) -> dict[str, str | tuple[str, ...]]:
        found: dict[str, str | tuple[str, ...]] = {}
        event = self._past_the_start()
        if isinstance(event, (events.DocumentEndEvent, events.StreamEndEvent)):
            return found
        if isinstance(event, events.ScalarEvent) and not event.value:
            return found
        if not isinstance(event, events.MappingStartEvent):
            raise _unreadable(
                event, Said("front matter without keys"), Said("`key: text` lines with the keys {keys}", keys=_KEYS)
            )
        for key in self._events:
            if isinstance(key, events.MappingEndEvent):
                break
            name = self._key(key, found)
            found[name] = self._texts(name) if name in LIST_KEYS else self._text(name)
        for event in self._events:
            if isinstance(event, events.DocumentStartEvent):
                raise _unreadable(event, Said("a second YAML document"), Said("one, ended by {fence}", fence=FENCE))
        return found

    def _past_the_start(self) -> events.Event:
        for event in self._events:
            if not isinstance(event, (events.StreamStartEvent, events.DocumentStartEvent)):
                return event
        raise DraftUnreadable(
            line=2, found=Said("nothing"), expected=Said("front matter")
        )  # pragma: no cover - a stream has an end

    def _key(self, event: events.Event, found: dict[str, str | tuple[str, ...]]) -> str:
        if not isinstance(event, events.ScalarEvent):
            raise _unreadable(event, Said("a key that is not a word"), Said("one of {keys}", keys=_KEYS))
        name = str(event.value)
        if name not in (*TEXT_KEYS, *LIST_KEYS, ORIGIN_KEY):
            raise _unreadable(
                event, Said("the unknown key {key}", key=_shortened(name)), Said("one of {keys}", keys=_KEYS)
            )
        if name in found:
            raise _unreadable(event, Said("the key {key} a second time", key=name), Said("each key once"))
        return name

    def _text(self, name: str) -> str:
        event = next(self._events)
        if not isinstance(event, events.ScalarEvent):
            raise _unreadable(event, Said("a list or mapping as {key}", key=name), Said("a text"))
        return _screened(event.value, name)

    def _texts(self, name: str) -> tuple[str, ...]:
        event = next(self._events)
        if isinstance(event, events.ScalarEvent) and not event.value:
            return ()
        if not isinstance(event, events.SequenceStartEvent):
            raise _unreadable(
                event, Said("something else than a list as {key}", key=name), Said("a list: one `- text` line for each")
            )
        texts: list[str] = []
        for item in self._events:
            if isinstance(item, events.SequenceEndEvent):
                break
            if not isinstance(item, events.ScalarEvent):
                raise _unreadable(item, Said("a list or mapping inside {key}", key=name), Said("a text"))
            texts.append(_screened(item.value, name))
        return tuple(text for text in texts if text)


def _refuse_cleverness(event: events.Event) -> None:
    if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise _unreadable(
            event, Said("a YAML anchor or alias"), Said("the text itself; put a text that begins with & or * in quotes")
        )
    if getattr(event, "tag", None) is not None:
        raise _unreadable(event, Said("a YAML tag"), Said("plain text; put a text that begins with ! between quotes"))


def _unreadable(event: events.Event, found: str, expected: str) -> DraftUnreadable:
    mark = event.start_mark
    return DraftUnreadable(line=mark.line + 2 if mark else 2, found=found, expected=expected)


def _screened(text: str, field: str) -> str:
    on_one_line = " ".join(text.replace("\t", " ").split("\n")).strip()
    return screened(on_one_line, field) if on_one_line else ""


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
