"""What each act does to the model of a negotiation, or every reason for which it would have to be refused.

Each method of `Acts` gives the refusals, by the slug of their problem; none: the act was carried out in the model.
"""

from collections.abc import Sequence
from datetime import timedelta

from tests.properties.negotiation_model import (
    HEARD,
    OUTCOMES,
    PEN,
    VOICES,
    Amendment,
    Clause,
    Refusals,
    Room,
    Said,
    Silence,
    Under,
    Words,
    merged,
)

FORMAL = ("title", "opening")
LEAST_HOURS = 24
MOST_HOURS = 24 * 90


class Acts(Room):
    # --- amendments -----------------------------------------------------------------------------------------------

    def propose(
        self, by: str, kind: str, clause: Clause, words: Words | None, head: str, *, is_private: bool, is_stale: bool
    ) -> Refusals:
        if by not in VOICES:
            return {"not-permitted"}
        why = _stale(is_stale) | self._cannot_propose(kind, clause, words)
        if not why:
            status = "draft" if is_private else "proposed"
            self.amendments.append(
                Amendment(
                    number=len(self.amendments) + 1,
                    kind=kind,
                    clause=clause.key,
                    proposer=by,
                    status=status,
                    is_private=is_private,
                    head=head,
                    versions=[(clause.version, words)],
                )
            )
            if not is_private:
                self._break_by_proposing(kind, clause, by)
        return why

    def restate(
        self, by: str, amendment: Amendment, words: Words | None, rationale: str | None, *, is_stale: bool
    ) -> Refusals:
        """`words` None: those it has, carried over to the present wording of its clause."""
        why = self._not_own(by, amendment) or self._settled(amendment) | _stale(is_stale)
        clause = self.clause(amendment.clause)
        if why:
            return why
        if amendment.kind != "insert":
            why |= self._closed(clause)
            why |= {"clause-removed"} if clause.removed_by else set()
        base, last = amendment.versions[-1]
        if words is None and last is not None and amendment.kind == "replace":
            words = merged(clause.words[base - 1], last, clause.now)
            why |= {"amendment-conflicts"} if words is None else set()
            why |= {"nothing-changes"} if last == clause.now else set()
        words = words or last
        if amendment.kind == "replace" and words == clause.now:
            why |= {"nothing-changes"}
        new = rationale if rationale is not None else amendment.rationale
        if ((clause.version, words), new) == (amendment.versions[-1], amendment.rationale):
            why |= {"nothing-changes"}
        if not why:
            amendment.rationale = new
            amendment.versions.append((clause.version, words))
            amendment.substance = amendment.version
            amendment.conflicts = False
            amendment.cosponsors.clear()
        return why

    def submit(self, by: str, amendment: Amendment, *, is_stale: bool) -> Refusals:
        why = self._not_own(by, amendment) or self._settled(amendment) | _stale(is_stale)
        why |= {"amendment-already-submitted"} if amendment.status == "proposed" else set()
        if why:
            return why
        clause = self.clause(amendment.clause)
        base, words = amendment.versions[-1]
        why |= {"clause-removed"} if clause.removed_by else set()
        carried = words
        why |= self._closed_to(amendment.kind, clause)
        if amendment.kind != "insert" and words is not None:
            carried = merged(clause.words[base - 1], words, clause.now)
            why |= {"amendment-conflicts"} if carried is None and words != clause.now else set()
            why |= {"nothing-changes"} if clause.now in (carried, words) else set()
        if not why:
            amendment.status, amendment.is_private = "proposed", False
            if amendment.kind != "insert" and base != clause.version:
                amendment.versions.append((clause.version, carried))
            self._break_by_proposing(amendment.kind, clause, by)
        return why

    def withdraw(self, by: str, amendment: Amendment, *, is_stale: bool) -> Refusals:
        why = self._not_own(by, amendment) or self._settled(amendment) | _stale(is_stale)
        if not why:
            amendment.status, amendment.conflicts = "withdrawn", False
        return why

    def cosponsor(self, by: str, amendment: Amendment, *, joins: bool, is_stale: bool) -> Refusals:
        if by not in VOICES:
            return {"not-permitted"}
        why = self._not_before_the_room(by, amendment, is_stale)
        if why:
            return why
        if joins:
            why |= {"already-behind"} if by in (amendment.proposer, *amendment.cosponsors) else set()
        else:
            why |= {"not-found"} if by not in amendment.cosponsors else set()
        if not why:
            (amendment.cosponsors.append if joins else amendment.cosponsors.remove)(by)
        return why

    # --- decisions ------------------------------------------------------------------------------------------------

    def accept(
        self, by: str, amendment: Amendment, other_words: Words | None, reason: str, key: str, *, is_stale: bool
    ) -> Refusals:
        """`key` is what a clause that the acceptance makes would be called."""
        if by not in PEN:
            return {"not-permitted"}
        why = self._not_before_the_room(by, amendment, is_stale)
        if why:
            return why
        clause = self.clause(amendment.clause)
        is_changed = other_words is not None and other_words != amendment.words
        words = amendment.words if other_words is None else other_words
        why |= {"reason-required"} if is_changed and not reason else set()
        if amendment.kind == "insert":
            why |= set() if self._place_for(clause) else {"insertion-impossible"}
        else:
            why |= {"clause-removed"} if clause.removed_by else set()
        if amendment.kind == "replace":
            why |= {"amendment-conflicts"} if amendment.conflicts and not is_changed else set()
            why |= {"nothing-changes"} if words == clause.now else set()
            why |= self._closed(clause)
        elif amendment.kind == "delete":
            why |= {"invalid-input"} if other_words is not None else set()
            going = [] if clause.removed_by else self.below(clause)
            why |= {"clause-closed"} if any(self.is_closed(gone) for gone in going) else set()
        if not why:
            amendment.status = "accepted_with_changes" if is_changed else "accepted"
            amendment.conflicts = False
            if amendment.kind == "replace":
                assert words is not None
                self._reword(clause, words, keeps_substance=False)
            elif amendment.kind == "insert":
                assert words is not None
                self._insert(amendment, clause, words, key)
            else:
                self._remove(amendment, clause)
        return why

    def reject(self, by: str, amendment: Amendment, reason: str, *, is_stale: bool) -> Refusals:
        if by not in PEN:
            return {"not-permitted"}
        why = self._not_before_the_room(by, amendment, is_stale)
        if not why:
            why |= {"reason-required"} if not reason else set()
        if not why:
            amendment.status, amendment.conflicts = "rejected", False
        return why

    def edit(self, by: str, clause: Clause, words: Words, reason: str, *, is_stale: bool) -> Refusals:
        if by not in PEN:
            return {"not-permitted"}
        why = self._cannot_touch(clause, is_stale)
        why |= {"reason-required"} if not reason else set()
        why |= {"clause-under-silence"} if self.running_on(clause) else set()
        why |= {"nothing-changes"} if words == clause.now else set()
        if not why:
            self._reword(clause, words, keeps_substance=True)
        return why

    # --- positions ------------------------------------------------------------------------------------------------

    def take(self, by: str, clause: Clause, stance: str, reason: str, *, is_stale: bool) -> Refusals:
        if by not in HEARD:
            return {"not-permitted"}
        why = self._cannot_touch(clause, is_stale)
        why |= {"reason-required"} if stance == "object" and not reason else set()
        if not why:
            clause.positions[by] = Said(stance, clause.version, clause.substance)
            if stance == "object" and by in VOICES:
                self._break(clause, by)
        return why

    def take_back(self, by: str, clause: Clause, *, is_stale: bool) -> Refusals:
        if by not in HEARD:
            return {"not-permitted"}
        why = _stale(is_stale) | self._closed(clause)
        why |= {"no-position"} if by not in clause.positions else set()
        if not why:
            del clause.positions[by]
            if self.objectors(clause):  # a member is silent again: its group speaks for it
                self._break(clause, "EU")
        return why

    def take_on_amendment(
        self, by: str, amendment: Amendment, stance: str | None, reason: str, *, is_stale: bool
    ) -> Refusals:
        """`stance` None takes the position back."""
        if by not in HEARD:
            return {"not-permitted"}
        why = self._not_before_the_room(by, amendment, is_stale)
        why |= {"reason-required"} if stance == "object" and not reason else set()
        why |= {"no-position"} if stance is None and by not in amendment.positions else set()
        if not why:
            if stance is None:
                del amendment.positions[by]
            else:
                amendment.positions[by] = Said(stance, amendment.version, amendment.substance)
        return why

    # --- rulings and silences -------------------------------------------------------------------------------------

    def rule(self, by: str, clause: Clause, kind: str, *, is_stale: bool) -> Refusals:
        if by not in PEN:
            return {"not-permitted"}
        why = self._cannot_touch(clause, is_stale)
        why |= {"objection-stands"} if self.is_contested(clause) else set()
        why |= {"clause-under-silence"} if self.running_on(clause) else set()
        if not why:
            clause.ruling = (kind, clause.substance)
            self._leave_silences_behind(clause)
        return why

    def reopen(self, by: str, clause: Clause, reason: str, *, is_stale: bool) -> Refusals:
        if by not in PEN:
            return {"not-permitted"}
        why = _stale(is_stale)
        why |= {"reason-required"} if not reason else set()
        why |= {"clause-removed"} if clause.removed_by else set()
        why |= {"clause-not-closed"} if not clause.ruled and not self.is_closed(clause) else set()
        if not why:
            clause.ruling = None
            self._leave_silences_behind(clause)
        return why

    def open_silence(self, by: str, clauses: Sequence[Clause] | None, hours: int) -> Refusals:
        """`clauses` None: all that are not agreed."""
        if by not in PEN:
            return {"not-permitted"}
        why = {"silence-deadline"} if not LEAST_HOURS <= hours <= MOST_HOURS else set()
        if clauses is None:
            clauses = [c for c in self.in_the_text() if c.kind != "opening" and not self.is_closed(c)]
            why |= {"invalid-input"} if not clauses else set()
        for clause in clauses:
            why |= self._cannot_touch(clause, is_stale=False)
            why |= {"objection-stands"} if self.is_contested(clause) else set()
            why |= {"clause-under-silence"} if self.running_on(clause) else set()
        if not why:
            under = {clause.key: Under(clause.substance) for clause in clauses}
            self.silences.append(Silence(len(self.silences) + 1, self.now + timedelta(hours=hours), under))
        return why

    def extend(self, by: str, silence: Silence, hours: int) -> Refusals:
        """To `hours` from now."""
        if by not in PEN:
            return {"not-permitted"}
        if not self.running_under(silence):
            return {"silence-over", "not-found"}
        later = self.now + timedelta(hours=hours)
        why = {"invalid-input"} if later <= silence.deadline else set()
        why |= {"silence-deadline"} if hours > MOST_HOURS else set()
        if not why:
            silence.deadline = later
        return why

    def break_silence(self, by: str, silence: Silence, clauses: Sequence[Clause] | None, reason: str) -> Refusals:
        """`clauses` None: all that it runs on."""
        if by not in VOICES:
            return {"not-permitted"}
        if not reason:
            return {"reason-required"}
        running = self.running_under(silence)
        hit = running if clauses is None else list(clauses)
        if not hit or any(clause not in running for clause in hit):
            return {"silence-over", "not-found", "clause-removed", "clause-closed"}
        for clause in hit:
            self._break(clause, by)
            clause.positions[by] = Said("object", clause.version, clause.substance)
        return set()

    def running_under(self, silence: Silence) -> list[Clause]:
        """The clauses of the text that a silence still runs on."""
        running = [(clause, self.running_on(clause)) for clause in self.in_the_text()]
        return [clause for clause, found in running if found is not None and found[0] is silence]

    # --- what follows from an act ---------------------------------------------------------------------------------

    def _reword(self, clause: Clause, words: Words, *, keeps_substance: bool) -> None:
        """A new version: every proposal before the room is carried over, conflicts, or is in the text now."""
        clause.words.append(words)
        clause.substances.append(clause.substance if keeps_substance else clause.version)
        for amendment in self.open_on(clause, "replace", "delete"):
            base, proposed = amendment.versions[-1]
            if proposed is None:
                amendment.versions.append((clause.version, None))
                continue
            carried = merged(clause.words[base - 1], proposed, words)
            if words in (carried, proposed):
                amendment.status, amendment.conflicts = "absorbed", False
            elif carried is None:
                amendment.conflicts = True
            else:
                amendment.versions.append((clause.version, carried))
                amendment.conflicts = False

    def _insert(self, amendment: Amendment, anchor: Clause, words: Words, key: str) -> None:
        place = self._place_for(anchor)
        assert place is not None
        last, family = place
        new = Clause(
            key, anchor.kind, anchor.level, amendment.head, [words], family=family or key, parent=anchor.parent
        )
        self.clauses.insert(self.clauses.index(last) + 1, new)
        for other in self.open_on(anchor, "insert"):
            if (other.head, other.words) == (new.head, words):
                other.status, other.conflicts = "absorbed", False

    def _place_for(self, anchor: Clause) -> tuple[Clause, str] | None:
        """Behind which clause a paragraph stands that is inserted behind the anchor, and of which family it is.

        That is behind all that was inserted behind the anchor before, and their sub-paragraphs. Where the anchor was
        removed, the nearest paragraph before it takes its place, but none takes in another's sub-paragraph.
        """
        before = self.clauses[: self.clauses.index(anchor) + 1]
        if anchor.removed_by and anchor.level > 1 and self.clause(anchor.parent).removed_by:
            return None
        before = [clause for clause in before if not clause.removed_by]
        while before[-1].kind == anchor.kind and before[-1].level > anchor.level:
            before.pop()
        above = before[-1]
        if above.kind == anchor.kind and above.level < anchor.level:
            return above, ""  # the first sub-paragraph
        family = [clause for clause in self.in_the_text() if clause.family == above.family]
        return self.below(family[-1])[-1], above.family if above.kind == anchor.kind else ""

    def _remove(self, amendment: Amendment, clause: Clause) -> None:
        for gone in self.below(clause):
            gone.removed_by = amendment.name
            for other in self.open_on(gone, "replace"):
                other.conflicts = True
            for other in self.open_on(gone, "delete"):
                other.status, other.conflicts = "absorbed", False

    def _break(self, clause: Clause, by: str) -> None:
        found = self.running_on(clause)
        if found is not None:
            found[1].broken_by = by

    def _break_by_proposing(self, kind: str, clause: Clause, by: str) -> None:
        for touched in self.touched(kind, clause):
            self._break(touched, by)

    def _leave_silences_behind(self, clause: Clause) -> None:
        for silence in self.silences:
            under = silence.clauses.get(clause.key)
            if under is not None and (under.broken_by or silence.deadline <= self.now):
                under.is_over = True

    # --- why not --------------------------------------------------------------------------------------------------

    def _cannot_propose(self, kind: str, clause: Clause, words: Words | None) -> Refusals:
        why = {"clause-removed"} if clause.removed_by else set()
        if kind == "insert":
            return why | ({"insertion-impossible"} if clause.kind in FORMAL else set())
        why |= self._closed_to(kind, clause)
        why |= {"clause-fixed"} if kind == "delete" and clause.kind in FORMAL else set()
        return why | ({"nothing-changes"} if words == clause.now else set())

    def _cannot_touch(self, clause: Clause, is_stale: bool) -> Refusals:
        return _stale(is_stale) | self._closed(clause) | ({"clause-removed"} if clause.removed_by else set())

    def _closed_to(self, kind: str, clause: Clause) -> Refusals:
        """A proposal is refused where one of the paragraphs it is about is closed."""
        closed = [touched for touched in (clause, *self.touched(kind, clause)) if self.is_closed(touched)]
        return {"clause-closed"} if closed and kind != "insert" else set()

    def _closed(self, clause: Clause) -> Refusals:
        return {"clause-closed"} if self.is_closed(clause) else set()

    def _not_own(self, by: str, amendment: Amendment) -> Refusals:
        if by not in VOICES:
            return {"not-permitted"}
        if amendment.proposer == by:
            return set()
        return {"not-found"} if amendment.is_private else {"not-yours"}

    def _not_before_the_room(self, by: str, amendment: Amendment, is_stale: bool) -> Refusals:
        if amendment.is_private and amendment.proposer != by:
            return {"not-found"}
        why = {"amendment-still-draft"} if amendment.status == "draft" else set()
        return why | self._settled(amendment) | _stale(is_stale)

    def _settled(self, amendment: Amendment) -> Refusals:
        return {"amendment-settled"} if amendment.status in OUTCOMES else set()


def _stale(is_stale: bool) -> Refusals:
    return {"stale-version"} if is_stale else set()
