"""What each act does to the model of a negotiation, or every reason for which it would have to be refused.

Each method of `Acts` gives the refusals, by the slug of their problem; none: the act was carried out in the model.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tests.properties.negotiation_model import (
    HEARD,
    OUTCOMES,
    PEN,
    VOICES,
    Amendment,
    Clause,
    Comment,
    Membership,
    Refusals,
    Room,
    Said,
    Silence,
    Under,
    Words,
    merged,
    read_text,
    text_of,
)

FORMAL = ("title", "opening")
PARAGRAPH_BREAK = " \ue000 "
LEAST_HOURS = 24
MOST_HOURS = 24 * 90


class Acts(Room):
    # --- amendments -----------------------------------------------------------------------------------------------

    def propose(self, by: str, new: Amendment, *, is_stale: bool) -> Refusals:
        """`new` as it is asked for; its number, status and first version follow."""
        if by not in VOICES:
            return {"not-permitted"}
        clause = self.clause(new.clause)
        why = _stale(is_stale) | self._cannot_propose(new, clause)
        why |= set() if new.is_private else self._too_late()
        if not why:
            new.number, new.status = len(self.amendments) + 1, "draft" if new.is_private else "proposed"
            self.amendments.append(new)
            if not new.is_private:
                self._break_by_proposing(new, clause, by)
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
        told = last
        if words is None and last is not None and amendment.kind in ("replace", "merge") and base != clause.version:
            told = words = merged(clause.words[base - 1], last, clause.now)
            why |= {"amendment-conflicts"} if words is None else set()
            why |= {"nothing-changes"} if clause.now in (last, words) else set()
        words = words or last
        if amendment.kind in ("replace", "alternative") and words == clause.now:
            why |= {"nothing-changes"}
        why |= self._too_late() if not amendment.is_private and words != told else set()
        new = rationale if rationale is not None else amendment.rationale
        if ((clause.version, words), new) == (amendment.versions[-1], amendment.rationale):
            why |= {"nothing-changes"}
        if not why:
            amendment.rationale = new
            self._state_anew(amendment, clause, words)
        return why

    def _state_anew(self, amendment: Amendment, clause: Clause, words: Words | None) -> None:
        """Its co-sponsors have to join again, and what amends it is carried over to its new words."""
        before = amendment.words
        amendment.versions.append((clause.version, words))
        amendment.substance = amendment.version
        amendment.conflicts = False
        amendment.cosponsors.clear()
        for sub in [a for a in self.amendments if a.is_open and a.amends == amendment.name]:
            assert before is not None
            assert words is not None
            self._carry(sub, before, words, sub.versions[-1][0])

    def take_up(self, by: str, sub: Amendment, *, is_stale: bool) -> Refusals:
        """The proposer of an amendment makes the words of a sub-amendment its own."""
        if by not in VOICES:
            return {"not-permitted"}
        why = self._not_before_the_room(by, sub, is_stale)
        if why or not sub.amends:
            return why or {"invalid-input"}
        parent = self.amendment(sub.amends)
        if parent.proposer != by:
            return {"not-yours"}
        why = self._settled(parent)
        if not why:
            sub.status, sub.conflicts = "accepted", False
            self._state_anew(parent, self.clause(parent.clause), sub.words)
        return why

    def submit(self, by: str, amendment: Amendment, *, is_stale: bool) -> Refusals:
        why = self._not_own(by, amendment) or self._settled(amendment) | _stale(is_stale)
        why |= {"amendment-already-submitted"} if amendment.status == "proposed" else set()
        if why:
            return why
        clause = self.clause(amendment.clause)
        base, words = amendment.versions[-1]
        why |= self._too_late()
        why |= {"clause-removed"} if clause.removed_by else set()
        carried = words
        why |= self._closed_to(amendment, clause)
        if amendment.kind == "merge" and not clause.removed_by:
            why |= set() if self._mergeable(clause, amendment.merges) else {"invalid-input"}
        if amendment.kind in ("replace", "merge") and words is not None and base != clause.version:
            carried = merged(clause.words[base - 1], words, clause.now)
            why |= {"amendment-conflicts"} if carried is None and words != clause.now else set()
            why |= {"nothing-changes"} if clause.now in (carried, words) else set()
        if amendment.kind == "alternative" and words == clause.now:
            why |= {"nothing-changes"}
        if not why:
            amendment.status, amendment.is_private = "proposed", False
            if amendment.kind != "insert" and base != clause.version:
                amendment.versions.append((clause.version, carried))
            self._break_by_proposing(amendment, clause, by)
        return why

    def withdraw(self, by: str, amendment: Amendment, *, is_stale: bool) -> Refusals:
        why = self._not_own(by, amendment) or self._settled(amendment) | _stale(is_stale)
        if not why:
            amendment.status, amendment.conflicts = "withdrawn", False
            self._let_fall(amendment)
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
        why |= {"amendment-conflicts"} if amendment.conflicts and not is_changed else set()
        why |= self._cannot_accept(amendment, clause, words, has_words=other_words is not None)
        if not why:
            amendment.status = "accepted_with_changes" if is_changed else "accepted"
            amendment.conflicts = False
            self._put_into_the_text(amendment, clause, words, key)
            self._let_fall(amendment)
        return why

    def _cannot_accept(self, amendment: Amendment, clause: Clause, words: Words | None, *, has_words: bool) -> Refusals:
        if amendment.kind == "insert":
            return set() if self.is_rearranged or self._place_for(clause) else {"insertion-impossible"}
        if clause.removed_by:
            return {"clause-removed", "invalid-input"}
        why = self._closed(clause)
        if amendment.kind in ("delete", "move"):
            why |= {"invalid-input"} if has_words else set()
            why |= {"clause-closed"} if any(self.is_closed(gone) for gone in self.below(clause)) else set()
        elif amendment.kind == "split":
            why |= {"invalid-input"} if has_words else set()
        elif amendment.kind == "merge":
            why |= set() if self._mergeable(clause, amendment.merges) else {"invalid-input"}
            taken_in = [self.clause(key) for key in amendment.merges]
            why |= {"clause-closed"} if any(self.is_closed(taken) for taken in taken_in) else set()
        if amendment.kind in ("replace", "merge"):
            why |= {"nothing-changes"} if words == clause.now else set()
        return why

    def _put_into_the_text(self, amendment: Amendment, clause: Clause, words: Words | None, key: str) -> None:
        """A move, a split and an alternative change the text in ways that are not foretold: they are learnt."""
        match amendment.kind:
            case "replace" | "merge":
                assert words is not None
                for taken_in in amendment.merges:
                    self._take_out(amendment, self.clause(taken_in))
                self._reword(clause, words, keeps_substance=False, by=amendment)
            case "insert":
                assert words is not None
                self._insert(amendment, clause, words, key)
            case "delete":
                for gone in self.below(clause):
                    self._take_out(amendment, gone)
            case "split":
                self.is_rearranged = True
                assert amendment.paragraphs is not None
                first, *self.to_come = amendment.paragraphs.split(PARAGRAPH_BREAK)
                self._reword(clause, read_text(first)[1], keeps_substance=False, by=amendment)
            case "alternative":
                self.is_rearranged, self.to_come = True, [text_of(amendment.head, words) or ""]
            case "move":
                self.is_rearranged, self.moving = True, {moved.key for moved in self.below(clause)}

    def reject(self, by: str, amendment: Amendment, reason: str, *, is_stale: bool) -> Refusals:
        if by not in PEN:
            return {"not-permitted"}
        why = self._not_before_the_room(by, amendment, is_stale)
        if not why:
            why |= {"reason-required"} if not reason else set()
        if not why:
            amendment.status, amendment.conflicts = "rejected", False
            self._let_fall(amendment)
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
            in_the_text = {clause.key for clause in self.in_the_text()}
            return {"clause-removed"} if in_the_text.isdisjoint(silence.clauses) else {"silence-over", "not-found"}
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

    def passes(self, silence: Silence) -> None:
        """It is over. Where an objection stands that came without an act, with a member of a group, it is broken."""
        for clause in self.in_the_text():
            found = self.silence_on(clause)
            if found is not None and found[0] is silence and not found[1].broken_by and self.objectors(clause):
                found[1].broken_by = self.objectors(clause)[0]
        silence.is_recorded = True

    # --- the house ------------------------------------------------------------------------------------------------

    def publish(self, by: str) -> Refusals:
        """A revision: the paragraphs are numbered afresh, so that nothing says any more what was inserted where."""
        if by not in PEN:
            return {"not-permitted"}
        for clause in self.clauses:
            clause.family = clause.key
        return set()

    def set_deadline(self, by: str, until: datetime | None) -> Refusals:
        if by not in PEN:
            return {"not-permitted"}
        if until == self.submissions_until:
            return {"nothing-changes"}
        self.submissions_until = until
        return set()

    def join(self, group: str, member: str, since: date) -> Refusals:
        theirs = [m for m in self.memberships if (m.group, m.member) == (group, member)]
        if any(m.until is None or m.until > since for m in theirs):
            return {"already-a-member"}
        if since <= self.now.date():
            return {"membership-too-soon"}
        self.memberships.append(Membership(group, member, since))
        return set()

    def quit(self, group: str, member: str, until: date) -> Refusals:
        theirs = [m for m in self.memberships if (m.group, m.member) == (group, member)]
        found = next((m for m in theirs if m.since <= until and (m.until is None or m.until > until)), None)
        if found is None:
            return {"not-a-member"}
        if until <= self.now.date():
            return {"membership-too-soon"}
        found.until = until
        if found.since == until:
            self.memberships.remove(found)
        return set()

    # --- comments -------------------------------------------------------------------------------------------------

    def comment(self, by: str, on: Clause | Amendment) -> Refusals:
        if by not in HEARD | PEN:
            return {"not-permitted"}
        is_private = isinstance(on, Amendment) and on.is_private
        if is_private and isinstance(on, Amendment) and on.proposer != by:
            return {"not-found"}
        self.comments.append(Comment(by, is_private))
        return set()

    def retract(self, by: str, number: int) -> Refusals:
        if by not in HEARD | PEN:
            return {"not-permitted"}
        found = self.comments[number - 1]
        if found.by != by:
            return {"not-found"} if found.is_private else {"not-yours"}
        if found.is_retracted:
            return {"comment-retracted"}
        found.is_retracted = True
        return set()

    def running_under(self, silence: Silence) -> list[Clause]:
        """The clauses of the text that a silence still runs on."""
        running = [(clause, self.running_on(clause)) for clause in self.in_the_text()]
        return [clause for clause, found in running if found is not None and found[0] is silence]

    # --- what follows from an act ---------------------------------------------------------------------------------

    def _reword(self, clause: Clause, words: Words, *, keeps_substance: bool, by: Amendment | None = None) -> None:
        """A new version: every proposal before the room is carried over, conflicts, or is in the text now."""
        clause.words.append(words)
        clause.substances.append(clause.substance if keeps_substance else clause.version)
        for amendment in self.open_on(clause, "replace", "delete", "move", "merge", "alternative"):
            base, proposed = amendment.versions[-1]
            if proposed is None or (amendment.kind == "alternative" and proposed != words):
                amendment.versions.append((clause.version, proposed))
                amendment.conflicts = False
            elif by is not None and amendment.amends == by.name:
                assert by.words is not None
                self._carry(amendment, by.words, words, clause.version)
            elif amendment.kind != "merge" or not amendment.conflicts:
                self._carry(amendment, clause.words[base - 1], words, clause.version)
        self._disturb_mergers(clause)

    def _carry(self, amendment: Amendment, base: Words, words: Words, version: int) -> None:
        """Carry a proposal over from `base` to the new `words`."""
        proposed = amendment.words
        assert proposed is not None
        carried = merged(base, proposed, words)
        if words in (carried, proposed):
            amendment.status, amendment.conflicts = "absorbed", False
        elif carried is None:
            amendment.conflicts = True
        else:
            amendment.versions.append((version, carried))
            amendment.conflicts = False

    def _disturb_mergers(self, clause: Clause) -> None:
        """What a merger was to take in reads otherwise now, or is gone: it waits for its author."""
        for merger in self.amendments:
            if merger.is_open and clause.key in merger.merges:
                merger.conflicts = True

    def _let_fall(self, amendment: Amendment) -> None:
        """What amends an amendment falls with it; what was carried over to the text stands by itself."""
        for sub in self.amendments:
            if sub.amends != amendment.name or sub.status in OUTCOMES:
                continue
            if amendment.status.startswith("accepted") and sub.is_open and not sub.conflicts:
                sub.amends = ""
            else:
                sub.status, sub.conflicts = "rejected", False

    def _insert(self, amendment: Amendment, anchor: Clause, words: Words, key: str) -> None:
        place = (anchor, key) if self.is_rearranged else self._place_for(anchor)
        assert place is not None
        last, family = place
        self.moving = {key} if self.is_rearranged else set()
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

    def _take_out(self, amendment: Amendment, gone: Clause) -> None:
        gone.removed_by = amendment.name
        for other in self.open_on(gone, "replace", "move", "split", "merge", "alternative"):
            other.conflicts = True
        for other in self.open_on(gone, "delete"):
            other.status, other.conflicts = "absorbed", False
        self._disturb_mergers(gone)

    def _mergeable(self, clause: Clause, merges: tuple[str, ...]) -> bool:
        """What is taken in follows directly, is of the same kind and level, and has no sub-paragraphs."""
        live = self.in_the_text()
        following = live[live.index(clause) + 1 :][: len(merges)]
        return (
            tuple(other.key for other in following) == merges
            and all((other.kind, other.level) == (clause.kind, clause.level) for other in following)
            and len(self.below(following[-1])) == 1
        )

    def _break(self, clause: Clause, by: str) -> None:
        found = self.running_on(clause)
        if found is not None:
            found[1].broken_by = by

    def _break_by_proposing(self, amendment: Amendment, clause: Clause, by: str) -> None:
        for touched in self.touched(amendment.kind, clause, amendment.merges):
            self._break(touched, by)

    def _leave_silences_behind(self, clause: Clause) -> None:
        for silence in self.silences:
            under = silence.clauses.get(clause.key)
            if under is not None and (under.broken_by or silence.deadline <= self.now):
                under.is_over = True

    # --- why not --------------------------------------------------------------------------------------------------

    def _cannot_propose(self, new: Amendment, clause: Clause) -> Refusals:
        kind, words = new.kind, new.words
        why = {"clause-removed"} if clause.removed_by else set()
        if kind == "insert":
            return why | ({"insertion-impossible"} if clause.kind in FORMAL else set())
        if new.amends:
            parent = self.amendment(new.amends)
            why |= self._not_before_the_room(new.proposer, parent, is_stale=False)
            why |= {"invalid-input"} if parent.kind != "replace" or parent.amends else set()
            why |= {"nothing-changes"} if words == parent.words else set()
        why |= self._closed_to(new, clause)
        why |= {"clause-fixed"} if kind != "replace" and clause.kind in FORMAL else set()
        if kind == "merge" and not clause.removed_by:
            why |= set() if self._mergeable(clause, new.merges) else {"invalid-input"}
        return why | ({"nothing-changes"} if kind in ("replace", "alternative") and words == clause.now else set())

    def _too_late(self) -> Refusals:
        until = self.submissions_until
        return {"submissions-closed"} if until is not None and self.now >= until else set()

    def _cannot_touch(self, clause: Clause, is_stale: bool) -> Refusals:
        return _stale(is_stale) | self._closed(clause) | ({"clause-removed"} if clause.removed_by else set())

    def _closed_to(self, new: Amendment, clause: Clause) -> Refusals:
        """A proposal is refused where one of the paragraphs it is about is closed."""
        closed = [one for one in (clause, *self.touched(new.kind, clause, new.merges)) if self.is_closed(one)]
        return {"clause-closed"} if closed and new.kind != "insert" else set()

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
