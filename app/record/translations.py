"""The clauses in the other official languages: immutable translations, each of one version of the authentic text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Integer, UniqueConstraint, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId
from app.record.people import Delegation, Person
from app.record.texts import Clause, ClauseVersion
from app.rules.translations import Translated, Wording
from app.text.languages import Language


class Translation(Base):
    """An immutable translation of version `of_version` of a clause; `number` counts those into one language.

    `is_confirmed` marks one that says again what the one before it said: the same words hold for a later version.
    `delegation_id` is null where the secretariat translated, `person_id` where whoever runs the server did.
    """

    __tablename__ = "translation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    language: Mapped[str]
    number: Mapped[int] = mapped_column(Integer)
    of_version: Mapped[int] = mapped_column(Integer)
    text: Mapped[str]
    text_hash: Mapped[str]
    is_confirmed: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    seq: Mapped[int] = mapped_column(Integer)
    written_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("clause_id", "language", "number"),
        CheckConstraint("language in ('ar', 'en', 'es', 'fr', 'ru', 'zh')", name="language"),
    )


_TRANSLATED = and_(ClauseVersion.clause_id == Clause.id, ClauseVersion.number == Translation.of_version)


@dataclass(frozen=True, slots=True)
class KnownTranslation:
    """A translation with what it translates: `of_text` is the authentic text in version `of.version`. `translator` and
    `delegation` are empty where there is none."""

    clause: str
    language: Language
    number: int
    text: str
    text_hash: str
    is_confirmed: bool
    of: Wording
    of_text: str
    translator: str
    delegation: str
    seq: int
    written_at: datetime

    @property
    def fact(self) -> Translated:
        return Translated(self.number, self.of)


async def translations_of(
    db: AsyncSession, negotiation_id: int, *, language: Language | None = None, clause_id: int | None = None
) -> tuple[KnownTranslation, ...]:
    """Every translation of a negotiation, or those into one language, or of one clause, by number. One statement."""
    query = (
        select(Translation, Clause.key, ClauseVersion, Person.name, Delegation.code)
        .join(Clause, Translation.clause_id == Clause.id)
        .join(ClauseVersion, _TRANSLATED)
        .outerjoin(Person, Translation.person_id == Person.id)
        .outerjoin(Delegation, Translation.delegation_id == Delegation.id)
        .where(_these(negotiation_id, language, clause_id))
        .order_by(Translation.number)
    )
    return tuple(
        KnownTranslation(
            clause=key,
            language=Language(row.language),
            number=row.number,
            text=row.text,
            text_hash=row.text_hash,
            is_confirmed=row.is_confirmed,
            of=Wording(of.number, of.text_hash, of.substance),
            of_text=of.text,
            translator=name or "",
            delegation=code or "",
            seq=row.seq,
            written_at=row.written_at,
        )
        for row, key, of, name, code in await db.execute(query)
    )


def by_clause(known: Iterable[KnownTranslation]) -> dict[str, list[KnownTranslation]]:
    """Translations into one language by the key of their clause."""
    found: dict[str, list[KnownTranslation]] = {}
    for one in known:
        found.setdefault(one.clause, []).append(one)
    return found


async def facts_of_translations(
    db: AsyncSession, negotiation_id: int
) -> Mapping[tuple[str, Language], list[tuple[Translated, int]]]:
    """What rules ask of every translation of a negotiation, and its record entry, by clause and language; no words. One
    statement."""
    query = (
        select(
            Clause.key,
            Translation.language,
            Translation.number,
            Translation.seq,
            ClauseVersion.number,
            ClauseVersion.text_hash,
            ClauseVersion.substance,
        )
        .join(Clause, Translation.clause_id == Clause.id)
        .join(ClauseVersion, _TRANSLATED)
        .where(Clause.negotiation_id == negotiation_id)
    )
    found: dict[tuple[str, Language], list[tuple[Translated, int]]] = {}
    for key, language, number, seq, version, text_hash, substance in await db.execute(query):
        one = Translated(number, Wording(version, text_hash, substance))
        found.setdefault((key, Language(language)), []).append((one, seq))
    return found


async def wordings_of(
    db: AsyncSession, negotiation_id: int, *, clause_id: int | None = None
) -> Mapping[tuple[str, int], Wording]:
    """Every version that the clauses have had (or one clause), by key and number; no words. One statement."""
    query = (
        select(Clause.key, ClauseVersion.number, ClauseVersion.text_hash, ClauseVersion.substance)
        .join(Clause, ClauseVersion.clause_id == Clause.id)
        .where(Clause.negotiation_id == negotiation_id)
    )
    if clause_id is not None:
        query = query.where(Clause.id == clause_id)
    return {
        (key, number): Wording(number, text_hash, substance)
        for key, number, text_hash, substance in await db.execute(query)
    }


def _these(negotiation_id: int, language: Language | None, clause_id: int | None) -> ColumnElement[bool]:
    wanted = [Clause.negotiation_id == negotiation_id]
    if language is not None:
        wanted.append(Translation.language == language.value)
    if clause_id is not None:
        wanted.append(Clause.id == clause_id)
    return and_(*wanted)
