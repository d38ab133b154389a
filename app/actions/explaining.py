"""Explanations of position or of vote, before or after the action."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.actions.speaking import STATEMENT_LIMIT, speaker
from app.actions.vote_facts import rejection, standing_requests
from app.problems import NoActionYet, NoVoteToExplain, SponsorsDoNotExplain
from app.record.adoption import Explanation, Vote
from app.record.people import Delegation
from app.record.standing import clauses_named
from app.rules.permissions import Seat
from app.rules.stages import Stage
from app.text.screen import screened_lines


class Subject(StrEnum):
    """What is explained: where a delegation stands on a text that nobody votes on, or how it votes."""

    POSITION = "position"
    VOTE = "vote"


class When(StrEnum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Statement:
    """An explanation. Left out (None), `subject` is the vote where one was taken or asked for, and `when` is now."""

    text: str
    clauses: Sequence[str] = ()
    delegation: str = ""
    subject: Subject | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation that is on record (`E1`): by whom, of what, when, about which paragraphs."""

    explanation: str
    delegation: str
    subject: Subject
    when: When
    labels: tuple[str, ...]
    seq: int


async def explain(db: AsyncSession, seat: Seat, statement: Statement) -> Explained:
    """Put an explanation of position or of vote on record, in the name of the seat's delegation or of one without a
    seat.

    Raises NoActionYet, NoVoteToExplain, SponsorsDoNotExplain, and what `speaker` raises.
    """
    act = await begin(db, seat, "explanation.give")
    text = screened_lines(statement.text, "text", STATEMENT_LIMIT)
    who = await speaker(act, statement.delegation)
    was_taken = Stage(act.negotiation.stage) is Stage.ADOPTED or await rejection(act) is not None
    when = statement.when or (When.AFTER if was_taken else When.BEFORE)
    if when is When.AFTER and not was_taken:
        raise NoActionYet()
    subject = await _subject(act, statement, who, was_taken)
    about = await clauses_named(db, act.negotiation, statement.clauses)
    last = await db.scalar(select(func.max(Explanation.number)).where(Explanation.negotiation_id == act.negotiation.id))
    made = Explanation(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        delegation_id=who.id,
        person_id=seat.person_id,
        subject=subject.value,
        moment=when.value,
        text=text,
        clauses=[clause.key for clause in about],
        seq=act.seq,
        given_at=act.now,
    )
    db.add(made)
    labels = tuple(clause.label for clause in about)
    written = await act.recorded(
        {
            "explanation": f"E{made.number}",
            "delegation": who.code,
            "subject": subject.value,
            "when": when.value,
            "text": text,
            "clauses": [{"clause": clause.key, "label": clause.label} for clause in about],
        }
    )
    return Explained(f"E{made.number}", who.code, subject, when, labels, written.seq)


async def _subject(act: Act, statement: Statement, who: Delegation, was_taken: bool) -> Subject:
    voted = select(Vote.id).where(Vote.negotiation_id == act.negotiation.id).limit(1)
    was_voted = await act.db.scalar(voted) is not None
    is_expected = not was_taken and bool(await standing_requests(act))
    is_sponsor = _is_sponsor(act.negotiation.sponsors, who)
    if statement.subject is None:
        return Subject.VOTE if (was_voted or is_expected) and not is_sponsor else Subject.POSITION
    if statement.subject is Subject.VOTE:
        if was_taken and not was_voted:
            raise NoVoteToExplain()
        if is_sponsor:
            raise SponsorsDoNotExplain(delegation=who.name)
    return statement.subject


def _is_sponsor(sponsors: Sequence[str], who: Delegation) -> bool:
    return any(name.casefold() in (who.code.casefold(), who.name.casefold()) for name in sponsors)
