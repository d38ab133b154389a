"""The library of adopted texts, with the full-text index that each database keeps in step by itself."""

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The words are folded and separated by spaces before they are stored (app/text/nearness.py), in every language and for
# both databases alike. So neither may fold, stem or split them again: `ascii` splits at ASCII characters other than
# letters and digits only, and array_to_tsvector asks no parser, whose answers depend on the locale of the database.
# Only whether a passage has a word is asked of the index (detail=none), never where. The library is read far more often
# than it is written: nothing waits in a list that every search would have to read (fastupdate = off).
SQLITE = (
    "create virtual table library_full_text using fts5("
    "words, content='library_passage', content_rowid='id', tokenize='ascii', detail=none)",
    "create trigger library_passage_full_text_insert after insert on library_passage begin "
    "insert into library_full_text(rowid, words) values (new.id, new.words); end",
    "create trigger library_passage_full_text_delete after delete on library_passage begin "
    "insert into library_full_text(library_full_text, rowid, words) values ('delete', old.id, old.words); end",
    "create trigger library_passage_full_text_update after update on library_passage begin "
    "insert into library_full_text(library_full_text, rowid, words) values ('delete', old.id, old.words); "
    "insert into library_full_text(rowid, words) values (new.id, new.words); end",
)
POSTGRESQL = (
    "alter table library_passage add column full_text tsvector "
    "generated always as (array_to_tsvector(string_to_array(words, ' '))) stored",
    "create index ix_library_passage_full_text on library_passage using gin (full_text) with (fastupdate = off)",
)


def upgrade() -> None:
    op.create_table(
        "library_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organ", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("paragraphs", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_text")),
        sa.UniqueConstraint("symbol", name=op.f("uq_library_text_symbol")),
    )
    op.create_table(
        "library_passage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["library_text.id"], name=op.f("fk_library_passage_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_passage")),
        sa.UniqueConstraint("text_id", "place", name=op.f("uq_library_passage_text_id_place")),
    )
    op.create_table(
        "library_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_library_word")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("insert", "delete", "update"):
            op.execute(f"drop trigger library_passage_full_text_{act}")
        op.execute("drop table library_full_text")
    op.drop_table("library_word")
    op.drop_table("library_passage")
    op.drop_table("library_text")
