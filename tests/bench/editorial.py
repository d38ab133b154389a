"""Counts the findings of the editorial checks on the corpus: `python -m tests.bench.editorial [--show RULE] [--given]`.

Adopted texts were edited by professionals, so a finding is a false alarm, a real slip, or an error of the structure
detector. Each text is checked twice: as it is read from plain text, and as a draft built from the labels that the
corpus gives; what appears in the first count alone is the detector's.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.text import pasted_lines as forms
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.editorial import RULES, Finding, check
from app.text.labels import renumbered
from app.text.pasted import read_pasted
from app.text.pasted_lines import full
from tests.corpus import pasted, resolution_lines, symbols

_ORGANS = {"A_HRC": "Human Rights Council", "A": "General Assembly", "E": "Economic and Social Council"}


def read_text(symbol: str) -> Draft:
    return read_pasted(pasted(symbol))


def given(symbol: str) -> Draft:
    """The draft that the labels of the corpus describe; footnotes and pages left out."""
    given_clauses = list(_given_clauses(symbol))
    labels = renumbered([clause for clause, _ in given_clauses])
    printed = []
    for (_, number), label in zip(given_clauses, labels, strict=True):
        parent = next((other for other in reversed(printed) if other.startswith("OP") and "(" not in other), "")
        is_below = label.startswith("OP") and "(" in label
        printed.append(f"OP{number}" if number else parent + label[label.index("(") :] if is_below else label)
    if len(set(printed)) < len(printed):
        printed = list(labels)
    organ = _ORGANS.get(symbol.split("_RES")[0], "Security Council")
    clauses = (replace(clause, label=label) for (clause, _), label in zip(given_clauses, printed, strict=True))
    return Draft(FrontMatter(organ=organ), tuple(clauses))


def _given_clauses(symbol: str) -> Iterator[tuple[Clause, str]]:
    """The clauses without labels, each with its number as printed where it is a numbered paragraph."""
    in_annex = False
    for line in resolution_lines(symbol):
        text = " ".join(line["text"].split("\n")).strip()
        level = line.get("paragraph_level") or 1
        match line["type"]:
            case "title" if text:
                yield Clause(Kind.TITLE, "", text), ""
            case "heading" if text or line.get("prefix"):
                in_annex = in_annex or full(forms.ANNEX, text) is not None
                yield Clause(Kind.HEADING, "", text or str(line["prefix"])), ""
            case "paragraph" if text:
                kind = Kind.PREAMBULAR if line.get("paragraph_type") == "preambular" else Kind.OPERATIVE
                if full(forms.OPENING, text):
                    yield Clause(Kind.OPENING, "", text), ""
                else:
                    is_numbered = kind is Kind.OPERATIVE and level == 1 and not in_annex
                    number = str(line.get("prefix") or "").rstrip(".") if is_numbered else ""
                    clause = Clause(Kind.PARAGRAPH if in_annex else kind, "", text, level)
                    yield clause, number if number.isdecimal() else ""


def findings_on(build: Callable[[str], Draft]) -> Iterator[tuple[str, Finding, Draft]]:
    for symbol in symbols():
        draft = build(symbol)
        for finding in check(draft):
            yield symbol, finding, draft


def main() -> None:
    shown = sys.argv[sys.argv.index("--show") + 1] if "--show" in sys.argv else ""
    if shown:
        _show(shown, given if "--given" in sys.argv else read_text)
        return
    counts = [Counter(finding.rule for _, finding, _ in findings_on(build)) for build in (read_text, given)]
    print(f"{'rule':26} {'severity':9} {'as pasted':>9} {'as given':>9}")
    for rule in RULES.values():
        print(f"{rule.id:26} {rule.severity:9} {counts[0][rule.id]:9} {counts[1][rule.id]:9}")
    drafts = [read_text(symbol) for symbol in symbols()]
    began = time.process_time()
    for draft in drafts:
        check(draft)
    spent = time.process_time() - began
    clauses = sum(len(draft.clauses) for draft in drafts)
    print(f"{len(drafts)} texts, {clauses} clauses: {spent / clauses * 1e5:.2f} ms per hundred clauses")


def _show(rule: str, build: Callable[[str], Draft]) -> None:
    for symbol, finding, draft in findings_on(build):
        if finding.rule == rule:
            text = next(clause.text for clause in draft.clauses if clause.label == finding.label)
            around = f"{text[max(finding.start - 60, 0) : finding.start]}⟦{text[finding.start : finding.end]}⟧"
            print(f"{symbol} {finding.label}: …{around}{text[finding.end : finding.end + 60]}… | {finding.message}")


if __name__ == "__main__":
    main()
