"""A whole negotiation, from the zero draft to the adoption, as the working group, its secretariat and the capitals play
it: through the REST API alone, on both databases."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from app.actions import access, states
from app.main import keep_house_once
from app.record.database import Database
from app.rules.permissions import Role, Scope, Seat
from app.views.access import operator_seat
from tests.api.room import Desk, Room, done, open_room, refused
from tests.api.working_group import ALONE, CAST, FORTY, GROUP, MEMBERS, SLUG, ZERO_DRAFT, Proposed
from tests.builders import SetClock
from tests.small_print import without_small_print

ADMINISTRATOR, SECRETARIAT = "ADMINISTRATOR", "SECRETARIAT"
A_YEAR: Final = timedelta(days=365)
HERE: Final = f"/api/v1/negotiations/{SLUG}"


@dataclass(slots=True)
class Table:
    """The working group at its table: who acts, and what the text looks like to anybody who asks."""

    room: Room
    clock: SetClock
    secrets: dict[str, str]

    def __getitem__(self, who: str) -> Desk:
        return Desk(self.room, who, self.secrets[who], HERE)

    async def texts(self) -> dict[str, str]:
        return {clause["label"]: clause["text"] for clause in done(await self["NOR"].get("/clauses"))}

    async def clause(self, label: str) -> dict[str, Any]:
        return dict(done(await self["NOR"].get(f"/clauses/{label}")))

    async def tag(self, name: str) -> str:
        """The ETag of an amendment as Norway reads it."""
        return str((await self["NOR"].get(f"/amendments/{name}")).headers["ETag"])

    async def propose(self, what: Proposed) -> str:
        """Put one of the forty before the room, on the wording of the moment; its name."""
        return str(await self.propose_body(what.by, what.as_body(await self.texts())))

    async def propose_body(self, by: str, body: dict[str, Any]) -> str:
        read = f"/amendments/{body['amends']}" if "amends" in body else f"/clauses/{body['clause']}"
        answer = await self[by].post("/amendments", body, if_match=await self[by].tag(read))
        return str(done(answer)["amendment"])

    async def decide(self, name: str, how: str, by: str = "FRA", **body: Any) -> dict[str, Any]:
        answer = await self[by].post(
            f"/amendments/{name}/{how}", body, if_match=await self[by].tag(f"/amendments/{name}")
        )
        return dict(done(answer))

    async def accept(self, name: str, by: str = "FRA", **body: Any) -> dict[str, Any]:
        return await self.decide(name, "acceptance", by, **body)

    async def reject(self, name: str, reason: str, by: str = "FRA") -> dict[str, Any]:
        return await self.decide(name, "rejection", by, reason=reason)

    async def take(self, by: str, label: str, stance: str, reason: str = "") -> None:
        address = f"/clauses/{label}"
        done(
            await self[by].put(
                f"{address}/position", {"stance": stance, "reason": reason}, if_match=await self[by].tag(address)
            )
        )

    async def everybody(self, label: str, *besides: str) -> None:
        """The European Union for its members, and everybody alone, can live with a paragraph."""
        for code in (GROUP, *ALONE):
            if code not in besides:
                await self.take(code, label, "accept")

    async def rule(self, label: str, kind: str = "agreed", by: str = "ESP", **more: Any) -> None:
        address = f"/clauses/{label}"
        done(await self[by].post(f"{address}/rulings", {"kind": kind, **more}, if_match=await self[by].tag(address)))

    async def outcome(self, name: str) -> str:
        return str(done(await self["NOR"].get(f"/amendments/{name}"))["status"])

    async def statuses(self) -> dict[str, str]:
        found = done(await self["NOR"].get("/consensus"))
        return {paragraph["label"]: paragraph["status"] for paragraph in found["paragraphs"]}

    async def must_stand(self, otherwise: str = "open", **expected: str) -> None:
        """The status of every paragraph: `bracketed="PP1 PP2 OP2(b)"`, and `otherwise` for those not named."""
        named = {label: status for status, labels in expected.items() for label in _labels(labels)}
        found = await self.statuses()
        assert set(named) <= set(found), set(named) - set(found)
        assert found == {label: named.get(label, otherwise) for label in found}

    async def verify(self) -> None:
        """The record verifies, and what it replays to is the text of the moment."""
        assert done(await self[SECRETARIAT].get("/record/verification")) == {
            "negotiation": SLUG,
            "entries": (head := done(await self["NOR"].get(""))["seq"]),
            "head_hash": done(await self["NOR"].get(""))["hash"],
            "is_intact": True,
            "faults": [],
        }
        now = await self["NOR"].get("/export?format=md")
        assert now.text == (await self["NOR"].get(f"/export?format=md&at={head}")).text


def _labels(listed: str) -> list[str]:
    """“PP1 PP12-bis OP2(b)”: a hyphen stands for the space in a label."""
    return [label.replace("-", " ") for label in listed.split()]


@pytest.fixture
async def table(database_url: str, clock: SetClock) -> AsyncIterator[Table]:
    """A server as whoever runs it leaves it: the states and groups loaded, one administrator with a token."""
    database = Database(database_url, clock=clock)
    async with database.writing() as db:
        await states.load(db, await operator_seat(db))
        person = await access.add_person(db, "administrator@example.org", "Administrator", is_administrator=True)
        seat = Seat(person, "Administrator", Role.ADMINISTRATOR)
        secret = (await access.issue_token(db, seat, name="bootstrap", scope=Scope.WRITE, lasting=A_YEAR)).secret
    await database.close()
    async with open_room(database_url, clock, {}) as room:
        yield Table(room, clock, {ADMINISTRATOR: secret})


async def test_a_resolution_is_negotiated_from_the_zero_draft_to_its_adoption(table: Table) -> None:
    await the_zero_draft_is_circulated(table)
    await the_first_reading_hears_forty_amendments(table)
    await the_penholders_decide(table)
    await revision_one_is_published(table)
    await the_second_reading_settles_paragraph_by_paragraph(table)
    await a_silence_is_broken_and_passes_where_nobody_speaks(table)
    await the_two_that_were_broken_are_mended_and_circulated_again(table)
    await a_paragraph_is_reopened_and_agreed_again(table)
    await the_text_goes_to_new_york_and_finds_sponsors(table)
    await it_is_tabled_and_belongs_to_the_assembly(table)
    await it_is_revised_orally(table)
    await it_is_adopted_with_one_dissociation(table)
    await nothing_is_changed_any_more(table)


# --- the zero draft ---------------------------------------------------------------------------------------------------


async def the_zero_draft_is_circulated(table: Table) -> None:
    """The secretariat brings the task force's draft, invites the working group, and everybody sits down."""
    body = {"draft": ZERO_DRAFT, "time_zone": "America/New_York", "silence_least_hours": 24}
    made = done(await table[ADMINISTRATOR].post("/api/v1/negotiations", body))
    assert (made["slug"], made["stage"]) == (SLUG, "zero_draft")
    table.secrets[SECRETARIAT] = table.secrets[ADMINISTRATOR]
    for code, role in CAST.items():
        if role is Role.OBSERVER:
            organisation = {"code": code, "name": "International Labour Organization", "kind": "organisation"}
            done(await table[ADMINISTRATOR].post("/api/v1/delegations", organisation))
        done(await table[SECRETARIAT].post("/delegations", {"code": code, "role": role.value}))
    await everybody_takes_a_seat(table)
    group = done(await table["NOR"].get("/delegations"))
    assert {d["code"]: set(MEMBERS) <= set(d["members"]) for d in group if d["kind"] == "group"} == {GROUP: True}
    assert [(r["name"], r["number"]) for r in done(await table["NOR"].get("/revisions"))] == [("zero draft", 0)]
    await table.must_stand("open")
    done(await table["FRA"].post("/stage", {"stage": "working_group"}))
    await table.verify()


