"""Word opens a file only where it keeps to the schema of WordprocessingML (ECMA-376): what Word is strict in."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

import pytest
from lxml import etree

from app.cli.sample import load_sample
from app.documents.building import changes_document, text_document
from app.documents.document import Content
from app.documents.word import as_word
from app.record.database import Database
from tests.builders import on_sqlite
from tests.documents import samples
from tests.documents.office import needs_office, resaved
from tests.documents.test_word import edits, sample

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
AT: Final = datetime(2026, 3, 5, 14, tzinfo=UTC)

# The order in which the schema has the children of each: those of them that a resolution could need.
_ORDERS: Final = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom removePersonalInformation trackRevisions doNotTrackMoves defaultTabStop "
    "characterSpacingControl footnotePr endnotePr compat themeFontLang decimalSymbol listSeparator",
}


def parts(file: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def named(roots: Sequence[etree._Element], *names: str) -> Iterator[etree._Element]:
    for root in roots:
        yield from root.iter(*(W + name for name in names))


def faults(file: bytes) -> list[str]:
    """What Word would refuse in a file, or lose of it."""
    made = parts(file)
    words = [root for name, root in made.items() if name.startswith("word/") and not name.endswith(".rels")]
    return [*_out_of_order(words), *_texts(words), *_numbers(words), *_ranges(words), *_package(made)]


def _out_of_order(roots: Sequence[etree._Element]) -> Iterator[str]:
    for name, order in _ORDERS.items():
        places = {W + child: place for place, child in enumerate(order.split())}
        for one in named(roots, name):
            found = [places.get(str(child.tag), -1) for child in one]
            if -1 in found or found != sorted(found):
                yield f"{name}: {[str(child.tag).removeprefix(W) for child in one]}"
    for one in named(roots, "p"):
        if any(child.tag == W + "pPr" for child in one[1:]):
            yield "the properties of a paragraph stand behind its words"


def _texts(roots: Sequence[etree._Element]) -> Iterator[str]:
    for one in named(roots, "t", "delText"):
        text = one.text or ""
        if not text:
            yield "an empty text"
        if text != text.strip() and one.get(XML_SPACE) != "preserve":
            yield f"{text!r} loses its space"
        is_deleted = any(True for _ in one.iterancestors(W + "del"))
        if is_deleted != (one.tag == W + "delText"):
            yield f"{text!r} is deleted in one way and not in the other"
    for one in named(roots, "ins", "del", "moveFrom", "moveTo", "comment"):
        if not 0 < len(one.get(W + "author", "")) <= 255:
            yield "a change of nobody"


def _numbers(roots: Sequence[etree._Element]) -> Iterator[str]:
    """Numbers that are given twice: among changes and bookmarks, names of these, comments, footnotes."""
    marks = ("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "bookmarkStart")
    changes = [one.get(W + "id") for one in named(roots, *marks)]
    for said, given in (
        ("changes", changes),
        ("bookmarks", [one.get(W + "name") for one in named(roots, "bookmarkStart")]),
        ("comments", [one.get(W + "id") for one in named(roots, "comment")]),
        (
            "footnotes",
            [one.get(W + "id") for one in named(roots, "footnote") if one.getparent().tag != W + "footnotePr"],
        ),
    ):
        for value, times in Counter(given).items():
            if times > 1:
                yield f"{said}: {value} is given {times} times"


def _ranges(roots: Sequence[etree._Element]) -> Iterator[str]:
    """What begins and does not end, and what is referred to and is not there."""
    for begins, ends in (
        ("bookmarkStart", "bookmarkEnd"),
        ("commentRangeStart", "commentRangeEnd"),
        ("commentRangeStart", "commentReference"),
        ("commentReference", "comment"),
        ("moveFromRangeStart", "moveFromRangeEnd"),
        ("moveToRangeStart", "moveToRangeEnd"),
    ):
        first, last = (Counter(one.get(W + "id") for one in named(roots, name)) for name in (begins, ends))
        if first != last:
            yield f"{begins} and {ends} are not the same: {first - last} {last - first}"
    sources, targets = (
        Counter(one.get(W + "name") for one in named(roots, name))
        for name in ("moveFromRangeStart", "moveToRangeStart")
    )
    if sources != targets:
        yield f"moves from nowhere or to nowhere: {sources} {targets}"
    referred = {one.get(W + "id") for one in named(roots, "footnoteReference")}
    there = {one.get(W + "id") for one in named(roots, "footnote")}
    if not referred <= there:
        yield f"no footnotes {referred - there}"


def _package(made: dict[str, etree._Element]) -> Iterator[str]:
    types = {str(one.get("PartName")) for one in made["[Content_Types].xml"] if one.get("PartName")}
    known = {f"/{name}" for name in made if not name.endswith(".rels") and name != "[Content_Types].xml"}
    if types != known:
        yield f"kinds are said of other parts than there are: {types ^ known}"
    for name, base in (("_rels/.rels", PurePosixPath()), ("word/_rels/document.xml.rels", PurePosixPath("word"))):
        for one in made[name]:
            if str(base / str(one.get("Target"))) not in made:
                yield f"{one.get('Target')} is not there"
    settings = made["word/settings.xml"]
    if settings.find(W + "trackRevisions") is None:
        yield "changes that a delegate makes are not tracked"
    modes = [
        one.get(W + "val") for one in named([settings], "compatSetting") if one.get(W + "name") == "compatibilityMode"
    ]
    if modes != ["15"]:
        yield f"compatibility mode {modes}"
    kinds = [one.get(W + "type") for one in made["word/footnotes.xml"][:2]]
    if kinds != ["separator", "continuationSeparator"]:
        yield "no line above the footnotes"


@pytest.mark.parametrize("language", ["ENGLISH", "FRENCH", "RUSSIAN", "ARABIC", "CHINESE"])
def test_a_text_in_any_language_is_a_file_that_word_opens(language: str) -> None:
    assert faults(as_word(text_document(getattr(samples, language)))) == []


def test_words_from_right_to_left_say_so_and_each_language_is_named() -> None:
    arabic, chinese = (parts(as_word(text_document(one))) for one in (samples.ARABIC, samples.CHINESE))
    clauses = [one for one in named([arabic["word/document.xml"]], "r") if one.find(W + "t") is not None]
    assert clauses
    assert all(one.find(f"{W}rPr/{W}rtl") is not None for one in clauses)
    assert any(True for _ in named([arabic["word/styles.xml"]], "bidi"))
    (said,) = named([arabic["word/styles.xml"]], "lang")
    assert said.get(W + "bidi") == "ar-SA"
    (said,) = named([chinese["word/styles.xml"]], "lang")
    assert said.get(W + "eastAsia") == "zh-CN"


def test_changes_of_every_kind_are_a_file_that_word_opens() -> None:
    for seed in range(40):
        assert faults(as_word(changes_document(*edits(seed), "Norway", AT))) == [], seed


def test_words_made_to_do_harm_are_words() -> None:
    hostile = samples.of(*samples.HOSTILE)
    assert faults(as_word(text_document(hostile))) == []
    assert faults(as_word(changes_document(samples.of("Urges all;"), hostile, '"><w:x a="', AT))) == []


@on_sqlite
@needs_office
async def test_libreoffice_keeps_the_authors_and_the_times_of_a_compilation(database: Database) -> None:
    await load_sample(database)
    file = as_word(await sample(database, Content.COMPILATION))
    assert faults(file) == []
    (saved,) = resaved([file])
    before, after = (_by(parts(one)["word/document.xml"]) for one in (file, saved))
    assert before == after
    assert len(before) > 5
    comments = (parts(one)["word/comments.xml"] for one in (file, saved))
    own, kept = (
        Counter((one.get(W + "author"), one.get(W + "initials")) for one in named([root], "comment"))
        for root in comments
    )
    assert own == kept


def _by(root: etree._Element) -> set[tuple[str, str]]:
    return {(str(one.get(W + "author")), str(one.get(W + "date"))) for one in named([root], "ins", "del")}
