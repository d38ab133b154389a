"""All open proposals in place, who competes with whom, what changed between two moments, what an editor would say."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import InsertionImpossible
from app.rules.amendments import PARAGRAPH_BREAK, ChangeKind, OpenAmendment
from app.rules.standing import ClauseStanding, Standing
from app.text import clauses as text
from app.text.clauses import Kind
from app.text.compilation import (
    CompiledClause,
    CompiledRun,
    NewParagraph,
    Proposal,
    compilation,
    draft_compilation,
)
from app.text.compilation_forms import as_html, as_text
from app.text.diff import Run
from app.text.document_diff import ChangeOp, compare
from app.text.editorial import Finding, check
from app.text.insertion import insertion, place_beside
from app.text.labels import alternative_of
from app.text.overlap import Rivals, rivals
from app.views.clauses import marked
from app.views.drafts import consolidated


@dataclass(frozen=True, slots=True)
class CompiledParagraph:
    """A paragraph with every open proposal to it in place; `is_proposed`: one that is proposed to be inserted.

    `runs` are kept, added or deleted words with the delegations and amendments behind them; `notation` is the same as
    plain text (`promote [EU, NOR: **inclusive**] growth`), `html` as HTML. `rivals` are the proposals that touch the
    same words. `beside` are open amendments that words cannot show: moves, and those that no longer fit the text.
    """

    label: str
    key: str
    kind: Kind
    level: int
    version: int
    is_proposed: bool
    runs: tuple[CompiledRun, ...]
    notation: str
    html: str
    rivals: tuple[Rivals, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """What became of paragraphs between two moments, named by the labels they had at each."""

    op: ChangeOp
    old: tuple[str, ...]
    new: tuple[str, ...]
    runs: tuple[Run, ...]
    marked: str


def compiled_clause(found: ClauseStanding) -> CompiledParagraph:
    """One clause with the open proposals to its words."""
    proposals = _proposals(found)
    laid = CompiledClause(found.clause, compilation(found.clause.text, proposals))
    return _paragraph(laid, found)


def compiled_with(found: ClauseStanding, delegation: str, wording: str, *, instead_of: str = "") -> CompiledParagraph:
    """One clause with the open proposals to its words, and with one more of `delegation` that is not made yet, or that
    is to say something else than it does (`instead_of` which)."""
    others = [proposal for proposal in _proposals(found) if not instead_of or proposal.name != instead_of]
    proposals = [*others, Proposal("", (delegation,), wording)]
    return _paragraph(CompiledClause(found.clause, compilation(found.clause.text, proposals)), found)


def compiled_draft(standing: Standing) -> tuple[CompiledParagraph, ...]:
    """The whole draft with every open proposal in place, paragraphs proposed to be inserted among them."""
    present = {found.label: found for found in standing.in_the_text()}
    clauses = [found.clause for found in present.values()]
    taken = {found.label for found in standing.clauses}
    laid = draft_compilation(
        clauses,
        {label: _proposals(found) for label, found in present.items()},
        list(_new_paragraphs(present.values(), clauses, taken)),
    )
    return tuple(_paragraph(one, None if one.is_proposed else present[one.clause.label]) for one in laid)


async def changes_between(db: AsyncSession, standing: Standing, old: str, new: str | None) -> tuple[TextChange, ...]:
    """What changed in the text from one moment to another (None: now), in the order of the later text.

    Moments are what `seq_at` takes: entries, revisions, readings and times. Raises NotFound, InvalidInput.
    """
    before = (await consolidated(db, standing, old)).draft.clauses
    after = (await consolidated(db, standing, new)).draft.clauses
    return tuple(
        TextChange(
            change.op,
            tuple(before[i].label for i in change.old),
            tuple(after[i].label for i in change.new),
            change.runs,
            marked(change.runs),
        )
        for change in compare(before, after)
    )


def editorial_findings(standing: Standing) -> tuple[Finding, ...]:
    """Where the consolidated text departs from the house style of resolutions."""
    return check(standing.draft())


def _proposals(found: ClauseStanding) -> list[Proposal]:
    return [
        Proposal(amendment.name, (amendment.proposer, *amendment.cosponsors), _shown(amendment.text))
        for amendment in found.facts.amendments
        if amendment.is_before_the_room and _is_shown_in_place(amendment)
    ]


def _is_shown_in_place(amendment: OpenAmendment) -> bool:
    in_words = amendment.kind not in (ChangeKind.MOVE, ChangeKind.ALTERNATIVE)
    return in_words and not amendment.conflicts


def _shown(wording: str | None) -> str | None:
    return None if wording is None else wording.replace(PARAGRAPH_BREAK, "¶")


def _new_paragraphs(
    present: Iterable[ClauseStanding], clauses: list[text.Clause], taken: set[str]
) -> Iterable[NewParagraph]:
    """The paragraphs proposed to be inserted, each where it would stand if it were accepted now."""
    for found in present:
        for amendment in found.insertions:
            if amendment.is_before_the_room and amendment.paragraph is not None:
                kind, level = amendment.paragraph
                try:
                    spot = insertion(clauses, found.label, kind, level, taken)
                except InsertionImpossible:  # what was to follow has changed since: decided on as it stands then
                    continue
                yield _new(amendment, spot.place, text.Clause(kind, spot.label, "", level))
        for amendment in found.facts.amendments:
            if amendment.is_before_the_room and amendment.kind is ChangeKind.ALTERNATIVE:
                place = place_beside(clauses, found.label)
                label = alternative_of(found.label, taken)
                yield _new(amendment, place, text.Clause(found.clause.kind, label, "", found.clause.level))


def _new(amendment: OpenAmendment, place: int, clause: text.Clause) -> NewParagraph:
    behind = (amendment.proposer, *amendment.cosponsors)
    return NewParagraph(place, clause, Proposal(amendment.name, behind, amendment.text))


def _paragraph(laid: CompiledClause, found: ClauseStanding | None) -> CompiledParagraph:
    open_amendments = () if found is None else found.facts.amendments
    return CompiledParagraph(
        label=laid.clause.label,
        key=laid.clause.key,
        kind=laid.clause.kind,
        level=laid.clause.level,
        version=laid.clause.version,
        is_proposed=laid.is_proposed,
        runs=laid.compilation.runs,
        notation=as_text(laid.compilation),
        html=as_html(laid.compilation),
        rivals=() if found is None else rivals(found.clause.text, _proposals(found)),
        beside=tuple(a.name for a in open_amendments if a.is_before_the_room and not _is_shown_in_place(a)),
    )
