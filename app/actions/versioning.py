"""New versions of a clause. A version is never changed; the clause points at its newest."""

import hashlib

from sqlalchemy import select

from app.actions.locking import Act
from app.record.texts import Clause, ClauseVersion


def text_hash(wording: str) -> str:
    """SHA-256 of a text (NFC, UTF-8), in hexadecimal."""
    return hashlib.sha256(wording.encode()).hexdigest()


def first_version(act: Act, clause: Clause, wording: str, *, origin: str, origin_name: str) -> ClauseVersion:
    """The version with which a clause comes into the text. The clause's row has its id already."""
    return ClauseVersion(
        clause_id=clause.id,
        number=1,
        text=wording,
        text_hash=text_hash(wording),
        origin=origin,
        origin_name=origin_name,
        substance=1,
        seq=act.seq,
        created_at=act.now,
    )


async def add_version(
    act: Act, clause_id: int, wording: str, *, origin: str, origin_name: str, keeps_substance: bool = False
) -> int:
    """Give a clause its next version and return its number. With `keeps_substance`, positions hold on."""
    clause = await act.db.get_one(Clause, clause_id)
    number = clause.current_version + 1
    substance = number
    if keeps_substance:
        substance = (
            await act.db.scalar(
                select(ClauseVersion.substance).where(
                    ClauseVersion.clause_id == clause_id, ClauseVersion.number == clause.current_version
                )
            )
            or number
        )
    act.db.add(
        ClauseVersion(
            clause_id=clause_id,
            number=number,
            text=wording,
            text_hash=text_hash(wording),
            origin=origin,
            origin_name=origin_name,
            substance=substance,
            seq=act.seq,
            created_at=act.now,
        )
    )
    clause.current_version = number
    return number
