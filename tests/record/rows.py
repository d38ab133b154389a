"""A database with something in every table, put there through the models."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.record import journal
from app.record.database import Database, now_of
from app.record.models import (
    AccessToken,
    Amendment,
    AmendmentVersion,
    Ballot,
    Base,
    Clause,
    ClauseVersion,
    Comment,
    Cosponsorship,
    Delegation,
    DigestMail,
    DigestMark,
    Dissociation,
    Explanation,
    Invitation,
    KeptAnswer,
    LibraryPassage,
    LibraryText,
    LibraryWord,
    MailChoice,
    Meeting,
    MeetingClause,
    Membership,
    Negotiation,
    OralRevision,
    OutreachNote,
    Participation,
    PasswordLink,
    Person,
    Position,
    Reading,
    Revision,
    Ruling,
    Seat,
    SignInFailure,
    Silence,
    SilenceClause,
    Sponsorship,
    StageChange,
    Translation,
    Vote,
    VoteCorrection,
    VoteRequest,
    Webhook,
    WebSession,
)
from app.rules import permissions
from app.rules.permissions import Role
from tests.builders import NOW

SECRETARIAT = permissions.Seat(person_id=None, name="Secretariat", role=Role.SECRETARIAT, negotiation="sse")


async def a_negotiation(db: AsyncSession, slug: str = "sse") -> Negotiation:
    """A negotiation with an empty record."""
    negotiation = Negotiation(slug=slug, created_at=NOW)
    db.add(negotiation)
    await db.flush()
    return negotiation


async def on_record(db: AsyncSession, negotiation: Negotiation, verb: str, payload: dict[str, Any]) -> journal.Written:
    """One entry on the record of a negotiation."""
    written = journal.append(db, negotiation, SECRETARIAT, verb, payload, at=now_of(db))
    await db.flush()
    return written


async def fill(database: Database) -> None:
    """A row in every table."""
    async with database.writing() as db:
        france = Delegation(code="FRA", name="France", kind="state")
        union = Delegation(code="EU", name="European Union", kind="group")
        person = Person(sign_in="camille", name="Camille Martin", created_at=NOW)
        negotiation = await a_negotiation(db)
        adopted = LibraryText(symbol="A/RES/77/281", paragraphs=1, content_hash="…", imported_at=NOW)
        db.add_all([france, union, person, adopted])
        await db.flush()
        await on_record(db, negotiation, "negotiation.create", {"slug": "sse"})

        in_it = {"negotiation_id": negotiation.id}
        clause = Clause(**in_it, key="c1", kind="operative", label="OP1", place=1)
        silence = Silence(**in_it, number=1, opened_at=NOW, deadline=NOW, opened_seq=1)
        vote = Vote(
            **in_it,
            number=1,
            label="",
            majority="simple",
            is_carried=True,
            rejects_whole=False,
            requested_by=["FRA"],
            day=NOW.date(),
            meeting="66th plenary meeting",
            seq=1,
            taken_at=NOW,
        )
        meeting = Meeting(
            **in_it,
            number=1,
            version=1,
            title="1st informal",
            held_on=NOW.date(),
            place="",
            notes="",
            seq=1,
            noted_at=NOW,
        )
        db.add_all([clause, silence, vote, meeting])
        await db.flush()
        amendment = Amendment(
            **in_it,
            number=1,
            kind="replace",
            clause_id=clause.id,
            delegation_id=france.id,
            author_id=person.id,
            status="proposed",
            audience="room",
            created_at=NOW,
        )
        db.add(amendment)
        await db.flush()
        by_france = {"delegation_id": france.id}
        on_clause = {"clause_id": clause.id}
        db.add_all(
            [
                Membership(group_id=union.id, member_id=france.id, since=NOW.date()),
                Participation(**in_it, **by_france, role="penholder", invited_at=NOW),
                Seat(**in_it, **by_france, person_id=person.id, role="penholder", taken_at=NOW),
                AccessToken(
                    person_id=person.id, name="laptop", scope="write", secret_hash="…", created_at=NOW, expires_at=NOW
                ),
                PasswordLink(person_id=person.id, secret_hash="…", made_at=NOW, expires_at=NOW),
                Invitation(
                    **in_it,
                    **by_france,
                    number=1,
                    role="penholder",
                    sign_in="",
                    name="",
                    secret_hash="…",
                    sent_by=person.id,
                    sent_as="penholder",
                    sent_for_id=france.id,
                    sent_at=NOW,
                    expires_at=NOW,
                ),
                KeptAnswer(
                    person_id=person.id, key="k", request_hash="…", status=201, headers={}, body=b"{}", kept_at=NOW
                ),
                ClauseVersion(
                    **on_clause,
                    number=1,
                    text="Decides;",
                    text_hash="…",
                    origin="import",
                    substance=1,
                    seq=1,
                    created_at=NOW,
                ),
                AmendmentVersion(
                    amendment_id=amendment.id,
                    number=1,
                    base_version=1,
                    text="Requests;",
                    details={},
                    origin="proposed",
                    substance=1,
                    seq=1,
                    created_at=NOW,
                ),
                Comment(
                    **in_it,
                    **on_clause,
                    number=1,
                    version=1,
                    person_id=person.id,
                    audience="room",
                    text="Why this verb?",
                    seq=1,
                    written_at=NOW,
                ),
                Webhook(
                    **in_it,
                    number=1,
                    url="https://hooks.example.org/chapeau",
                    secret="…",
                    verbs=["silence.open"],
                    created_by=person.id,
                    created_at=NOW,
                    state="active",
                    delivered_seq=1,
                ),
                WebSession(person_id=person.id, secret_hash="…", started_at=NOW, expires_at=NOW),
                SignInFailure(sign_in="nobody@example.org", address="192.0.2.1", at=NOW),
                DigestMail(**in_it, person_id=person.id, told_seq=1),
                MailChoice(person_id=person.id, timing="off", hour=7),
                DigestMark(**in_it, person_id=person.id, seen_seq=1, seen_at=NOW),
                Translation(
                    **on_clause,
                    language="fr",
                    number=1,
                    of_version=1,
                    text="Décide ;",
                    text_hash="…",
                    is_confirmed=False,
                    person_id=person.id,
                    seq=1,
                    written_at=NOW,
                ),
                Cosponsorship(amendment_id=amendment.id, **by_france, joined_at=NOW),
                Position(**in_it, **by_france, **on_clause, version=1, stance="support", seq=1, taken_at=NOW),
                Ruling(**on_clause, version=1, kind="ad_ref", by="France", pending=["ITA"], seq=1, ruled_at=NOW),
                MeetingClause(meeting_id=meeting.id, **on_clause, place=1, label="OP1", note="EU asked for time."),
                SilenceClause(silence_id=silence.id, **on_clause, version=1),
                Sponsorship(**in_it, **by_france, kind="main", joined_at=NOW, joined_seq=1),
                OutreachNote(
                    **in_it,
                    **by_france,
                    number=1,
                    held_on=NOW.date(),
                    step="interested",
                    between="",
                    note="Would join.",
                    by="Secretariat",
                    seq=1,
                    noted_at=NOW,
                ),
                LibraryPassage(
                    text_id=adopted.id, place=1, kind="operative", label="OP1", text="Decides;", words="decides"
                ),
                LibraryWord(word="decides", passages=1),
                Ballot(vote_id=vote.id, state="FRA", name="France", choice="in_favour"),
                VoteCorrection(vote_id=vote.id, state="NOR", name="Norway", choice="abstaining", seq=1, advised_at=NOW),
                VoteRequest(**in_it, **by_france, number=1, seq=1, requested_at=NOW),
                OralRevision(
                    **in_it,
                    number=1,
                    announced_by="France",
                    labels=["OP1"],
                    revision="as orally revised",
                    seq=1,
                    announced_at=NOW,
                ),
                Explanation(
                    **in_it,
                    **by_france,
                    number=1,
                    subject="vote",
                    moment="after",
                    text="We voted in favour.",
                    clauses=["c1"],
                    seq=1,
                    given_at=NOW,
                ),
                Dissociation(
                    **in_it, **by_france, number=1, clauses=["c1"], statement="We cannot join.", seq=1, declared_at=NOW
                ),
                StageChange(**in_it, stage="working_group", day=NOW.date(), seq=1, at=NOW),
                Reading(**in_it, number=1, opened_at=NOW, opened_seq=1),
                Revision(
                    **in_it,
                    number=1,
                    name="Rev.1",
                    source="# ",
                    source_hash="…",
                    labels={"c1": "OP1"},
                    seq=1,
                    published_at=NOW,
                ),
            ]
        )


async def empty_tables(database: Database) -> list[str]:
    """The tables without a row: a new table has to get one in `fill`."""
    async with database.reading() as db:
        return [t.name for t in Base.metadata.sorted_tables if (await db.execute(t.select().limit(1))).first() is None]
