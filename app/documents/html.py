"""Documents as one HTML file that needs nothing else: no script, no other file, ready to be printed."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from app.documents.document import Content, Document, Mark
from app.documents.sheet import NO_NOTE, Block, Run, Sheet, Word, sheet

_ELEMENTS: Final = {Mark.ADDED: "ins", Mark.DELETED: "del"}
_NOT_IN_HTML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

_STYLE: Final = (Path(__file__).parent / "page.css").read_text("utf-8")


def as_html(document: Document) -> bytes:
    """The document as an HTML file in UTF-8."""
    laid = sheet(document)
    origin = document.origin
    title = " – ".join(part for part in (laid.symbol, laid.title, laid.kicker) if part)
    title = title or (origin.negotiation if origin else "Chapeau")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_text(laid.language or "en")}" dir="{laid.direction}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_text(title)}</title>",
        f"<style>\n{_STYLE}</style>",
        "</head>",
        "<body>" if laid.content is Content.TEXT else '<body class="marked">',
        *_head(laid),
        "<main>",
        *_blocks(laid),
        *_notes(laid),
        *_proposals(laid),
        "</main>",
        *([f'<footer lang="en" dir="ltr">{_text(laid.small_print)}</footer>'] if laid.small_print else []),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _head(laid: Sheet) -> Iterator[str]:
    if not (laid.organ or laid.symbol or laid.kicker):
        return
    yield "<header>"
    if laid.organ or laid.symbol:
        yield f'<div class="organ"><span>{_text(laid.organ)}</span> <span dir="ltr">{_text(laid.symbol)}</span></div>'
    if laid.kicker:
        words = laid.words
        how = f"<ins>{_text(words.added)}</ins> · <del>{_text(words.deleted)}</del>"
        how += f" · […]: {_text(words.in_brackets)}" if laid.content is Content.COMPILATION else ""
        yield f'<p class="kicker"><strong>{_text(laid.kicker)}</strong> <span>{how}</span></p>'
    yield "</header>"


def _blocks(laid: Sheet) -> Iterator[str]:
    referred: set[int] = set()
    names: set[str] = set()
    level = 0
    for block in laid.blocks:
        wanted = {"title": 1, "annex": 2, "heading": 2 + block.level}.get(block.role, 0)
        level = min(wanted, level + 1, 6) if wanted else level
        yield _block(laid, block, f"h{level}" if wanted else "p", referred, names)


def _block(laid: Sheet, block: Block, element: str, referred: set[int], names: set[str]) -> str:
    name = re.sub(r"[^\w-]+", "-", block.label).strip("-") if block.label else ""
    if name and name in names:
        name = next(f"{name}-{at}" for at in range(2, len(names) + 3) if f"{name}-{at}" not in names)
    names.add(name)
    classes = ["block", block.role, f"level-{min(block.level, 6)}"]
    if block.role in ("masthead", "closing"):
        classes = [block.role]
    if block.is_changed and laid.content is Content.CHANGES:
        classes.append("changed")
    inner = _runs(laid, block.runs, referred)
    if block.break_mark is not Mark.KEPT:
        inner += _marked(block.break_mark, "¶", "")
    if block.number:
        number = _runs(laid, block.number, referred)
        inner = f"{number}<br>{inner}" if block.role == "annex" else f'<span class="number">{number}</span> {inner}'
    if laid.content is not Content.TEXT and block.label and block.role not in ("title", "opening"):
        inner = f'<span class="label">{_text(block.label)}</span> {inner}'
    named = f' id="{_text(name)}"' if name else ""
    made = f'<{element}{named} class="{" ".join(classes)}">{inner}</{element}>'
    return made + (f'\n<p class="aside">→ {_text(block.aside)}</p>' if block.aside else "")


def _runs(laid: Sheet, runs: tuple[Run, ...], referred: set[int] | None) -> str:
    """With `referred` the notes to which a link leads back are noted there; without, references are no links."""
    return "".join(_run(laid, run, referred) for run in runs)


def _run(laid: Sheet, run: Run, referred: set[int] | None) -> str:
    inner = "".join(_word(laid, word, referred) for word in run.words)
    if run.mark is Mark.KEPT:
        return inner
    told = f"{run.author} ({run.amendments})" if run.amendments else run.author
    said = f' data-by="{_text(run.by or run.author)}" title="{_text(told)}"'
    if not run.by:
        return _marked(run.mark, inner, said)
    opens = f'<b>[</b><span class="by">{_text(run.by)}:</span> ' if run.opens else ""
    closes = "<b>]</b>" if run.closes else ""
    return f"{run.before}{opens}{_marked(run.mark, inner, said)}{closes}{run.after}"


def _marked(mark: Mark, inner: str, said: str) -> str:
    return f"<{_ELEMENTS[mark]}{said}>{inner}</{_ELEMENTS[mark]}>"


def _word(laid: Sheet, word: Word, referred: set[int] | None) -> str:
    if not word.is_reference:
        return f"<em>{_text(word.text)}</em>" if word.italic else _text(word.text)
    if word.note == NO_NOTE or referred is None:
        return f"<sup>{_text(word.text)}</sup>"
    back = "" if word.note in referred else f' id="to-note-{word.note + 1}"'
    referred.add(word.note)
    number = _text(laid.notes[word.note].number)
    return f'<sup><a{back} href="#note-{word.note + 1}" role="doc-noteref">{number}</a></sup>'


def _notes(laid: Sheet) -> Iterator[str]:
    if not laid.notes:
        return
    yield f'<section class="notes" role="doc-endnotes" aria-label="{_text(laid.words.notes)}">'
    for place, note in enumerate(laid.notes, 1):
        there = f'href="#to-note-{place}" role="doc-backlink" aria-label="{_text(laid.words.back)}"'
        back = "" if note.is_loose else f' <a class="back" {there}>↩</a>'
        inner = _runs(laid, note.runs, None)
        yield f'<p id="note-{place}"><sup>{_text(note.number)}</sup> {inner}{back}</p>'
    yield "</section>"


def _proposals(laid: Sheet) -> Iterator[str]:
    if not laid.proposals:
        return
    yield f"<section>\n<h2>{_text(laid.words.proposals)}</h2>"
    for one in laid.proposals:
        head = f"<strong>{_text(one.name)}</strong> <strong>{_text(one.by)}</strong> {_text(one.does)}"
        yield f'<p id="proposal-{_text(one.name)}">{head} <span class="on">{_text(one.on)}</span></p>'
        if one.rationale:
            yield f'<p class="rationale">{_text(one.rationale)}</p>'
    yield "</section>"


def _text(text: str) -> str:
    return escape(_NOT_IN_HTML.sub("\ufffd", text))
