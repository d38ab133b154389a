"""Webhooks: the record sent to other programs. What is sent is described in docs/webhooks.md."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import TypeAdapter

from app.actions import webhooks as actions
from app.api.context import may
from app.api.inputs import WebhookIn
from app.api.transactions import Once, Transaction
from app.http.server import Db, server_of
from app.rules.permissions import Seat
from app.views import webhooks as views

router = APIRouter(prefix="/negotiations/{negotiation}/webhooks", tags=["webhooks"], route_class=Transaction)

Name = Annotated[str, Path(max_length=20, description="The webhook, such as `W1`.")]
_added = TypeAdapter(actions.Added)


@router.get("", operation_id="listWebhooks", summary="List the webhooks")
async def list_webhooks(db: Db, seat: Annotated[Seat, Depends(may("webhook.list"))]) -> Sequence[views.Webhook]:
    """Without their secrets: how far each has the record, and what went wrong where one fails."""
    return await views.webhooks(db, seat)


@router.post("", status_code=201, operation_id="addWebhook", summary="Have the record sent to an address")
async def add_webhook(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("webhook.add"))], _once: Once, new: WebhookIn
) -> actions.Added:
    """Every entry that the whole room may read, in order and at least once. The secret with which it is signed is shown
    in this answer only. (So a repeated request gets it no more.)"""
    to_private = server_of(request).settings.webhooks_to_private
    added = await actions.add(db, seat, new.url, new.verbs, after=new.after, to_private=to_private)
    request.state.kept_body = _added.dump_json(replace(added, secret=""))
    return added


@router.delete("/{webhook}", operation_id="removeWebhook", summary="Remove a webhook")
async def remove_webhook(
    db: Db, seat: Annotated[Seat, Depends(may("webhook.remove"))], webhook: Name
) -> actions.Changed:
    """Nothing more is sent to it."""
    return await actions.remove(db, seat, webhook)


@router.post("/{webhook}/pause", operation_id="pauseWebhook", summary="Pause a webhook")
async def pause_webhook(
    db: Db, seat: Annotated[Seat, Depends(may("webhook.pause"))], _once: Once, webhook: Name
) -> actions.Changed:
    """Nothing is sent to it until it is resumed; then what it missed."""
    return await actions.pause(db, seat, webhook)


@router.post("/{webhook}/resume", operation_id="resumeWebhook", summary="Resume a webhook")
async def resume_webhook(
    db: Db, seat: Annotated[Seat, Depends(may("webhook.resume"))], _once: Once, webhook: Name
) -> actions.Changed:
    """One that is paused, disabled or failing is tried again at once, from the entry where it stopped."""
    return await actions.resume(db, seat, webhook)


@router.post("/{webhook}/ping", status_code=202, operation_id="pingWebhook", summary="Test a webhook")
async def ping_webhook(
    db: Db, seat: Annotated[Seat, Depends(may("webhook.ping"))], _once: Once, webhook: Name
) -> actions.PingAsked:
    """A test delivery is sent in a moment, whatever its state; the list then says how it ended (`ping_answer`)."""
    return await actions.ask_for_ping(db, seat, webhook)
