"""What must hold after every act of a negotiation: the acts and the model agree, and the laws of the practice."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions import silence
from app.problems import Problem
from app.record.past import told_by
from app.record.standing import standing
from app.record.texts import Negotiation
from app.rules.amendments import AmendmentStatus
from app.rules.course import Course, Membership
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.text.clauses import Kind
from app.views.verification import verification
from tests.properties.negotiation_acts import PARAGRAPH_BREAK, Acts
from tests.properties.negotiation_house import ROLES, SECRETARIAT, House, Rows
from tests.properties.negotiation_model import OUTCOMES, Clause, Refusals, read_text, text_of

APPEND_ONLY = ("entry", "clause_version", "amendment_version")

Act = Callable[[AsyncSession, Seat], Awaitable[object]]


class Watched:
    """One negotiation in a house, its model (`room`), and all its rows as they were last seen."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.id, clauses = house.begin()
        self.room = Acts(house.clock.now, clauses, memberships=house.memberships)
        self.course = Course()
        self.rows: Rows = {}
        self.closed: dict[str, int] = {}
        self.story: list[str] = []
        self.steps = 0
        self.rows, found = self.seen()
        self.hear(self.rows["entry"])
        self.agree(found)

    def tried(self, by: str, refusals: Refusals, act: Act) -> None:
        """The act is done when the model did it, and refused for one of its reasons otherwise."""
        refusal, _ = self.answer(by, act)
        self.compare(by, refusals, refusal)

    def tried_perhaps(self, by: str, play: Callable[[], Refusals], perhaps: Refusals, act: Act) -> None:
        """The same of an act of which the model cannot foretell whether the text takes it (a place, words that are
        carried over into two paragraphs): it may be refused for what is `perhaps` so, and is not played then."""
        refusal, _ = self.answer(by, act)
        if refusal in perhaps:
            self.steps += 1
            self.nothing_changed()
        else:
            self.compare(by, play(), refusal)

    def answer(self, by: str, act: Act) -> tuple[str, object]:
        """Why somebody was refused (empty: they were not), and what they were answered."""
        seat = self.house.seat(by, self.id)
        try:
            return "", self.house.write(lambda db: act(db, seat))
        except Problem as problem:
            return problem.slug, None

    def compare(self, by: str, refusals: Refusals, refusal: str) -> None:
        assert (refusal in refusals) if refusals else not refusal, f"{refusal or 'done'}, but expected {refusals}"
        self.steps += 1
        if refusal:
            self.nothing_changed()
        else:
            self.look(by)
            self.story.append(self.told_last())

    def told_last(self) -> str:
        entry = self.rows["entry"][-1]
        return f"{entry.at:%d %b %H:%M} {entry.delegation or 'secretariat'} {entry.verb} {entry.payload[:200]}"

    def pass_what_is_due(self) -> None:
        """Every silence that is over comes on the record, once, with the clauses that are agreed by it."""
        due = [s for s in self.room.silences if not s.is_recorded and s.deadline <= self.room.now]
        ids = {row.number: row.id for row in self.rows["silence"]}
        assert set(self.house.read(silence.due)) >= {ids[passed.number] for passed in due}
        for passed in due:
            self.room.passes(passed)
            assert self.house.passes(ids[passed.number])
            self.look(by=SECRETARIAT)
            self.story.append(self.told_last())
            told = json.loads(self.rows["entry"][-1].payload)
            assert {self.room.status(self.room.clause(clause["clause"])) for clause in told["agreed"]} <= {"agreed"}
            assert not self.house.passes(ids[passed.number])
            self.nothing_changed()

    def end(self) -> None:
        """Nothing was lost: the record is intact, and every delegation finds every proposal that it may see."""
        proof = self.house.read(lambda db: verification(db, self.id))
        assert proof.is_intact, proof.faults
        for code in (*ROLES, SECRETARIAT):
            shown = self.house.amendments(code, self.id)
            visible = [a for a in self.room.amendments if not a.is_private or a.proposer == code]
            assert [(a.name, a.status) for a in shown] == [(a.name, a.status) for a in visible]
            for found, amendment in zip(shown, visible, strict=True):
                is_split = amendment.kind == "split"
                assert (PARAGRAPH_BREAK.join(found.texts) if is_split else found.text) == amendment.text

    # --- after an act ---------------------------------------------------------------------------------------------

    def seen(self) -> tuple[Rows, Standing]:
        async def look(db: AsyncSession) -> Standing:
            return await standing(db, await db.get_one(Negotiation, self.id))

        return self.house.rows(self.id), self.house.read(look)

    def nothing_changed(self) -> None:
        assert self.house.rows(self.id) == self.rows

    def look(self, by: str) -> None:
        """One act was done."""
        before = self.rows
        self.rows, found = self.seen()
        written = self.rows["entry"][len(before["entry"]) :]
        assert [entry.delegation for entry in written] == [by], "an act is one entry, in the name of who did it"
        for table in APPEND_ONLY:
            assert self.rows[table][: len(before[table])] == before[table]
        for table, rows in before.items():
            assert len(self.rows[table]) >= len(rows), f"a {table} was lost"
        self.said_by(by, before)
        self.hear(written)
        self.learn(found)
        self.agree(found)
        self.labels_agree(before, found, is_renumbered=written[0].verb == "revision.publish")

    def said_by(self, by: str, before: Rows) -> None:
        """Nobody speaks in another's name: what is new is of the delegation that acted."""
        for table in ("amendment", "position", "cosponsorship", "comment"):
            for row in self.rows[table][len(before[table]) :]:
                assert self.house.code(row.delegation_id) == by

    def hear(self, entries: list[Row[Any]]) -> None:
        for entry in entries:
            self.course.hear(told_by(entry))

    # --- what is not foretold -------------------------------------------------------------------------------------

    def learn(self, found: Standing) -> None:
        """Where paragraphs stand once some were moved, split or put beside others; what became of proposals to split
        one. Only what the practice allows is taken for granted."""
        self.learn_of_splits()
        if not self.room.is_rearranged:
            return
        known = {clause.key: clause for clause in self.room.clauses}
        new = [row for row in found.clauses if row.key not in known]
        assert [row.clause.text for row in new] == self.room.to_come, "paragraphs came in otherwise than proposed"
        for row in new:
            head, words = read_text(row.clause.text)
            known[row.key] = Clause(row.key, row.clause.kind.value, row.clause.level, head, [words], family=row.key)
        staying = [c.key for c in self.room.clauses if c.key not in self.room.moving]
        order = [row.key for row in found.clauses]
        if not any(c.removed_by for c in self.room.clauses):
            assert [key for key in order if key in staying] == staying, "paragraphs moved that were to stay"
        self.room.clauses = [known[key] for key in order]
        for row in found.clauses:
            known[row.key].parent = row.parent
        self.room.to_come, self.room.moving = [], set()
        self.parts_follow_their_paragraph()

    def parts_follow_their_paragraph(self) -> None:
        above: dict[int, str] = {}
        for clause in self.room.in_the_text():
            above[clause.level] = clause.key
            assert clause.level == 1 or above[clause.level - 1] == clause.parent

    def learn_of_splits(self) -> None:
        for row, known in zip(self.rows["amendment"], self.room.amendments, strict=True):
            if known.kind != "split" or known.status in OUTCOMES:
                continue
            said = [v for v in self.rows["amendment_version"] if v.amendment_id == row.id]
            if len(said) > len(known.versions):
                assert said[-1].base_version == self.room.clause(known.clause).version
                known.versions = [(v.base_version, None) for v in said]
                known.substance = said[-1].substance
            known.paragraphs, known.conflicts = said[-1].text, row.conflicts
            if row.status == "absorbed":
                known.status = "absorbed"

    def labels_agree(self, before: Rows, found: Standing, *, is_renumbered: bool) -> None:
        """Labels stay as they are through a reading; publishing a revision counts anew."""
        if not is_renumbered:
            was = {row.key: row.label for row in before["clause"]}
            assert all(was.get(c.key, c.label) == c.label for c in found.clauses)
            return
        counts = {"title": "Title", "opening": "Opening"}
        numbers = {"preambular": 0, "operative": 0}
        part = 0
        for clause in found.in_the_text():
            kind = clause.clause.kind.value
            if kind in counts:
                assert clause.label == counts[kind]
                continue
            letters = "PP" if kind == "preambular" else "OP"
            if clause.clause.level == 1:
                numbers[kind], part = numbers[kind] + 1, 0
                assert clause.label == f"{letters}{numbers[kind]}"
            else:
                part += 1
                assert clause.label == f"{letters}{numbers[kind]}({'abcdefghijklmnopqrstuvwxyz'[part - 1]})"
        assert self.rows["revision"][-1].labels == {c.key: c.label for c in found.in_the_text()}

    def agree(self, found: Standing) -> None:
        """The tables, the record and the model tell the same."""
        assert self.course.proceedings.text.draft() == found.draft()
        self.course_agrees(found)
        self.clauses_agree(found)
        self.amendments_agree()
        self.positions_agree()
        self.silences_agree()

    def course_agrees(self, found: Standing) -> None:
        """What the record tells of each paragraph is what the tables say, with the members that the group has today."""
        now = self.house.clock.now
        members = tuple(Membership(m.member, m.since, m.until) for m in self.room.memberships if m.group == "EU")
        self.course.groups = {"EU": members}
        assert self.course.counts(now) == found.text_status(now).counts
        negotiated = [clause for clause in found.clauses if clause.clause.kind is not Kind.OPENING]
        assert self.course.statuses(now) == {clause.key: clause.status(now).status for clause in negotiated}
        for clause in negotiated:
            told = self.course.facts(clause.key)
            assert [a.name for a in told.taken_by] == [a.name for a in clause.facts.taken_by]
            assert replace(told, amendments=(), taken_by=()) == replace(clause.facts, amendments=(), taken_by=())

    def clauses_agree(self, found: Standing) -> None:
        now = self.house.clock.now
        ids = {row.key: row.id for row in self.rows["clause"]}
        assert [c.key for c in found.in_the_text()] == [c.key for c in self.room.in_the_text()]
        assert len(found.clauses) == len(self.room.clauses)
        live = list(found.in_the_text())
        assert len({clause.label for clause in live}) == len(live)
        by_key = {clause.key: clause for clause in found.clauses}
        versions: dict[int, list[tuple[int, str, int]]] = {}
        for row in self.rows["clause_version"]:
            versions.setdefault(row.clause_id, []).append((row.number, row.text, row.substance))
        for clause in self.room.clauses:
            texts = [text_of(clause.head, words) for words in clause.words]
            numbers = range(1, len(texts) + 1)
            assert versions[ids[clause.key]] == list(zip(numbers, texts, clause.substances, strict=True))
            status = by_key[clause.key].status(now)
            assert status.status == self.room.status(clause), f"{clause.key}: {status}"
            assert status.because
            if status.status == "agreed":
                assert not self.room.is_contested_by_an_act(clause), "agreed against an objection or a proposal"
                assert self.closed.get(clause.key, clause.version) == clause.version, "a closed text changed"
        closed = [clause for clause in self.room.clauses if self.room.status(clause) == "agreed"]
        self.closed = {clause.key: clause.version for clause in closed}

    def amendments_agree(self) -> None:
        versions: dict[int, list[tuple[int, int, str | None]]] = {}
        for row in self.rows["amendment_version"]:
            versions.setdefault(row.amendment_id, []).append((row.number, row.base_version, row.text))
        behind: dict[int, list[str]] = {}
        for row in self.rows["cosponsorship"]:
            if row.left_at is None:
                behind.setdefault(row.amendment_id, []).append(self.house.code(row.delegation_id))
        assert [row.number for row in self.rows["amendment"]] == list(range(1, len(self.room.amendments) + 1))
        for row, amendment in zip(self.rows["amendment"], self.room.amendments, strict=True):
            said = [(base, text_of(amendment.head, words)) for base, words in amendment.versions]
            if amendment.kind == "split":
                said = [stated[1:] for stated in versions[row.id]]
            assert (row.parent_id is None) == (not amendment.amends)
            assert versions[row.id] == [(number, *stated) for number, stated in enumerate(said, start=1)]
            assert row.status == amendment.status, amendment
            assert (row.status in OUTCOMES) == (row.settled_at is not None) == (row.settled_seq is not None)
            assert row.conflicts == amendment.conflicts
            assert row.current_version == amendment.version
            if AmendmentStatus(row.status).is_settled:
                assert not row.conflicts
                assert row.outcome_reason or row.status in ("accepted", "withdrawn"), "an outcome without a reason"
            else:
                assert behind.get(row.id, []) == amendment.cosponsors

    def positions_agree(self) -> None:
        standing_now = [row for row in self.rows["position"] if row.ended_at is None]
        clauses = {row.id: row.key for row in self.rows["clause"]}
        names = {row.id: f"A{row.number}" for row in self.rows["amendment"]}
        found = sorted(
            (
                clauses.get(row.clause_id) or names[row.amendment_id],
                self.house.code(row.delegation_id),
                row.stance,
                row.version,
            )
            for row in standing_now
        )
        subjects = [(c.key, c.positions) for c in self.room.clauses]
        subjects += [(a.name, a.positions) for a in self.room.amendments]
        assert found == sorted((on, who, s.stance, s.version) for on, said in subjects for who, s in said.items())

    def silences_agree(self) -> None:
        clauses = {row.id: row.key for row in self.rows["clause"]}
        for row, silence_ in zip(self.rows["silence"], self.room.silences, strict=True):
            assert (row.number, row.deadline) == (silence_.number, silence_.deadline)
            assert (row.passed_seq is not None) == silence_.is_recorded
            under = {
                clauses[each.clause_id]: each.broken_by or ""
                for each in self.rows["silence_clause"]
                if each.silence_id == row.id
            }
            assert under == {key: each.broken_by for key, each in silence_.clauses.items()}
