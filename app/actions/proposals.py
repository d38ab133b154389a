"""What a delegation can propose, and what a proposal of each kind has to be before it is put down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.actions.locking import Act
from app.actions.structure import live_clauses, standings_of
from app.problems import ClauseFixed, InvalidInput, NothingChanges
from app.record.standing import clause_named
from app.rules.amendments import TAKING_ALONG, Audience, ChangeKind, joined_texts, taken_along
from app.rules.consensus import must_be_open
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text import clauses as text
from app.text.clauses import Kind, block
from app.text.insertion import insertion
from app.text.screen import TEXT_LIMIT, screened

MOST_PARTS: Final = 50
_KEPT = frozenset({Kind.TITLE, Kind.OPENING})  # a draft always has them: they can be reworded only
_FIELDS: Final[dict[ChangeKind, frozenset[str]]] = {
    ChangeKind.REPLACE: frozenset({"text"}),
    ChangeKind.INSERT: frozenset({"text", "paragraph_kind", "level"}),
    ChangeKind.DELETE: frozenset(),
    ChangeKind.MOVE: frozenset({"after"}),
    ChangeKind.SPLIT: frozenset({"texts"}),
    ChangeKind.MERGE: frozenset({"text", "merges"}),
    ChangeKind.ALTERNATIVE: frozenset({"text"}),
}
_OPTIONAL: Final = frozenset({"paragraph_kind", "level"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a delegation asks for. `clause` is the label or key of the clause that it is about, or that it inserts
    behind.

    `paragraph_kind` and `level` say what an insertion is (None: as the clause it follows); `after` behind which clause
    one moves; `texts` what the paragraphs of a split say; `merges` which clauses a merger takes in; `amends` (`A12`)
    the amendment that a sub-amendment is to: it gives the whole wording as it would then be. `group` is the code of the
    group that is its audience, if one is.
    """

    kind: ChangeKind
    clause: str = ""
    text: str | None = None
    rationale: str = ""
    paragraph_kind: Kind | None = None
    level: int | None = None
    after: str | None = None
    texts: tuple[str, ...] | None = None
    merges: tuple[str, ...] | None = None
    amends: str = ""
    audience: Audience = Audience.ROOM
    group: str = ""


def must_have_its_fields(proposal: Proposal) -> None:
    """Refuse (InvalidInput) a field that the kind of change does not have, or lacks."""
    needed = _FIELDS[proposal.kind]
    for field in ("text", "paragraph_kind", "level", "after", "texts", "merges"):
        given = getattr(proposal, field) is not None
        if given and field not in needed:
            raise InvalidInput.at(
                field,
                Said(
                    "a proposal to {kind} does not have it; leave the field out.",
                    "a proposal to {kind} does not have it; leave it empty.",
                    kind=proposal.kind.value,
                ),
            )
        if not given and field in needed - _OPTIONAL:
            raise InvalidInput.at(field, Said("a proposal to {kind} needs it.", kind=proposal.kind.words))
    if proposal.amends and proposal.kind is not ChangeKind.REPLACE:
        raise InvalidInput.at(
            "kind", Said("a sub-amendment gives the wording as it would then be: its kind is “replace”.")
        )


def wording_of(proposal: Proposal, found: ClauseStanding) -> str | None:
    """The words proposed, screened; None for a deletion or a move; the paragraphs of a split in one.

    Raises what `screened` raises, InvalidInput, NothingChanges.
    """
    if proposal.texts is not None:
        if not 2 <= len(proposal.texts) <= MOST_PARTS:
            raise InvalidInput.at(
                "texts",
                Said("a split makes from 2 to {most_parts} paragraphs; give the text of each.", most_parts=MOST_PARTS),
            )
        joined = joined_texts([screened(part, "texts") for part in proposal.texts])
        if len(joined) > TEXT_LIMIT:
            raise InvalidInput.at(
                "texts", Said("together they are longer than {text_limit} characters.", text_limit=TEXT_LIMIT)
            )
        return joined
    if proposal.text is None:
        return None
    wording = screened(proposal.text, "text")
    if proposal.kind in (ChangeKind.REPLACE, ChangeKind.ALTERNATIVE) and wording == found.clause.text:
        raise NothingChanges(what=found.label)
    return wording


