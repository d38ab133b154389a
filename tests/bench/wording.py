"""Paragraphs as long as those of resolutions, made of the words of the sample: the same numbers give the same words."""

from functools import cache
from random import Random
from typing import Final

from app.cli.sample import DRAFTS, SAMPLE

LENGTH: Final = 45  # words


@cache
def _words() -> tuple[str, ...]:
    return tuple(sorted({word for word in (DRAFTS / f"{SAMPLE}.md").read_text("utf-8").split() if word.isalpha()}))


def wording(number: int, seed: int = 0) -> str:
    """The paragraph of a number, with four words that are `seed`'s own where that is not 0."""
    drawn = Random(number).choices(_words(), k=LENGTH)
    for place in Random(seed).sample(range(LENGTH), 4) if seed else ():
        drawn[place] = f"{drawn[place]}{seed}"
    return f"Encourages {' '.join(drawn)};"
