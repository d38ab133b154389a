"""A page as its reader has it: the words that the page itself says, without those that people wrote."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

_EMPTY: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SILENT: Final = frozenset(["script", "style", "code", "textarea", "kbd", "svg"])
_SAID: Final = ("title", "aria-label", "placeholder", "alt")
_QUOTED: Final = re.compile(r"“[^”]*”|«[^»]*»")
# Words that are English and nothing else, as few sentences are without.
_ENGLISH: Final = re.compile(
    r"\b(the|of|was|were|is|are|by|with|and|to|for|not|it|its|has|have|been|this|that|an|who|what|which|from)\b", re.I
)


class Reading(HTMLParser):
    """What a page says in its own language: its texts, and what it says to those who do not see it.

    What is in another language (`lang`), or in whatever direction it has (`dir="auto"`), people wrote.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []  # each element, and whether the page itself speaks in it
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        speaks = (
            self._speaks
            and tag not in _SILENT
            and given.get("dir") != "auto"
            and given.get("lang", self.language) == self.language
        )
        if speaks:
            self.said += [str(given[name]) for name in _SAID if given.get(name)]
        if tag not in _EMPTY:
            self._open.append((tag, speaks))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._speaks and data.strip():
            self.said.append(" ".join(data.split()))

    @property
    def _speaks(self) -> bool:
        return self._open[-1][1] if self._open else True


def own_words(html: str, names: Iterable[str]) -> list[str]:
    """What a page says itself, without what it quotes, and without `names`, which are people's."""
    ordered = sorted(names, key=len, reverse=True)
    found = []
    for said in Reading(html).said:
        ours = _QUOTED.sub("", said)
        for name in ordered:
            ours = ours.replace(name, "")
        found.append(ours)
    return found


def is_english(said: str) -> bool:
    return _ENGLISH.search(said) is not None
