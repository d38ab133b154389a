"""Saying something beside the text: comments on a clause or an amendment, and taking one back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.finding import amendment_named
from app.actions.locking import Act, begin
from app.problems import CommentRetracted, InvalidInput, NotFound, NotYours
from app.record.audiences import entry_audience, hears_comment
from app.record.comments import Comment
from app.record.proposals import Amendment
from app.record.standing import clause_named
from app.record.texts import Clause
from app.rules.amendments import Audience
from app.rules.comments import audience_of
from app.rules.permissions import Seat
from app.said import Said
from app.text.screen import screened_lines

COMMENT_LIMIT = 5_000  # characters


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wants to say: on a clause or on an amendment (one of the two), perhaps in answer to a comment
    (`C3`). Each line of `text` is a paragraph."""

    text: str
    clause: str = ""
    amendment: str = ""
    audience: Audience = Audience.ROOM
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Commented:
    """A comment after an act on it: its name (`C3`), what it is on and in which version, who hears it, the entry."""

    comment: str
    on: str
    version: int
    audience: Audience
    seq: int


async def comment(db: AsyncSession, seat: Seat, remark: Remark) -> Commented:
    """Say something on a clause or an amendment as it reads now, open or settled.

    It changes no status. Raises NotFound, InvalidInput, TextRefused, TextTooLong, TextEmpty, CommentRetracted.
    """
    act = await begin(db, seat, "comment.write")
    if bool(remark.clause) == bool(remark.amendment):
        raise InvalidInput.at("clause", Said("name either the clause or the amendment that you comment on."))
    text = screened_lines(remark.text, "text", limit=COMMENT_LIMIT)
    subject, about, amendment = await _subject(act, remark)
    answered = await _answered(act, remark.reply_to, subject) if remark.reply_to else None
    audience = audience_of(
        remark.audience,
        seat.delegation,
        about=Audience.ROOM if amendment is None else Audience(amendment.audience),
        answers=Audience.ROOM if answered is None else Audience(answered.audience),
    )
    last = await db.scalar(select(func.max(Comment.number)).where(Comment.negotiation_id == act.negotiation.id))
    made = Comment(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        person_id=seat.person_id,
        delegation_id=seat.delegation_id,
        audience=audience.value,
        group_id=_group_of(audience, amendment, answered),
        reply_to=None if answered is None else answered.number,
        text=text,
        seq=act.seq,
        written_at=act.now,
        **subject,
    )
    db.add(made)
    answers = {} if answered is None else {"reply_to": f"C{answered.number}"}
    payload = {"comment": f"C{made.number}", **about, "text": text, **answers}
    written = await act.recorded(payload, audience=await _heard_by(act, made))
    return Commented(f"C{made.number}", about.get("label") or about["amendment"], made.version, audience, written.seq)


async def retract(db: AsyncSession, seat: Seat, name: str) -> Commented:
    """Take back a comment of one's own: it shows as taken back, and the record keeps what it said.

    Raises NotFound, NotYours, CommentRetracted.
    """
    act = await begin(db, seat, "comment.retract")
    found = await _named(act, name)
    if found.person_id != seat.person_id:
        raise NotYours(
            what=f"C{found.number}",
            owner=Said("somebody else"),
            delegation=seat.delegation or seat.name,
            remedy=Said("Only who wrote a comment takes it back; answer it instead."),
        )
    if found.retracted_at is not None:
        raise CommentRetracted(comment=f"C{found.number}")
    found.retracted_at = act.now
    on = await _label_of(act, found)
    written = await act.recorded({"comment": f"C{found.number}", "on": on}, audience=await _heard_by(act, found))
    return Commented(f"C{found.number}", on, found.version, Audience(found.audience), written.seq)


async def _subject(act: Act, remark: Remark) -> tuple[dict[str, Any], dict[str, Any], Amendment | None]:
    """The columns that say what a comment is on, the same for the record, and the amendment if it is on one."""
    if remark.amendment:
        amendment, _, _ = await amendment_named(act, remark.amendment)
        columns = {"amendment_id": amendment.id, "version": amendment.current_version}
        about = {"amendment": f"A{amendment.number}", "version": amendment.current_version}
        return columns, about, amendment
    clause = await clause_named(act.db, act.negotiation, remark.clause)
    columns = {"clause_id": clause.id, "version": clause.current_version}
    return columns, {"clause": clause.key, "label": clause.label, "version": clause.current_version}, None


async def _label_of(act: Act, comment: Comment) -> str:
    """What a comment is on, as it is called now: `OP4` or `A12`."""
    if comment.amendment_id is not None:
        return f"A{(await act.db.get_one(Amendment, comment.amendment_id)).number}"
    return (await act.db.get_one(Clause, comment.clause_id)).label


async def _answered(act: Act, name: str, subject: dict[str, Any]) -> Comment:
    found = await _named(act, name)
    if (found.clause_id, found.amendment_id) != (subject.get("clause_id"), subject.get("amendment_id")):
        raise InvalidInput.at(
            "reply_to", Said("{found} is on something else; answer it there.", found=f"C{found.number}")
        )
    if found.retracted_at is not None:
        raise CommentRetracted(comment=f"C{found.number}")
    return found


async def _named(act: Act, name: str) -> Comment:
    """A comment by its name that the seat may hear. Raises NotFound."""
    digits = name.strip().removeprefix("C").removeprefix("c")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0
    heard = hears_comment(act.seat, act.now.date())
    query = select(Comment).where(Comment.negotiation_id == act.negotiation.id, Comment.number == number, heard)
    found = await act.db.scalar(query)
    if found is None:
        raise NotFound(
            what=Said("comment"),
            name=name,
            remedy=Said(
                "GET .../comments lists those you may see.",
                "Comments stand on the page of what they are about.",
            ),
        )
    return found


def _group_of(audience: Audience, amendment: Amendment | None, answered: Comment | None) -> int | None:
    """The group that hears a comment: the one that heard what it answers, or that sees the draft that it is on."""
    if audience is not Audience.GROUP:
        return None
    heard = None if answered is None else answered.group_id
    return heard if heard is not None or amendment is None else amendment.group_id


async def _heard_by(act: Act, comment: Comment) -> str:
    return await entry_audience(act.db, comment.audience, act.seat.delegation, comment.group_id)
