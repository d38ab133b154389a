"""A draft that a room writes in English and reads in all six official languages."""

import pytest

from app.text.drafts import parse, print_draft
from tests.api.room import ADMINISTRATOR, Desk, Room, done, refused
from tests.api.six_languages import AUTHENTIC, CHINESE, DELIVERED, FRENCH
from tests.small_print import without_small_print

SSE = "/api/v1/negotiations/sse"
OP1 = "Encourages Member States to support the social and solidarity economy in every way;"


async def deliver(desk: Desk, language: str, draft: str, of: str = "zero draft") -> None:
    tag = await desk.tag(f"{SSE}/languages/{language}")
    done(await desk.post(f"{SSE}/languages/{language}", {"draft": draft, "of": of}, if_match=tag))


async def begun(room: Room) -> Desk:
    """The negotiation, run by whoever began it."""
    desk = room.as_(ADMINISTRATOR)
    done(await desk.post("/api/v1/negotiations", {"draft": AUTHENTIC}))
    return desk


async def exported(desk: Desk, query: str) -> str:
    answer = await desk.get(f"{SSE}/export?{query}")
    assert answer.status_code == 200, answer.text
    return without_small_print(answer.text)


@pytest.mark.parametrize("delivered", DELIVERED.values(), ids=DELIVERED)
def test_a_text_in_any_official_language_reads_back_from_the_drafts_format(delivered: str) -> None:
    assert print_draft(parse(delivered)) == delivered


async def test_a_text_is_exported_in_each_language_as_the_translators_delivered_it(room: Room) -> None:
    desk = await begun(room)
    for language, delivered in DELIVERED.items():
        await deliver(desk, language, delivered)
        assert await exported(desk, f"language={language}") == delivered
    listed = {one["language"]: one for one in done(await desk.get(f"{SSE}/languages"))}
    assert list(listed) == ["ar", "zh", "en", "fr", "ru", "es"]
    assert all(one["is_complete"] and one["translated"] == one["clauses"] == 11 for one in listed.values())
    assert [language for language, one in listed.items() if one["is_authentic"]] == ["en"]
    assert [language for language, one in listed.items() if one["direction"] == "rtl"] == ["ar"]
    draft = done(await desk.get(f"{SSE}/draft?language=ar"))
    assert (draft["direction"], draft["draft"]["front"]["language"]) == ("rtl", "ar")
    assert draft["draft"]["front"]["organ"] == "الجمعية العامة"
    assert "[^1]" in draft["draft"]["clauses"][2]["text"]
    assert await exported(desk, "language=en") == await exported(desk, "") == AUTHENTIC
    answer = await desk.get(f"{SSE}/export?language=zh&format=txt")
    assert "water" not in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"] == 'inline; filename="sse.zh.txt"'
    assert done(await desk.get(f"{SSE}/record/verification"))["is_intact"]


async def test_a_revision_is_read_in_the_language_into_which_it_was_translated_although_the_text_has_moved(
    room: Room,
) -> None:
    desk = await begun(room)
    tag = await desk.tag(f"{SSE}/clauses/OP1")
    change = {"text": OP1, "reason": "Shorter."}
    done(await desk.post(f"{SSE}/clauses/OP1/versions", change, if_match=tag))
    await deliver(desk, "zh", CHINESE)  # of the zero draft, delivered after the change
    refused(await desk.get(f"{SSE}/export?language=zh"), 409, "translation-incomplete")
    assert await exported(desk, "language=zh&at=zero draft") == CHINESE
    then = done(await desk.get(f"{SSE}/languages/zh?at=zero draft"))
    assert (then["is_complete"], then["seq"]) == (True, 1)
    now = done(await desk.get(f"{SSE}/languages/zh"))
    assert [one["label"] for one in now["clauses"] if one["is_stale"]] == ["OP1"]


async def test_an_arabic_text_falls_back_paragraph_by_paragraph_with_the_direction_of_each(room: Room) -> None:
    desk = await begun(room)
    tag = await desk.tag(f"{SSE}/clauses/OP2(a)/translations/ar")
    body = {"text": "أُطُر قانونية تعترف بكياناته؛"}
    done(await desk.put(f"{SSE}/clauses/OP2(a)/translations/ar", body, if_match=tag))
    found = {one["label"]: one for one in done(await desk.get(f"{SSE}/languages/ar"))["clauses"]}
    assert (found["OP2(a)"]["direction"], found["OP2(a)"]["text_language"]) == ("rtl", "ar")
    assert (found["OP2(b)"]["direction"], found["OP2(b)"]["text_language"]) == ("ltr", "en")
    assert found["OP2(b)"]["state"] == "missing"


async def test_a_text_negotiated_in_french_is_translated_into_english(room: Room) -> None:
    desk = room.as_(ADMINISTRATOR)
    done(await desk.post("/api/v1/negotiations", {"draft": FRENCH}))
    await deliver(desk, "en", AUTHENTIC)
    assert await exported(desk, "language=en") == AUTHENTIC
    assert await exported(desk, "language=fr") == FRENCH
    refused(await desk.get(f"{SSE}/languages/fr"), 409, "authentic-language")
