"""Finding the amendment that an act is about, by its name and at the version that was read."""

from sqlalchemy import and_, select

from app.actions.locking import Act
from app.problems import NotFound, NotYours
from app.record.audiences import reads_amendment
from app.record.people import Delegation
from app.record.proposals import Amendment, AmendmentVersion
from app.rules.amendments import AmendmentAct, AmendmentStatus, may_happen
from app.rules.standing import must_be_current, version_tag
from app.said import Said


async def amendment_named(act: Act, name: str) -> tuple[Amendment, AmendmentVersion, str]:
    """An amendment by its name (`A12`), with its current version and its proposer's code.

    A draft that the seat may not see is not there for it. Raises NotFound.
    """
    number = amendment_number(name)
    row = (
        await act.db.execute(
            select(Amendment, AmendmentVersion, Delegation.code)
            .join(
                AmendmentVersion,
                and_(
                    AmendmentVersion.amendment_id == Amendment.id,
                    AmendmentVersion.number == Amendment.current_version,
                ),
            )
            .join(Delegation, Amendment.delegation_id == Delegation.id)
            .where(
                Amendment.negotiation_id == act.negotiation.id,
                Amendment.number == number,
                reads_amendment(act.seat, act.now.date()),
            )
        )
    ).first()
    if row is None:
        raise NotFound(
            what=Said("amendment"),
            name=name,
            remedy=Said(
                "GET .../amendments lists those you may see.",
                "The page of the amendments lists those that you may see.",
            ),
        )
    return row[0], row[1], row[2]


async def own_amendment(act: Act, name: str, expected: str, what: AmendmentAct) -> tuple[Amendment, AmendmentVersion]:
    """One's own amendment, in a state in which `what` may happen and at the version that was read.

    Raises NotFound, NotYours, StaleVersion and what `may_happen` raises.
    """
    amendment, version, proposer = await amendment_named(act, name)
    if proposer != act.seat.delegation:
        raise NotYours(
            what=f"A{amendment.number}",
            owner=proposer,
            delegation=act.seat.delegation,
            remedy=Said("Co-sponsor it, or propose an amendment of your own."),
        )
    may_happen(amendment.number, AmendmentStatus(amendment.status), what)
    must_be_at(amendment, expected)
    return amendment, version


def amendment_number(name: str) -> int:
    """12 from `A12`, `a12` or `12`; 0, which no amendment has, from anything else."""
    digits = name.strip().removeprefix("A").removeprefix("a")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0


def must_be_at(amendment: Amendment, expected: str) -> None:
    current = version_tag(f"A{amendment.number}", amendment.current_version)
    must_be_current(f"A{amendment.number}", expected, current, version=amendment.current_version)


async def amendment_row(act: Act, number: int) -> Amendment:
    """The row of an amendment that is known to be there."""
    query = select(Amendment).where(Amendment.negotiation_id == act.negotiation.id, Amendment.number == number)
    return (await act.db.scalars(query)).one()


async def current_version(act: Act, amendment: Amendment) -> AmendmentVersion:
    """The version an amendment points at."""
    query = select(AmendmentVersion).where(
        AmendmentVersion.amendment_id == amendment.id, AmendmentVersion.number == amendment.current_version
    )
    return (await act.db.scalars(query)).one()
