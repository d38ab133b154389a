"""Every error a person can meet: one class per problem type, with its HTTP status, its slug, a sentence and a remedy.

Raised where the fact is known; turned into RFC 9457 `application/problem+json` by the API, into a sentence by the
command line. The facts given to the constructor fill the sentence and travel along as members of the problem.
"""

from typing import ClassVar

from app.said import Field, Said


class Problem(Exception):
    """Something a person asked for that cannot be done, said so that they know what to do next."""

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "bad-request"
    title: ClassVar[str] = "This request cannot be carried out"
    sentence: ClassVar[str] = "This request cannot be carried out."
    on_pages: ClassVar[str] = ""  # the sentence for people, where that for programs speaks of addresses and fields

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        self.detail = self.sentence.format(**facts)
        super().__init__(self.detail)


# --- the text -------------------------------------------------------------------------------------------------------


class TextRefused(Problem):
    """A text that would not read as it is stored: control, bidirectional-override or invisible characters."""

    status = 422
    slug = "text-refused"
    title = "This text has a character that is not accepted"
    sentence = "{field}: {reason} at character {position}. {remedy}"


class TextTooLong(Problem):
    status = 422
    slug = "text-too-long"
    title = "This text is too long"
    sentence = (
        "{field} has {length} characters; at most {limit} are accepted. Shorten it or split it into several paragraphs."
    )


class TextEmpty(Problem):
    status = 422
    slug = "text-empty"
    title = "This text is empty"
    sentence = "{field} has no words. Give the wording, or propose a deletion if the paragraph should go."


class DraftUnreadable(Problem):
    """A draft file with a line that has no place in the format."""

    status = 422
    slug = "draft-unreadable"
    title = "This draft cannot be read"
    sentence = "Line {line}: found {found}; expected {expected}."


class DocumentUnreadable(Problem):
    """A file (Akoma Ntoso, JSON, or of a kind that cannot be read) in which something has no place in a draft."""

    status = 422
    slug = "document-unreadable"
    title = "This file cannot be read"
    sentence = "{place}: found {found}; give {expected}."


class InsertionImpossible(Problem):
    status = 409
    slug = "insertion-impossible"
    title = "A paragraph cannot be inserted there"
    sentence = "Nothing can be inserted behind {anchor} that way: {why}. Choose another clause to insert behind."


class CompilationUnreadable(Problem):
    """A compilation as plain text in which a bracket is not closed or says nothing."""

    status = 422
    slug = "compilation-unreadable"
    title = "This compilation cannot be read"
    sentence = "Character {position}: found {found}; expected {expected}."


class WordUnreadable(Problem):
    """A file that is no Word document that can be read: damaged, encrypted, of another kind, or made to do harm."""

    status = 422
    slug = "word-unreadable"
    title = "This Word file cannot be read"
    sentence = "This file cannot be read as a Word document: {why}. {remedy}"


class WordTooLarge(Problem):
    """A Word file, or what is packed in it, beyond what is read."""

    status = 413
    slug = "word-too-large"
    title = "This Word file is too large"
    sentence = "This file has {found}; at most {limit} are read. Take out pictures and what is not the text, or cut it."


class WordHasMacros(Problem):
    status = 422
    slug = "word-has-macros"
    title = "This Word file has macros"
    sentence = (
        "This file carries macros ({part}), which are never accepted. Save it as a Word document (.docx) without."
    )


class WordHasChanges(Problem):
    """A file with tracked changes where a clean text is asked for."""

    status = 422
    slug = "word-has-changes"
    title = "This Word file has tracked changes"
    sentence = (
        "This file has {count} tracked changes ({authors}), and a text that is brought in has to be clean. "
        "In Word, accept or reject all changes under Review, save, and send it again."
    )


class WordOfAnother(Problem):
    """A file that was exported from elsewhere, or whose identity does not hold."""

    status = 422
    slug = "word-of-another"
    title = "This Word file does not belong here"
    sentence = "This file says that it was exported from {found}, {why}. {remedy}"


class WordSaysNothing(Problem):
    status = 409
    slug = "word-changes-nothing"
    title = "Nothing can be proposed from this file"
    sentence = "Nothing in this file can be proposed: {why}. Look at the preview, and edit the text with Track Changes."


# --- what is asked for ----------------------------------------------------------------------------------------------


class InvalidInput(Problem):
    """What was sent does not have the form of the request; `errors` names every field with a remedy."""

    status = 422
    slug = "invalid-input"
    title = "What was sent does not have the right form"
    sentence = "{summary}"

    @classmethod
    def at(cls, field: str, message: str) -> "InvalidInput":
        """One field that cannot be as it is, with a sentence that says what it can be."""
        return cls.about((field,), message)

    @classmethod
    def about(cls, fields: tuple[str, ...], message: str) -> "InvalidInput":
        """Several fields that cannot be as they are, all for the same reason."""
        summary = Said(
            "{written}: {message}",
            "{fields}: {message}",
            written=", ".join(fields),
            fields=tuple(Field(field) for field in fields),
            message=message,
        )
        return cls(summary=summary, errors=[{"field": ", ".join(fields), "message": message}])


