"""What clients send on the way of a text to adoption."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.actions.adopting import Action
from app.actions.explaining import Statement, Subject, When
from app.actions.revising_orally import MOST_CHANGES, OralChange, ReadOut
from app.actions.tabling import Submission
from app.actions.voting import RollCall
from app.api.inputs import ClauseName, Day, Input, InsertedKind, Reason, Wording
from app.api.versions import version_in
from app.rules.stages import Stage
from app.rules.voting import Choice, Majority

Symbol = Annotated[str, Field(min_length=1, max_length=60, description="The symbol of the document.")]
DayOfAct = Annotated[Day | None, Field(description="The day on which it happened; by default today.")]
States = Annotated[list[Annotated[str, Field(min_length=1, max_length=20)]], Field(max_length=200)]
OnBehalfOf = Annotated[
    str,
    Field(
        max_length=20,
        description="By default your own. Those who hold the pen can name a delegation that has no seat here.",
    ),
]


class StageIn(Input):
    """The stage that a text comes to. Going back needs a reason."""

    stage: Literal[Stage.ZERO_DRAFT, Stage.WORKING_GROUP, Stage.PERMANENT_REPRESENTATIONS] = Field(
        examples=["working_group"]
    )
    reason: Reason = ""


class TablingIn(Input):
    """The text is tabled under its symbol. With paragraphs that are not agreed, say in `although` why."""

    symbol: Symbol = Field(examples=["A/77/L.60"])
    day: DayOfAct = Field(None, examples=["2023-04-12"])
    session: str = Field("", max_length=200, examples=["Seventy-seventh session"])
    agenda_item: str = Field("", max_length=200, examples=["18"])
    although: str = Field(
        "",
        max_length=5_000,
        description="Why, although it is not agreed.",
        examples=["Agreed ad referendum in New York."],
    )

    def to_submission(self) -> Submission:
        return Submission(self.symbol, self.day, self.session, self.agenda_item, self.although)


class ReadOutIn(Input):
    """One change that is read out: `replace` the words of a clause, `insert` a paragraph behind it, or `delete` it."""

    change: OralChange = Field(examples=["replace"])
    clause: ClauseName
    etag: str = Field(min_length=1, max_length=200, description="Its ETag, as you read it.", examples=['"c6.v1"'])
    text: Wording | None = None
    paragraph_kind: InsertedKind | None = Field(None, description="What an insertion is; by default as its neighbour.")
    level: int | None = Field(None, ge=1, le=6, description="Of an insertion: 1 a paragraph, 2 for (a), 3 for (i).")

    def to_read_out(self) -> ReadOut:
        expected = version_in(self.etag)
        return ReadOut(self.change, self.clause, expected, self.text, self.paragraph_kind, self.level)


class OralRevisionIn(Input):
    """What the sponsors revise orally, all or nothing, in this order; and who announces it."""

    changes: list[ReadOutIn] = Field(min_length=1, max_length=MOST_CHANGES)
    announced_by: str = Field(
        "", max_length=200, description="By default your delegation.", examples=["the representative of Mongolia"]
    )


class VoteRequestIn(Input):
    """A request for a recorded vote, on the whole text or (with `clause`) a separate one on a paragraph."""

    clause: str = Field("", max_length=100, description="The label or the key of the paragraph.", examples=["OP4"])
    delegation: OnBehalfOf = Field("", examples=["CHE"])


class RollCallIn(Input):
    """How each member state voted, by its code; those not named did not vote."""

    in_favour: States = Field(default_factory=list, examples=[["FRA", "SEN"]])
    against: States = Field(default_factory=list, examples=[["BRA"]])
    abstaining: States = Field(default_factory=list, examples=[["CHL"]])
    requested_by: States = Field(
        default_factory=list, description="Who asked for it, beside requests that stand.", examples=[["BRA"]]
    )
    majority: Majority = Field(Majority.SIMPLE, description="Of the members present and voting.")

    def to_roll(self, day: date | None = None, meeting: str = "") -> RollCall:
        return RollCall(
            tuple(self.in_favour),
            tuple(self.against),
            tuple(self.abstaining),
            tuple(self.requested_by),
            self.majority,
            day,
            meeting,
        )


class ParagraphVoteIn(RollCallIn):
    """A separate vote on a paragraph (rule 89)."""

    clause: ClauseName
    etag: str = Field(min_length=1, max_length=200, description="Its ETag, as you read it.", examples=['"c6.v1"'])
    day: DayOfAct = Field(None, examples=["2023-04-18"])
    meeting: str = Field("", max_length=200, examples=["66th plenary meeting"])


class CorrectionIn(Input):
    """How a state had intended to vote. Those who hold the pen name the `state`."""

    intended: Choice = Field(examples=["in_favour"])
    state: str = Field("", max_length=20, description="By default your own.", examples=["SEN"])


class AdoptionIn(Input):
    """The action on the whole text: without a vote, or (with `recorded_vote`) by one."""

    symbol: Symbol = Field(examples=["A/RES/77/281"])
    meeting: str = Field(min_length=1, max_length=200, examples=["66th plenary meeting"])
    day: DayOfAct = Field(None, examples=["2023-04-18"])
    recorded_vote: RollCallIn | None = None
    reconsidered: str = Field(
        "",
        max_length=5_000,
        description="Of a text that was rejected: when the Assembly decided to reconsider it.",
        examples=["Decided on 20 April 2023 by 101 votes to 12."],
    )

    def to_action(self) -> Action:
        roll = None if self.recorded_vote is None else self.recorded_vote.to_roll()
        return Action(self.symbol, self.meeting, self.day, roll, self.reconsidered)


class ExplanationIn(Input):
    """An explanation of position or of vote; left out, `subject` is the vote where there is one, and `when` is now."""

    text: str = Field(
        max_length=20_000,
        description="What is said; line breaks are kept.",
        examples=["We joined the consensus. National circumstances differ."],
    )
    clauses: list[ClauseName] = Field(default_factory=list, max_length=200, examples=[["OP4"]])
    delegation: OnBehalfOf = Field("", examples=["CHE"])
    subject: Subject | None = None
    when: When | None = None

    def to_statement(self) -> Statement:
        return Statement(self.text, tuple(self.clauses), self.delegation, self.subject, self.when)


class DissociationIn(Input):
    """A delegation joins the consensus except on these paragraphs."""

    clauses: list[ClauseName] = Field(min_length=1, max_length=200, examples=[["OP4", "OP7"]])
    statement: str = Field(max_length=20_000, examples=["These paragraphs go beyond what was agreed in 2015."])
    delegation: OnBehalfOf = Field("", examples=["CHE"])
