"""Words as the text has them, where Word only writes them otherwise: its quotation marks, spaces and hyphens."""

from typing import Final

from app.text.diff import Op, diff

_ALIKE: Final = str.maketrans(
    dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("\u00a0\u202f\u2009", " ")
    | {"\u2011": "-", "\u2010": "-"}
)


def folded(text: str) -> str:
    """A text of the same length in which what autocorrection changes is alike."""
    return text.translate(_ALIKE)


def same_words(one: str, other: str) -> bool:
    return folded(one).split() == folded(other).split()


def settled(base: str, new: str) -> str:
    """`new`, written as `base` is where both say the same."""
    if same_words(base, new):
        return base
    made: list[str] = []
    base_at = new_at = 0
    for run in diff(folded(base), folded(new)):
        length = len(run.text)
        if run.op is Op.EQUAL:
            made.append(base[base_at : base_at + length])
        elif run.op is Op.INSERT:
            made.append(new[new_at : new_at + length])
        base_at += length if run.op is not Op.INSERT else 0
        new_at += length if run.op is not Op.DELETE else 0
    return "".join(made)
