"""How far each person has read the record of a negotiation."""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "digest_mark",
        sa.Column("id", BIG, nullable=False),
        sa.Column("negotiation_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("seen_seq", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_digest_mark_negotiation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_mark_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_mark")),
        sa.UniqueConstraint("negotiation_id", "person_id", name=op.f("uq_digest_mark_negotiation_id_person_id")),
    )
    op.create_index(op.f("ix_digest_mark_person_id"), "digest_mark", ["person_id"])


def downgrade() -> None:
    op.drop_table("digest_mark")