class NotFound(Problem):
    status = 404
    slug = "not-found"
    title = "There is no such thing here"
    sentence = "There is no {what} “{name}” here, or you may not see it. {remedy}"


class MethodNotAllowed(Problem):
    status = 405
    slug = "method-not-allowed"
    title = "This address does not take that method"
    sentence = "{method} is not possible at {path}; possible: {allowed}."
    on_pages = "This page cannot be used that way. Go back, and use the buttons that it has."


class TooLarge(Problem):
    status = 413
    slug = "too-large"
    title = "This request is too large"
    sentence = "The body is larger than the {limit} bytes accepted. Send less at once."
    on_pages = "This is larger than the {limit} bytes accepted. Send less at once."


class AlreadyThere(Problem):
    status = 409
    slug = "already-there"
    title = "This name is taken"
    sentence = "There is already a {what} “{name}”. {remedy}"


class RecordNotTold(Problem):
    """The record has been altered behind the application's back, or its entries are none of ours."""

    status = 500
    slug = "record-not-told"
    title = "The record of this negotiation cannot be told"
    sentence = (
        "After entry {seq} of the record of {negotiation} something does not fit what came before ({why}). "
        "Have whoever runs this server look with `chapeau verify`."
    )


class Fault(Problem):
    """A mistake of ours; the log of the server has it."""

    status = 500
    slug = "fault"
    title = "The server made a mistake"
    sentence = "Nothing was changed. Try again; if it happens again, tell whoever runs this server."


# --- who may do what ------------------------------------------------------------------------------------------------


class NotSignedIn(Problem):
    status = 401
    slug = "not-signed-in"
    title = "This needs an access token"
    sentence = "{reason} Send 'Authorization: Bearer chp_...' with a token from 'chapeau token' or POST /api/v1/tokens."
    on_pages = "{reason} Sign in, then try again."


class TooManyAttempts(Problem):
    status = 429
    slug = "too-many-attempts"
    title = "There were too many attempts to sign in"
    sentence = "Too many attempts to sign in have failed. Wait {minutes} minutes, then try again."


class FormExpired(Problem):
    """A form that was not sent from a page of ours in this session."""

    status = 403
    slug = "form-expired"
    title = "This form is no longer good"
    sentence = "The form was not sent from your present session. Open the page again and send it anew."


class NotPermitted(Problem):
    status = 403
    slug = "not-permitted"
    title = "Your role does not permit this"
    sentence = "A seat as {role} does not permit {verb}; that takes {allowed}."
    on_pages = "A seat as {role} does not permit this; that takes {allowed}."


class NoVoice(Problem):
    status = 403
    slug = "no-voice"
    title = "You do not speak for a delegation"
    sentence = "{verb} is done in the name of a delegation, and your seat has none. Ask a delegate to do it."
    on_pages = "This is done in the name of a delegation, and your seat has none. Ask a delegate to do it."


class NotSeated(Problem):
    """A public negotiation is read by anybody, but not all of it."""

    status = 403
    slug = "not-seated"
    title = "This is for those who have a seat"
    sentence = "{verb} is open to those who have a seat in this negotiation. Ask its secretariat for one."
    on_pages = "This is open to those who have a seat in this negotiation. Ask its secretariat for one."


class ScopeTooNarrow(Problem):
    status = 403
    slug = "scope-too-narrow"
    title = "This token is not for that"
    sentence = "A token with the scope {scope} does not permit {verb}. Issue one with a wider scope."
    on_pages = "A token for {scope} does not permit this. Issue one with a wider scope."


class TokenForOneNegotiation(Problem):
    status = 403
    slug = "token-for-one-negotiation"
    title = "This token is for one negotiation"
    sentence = "The token you sent is for {negotiation} only; it does not change {what}. Send one for all of yours."


class TokenOutlasts(Problem):
    """A token would outlast the one it is asked for with."""

    status = 403
    slug = "token-outlasts"
    title = "A token ends with the one it was issued with"
    sentence = (
        "The token you sent ends at {until}; one issued with it cannot last longer. Ask for fewer days, or leave "
        "'days' out to have it end with yours; whoever runs this server issues longer ones ('chapeau token')."
    )
    on_pages = (
        "The token ends at {until}; one issued with it cannot last longer. Ask for fewer days, or for a longer one "
        "from whoever runs this server."
    )


