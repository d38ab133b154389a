"""What an editorial rule is and says, and how it sees a draft: each paragraph with its place among the others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from app.text.clauses import WITH_SUBPARAGRAPHS, Clause, Draft, Kind
from app.text.openers import opener


class Severity(StrEnum):
    """How sure it is that a finding is a slip: an error is one, a warning nearly always, a hint is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the house style. `source` says in one sentence where it comes from."""

    id: str
    title: str
    severity: Severity
    source: str
    english_only: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a draft departs from a rule.

    `start` and `end` are offsets in characters of the text of the clause `label`. `fix` is the whole text of the clause
    with every place of this rule in it put right, or None where it takes a person to decide.
    """

    rule: str
    severity: Severity
    label: str
    start: int
    end: int
    message: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the index of its clause in the draft, since labels of a bad draft may stand twice."""

    at: int
    finding: Finding

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        return self.at, self.finding.start, self.finding.end, self.finding.rule


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A clause that is no footnote, and where it stands.

    `at` is its index in the draft; `part` counts the opening lines, headings of parts and annexes before it; `opener`
    are its first words in italics, where it is a paragraph. `heads` says that sub-paragraphs follow; `following` is the
    next clause but for footnotes. `leads_to_a_list` says that numbered paragraphs without a verb follow a colon: the
    items of an agenda.
    """

    at: int
    clause: Clause
    part: int
    in_annex: bool
    heads: bool
    following: Clause | None
    opener: str
    leads_to_a_list: bool = False

    @property
    def text(self) -> str:
        return self.clause.text

    @property
    def kind(self) -> Kind:
        return self.clause.kind


_PART_ALONE: Final = re.compile(r"[A-Z]\.?|(?:Part )?[IVX]+\.?")


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as the rules see it.

    `prose` are the parts whose operative paragraphs open with no verb: declarations. `listed` are the indices of
    numbered items after a colon (see Paragraph), which are no paragraphs of their own. The Security Council has a
    practice of its own in small things: repeated openers, “this resolution”, resolutions without dates.
    """

    draft: Draft
    paragraphs: tuple[Paragraph, ...]
    prose: frozenset[int]
    listed: frozenset[int]
    is_english: bool
    is_of_the_security_council: bool

    def found(self, rule: Rule, at: int, place: tuple[int, int], message: str, fix: str | None = None) -> Found:
        clause = self.draft.clauses[at]
        fix = None if fix == clause.text else fix
        return Found(at, Finding(rule.id, rule.severity, clause.label, *place, message, fix))

    def replaced(self, rule: Rule, pattern: re.Pattern[str], replacement: str, message: str) -> Iterator[Found]:
        """A finding for each match of `pattern` in any clause, with a fix that replaces all of them there."""
        for at, clause in enumerate(self.draft.clauses):
            fix: str | None = None
            for match in pattern.finditer(clause.text):
                fix = pattern.sub(replacement, clause.text) if fix is None else fix
                yield self.found(rule, at, match.span(), message, fix)


def read(draft: Draft) -> Reading:
    """Look at each paragraph of a draft once, for all rules."""
    body = [(at, clause) for at, clause in enumerate(draft.clauses) if clause.kind is not Kind.FOOTNOTE]
    paragraphs = []
    part = 0
    in_annex = False
    for (at, clause), after in zip_longest(body, body[1:]):
        if clause.kind in (Kind.OPENING, Kind.ANNEX) or (
            clause.kind is Kind.HEADING and _PART_ALONE.fullmatch(clause.text)
        ):
            part += 1
        in_annex = clause.kind is Kind.ANNEX or (in_annex and clause.kind is not Kind.OPENING)
        following = after[1] if after else None
        opens = clause.kind in WITH_SUBPARAGRAPHS and clause.level == 1
        first_words = opener(clause.kind, clause.text) if opens else ""
        paragraphs.append(Paragraph(at, clause, part, in_annex, _heads(clause, following), following, first_words))
    leading, listed = _lists_after_a_colon(paragraphs)
    paragraphs = [replace(each, leads_to_a_list=each.at in leading) if leading else each for each in paragraphs]
    is_english = draft.front.language.lower().split("-")[0] in ("en", "")
    prose = _prose(paragraphs, is_english)
    return Reading(draft, tuple(paragraphs), prose, listed, is_english, _is_of_the_security_council(draft))


def _is_of_the_security_council(draft: Draft) -> bool:
    speakers = [draft.front.organ, *(clause.text for clause in draft.clauses if clause.kind is Kind.OPENING)]
    named = any("security council" in speaker.lower() for speaker in speakers)
    return named or draft.front.symbol.upper().startswith("S/")


def _heads(clause: Clause, following: Clause | None) -> bool:
    return (
        following is not None
        and clause.kind in WITH_SUBPARAGRAPHS
        and following.kind is clause.kind
        and following.level > clause.level
    )


def _prose(paragraphs: Sequence[Paragraph], is_english: bool) -> frozenset[int]:
    """The parts that are no resolution: most paragraphs open with no verb, or all end as sentences do."""
    balance: dict[int, int] = {}
    for paragraph in paragraphs:
        if paragraph.kind is Kind.OPERATIVE and paragraph.clause.level == 1:
            reads_as_one = bool(paragraph.opener) if is_english else not paragraph.text.endswith((".", "。"))
            is_first = paragraph.part not in balance  # where openers are not known, two sentences tell nothing
            start = 0 if is_english or not is_first else 2
            balance[paragraph.part] = balance.get(paragraph.part, start) + (1 if reads_as_one else -1)
    return frozenset(part for part, verbs in balance.items() if verbs < 0)


def _lists_after_a_colon(paragraphs: Sequence[Paragraph]) -> tuple[frozenset[int], frozenset[int]]:
    """The paragraphs that lead to a list of numbered paragraphs without a verb, and the items of the lists."""
    leading: set[int] = set()
    listed: set[int] = set()
    leader: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.kind is not Kind.OPERATIVE or (paragraph.clause.level == 1 and paragraph.opener):
            leads = paragraph.kind is Kind.OPERATIVE and paragraph.text.endswith(":") and not paragraph.heads
            leader = paragraph if leads else None
        elif leader is not None:
            leading.add(leader.at)
            listed.add(paragraph.at)
    return frozenset(leading), frozenset(listed)


def with_text(draft: Draft, texts: dict[int, str]) -> Draft:
    """The draft with other texts at some indices."""
    clauses = tuple(
        replace(clause, text=texts[at]) if at in texts else clause for at, clause in enumerate(draft.clauses)
    )
    return replace(draft, clauses=clauses)


__all__ = ["Finding", "Found", "Paragraph", "Reading", "Rule", "Severity", "read", "with_text"]
