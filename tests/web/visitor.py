"""Somebody who looks at the pages of a room with a browser that keeps cookies, in this process."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from app.actions import access, signing_in
from app.actions.passwords import set_password
from tests.api.room import Room, sign_in

PASSWORD = "rain over seven quiet rivers"  # of everybody in these tests
_CSRF = re.compile(r'name="csrf" value="([^"]*)"')


@dataclass(slots=True)
class Visitor:
    """A browser. A form is sent as the page in it would send it, with the proof of its session."""

    room: Room
    client: httpx.AsyncClient

    async def get(self, address: str, **headers: str) -> httpx.Response:
        return await self.client.get(address, headers={"Accept": "text/html", **headers})

    async def post(self, address: str, fields: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        """Send a form with the proof that a page of this session holds."""
        return await self.bare_post(address, {"csrf": await self.csrf(), **(fields or {})}, **more)

    async def bare_post(self, address: str, fields: dict[str, Any], **headers: str) -> httpx.Response:
        """Send a form just as it is given."""
        sent = {"Accept": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
        answer = await self.client.post(address, data=fields, headers=sent)
        self._keep_session(answer)
        return answer

    def _keep_session(self, answer: httpx.Response) -> None:
        """Keep the cookie of a session whose end the clock of a test puts into the past."""
        for said in answer.headers.get_list("set-cookie"):
            name, _, value = said.partition(";")[0].partition("=")
            if name.endswith("chapeau") and value.strip('"'):
                self.client.cookies.set(name, value, domain=self.client.base_url.host, path="/")

    async def csrf(self) -> str:
        found = _CSRF.search((await self.get("/sign-in")).text)
        assert found is not None
        return found[1]

    async def come_in(self, who: str) -> None:
        """Be signed in as somebody, without asking for a password."""
        async with self.room.database.writing() as db:
            person = await access.person_signing_in(db, sign_in(who))
            opened = await signing_in.open_session(db, person.id)
        name = "__Host-chapeau" if self.client.base_url.scheme == "https" else "chapeau"
        self.client.cookies.set(name, opened.secret, domain=self.client.base_url.host, path="/")

    async def is_signed_in(self) -> bool:
        return (await self.get("/account")).status_code == 200


@asynccontextmanager
async def visitor(
    room: Room, who: str = "", *, app: Any = None, base_url: str = "http://chapeau.test"
) -> AsyncIterator[Visitor]:
    """A browser of its own, signed in as `who` (`FRA`) or nobody."""
    transport = httpx.ASGITransport(app or room.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=base_url) as client:
        found = Visitor(room, client)
        if who:
            await found.come_in(who)
        yield found


async def with_password(room: Room, who: str, password: str = PASSWORD) -> None:
    async with room.database.writing() as db:
        await set_password(await access.person_signing_in(db, sign_in(who)), password)
