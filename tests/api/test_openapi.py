"""The description of the API: complete, stable, and with examples that the server itself gave."""

import json
from typing import Any

from pydantic import TypeAdapter

from app.main import create_app
from app.settings import Settings
from tests.api.addresses import operations
from tests.api.bodies import description
from tests.api.listening import STREAM
from tests.api.record_examples import FILE, recorded

WITHOUT_JSON = {"exportDraft", "exportTable", "revokeToken"}
OPERATIONS = """
    acceptAmendment acceptInvitation addDelegation addWebhook adoptText arrangeNegotiation assignSeat breakSilence
    chooseMail choosePassword closeAccount closeReading confirmTranslation correctVote cosponsorAmendment
    createNegotiation decideTogether diffVersions dissociate editClause explain exportDraft exportTable
    extendSilence findAgreedLanguage findAgreedLanguageOfClause followRecord getAccount getAdoptedText getAdoption
    getAmendment getBoard getClause getClauseCompilation getClauseConsensus getCompilation getConsensus
    getDelegation getDigest getDraft getHealth getMailChoice getMeeting getNegotiation getOutreach
    getOutreachToState getOutstandingIssues getProblem getProgress getReadiness getRecordEntry getTextInLanguage
    getTranslation getVersion holdMeeting importAdoptedText inviteDelegation issueToken joinGroup joinSponsors
    keepBackAmendment leaveAmendment leaveGroup leaveSponsors listAmendments listAmendmentVersions listChanges
    listClauses listComments listDelegations listEditorialFindings listInvitations listLanguages listLibrary
    listMeetings listNegotiations listParticipants listPeople listPositions listPositionsOnAmendment listProblems
    listReadings listRecord listRevisions listSeats listSilences listSponsors listTokens listTranslations
    listVersions listWebhooks lookAtInvitation lookAtPasswordLink makePasswordLink markDigestSeen moveToStage
    noteMeeting noteOutreach openReading openSilence pauseWebhook pingWebhook previewAmendmentsFromWord
    proposeAmendment proposeAmendmentsFromWord publishRevision recordSponsor recordSponsorDeparture recordVote
    rehearseAmendment rehearseDecisions rehearseTranslation reintroduceAmendment rejectAmendment removeWebhook
    reopenAccount reopenClause requestVote restateAmendment resumeWebhook retractComment retractOutreachNote
    reviseOrally revokeInvitation revokeToken ruleClause sendInvitation shareAmendment submitAmendment tableText
    takePosition takePositionOnAmendment takeUpAmendment translateClause translateText verifyRecord
    withdrawAmendment withdrawDissociation withdrawPosition withdrawPositionOnAmendment withdrawVoteRequest
    writeComment
"""


def described() -> list[dict[str, Any]]:
    return [operation for path in description()["paths"].values() for operation in path.values()]


def answers(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """What it answers with when it is carried out, as JSON or as events."""
    return [
        content
        for status, answer in operation["responses"].items()
        for form, content in answer.get("content", {}).items()
        if status.startswith("2") and form in ("application/json", STREAM)
    ]


def test_every_operation_keeps_its_name() -> None:
    assert sorted(operation["operationId"] for operation in described()) == sorted(OPERATIONS.split())


def test_every_operation_says_what_it_does_and_shows_an_answer() -> None:
    for operation in described():
        assert operation["summary"], operation["operationId"]
        assert operation["description"], operation["operationId"]
        if operation["operationId"] not in WITHOUT_JSON:
            assert all("example" in answer for answer in answers(operation)), operation["operationId"]


def test_every_body_has_examples_of_its_fields() -> None:
    for operation in described():
        if "requestBody" in operation:
            assert "examples" in json.dumps(operation) or "$ref" in json.dumps(operation["requestBody"])
    schemas = description()["components"]["schemas"]
    for name in ("AmendmentIn", "PositionIn", "RulingIn", "SeatIn", "TokenIn", "NegotiationIn"):
        assert any("examples" in field for field in schemas[name]["properties"].values()), name


def test_refusals_are_described_as_problems() -> None:
    for operation in described():
        if operation.get("parameters") or "requestBody" in operation:
            assert "application/problem+json" in operation["responses"]["default"]["content"]


async def test_the_examples_are_what_the_sample_negotiation_answers() -> None:
    assert json.loads(FILE.read_text("utf-8")) == await recorded(), (
        "record them again: python -m tests.api.record_examples"
    )


def test_every_example_is_of_the_form_that_its_route_promises() -> None:
    examples = json.loads(FILE.read_text("utf-8"))
    for address in operations():
        if address.operation in examples and address.context.response_field is not None:
            TypeAdapter(address.context.response_field.field_info.annotation).validate_python(
                examples[address.operation]
            )


def test_the_application_describes_itself_in_openapi_3_1() -> None:
    schema = create_app(Settings(database_url="sqlite+aiosqlite:///:memory:")).openapi()
    assert schema["openapi"].startswith("3.1")
    json.dumps(schema)
