"""The clauses in the other official languages; the database refuses to alter a translation."""

from alembic import op
import sqlalchemy as sa

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFUSED = "begin select raise(abort, 'translation is append-only'); end"


def upgrade() -> None:
    op.create_table(
        "translation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("clause_id", BIG, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("delegation_id", BIG, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language in ('ar', 'en', 'es', 'fr', 'ru', 'zh')", name=op.f("ck_translation_language")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_translation_clause_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_translation_person_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_translation_delegation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("clause_id", "language", "number", name=op.f("uq_translation_clause_id_language_number")),
    )
    for column in ("person_id", "delegation_id"):
        op.create_index(op.f(f"ix_translation_{column}"), "translation", [column])
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "create trigger translation_append_only before update or delete or truncate on translation "
            "for each statement execute function chapeau_append_only()"
        )
        return
    for act in ("update", "delete"):
        op.execute(f"create trigger translation_no_{act} before {act} on translation {REFUSED}")
    op.execute(  # INSERT OR REPLACE deletes without asking the triggers above
        "create trigger translation_no_replace before insert on translation when exists (select 1 from translation "
        "where clause_id = new.clause_id and language = new.language and number = new.number) " + REFUSED
    )


def downgrade() -> None:
    op.drop_table("translation")
