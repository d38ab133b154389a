"""What clients send: one model for each body. A field that is not known is refused, so that a slip is not lost in
silence.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from app.actions.arranging import House
from app.actions.commenting import Remark
from app.actions.deciding import Choice, Decision
from app.actions.deciding_together import MOST_DECISIONS
from app.actions.proposals import Proposal
from app.actions.translating_texts import Delivery
from app.api.versions import version_in
from app.rules.amendments import Audience, ChangeKind
from app.rules.facts import RulingKind
from app.rules.mailing import MailChoice, Timing
from app.rules.permissions import Role, Scope, Visibility
from app.rules.positions import DelegationKind, Stance
from app.text.clauses import Kind
from app.text.drafts import parse

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
Wordings = Annotated[list[Wording], Field(min_length=1, max_length=50)]
LeastHours = Annotated[float, Field(ge=1, le=24 * 90, description="How long a silence runs at least: an hour or more.")]
WarningHours = Annotated[
    float,
    Field(ge=0, le=24 * 30, description="How long before its deadline the room is warned of a silence; 0: not at all."),
]
ClauseName = Annotated[
    str, Field(min_length=1, max_length=100, description="The label or the key of a clause.", examples=["OP4"])
]
InsertedKind = Literal[Kind.HEADING, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.PARAGRAPH, Kind.FOOTNOTE]


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def _written_out(moment: object) -> object:
    if not isinstance(moment, str) or "T" not in moment.upper():
        raise ValueError("should be a time such as 2026-03-05T14:00:00Z")
    return moment


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this time is beyond the calendar; give one in the years to come") from error


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]


def _calendar_day(day: object) -> object:
    # Elsewhere a number is taken for seconds since 1970.
    if not isinstance(day, str) or not _DAY.fullmatch(day):
        raise ValueError("should be a day such as 2026-03-05")
    return day


Day = Annotated[date, BeforeValidator(_calendar_day)]


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        """JSON can say two things that no database stores: U+0000, and one half of a surrogate pair."""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (found := _UNSTORABLE.search(text)):
                raise ValueError(f"has a character that is not accepted, U+{ord(found[0]):04X}; delete it")
        return value


class NegotiationIn(Input):
    """A new negotiation from a draft, in the drafts/ format or as plain text pasted from an official document."""

    draft: str = Field(max_length=1_500_000, description="The draft.", examples=["The General Assembly,\n..."])
    slug: str = Field("", description="Its name in addresses; by default that in the draft.", examples=["sse"])
    visibility: Visibility = Visibility.PARTICIPANTS
    time_zone: str = Field("UTC", max_length=100, description="IANA name.", examples=["America/New_York"])
    silence_least_hours: LeastHours = 24
    silence_warning_hours: WarningHours = 24
    submissions_until: Moment | None = Field(None, description="The deadline for the submission of language.")

    def house(self) -> House:
        return House(
            self.visibility,
            self.time_zone,
            timedelta(hours=self.silence_least_hours),
            self.submissions_until,
            timedelta(hours=self.silence_warning_hours),
        )


class ArrangementIn(Input):
    """How a negotiation is to be run from now on; what is left out stays."""

    visibility: Visibility | None = None
    time_zone: str | None = Field(None, max_length=100, description="IANA name.", examples=["America/New_York"])
    silence_least_hours: LeastHours | None = None
    silence_warning_hours: WarningHours | None = Field(None, examples=[24])
    submissions_until: Moment | None = Field(
        None,
        description="The deadline for the submission of language; null lifts it.",
        examples=["2023-02-01T09:00:00Z"],
    )
    sponsors_until: Moment | None = Field(
        None,
        description="The deadline for joining the sponsors; null lifts it.",
        examples=["2023-03-31T22:00:00Z"],
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("should have at least one field to change")
        if any(getattr(self, name) is None for name in self.model_fields_set - {"submissions_until", "sponsors_until"}):
            raise ValueError("only deadlines can be null; leave out what should stay")
        return self

    def changes(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in self.model_fields_set}
        for name in ("silence_least", "silence_warning"):
            if f"{name}_hours" in given:
                given[name] = timedelta(hours=given.pop(f"{name}_hours"))
        return given


_HEARERS: Final = "Who hears it: the `room`, your `delegation` alone, or of what is shared with a `group`, that group."


class CommentIn(Input):
    """A comment on a clause or on an amendment: one of the two."""

    clause: str = Field("", max_length=100, description="The label or the key of the clause.", examples=["OP4"])
    amendment: str = Field("", max_length=20, description="The amendment.", examples=["A12"])
    text: str = Field(max_length=10_000, description="What you say; line breaks are kept.", examples=["Why this verb?"])
    audience: Audience = Field(Audience.ROOM, description=_HEARERS)
    reply_to: str = Field("", max_length=20, description="The comment that it answers.", examples=["C3"])

    def to_remark(self) -> Remark:
        return Remark(self.text, self.clause, self.amendment, self.audience, self.reply_to)


class TranslationIn(Input):
    """A paragraph in another official language."""

    text: Wording


class TranslatedTextIn(Input):
    """A whole text in another official language, or some paragraphs of it. Paragraphs that are left out stay."""

    draft: str = Field(max_length=1_500_000, description="In the drafts/ format.", examples=["---\nlanguage: fr\n..."])
    of: str = Field(
        max_length=40,
        description="The text that it translates: a revision, a record entry or a time.",
        examples=["Rev.1", "42"],
    )
    unchanged_holds: bool = Field(
        False, description="Stale paragraphs that say what they said before hold for the new words as they are."
    )

    def to_delivery(self) -> Delivery:
        return Delivery(parse(self.draft), self.of, self.unchanged_holds)


class AmendmentIn(Input):
    """A proposal to a clause: `replace` its text, `insert` a paragraph behind it, `delete` it, `move` it, `split` it,
    `merge` it with those that follow, or put an `alternative` beside it. With `amends`, a sub-amendment to another
    amendment."""

    kind: ChangeKind = Field(examples=["replace"])
    clause: str = Field("", max_length=100, description="The label or the key of the clause.", examples=["OP4"])
    text: Wording | None = None
    texts: Wordings | None = Field(None, description="Of a split: the text of each paragraph.")
    after: ClauseName | None = Field(None, description="Of a move: the clause behind which it goes.")
    merges: list[ClauseName] | None = Field(
        None, max_length=50, description="Of a merger: the clauses directly behind it that it takes in."
    )
    amends: str = Field("", max_length=20, description="Of a sub-amendment: the amendment that it is to.")
    rationale: str = Field("", max_length=5_000, examples=["National circumstances differ."])
    paragraph_kind: InsertedKind | None = Field(None, description="What an insertion is; by default as its neighbour.")
    level: int | None = Field(None, ge=1, le=6, description="Of an insertion: 1 a paragraph, 2 for (a), 3 for (i).")
    audience: Audience = Field(
        Audience.ROOM, description="The room; or your delegation alone, or a group of which it is a member: a draft."
    )
    group: str = Field("", max_length=20, description="Of a draft for a group: which one.", examples=["EU"])

    def to_proposal(self) -> Proposal:
        return Proposal(
            kind=self.kind,
            clause=self.clause,
            text=self.text,
            rationale=self.rationale,
            paragraph_kind=self.paragraph_kind,
            level=self.level,
            after=self.after,
            texts=None if self.texts is None else tuple(self.texts),
            merges=None if self.merges is None else tuple(self.merges),
            amends=self.amends,
            audience=self.audience,
            group=self.group,
        )


class SharingIn(Input):
    """The group that is to see a draft."""

    group: str = Field(min_length=1, max_length=20, examples=["EU"])


class ReintroductionIn(Input):
    """What the delegation that brings an amendment back says for it, if it does."""

    rationale: str = Field("", max_length=5_000, examples=["We find it necessary still."])


class RestatementIn(Input):
    """One's own amendment anew. What is left out stays as it is."""

    text: Wording | None = None
    texts: Wordings | None = Field(None, description="Of a split: the text of each paragraph.")
    rationale: str | None = Field(None, max_length=5_000)


