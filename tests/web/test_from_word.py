"""A delegate sends a Word file in on the pages, sees what it would propose, and confirms it."""

import html
import re

from tests.api.room import Room
from tests.api.test_from_word import WORD, export
from tests.builders import on_sqlite
from tests.documents.word_edits import Edited
from tests.web.visitor import visitor

HERE = "/n/water/from-word"
_HIDDEN = re.compile(r'type="hidden" name="(read|signature|seen)" value="([^"]*)"')


@on_sqlite
async def test_a_file_is_sent_once_looked_at_and_confirmed(room: Room) -> None:
    file = Edited(await export(room, "NOR"))
    file.replace((await room.clause("OP4"))["key"], "remain", "stay")
    head = await room.head()
    async with visitor(room, "NOR") as norway:
        assert (await norway.get(HERE)).status_code == 200
        files = {"file": ("sent.docx", file.saved(), WORD)}
        csrf = {"csrf": await norway.csrf()}
        preview = await norway.client.post(f"{HERE}/preview", data=csrf, files=files, headers={"Accept": "text/html"})
        assert "<del>remain</del>" in preview.text
        assert await room.head() == head
        fields = {name: html.unescape(value) for name, value in _HIDDEN.findall(preview.text)}
        forged = await norway.post(HERE, {**fields, "read": fields["read"].replace("stay", "go")})
        assert (forged.status_code, await room.head()) == (403, head)
        await norway.post(HERE, {**fields, "audience": "delegation"})
    made = await room.amendment("A1", by="NOR")
    assert (made["text"], made["status"]) == ("Decides to stay seized of the matter.", "draft")


@on_sqlite
async def test_a_file_that_cannot_be_read_is_told_on_the_page(room: Room) -> None:
    async with visitor(room, "NOR") as norway:
        files = {"file": ("sent.docx", b"PK\x03\x04 and no more", WORD)}
        csrf = {"csrf": await norway.csrf()}
        answer = await norway.client.post(f"{HERE}/preview", data=csrf, files=files, headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