async def everybody_takes_a_seat(table: Table) -> None:
    """By invitation. Whoever runs the server has given each of them a token; nobody needs more to take a seat."""
    for code in CAST:
        async with table.room.database.writing() as db:
            person = await access.add_person(db, f"{code.lower()}@example.org", f"Delegate of {code}")
            seat = Seat(person, f"Delegate of {code}", Role.READER)
            token = await access.issue_token(db, seat, name="bootstrap", scope=Scope.WRITE, lasting=A_YEAR)
        table.secrets[code] = token.secret
        for_them = {"delegation": code, "sign_in": f"{code.lower()}@example.org"}
        sent = done(await table[SECRETARIAT].post("/invitations", for_them))
        offer = done(await table[code].post("/api/v1/invitations/look", {"secret": sent["secret"]}))
        assert offer["delegation"] == code
        taken = done(await table[code].post("/api/v1/invitations/accept", {"secret": sent["secret"]}))
        assert (taken["role"], taken["delegation"]) == (CAST[code].value, code)
        refused(
            await table[code].post("/api/v1/invitations/accept", {"secret": sent["secret"]}), 404, "invitation-not-good"
        )


# --- the first reading ------------------------------------------------------------------------------------------------

TOUCHED: Final = "PP1 PP2 PP3 PP4 PP5 PP6 PP7 PP9 PP10 PP11 PP12 PP13 OP1 OP2(a) OP2(b) OP2(d) OP3 OP4 OP5 OP6 OP7 OP8"
ONE_POSSIBLE: Final = "as one possible model"


