"""Drafts and comments for a group, and amendments that bring back the words of a withdrawn one."""

from alembic import op
from alembic.operations import BatchOperations
import sqlalchemy as sa

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFERENCES = (("group_id", "delegation"), ("reintroduces_id", "amendment"))  # of an amendment


def upgrade() -> None:
    for column, referred in REFERENCES:
        name = op.f(f"fk_amendment_{column}")
        if op.get_bind().dialect.name == "sqlite":  # takes a reference only together with its column
            op.execute(
                f"alter table amendment add column {column} integer constraint {name} references {referred} (id)"
            )
        else:
            op.add_column("amendment", sa.Column(column, BIG, nullable=True))
            op.create_foreign_key(name, "amendment", referred, [column], ["id"])
    op.create_index(op.f("ix_amendment_reintroduces_id"), "amendment", ["reintroduces_id"])
    with op.batch_alter_table("comment") as comment:  # SQLite copies it; it has no triggers, and nothing refers to it
        hear(comment, "'room', 'group', 'delegation'")
        comment.add_column(sa.Column("group_id", BIG, nullable=True))
        comment.create_foreign_key(op.f("fk_comment_group_id"), "delegation", ["group_id"], ["id"])


def downgrade() -> None:
    for table in ("amendment", "comment"):
        op.execute(f"update {table} set audience = 'delegation' where audience = 'group'")
    with op.batch_alter_table("comment") as comment:
        hear(comment, "'room', 'delegation'")
        comment.drop_constraint(op.f("fk_comment_group_id"), type_="foreignkey")
        comment.drop_column("group_id")
    op.drop_index(op.f("ix_amendment_reintroduces_id"), "amendment")
    for column, _ in REFERENCES:
        if op.get_bind().dialect.name != "sqlite":
            op.drop_constraint(op.f(f"fk_amendment_{column}"), "amendment", type_="foreignkey")
        op.execute(f"alter table amendment drop column {column}")


def hear(comment: BatchOperations, audiences: str) -> None:
    """Check for whom a comment is."""
    comment.drop_constraint(op.f("ck_comment_audience"), type_="check")
    comment.create_check_constraint(op.f("ck_comment_audience"), f"audience in ({audiences})")
