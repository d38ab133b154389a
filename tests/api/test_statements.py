"""How often a request asks the database: a number for each route, the same for a short text and a long one."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import event

from app.views.standings import Standings
from tests.api.addresses import operations
from tests.api.room import Room, done, furnish
from tests.api.test_access import QUERIES

# Each route's statements: when the negotiation is not in memory, and when it is. One of them asks who is asking; the
# others are those that the docstring of the view states.
STATEMENTS = {
    "getNegotiation": (11, 1),
    "listParticipants": (3, 3),
    "listSeats": (2, 2),
    "listClauses": (11, 1),
    "getClause": (11, 1),
    "getClauseConsensus": (11, 1),
    "listVersions": (12, 2),
    "getVersion": (12, 2),
    "diffVersions": (13, 3),
    "listInvitations": (2, 2),
    "listAmendments": (6, 6),
    "getAmendment": (6, 6),
    "listAmendmentVersions": (8, 8),
    "listComments": (2, 2),
    "listLanguages": (13, 3),
    "getTextInLanguage": (14, 4),
    "listTranslations": (13, 3),
    "getTranslation": (13, 3),
    "listSilences": (2, 2),
    "getDigest": (16, 6),
    "getDraft": (12, 2),
    "exportDraft": (13, 3),
    "exportTable": (17, 7),
    "getConsensus": (11, 1),
    "getBoard": (11, 1),
    "getOutstandingIssues": (11, 1),
    "getProgress": (14, 4),
    "listPositions": (14, 4),
    "listSponsors": (3, 3),
    "getOutreach": (5, 5),
    "getOutreachToState": (5, 5),
    "listPositionsOnAmendment": (5, 5),
    "getCompilation": (11, 1),
    "getClauseCompilation": (11, 1),
    "listChanges": (14, 4),
    "listEditorialFindings": (11, 1),
    "listReadings": (2, 2),
    "listMeetings": (3, 3),
    "getMeeting": (3, 3),
    "listRevisions": (2, 2),
    "getAdoption": (19, 9),
    "listWebhooks": (2, 2),
    "listRecord": (2, 2),
    "getRecordEntry": (2, 2),
    "followRecord": (1, 1),  # and two beside it whenever the record has grown
    "verifyRecord": (41, 41),
    "findAgreedLanguageOfClause": (12, 2),
}

READS = [address for address in operations() if not address.is_a_write and address.is_in_a_negotiation]


@contextmanager
def counted(room: Room) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile; beginning and ending a transaction is none, and what the server
    does beside (it keeps house now and then) is not counted.
    """
    sent: list[str] = []
    asking = asyncio.current_task()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN") and asyncio.current_task() is asking:
            sent.append(statement)

    engine = room.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def counts(room: Room) -> dict[str, tuple[int, int]]:
    """What each read takes, cold and warm."""
    found = {}
    for address in READS:
        room.app.state.server = replace(room.app.state.server, standings=Standings(8))
        taken = []
        for _ in range(2):
            with counted(room) as sent:
                answer = await room.as_("FRA").get(address.path + QUERIES.get(address.operation, ""))
            assert answer.status_code == 200, answer.text
            taken.append(len(sent))
        found[address.operation] = (taken[0], taken[1])
    return found


async def test_a_read_takes_as_many_statements_however_long_the_text_and_the_talks(room: Room) -> None:
    await furnish(room)
    assert await counts(room) == STATEMENTS
    for number in range(6):
        done(await room.as_("NOR").propose("PP2", f"Noting the rivers, {number},", "insert"))
        done(await room.as_("FRA").accept(f"A{number * 2 + 3}"))
        done(await room.as_("ARG").propose("OP1", f"Encourages {number} States to measure the quality of water;"))
        done(await room.as_("BRA").cosponsor(f"A{number * 2 + 4}"))
        done(await room.as_("EU").take(f"A{number * 2 + 4}", "support"))
    for language in ("fr", "es", "ar"):
        for clause in ("PP1", "OP1", "OP3"):
            done(await room.as_("FRA").translate(clause, language, f"{clause} in {language}"))
    for label in ("PP1", "PP2 bis", "OP1", "OP4"):
        for who in ("EU", "ARG", "BRA", "NOR", "ILO"):
            done(await room.as_(who).take(label, "reserve"))
    done(await room.as_("FRA").rule("PP3", "ad_ref", pending=["BRA"]))
    done(await room.as_("FRA").open_silence("OP3"))
    done(await room.as_("FRA").edit("PP1", "Recalling its resolution 64/292,"))
    assert await counts(room) == STATEMENTS


async def test_an_acceptance_takes_as_many_statements_however_many_amendments_are_carried_over(room: Room) -> None:
    taken = []
    for several in (3, 9):
        label = f"OP{several // 3}"
        text = (await room.clause(label))["text"]
        for number in range(several):
            done(await room.as_("ARG").propose(label, f"{text} ({number})", kind="alternative"))
        first = done(await room.as_("NOR").propose(label, f"Also {text}"))["amendment"]
        tag = await room.version_of(f"/amendments/{first}")
        with counted(room) as sent:
            decided = done(await room.as_("FRA").accept(first, if_match=tag))
        assert len(decided["rebased"]) == several
        taken.append(len(sent))
    assert taken[0] == taken[1]
