"""The text in the other official languages: what is translated, what is stale and how, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.record.translations import (
    KnownTranslation,
    by_clause,
    facts_of_translations,
    translations_of,
    wordings_of,
)
from app.rules.standing import ClauseStanding, Standing
from app.rules.translations import (
    TranslationState,
    Wording,
    fit,
    language_tag,
    must_be_a_translation,
    translation_tag,
)
from app.text import clauses as text
from app.text.clauses import Kind
from app.text.languages import Direction, Language, direction_of, is_language_of
from app.views.clauses import Difference, differing
from app.views.drafts import Consolidated


@dataclass(frozen=True, slots=True)
class ClauseTranslation:
    """How a clause reads in one language.

    `version` is that of the authentic text, `of_version` the one that the translation is of. A `stale` one misses what
    the authentic text has changed since: `difference`, word by word; `is_editorial_only` where the substance is the
    same. Where it is `missing`, `text` is the authentic text, in the language `text_language`, and `number` is 0.
    `direction` is that of `text`. `etag` is what If-Match wants of who translates it.
    """

    label: str
    key: str
    kind: Kind
    level: int
    version: int
    language: Language
    state: TranslationState
    is_stale: bool
    is_editorial_only: bool
    text: str
    text_language: str
    direction: Direction
    number: int
    of_version: int
    is_confirmed: bool
    translator: str
    delegation: str
    written_at: datetime | None
    difference: Difference | None
    etag: str


@dataclass(frozen=True, slots=True)
class TranslationVersion:
    """One immutable translation. `is_confirmed`: its words were there before, and were said to hold for `of_version`
    too. `translator` and `delegation` are empty where there is none."""

    number: int
    of_version: int
    text: str
    hash: str
    is_confirmed: bool
    translator: str
    delegation: str
    seq: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class TranslationHistory:
    """A clause in one language now, and every translation of it, oldest first."""

    current: ClauseTranslation
    history: tuple[TranslationVersion, ...]


@dataclass(frozen=True, slots=True)
class LanguageProgress:
    """How far the text is in one official language, in clauses. Of the stale ones, `editorial_only` miss no change of
    substance. `seq` is the record entry of the last translation, 0 where there is none."""

    language: Language
    name: str
    direction: Direction
    is_authentic: bool
    clauses: int
    translated: int
    stale: int
    editorial_only: int
    missing: int
    is_complete: bool
    seq: int


@dataclass(frozen=True, slots=True)
class TextInLanguage:
    """The whole text in one language, as it stands at the record entry `seq` (its time: `at`). `etag` is what If-Match
    wants of who translates it as a whole."""

    negotiation: str
    language: Language
    name: str
    direction: Direction
    seq: int
    at: datetime
    title: str
    translated: int
    stale: int
    missing: int
    is_complete: bool
    etag: str
    clauses: tuple[ClauseTranslation, ...]


async def clause_translations(
    db: AsyncSession, standing: Standing, found: ClauseStanding
) -> tuple[ClauseTranslation, ...]:
    """A clause in every official language but that of the negotiation. Two statements."""
    front = standing.negotiation.front
    known = await translations_of(db, standing.negotiation.id, clause_id=found.id)
    wordings = await wordings_of(db, standing.negotiation.id, clause_id=found.id)
    return tuple(
        _translation(found.clause, front, language, wordings, [one for one in known if one.language is language])
        for language in Language
        if not is_language_of(language, front)
    )


async def clause_translation(
    db: AsyncSession, standing: Standing, found: ClauseStanding, language: Language
) -> TranslationHistory:
    """A clause in one language and how it came there. Two statements. Raises AuthenticLanguage."""
    front = standing.negotiation.front
    must_be_a_translation(language, front)
    known = await translations_of(db, standing.negotiation.id, language=language, clause_id=found.id)
    wordings = await wordings_of(db, standing.negotiation.id, clause_id=found.id)
    return TranslationHistory(
        _translation(found.clause, front, language, wordings, known), tuple(_version(one) for one in known)
    )


async def languages(db: AsyncSession, standing: Standing) -> tuple[LanguageProgress, ...]:
    """How far the text is in each official language; that of the negotiation is authentic. Two statements."""
    known = await facts_of_translations(db, standing.negotiation.id)
    wordings = await wordings_of(db, standing.negotiation.id)
    clauses = [found.clause for found in standing.in_the_text()]
    front = standing.negotiation.front
    progress = []
    for language in Language:
        is_authentic = is_language_of(language, front)
        fits = [
            fit(wordings[clause.key, clause.version], [fact for fact, _ in known.get((clause.key, language), ())])
            for clause in clauses
        ]
        states = [TranslationState.TRANSLATED if is_authentic else one.state for one in fits]
        counts = _counts(states)
        progress.append(
            LanguageProgress(
                language=language,
                name=language.called,
                direction=direction_of(language),
                is_authentic=is_authentic,
                clauses=len(clauses),
                translated=counts[TranslationState.TRANSLATED],
                stale=counts[TranslationState.STALE],
                editorial_only=sum(one.is_editorial_only for one in fits),
                missing=counts[TranslationState.MISSING],
                is_complete=counts[TranslationState.TRANSLATED] == len(clauses),
                seq=max((seq for (_, of), all_ in known.items() if of is language for _, seq in all_), default=0),
            )
        )
    return tuple(progress)


async def text_in(db: AsyncSession, standing: Standing, found: Consolidated, language: Language) -> TextInLanguage:
    """A consolidated text in another language, as far as it is translated today. Two statements.

    Of a text of the past too, each paragraph shows the translation of the words that it had then, whenever that was
    written. Raises AuthenticLanguage.
    """
    front = standing.negotiation.front
    must_be_a_translation(language, front)
    known = await translations_of(db, standing.negotiation.id, language=language)
    wordings = await wordings_of(db, standing.negotiation.id)
    of_clause = by_clause(known)
    clauses = tuple(
        _translation(clause, front, language, wordings, of_clause.get(clause.key, ())) for clause in found.draft.clauses
    )
    counts = _counts([clause.state for clause in clauses])
    return TextInLanguage(
        negotiation=found.negotiation,
        language=language,
        name=language.called,
        direction=direction_of(language),
        seq=found.seq,
        at=found.at,
        title=next((clause.text for clause in clauses if clause.kind is Kind.TITLE), ""),
        translated=counts[TranslationState.TRANSLATED],
        stale=counts[TranslationState.STALE],
        missing=counts[TranslationState.MISSING],
        is_complete=counts[TranslationState.TRANSLATED] == len(clauses),
        etag=language_tag(found.negotiation, language, max((one.seq for one in known), default=0)),
        clauses=clauses,
    )


def _counts(states: Sequence[TranslationState]) -> dict[TranslationState, int]:
    return {state: states.count(state) for state in TranslationState}


def _translation(
    clause: text.Clause,
    front: text.FrontMatter,
    language: Language,
    wordings: Mapping[tuple[str, int], Wording],
    known: Sequence[KnownTranslation],
) -> ClauseTranslation:
    fitting = fit(wordings[clause.key, clause.version], [one.fact for one in known])
    shown = next((one for one in known if one.number == fitting.number), None)
    is_stale = fitting.state is TranslationState.STALE
    text_language = front.language if shown is None else language.value
    last = known[-1].number if known else 0
    return ClauseTranslation(
        label=clause.label,
        key=clause.key,
        kind=clause.kind,
        level=clause.level,
        version=clause.version,
        language=language,
        state=fitting.state,
        is_stale=is_stale,
        is_editorial_only=fitting.is_editorial_only,
        text=clause.text if shown is None else shown.text,
        text_language=text_language,
        direction=direction_of(text_language),
        number=fitting.number,
        of_version=0 if shown is None else shown.of.version,
        is_confirmed=shown is not None and shown.is_confirmed,
        translator="" if shown is None else shown.translator,
        delegation="" if shown is None else shown.delegation,
        written_at=None if shown is None else shown.written_at,
        difference=_difference(clause, shown) if is_stale and shown is not None else None,
        etag=translation_tag(clause.key, clause.version, language, last),
    )


def _difference(clause: text.Clause, shown: KnownTranslation) -> Difference:
    names = (f"{clause.label} v{shown.of.version}", f"{clause.label} v{clause.version}")
    return differing(shown.of_text, clause.text, *names)


def _version(one: KnownTranslation) -> TranslationVersion:
    return TranslationVersion(
        one.number,
        one.of.version,
        one.text,
        one.text_hash,
        one.is_confirmed,
        one.translator,
        one.delegation,
        one.seq,
        one.written_at,
    )
