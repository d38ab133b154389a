"""Real resolutions to test and measure with. They are kept outside: `CHAPEAU_CORPUS`, or beside the checkout."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS") or Path(__file__).resolve().parents[2] / "shared" / "data")

needs_corpus = pytest.mark.skipif(
    not (CORPUS / "resolutions").is_dir(),
    reason="the corpus of real resolutions is not here: set CHAPEAU_CORPUS to its folder",
)


def symbols() -> list[str]:
    """The file symbols of all resolutions, sorted: `A_RES_79_213`, ..."""
    return sorted(path.stem for path in (CORPUS / "resolutions").glob("*.json"))


def resolution_lines(symbol: str) -> list[dict[str, Any]]:
    """The lines of one resolution in order, each with `text`, `type` and, for paragraphs, kind, level, prefix."""
    lines: list[dict[str, Any]] = json.loads((CORPUS / "resolutions" / f"{symbol}.json").read_text("utf-8"))
    return lines


def pasted(symbol: str) -> str:
    """The resolution as a person would paste it: prefix and text joined by a space, one line per entry."""
    joined = (f"{line.get('prefix') or ''} {line['text']}".strip() for line in resolution_lines(symbol))
    return "\n".join(" ".join(line.split("\n")) for line in joined)


def families() -> dict[str, list[str]]:
    """Title -> symbols in order of session: the same resolution as it was re-negotiated year after year."""
    found: dict[str, list[str]] = json.loads((CORPUS / "families.json").read_text("utf-8"))
    return found
