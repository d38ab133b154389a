"""The way from the working group to adoption, told in sentences."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.rules.stages import Stage
from app.said import N_, Fact, Said, in_quotes

Payload = Mapping[str, Any]
Names = Mapping[str, str]
Tell = Callable[[str, Payload, Names], Said]
_STAGES: Final = {stage.value: stage.words for stage in Stage}


def _moved(who: str, payload: Payload, _names: Names) -> Said:
    to = _STAGES.get(str(payload.get("stage"))) or Said("another stage")
    return Said("{who} moved the text to {stage}{why}", who=who, stage=to, why=_said(payload.get("reason")))


def _tabled(who: str, payload: Payload, _names: Names) -> Said:
    text = Said("the text as {symbol}", symbol=payload["symbol"]) if payload.get("symbol") else Said("the text")
    if payload.get("although"):
        why = in_quotes(_cut(payload["although"]))
        return Said("{who} tabled {text}, although not all is agreed: {why}", who=who, text=text, why=why)
    return Said("{who} tabled {text}.", who=who, text=text)


def _revised(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "labels": _labels(payload.get("changed"))}
    if payload.get("announced_by"):
        return Said(
            "{who} revised {labels} orally, as announced by {speaker}.", **told, speaker=payload["announced_by"]
        )
    return Said("{who} revised {labels} orally.", **told)


def _requested(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "what": payload.get("label") or Said("the whole text"), "for": _for(payload, names)}
    if payload.get("withdrawn"):
        return Said("{who} withdrew the request for a recorded vote on {what}{for}.", **told)
    return Said("{who} asked for a recorded vote on {what}{for}.", **told)


def _voted(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "label": payload.get("label") or Said("a paragraph")}
    if payload.get("is_carried"):
        return Said("{who} recorded a separate vote on {label}, which retained it.", **told)
    if payload.get("rejects_whole"):
        return Said("{who} recorded a separate vote on {label}, which rejected it, and with it the whole text.", **told)
    return Said("{who} recorded a separate vote on {label}, which rejected it.", **told)


_CHOICES: Final = (N_("in favour"), N_("against"), N_("abstaining"), N_("otherwise"))


def _corrected(who: str, payload: Payload, _names: Names) -> Said:
    intended = str(payload.get("intended") or "otherwise").replace("_", " ")
    return Said(
        "{who} recorded that {state} had intended to vote {intended} in {vote}.",
        who=who,
        state=payload.get("name") or Said("a state"),
        intended=Said(intended) if intended in _CHOICES else intended,
        vote=payload.get("vote") or Said("a vote"),
    )


def _acted(who: str, payload: Payload, _names: Names) -> Said:
    vote, symbol = payload.get("vote"), payload.get("symbol")
    if not payload.get("is_adopted", True):
        if vote:
            return Said("{who} recorded that the text was rejected by the vote {vote}.", who=who, vote=vote)
        return Said("{who} recorded that the text was rejected by the vote.", who=who)
    how = Said("by the recorded vote {vote}", vote=vote) if vote else Said("without a vote")
    if symbol:
        return Said("{who} recorded that the text was adopted as {symbol}, {how}.", who=who, symbol=symbol, how=how)
    return Said("{who} recorded that the text was adopted, {how}.", who=who, how=how)


_SUBJECTS: Final = (N_("position"), N_("vote"))


def _explained(who: str, payload: Payload, names: Names) -> Said:
    subject = str(payload.get("subject") or "position")
    what = Said(subject) if subject in _SUBJECTS else subject
    told = {"who": who, "subject": what, "of": _of(payload, names), "text": _said(payload.get("text"))}
    match payload.get("when"):
        case "before":
            return Said("{who} put on record an explanation of {subject}{of} before the action{text}", **told)
        case "after":
            return Said("{who} put on record an explanation of {subject}{of} after the action{text}", **told)
    return Said("{who} put on record an explanation of {subject}{of}{text}", **told)


def _dissociated(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "of": _of(payload, names), "labels": _labels(payload.get("clauses"))}
    return Said(
        "{who} put on record a dissociation{of} from {labels}{text}", **told, text=_said(payload.get("statement"))
    )


def _associated(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "of": _of(payload, names), "labels": _labels(payload.get("labels"))}
    return Said("{who} withdrew the dissociation{of} from {labels}.", **told)


def _for(payload: Payload, names: Names) -> Said:
    code = payload.get("delegation")
    return Said(" for {delegation}", delegation=names.get(str(code), str(code))) if code else Said("")


def _of(payload: Payload, names: Names) -> Said:
    code = payload.get("delegation")
    return Said(" of {delegation}", delegation=names.get(str(code), str(code))) if code else Said("")


def _said(text: object) -> Said:
    return Said(": {quotation}", quotation=in_quotes(_cut(text))) if text else Said(".")


def _labels(clauses: object) -> Fact:
    if not isinstance(clauses, list | tuple) or not clauses:
        return Said("the text")
    found = tuple(str(one.get("label", "")) if isinstance(one, Mapping) else str(one) for one in clauses)
    return found if len(found) <= 12 else Said("{number} paragraphs", number=len(found))


def _cut(words: object, most: int = 240) -> str:
    """The beginning of a statement, cut between two words where it is long."""
    text = " ".join(str(words).split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


TOLD: Final[dict[str, Tell]] = {
    "stage.advance": _moved,
    "text.table": _tabled,
    "text.revise_orally": _revised,
    "text.adopt": _acted,
    "vote.request": _requested,
    "vote.record": _voted,
    "vote.correct": _corrected,
    "explanation.give": _explained,
    "dissociation.declare": _dissociated,
    "dissociation.withdraw": _associated,
}
