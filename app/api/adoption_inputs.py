"""What clients send on the way of a text to adoption."""

from typing import Annotated, Literal

from pydantic import Field

from app.actions.tabling import Submission
from app.api.inputs import Day, Input, Reason
from app.rules.stages import Stage

Symbol = Annotated[str, Field(min_length=1, max_length=60, description="The symbol of the document.")]
DayOfAct = Annotated[Day | None, Field(description="The day on which it happened; by default today.")]


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