class NotYours(Problem):
    """Somebody acts on what belongs to another delegation."""

    status = 403
    slug = "not-yours"
    title = "This belongs to another delegation"
    sentence = "{what} is {owner}'s; you speak for {delegation}. {remedy}"
    on_pages = "{what} belongs to {owner}; you speak for {delegation}. {remedy}"


class SeatNotYoursToGive(Problem):
    """A penholder gives or takes a seat outside its own delegation."""

    status = 403
    slug = "seat-not-yours-to-give"
    title = "This seat is for the secretariat to give"
    sentence = (
        "This seat cannot be given by you: {what}. As a penholder you seat people of your delegation ({delegation}) "
        "and readers; ask the secretariat for any other seat."
    )


class PenNotYoursToGive(Problem):
    """A penholder would invite another delegation to hold the pen."""

    status = 403
    slug = "pen-not-yours-to-give"
    title = "The pen is for the secretariat to give"
    sentence = (
        "A penholder does not make {delegation} another one: ask the secretariat, or invite it as delegate or observer."
    )


class InvitationNotGood(Problem):
    """An invitation that is not known, or was used, revoked, or has expired: nobody learns which."""

    status = 404
    slug = "invitation-not-good"
    title = "This invitation cannot be accepted"
    sentence = (
        "This is no invitation that can be accepted: it was used already, revoked, or has expired, or a character is "
        "wrong or missing. Check that you have the whole of it, or ask whoever invited you for a new one."
    )


class PasswordLinkNotGood(Problem):
    """A link for a lost password that is not known, or was used, replaced, or has expired: nobody learns which."""

    status = 404
    slug = "password-link-not-good"
    title = "This link cannot be used"
    sentence = (
        "With this link no password can be chosen: it was used already, a newer one took its place, or it has expired, "
        "or a character is wrong or missing. Check that you have the whole of it, or ask for a new one."
    )


class AccountIsClosed(Problem):
    status = 409
    slug = "account-is-closed"
    title = "This account is closed"
    sentence = "The account of {person} is closed: they could not come in with a new password. Open it again first."


class OwnAccountKept(Problem):
    """An administrator closes their own account: nobody might be left to open it again."""

    status = 409
    slug = "own-account-kept"
    title = "You cannot close your own account"
    sentence = "This is your own account: ask another administrator to close it, so that somebody is left who can."


class InvitationForAnother(Problem):
    status = 403
    slug = "invitation-for-another"
    title = "This invitation is for somebody else"
    sentence = (
        "This invitation is addressed to another person. Accept it with the e-mail address to which it was sent, "
        "or ask whoever invited you for one of your own."
    )


class InvitationSettled(Problem):
    status = 409
    slug = "invitation-settled"
    title = "This invitation is good for nothing any more"
    sentence = "{invitation} is {status} already. Who took a seat with it keeps it; give them another seat instead."


class SignInRefused(Problem):
    """Nobody learns from it whether there is an account with that sign-in name."""

    status = 403
    slug = "sign-in-refused"
    title = "This sign-in name and password do not belong together"
    sentence = (
        "You cannot come in with this sign-in name and password. If you have an account here, give its password; "
        "if you have none, give your name as well, and a sign-in name that is yours."
    )


class PasswordWrong(Problem):
    """Somebody who is signed in gives a wrong password to change it."""

    status = 403
    slug = "password-wrong"
    title = "This is not your present password"
    sentence = "The present password is not right. Type it again; where it is forgotten, ask whoever runs this server."


class PasswordRefused(Problem):
    status = 422
    slug = "password-refused"
    title = "This password cannot be used"
    sentence = (
        "This cannot be your password: {why} Choose at least 12 characters that nobody would guess, such as four or "
        "five words."
    )


class AlreadySeated(Problem):
    status = 409
    slug = "already-seated"
    title = "You have this seat already"
    sentence = "{person} sits in {negotiation} as {chair} already. Leave the invitation to whom it is for."


class SeatKept(Problem):
    """Somebody who sits elsewhere would be moved by the invitation of a penholder."""

    status = 409
    slug = "seat-kept"
    title = "You sit elsewhere in this negotiation"
    sentence = (
        "{person} sits in {negotiation} as {chair}, and only an invitation of the secretariat leads elsewhere from "
        "there. Ask the secretariat for one."
    )


class LastOfTheSecretariat(Problem):
    status = 409
    slug = "last-of-the-secretariat"
    title = "A negotiation keeps its secretariat"
    sentence = (
        "{person} has the last seat of the secretariat in {negotiation}. "
        "Give somebody else a seat as secretariat first."
    )


# --- versions and repetition ----------------------------------------------------------------------------------------


class PreconditionRequired(Problem):
    status = 428
    slug = "precondition-required"
    title = "Say which version you have read"
    sentence = (
        "This changes what somebody else may have changed since you read it. Send If-Match with the ETag of what you "
        "change, as you last read it, so that nobody's change is overwritten unseen."
    )
    on_pages = (
        "Others may have changed this since you read it. Reload the page, read what it says now, and send your "
        "change again."
    )


