"""Which first words of a paragraph are set in italics: the opener.

United Nations practice: the participle (preambular) or the verb (operative) with its adverbs and the words without
which it says nothing: *Recalling further*, *Deeply concerned*, *Taking note with appreciation* of, *Also calls upon*,
*Expresses its deep concern* at. The preposition that leads to the object stays upright, except in *calls upon*,
*calls for* and *calls on*. The opening line is set in italics as a whole, without its comma.
"""

import re
from collections.abc import Callable

from app.text.clauses import Kind

_WORD = re.compile(r"\s*([^\W\d_]+(?:[-’'][^\W\d_]+)*)")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Adverbs before the verb ("Also encourages", "Deeply concerned"); any other word in -ly counts too.
_BEFORE = _words("also further again still once however thus therefore having")
# Adverbs after it ("Recalling further", "Urges once again").
_AFTER = _words("also further again anew however therefore unequivocally categorically")
_TWO_WORDS_AFTER = frozenset({("once", "again"), ("once", "more"), ("yet", "again")})

# What a person feels, expresses or notes with: "with deep concern", "its sincere appreciation".
_FEELINGS = _words("""
    admiration alarm anxiety appreciation approval belief commitment concern concerns condemnation condolences
    confidence conviction desire determination disappointment dismay encouragement gratitude hope indignation interest
    intention outrage pleasure readiness recognition regret regrets resolve respect satisfaction solidarity
    support sympathy thanks willingness""")
_QUALIFIERS = _words("""
    its their our the utmost deep deepest grave gravest great greatest serious particular profound full strong
    strongest sincere continued continuing warm heartfelt firm special high growing further also much keen extreme
    and""")

# What completes a verb that says little alone, the longest first.
_COMPLEMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "take": (("note",), ("into", "account"), ("into", "consideration"), ("account",), ("cognizance",), ("notice",)),
    "bear": (("in", "mind"),),
    "keep": (("in", "mind"),),
    "have": (("in", "mind"), ("regard",)),
    "call": (("upon",), ("for",), ("on",), ("attention",)),
    "look": (("forward",),),
    "pay": (("tribute",), ("special", "tribute")),
    "draw": (("attention",), ("the", "attention")),
    "place": (("on", "record"),),
    "give": (("effect",),),
}
_LEADS_TO_A_PARTICIPLE = frozenset({"remain", "be"})
_OBJECT_IS_A_FEELING = frozenset({"express", "renew", "reiterate", "convey", "voice"})

_PARTICIPLES = _words("""
    aware mindful conscious desirous confident cognizant anxious sensitive united desiring guided resolved
    determined convinced""")
_VERBS = _words("""
    accept acknowledge adopt affirm agree amend appeal appoint appreciate approve apportion appropriate authorize
    authorise call clarify commend commit concur condemn confirm congratulate consider continue convey decide declare
    demand denounce deplore determine direct draw elect emphasize emphasise encourage endorse establish express
    give have highlight hope instruct invite look maintain note object pay place proclaim propose realize reaffirm
    recall recognize recognise recommend recommit reconfirm re-emphasize reiterate regret reject remain remind renew
    request require resolve state stress strengthen suggest support take thank transmit underline underscore
    undertake urge welcome""")
# Nouns that end like a verb in the third person and open paragraphs of declarations.
_NOT_VERBS = _words("""
    states members parties governments countries nations peoples persons women children its this his as has is was
    does measures actions efforts forests weapons representatives progress access unless less across besides
    perhaps always""")
_MODALS = _words("should shall must may will would can could might are were have has had need")


def closing_length(text: str) -> int:
    """How many characters of punctuation and space end an opening line: they are not set in italics."""
    return next((length for length, mark in enumerate(reversed(text)) if not _closes(mark)), len(text))


def _closes(mark: str) -> bool:
    return mark.isspace() or mark in ",;:."