async def the_first_reading_hears_forty_amendments(table: Table) -> None:
    """Fifteen delegations and a group propose; each paragraph with a proposal to it is in brackets."""
    assert done(await table["ESP"].post("/readings"))["name"] == "reading 1"
    zero = await table.texts()
    first_of_split, second_of_split = zero["OP3"].split(", and to devise", 1)
    wordings: dict[str, dict[str, Any]] = {
        "A28": {"text": zero["OP1"].replace("as one of the models", ONE_POSSIBLE)},
        "A35": {"texts": [f"{first_of_split};", f"Also invites such institutions to devise{second_of_split}"]},
        "A39": {"text": zero["OP7"][:-1] + ", and decides to return to the matter at that session."},
        "A40": {"text": zero["OP7"].replace("seventy-ninth", "eightieth")},
    }
    for number, what in enumerate(FORTY, start=1):
        body = what.as_body(zero) | wordings.get(f"A{number}", {})
        assert await table.propose_body(what.by, body) == f"A{number}"
        if what.kind != "insert":
            assert (await table.statuses())[what.clause] == "bracketed"
    assert len({what.by for what in FORTY} - {GROUP}) == 15
    await table.must_stand("open", bracketed=TOUCHED)
    # Nobody proposes in another's name, and an observer proposes nothing.
    observer = {"kind": "delete", "clause": "PP1"}
    refused(await table["ILO"].post("/amendments", observer, if_match='"c2.v1"'), 403, "not-permitted")
    # Co-sponsors stand behind what others propose.
    for code in ("CHL", "ARG"):
        done(await table[code].put("/amendments/A13/cosponsorship", if_match=await table.tag("A13")))
    await the_union_agrees_among_itself_first(table)
    await the_compilation_shows_every_proposal_in_place(table)
    await positions_are_taken_on_amendments(table)
    await table.verify()


async def the_compilation_shows_every_proposal_in_place(table: Table) -> None:
    compiled = {p["label"]: p for p in done(await table["NOR"].get("/compilation"))}
    assert compiled["PP4"]["notation"].startswith("[BRA, EU: ~~Taking note with appreciation of~~ **")
    assert "[SEN, CHL, ARG: **, persons with disabilities**]" in compiled["PP9"]["notation"]
    assert "[IDN: **and support**]" in compiled["PP11"]["notation"]
    assert {c["label"] for c in compiled.values() if "[" in c["notation"]} >= set(_labels(TOUCHED)) - {
        "OP6",
        "OP8",
    }  # moved, and taken in by another


