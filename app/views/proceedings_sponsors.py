"""The tables of sponsors and outreach as rows that can be compared with what the record tells."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.sponsors import OutreachNote, Sponsorship
from app.record.texts import Negotiation
from app.rules.told_sponsors import OutreachNoteTold, SponsorshipTold, named_sponsorship
from app.views.proceedings_names import Names, Rows


async def stored_sponsorships(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Sponsorship).where(Sponsorship.negotiation_id == negotiation.id))
    return {
        named_sponsorship(names.delegation(row.delegation_id), row.joined_seq): SponsorshipTold(
            kind=row.kind,
            on_behalf_of=names.delegation(row.on_behalf_of_id),
            at_adoption=row.at_adoption,
            told=row.told,
            exceptionally=row.exceptionally,
            joined_at=row.joined_at,
            left_at=row.left_at,
            left_entry=row.left_seq,
            left_told=row.left_told,
        )
        for row in rows
    }


async def stored_outreach_notes(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(OutreachNote).where(OutreachNote.negotiation_id == negotiation.id))
    return {
        f"N{row.number}": OutreachNoteTold(
            state=names.delegation(row.delegation_id),
            held_on=row.held_on.isoformat(),
            step=row.step,
            between=row.between,
            note=row.note,
            by=row.by,
            entry=row.seq,
            noted_at=row.noted_at,
            retracted_at=row.retracted_at,
        )
        for row in rows
    }