class RehearsalIn(Input):
    """What would be accepted: the amendment as it stands, or with other words."""

    text: Wording | None = Field(None, description="Other words instead.")
    texts: Wordings | None = Field(None, description="The same for a split: the text of each paragraph.")

    def with_texts(self) -> list[str] | None:
        return self.texts if self.text is None else [self.text, *(self.texts or ())]


class AcceptanceIn(RehearsalIn):
    """Acceptance of an amendment: as it stands, or with other words and the reason for them."""

    reason: Reason = ""


class DecisionIn(RehearsalIn):
    """A decision on one amendment among several. To reject needs a reason, and so does to accept with other words."""

    amendment: str = Field(min_length=1, max_length=20, examples=["A12"])
    etag: str = Field(min_length=1, max_length=200, description="Its ETag, as you read it.", examples=['"A12.v1"'])
    choice: Choice = Field(examples=["accept"])
    reason: Reason = ""

    def to_decision(self) -> Decision:
        return Decision(self.amendment, version_in(self.etag), self.choice, self.with_texts(), self.reason)


class DecisionsIn(Input):
    """Decisions that are made together, in this order."""

    decisions: list[DecisionIn] = Field(min_length=1, max_length=MOST_DECISIONS)

    def to_decisions(self) -> list[Decision]:
        return [decision.to_decision() for decision in self.decisions]


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


