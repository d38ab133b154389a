"""Amendments from a Word file: the exported text, edited with Track Changes, comes back as proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.api.context import may
from app.api.transactions import Once, Transaction
from app.http.from_word import WORD, FromWord, proposed_from, read_word
from app.http.server import Db, standing_of
from app.problems import InvalidInput
from app.rules.amendments import AmendmentStatus, Audience, ChangeKind
from app.rules.permissions import Seat
from app.settings import Settings
from app.text.diff import Run


class Upload(Transaction):
    """A route that takes a Word file."""

    def body_limit(self, settings: Settings) -> int:
        return settings.upload_limit


router = APIRouter(prefix="/negotiations/{negotiation}/amendments/from-word", tags=["amendments"], route_class=Upload)

Proposer = Annotated[Seat, Depends(may("amendment.propose"))]
For = Annotated[Audience, Query(description="The room; or your delegation alone, or a group of which it is a member.")]
Group = Annotated[str, Query(max_length=20, description="Of drafts for a group: which one.")]
_FILE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The Word file as it is; or a form with the file in the field `file`.",
        "content": {
            WORD: {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


@dataclass(frozen=True, slots=True)
class FromWordProposal:
    """A proposal that the file makes. `runs` lead from what the clause says now to its words; `carried_over` where the
    clause has changed since the file was exported. `amendment` is empty and `status` null in a preview."""

    kind: ChangeKind
    label: str
    text: str | None
    texts: Sequence[str]
    after: str
    merges: Sequence[str]
    level: int | None
    rationale: str
    runs: Sequence[Run]
    carried_over: bool
    note: str
    amendment: str
    status: AmendmentStatus | None
    seq: int


@dataclass(frozen=True, slots=True)
class FromWordNotPlaced:
    """Words of the file that could not become a proposal, at which clause, and why."""

    words: str
    why: str
    label: str


@dataclass(frozen=True, slots=True)
class FromWordAnswer:
    proposed: Sequence[FromWordProposal]
    not_placed: Sequence[FromWordNotPlaced]


@router.post(
    "/preview",
    operation_id="previewAmendmentsFromWord",
    summary="See what a Word file would propose",
    openapi_extra=_FILE,
)
async def preview_from_word(
    request: Request, db: Db, seat: Proposer, _once: Once, audience: For = Audience.ROOM, group: Group = ""
) -> FromWordAnswer:
    """Each change in the file as the proposal that it would be, and what could not be placed. Nothing is written."""
    found = await read_word(db, await standing_of(request, db, seat), await _sent(request))
    return _answer(await proposed_from(db, seat, found, audience=audience, group=group, is_preview=True))


@router.post(
    "",
    status_code=201,
    operation_id="proposeAmendmentsFromWord",
    summary="Propose the changes in a Word file",
    openapi_extra=_FILE,
)
async def propose_from_word(
    request: Request, db: Db, seat: Proposer, _once: Once, audience: For = Audience.ROOM, group: Group = ""
) -> FromWordAnswer:
    """In the name of your delegation, all or nothing: each changed paragraph an amendment on its clause, carried over
    where that has changed since. The file is one that was exported here; changes are found whether they are tracked or
    not. What could not be placed is told with its words."""
    found = await read_word(db, await standing_of(request, db, seat), await _sent(request))
    return _answer(await proposed_from(db, seat, found, audience=audience, group=group))


async def _sent(request: Request) -> bytes:
    """The file, from a form or as it is."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await request.body()
    try:
        async with request.form(max_files=1, max_fields=10) as form:
            sent = form.get("file")
            if isinstance(sent, UploadFile):
                return await sent.read()
    except HTTPException:
        raise InvalidInput.at("file", "the form cannot be read; send one Word file in the field `file`.") from None
    raise InvalidInput.at("file", "is missing; send the Word file in the field `file`.")


def _answer(found: FromWord) -> FromWordAnswer:
    proposed = [
        FromWordProposal(
            kind=one.kind,
            label=one.label,
            text=one.text,
            texts=one.texts,
            after=one.after,
            merges=one.merges,
            level=one.level,
            rationale=one.rationale,
            runs=one.runs,
            carried_over=one.is_carried,
            note=one.note,
            amendment=one.amendment,
            status=one.status,
            seq=one.seq,
        )
        for one in found.proposed
    ]
    return FromWordAnswer(proposed, [FromWordNotPlaced(one.words, one.why, one.label) for one in found.not_placed])
