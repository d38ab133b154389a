"""Speed of documents: `python -m tests.bench.documents`. A text of 100 paragraphs with 1,000 open amendments.

Each document is made in a process of its own, so that its peak of memory is its own: the first time there, with what
the format needs loaded, and once more. Beside it what an answer from memory takes.
"""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Final

from app.documents.building import document_of
from app.documents.formats import Format, written
from app.documents.tables import TableFormat, written_table
from app.http.exports import Exports
from app.rules.amendments import ChangeKind
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.compilation import Proposal, draft_compilation
from app.text.languages import Direction
from app.text.origin import Origin
from app.views.compilations import CompiledParagraph
from app.views.drafts import Consolidated
from app.views.exports import Content, Export, OpenProposal, Wanted
from app.views.tables import Table
from tests.bench.wording import wording

PARAGRAPHS: Final = 100
AMENDMENTS: Final = 1_000
CODES: Final = tuple(f"X{number:02}" for number in range(15))
AT: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
ORIGIN: Final = Origin("large", "", 1_001, "0" * 64, AT)


def export() -> Export:
    """The compilation of the text, as a negotiation would give it."""
    clauses = [
        Clause(Kind.OPERATIVE, f"OP{number}", wording(number), 1, f"c{number}", 1)
        for number in range(1, PARAGRAPHS + 1)
    ]
    proposals: dict[str, list[Proposal]] = {clause.label: [] for clause in clauses}
    told = []
    for number in range(1, AMENDMENTS + 1):
        clause = clauses[number % PARAGRAPHS]
        name, by, words = f"A{number}", (CODES[number % len(CODES)],), wording(int(clause.label[2:]), number)
        proposals[clause.label].append(Proposal(name, by, words))
        told.append(
            OpenProposal(name, ChangeKind.REPLACE, clause.key, clause.label, by, AT, "Our capital asks.", words, False)
        )
    compiled = tuple(
        CompiledParagraph(
            label=one.clause.label,
            key=one.clause.key,
            kind=one.clause.kind,
            level=one.clause.level,
            version=one.clause.version,
            is_proposed=False,
            runs=one.compilation.runs,
            notation="",
            html="",
            rivals=(),
            beside=(),
        )
        for one in draft_compilation(clauses, proposals)
    )
    draft = Draft(FrontMatter(slug="large", organ="General Assembly"), tuple(clauses), ORIGIN)
    text = Consolidated("large", ORIGIN.seq, ORIGIN.hash, AT, draft, Direction.LTR)
    names = {code: f"State {code}" for code in CODES}
    return Export(Content.COMPILATION, text, None, compiled, tuple(told), names)


def table() -> Table:
    """As many rows as there are amendments."""
    columns = ("amendment", "status", "paragraph", "proposer", "changes", "proposed text", "submitted")
    rows = tuple(
        (
            f"A{number}",
            "proposed",
            f"OP{number % PARAGRAPHS + 1}",
            CODES[number % len(CODES)],
            *(wording(number),) * 2,
            AT,
        )
        for number, words in ((number, wording(number)) for number in range(AMENDMENTS))
    )
    return Table("amendments", columns, rows, ORIGIN)


def measured(make: Callable[[], bytes]) -> tuple[float, float, float, int]:
    """The seconds of the first time and of the next, the most memory in MB, and the size of what was made."""
    taken = []
    made = b""
    for _ in range(2):
        began = time.perf_counter()
        made = make()
        taken.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return taken[0], taken[1], peak, len(made)


def one(name: str) -> tuple[float, float, float, int]:
    """A format (`docx`) or a table (`table csv`)."""
    if name.startswith("table "):
        rows, as_table = table(), TableFormat(name.removeprefix("table "))
        return measured(lambda: written_table(rows, as_table))
    shown, as_format = export(), Format(name)
    return measured(lambda: written(document_of(shown), as_format))


async def from_memory() -> float:
    """The seconds that an answer takes which was made before."""
    kept = Exports(4)
    shown = export()
    await kept.shown(1, shown, Wanted(Content.COMPILATION), Format.WORD)
    taken = []
    for _ in range(50):
        began = time.perf_counter()
        await kept.shown(1, shown, Wanted(Content.COMPILATION), Format.WORD)
        taken.append(time.perf_counter() - began)
    return median(taken)


def main() -> None:
    print(
        f"Documents: {PARAGRAPHS} paragraphs with {AMENDMENTS:,} open amendments in place, each in a process of its own"
    )
    fresh = multiprocessing.get_context("spawn")
    for name in (*Format, *(f"table {kind}" for kind in (TableFormat.CSV, TableFormat.XLSX))):
        with fresh.Pool(1) as process:
            first, again, peak, size = process.apply(one, (str(name),))
        print(
            f"  {name:12}{first:8.2f} s first{again:8.2f} s again{peak:8.0f} MB at most{size / 1000:10.0f} kB",
            flush=True,
        )
    print(f"  from memory {asyncio.run(from_memory()) * 1000:8.2f} ms")


if __name__ == "__main__":
    main()
