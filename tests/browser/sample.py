"""The sample negotiation as tests of pages have it: with an administrator, an invitation and a link for a password."""

from sqlalchemy import update

from app.actions import access, accounts, invitations
from app.cli.sample import load_sample
from app.record.database import Database
from app.record.models import Invitation, PasswordLink
from app.record.secrets import secret_hash
from app.rules.permissions import Role, Seat
from app.views.access import operator_seat

INVITATION = "chi_Example0000000000000000000000000000000003Z5nzk"  # to sit for Morocco
PASSWORD_LINK = "chl_Example0000000000000000000000000000000003Z5nzk"  # for Brazil


async def load_sample_with_people(database: Database) -> None:
    """The first invitation, I1, and the link are sent as ever; their secrets are those that tests know."""
    await load_sample(database)
    async with database.writing() as db:
        admin = await access.add_person(db, "admin@example.org", "Administrator", is_administrator=True)
        await invitations.send(db, await operator_seat(db, "sse"), "MAR", name="Amina Idrissi")
        await db.execute(update(Invitation).values(secret_hash=secret_hash(INVITATION)))
        brazil = await access.person_signing_in(db, "brazil@example.org")
        await accounts.make_password_link(db, Seat(admin, "Administrator", Role.ADMINISTRATOR), brazil.id)
        await db.execute(update(PasswordLink).values(secret_hash=secret_hash(PASSWORD_LINK)))
