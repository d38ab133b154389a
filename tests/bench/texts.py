"""Speeds of what compares and compiles texts: `python -m tests.bench.texts`.

Each as a number and as a ratio to plain diff-match-patch (`diff_main`, then `diff_cleanupSemantic`) on the same texts
in the same run, since machines differ.

Why the word diff is a longest common subsequence of our own, found with the bits of big integers, and not one of the
two engines. Correctness first: by characters with clean-up both cut words, in more than half of the real changes, and
mark more than need be; by words both find the least only without a time-out, and then their worst case grows with the
differences, up to minutes, where ours costs the same for unrelated texts as for related ones. Then speed: at the median
ours is on a par with the C++ engine by words, since cutting the text into tokens is what takes the time, and at the
99th percentile it is ahead. So a compiled dependency would bring nothing. The table of engines shows all five.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from statistics import median, quantiles

import fast_diff_match_patch

from app.problems import TextTooLong
from app.text.clauses import Clause, Kind
from app.text.compilation import Proposal, draft_compilation
from app.text.diff import Op, diff
from app.text.document_diff import Change, ChangeOp, compare
from app.text.screen import TEXT_LIMIT, screened
from app.text.tokens import tokens
from tests.corpus import families, resolution_lines
from tests.yardstick import as_characters, by_characters, by_words, least_marked, words

_KINDS = {"title": Kind.TITLE, "heading": Kind.HEADING, "paragraph": Kind.PARAGRAPH}
GROWTH_SIZES = (100, 200, 400, 800, 1600, 3200)
YARDSTICK_STOPS_SECONDS = 10.0  # plain diff-match-patch would take minutes on the worst texts: its own time-out ends it

Pair = tuple[str, str]


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


def edited_paragraphs() -> list[Pair]:
    """Every paragraph of the families that was edited, with what it became."""
    return [texts for old, new in successive() for texts in _edited(old, new, compare(old, new))]


def _edited(old: list[Clause], new: list[Clause], changes: tuple[Change, ...]) -> Iterator[Pair]:
    for change in changes:
        if change.op in (ChangeOp.CHANGED, ChangeOp.MOVED) and old[change.old[0]].text != new[change.new[0]].text:
            yield old[change.old[0]].text, new[change.new[0]].text


def bench_document_diff() -> None:
    pairs = successive()
    paragraphs = sum(len(old) + len(new) for old, new in pairs)
    whole = best_seconds(lambda: [compare(old, new) for old, new in pairs])
    edited = edited_paragraphs()
    plain = best_seconds(lambda: [by_characters(old, new) for old, new in edited], 1)
    print(f"document diff: {len(pairs)} pairs, {paragraphs:,} paragraphs in {whole:.2f} s (at most 1 s)")
    print(f"  diff-match-patch on the {len(edited):,} edited paragraphs alone: {plain / whole:.1f} times that")
    firsts = [(clauses_of(symbols[0]), clauses_of(symbols[1])) for symbols in families().values()]
    old = [clause for before, _ in firsts for clause in before]
    new = [clause for _, after in firsts for clause in after]
    base = 0.0
    for size in (size for size in GROWTH_SIZES if size <= min(len(old), len(new))):
        seconds = best_seconds(lambda size=size: compare(old[:size], new[:size]))  # type: ignore[misc]
        base = base or seconds / size
        print(f"  {size:5} paragraphs: {seconds * 1000:6.1f} ms, {seconds / size / base:.2f} times that per paragraph")


# --- one paragraph ----------------------------------------------------------------------------------------------------


def _fast_by_characters(base: str, new: str) -> list[tuple[int, str]]:
    found = fast_diff_match_patch.diff(base, new, timelimit=0, cleanup="Semantic", counts_only=False)
    return [(_SIGNS[op], text) for op, text in found]


def _fast_by_words(base: str, new: str) -> list[tuple[int, str]]:
    coded, recoded = as_characters(tokens(base), tokens(new))
    found = fast_diff_match_patch.diff(coded, recoded, timelimit=0, cleanup="No", counts_only=False)
    return [(_SIGNS[op], text) for op, text in found]


_SIGNS = {"=": 0, "-": -1, "+": 1}

ENGINES: dict[str, Callable[[str, str], object]] = {
    "ours": diff,
    "diff-match-patch, characters": by_characters,
    "diff-match-patch, words": lambda base, new: by_words(tokens(base), tokens(new)),
    "fast-diff-match-patch, characters": _fast_by_characters,
    "fast-diff-match-patch, words": _fast_by_words,
}


def bench_paragraph_diff() -> None:
    pairs = edited_paragraphs()
    times = {name: [best_seconds_of(engine, pair) for pair in pairs] for name, engine in ENGINES.items()}
    plain = times["diff-match-patch, characters"]
    print(f"paragraph diff, {len(pairs):,} edited paragraphs (median under 150 us, 99th percentile under 2 ms):")
    for name, took in times.items():
        ratios = (
            f"{median(plain) / median(took):5.1f} and {_p99(plain) / _p99(took):5.1f} times as fast as the plain one"
        )
        print(f"  {name:34} median {median(took) * 1e6:6.0f} us, p99 {_p99(took) * 1e6:7.0f} us; {ratios}")
    for name, engine in (("ours", _ours), ("diff-match-patch, characters", by_characters)):
        cut, marked, least = _faults(pairs, engine)
        print(f"  {name:34} {cut:5} paragraphs with a word cut, {marked / least:.3f} times the least words marked")


def best_seconds_of(engine: Callable[[str, str], object], pair: Pair) -> float:
    """The fastest of three comparisons of one pair, in seconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        engine(*pair)
        times.append(time.perf_counter() - start)
    return min(times)