class StaleVersion(Problem):
    """What is written against is no longer the current version; `current` carries the version that is."""

    status = 412
    slug = "stale-version"
    title = "This has changed since you read it"
    sentence = (
        "{what} is now at {current_etag}; you sent {sent}. Read the current version below and send your change again."
    )
    on_pages = "{what} has changed since you read it. Read what it says now, and send your change again."


class IdempotencyKeyReused(Problem):
    status = 422
    slug = "idempotency-key-reused"
    title = "This Idempotency-Key was used for something else"
    sentence = (
        "The Idempotency-Key “{key}” was already used with another body or address. Use a new key for a new request."
    )
    on_pages = "This was sent before with other words. Reload the page and send it anew."


# --- the negotiation ------------------------------------------------------------------------------------------------


class ClauseClosed(Problem):
    status = 409
    slug = "clause-closed"
    title = "This paragraph is agreed"
    sentence = "{label} was agreed on {since} and is closed; ask a penholder to reopen it first."


class ClauseRemoved(Problem):
    status = 409
    slug = "clause-removed"
    title = "This paragraph is no longer in the text"
    sentence = "{label} was removed from the text ({removed_by}). Propose an insertion if it should come back."


class ClauseFixed(Problem):
    status = 409
    slug = "clause-fixed"
    title = "This part of the text cannot be changed that way"
    sentence = "{label} is {reason}. {remedy}"


class ClauseUnderSilence(Problem):
    status = 409
    slug = "clause-under-silence"
    title = "A silence is running on this paragraph"
    sentence = "{silence} runs on {label} until {deadline}; {remedy}"


class ClauseNotClosed(Problem):
    status = 409
    slug = "clause-not-closed"
    title = "This paragraph is not closed"
    sentence = (
        "{label} has no ruling and no passed silence on its present version; there is nothing to reopen. "
        "It takes proposals and positions as it is."
    )


class ConsensusStandsAgainst(Problem):
    status = 409
    slug = "objection-stands"
    title = "There is no consensus on this paragraph"
    sentence = (
        "{what} on {label} is refused while an objection or an open amendment stands. {facts} "
        "Settle what is proposed and meet what is objected to first."
    )


class NothingChanges(Problem):
    status = 409
    slug = "nothing-changes"
    title = "This changes nothing"
    sentence = "{what} already says exactly that. Change the wording, or take a position instead."


class AmendmentSettled(Problem):
    status = 409
    slug = "amendment-settled"
    title = "This amendment has its outcome"
    sentence = "{amendment} is {outcome}; its outcome stands on the record. Propose a new amendment instead."


class SettledTogether(Problem):
    """Of several decisions in one act, an earlier one settles what a later one is about."""

    status = 409
    slug = "settled-together"
    title = "Another decision of the list settles this amendment"
    sentence = "{amendment} is {outcome} through a decision before it in the list: {reason} Leave it out of the list."


class AmendmentStillDraft(Problem):
    status = 409
    slug = "amendment-still-draft"
    title = "This amendment is not before the room"
    sentence = "{amendment} is a draft of its delegation; it has to be submitted first."


class AmendmentAlreadySubmitted(Problem):
    status = 409
    slug = "amendment-already-submitted"
    title = "This amendment is before the room already"
    sentence = "{amendment} is before the room already; restate it if its words should change."


class NotReintroducible(Problem):
    """What somebody would bring back was not withdrawn, or not before the room."""

    status = 409
    slug = "not-reintroducible"
    title = "Only a withdrawn proposal can be reintroduced"
    sentence = (
        "{amendment} is {status}; what was before the room and was withdrawn can be reintroduced. "
        "Propose an amendment of your own."
    )


class AlreadyReintroduced(Problem):
    status = 409
    slug = "already-reintroduced"
    title = "This proposal is before the room again"
    sentence = "{amendment} was reintroduced by {proposer} as {successor}, which is open; co-sponsor that one."


class ReintroductionConflicts(Problem):
    """The text moved on since a proposal was withdrawn; its words travel along so that a person can use them."""

    status = 409
    slug = "reintroduction-conflicts"
    title = "The withdrawn proposal no longer fits the text"
    sentence = (
        "{amendment} was written on v{base} of {label}, which is now v{now}, and cannot be carried over: {why} "
        "Propose an amendment of your own."
    )


class AlreadyShared(Problem):
    status = 409
    slug = "already-shared"
    title = "This draft is shared with that group already"
    sentence = "{amendment} is shared with {group} already; submit it when it is ready for the room."


class NotShared(Problem):
    status = 409
    slug = "not-shared"
    title = "This draft is shared with no group"
    sentence = "{amendment} is a draft of your delegation alone; there is nothing to take back."


