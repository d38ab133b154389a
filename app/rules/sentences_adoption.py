"""The way from the working group to adoption in sentences: the second half of each, after who acted."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.rules.said import listed, quoted
from app.rules.stages import Stage

Payload = Mapping[str, Any]
Names = Mapping[str, str]
_STAGES: Final = {stage.value: stage.words for stage in Stage}


def _moved(payload: Payload, _names: Names) -> str:
    to = _STAGES.get(str(payload.get("stage")), "another stage")
    why = f": {quoted(_cut(payload['reason']))}" if payload.get("reason") else "."
    return f"moved the text to {to}{why}"


def _tabled(payload: Payload, _names: Names) -> str:
    symbol = f" as {payload['symbol']}" if payload.get("symbol") else ""
    why = f", although not all is agreed: {quoted(_cut(payload['although']))}" if payload.get("although") else "."
    return f"tabled the text{symbol}{why}"


def _revised(payload: Payload, _names: Names) -> str:
    labels = _labels(payload.get("changed"))
    who = f", as announced by {payload['announced_by']}" if payload.get("announced_by") else ""
    return f"revised {labels} orally{who}."


def _requested(payload: Payload, names: Names) -> str:
    verb = "withdrew the request for" if payload.get("withdrawn") else "asked for"
    return f"{verb} a recorded vote on {payload.get('label') or 'the whole text'}{_for(payload, names)}."


def _voted(payload: Payload, _names: Names) -> str:
    on = payload.get("label") or "a paragraph"
    result = "retained it" if payload.get("is_carried") else "rejected it"
    whole = ", and with it the whole text" if payload.get("rejects_whole") else ""
    return f"recorded a separate vote on {on}, which {result}{whole}."


def _corrected(payload: Payload, _names: Names) -> str:
    state = payload.get("name") or "a state"
    intended = str(payload.get("intended") or "otherwise").replace("_", " ")
    return f"recorded that {state} had intended to vote {intended} in {payload.get('vote') or 'a vote'}."


def _acted(payload: Payload, _names: Names) -> str:
    if not payload.get("is_adopted", True):
        return f"recorded that the text was rejected by the vote {payload.get('vote') or ''}.".replace(" .", ".")
    symbol = f" as {payload['symbol']}" if payload.get("symbol") else ""
    how = f"by the recorded vote {payload['vote']}" if payload.get("vote") else "without a vote"
    return f"recorded that the text was adopted{symbol}, {how}."


def _explained(payload: Payload, names: Names) -> str:
    what = payload.get("subject") or "position"
    when = f" {payload['when']} the action" if payload.get("when") else ""
    return f"put on record an explanation of {what}{_of(payload, names)}{when}{_said(payload.get('text'))}"


def _dissociated(payload: Payload, names: Names) -> str:
    what = f"a dissociation{_of(payload, names)} from {_labels(payload.get('clauses'))}"
    return f"put on record {what}{_said(payload.get('statement'))}"


def _associated(payload: Payload, names: Names) -> str:
    return f"withdrew the dissociation{_of(payload, names)} from {_labels(payload.get('labels'))}."


def _for(payload: Payload, names: Names) -> str:
    code = payload.get("delegation")
    return f" for {names.get(str(code), str(code))}" if code else ""


def _of(payload: Payload, names: Names) -> str:
    code = payload.get("delegation")
    return f" of {names.get(str(code), str(code))}" if code else ""


def _said(text: object) -> str:
    return f": {quoted(_cut(text))}" if text else "."


def _labels(clauses: object) -> str:
    if not isinstance(clauses, list | tuple) or not clauses:
        return "the text"
    found = [str(one.get("label", "")) if isinstance(one, Mapping) else str(one) for one in clauses]
    return listed(found) if len(found) <= 12 else f"{len(found)} paragraphs"


def _cut(words: object, most: int = 240) -> str:
    """The beginning of a statement, cut between two words where it is long."""
    text = " ".join(str(words).split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


TOLD: Final[dict[str, Callable[[Payload, Names], str]]] = {
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
