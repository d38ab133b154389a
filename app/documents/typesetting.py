"""The engine that sets pages: a template of this package and data become a PDF. It reads nothing else: no file outside
the folder of templates, no package, no clock."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from app.problems import DocumentTooLong, FontMissing

_TEMPLATES: Final = Path(__file__).parent / "typst"
_STANDARDS: Final[list[Any]] = ["a-2a", "ua-1"]  # kept for good (PDF/A), and read aloud in order (PDF/UA)
_ONE_AT_A_TIME: Final = Lock()  # the engine uses all processors for one, and much memory for a long one
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # of a text that belongs to no negotiation
_LONGEST: Final = 3_000_000  # characters; takes about ten seconds

_OF_SYSTEM: Final = re.compile("[\u0590-\u1dff\u2e80-\ua63f\uac00-\ufaff\ufe30-\ufeff\U00010000-\U0010ffff]")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_ARABIC_FAMILIES: Final = ("Noto Naskh Arabic", "Amiri", "Noto Sans Arabic", "DejaVu Sans")
_FAMILIES: Final = (*_ARABIC_FAMILIES, "Noto Serif CJK SC", "Noto Sans CJK SC")
_NOT_SHOWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_LONG_WORD: Final = re.compile("[^\\s\u2e80-\U0010ffff]{80,}")
_PART: Final = re.compile(".{60}", re.DOTALL)
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]+")


def typeset(template: str, data: Mapping[str, Any], language: str, at: datetime | None) -> bytes:
    """The PDF of `data`, which has the words of the document, its `title` and `direction`, by a template. It is tagged,
    says its language, keeps to PDF/A-2a and PDF/UA-1, and is the same for the same data: `at` is its date.

    Latin, Greek and Cyrillic come in the fonts of the engine; other scripts in those of this machine. The engine lets
    other threads run. Raises FontMissing, DocumentTooLong.
    """
    written = json.dumps(_printable(data), ensure_ascii=False)
    if len(written) > _LONGEST:
        raise DocumentTooLong(length=len(written), limit=_LONGEST)
    try:
        if _OF_SYSTEM.search(written) is None:
            return _compiled(template, _completed(written, language, []), at or _NO_DATE, of_system=False)
    except typst.TypstError as error:
        if not _NOT_SHOWN.search(error.diagnostic):
            raise
    arabic = _ARABIC.findall(written)
    if arabic and not set(_ARABIC_FAMILIES).intersection(_fonts(True).families()):
        raise _font_missing(arabic)  # the engine has Arabic letters of its own, of a typewriter
    try:
        return _compiled(template, _completed(written, language, _FAMILIES), at or _NO_DATE, of_system=True)
    except typst.TypstError as error:
        missing = _NOT_SHOWN.findall(error.diagnostic)
        if not missing:
            raise
        raise _font_missing(missing) from error


def _completed(written: str, language: str, families: Sequence[str]) -> str:
    """The data with what the template sets them in: a language as the engine knows it, its script, fonts."""
    primary = language.strip().lower().replace("_", "-").partition("-")[0]
    about = {
        "lang": primary if re.fullmatch("[a-z]{2,3}", primary) else "en",
        "script": primary if primary in ("ar", "zh") else "",
        "families": families,
    }
    return f"{json.dumps(about)[:-1]}, {written[1:]}"


def _compiled(template: str, data: str, at: datetime, *, of_system: bool) -> bytes:
    with _ONE_AT_A_TIME:
        made = typst.compile(
            _TEMPLATES / template,
            root=_TEMPLATES,
            font_paths=_fonts(of_system),
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=_STANDARDS,
            package_path=_TEMPLATES,
            package_cache_path=_TEMPLATES,
            timestamp=int(at.timestamp()),
        )
    assert isinstance(made, bytes)  # noqa: S101 - one PDF, since no output is named
    return made


@cache
def _fonts(of_system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=of_system, include_embedded_fonts=True)


def _font_missing(characters: Sequence[str]) -> FontMissing:
    told = (_ESCAPED.sub(lambda found: f"U+{found[1].upper():0>4}", one) for one in dict.fromkeys(characters))
    return FontMissing(characters=" ".join(list(told)[:8]))


def _printable(data: Any) -> Any:
    """The data without characters that no font has, and with places to break words that no line holds."""
    if isinstance(data, str):
        text = _UNPRINTABLE.sub(" ", data)
        return _LONG_WORD.sub(lambda word: _PART.sub("\\g<0>\u200b", word[0]), text)
    if isinstance(data, Mapping):
        return {name: _printable(one) for name, one in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(one) for one in data]
    return data