class AmendmentConflicts(Problem):
    """The clause moved under the proposal; the wordings travel along so that a person can choose."""

    status = 409
    slug = "amendment-conflicts"
    title = "This amendment no longer fits the text"
    sentence = (
        "{amendment} was written on v{base} of {label}, which is now v{now}, and both change the same words. "
        "Accept it with a text that settles it, or ask {proposer} to restate it."
    )


class AlreadyBehind(Problem):
    status = 409
    slug = "already-behind"
    title = "This delegation is already behind the amendment"
    sentence = "{delegation} is already {how} of {amendment}. Take a position on it if you want to say more."


class ReasonRequired(Problem):
    status = 422
    slug = "reason-required"
    title = "A reason is required"
    sentence = "{act} needs a reason. Give it in the field 'reason', so that the others know what would help."
    on_pages = "{act} needs a reason. Give it, so that the others know what would help."


class CommentRetracted(Problem):
    status = 409
    slug = "comment-retracted"
    title = "This comment was taken back"
    sentence = "{comment} was taken back by its author; write a new one."


class NoPosition(Problem):
    status = 409
    slug = "no-position"
    title = "There is no position to withdraw"
    sentence = (
        "{delegation} has taken no position of its own on {what}; there is nothing to withdraw. Take one if what its "
        "group says is not what it means."
    )


class WebhookAddressRefused(Problem):
    """An address to which nothing is sent: not http(s), or in a private network."""

    status = 422
    slug = "webhook-address-refused"
    title = "Nothing can be sent to this address"
    sentence = "Nothing can be sent to {url}: {reason}. Use a public address such as https://hooks.example.org/chapeau."


class WebhookAlready(Problem):
    """A webhook that is to be paused and is, or to be resumed and never stopped."""

    status = 409
    slug = "webhook-already"
    title = "The webhook is in that state already"
    sentence = "{webhook} is {state} already. {remedy}"


class TooManyWebhooks(Problem):
    status = 409
    slug = "too-many-webhooks"
    title = "There are enough webhooks"
    sentence = "A negotiation has at most {most} webhooks. Remove one that is not needed any more."


class SubmissionsClosed(Problem):
    status = 409
    slug = "submissions-closed"
    title = "The deadline for the submission of language has passed"
    sentence = "Language could be submitted until {deadline}. Ask a penholder to extend the deadline."


class SilenceDeadlineTooSoon(Problem):
    status = 422
    slug = "silence-deadline"
    title = "This deadline is not possible"
    sentence = (
        "A silence here runs at least {least_hours} hours (until {earliest} or later) and at most {most_days} days. "
        "Give a deadline between the two."
    )


class SilenceOver(Problem):
    status = 409
    slug = "silence-over"
    title = "This silence is over"
    sentence = "{silence} {how} at {at}. Ask a penholder to reopen the paragraph if you object now."


class ReadingOpen(Problem):
    """Labels do not change while the room reads the text."""

    status = 409
    slug = "reading-open"
    title = "A reading is open, in which labels do not change"
    sentence = (
        "{reading} is open, and publishing a revision would number its paragraphs afresh. "
        "Close the reading first (POST .../readings/close), then publish."
    )
    on_pages = (
        "{reading} is open, and publishing a revision would number its paragraphs afresh. Close the reading first, "
        "then publish."
    )


class ReadingOpenAlready(Problem):
    status = 409
    slug = "reading-open-already"
    title = "The reading before this one is still open"
    sentence = "{reading} is open since {since}. Close it first (POST .../readings/close), then open the next."
    on_pages = "{reading} is open since {since}. Close it first, then open the next."


class NoReadingOpen(Problem):
    status = 409
    slug = "no-reading-open"
    title = "No reading is open"
    sentence = "No reading is open, so there is none to close. POST .../readings opens the next one."
    on_pages = "No reading is open, so there is none to close. Open the next one instead."


class NotTakingPart(Problem):
    status = 422
    slug = "not-taking-part"
    title = "This delegation does not take part"
    sentence = "{delegation} does not take part in {negotiation}. Invite it first; /delegations lists those that do."
    on_pages = (
        "{delegation} does not take part in {negotiation}. Invite it first; the page “People” lists those that do."
    )


# --- from the working group to adoption -----------------------------------------------------------------------------


class TextTabled(Problem):
    """What is negotiated in a working group, asked of a text that has been tabled."""

    status = 409
    slug = "text-tabled"
    title = "This text has been tabled"
    sentence = (
        "The text was tabled as {symbol}: {verb} is no longer possible. Its sponsors can still revise it orally before "
        "the action: ask those who hold the pen (POST .../oral-revisions)."
    )
    on_pages = (
        "The text was tabled as {symbol}: this is no longer possible. Its sponsors can still revise it orally before "
        "the action: ask those who hold the pen."
    )


