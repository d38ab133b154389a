"""What a delegation does with its own proposals: propose, restate, submit, withdraw, take up a sub-amendment."""

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.cosponsoring import release_cosponsors
from app.actions.finding import amendment_named, current_version, must_be_at, own_amendment
from app.actions.locking import Act, begin
from app.actions.proposals import Proposal, details_of, must_be_possible, must_have_its_fields, wording_of
from app.actions.putting import (
    Proposed,
    add_version,
    break_silence,
    carried,
    must_be_in_time,
    payload_of,
    put_down,
    recorded,
)
from app.actions.rebasing import add_rebased_version, let_fall, rebase_sub_amendments, settle
from app.actions.sharing import group_to_share_with
from app.problems import InvalidInput, NothingChanges, NotYours
from app.record.proposals import Amendment, AmendmentVersion
from app.record.standing import clause_standing, standing
from app.rules.amendments import AmendmentAct, AmendmentStatus, Audience, ChangeKind, may_happen, split_texts
from app.rules.consensus import must_be_open
from app.rules.outcomes import taken_up
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text.screen import screened


async def propose(db: AsyncSession, seat: Seat, proposal: Proposal, expected: str) -> Proposed:
    """Propose a change in the name of the seat's delegation.

    `expected` is the tag of the clause version it was read on; for a sub-amendment, of the amendment it is to. For the
    room, the proposal counts at once: it brackets its clause and breaks a silence running on it. For the delegation
    alone, or for a group of which it is a member, it is a draft.

    Raises StaleVersion, ClauseClosed, ClauseRemoved, ClauseFixed, NothingChanges, SubmissionsClosed,
    InsertionImpossible, InvalidInput; for a group NotTakingPart, NotAGroup, GroupNotYours.
    """
    act = await begin(db, seat, "amendment.propose")
    must_have_its_fields(proposal)
    found, parent = await _subject(act, proposal, expected)
    wording = wording_of(proposal, found)
    details = await details_of(act, proposal, found)
    if parent is not None:
        details["amends"] = parent.number
        if wording == (await current_version(act, parent)).text:
            raise NothingChanges(what=f"A{parent.number}")
    await must_be_possible(act, proposal.kind, details, found)
    group = await group_to_share_with(act, proposal.audience, proposal.group)
    return await put_down(
        act,
        Amendment(
            kind=proposal.kind.value,
            parent_id=None if parent is None else parent.id,
            audience=proposal.audience.value,
            group_id=None if group is None else group.id,
            rationale=screened(proposal.rationale, "rationale") if proposal.rationale.strip() else "",
        ),
        wording,
        details,
        found,
        **({} if group is None else {"shared_with": group.code}),
    )


async def restate(
    db: AsyncSession,
    seat: Seat,
    name: str,
    expected: str,
    *,
    text: str | None = None,
    texts: tuple[str, ...] | None = None,
    rationale: str | None = None,
) -> Proposed:
    """State one's own amendment anew, on the present version of its clause. Its co-sponsors have to join again, and its
    sub-amendments are carried over.

    `expected` is the tag of the amendment read last; what is None stays as it is (`texts` are those of a split), words
    carried over where the clause has moved. Raises NotYours, StaleVersion, AmendmentSettled, NothingChanges,
    AmendmentConflicts where words that stay have to be stated; after the deadline for language, SubmissionsClosed for
    other words before the room.
    """
    act = await begin(db, seat, "amendment.restate")
    amendment, last = await own_amendment(act, name, expected, AmendmentAct.RESTATE)
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    kind = ChangeKind(amendment.kind)
    if kind is not ChangeKind.INSERT:
        found.must_be_in_the_text()
        must_be_open(found.facts, act.now)
    last_words = last.text
    if text is None and texts is None and last.base_version != found.clause.version and kind is not ChangeKind.INSERT:
        last_words = await carried(act, amendment, last, found)
    wording = _restated(kind, last_words, text, texts, found)
    new_rationale = amendment.rationale if rationale is None else rationale.strip()
    if (wording, new_rationale, found.clause.version) == (last.text, amendment.rationale, last.base_version):
        raise NothingChanges(what=f"A{amendment.number}")
    if amendment.audience == Audience.ROOM.value and wording != last_words:
        must_be_in_time(act)
    amendment.rationale = screened(new_rationale, "rationale") if new_rationale else ""
    return await _stated_anew(act, amendment, last, wording, found, {})


async def take_up(db: AsyncSession, seat: Seat, name: str, expected: str) -> Proposed:
    """Take a sub-amendment (`name`, at `expected`) up into one's own amendment: it is stated anew in those words.

    A friendly amendment: only the proposer of what it amends can take it up, and only by its proposer are words
    changed. The amendment after the act. Raises NotYours, StaleVersion, AmendmentSettled, AmendmentStillDraft.
    """
    act = await begin(db, seat, "amendment.restate")
    sub, sub_version, proposer = await amendment_named(act, name)
    may_happen(sub.number, AmendmentStatus(sub.status), AmendmentAct.DECIDE)
    must_be_at(sub, expected)
    if sub.parent_id is None:
        raise InvalidInput.at(
            "amendment",
            Said("{amendment} is to the text itself; those who hold the pen decide on it.", amendment=f"A{sub.number}"),
        )
    parent_row = await db.get_one(Amendment, sub.parent_id)
    amendment, last, _ = await amendment_named(act, f"A{parent_row.number}")
    if amendment.delegation_id != seat.delegation_id:
        raise NotYours(
            what=f"A{amendment.number}",
            owner=Said("another delegation"),
            delegation=seat.delegation,
            remedy=Said("Only its proposer can take a sub-amendment up."),
        )
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.RESTATE)
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    settle(act, sub, AmendmentStatus.ACCEPTED, taken_up(f"A{amendment.number}"))
    await db.flush()
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    taken = {"takes_up": f"A{sub.number}", "of": proposer}
    return await _stated_anew(act, amendment, last, sub_version.text, found, taken)


