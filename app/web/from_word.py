"""Proposing from a Word file: it is sent in, what it changes is shown proposal by proposal, and then confirmed.

Between the two what was read travels in the form, signed for the session: the file is sent once and kept nowhere.
"""

import hashlib
import hmac
import json
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import UploadFile

from app.documents.word_changes import WordChanges
from app.http.from_word import proposed_from, read_word
from app.http.server import Db, standing_of
from app.problems import FormExpired, InvalidInput, Problem
from app.rules.amendments import Audience
from app.rules.permissions import Seat
from app.said import Said
from app.settings import Settings
from app.web.amendment import groups_of
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import csrf_of, may

_READ = TypeAdapter(WordChanges)


class Upload(Page):
    """A page to which a Word file is sent."""

    def body_limit(self, settings: Settings) -> int:
        return settings.upload_limit


router = APIRouter(prefix="/n/{negotiation}/from-word", include_in_schema=False, route_class=Upload)

Proposer = Annotated[Seat, Depends(may("amendment.propose"))]


@router.get("")
async def from_word_page(request: Request, db: Db, seat: Proposer) -> Response:
    """Where the file is chosen."""
    await standing_of(request, db, seat)
    return page(request, "from_word.html", seat=seat, here="draft", found=None, problem=None, told="")


@router.post("/preview")
async def preview(request: Request, db: Db, seat: Proposer) -> Response:
    """What the file would propose. Nothing is changed."""
    try:
        sent = request.state.form.get("file")
        data = await sent.read() if isinstance(sent, UploadFile) else b""
        await request.state.form.close()
        if not data:
            raise InvalidInput.at("file", Said("choose the Word file with your changes."))
        read = await read_word(db, await standing_of(request, db, seat), data)
        return await _shown(request, db, seat, read)
    except Problem as refusal:
        return page(
            request,
            "from_word.html",
            seat=seat,
            here="draft",
            found=None,
            problem=refusal,
            told="",
            status=refusal.status,
        )


@router.post("")
async def propose(
    request: Request,
    db: Db,
    seat: Proposer,
    read: Annotated[str, Form(max_length=10_000_000)],
    signature: Annotated[str, Form(max_length=100)],
    seen: Annotated[str, Form(max_length=100)] = "",
    audience: Annotated[Audience, Form()] = Audience.ROOM,
    group: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Propose what was shown. Where the text has moved meanwhile so that it is something else, it is shown again."""
    if not hmac.compare_digest(signature.encode(), _signature(request, seat, read).encode()):
        raise FormExpired()
    try:
        changes = _READ.validate_json(read)
    except ValidationError:
        raise FormExpired() from None
    try:
        shown = await proposed_from(db, seat, changes, audience=Audience.DELEGATION, is_preview=True)
        if _fingerprint(asdict(shown)) != seen:
            notice = N_("The text has changed since you looked. Look again, and confirm.")
            return await _shown(request, db, seat, changes, notice=said(request, notice))
        shared_with = group if audience is Audience.GROUP else ""
        async with db.begin_nested():
            made = await proposed_from(db, seat, changes, audience=audience, group=shared_with)
    except Problem as refusal:
        return await _shown(request, db, seat, changes, problem=refusal)
    names = ", ".join(one.amendment for one in made.proposed)
    notice = N_("{amendments}: before the room.") if audience is Audience.ROOM else N_("{amendments}: kept as drafts.")
    return go_to(request, f"/n/{seat.negotiation}/amendments", said(request, notice, amendments=names))


async def _shown(
    request: Request, db: Db, seat: Seat, read: WordChanges, *, problem: Problem | None = None, notice: str = ""
) -> Response:
    standing = await standing_of(request, db, seat)
    found = await proposed_from(db, seat, read, audience=Audience.DELEGATION, is_preview=True)
    kept = json.dumps(asdict(read), ensure_ascii=True, separators=(",", ":"))
    return page(
        request,
        "from_word.html",
        seat=seat,
        here="draft",
        status=problem.status if problem is not None else 200,
        found=found,
        read=kept,
        signature=_signature(request, seat, kept),
        seen=_fingerprint(asdict(found)),
        groups=groups_of(standing, seat),
        problem=problem,
        told=notice,
    )


def _signature(request: Request, seat: Seat, read: str) -> str:
    """Shows that what a form carries was read from a file in this session, for this negotiation."""
    text = f"read from a file for {seat.negotiation}\n{read}"
    return hmac.new(csrf_of(request).encode(), text.encode(), hashlib.sha256).hexdigest()


def _fingerprint(found: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True, default=str).encode()).hexdigest()
