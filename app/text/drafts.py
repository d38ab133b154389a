"""The drafts/ format: a draft resolution as Markdown that a person can write and git can diff.

    ---
    slug: sse
    title: Promoting the social and solidarity economy for sustainable development
    organ: General Assembly
    language: en
    ---

    *The General Assembly*,

    PP1. *Reaffirming* its resolution 70/1 of 25 September 2015,[^1]

    ## Follow-up

    OP1. *Encourages* Member States:

    OP1(a). To consider ...;

    # Annex 1. Terms of reference

    P1. The group meets once a year.

    [^1]: Also known as the 2030 Agenda.

One block per clause, a blank line between two. A block begins with its label and a full stop, but for these, whose form
says what they are: a line set in italics as a whole is the opening line; `##` begins a heading (`###` one level below,
and so on), `# Annex 1.` the title of an annex, `[^1]:` footnote N1. Headings are H1, H2, ... in their order; one that
has another label carries it in brackets: `## [H2 bis] Means`. Opening lines are Opening, Opening 2, ... in their order.
The title stands in the front matter. A backslash takes the meaning from `*`, `_`, a backtick, `<` and itself.

What `print_draft` writes is the canonical form: print_draft(parse(x)) == x for such a file, and
parse(print_draft(d)) == d for every draft whose clauses carry no key. `parse` also takes what people write: paragraphs
wrapped over lines, no blank line between two labels, `_..._` or `**...**`, bold labels, `OP 1`, `PP1 Recalling` without
a full stop, Windows line ends. Whatever it cannot place is an error with its line. docs/drafts-format.md says the same
to people who write drafts.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.problems import DraftUnreadable
from app.said import Said
from app.text.clauses import Clause, Draft, Kind
from app.text.drafts_front import print_front, read_front
from app.text.drafts_marks import Marked, emphasise, escape, read_marks
from app.text.labels import Label, Step, canonical, read_label
from app.text.openers import opener
from app.text.screen import screened

# What stands before the first full stop or colon may be a label; read_label decides. It may be in bold.
_LABELLED = re.compile(r"(?P<mark>\*{1,3}|_{1,3}|)(?P<label>[A-Za-z][^.:*_]{0,80})[.:](?P=mark)(?=\s|$)")
# People leave the full stop out; a capital or a mark has to follow then, lest a wrapped line begin with "OP4 and".
_LABELLED_WITHOUT_STOP = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3}|)(?P<label>(?:PP|OP) ?\d+(?: ?\([a-z]+\)| (?:bis|ter|quater|alt)\b(?: \d+)?)*)(?P=mark)"
    r"\s+(?=[A-Z“\"*_])"
)
_MEANT_AS_LABEL = re.compile(r"(?:PP|OP) ?\d[^.:]{0,20}[.:]\s")
_HEADING = re.compile(r"(?P<depth>#{2,})\s+(?:\[(?P<label>H\d[^\]]{0,80})\]\s+)?(?P<text>\S.*)$")
_ANNEX = re.compile(r"#\s+(?P<label>Annex[^.:]{0,80})[.:](?P<text>\s.*|)$", re.IGNORECASE)
_TOP = re.compile(r"#\s+(?P<text>\S.*)$")
_FOOTNOTE = re.compile(r"\[\^(?P<number>\d[^\]]{0,80})\]:(?=\s|$)")
_LEADING_NUMBER = re.compile(r"\D*(\d+)")

_LABELLED_KINDS = (Kind.OPENING, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH)
_BLOCKS = Said(
    "a paragraph with its label (`PP1. ...`, `OP1. ...`, `OP1(a). ...`, `P1. ...`), an opening line in italics, "
    "a heading (`## ...`), an annex (`# Annex 1. ...`) or a footnote (`[^1]: ...`)"
)


def print_draft(draft: Draft) -> str:
    """The draft as a file in the canonical form. `key` and `version` of its clauses are not written."""
    blocks = [print_front(draft.front, draft.title, draft.origin).rstrip("\n")]
    numbers = _Numbers()
    for clause in draft.clauses:
        if clause.kind is not Kind.TITLE:
            blocks.append(_print_clause(clause, numbers))
        numbers.take(clause.kind, clause.label)
    return "\n\n".join(blocks) + "\n"


def parse(source: str) -> Draft:
    """Read a file in the drafts/ format.

    Raises DraftUnreadable with the number of the line for whatever has no place in it: an unknown or malformed key in
    the front matter, a paragraph without a label, a label given twice, a sub-paragraph without its paragraph, a
    preambular paragraph after an operative one where no heading, opening line or annex begins a new part.
    """
    lines = unicodedata.normalize("NFC", source.removeprefix("\ufeff")).replace("\t", " ").splitlines()
    fronted = read_front(lines)
    assembly = _Assembly(fronted.title)
    for block in _blocks(lines, fronted.body_from):
        assembly.add(block)
    if fronted.body_from == 1 and not assembly.clauses:
        raise DraftUnreadable(
            line=1, found=Said("nothing"), expected=Said("front matter between lines of --- and the paragraphs")
        )
    return Draft(fronted.front, tuple(assembly.clauses), fronted.origin)


def _print_clause(clause: Clause, numbers: "_Numbers") -> str:
    text = " ".join(clause.text.splitlines())
    match clause.kind:
        case Kind.HEADING:
            label = "" if clause.label == numbers.next(Kind.HEADING) else f"[{clause.label}] "
            guard = "\\" if not label and text.startswith("[") else ""
            return f"{'#' * (clause.level + 1)} {label}{guard}{escape(text)}"
        case Kind.ANNEX:
            return f"# {clause.label}. {escape(text)}"
        case Kind.FOOTNOTE:
            return f"[^{clause.label.removeprefix('N')}]: {escape(text)}"
        case Kind.OPENING:
            line = emphasise(text, len(opener(clause.kind, text)))
            return (
                line
                if clause.label == numbers.next(clause.kind) and line.startswith("*")
                else f"{clause.label}. {line}"
            )
        case _:
            italics = len(opener(clause.kind, text)) if clause.level == 1 else 0
            return f"{clause.label}. {emphasise(text, italics)}"


@dataclass(slots=True)
class _Numbers:
    """The label that a heading, annex or opening line without one gets: the number after the last of its kind."""

    last: dict[Kind, int] = field(default_factory=dict)

    def next(self, kind: Kind) -> str:
        number = self.last.get(kind, 0) + 1
        match kind:
            case Kind.OPENING:
                return "Opening" if number == 1 else f"Opening {number}"
            case Kind.ANNEX:
                return f"Annex {number}"
            case _:
                return f"H{number}"

    def take(self, kind: Kind, label: str) -> None:
        number = _LEADING_NUMBER.match(label)
        self.last[kind] = int(number[1]) if number else 1


@dataclass(slots=True)
class _Block:
    """The lines of one clause; `label` is empty where the form alone says what it is, `kind` None where it does not."""

    line: int
    kind: Kind | None
    label: str
    level: int
    pieces: list[str]
    takes_more: bool = True


def _blocks(lines: list[str], first: int) -> Iterator[_Block]:
    current: _Block | None = None
    for number, line in enumerate(lines[first - 1 :], first):
        content = line.strip()
        if not content:
            if current:
                current.takes_more = False
            continue
        begun = _begin(content, number)
        if begun is None and current and current.takes_more:
            current.pieces.append(content)
            continue
        if current:
            yield current
        current = begun or _Block(number, None, "", 1, [content])
    if current:
        yield current


def _begin(line: str, number: int) -> _Block | None:
    """The block that `line` begins by its label or form, if it does."""
    for pattern in (_LABELLED, _LABELLED_WITHOUT_STOP):
        match = pattern.match(line)
        label = read_label(match["label"]) if match else None
        if match and label and label.kind in _LABELLED_KINDS and not match["label"].startswith("opening"):
            return _Block(number, label.kind, str(label), label.level, [line[match.end() :]])
    if (match := _FOOTNOTE.match(line)) and (label := read_label("N" + match["number"])):
        return _Block(number, Kind.FOOTNOTE, str(label), 1, [line[match.end() :]])
    if match := _HEADING.match(line):
        given = match["label"] and canonical(match["label"])
        text = match["text"] if given or not match["label"] else f"[{match['label']}] {match['text']}"
        return _Block(number, Kind.HEADING, given or "", len(match["depth"]) - 1, [text], False)
    if (match := _ANNEX.match(line)) and (label := read_label(match["label"])):
        given = "" if match["label"].lower() == "annex" else str(label)
        return _Block(number, Kind.ANNEX, given, 1, [match["text"].strip() or "Annex"], False)
    if match := _TOP.match(line):
        is_annex = match["text"].lower().startswith("annex")
        return _Block(number, Kind.ANNEX if is_annex else Kind.TITLE, "", 1, [match["text"]], False)
    if _MEANT_AS_LABEL.match(line):
        expected = Said("a label such as OP4, OP4(a), OP4(a)(ii), OP4 bis or OP4 alt, and a full stop")
        raise DraftUnreadable(line=number, found=f"“{_shortened(line)}”", expected=expected)
    return None


@dataclass(slots=True)
class _Assembly:
    """The clauses so far, and what they allow to come next."""

    title: str
    clauses: list[Clause] = field(default_factory=list)
    _numbers: _Numbers = field(default_factory=_Numbers)
    _lines: dict[str, int] = field(default_factory=dict)
    _is_operative: bool = False

    def __post_init__(self) -> None:
        if self.title:
            self.clauses.append(Clause(Kind.TITLE, "Title", screened(self.title, "Title")))

    def add(self, block: _Block) -> None:
        marked = read_marks(" ".join(piece.strip() for piece in block.pieces).strip())
        kind = block.kind or self._kind_without_label(block, marked)
        label = block.label or ("Title" if kind is Kind.TITLE else self._numbers.next(kind))
        if not marked.text:
            raise DraftUnreadable(
                line=block.line,
                found=Said("{label} without words", label=label),
                expected=Said("its text after the label"),
            )
        if kind is Kind.TITLE:
            self._refuse_a_second_title(block, marked.text)
        self._check_place(block, kind, label)
        self._lines[label] = block.line
        self._numbers.take(kind, label)
        self.clauses.append(Clause(kind, label, screened(marked.text, label), block.level))

    def _kind_without_label(self, block: _Block, marked: Marked) -> Kind:
        """A block without a label is an opening line, in italics or at the head of the text, or it has no place."""
        is_first = all(clause.kind in (Kind.TITLE, Kind.HEADING) for clause in self.clauses)
        if marked.is_emphasised_throughout() or (is_first and re.fullmatch(r"The [^,;]+,", marked.text)):
            return Kind.OPENING
        raise DraftUnreadable(line=block.line, found=f"“{_shortened(block.pieces[0])}”", expected=_BLOCKS)

    def _refuse_a_second_title(self, block: _Block, text: str) -> None:
        if self.clauses:
            expected = Said("the title once, in the front matter, and `##` for headings")
            raise DraftUnreadable(line=block.line, found=f"“# {_shortened(text)}”", expected=expected)

    def _check_place(self, block: _Block, kind: Kind, label: str) -> None:
        if label in self._lines:
            expected = Said("each label once; {label} stands on line {line}", label=label, line=self._lines[label])
            raise DraftUnreadable(line=block.line, found=Said("{label} a second time", label=label), expected=expected)
        parent = _parent(label)
        if parent and parent not in self._lines:
            expected = Said("the paragraph {parent} before its sub-paragraphs", parent=parent)
            raise DraftUnreadable(
                line=block.line, found=Said("{label} without {parent}", label=label, parent=parent), expected=expected
            )
        if kind is Kind.PREAMBULAR and self._is_operative:
            expected = Said(
                "preambular paragraphs before the operative ones, unless a heading or opening line begins a part"
            )
            raise DraftUnreadable(
                line=block.line, found=Said("{label} after an operative paragraph", label=label), expected=expected
            )
        if kind is Kind.OPERATIVE:
            self._is_operative = True
        elif kind in (Kind.HEADING, Kind.OPENING, Kind.ANNEX):
            self._is_operative = False


def _parent(label: str) -> str:
    """The label of the paragraph above: OP4(a) for OP4(a)(ii), OP4 for OP4(0)(i); empty at the first level."""
    read = read_label(label)
    if read is None:
        return ""
    steps = list(read.steps[:-1])
    while steps and steps[-1] == Step(0):
        steps.pop()
    return str(Label(read.kind, tuple(steps))) if steps else ""


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
