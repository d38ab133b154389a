"""Laws of a whole negotiation: whatever delegations, penholders and the secretariat try, in whatever order.

Random acts of random actors go through app/actions on a real database, and through a model that knows the practice
only (negotiation_model.py, negotiation_acts.py). After every act both must agree on everything.

An act is drawn as a number, and everything about it is drawn from that number and the state of the negotiation: so most
acts are about something that is there.
"""

import asyncio
from datetime import timedelta
from random import Random
from typing import Final

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.actions import amending, cosponsoring, deciding, drafting, positions, ruling, silence
from app.actions.proposals import Proposal
from app.rules.amendments import Audience, ChangeKind
from app.rules.facts import RulingKind
from app.rules.positions import Stance
from tests.builders import on_postgresql, on_sqlite
from tests.properties.negotiation_checks import Watched
from tests.properties.negotiation_house import ROLES, SECRETARIAT, House
from tests.properties.negotiation_model import CAUTION, Amendment, Clause, Words, text_of

ACTORS: Final = (*ROLES, SECRETARIAT)
VOICES: Final = ("FRA", "ESP", "ARG", "BRA", "EU")
PENS: Final = ("FRA", SECRETARIAT)
VOCABULARY: Final = (("water", "energy"), ("cities", "coasts"), ("youth", "women"))

numbers = st.integers(0, 2**32 - 1)


