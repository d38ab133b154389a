"""Laws of a whole negotiation: whatever delegations, penholders and the secretariat try, in whatever order.

Random acts of random actors go through app/actions on a real database, and through a model that knows the practice
only (negotiation_model.py, negotiation_acts.py). After every act both must agree on everything.

Everything about an act is drawn from one seed and the state of the negotiation: so most acts are about something that
is there, and the same seed plays the same negotiation again. `CHAPEAU_SEED=7 pytest tests/properties/
test_negotiation_laws.py` tries others than those of CI; `CHAPEAU_STEPS=20000` goes on for longer.
"""

import asyncio
import os
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Final

import pytest

from app.actions import (
    amending,
    arranging,
    commenting,
    cosponsoring,
    deciding,
    deciding_together,
    drafting,
    groups,
    positions,
    revising,
    ruling,
    silence,
)
from app.actions.commenting import Remark
from app.actions.deciding import Choice, Decision
from app.actions.proposals import Proposal
from app.rules.amendments import Audience, ChangeKind
from app.rules.facts import RulingKind
from app.rules.positions import Stance
from tests.builders import on_postgresql, on_sqlite
from tests.properties.negotiation_acts import PARAGRAPH_BREAK
from tests.properties.negotiation_checks import Watched
from tests.properties.negotiation_house import OPERATOR, ROLES, SECRETARIAT, House
from tests.properties.negotiation_model import CAUTION, Amendment, Clause, Words, text_of

