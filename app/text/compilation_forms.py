"""A compilation as people read it: plain text in the notation of the room, and HTML.

    promote [EU, NOR: **inclusive and**] sustainable [USA: ~~and resilient~~] growth

A bracket names the delegations behind it; what they add stands between double asterisks, what they delete between
double tildes, and a replacement has both. A backslash takes its meaning from a bracket, an asterisk, a tilde and
itself. A space behind a bracket with one mark, which also has a space (or nothing) before it, belongs to what that mark
adds or deletes, unless a backslash stands before it: so the notation reads well and can be read back exactly.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from app.problems import CompilationUnreadable
from app.said import Said
from app.text.compilation import Compilation, CompiledRun, Mark

_SIGNS = {Mark.ADDED: "**", Mark.DELETED: "~~"}
_MARKS = {sign: mark for mark, sign in _SIGNS.items()}
_ELEMENTS = {Mark.ADDED: "ins", Mark.DELETED: "del"}

_SPECIAL = re.compile(r"[\\\[\]*~]")
_SPECIAL_IN_NAMES = re.compile(r"[\\\[\]*~,:]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TEXT = r"(?:\\.|[^\\\[\]*~])+"
_PLAIN = re.compile(_TEXT, re.DOTALL)
_NAMES = re.compile(r"\[(?P<names>(?:\\.|[^\\\[\]*~:])+): ", re.DOTALL)
_NAME = re.compile(r"((?:\\.|[^\\,])+)(?:, )?", re.DOTALL)
_MARKED = re.compile(rf"(?P<sign>\*\*|~~)(?P<text>{_TEXT})(?P=sign)", re.DOTALL)


def as_text(compiled: Compilation) -> str:
    """The compilation in the notation. An amendment of no delegation goes by its own name."""
    written: list[str] = []
    before = " "  # the character before, in what is written
    takes_space = False  # whether a space now would belong to the bracket before
    for bracket in _brackets(compiled.runs):
        first = bracket[0]
        if first.mark is Mark.KEPT:
            text = _SPECIAL.sub(r"\\\g<0>", first.text)
            written.append("\\" + text if takes_space and text[0] == " " else text)
            before, takes_space = text[-1], False
            continue
        is_apart = len(bracket) == 1 and before == " "
        owns_space = is_apart and first.text[-1] == " " and first.text != " "
        texts = [first.text[:-1]] if owns_space else [run.text for run in bracket]
        marked = " ".join(_marked(run.mark, text) for run, text in zip(bracket, texts, strict=True))
        names = ", ".join(_SPECIAL_IN_NAMES.sub(r"\\\g<0>", name) for name in first.by or first.amendments)
        written.append(f"[{names}: {marked}]{' ' if owns_space else ''}")
        before, takes_space = " " if owns_space else "]", is_apart and not owns_space
    return "".join(written)


def read_runs(source: str) -> tuple[CompiledRun, ...]:
    """The runs of a compilation in the notation, without the names of amendments: read_runs(as_text(c)) has those of c.

    Raises CompilationUnreadable with the place of what is no bracket and has no backslash before it.
    """
    runs: list[CompiledRun] = []
    place = 0
    while place < len(source):
        if source[place] != "[":
            plain = _PLAIN.match(source, place)
            if plain is None:
                raise _unreadable(source, place, Said("text, or a backslash before that character"))
            runs.append(CompiledRun(Mark.KEPT, _unescaped(plain[0])))
            place = plain.end()
            continue
        bracket, end = _read_bracket(source, place)
        is_apart = len(bracket) == 1 and source[place - 1 : place] in ("", " ")
        if is_apart and source[end : end + 1] == " ":
            bracket = [CompiledRun(bracket[0].mark, bracket[0].text + " ", bracket[0].by)]
            end += 1
        runs.extend(bracket)
        place = end
    return tuple(runs)


def as_html(compiled: Compilation) -> str:
    """The compilation as HTML to stand inside a paragraph: `ins` and `del`, each in a bracket with its delegations.

    Brackets and names are text, so nothing depends on colour. `data-by` and `data-amendments` list names with ", ".
    """
    pieces: list[str] = []
    for bracket in _brackets(compiled.runs):
        first = bracket[0]
        if first.mark is Mark.KEPT:
            pieces.append(escape(first.text))
            continue
        by, amendments = (escape(", ".join(names)) for names in (first.by, first.amendments))
        behind = f'data-by="{by}" data-amendments="{amendments}"'
        elements = ((_ELEMENTS[run.mark], escape(run.text)) for run in bracket)
        marked = " ".join(f"<{element} {behind}>{text}</{element}>" for element, text in elements)
        pieces.append(f'<span class="bracket">[<span class="by">{by or amendments}:</span> {marked}]</span>')
    return "".join(pieces)


def _brackets(runs: Sequence[CompiledRun]) -> Iterator[list[CompiledRun]]:
    """Each run alone, but for a deletion and the addition of the same amendments in its place."""
    place = 0
    while place < len(runs):
        run, after = runs[place], runs[place + 1] if place + 1 < len(runs) else None
        is_replaced = run.mark is Mark.DELETED and after is not None and after.mark is Mark.ADDED
        if is_replaced and after is not None and after.amendments == run.amendments:
            yield [run, after]
            place += 2
        else:
            yield [run]
            place += 1


def _marked(mark: Mark, text: str) -> str:
    sign = _SIGNS[mark]
    return sign + _SPECIAL.sub(r"\\\g<0>", text) + sign


def _read_bracket(source: str, start: int) -> tuple[list[CompiledRun], int]:
    """The runs of the bracket at `start`, and where it ends."""
    opened = _NAMES.match(source, start)
    if opened is None:
        raise _unreadable(source, start, Said(r"delegations and a colon behind it, as in [EU, NOR: **...**], or \["))
    by = tuple(_unescaped(name) for name in _NAME.findall(opened["names"]))
    bracket: list[CompiledRun] = []
    place = opened.end()
    while marked := _MARKED.match(source, place):
        bracket.append(CompiledRun(_MARKS[marked["sign"]], _unescaped(marked["text"]), by))
        place = marked.end()
        if source[place : place + 1] == "]":
            return bracket, place + 1
        place += source[place : place + 1] == " "
    raise _unreadable(source, place, Said("**added words** or ~~deleted words~~, and a closing bracket"))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _unreadable(source: str, place: int, expected: str) -> CompilationUnreadable:
    found = f"“{source[place : place + 20]}”" if place < len(source) else Said("the end")
    return CompilationUnreadable(position=place + 1, found=found, expected=expected)
