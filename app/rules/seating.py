"""Who may give which seat in a negotiation, and whose seat may be changed."""

from dataclasses import dataclass

from app.problems import LastOfTheSecretariat, PenNotYoursToGive, SeatNotYoursToGive
from app.rules.permissions import Role, Seat
from app.said import Said


@dataclass(frozen=True, slots=True)
class Chair:
    """Where somebody sits: as what, and for which delegation (empty for the secretariat and for readers)."""

    role: Role
    delegation: str = ""

    @property
    def words(self) -> Said:
        """As a sentence says it: `delegate of BRA`."""
        role = self.role.words
        return Said("{role} of {delegation}", role=role, delegation=self.delegation) if self.delegation else role


def must_be_theirs_to_give(giver: Seat, name: str, held: Chair | None, given: Chair) -> None:
    """Refuse, unless `giver` may move the person called `name` from the chair they hold (None: they have none yet).

    The secretariat may give any seat. A penholder seats people of its own delegation and readers, and leaves alone
    whoever sits elsewhere. Raises SeatNotYoursToGive.
    """
    if giver.role is Role.SECRETARIAT:
        return
    if held is not None and not _is_within_reach(giver, held):
        sits = Said("{name} sits as {chair}", name=name, chair=held.words)
        raise SeatNotYoursToGive(what=sits, delegation=giver.delegation)
    if not _is_within_reach(giver, given):
        not_yours = Said("a seat as {chair} is not yours to give", chair=given.words)
        raise SeatNotYoursToGive(what=not_yours, delegation=giver.delegation)


def must_be_theirs_to_invite(inviter: Seat, delegation: str, role: Role) -> None:
    """Refuse (PenNotYoursToGive) that anybody but the secretariat invites a delegation to hold the pen."""
    if role is Role.PENHOLDER and inviter.role is not Role.SECRETARIAT:
        raise PenNotYoursToGive(delegation=delegation)


def must_leave_a_secretariat(name: str, negotiation: str, held: Chair | None, given: Chair, others: int) -> None:
    """Refuse to move the last of the secretariat to another chair: `others` is how many sit there beside them.

    Raises LastOfTheSecretariat.
    """
    leaves = held is not None and held.role is Role.SECRETARIAT and given.role is not Role.SECRETARIAT
    if leaves and not others:
        raise LastOfTheSecretariat(person=name, negotiation=negotiation)


def _is_within_reach(giver: Seat, chair: Chair) -> bool:
    if not chair.delegation:
        return chair.role is Role.READER
    return chair.delegation == giver.delegation
