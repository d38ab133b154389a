"""Any file that Chapeau can read, as a draft: one function, whatever the file is."""

from typing import Final

from app.problems import InvalidInput
from app.said import Said
from app.text.clauses import Draft
from app.text.pasted import read_draft

MOST_BYTES: Final = 10_000_000  # of a file as it comes; the longest of 250 real resolutions has under 300,000


def read_document(data: bytes, name: str = "") -> Draft:
    """The draft in a file: in the drafts/ format, or plain text as one would paste it. `name` is what the file is
    called, as a message says it.

    Raises InvalidInput for a file of another kind or too large a one, DraftUnreadable, and what `screened` raises.
    """
    called = name or "file"
    if len(data) > MOST_BYTES:
        raise InvalidInput.at(
            "file",
            Said("“{file}” has more than {limit} bytes. Give the text alone.", file=called, limit=f"{MOST_BYTES:,}"),
        )
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput.at(
            "file",
            Said("“{file}” is no plain text (UTF-8). Save it as text, or copy the words and paste them.", file=called),
        ) from None
    return read_draft(source)