async def submit(db: AsyncSession, seat: Seat, name: str, expected: str) -> Proposed:
    """Bring one's own draft before the room with its co-sponsors, carried over to the present wording of its clause if
    that moved.

    Raises AmendmentConflicts when the clause changed the same words (restate it first), NothingChanges when the clause
    says it already, SubmissionsClosed after the deadline for language.
    """
    act = await begin(db, seat, "amendment.submit")
    amendment, last = await own_amendment(act, name, expected, AmendmentAct.SUBMIT)
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    kind = ChangeKind(amendment.kind)
    must_be_in_time(act)
    await must_be_possible(act, kind, last.details, found)
    if kind is not ChangeKind.INSERT and last.base_version != found.clause.version:
        await add_rebased_version(act, amendment, await carried(act, amendment, last, found), found.clause.version)
    amendment.status = AmendmentStatus.PROPOSED.value
    amendment.audience, amendment.group_id = Audience.ROOM.value, None
    amendment.submitted_at = act.now
    await db.flush()
    current = await current_version(act, amendment)
    payload = payload_of(amendment, current, found) | await break_silence(act, amendment, current, found)
    return await recorded(act, amendment, payload)


async def withdraw(db: AsyncSession, seat: Seat, name: str, expected: str, reason: str) -> Proposed:
    """Take back one's own amendment. It stays on the record, with its reason if given; its sub-amendments fall.

    A draft stays among those who saw it.
    """
    act = await begin(db, seat, "amendment.withdraw")
    amendment, _ = await own_amendment(act, name, expected, AmendmentAct.WITHDRAW)
    settle(act, amendment, AmendmentStatus.WITHDRAWN, screened(reason, "reason") if reason.strip() else "")
    fallen = await let_fall(act, amendment)
    payload = {"amendment": f"A{amendment.number}", "reason": amendment.outcome_reason, "fallen": fallen}
    made = await recorded(act, amendment, payload)
    return replace(made, fallen=tuple(fallen))


# --- whose it is, and what it is about --------------------------------------------------------------------------------


async def _subject(act: Act, proposal: Proposal, expected: str) -> tuple[ClauseStanding, Amendment | None]:
    """The clause that a proposal is about, and the amendment that a sub-amendment is to, at the version read."""
    if not proposal.amends:
        if not proposal.clause:
            raise InvalidInput.at("clause", Said("name the clause that it is about, or the amendment that it amends."))
        found = await clause_standing(act.db, act.negotiation, proposal.clause)
        found.must_be_at(expected)
        return found, None
    parent, _, _ = await amendment_named(act, proposal.amends)
    may_happen(parent.number, AmendmentStatus(parent.status), AmendmentAct.COSPONSOR)
    must_be_at(parent, expected)
    if parent.kind != ChangeKind.REPLACE.value or parent.parent_id is not None:
        raise InvalidInput.at(
            "amends",
            Said(
                "{amendment} is not a proposal of words for a clause; propose your own.", amendment=f"A{parent.number}"
            ),
        )
    found = (await standing(act.db, act.negotiation, [parent.clause_id])).clauses[0]
    return found, parent


def _restated(
    kind: ChangeKind, last_words: str | None, text: str | None, texts: tuple[str, ...] | None, found: ClauseStanding
) -> str | None:
    """The words of an amendment that is stated anew: those given, or those it had."""
    if kind is ChangeKind.SPLIT:
        if text is not None:
            raise InvalidInput.at(
                "text",
                Said(
                    "a split gives one text for each paragraph, in the field 'texts'.",
                    "a split gives one text for each paragraph.",
                ),
            )
        return wording_of(Proposal(kind, texts=texts or split_texts(last_words or "")), found)
    if texts is not None or (text is not None and last_words is None):
        raise InvalidInput.at(
            "text" if texts is None else "texts", Said("a proposal to {kind} does not have it.", kind=kind.words)
        )
    return wording_of(Proposal(kind, text=text if text is not None else last_words), found)


async def _stated_anew(
    act: Act,
    amendment: Amendment,
    last: AmendmentVersion,
    wording: str | None,
    found: ClauseStanding,
    payload: dict[str, Any],
) -> Proposed:
    amendment.current_version += 1
    amendment.conflicts = False
    version = add_version(act, amendment, found.clause.version, wording, last.details, origin="restated")
    released = await release_cosponsors(act, amendment)
    rebased = await rebase_sub_amendments(act, amendment.number, last.text or "", wording or "", found.facts.amendments)
    made = await recorded(
        act,
        amendment,
        payload_of(amendment, version, found)
        | {"released": released, "rebased": [outcome.as_payload() for outcome in rebased]}
        | payload,
    )
    return replace(made, rebased=rebased)
