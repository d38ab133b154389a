"""Beginning a negotiation: a draft is pasted or uploaded, what was found in it is shown line by line, corrected where
it was misread, and becomes the zero draft. Nothing needs scripts; what was typed survives every refusal."""

import asyncio
import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Annotated, Final
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import FormData, UploadFile

from app.actions import drafting
from app.actions.arranging import House
from app.documents.reading import document_text
from app.http.server import Db
from app.problems import InvalidInput, Problem
from app.rules.permissions import Seat, Visibility
from app.said import Said
from app.text.clauses import Draft
from app.text.drafts import parse
from app.text.languages import Language
from app.text.pasted import Place, Placing, Reading, is_draft_file, read_lines
from app.web.addresses import negotiation_address
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may_here

router = APIRouter(prefix="/new", include_in_schema=False, route_class=Page)

Creator = Annotated[Seat, Depends(may_here("negotiation.create"))]

MOST_LINES: Final = 2_000  # of a text whose lines can be placed one by one
_SILENCE_HOURS: Final = (1, 24 * 90)
_DEEPEST: Final = 6
_NEAR: Final = 2  # lines shown above and below one that could not be read


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed so far. `placings` belong to the source whose fingerprint is `of`."""

    source: str = ""
    of: str = ""
    placings: tuple[Placing, ...] = ()
    slug: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    visibility: Visibility = Visibility.PARTICIPANTS
    hours: str = "24"

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("\n".join(self.source.splitlines()).encode()).hexdigest()[:16]

    def house(self) -> House:
        least, most = _SILENCE_HOURS
        hours = float(self.hours) if re.fullmatch(r"\d{1,4}(\.\d{1,3})?", self.hours) else 0.0
        if not least <= hours <= most:
            raise InvalidInput.at(
                "silence",
                Said("give the hours that a silence runs at least, from {least} to {most}.", least=least, most=most),
            )
        return House(self.visibility, self.time_zone, timedelta(hours=hours))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a text: line by line (`reading`) where it was pasted, and the draft where it makes one.
    `problem` says why it makes none, `near` shows the lines about the place."""

    reading: Reading | None = None
    draft: Draft | None = None
    problem: Problem | None = None
    near: tuple[tuple[int, str], ...] = ()


@router.get("")
async def new_page(request: Request, _db: Db, seat: Creator) -> Response:
    """Where a draft is pasted or uploaded."""
    return page(request, "new.html", seat=seat, given=Typed(), problem=None)


@router.post("/preview")
async def preview(request: Request, _db: Db, seat: Creator) -> Response:
    """What was found in the text, to be corrected. Nothing is changed."""
    try:
        given = await _typed(request)
    except Problem as refusal:
        return page(request, "new.html", seat=seat, given=_kept(request), problem=refusal, status=refusal.status)
    return _shown(request, seat, given, _found(given))


@router.post("")
async def create(request: Request, db: Db, seat: Creator) -> Response:
    """Begin the negotiation with the text as it was found and corrected."""
    given = await _typed(request)
    found = _found(given)
    if found.draft is None:
        return _shown(request, seat, given, found)
    draft = found.draft
    if found.reading is not None:
        draft = replace(draft, front=replace(draft.front, language=given.language))
    try:
        async with db.begin_nested():
            made = await drafting.create(db, seat, draft, slug=given.slug, house=given.house())
    except Problem as refusal:
        return _shown(request, seat, given, replace(found, problem=refusal))
    notice = said(request, N_("{negotiation} has begun with this text. Now invite delegations."), negotiation=made.slug)
    return go_to(request, negotiation_address(made.slug), notice)


