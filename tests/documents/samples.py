"""Drafts with all that a page can have, to look at as printed."""

from dataclasses import replace
from datetime import UTC, datetime

from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.origin import Origin

ORIGIN = Origin("water", "Rev.1", 42, "ab" * 32, datetime(2026, 3, 5, 14, tzinfo=UTC))

ENGLISH = Draft(
    FrontMatter(
        organ="General Assembly",
        symbol="A/C.2/80/L.14",
        session="Eightieth session",
        agenda_item="18 (k)",
        masthead=("Albania, Brazil and Chile: draft resolution",),
        closing=("65th plenary meeting",),
    ),
    (
        Clause(Kind.TITLE, "Title", "Safe drinking water for all"),
        Clause(Kind.OPENING, "Opening", "The General Assembly,"),
        Clause(Kind.PREAMBULAR, "PP1", "Recalling its resolution 64/292 of 28 July 2010,[^1]"),
        Clause(Kind.PREAMBULAR, "PP2", "Deeply concerned at the cost of safe water,[^2]"),
        Clause(Kind.HEADING, "H1", "Measures"),
        Clause(Kind.OPERATIVE, "OP1", "Encourages Member States to measure the quality of water every year;"),
        Clause(Kind.OPERATIVE, "OP2", "Also encourages Member States to consider, inter alia:"),
        Clause(Kind.OPERATIVE, "OP2(a)", "Tariffs that everyone can pay:", 2),
        Clause(Kind.OPERATIVE, "OP2(a)(i)", "In towns;", 3),
        Clause(Kind.OPERATIVE, "OP2(b)", "Public reports on the quality of water;", 2),
        Clause(Kind.OPERATIVE, "OP3", "Decides to remain seized of the matter."),
        Clause(Kind.ANNEX, "A1", "Principles of safe water"),
        Clause(Kind.PARAGRAPH, "A1 P1", "Water is a right."),
        Clause(Kind.FOOTNOTE, "N1", "See A/64/L.63."),
        Clause(Kind.FOOTNOTE, "N2", "Not in the Economic and Social Council."),
    ),
    ORIGIN,
)

FRENCH = Draft(
    FrontMatter(organ="Assemblée générale", session="Quatre-vingtième session", language="fr"),
    (
        Clause(Kind.TITLE, "Title", "De l’eau potable pour tous"),
        Clause(Kind.OPENING, "Opening", "L’Assemblée générale,"),
        Clause(Kind.PREAMBULAR, "PP1", "Préoccupée par le coût de l’eau potable, notamment « là où elle manque »,"),
        Clause(Kind.OPERATIVE, "OP1", "Encourage les États Membres à mesurer chaque année la qualité de l’eau ;"),
    ),
    ORIGIN,
)

RUSSIAN = Draft(
    FrontMatter(organ="Генеральная Ассамблея", language="ru"),
    (
        Clause(Kind.TITLE, "Title", "Безопасная питьевая вода для всех"),
        Clause(Kind.OPENING, "Opening", "Генеральная Ассамблея,"),
        Clause(Kind.OPERATIVE, "OP1", "призывает государства-члены ежегодно оценивать качество воды;"),
    ),
    ORIGIN,
)

ARABIC = Draft(
    FrontMatter(organ="الجمعية العامة", symbol="A/C.2/80/L.14", language="ar"),
    (
        Clause(Kind.TITLE, "Title", "مياه الشرب المأمونة للجميع"),
        Clause(Kind.OPENING, "Opening", "إن الجمعية العامة،"),
        Clause(Kind.OPERATIVE, "OP1", "تشجع الدول الأعضاء على قياس جودة المياه سنويا؛"),
        Clause(Kind.OPERATIVE, "OP1(a)", "تسعيرة ميسورة التكلفة للجميع؛", 2),
    ),
    ORIGIN,
)

CHINESE = Draft(
    FrontMatter(organ="大会", symbol="A/C.2/80/L.14", language="zh"),
    (
        Clause(Kind.TITLE, "Title", "人人享有安全饮用水"),
        Clause(Kind.OPENING, "Opening", "大会，"),
        Clause(Kind.OPERATIVE, "OP1", "鼓励会员国每年衡量水质；"),
    ),
    ORIGIN,
)


def of(*texts: str) -> Draft:
    """A draft of operative paragraphs."""
    clauses = (Clause(Kind.OPERATIVE, f"OP{at}", text) for at, text in enumerate(texts, 1))
    return Draft(FrontMatter(), tuple(clauses), ORIGIN)


def reworded(draft: Draft, label: str, text: str) -> Draft:
    """The draft with other words in one paragraph."""
    clauses = (replace(one, text=text) if one.label == label else one for one in draft.clauses)
    return replace(draft, clauses=tuple(clauses))


HOSTILE = (
    '#read("/etc/passwd") #eval("1+1") $x$ *bold* _it_ `raw` @ref <label> \\u{41} // comment',
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; \" ' ]]> <!-- -->",
    '"}, {"mark": "kept"} \\\\ \\" {{ }} %s ${HOME}',
    "   ",
    "\u00a0\u2003 \u200b",
    "w" * 5_000,
    "= Heading\n- list",
    "e\u0301\u0327 ﬁ ½ ₂ × ÷ § ¶ † – — “” ‘’ « »",
)
