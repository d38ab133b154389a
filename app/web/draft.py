"""The draft: the whole text as a document, with the status of every paragraph in the margin."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.consensus import Status
from app.rules.permissions import Seat
from app.text.clauses import Kind
from app.views.clauses import Clause, clauses_view
from app.views.compilations import CompiledParagraph, TextChange, changes_between, compiled_draft
from app.views.digest import touched
from app.views.negotiations import negotiation
from app.views.revisions import revisions
from app.web.downloads import FORMATS
from app.web.pages import page
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]


class Show(StrEnum):
    """How the text is shown: alone, with every open proposal in place, or with what changed since a moment."""

    CLEAN = "clean"
    COMPILATION = "compilation"
    CHANGES = "changes"


class Only(StrEnum):
    """Which paragraphs are shown."""

    ALL = "all"
    BRACKETED = "bracketed"
    MINE = "mine"
    UNSETTLED = "unsettled"
    TOUCHED = "touched"  # by others, since one last looked


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as the page shows it: one of the text, or (`clause` None) one that is only proposed or is gone."""

    label: str
    kind: Kind
    level: int
    clause: Clause | None = None
    compiled: CompiledParagraph | None = None
    change: TextChange | None = None


@router.get("")
async def draft(
    request: Request,
    db: Db,
    seat: Reader,
    show: Show = Show.CLEAN,
    only: Only = Only.ALL,
    since: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The text, its statuses, and ways to look at it."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    clauses = clauses_view(standing, seat, now)
    published = await revisions(db, seat.negotiation_id)
    moment = since or published[-1].name
    match show:
        case Show.CLEAN:
            shown = [Shown(c.label, c.kind, c.level, c) for c in clauses]
        case Show.COMPILATION:
            by_label = {clause.label: clause for clause in clauses}
            shown = [
                Shown(p.label, p.kind, p.level, None if p.is_proposed else by_label[p.label], compiled=p)
                for p in compiled_draft(standing)
            ]
        case Show.CHANGES:
            shown = _with_changes(clauses, await changes_between(db, standing, moment, None))
    by_others = await touched(db, seat, standing) if only is Only.TOUCHED else frozenset()
    return page(
        request,
        "draft.html",
        seat=seat,
        here="draft",
        negotiation=negotiation(standing, seat, now),
        paragraphs=[paragraph for paragraph in shown if _is_wanted(paragraph, only, seat, by_others)],
        formats=FORMATS,
        show=show,
        only=only,
        since=moment,
        revisions=published,
    )


def _with_changes(clauses: tuple[Clause, ...], changes: tuple[TextChange, ...]) -> list[Shown]:
    by_label = {clause.label: clause for clause in clauses}
    shown = []
    for change in changes:
        clause = by_label.get(change.new[0]) if change.new else None
        label = clause.label if clause is not None else ", ".join(change.old)
        shown.append(
            Shown(
                label, clause.kind if clause else Kind.PARAGRAPH, clause.level if clause else 1, clause, change=change
            )
        )
    return shown


def _is_wanted(shown: Shown, only: Only, seat: Seat, by_others: Collection[str]) -> bool:
    clause = shown.clause
    if only is Only.ALL or clause is None:
        return only is Only.ALL or (shown.compiled is not None and only is Only.BRACKETED)
    match only:
        case Only.BRACKETED:
            return clause.status is Status.BRACKETED
        case Only.UNSETTLED:
            return clause.status is not Status.AGREED
        case Only.TOUCHED:
            return clause.key in by_others
    own: Any = [position for position in clause.positions if position.delegation == seat.delegation]
    return bool(seat.delegation) and bool(own)
