"""A whole text in another official language, in one act: as a translation service delivers a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin, undone
from app.actions.translating import NewTranslation, on_record, shown_of, translation_row
from app.problems import InvalidInput, TranslationDoesNotFit, TranslationUnchanged
from app.record.past import draft_at, seq_at
from app.record.standing import facts_of
from app.record.texts import Clause
from app.record.translations import KnownTranslation, Translation, by_clause, translations_of, wordings_of
from app.rules.permissions import Seat
from app.rules.standing import must_be_current
from app.rules.translations import TranslationState, Wording, fit, language_tag, must_be_a_translation
from app.said import Said
from app.text import clauses as text
from app.text.labels import first_of
from app.text.languages import Language, is_language_of


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A text that came in translation. `of` is the record entry of the text that it translates.

    `written` are the paragraphs with new words, or confirmed ones; of the others, by the labels of then: `unchanged`
    say what they said, `left_stale` too, of words that have changed since, `out_of_the_text` were removed since and
    dropped. `still_missing` are paragraphs of the present text without a translation, by the labels of now.
    """

    language: Language
    of: int
    written: tuple[NewTranslation, ...]
    unchanged: tuple[str, ...]
    left_stale: tuple[str, ...]
    out_of_the_text: tuple[str, ...]
    still_missing: tuple[str, ...]
    seq: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A draft in another language, the text that it translates (`of`: a revision, record entry or time), and whether
    paragraphs that say what they said before are meant to hold for words that have changed since."""

    draft: text.Draft
    of: str
    unchanged_holds: bool = False


async def translate(
    db: AsyncSession, seat: Seat, language: Language, expected: str, delivery: Delivery
) -> TranslatedText:
    """Take in a whole text, matched by label with the text that it translates; one entry on the record.

    Each paragraph is a translation of the version that the text had then: what has moved since is stale at once. What
    is left out stays as it is. `expected` is the tag of the text in this language as it was read last. Raises
    StaleVersion, AuthenticLanguage, NotFound, InvalidInput, TranslationDoesNotFit, TranslationUnchanged.
    """
    act = await begin(db, seat, "translation.write")
    return await _translated(act, language, expected, delivery)


async def rehearse(
    db: AsyncSession, seat: Seat, language: Language, expected: str, delivery: Delivery
) -> TranslatedText:
    """What taking in a whole text would do: carried out and undone (`seq` is 0). Raises what `translate` raises."""
    act = await begin(db, seat, "translation.write")
    found = await undone(act, _translated(act, language, expected, delivery))
    return replace(found, written=tuple(replace(one, seq=0) for one in found.written), seq=0)


@dataclass(slots=True)
class _Sorted:
    """The paragraphs of a delivery by what becomes of them."""

    rows: list[tuple[Clause, Translation]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_stale: list[str] = field(default_factory=list)
    out_of_the_text: list[str] = field(default_factory=list)


async def _translated(act: Act, language: Language, expected: str, delivery: Delivery) -> TranslatedText:
    facts = facts_of(act.negotiation)
    must_be_a_translation(language, facts.front)
    await _must_be_current(act, language, expected)
    _must_be_in(language, delivery.draft)
    of = await seq_at(act.db, facts, delivery.of, field="of")
    source = {clause.label: clause for clause in (await draft_at(act.db, facts.id, of)).clauses}
    _must_fit(delivery.draft, source, of)
    query = select(Clause).where(Clause.negotiation_id == facts.id, Clause.removed_by.is_(None)).order_by(Clause.place)
    present = {clause.key: clause for clause in await act.db.scalars(query)}
    known = by_clause(await translations_of(act.db, facts.id, language=language))
    wordings = await wordings_of(act.db, facts.id)
    found = _sorted(act, language, delivery, source, present, known, wordings)
    if not found.rows:
        raise TranslationUnchanged(
            what=Said("The {language} text", language=language.called),
            remedy=Said(
                "Send it with 'unchanged_holds' if stale paragraphs hold as they are.",
                "Confirm those paragraphs that hold as they are.",
            )
            if found.left_stale
            else Said("Change the wording of a paragraph."),
        )
    act.db.add_all(row for _, row in found.rows)
    written = await act.recorded(
        {"of": of, "translations": [on_record(clause.key, clause.label, row) for clause, row in found.rows]}
    )
    done = {clause.key for clause, _ in found.rows} | known.keys()
    return TranslatedText(
        language,
        of,
        tuple(_new(clause, language, row) for clause, row in found.rows),
        tuple(found.unchanged),
        tuple(found.left_stale),
        tuple(found.out_of_the_text),
        tuple(clause.label for clause in present.values() if clause.key not in done),
        written.seq,
    )


async def _must_be_current(act: Act, language: Language, expected: str) -> None:
    last = await act.db.scalar(
        select(func.max(Translation.seq))
        .join(Clause, Translation.clause_id == Clause.id)
        .where(Clause.negotiation_id == act.negotiation.id, Translation.language == language.value)
    )
    current = language_tag(act.negotiation.slug, language, last or 0)
    must_be_current(
        Said("The {language} text", language=language.called), expected, current, last_translated_at_entry=last or 0
    )


def _must_be_in(language: Language, draft: text.Draft) -> None:
    if not is_language_of(language, draft.front):
        said = draft.front.language
        raise InvalidInput.at(
            "draft",
            Said(
                "its front matter says 'language: {said}'; a {language} text says 'language: {language_2}'.",
                said=said,
                language=language.called,
                language_2=language,
            ),
        )


def _must_fit(draft: text.Draft, source: Mapping[str, text.Clause], of: int) -> None:
    strange = [clause.label for clause in draft.clauses if clause.label not in source]
    if strange:
        raise TranslationDoesNotFit(of=of, named=first_of(strange), labels=strange)
    if not draft.clauses:
        raise InvalidInput.at("draft", Said("the draft has no paragraphs."))


def _sorted(
    act: Act,
    language: Language,
    delivery: Delivery,
    source: Mapping[str, text.Clause],
    present: Mapping[str, Clause],
    known: Mapping[str, Sequence[KnownTranslation]],
    wordings: Mapping[tuple[str, int], Wording],
) -> _Sorted:
    found = _Sorted()
    for delivered in delivery.draft.clauses:
        origin = source[delivered.label]
        clause, before = present.get(origin.key), known.get(origin.key, ())
        if clause is None:
            found.out_of_the_text.append(delivered.label)
            continue
        fitting = fit(wordings[origin.key, origin.version], [one.fact for one in before])
        shown = shown_of(fitting, before)
        is_same = shown is not None and shown.text == delivered.text
        if is_same and fitting.state is TranslationState.TRANSLATED:
            found.unchanged.append(delivered.label)
        elif is_same and not delivery.unchanged_holds:
            found.left_stale.append(delivered.label)
        else:
            number = before[-1].number + 1 if before else 1
            row = translation_row(
                act, clause.id, language, number, origin.version, delivered.text, is_confirmed=is_same
            )
            found.rows.append((clause, row))
    return found


def _new(clause: Clause, language: Language, row: Translation) -> NewTranslation:
    return NewTranslation(
        clause.label, clause.key, language, row.number, row.of_version, row.text, row.is_confirmed, row.seq
    )
