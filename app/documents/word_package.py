"""The outside of a Word file from somebody: a ZIP archive of XML that may have been made to do harm.

Nothing is taken from it but the parts that hold words, each within limits that are checked before and while it is
unpacked; entities, document types and macros are refused, and no path in it is ever followed out of it.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from app.documents.xml_parsing import NO_XML, HasDocumentType, root_of
from app.problems import WordHasMacros, WordTooLarge, WordUnreadable
from app.said import Said

MOST_BYTES: Final = 10_000_000  # of the file as it comes
_MOST_ENTRIES: Final = 2_000
_MOST_UNPACKED: Final = 16_000_000  # of one part that is read
_MOST_UNPACKED_ALL: Final = 24_000_000  # of all parts that are read
_MOST_ELEMENTS: Final = 600_000
_RATIO: Final = 250  # to one; XML of a long text is packed some 20 to one
_SMALL: Final = 1_000_000  # bytes that may be packed as tightly as they like
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"  # .doc, or a .docx with a password
_PREFIX: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DOCUMENT: Final = "/officeDocument"
_AGAIN: Final = Said("Open it in Word or LibreOffice, save it as a Word document (.docx), and send that.")
_WORD: Final = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    }
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that hold words, by what they are; a part that the file lacks is None."""

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    comments: etree._Element | None = None
    properties: etree._Element | None = None


def opened(data: bytes) -> Package:
    """The parts of a Word file. Raises WordTooLarge, WordHasMacros, WordUnreadable. Bounded in time and memory."""
    if len(data) > MOST_BYTES:
        raise WordTooLarge(found=Said("{number} bytes", number=f"{len(data):,}"), limit=f"{MOST_BYTES:,}")
    if data.startswith(_OLD_WORD):
        raise WordUnreadable(why=Said("it is in the old format (.doc), or protected with a password"), remedy=_AGAIN)
    if not data.startswith(b"PK"):
        raise WordUnreadable(why=Said("it is no .docx file"), remedy=_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive, _entries(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise WordUnreadable(why=Said("it is damaged or cut short"), remedy=_AGAIN) from error


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """What is in the archive, by name, once it is known to be harmless as a whole."""
    entries: dict[str, zipfile.ZipInfo] = {}
    if len(archive.infolist()) > _MOST_ENTRIES:
        raise WordTooLarge(
            found=Said("{number} parts", number=f"{len(archive.infolist()):,}"), limit=f"{_MOST_ENTRIES:,}"
        )
    for entry in archive.infolist():
        name = entry.filename
        if name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or ":" in name:
            raise WordUnreadable(why=Said("it has a part whose name leads out of it"), remedy=_AGAIN)
        if name.lower() in entries:
            raise WordUnreadable(why=Said("it has one part twice"), remedy=_AGAIN)
        if "vbaproject" in name.lower() or "vbadata" in name.lower():
            raise WordHasMacros(part=name)
        if entry.flag_bits & 1:
            raise WordUnreadable(
                why=Said("it is protected with a password"), remedy=Said("Save it without one, and send that.")
            )
        entries[name.lower()] = entry
    return entries


class _Parts:
    """Reads parts one by one, within the limits of all together."""

    def __init__(self, archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> None:
        self._archive, self._entries = archive, entries
        self._bytes = self._elements = 0

    def read(self, name: str) -> etree._Element | None:
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size):
            raise WordUnreadable(why=Said("a part of it is packed more tightly than any text"), remedy=_AGAIN)
        limit = min(_MOST_UNPACKED, _MOST_UNPACKED_ALL - self._bytes)
        if entry.file_size > limit:
            raise WordTooLarge(found=Said("{number} bytes unpacked", number=f"{entry.file_size:,}"), limit=f"{limit:,}")
        with self._archive.open(entry) as part:
            content = part.read(limit + 1)
        if len(content) > limit:
            raise WordTooLarge(found=Said("more than {number} bytes unpacked", number=f"{limit:,}"), limit=f"{limit:,}")
        self._bytes += len(content)
        self._elements += content.count(b"<")
        if self._elements > 2 * _MOST_ELEMENTS:
            raise WordTooLarge(
                found=Said("some {number} elements", number=f"{self._elements // 2:,}"), limit=f"{_MOST_ELEMENTS:,}"
            )
        return _parsed(content)


def _parsed(content: bytes) -> etree._Element:
    try:
        return root_of(content)
    except HasDocumentType:
        raise WordUnreadable(why=Said("its XML declares a document type or entities"), remedy=_AGAIN) from None
    except NO_XML as error:
        raise WordUnreadable(why=Said("its XML is damaged"), remedy=_AGAIN) from error


def _parts(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> Package:
    parts = _Parts(archive, entries)
    types = parts.read("[Content_Types].xml")
    if types is None:
        raise WordUnreadable(why=Said("it is an archive, but no Office document"), remedy=_AGAIN)
    kinds = {child.get("PartName", "").lower(): child.get("ContentType", "") for child in types}
    macros = next((kind for kind in kinds.values() if "macroenabled" in kind.lower()), "")
    if macros:
        raise WordHasMacros(part=Said(".docm"))
    whole = _related(parts, "")
    main = next((target for kind, target in whole.items() if kind.endswith(_DOCUMENT)), "word/document.xml")
    if kinds.get(f"/{main}".lower(), "") not in {*_WORD, ""}:
        raise WordUnreadable(why=Said("it is an Office file of another kind"), remedy=_AGAIN)
    document = parts.read(main)
    if document is None:
        raise WordUnreadable(why=Said("the part with its text is missing"), remedy=_AGAIN)
    related = _related(parts, main)
    folder = main.rpartition("/")[0]

    def part(kind: str, usual: str) -> etree._Element | None:
        named = next((target for one, target in related.items() if one.endswith(f"/{kind}")), f"{folder}/{usual}")
        return parts.read(named)

    custom = next((target for kind, target in whole.items() if kind.endswith("/custom-properties")), "")
    return Package(
        document,
        part("styles", "styles.xml"),
        part("numbering", "numbering.xml"),
        part("footnotes", "footnotes.xml"),
        part("comments", "comments.xml"),
        parts.read(custom or "docProps/custom.xml"),
    )


def _related(parts: _Parts, name: str) -> dict[str, str]:
    """What a part refers to inside the file, the first of each kind, by the address of the kind: names of entries."""
    folder, _, last = name.rpartition("/")
    found = parts.read(f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels")
    related: dict[str, str] = {}
    for one in found if found is not None else ():
        if one.tag == f"{_PREFIX}Relationship" and one.get("TargetMode", "Internal") != "External":
            target = one.get("Target", "")
            inside = target[1:] if target.startswith("/") else "/".join(filter(None, (folder, target)))
            related.setdefault(one.get("Type", ""), inside)
    return related
