"""A text comes in and is edited by those who hold the pen: create a negotiation from a draft, edit a clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions import sponsoring
from app.actions.arranging import House
from app.actions.locking import Act, begin, flush_new
from app.actions.rebasing import Rebased, rebase_others
from app.actions.revising import ZERO_DRAFT, keep_revision
from app.actions.versioning import add_version, first_version
from app.problems import AlreadyThere, InvalidInput, NothingChanges, ReasonRequired
from app.record.database import now_of
from app.record.people import Seat as SeatRow
from app.record.standing import clause_standing, facts_of
from app.record.texts import Clause, Negotiation
from app.rules import replay
from app.rules.consensus import AS_CIRCULATED, must_be_open, must_not_be_under_silence
from app.rules.outcomes import BY_AN_EDITORIAL_CHANGE
from app.rules.permissions import Role, Seat
from app.rules.standing import NegotiationFacts
from app.said import Said
from app.text import clauses as text
from app.text.screen import screened

SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
MOST_CLAUSES: Final = 2_000


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What an edit or an acceptance made of a clause, and what became of the open amendments to it."""

    label: str
    key: str
    version: int
    text: str
    seq: int
    rebased: tuple[Rebased, ...] = ()


async def create(
    db: AsyncSession, seat: Seat, draft: text.Draft, *, slug: str = "", house: House | None = None
) -> NegotiationFacts:
    """Begin a negotiation with `draft` as its zero draft, under `slug` (the draft's own when empty).

    Whoever creates it sits as its secretariat; the states that its front matter names become its main sponsors. Raises
    AlreadyThere when the slug is taken, InvalidInput for a slug or time zone that cannot be, and what `screened` raises
    for a text that would not read as it is stored.
    """
    seat.must("negotiation.create")
    house = house or House()
    name = _usable_slug(slug or draft.front.slug)
    taken = AlreadyThere(what=Said("negotiation"), name=name, remedy=Said("Choose another slug."))
    if await db.scalar(select(Negotiation.id).where(Negotiation.slug == name)) is not None:
        raise taken
    house.must_be_possible()
    clauses = _keyed(draft.clauses)
    front = replace(draft.front, slug=name)
    negotiation = _negotiation(front, house, now_of(db), len(clauses))
    db.add(negotiation)
    await flush_new(db, taken)
    act = Act(db, seat, "negotiation.create", negotiation, negotiation.created_at)
    await _store(act, clauses)
    if seat.person_id is not None:
        db.add(
            SeatRow(
                negotiation_id=negotiation.id,
                person_id=seat.person_id,
                delegation_id=None,
                role=Role.SECRETARIAT.value,
                taken_at=act.now,
            )
        )
    sponsors = await sponsoring.enter_those_named(act, front.sponsors)
    zero_draft = keep_revision(act, 0, ZERO_DRAFT, text.Draft(front, clauses))
    before = ["", *(clause.key for clause in clauses)]
    inserted = [replay.clause_inserted(clause, after) for clause, after in zip(clauses, before, strict=False)]
    await act.recorded(
        {
            **house.as_payload(),
            "revision": ZERO_DRAFT,
            "hash": zero_draft.source_hash,
            **({"main_sponsors": sponsors} if sponsors else {}),
            "changes": [replay.front_set(front), *inserted],
        }
    )
    return facts_of(negotiation)


