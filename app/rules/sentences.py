"""An entry of the record as one sentence in plain words: "Norway proposed A12 on PP3: to reword it as “...”."

For the digest, mails and pages. Total: a verb that is not told here, or an entry without a fact that it usually has,
gets a plain sentence too.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from app.rules import sentences_adoption
from app.rules.amendments import PARAGRAPH_BREAK
from app.rules.readings import reading_name
from app.rules.said import listed, moment, quoted
from app.text.languages import Language

Payload = Mapping[str, Any]
Names = Mapping[str, str]  # of delegations, by code

_EXCERPT: Final = 240  # characters of a wording or a reason


def sentence(verb: str, payload: Payload, who: str, names: Names | None = None) -> str:
    """What happened, in one sentence. `who` acted, as people call them; `names` are those of other delegations."""
    tell = _TOLD.get(verb)
    if tell is None:
        return f"{who}: {verb.replace('.', ' ').replace('_', ' ')}."
    told = f"{who} {tell(payload, names or {})}"
    return f"{told} {breaks}" if (breaks := _breaks(payload)) else told


def told_verbs() -> frozenset[str]:
    """The verbs that have a sentence of their own."""
    return frozenset(_TOLD)


def excerpt(words: object) -> str:
    """The beginning of a wording, cut between two words where it is long."""
    text = " ".join(str(words or "").replace(PARAGRAPH_BREAK, "/").split())
    if len(text) <= _EXCERPT:
        return text
    return text[:_EXCERPT].rsplit(" ", 1)[0].rstrip(",;:") + " …"


# --- the text -------------------------------------------------------------------------------------------------------


def _proposed(payload: Payload, names: Names) -> str:
    if payload.get("status") == "draft":
        group = payload.get("shared_with")
        within = f"for {_name(group, names)}" if group else "within the delegation"
        return f"drafted {_on(payload)} {within}: {_change(payload, names)}"
    return f"proposed {_on(payload)}: {_change(payload, names)}"


def _restated(payload: Payload, names: Names) -> str:
    if payload.get("takes_up"):
        return (
            f"took {payload['takes_up']} by {_name(payload.get('of'), names)} up into {_on(payload)}: "
            f"{_change(payload, names)}"
        )
    return f"restated {_on(payload)}: {_change(payload, names)}"


def _shared(payload: Payload, names: Names) -> str:
    if payload.get("taken_back_from"):
        return f"took {_on(payload)} back from {_name(payload['taken_back_from'], names)}."
    return f"shared {_on(payload)} with {_name(payload.get('shared_with'), names)}: {_change(payload, names)}"


def _reintroduced(payload: Payload, names: Names) -> str:
    return f"reintroduced {payload.get('reintroduces') or 'it'} as {_on(payload)}: {_change(payload, names)}"


def _submitted(payload: Payload, names: Names) -> str:
    return f"brought {_on(payload)} before the room: {_change(payload, names)}"


def _withdrew(payload: Payload, _names: Names) -> str:
    return f"withdrew {_on(payload)}{_because(payload)}"


def _cosponsored(payload: Payload, _names: Names) -> str:
    return f"{'left' if payload.get('leaves') else 'co-sponsored'} {_on(payload)}."


def _decided(payload: Payload, names: Names) -> str:
    outcome = {"accepted_with_changes": "accepted, with changes,", "rejected": "rejected"}.get(
        str(payload.get("status", "accepted")), "accepted"
    )
    by = f" by {_name(payload['proposer'], names)}" if payload.get("proposer") else ""
    return f"{outcome} {_on(payload)}{by}{_because(payload)}"


def _decided_together(payload: Payload, _names: Names) -> str:
    decisions = [one for one in payload.get("decisions", ()) if isinstance(one, Mapping)]
    parts = []
    for word, statuses in (("accepted", ("accepted", "accepted_with_changes")), ("rejected", ("rejected",))):
        found = [str(one.get("amendment", "")) for one in decisions if one.get("status") in statuses]
        if found:
            parts.append(f"{word} {listed(found)}")
    return f"{' and '.join(parts) or 'decided on several amendments'}, together."


def _edited(payload: Payload, _names: Names) -> str:
    return f"made an editorial change to {_label(payload)}{_because(payload)}"


def _ruled(payload: Payload, names: Names) -> str:
    kind = "agreed ad referendum" if payload.get("kind") == "ad_ref" else "agreed"
    pending = [_name(code, names) for code in payload.get("pending") or ()]
    waits = f", pending {listed(pending)}" if pending else ""
    package = f", as part of the package “{payload['package']}”" if payload.get("package") else ""
    return f"ruled {_label(payload)} {kind}{waits}{package}."


def _reopened(payload: Payload, _names: Names) -> str:
    return f"reopened {_label(payload)}{_because(payload)}"


def _published(payload: Payload, _names: Names) -> str:
    renumbered = "; the paragraphs are numbered afresh" if payload.get("labels") else ""
    return f"published {payload.get('revision') or 'a revision'}{renumbered}."


def _began_reading(payload: Payload, _names: Names) -> str:
    return f"opened {_reading(payload)}: labels stay as they are until it is closed."


def _ended_reading(payload: Payload, _names: Names) -> str:
    stands = f": {payload['sentence']}" if payload.get("sentence") else "."
    return f"closed {_reading(payload)}{stands}"


def _held(payload: Payload, _names: Names) -> str:
    discussed = payload.get("clauses")
    about = f", on {_labels(discussed)}" if discussed else ""
    return f"put down {_meeting(payload)}{about}."


def _minutes_changed(payload: Payload, _names: Names) -> str:
    return f"changed what is put down of {_meeting(payload)}."


def _meeting(payload: Payload) -> str:
    name = str(payload.get("meeting") or "a meeting")
    title = f", {payload['title']}" if payload.get("title") else ""
    return f"{name}{title}, held on {payload['held_on']}" if payload.get("held_on") else f"{name}{title}"


def _reading(payload: Payload) -> str:
    return reading_name(payload["reading"]) if payload.get("reading") else "a reading"


def _translated(payload: Payload, _names: Names) -> str:
    told = _translations(payload)
    if len(told) == 1:
        return f"translated {_label(told[0])} into {_language(told)}: “{excerpt(told[0].get('text'))}”."
    return f"translated {_labels(told)} into {_language(told)}."


def _confirmed(payload: Payload, _names: Names) -> str:
    told = _translations(payload)
    return f"confirmed that the translation of {_labels(told)} into {_language(told)} still holds."


# --- what is said ---------------------------------------------------------------------------------------------------

_STANCES: Final = {
    "support": "supports",
    "accept": "can live with",
    "reserve": "reserves its position on",
    "object": "objects to",
}


def _took(payload: Payload, _names: Names) -> str:
    stance = _STANCES.get(str(payload.get("stance")), "took a position on")
    return f"{stance} {_subject(payload)}{_because(payload)}"


def _took_back(payload: Payload, _names: Names) -> str:
    return f"took back its position on {_subject(payload)}."


def _commented(payload: Payload, _names: Names) -> str:
    answering = f" in answer to {payload['reply_to']}" if payload.get("reply_to") else ""
    return f"commented on {_subject(payload)}{answering}: {quoted(excerpt(payload.get('text')))}"


def _retracted(payload: Payload, _names: Names) -> str:
    on = f" on {payload['on']}" if payload.get("on") else ""
    return f"took back the comment {payload.get('comment') or ''}{on}.".replace("comment .", "comment.")


# --- silence --------------------------------------------------------------------------------------------------------


def _opened(payload: Payload, _names: Names) -> str:
    return f"opened the silence {_silence(payload)} over {_labels(payload.get('clauses'))}{_until(payload)}."


def _extended(payload: Payload, _names: Names) -> str:
    return f"extended the silence {_silence(payload)}{_until(payload)}."


def _broke(payload: Payload, _names: Names) -> str:
    return f"broke the silence {_silence(payload)} on {_labels(payload.get('clauses'))}{_because(payload)}"


def _warned(payload: Payload, names: Names) -> str:
    silent = [_name(code, names) for code in payload.get("not_spoken") or ()]
    who = f"; {listed(silent)} {'has' if len(silent) == 1 else 'have'} not spoken on all of it" if silent else ""
    over = _labels(payload.get("clauses"))
    return f"warns that the silence {_silence(payload)} over {over} runs{_until(payload)}{who}."


def _passed(payload: Payload, _names: Names) -> str:
    agreed, broken = payload.get("agreed") or (), payload.get("broken") or ()
    result = f"{_labels(agreed)} {'is' if len(agreed) == 1 else 'are'} agreed" if agreed else "nothing is agreed by it"
    apart = f"; it was broken on {_labels(broken)}" if broken else ""
    return f"records that the silence {_silence(payload)} has ended: {result}{apart}."


# --- the house ------------------------------------------------------------------------------------------------------


def _created(_payload: Payload, _names: Names) -> str:
    return "opened the negotiation with its first text."


def _arranged(payload: Payload, _names: Names) -> str:
    until, sponsors = _read_time(payload.get("submissions_until")), _read_time(payload.get("sponsors_until"))
    told = {
        "visibility": {
            "public": "it is public to read",
            "private": "only those who hold the pen see it",
            "participants": "participants see it",
        }.get(str(payload.get("visibility")), ""),
        "time_zone": f"the time zone is {payload['time_zone']}" if payload.get("time_zone") else "",
        "silence": f"a silence runs for at least {payload['silence_least_hours']:g} hours"
        if isinstance(payload.get("silence_least_hours"), int | float)
        else "",
        "warning": _warning(payload.get("silence_warning_hours")),
        "until": f"language is taken until {moment(until)}" if until is not None else "",
        "sponsors": f"states join the sponsors until {moment(sponsors)}" if sponsors is not None else "",
    }
    facts = [fact for fact in told.values() if fact]
    return f"changed how the negotiation is run{': ' + ', '.join(facts) if facts else ''}."


def _warning(hours: object) -> str:
    if not isinstance(hours, int | float):
        return ""
    return f"the room is warned {hours:g} hours before one ends" if hours else "the room is not warned before one ends"


def _invited(payload: Payload, names: Names) -> str:
    return f"invited {_name(payload.get('delegation'), names)}{_as_role(payload)}."


def _seated(payload: Payload, names: Names) -> str:
    who = payload.get("person") or "somebody"
    place = f" for {_name(payload['delegation'], names)}" if payload.get("delegation") else _as_role(payload)
    return f"gave {who} a seat{place}."


def _sent_invitation(payload: Payload, names: Names) -> str:
    place = f" for {_name(payload['delegation'], names)}" if payload.get("delegation") else _as_role(payload)
    return f"invited somebody to take a seat{place}."


def _revoked_invitation(payload: Payload, _names: Names) -> str:
    return f"revoked the invitation {payload.get('invitation') or 'to a seat'}."


def _accepted_invitation(payload: Payload, names: Names) -> str:
    place = f" for {_name(payload['delegation'], names)}" if payload.get("delegation") else _as_role(payload)
    who = f": {payload['person']}" if payload.get("person") else ""
    return f"took a seat{place} by invitation{who}."


# --- sponsors -------------------------------------------------------------------------------------------------------


def _joined(payload: Payload, names: Names) -> str:
    group = payload.get("on_behalf_of")
    return f"joined the sponsors{f' on behalf of {_name(group, names)}' if group else ''}."


def _left(_payload: Payload, _names: Names) -> str:
    return "left the sponsors."


def _recorded_sponsor(payload: Payload, names: Names) -> str:
    state = _state(payload, names)
    told = f": {quoted(excerpt(payload['told']))}" if payload.get("told") else "."
    if payload.get("left"):
        return f"recorded that {state} left the sponsors{told}"
    group = f" on behalf of {_name(payload['on_behalf_of'], names)}" if payload.get("on_behalf_of") else ""
    kind = "main sponsor" if payload.get("kind") == "main" else "co-sponsor"
    announced = ", announced at the adoption" if payload.get("at_adoption") else ""
    return f"recorded {state} as {kind}{group}{announced}{told}"


def _noted(payload: Payload, names: Names) -> str:
    step = str(payload.get("step") or "spoken to").replace("_", " ")
    return f"noted of {_state(payload, names)} ({step}): {quoted(excerpt(payload.get('text')))}"


def _state(payload: Payload, names: Names) -> str:
    return str(payload.get("name") or _name(payload.get("state"), names))


def _took_note_back(payload: Payload, names: Names) -> str:
    return f"took back the note {payload.get('note') or ''} on {_state(payload, names)}.".replace("  ", " ")


def _webhook(what: str) -> "Callable[[Payload, Names], str]":
    def tell(payload: Payload, _names: Names) -> str:
        where = f" to {payload['host']}" if payload.get("host") else ""
        return f"{what} {payload.get('webhook') or 'a webhook'}{where}."

    return tell


_TOLD: Final[dict[str, Callable[[Payload, Names], str]]] = {
    **sentences_adoption.TOLD,
    "negotiation.create": _created,
    "negotiation.arrange": _arranged,
    "delegation.invite": _invited,
    "seat.assign": _seated,
    "invitation.send": _sent_invitation,
    "invitation.revoke": _revoked_invitation,
    "invitation.accept": _accepted_invitation,
    "meeting.hold": _held,
    "meeting.note": _minutes_changed,
    "reading.open": _began_reading,
    "reading.close": _ended_reading,
    "revision.publish": _published,
    "clause.edit": _edited,
    "clause.rule": _ruled,
    "clause.reopen": _reopened,
    "amendment.propose": _proposed,
    "amendment.restate": _restated,
    "amendment.share": _shared,
    "amendment.submit": _submitted,
    "amendment.reintroduce": _reintroduced,
    "amendment.withdraw": _withdrew,
    "amendment.cosponsor": _cosponsored,
    "amendment.decide": _decided,
    "amendment.decide_together": _decided_together,
    "translation.write": _translated,
    "translation.confirm": _confirmed,
    "position.take": _took,
    "position.withdraw": _took_back,
    "comment.write": _commented,
    "comment.retract": _retracted,
    "silence.open": _opened,
    "silence.extend": _extended,
    "silence.break": _broke,
    "silence.warn": _warned,
    "silence.pass": _passed,
    "sponsor.join": _joined,
    "sponsor.leave": _left,
    "sponsor.record": _recorded_sponsor,
    "outreach.note": _noted,
    "outreach.retract": _took_note_back,
    "webhook.add": _webhook("added the webhook"),
    "webhook.remove": _webhook("removed the webhook"),
    "webhook.pause": _webhook("paused the webhook"),
    "webhook.resume": _webhook("resumed the webhook"),
}


# --- parts of a sentence --------------------------------------------------------------------------------------------


def _change(payload: Payload, _names: Names) -> str:
    words = f"“{excerpt(payload.get('text'))}”."
    to = f"as a change to A{payload['amends']}, " if payload.get("amends") else ""
    match payload.get("kind"):
        case "insert":
            return f"to insert behind it {words}"
        case "delete":
            return "to delete it."
        case "move":
            return "to move it elsewhere in the text."
        case "split":
            return f"to split it: {words}"
        case "merge":
            return f"to merge it with what follows: {words}"
        case "alternative":
            return f"to put beside it {words}"
        case _:
            return f"{to}to reword it as {words}" if payload.get("text") else f"{to}to change it."


def _on(payload: Payload) -> str:
    """`A12 on PP3`, or `A12` where the entry does not say what that is on."""
    name = str(payload.get("amendment") or "an amendment")
    return f"{name} on {payload['label']}" if payload.get("label") else name


def _subject(payload: Payload) -> str:
    return str(payload.get("amendment") or payload.get("label") or "a paragraph")


def _label(payload: Payload) -> str:
    return str(payload.get("label") or "a paragraph")


def _labels(clauses: object) -> str:
    if not isinstance(clauses, Sequence) or isinstance(clauses, str) or not clauses:
        return "the text"
    found = [str(one.get("label", "")) if isinstance(one, Mapping) else str(one) for one in clauses]
    return listed(found) if len(found) <= 12 else f"{len(found)} paragraphs"


def _translations(payload: Payload) -> list[Payload]:
    told = payload.get("translations")
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, Sequence) else []


def _language(told: Sequence[Payload]) -> str:
    code = str(told[0].get("language")) if told else ""
    return Language(code).called if code in set(Language) else "another language"


def _because(payload: Payload) -> str:
    return f": {quoted(excerpt(payload['reason']))}" if payload.get("reason") else "."


def _breaks(payload: Payload) -> str:
    """What an act did to silences that ran, as a sentence of its own; empty where it broke none."""
    breaks = payload.get("breaks")
    if not isinstance(breaks, Mapping):
        return ""
    told = [f"{name} on {_labels(labels)}" for name, labels in breaks.items()]
    return f"That broke the silence {listed(told)}." if told else ""


def _silence(payload: Payload) -> str:
    return str(payload.get("silence") or "procedure")


def _until(payload: Payload) -> str:
    deadline = _read_time(payload.get("deadline"))
    return "" if deadline is None else f" until {moment(deadline)}"


def _read_time(written: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(written)) if written else None
    except ValueError:
        return None


def _as_role(payload: Payload) -> str:
    return f" as {payload['role']}" if payload.get("role") else ""


def _name(code: object, names: Names) -> str:
    return names.get(str(code), str(code)) if code else "a delegation"
