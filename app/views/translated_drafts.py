"""The consolidated text in another official language, where all of it is translated."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import TranslationIncomplete
from app.rules.standing import Standing
from app.rules.translations import TranslationState
from app.said import Said
from app.text.labels import first_of
from app.text.languages import Language, direction_of, front_in, is_language_of
from app.views.drafts import Consolidated
from app.views.translations import TextInLanguage, text_in


async def in_language(
    db: AsyncSession, standing: Standing, found: Consolidated, language: Language | None
) -> Consolidated:
    """A consolidated text with the words of another language: none when it is that of the negotiation (or None), else
    two statements.

    Raises TranslationIncomplete unless every paragraph has a translation that is up to date: a text must not be taken
    for what it is not.
    """
    if language is None or is_language_of(language, standing.negotiation.front):
        return found
    whole = await text_in(db, standing, found, language)
    if not whole.is_complete:
        raise _incomplete(whole)
    clauses = tuple(
        replace(clause, text=translated.text)
        for clause, translated in zip(found.draft.clauses, whole.clauses, strict=True)
    )
    draft = replace(found.draft, front=front_in(language, found.draft.front), clauses=clauses)
    return replace(found, draft=draft, direction=direction_of(language))


def _incomplete(whole: TextInLanguage) -> TranslationIncomplete:
    missing = [one.label for one in whole.clauses if one.state is TranslationState.MISSING]
    stale = [one.label for one in whole.clauses if one.is_stale]
    count = len(whole.clauses)
    said = [
        Said(
            "{number} of {all} paragraphs are missing ({labels})",
            number=len(labels),
            all=count,
            labels=first_of(labels),
        )
        if labels is missing
        else Said(
            "{number} of {all} paragraphs are stale ({labels})", number=len(labels), all=count, labels=first_of(labels)
        )
        for labels in (missing, stale)
        if labels
    ]
    return TranslationIncomplete(
        language=whole.language.called,
        code=whole.language.value,
        facts=said[0] if len(said) == 1 else Said("{some} and {another}", some=said[0], another=said[1]),
        missing=missing,
        stale=stale,
    )
