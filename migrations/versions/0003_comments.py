"""Comments on clauses and amendments."""

from alembic import op
import sqlalchemy as sa

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("negotiation_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("clause_id", BIG, nullable=True),
        sa.Column("amendment_id", BIG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("delegation_id", BIG, nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("audience in ('room', 'delegation')", name=op.f("ck_comment_audience")),
        sa.CheckConstraint("(clause_id is null) <> (amendment_id is null)", name=op.f("ck_comment_one_subject")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_comment_negotiation_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_comment_clause_id")),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendment.id"], name=op.f("fk_comment_amendment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_person_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_comment_delegation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("negotiation_id", "number", name=op.f("uq_comment_negotiation_id_number")),
    )
    for column in ("clause_id", "amendment_id", "person_id", "delegation_id"):
        op.create_index(op.f(f"ix_comment_{column}"), "comment", [column])


def downgrade() -> None:
    op.drop_table("comment")
