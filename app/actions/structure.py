"""The order of the clauses in the tables: which are in the text, putting one in, moving and removing some."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update

from app.actions.locking import Act
from app.actions.versioning import first_version
from app.problems import InsertionImpossible
from app.record.standing import standing
from app.record.texts import Clause
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text import clauses as text


async def live_clauses(act: Act) -> tuple[list[text.Clause], set[str]]:
    """The clauses in the text, in order, without their wording; and every label ever given. One statement."""
    rows = await _rows(act)
    live = [
        text.Clause(text.Kind(row.kind), row.label, "", row.level, row.key, row.current_version)
        for row in rows
        if row.removed_by is None
    ]
    return live, {row.label for row in rows}


async def standings_of(act: Act, keys: Collection[str]) -> tuple[ClauseStanding, ...]:
    """Where the clauses with these keys stand, in the order of the document."""
    if not keys:
        return ()
    ids = await act.db.scalars(
        select(Clause.id).where(Clause.negotiation_id == act.negotiation.id, Clause.key.in_(keys))
    )
    return (await standing(act.db, act.negotiation, ids.all())).clauses


async def live_anchor(act: Act, key: str, level: int) -> str:
    """The label of a clause behind which one of `level` is to stand; of the nearest one before it when it was removed.

    A sub-paragraph does not end up in another paragraph that way: raises InsertionImpossible when its own was removed.
    """
    label = ""
    for row in (rows := await _rows(act)):
        if row.removed_by is None:
            label = row.label
        if row.key == key:
            parent = next((other for other in rows if other.id == row.parent_id), None)
            if row.removed_by and level > 1 and parent is not None and parent.removed_by:
                raise InsertionImpossible(
                    anchor=row.label, why=Said("{label}, of which it was a part, was removed", label=parent.label)
                )
            break
    return label


async def put_in(act: Act, new: text.Clause, after: str, origin_name: str, origin: str = "amendment") -> text.Clause:
    """Put a new clause behind the one with the key `after`, with its first version. The clause with the key it was
    given.

    An insertion by the amendment called `origin_name`, unless `origin` says otherwise.
    """
    act.negotiation.last_clause += 1
    key = f"c{act.negotiation.last_clause}"
    rows = await _rows(act)
    index = next((i for i, row in enumerate(rows) if row.key == after), -1)
    place = rows[index].place + 1 if index >= 0 else 0
    await act.db.execute(
        update(Clause)
        .where(Clause.negotiation_id == act.negotiation.id, Clause.place >= place)
        .values(place=Clause.place + 1)
    )
    before = [row for row in rows[: index + 1] if row.removed_by is None]
    row = Clause(
        negotiation_id=act.negotiation.id,
        key=key,
        kind=new.kind.value,
        level=new.level,
        label=new.label,
        place=place,
        parent_id=_parent_id(before, new),
        current_version=1,
        removed_by=None,
    )
    act.db.add(row)
    await act.db.flush()
    act.db.add(first_version(act, row, new.text, origin=origin, origin_name=origin_name))
    return text.Clause(new.kind, new.label, new.text, new.level, key, 1)


async def move(act: Act, moved: Sequence[text.Clause], after: str) -> None:
    """Put a clause and its sub-paragraphs behind the clause with the key `after`."""
    rows = await _rows(act)
    keys = [clause.key for clause in moved]
    going = [row for row in rows if row.key in keys]
    staying = [row for row in rows if row.key not in keys]
    index = next((i for i, row in enumerate(staying) if row.key == after), -1) + 1
    for place, row in enumerate([*staying[:index], *going, *staying[index:]], start=1):
        row.place = place
    going[0].parent_id = _parent_id([row for row in staying[:index] if row.removed_by is None], moved[0])
    await act.db.flush()


async def give_parts(act: Act, clause_id: int, to: str) -> None:
    """The sub-paragraphs of a clause in the text belong to the one with the key `to` from now on."""
    owner = select(Clause.id).where(Clause.negotiation_id == act.negotiation.id, Clause.key == to).scalar_subquery()
    await act.db.execute(
        update(Clause).where(Clause.parent_id == clause_id, Clause.removed_by.is_(None)).values(parent_id=owner)
    )


async def take_out(act: Act, keys: Sequence[str], by: str) -> None:
    """Take clauses out of the text; they stay in the tables with the name of what removed them: an amendment (`A7`), a
    vote (`V1`), an oral revision."""
    await act.db.execute(
        update(Clause).where(Clause.negotiation_id == act.negotiation.id, Clause.key.in_(keys)).values(removed_by=by)
    )


async def _rows(act: Act) -> Sequence[Clause]:
    await act.db.flush()  # reading anew overwrites what is not sent yet
    query = select(Clause).where(Clause.negotiation_id == act.negotiation.id).order_by(Clause.place, Clause.id)
    return (await act.db.scalars(query.execution_options(populate_existing=True))).all()


def _parent_id(before: Sequence[Clause], new: text.Clause) -> int | None:
    above = [text.Clause(text.Kind(row.kind), row.label, "", row.level, row.key) for row in before]
    parent = text.parents([*above, new])[-1]
    return None if parent is None else before[parent].id