async def the_union_agrees_among_itself_first(table: Table) -> None:
    """Italy shares a draft with the European Union; nobody else learns of it, and Italy drops it again."""
    words = (await table.clause("PP8"))["text"].replace("above capital", "before capital")
    body = {"kind": "replace", "clause": "PP8", "text": words, "audience": "group", "group": GROUP}
    name = await table.propose_body("ITA", body)
    assert name == "A41"
    assert done(await table["LUX"].get("/amendments/A41"))["text"] == words
    refused(await table["NOR"].get("/amendments/A41"), 404, "not-found")
    assert (await table.statuses())["PP8"] == "open"
    done(await table["ITA"].post("/amendments/A41/withdrawal", {}, if_match=await table["ITA"].tag("/amendments/A41")))


async def positions_are_taken_on_amendments(table: Table) -> None:
    """A position on an amendment advises those who decide; the group's counts for its members."""
    for code, stance, reason in (
        ("EU", "support", ""),
        ("USA", "object", "It narrows the term."),
        ("ILO", "support", ""),
    ):
        said = {"stance": stance, "reason": reason}
        done(await table[code].put("/amendments/A18/position", said, if_match=await table.tag("A18")))
    found = done(await table["NOR"].get("/amendments/A18"))["positions"]
    assert {
        (p["delegation"], p["stance"], p["via"], p["counts"]) for p in found if p["delegation"] in ("LUX", "USA", "ILO")
    } == {
        ("LUX", "support", "EU", True),
        ("USA", "object", "", True),
        ("ILO", "support", "", False),
    }


async def the_penholders_decide(table: Table) -> None:
    """Every proposal gets an outcome and a reason, but for two to one paragraph on which the room is apart."""
    assert (await table.accept("A1"))["text"].endswith("pledged that no one will be left behind,")
    await table.reject("A2", "The means of implementation belong to the Addis Ababa Action Agenda.")
    await table.accept("A3")
    await table.accept("A4")
    assert [(r["amendment"], r["outcome"]) for r in (await table.accept("A6", "ESP"))["rebased"]] == [
        ("A7", "absorbed")
    ]
    await table.accept("A5")
    assert "just, equal and favourable" in (text := (await table.clause("PP3"))["text"]), text
    assert "of social security" in text
    await table.reject("A8", "The Council's recommendation is of use to states beyond its members.")
    await table.reject("A9", "The words of the zero draft are those that the Task Force uses.")
    pp7 = (await table.clause("PP7"))["text"]
    words = pp7.replace("further entities that are faithful to", "other entities that act in accordance with")
    changed = await table.accept("A10", text=words, reason="As the European Union and the ILO agreed in the room.")
    assert changed["status"] == "accepted_with_changes"
    await table.accept("A11")
    await table.decide("A12", "withdrawal", "ARG", reason="In a spirit of compromise.")
    await five_are_accepted_at_once(table)
    again = await table["USA"].post(
        "/amendments/A12/reintroduce", {}, if_match=await table["USA"].tag("/amendments/A12")
    )
    assert done(again)["amendment"] == "A42"  # rule 122: what one withdraws, any other may bring again
    await table.reject("A42", "Foundations are part of it in many countries.")
    await table.accept("A14")
    await table.decide("A15", "withdrawal", "USA")
    await table.accept("A18", reason="The room prefers the term, and the United States does not insist.")
    await table.reject("A19", "The pandemic is named in the texts of this session.")
    await table.reject("A21", "The paragraph notes a fact.")
    assert (await table.accept("A22"))["label"] == "PP12 bis"
    await table.accept("A23")
    assert (await table.accept("A24"))["label"] == "PP14 bis"
    await a_friendly_sub_amendment_is_taken_up(table)
    await table.accept("A27")
    await table.accept("A29")
    assert (await table.accept("A32"))["label"] == "OP2(d) bis"
    await table.reject("A34", "Development banks are invited, not encouraged.")
    assert (await table.accept("A35"))["label"] == "OP3"
    await table.accept("A36")
    assert (await table.accept("A37"))["label"] == "OP6"  # labels stay during a reading
    await table.accept("A38")
    await table.reject("A39", "Two requests are two paragraphs.")
    await table.reject("A40", "The report is due when the item is on the agenda.")
    left = [a["name"] for a in done(await table["NOR"].get("/amendments?status=proposed"))["items"]]
    assert left == ["A30", "A31"]
    settled = done(await table["NOR"].get("/amendments?limit=100"))["items"]
    assert all(a["reason"] for a in settled if a["status"] in ("rejected", "accepted_with_changes"))
    await table.must_stand("open", bracketed="OP2(b)")
    await table.verify()


