"""Sponsors of the text with the deadline for joining them, and notes of the outreach to states."""

from alembic import op
import sqlalchemy as sa

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("negotiation", sa.Column("sponsors_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "sponsorship",
        sa.Column("id", BIG, nullable=False),
        sa.Column("negotiation_id", BIG, nullable=False),
        sa.Column("delegation_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_behalf_of_id", BIG, nullable=True),
        sa.Column("at_adoption", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("exceptionally", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_seq", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_seq", sa.Integer(), nullable=True),
        sa.Column("left_told", sa.Text(), nullable=False),
        sa.CheckConstraint("kind in ('main', 'cosponsor')", name=op.f("ck_sponsorship_kind")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_sponsorship_negotiation_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_sponsorship_delegation_id")),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["delegation.id"], name=op.f("fk_sponsorship_on_behalf_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsorship")),
    )
    for column in ("negotiation_id", "delegation_id", "on_behalf_of_id"):
        op.create_index(op.f(f"ix_sponsorship_{column}"), "sponsorship", [column])
    op.create_table(
        "outreach_note",
        sa.Column("id", BIG, nullable=False),
        sa.Column("negotiation_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("delegation_id", BIG, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("between", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "step in ('contacted', 'interested', 'bilateral_held', 'in_the_working_group', 'cosponsor', 'declined')",
            name=op.f("ck_outreach_note_step"),
        ),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_outreach_note_negotiation_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_outreach_note_delegation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_note")),
        sa.UniqueConstraint("negotiation_id", "number", name=op.f("uq_outreach_note_negotiation_id_number")),
    )
    op.create_index(op.f("ix_outreach_note_delegation_id"), "outreach_note", ["delegation_id"])


def downgrade() -> None:
    op.drop_table("outreach_note")
    op.drop_table("sponsorship")
    op.drop_column("negotiation", "sponsors_until")