class TextAdopted(Problem):
    """Whatever would change a text that was adopted."""

    status = 409
    slug = "text-adopted"
    title = "This text was adopted"
    sentence = (
        "The text was adopted as {symbol} and is closed for ever: {verb} is no longer possible. Explain your "
        "position, or begin a new negotiation."
    )
    on_pages = (
        "The text was adopted as {symbol} and is closed for ever: this is no longer possible. Explain your position, "
        "or begin a new negotiation."
    )


class NotTabled(Problem):
    status = 409
    slug = "not-tabled"
    title = "This text is not tabled yet"
    sentence = "{verb} is for a tabled text, and this one is at {stage}. Table it first (POST .../tabling)."
    on_pages = "This is for a tabled text, and this one is at {stage}. Table it first."


class TabledTooEarly(Problem):
    status = 409
    slug = "tabled-too-early"
    title = "A zero draft is not tabled"
    sentence = "The text is still the zero draft. Move it to the working group first (POST .../stage)."
    on_pages = "The text is still the zero draft. Move it to the working group first."


class StageAlreadyReached(Problem):
    status = 409
    slug = "stage-already-reached"
    title = "The text is at this stage"
    sentence = "The text is at {stage} already. Name another stage."


class StageByItsOwnAct(Problem):
    status = 409
    slug = "stage-by-its-own-act"
    title = "A text does not come to this stage that way"
    sentence = "A text becomes {stage} with its symbol and its day: use POST .../{act}."
    on_pages = "A text becomes {stage} with its symbol and its day. Give them on the page “Towards adoption”."


class TextNotAgreed(Problem):
    """Tabling before everything is agreed, without saying why."""

    status = 409
    slug = "text-not-agreed"
    title = "The text is not agreed yet"
    sentence = (
        "{where} Not agreed: {labels}. Go on with these, or say in 'although' why it is tabled all the same; "
        "that goes on record."
    )
    on_pages = (
        "{where} Not agreed: {labels}. Go on with these, or say why it is tabled all the same; that goes on record."
    )


class SilencesStillRun(Problem):
    status = 409
    slug = "silences-still-run"
    title = "A silence is still running"
    sentence = "Still running: {silences}, the last until {until}. Table the text when that is over."


class ReadingStillOpen(Problem):
    status = 409
    slug = "reading-still-open"
    title = "A reading is still open"
    sentence = "Reading {number} is open since {since}. Close it before the text is tabled."


class TextRejected(Problem):
    status = 409
    slug = "text-rejected"
    title = "This text was rejected"
    sentence = (
        "The text was rejected in the vote {vote} on {day}. It is reconsidered only when the Assembly so decides by "
        "two thirds (rule 81): record the new action and say in 'reconsidered' when it did."
    )
    on_pages = (
        "The text was rejected in the vote {vote} on {day}. It is reconsidered only when the Assembly so decides by "
        "two thirds (rule 81): record the new action, and say there when it did."
    )


class NothingToReconsider(Problem):
    status = 409
    slug = "nothing-to-reconsider"
    title = "This text was not rejected"
    sentence = "The text was not rejected, so there is nothing to reconsider. Leave out 'reconsidered'."
    on_pages = "The text was not rejected, so there is nothing to reconsider. Leave that field empty."


class NotAMemberState(Problem):
    """A vote of somebody who has none in the Assembly."""

    status = 422
    slug = "not-a-member-state"
    title = "Only member states vote"
    sentence = "{code} is {what}; only member states vote. Give their codes as GET /api/v1/delegations lists them."
    on_pages = "{code} is {what}; only member states vote. Choose a state of the list."


class SpeaksForItself(Problem):
    """Those who hold the pen put on record what a delegation with a seat can say itself."""

    status = 409
    slug = "speaks-for-itself"
    title = "This delegation speaks for itself"
    sentence = "{delegation} has a seat here and speaks for itself. Ask its delegates to do it."


class VoteAlreadyRequested(Problem):
    status = 409
    slug = "vote-already-requested"
    title = "This delegation has asked for this vote"
    sentence = "{delegation} has asked for a vote on {what} already ({request}). There is no need to ask again."


class RequestOver(Problem):
    status = 409
    slug = "request-over"
    title = "This request is over"
    sentence = "{request} {how}; it cannot be withdrawn any more."


class VoteRequested(Problem):
    status = 409
    slug = "vote-requested"
    title = "A vote has been requested"
    sentence = "A vote on {what} was requested by {by} ({request}). {remedy}"


class ObjectionToAdoption(Problem):
    status = 409
    slug = "adoption-objected"
    title = "A delegation objects"
    sentence = (
        "A text is adopted without a vote when nobody objects. {facts} The objection is withdrawn, or turned into a "
        "dissociation, or the text is put to a recorded vote."
    )


