"""The styles of a Word file: a resolution of the United Nations as it is printed, in any of its languages."""

from dataclasses import dataclass
from typing import Final

from app.documents.document import Document, Kind, Paragraph
from app.documents.word_xml import NAMESPACES, root
from app.text.languages import Direction

DEEPEST: Final = 6  # levels of paragraphs and headings that have a style of their own
_NAMES: Final = {
    Kind.HEADING: "ChapeauHeading",
    Kind.PREAMBULAR: "ChapeauPP",
    Kind.OPERATIVE: "ChapeauOP",
    Kind.PARAGRAPH: "ChapeauParagraph",
}
_ONE: Final = {
    Kind.TITLE: "ChapeauTitle",
    Kind.OPENING: "ChapeauOpening",
    Kind.ANNEX: "ChapeauAnnex",
    Kind.FOOTNOTE: "ChapeauLooseNote",
}
_STEP: Final = 567  # twentieths of a point (1 cm): one indent
_LOCALES: Final = {"ar": "ar-SA", "zh": "zh-CN", "en": "en-GB", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
_EAST_ASIAN: Final = frozenset({"zh", "ja", "ko"})


def style_of(one: Paragraph) -> str:
    """The style of a paragraph: by what it is and how deep."""
    if one.kind in _ONE:
        return _ONE[one.kind]
    return f"{_NAMES[one.kind]}{min(max(one.level, 1), DEEPEST)}"


@dataclass(frozen=True, slots=True)
class _Style:
    """A style of paragraphs (or, with `kind` "character", of characters). `name` is what Word's gallery shows."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    next: str = ""
    kind: str = "paragraph"

    def xml(self) -> str:
        is_base = self.id == "Normal"
        parts = f'<w:name w:val="{self.name}"/>'
        parts += f'<w:basedOn w:val="{self.based}"/>' if self.based and not is_base else ""
        parts += f'<w:next w:val="{self.next}"/>' if self.next else ""
        parts += "<w:qFormat/>"
        parts += f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else ""
        parts += f"<w:rPr>{self.run}</w:rPr>" if self.run else ""
        default = ' w:default="1"' if is_base or self.id == "DefaultParagraphFont" else ""
        custom = ' w:customStyle="1"' if self.id.startswith("Chapeau") else ""
        return f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{self.id}">{parts}</w:style>'


def styles(document: Document) -> str:
    """The part `styles.xml`."""
    language = document.front.language.strip().replace("_", "-") or "en"
    primary = language.partition("-")[0].lower()
    locale = language if "-" in language else _LOCALES.get(primary, language)
    is_rtl = document.direction is Direction.RTL
    east = "SimSun" if primary == "zh" else "MS Mincho"
    tagged = f'w:val="{locale}"' if not is_rtl and primary not in _EAST_ASIAN else 'w:val="en-GB"'
    tagged += f' w:eastAsia="{locale if primary in _EAST_ASIAN else "zh-CN"}"'
    tagged += f' w:bidi="{locale if is_rtl else "ar-SA"}"'
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{east}" w:cs="Times New Roman"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="{26 if is_rtl else 22}"/><w:lang {tagged}/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f"{_spacing(120)}"
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    listed = (*_base(is_rtl), *_levels(), *_around(), *_characters(primary in _EAST_ASIAN))
    return root("w:styles", defaults + "".join(one.xml() for one in listed), NAMESPACES)


def _spacing(after: int, before: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="264" w:lineRule="auto"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _base(is_rtl: bool) -> tuple[_Style, ...]:
    bold = "<w:b/><w:bCs/>"
    return (
        _Style("Normal", "Normal", f"<w:widowControl/>{'<w:bidi/>' if is_rtl else ''}"),
        _Style("DefaultParagraphFont", "Default Paragraph Font", kind="character", based=""),
        _Style("ChapeauMasthead", "Chapeau Masthead", _spacing(0), bold),
        _Style(
            "ChapeauTitle",
            "Chapeau Title",
            f'<w:keepNext/><w:keepLines/>{_spacing(200, 280)}<w:outlineLvl w:val="0"/>',
            bold + _size(28),
            next="ChapeauOpening",
        ),
        _Style(
            "ChapeauOpening",
            "Chapeau Opening",
            f'<w:keepNext/>{_spacing(120)}<w:ind w:firstLine="{2 * _STEP}"/>',
            next="ChapeauPP1",
        ),
    )


def _levels() -> tuple[_Style, ...]:
    made = []
    for level in range(1, DEEPEST + 1):
        left = (level - 1) * _STEP
        indent = f'<w:ind w:left="{left}" w:firstLine="{2 * _STEP}"/>'
        tabs = f'<w:tabs><w:tab w:val="left" w:pos="{left + 3 * _STEP}"/></w:tabs>'
        made += [
            _Style(f"ChapeauPP{level}", f"Chapeau PP {level}", tabs + indent),
            _Style(f"ChapeauOP{level}", f"Chapeau OP {level}", tabs + indent),
            _Style(f"ChapeauParagraph{level}", f"Chapeau Paragraph {level}", tabs + indent),
            _Style(
                f"ChapeauHeading{level}",
                f"Chapeau Heading {level}",
                f'<w:keepNext/><w:keepLines/>{_spacing(120, 240)}<w:outlineLvl w:val="{level}"/>',
                f"<w:b/><w:bCs/>{'' if level < 3 else '<w:i/><w:iCs/>'}{_size(max(22, 28 - 2 * level))}",
            ),
        ]
    return tuple(made)


def _around() -> tuple[_Style, ...]:
    rule = '<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr>'
    ends = '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
    return (
        _Style(
            "ChapeauAnnexNumber",
            "Chapeau Annex Number",
            f'<w:keepNext/><w:pageBreakBefore/>{_spacing(60)}<w:outlineLvl w:val="0"/>',
            "<w:b/><w:bCs/>" + _size(28),
            next="ChapeauAnnex",
        ),
        _Style(
            "ChapeauAnnex",
            "Chapeau Annex",
            f'<w:keepNext/><w:keepLines/>{_spacing(200)}<w:outlineLvl w:val="0"/>',
            "<w:b/><w:bCs/>" + _size(26),
            next="ChapeauParagraph1",
        ),
        _Style("ChapeauClosing", "Chapeau Closing", f'{_spacing(0, 60)}<w:jc w:val="right"/>', "<w:i/><w:iCs/>"),
        _Style("ChapeauLooseNote", "Chapeau Loose Note", _spacing(60), _size(18)),
        _Style("ChapeauEnd", "Chapeau End", _spacing(0)),
        _Style("Header", "header", rule.format(side="bottom") + ends + _spacing(0), _size(18)),
        _Style("Footer", "footer", rule.format(side="top") + ends + _spacing(0), _size(16)),
        _Style("ChapeauSmallPrint", "Chapeau Small Print", _spacing(0), '<w:color w:val="595959"/>' + _size(12)),
        _Style("FootnoteText", "footnote text", _spacing(0), _size(18)),
        _Style("CommentText", "annotation text", _spacing(0), _size(20)),
    )


def _characters(is_east_asian: bool) -> tuple[_Style, ...]:
    # What Latin script sets in italics, Chinese sets in regular script.
    opener = '<w:rFonts w:eastAsia="KaiTi"/><w:i/><w:iCs/>' if not is_east_asian else '<w:rFonts w:eastAsia="KaiTi"/>'
    raised = '<w:vertAlign w:val="superscript"/>'
    grey = '<w:color w:val="7F7F7F"/>' + _size(15)

    def of(id: str, name: str, run: str) -> _Style:
        return _Style(id, name, run=run, based="DefaultParagraphFont", kind="character")

    return (
        of("ChapeauOpener", "Chapeau Opener", opener),
        of("ChapeauNumber", "Chapeau Number", ""),
        of("ChapeauLabel", "Chapeau Label", grey),
        of("ChapeauNoteNumber", "Chapeau Note Number", raised),
        of("FootnoteReference", "footnote reference", raised),
        of("CommentReference", "annotation reference", _size(16)),
    )