def _p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[98]


def _ours(base: str, new: str) -> list[tuple[int, str]]:
    signs = {Op.EQUAL: 0, Op.DELETE: -1, Op.INSERT: 1}
    return [(signs[run.op], run.text) for run in diff(base, new)]


def _faults(pairs: list[Pair], engine: Callable[[str, str], list[tuple[int, str]]]) -> tuple[int, int, int]:
    """How many pairs are shown with a word cut; the words marked, whole or in part, and the least there could be."""
    cut = marked = least = 0
    for base, new in pairs:
        runs = engine(base, new)
        sides = (
            ([text for op, text in runs if op != 1], tokens(base)),
            ([text for op, text in runs if op != -1], tokens(new)),
        )
        cut += any([token for text in shown for token in tokens(text)] != list(whole) for shown, whole in sides)
        marked += sum(len(words(text)) for op, text in runs if op)
        least += least_marked(words(base), words(new))
    return cut, marked, least


WORST: dict[str, Pair] = {
    "two unrelated paragraphs of 5,000 words": (
        " ".join(f"a{number % 900}" for number in range(5000)),
        " ".join(f"b{number % 900}" for number in range(5000)),
    ),
    "5,000 words in another order": (
        " ".join(f"w{number * 7919 % 900}" for number in range(5000)),
        " ".join(f"w{number * 6007 % 900}" for number in range(5000)),
    ),
    "10,000 times the same word": ("word " * 10_000, "word " * 9_000 + "other " + "word " * 500),
    "a line of 1 MB": (
        " ".join(map(str, range(150_000))),
        " ".join(str(number) for number in range(150_000) if number % 1000),
    ),
}


def bench_worst() -> None:
    print(f"worst cases (a paragraph has at most {TEXT_LIMIT:,} characters; the engine bears more):")
    for name, (base, new) in WORST.items():
        took = best_seconds(partial(diff, base, new), 1)
        plain = best_seconds(partial(by_characters, base, new, YARDSTICK_STOPS_SECONDS), 1)
        stopped = ", stopped by its time-out" if plain > 0.9 * YARDSTICK_STOPS_SECONDS else ""
        print(f"  {name:40} {took * 1000:7.0f} ms; plain {plain:6.2f} s, {plain / took:6.1f} times that{stopped}")
        print(f"  {'':40} as a paragraph that is sent in: {_answer(base)}")


def _answer(text: str) -> str:
    try:
        screened(text, "text")
    except TextTooLong as refused:
        return str(refused)
    return "taken"


# --- the compilation --------------------------------------------------------------------------------------------------


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
    plain = best_seconds(lambda: [by_characters(old, new) for old, new in pairs], 1)
    print(f"compilation: 100 paragraphs, {len(pairs):,} open amendments in {seconds * 1000:.0f} ms (at most 150 ms)")
    print(f"  diff-match-patch of each amendment alone: {plain / seconds:.1f} times that")


def main() -> None:
    bench_document_diff()
    bench_paragraph_diff()
    bench_worst()
    bench_compilation()


if __name__ == "__main__":
    main()
