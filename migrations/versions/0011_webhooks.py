"""Webhooks: addresses to which the record of a negotiation is sent."""

from alembic import op
import sqlalchemy as sa

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "webhook",
        sa.Column("id", BIG, nullable=False),
        sa.Column("negotiation_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("verbs", sa.JSON(), nullable=False),
        sa.Column("created_by", BIG, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("delivered_seq", sa.Integer(), nullable=False),
        sa.Column("delivered_at", moment, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("next_attempt_at", moment, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("claimed_until", moment, nullable=True),
        sa.Column("ping_asked_at", moment, nullable=True),
        sa.Column("pinged_at", moment, nullable=True),
        sa.Column("ping_answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('active', 'paused', 'disabled', 'removed')", name=op.f("ck_webhook_state")
        ),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_webhook_negotiation_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_webhook_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("negotiation_id", "number", name=op.f("uq_webhook_negotiation_id_number")),
    )
    op.create_index(op.f("ix_webhook_created_by"), "webhook", ["created_by"])


def downgrade() -> None:
    op.drop_table("webhook")
