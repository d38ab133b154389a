"""What forms send, in the types that actions take; what cannot be read is refused with what it can be."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.problems import InvalidInput
from app.said import Said


def moment_in(typed: str, zone: str, field: str = "deadline") -> datetime:
    """A time as a form gives it, in a time zone. Raises InvalidInput."""
    try:
        return datetime.fromisoformat(typed.strip()).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInput.at(field, Said("give a day and a time, such as 2026-03-05T14:00.")) from error


def day_in(typed: str, field: str) -> date:
    """A day as a form gives it. Raises InvalidInput."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise InvalidInput.at(field, Said("give a day such as 2026-03-05.")) from error


def number_in(typed: str, field: str, example: str) -> float:
    """A number, with a point or a comma. Raises InvalidInput."""
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError as error:
        raise InvalidInput.at(field, Said("give a number, such as {example}.", example=example)) from error


def whole_in(typed: str, field: str, example: str) -> int | None:
    """A whole number; None where nothing was typed. Raises InvalidInput."""
    digits = typed.strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise InvalidInput.at(field, Said("give a whole number, such as {example}.", example=example))
    return int(digits)
