"""Word's automatic numbers, made visible: `1.`, `(a)`, `(i)`, as Word prints them before the words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from app.documents.word_package import Package
from app.documents.word_paragraphs import local_name, value_of

_LEVELS: Final = 9
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts through a document. `styles` are the lists of paragraph styles, by the name of the style."""

    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)  # a list -> what it goes by, levels
    _counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> "Numbering":
        found = cls()
        abstract: dict[str, dict[int, _Level]] = {}
        for one in package.numbering if package.numbering is not None else ():
            if local_name(one) == "abstractNum":
                abstract[value_of(one, "abstractNumId")] = dict(_levels(one))
            elif local_name(one) == "num":
                named = next((value_of(child, "val") for child in one if local_name(child) == "abstractNumId"), "")
                found._lists[value_of(one, "numId")] = (named, abstract.get(named, {}))
        for style in package.styles if package.styles is not None else ():
            called = next((value_of(child, "val") for child in style if local_name(child) == "name"), "")
            for properties in style:
                for one in properties if local_name(properties) == "pPr" else ():
                    if local_name(one) == "numPr":
                        told = {local_name(child): value_of(child, "val") for child in one}
                        found.styles[called.replace(" ", "")] = (told.get("numId", ""), _count(told.get("ilvl", "0")))
        return found

    def next(self, given: tuple[str, int] | None, style: str) -> str:
        """The number of the next paragraph with this numbering (else that of its style); empty for none."""
        name, level = given or self.styles.get(style, ("", 0))
        if name not in self._lists or not 0 <= level < _LEVELS:
            return ""
        by, levels = self._lists[name]
        here = levels.get(level)
        if here is None:
            return ""
        counts = self._counts.setdefault(by, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else here.start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if here.form == "bullet":
            return "•"
        if here.form == "none":
            return ""

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            of = levels.get(at, _Level())
            return _written(counts[at] or of.start, of.form)

        return re.sub(r"%([1-9])", shown, here.text)[:20]


def _levels(abstract: etree._Element) -> Iterator[tuple[int, _Level]]:
    for one in abstract:
        if local_name(one) == "lvl":
            told = {local_name(child): value_of(child, "val") for child in one}
            level = _Level(told.get("numFmt", "decimal"), told.get("lvlText", ""), _count(told.get("start", "1")))
            yield _count(value_of(one, "ilvl")), level


def _count(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 0


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5) if number else ""
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        made = ""
        for value, letters in _ROMAN:
            while number >= value:
                made, number = made + letters, number - value
        return made if form == "lowerRoman" else made.upper()
    return str(number)
