"""The text in the other official languages: a clause is translated, or what was translated is confirmed to hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.actions.versioning import text_hash
from app.problems import ClauseRemoved, TranslationHolds, TranslationMissing, TranslationUnchanged
from app.record.standing import clause_named, facts_of
from app.record.texts import Clause
from app.record.translations import KnownTranslation, Translation, translations_of, wordings_of
from app.rules.permissions import Seat
from app.rules.standing import must_be_current
from app.rules.translations import Fit, TranslationState, fit, must_be_a_translation, translation_tag
from app.said import Said
from app.text.languages import Language
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class NewTranslation:
    """A translation that was written or confirmed: the `number`-th of the clause into the language, of version
    `of_version` of the authentic text."""

    label: str
    key: str
    language: Language
    number: int
    of_version: int
    text: str
    is_confirmed: bool
    seq: int


async def write(
    db: AsyncSession, seat: Seat, clause: str, language: Language, expected: str, text: str
) -> NewTranslation:
    """Translate a clause as it reads now; open or closed, nothing is decided by it.

    `expected` is the tag of the translation as it was read last, which names the version of the clause too. Raises
    StaleVersion, AuthenticLanguage, ClauseRemoved, TranslationUnchanged and what `screened` raises.
    """
    act = await begin(db, seat, "translation.write")
    wording = screened(text, "text")
    found = await _Found.at(act, clause, language, expected)
    if found.shown is not None and found.shown.text == wording:
        confirm_it = found.fit.state is TranslationState.STALE
        raise TranslationUnchanged(
            what=Said("The {language} text of {label}", language=language.called, label=found.clause.label),
            remedy=Said("Confirm it if it holds for the new words too.") if confirm_it else Said("Change the wording."),
        )
    return await _recorded(act, found, language, wording, is_confirmed=False)


async def confirm(db: AsyncSession, seat: Seat, clause: str, language: Language, expected: str) -> NewTranslation:
    """Say that the translation of a clause holds for its new words too, such as after an editorial change.

    Raises StaleVersion, AuthenticLanguage, ClauseRemoved, TranslationMissing, TranslationHolds.
    """
    act = await begin(db, seat, "translation.confirm")
    found = await _Found.at(act, clause, language, expected)
    named = {"label": found.clause.label, "language": language.called}
    if found.shown is None:
        raise TranslationMissing(**named, version=found.clause.current_version)
    if found.fit.state is TranslationState.TRANSLATED:
        raise TranslationHolds(**named)
    return await _recorded(act, found, language, found.shown.text, is_confirmed=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """A clause in the text, with what there is of it in one language."""

    clause: Clause
    last: int
    fit: Fit
    shown: KnownTranslation | None

    @classmethod
    async def at(cls, act: Act, name: str, language: Language, expected: str) -> "_Found":
        """Raises NotFound, AuthenticLanguage, StaleVersion, ClauseRemoved."""
        must_be_a_translation(language, facts_of(act.negotiation).front)
        clause = await clause_named(act.db, act.negotiation, name)
        known = await translations_of(act.db, act.negotiation.id, language=language, clause_id=clause.id)
        wordings = await wordings_of(act.db, act.negotiation.id, clause_id=clause.id)
        fitting = fit(wordings[clause.key, clause.current_version], [one.fact for one in known])
        last = known[-1].number if known else 0
        must_be_current(
            Said("The {language} text of {label}", language=language.called, label=clause.label),
            expected,
            translation_tag(clause.key, clause.current_version, language, last),
            version=clause.current_version,
            number=last,
            text=known[-1].text if known else "",
        )
        if clause.removed_by is not None:
            raise ClauseRemoved(label=clause.label, removed_by=clause.removed_by)
        return cls(clause, last, fitting, shown_of(fitting, known))


def shown_of(fitting: Fit, known: Sequence[KnownTranslation]) -> KnownTranslation | None:
    """The translation that goes with a wording, None where there is none."""
    return next((one for one in known if one.number == fitting.number), None)


def translation_row(
    act: Act, clause_id: int, language: Language, number: int, of_version: int, text: str, *, is_confirmed: bool
) -> Translation:
    """A translation as it is kept, in an act that will be recorded."""
    return Translation(
        clause_id=clause_id,
        language=language.value,
        number=number,
        of_version=of_version,
        text=text,
        text_hash=text_hash(text),
        is_confirmed=is_confirmed,
        person_id=act.seat.person_id,
        delegation_id=act.seat.delegation_id,
        seq=act.seq,
        written_at=act.now,
    )


def on_record(clause: str, label: str, row: Translation) -> dict[str, Any]:
    """How the record tells of a translation; `chapeau verify` compares the tables with it."""
    return {
        "clause": clause,
        "label": label,
        "language": row.language,
        "number": row.number,
        "of_version": row.of_version,
        "text": row.text,
        "confirmed": row.is_confirmed,
    }


async def _recorded(act: Act, found: _Found, language: Language, text: str, *, is_confirmed: bool) -> NewTranslation:
    clause = found.clause
    row = translation_row(
        act, clause.id, language, found.last + 1, clause.current_version, text, is_confirmed=is_confirmed
    )
    act.db.add(row)
    written = await act.recorded({"translations": [on_record(clause.key, clause.label, row)]})
    return NewTranslation(
        clause.label, clause.key, language, row.number, row.of_version, text, is_confirmed, written.seq
    )
