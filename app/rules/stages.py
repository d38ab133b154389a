"""The way of a text from the zero draft to adoption: its stages in order, and what may be done at each.

Up to the permanent representations the text is negotiated, and it may go back from there to the working group. Once
tabled it belongs to the Assembly: only its sponsors revise it, orally, and the Assembly acts on it. What is adopted is
closed.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.problems import (
    NotTabled,
    ReasonRequired,
    StageAlreadyReached,
    StageByItsOwnAct,
    TabledTooEarly,
    TextAdopted,
    TextTabled,
)
from app.said import N_, Said


class Stage(StrEnum):
    """In the order of the way."""

    ZERO_DRAFT = "zero_draft"
    WORKING_GROUP = "working_group"
    PERMANENT_REPRESENTATIONS = "permanent_representations"
    TABLED = "tabled"
    ADOPTED = "adopted"

    @property
    def words(self) -> Said:
        """As a sentence says it: `the working group`."""
        return Said(_WORDS[self])


_WORDS: Final = {
    Stage.ZERO_DRAFT: N_("the zero draft"),
    Stage.WORKING_GROUP: N_("the working group"),
    Stage.PERMANENT_REPRESENTATIONS: N_("the permanent representations"),
    Stage.TABLED: N_("the tabled text"),
    Stage.ADOPTED: N_("the adopted text"),
}
ORDER: Final = tuple(Stage)
NEGOTIATED: Final = frozenset({Stage.ZERO_DRAFT, Stage.WORKING_GROUP, Stage.PERMANENT_REPRESENTATIONS})
_READY: Final = frozenset({Stage.WORKING_GROUP, Stage.PERMANENT_REPRESENTATIONS})
_TABLED: Final = frozenset({Stage.TABLED})
_ADOPTED: Final = frozenset({Stage.ADOPTED})
_ANY: Final = frozenset(Stage)

# Every verb that writes in a negotiation, and the stages at which it may be done. What is not here is denied.
PERMITTED: Final[Mapping[str, frozenset[Stage]]] = {
    # the house, and what is said beside the text
    "negotiation.create": frozenset({Stage.ZERO_DRAFT}),
    "negotiation.arrange": _ANY,
    "delegation.invite": _ANY,
    "seat.assign": _ANY,
    "invitation.send": _ANY,
    "invitation.revoke": _ANY,
    "invitation.accept": _ANY,
    "meeting.hold": _ANY,
    "meeting.note": _ANY,
    "comment.write": _ANY,
    "comment.retract": _ANY,
    "digest.mark": _ANY,
    # the other languages follow the text, which may be adopted before they are complete
    "translation.write": _ANY,
    "translation.confirm": _ANY,
    # who comes too late to join or leave is told so in the words of sponsors
    "sponsor.join": _ANY,
    "sponsor.leave": _ANY,
    "sponsor.record": _ANY,
    "outreach.note": _ANY,
    "outreach.retract": _ANY,
    "webhook.add": _ANY,
    "webhook.remove": _ANY,
    "webhook.pause": _ANY,
    "webhook.resume": _ANY,
    "webhook.ping": _ANY,
    # the text, while it is negotiated
    "reading.open": NEGOTIATED,
    "reading.close": NEGOTIATED,
    "revision.publish": NEGOTIATED,
    "clause.edit": NEGOTIATED,
    "clause.rule": NEGOTIATED,
    "clause.reopen": NEGOTIATED,
    "amendment.propose": NEGOTIATED,
    "amendment.restate": NEGOTIATED,
    "amendment.share": NEGOTIATED,
    "amendment.submit": NEGOTIATED,
    "amendment.reintroduce": NEGOTIATED,
    "amendment.cosponsor": NEGOTIATED,
    "amendment.decide": NEGOTIATED,
    "amendment.decide_together": NEGOTIATED,
    "amendment.rehearse": NEGOTIATED,
    "silence.open": NEGOTIATED,
    "silence.extend": NEGOTIATED,
    "silence.break": NEGOTIATED,
    # what clears the way to consensus is possible until the action
    "amendment.withdraw": NEGOTIATED | _TABLED,
    "position.take": NEGOTIATED | _TABLED,
    "position.withdraw": NEGOTIATED | _TABLED,
    # from one stage to the next
    "stage.advance": NEGOTIATED,
    "text.table": _READY,
    # what the sponsors and the Assembly do
    "text.revise_orally": _TABLED,
    "vote.request": _TABLED,
    "vote.record": _TABLED,
    "text.adopt": _TABLED,
    "vote.correct": _TABLED | _ADOPTED,
    "explanation.give": _TABLED | _ADOPTED,
    "dissociation.declare": _ANY,
    "dissociation.withdraw": _ANY,
}


def must_be_possible(verb: str, stage: Stage, symbol: str = "") -> None:
    """Refuse (409) what cannot be done at the stage that the text, known as `symbol`, has come to.

    Raises TextAdopted, TextTabled, NotTabled, TabledTooEarly. A verb that is not in the table is a mistake of ours and
    denied: KeyError.
    """
    permitted = PERMITTED[verb]
    if stage in permitted:
        return
    if stage is Stage.ADOPTED:
        raise TextAdopted(symbol=symbol, verb=verb)
    if stage is Stage.TABLED:
        raise TextTabled(symbol=symbol, verb=verb)
    if permitted == _READY:
        raise TabledTooEarly()
    raise NotTabled(verb=verb, stage=stage.words)


def must_lead_to(here: Stage, there: Stage, reason: str) -> None:
    """Refuse a step that is none: to where the text is, or to what its own act brings about; back needs a reason.

    Raises StageAlreadyReached, StageByItsOwnAct, ReasonRequired.
    """
    if there not in NEGOTIATED:
        raise StageByItsOwnAct(stage=there.words, act=Said("tabling") if there is Stage.TABLED else Said("adoption"))
    if here is there:
        raise StageAlreadyReached(stage=here.words)
    if ORDER.index(there) < ORDER.index(here) and not reason.strip():
        raise ReasonRequired(act=Said("Returning a text to {stage}", stage=there.words))
