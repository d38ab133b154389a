"""Mailed digests: to whom, when, once, in which form, and what happens when a server refuses."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.actions import mailing
from app.live.mail import Postman
from app.views.mails import addressees
from tests.api.room import Room, done, refused
from tests.builders import SetClock

ONE = "Encourages Member States to measure the quality of water twice a year;"


@dataclass(slots=True)
class Mailbox:
    """What a mail server on this machine took, and whom it refuses, with which answer."""

    port: int = 0
    came: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    refuses_all: str = ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuses_all:
            return self.refuses_all
        mail: Any = message_from_bytes(envelope.content, policy=default)  # type: ignore[arg-type]
        self.came += [(address, mail) for address in envelope.rcpt_tos]
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _ in self.came)

    def to(self, who: str) -> list[EmailMessage]:
        return [mail for address, mail in self.came if address == f"{who.lower()}@example.org"]


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    box = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, hostname="mail.example", loop=loop), "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()


@pytest.fixture
def postman(room: Room, mailbox: Mailbox) -> Postman:
    server = room.app.state.server
    settings = server.settings.model_copy(
        update={
            "smtp_host": "127.0.0.1",
            "smtp_port": mailbox.port,
            "smtp_tls": "none",
            "smtp_from": "chapeau@un.example",
            "public_url": "https://chapeau.un.example/",
        }
    )
    return Postman(server.database, server.standings, settings, asyncio.Event(), chance=lambda: 0.0)


async def only(room: Room, *who: str, timing: str = "daily") -> None:
    """Nobody is mailed but these."""
    for code in ("FRA", "ARG", "BRA", "ITA", "NOR", "EU", "ILO", "secretariat", "reader"):
        await choose(room, code, timing if code in who else "off")


async def choose(room: Room, who: str, timing: str, **more: Any) -> dict[str, Any]:
    return dict(done(await room.as_(who).put("/api/v1/me/mail", {"timing": timing, **more})))


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", "\n")


async def test_who_chose_nothing_is_mailed_in_the_morning_what_happened_the_day_before(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    done(await room.as_("BRA").propose("OP1", ONE))
    await postman.once()
    assert mailbox.came == [], "it is 9 o'clock"
    clock.advance(hours=22)
    await postman.once()
    assert mailbox.addresses == sorted(
        f"{who}@example.org" for who in ("fra", "arg", "bra", "ita", "nor", "eu", "ilo", "secretariat", "reader")
    )
    (mail,) = mailbox.to("NOR")
    assert f"- Name of BRA proposed A1 on OP1: to reword it as “{ONE}”." in text_of(mail)
    assert "- A1 on OP1 by Name of BRA: Name of NOR has taken no position." in text_of(mail)
    assert text_of(mail).startswith("Safe water for all (water)\n")


async def test_a_position_of_the_record_is_mailed_once(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "NOR")
    clock.advance(days=1)
    other = Postman(room.database, postman.standings, postman.settings, asyncio.Event())
    await asyncio.gather(postman.once(), other.once(), postman.once())
    clock.advance(days=1)
    await postman.once()
    assert mailbox.addresses == ["nor@example.org"]
    done(await room.as_("BRA").propose("OP1", ONE))
    clock.advance(days=1)
    await postman.once()
    first, second = mailbox.to("NOR")
    assert first["Message-ID"] != second["Message-ID"]
    assert "A1" not in text_of(first)
    assert "invited" not in text_of(second)


async def test_an_immediate_digest_comes_after_a_minute(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "NOR", timing="immediate")
    done(await room.as_("NOR").post("/digest/seen", {"seq": await room.head()}))
    done(await room.as_("BRA").propose("OP1", ONE))
    clock.advance(seconds=30)
    done(await room.as_("ARG").take("A1", "support"))
    await postman.once()
    assert mailbox.came == []
    clock.advance(seconds=30)
    await postman.once()
    (mail,) = mailbox.to("NOR")
    assert "Name of ARG supports A1." in text_of(mail)
    assert mail["Subject"] == "[water] 2 entries on the record, 1 matter waits for you"


async def test_what_was_seen_and_what_one_did_oneself_is_not_mailed(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "NOR", "BRA")
    for who in ("NOR", "BRA"):
        done(await room.as_(who).post("/digest/seen", {"seq": await room.head()}))
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("NOR").post("/digest/seen", {"seq": await room.head()}))
    clock.advance(days=1)
    await postman.once()
    assert mailbox.came == []


async def test_nothing_of_a_draft_that_is_not_before_the_room_is_in_a_mail(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await choose(room, "BRA", "daily")
    done(await room.as_("BRA").propose("OP1", "A secret wording;", audience="delegation"))
    done(await room.as_("BRA").comment("OP1", "Between us.", audience="delegation"))
    done(await room.as_("NOR").take("OP1", "support"))
    clock.advance(days=1)
    await postman.once()
    assert len(mailbox.came) == 9
    for _, mail in mailbox.came:
        assert "secret wording" not in text_of(mail)
        assert "Between us" not in text_of(mail)


async def test_who_has_a_seat_is_mailed_that_a_meeting_was_put_down_without_its_minutes(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "NOR")
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1", notes="Norway hesitates."))
    clock.advance(days=1)
    await postman.once()
    assert mailbox.addresses == ["nor@example.org"]
    told = text_of(mailbox.came[0][1])
    assert "put down M1, 3rd informal" in told
    assert "hesitates" not in told


async def test_a_mail_has_the_headers_that_mail_programs_want(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "NOR")
    await room.by_hand("update person set name = 'Bjørn Ångström, jr.' where sign_in = 'nor@example.org'")
    clock.advance(days=1)
    await postman.once()
    (mail,) = mailbox.to("NOR")
    assert mail["From"] == "Chapeau <chapeau@un.example>"
    assert mail["To"].addresses[0].display_name == "Bjørn Ångström, jr."
    assert mail["To"].addresses[0].addr_spec == "nor@example.org"
    assert mail["Date"].datetime == clock.now
    assert mail["Message-ID"].startswith("<digest.water.")
    assert mail["Message-ID"].endswith(".17@un.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://chapeau.un.example/api/v1/me/mail>"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Eve\r\nBcc: all@example.org", "nor@example.org"),
        ("Eve", "nor@example.org\nBcc: all@example.org"),
        ("Eve", "nor@example.org, all@example.org"),
        ("Eve", "nor@@"),
    ],
)
async def test_no_name_or_address_adds_a_header_or_an_addressee(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock, name: str, address: str
) -> None:
    await only(room, "NOR", "BRA")
    async with room.database.engine.begin() as connection:
        await connection.exec_driver_sql(
            f"update person set name = '{name}', sign_in = '{address}' where sign_in = 'nor@example.org'"
        )
    clock.advance(days=1)
    await postman.once()
    assert "bra@example.org" in mailbox.addresses
    assert set(mailbox.addresses) <= {"bra@example.org", "nor@example.org"}
    assert all(mail["Bcc"] is None for _, mail in mailbox.came)


async def test_an_address_that_is_refused_for_good_is_not_tried_again_and_holds_up_nobody(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "ARG", "NOR")
    mailbox.refuses["arg@example.org"] = "550 No such user"
    clock.advance(days=1)
    await postman.once()
    assert mailbox.addresses == ["nor@example.org"]
    (about,) = done(await room.as_("ARG").get("/api/v1/me/mail"))["negotiations"]
    assert about["last_error"] == "the mail server answered 550 No such user"
    mailbox.refuses = {}
    clock.advance(hours=3)
    await postman.once()
    assert mailbox.addresses == ["nor@example.org"]


async def test_what_is_refused_for_now_is_tried_again_later(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "ARG", "NOR")
    mailbox.refuses["arg@example.org"] = "451 Try later"
    clock.advance(days=1)
    await postman.once()
    await postman.once()
    assert mailbox.addresses == ["nor@example.org"]
    mailbox.refuses = {}
    clock.advance(seconds=29)
    await postman.once()
    assert mailbox.addresses == ["nor@example.org"]
    clock.advance(seconds=1)
    await postman.once()
    assert mailbox.addresses == ["arg@example.org", "nor@example.org"]
    (about,) = done(await room.as_("ARG").get("/api/v1/me/mail"))["negotiations"]
    assert (about["last_error"], about["told"]) == ("", 17)


async def test_a_server_that_is_away_ends_the_round_and_is_asked_again(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "ARG", "NOR")
    clock.advance(days=1)
    away = postman.settings.model_copy(update={"smtp_port": 1})
    await Postman(room.database, postman.standings, away, asyncio.Event(), chance=lambda: 0.0).once()
    mailbox.refuses_all = "452 Full"
    await postman.once()
    assert mailbox.came == []
    mailbox.refuses_all = ""
    clock.advance(minutes=2)
    await postman.once()
    assert mailbox.addresses == ["arg@example.org", "nor@example.org"]


async def test_a_process_that_dies_holds_a_mail_up_for_two_minutes(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await only(room, "NOR")
    clock.advance(days=1)
    async with room.database.reading() as db:
        (to,) = await addressees(db)
    async with room.database.writing() as db:
        dead = await mailing.claim(db, to.seat.negotiation_id, to.seat.person_id or 0, to.told)
    assert dead is not None
    await postman.once()
    assert mailbox.came == []
    clock.advance(minutes=2)
    await postman.once()
    assert mailbox.addresses == ["nor@example.org"]
    async with room.database.writing() as db:
        assert not await mailing.told(db, dead, 17, mailed=True), "it comes back from the dead"


async def test_who_does_not_see_a_private_negotiation_is_not_mailed(
    room: Room, postman: Postman, mailbox: Mailbox, clock: SetClock
) -> None:
    await room.by_hand("update negotiation set visibility = 'private'")
    clock.advance(days=1)
    await postman.once()
    assert mailbox.addresses == ["fra@example.org", "secretariat@example.org"]


# --- the choice -------------------------------------------------------------------------------------------------------


async def test_a_choice_for_all_negotiations_and_another_for_one(room: Room) -> None:
    (about,) = done(await room.as_("NOR").get("/api/v1/me/mail"))["negotiations"]
    assert (about["timing"], about["hour"], about["is_own"]) == ("daily", 7, False)
    one = {"negotiation": "water", "timing": "immediate"}
    chosen = await choose(room, "NOR", "off", negotiations=[one])
    assert (chosen["address"], chosen["timing"], chosen["is_mailed"]) == ("nor@example.org", "off", False)
    (about,) = chosen["negotiations"]
    assert (about["timing"], about["is_own"]) == ("immediate", True)
    (about,) = (await choose(room, "NOR", "daily", hour=18))["negotiations"]
    assert (about["timing"], about["hour"], about["is_own"]) == ("daily", 18, False), "the whole choice is replaced"
    assert await room.head() == 17, "it is on no record"


async def test_a_choice_is_about_negotiations_in_which_one_sits(room: Room) -> None:
    one = {"negotiation": "fire", "timing": "off"}
    refused(await room.as_("NOR").put("/api/v1/me/mail", {"timing": "off", "negotiations": [one]}), 404, "not-found")
    (about,) = done(await room.as_("NOR").get("/api/v1/me/mail"))["negotiations"]
    assert about["timing"] == "daily"
    narrow = done(await room.as_("NOR").post("/api/v1/tokens", {"name": "x", "scope": "write", "negotiation": "water"}))
    answer = await room.with_token(narrow["secret"]).put("/api/v1/me/mail", {"timing": "off"})
    refused(answer, 403, "token-for-one-negotiation")
