"""Webhooks of a negotiation: added, resumed and removed by those who hold the pen, each on the record."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.problems import InvalidInput, NotFound, TooManyWebhooks, WebhookAlready
from app.record.database import now_of
from app.record.webhooks import Webhook
from app.rules.delivery import WebhookState, must_be_sendable
from app.rules.permissions import VERBS, Seat
from app.rules.sentences import told_verbs
from app.said import Said

SECRET_PREFIX = "whsec_"  # noqa: S105 - it begins every secret and is none
MOST_WEBHOOKS = 20  # of one negotiation
MOST_VERBS = 50


@dataclass(frozen=True, slots=True)
class Added:
    """A new webhook (`W1`). `secret` is shown this once; entries after `after` are sent."""

    webhook: str
    url: str
    verbs: tuple[str, ...]
    secret: str
    after: int
    seq: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A webhook after an act on it; `delivered` is the entry up to which it has the record."""

    webhook: str
    state: WebhookState
    delivered: int
    seq: int


@dataclass(frozen=True, slots=True)
class PingAsked:
    """A webhook to which a test delivery will be sent in a moment."""

    webhook: str


async def add(
    db: AsyncSession,
    seat: Seat,
    url: str,
    verbs: Sequence[str] = (),
    *,
    after: int | None = None,
    to_private: bool = False,
) -> Added:
    """Send the entries of the record to `url` from now on, or those after entry `after`; of all verbs, or of `verbs`.

    The record has the host of the address and no secret. Raises WebhookAddressRefused, InvalidInput, TooManyWebhooks.
    """
    act = await begin(db, seat, "webhook.add")
    host = must_be_sendable(url, to_private=to_private)
    wanted = _known(verbs)
    if after is not None and after > act.seq:
        raise InvalidInput.at("after", Said("the record ends at entry {head_seq}.", head_seq=act.negotiation.head_seq))
    there = func.count().filter(Webhook.state != WebhookState.REMOVED.value)
    of_this = select(func.max(Webhook.number), there).where(Webhook.negotiation_id == act.negotiation.id)
    last, standing = (await db.execute(of_this)).one()
    if standing >= MOST_WEBHOOKS:
        raise TooManyWebhooks(most=MOST_WEBHOOKS)
    made = Webhook(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        url=url,
        secret=SECRET_PREFIX + secrets.token_urlsafe(32),
        verbs=wanted,
        created_by=seat.person_id,
        created_at=act.now,
        state=WebhookState.ACTIVE.value,
        delivered_seq=act.seq if after is None else after,
    )
    db.add(made)
    written = await act.recorded({"webhook": f"W{made.number}", "host": host, "verbs": wanted})
    return Added(f"W{made.number}", url, tuple(wanted), made.secret, made.delivered_seq, written.seq)


async def remove(db: AsyncSession, seat: Seat, name: str) -> Changed:
    """Send nothing more to a webhook. Raises NotFound."""
    act = await begin(db, seat, "webhook.remove")
    found = await _named(act, name)
    found.state, found.secret, found.claim, found.claimed_until = WebhookState.REMOVED.value, "", "", None
    found.ping_asked_at = None
    return await _recorded(act, found)


async def pause(db: AsyncSession, seat: Seat, name: str) -> Changed:
    """Send nothing to a webhook until it is resumed: it then gets what it missed. Raises NotFound, WebhookAlready."""
    act = await begin(db, seat, "webhook.pause")
    found = await _named(act, name)
    if found.state != WebhookState.ACTIVE.value:
        remedy = Said("Resume it to have the record sent to it again.")
        raise WebhookAlready(webhook=f"W{found.number}", state=WebhookState(found.state).words, remedy=remedy)
    found.state, found.last_error = WebhookState.PAUSED.value, f"paused by {seat.name}"
    found.claim, found.claimed_until = "", None
    return await _recorded(act, found)


async def resume(db: AsyncSession, seat: Seat, name: str) -> Changed:
    """Send again to a webhook that is paused, disabled or failing, at once and from where it stopped: it misses
    nothing. Raises NotFound, WebhookAlready."""
    act = await begin(db, seat, "webhook.resume")
    found = await _named(act, name)
    if found.state == WebhookState.ACTIVE.value and not found.attempts:
        raise WebhookAlready(
            webhook=f"W{found.number}", state=WebhookState.ACTIVE.words, remedy=Said("There is nothing to resume.")
        )
    found.state, found.attempts, found.failing_since = WebhookState.ACTIVE.value, 0, None
    found.next_attempt_at, found.last_error = None, ""
    return await _recorded(act, found)


async def ask_for_ping(db: AsyncSession, seat: Seat, name: str) -> PingAsked:
    """Have a test delivery sent to a webhook, whatever its state. It changes nothing of the negotiation, so that it is
    not on the record. Raises NotFound."""
    act = await begin(db, seat, "webhook.ping")
    found = await _named(act, name)
    found.ping_asked_at = now_of(db)
    await db.flush()
    return PingAsked(f"W{found.number}")


async def _recorded(act: Act, found: Webhook) -> Changed:
    """Put an act on a webhook on the record: its name and the host of its address, never the secret."""
    host = must_be_sendable(found.url, to_private=True)
    written = await act.recorded({"webhook": f"W{found.number}", "host": host})
    return Changed(f"W{found.number}", WebhookState(found.state), found.delivered_seq, written.seq)


def _known(verbs: Sequence[str]) -> list[str]:
    """The filter, each verb once. Raises InvalidInput for one that no entry has."""
    if len(verbs) > MOST_VERBS:
        raise InvalidInput.at(
            "verbs",
            Said("name at most {most_verbs}, or none for all; `amendment.*` is a family.", most_verbs=MOST_VERBS),
        )
    known = told_verbs() | VERBS.keys()
    families = {f"{verb.partition('.')[0]}.*" for verb in known}
    for verb in verbs:
        if verb not in known and verb not in families:
            raise InvalidInput.at(
                "verbs",
                Said("“{verb}” is no verb of the record; use such as amendment.propose or clause.*.", verb=verb),
            )
    return list(dict.fromkeys(verbs))


async def _named(act: Act, name: str) -> Webhook:
    digits = name.strip().removeprefix("W").removeprefix("w")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0
    found = await act.db.scalar(
        select(Webhook).where(
            Webhook.negotiation_id == act.negotiation.id,
            Webhook.number == number,
            Webhook.state != WebhookState.REMOVED.value,
        )
    )
    if found is None:
        raise NotFound(
            what=Said("webhook"),
            name=name,
            remedy=Said("GET .../webhooks lists them.", "The page “Settings” lists them."),
        )
    return found
