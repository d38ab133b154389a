"""An entry of the record as one sentence in plain words: "Norway proposed A12 on PP3: to reword it as “...”."

For the digest, mails and pages. Total: a verb that is not told here, or an entry without a fact that it usually has,
gets a plain sentence too.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from app.rules import sentences_adoption
from app.rules.amendments import PARAGRAPH_BREAK
from app.rules.outcomes import said_again
from app.rules.permissions import Role
from app.rules.readings import reading_name
from app.said import N_, Fact, Said, all_said, dated, in_quotes
from app.text.languages import Language

Payload = Mapping[str, Any]
Names = Mapping[str, str]  # of delegations, by code
Tell = Callable[[str, Payload, Names], Said]  # who acted, what the entry says, what delegations are called

_EXCERPT: Final = 240  # characters of a wording or a reason


def sentence(verb: str, payload: Payload, who: str, names: Names | None = None) -> Said:
    """What happened, in one sentence. `who` acted, as people call them; `names` are those of other delegations."""
    tell = _TOLD.get(verb)
    if tell is None:
        return Said("{who}: {verb}.", who=who, verb=verb.replace(".", " ").replace("_", " "))
    told = tell(who, payload, names or {})
    breaks = _breaks(payload)
    return told if breaks is None else all_said((told, breaks))


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


def _proposed(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "amendment": _on(payload), "change": _change(payload)}
    if payload.get("status") == "draft":
        group = payload.get("shared_with")
        if group:
            return Said("{who} drafted {amendment} for {group}: {change}", **told, group=_name(group, names))
        return Said("{who} drafted {amendment} within the delegation: {change}", **told)
    return Said("{who} proposed {amendment}: {change}", **told)


def _restated(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "amendment": _on(payload), "change": _change(payload)}
    if payload.get("takes_up"):
        of = _name(payload.get("of"), names)
        return Said(
            "{who} took {other} by {of} up into {amendment}: {change}", **told, other=payload["takes_up"], of=of
        )
    return Said("{who} restated {amendment}: {change}", **told)


def _shared(who: str, payload: Payload, names: Names) -> Said:
    if payload.get("taken_back_from"):
        group = _name(payload["taken_back_from"], names)
        return Said("{who} took {amendment} back from {group}.", who=who, amendment=_on(payload), group=group)
    told = {"who": who, "amendment": _on(payload), "change": _change(payload)}
    return Said(
        "{who} shared {amendment} with {group}: {change}", **told, group=_name(payload.get("shared_with"), names)
    )


def _reintroduced(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "amendment": _on(payload), "change": _change(payload)}
    if payload.get("reintroduces"):
        return Said("{who} reintroduced {old} as {amendment}: {change}", **told, old=payload["reintroduces"])
    return Said("{who} reintroduced it as {amendment}: {change}", **told)


def _submitted(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "amendment": _on(payload), "change": _change(payload)}
    return Said("{who} brought {amendment} before the room: {change}", **told)


def _withdrew(who: str, payload: Payload, _names: Names) -> Said:
    return Said("{who} withdrew {amendment}{why}", who=who, amendment=_on(payload), why=_because(payload))


def _cosponsored(who: str, payload: Payload, _names: Names) -> Said:
    if payload.get("leaves"):
        return Said("{who} left {amendment}.", who=who, amendment=_on(payload))
    return Said("{who} co-sponsored {amendment}.", who=who, amendment=_on(payload))


def _decided(who: str, payload: Payload, names: Names) -> Said:
    on = _on(payload)
    if payload.get("proposer"):
        on = Said("{amendment} by {proposer}", amendment=on, proposer=_name(payload["proposer"], names))
    told = {"who": who, "amendment": on, "why": _because(payload)}
    match payload.get("status"):
        case "rejected":
            return Said("{who} rejected {amendment}{why}", **told)
        case "accepted_with_changes":
            return Said("{who} accepted, with changes, {amendment}{why}", **told)
    return Said("{who} accepted {amendment}{why}", **told)


def _decided_together(who: str, payload: Payload, _names: Names) -> Said:
    decisions = [one for one in payload.get("decisions", ()) if isinstance(one, Mapping)]

    def are(*statuses: str) -> tuple[str, ...]:
        return tuple(str(one.get("amendment", "")) for one in decisions if one.get("status") in statuses)

    accepted, rejected = are("accepted", "accepted_with_changes"), are("rejected")
    if accepted and rejected:
        told: dict[str, Fact] = {"who": who, "accepted": accepted, "rejected": rejected}
        return Said("{who} accepted {accepted} and rejected {rejected}, together.", **told)
    if accepted:
        return Said("{who} accepted {accepted}, together.", who=who, accepted=accepted)
    if rejected:
        return Said("{who} rejected {rejected}, together.", who=who, rejected=rejected)
    return Said("{who} decided on several amendments, together.", who=who)


def _edited(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "label": _label(payload), "why": _because(payload)}
    return Said("{who} made an editorial change to {label}{why}", **told)


def _ruled(who: str, payload: Payload, names: Names) -> Said:
    agreed = Said("agreed ad referendum") if payload.get("kind") == "ad_ref" else Said("agreed")
    if payload.get("pending"):
        pending = tuple(_name(code, names) for code in payload["pending"])
        agreed = Said("{agreed}, pending {pending}", agreed=agreed, pending=pending)
    if payload.get("package"):
        agreed = Said("{agreed}, as part of the package “{package}”", agreed=agreed, package=payload["package"])
    return Said("{who} ruled {label} {agreed}.", who=who, label=_label(payload), agreed=agreed)


def _reopened(who: str, payload: Payload, _names: Names) -> Said:
    return Said("{who} reopened {label}{why}", who=who, label=_label(payload), why=_because(payload))


def _published(who: str, payload: Payload, _names: Names) -> Said:
    revision = payload.get("revision") or Said("a revision")
    if payload.get("labels"):
        return Said("{who} published {revision}; the paragraphs are numbered afresh.", who=who, revision=revision)
    return Said("{who} published {revision}.", who=who, revision=revision)


def _began_reading(who: str, payload: Payload, _names: Names) -> Said:
    return Said(
        "{who} opened {reading}: labels stay as they are until it is closed.", who=who, reading=_reading(payload)
    )


def _ended_reading(who: str, payload: Payload, _names: Names) -> Said:
    if payload.get("sentence"):
        stands = said_again(str(payload["sentence"]))
        return Said("{who} closed {reading}: {sentence}", who=who, reading=_reading(payload), sentence=stands)
    return Said("{who} closed {reading}.", who=who, reading=_reading(payload))


def _held(who: str, payload: Payload, _names: Names) -> Said:
    if payload.get("clauses"):
        told = {"who": who, "meeting": _meeting(payload), "labels": _labels(payload["clauses"])}
        return Said("{who} put down {meeting}, on {labels}.", **told)
    return Said("{who} put down {meeting}.", who=who, meeting=_meeting(payload))


def _minutes_changed(who: str, payload: Payload, _names: Names) -> Said:
    return Said("{who} changed what is put down of {meeting}.", who=who, meeting=_meeting(payload))


def _meeting(payload: Payload) -> str:
    name = payload.get("meeting") or Said("a meeting")
    if payload.get("title"):
        name = Said("{meeting}, {title}", meeting=name, title=payload["title"])
    if payload.get("held_on"):
        return Said("{meeting}, held on {day}", meeting=name, day=_day(payload["held_on"]))
    return str(name) if not isinstance(name, Said) else name


def _reading(payload: Payload) -> str:
    return reading_name(payload["reading"]) if payload.get("reading") else Said("a reading")


def _translated(who: str, payload: Payload, _names: Names) -> Said:
    told = _translations(payload)
    language = _language(told)
    if len(told) == 1:
        facts = {"who": who, "label": _label(told[0]), "language": language, "text": excerpt(told[0].get("text"))}
        return Said("{who} translated {label} into {language}: “{text}”.", **facts)
    return Said("{who} translated {labels} into {language}.", who=who, labels=_labels(told), language=language)


def _confirmed(who: str, payload: Payload, _names: Names) -> Said:
    told = _translations(payload)
    facts = {"who": who, "labels": _labels(told), "language": _language(told)}
    return Said("{who} confirmed that the translation of {labels} into {language} still holds.", **facts)


# --- what is said ---------------------------------------------------------------------------------------------------


def _took(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "subject": _subject(payload), "why": _because(payload)}
    match payload.get("stance"):
        case "support":
            return Said("{who} supports {subject}{why}", **told)
        case "accept":
            return Said("{who} can live with {subject}{why}", **told)
        case "reserve":
            return Said("{who} reserves its position on {subject}{why}", **told)
        case "object":
            return Said("{who} objects to {subject}{why}", **told)
    return Said("{who} took a position on {subject}{why}", **told)


def _took_back(who: str, payload: Payload, _names: Names) -> Said:
    return Said("{who} took back its position on {subject}.", who=who, subject=_subject(payload))


def _commented(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "subject": _subject(payload), "text": in_quotes(excerpt(payload.get("text")))}
    if payload.get("reply_to"):
        return Said("{who} commented on {subject} in answer to {comment}: {text}", **told, comment=payload["reply_to"])
    return Said("{who} commented on {subject}: {text}", **told)


def _retracted(who: str, payload: Payload, _names: Names) -> Said:
    comment = payload.get("comment")
    on = payload.get("on")
    if comment and on:
        return Said("{who} took back the comment {comment} on {subject}.", who=who, comment=comment, subject=on)
    if comment:
        return Said("{who} took back the comment {comment}.", who=who, comment=comment)
    return Said("{who} took back the comment.", who=who)


# --- silence --------------------------------------------------------------------------------------------------------


def _opened(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "silence": _silence(payload), "labels": _labels(payload.get("clauses"))}
    deadline = _read_time(payload.get("deadline"))
    if deadline is None:
        return Said("{who} opened the silence {silence} over {labels}.", **told)
    return Said("{who} opened the silence {silence} over {labels} until {deadline}.", **told, deadline=deadline)


def _extended(who: str, payload: Payload, _names: Names) -> Said:
    deadline = _read_time(payload.get("deadline"))
    if deadline is None:
        return Said("{who} extended the silence {silence}.", who=who, silence=_silence(payload))
    told = {"who": who, "silence": _silence(payload)}
    return Said("{who} extended the silence {silence} until {deadline}.", **told, deadline=deadline)


def _broke(who: str, payload: Payload, _names: Names) -> Said:
    told = {"who": who, "silence": _silence(payload), "labels": _labels(payload.get("clauses"))}
    return Said("{who} broke the silence {silence} on {labels}{why}", **told, why=_because(payload))


def _warned(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "silence": _silence(payload), "labels": _labels(payload.get("clauses"))}
    deadline = _read_time(payload.get("deadline"))
    if deadline is None:
        runs = Said("{who} warns that the silence {silence} over {labels} runs", **told)
    else:
        told["deadline"] = deadline
        runs = Said("{who} warns that the silence {silence} over {labels} runs until {deadline}", **told)
    silent = tuple(_name(code, names) for code in payload.get("not_spoken") or ())
    if not silent:
        return Said("{warning}.", warning=runs)
    if len(silent) == 1:
        return Said("{warning}; {delegation} has not spoken on all of it.", warning=runs, delegation=silent[0])
    return Said("{warning}; {delegations} have not spoken on all of it.", warning=runs, delegations=silent)


def _passed(who: str, payload: Payload, _names: Names) -> Said:
    agreed, broken = payload.get("agreed") or (), payload.get("broken") or ()
    result = Said("nothing is agreed by it")
    if agreed:
        labels = _labels(agreed)
        result = (
            Said("{label} is agreed", label=labels) if len(agreed) == 1 else Said("{labels} are agreed", labels=labels)
        )
    if broken:
        result = Said("{result}; it was broken on {labels}", result=result, labels=_labels(broken))
    told = {"who": who, "silence": _silence(payload)}
    return Said("{who} records that the silence {silence} has ended: {result}.", **told, result=result)


# --- the house ------------------------------------------------------------------------------------------------------


def _created(who: str, _payload: Payload, _names: Names) -> Said:
    return Said("{who} opened the negotiation with its first text.", who=who)


_VISIBILITIES: Final = {
    "public": N_("it is public to read"),
    "private": N_("only those who hold the pen see it"),
    "participants": N_("participants see it"),
}


def _arranged(who: str, payload: Payload, _names: Names) -> Said:
    until, sponsors = _read_time(payload.get("submissions_until")), _read_time(payload.get("sponsors_until"))
    least, warning = payload.get("silence_least_hours"), payload.get("silence_warning_hours")
    facts = []
    if str(payload.get("visibility")) in _VISIBILITIES:
        facts.append(Said(_VISIBILITIES[str(payload["visibility"])]))
    if payload.get("time_zone"):
        facts.append(Said("the time zone is {zone}", zone=payload["time_zone"]))
    if isinstance(least, int | float):
        facts.append(Said("a silence runs for at least {hours} hours", hours=f"{least:g}"))
    if isinstance(warning, int | float):
        facts.append(_warning(warning))
    if until is not None:
        facts.append(Said("language is taken until {deadline}", deadline=until))
    if sponsors is not None:
        facts.append(Said("states join the sponsors until {deadline}", deadline=sponsors))
    if not facts:
        return Said("{who} changed how the negotiation is run.", who=who)
    return Said("{who} changed how the negotiation is run: {facts}.", who=who, facts=all_said(facts, between=", "))


def _warning(hours: float) -> Said:
    if hours:
        return Said("the room is warned {hours} hours before one ends", hours=f"{hours:g}")
    return Said("the room is not warned before one ends")


def _invited(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "delegation": _name(payload.get("delegation"), names)}
    if payload.get("role"):
        return Said("{who} invited {delegation} as {role}.", **told, role=_role(payload["role"]))
    return Said("{who} invited {delegation}.", **told)


def _seated(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "person": payload.get("person") or Said("somebody")}
    return Said("{who} gave {person} a seat{place}.", **told, place=_place(payload, names))


def _sent_invitation(who: str, payload: Payload, names: Names) -> Said:
    return Said("{who} invited somebody to take a seat{place}.", who=who, place=_place(payload, names))


def _revoked_invitation(who: str, payload: Payload, _names: Names) -> Said:
    invitation = payload.get("invitation") or Said("to a seat")
    return Said("{who} revoked the invitation {invitation}.", who=who, invitation=invitation)


def _accepted_invitation(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "place": _place(payload, names)}
    if payload.get("person"):
        return Said("{who} took a seat{place} by invitation: {person}.", **told, person=payload["person"])
    return Said("{who} took a seat{place} by invitation.", **told)


# --- sponsors -------------------------------------------------------------------------------------------------------


def _joined(who: str, payload: Payload, names: Names) -> Said:
    group = payload.get("on_behalf_of")
    if group:
        return Said("{who} joined the sponsors on behalf of {group}.", who=who, group=_name(group, names))
    return Said("{who} joined the sponsors.", who=who)


def _left(who: str, _payload: Payload, _names: Names) -> Said:
    return Said("{who} left the sponsors.", who=who)


def _recorded_sponsor(who: str, payload: Payload, names: Names) -> Said:
    told = {"who": who, "state": _state(payload, names)}
    why = Said(": {quotation}", quotation=in_quotes(excerpt(payload["told"]))) if payload.get("told") else Said(".")
    if payload.get("left"):
        return Said("{who} recorded that {state} left the sponsors{why}", **told, why=why)
    kind = Said("main sponsor") if payload.get("kind") == "main" else Said("co-sponsor")
    if payload.get("on_behalf_of"):
        kind = Said("{how} on behalf of {group}", how=kind, group=_name(payload["on_behalf_of"], names))
    if payload.get("at_adoption"):
        kind = Said("{how}, announced at the adoption", how=kind)
    return Said("{who} recorded {state} as {how}{why}", **told, how=kind, why=why)


def _noted(who: str, payload: Payload, names: Names) -> Said:
    step = str(payload.get("step") or "spoken to").replace("_", " ")
    told = {"who": who, "state": _state(payload, names), "step": Said(step) if step in _STEPS else step}
    return Said("{who} noted of {state} ({step}): {text}", **told, text=in_quotes(excerpt(payload.get("text"))))


_STEPS: Final = (
    N_("spoken to"),
    N_("not contacted"),
    N_("contacted"),
    N_("interested"),
    N_("bilateral held"),
    N_("in the working group"),
    N_("cosponsor"),
    N_("declined"),
)


def _state(payload: Payload, names: Names) -> str:
    return str(payload.get("name") or "") or _name(payload.get("state"), names)


def _took_note_back(who: str, payload: Payload, names: Names) -> Said:
    state = _state(payload, names)
    if payload.get("note"):
        return Said("{who} took back the note {note} on {state}.", who=who, note=payload["note"], state=state)
    return Said("{who} took back the note on {state}.", who=who, state=state)


def _webhook(without: str, with_host: str) -> Tell:
    def tell(who: str, payload: Payload, _names: Names) -> Said:
        webhook = payload.get("webhook") or Said("a webhook")
        if payload.get("host"):
            return Said(with_host, who=who, webhook=webhook, host=payload["host"])
        return Said(without, who=who, webhook=webhook)

    return tell


_TOLD: Final[dict[str, Tell]] = {
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
    "webhook.add": _webhook(
        N_("{who} added the webhook {webhook}."), N_("{who} added the webhook {webhook} to {host}.")
    ),
    "webhook.remove": _webhook(
        N_("{who} removed the webhook {webhook}."), N_("{who} removed the webhook {webhook} to {host}.")
    ),
    "webhook.pause": _webhook(
        N_("{who} paused the webhook {webhook}."), N_("{who} paused the webhook {webhook} to {host}.")
    ),
    "webhook.resume": _webhook(
        N_("{who} resumed the webhook {webhook}."), N_("{who} resumed the webhook {webhook} to {host}.")
    ),
}


# --- parts of a sentence --------------------------------------------------------------------------------------------


def _change(payload: Payload) -> Said:
    text = excerpt(payload.get("text"))
    match payload.get("kind"):
        case "insert":
            return Said("to insert behind it “{text}”.", text=text)
        case "delete":
            return Said("to delete it.")
        case "move":
            return Said("to move it elsewhere in the text.")
        case "split":
            return Said("to split it: “{text}”.", text=text)
        case "merge":
            return Said("to merge it with what follows: “{text}”.", text=text)
        case "alternative":
            return Said("to put beside it “{text}”.", text=text)
    change = Said("to reword it as “{text}”.", text=text) if payload.get("text") else Said("to change it.")
    if payload.get("amends"):
        return Said("as a change to {amendment}, {change}", amendment=f"A{payload['amends']}", change=change)
    return change


def _on(payload: Payload) -> str:
    """`A12 on PP3`, or `A12` where the entry does not say what that is on."""
    name = _named(payload.get("amendment")) or Said("an amendment")
    return Said("{amendment} on {label}", amendment=name, label=payload["label"]) if payload.get("label") else name


def _subject(payload: Payload) -> str:
    return _named(payload.get("amendment") or payload.get("label")) or Said("a paragraph")


def _label(payload: Payload) -> str:
    return _named(payload.get("label")) or Said("a paragraph")


def _named(name: object) -> str:
    return str(name or "")


def _labels(clauses: object) -> Fact:
    if not isinstance(clauses, Sequence) or isinstance(clauses, str) or not clauses:
        return Said("the text")
    found = tuple(str(one.get("label", "")) if isinstance(one, Mapping) else str(one) for one in clauses)
    return found if len(found) <= 12 else Said("{number} paragraphs", number=len(found))


def _translations(payload: Payload) -> list[Payload]:
    told = payload.get("translations")
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, Sequence) else []


def _language(told: Sequence[Payload]) -> Said:
    code = str(told[0].get("language")) if told else ""
    return Language(code).called if code in set(Language) else Said("another language")


def _because(payload: Payload) -> Said:
    if payload.get("reason"):
        return Said(": {quotation}", quotation=in_quotes(excerpt(payload["reason"])))
    return Said(".")


def _breaks(payload: Payload) -> Said | None:
    """What an act did to silences that ran, as a sentence of its own; None where it broke none."""
    breaks = payload.get("breaks")
    if not isinstance(breaks, Mapping) or not breaks:
        return None
    told = tuple(Said("{silence} on {labels}", silence=name, labels=_labels(labels)) for name, labels in breaks.items())
    return Said("That broke the silence {silences}.", silences=told)


def _silence(payload: Payload) -> str:
    return _named(payload.get("silence")) or Said("procedure")


def _read_time(written: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(written)) if written else None
    except ValueError:
        return None


def _day(written: object) -> str:
    """The day of a meeting, which an entry writes as 2023-01-16."""
    try:
        return dated(date.fromisoformat(str(written)))
    except ValueError:
        return str(written)


def _place(payload: Payload, names: Names) -> Said:
    """` for Brazil`, ` as reader`, or nothing, behind a seat."""
    if payload.get("delegation"):
        return Said(" for {delegation}", delegation=_name(payload["delegation"], names))
    return Said(" as {role}", role=_role(payload["role"])) if payload.get("role") else Said("")


def _role(role: object) -> str:
    return Role(str(role)).words if str(role) in set(Role) else str(role)


def _name(code: object, names: Names) -> str:
    return names.get(str(code), str(code)) if code else Said("a delegation")
