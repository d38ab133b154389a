"""The record: every act as a sentence, searched; one act with its hashes; the proof that nothing was altered."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.http.server import Db, standing_of
from app.problems import InvalidInput, NotFound
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.said import Said
from app.text.labels import canonical
from app.views import record_search as views
from app.views.verification import verification
from app.web.pages import page, words_of
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/record", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("record.read"))]
Short = Annotated[str, Query(max_length=100)]

ENTRIES_ON_A_PAGE = 50


@router.get("")
async def record_page(
    request: Request,
    db: Db,
    seat: Reader,
    words: Annotated[str, Query(max_length=500)] = "",
    family: Short = "",
    delegation: Short = "",
    clause: Short = "",
    since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "",
    before: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0,
) -> Response:
    """What happened, newest first."""
    standing = await standing_of(request, db, seat)
    asked = {"words": words, "family": family, "delegation": delegation, "clause": clause, "from": since, "to": until}
    zone = ZoneInfo(standing.negotiation.time_zone)
    key = _key(standing, clause) if clause.strip() else ""
    until_day = _midnight("to", until, zone, days=1)
    sought = views.Sought(family, delegation, key or "", words, _midnight("from", since, zone), until_day)
    nothing = views.Found((), 0, looked_at_all=True)
    found = nothing
    if key is not None:
        say = words_of(request).say
        found = await views.search_record(db, seat, standing, sought, before=before, limit=ENTRIES_ON_A_PAGE, say=say)
    older = {**{name: value for name, value in asked.items() if value}, "before": found.before}
    return page(
        request,
        "record.html",
        seat=seat,
        here="record",
        standing=standing,
        zone=standing.negotiation.time_zone,
        asked=asked,
        is_search=any(asked.values()),
        found=found,
        before=before,
        older=f"?{urlencode(older)}" if found.before else "",
        families=await views.families(db, seat.negotiation_id),
        unknown_clause=clause if key is None else "",
    )


@router.get("/verification")
async def verification_page(request: Request, db: Db, seat: Annotated[Seat, Depends(may("record.verify"))]) -> Response:
    """Every hash recomputed, every text replayed, and what was found, in plain words."""
    standing = await standing_of(request, db, seat)
    return page(
        request,
        "verification.html",
        seat=seat,
        here="record",
        found=await verification(db, seat.negotiation_id),
        standing=standing,
    )


@router.get("/{seq}")
async def entry_page(
    request: Request, db: Db, seat: Reader, seq: Annotated[int, Path(ge=1, le=2_000_000_000)]
) -> Response:
    """One act: what it says in full, and how it is chained to those before and after it."""
    standing = await standing_of(request, db, seat)
    found = await views.entry_in_the_chain(db, seat, standing, seq)
    if found is None:
        raise NotFound(what=Said("record entry"), name=str(seq), remedy=Said("Look for it on the page of the record."))
    return page(
        request,
        "record_entry.html",
        seat=seat,
        here="record",
        told=found.told,
        entry=found.told.entry,
        previous=found.previous,
        following=found.following,
        zone=standing.negotiation.time_zone,
    )


def _key(standing: Standing, clause: str) -> str | None:
    """The key of a clause by its label or key, also of one that is gone; None where there is none."""
    asked = canonical(clause) or clause.strip()
    return next((one.key for one in standing.clauses if asked in (one.label, one.key)), None)


def _midnight(field: str, day: str, zone: ZoneInfo, days: int = 0) -> datetime | None:
    """The beginning of a day where the negotiation meets; None where no day is given. Raises InvalidInput."""
    if not day.strip():
        return None
    try:
        return datetime.combine(date.fromisoformat(day.strip()) + timedelta(days=days), time(), zone)
    except (ValueError, OverflowError):
        raise InvalidInput.at(field, Said("“{day}” is no day; write it as 2023-01-16.", day=day)) from None
