"""Every editorial rule has a sentence that trips it, and one of the same kind that professionals write."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.drafts import parse
from app.text.editorial import RULES, Finding, Severity, check, fixed
from app.text.labels import read_label
from app.text.pasted import read_pasted
from tests.corpus import needs_corpus, pasted, symbols

_KINDS = {"T": Kind.TITLE, "O": Kind.OPENING, "H": Kind.HEADING, "PP": Kind.PREAMBULAR, "OP": Kind.OPERATIVE}
_KINDS |= {"P": Kind.PARAGRAPH, "N": Kind.FOOTNOTE, "A": Kind.ANNEX}


def draft(*blocks: str, language: str = "en", organ: str = "General Assembly") -> Draft:
    """A draft from blocks `PP1. Recalling ...,`; a title and an opening line stand before them unless given."""
    given = [re.fullmatch(r"((?:PP|OP|[TOHPNA])\S*?(?: bis| alt)?)\. ?(.*)", block) for block in blocks]
    clauses = []
    for block in given:
        assert block is not None
        kind = _KINDS[re.match(r"PP|OP|[A-Z]", block[1])[0]]  # type: ignore[index]
        label = {"T": "Title", "O": "Opening"}.get(block[1], block[1].replace("A", "Annex "))
        read = read_label(label)
        clauses.append(Clause(kind, label, block[2], read.level if read and kind is not Kind.HEADING else 1))
    before = []
    if not any(clause.kind is Kind.TITLE for clause in clauses):
        before.append(Clause(Kind.TITLE, "Title", "Promoting the social and solidarity economy"))
    if not any(clause.kind is Kind.OPENING for clause in clauses):
        before.append(Clause(Kind.OPENING, "Opening", f"The {organ},"))
    return Draft(FrontMatter(organ=organ, language=language), (*before, *clauses))


def rules(text: Draft) -> list[str]:
    return [finding.rule for finding in check(text)]


def only(rule: str, text: Draft) -> Finding:
    (finding,) = [finding for finding in check(text) if finding.rule == rule]
    return finding


# rule: (blocks with exactly one finding of this rule, blocks that look alike and have none)
EXAMPLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "title-full-stop": (
        ("T. Promoting the social and solidarity economy.", "OP1. Decides to remain seized of the matter."),
        ("T. Report of the Special Committee of the U.S.A.", "OP1. Decides to remain seized of the matter."),
    ),
    "opening-line": (
        ("O. The General Assembly", "PP1. Recalling the Charter,", "OP1. Requests a report."),
        ("O. The General Assembly", "P1. Approves the report of the Credentials Committee."),
    ),
    "opening-organ": (
        ("O. The Human Rights Council,", "OP1. Requests a report."),
        ("O. The General Assembly,", "OP1. Requests a report:", "O2. The Economic and Social Council,"),
    ),
    "opening-missing": (
        ("H1. Means", "PP1. Recalling the Charter,", "O. The General Assembly,", "OP1. Requests a report."),
        ("O. The General Assembly,", "PP1. Recalling the Charter,", "OP1. Requests a report."),
    ),
    "numbering-gap": (
        ("OP1. Welcomes the report;", "OP3. Requests a further report."),
        ("OP1. Welcomes the report;", "OP1 bis. Thanks the Task Force;", "OP2. Requests a further report."),
    ),
    "label-twice": (
        ("OP1. Welcomes the report;", "OP1. Requests a further report."),
        ("OP1. Welcomes the report;", "OP1 alt. Takes note of the report;", "OP2. Requests another."),
    ),
    "letters-gap": (
        ("OP1. Requests the Task Force (a) to report; (b) to convene a meeting; and (d) to publish its outcome.",),
        ("OP1. Recalls article 3 (a) and paragraph 2 (c), and requests (a) a report; (b) a meeting; (c) its outcome.",),
    ),
    "no-words": (("OP1. Welcomes the report;", "OP2. "), ("OP1. Welcomes the report;", "OP2. Requests another.")),
    "preambular-opener": (
        ("PP1. The social and solidarity economy creates decent work,", "OP1. Requests a report."),
        ("PP1. Having heard the statement of the observer,", "PP2. Deeply concerned,", "OP1. Requests a report."),
    ),
    "operative-opener": (
        ("OP1. Welcomes the report;", "OP2. Member States should open their markets;", "OP3. Requests a report."),
        ("OP1. Welcomes the report;", "OP2. Strongly encourages Member States;", "OP3. Requests a report."),
    ),
    "capital-letter": (
        ("OP1. Invites Member States:", "OP1(a). to adopt legal frameworks;", "OP1(b). To report."),
        ("OP1. Invites Member States:", "OP1(a). To adopt legal frameworks;", "OP1(b). e-Government."),
    ),
    "same-opener-preamble": (
        ("PP1. Recalling its resolutions,", "PP2. Recalling the Charter,", "OP1. Requests a report."),
        (
            "PP1. Recalling its resolutions,",
            "PP2. Recalling also the Charter,",
            "PP3. Recalling further the Covenants,",
            "PP4. Recalling the Declaration,",
            "PP5. Recalling, in particular, its preamble,",
            "OP1. Requests a report.",
        ),
    ),
    "same-opener-operative": (
        ("OP1. Encourages Member States to act;", "OP2. Encourages the Task Force to advise them."),
        ("OP1. Encourages Member States to act;", "OP2. Also encourages the Task Force to advise them."),
    ),
    "also-alone": (
        ("OP1. Welcomes the report;", "OP2. Also requests the Secretary-General to report."),
        (
            "OP1. Welcomes the report, and requests another;",
            "OP2. Also requests advice;",
            "OP3. Encourages further work.",
        ),
    ),
    "preambular-comma": (
        ("PP1. Recalling its resolution 70/1 of 25 September 2015;", "OP1. Requests a report."),
        (
            "PP1. Recalling its resolution 70/1 of 25 September 2015,[^1]",
            "N1. The 2030 Agenda.",
            "OP1. Requests a report.",
        ),
    ),
    "operative-semicolon": (
        ("OP1. Welcomes the report.", "OP2. Requests another."),
        ("OP1. Welcomes the report; and", "OP2. Thanks the authors of “Our common future”;", "OP3. Requests another."),
    ),
    "final-full-stop": (
        ("OP1. Welcomes the report;", "OP2. Requests another;"),
        ("OP1. Adopts the terms of reference annexed to it.", "A1. Terms of reference", "P1. The group meets;"),
    ),
    "chapeau-colon": (
        ("OP1. Invites Member States;", "OP1(a). To act;", "OP1(b). To report."),
        ("OP1. Invites Member States:", "OP1(a). To act, that is:", "OP1(a)(i). To plan;", "OP1(a)(ii). To spend."),
    ),
    "subparagraph-semicolon": (
        ("OP1. Invites Member States:", "OP1(a). To act;", "OP1(b). To plan,", "OP1(c). To report."),
        (
            "PP1. Concerned that:",
            "PP1(a). Paper decays;",
            "PP1(b). Discs fail,",
            "OP1. Invites all:",
            "OP1(a). To act; and",
            "OP1(b). To report.",
        ),
    ),
    "resolution-date": (
        ("PP1. Recalling its resolution 70/1,", "OP1. Requests a report under resolution 70/1."),
        (
            "PP1. Recalling its resolutions 39/11 and 39/12 of 12 November 1984 and 217 A (III) of 10 December 1948,",
            "OP1. Recalls resolution 1325 (2000), requests a report under resolution 39/11.",
        ),
    ),
    "two-dates": (
        (
            "PP1. Recalling its resolution 70/1 of 25 September 2015,",
            "OP1. Recalls its resolution 70/1 of 5 October 2015.",
        ),
        (
            "PP1. Recalling its resolution 70/1 of 25 September 2015,",
            "OP1. Recalls its resolution 70/1 of 25 September 2015.",
        ),
    ),
    "no-such-day": (
        ("OP1. Proclaims 31 June 2026 the day of cooperatives.",),
        ("OP1. Proclaims 29 February 2028 and 31 May 2026 days of cooperatives.",),
    ),
    "own-paragraph": (
        ("OP1. Welcomes the report;", "OP2. Requests the measures mentioned in paragraphs 1 and 4 above."),
        (
            "OP1. Asks for the report of paragraph 2 below;",
            "OP2. Requests a report under paragraph 1 above and paragraph 12 of resolution 70/1 of 25 September 2015.",
        ),
    ),
    "footnote-missing": (
        ("OP1. Welcomes the report.[^2]",),
        ("OP1. Welcomes the report.[^2]", "N2. A/77/214."),
    ),
    "footnote-unused": (
        ("OP1. Welcomes the report.", "N1. A/77/214."),
        ("OP1. Welcomes the report[^1] and takes note of its annex.[^1]", "N1. A/77/214."),
    ),
    "unbalanced-bracket": (
        ("OP1. Welcomes the outcome (Sevilla, 2025 of the conference.",),
        ("OP1. Welcomes [the outcome (Sevilla, 2025)] and: a) the pledge; b) the report; (iii) the rest.",),
    ),
    "unbalanced-quote": (
        ("OP1. Decides to include the item entitled “Sustainable development.",),
        (
            "OP1. Decides to add “Cooperatives”:",
            "H1. “Rule 1",
            "P1. “The group meets once a year.",
            "P2. “It reports to the Council.”",
        ),
    ),
    "double-space": (("OP1. Welcomes the  report.",), ("OP1. Welcomes the report of the Task Force.",)),
    "space-before-mark": (
        ("OP1. Welcomes the report , and its annex.",),
        ("OP1. Welcomes the report, and its annex … .org and all.",),
    ),
    "space-after-mark": (
        ("OP1. Welcomes the report,and its annex.",),
        ("OP1. Welcomes the 1,500 pledges, at https://un.org/a,b in the report A/77/214,A/77/215.",),
    ),
    "space-inside-brackets": (("OP1. Welcomes the report ( A/77/214).",), ("OP1. Welcomes the report (A/77/214).",)),
    "double-mark": (
        ("OP1. Welcomes the report;;", "OP2. Requests another."),
        ("OP1. Meets from 9 a.m. to 6 p.m., reports etc.;", "OP2. Requests another... and one more."),
    ),
    "straight-quote": (
        ("OP1. Adds “Cooperatives” and the women's item to its agenda of the year’s work.",),
        ('OP1. Adds "Cooperatives" and the women\'s item to its agenda.',),
    ),
    "year-range": (
        ("OP1. Proclaims the period 2026-2035 the decade of cooperatives.",),
        ("OP1. Takes note of document A/2026-2035, of 2030-1, and of the plan for 2026–2035.",),
    ),
    "mixed-alphabets": (
        ("OP1. Requests the Human Rights \u0421ouncil to report.",),
        ("OP1. Thanks the Федерация and the Council.",),
    ),
    "spelling": (
        ("OP1. Encourages all to recognise cooperatives.",),
        ("OP1. Advises the Organisation for Economic Co-operation and Development to exercise and organize itself.",),
    ),
    "word-twice": (
        ("OP1. Welcomes the report of the the Task Force.",),
        ("OP1. Welcomes the report that that Task Force wrote, in and in-between.",),
    ),
    "present-resolution": (
        ("OP1. Requests a report on the implementation of this resolution.",),
        ("OP1. Requests a report on the implementation of the present resolution.",),
    ),
    "abbreviation-twice": (
        (
            "OP1. Invites the International Labour Organization (ILO);",
            "OP2. Thanks the International Labour Organization (ILO).",
        ),
        ("OP1. Invites the International Labour Organization (ILO);", "OP2. Thanks ILO and the Task Force (TF)."),
    ),
}


def test_every_rule_has_its_examples_and_its_source() -> None:
    assert EXAMPLES.keys() == RULES.keys()
    for rule in RULES.values():
        assert rule.title
        assert rule.source.endswith(".")


def test_the_table_in_the_documentation_lists_every_rule_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "editorial-checks.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    listed = {row[0].strip("| `"): (row[1], row[2], row[3]) for row in rows}
    assert listed == {rule.id: (rule.title, str(rule.severity), rule.source) for rule in RULES.values()}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_finds_the_slip_and_leaves_good_practice_alone(rule: str) -> None:
    slip, practice = EXAMPLES[rule]
    finding = only(rule, draft(*slip))
    clause = next(clause for clause in draft(*slip).clauses if clause.label == finding.label)
    assert 0 <= finding.start <= finding.end <= len(clause.text)
    assert finding.severity is RULES[rule].severity
    assert finding.message.endswith(".")
    assert rule not in rules(draft(*practice))


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_certain_fix_puts_the_slip_right(rule: str) -> None:
    text = draft(*EXAMPLES[rule][0])
    if only(rule, text).fix is not None:
        assert rule not in rules(fixed(text))


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("PP1. Recalling the Charter;", "Recalling the Charter,"),
        ("PP1. Recalling the Charter", "Recalling the Charter,"),
        ("PP1. Recalling the Charter.[^1]", "Recalling the Charter,[^1]"),
        ("PP1. Recalling “the Charter”.", "Recalling “the Charter”,"),
        ("PP1. recognising the ( cooperatives ) ,mutuals;;", "Recognizing the (cooperatives), mutuals,"),
        (
            "OP1. Notes the decade 2026-2035 of the women's world’s “work”,",
            "Notes the decade 2026–2035 of the women’s world’s “work”.",
        ),
        ('OP1. Adds "work" and “pay”;', "Adds “work” and “pay”."),
        ("OP1. Requests a report: ", "Requests a report: "),
        ("OP1. Requests a report; and", "Requests a report; and"),
        (
            "OP1. Requests a report under resolution 70/1 of 25 September 2015",
            "Requests a report under resolution 70/1 of 25 September 2015.",
        ),
    ],
)
def test_a_text_is_put_right_only_where_that_is_certain(slip: str, right: str) -> None:
    text = draft(slip, "OP1. Requests it.") if slip.startswith("PP") else draft(slip)
    assert next(clause.text for clause in fixed(text).clauses if clause.label in ("PP1", "OP1")) == right


def test_repeated_openers_are_counted_as_they_are_in_the_general_assembly() -> None:
    text = draft(*(f"PP{number}. Recalling the instrument,".replace("the", "its") for number in range(1, 7)))
    openers = [" ".join(clause.text.split()[:2]) for clause in fixed(text).clauses[2:]]
    assert openers == ["Recalling its", "Recalling also", "Recalling further"] * 2


def test_the_security_council_has_its_own_practice() -> None:
    text = draft(
        "PP1. Recalling its resolution 70/1,",
        "PP2. Recalling the Charter,",
        "OP1. Requests, in this resolution, all parties:",
        "OP1(a). to act.",
        organ="Security Council",
    )
    assert rules(text) == []


def test_rules_on_words_are_for_english_and_rules_on_marks_for_all() -> None:
    text = draft(
        "O. L’Assemblée générale,",
        "PP1. Rappelant la Charte ;",
        "PP2. Rappelant la résolution 70/1 :",
        "OP1. Prie le Secrétaire général de faire rapport.",
        language="fr",
        organ="Assemblée générale",
    )
    assert rules(text) == ["preambular-comma", "preambular-comma"]


@pytest.mark.parametrize(
    ("language", "blocks"),
    [
        ("zh", ("O. 大会，", "PP1. 回顾其决议，", "OP1. 欢迎该报告；", "OP2. 决定继续处理此案。")),
        ("ar", ("O. إن الجمعية العامة،", "PP1. إذ تشير إلى قرارها،", "OP1. ترحب بالتقرير؛", "OP2. تقرر المتابعة.")),
        (
            "ru",
            ("O. Генеральная Ассамблея,", "PP1. ссылаясь на Устав,", "OP1. приветствует доклад;", "OP2. просит его."),
        ),
        ("es", ("O. La Asamblea General,", "PP1. Recordando la Carta,", "OP1. Acoge el informe; y", "OP2. Pide otro.")),
    ],
)
def test_texts_in_other_languages_end_their_paragraphs_with_marks_of_their_own(
    language: str, blocks: tuple[str]
) -> None:
    assert rules(draft(*blocks, language=language, organ="")) == []


def test_a_full_width_mark_is_replaced_by_one_of_its_kind() -> None:
    text = draft("O. 大会，", "OP1. 欢迎该报告，", "OP2. 决定继续处理此案。", language="zh", organ="")
    assert fixed(text).clauses[2].text == "欢迎该报告；"


def test_parts_with_preambles_of_their_own_are_each_a_text() -> None:
    text = draft(
        "O. The General Assembly,",
        "PP1. Recalling the Charter,",
        "OP1. Requests a report.",
        "H1. B",
        "O2. The General Assembly,",
        "PP2. Recalling the Covenants,",
        "OP2. Welcomes the report;",
        "OP3. Decides to follow up on paragraph 1 above.",
    )
    assert rules(text) == []


def test_a_declaration_and_an_annex_are_not_judged_as_operative_paragraphs() -> None:
    text = draft(
        "O. The General Assembly,",
        "P1. Adopts the following Declaration:",
        "A1. Political declaration",
        "P2. 1. We, Heads of State and Government, met in New York.",
        "P3. recalling nothing",
    )
    assert rules(text) == []
    declaration = ("OP1. We, Heads of State, met in New York.", "OP2. We reaffirm the Charter.", "OP3. We commit,")
    assert rules(draft(*declaration)) == []


def test_the_agenda_that_a_paragraph_leads_to_is_a_list() -> None:
    text = draft("OP1. Approves the agenda:", "OP2. Opening of the Congress.", "OP3. Election of officers.")
    assert rules(text) == []


def test_findings_stand_in_the_order_of_the_text() -> None:
    text = draft("PP1. Recalling  the  Charter ,", "OP1. welcomes the  report;")
    places = [(finding.label, finding.start) for finding in check(text)]
    assert places == [("PP1", 9), ("PP1", 14), ("PP1", 23), ("OP1", 0), ("OP1", 12), ("OP1", 20)]


def test_the_zero_draft_has_no_error_and_no_warning() -> None:
    source = (Path(__file__).parents[2] / "drafts" / "sse.md").read_text("utf-8")
    assert [finding for finding in check(parse(source)) if finding.severity is not Severity.HINT] == []


def test_a_draft_of_a_hundred_paragraphs_is_checked_while_one_types() -> None:
    words = "the social and solidarity economy, as recalled in resolution 70/1 of 25 September 2015 (see above) " * 5
    text = draft(*(f"OP{number}. Encourages {words};" for number in range(1, 101)))
    check(text)
    began = time.process_time()
    check(text)
    assert time.process_time() - began < 0.1  # 20 ms on a quiet machine


@pytest.mark.parametrize("kind", [Kind.OPENING, Kind.OPERATIVE])
@pytest.mark.parametrize(
    "piece", ["(", ")", "“", "  ", " ,", ",,", "a,b", "2000-2001 ", "resolution 1/1, ", "is", "я", "(a) "]
)
def test_the_cost_grows_with_the_length_and_not_faster(piece: str, kind: Kind) -> None:
    text = Draft(clauses=(Clause(kind, "OP1", f"Requests {piece * (20_000 // len(piece))}x"),))
    began = time.process_time()
    check(text)
    assert time.process_time() - began < 2


@needs_corpus
def test_adopted_texts_have_next_to_no_error_and_few_warnings() -> None:
    some = symbols()[::2]  # `python -m tests.bench.editorial` counts on all
    counts = Counter(finding.severity for symbol in some for finding in check(read_pasted(pasted(symbol))))
    assert counts[Severity.ERROR] <= 6
    assert counts[Severity.WARNING] <= len(some)
