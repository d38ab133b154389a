"""The sample negotiation as tests of pages have it: with an administrator, an invitation and a link for a password."""

from datetime import timedelta

from sqlalchemy import update

from app.actions import access, accounts
from app.cli.sample import load_sample
from app.record.database import Database, Session, now_of
from app.record.models import Invitation, PasswordLink
from app.record.participants import delegation_coded
from app.record.secrets import secret_hash
from app.rules.permissions import Role, Seat
from app.views.access import operator_seat

INVITATION = "chi_Example0000000000000000000000000000000003Z5nzk"  # to sit for Morocco
PASSWORD_LINK = "chl_Example0000000000000000000000000000000003Z5nzk"  # for Brazil


async def load_sample_with_people(database: Database) -> None:
    await load_sample(database)
    async with database.writing() as db:
        admin = await access.add_person(db, "admin@example.org", "Administrator", is_administrator=True)
        db.add(await invitation(db))
        brazil = await access.person_signing_in(db, "brazil@example.org")
        await accounts.make_password_link(db, Seat(admin, "Administrator", Role.ADMINISTRATOR), brazil.id)
        await db.execute(update(PasswordLink).values(secret_hash=secret_hash(PASSWORD_LINK)))


async def invitation(db: Session) -> Invitation:
    """An invitation to sit for Morocco that is in no record: those that tests send are I1, I2, ... as anywhere."""
    morocco = await delegation_coded(db, "MAR")
    return Invitation(
        negotiation_id=(await operator_seat(db, "sse")).negotiation_id,
        number=0,
        delegation_id=morocco.id,
        role=Role.DELEGATE.value,
        sign_in="",
        name="Amina Idrissi",
        secret_hash=secret_hash(INVITATION),
        sent_as=Role.SECRETARIAT.value,
        sent_at=now_of(db),
        expires_at=now_of(db) + timedelta(days=14),
    )
