"""Those who hold the pen decide on an amendment, after they have seen what that does to the text and to the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import deciding
from app.actions.finding import amendment_number
from app.http.server import Db, standing_of
from app.problems import Problem, StaleVersion
from app.rules.permissions import Seat
from app.views.amendments import Amendment, amendment
from app.web.addresses import amendment_address
from app.web.amendment import Deciding, shown
from app.web.catalogue import N_
from app.web.pages import go_to, said
from app.web.rehearsals import rehearsal
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/amendments/{amendment}", include_in_schema=False, route_class=Page)

Decider = Annotated[Seat, Depends(may("amendment.decide"))]
Expected = Annotated[str, Form(max_length=100)]
Reason = Annotated[str, Form(max_length=5000)]
Words = Annotated[str, Form(max_length=200_000)]
_LINES = re.compile(r"\s*[\r\n]+\s*")


def with_texts(one: Amendment, text: str) -> Sequence[str] | None:
    """The other words to accept, None where they are those proposed or none were typed."""
    if one.texts:
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        return None if lines in ((), one.texts) else lines
    words = _LINES.sub(" ", text).strip()
    return None if one.text is None or words in ("", one.text) else [words]


@dataclass(frozen=True, slots=True)
class Accepting:
    """The form as it was sent: `text` are the words to accept, `read` those that stood there, `rehearsed` those whose
    effect was shown last."""

    expected: str
    text: str
    reason: str
    read: str
    rehearsed: str | None

    @property
    def given(self) -> Deciding:
        return Deciding(self.text, self.reason)

    @property
    def is_rehearsed(self) -> bool:
        return self.rehearsed is not None and self.rehearsed.split() == self.text.split()

    def after(self, refusal: Problem) -> Deciding:
        """What the form shows when it was refused: where the proposal has changed, its new words for those that stood
        there untouched."""
        is_untouched = isinstance(refusal, StaleVersion) and self.read.split() == self.text.split()
        return Deciding(None, self.reason) if is_untouched else self.given


async def accepting(
    expected: Annotated[str, Form(max_length=100)],
    text: Words = "",
    reason: Reason = "",
    read: Words = "",
    rehearsed: Annotated[str | None, Form(max_length=200_000)] = None,
) -> Accepting:
    return Accepting(expected, text, reason, read, rehearsed)


@router.post("/rehearsal")
async def rehearse(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.rehearse"))],
    amendment: str,
    sent: Annotated[Accepting, Depends(accepting)],
) -> Response:
    """The page of the amendment, with what accepting it would do. Nothing is changed."""
    return await _rehearsed(request, db, seat, amendment, sent)


@router.post("/acceptance")
async def accept(
    request: Request, db: Db, seat: Decider, amendment: str, sent: Annotated[Accepting, Depends(accepting)]
) -> Response:
    """Accept it, as it is or with the words typed. Where their effect was not shown yet, that comes first."""
    if not sent.is_rehearsed:
        notice = N_("This is what accepting these words does. Accept them if that is right.")
        return await _rehearsed(request, db, seat, amendment, sent, said(request, notice))
    try:
        async with db.begin_nested():
            words = with_texts(await _amendment(db, seat, amendment), sent.text)
            made = await deciding.accept(db, seat, amendment, sent.expected, with_texts=words, reason=sent.reason)
    except Problem as refusal:
        return await shown(request, db, seat, amendment, given=sent.after(refusal), problem=refusal)
    notice = N_("{amendment} is accepted.")
    if made.text is not None:
        notice = N_("{amendment} is accepted: {label} has version {version}.")
    told = said(request, notice, amendment=made.amendment, label=made.label, version=made.clause_version)
    return go_to(request, amendment_address(seat.negotiation, made.amendment), told)


@router.post("/rejection")
async def reject(
    request: Request, db: Db, seat: Decider, amendment: str, expected: Expected, reason: Reason = ""
) -> Response:
    """Leave it aside, with a reason."""
    made = await deciding.reject(db, seat, amendment, expected, reason)
    told = said(request, N_("{amendment} is not accepted; the reason is on the record."), amendment=made.amendment)
    return go_to(request, amendment_address(seat.negotiation, made.amendment), told)


async def _rehearsed(request: Request, db: Db, seat: Seat, name: str, sent: Accepting, notice: str = "") -> Response:
    one = await _amendment(db, seat, name)
    standing = await standing_of(request, db, seat)
    try:
        async with db.begin_nested():
            made = await deciding.rehearse(db, seat, name, sent.expected, with_texts=with_texts(one, sent.text))
    except Problem as refusal:
        return await shown(request, db, seat, name, given=sent.after(refusal), problem=refusal)
    seen = Deciding(sent.text, sent.reason, sent.text)
    return await shown(request, db, seat, name, given=seen, rehearsal=rehearsal(standing, made), notice=notice)


async def _amendment(db: Db, seat: Seat, name: str) -> Amendment:
    return await amendment(db, seat, amendment_number(name))
