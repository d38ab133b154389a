"""A delegate exports the text, edits it in Word and sends it back: each change is an amendment on its clause."""

from typing import Any

import httpx

from app.http.from_word import WORD
from tests.api.room import ROOM, Room, done, refused
from tests.builders import SetClock
from tests.documents.word_edits import Edited

ADDRESS = f"{ROOM}/amendments/from-word"


async def export(room: Room, who: str, content: str = "text") -> bytes:
    answer = await room.as_(who).get(f"/export?format=docx&content={content}")
    assert answer.status_code == 200, answer.text
    return answer.content


async def send(room: Room, who: str, file: bytes, address: str = ADDRESS, **more: Any) -> httpx.Response:
    headers = {**room.as_(who).headers, "Content-Type": WORD, **more}
    return await room.client.post(address, content=file, headers=headers)


def brief(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["kind"], one["label"], one["text"] or "") for one in answer["proposed"]]


async def test_two_delegations_edit_offline_and_no_change_is_lost(room: Room, clock: SetClock) -> None:
    """Norway edits a compilation with Brazil's proposals in it, on paragraphs that move meanwhile."""
    brazil = room.as_("BRA")
    done(await brazil.propose("OP1", "Encourages Member States to measure the quality of drinking water every year;"))
    clock.advance(minutes=7)
    done(await brazil.propose("OP3", "Welcomes the banks;", kind="insert"))
    clock.advance(minutes=7)
    keys = {label: (await room.clause(label))["key"] for label in ("PP1", "PP2", "PP3", "OP1", "OP2(a)", "OP3", "OP4")}
    file = Edited(await export(room, "NOR", "compilation"))
    file.replace(keys["OP1"], "every year", "every second year")
    file.replace(keys["PP2"], "many", "most", tracked=False)
    file.replace(keys["OP3"], "on fair terms", "on fair and clear terms")
    file.replace(keys["PP1"], "Recalling", "Bearing in mind")
    file.comment(keys["OP1"], "A year is too short.")
    file.comment(keys["OP4"], "Is this needed?")
    file.insert_after(keys["OP2(a)"], "Meters in every house;")
    file.delete(keys["PP3"])
    sent = file.saved()
    france = room.as_("FRA")
    done(await france.edit("OP3", "Invites all development banks to finance safe water on fair terms;"))
    done(await france.edit("PP1", "Reaffirming its resolution 64/292 of 28 July 2010,"))
    head = await room.head()

    preview = done(await send(room, "NOR", sent, f"{ADDRESS}/preview"))
    assert await room.head() == head
    answer = done(await send(room, "NOR", sent))
    assert (
        brief(preview)
        == brief(answer)
        == [
            ("replace", "PP2", "Noting the progress made in most countries,"),
            ("delete", "PP3", ""),
            ("replace", "OP1", "Encourages Member States to measure the quality of water every second year;"),
            ("insert", "OP2(a)", "Meters in every house;"),
            ("replace", "OP3", "Invites all development banks to finance safe water on fair and clear terms;"),
        ]
    )
    assert [one["carried_over"] for one in answer["proposed"]] == [False, False, False, False, True]
    assert {one["amendment"] for one in preview["proposed"]} == {""}
    assert [(one["label"], one["words"]) for one in answer["not_placed"]] == [
        ("PP1", "Bearing in mind its resolution 64/292 of 28 July 2010,"),
        ("OP4", "Norway: Is this needed?"),
    ]
    made = await room.amendment(answer["proposed"][2]["amendment"])
    assert (made["proposer"], made["rationale"]) == ("NOR", "Norway: A year is too short.")
    assert await room.head() == head + 5
    assert await room.is_intact()


async def test_what_is_not_ours_is_refused_and_nothing_is_written(room: Room) -> None:
    file = await export(room, "NOR")
    head = await room.head()
    other = Edited(file)
    custom = other.parts["docProps/custom.xml"]
    other.parts["docProps/custom.xml"] = custom.replace(b">water<", b">fire<")
    refused(await send(room, "NOR", other.saved()), 422, "word-of-another")
    other.parts["docProps/custom.xml"] = _with_other_hash(custom)
    refused(await send(room, "NOR", other.saved()), 422, "word-of-another")
    refused(await send(room, "NOR", file), 409, "word-changes-nothing")
    refused(await send(room, "NOR", b"%PDF-1.7"), 422, "word-unreadable")
    refused(await send(room, "NOR", b"PK" + b"\0" * 11_000_000), 413, "too-large")
    assert await room.head() == head


def _with_other_hash(custom: bytes) -> bytes:
    place = custom.index(b"<vt:lpwstr>", custom.index(b"ChapeauHash")) + len(b"<vt:lpwstr>")
    return custom[:place] + b"f" * 64 + custom[place + 64 :]


async def test_a_form_is_taken_too_as_drafts_and_once(room: Room) -> None:
    key = (await room.clause("OP4"))["key"]
    file = Edited(await export(room, "NOR"))
    file.replace(key, "remain", "stay")
    headers = {**room.as_("NOR").headers, "Idempotency-Key": "once"}
    body = {"file": ("sent.docx", file.saved(), WORD)}
    request = room.client.build_request("POST", f"{ADDRESS}?audience=delegation", files=body, headers=headers)
    content, kept = await request.aread(), dict(request.headers)
    first = done(await room.client.post(f"{ADDRESS}?audience=delegation", content=content, headers=kept))
    again = done(await room.client.post(f"{ADDRESS}?audience=delegation", content=content, headers=kept))
    assert first == again
    assert [one["status"] for one in first["proposed"]] == ["draft"]
