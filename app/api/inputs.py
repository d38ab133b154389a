"""What clients send: one model for each body. A field that is not known is refused, so that a slip is not lost in
silence.
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.actions.amending import Proposal
from app.actions.drafting import House
from app.rules.amendments import Audience, ChangeKind
from app.rules.consensus import RulingKind
from app.rules.permissions import Role, Scope, Visibility
from app.rules.positions import DelegationKind, Stance
from app.text.clauses import Kind

Reason = Annotated[
    str, Field(max_length=5_000, description="Why, in a sentence or two.", examples=["The cost is not covered."])
]
Wording = Annotated[
    str,
    Field(
        description="The whole text of the paragraph on one line, without its number.",
        examples=["Encourages Member States to support the social and solidarity economy;"],
    ),
]
ClauseName = Annotated[
    str, Field(min_length=1, max_length=100, description="The label or the key of a clause.", examples=["OP4"])
]
InsertedKind = Literal[Kind.HEADING, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.PARAGRAPH, Kind.FOOTNOTE]


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NegotiationIn(Input):
    """A new negotiation from a draft, in the drafts/ format or as plain text pasted from an official document."""

    draft: str = Field(max_length=1_500_000, description="The draft.", examples=["The General Assembly,\n..."])
    slug: str = Field("", description="Its name in addresses; by default that in the draft.", examples=["sse"])
    visibility: Visibility = Visibility.PARTICIPANTS
    time_zone: str = Field("UTC", max_length=100, description="IANA name.", examples=["America/New_York"])
    silence_least_hours: float = Field(24, gt=0, le=24 * 90, description="How long a silence runs at least.")
    submissions_until: AwareDatetime | None = Field(None, description="The deadline for the submission of language.")

    def house(self) -> House:
        return House(self.visibility, self.time_zone, timedelta(hours=self.silence_least_hours), self.submissions_until)


class AmendmentIn(Input):
    """A proposal to replace the text of a clause, to insert one behind it, or to delete it."""

    kind: ChangeKind = Field(examples=["replace"])
    clause: ClauseName
    text: Wording | None = None
    rationale: str = Field("", max_length=5_000, examples=["National circumstances differ."])
    paragraph_kind: InsertedKind | None = Field(None, description="What an insertion is; by default as its neighbour.")
    level: int | None = Field(None, ge=1, le=6, description="Of an insertion: 1 a paragraph, 2 for (a), 3 for (i).")
    audience: Audience = Field(Audience.ROOM, description="The room, or your delegation alone: a draft.")

    def to_proposal(self) -> Proposal:
        return Proposal(
            self.kind, self.clause, self.text, self.rationale, self.paragraph_kind, self.level, self.audience
        )


class RestatementIn(Input):
    """One's own amendment anew. What is left out stays as it is."""

    text: Wording | None = None
    rationale: str | None = Field(None, max_length=5_000)


class AcceptanceIn(Input):
    """Acceptance of an amendment: as it stands, or with other words (`text`) and the reason for them."""

    text: Wording | None = Field(None, description="Accept with these words instead; a reason is then required.")
    reason: Reason = ""


class ReasonIn(Input):
    """Why."""

    reason: Reason


class OptionalReasonIn(Input):
    """Why, if there is something to say."""

    reason: Reason = ""


class PositionIn(Input):
    """Where a delegation stands. An objection needs a reason."""

    stance: Stance = Field(examples=["object"])
    reason: Reason = ""


class EditIn(Input):
    """An editorial change: words that are not substance. `reason` says why they are not."""

    text: Wording
    reason: Reason


class RulingIn(Input):
    """A ruling: agreed, or agreed ad referendum, pending the capitals named and as part of a package if it is one."""

    kind: RulingKind = Field(examples=["ad_ref"])
    pending: list[str] = Field(default_factory=list, max_length=300, examples=[["BRA"]])
    package: str = Field("", max_length=200, examples=["financing"])


class SilenceIn(Input):
    """A silence over some clauses, or (left out) over every paragraph that is not agreed. By default for 72 hours."""

    clauses: list[ClauseName] | None = Field(None, max_length=2_000, examples=[["OP2", "OP3"]])
    hours: float | None = Field(None, gt=0, le=24 * 90, examples=[72])
    deadline: AwareDatetime | None = None


class ExtensionIn(Input):
    """A later deadline."""

    deadline: AwareDatetime


class BreakIn(Input):
    """An objection before the deadline, to the clauses named or (left out) to all under the silence."""

    reason: Reason
    clauses: list[ClauseName] | None = Field(None, max_length=2_000, examples=[["OP2"]])


class InvitationIn(Input):
    """A delegation that is to take part."""

    code: str = Field(max_length=20, examples=["FRA"])
    role: Literal[Role.PENHOLDER, Role.DELEGATE, Role.OBSERVER] = Role.DELEGATE


class DelegationIn(Input):
    """A delegation the server does not know yet."""

    code: str = Field(max_length=20, examples=["NOR"])
    name: str = Field(max_length=200, examples=["Norway"])
    kind: DelegationKind = DelegationKind.STATE


class SeatIn(Input):
    """A seat for a person: in a delegation, or as secretariat or reader without one."""

    sign_in: str = Field(max_length=255, examples=["france@example.org"])
    delegation: str = Field("", max_length=20, examples=["FRA"])
    role: Role | None = None


class TokenIn(Input):
    """An access token for oneself: for one negotiation or (empty) for all, for export, reading or writing."""

    name: str = Field(max_length=100, examples=["my script"])
    scope: Scope = Scope.READ
    negotiation: str = Field("", max_length=63, examples=["sse"])
    days: int = Field(90, ge=1, le=366)

    def lasting(self) -> timedelta:
        return timedelta(days=self.days)