class AmendmentBeforeAdoption(Problem):
    status = 409
    slug = "adoption-amended"
    title = "An amendment is still open"
    sentence = (
        "A text is adopted without a vote when no amendment to it is open. Still open: {amendments}. The proposer "
        "withdraws it, the sponsors take it up in an oral revision, or the text is put to a recorded vote."
    )


class NothingToCorrect(Problem):
    status = 409
    slug = "nothing-to-correct"
    title = "The vote says that already"
    sentence = "{state} is on record as {choice} in {vote} already. There is nothing to correct."


class NoActionYet(Problem):
    status = 409
    slug = "no-action-yet"
    title = "No action was taken yet"
    sentence = "The text was neither adopted nor rejected yet. Give the explanation as one before the action."


class NoVoteToExplain(Problem):
    status = 409
    slug = "no-vote-to-explain"
    title = "There was no vote"
    sentence = "The action was taken without a vote. Explain the position instead."


class SponsorsDoNotExplain(Problem):
    """Rule 88: a proposer does not explain the vote on its own proposal."""

    status = 409
    slug = "sponsors-do-not-explain"
    title = "Sponsors do not explain their vote on their own text"
    sentence = (
        "{delegation} is a sponsor of the text, and sponsors do not explain their vote on it (rule 88). Make it a "
        "statement of position instead."
    )


class NothingAgreedYet(Problem):
    status = 409
    slug = "nothing-agreed-yet"
    title = "There is no consensus to dissociate from yet"
    sentence = "No paragraph was ruled agreed yet. Object to the paragraph or propose an amendment meanwhile."


class AlreadyDissociated(Problem):
    status = 409
    slug = "already-dissociated"
    title = "This delegation is dissociated from the paragraph"
    sentence = "{delegation} has dissociated itself from {label} already ({dissociation}). Withdraw that one first."


class DissociationWithdrawn(Problem):
    status = 409
    slug = "dissociation-withdrawn"
    title = "This dissociation was withdrawn"
    sentence = "{dissociation} was withdrawn on {day}. Declare a new one if it should stand again."


# --- the other languages --------------------------------------------------------------------------------------------


class AuthenticLanguage(Problem):
    status = 409
    slug = "authentic-language"
    title = "This is the language that the text is negotiated in"
    sentence = (
        "{negotiation} is negotiated in {language}: its text changes by amendments and editorial changes, and is read "
        "under /clauses and /draft. Name another official language."
    )
    on_pages = (
        "{negotiation} is negotiated in {language}: its text changes by amendments and editorial changes, and is "
        "read as the draft. Choose another official language."
    )


class TranslationUnchanged(Problem):
    status = 409
    slug = "translation-unchanged"
    title = "This translation says that already"
    sentence = "{what} already says exactly that. {remedy}"


class TranslationMissing(Problem):
    status = 409
    slug = "translation-missing"
    title = "There is no translation to confirm"
    sentence = "{label} has no {language} text of any version up to v{version}; write one first."


class TranslationHolds(Problem):
    status = 409
    slug = "translation-holds"
    title = "This translation is up to date"
    sentence = "The {language} text of {label} translates its present words already; there is nothing to confirm."


class TranslationDoesNotFit(Problem):
    """Paragraphs of a translated text that the text which it translates does not have; `labels` lists them."""

    status = 422
    slug = "translation-does-not-fit"
    title = "This translation has paragraphs that the text does not have"
    sentence = (
        "The text at record entry {of} has no {named}. Label each paragraph as it is labelled there, or name the "
        "revision or record entry that was translated in the field 'of'."
    )
    on_pages = (
        "The text at record entry {of} has no {named}. Label each paragraph as it is labelled there, or name the "
        "revision or record entry that was translated."
    )


class TranslationIncomplete(Problem):
    """A text that is asked for in a language into which not all of it is translated; `missing` and `stale` list the
    labels."""

    status = 409
    slug = "translation-incomplete"
    title = "The text is not complete in this language"
    sentence = (
        "In {language}, {facts}. Read /languages/{code}, which shows each paragraph as it stands, or ask for a moment "
        "(?at=Rev.1) at which the text was translated as a whole."
    )
    on_pages = (
        "In {language}, {facts}. Read the page of that language, which shows each paragraph as it stands, or ask for "
        "a moment at which the text was translated as a whole."
    )


# --- documents ------------------------------------------------------------------------------------------------------


class FontMissing(Problem):
    """A PDF of a text in a script that no font of the server has; `characters` are the first of them."""

    status = 409
    slug = "font-missing"
    title = "This server has no font for this text"
    sentence = (
        "No font on this server has these characters of the text: {characters}. Have the Debian packages "
        "fonts-noto-core (Arabic and most other scripts) and fonts-noto-cjk (Chinese) installed, or export to another "
        "format."
    )


