"""What somebody changed in a Word file of a text, as the proposals that it makes: each on its clause, none lost.

Tracked or not, a change is found by comparing what the file reads with the text that it was exported from. What cannot
be proposed is told with its words and the reason.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.documents.word_clauses import Placed, Sorted, keys_in, sorted_out
from app.documents.word_lines import IsContext, Line, lines_of
from app.documents.word_paragraphs import Revision, WordFile
from app.documents.word_settled import settled
from app.problems import InsertionImpossible, WordUnreadable
from app.rules.amendments import ChangeKind
from app.said import Said
from app.text.clauses import Draft, Kind, parents
from app.text.document_diff import Change, ChangeOp, compare
from app.text.insertion import insertion
from app.text.pasted import Place, read_lines
from app.text.screen import TEXT_LIMIT

MOST_RATIONALE: Final = 5_000  # characters
_ZONES: Final = timedelta(hours=14)
_QUARTER: Final = timedelta(minutes=15)
_WHY: Final = {
    "frame": "It is not part of the text: the lines around it are the secretariat's.",
    "table": "It stands in a table, and a text has none.",
    "inside": "It is a change within what another delegation proposes. Propose it as a sub-amendment to that.",
    "children": "Its sub-paragraphs would go with it, and in the file they stay. Propose it on its page.",
    "parent": "It belongs to a paragraph that is itself only proposed. Propose it once that is in the text.",
    "first": "Nothing stands before it that it could follow.",
    "level": "It has another level now, which no amendment changes. Propose to delete it, and to insert it anew.",
    "note": "A footnote is added with the words that refer to it. Ask the secretariat to add it.",
    "held": "It is no text, and only words are proposed.",
    "comment": "It is a comment on words that are not changed. Write it on the page of the paragraph.",
    "form": "Only quotation marks, hyphens or spaces are written otherwise; the words are the same.",
}


@dataclass(frozen=True, slots=True)
class WordChange:
    """One proposal that a file makes. Clauses go by their keys. `base` is the text that the words were changed in:
    of a merger, those of all its paragraphs in one. `note` says what is worth a look."""

    kind: ChangeKind
    clause: str
    label: str
    base: str
    text: str | None = None
    texts: tuple[str, ...] | None = None
    after: str | None = None
    merges: tuple[str, ...] | None = None
    paragraph_kind: Kind | None = None
    level: int | None = None
    rationale: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """What a file says that cannot be proposed, where it stands there, and why."""

    words: str
    why: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class WordChanges:
    changes: tuple[WordChange, ...]
    not_placed: tuple[NotPlaced, ...]


def context_of(proposals: Collection[tuple[datetime, str]]) -> IsContext:
    """Tells the proposals that a compilation shows from what its reader tracked: by the name of who proposed them, and
    by their times, which Word and LibreOffice keep to the second, in whatever zone they write them."""
    moments: dict[str, set[datetime]] = {}
    for time, name in proposals:
        moments.setdefault(name, set()).add(time.replace(microsecond=0, tzinfo=None))

    def is_context(revision: Revision) -> bool:
        try:
            at = datetime.fromisoformat(revision.at.removesuffix("Z")).replace(microsecond=0, tzinfo=None)
        except ValueError:
            return False
        by_them = (one for name, times in moments.items() if name in revision.author for one in times)
        return any(abs(at - one) <= _ZONES and not (at - one) % _QUARTER for one in by_them)

    return is_context


def has_keys(file: WordFile) -> bool:
    """Whether bookmarks tell the clauses."""
    return any(name.lower().startswith(("chp_c", "_chp_c")) for one in file.paragraphs for name in one.bookmarks)


def changes_in(file: WordFile, base: Draft, is_context: IsContext) -> WordChanges:
    """What a file changes in `base`, the text that it was exported from or, for one without identity, is about.

    Raises WordUnreadable where a paragraph is longer than any of a text. Costs processor time: not for the event loop.
    """
    found = sorted_out(file, base, is_context) if has_keys(file) else _detected(file, base, is_context)
    if any(len(one.clause.text) > TEXT_LIMIT for one in found.clauses):
        raise WordUnreadable(
            why=Said("a paragraph of it has more than {number} characters", number=f"{TEXT_LIMIT:,}"),
            remedy=Said("Split it into several."),
        )
    return _Proposing(file, base, found, is_context).result()


def _detected(file: WordFile, base: Draft, is_context: IsContext) -> Sorted:
    """The clauses of a file without bookmarks, by the form of its lines; the words tell which are which."""
    lines = [line for line in lines_of(file.paragraphs, is_context) if line.text]
    reading = read_lines("\n".join(f"{line.number} {line.text}".strip() for line in lines))
    by_label: dict[str, Line] = {}
    apart: list[tuple[Line, str]] = []
    for placed in reading.lines:
        line = lines[placed.number - 1]
        if placed.label:
            by_label.setdefault(placed.label, line)
        elif line.is_tracked and placed.placing.place in (Place.MASTHEAD, Place.CLOSING):
            apart.append((line, "frame"))
    clauses = [Placed(replace(one, label=""), by_label.get(one.label)) for one in reading.draft().clauses]
    if not any(one.clause.kind is Kind.FOOTNOTE for one in clauses):
        clauses += [Placed(one, None) for one in base.clauses if one.kind is Kind.FOOTNOTE]
    return Sorted(clauses, apart, lines=lines)


class _Proposing:
    """Turns the changes between two lists of clauses into proposals."""

    def __init__(self, file: WordFile, base: Draft, found: Sorted, is_context: IsContext) -> None:
        self._file, self._found, self._is_context = file, found, is_context
        self._old = base.clauses
        self._new = [one.clause for one in found.clauses]
        self._lines = [one.line for one in found.clauses]
        self._above = parents(self._old)
        self._new_above = parents(self._new)
        self._changes = compare(self._old, self._new)
        self._became: dict[int, Change] = {i: change for change in self._changes for i in change.old}
        self._was: dict[int, Change] = {j: change for change in self._changes for j in change.new}
        self._made: list[WordChange] = []
        self._not: list[NotPlaced] = []
        self._said: set[str] = set()  # comments that are somebody's reasons

    def result(self) -> WordChanges:
        moved: list[list[WordChange]] = []
        for change in self._changes:
            if change.op is ChangeOp.MOVED:
                moved.append(list(self._moved(change)))
            else:
                self._in_order(moved)
                moved = []
                self._made += self._proposals(change)
        self._in_order(moved)
        self._tell_the_rest()
        return WordChanges(tuple(self._made), tuple(self._not))

    def _in_order(self, moved: Sequence[list[WordChange]]) -> None:
        """What follows one clause is put behind it last first, so that it stands in order once all are accepted."""
        for one in reversed(moved):
            self._made += one

    def _proposals(self, change: Change) -> Iterator[WordChange]:
        match change.op:
            case ChangeOp.CHANGED | ChangeOp.EQUAL:
                yield from self._reworded(change.old[0], change.new[0])
            case ChangeOp.INSERTED:
                yield from self._inserted(change.new[0])
            case ChangeOp.DELETED:
                yield from self._deleted(change.old[0])
            case ChangeOp.SPLIT:
                yield from self._split(change)
            case ChangeOp.MERGED:
                yield from self._merged(change)

    def _reworded(self, i: int, j: int) -> Iterator[WordChange]:
        old, text = self._old[i], settled(self._old[i].text, self._new[j].text)
        if text != old.text:
            yield self._about(i, ChangeKind.REPLACE, j, text=text)
        elif (line := self._lines[j]) is not None and line.is_tracked and not line.inside and text != line.text:
            self._not.append(NotPlaced(line.text, _WHY["form"], old.label))

    def _inserted(self, j: int) -> Iterator[WordChange]:
        new = self._new[j]
        anchor = next((i for k in range(j - 1, -1, -1) if (i := self._in_place(k)) is not None), None)
        parent = self._new_above[j]
        if new.kind is Kind.FOOTNOTE:
            self._cannot(new.text, "note")
            return
        if anchor is None:
            self._cannot(new.text, "first")
            return
        if parent is not None and not self._was[parent].old:
            self._cannot(new.text, "parent")
            return
        base = self._old[anchor]
        given = self._comments(self._lines[j])
        where = self._where(anchor, new.kind, new.level, j)
        yield WordChange(
            ChangeKind.INSERT,
            base.key,
            base.label,
            "",
            text=new.text,
            paragraph_kind=new.kind,
            level=new.level,
            rationale=given,
            note=where,
        )

    def _where(self, anchor: int, kind: Kind, level: int, j: int) -> str:
        """A note, where the house puts an insertion elsewhere than the file does: behind what belongs to its anchor."""
        labels = {clause.label for clause in self._old}
        try:
            place = insertion(self._old, self._old[anchor].label, kind, level, labels).place
        except InsertionImpossible:
            return ""  # told when it is proposed
        following = (i for k in range(j + 1, len(self._new)) if (i := self._in_place(k)) is not None)
        before = next(following, len(self._old))
        return f"It will stand behind {self._old[place - 1].label}." if anchor < place - 1 >= before else ""

    def _in_place(self, j: int) -> int | None:
        """The old clause that stands where new one `j` does, if it stayed in its place; of several, the first."""
        change = self._was[j]
        is_there = change.op not in (ChangeOp.INSERTED, ChangeOp.MOVED) and self._new[j].kind is not Kind.FOOTNOTE
        return change.old[0] if is_there else None

    def _deleted(self, i: int) -> Iterator[WordChange]:
        above = self._above[i]
        if above is not None and self._became[above].op is ChangeOp.DELETED:
            return  # it goes with its paragraph
        below = [k for k in self._below(i) if self._became[k].op is not ChangeOp.DELETED]
        if below:
            self._cannot(self._old[i].text, "children", self._old[i].label)
            return
        yield self._about(i, ChangeKind.DELETE, None)

    def _below(self, i: int) -> Iterator[int]:
        for k, above in enumerate(self._above):
            while above is not None and above != i:
                above = self._above[above]
            if above == i:
                yield k

    def _moved(self, change: Change) -> Iterator[WordChange]:
        i, j = change.old[0], change.new[0]
        above, new_above = self._above[i], self._new_above[j]
        along = above is not None and new_above is not None and self._was[new_above].old == (above,)
        if not (along and above is not None and self._became[above].op is ChangeOp.MOVED):
            behind = (k for k in range(j - 1, -1, -1) if self._in_place(k) is not None)
            place = next(behind, None)
            anchor = None if place is None else self._in_place(place)
            stays = [k for k in self._below(i) if self._became[k].op in (ChangeOp.EQUAL, ChangeOp.CHANGED)]
            if anchor is None:
                self._cannot(self._old[i].text, "first", self._old[i].label)
            elif stays:
                self._cannot(self._old[i].text, "children", self._old[i].label)
            else:
                yield self._about(i, ChangeKind.MOVE, j, after=self._old[anchor].key)
        yield from self._reworded(i, j)

    def _split(self, change: Change) -> Iterator[WordChange]:
        i = change.old[0]
        old = self._old[i]
        texts = tuple(self._new[j].text for j in change.new)
        alike = all((self._new[j].kind, self._new[j].level) == (old.kind, old.level) for j in change.new)
        if alike and list(change.new) == list(range(change.new[0], change.new[-1] + 1)):
            yield self._about(i, ChangeKind.SPLIT, None, texts=texts, lines=change.new)
            return
        own = next((j for j in change.new if self._new[j].key == old.key), change.new[0])
        yield from self._reworded(i, own)
        for j in change.new:
            if j != own:
                yield from self._inserted(j)

    def _merged(self, change: Change) -> Iterator[WordChange]:
        first, *others = change.old
        j = change.new[0]
        old = self._old
        alike = all((old[i].kind, old[i].level) == (old[first].kind, old[first].level) for i in others)
        beside = list(change.old) == list(range(first, change.old[-1] + 1))
        if alike and beside and not any(True for i in change.old for _ in self._below(i)):
            base = " ".join(old[i].text for i in change.old)
            text = settled(base, self._new[j].text)
            merges = tuple(old[i].key for i in others)
            yield replace(self._about(first, ChangeKind.MERGE, j, text=text, merges=merges), base=base)
            return
        kept = next((i for i in change.old if old[i].key == self._new[j].key), first)
        yield from self._reworded(kept, j)
        for i in change.old:
            if i != kept:
                yield self._about(i, ChangeKind.DELETE, None)

    def _about(
        self,
        i: int,
        kind: ChangeKind,
        j: int | None,
        *,
        text: str | None = None,
        texts: tuple[str, ...] | None = None,
        after: str | None = None,
        merges: tuple[str, ...] | None = None,
        lines: Sequence[int] = (),
    ) -> WordChange:
        old = self._old[i]
        touched = [self._lines[k] for k in ((j,) if j is not None else lines)]
        rationale = " ".join(filter(None, (self._comments(line) for line in touched))) or self._comments_at(old.key)
        return WordChange(kind, old.key, old.label, old.text, text, texts, after, merges, rationale=rationale)

    def _cannot(self, words: str, why: str, label: str = "") -> None:
        self._not.append(NotPlaced(words, _WHY[why], label))

    # --- comments, and what is left --------------------------------------------------------------------------------

    def _comments(self, line: Line | None) -> str:
        return self._reasons(line.comments) if line is not None else ""

    def _comments_at(self, key: str) -> str:
        """The comments on a paragraph that is gone."""
        names = (
            name
            for paragraph in self._file.paragraphs
            if key in keys_in(Line("", bookmarks=tuple(paragraph.bookmarks)))
            for name in paragraph.comments
        )
        return self._reasons(tuple(dict.fromkeys(names)))

    def _reasons(self, names: Sequence[str]) -> str:
        said = []
        for name in names:
            comment = self._file.comments.get(name)
            if comment is None or not comment.text or name in self._said or self._is_theirs(comment.author, comment.at):
                continue
            self._said.add(name)
            said.append(f"{comment.author}: {comment.text}" if comment.author else comment.text)
        return " ".join(said)[:MOST_RATIONALE]

    def _is_theirs(self, author: str, at: str) -> bool:
        return self._is_context(Revision(author, at))

    def _tell_the_rest(self) -> None:
        found = self._found
        for line, why in found.apart:
            self._cannot(line.text or line.number, why)
        for line in found.lines:
            label = next((c.label for c in self._old if c.key in keys_in(line)), "")
            for words in line.inside:
                self._cannot(words, "inside", label)
            for what in line.holds:
                self._cannot(what, "held", label)
        for clause, line in found.relevelled:
            self._cannot(line.text, "level", clause.label)
        for words in found.new_notes:
            self._cannot(words, "note")
        for name, comment in self._file.comments.items():
            if name not in self._said and comment.text and not self._is_theirs(comment.author, comment.at):
                words = f"{comment.author}: {comment.text}" if comment.author else comment.text
                self._cannot(words, "comment", self._commented(name))

    def _commented(self, name: str) -> str:
        keys = (
            key
            for paragraph in self._file.paragraphs
            if name in paragraph.comments
            for key in keys_in(Line("", bookmarks=tuple(paragraph.bookmarks)))
        )
        labels = {clause.key: clause.label for clause in self._old}
        return next((labels[key] for key in keys if key in labels), "")
