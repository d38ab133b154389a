"""How a negotiation is run: who sees it, its time zone, how long a silence lasts and when the room is warned of its
end, the deadlines for language and for sponsors."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import available_timezones

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import begin
from app.problems import InvalidInput, NothingChanges
from app.record.journal import timestamp
from app.record.standing import facts_of
from app.rules.permissions import Seat, Visibility
from app.rules.silence import SILENCE_LEAST_DEFAULT, SILENCE_WARNING_DEFAULT
from app.rules.standing import NegotiationFacts
from app.said import Said

SILENCE_SHORTEST: Final = timedelta(hours=1)
SILENCE_LONGEST: Final = timedelta(days=90)
WARNING_LONGEST: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class House:
    """How a negotiation is to be run: who sees it, in which time zone it meets, how long a silence lasts at least,
    until when language may be submitted (None: as long as the text is open), how long before its deadline the room is
    warned of a silence (nothing: not at all), and until when states join the sponsors (None: until the adoption)."""

    visibility: Visibility = Visibility.PARTICIPANTS
    time_zone: str = "UTC"
    silence_least: timedelta = SILENCE_LEAST_DEFAULT
    submissions_until: datetime | None = None
    silence_warning: timedelta = SILENCE_WARNING_DEFAULT
    sponsors_until: datetime | None = None

    def must_be_possible(self) -> None:
        """Raises InvalidInput for a time zone that there is not, and for times that are too short or too long."""
        if self.time_zone not in available_timezones():
            raise InvalidInput.at(
                "time_zone",
                Said("“{time_zone}” is no time zone; use a name such as Europe/Paris.", time_zone=self.time_zone),
            )
        if not SILENCE_SHORTEST <= self.silence_least <= SILENCE_LONGEST:
            raise InvalidInput.at("silence_least", Said("a silence runs at least for 1 hour, or for up to 2160."))
        if not timedelta(0) <= self.silence_warning <= WARNING_LONGEST:
            raise InvalidInput.at("silence_warning", Said("the room is warned up to 720 hours before; 0: not at all."))

    def as_payload(self) -> dict[str, Any]:
        language, sponsors = self.submissions_until, self.sponsors_until
        return {
            "visibility": self.visibility.value,
            "time_zone": self.time_zone,
            "silence_least_hours": self.silence_least / timedelta(hours=1),
            "submissions_until": language and timestamp(language),
            "silence_warning_hours": self.silence_warning / timedelta(hours=1),
            "sponsors_until": sponsors and timestamp(sponsors),
        }


async def arrange(db: AsyncSession, seat: Seat, **changes: Any) -> NegotiationFacts:
    """Run the negotiation otherwise from now on: `changes` are fields of House, the others stay.

    A silence that runs keeps its deadline, and the time of its warning. Raises InvalidInput, NothingChanges.
    """
    act = await begin(db, seat, "negotiation.arrange")
    negotiation = act.negotiation
    before = House(
        Visibility(negotiation.visibility),
        negotiation.time_zone,
        negotiation.silence_least,
        negotiation.submissions_until,
        negotiation.silence_warning,
        negotiation.sponsors_until,
    )
    house = replace(before, **changes)
    house.must_be_possible()
    if house == before:
        raise NothingChanges(what=Said("The negotiation"))
    negotiation.visibility = house.visibility.value
    negotiation.time_zone = house.time_zone
    negotiation.silence_least_seconds = int(house.silence_least.total_seconds())
    negotiation.silence_warning_seconds = int(house.silence_warning.total_seconds())
    negotiation.submissions_until = house.submissions_until
    negotiation.sponsors_until = house.sponsors_until
    await act.recorded(house.as_payload())
    return facts_of(negotiation)
