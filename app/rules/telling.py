"""The record told entry by entry: for each verb, what its entries tell.

The one place where that is registered. A capability with tables of its own has a frozen dataclass for their rows and a
function that makes them from an entry (as in told_room.py), puts its verbs here, and its tables among those that
`chapeau verify` compares (STORED in app/views/proceedings.py). A verb that is not here tells of the text only (its
`changes`), and of what every act may tell: amendments carried over (`rebased`), silences broken (`breaches`), a whole
text kept under a name (`revision` and `hash`), translations (`translations`).
"""

from collections.abc import Callable, Mapping
from typing import Final

from app.rules.proceedings import Proceedings, Told
from app.rules.replay import NotReplayable
from app.rules.told_adoption import (
    adoption_told,
    association_told,
    correction_told,
    dissociation_told,
    explanation_told,
    oral_revision_told,
    request_told,
    stage_told,
    tabling_told,
    vote_told,
)
from app.rules.told_amendments import (
    carried_over_told,
    cosponsoring_told,
    decision_told,
    decisions_told,
    proposal_told,
    restatement_told,
    sharing_told,
    submission_told,
    withdrawal_told,
)
from app.rules.told_clauses import (
    breaches_told,
    position_told,
    reopening_told,
    ruling_told,
    silence_broken,
    silence_extended,
    silence_opened,
    silence_passed,
    text_told,
)
from app.rules.told_meetings import meeting_held, meeting_noted
from app.rules.told_room import (
    beginning_told,
    comment_told,
    house_told,
    invitation_accepted,
    invitation_revoked,
    invitation_sent,
    invitation_told,
    reading_closed,
    reading_opened,
    retraction_told,
    revision_told,
    seat_told,
    translations_told,
)
from app.rules.told_sponsors import note_retraction_told, note_told, sponsorship_told
from app.said import Said

TELLING: Final[Mapping[str, Callable[[Proceedings, Told], None]]] = {
    "negotiation.create": beginning_told,
    "negotiation.arrange": house_told,
    "delegation.invite": invitation_told,
    "seat.assign": seat_told,
    "invitation.send": invitation_sent,
    "invitation.revoke": invitation_revoked,
    "invitation.accept": invitation_accepted,
    "meeting.hold": meeting_held,
    "meeting.note": meeting_noted,
    "reading.open": reading_opened,
    "reading.close": reading_closed,
    "clause.rule": ruling_told,
    "clause.reopen": reopening_told,
    "amendment.propose": proposal_told,
    "amendment.reintroduce": proposal_told,
    "amendment.share": sharing_told,
    "amendment.restate": restatement_told,
    "amendment.submit": submission_told,
    "amendment.withdraw": withdrawal_told,
    "amendment.cosponsor": cosponsoring_told,
    "amendment.decide": decision_told,
    "amendment.decide_together": decisions_told,
    "position.take": position_told,
    "position.withdraw": position_told,
    "comment.write": comment_told,
    "comment.retract": retraction_told,
    "sponsor.join": sponsorship_told,
    "sponsor.leave": sponsorship_told,
    "sponsor.record": sponsorship_told,
    "outreach.note": note_told,
    "outreach.retract": note_retraction_told,
    "silence.open": silence_opened,
    "silence.extend": silence_extended,
    "silence.break": silence_broken,
    "silence.pass": silence_passed,
    "stage.advance": stage_told,
    "text.table": tabling_told,
    "text.revise_orally": oral_revision_told,
    "text.adopt": adoption_told,
    "vote.request": request_told,
    "vote.record": vote_told,
    "vote.correct": correction_told,
    "explanation.give": explanation_told,
    "dissociation.declare": dissociation_told,
    "dissociation.withdraw": association_told,
}


def hear(proceedings: Proceedings, told: Told) -> None:
    """Hear one entry. Raises NotReplayable when it does not fit what the entries before it told."""
    try:
        _hear(proceedings, told)
    except NotReplayable:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise NotReplayable(
            Said("it does not tell what {verb} tells ({wrong})", verb=told.verb, wrong=str(wrong))
        ) from wrong


def _hear(proceedings: Proceedings, told: Told) -> None:
    proceedings.touched.clear()
    proceedings.text.apply(told.payload.get("changes", ()))
    text_told(proceedings, told)
    carried_over_told(proceedings, told, told.payload)
    if told.verb in TELLING:
        TELLING[told.verb](proceedings, told)
    breaches_told(proceedings, told)
    revision_told(proceedings, told)
    translations_told(proceedings, told)
