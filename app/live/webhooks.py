"""Sends the record to webhooks: in order, at least once, from a place in the record that each has.

Nothing is written in the transaction of an act, so that no webhook holds one up, and nothing is lost: what was not
answered with success is sent again.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import httpx
from pydantic import TypeAdapter

from app import __version__
from app.actions import delivering
from app.actions.delivering import Claimed
from app.live.posting import Reply, new_client, post
from app.live.rounds import NAMED
from app.record.database import Database
from app.rules.delivery import signature
from app.views.records import RecordEntry
from app.views.webhooks import outgoing

NAP: Final = timedelta(seconds=2)
_AT_ONCE: Final = 16  # webhooks that are sent to side by side
_TURN_SECONDS: Final = 20  # after which a webhook makes room for others
_ENTRY: Final = TypeAdapter(RecordEntry)


@dataclass(slots=True)
class Courier:
    """What it takes to send to webhooks; `stopping` ends a delivery that is under way."""

    database: Database
    to_private: bool
    stopping: asyncio.Event
    chance: Callable[[], float] = random.random
    _client: httpx.AsyncClient | None = None  # made when there is something to send: it takes a while

    async def once(self) -> timedelta:
        """One round: send to every webhook what is due. After how long to look again."""
        async with self.database.reading() as db:
            due = await delivering.due(db, _AT_ONCE)
        serving = [
            asyncio.create_task(self._serve(webhook_id), name=f"{NAMED}webhook {webhook_id}") for webhook_id in due
        ]
        ended = await asyncio.gather(*serving, return_exceptions=True)
        for error in ended:
            if isinstance(error, BaseException):
                raise error
        return timedelta(0) if any(ended) else NAP

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def _serve(self, webhook_id: int) -> bool:
        """Send to one webhook what is due. Whether there may be more."""
        async with self.database.writing() as db:
            claimed = await delivering.claim(db, webhook_id)
        if claimed is None or (claimed.pings and not await self._ping(claimed)):
            return False
        if claimed.sends:
            return await self._send(claimed)
        async with self.database.writing() as db:
            await delivering.release(db, claimed)
        return False

    async def _send(self, claimed: Claimed) -> bool:
        """Send the next entries until one fails, the turn is over or the server stops. Whether there may be more."""
        async with self.database.reading() as db:
            waiting = await outgoing(db, claimed.negotiation_id, claimed.verbs, claimed.after)
        ends = asyncio.get_running_loop().time() + _TURN_SECONDS
        for entry in waiting.entries:
            reply = await self._post(claimed, f"{claimed.negotiation}:{entry.seq}", _ENTRY.dump_json(entry))
            async with self.database.writing() as db:
                if reply is None:
                    await delivering.release(db, claimed)
                    return False
                if not reply.is_success:
                    await delivering.failed(db, claimed, reply.told, self.chance(), gone=reply.is_gone)
                    return False
                if not await delivering.delivered(db, claimed, entry.seq):
                    return False  # another process took over meanwhile, or it was removed
            if asyncio.get_running_loop().time() > ends:
                break
        else:
            async with self.database.writing() as db:
                await delivering.passed_over(db, claimed, waiting.until)
        async with self.database.writing() as db:
            await delivering.release(db, claimed)
        return bool(waiting.entries) or waiting.until > claimed.after

    async def _ping(self, claimed: Claimed) -> bool:
        """Send a test delivery. Whether the claim still holds."""
        body = f'{{"verb":"ping","webhook":"{claimed.name}","negotiation":"{claimed.negotiation}"}}'.encode()
        reply = await self._post(claimed, f"{claimed.negotiation}:ping:{claimed.name}", body)
        async with self.database.writing() as db:
            if reply is None:
                await delivering.release(db, claimed)
                return False
            return await delivering.pinged(db, claimed, reply.told)

    async def _post(self, claimed: Claimed, delivery: str, body: bytes) -> Reply | None:
        """How a delivery ended; None when the server stopped first."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"Chapeau/{__version__}",
            "Chapeau-Delivery": delivery,
            "Chapeau-Signature": signature(claimed.secret, self.database.clock(), body),
        }
        self._client = self._client or new_client()
        sending = asyncio.create_task(post(self._client, claimed.url, body, headers, to_private=self.to_private))
        stopped = asyncio.create_task(self.stopping.wait())
        await asyncio.wait({sending, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if sending.done():
            return sending.result()
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
        return None