async def five_are_accepted_at_once(table: Table) -> None:
    """What nobody spoke against, in one act: first what it would do, then that."""
    names = ("A13", "A16", "A17", "A20", "A33")
    decisions = [{"amendment": name, "etag": await table.tag(name), "choice": "accept"} for name in names]
    before = await table.texts()
    would = done(await table["FRA"].post("/decisions/rehearsal", {"decisions": decisions}))
    assert await table.texts() == before
    did = done(await table["FRA"].post("/decisions", {"decisions": decisions}))
    assert [d["text"] for d in would["decisions"]] == [d["text"] for d in did["decisions"]]
    assert [d["status"] for d in did["decisions"]] == ["accepted"] * 5
    again = await table["FRA"].post("/decisions", {"decisions": decisions})
    assert refused(again, 409, "amendment-settled")["amendment"] == "A13"


async def a_friendly_sub_amendment_is_taken_up(table: Table) -> None:
    """Canada's words for France's amendment: France takes them up, Spain decides; the rival falls."""
    done(await table["FRA"].post("/amendments/A28/adoption", if_match=await table.tag("A28")))
    assert await table.outcome("A28") == "accepted"
    await table.accept("A25", "ESP")
    assert ONE_POSSIBLE in (await table.clause("OP1"))["text"]
    await table.reject("A26", "Most delegations prefer to encourage.")


# --- Rev.1 ------------------------------------------------------------------------------------------------------------


async def revision_one_is_published(table: Table) -> None:
    """The text is numbered afresh and the mapping is kept; what was proposed and stays open goes along."""
    refused(await table["FRA"].post("/revisions", {}), 409, "reading-open")
    closed = done(await table["FRA"].post("/readings/close"))
    assert closed["counts"] == {"bracketed": 1, "open": 30}
    made = done(await table["FRA"].post("/revisions", {}))
    assert made["name"] == "Rev.1"
    mapping = made["labels"]
    assert mapping == {
        **{"PP12 bis": "PP13", "PP13": "PP14", "PP14": "PP15", "PP14 bis": "PP16"},
        **{"OP2(d) bis": "OP2(e)", "OP3 bis": "OP4", "OP4": "OP5", "OP5": "OP7", "OP7": "OP8", "OP8": "OP9"},
    }  # OP6 moved behind OP4, and is OP6 again
    await table.must_stand("open", bracketed="OP2(b)")
    text = await table["NOR"].get("/export?format=md&at=Rev.1")
    assert hashlib.sha256(without_small_print(text.text).encode()).hexdigest() == made["hash"]
    changes = done(await table["NOR"].get("/changes?from=zero draft&to=Rev.1"))
    kinds = {change["op"] for change in changes}
    assert {"changed", "inserted", "moved", "split"} <= kinds, kinds
    await table.verify()


# --- the second reading -----------------------------------------------------------------------------------------------


