"""Records an example of every answer from the sample negotiation: `python -m tests.api.record_examples`.

The clock stands still and secrets are masked, so that the same program always records the same file.
"""

import asyncio
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import httpx
from fastapi import FastAPI

from app.actions import access
from app.cli.sample import SAMPLE, load_sample
from app.main import create_app
from app.record import migrations
from app.rules.permissions import Role, Scope, Seat
from app.settings import Settings
from tests.api.listening import listening
from tests.builders import NOW
from tests.documents.word_edits import Edited

FILE: Final = Path(__file__).resolve().parents[2] / "app" / "api" / "examples.json"
MOST_ITEMS: Final = 2  # of a list: enough to show the form
ADOPTED: Final = """---
slug: adopted
title: Promoting the social and solidarity economy
symbol: A/RES/0/1
---

*The General Assembly*,

OP1. *Encourages* Member States to support the social and solidarity economy, where appropriate;
"""
FRANCE, SPAIN, BRAZIL, ITALY, CHILE = (
    f"{name}@example.org" for name in ("france", "spain", "brazil", "italy", "chile")
)
SICA: Final = "Central American Integration System"
SECRETARIAT, ADMINISTRATOR = "secretariat@example.org", "administrator@example.org"
WORD_FILE: Final = "a Word file with a change in OP7"
OP6: Final = (
    "Invites all relevant stakeholders, including the representative organizations of employers and workers, civil "
    "society, academia, cooperatives and local authorities, to make the social and solidarity economy better known;"
)

OP6_ARABIC: Final = "تدعو جميع أصحاب المصلحة إلى زيادة التعريف بالاقتصاد الاجتماعي والتضامني؛"
OP6_FRENCH: Final = (
    "Invite toutes les parties prenantes, y compris les organisations représentatives des employeurs et des "
    "travailleurs, la société civile, les universités, les coopératives et les collectivités locales, à mieux faire "
    "connaître l’économie sociale et solidaire ;"
)
FRENCH: Final = {
    "draft": """---
title: Promouvoir l’économie sociale et solidaire au service du développement durable
language: fr
---

*L’Assemblée générale*,
""",
    "of": "zero draft",
}

EDIT: Final = {"text": OP6.replace("Invites", "Calls upon"), "reason": "The usual verb for such an appeal."}
SLIP: Final = {"text": OP6.replace(";", ","), "reason": "A slip, to be found by the editorial checks."}
NEW: Final = "/api/v1/negotiations/adopted"  # it goes all the way to adoption, which the sample does not
TABLING: Final = {
    "symbol": "A/77/L.60",
    "day": "2023-01-12",
    "session": "Seventy-seventh session",
    "agenda_item": "18",
    "although": "Agreed ad referendum among the sponsors.",
}
READ_OUT: Final = {
    "changes": [
        {
            "change": "replace",
            "clause": "OP1",
            "etag": '"c3.v1"',
            "text": "Encourages all Member States to support the social and solidarity economy, where appropriate;",
        }
    ],
    "announced_by": "the representative of Mongolia",
}
ROLL: Final = {"in_favour": ["FRA", "SEN", "MNG"], "against": ["CHE"], "abstaining": ["CIV"]}
ADOPTION: Final = {
    "symbol": "A/RES/77/281",
    "meeting": "66th plenary meeting",
    "day": "2023-01-16",
    "recorded_vote": {"in_favour": ["FRA", "MNG"], "against": ["CHE"], "requested_by": ["CHE"]},
}
APART: Final = {"clauses": ["OP1"], "statement": "Our legislation has no such notion."}
EXPLANATION: Final = {
    "text": "Our vote was not about the cooperatives, which we value.",
    "clauses": ["OP1"],
    "delegation": "CHE",
}
MINUTES: Final = {
    "title": "3rd informal",
    "held_on": "2023-01-12",
    "starts_at": "15:00",
    "ends_at": "18:00",
    "place": "Conference Room 4",
    "notes": "The room went through OP3 and OP7.",
    "clauses": [{"clause": "OP3", "note": "EU asked for time."}, {"clause": "OP7"}],
}
DECISIONS: Final = {
    "decisions": [
        {"amendment": "A9", "etag": "A9.v1", "choice": "accept", "reason": "Nobody spoke against it."},
        {"amendment": "A5", "etag": "A5.v1", "choice": "reject", "reason": "The room prefers the text."},
    ]
}

