"""How a negotiation is run: who sees it, its time zone, the least length of a silence, the deadline for language."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import begin
from app.problems import InvalidInput, NothingChanges
from app.record.journal import timestamp
from app.record.standing import facts_of
from app.rules.permissions import Seat, Visibility
from app.rules.silence import SILENCE_LEAST_DEFAULT
from app.rules.standing import NegotiationFacts


@dataclass(frozen=True, slots=True)
class House:
    """How a negotiation is to be run: who sees it, in which time zone it meets, how long a silence lasts at least, and
    until when language may be submitted (None: as long as the text is open)."""

    visibility: Visibility = Visibility.PARTICIPANTS
    time_zone: str = "UTC"
    silence_least: timedelta = SILENCE_LEAST_DEFAULT
    submissions_until: datetime | None = None

    def must_be_possible(self) -> None:
        """Raises InvalidInput for a time zone that there is not."""
        if self.time_zone not in available_timezones():
            raise InvalidInput.at("time_zone", f"“{self.time_zone}” is no time zone; use a name such as Europe/Paris.")

    def as_payload(self) -> dict[str, Any]:
        until = self.submissions_until
        return {
            "visibility": self.visibility.value,
            "time_zone": self.time_zone,
            "silence_least_hours": self.silence_least / timedelta(hours=1),
            "submissions_until": until and timestamp(until),
        }


async def arrange(db: AsyncSession, seat: Seat, **changes: Any) -> NegotiationFacts:
    """Run the negotiation otherwise from now on: `changes` are fields of House, the others stay.

    A silence that runs keeps its deadline. Raises InvalidInput, NothingChanges.
    """
    act = await begin(db, seat, "negotiation.arrange")
    negotiation = act.negotiation
    before = House(
        Visibility(negotiation.visibility),
        negotiation.time_zone,
        negotiation.silence_least,
        negotiation.submissions_until,
    )
    house = replace(before, **changes)
    house.must_be_possible()
    if house == before:
        raise NothingChanges(what="The negotiation")
    negotiation.visibility = house.visibility.value
    negotiation.time_zone = house.time_zone
    negotiation.silence_least_seconds = int(house.silence_least.total_seconds())
    negotiation.submissions_until = house.submissions_until
    await act.recorded(house.as_payload())
    return facts_of(negotiation)