def opener(kind: Kind, text: str) -> str:
    """The leading words of a paragraph's `text` that are set in italics; always a prefix of it, or an empty string.

    For headings, annexes, footnotes and titles there is none. An unknown word counts as opener when its form says
    so: a participle in the preamble, a verb in the third person in the operative part.
    """
    if kind is Kind.OPENING:
        return text[: len(text) - closing_length(text)]
    if kind is Kind.PREAMBULAR:
        return text[: _Words(text).opener(_is_participle)]
    if kind in (Kind.OPERATIVE, Kind.PARAGRAPH):
        return text[: _Words(text).opener(_is_verb if kind is Kind.OPERATIVE else _is_known_verb)]
    return ""


def _is_participle(word: str, _following: str) -> bool:
    return (len(word) > 4 and word.endswith(("ing", "ed"))) or word in _PARTICIPLES


def _is_known_verb(word: str, following: str) -> bool:
    return _stem(word) in _VERBS and word.endswith("s") and word not in _NOT_VERBS and following not in _MODALS


def _is_verb(word: str, following: str) -> bool:
    if _is_known_verb(word, following):
        return True
    looks_like_one = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ous", "ions", "ities"))
    return looks_like_one and word not in _NOT_VERBS and following not in _MODALS


def _stem(word: str) -> str:
    """The plain form of a verb, as far as the lists here need it: takes, taking -> take; expresses -> express."""
    for ending in ("ing", "es", "s"):
        if word.endswith(ending):
            bare = word[: -len(ending)]
            return next((form for form in (bare, bare + "e", bare.removesuffix("i") + "y") if form in _KNOWN), bare)
    return word


_KNOWN = _VERBS | _COMPLEMENTS.keys() | _OBJECT_IS_A_FEELING | _LEADS_TO_A_PARTICIPLE


class _Words:
    """The first words of a text that follow each other with nothing but spaces between, and where each ends."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.ends: list[int] = [0]
        position = 0
        while len(self.words) < 12 and (match := _WORD.match(text, position)):
            self.words.append(match[1].lower())
            position = match.end()
            self.ends.append(position)

    def opener(self, is_opener: Callable[[str, str], bool]) -> int:
        """Where the opener ends in the text; 0 when there is none."""
        at = self._skip_adverbs(0)
        if not is_opener(self._at(at), self._at(at + 1)):
            return 0
        at = self._complete(at)
        if self._at(at) == "and" and is_opener(self._at(at + 1), self._at(at + 2)):
            at = self._complete(at + 1)
        return self.ends[at]

    def _at(self, index: int) -> str:
        return self.words[index] if index < len(self.words) else ""

    def _skip_adverbs(self, at: int) -> int:
        while self._at(at + 1) and (self._at(at) in _BEFORE or self._at(at).endswith("ly")):
            at += 1
        return at

    def _complete(self, verb: int) -> int:
        """The index after the verb at `verb`, its adverbs and what completes it."""
        stem = _stem(self._at(verb))
        at = self._adverbs_after(verb + 1)
        at = self._complement(stem, at)
        at = self._adverbs_after(at)
        if stem in _LEADS_TO_A_PARTICIPLE:
            participle = self._skip_adverbs(at)
            at = participle + 1 if _is_participle(self._at(participle), "") else at
        elif stem in _OBJECT_IS_A_FEELING:
            at = self._feeling(at)
        elif self._at(at) == "with":
            after_with = self._feeling(at + 1)
            at = after_with if after_with > at + 1 else at
        return self._adverbs_after(at)

    def _adverbs_after(self, at: int) -> int:
        while True:
            if self._at(at) in _AFTER:
                at += 1
            elif (self._at(at), self._at(at + 1)) in _TWO_WORDS_AFTER:
                at += 2
            else:
                return at

    def _complement(self, stem: str, at: int) -> int:
        for words in _COMPLEMENTS.get(stem, ()):
            if tuple(self.words[at : at + len(words)]) == words:
                return at + len(words)
        return at

    def _feeling(self, at: int) -> int:
        """The index after "its deep concern" when such words stand at `at`, else `at`."""
        end = at
        while self._at(end) in _QUALIFIERS or self._at(end) in _FEELINGS:
            end += 1
            if self._at(end - 1) in _FEELINGS and self._at(end) != "and":
                return end
        return next((stop for stop in range(end, at, -1) if self._at(stop - 1) in _FEELINGS), at)
