"""Pages of a list: `limit` items, and a `next` cursor to ask for the following ones."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from app.problems import InvalidInput

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="How many at once.")]
Cursor = Annotated[str | None, Query(description="`next` of the page before; leave out for the first page.")]


class Page(BaseModel, Generic[Item]):
    """Some items in order. `next` is the cursor of the following page, null on the last."""

    items: Sequence[Item]
    next: str | None = Field(description="Send it as `cursor` to get the following page; null when this is the last.")


def page_of(items: Sequence[Item], limit: int, position: Callable[[Item], int | str]) -> Page[Item]:
    """A page of what was asked for with one item more than `limit`: the surplus says that there is a next page."""
    shown = items[:limit]
    has_more = len(items) > limit
    return Page(items=shown, next=_cursor(position(shown[-1])) if has_more else None)


def after_number(cursor: str | None) -> int:
    """The number that a cursor of a numbered list stands for; 0 without one. Raises InvalidInput."""
    position = after_name(cursor)
    if not position:
        return 0
    if not (position.isascii() and position.isdigit() and len(position) <= 9):
        raise _not_ours()
    return int(position)


def after_name(cursor: str | None) -> str:
    """The name that a cursor stands for; empty without one. Raises InvalidInput."""
    if cursor is None:
        return ""
    try:
        name = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError, UnicodeError) as error:
        raise _not_ours() from error
    if not name.isprintable():
        raise _not_ours()
    return name


def _cursor(position: int | str) -> str:
    return base64.urlsafe_b64encode(str(position).encode()).decode().rstrip("=")


def _not_ours() -> InvalidInput:
    return InvalidInput.at("cursor", "is not one that this list gave; send 'next' of the page before unchanged.")
