"""All tables in one place, for the migrations and for whoever looks for the list."""

from app.record.adoption import (
    Ballot,
    Dissociation,
    Explanation,
    OralRevision,
    StageChange,
    Vote,
    VoteCorrection,
    VoteRequest,
)
from app.record.base import Base
from app.record.comments import Comment
from app.record.digests import DigestMark
from app.record.invitations import Invitation
from app.record.journal import Entry
from app.record.library import LibraryPassage, LibraryText, LibraryWord
from app.record.mails import DigestMail, MailChoice
from app.record.meetings import Meeting, MeetingClause
from app.record.password_links import PasswordLink
from app.record.people import AccessToken, Delegation, KeptAnswer, Membership, Participation, Person, Seat
from app.record.proposals import (
    Amendment,
    AmendmentVersion,
    Cosponsorship,
    Position,
    Reading,
    Revision,
    Ruling,
    Silence,
    SilenceClause,
)
from app.record.sessions import SignInFailure, WebSession
from app.record.sponsors import OutreachNote, Sponsorship
from app.record.texts import Clause, ClauseVersion, Negotiation
from app.record.translations import Translation
from app.record.webhooks import Webhook

__all__ = [
    "AccessToken",
    "Amendment",
    "AmendmentVersion",
    "Ballot",
    "Base",
    "Clause",
    "ClauseVersion",
    "Comment",
    "Cosponsorship",
    "Delegation",
    "DigestMail",
    "DigestMark",
    "Dissociation",
    "Entry",
    "Explanation",
    "Invitation",
    "KeptAnswer",
    "LibraryPassage",
    "LibraryText",
    "LibraryWord",
    "MailChoice",
    "Meeting",
    "MeetingClause",
    "Membership",
    "Negotiation",
    "OralRevision",
    "OutreachNote",
    "Participation",
    "PasswordLink",
    "Person",
    "Position",
    "Reading",
    "Revision",
    "Ruling",
    "Seat",
    "SignInFailure",
    "Silence",
    "SilenceClause",
    "Sponsorship",
    "StageChange",
    "Translation",
    "Vote",
    "VoteCorrection",
    "VoteRequest",
    "WebSession",
    "Webhook",
]
