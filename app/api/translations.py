"""The text in the other official languages: by clause, and as a whole."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from app.actions import translating, translating_texts
from app.api.clauses import Name, Reader
from app.api.context import may
from app.api.drafts import At
from app.api.inputs import TranslatedTextIn, TranslationIn
from app.api.transactions import Once, Transaction
from app.api.versions import Expected, NoneMatch, head_tag, tag_answer, tag_written
from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.rules.translations import language_tag, translation_tag
from app.text.languages import Language
from app.views import translations as views
from app.views.clauses import clause_in
from app.views.drafts import consolidated

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["languages"], route_class=Transaction)

InLanguage = Annotated[Language, Path(description="An official language of the United Nations, by its code.")]
Translator = Annotated[Seat, Depends(may("translation.write"))]


@router.get("/languages", operation_id="listLanguages", summary="See how far the text is in each language")
async def list_languages(
    request: Request, response: Response, db: Db, seat: Reader, _known: NoneMatch = None
) -> Sequence[views.LanguageProgress]:
    """The six official languages: how many paragraphs are translated, stale or missing. The authentic text is the one
    in the language of the negotiation."""
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await views.languages(db, await standing_of(request, db, seat))


@router.get("/languages/{language}", operation_id="getTextInLanguage", summary="Read the text in another language")
async def get_text_in_language(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    language: InLanguage,
    at: At = None,
    _known: NoneMatch = None,
) -> views.TextInLanguage:
    """Every paragraph, as far as it is translated: a stale one shows what has changed since, a missing one the
    authentic text. The text of a revision (`at`) shows the translations of the words that it has."""
    standing = await standing_of(request, db, seat)
    found = await views.text_in(db, standing, await consolidated(db, standing, at), language)
    tag_answer(request, response, f"{found.etag}@{request.state.head_seq}")
    return found


@router.post("/languages/{language}", operation_id="translateText", summary="Translate the text as a whole")
async def translate_text(
    response: Response,
    db: Db,
    seat: Translator,
    _once: Once,
    language: InLanguage,
    text: TranslatedTextIn,
    expected: Expected,
) -> translating_texts.TranslatedText:
    """In the drafts/ format, each paragraph with the label that it has in the text which it translates (`of`). If-Match
    is the ETag of the text in this language. Rehearse it first."""
    made = await translating_texts.translate(db, seat, language, expected, text.to_delivery())
    tag_written(response, language_tag(seat.negotiation, language, made.seq), made.seq)
    return made


@router.post(
    "/languages/{language}/rehearsal", operation_id="rehearseTranslation", summary="See what a translated text would do"
)
async def rehearse_translation(
    db: Db, seat: Translator, _once: Once, language: InLanguage, text: TranslatedTextIn, expected: Expected
) -> translating_texts.TranslatedText:
    """Carried out and undone, so that nothing is left of it: which paragraphs get new words, which stay stale, which
    labels do not fit, what is still missing."""
    return await translating_texts.rehearse(db, seat, language, expected, text.to_delivery())


@router.get(
    "/clauses/{clause}/translations", operation_id="listTranslations", summary="Read a clause in the other languages"
)
async def list_translations(
    request: Request, response: Response, db: Db, seat: Reader, clause: Name, _known: NoneMatch = None
) -> Sequence[views.ClauseTranslation]:
    """In each official language: the translation, whether it is stale, and what has changed in the authentic text."""
    standing = await standing_of(request, db, seat)
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await views.clause_translations(db, standing, clause_in(standing, clause))


@router.get(
    "/clauses/{clause}/translations/{language}",
    operation_id="getTranslation",
    summary="Read a clause in another language",
)
async def get_translation(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    clause: Name,
    language: InLanguage,
    _known: NoneMatch = None,
) -> views.TranslationHistory:
    """With every translation that there was. Its ETag is what If-Match wants when you translate or confirm it, also
    before there is any."""
    standing = await standing_of(request, db, seat)
    found = await views.clause_translation(db, standing, clause_in(standing, clause), language)
    tag_answer(request, response, f"{found.current.etag}@{request.state.head_seq}")
    return found


@router.put("/clauses/{clause}/translations/{language}", operation_id="translateClause", summary="Translate a clause")
async def translate_clause(
    response: Response,
    db: Db,
    seat: Translator,
    clause: Name,
    language: InLanguage,
    translation: TranslationIn,
    expected: Expected,
) -> translating.NewTranslation:
    """As it reads now. If-Match is the ETag of the translation that you have read, which names the version of the
    clause: nobody translates words that have changed unseen, or overwrites another translator."""
    made = await translating.write(db, seat, clause, language, expected, translation.text)
    tag_written(response, translation_tag(made.key, made.of_version, language, made.number), made.seq)
    return made


@router.post(
    "/clauses/{clause}/translations/{language}/confirmation",
    operation_id="confirmTranslation",
    summary="Confirm that a translation still holds",
)
async def confirm_translation(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("translation.confirm"))],
    _once: Once,
    clause: Name,
    language: InLanguage,
    expected: Expected,
) -> translating.NewTranslation:
    """A stale translation whose words hold for the present version too, such as after an editorial change."""
    made = await translating.confirm(db, seat, clause, language, expected)
    tag_written(response, translation_tag(made.key, made.of_version, language, made.number), made.seq)
    return made