ACTORS: Final = (*ROLES, SECRETARIAT)
VOICES: Final = ("FRA", "ESP", "ARG", "BRA", "EU")
PENS: Final = ("FRA", SECRETARIAT)
VOCABULARY: Final = (("water", "energy"), ("cities", "coasts"), ("youth", "women"))


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
        kinds = ["replace"] * 5 + ["insert", "insert", "delete", "move", "split", "merge", "merge", "alternative"]
        self.propose_one(
            Amendment(0, self.any.choice(kinds), self.a_clause().key, self.mostly(*VOICES), "", False, "", [])
        )

    def propose_to_an_amendment(self) -> None:
        """A sub-amendment: what an amendment would say then."""
        parents = [a for a in self.room.amendments if a.kind == "replace" and a.is_open and not a.amends]
        if parents:
            parent = self.any.choice(parents)
            by = self.mostly(*VOICES)
            self.propose_one(Amendment(0, "replace", parent.clause, by, "", False, "", [], amends=parent.name))

    def propose_one(self, new: Amendment) -> None:
        clause, is_stale = self.room.clause(new.clause), self.rarely()
        new.is_private = self.any.random() < 0.3
        new.head = "Also invites" if new.kind == "insert" else clause.head
        words = None if new.kind in ("delete", "move", "split") else self.words()
        new.versions = [(clause.version, words)]
        texts, after, merges = None, None, None
        if new.kind == "split":
            texts = tuple(text_of(clause.head, self.words()) or "" for _ in range(2))
            new.paragraphs = PARAGRAPH_BREAK.join(texts)
        elif new.kind == "move":
            after = new.after = self.any.choice(self.room.in_the_text()).key
        elif new.kind == "merge":
            live = self.room.in_the_text()
            place = live.index(clause) if clause in live else 0
            merges = new.merges = tuple(other.key for other in live[place + 1 : place + 2]) or (clause.key,)
        proposal = Proposal(
            ChangeKind(new.kind),
            "" if new.amends else clause.key,
            text_of(new.head, words),
            after=after,
            texts=texts,
            merges=merges,
            amends=new.amends,
            audience=Audience.DELEGATION if new.is_private else Audience.ROOM,
        )
        tag = _tag(self.room.amendment(new.amends) if new.amends else clause, is_stale)
        perhaps = {"move": {"insertion-impossible", "invalid-input", "nothing-changes"}}.get(new.kind, set())
        if new.kind == "insert" and self.room.is_rearranged:
            perhaps = {"insertion-impossible"}
        self.tried_perhaps(
            new.proposer,
            lambda: self.room.propose(new.proposer, new, is_stale=is_stale),
            perhaps,
            lambda db, seat: amending.propose(db, seat, proposal, tag),
        )

    def restate(self) -> None:
        amendment, by, is_stale = self.an_amendment_of_its_own()
        words = None if amendment.words is None or self.any.random() < 0.3 else self.words()
        rationale = self.any.choice([None, "It is clearer."])
        text, tag = text_of(amendment.head, words), _tag(amendment, is_stale)
        self.tried_perhaps(
            by,
            lambda: self.room.restate(by, amendment, words, rationale, is_stale=is_stale),
            {"amendment-conflicts", "nothing-changes"} if amendment.kind == "split" else set(),
            lambda db, seat: amending.restate(db, seat, amendment.name, tag, text=text, rationale=rationale),
        )

    def take_up(self) -> None:
        """A sub-amendment becomes what its amendment says."""
        subs = [a for a in self.room.amendments if a.amends and a.is_open]
        sub = self.any.choice(subs) if subs and not self.rarely() else self.an_amendment()
        by = self.room.amendment(sub.amends).proposer if sub.amends and not self.rarely() else self.mostly(*VOICES)
        is_stale = self.rarely()
        tag = _tag(sub, is_stale)
        why = self.room.take_up(by, sub, is_stale=is_stale)
        self.tried(by, why, lambda db, seat: amending.take_up(db, seat, sub.name, tag))

    def submit(self) -> None:
        amendment, by, is_stale = self.an_amendment_of_its_own("draft")
        tag = _tag(amendment, is_stale)
        perhaps: set[str] = set()
        if amendment.kind == "split":
            perhaps = {"amendment-conflicts", "nothing-changes"}
        elif amendment.kind in ("move", "insert"):
            perhaps = {"insertion-impossible", "invalid-input", "nothing-changes"}
        self.tried_perhaps(
            by,
            lambda: self.room.submit(by, amendment, is_stale=is_stale),
            perhaps,
            lambda db, seat: amending.submit(db, seat, amendment.name, tag),
        )

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
        perhaps = (
            {"insertion-impossible", "nothing-changes"} if amendment.kind in ("move", "insert", "split") else set()
        )
        self.tried_perhaps(
            by,
            lambda: self.room.accept(by, amendment, other, reason, key, is_stale=is_stale),
            perhaps if self.room.is_rearranged or amendment.kind != "insert" else set(),
            lambda db, seat: deciding.accept(db, seat, amendment.name, tag, with_texts=texts, reason=reason),
        )

    def decide_together(self) -> None:
        """The rehearsal says exactly what the decisions then do."""
        open_ones = [a for a in self.room.amendments if a.is_open and a.kind in ("replace", "delete", "merge")]
        chosen = self.any.sample(open_ones, min(len(open_ones), self.any.choice([2, 3])))
        if not chosen:
            return
        by, reason = self.mostly(*PENS), self.reason()
        choices = [self.any.choice([Choice.ACCEPT, Choice.ACCEPT, Choice.REJECT]) for _ in chosen]
        decisions = [
            Decision(a.name, _tag(a, self.rarely()), choice, reason=reason)
            for a, choice in zip(chosen, choices, strict=True)
        ]
        foreseen, rehearsed = self.answer(by, lambda db, seat: deciding_together.rehearse_together(db, seat, decisions))
        self.nothing_changed()
        refusal, decided = self.answer(by, lambda db, seat: deciding_together.decide_together(db, seat, decisions))
        if foreseen == refusal == "":
            assert isinstance(decided, deciding_together.DecidedTogether)
            alike = [replace(one, seq=0) for one in decided.decisions]
            assert rehearsed == replace(decided, seq=0, decisions=tuple(alike)), "it was rehearsed otherwise"
            for amendment, choice in zip(chosen, choices, strict=True):
                why = (
                    self.room.accept(by, amendment, None, reason, "", is_stale=False)
                    if choice is Choice.ACCEPT
                    else (self.room.reject(by, amendment, reason, is_stale=False))
                )
                assert not why, f"{amendment.name} was decided although {why}"
        else:
            assert foreseen == refusal or refusal in ("reason-required", "not-permitted"), (foreseen, refusal)
        self.compare(by, {refusal} if refusal else set(), refusal)

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
        self.agree(self.seen()[1])
        if self.any.random() < 0.5:
            self.pass_what_is_due()

    # --- the house ------------------------------------------------------------------------------------------------

    def publish(self) -> None:
        by = self.mostly(*PENS)
        self.tried(by, self.room.publish(by), lambda db, seat: revising.publish(db, seat))

    def set_a_deadline_for_language(self) -> None:
        by, hours = self.mostly(*PENS), self.any.choice([None, None, 12, 60])
        until = None if hours is None else self.room.now + timedelta(hours=hours)
        why = self.room.set_deadline(by, until)
        self.tried(by, why, lambda db, seat: arranging.arrange(db, seat, submissions_until=until))

    def come_and_go(self) -> None:
        """A state joins the group, or leaves it, from a day on: that is on no negotiation's record."""
        state = self.any.choice(["FRA", "ESP", "ARG", "BRA"])
        day = self.room.now.date() + timedelta(days=self.any.choice([0, 1, 1, 2]))
        joins = state not in self.room.members("EU")
        why = (self.room.join if joins else self.room.quit)("EU", state, day)
        act = groups.join if joins else groups.leave
        refusal = self.house.refusal(lambda db: act(db, OPERATOR, "EU", state, day))
        assert (refusal in why) if why else not refusal, f"{refusal or 'done'}, but expected {why}"
        self.steps += 1
        self.nothing_changed()

    # --- beside the text ------------------------------------------------------------------------------------------

    def comment(self) -> None:
        by = self.mostly(*VOICES, "ILO", SECRETARIAT)
        on = self.an_amendment() if self.room.amendments and self.any.random() < 0.5 else self.a_clause()
        remark = Remark("Why?", "", on.name) if isinstance(on, Amendment) else Remark("Why?", on.key)
        self.tried(by, self.room.comment(by, on), lambda db, seat: commenting.comment(db, seat, remark))

    def take_a_comment_back(self) -> None:
        if self.room.comments:
            number = self.any.randrange(len(self.room.comments)) + 1
            by = self.any.choice([self.mostly(*VOICES, "ILO"), self.room.comments[number - 1].by])
            why = self.room.retract(by, number)
            self.tried(by, why, lambda db, seat: commenting.retract(db, seat, f"C{number}"))

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
    Negotiating.propose: 18,
    Negotiating.propose_to_an_amendment: 6,
    Negotiating.take_up: 3,
    Negotiating.decide_together: 4,
    Negotiating.publish: 2,
    Negotiating.set_a_deadline_for_language: 2,
    Negotiating.come_and_go: 3,
    Negotiating.comment: 2,
    Negotiating.take_a_comment_back: 1,
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
    *(
        Negotiating.take_up,
        Negotiating.restate,
        Negotiating.submit,
        Negotiating.withdraw,
        Negotiating.stand_behind,
        Negotiating.accept,
    ),
    *(Negotiating.reject, Negotiating.speak_on_an_amendment),
)
ON_SILENCES: Final = (Negotiating.extend_a_silence, Negotiating.break_a_silence)


