"""A document as a Word file: the text as a resolution is printed, changes as tracked ones by those who propose them.

Accepting all of them in Word gives the text after, rejecting all the text before. What the file is of travels in its
properties, and the identity of each clause as a bookmark around it (`chp_c7_v4`), which Word and LibreOffice keep.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from app.documents.document import Document
from app.documents.word_body import Body
from app.documents.word_styles import styles
from app.documents.word_xml import DECLARATION, Look, attribute, escaped, paragraph, root, run, timestamp
from app.text.languages import Direction

_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_COMPATIBILITY: Final = "http://schemas.microsoft.com/office/word"
_CUSTOM: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that a user gives a document
_PARTS: Final = {
    "styles": "styles",
    "settings": "settings",
    "footnotes": "footnotes",
    "header": "header",
    "footer": "footer",
    "comments": "comments",
}


def as_word(document: Document) -> bytes:
    """The document as a .docx file."""
    body = Body(document)
    text = body.xml()  # first: it collects notes and comments
    parts = {
        "styles": styles(document),
        "settings": _settings(),
        "footnotes": body.notes.part(),
        "header": _header(document),
        "footer": _footer(document),
        "comments": body.comments.part(),
    }
    parts = {name: part for name, part in parts.items() if part}
    ids = {name: f"rId{number}" for number, name in enumerate(parts, 1)}
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships(),
        "docProps/core.xml": _core(document),
        "docProps/app.xml": _app(),
        "docProps/custom.xml": _custom(document),
        "word/document.xml": root("w:document", f"<w:body>{text}{_section(document, ids)}</w:body>"),
        "word/_rels/document.xml.rels": _related(ids),
        **{f"word/{name}.xml": part for name, part in parts.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same bytes on every system
            archive.writestr(info, content.encode())
    return made.getvalue()


def _settings() -> str:
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_COMPATIBILITY}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
            ("differentiateMultirowTableHeaders", "1"),
        )
    )
    return root(
        "w:settings",
        '<w:zoom w:percent="100"/><w:trackRevisions/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f"<w:compat>{compatible}</w:compat>",
    )


def _header(document: Document) -> str:
    look = Look(is_rtl=document.direction is Direction.RTL)
    front = document.front
    line = run(front.organ, look, tab=bool(front.symbol)) + run(front.symbol, look)
    return root("w:hdr", paragraph("Header", line))


def _footer(document: Document) -> str:
    """The number of the page, and where the text was taken from."""
    pages = "".join(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {field} </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{between}'
        for field, between in (("PAGE", "<w:r><w:t>/</w:t></w:r>"), ("NUMPAGES", ""))
    )
    lines = [origin.line for origin in (document.origin,) if origin]
    if document.since:
        lines.append(f"Changes since: {document.since}")
    small = "".join(paragraph("ChapeauSmallPrint", run(line, Look())) for line in lines)
    return root("w:ftr", paragraph("Footer", "<w:r><w:tab/></w:r>" + pages) + small)


def _section(document: Document, ids: dict[str, str]) -> str:
    bidi = "<w:bidi/>" if document.direction is Direction.RTL else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{ids["header"]}"/>'
        f'<w:footerReference w:type="default" r:id="{ids["footer"]}"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418"'
        f' w:header="709" w:footer="567" w:gutter="0"/>{bidi}</w:sectPr>'
    )


def _content_types(parts: dict[str, str]) -> str:
    kinds = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "/word/document.xml": f"{_WORD}.document.main+xml",
        **{f"/word/{name}.xml": f"{_WORD}.{_PARTS[name]}+xml" for name in parts},
    }
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships() -> str:
    listed = (
        (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        (f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    )
    return _relations((f"rId{number}", kind, target) for number, (kind, target) in enumerate(listed, 1))


def _related(ids: dict[str, str]) -> str:
    return _relations((ids[name], f"{_OFFICE}/relationships/{_PARTS[name]}", f"{name}.xml") for name in ids)


def _relations(listed: Iterable[tuple[str, str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>' for identity, kind, target in listed
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _core(document: Document) -> str:
    at = timestamp(document.origin.at if document.origin else _NO_DATE)
    return root(
        "cp:coreProperties",
        f"<dc:title>{escaped(document.title)}</dc:title><dc:creator>Chapeau</dc:creator>"
        f"<dc:language>{escaped(document.front.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified>',
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    )


def _app() -> str:
    return root("Properties", "<Application>Chapeau</Application>", f'xmlns="{_OFFICE}/extended-properties"')


def _custom(document: Document) -> str:
    """What the file is of: read back when it comes home."""
    origin = document.origin
    told = {
        "ChapeauNegotiation": origin.negotiation if origin else document.front.slug,
        "ChapeauEntry": str(origin.seq) if origin else "",
        "ChapeauHash": origin.hash if origin else "",
        "ChapeauContent": document.content.value,
        "ChapeauLanguage": document.front.language,
    }
    listed = "".join(
        f'<property fmtid="{_CUSTOM}" pid="{number}" name={attribute(name)}><vt:lpwstr>{escaped(value)}</vt:lpwstr>'
        "</property>"
        for number, (name, value) in enumerate(((name, value) for name, value in told.items() if value), 2)
    )
    return root("Properties", listed, f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"')