class DocumentTooLong(Problem):
    status = 409
    slug = "document-too-long"
    title = "This document is too long to be set in pages"
    sentence = (
        "Laid out, the document has {length} characters; at most {limit} are set as PDF. Export it to HTML or another "
        "format."
    )


# --- sponsors -------------------------------------------------------------------------------------------------------


class CannotSponsor(Problem):
    status = 409
    slug = "cannot-sponsor"
    title = "Only states sponsor a draft resolution"
    sentence = "{delegation} is {what} and does not sponsor a draft resolution. {remedy}"


class AlreadyASponsor(Problem):
    status = 409
    slug = "already-a-sponsor"
    title = "This state is a sponsor already"
    sentence = "{state} is {how} since {since}; nothing has to be done."


class NotASponsor(Problem):
    status = 409
    slug = "not-a-sponsor"
    title = "This state is not a sponsor"
    sentence = "{state} is not among the sponsors now. GET .../sponsors?all=true lists those that were."
    on_pages = "{state} is not among the sponsors now. The page of the sponsors lists those that were."


class SponsorsClosed(Problem):
    status = 409
    slug = "sponsors-closed"
    title = "The deadline for joining the sponsors has passed"
    sentence = (
        "{state} is too late to join the sponsors: they could be joined until {deadline}. Until the text is adopted, "
        "those who hold the pen can record additional sponsors announced at the adoption ('at_adoption': true)."
    )
    on_pages = (
        "{state} is too late to join the sponsors: they could be joined until {deadline}. Until the text is adopted, "
        "those who hold the pen can record additional sponsors announced at the adoption."
    )


class SponsorsFinal(Problem):
    """The text is adopted: those who sponsored it then sponsored it."""

    status = 409
    slug = "sponsors-final"
    title = "The sponsors of an adopted text stay as they are"
    sentence = (
        "The text is adopted, and its sponsors stay as they were; {state} can neither join nor leave. On the day of "
        "the adoption itself, those who hold the pen can record additional sponsors announced there "
        "('at_adoption': true)."
    )
    on_pages = (
        "The text is adopted, and its sponsors stay as they were; {state} can neither join nor leave. On the day of "
        "the adoption itself, those who hold the pen can record additional sponsors announced there."
    )


class LastMainSponsor(Problem):
    status = 409
    slug = "last-main-sponsor"
    title = "A tabled text keeps a main sponsor"
    sentence = (
        "{state} is the last main sponsor, and the text is tabled. Name another main sponsor first "
        "(POST .../sponsors with the kind 'main')."
    )
    on_pages = "{state} is the last main sponsor, and the text is tabled. Name another main sponsor first."


class OutreachNoteRetracted(Problem):
    status = 409
    slug = "outreach-note-retracted"
    title = "This note was taken back"
    sentence = "{note} was taken back already; write a new one."


# --- groups of states -----------------------------------------------------------------------------------------------


class NotAGroup(Problem):
    status = 409
    slug = "not-a-group"
    title = "Only a group has members"
    sentence = "{delegation} is entered as {kind}; only a group has members. Name a group instead."


class NotAState(Problem):
    status = 409
    slug = "not-a-state"
    title = "Only a state can be a member of a group"
    sentence = "{delegation} is entered as {kind}; the members of {group} are states. Enter its states one by one."


class GroupNotYours(Problem):
    """A delegation would share a draft with a group of which it is no member."""

    status = 403
    slug = "group-not-yours"
    title = "Your delegation is not a member of that group"
    sentence = (
        "{delegation} is not a member of {group} today, and so shares no draft with it. "
        "Share it with a group of yours, or submit it to the room."
    )


class AlreadyAMember(Problem):
    status = 409
    slug = "already-a-member"
    title = "This state is a member of the group at that time"
    sentence = "{member} is a member of {group} {when}. Choose a day after that, or end that membership first."


class NotAMember(Problem):
    status = 409
    slug = "not-a-member"
    title = "This state is not a member of the group on that day"
    sentence = (
        "{member} has no membership in {group} that lasts beyond {day}. GET /api/v1/delegations/{group} shows them."
    )
    on_pages = "{member} has no membership in {group} that lasts beyond {day}. The page of the group shows its members."


class MembershipTooSoon(Problem):
    """Who speaks for whom in a negotiation changes between two days, and never afterwards."""

    status = 409
    slug = "membership-too-soon"
    title = "This change comes too soon"
    sentence = (
        "{group} takes part in a negotiation, where its members change from one day to the next: "
        "give {earliest} or later."
    )


def catalogue() -> tuple[type[Problem], ...]:
    """Every type of problem that an answer can name, by slug."""
    return tuple(sorted(Problem.__subclasses__(), key=lambda kind: kind.slug))
