"""Entries of the record as sentences that a delegate understands."""

import pytest

from app.rules.permissions import VERBS
from app.rules.sentences import sentence, told_verbs

NAMES = {"NOR": "Norway", "BRA": "Brazil", "EU": "European Union"}

TOLD = [
    (
        "amendment.propose",
        {"amendment": "A12", "label": "PP3", "kind": "replace", "text": "Concerned at the cost,", "status": "proposed"},
        "Norway proposed A12 on PP3: to reword it as “Concerned at the cost,”.",
    ),
    (
        "amendment.propose",
        {
            "amendment": "A12",
            "label": "PP3",
            "kind": "delete",
            "text": None,
            "status": "proposed",
            "breaks": {"S1": ["PP3"]},
        },
        "Norway proposed A12 on PP3: to delete it. That broke the silence S1 on PP3.",
    ),
    (
        "amendment.propose",
        {"amendment": "A13", "label": "PP3", "kind": "replace", "text": "Noting it,", "amends": 12},
        "Norway proposed A13 on PP3: as a change to A12, to reword it as “Noting it,”.",
    ),
    (
        "amendment.propose",
        {"amendment": "A2", "label": "OP1", "kind": "split", "text": "One; \ue000 Two;", "status": "draft"},
        "Norway drafted A2 on OP1 within the delegation: to split it: “One; / Two;”.",
    ),
    (
        "amendment.propose",
        {"amendment": "A2", "label": "OP1", "kind": "delete", "status": "draft", "shared_with": "EU"},
        "Norway drafted A2 on OP1 for European Union: to delete it.",
    ),
    (
        "amendment.share",
        {"amendment": "A2", "label": "OP1", "kind": "delete", "status": "draft", "shared_with": "EU"},
        "Norway shared A2 on OP1 with European Union: to delete it.",
    ),
    ("amendment.share", {"amendment": "A2", "taken_back_from": "EU"}, "Norway took A2 back from European Union."),
    (
        "amendment.reintroduce",
        {"amendment": "A5", "label": "OP1", "kind": "delete", "reintroduces": "A2"},
        "Norway reintroduced A2 as A5 on OP1: to delete it.",
    ),
    (
        "amendment.restate",
        {"amendment": "A2", "label": "OP1", "kind": "replace", "text": "Two;", "takes_up": "A3", "of": "BRA"},
        "Norway took A3 by Brazil up into A2 on OP1: to reword it as “Two;”.",
    ),
    (
        "amendment.decide",
        {"amendment": "A1", "label": "PP5", "proposer": "BRA", "reason": "Nobody objected.", "status": "accepted"},
        "Norway accepted A1 on PP5 by Brazil: “Nobody objected”.",
    ),
    (
        "amendment.decide",
        {"amendment": "A1", "label": "PP5", "proposer": "BRA", "reason": "", "status": "rejected"},
        "Norway rejected A1 on PP5 by Brazil.",
    ),
    (
        "amendment.decide_together",
        {
            "decisions": [
                {"amendment": "A1", "status": "accepted"},
                {"amendment": "A2", "status": "accepted_with_changes"},
                {"amendment": "A3", "status": "rejected"},
            ]
        },
        "Norway accepted A1 and A2 and rejected A3, together.",
    ),
    ("amendment.cosponsor", {"amendment": "A1", "joins": "NOR"}, "Norway co-sponsored A1."),
    ("amendment.cosponsor", {"amendment": "A1", "leaves": "NOR"}, "Norway left A1."),
    ("position.take", {"label": "OP4", "stance": "object", "reason": "cost"}, "Norway objects to OP4: “cost”."),
    ("position.take", {"amendment": "A4", "stance": "accept", "reason": ""}, "Norway can live with A4."),
    ("position.withdraw", {"label": "OP4", "stance": None}, "Norway took back its position on OP4."),
    ("comment.write", {"label": "OP4", "text": "Why this verb?"}, "Norway commented on OP4: “Why this verb?”."),
    (
        "translation.write",
        {"translations": [{"label": "OP4", "language": "fr", "text": "Invite les banques ;"}]},
        "Norway translated OP4 into French: “Invite les banques ;”.",
    ),
    (
        "translation.write",
        {"of": 7, "translations": [{"label": "PP1", "language": "ar"}, {"label": "OP4", "language": "ar"}]},
        "Norway translated PP1 and OP4 into Arabic.",
    ),
    (
        "translation.confirm",
        {"translations": [{"label": "OP4", "language": "zh", "text": "鼓励会员国；"}]},
        "Norway confirmed that the translation of OP4 into Chinese still holds.",
    ),
    ("comment.retract", {"comment": "C1", "on": "OP4"}, "Norway took back the comment C1 on OP4."),
    ("clause.rule", {"label": "OP4", "kind": "agreed", "pending": []}, "Norway ruled OP4 agreed."),
    (
        "clause.rule",
        {"label": "OP4", "kind": "ad_ref", "pending": ["BRA"], "package": "financing"},
        "Norway ruled OP4 agreed ad referendum, pending Brazil, as part of the package “financing”.",
    ),
    ("sponsor.join", {"state": "NOR", "kind": "cosponsor"}, "Norway joined the sponsors."),
    (
        "sponsor.join",
        {"state": "NOR", "kind": "cosponsor", "on_behalf_of": "EU"},
        "Norway joined the sponsors on behalf of European Union.",
    ),
    ("sponsor.leave", {"state": "NOR", "left": True}, "Norway left the sponsors."),
    (
        "sponsor.record",
        {"state": "BRA", "name": "Brazil", "kind": "main", "told": "note verbale of 3 April"},
        "Norway recorded Brazil as main sponsor: “note verbale of 3 April”.",
    ),
    (
        "sponsor.record",
        {"state": "BRA", "kind": "cosponsor", "on_behalf_of": "EU", "at_adoption": True},
        "Norway recorded Brazil as co-sponsor on behalf of European Union, announced at the adoption.",
    ),
    (
        "sponsor.record",
        {"state": "BRA", "kind": "cosponsor", "left": True, "told": "telephone call"},
        "Norway recorded that Brazil left the sponsors: “telephone call”.",
    ),
    (
        "outreach.note",
        {"note": "N1", "state": "BRA", "step": "bilateral_held", "text": "Wishes to see Rev.1."},
        "Norway noted of Brazil (bilateral held): “Wishes to see Rev.1”.",
    ),
    ("outreach.retract", {"note": "N1", "state": "BRA"}, "Norway took back the note N1 on Brazil."),
    ("clause.reopen", {"label": "OP4", "reason": "A question."}, "Norway reopened OP4: “A question”."),
    ("clause.edit", {"label": "OP4", "reason": "A slip."}, "Norway made an editorial change to OP4: “A slip”."),
    (
        "silence.open",
        {"silence": "S2", "clauses": [{"label": "OP1"}, {"label": "OP2"}], "deadline": "2026-12-08T11:52:25+00:00"},
        "Norway opened the silence S2 over OP1 and OP2 until 11:52 UTC on 8 December 2026.",
    ),
    (
        "silence.pass",
        {"silence": "S2", "agreed": [{"label": "OP1"}], "broken": ["OP2"]},
        "Norway records that the silence S2 has ended: OP1 is agreed; it was broken on OP2.",
    ),
    (
        "silence.warn",
        {
            "silence": "S2",
            "deadline": "2023-01-19T09:00:00+00:00",
            "clauses": [{"label": "OP1"}, {"label": "OP3"}],
            "not_spoken": ["BRA", "EU"],
        },
        "Norway warns that the silence S2 over OP1 and OP3 runs until 09:00 UTC on 19 January 2023; "
        "Brazil and European Union have not spoken on all of it.",
    ),
    (
        "negotiation.arrange",
        {"silence_least_hours": 24.0, "silence_warning_hours": 12.0},
        "Norway changed how the negotiation is run: a silence runs for at least 24 hours, "
        "the room is warned 12 hours before one ends.",
    ),
    (
        "meeting.hold",
        {"meeting": "M1", "title": "3rd informal", "held_on": "2023-01-16", "clauses": [{"label": "OP1"}]},
        "Norway put down M1, 3rd informal, held on 2023-01-16, on OP1.",
    ),
    ("meeting.note", {"meeting": "M1"}, "Norway changed what is put down of M1."),
    ("reading.open", {"reading": 1}, "Norway opened reading 1: labels stay as they are until it is closed."),
    (
        "reading.close",
        {"reading": 1, "sentence": "All 3 paragraphs are agreed: the whole text is agreed."},
        "Norway closed reading 1: All 3 paragraphs are agreed: the whole text is agreed.",
    ),
    ("delegation.invite", {"delegation": "BRA", "role": "delegate"}, "Norway invited Brazil as delegate."),
    ("seat.assign", {"person": "Ana", "delegation": "BRA", "role": "delegate"}, "Norway gave Ana a seat for Brazil."),
    ("invitation.send", {"delegation": "BRA"}, "Norway invited somebody to take a seat for Brazil."),
    ("invitation.send", {"invitation": "I1", "role": "reader"}, "Norway invited somebody to take a seat as reader."),
    ("invitation.revoke", {"invitation": "I1"}, "Norway revoked the invitation I1."),
    (
        "invitation.accept",
        {"invitation": "I1", "person": "Ana", "delegation": "NOR"},
        "Norway took a seat for Norway by invitation: Ana.",
    ),
    (
        "revision.publish",
        {"revision": "Rev.1", "labels": {"PP4": "PP3"}},
        "Norway published Rev.1; the paragraphs are numbered afresh.",
    ),
    ("stage.advance", {"stage": "working_group"}, "Norway moved the text to the working group."),
    (
        "text.table",
        {"symbol": "A/77/L.60", "although": "Agreed ad referendum."},
        "Norway tabled the text as A/77/L.60, although not all is agreed: “Agreed ad referendum”.",
    ),
    (
        "text.revise_orally",
        {"changed": [{"label": "OP1"}, {"label": "OP3"}], "announced_by": "Mongolia"},
        "Norway revised OP1 and OP3 orally, as announced by Mongolia.",
    ),
    (
        "vote.request",
        {"delegation": "BRA", "label": "OP3"},
        "Norway asked for a recorded vote on OP3 for Brazil.",
    ),
    (
        "vote.request",
        {"delegation": "BRA", "withdrawn": True},
        "Norway withdrew the request for a recorded vote on the whole text for Brazil.",
    ),
    (
        "vote.record",
        {"label": "OP3", "is_carried": False, "rejects_whole": False},
        "Norway recorded a separate vote on OP3, which rejected it.",
    ),
    (
        "vote.correct",
        {"vote": "V1", "name": "Senegal", "intended": "in_favour"},
        "Norway recorded that Senegal had intended to vote in favour in V1.",
    ),
    (
        "text.adopt",
        {"symbol": "A/RES/77/281", "is_adopted": True},
        "Norway recorded that the text was adopted as A/RES/77/281, without a vote.",
    ),
    (
        "text.adopt",
        {"symbol": "A/RES/77/281", "is_adopted": False, "vote": "V1"},
        "Norway recorded that the text was rejected by the vote V1.",
    ),
    (
        "explanation.give",
        {"delegation": "BRA", "subject": "vote", "when": "after", "text": "We abstained."},
        "Norway put on record an explanation of vote of Brazil after the action: “We abstained”.",
    ),
    (
        "dissociation.declare",
        {"delegation": "BRA", "clauses": [{"label": "OP3"}], "statement": "Our law differs."},
        "Norway put on record a dissociation of Brazil from OP3: “Our law differs”.",
    ),
    (
        "dissociation.withdraw",
        {"delegation": "BRA", "labels": ["OP3"]},
        "Norway withdrew the dissociation of Brazil from OP3.",
    ),
    (
        "webhook.add",
        {"webhook": "W1", "host": "hooks.example.org"},
        "Norway added the webhook W1 to hooks.example.org.",
    ),
]


@pytest.mark.parametrize(("verb", "payload", "expected"), TOLD)
def test_an_entry_is_told_in_the_words_of_the_room(verb: str, payload: dict[str, object], expected: str) -> None:
    assert sentence(verb, payload, "Norway", NAMES) == expected


@pytest.mark.parametrize("verb", sorted({*VERBS, *told_verbs(), "moon.land"}))
@pytest.mark.parametrize("payload", [{}, {"breaks": "?", "deadline": "soon", "clauses": "all", "decisions": [1]}])
def test_every_verb_has_a_sentence_whatever_its_entry_lacks(verb: str, payload: dict[str, object]) -> None:
    told = sentence(verb, payload, "Norway")
    assert told.startswith("Norway")
    assert told.endswith(".")
    assert "  " not in told
    assert "None" not in told


def test_a_verb_that_is_not_told_yet_is_named() -> None:
    assert sentence("moon.land_softly", {}, "Norway") == "Norway: moon land softly."


def test_a_long_wording_is_cut_between_two_words() -> None:
    payload = {"amendment": "A1", "label": "OP1", "kind": "replace", "text": "Invites all States, " * 40}
    told = sentence("amendment.propose", payload, "Norway")
    assert len(told) < 320
    assert told.endswith("States …”.")
