"""What anybody alters in the tables behind the application's back, `chapeau verify` finds and names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.rules.telling import TELLING
from app.views.proceedings import STORED
from app.views.verification import verification
from tests.actions.test_record import negotiate
from tests.api.room import SECRETARIAT, SLUG, Room, done
from tests.builders import SetClock

# Each column of each table, a value that it does not have, and how what was altered is called.
ALTERED: Final = {
    ("negotiation", "slug = 'water'"): {
        "visibility = 'public'": "how the negotiation is run is not what the record says: visibility",
        "time_zone = 'Asia/Tokyo'": "time zone",
        "silence_least_seconds = 60": "least silence in seconds",
        "silence_warning_seconds = 60": "warning of a silence in seconds",
        "submissions_until = '2022-01-01 00:00:00+00'": "submissions until",
        "sponsors_until = '2022-01-01 00:00:00+00'": "sponsors until",
    },
    ("participation", "role = 'observer'"): {
        "role = 'delegate'": "the participation of ILO is not what the record says: role",
        "invited_at = '2022-01-01 00:00:00+00'": "the participation of ILO is not what the record says: invited at",
        "delegation_id = 9999": "the participation of ILO is on the record, but not in",
    },
    ("seat", "role = 'reader'"): {
        "role = 'secretariat'": "is not what the record says: role",
        "delegation_id = (select id from delegation where code = 'FRA')": "is not what the record says: delegation",
        "taken_at = '2022-01-01 00:00:00+00'": "taken at",
    },
    ("clause", "removed_by is not null and key = 'c7'"): {"removed_by = 'A1'": "clause c7 is not what the record says"},
    ("clause_version", "number = 2 and text like 'Encourages%'"): {
        "text = 'Encourages nobody;'": "version 2 of clause c6 is not what the record says: text",
        "text_hash = 'abc'": "version 2 of clause c6 is not what the record says: text hash",
        "origin = 'editorial'": "version 2 of clause c6 is not what the record says: origin",
        "origin_name = 'A7'": "version 2 of clause c6 is not what the record says: origin name",
        "substance = 1": "version 2 of clause c6 is not what the record says: substance",
        "seq = 1": "version 2 of clause c6 is not what the record says: entry",
        "created_at = '2022-01-01 00:00:00+00'": "created at",
    },
    ("amendment", "number = 5"): {
        "kind = 'move'": "A5 is not what the record says: kind",
        "clause_id = (select min(id) from clause)": "A5 is not what the record says: clause",
        "parent_id = (select id from amendment where number = 1)": "A5 is not what the record says: amends",
        "delegation_id = (select id from delegation where code = 'ARG')": "A5 is not what the record says: proposer",
        "author_id = 1": "A5 is not what the record says: author",
        "status = 'accepted'": "A5 is not what the record says: status",
        "audience = 'delegation'": "A5 is not what the record says: audience",
        "rationale = 'Because.'": "A5 is not what the record says: rationale",
        "current_version = 2": "A5 is not what the record says: version",
        "conflicts = true": "A5 is not what the record says: conflicts",
        "outcome_reason = 'Never.'": "A5 is not what the record says: outcome reason",
        "created_at = '2022-01-01 00:00:00+00'": "A5 is not what the record says: created at",
        "submitted_at = null": "A5 is not what the record says: submitted at",
        "settled_at = null": "A5 is not what the record says: settled at",
        "settled_seq = 2": "A5 is not what the record says: settled entry",
        "number = 55": "A5 is on the record, but not in the tables",
    },
    ("amendment_version", "number = 1 and text = 'Noting that,'"): {
        "text = 'Noting this,'": "version 1 of A6 is not what the record says: text",
        "base_version = 9": "version 1 of A6 is not what the record says: base version",
        "details = '{\"amends\": 1}'": "version 1 of A6 is not what the record says: details",
        "origin = 'rebased'": "version 1 of A6 is not what the record says: origin",
        "substance = 2": "version 1 of A6 is not what the record says: substance",
        "seq = 2": "version 1 of A6 is not what the record says: entry",
        "number = 3": "version 1 of A6 is on the record, but not in the tables",
    },
    ("sponsorship", "kind = 'main'"): {
        "kind = 'cosponsor'": "is not what the record says: kind",
        "delegation_id = (select id from delegation where code = 'ITA')": "the sponsorship of ITA since entry",
        "on_behalf_of_id = (select id from delegation where code = 'EU')": "on behalf of",
        "at_adoption = true": "at adoption",
        "told = 'by telephone'": "is not what the record says: told",
        "exceptionally = 'for once'": "exceptionally",
        "joined_at = '2022-01-01 00:00:00+00'": "joined at",
        "joined_seq = 1": "is on the record, but not in the tables",
        "left_at = joined_at": "left at",
        "left_seq = 1": "left entry",
        "left_told = 'by telephone'": "left told",
    },
    ("outreach_note", "number = 1"): {
        "delegation_id = (select id from delegation where code = 'ITA')": "N1 is not what the record says: state",
        "held_on = '2022-01-01'": "N1 is not what the record says: held on",
        "step = 'declined'": "N1 is not what the record says: step",
        "\"between\" = 'nobody'": "N1 is not what the record says: between",
        "note = 'Nothing.'": "N1 is not what the record says: note",
        "\"by\" = 'Nobody'": "N1 is not what the record says: by",
        "seq = 1": "N1 is not what the record says: entry",
        "noted_at = '2022-01-01 00:00:00+00'": "N1 is not what the record says: noted at",
        "retracted_at = noted_at": "N1 is not what the record says: retracted at",
        "number = 9": "N9 is in the tables, but not on the record",
    },
    ("cosponsorship", "left_at is null"): {
        "delegation_id = (select id from delegation where code = 'ITA')": "ITA behind A7 is in the tables, but not on",
        "left_at = joined_at": "BRA behind A7 is not what the record says: left at",
        "joined_at = '2022-01-01 00:00:00+00'": "BRA behind A7 is not what the record says: joined at",
    },
    ("position", "reason = 'Not so fast.'"): {
        "stance = 'support'": "the position of NOR on c10 (entry 46) is not what the record says: stance",
        "reason = 'Gladly.'": "is not what the record says: reason",
        "version = 2": "is not what the record says: version",
        "ended_at = taken_at": "is not what the record says: ended at",
        "taken_at = '2022-01-01 00:00:00+00'": "is not what the record says: taken at",
        "delegation_id = (select id from delegation where code = 'ARG')": "position of ARG on c10 (entry 46) is in",
        "person_id = 1": "is not what the record says: person",
        "seq = 3": "the position of NOR on c10 (entry 46) is on the record, but not in the tables",
    },
    ("ruling", "kind = 'ad_ref'"): {
        "kind = 'agreed'": "is not what the record says: kind",
        "version = 7": "is not what the record says: version",
        "\"by\" = 'ARG'": "is not what the record says: by",
        "pending = '[]'": "is not what the record says: pending",
        "package = 'All or nothing'": "is not what the record says: package",
        "ended_at = null": "is not what the record says: ended at",
        "ended_reason = 'No reason.'": "is not what the record says: ended reason",
        "ruled_at = '2022-01-01 00:00:00+00'": "is not what the record says: ruled at",
    },
    ("silence", "number = 1"): {
        "deadline = '2023-01-25 00:00:00+00'": "S1 is not what the record says: deadline",
        "opened_at = '2022-01-01 00:00:00+00'": "S1 is not what the record says: opened at",
        "passed_seq = null": "S1 is not what the record says: passed entry",
        "opened_seq = 2": "S1 is not what the record says: opened entry",
    },
    ("silence_clause", "broken_by = 'NOR'"): {
        "broken_by = 'ARG'": "c10 under S1 is not what the record says: broken by",
        "broken_by = null": "c10 under S1 is not what the record says: broken by",
        "broken_at = '2022-01-01 00:00:00+00'": "c10 under S1 is not what the record says: broken at",
        "broken_reason = 'Why not?'": "c10 under S1 is not what the record says: broken reason",
        "broken_seq = 2": "c10 under S1 is not what the record says: broken entry",
        "ended_at = broken_at": "c10 under S1 is not what the record says: ended at",
        "version = 2": "c10 under S1 is not what the record says: version",
    },
    ("revision", "number = 1"): {
        "name = 'Rev.9'": "revision 1 is not what the record says: name",
        "source = 'Nothing.'": "revision 1 is not what the record says: is as hashed",
        "source_hash = 'abc'": "revision 1 is not what the record says: hash",
        'labels = \'{"c6": "OP9"}\'': "revision 1 is not what the record says: labels",
        "seq = 2": "revision 1 is not what the record says: entry",
        "published_at = '2022-01-01 00:00:00+00'": "revision 1 is not what the record says: published at",
    },
    ("reading", "number = 1"): {
        "opened_at = '2022-01-01 00:00:00+00'": "reading 1 is not what the record says: opened at",
        "opened_seq = 2": "reading 1 is not what the record says: opened entry",
        "opening_counts = '{}'": "reading 1 is not what the record says: opening counts",
        "closed_at = opened_at": "reading 1 is not what the record says: closed at",
        "closed_seq = 2": "reading 1 is not what the record says: closed entry",
        "closing_counts = '{}'": "reading 1 is not what the record says: closing counts",
    },
    ("meeting", "number = 1"): {
        "version = 2": "M1 is not what the record says: version",
        "title = 'Lunch'": "M1 is not what the record says: title",
        "held_on = '2022-01-01'": "M1 is not what the record says: held on",
        "place = 'Nowhere'": "M1 is not what the record says: place",
        "reading = 7": "M1 is not what the record says: reading",
        "notes = 'Nothing.'": "M1 is not what the record says: notes",
        "seq = 2": "M1 is not what the record says: entry",
        "noted_at = '2022-01-01 00:00:00+00'": "M1 is not what the record says: noted at",
    },
    ("meeting_clause", "place = 1"): {
        "label = 'PP9'": "M1 is not what the record says: clauses",
        "note = 'Agreed.'": "M1 is not what the record says: clauses",
        "clause_id = (select min(id) from clause)": "M1 is not what the record says: clauses",
    },
    ("comment", "number = 1"): {
        "text = 'Never mind.'": "C1 is not what the record says: text",
        "version = 9": "C1 is not what the record says: version",
        "person_id = 1": "C1 is not what the record says: person",
        "delegation_id = null": "C1 is not what the record says: delegation",
        "audience = 'delegation'": "C1 is not what the record says: audience",
        "reply_to = 7": "C1 is not what the record says: reply to",
        "retracted_at = written_at": "C1 is not what the record says: retracted at",
        "written_at = '2022-01-01 00:00:00+00'": "C1 is not what the record says: written at",
        "clause_id = (select min(id) from clause)": "C1 is not what the record says: on",
        "seq = 2": "C1 is not what the record says: entry",
    },
}
MISSING: Final = (  # in the order in which rows can go
    *("comment", "reading", "revision", "silence_clause", "ruling", "position", "cosponsorship", "amendment_version"),
    *("clause_version", "participation", "seat", "silence", "amendment", "sponsorship", "outreach_note"),
    "meeting",
)


@pytest.mark.timeout(400)  # half a minute on a machine that does nothing else
async def test_whatever_is_altered_in_the_tables_is_found_and_named(room: Room, clock: SetClock) -> None:
    await negotiate(room, clock)
    await speak_on(room)
    assert await room.is_intact()
    unnoticed = []
    for (table, where), columns in ALTERED.items():
        for column, fault in columns.items():
            found = await faults_after(room, f"update {table} set {column} where {where}")
            if not any(fault in one for one in found):
                unnoticed.append((table, column, fault, found))
    for table in MISSING:
        found = await faults_after(room, f"delete from {table}")
        if not any("is on the record, but not in the tables" in one for one in found):
            unnoticed.append((table, "a row", "missing", found))
    assert unnoticed == []
    assert await room.is_intact()


async def speak_on(room: Room) -> None:
    """What `negotiate` leaves out: several versions, acts in groups, comments, a revision."""
    nor, arg, bra, sec = (room.as_(who) for who in ("NOR", "ARG", "BRA", SECRETARIAT))
    done(await nor.propose("PP1", "Recalling its resolution,"))  # A7
    done(await bra.cosponsor("A7"))
    tag = await room.version_of("/amendments/A7")
    sub = {"kind": "replace", "amends": "A7", "text": "Recalling its resolutions,"}
    done(await arg.post("/amendments", sub, if_match=tag))  # A8
    done(await arg.comment("PP1", "Which one?"))
    done(await nor.comment("A7", "The last.", audience="delegation"))
    done(await sec.post("/revisions", {}))
    done(await sec.post("/readings", {}))
    told = {"told": "note verbale of 3 January"}
    done(await sec.post("/sponsors", {"state": "FRA", "kind": "main", **told}))
    for _ in range(2):
        done(await nor.post("/sponsorship"))
        done(await nor.delete("/sponsorship"))
    done(await sec.post("/sponsors", {"state": "ITA", "on_behalf_of": "EU", **told}))
    done(await sec.post("/sponsors", {"state": "ITA", **told}))
    done(await sec.post("/sponsors/ITA/departure", told))
    meeting = {"state": "PER", "held_on": "2023-01-02", "step": "interested", "note": "Would join."}
    for _ in range(2):
        done(await sec.post("/outreach", meeting))
    done(await sec.delete("/outreach/notes/N2"))
    done(await sec.hold_meeting("3rd informal", "PP1", notes="The room went through PP1."))


def test_every_table_that_is_compared_is_told_by_some_verb() -> None:
    assert {kind.__name__.removesuffix("Told") for kind in STORED} == {
        *("House", "Participation", "Seat", "Clause", "ClauseVersion", "Amendment", "AmendmentVersion", "Cosponsor"),
        *("Position", "Ruling", "Silence", "UnderSilence", "Revision", "Reading", "Comment"),
        *("Translation", "Sponsorship", "OutreachNote", "Meeting", "Invitation"),
        *("Stage", "OralRevision", "VoteRequest", "Vote", "Correction", "Explanation", "Dissociation"),
    }
    assert TELLING


async def faults_after(room: Room, altering: str) -> tuple[str, ...]:
    """What verifying finds when a statement was carried out past all triggers and keys; it is undone again."""
    async with room.database.engine.connect() as connection, past_the_triggers(room, connection):
        await connection.execute(text(altering))
        async with AsyncSession(connection, join_transaction_mode="create_savepoint") as db:
            negotiation = await db.scalar(text("select id from negotiation where slug = :slug"), {"slug": SLUG})
            db.info["clock"] = room.database.clock
            return (await verification(db, int(negotiation))).faults


@asynccontextmanager
async def past_the_triggers(room: Room, connection: AsyncConnection) -> AsyncIterator[None]:
    transaction = await connection.begin()
    if room.database.is_sqlite:
        await connection.execute(text("pragma defer_foreign_keys = on"))
        found = await connection.execute(text("select name from sqlite_master where type = 'trigger'"))
        for (name,) in found.all():
            await connection.execute(text(f"drop trigger {name}"))
    else:
        await connection.execute(text("set local session_replication_role = replica"))
    yield
    await transaction.rollback()
