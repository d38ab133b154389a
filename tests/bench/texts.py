"""Speeds of what compares and compiles whole texts: `python -m tests.bench.texts`.

Each as a number and as a ratio to diff-match-patch on the same words in the same run, since machines differ.
"""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from diff_match_patch import diff_match_patch

from app.text.clauses import Clause, Kind
from app.text.compilation import Proposal, draft_compilation
from app.text.document_diff import Change, ChangeOp, compare
from tests.corpus import families, resolution_lines

_KINDS = {"title": Kind.TITLE, "heading": Kind.HEADING, "paragraph": Kind.PARAGRAPH}
GROWTH_SIZES = (100, 200, 400, 800, 1600, 3200)


def clauses_of(symbol: str) -> list[Clause]:
    """The lines of one resolution as clauses, by the structure that comes with them; no masthead, no notes."""
    return [
        Clause(
            Kind(line.get("paragraph_type") or _KINDS[line["type"]]),
            line.get("prefix") or "",
            " ".join(line["text"].split()),
            line.get("paragraph_level") or 1,
        )
        for line in resolution_lines(symbol)
        if line["type"] in _KINDS
    ]


def best_seconds(action: Callable[[], object], rounds: int = 3) -> float:
    """The processor time of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def successive() -> list[tuple[list[Clause], list[Clause]]]:
    """Every resolution of the families with its successor."""
    loaded = {symbol: clauses_of(symbol) for symbols in families().values() for symbol in symbols}
    return [(loaded[old], loaded[new]) for symbols in families().values() for old, new in pairwise(symbols)]


def _edited(old: list[Clause], new: list[Clause], changes: tuple[Change, ...]) -> Iterator[tuple[str, str]]:
    for change in changes:
        if change.op in (ChangeOp.CHANGED, ChangeOp.MOVED):
            yield old[change.old[0]].text, new[change.new[0]].text


def _by_characters(pairs: list[tuple[str, str]]) -> None:
    for old, new in pairs:
        plain = diff_match_patch()
        plain.Diff_Timeout = 0
        plain.diff_cleanupSemantic(plain.diff_main(old, new))


def bench_document_diff() -> None:
    pairs = successive()
    paragraphs = sum(len(old) + len(new) for old, new in pairs)
    whole = best_seconds(lambda: [compare(old, new) for old, new in pairs])
    print(f"document diff: {len(pairs)} pairs, {paragraphs:,} paragraphs in {whole:.2f} s (at most 1 s)")
    edited = [texts for old, new in pairs for texts in _edited(old, new, compare(old, new))][::10]
    plain = best_seconds(lambda: _by_characters(edited), 1) * 10
    print(
        f"  diff-match-patch by characters, cleaned up, on the edited paragraphs alone: {plain / whole:.1f} times that"
    )
    firsts = [(clauses_of(symbols[0]), clauses_of(symbols[1])) for symbols in families().values()]
    old = [clause for before, _ in firsts for clause in before]
    new = [clause for _, after in firsts for clause in after]
    base = 0.0
    for size in (size for size in GROWTH_SIZES if size <= min(len(old), len(new))):
        seconds = best_seconds(lambda size=size: compare(old[:size], new[:size]))  # type: ignore[misc]
        base = base or seconds / size
        print(f"  {size:5} paragraphs: {seconds * 1000:6.1f} ms, {seconds / size / base:.2f} times that per paragraph")


def table() -> tuple[list[Clause], dict[str, list[Proposal]]]:
    """A draft of 100 paragraphs with ten open amendments on each: words replaced, put in and taken out."""
    draft = [clause for symbols in families().values() for clause in clauses_of(symbols[0]) if len(clause.text) > 150]
    draft = [Clause(clause.kind, f"OP{number}", clause.text) for number, clause in enumerate(draft[:100], 1)]
    proposals: dict[str, list[Proposal]] = {}
    for number, clause in enumerate(draft):
        for count in range(10):
            words = clause.text.split(" ")
            place = (7 * count + number) % (len(words) - 4)
            words[place : place + count % 3] = ["inclusive", "and"][: count % 4]
            place = (11 * count + 3 * number) % (len(words) - 3)
            words[place] = "strengthen"
            name = f"A{10 * number + count + 1}"
            proposals.setdefault(clause.label, []).append(Proposal(name, ("EU", "NOR")[count % 2 :], " ".join(words)))
    return draft, proposals


def bench_compilation() -> None:
    draft, proposals = table()
    seconds = best_seconds(lambda: draft_compilation(draft, proposals))
    pairs = [(c.text, proposal.text or "") for c in draft for proposal in proposals[c.label]]
    plain = best_seconds(lambda: _by_characters(pairs), 1)
    print(f"compilation: 100 paragraphs, {len(pairs):,} open amendments in {seconds * 1000:.0f} ms (at most 150 ms)")
    print(f"  diff-match-patch by characters, cleaned up, of each amendment alone: {plain / seconds:.1f} times that")


def main() -> None:
    bench_document_diff()
    bench_compilation()


if __name__ == "__main__":
    main()