async def the_second_reading_settles_paragraph_by_paragraph(table: Table) -> None:
    """Agreed in the room; ad ref for a capital; a package; a reservation: each status as the practice has it."""
    table.clock.advance(days=30)
    assert done(await table["ESP"].post("/readings"))["name"] == "reading 2"
    for label in ("PP1", "PP2"):
        await table.everybody(label)
        assert (await table.statuses())[label] == "emerging"
        await table.rule(label)
    await table.take("IDN", "PP11", "reserve", "Instructions are awaited on the care and support economy.")
    await table.must_stand("open", agreed="PP1 PP2", bracketed="OP2(b)", reserved="PP11")
    await procurement_becomes_part_of_a_package(table)
    await table.take("EU", "PP12", "accept")
    await table.must_stand("open", agreed="PP1 PP2", ad_ref="OP2(b) OP4", reserved="PP11")
    closed = await table["USA"].post(
        "/amendments", {"kind": "delete", "clause": "PP1"}, if_match=await table["USA"].tag("/clauses/PP1")
    )
    refused(closed, 409, "clause-closed")
    await table.verify()


async def procurement_becomes_part_of_a_package(table: Table) -> None:
    """Argentina drops its deletion, objects to the words accepted, and comes round as part of a package."""
    await table.decide("A30", "withdrawal", "ARG", reason="Argentina prefers to work on the wording.")
    words = (await table.clause("OP2(b)"))["text"].replace(
        ", as appropriate", ", as appropriate and in accordance with international obligations"
    )
    await table.accept("A31", text=words, reason="Both phrases were asked for.")
    await table.take("ARG", "OP2(b)", "object", "Tenders must stay open to all.")
    found = await table.clause("OP2(b)")
    assert [(b["fact"], b["delegations"]) for b in found["because"]] == [("objection", ["ARG"])]
    ruling = {"kind": "ad_ref", "package": "financing"}
    tag = await table["ESP"].tag("/clauses/OP2(b)")
    refused(await table["ESP"].post("/clauses/OP2(b)/rulings", ruling, if_match=tag), 409, "objection-stands")
    holders = done(await table["NOR"].get("/outstanding-issues"))["delegations"]
    assert [(holder["delegation"], holder["paragraphs"]) for holder in holders] == [("ARG", 1), ("IDN", 1)]
    await table.take("ARG", "OP2(b)", "accept")
    await table.rule("OP2(b)", "ad_ref", pending=["ARG", "USA"], package="financing")
    await table.rule("OP4", "ad_ref", package="financing")
    because = (await table.clause("OP2(b)"))["because"]
    assert [(b["fact"], b["delegations"]) for b in because] == [
        ("ruled_ad_ref", []),
        ("pending", ["ARG", "USA"]),
        ("package", []),
    ]


async def a_silence_is_broken_and_passes_where_nobody_speaks(table: Table) -> None:
    """72 hours over the whole text; two delegations break it on one paragraph each, and it passes on the rest."""
    done(await table["FRA"].post("/silences", {"hours": 72}))
    await table.must_stand("under_silence", agreed="PP1 PP2")
    table.clock.advance(hours=48)
    done(await table["FRA"].post("/silences/S1/extension", {"deadline": "2023-02-19T17:00:00Z"}))
    objection = {"reason": "“One possible model” was not what we heard.", "clauses": ["OP1"]}
    done(await table["USA"].post("/silences/S1/break", objection))
    # A member may break the silence although its group can live with the paragraph.
    done(await table["LUX"].post("/silences/S1/break", {"reason": "Inclusion of whom?", "clauses": ["PP12"]}))
    refused(await table["ILO"].post("/silences/S1/break", objection), 403, "not-permitted")
    await table.must_stand("under_silence", agreed="PP1 PP2", bracketed="OP1 PP12")
    table.clock.now = datetime(2023, 2, 19, 17, 0, 1, tzinfo=UTC)
    late = {"reason": "Our capital has just replied.", "clauses": ["OP3"]}
    refused(await table["ZAF"].post("/silences/S1/break", late), 409, "silence-over")
    await table.must_stand("agreed", bracketed="OP1 PP12")
    await keep_house_once(table.room.app.state.server)
    passed = list(done(await table["NOR"].get("/record?verb=silence.pass"))["items"])
    assert len(passed) == 1
    await table.must_stand("agreed", bracketed="OP1 PP12")
    await table.verify()