def _shown(request: Request, seat: Seat, given: Typed, found: Found) -> Response:
    lines = found.reading.lines if found.reading is not None else ()
    return page(
        request,
        "new_preview.html",
        seat=seat,
        status=found.problem.status if found.problem is not None else 200,
        given=replace(given, slug=given.slug or _suggested(found.draft)),
        found=found,
        lines=lines,
        omitted=[line for line in lines if line.placing.place is Place.OMITTED],
        unplaced=_unplaced(found.reading),
        places=list(Place),
        zones=_zones(),
        visibilities=list(Visibility),
        text_languages=list(Language),
        was_changed=bool(given.of) and given.of != given.fingerprint,
    )


def _found(given: Typed) -> Found:
    if is_draft_file(given.source):
        try:
            return Found(draft=parse(given.source))
        except Problem as refusal:
            return Found(problem=refusal, near=_near(given.source, refusal.facts.get("line")))
    reading = read_lines(given.source, given.placings if given.of == given.fingerprint else None)
    try:
        return Found(reading, reading.draft())
    except Problem as refusal:
        return Found(reading, problem=refusal)


def _unplaced(reading: Reading | None) -> list[tuple[int, str]]:
    """The paragraphs outside annexes that are neither preambular nor operative: by line and label."""
    found: list[tuple[int, str]] = []
    for line in reading.lines if reading is not None else ():
        if line.placing.place is Place.ANNEX:
            break
        if line.placing.place is Place.PARAGRAPH and line.placing.level == 1:
            found.append((line.number, line.label))
    return found


def _near(source: str, line: object) -> tuple[tuple[int, str], ...]:
    if not isinstance(line, int):
        return ()
    lines = source.splitlines()
    first = max(1, line - _NEAR)
    return tuple(enumerate(lines[first - 1 : line + _NEAR], first))


async def _typed(request: Request) -> Typed:
    """What the form says, with the file that was uploaded in place of the text. Raises InvalidInput, and what
    document_text raises."""
    given = _kept(request)
    sent = request.state.form.get("file")
    content = await sent.read() if isinstance(sent, UploadFile) else b""
    await request.state.form.close()
    if isinstance(sent, UploadFile) and sent.filename:
        given = replace(given, source=await asyncio.to_thread(document_text, content, sent.filename))
    count = len([line for line in given.source.splitlines() if line.strip()])
    if not count:
        raise InvalidInput.at("draft", Said("there are no words in it; paste the text, or choose a file."))
    if count > MOST_LINES:
        raise InvalidInput.at(
            "draft",
            Said("it has {count} lines; at most {most_lines} are read here.", count=count, most_lines=MOST_LINES),
        )
    return given


def _kept(request: Request) -> Typed:
    """What the form says, as far as it can be understood."""
    form: FormData = request.state.form
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    visibility = texts.get("visibility", "")
    language = texts.get("language", "")
    levels = [level for level in form.getlist("level") if isinstance(level, str)]
    places = [place for place in form.getlist("place") if isinstance(place, str)]
    return Typed(
        source=texts.get("source", ""),
        of=texts.get("of", ""),
        placings=tuple(_placing(place, level) for place, level in zip(places, levels, strict=False)),
        slug=texts.get("slug", "").strip(),
        language=language if language in set(Language) else "en",
        time_zone=texts.get("time_zone", "").strip() or "UTC",
        visibility=Visibility(visibility) if visibility in set(Visibility) else Visibility.PARTICIPANTS,
        hours=texts.get("hours", "24").strip(),
    )


def _placing(place: str, level: str) -> Placing:
    return Placing(
        Place(place) if place in set(Place) else Place.PARAGRAPH,
        min(max(int(level), 1), _DEEPEST) if re.fullmatch(r"[0-9]{1,2}", level) else 1,
    )


def _suggested(draft: Draft | None) -> str:
    """A name for addresses, from what the draft says or from the words of its title."""
    if draft is None:
        return ""
    plain = unicodedata.normalize("NFKD", draft.title).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 3]
    return draft.front.slug or "-".join(words[:4])[:60].strip("-")


@cache
def _zones() -> tuple[str, ...]:
    return ("UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))