async def details_of(act: Act, proposal: Proposal, found: ClauseStanding) -> dict[str, Any]:
    """What only some kinds have, as it is kept: clauses by their keys. Raises NotFound, InvalidInput."""
    match proposal.kind:
        case ChangeKind.INSERT:
            kind = proposal.paragraph_kind or found.clause.kind
            level = proposal.level or (found.clause.level if kind is found.clause.kind else 1)
            return {"paragraph_kind": kind.value, "level": level}
        case ChangeKind.MOVE:
            return {"after": (await clause_named(act.db, act.negotiation, proposal.after or "")).key}
        case ChangeKind.MERGE:
            names = proposal.merges or ()
            if not 1 <= len(names) <= MOST_PARTS:
                raise InvalidInput.at(
                    "merges", Said("name from 1 to {most_parts} clauses that it takes in.", most_parts=MOST_PARTS)
                )
            return {"merges": [(await clause_named(act.db, act.negotiation, name)).key for name in names]}
    return {}


async def must_be_possible(act: Act, kind: ChangeKind, details: Mapping[str, Any], found: ClauseStanding) -> None:
    """Refuse what the text cannot take: closed or removed clauses, a draft without a title, disorder."""
    found.must_be_in_the_text()
    if kind is not ChangeKind.INSERT:
        must_be_open(found.facts, act.now)
    if kind not in (ChangeKind.INSERT, ChangeKind.REPLACE) and found.clause.kind in _KEPT:
        raise ClauseFixed(
            label=found.label,
            reason=Said("a part that every draft has once"),
            remedy=Said("Propose another wording instead."),
        )
    live, taken = await live_clauses(act)
    match kind:
        case ChangeKind.INSERT:
            insertion(live, found.label, Kind(details["paragraph_kind"]), details["level"], taken)
        case ChangeKind.MOVE:
            _must_be_movable(live, taken, found, details["after"])
        case ChangeKind.MERGE:
            _must_be_mergeable(live, found, details["merges"])
    for along in await taken_with(act, kind, details, found):
        must_be_open(along.facts, act.now)


async def taken_with(
    act: Act, kind: ChangeKind, details: Mapping[str, Any], found: ClauseStanding
) -> tuple[ClauseStanding, ...]:
    """The clauses that a proposal to `found` would take along with it: out of the text, elsewhere, or into it."""
    if kind not in TAKING_ALONG:
        return ()
    live, _ = await live_clauses(act)
    keys = taken_along(kind, found.key, details.get("merges", ()), live)
    return await standings_of(act, keys)


def _must_be_movable(live: list[text.Clause], taken: set[str], found: ClauseStanding, after: str) -> None:
    moved = {clause.key for clause in block(live, found.key)}
    staying = [clause for clause in live if clause.key not in moved]
    anchor = next((clause for clause in staying if clause.key == after), None)
    if anchor is None:
        raise InvalidInput.at("after", Said("it is part of what moves, or no longer in the text; name another clause."))
    spot = insertion(staying, anchor.label, found.clause.kind, found.clause.level, taken)
    order = [clause.key for clause in staying]
    order[spot.place : spot.place] = [clause.key for clause in live if clause.key in moved]
    if order == [clause.key for clause in live]:
        raise NothingChanges(
            what=Said("The order of the text, with {label} behind {label_2},", label=found.label, label_2=anchor.label)
        )


def _must_be_mergeable(live: list[text.Clause], found: ClauseStanding, merges: list[str]) -> None:
    """What is merged are neighbours of one kind and level without sub-paragraphs of their own."""
    if len(set(merges)) < len(merges) or found.key in merges:
        raise InvalidInput.at("merges", Said("name each clause once, and not the one that takes them in."))
    index = next(i for i, clause in enumerate(live) if clause.key == found.key)
    following = live[index + 1 : index + 1 + len(merges)]
    same = all((clause.kind, clause.level) == (found.clause.kind, found.clause.level) for clause in following)
    if [clause.key for clause in following] != merges or not same:
        raise InvalidInput.at(
            "merges", Said("name the clauses that follow {label} directly, in order, of its kind.", label=found.label)
        )
    if len(block(live, merges[-1])) > 1:
        raise InvalidInput.at("merges", Said("a paragraph with sub-paragraphs cannot be taken in; merge those first."))
