"""Dissociation: joining the consensus except on named paragraphs, and how it is printed with their numbers."""

from collections.abc import Sequence

from app.text.names import in_sentence
from app.text.paragraph_names import in_words


def printed(name: str, labels: Sequence[str]) -> str:
    """`Switzerland dissociates itself from operative paragraphs 4 and 7.`, as the text numbers them; empty for none."""
    return f"{in_sentence(name, begins=True)} dissociates itself from {in_words(labels)}." if labels else ""
