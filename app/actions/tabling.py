"""Tabling: the room is done, the text gets its symbol, and from then on it belongs to the Assembly."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.actions.revising import AS_TABLED, keep_next_revision, number_afresh
from app.actions.staging import come_to
from app.problems import InvalidInput, ReadingStillOpen, SilencesStillRun, TextNotAgreed
from app.record.proposals import Reading
from app.record.standing import facts_of, standing
from app.rules import replay
from app.rules.consensus import Status
from app.rules.permissions import Seat
from app.rules.silence import ClauseSilence
from app.rules.stages import Stage
from app.rules.standing import Standing
from app.said import Said, dated
from app.text.clauses import Kind
from app.text.screen import screened

_SYMBOL: Final = re.compile(r"[A-Z]+(?:/[A-Za-z0-9.()\[\]-]+)+")


@dataclass(frozen=True, slots=True)
class Submission:
    """What a text is tabled with: its symbol (`A/77/L.60`), the day (None: today), the session and the agenda item
    where they are given, and why it is tabled although it is not agreed."""

    symbol: str
    day: date | None = None
    session: str = ""
    agenda_item: str = ""
    although: str = ""


@dataclass(frozen=True, slots=True)
class Tabled:
    """A text that was tabled, and the revision that keeps it. `labels` maps each label that changed to the new one;
    `unsure` are the references that a person has to look at, `not_agreed` the paragraphs that were not agreed."""

    symbol: str
    day: date
    revision: str
    hash: str
    seq: int
    labels: dict[str, str]
    followed: tuple[str, ...]
    unsure: tuple[str, ...]
    not_agreed: tuple[str, ...]


async def table(db: AsyncSession, seat: Seat, submission: Submission) -> Tabled:
    """Table the text as it stands: its paragraphs are numbered afresh and the whole is kept “as tabled”.

    Raises TextNotAgreed unless all is agreed or `although` says why not, SilencesStillRun, ReadingStillOpen,
    TabledTooEarly, InvalidInput.
    """
    act = await begin(db, seat, "text.table")
    symbol = usable_symbol(submission.symbol)
    day = day_not_to_come(act, submission.day)
    although = screened(submission.although, "although") if submission.although.strip() else ""
    before = await standing(db, act.negotiation)
    await _must_have_no_open_reading(act)
    _must_have_no_running_silence(before, act.now)
    not_agreed = _not_agreed(before, act.now)
    whole = before.text_status(act.now)
    if not whole.is_agreed and not although:
        raise TextNotAgreed(
            where=whole.sentence, labels=", ".join(not_agreed) or "the proposals", not_agreed=not_agreed
        )
    act.negotiation.symbol = symbol
    if submission.session.strip():
        act.negotiation.session = screened(submission.session, "session", limit=200)
    if submission.agenda_item.strip():
        act.negotiation.agenda_item = screened(submission.agenda_item, "agenda_item", limit=200)
    made = await number_afresh(act, AS_TABLED)
    revision = await keep_next_revision(act, AS_TABLED, made.draft)
    come_to(act, Stage.TABLED, reason=although, symbol=symbol, day=day, revision=revision.name)
    told = {
        "symbol": symbol,
        "day": day.isoformat(),
        "session": act.negotiation.session,
        "agenda_item": act.negotiation.agenda_item,
        "although": although,
        "not_agreed": list(not_agreed),
        "revision": revision.name,
        "hash": revision.source_hash,
    }
    changes = [replay.front_set(facts_of(act.negotiation).front), *made.changes]
    written = await act.recorded({**told, **made.as_payload(), "changes": changes})
    return Tabled(
        symbol,
        day,
        revision.name,
        revision.source_hash,
        written.seq,
        made.labels,
        made.followed,
        made.unsure,
        not_agreed,
    )


def usable_symbol(symbol: str) -> str:
    """The symbol of a document, as it is kept. Raises InvalidInput."""
    symbol = symbol.strip()
    if len(symbol) > 60 or not _SYMBOL.fullmatch(symbol):
        raise InvalidInput.at(
            "symbol", Said("“{symbol}” is no symbol of a document, such as A/77/L.60 or A/RES/77/281.", symbol=symbol)
        )
    return symbol


def day_not_to_come(act: Act, day: date | None) -> date:
    """The day of an act, today by default. Raises InvalidInput for one that has come nowhere in the world yet."""
    today = act.now.date()
    if day is not None and day > today + timedelta(days=1):
        raise InvalidInput.at("day", Said("{day} is still to come; give the day on which it happened.", day=dated(day)))
    return day or today


def _not_agreed(found: Standing, now: datetime) -> tuple[str, ...]:
    return tuple(
        clause.label
        for clause in found.in_the_text()
        if clause.clause.kind is not Kind.OPENING and clause.status(now).status is not Status.AGREED
    )


def _must_have_no_running_silence(found: Standing, now: datetime) -> None:
    running: dict[str, ClauseSilence] = {}
    for clause in found.in_the_text():
        silence = clause.facts.silence
        if silence is not None and silence.is_running(now):
            running[silence.name] = silence
    if running:
        until = max(silence.deadline for silence in running.values())
        raise SilencesStillRun(silences=", ".join(running), until=dated(until))


async def _must_have_no_open_reading(act: Act) -> None:
    reading = await act.db.scalar(
        select(Reading).where(Reading.negotiation_id == act.negotiation.id, Reading.closed_at.is_(None))
    )
    if reading is not None:
        raise ReadingStillOpen(number=reading.number, since=dated(reading.opened_at))
