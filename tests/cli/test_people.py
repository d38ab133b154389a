"""`chapeau person`, `delegation`, `invite`, `seat`, `token`: who is who, from the command line."""

import asyncio
import sqlite3
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.api.room import DRAFT, Secrets, done, open_room
from tests.builders import SetClock, on_sqlite
from tests.cli.conftest import Chapeau


def test_a_negotiation_is_filled_from_nothing(fresh: Chapeau) -> None:
    fresh.done("import", "-", given=DRAFT.encode())
    assert (
        fresh.done("person", "norway@example.org", "Delegate of Norway") == "norway@example.org: Delegate of Norway\n"
    )
    assert fresh.done("delegation", "NOR", "Norway") == "NOR: Norway\n"
    assert fresh.done("invite", "water", "NOR", "--role", "penholder") == "Norway takes part in water as penholder\n"
    seated = fresh.done("seat", "water", "norway@example.org", "--delegation", "NOR")
    assert seated == "Delegate of Norway sits in water as penholder of NOR\n"
    assert fresh.done("token", "norway@example.org").startswith("chp_")
    assert fresh.done("verify").startswith("water: 3 entries, intact, head ")


def test_who_is_added_is_told_as_it_is_stored(fresh: Chapeau) -> None:
    assert fresh.done("person", "Peru@Example.ORG", " Jose\u0301  ") == "peru@example.org: Jos\u00e9\n"
    assert fresh.done("delegation", "per", " Peru\u0301 ") == "PER: Per\u00fa\n"


def test_a_token_from_the_command_line_opens_the_server(
    chapeau: Chapeau, room_url: str, room_secrets: Secrets, clock: SetClock
) -> None:
    words = ("token", "nor@example.org", "--scope", "read", "--negotiation", "water", "--days", "1")
    secret = chapeau.done(*words).strip()

    async def account() -> dict[str, Any]:
        async with open_room(room_url, clock, room_secrets) as room:
            return dict(done(await room.with_token(secret).get("/api/v1/me")))

    found = asyncio.run(account())
    assert (found["sign_in"], found["scope"], found["negotiation"]) == ("nor@example.org", "read", "water")


@on_sqlite
def test_a_token_is_kept_as_a_hash_only(chapeau: Chapeau) -> None:
    secret = chapeau.done("token", "nor@example.org").strip()
    file = sqlite3.connect(make_url(chapeau.database_url).database or "")
    try:
        assert secret not in "\n".join(file.iterdump())
    finally:
        file.close()


@on_sqlite
def test_a_seat_without_a_delegation_is_the_secretariats_or_a_readers(chapeau: Chapeau) -> None:
    chapeau.done("person", "new@example.org", "Somebody new")
    seated = chapeau.done("seat", "water", "new@example.org", "--role", "reader")
    assert seated == "Somebody new sits in water as reader\n"
    said = chapeau.refused("seat", "water", "new@example.org")
    assert said == "role: a seat without a delegation is that of the secretariat or of a reader."


@on_sqlite
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("person", "norway", "Norway"),
            "sign_in: “norway” is no e-mail address; use one such as delegate@example.org.",
        ),
        (("person", "nor@example.org", "Norway"), "There is already a person “nor@example.org”."),
        (("person", "x@example.org", "Nor\u202eway"), "name: "),
        (("delegation", "N", "Norway"), "code: “N” cannot be a code"),
        (("delegation", "NOR", "Norway"), "There is already a delegation “NOR”."),
        (("invite", "water", "NOR"), "There is already a participant “NOR”. It takes part already."),
        (("invite", "water", "XYZ"), "There is no delegation “XYZ” here"),
        (("invite", "wine", "NOR"), "There is no negotiation “wine” here"),
        (("invite", "water", "PER", "--role", "reader"), "role: a delegation is invited as "),
        (("seat", "water", "nobody@example.org", "--role", "reader"), "There is no person “nobody@example.org” here"),
        (("seat", "water", "nor@example.org", "--delegation", "PER"), "PER does not take part in water."),
        (
            ("seat", "water", "nor@example.org", "--delegation", "NOR", "--role", "penholder"),
            "role: NOR takes part as ",
        ),
        (("token", "nobody"), "“nobody” is no sign-in name; use an e-mail address such as france@example.org."),
        (("token", "nobody@example.org"), "There is no person “nobody@example.org” here"),
        (("token", "nor@example.org", "--negotiation", "wine"), "There is no negotiation “wine” here"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(chapeau: Chapeau, words: tuple[str, ...], sentence: str) -> None:
    assert chapeau.refused(*words).startswith(sentence)


@on_sqlite
@pytest.mark.parametrize(
    "words",
    [
        ("token", "nor@example.org", "--days", "367"),
        ("token", "nor@example.org", "--scope", "everything"),
        ("invite", "water", "PER", "--role", "king"),
        ("delegation", "PER", "Peru", "--kind", "planet"),
        ("person",),
        ("unknown",),
    ],
)
def test_a_slip_of_the_keyboard_ends_with_status_2_and_changes_nothing(
    chapeau: Chapeau, words: tuple[str, ...]
) -> None:
    before = chapeau.done("verify")
    assert chapeau(*words).status == 2
    assert chapeau.done("verify") == before


def test_all_states_and_groups_are_loaded_with_one_command_as_often_as_one_likes(fresh: Chapeau) -> None:
    assert fresh.done("delegation", "NOR", "Norge") == "NOR: Norge\n"
    assert fresh.done("delegations", "load") == "194 states and 15 groups added; 210 delegations are known\n"
    assert fresh.done("delegations", "load") == "0 states and 0 groups added; 210 delegations are known\n"
    fresh.done("import", "-", given=DRAFT.encode())
    assert fresh.done("invite", "water", "NOR") == "Norge takes part in water as delegate\n"
    assert fresh.done("invite", "water", "G77") == "Group of 77 and China takes part in water as delegate\n"


def test_an_invitation_from_the_command_line_seats_whom_it_is_for(
    chapeau: Chapeau, room_url: str, room_secrets: Secrets, clock: SetClock
) -> None:
    secret = chapeau.done("invitation", "water", "--delegation", "NOR", "--email", "stranger@example.org").strip()
    assert secret.startswith("chi_")

    async def taken() -> dict[str, Any]:
        async with open_room(room_url, clock, room_secrets) as room:
            return dict(done(await room.as_("stranger").post("/api/v1/invitations/accept", {"secret": secret})))

    assert asyncio.run(taken())["delegation"] == "NOR"
    assert "does not take part" in chapeau.refused("invitation", "water", "--delegation", "PER")
