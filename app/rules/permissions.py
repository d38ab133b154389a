"""Who may do what: one table, role x verb. Everything is denied unless a row grants it (DESIGN, section 5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.problems import NotPermitted, NotSeated, NoVoice, ScopeTooNarrow
from app.said import N_, Said, one_of


class Role(StrEnum):
    """What a person is in a negotiation. ADMINISTRATOR is what a person is on the server, outside any negotiation."""

    ADMINISTRATOR = "administrator"
    SECRETARIAT = "secretariat"
    PENHOLDER = "penholder"
    DELEGATE = "delegate"
    OBSERVER = "observer"
    READER = "reader"

    @property
    def words(self) -> Said:
        return Said(_ROLES[self])


class Scope(StrEnum):
    """What an access token may be used for; each includes the ones before it."""

    EXPORT = "export"
    READ = "read"
    WRITE = "write"

    @property
    def words(self) -> Said:
        return Said(_SCOPES[self])


_ROLES: Final = {
    Role.ADMINISTRATOR: N_("administrator"),
    Role.SECRETARIAT: N_("secretariat"),
    Role.PENHOLDER: N_("penholder"),
    Role.DELEGATE: N_("delegate"),
    Role.OBSERVER: N_("observer"),
    Role.READER: N_("reader"),
}
_SCOPES: Final = {Scope.EXPORT: N_("export"), Scope.READ: N_("read"), Scope.WRITE: N_("write")}


class Visibility(StrEnum):
    """Who can see a negotiation: those who hold the pen, all who have a seat, or anybody."""

    PRIVATE = "private"
    PARTICIPANTS = "participants"
    PUBLIC = "public"


_PEN = frozenset({Role.SECRETARIAT, Role.PENHOLDER})
_VOICES = frozenset({Role.PENHOLDER, Role.DELEGATE})
_HEARD = _VOICES | {Role.OBSERVER}
_SEATED = _PEN | _HEARD | {Role.READER}
_EVERYONE = _SEATED | {Role.ADMINISTRATOR}

VERBS: Final[dict[str, frozenset[Role]]] = {
    # on the server
    "negotiation.create": frozenset({Role.ADMINISTRATOR}),
    "negotiation.list": _EVERYONE,
    "delegation.list": _EVERYONE,
    "delegation.add": frozenset({Role.ADMINISTRATOR}),
    "group.join": frozenset({Role.ADMINISTRATOR}),
    "group.leave": frozenset({Role.ADMINISTRATOR}),
    "person.list": frozenset({Role.ADMINISTRATOR}),
    "person.close": frozenset({Role.ADMINISTRATOR}),
    "person.reopen": frozenset({Role.ADMINISTRATOR}),
    "password.link": frozenset({Role.ADMINISTRATOR}),
    "password.look": _EVERYONE,
    "password.choose": _EVERYONE,
    "account.read": _EVERYONE,
    "account.choose_mail": _EVERYONE,
    "token.list": _EVERYONE,
    "token.issue": _EVERYONE,
    "token.revoke": _EVERYONE,
    "invitation.look": _EVERYONE,
    "invitation.accept": _EVERYONE,
    "library.read": _EVERYONE,
    "library.import": frozenset({Role.ADMINISTRATOR}),
    # in a negotiation: reading
    "negotiation.read": _SEATED,
    "text.export": _SEATED,
    "record.read": _SEATED,
    "record.verify": _SEATED,
    "meeting.read": _SEATED,
    "digest.read": _SEATED,
    "digest.mark": _SEATED,
    # in a negotiation: the house
    "negotiation.arrange": _PEN,
    "delegation.invite": _PEN,
    "seat.read": _PEN,
    "seat.assign": _PEN,
    "webhook.list": _PEN,
    "webhook.add": _PEN,
    "webhook.remove": _PEN,
    "webhook.pause": _PEN,
    "webhook.resume": _PEN,
    "webhook.ping": _PEN,
    "invitation.list": _PEN,
    "invitation.send": _PEN,
    "invitation.revoke": _PEN,
    # in a negotiation: the text
    "meeting.hold": _PEN,
    "meeting.note": _PEN,
    "reading.open": _PEN,
    "reading.close": _PEN,
    "revision.publish": _PEN,
    "clause.edit": _PEN,
    "clause.rule": _PEN,
    "clause.reopen": _PEN,
    "translation.write": _PEN,
    "translation.confirm": _PEN,
    "amendment.propose": _VOICES,
    "amendment.restate": _VOICES,
    "amendment.share": _VOICES,
    "amendment.submit": _VOICES,
    "amendment.withdraw": _VOICES,
    "amendment.reintroduce": _VOICES,
    "amendment.cosponsor": _VOICES,
    "amendment.decide": _PEN,
    "amendment.decide_together": _PEN,
    "amendment.rehearse": _SEATED,
    "position.take": _HEARD,
    "position.withdraw": _HEARD,
    "comment.write": _PEN | _HEARD,
    "comment.retract": _PEN | _HEARD,
    "sponsor.join": _VOICES,
    "sponsor.leave": _VOICES,
    "sponsor.record": _PEN,
    "outreach.read": _PEN,
    "outreach.note": _PEN,
    "outreach.retract": _PEN,
    "silence.open": _PEN,
    "silence.extend": _PEN,
    "silence.break": _VOICES,
    # in a negotiation: on the way to adoption
    "stage.advance": _PEN,
    "text.table": _PEN,
    "text.revise_orally": _PEN,
    "text.adopt": _PEN,
    "vote.request": _PEN | _VOICES,
    "vote.record": _PEN,
    "vote.correct": _PEN | _VOICES,
    "explanation.give": _PEN | _HEARD,
    "dissociation.declare": _PEN | _VOICES,
    "dissociation.withdraw": _PEN | _VOICES,
}

_EXPORT_VERBS = frozenset({"text.export", "account.read"})
_READ_VERBS = frozenset(verb for verb in VERBS if verb.endswith((".read", ".list", ".export", ".verify")))

SCOPE_VERBS: Final[dict[Scope, frozenset[str]]] = {
    Scope.EXPORT: _EXPORT_VERBS,
    Scope.READ: _READ_VERBS,
    Scope.WRITE: frozenset(VERBS),
}

# What can only be said in the name of a delegation: a seat without one (the secretariat's) cannot say it.
_IN_A_NAME = frozenset(
    verb
    for verb in VERBS
    if verb.startswith(("amendment.", "position.", "silence.break", "sponsor."))
    and verb not in ("amendment.decide", "amendment.decide_together", "amendment.rehearse", "sponsor.record")
)

# What is for those who sit in the negotiation, although a public one can be read without a seat.
_FOR_THE_SEATED = frozenset({"meeting.read"})


@dataclass(frozen=True, slots=True)
class Seat:
    """A person as they sit in one negotiation (or, with an empty `negotiation`, on the server).

    `delegation` is the code of the delegation they speak for, empty for the secretariat and for readers; `name` is how
    the record names them. `scope` is that of the token they came with, `only` the one negotiation it is limited to,
    `until` when it ends (None: they came without one). `is_seated` is false for who reads a public negotiation without
    a seat in it.
    """

    person_id: int | None
    name: str
    role: Role
    negotiation: str = ""
    negotiation_id: int = 0
    delegation: str = ""
    delegation_id: int | None = None
    scope: Scope = Scope.WRITE
    only: str = ""
    until: datetime | None = None
    is_seated: bool = True

    @property
    def holds_the_pen(self) -> bool:
        return self.role in _PEN

    def must(self, verb: str) -> None:
        """Refuse, saying why, unless this seat may do `verb`.

        Raises ScopeTooNarrow when only the token forbids it, NotPermitted when the role does, NoVoice when the seat
        speaks for no delegation, NotSeated when there is none. A verb that is not in the table is a mistake of ours and
        denied: KeyError.
        """
        allowed = VERBS[verb]
        if self.role not in allowed:
            raise NotPermitted(
                verb=verb,
                role=self.role.words,
                allowed=one_of([role.words for role in sorted(allowed)]),
            )
        if verb not in SCOPE_VERBS[self.scope]:
            raise ScopeTooNarrow(verb=verb, scope=self.scope.words)
        if verb in _FOR_THE_SEATED and not self.is_seated:
            raise NotSeated(verb=verb)
        if verb in _IN_A_NAME and not self.delegation:
            raise NoVoice(verb=verb)


def may_see(seat_role: Role | None, visibility: Visibility) -> bool:
    """Whether somebody with this role (None: no seat) sees the negotiation at all."""
    match visibility:
        case Visibility.PUBLIC:
            return True
        case Visibility.PARTICIPANTS:
            return seat_role is not None
        case Visibility.PRIVATE:
            return seat_role in _PEN