class Negotiating(Watched):
    """What can be tried. Every act is first played in the model, which says whether it has to be refused and why."""

    def act(self, number: int) -> None:
        self.any = Random(number)
        act = self.any.choices(list(ACTS), list(ACTS.values()))[0]
        is_about_nothing = (not self.room.amendments and act in ON_AMENDMENTS) or (
            not self.room.silences and act in ON_SILENCES
        )
        if not is_about_nothing:
            act(self)

    # --- amendments -----------------------------------------------------------------------------------------------

    def propose(self) -> None:
        by, clause, is_stale = self.mostly(*VOICES), self.a_clause(), self.rarely()
        kind = self.any.choice(
            ["replace", "replace", "replace", "insert", "delete" if self.any.random() < 0.5 else "replace"]
        )
        is_private = self.any.random() < 0.3
        words = None if kind == "delete" else self.words()
        head = "Also invites" if kind == "insert" else clause.head
        audience = Audience.DELEGATION if is_private else Audience.ROOM
        proposal = Proposal(ChangeKind(kind), clause.key, text_of(head, words), audience=audience)
        tag = _tag(clause, is_stale)
        why = self.room.propose(by, kind, clause, words, head, is_private=is_private, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: amending.propose(db, seat, proposal, tag))

    def restate(self) -> None:
        amendment, by, is_stale = self.an_amendment_of_its_own()
        words = None if amendment.kind == "delete" or self.any.random() < 0.3 else self.words()
        rationale = self.any.choice([None, "It is clearer."])
        text, tag = text_of(amendment.head, words), _tag(amendment, is_stale)
        why = self.room.restate(by, amendment, words, rationale, is_stale=is_stale)
        self.tried(
            by, why, lambda db, seat: amending.restate(db, seat, amendment.name, tag, text=text, rationale=rationale)
        )

    def submit(self) -> None:
        amendment, by, is_stale = self.an_amendment_of_its_own("draft")
        tag = _tag(amendment, is_stale)
        why = self.room.submit(by, amendment, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: amending.submit(db, seat, amendment.name, tag))

    def withdraw(self) -> None:
        amendment, by, is_stale = self.an_amendment_of_its_own()
        tag = _tag(amendment, is_stale)
        why = self.room.withdraw(by, amendment, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: amending.withdraw(db, seat, amendment.name, tag, ""))

    def stand_behind(self) -> None:
        by, amendment, is_stale = self.mostly(*VOICES), self.an_amendment(), self.rarely()
        joins = not amendment.cosponsors or self.any.random() < 0.6
        if not joins and not is_stale:
            by = self.any.choice([by, *amendment.cosponsors])
        tag, act = _tag(amendment, is_stale), cosponsoring.cosponsor if joins else cosponsoring.leave
        why = self.room.cosponsor(by, amendment, joins=joins, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: act(db, seat, amendment.name, tag))

    def accept(self) -> None:
        by, amendment, is_stale, reason = self.mostly(*PENS), self.an_amendment(), self.rarely(), self.reason()
        other = self.words() if self.any.random() < 0.3 else None
        tag, text = _tag(amendment, is_stale), text_of(amendment.head, other)
        texts = None if text is None else [text]
        key = f"c{len(self.room.clauses) + 1}"
        why = self.room.accept(by, amendment, other, reason, key, is_stale=is_stale)
        self.tried(
            by, why, lambda db, seat: deciding.accept(db, seat, amendment.name, tag, with_texts=texts, reason=reason)
        )

    def reject(self) -> None:
        by, amendment, is_stale, reason = self.mostly(*PENS), self.an_amendment(), self.rarely(), self.reason()
        tag = _tag(amendment, is_stale)
        why = self.room.reject(by, amendment, reason, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: deciding.reject(db, seat, amendment.name, tag, reason))

    # --- clauses --------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        by, clause, is_stale, reason = self.mostly(*PENS), self.a_clause(), self.rarely(), self.reason()
        words = self.words()
        tag, text = _tag(clause, is_stale), text_of(clause.head, words) or ""
        why = self.room.edit(by, clause, words, reason, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: drafting.edit(db, seat, clause.key, tag, text, reason))

    def take_a_position(self) -> None:
        by, clause, is_stale, reason = self.mostly(*VOICES, "ILO"), self.a_clause(), self.rarely(), self.reason()
        stance = self.any.choice(CAUTION)
        tag, said = _tag(clause, is_stale), Stance(stance)
        why = self.room.take(by, clause, stance, reason, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: positions.take_on_clause(db, seat, clause.key, tag, said, reason))

    def take_a_position_back(self) -> None:
        by, clause, is_stale = self.mostly(*VOICES, "ILO"), self.a_clause(), self.rarely()
        by = self.any.choice([by, *clause.positions, *clause.positions])
        tag = _tag(clause, is_stale)
        why = self.room.take_back(by, clause, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: positions.withdraw_from_clause(db, seat, clause.key, tag))

    def speak_on_an_amendment(self) -> None:
        by, amendment, is_stale, reason = self.mostly(*VOICES, "ILO"), self.an_amendment(), self.rarely(), self.reason()
        stance = self.any.choice([None, *CAUTION])
        name, tag = amendment.name, _tag(amendment, is_stale)
        if stance is None:
            by = self.any.choice([by, *amendment.positions])
        why = self.room.take_on_amendment(by, amendment, stance, reason, is_stale=is_stale)
        if stance is None:
            self.tried(by, why, lambda db, seat: positions.withdraw_from_amendment(db, seat, name, tag))
        else:
            said = Stance(stance)
            self.tried(by, why, lambda db, seat: positions.take_on_amendment(db, seat, name, tag, said, reason))

    def rule_on(self) -> None:
        by, clause, is_stale = self.mostly(*PENS), self.a_clause(), self.rarely()
        kind = self.any.choice(["agreed", "ad_ref"])
        tag, ruled = _tag(clause, is_stale), RulingKind(kind)
        why = self.room.rule(by, clause, kind, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: ruling.rule(db, seat, clause.key, tag, ruled))

    def reopen(self) -> None:
        by, is_stale, reason = self.mostly(*PENS), self.rarely(), self.reason()
        closed = [clause for clause in self.room.clauses if self.room.is_closed(clause)]
        clause = self.any.choice([self.a_clause(), *closed, *closed])
        tag = _tag(clause, is_stale)
        why = self.room.reopen(by, clause, reason, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: ruling.reopen(db, seat, clause.key, tag, reason))

    # --- silences -------------------------------------------------------------------------------------------------

    def open_a_silence(self) -> None:
        by, clauses, hours = self.mostly(*PENS), self.some_clauses(), self.any.choice([24, 24, 48, 72, 72, 23, 3000])
        keys = _keys(clauses)
        why = self.room.open_silence(by, clauses, hours)
        self.tried(by, why, lambda db, seat: silence.open_silence(db, seat, keys, hours=hours))

    def extend_a_silence(self) -> None:
        extended = self.any.choice(self.room.silences[-2:])
        by, hours = self.mostly(*PENS), self.any.choice([48, 100, 100, 1, 3000])
        later = self.room.now + timedelta(hours=hours)
        why = self.room.extend(by, extended, hours)
        self.tried(by, why, lambda db, seat: silence.extend(db, seat, f"S{extended.number}", later))

    def break_a_silence(self) -> None:
        broken = self.any.choice(self.room.silences[-2:])
        by, clauses, reason = self.mostly(*VOICES), self.some_clauses(), self.reason()
        if clauses and self.any.random() < 0.7:
            clauses = (
                clauses[:1] if clauses[0].key in broken.clauses else [self.room.clause(next(iter(broken.clauses)))]
            )
        name, keys = f"S{broken.number}", _keys(clauses)
        why = self.room.break_silence(by, broken, clauses, reason)
        self.tried(by, why, lambda db, seat: silence.break_silence(db, seat, name, keys, reason))

    def time_passes(self) -> None:
        self.room.now = self.house.clock.advance(hours=self.any.choice([1, 12, 24, 48, 80]))
        if self.any.random() < 0.5:
            self.pass_what_is_due()

    # --- whom and what it is about --------------------------------------------------------------------------------

    def mostly(self, *right: str) -> str:
        """One of those who may, and now and then anybody."""
        return self.any.choice(ACTORS if self.any.random() < 0.1 else right)

    def rarely(self) -> bool:
        return self.any.random() < 0.07

    def reason(self) -> str:
        return "" if self.rarely() else "It costs too much."

    def words(self) -> Words:
        first, second, third = (self.any.choice(words) for words in VOCABULARY)
        return first, second, third

    def a_clause(self) -> Clause:
        """Mostly one of the operative part, where the most is going on."""
        chance, live = self.any.random(), self.room.in_the_text()
        if chance < 0.05:
            return self.any.choice(self.room.clauses)
        operative = [clause for clause in live if clause.kind == "operative"]
        return self.any.choice(operative[:2] if chance < 0.6 and operative else live)

    def some_clauses(self) -> list[Clause] | None:
        if self.any.random() < 0.2:
            return None
        chosen = {clause.key: clause for clause in (self.a_clause(), self.a_clause())}
        return list(chosen.values())

    def an_amendment(self) -> Amendment:
        """One that is open, or any."""
        is_open = [a for a in self.room.amendments if a.is_open] if self.any.random() < 0.9 else []
        return self.any.choice(is_open or self.room.amendments)

    def an_amendment_of_its_own(self, *statuses: str) -> tuple[Amendment, str, bool]:
        """An amendment, mostly its proposer, and whether an old version of it is meant."""
        wanted = [a for a in self.room.amendments if a.status in (statuses or ("draft", "proposed"))]
        amendment = self.any.choice(wanted) if wanted and not self.rarely() else self.an_amendment()
        by = self.mostly(*VOICES) if self.rarely() else amendment.proposer
        return amendment, by, self.rarely()


