"""When people want their digests mailed, and how far they were."""

from alembic import op
import sqlalchemy as sa

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mail_choice",
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("timing", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.CheckConstraint("timing in ('immediate', 'daily', 'off')", name=op.f("ck_mail_choice_timing")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "digest_mail",
        sa.Column("id", BIG, nullable=False),
        sa.Column("negotiation_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("timing", sa.Text(), nullable=True),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("told_seq", sa.Integer(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("timing in ('immediate', 'daily', 'off')", name=op.f("ck_digest_mail_timing")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_digest_mail_negotiation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_mail_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_mail")),
        sa.UniqueConstraint("negotiation_id", "person_id", name=op.f("uq_digest_mail_negotiation_id_person_id")),
    )
    op.create_index(op.f("ix_digest_mail_person_id"), "digest_mail", ["person_id"])


def downgrade() -> None:
    op.drop_table("digest_mail")
    op.drop_table("mail_choice")
