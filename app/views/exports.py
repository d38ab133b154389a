"""What an export shows: the text alone, with every open proposal in place, or with the changes since another moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import InvalidInput
from app.record.people import Delegation
from app.record.proposals import Amendment
from app.rules.amendments import AmendmentStatus, Audience, ChangeKind, OpenAmendment
from app.rules.standing import Standing
from app.said import Said
from app.text.languages import Language
from app.views.compilations import CompiledParagraph, compiled_draft
from app.views.drafts import Consolidated, consolidated, with_proposals
from app.views.revisions import Revision, revisions
from app.views.translated_drafts import in_language


class Content(StrEnum):
    """What an export shows of a negotiation."""

    TEXT = "text"
    COMPILATION = "compilation"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export. `at` and `since` are moments as `consolidated` takes them (None: now; `since` only for changes);
    a language only for the text."""

    content: Content = Content.TEXT
    at: str | None = None
    since: str | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """An amendment before the room. `clause` and `label` are the clause it changes or follows; `delegations` are codes,
    the proposer first; `text` its words, None where it has none (a deletion, a move)."""

    name: str
    kind: ChangeKind
    clause: str
    label: str
    delegations: tuple[str, ...]
    at: datetime
    rationale: str
    text: str | None
    conflicts: bool


@dataclass(frozen=True, slots=True)
class Export:
    """What one document shows. `since` is the earlier text of changes; `compiled` and `proposals` are those of a
    compilation; `names` are the names of delegations by code; `revisions` those that were published up to the text."""

    content: Content
    text: Consolidated
    since: Consolidated | None = None
    compiled: tuple[CompiledParagraph, ...] = ()
    proposals: tuple[OpenProposal, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()


async def export(db: AsyncSession, standing: Standing, wanted: Wanted) -> Export:
    """What to print of a negotiation. The text: as `consolidated` (and `in_language`); changes: twice that; the
    compilation, which there is only for now: two statements. And one for the revisions.

    Raises NotFound, InvalidInput, TranslationIncomplete.
    """
    names = {participant.code: participant.name for participant in standing.participants}
    if wanted.content is not Content.TEXT and wanted.language is not None:
        raise InvalidInput.at(
            "language",
            Said("only the text is exported in another language, not the {content}.", content=wanted.content),
        )
    if (wanted.content is Content.CHANGES) != (wanted.since is not None):
        raise InvalidInput.at(
            "since", Said("name the earlier moment, such as Rev.1, with the content “changes” and only then.")
        )
    if wanted.content is Content.COMPILATION:
        if wanted.at is not None:
            raise InvalidInput.at(
                "at",
                Said(
                    "the compilation shows the proposals that are open now; leave `at` out.",
                    "the compilation shows the proposals that are open now, and at no other moment.",
                ),
            )
        text = await with_proposals(db, standing)
        proposals = await _open_proposals(db, standing)
        published = await _published(db, standing, text)
        return Export(wanted.content, text, None, compiled_draft(standing), proposals, names, published)
    text = await in_language(db, standing, await consolidated(db, standing, wanted.at), wanted.language)
    since = None if wanted.since is None else await consolidated(db, standing, wanted.since)
    return Export(wanted.content, text, since, names=names, revisions=await _published(db, standing, text))


async def _published(db: AsyncSession, standing: Standing, text: Consolidated) -> tuple[Revision, ...]:
    """The revisions up to the entry from which a text dates: those after it are of no concern to it."""
    last = text.draft.origin.seq if text.draft.origin else text.seq
    return tuple(one for one in await revisions(db, standing.negotiation.id) if one.seq <= last)


async def proposed_when(db: AsyncSession, negotiation_id: int) -> frozenset[tuple[datetime, str]]:
    """When the amendments of the room were proposed, settled ones too, and by whom (the name of the delegation): how
    compilations show them. One statement."""
    rows = await db.execute(
        select(Amendment.submitted_at, Amendment.created_at, Delegation.name)
        .join(Delegation, Amendment.delegation_id == Delegation.id)
        .where(Amendment.negotiation_id == negotiation_id, Amendment.audience == Audience.ROOM.value)
    )
    return frozenset((submitted or created, name) for submitted, created, name in rows)


async def _open_proposals(db: AsyncSession, standing: Standing) -> tuple[OpenProposal, ...]:
    """The amendments before the room in the order of their numbers. One statement."""
    rows = await db.execute(
        select(Amendment.number, Amendment.submitted_at, Amendment.created_at, Amendment.rationale).where(
            Amendment.negotiation_id == standing.negotiation.id,
            Amendment.status == AmendmentStatus.PROPOSED.value,
            Amendment.audience == Audience.ROOM.value,
        )
    )
    told = {number: (submitted or created, rationale) for number, submitted, created, rationale in rows}
    found = []
    for clause in standing.clauses:
        for amendment in (*clause.facts.amendments, *clause.insertions):
            if amendment.is_before_the_room and amendment.number in told:
                found.append(_proposal(amendment, clause.label, *told[amendment.number]))
    return tuple(sorted(found, key=lambda proposal: int(proposal.name[1:])))


def _proposal(amendment: OpenAmendment, label: str, at: datetime, rationale: str) -> OpenProposal:
    return OpenProposal(
        name=amendment.name,
        kind=amendment.kind,
        clause=amendment.clause,
        label=label,
        delegations=(amendment.proposer, *amendment.cosponsors),
        at=at,
        rationale=rationale,
        text=amendment.text,
        conflicts=amendment.conflicts,
    )