SENEGAL_JOINS: Final = {"state": "SEN", "told": "note verbale of 3 January"}
MEETING: Final = {
    "state": "PER",
    "held_on": "2023-01-13",
    "step": "interested",
    "between": "France's expert and the Peruvian mission",
    "note": "Asks how the Task Force is financed.",
}
WORDS: Final = "rain over seven quiet rivers"
SECRET: Final = "the secret of the last answer"

Step = tuple[str, str, str, str, Any]  # the operation, who, the method, the address, the body

STEPS: Final[tuple[Step, ...]] = (
    ("getHealth", FRANCE, "GET", "/healthz", None),
    ("getReadiness", FRANCE, "GET", "/readyz", None),
    ("listProblems", FRANCE, "GET", "/problems", None),
    ("getProblem", FRANCE, "GET", "/problems/stale-version", None),
    ("getAccount", FRANCE, "GET", "/api/v1/me", None),
    ("getMailChoice", FRANCE, "GET", "/api/v1/me/mail", None),
    ("chooseMail", FRANCE, "PUT", "/api/v1/me/mail", {"timing": "immediate", "hour": 7}),
    ("listTokens", FRANCE, "GET", "/api/v1/tokens", None),
    ("listNegotiations", FRANCE, "GET", "/api/v1/negotiations", None),
    ("listDelegations", FRANCE, "GET", "/api/v1/delegations", None),
    ("getDelegation", FRANCE, "GET", "/api/v1/delegations/EU", None),
    ("getNegotiation", FRANCE, "GET", "", None),
    ("listParticipants", FRANCE, "GET", "/delegations", None),
    ("listSeats", FRANCE, "GET", "/seats", None),
    ("listClauses", FRANCE, "GET", "/clauses", None),
    ("getClause", FRANCE, "GET", "/clauses/OP5", None),
    ("listVersions", FRANCE, "GET", "/clauses/OP5/versions", None),
    ("getVersion", FRANCE, "GET", "/clauses/OP5/versions/1", None),
    ("diffVersions", FRANCE, "GET", "/clauses/OP5/diff?from=1", None),
    ("getClauseConsensus", FRANCE, "GET", "/clauses/OP7/consensus", None),
    ("getClauseCompilation", FRANCE, "GET", "/clauses/OP3/compilation", None),
    ("listAmendments", FRANCE, "GET", "/amendments?clause=OP3", None),
    ("getAmendment", FRANCE, "GET", "/amendments/A12", None),
    ("listAmendmentVersions", FRANCE, "GET", "/amendments/A3/versions", None),
    ("listSilences", FRANCE, "GET", "/silences", None),
    ("", ITALY, "POST", "/comments", {"clause": "OP3", "text": "Would “guarantees” cover microfinance?"}),
    ("writeComment", FRANCE, "POST", "/comments", {"clause": "OP3", "text": "It would.", "reply_to": "C1"}),
    ("listComments", FRANCE, "GET", "/comments", None),
    ("retractComment", FRANCE, "DELETE", "/comments/C2", None),
    ("addWebhook", FRANCE, "POST", "/webhooks", {"url": "https://hooks.example.org/chapeau", "verbs": ["silence.*"]}),
    ("pingWebhook", FRANCE, "POST", "/webhooks/W1/ping", None),
    ("listWebhooks", FRANCE, "GET", "/webhooks", None),
    ("pauseWebhook", FRANCE, "POST", "/webhooks/W1/pause", None),
    ("resumeWebhook", FRANCE, "POST", "/webhooks/W1/resume", None),
    ("removeWebhook", FRANCE, "DELETE", "/webhooks/W1", None),
    ("getDigest", FRANCE, "GET", "/digest", None),
    ("markDigestSeen", FRANCE, "POST", "/digest/seen", {"seq": 40}),
    ("recordSponsor", FRANCE, "POST", "/sponsors", SENEGAL_JOINS),
    ("joinSponsors", CHILE, "POST", "/sponsorship", {}),
    ("listSponsors", FRANCE, "GET", "/sponsors", None),
    ("leaveSponsors", CHILE, "DELETE", "/sponsorship", None),
    ("recordSponsorDeparture", SPAIN, "POST", "/sponsors/SEN/departure", {"told": "note verbale of 9 January"}),
    ("noteOutreach", FRANCE, "POST", "/outreach", MEETING),
    ("getOutreach", FRANCE, "GET", "/outreach?step=interested", None),
    ("getOutreachToState", FRANCE, "GET", "/outreach/SEN", None),
    ("retractOutreachNote", FRANCE, "DELETE", "/outreach/notes/N4", None),
    ("getDraft", FRANCE, "GET", "/draft", None),
    ("getConsensus", FRANCE, "GET", "/consensus", None),
    ("getBoard", FRANCE, "GET", "/board", None),
    ("getOutstandingIssues", FRANCE, "GET", "/outstanding-issues", None),
    ("getProgress", FRANCE, "GET", "/progress", None),
    ("listPositions", FRANCE, "GET", "/clauses/OP5/positions", None),
    ("listPositionsOnAmendment", FRANCE, "GET", "/amendments/A12/positions", None),
    ("getCompilation", FRANCE, "GET", "/compilation", None),
    ("listChanges", FRANCE, "GET", "/changes", None),
    ("listRevisions", FRANCE, "GET", "/revisions", None),
    ("listRecord", FRANCE, "GET", "/record", None),
    ("getRecordEntry", FRANCE, "GET", "/record/40", None),
    ("followRecord", FRANCE, "GET", "/events?after=38", None),
    ("verifyRecord", FRANCE, "GET", "/record/verification", None),
    ("proposeAmendment", BRAZIL, "POST", "/amendments", {"kind": "replace", "clause": "OP6", "text": OP6}),
    ("restateAmendment", BRAZIL, "PUT", "/amendments/A15", {"rationale": "They are missing from the list."}),
    ("cosponsorAmendment", CHILE, "PUT", "/amendments/A15/cosponsorship", None),
    ("leaveAmendment", CHILE, "DELETE", "/amendments/A15/cosponsorship", None),
    ("takePositionOnAmendment", ITALY, "PUT", "/amendments/A15/position", {"stance": "support"}),
    ("withdrawPositionOnAmendment", ITALY, "DELETE", "/amendments/A15/position", None),
    ("rehearseAmendment", ITALY, "POST", "/amendments/A15/rehearsal", {}),
    ("acceptAmendment", FRANCE, "POST", "/amendments/A15/acceptance", {}),
    ("rejectAmendment", FRANCE, "POST", "/amendments/A10/rejection", {"reason": "A9 says the same."}),
    ("", BRAZIL, "POST", "/amendments", {"kind": "delete", "clause": "OP2(d)", "audience": "delegation"}),
    ("", ITALY, "POST", "/amendments", {"kind": "delete", "clause": "OP2(d)", "audience": "delegation"}),
    ("shareAmendment", ITALY, "POST", "/amendments/A17/share", {"group": "EU"}),
    ("keepBackAmendment", ITALY, "DELETE", "/amendments/A17/share", None),
    ("submitAmendment", BRAZIL, "POST", "/amendments/A16/submission", None),
    ("withdrawAmendment", BRAZIL, "POST", "/amendments/A16/withdrawal", {"reason": "The room explained it."}),
    ("reintroduceAmendment", ITALY, "POST", "/amendments/A16/reintroduce", {"rationale": "Other texts say it."}),
    ("", CHILE, "POST", "/amendments", {"kind": "replace", "amends": "A12", "text": OP6}),
    ("takeUpAmendment", "mongolia@example.org", "POST", "/amendments/A19/adoption", None),
    ("previewAmendmentsFromWord", BRAZIL, "POST", "/amendments/from-word/preview", WORD_FILE),
    ("proposeAmendmentsFromWord", BRAZIL, "POST", "/amendments/from-word?audience=delegation", WORD_FILE),
    ("takePosition", ITALY, "PUT", "/clauses/PP4/position", {"stance": "accept"}),
    ("withdrawPosition", ITALY, "DELETE", "/clauses/PP4/position", None),
    ("translateClause", FRANCE, "PUT", "/clauses/OP6/translations/fr", {"text": OP6_FRENCH}),
    ("", SPAIN, "PUT", "/clauses/OP6/translations/ar", {"text": OP6_ARABIC}),
    (
        "editClause",
        SPAIN,
        "POST",
        "/clauses/OP6/versions",
        EDIT,
    ),
    ("listTranslations", ITALY, "GET", "/clauses/OP6/translations", None),
    ("getTranslation", ITALY, "GET", "/clauses/OP6/translations/fr", None),
    ("confirmTranslation", FRANCE, "POST", "/clauses/OP6/translations/fr/confirmation", None),
    ("rehearseTranslation", FRANCE, "POST", "/languages/fr/rehearsal", FRENCH),
    ("translateText", FRANCE, "POST", "/languages/fr", FRENCH),
    ("getTextInLanguage", ITALY, "GET", "/languages/fr", None),
    ("listLanguages", ITALY, "GET", "/languages", None),
    ("ruleClause", FRANCE, "POST", "/clauses/PP3/rulings", {"kind": "agreed"}),
    ("reopenClause", FRANCE, "POST", "/clauses/PP3/reopen", {"reason": "A capital has a question."}),
    ("openReading", FRANCE, "POST", "/readings", None),
    ("listReadings", FRANCE, "GET", "/readings", None),
    ("closeReading", FRANCE, "POST", "/readings/close", None),
    ("holdMeeting", FRANCE, "POST", "/meetings", MINUTES),
    ("noteMeeting", SECRETARIAT, "PATCH", "/meetings/M1", {"place": "Conference Room 5"}),
    ("listMeetings", FRANCE, "GET", "/meetings", None),
    ("getMeeting", FRANCE, "GET", "/meetings/M1", None),
    ("openSilence", FRANCE, "POST", "/silences", {"clauses": ["PP8", "PP9"]}),
    ("extendSilence", FRANCE, "POST", "/silences/S2/extension", {"deadline": "2023-01-31T12:00:00Z"}),
    ("breakSilence", BRAZIL, "POST", "/silences/S2/break", {"reason": "No instructions yet.", "clauses": ["PP9"]}),
    ("publishRevision", FRANCE, "POST", "/revisions", {}),
    ("", SPAIN, "POST", "/clauses/OP6/versions", SLIP),
    ("listEditorialFindings", FRANCE, "GET", "/editorial-findings", None),
    ("arrangeNegotiation", FRANCE, "PATCH", "", {"submissions_until": "2023-02-01T09:00:00Z"}),
    ("addDelegation", ADMINISTRATOR, "POST", "/api/v1/delegations", {"code": "SICA", "name": SICA, "kind": "group"}),
    ("joinGroup", ADMINISTRATOR, "POST", "/api/v1/delegations/SICA/members", {"member": "DOM", "since": "2013-06-27"}),
    ("leaveGroup", ADMINISTRATOR, "POST", "/api/v1/delegations/SICA/members/DOM/departure", {"until": "2024-01-01"}),
    ("inviteDelegation", SECRETARIAT, "POST", "/delegations", {"code": "NOR"}),
    ("assignSeat", SECRETARIAT, "POST", "/seats", {"sign_in": ADMINISTRATOR, "delegation": "NOR"}),
    ("sendInvitation", SECRETARIAT, "POST", "/invitations", {"delegation": "FRA", "days": 30}),
    ("lookAtInvitation", ADMINISTRATOR, "POST", "/api/v1/invitations/look", {"secret": SECRET}),
    ("acceptInvitation", ADMINISTRATOR, "POST", "/api/v1/invitations/accept", {"secret": SECRET}),
    ("", SECRETARIAT, "POST", "/invitations", {"role": "reader", "sign_in": "reader@example.org"}),
    ("listInvitations", SECRETARIAT, "GET", "/invitations", None),
    ("listPeople", ADMINISTRATOR, "GET", "/api/v1/people?q=brazil", None),
    ("makePasswordLink", ADMINISTRATOR, "POST", "/api/v1/people/1/password-links", None),
    ("lookAtPasswordLink", ADMINISTRATOR, "POST", "/api/v1/password-links/look", {"secret": SECRET}),
    ("choosePassword", ADMINISTRATOR, "POST", "/api/v1/password-links/use", {"secret": SECRET, "password": WORDS}),
    ("closeAccount", ADMINISTRATOR, "POST", "/api/v1/people/1/closure", None),
    ("reopenAccount", ADMINISTRATOR, "POST", "/api/v1/people/1/reopening", None),
    ("revokeInvitation", SECRETARIAT, "DELETE", "/invitations/I2", None),
    ("importAdoptedText", ADMINISTRATOR, "POST", "/api/v1/library", {"draft": ADOPTED}),
    ("listLibrary", FRANCE, "GET", "/api/v1/library", None),
    ("getAdoptedText", FRANCE, "GET", "/api/v1/library/A/RES/0/1", None),
    ("findAgreedLanguage", FRANCE, "GET", "/api/v1/agreed-language?q=support the social and solidarity economy", None),
    ("findAgreedLanguageOfClause", FRANCE, "GET", "/clauses/OP1/agreed-language", None),
    ("createNegotiation", ADMINISTRATOR, "POST", "/api/v1/negotiations", {"draft": ADOPTED}),
    ("moveToStage", ADMINISTRATOR, "POST", f"{NEW}/stage", {"stage": "working_group"}),
    ("tableText", ADMINISTRATOR, "POST", f"{NEW}/tabling", TABLING),
    ("reviseOrally", ADMINISTRATOR, "POST", f"{NEW}/oral-revisions", READ_OUT),
    ("", ADMINISTRATOR, "POST", f"{NEW}/vote-requests", {"delegation": "CHE"}),
    ("withdrawVoteRequest", ADMINISTRATOR, "DELETE", f"{NEW}/vote-requests/R1", None),
    ("requestVote", ADMINISTRATOR, "POST", f"{NEW}/vote-requests", {"clause": "OP1", "delegation": "CHE"}),
    ("recordVote", ADMINISTRATOR, "POST", f"{NEW}/votes", {"clause": "OP1", "etag": '"c3.v2"', **ROLL}),
    ("", ADMINISTRATOR, "POST", f"{NEW}/dissociations", {**APART, "delegation": "NOR"}),
    ("withdrawDissociation", ADMINISTRATOR, "DELETE", f"{NEW}/dissociations/D1", None),
    ("dissociate", ADMINISTRATOR, "POST", f"{NEW}/dissociations", {**APART, "delegation": "CHE"}),
    ("adoptText", ADMINISTRATOR, "POST", f"{NEW}/adoption", ADOPTION),
    ("correctVote", ADMINISTRATOR, "POST", f"{NEW}/votes/V2/corrections", {"state": "SEN", "intended": "in_favour"}),
    ("explain", ADMINISTRATOR, "POST", f"{NEW}/explanations", EXPLANATION),
    ("getAdoption", ADMINISTRATOR, "GET", f"{NEW}/adoption", None),
    ("rehearseDecisions", ITALY, "POST", "/decisions/rehearsal", DECISIONS),
    ("decideTogether", FRANCE, "POST", "/decisions", DECISIONS),
    ("issueToken", FRANCE, "POST", "/api/v1/tokens", {"name": "CI", "scope": "export", "negotiation": SAMPLE}),
)


