"""Readings with where the text stood, and warnings before a silence ends."""

from datetime import timedelta

from alembic import op
import sqlalchemy as sa

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = timedelta(hours=24)  # what a negotiation that is there already gets


def upgrade() -> None:
    op.add_column("negotiation", sa.Column("reading", sa.Integer(), nullable=True))
    op.add_column(
        "negotiation",
        sa.Column("silence_warning_seconds", sa.Integer(), nullable=False, server_default=sa.text("86400")),
    )
    op.add_column("reading", sa.Column("opening_counts", sa.JSON(), nullable=True))
    op.add_column("reading", sa.Column("closing_counts", sa.JSON(), nullable=True))
    op.add_column("silence", sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("silence", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    _warn_of_those_that_run()


def _warn_of_those_that_run() -> None:
    silence = sa.table(
        "silence",
        sa.column("id", sa.BigInteger()),
        sa.column("opened_at", sa.DateTime(timezone=True)),
        sa.column("deadline", sa.DateTime(timezone=True)),
        sa.column("passed_seq", sa.Integer()),
        sa.column("warn_at", sa.DateTime(timezone=True)),
    )
    running = sa.select(silence.c.id, silence.c.opened_at, silence.c.deadline).where(silence.c.passed_seq.is_(None))
    for found in op.get_bind().execute(running).all():
        warn_at = found.deadline - min(BEFORE, (found.deadline - found.opened_at) / 2)
        op.execute(silence.update().where(silence.c.id == found.id).values(warn_at=warn_at))


def downgrade() -> None:
    op.drop_column("silence", "warned_at")
    op.drop_column("silence", "warn_at")
    op.drop_column("reading", "closing_counts")
    op.drop_column("reading", "opening_counts")
    op.drop_column("negotiation", "silence_warning_seconds")
    op.drop_column("negotiation", "reading")
