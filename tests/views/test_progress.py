"""How far a text has come is told from the record alone, in few statements, and is what the tables said each day."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from app.cli.sample import load_sample
from app.main import keep_house_once
from app.record.database import Database
from app.record.participants import groups_in
from app.record.past import told
from app.record.standing import standing
from app.record.texts import Negotiation
from app.rules.consensus import Status
from app.rules.course import Course
from app.rules.proceedings import Told
from app.rules.standing import Standing
from app.views.progress import PastDays, Progress, progress
from tests.actions.test_record import negotiate
from tests.api.room import SECRETARIAT, Room, done
from tests.api.test_adoption import adopt, tabled
from tests.api.test_statements import counted
from tests.builders import SetClock


async def standing_now(database: Database) -> Standing:
    async with database.reading() as db:
        return await standing(db, (await db.scalars(select(Negotiation))).one())


async def told_so_far(database: Database) -> tuple[Course, list[Told]]:
    """The course of the only negotiation before its first entry, and the entries."""
    async with database.reading() as db:
        negotiation = (await db.scalars(select(Negotiation))).one()
        groups = await groups_in(db, negotiation.id)
        return Course(groups), [entry async for entry in told(db, negotiation.id, negotiation.head_seq)]


async def seen(room: Room, past: PastDays | None = None) -> Progress:
    async with room.database.reading() as db:
        now = room.database.clock()
        found = await standing(db, (await db.scalars(select(Negotiation))).one())
        return await progress(db, past or PastDays(2), found, now)


def plain(counts: Mapping[Status, int]) -> dict[str, int]:
    return {status.value: count for status, count in counts.items()}


async def same_as_the_tables(database: Database) -> int:
    """The law: what the record tells is what the tables say now, and what they said when readings were opened and
    closed. How many readings there were to compare with."""
    course, entries = await told_so_far(database)
    compared = 0
    for entry in entries:
        course.hear(entry)
        if entry.verb in ("reading.open", "reading.close"):
            assert plain(course.counts(entry.at)) == entry.payload["counts"], entry.seq
            compared += 1
    found, now = await standing_now(database), database.clock()
    assert course.counts(now) == found.text_status(now).counts
    assert course.statuses(now) == {c.key: c.status(now).status for c in found.clauses if c.label != "Opening"}
    return compared


async def test_the_record_of_the_sample_tells_what_the_tables_say(database: Database) -> None:
    await load_sample(database)
    assert await same_as_the_tables(database) == 0
    assert len((await standing_now(database)).text_status(database.clock()).counts) == len(Status), "all at once"


async def test_the_record_of_a_long_meeting_tells_what_the_tables_say_and_said_at_each_reading(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("FRA").post("/readings"))
    clock.advance(minutes=5)
    await negotiate(room, clock)
    done(await room.as_("FRA").post("/readings/close"))
    done(await room.as_("BRA").take("PP2", "reserve", "No instructions yet."))
    done(await room.as_("FRA").post("/readings"))
    assert await same_as_the_tables(room.database) == 3


async def test_each_day_is_as_the_text_stood_at_its_end(room: Room, clock: SetClock) -> None:
    done(await room.as_(SECRETARIAT).send("PATCH", "", {"time_zone": "Asia/Tokyo"}))
    wanted: list[tuple[date, dict[str, int]]] = []

    async def ends() -> None:
        """23:59 in Tokyo."""
        clock.now = clock.now.replace(hour=14, minute=59)
        counts = (await standing_now(room.database)).text_status(clock.now).counts
        wanted.append((clock.now.date(), plain(counts)))
        clock.advance(hours=18)

    done(await room.as_("FRA").open_silence("OP3", hours=50))
    done(await room.as_("NOR").propose("OP1", "Encourages everybody;"))
    await ends()
    done(await room.as_("FRA").reject("A1"))
    done(await room.as_("EU").take("PP1", "object", "It is too long."))
    await ends()
    await ends()
    await keep_house_once(room.app.state.server)
    done(await room.as_("FRA").post("/readings"))
    found = await seen(room)
    assert [(day.day, plain(day.counts)) for day in found.days[:-1]] == wanted
    assert [counts.get("agreed", 0) for _, counts in wanted] == [0, 0, 1], "the silence passed before it was recorded"
    assert found.days[-1].day == clock.now.date()
    assert found.days[-1].paragraphs == 10
    assert [(one.what.value, one.name, one.day.isoformat()) for one in found.milestones] == [
        ("revision", "zero draft", "2023-01-16"),
        ("reading_opened", "reading 1", "2023-01-19"),
    ]


async def test_the_days_that_are_over_are_told_once_a_day_however_many_they_are(room: Room, clock: SetClock) -> None:
    past = PastDays(2)
    for days in (1, 60):
        clock.advance(days=days)
        done(await room.as_("NOR").take("OP1", "support"))
        taken = []
        for _ in range(2):
            async with room.database.reading() as db:
                found = await standing(db, (await db.scalars(select(Negotiation))).one())
                with counted(room) as sent:
                    shown = await progress(db, past, found, clock.now)
                taken.append(len(sent))
            done(await room.as_("ARG").take("OP1", "reserve"))
        assert taken == [5, 3]
    assert len(shown.days) == 62


async def test_an_entry_of_yesterday_that_comes_late_is_told(room: Room, clock: SetClock) -> None:
    past = PastDays(2)
    clock.advance(days=1)
    before = clock.now
    assert plain((await seen(room, past)).days[0].counts) == {"open": 10}
    clock.now = before.replace(hour=0) - timedelta(minutes=1)
    done(await room.as_("NOR").take("OP1", "object", "It costs too much."))
    clock.now = before
    assert plain((await seen(room, past)).days[0].counts) == {"bracketed": 1, "open": 9}


async def test_the_days_end_with_the_adoption(room: Room, clock: SetClock) -> None:
    await tabled(room)
    clock.advance(days=2)
    done(await adopt(room.as_("FRA")))
    clock.advance(days=30)
    found = await seen(room)
    assert [day.day.isoformat() for day in found.days] == ["2023-01-16", "2023-01-17", "2023-01-18"]
    assert found.milestones[-1].name == "as adopted"
