"""A form that is refused comes back on its page: with what stands in the way, at its field, and all that was typed."""

from tests.api.room import SECRETARIAT, Room, done
from tests.builders import on_sqlite
from tests.web.visitor import visitor

OP1 = "/n/water/clauses/OP1"


@on_sqlite
async def test_an_objection_without_a_reason_comes_back_on_the_page_of_the_paragraph(room: Room) -> None:
    async with visitor(room, "NOR") as browser:
        fields = {"stance": "object", "reason": "", "expected": "c6.v1"}
        answer = await browser.post(f"{OP1}/position", fields)
        assert answer.status_code == 422
        assert "<title>Error: OP1" in answer.text
        assert 'name="stance" value="object" required checked>' in answer.text
        assert 'aria-invalid="true" aria-describedby="wrong-reason"' in answer.text
        assert "An objection needs a reason." in answer.text


@on_sqlite
async def test_what_was_typed_comes_back_in_a_form_that_was_folded(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", "Encourages everybody;"))
    async with visitor(room, SECRETARIAT) as browser:
        typed = {"kind": "ad_ref", "pending": 'BRA "<b>', "package": "money & means", "expected": "c6.v1"}
        answer = await browser.post(f"{OP1}/ruling", typed)
        assert answer.status_code in (409, 422)
        assert 'name="kind" value="ad_ref" checked>' in answer.text
        assert 'name="pending" value="BRA &#34;&lt;b&gt;"' in answer.text.replace("&quot;", "&#34;")
        assert 'value="money &amp; means"' in answer.text
        folded = answer.text[: answer.text.index(f'action="{OP1}/ruling"')]
        assert folded.rindex("<details open>") == folded.rindex("<details")


@on_sqlite
async def test_where_the_page_has_no_such_form_any_more_what_was_typed_is_shown_alone(room: Room) -> None:
    done(await room.as_("FRA").rule("OP1"))
    async with visitor(room, "NOR") as browser:
        fields = {"stance": "object", "reason": "We have thought again.", "expected": "c6.v1"}
        answer = await browser.post(f"{OP1}/position", fields)
        assert answer.status_code == 409
        assert "We have thought again." in answer.text
        assert "Back to the page" in answer.text
