"""What clients send of sponsors and of the outreach to states."""

from typing import Annotated

from pydantic import Field

from app.actions.reaching_out import Meeting
from app.actions.sponsoring import Joining
from app.api.inputs import Day, Input
from app.rules.outreach import Step
from app.rules.sponsors import SponsorKind

Told = Annotated[
    str,
    Field(
        max_length=1_000,
        description="How the state told so; not needed for one's own.",
        examples=["note verbale of 3 April"],
    ),
]
OnBehalfOf = Annotated[
    str, Field(max_length=20, description="The group for which it speaks, of which it is a member.", examples=["G77"])
]


class SponsorIn(Input):
    """A state that sponsors the text: a main sponsor, or a co-sponsor that told so."""

    state: str = Field(max_length=20, description="Its code.", examples=["SEN"])
    kind: SponsorKind = SponsorKind.COSPONSOR
    on_behalf_of: OnBehalfOf = ""
    told: Told = ""
    at_adoption: bool = Field(False, description="Announced at the adoption: possible after the deadline.")
    exceptionally: str = Field(
        "",
        max_length=1_000,
        description="Of an observer state: the right by which it sponsors this text.",
        examples=["resolution 52/250, annex, paragraph 6"],
    )

    def to_joining(self) -> Joining:
        return Joining(self.state, self.kind, self.on_behalf_of, self.told, self.at_adoption, self.exceptionally)


class JoiningIn(Input):
    """That one's own state joins the sponsors."""

    on_behalf_of: OnBehalfOf = ""


class DepartureIn(Input):
    """That a state has withdrawn from the sponsors."""

    told: Told = ""


class MeetingIn(Input):
    """What was spoken with a state on a day, and the step that it took."""

    state: str = Field(max_length=20, description="Its code.", examples=["SEN"])
    held_on: Day = Field(description="The day of the meeting or call.", examples=["2023-03-02"])
    step: Step = Field(examples=["interested"])
    note: str = Field(max_length=10_000, examples=["Wishes to see the paragraph on finance first."])
    between: str = Field(
        "",
        max_length=1_000,
        description="Who spoke to whom.",
        examples=["Camille Martin and the Deputy Permanent Representative"],
    )

    def to_meeting(self) -> Meeting:
        return Meeting(self.state, self.held_on, self.step, self.note, self.between)
