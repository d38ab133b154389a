"""Documents as plain characters: the drafts/ format, plain text, JSON; changes in the notation of the room.

OP4. promote [EU, NOR: **inclusive and**] sustainable [USA: ~~and resilient~~] growth
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from app.documents.document import Content, Document, Kind, Mark, Paragraph
from app.text.clauses import Clause, Draft
from app.text.compilation import Compilation, CompiledRun
from app.text.compilation_forms import as_text as notation
from app.text.drafts import print_draft
from app.text.drafts_front import print_front
from app.text.origin import Origin
from app.text.plain import plain


def draft_of(document: Document, without: Mark = Mark.DELETED) -> Draft:
    """The text after the changes of a document, or (without ADDED) before them; where they join paragraphs, these stay
    apart."""
    gone = Mark.ADDED if without is Mark.ADDED else Mark.DELETED
    clauses = (
        Clause(one.kind, one.label, one.text(without), one.level, one.key, one.version)
        for one in document.paragraphs
        if one.end is not gone or one.text(without)
    )
    return Draft(document.front, tuple(clauses), document.origin)


def as_markdown(document: Document) -> bytes:
    """A text in the drafts/ format; changes as Markdown to read, each paragraph with its label."""
    if document.content is Content.TEXT:
        return print_draft(draft_of(document)).encode()
    front = print_front(document.front, document.title, document.origin).rstrip("\n")
    return ("\n\n".join((front, *_noted(document))) + "\n").encode()


def as_text(document: Document) -> bytes:
    """A text as an official document has it; changes in the notation, each paragraph with its label."""
    if document.content is Content.TEXT:
        return plain(draft_of(document)).encode()
    lines = [document.title, *_noted(document)]
    if document.origin:
        lines.append(document.origin.line)
    return ("\n\n".join(lines) + "\n").encode()


def as_json(document: Document) -> bytes:
    """The text with the identity of its clauses; changes as runs of each paragraph."""
    content: dict[str, Any] = {**asdict(document.front), "title": document.title, "content": document.content.value}
    if document.origin:
        content["origin"] = _origin(document.origin)
    if document.since:
        content["since"] = _origin(document.since)
    if document.content is Content.TEXT:
        content["clauses"] = [_clause(clause) for clause in draft_of(document).clauses]
    else:
        content["paragraphs"] = [_paragraph(one) for one in document.paragraphs]
        content["proposals"] = [
            {
                "name": one.name,
                "kind": one.kind.value,
                "clause": one.clause,
                "label": one.label,
                "delegations": list(one.delegations),
                "at": one.at.isoformat(),
                "rationale": one.rationale,
            }
            for one in document.proposals
        ]
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def runs_of(paragraph: Paragraph) -> tuple[CompiledRun, ...]:
    """The pieces of a paragraph as runs, those alike that stand together as one."""
    runs: list[CompiledRun] = []
    for piece in paragraph.pieces:
        by, amendments = (piece.tracked.by, piece.tracked.amendments) if piece.tracked else ((), ())
        text = f"[^{piece.note}]" if piece.note else piece.text
        last = runs[-1] if runs else None
        if last and (last.mark, last.by, last.amendments) == (piece.mark, by, amendments):
            text = runs.pop().text + text
        runs.append(CompiledRun(piece.mark, text, by, amendments))
    return tuple(runs)


def _noted(document: Document) -> Iterator[str]:
    for one in document.paragraphs:
        if one.kind is not Kind.TITLE or any(piece.mark is not Mark.KEPT for piece in one.pieces):
            yield f"{one.label}. {notation(Compilation(runs_of(one), ()))}"


def _clause(clause: Clause) -> dict[str, Any]:
    shown = {"label": clause.label, "kind": clause.kind.value, "level": clause.level, "text": clause.text}
    return {**shown, "key": clause.key, "version": clause.version} if clause.key else shown


def _paragraph(one: Paragraph) -> dict[str, Any]:
    return {
        "label": one.label,
        "kind": one.kind.value,
        "level": one.level,
        "key": one.key,
        "version": one.version,
        "end": one.end.value,
        "moved": one.moved,
        "beside": list(one.beside),
        "runs": [
            {"mark": run.mark.value, "text": run.text, "by": list(run.by), "amendments": list(run.amendments)}
            for run in runs_of(one)
        ],
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {**asdict(origin), "at": origin.at.isoformat()}
