"""A room in which nothing happens by itself: background work is done when a test does it."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from app.live.webhooks import Courier
from app.settings import Settings
from tests.api.listening import Brief
from tests.api.room import Room, Secrets, prepared
from tests.builders import SetClock
from tests.live.receiver import Receiver, receiving


@pytest.fixture
async def room(room_url: str, room_secrets: Secrets, clock: SetClock) -> AsyncIterator[Room]:
    """A negotiation with everybody in it, its webhooks free to go to this machine."""
    settings = Settings(database_url=room_url, pool_size=5, webhooks_to_private=True)
    app = prepared(settings, clock)
    transport = httpx.ASGITransport(Brief(app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://chapeau.test") as client:
        yield Room(app, client, room_secrets)
    await app.state.server.database.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        yield found


@pytest.fixture
async def courier(room: Room) -> AsyncIterator[Courier]:
    """Who sends, with chance taken out."""
    found = Courier(room.database, True, asyncio.Event(), chance=lambda: 0.0)
    yield found
    await found.close()
