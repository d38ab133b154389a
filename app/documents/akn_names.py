"""The names of Akoma Ntoso: namespaces, the addresses (IRIs) of a text, the identifiers (eId) of its elements.

Sources: Akoma Ntoso 1.0 (OASIS, 2018, schema 3.0) and its Naming Convention; AKN4UN, the profile of the United Nations
(https://unsceb-hlcm.github.io): a resolution is a `statement` of the subtype deliberation, addressed as
/akn/un/statement/deliberation/{organ}/{date}/{number}.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from lxml import etree

from app.documents.document import Document
from app.text.languages import Language
from app.text.printed import title_number

AKN: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS: Final = "urn:chapeau:akn:1"
XML: Final = "http://www.w3.org/XML/1998/namespace"
LABEL: Final = f"{{{OURS}}}label"
KIND: Final = f"{{{OURS}}}kind"
LEVEL: Final = f"{{{OURS}}}level"
VERSION: Final = f"{{{OURS}}}version"
POSITION: Final = f"{{{OURS}}}position"
DRAFT: Final = f"{{{OURS}}}draft"
ORIGIN: Final = f"{{{OURS}}}origin"
UNDATED: Final = "0001-01-01"

_LANGUAGES: Final = {
    Language.ARABIC: "ara",
    Language.CHINESE: "zho",
    Language.ENGLISH: "eng",
    Language.FRENCH: "fra",
    Language.RUSSIAN: "rus",
    Language.SPANISH: "spa",
}
_ORGANS: Final = {
    "General Assembly": "unga",
    "Security Council": "unsc",
    "Economic and Social Council": "ecosoc",
    "Human Rights Council": "unhrc",
}
# What the Naming Convention shortens; every other element goes by its own name.
_SHORT: Final = {
    "attachment": "att",
    "blockList": "list",
    "paragraph": "para",
    "section": "sec",
    "subsection": "subsec",
}
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DATE: Final = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")


def akn(name: str) -> str:
    return f"{{{AKN}}}{name}"


def local(element: etree._Element) -> str:
    """The name of an element, in whichever version of the standard it is."""
    return etree.QName(element).localname


def three_letters(language: str) -> str:
    """The code of a language as FRBRlanguage takes it (ISO 639-2): `eng` for `en` and `en-GB`."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    known = {short.value: long for short, long in _LANGUAGES.items()}
    return known.get(primary, primary if re.fullmatch(r"[a-z]{3}", primary) else "und")


def two_letters(language: str) -> str:
    """The other way: `en` for `eng`; an unknown code stays as it is."""
    return next((short.value for short, long in _LANGUAGES.items() if long == language), language)


def slug(text: str, otherwise: str = "") -> str:
    """Words as a part of an address: `a-77-l-60`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or otherwise


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a text on the levels of FRBR, and the dates in them."""

    work: str
    expression: str
    work_date: str
    work_date_is: str
    expression_date: str
    number: str
    organ: str


def addresses(document: Document) -> Addresses:
    """Where a text belongs: by its symbol and when it was adopted, else by its slug and the entry of the record."""
    front, origin = document.front, document.origin
    adopted = title_number(front.symbol).rstrip(".") or front.symbol.removeprefix("S/RES/")
    number = slug(adopted or front.slug or document.title[:60], "draft")
    organ = _ORGANS.get(front.organ) or slug(front.organ, "un")
    taken = origin.at.date().isoformat() if origin else ""
    day = _date_in((*reversed(front.closing), *front.masthead)) if is_adopted(document) else ""
    name = "adoption" if day else "draft" if taken else "undated"
    when = day or taken or UNDATED
    work = f"/akn/un/statement/deliberation/{organ}/{when}/{number}"
    expression = f"{work}/{three_letters(front.language)}@{taken or when}"
    return Addresses(work, expression, when, name, taken or when, number, organ)


def is_adopted(document: Document) -> bool:
    symbol = document.front.symbol
    return bool(title_number(symbol)) or "/RES/" in symbol


def _date_in(lines: Sequence[str]) -> str:
    for line in lines:
        for day, month, year in _DATE.findall(line):
            try:
                return date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()
            except ValueError:
                continue
    return ""


@dataclass(slots=True)
class Identifiers:
    """Gives out eIds; each is unique in the document."""

    _taken: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)

    def give(self, name: str, number: str, within: str = "", *, through: bool = False) -> str:
        """`para_4` for the paragraph printed as `4.`, behind the eId that it stands `within`; the next number of its
        name there where none is printed. `through`: its numbers run through the document, so that it needs no
        prefix while they are unique."""
        cleaned = re.sub(r"[^\w.-]+", "", number, flags=re.ASCII).strip(".")
        short = _SHORT.get(name, name)
        if through and cleaned and (plain := f"{short}_{cleaned}") not in self._taken:
            self._taken.add(plain)
            return plain
        stem = f"{within}__{short}" if within else short
        unnumbered = "" if name not in ("paragraph", "point", "item") else "nn_"
        given = f"{stem}_{cleaned}" if cleaned else ""
        count = 1
        while not given or given in self._taken:
            if cleaned:
                count += 1
                given = f"{stem}_{cleaned}_{count}"
            else:
                self._counts[stem] = self._counts.get(stem, 0) + 1
                given = f"{stem}_{unnumbered}{self._counts[stem]}"
        self._taken.add(given)
        return given