ACTS: Final = {
    Negotiating.propose: 16,
    Negotiating.restate: 6,
    Negotiating.submit: 5,
    Negotiating.withdraw: 4,
    Negotiating.stand_behind: 4,
    Negotiating.accept: 10,
    Negotiating.reject: 4,
    Negotiating.edit: 4,
    Negotiating.take_a_position: 14,
    Negotiating.take_a_position_back: 5,
    Negotiating.speak_on_an_amendment: 4,
    Negotiating.rule_on: 6,
    Negotiating.reopen: 5,
    Negotiating.open_a_silence: 7,
    Negotiating.extend_a_silence: 2,
    Negotiating.break_a_silence: 3,
    Negotiating.time_passes: 5,
}
ON_AMENDMENTS: Final = (
    *(Negotiating.restate, Negotiating.submit, Negotiating.withdraw, Negotiating.stand_behind, Negotiating.accept),
    *(Negotiating.reject, Negotiating.speak_on_an_amendment),
)
ON_SILENCES: Final = (Negotiating.extend_a_silence, Negotiating.break_a_silence)


def _tag(read: Clause | Amendment, is_stale: bool) -> str:
    name = read.key if isinstance(read, Clause) else read.name
    return f"{name}.v{read.version - is_stale}"


def _keys(clauses: list[Clause] | None) -> list[str] | None:
    return None if clauses is None else [clause.key for clause in clauses]


def negotiate(url: str, *, negotiations: int) -> None:
    """Many negotiations in one house, each of some eighty acts."""
    with asyncio.Runner() as runner:
        house = House(url, runner)
        try:
            house.open()

            # Shrinking is too slow for a database; a failure tells its story instead (Watched.story).
            @settings(max_examples=negotiations, phases=[Phase.explicit, Phase.reuse, Phase.generate])
            @given(st.lists(numbers, min_size=40, max_size=120))
            def law(acts: list[int]) -> None:
                negotiating = Negotiating(house)
                try:
                    for number in acts:
                        negotiating.act(number)
                    negotiating.end()
                except Exception as error:
                    error.add_note("\n".join(["What was done:", *negotiating.story]))
                    raise

            law()
        finally:
            house.close()


@pytest.mark.timeout(400)  # a minute each on a machine that does nothing else
@pytest.mark.parametrize("part", range(3))
@on_sqlite
def test_no_sequence_of_acts_breaks_the_practice(database_url: str, part: int) -> None:
    negotiate(database_url, negotiations=12)


@pytest.mark.timeout(400)
@on_postgresql
def test_no_sequence_of_acts_breaks_the_practice_on_postgresql(database_url: str) -> None:
    negotiate(database_url, negotiations=4)