async def recorded() -> dict[str, Any]:
    """An example for every operation that answers with JSON or events, from a fresh copy of the sample."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite+aiosqlite:///{folder}/sample.db"), lambda: NOW)
        database = app.state.server.database
        try:
            await migrations.upgrade(database)
            people = await load_sample(database)
            async with database.writing() as db:
                await access.add_person(db, ADMINISTRATOR, "Administrator", is_administrator=True)
                secrets = {}
                for sign_in in (*sorted(who.sign_in for who in people), ADMINISTRATOR):
                    person = await access.person_signing_in(db, sign_in)
                    seat = Seat(person.id, person.name, Role.READER)
                    token = await access.issue_token(db, seat, name="my script", scope=Scope.WRITE)
                    secrets[sign_in] = token.secret
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://chapeau.example") as client:
                taken = [(step[0], await _taken(app, client, secrets, step)) for step in STEPS]
                return {operation: example for operation, example in taken if example and operation}
        finally:
            await database.close()


async def _taken(app: FastAPI, client: httpx.AsyncClient, secrets: dict[str, str], step: Step) -> Any:
    operation, who, method, address, body = step
    whole = address if address.startswith(("/api/", "/healthz", "/readyz", "/problems")) else f"{_ROOM}{address}"
    headers = {"Authorization": f"Bearer {secrets[who]}"}
    if operation == "followRecord":
        async with listening(app, whole, headers) as stream:
            await stream.entries(MOST_ITEMS)
            return stream.text
    if method != "GET" and body != WORD_FILE:
        headers["If-Match"] = await _tag(client, headers, address, body)
    if isinstance(body, dict) and body.get("secret") == SECRET:
        body = {**body, "secret": secrets[SECRET]}
    if body == WORD_FILE:
        answer = await client.post(whole, content=await _edited(client, headers), headers=headers)
    else:
        answer = await client.request(method, whole, json=body, headers=headers)
    assert answer.status_code in (200, 201, 202), f"{method} {whole}: {answer.text}"
    if "secret" in answer.json():
        secrets[SECRET] = answer.json()["secret"]
    return shortened(answer.json())


async def _edited(client: httpx.AsyncClient, headers: Mapping[str, str]) -> bytes:
    """The exported text after somebody changed a word of OP7 in it, and said why."""
    key = (await client.get(f"{_ROOM}/clauses/OP7", headers=headers)).json()["key"]
    file = Edited((await client.get(f"{_ROOM}/export?format=docx", headers=headers)).content, author="Brazil")
    file.replace(key, "Requests the", "Also requests the")
    file.comment(key, "OP5 requests already.")
    return file.saved()


async def _tag(client: httpx.AsyncClient, headers: Mapping[str, str], address: str, body: Any) -> str:
    """The ETag of what a write is about, as its author would have read it just before."""
    about = "/".join(address.split("/")[:3])
    if address == "/amendments":
        about = f"/amendments/{body['amends']}" if "amends" in body else f"/clauses/{body['clause']}"
    if "/translations/" in address:
        about = address.removesuffix("/confirmation")
    if not about.startswith(("/amendments/", "/clauses/", "/languages/", "/meetings/")):
        return '"none"'
    return (await client.get(f"{_ROOM}{about}", headers=headers)).headers["ETag"]


def shortened(answer: Any) -> Any:
    """An answer with its lists cut to their first items and its secrets masked."""
    if isinstance(answer, list):
        return [shortened(item) for item in answer[:MOST_ITEMS]]
    if isinstance(answer, dict):
        return {name: f"{value[:4]}..." if name == "secret" else shortened(value) for name, value in answer.items()}
    return answer


_ROOM: Final = f"/api/v1/negotiations/{SAMPLE}"


def main() -> None:
    examples = asyncio.run(recorded())
    FILE.write_text(json.dumps(examples, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"{FILE.name}: {len(examples)} examples")


if __name__ == "__main__":
    main()
