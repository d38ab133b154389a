"""A body that each write takes, and what its description says of the fields."""

from functools import cache
from typing import Any, Final

from app.main import create_app
from app.settings import Settings
from tests.api.room import DRAFT, STRANGER, sign_in

DECISION: Final = {
    "amendment": "A1",
    "etag": '"A1.v1"',
    "choice": "accept",
    "text": "Words that settle it;",
    "reason": "As the room agreed.",
}

NEW_PASSWORD: Final = "rain over seven quiet rivers"
FRENCH: Final = "---\nlanguage: fr\n---\n\nPP2. *Notant* les progrès accomplis dans de nombreux pays,\n"

# Each would be carried out in a furnished room (see `furnish`), with the ETag of what it is about.
BODIES: Final[dict[str, dict[str, Any]]] = {
    "createNegotiation": {"draft": DRAFT, "slug": "fire"},
    "arrangeNegotiation": {"submissions_until": "2023-02-01T09:00:00Z"},
    "addDelegation": {"code": "SWE", "name": "Sweden"},
    "joinGroup": {"member": "NOR", "since": "2023-02-01"},
    "leaveGroup": {"until": "2023-02-01"},
    "inviteDelegation": {"code": "PER"},
    "assignSeat": {"sign_in": sign_in(STRANGER), "delegation": "FRA"},
    "sendInvitation": {"delegation": "FRA", "sign_in": "ana@example.org", "name": "Ana Martín", "days": 7},
    "lookAtInvitation": {"secret": "chi_unknown"},
    "acceptInvitation": {"secret": "chi_unknown", "sign_in": "ana@example.org", "password": NEW_PASSWORD},
    "closeAccount": {},
    "reopenAccount": {},
    "makePasswordLink": {},
    "lookAtPasswordLink": {"secret": "chl_unknown"},
    "choosePassword": {"secret": "chl_unknown", "password": NEW_PASSWORD},
    "editClause": {"text": "Encourages Member States to assess the quality of water every year;", "reason": "A slip."},
    "takePosition": {"stance": "object", "reason": "The costs are not shown."},
    "ruleClause": {"kind": "ad_ref", "pending": ["BRA"], "package": "financing"},
    "reopenClause": {"reason": "A capital has a question."},
    "proposeAmendment": {"kind": "replace", "clause": "OP1", "text": "Other words;", "rationale": "They are better."},
    "restateAmendment": {"text": "Quite other words;", "rationale": "They are better still."},
    "shareAmendment": {"group": "EU"},
    "reintroduceAmendment": {"rationale": "We find it necessary still."},
    "withdrawAmendment": {"reason": "OP3 covers it."},
    "takePositionOnAmendment": {"stance": "object", "reason": "It costs too much."},
    "acceptAmendment": {"text": "Words that settle it;", "reason": "As the room agreed."},
    "rehearseAmendment": {"text": "Words that settle it;"},
    "rejectAmendment": {"reason": "The room prefers the text."},
    "translateClause": {"text": "Encourage les États Membres à mesurer chaque année la qualité de l’eau ;"},
    "translateText": {"draft": FRENCH, "of": "zero draft", "unchanged_holds": True},
    "rehearseTranslation": {"draft": FRENCH, "of": "zero draft", "unchanged_holds": True},
    "writeComment": {"clause": "OP1", "text": "Why this verb?", "audience": "room", "reply_to": "C1"},
    "chooseMail": {
        "timing": "daily",
        "hour": 7,
        "negotiations": [{"negotiation": "water", "timing": "immediate", "hour": 7}],
    },
    "addWebhook": {"url": "https://hooks.example.org/chapeau", "verbs": ["amendment.*"], "after": 3},
    "markDigestSeen": {"seq": 3},
    "decideTogether": {"decisions": [DECISION]},
    "rehearseDecisions": {"decisions": [DECISION]},
    "recordSponsor": {"state": "ARG", "told": "note verbale of 3 April"},
    "recordSponsorDeparture": {"told": "note verbale of 3 April"},
    "joinSponsors": {"on_behalf_of": "EU"},
    "noteOutreach": {
        "state": "PER",
        "held_on": "2023-01-12",
        "step": "interested",
        "note": "Would join.",
        "between": "France's expert and Peru's",
    },
    "openSilence": {"clauses": ["OP3"], "hours": 72},
    "extendSilence": {"deadline": "2023-02-01T09:00:00Z"},
    "breakSilence": {"reason": "No instructions.", "clauses": ["OP2"]},
    "importAdoptedText": {"draft": DRAFT, "symbol": "A/RES/1/1", "title": "Water", "language": "en"},
    "publishRevision": {"name": "Rev.1"},
    "moveToStage": {"stage": "working_group", "reason": "The task force has handed it over."},
    "tableText": {
        "symbol": "A/77/L.60",
        "day": "2023-01-15",
        "session": "Seventy-seventh session",
        "agenda_item": "18",
        "although": "Agreed ad referendum.",
    },
    "reviseOrally": {
        "changes": [{"change": "replace", "clause": "OP1", "etag": '"c6.v1"', "text": "Encourages Member States;"}],
        "announced_by": "the representative of France",
    },
    "requestVote": {"clause": "OP1", "delegation": ""},
    "recordVote": {
        "clause": "OP1",
        "etag": '"c6.v1"',
        "in_favour": ["FRA"],
        "against": ["ARG"],
        "abstaining": ["BRA"],
        "requested_by": ["ARG"],
        "majority": "two_thirds",
        "day": "2023-01-16",
        "meeting": "66th plenary meeting",
    },
    "correctVote": {"intended": "in_favour", "state": "NOR"},
    "adoptText": {
        "symbol": "A/RES/77/281",
        "meeting": "66th plenary meeting",
        "day": "2023-01-16",
        "recorded_vote": {"in_favour": ["FRA"]},
        "reconsidered": "",
    },
    "explain": {
        "text": "We joined the consensus.",
        "clauses": ["OP1"],
        "delegation": "",
        "subject": "position",
        "when": "before",
    },
    "dissociate": {"clauses": ["OP1"], "statement": "It goes too far.", "delegation": ""},
    "holdMeeting": {
        "title": "4th informal",
        "held_on": "2023-01-13",
        "starts_at": "15:00",
        "ends_at": "18:00",
        "place": "Conference Room 4",
        "notes": "The room went through OP1.",
        "clauses": [{"clause": "OP1", "note": "EU asked for time."}],
    },
    "noteMeeting": {
        "title": "4th informal, resumed",
        "held_on": "2023-01-14",
        "starts_at": "10:00",
        "ends_at": "13:00",
        "place": "Conference Room 5",
        "notes": "The room went through OP1 and OP3.",
        "clauses": [{"clause": "OP3", "note": ""}],
    },
    "issueToken": {"name": "my script", "scope": "export", "negotiation": "water", "days": 30},
}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description of the application."""
    schema: dict[str, Any] = create_app(Settings(database_url="sqlite+aiosqlite:///:memory:")).openapi()
    return schema


def body_schema(operation: str) -> dict[str, Any]:
    """What the description says of the body of an operation, with references to other schemas put in place."""
    for path in description()["paths"].values():
        for described in path.values():
            if described["operationId"] == operation:
                found: dict[str, Any] = resolved(described["requestBody"]["content"]["application/json"]["schema"])
                return found
    raise KeyError(operation)


def resolved(schema: Any) -> Any:
    """A schema with the references in it replaced by what they refer to."""
    if isinstance(schema, list):
        return [resolved(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return resolved(description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    return {key: resolved(value) for key, value in schema.items()}