def _tag(read: Clause | Amendment, is_stale: bool) -> str:
    name = read.key if isinstance(read, Clause) else read.name
    return f"{name}.v{read.version - is_stale}"


def _keys(clauses: list[Clause] | None) -> list[str] | None:
    return None if clauses is None else [clause.key for clause in clauses]


def negotiate(url: str, *, part: str, steps: int) -> None:
    """Many negotiations in one house, of some sixty acts each, until so many acts were tried."""
    seed = f"{os.environ.get('CHAPEAU_SEED', '0')} {part}"
    wanted, tried = int(os.environ.get("CHAPEAU_STEPS", steps)), 0
    numbers = Random(seed)
    with asyncio.Runner() as runner:
        house = House(url, runner)
        try:
            house.open()
            while tried < wanted:
                negotiating = Negotiating(house)
                try:
                    for _ in range(numbers.randint(40, 90)):
                        negotiating.act(numbers.getrandbits(32))
                    negotiating.end()
                except Exception as error:
                    error.add_note("\n".join([f"With the seed {seed!r}. What was done:", *negotiating.story]))
                    raise
                tried += negotiating.steps
        finally:
            house.close()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("part", ["one", "two"])
@on_sqlite
def test_no_sequence_of_acts_breaks_the_practice(database_url: str, part: str) -> None:
    negotiate(database_url, part=part, steps=600)


@pytest.mark.timeout(400)
@on_postgresql
def test_no_sequence_of_acts_breaks_the_practice_on_postgresql(database_url: str) -> None:
    negotiate(database_url, part="three", steps=200)