async def edit(db: AsyncSession, seat: Seat, clause: str, expected: str, wording: str, reason: str) -> NewVersion:
    """An editorial change by whoever holds the pen: words that are not substance. Positions on the clause are kept.

    `expected` is the version tag read last. Raises StaleVersion, ClauseClosed, ClauseRemoved, ClauseUnderSilence,
    NothingChanges, ReasonRequired.
    """
    act = await begin(db, seat, "clause.edit")
    wording = screened(wording, "text")
    if not reason.strip():
        raise ReasonRequired(act=Said("An editorial change"))
    reason = screened(reason, "reason")
    found = await clause_standing(db, act.negotiation, clause)
    found.must_be_at(expected)
    found.must_be_in_the_text()
    must_be_open(found.facts, act.now)
    must_not_be_under_silence(found.facts, act.now, AS_CIRCULATED)
    if wording == found.clause.text:
        raise NothingChanges(what=found.label)
    number = await add_version(act, found.id, wording, origin="editorial", origin_name=reason, keeps_substance=True)
    rebased = await rebase_others(act, found, wording, number, by=BY_AN_EDITORIAL_CHANGE)
    written = await act.recorded(
        {
            "clause": found.key,
            "label": found.label,
            "reason": reason,
            "rebased": [outcome.as_payload() for outcome in rebased],
            "changes": [replay.clause_reworded(found.key, number, wording)],
        }
    )
    return NewVersion(found.label, found.key, number, wording, written.seq, rebased)


def _usable_slug(slug: str) -> str:
    if not SLUG.fullmatch(slug):
        raise InvalidInput.at(
            "slug",
            Said("“{slug}” cannot be a slug: use up to 63 lower-case letters, digits and inner hyphens.", slug=slug),
        )
    return slug


def _keyed(clauses: Sequence[text.Clause]) -> tuple[text.Clause, ...]:
    """The clauses of a draft, screened, with the keys and first versions they will have."""
    if not clauses:
        raise InvalidInput.at("draft", Said("the draft has no paragraphs."))
    if len(clauses) > MOST_CLAUSES:
        raise InvalidInput.at(
            "draft",
            Said(
                "the draft has {count} paragraphs; at most {most_clauses} are accepted.",
                count=len(clauses),
                most_clauses=MOST_CLAUSES,
            ),
        )
    labels: set[str] = set()
    keyed = []
    for number, clause in enumerate(clauses, start=1):
        if clause.label in labels:
            raise AlreadyThere(
                what=Said("paragraph"), name=clause.label, remedy=Said("Every label stands once in a draft.")
            )
        labels.add(clause.label)
        keyed.append(replace(clause, key=f"c{number}", version=1, text=screened(clause.text, clause.label)))
    return tuple(keyed)


def _negotiation(front: text.FrontMatter, house: House, now: datetime, clauses: int) -> Negotiation:
    return Negotiation(
        slug=front.slug,
        organ=front.organ,
        symbol=front.symbol,
        session=front.session,
        agenda_item=front.agenda_item,
        language=front.language,
        sponsors=list(front.sponsors),
        masthead=list(front.masthead),
        closing=list(front.closing),
        stage="zero_draft",
        visibility=house.visibility.value,
        time_zone=house.time_zone,
        silence_least_seconds=int(house.silence_least.total_seconds()),
        silence_warning_seconds=int(house.silence_warning.total_seconds()),
        submissions_until=house.submissions_until,
        sponsors_until=house.sponsors_until,
        created_at=now,
        last_clause=clauses,
        last_amendment=0,
        last_silence=0,
        reading=None,
        head_seq=0,
        head_hash="",
    )


async def _store(act: Act, clauses: Sequence[text.Clause]) -> None:
    """Put a draft's clauses into the tables, each under the paragraph it belongs to."""
    rows = [
        Clause(
            negotiation_id=act.negotiation.id,
            key=clause.key,
            kind=clause.kind.value,
            level=clause.level,
            label=clause.label,
            place=place,
            current_version=1,
            removed_by=None,
        )
        for place, clause in enumerate(clauses, start=1)
    ]
    act.db.add_all(rows)
    await act.db.flush()
    for row, parent in zip(rows, text.parents(clauses), strict=True):
        row.parent_id = None if parent is None else rows[parent].id
    for row, clause in zip(rows, clauses, strict=True):
        act.db.add(first_version(act, row, clause.text, origin="import", origin_name=""))
