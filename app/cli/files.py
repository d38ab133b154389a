"""For people who have only files, without a server: `chapeau diff`, `merge`, `detect` and `check`."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Final

import typer

from app.cli.running import fail, problems_said
from app.cli.texts import read
from app.text.clauses import Clause, Draft, Kind
from app.text.diff import Op, Run
from app.text.document_diff import Change, ChangeOp, compare
from app.text.drafts import parse, print_draft
from app.text.editorial import Severity, check, fixed
from app.text.labels import HEADS, read_label
from app.text.merge import merge as merged
from app.text.pasted import LineKind, detect, is_draft_file, read_draft

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead.")]
_KINDS: Final = {
    LineKind.TITLE: Kind.TITLE,
    LineKind.OPENING: Kind.OPENING,
    LineKind.HEADING: Kind.HEADING,
    LineKind.PREAMBULAR: Kind.PREAMBULAR,
    LineKind.OPERATIVE: Kind.OPERATIVE,
    LineKind.FOOTNOTE: Kind.FOOTNOTE,
}
_OF_A_LINE: Final = {Kind.ANNEX: "heading", Kind.PARAGRAPH: "operative"}  # what only drafts tell apart
_COMMANDS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a text, or one clause of a drafts/ file: what `chapeau detect` lists and `chapeau diff` counts."""

    text: str
    kind: str
    level: int
    number: str

    def as_clause(self) -> Clause:
        kind = {str(line): clause for line, clause in _KINDS.items()}.get(self.kind, Kind.PARAGRAPH)
        return Clause(kind, self.number, self.text, self.level)


def diff_files(
    old: Annotated[str, typer.Argument(help="The earlier text; '-' reads the input.")],
    new: Annotated[str, typer.Argument(help="The later text.")],
    as_json: AsJson = False,
) -> None:
    """Show what changed between two texts: paragraphs inserted, deleted, moved, split, merged, and their words.

    JSON: a list of {"op", "old", "new", "runs"}; "old" and "new" are lists of indices into what 'chapeau detect' lists,
    "runs" a list of pairs of an op ("equal", "delete", "insert") and a text.
    """
    before, after = (pieces(text) for text in _texts(old, new))
    changes = compare([piece.as_clause() for piece in before], [piece.as_clause() for piece in after])
    if as_json:
        _print_json([_as_json(change) for change in changes])
        return
    for change in changes:
        if change.op is not ChangeOp.EQUAL:
            typer.echo(_shown(change, before, after))


def merge_files(
    base: Annotated[str, typer.Argument(help="The text that both started from.")],
    ours: Annotated[str, typer.Argument(metavar="A", help="One changed text.")],
    theirs: Annotated[str, typer.Argument(metavar="B", help="The other.")],
    as_json: AsJson = False,
) -> None:
    """Bring two changes of one plain text together, word by word. Exit 1 on a conflict; the base's words then stand.

    JSON: {"text", "conflicts"}, the conflicts a list of {"start", "end", "base", "a", "b"}; start and end count the
    tokens of the base.
    """
    found = merged(*_texts(base, ours, theirs))
    if as_json:
        conflicts = [
            {"start": one.start, "end": one.end, "base": one.base, "a": one.ours, "b": one.theirs}
            for one in found.conflicts
        ]
        _print_json({"text": found.text, "conflicts": conflicts})
    else:
        typer.echo(found.text.encode(), nl=False)
        for one in found.conflicts:
            typer.echo(f"conflict: base {one.base!r}, A {one.ours!r}, B {one.theirs!r}", err=True)
    if found.conflicts:
        raise typer.Exit(1)


def detect_file(
    file: Annotated[str, typer.Argument(help="A draft or a text pasted from a document; '-' reads the input.")],
    as_json: AsJson = False,
) -> None:
    """Say what each line of a text is: title, opening, preambular, operative (with level and number), ...

    JSON: a list of {"text", "kind", "level", "number"}, one for each line that is not empty.
    """
    found = pieces(read(file))
    if as_json:
        shown = [{"text": p.text, "kind": p.kind, "level": p.level, "number": p.number} for p in found]
        _print_json(shown)
        return
    for piece in found:
        typer.echo(f"{piece.kind:12}{piece.level:2}  {piece.number:8}{_visible(piece.text)}")


def _texts(*files: str) -> list[str]:
    if files.count("-") > 1:
        raise fail("The input can be read only once: give '-' for one of the texts and a path for the others.")
    return [read(file) for file in files]


def pieces(source: str) -> list[Piece]:
    """The clauses of a drafts/ file, or the lines of any other text that are not empty, with what each is."""
    if is_draft_file(source):
        with problems_said():
            return _of_draft(parse(source))
    return [Piece(line.text, line.kind.value, line.level, line.number) for line in detect(source)]


def _of_draft(draft: Draft) -> list[Piece]:
    return [
        Piece(clause.text, _OF_A_LINE.get(clause.kind, clause.kind.value), clause.level, _number(clause))
        for clause in draft.clauses
    ]


def _number(clause: Clause) -> str:
    """The number of a clause as a document prints it: `4`, `(a)`; empty for what is not numbered."""
    label = read_label(clause.label)
    if label is None or clause.kind in (Kind.TITLE, Kind.OPENING, Kind.HEADING, Kind.PREAMBULAR):
        return ""
    written = str(label)
    return written[written.rindex("(") :] if label.level > 1 else written.removeprefix(HEADS[label.kind])


def _as_json(change: Change) -> dict[str, object]:
    return {
        "op": change.op.value,
        "old": list(change.old),
        "new": list(change.new),
        "runs": [[run.op.value, run.text] for run in change.runs],
    }


def _shown(change: Change, before: Sequence[Piece], after: Sequence[Piece]) -> str:
    names = [piece.number or piece.kind for piece in (after[i] for i in change.new)]
    were = [piece.number or piece.kind for piece in (before[i] for i in change.old)]
    where = (
        f"{' + '.join(were)} -> {' + '.join(names)}" if names and were and names != were else " + ".join(names or were)
    )
    head = typer.style(f"{change.op.value} {where}", bold=True)
    return f"{head}\n{''.join(_coloured(run) for run in change.runs)}\n"


def _coloured(run: Run) -> str:
    match run.op:
        case Op.DELETE:
            return typer.style(f"[-{_visible(run.text)}-]", fg="red")
        case Op.INSERT:
            return typer.style(f"{{+{_visible(run.text)}+}}", fg="green")
    return _visible(run.text)


def _visible(text: str) -> str:
    """A text for the terminal: what would command it, or turn the direction of writing, as `<U+001B>`."""
    return _COMMANDS.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def _print_json(content: object) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1).encode())


def check_file(
    file: Annotated[str, typer.Argument(help="A draft in the drafts/ format or as plain text; '-' reads the input.")],
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Print the draft with every certain fix made instead.")] = False,
) -> None:
    """Check a draft against the house style of resolutions. Exit 1 when a finding is an error.

    JSON: a list of {"rule", "severity", "label", "start", "end", "message", "fix"}.
    """
    with problems_said():
        draft = read_draft(read(file))
    if fix:
        typer.echo(print_draft(fixed(draft)).encode(), nl=False)
        return
    findings = check(draft)
    if as_json:
        _print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            typer.echo(f"{finding.label}: {finding.severity}: {finding.message} [{finding.rule}]")
        counts = Counter(finding.severity for finding in findings)
        typer.echo(", ".join(f"{counts[severity]} {severity}s" for severity in Severity), err=True)
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in bad for finding in findings):
        raise typer.Exit(1)
