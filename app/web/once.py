"""A form that is sent twice (a double click, a reload, "send again" on a slow line) acts once.

Each form has a key of its own. The same form with the same words gets the answer of the first time, which is kept as
the API keeps answers; with other words, typed after going back to it, it is a new act.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from fastapi import Request, Response
from starlette.datastructures import FormData, UploadFile

from app.actions.repeating import Answer
from app.http.repeating import act_once
from app.http.server import Db
from app.rules.permissions import Seat

FIELD: Final = "once"
NOTICE: Final = "chapeau-notice"  # the cookie with what is said on the page that a form leads to
# Addresses to which forms are sent only to see what they would do.
REHEARSALS: Final = ("/preview", "/rehearsal")
# What is said, taken back and said again from one page that stands open: only what comes at once is the same act.
_AT_ONCE: Final = timedelta(seconds=30)
TURNED_BACK: Final = frozenset(
    {
        "account.choose_mail",
        "account.read",
        "amendment.cosponsor",
        "clause.reopen",
        "clause.rule",
        "delegation.invite",
        "group.join",
        "group.leave",
        "negotiation.arrange",
        "person.close",
        "person.reopen",
        "position.take",
        "position.withdraw",
        "reading.close",
        "reading.open",
        "seat.assign",
        "sponsor.join",
        "sponsor.leave",
        "sponsor.record",
        "stage.advance",
        "translation.confirm",
        "translation.write",
        "webhook.pause",
        "webhook.ping",
        "webhook.resume",
    }
)


def new_key() -> str:
    """A key for one form on one page."""
    return secrets.token_urlsafe(18)


async def sent_once(request: Request, db: Db, seat: Seat, verb: str) -> None:
    """Have the form of this request act once, in the name of whoever is signed in."""
    form: FormData = request.state.form
    key = form.get(FIELD, "")
    if seat.person_id is None or not isinstance(key, str) or not key or request.url.path.endswith(REHEARSALS):
        return
    name, request.state.seal = await _name_and_seal(request, form)
    await act_once(request, db, seat.person_id, f"form {name.hex()}", "", _AT_ONCE if verb in TURNED_BACK else None)


def to_keep(request: Request, response: Response) -> Answer | None:
    """What is kept of the answer to a form: where it leads and what it says there, or the page that shows a secret
    once. Nothing of a page that refuses, or shows what would be."""
    if response.status_code == 303:
        kept = [("location", response.headers["location"])]
        kept += [("set-cookie", said) for said in response.headers.getlist("set-cookie") if said.startswith(NOTICE)]
        return Answer(303, dict(kept), b"")
    if response.status_code == 200 and response.headers.get("cache-control") == "no-store":
        return Answer(200, {}, _sealed(request, bytes(response.body)))
    return None


def kept_page(request: Request, answer: Answer) -> bytes:
    """The page that was kept, for whoever sends the same form."""
    return _sealed(request, answer.body)


def _sealed(request: Request, body: bytes) -> bytes:
    """A page with a secret is kept so that only the form that got it opens it: whoever reads the database does not.
    The seal comes from the key of the form, which is not kept, and is used for this one page."""
    stream = hashlib.shake_256(request.state.seal).digest(len(body))
    return bytes(one ^ other for one, other in zip(body, stream, strict=True))


async def _name_and_seal(request: Request, form: FormData) -> tuple[bytes, bytes]:
    """What stands for this form with what was typed into it, and what seals the answer to it: neither tells of the
    other to whoever does not have the key of the form."""
    name, seal = hashlib.sha256(), hashlib.sha3_256()
    for part in await _parts(request, form):
        for found in (name, seal):
            found.update(len(part).to_bytes(8))
            found.update(part)
    return name.digest(), seal.digest()


async def _parts(request: Request, form: FormData) -> list[bytes]:
    parts = [f"{request.url.path}?{request.url.query}".encode()]
    for field, value in form.multi_items():
        parts += [field.encode(), await _content(value) if isinstance(value, UploadFile) else value.encode()]
    return parts


async def _content(file: UploadFile) -> bytes:
    content = await file.read()
    await file.seek(0)
    return (file.filename or "").encode() + b"\0" + content