async def the_two_that_were_broken_are_mended_and_circulated_again(table: Table) -> None:
    for by, label, old, new in (
        ("USA", "OP1", ONE_POSSIBLE, "as one of the possible models"),
        ("LUX", "PP12", "a just and inclusive transition", "a just transition, inclusive of all,"),
    ):
        words = (await table.clause(label))["text"].replace(old, new)
        name = await table.propose_body(by, {"kind": "replace", "clause": label, "text": words})
        await table.accept(name)
    await table.must_stand("agreed", open="OP1 PP12")
    done(await table["ESP"].post("/silences", {"clauses": ["OP1", "PP12"], "hours": 24}))
    await table.must_stand("agreed", under_silence="OP1 PP12")
    table.clock.advance(hours=24, seconds=1)
    await keep_house_once(table.room.app.state.server)
    await table.must_stand("agreed")
    assert done(await table["NOR"].get("/consensus"))["is_agreed"] is True
    await table.verify()


async def a_paragraph_is_reopened_and_agreed_again(table: Table) -> None:
    """Nothing is agreed until everything is agreed: one paragraph reopened, and the whole text is not."""
    tag = await table["FRA"].tag("/clauses/OP9")
    refused(await table["FRA"].post("/clauses/OP9/reopen", {"reason": " "}, if_match=tag), 422, "reason-required")
    done(await table["FRA"].post("/clauses/OP9/reopen", {"reason": "The item is now called otherwise."}, if_match=tag))
    await table.must_stand("agreed", open="OP9")
    assert done(await table["NOR"].get("/consensus"))["is_agreed"] is False
    words = (await table.clause("OP9"))["text"].replace("Decides to include", "Decides also to include")
    name = await table.propose_body("ESP", {"kind": "replace", "clause": "OP9", "text": words})
    await table.must_stand("agreed", bracketed="OP9")
    await table.accept(name)
    await table.rule("OP9")
    await table.must_stand("agreed")
    assert done(await table["FRA"].post("/readings/close"))["counts"] == {"agreed": 31}
    made = done(await table["FRA"].post("/revisions", {}))
    assert (made["name"], made["labels"]) == ("Rev.2", {})
    await table.verify()


# --- towards adoption -------------------------------------------------------------------------------------------------


async def the_text_goes_to_new_york_and_finds_sponsors(table: Table) -> None:
    """The co-leads note whom they met, out of sight of the others; states join until the deadline, and one leaves."""
    done(await table["FRA"].post("/stage", {"stage": "permanent_representations"}))
    met = {"state": "SVN", "step": "bilateral_held", "held_on": "2023-02-20", "note": "Will ask Ljubljana."}
    done(await table["FRA"].post("/outreach", met))
    refused(await table["NOR"].get("/outreach"), 403, "not-permitted")
    for code in ("FRA", "ESP"):
        done(await table[code].post("/sponsors", {"state": code, "kind": "main"}))
    done(await table["ESP"].send("PATCH", "", {"sponsors_until": "2023-04-10T22:00:00Z"}))
    for code in ("CHL", "COL", "ITA", "LUX", "MAR", "SEN"):
        done(await table[code].post("/sponsorship", {}))
    done(await table["COL"].delete("/sponsorship"))
    done(
        await table["ESP"].post("/sponsors", {"state": "SVN", "kind": "cosponsor", "told": "Note verbale of 3 April."})
    )
    await table.must_stand("agreed")
    await table.verify()


