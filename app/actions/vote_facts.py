"""What votes and adoption ask of the tables: requests that stand, whether the text was rejected, who may vote, when."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.actions.locking import Act
from app.actions.states import known
from app.actions.tabling import day_not_to_come
from app.problems import ClauseFixed, InvalidInput, NotAMemberState, TextRejected
from app.record.adoption import StageChange, Vote, VoteRequest
from app.record.people import Delegation
from app.record.standing import clause_named, clause_standing
from app.record.texts import Clause
from app.rules.positions import DelegationKind
from app.rules.stages import Stage
from app.said import Said, dated
from app.text.clauses import Kind

VOTED_ON: Final = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH, Kind.ANNEX})


async def standing_requests(act: Act) -> list[tuple[VoteRequest, Delegation, Clause | None]]:
    """Those that wait for a vote, on the whole text or on a paragraph that is still in it."""
    rows = await act.db.execute(
        select(VoteRequest, Delegation, Clause)
        .join(Delegation, VoteRequest.delegation_id == Delegation.id)
        .outerjoin(Clause, VoteRequest.clause_id == Clause.id)
        .where(VoteRequest.negotiation_id == act.negotiation.id, VoteRequest.ended_at.is_(None))
        .order_by(VoteRequest.number)
    )
    return [(r, d, clause) for r, d, clause in rows if r.clause_id is None or clause.removed_by is None]


async def must_not_be_rejected(act: Act) -> None:
    """Refuse (TextRejected, 409) what is done about a text that was rejected."""
    vote = await rejection(act)
    if vote is not None:
        raise TextRejected(vote=f"V{vote.number}", day=dated(vote.day))


async def rejection(act: Act) -> Vote | None:
    """The vote by which the text was rejected, the last of them, if it was."""
    found: Vote | None = await act.db.scalar(
        select(Vote)
        .where(Vote.negotiation_id == act.negotiation.id, Vote.rejects_whole.is_(True))
        .order_by(Vote.number.desc())
        .limit(1)
    )
    return found


async def member_states(act: Act, codes: Sequence[str]) -> dict[str, str]:
    """The names of member states by their codes, as the server has them. Raises NotAMemberState.

    The 193 of states.yaml, and any other state that was made known to the server; observers have no vote.
    """
    wanted = list(dict.fromkeys(map(code_of, codes)))
    rows = await act.db.execute(
        select(Delegation.code, Delegation.name, Delegation.kind).where(Delegation.code.in_(wanted))
    )
    here = {code: (name, kind) for code, name, kind in rows}
    found = {}
    for code in wanted:
        name, kind = here.get(code, (known().states.get(code, ""), DelegationKind.STATE.value))
        if not name or kind != DelegationKind.STATE.value or code in known().observers:
            what = Said("an observer") if code in known().observers else Said("a state that the server does not know")
            raise NotAMemberState(
                code=code,
                what=what if kind == DelegationKind.STATE.value else Said("entered as {kind}", kind=Said(kind)),
            )
        found[code] = name
    return found


async def day_after_tabling(act: Act, day: date | None) -> date:
    """The day of an action, today by default. Raises InvalidInput for one before the text was tabled."""
    when = day_not_to_come(act, day)
    tabled = await act.db.scalar(
        select(StageChange.day).where(
            StageChange.negotiation_id == act.negotiation.id, StageChange.stage == Stage.TABLED.value
        )
    )
    if tabled is not None and when < tabled:
        raise InvalidInput.at(
            "day", Said("{day} is before the text was tabled, on {day_2}.", day=dated(when), day_2=dated(tabled))
        )
    return when


async def votable(act: Act, name: str) -> Clause:
    """A paragraph on which a separate vote can be taken. Raises NotFound, ClauseRemoved, ClauseFixed."""
    found = await clause_standing(act.db, act.negotiation, name)
    found.must_be_in_the_text()
    if found.clause.kind not in VOTED_ON:
        raise ClauseFixed(
            label=found.label,
            reason=Said("no paragraph of its own"),
            remedy=Said("Ask for a vote on the whole text instead."),
        )
    return await clause_named(act.db, act.negotiation, found.key)


def code_of(code: str) -> str:
    return code.strip().upper()


def number_in(name: str, letter: str) -> int:
    """2 from `R2` (with the letter R) or `2`; 0, which nothing has, from anything else."""
    digits = name.strip().upper().removeprefix(letter)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0