class RevisionIn(Input):
    """The next revision, called `name`, or Rev.1, Rev.2, ... when none is given."""

    name: str = Field("", max_length=40, examples=["Rev.1"])


class SilenceIn(Input):
    """A silence over some clauses, or (left out) over every paragraph that is not agreed. By default for 72 hours."""

    clauses: list[ClauseName] | None = Field(None, max_length=2_000, examples=[["OP2", "OP3"]])
    hours: float | None = Field(None, gt=0, le=24 * 90, examples=[72])
    deadline: Moment | None = None


class ExtensionIn(Input):
    """A later deadline."""

    deadline: Moment


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


class MemberIn(Input):
    """A state that joins a group, from the day `since` on."""

    member: str = Field(max_length=20, examples=["HRV"])
    since: Day = Field(description="The first day.", examples=["2013-07-01"])


class LeavingIn(Input):
    """The end of a membership."""

    until: Day = Field(description="The first day on which it is a member no more.", examples=["2020-02-01"])


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
    days: int | None = Field(
        None,
        ge=1,
        le=366,
        description="By default 90, or until the token that you send ends, which the new one cannot outlast.",
        examples=[30],
    )

    def lasting(self) -> timedelta | None:
        return None if self.days is None else timedelta(days=self.days)


class SeenIn(Input):
    """How far the record was read."""

    seq: int = Field(
        ge=0, le=2_000_000_000, strict=True, description="The `seq` of the digest that was read.", examples=[42]
    )


class WebhookIn(Input):
    """An address to which the record is sent."""

    url: str = Field(
        min_length=1,
        max_length=2_000,
        description="http(s), on the public internet.",
        examples=["https://hooks.example.org/chapeau"],
    )
    verbs: list[Annotated[str, Field(max_length=60)]] = Field(
        default=[],
        max_length=50,
        description="Only entries with these verbs, or families of verbs; all where there are none.",
        examples=[["amendment.*", "silence.open"]],
    )
    after: int | None = Field(
        None,
        ge=0,
        le=2_000_000_000,
        strict=True,
        description="Send the entries after this one; by default those to come. 0: the whole record.",
        examples=[0],
    )


class MailIn(Input):
    """When digests are mailed."""

    timing: Timing = Field(description="`immediate`, `daily` or `off`.", examples=["daily"])
    hour: int = Field(
        7, ge=0, le=23, strict=True, description="Of the negotiation's time zone, for `daily`.", examples=[7]
    )

    def to_choice(self) -> MailChoice:
        return MailChoice(self.timing, self.hour)


class NegotiationMailIn(MailIn):
    """When digests of one negotiation are mailed."""

    negotiation: str = Field(max_length=63, examples=["sse"])


class MailChoiceIn(MailIn):
    """When digests of all negotiations are mailed, and of some of them otherwise."""

    negotiations: list[NegotiationMailIn] = Field(
        default=[], max_length=200, description="Those about which you want mail at another time, or none."
    )
