"""What comes after tabling: oral revisions, votes, explanations of position and dissociations."""

from alembic import op
import sqlalchemy as sa

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHOICES = "'in_favour', 'against', 'abstaining'"
# Votes are never changed: what makes a row the same row, for the trigger that INSERT OR REPLACE needs on SQLite.
IDENTITY = {"vote": ("id",), "ballot": ("vote_id", "state"), "vote_correction": ("id",)}


def protect() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, key in IDENTITY.items():
        if not sqlite:
            op.execute(
                f"create trigger {table}_append_only before update or delete or truncate on {table} "
                "for each statement execute function chapeau_append_only()"
            )
            continue
        for act in ("update", "delete"):
            op.execute(
                f"create trigger {table}_no_{act} before {act} on {table} "
                f"begin select raise(abort, '{table} is append-only'); end"
            )
        same = " and ".join(f"{column} = new.{column}" for column in key)
        op.execute(
            f"create trigger {table}_no_replace before insert on {table} "
            f"when exists (select 1 from {table} where {same}) "
            f"begin select raise(abort, '{table} is append-only'); end"
        )


def table(name: str, *columns: sa.schema.SchemaItem, numbered: bool = True, refers: tuple[str, ...] = ()) -> None:
    """A table with an id that belongs to a negotiation; `refers` names the other tables that it refers to."""
    of_one = [
        sa.Column("negotiation_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f(f"fk_{name}_negotiation_id")),
        sa.UniqueConstraint("negotiation_id", "number", name=op.f(f"uq_{name}_negotiation_id_number")),
    ]
    op.create_table(
        name,
        sa.Column("id", BIG, nullable=False),
        *(of_one if numbered else ()),
        *columns,
        *(
            sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{name}_{other}_id"))
            for other in refers
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for other in refers:
        op.create_index(op.f(f"ix_{name}_{other}_id"), name, [f"{other}_id"])


def upgrade() -> None:
    table(
        "oral_revision",
        sa.Column("announced_by", sa.Text(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("announced_at", MOMENT, nullable=False),
    )
    table(
        "vote_request",
        sa.Column("delegation_id", BIG, nullable=False),
        sa.Column("clause_id", BIG, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("vote", sa.Integer(), nullable=True),
        refers=("delegation", "clause"),
    )
    table(
        "vote",
        sa.Column("clause_id", BIG, nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("majority", sa.Text(), nullable=False),
        sa.Column("is_carried", sa.Boolean(), nullable=False),
        sa.Column("rejects_whole", sa.Boolean(), nullable=False),
        sa.Column("requested_by", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.CheckConstraint("majority in ('simple', 'two_thirds')", name=op.f("ck_vote_majority")),
        refers=("clause",),
    )
    op.create_table(
        "ballot",
        sa.Column("vote_id", BIG, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.CheckConstraint(f"choice in ({CHOICES})", name=op.f("ck_ballot_choice")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_ballot_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "state", name=op.f("pk_ballot")),
    )
    table(
        "vote_correction",
        sa.Column("vote_id", BIG, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("advised_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"choice in ({CHOICES})", name=op.f("ck_vote_correction_choice")),
        numbered=False,
        refers=("vote",),
    )
    table(
        "explanation",
        sa.Column("delegation_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.CheckConstraint("subject in ('position', 'vote')", name=op.f("ck_explanation_subject")),
        sa.CheckConstraint("moment in ('before', 'after')", name=op.f("ck_explanation_moment")),
        refers=("delegation", "person"),
    )
    table(
        "dissociation",
        sa.Column("delegation_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        refers=("delegation", "person"),
    )
    protect()


def downgrade() -> None:
    for name in (
        "dissociation",
        "explanation",
        "vote_correction",
        "ballot",
        "vote",
        "vote_request",
        "oral_revision",
    ):
        op.drop_table(name)