async def it_is_tabled_and_belongs_to_the_assembly(table: Table) -> None:
    table.clock.now = datetime(2023, 4, 12, 14, 0, tzinfo=UTC)
    late = await table["CAN"].post("/sponsorship", {})
    refused(late, 409, "sponsors-closed")
    tabling = {"symbol": "A/77/L.60", "day": "2023-04-12", "session": "Seventy-seventh session", "agenda_item": "18"}
    made = done(await table["FRA"].post("/tabling", tabling))
    assert made["symbol"] == "A/77/L.60"
    assert made["not_agreed"] == []
    text = (await table["NOR"].get("/export?format=md")).text
    assert "symbol: A/77/L.60" in text
    sponsors = ["Chile", "France", "Italy", "Luxembourg", "Morocco", "Senegal", "Slovenia", "Spain"]
    assert done(await table["NOR"].get(""))["sponsors"] == sponsors
    words = {"kind": "delete", "clause": "OP1"}
    tag = await table["USA"].tag("/clauses/OP1")
    refused(await table["USA"].post("/amendments", words, if_match=tag), 409, "text-tabled")
    await table.must_stand("agreed")
    await table.verify()


async def it_is_revised_orally(table: Table) -> None:
    """Spain reads a correction out on behalf of the sponsors; what it does not touch stays agreed."""
    words = (await table.clause("OP8"))["text"].replace("within existing resources,", "within existing mandates,")
    change = {"change": "replace", "clause": "OP8", "etag": await table["ESP"].tag("/clauses/OP8"), "text": words}
    done(await table["ESP"].post("/oral-revisions", {"changes": [change]}))
    assert (await table.clause("OP8"))["text"] == words
    await table.must_stand("agreed", open="OP8")
    changes = done(await table["NOR"].get("/changes?from=as tabled&to=as orally revised"))
    assert [change["new"] for change in changes if change["op"] != "equal"] == [["OP8"]]
    await table.verify()


async def it_is_adopted_with_one_dissociation(table: Table) -> None:
    """Without a vote; the United States joins the consensus but for one paragraph, Argentina explains its position."""
    apart = {
        "clauses": ["OP4"],
        "statement": "The United States dissociates itself from what the paragraph asks of banks.",
    }
    done(await table["USA"].post("/dissociations", apart))
    table.clock.now = datetime(2023, 4, 18, 15, 0, tzinfo=UTC)
    action = {"symbol": "A/RES/77/281", "meeting": "66th plenary meeting", "day": "2023-04-18"}
    done(
        await table["ESP"].post(
            "/sponsors", {"state": "CAN", "kind": "cosponsor", "at_adoption": True, "told": "On the floor."}
        )
    )
    done(await table["FRA"].post("/adoption", action))
    done(await table["ARG"].post("/explanations", {"text": "Argentina joined the consensus.", "clauses": ["OP2(b)"]}))
    found = done(await table["NOR"].get("/adoption"))
    assert found["stage"] == "adopted"
    assert [d["sentence"] for d in found["dissociations"]] == [
        "The United States of America dissociates itself from operative paragraph 4."
    ]
    negotiation = done(await table["NOR"].get(""))
    assert (negotiation["symbol"], negotiation["stage"]) == ("A/RES/77/281", "adopted")
    assert "Canada" in negotiation["sponsors"]
    assert [r["name"] for r in done(await table["NOR"].get("/revisions"))] == [
        "zero draft",
        "Rev.1",
        "Rev.2",
        "as tabled",
        "as orally revised",
        "as adopted",
    ]
    await table.verify()


async def nothing_is_changed_any_more(table: Table) -> None:
    tag = await table["NOR"].tag("/clauses/OP1")
    refused(
        await table["NOR"].post("/amendments", {"kind": "delete", "clause": "OP1"}, if_match=tag), 409, "text-adopted"
    )
    refused(await table["FRA"].post("/clauses/OP1/reopen", {"reason": "Once more."}, if_match=tag), 409, "text-adopted")
    refused(await table["FRA"].post("/revisions", {}), 409, "text-adopted")
    await table.verify()
