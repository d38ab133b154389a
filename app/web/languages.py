"""The text in the other official languages: how far each is, one beside the authentic text, and translating from
there."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import translating
from app.http.server import Db, standing_of
from app.problems import Problem
from app.rules.permissions import Seat
from app.rules.translations import TranslationState
from app.text.languages import Language, direction_of
from app.views.drafts import consolidated
from app.views.translations import languages, text_in
from app.web.addresses import negotiation_address
from app.web.catalogue import N_
from app.web.downloads import FORMATS
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/languages", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Expected = Annotated[str, Form(max_length=100)]


class Which(StrEnum):
    """Which paragraphs are shown."""

    ALL = "all"
    STALE = "stale"
    MISSING = "missing"

    def includes(self, state: TranslationState) -> bool:
        return self is Which.ALL or self.value == state.value


@router.get("")
async def languages_page(request: Request, db: Db, seat: Reader) -> Response:
    """How far the text is in each official language."""
    standing = await standing_of(request, db, seat)
    found = await languages(db, standing)
    return page(request, "languages.html", seat=seat, here="draft", progress=found, formats=FORMATS)


@router.get("/{language}")
async def language_page(
    request: Request, db: Db, seat: Reader, language: Language, only: Which = Which.ALL
) -> Response:
    """The text in one language beside the authentic text."""
    return await _shown(request, db, seat, language, only)


@router.post("/{language}/{clause}")
async def translate(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("translation.write"))],
    language: Language,
    clause: str,
    expected: Expected,
    text: Annotated[str, Form(max_length=200_000)] = "",
    only: Annotated[Which, Form()] = Which.ALL,
) -> Response:
    """Translate a paragraph as it reads now. What is refused stays in the form, with the reason above it."""
    try:
        async with db.begin_nested():
            made = await translating.write(db, seat, clause, language, expected, text)
    except Problem as refusal:
        return await _shown(request, db, seat, language, only, typed=(clause, text), problem=refusal)
    return _back(request, seat, made, only, N_("{label} is translated."))


@router.post("/{language}/{clause}/confirmation")
async def confirm(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("translation.confirm"))],
    language: Language,
    clause: str,
    expected: Expected,
    only: Annotated[Which, Form()] = Which.ALL,
) -> Response:
    """Say that the translation holds for the new words too."""
    made = await translating.confirm(db, seat, clause, language, expected)
    return _back(request, seat, made, only, N_("The translation of {label} is confirmed."))


def _back(request: Request, seat: Seat, made: translating.NewTranslation, only: Which, notice: str) -> Response:
    asked = "" if only is Which.ALL else f"?only={only}"
    address = f"{negotiation_address(seat.negotiation)}/languages/{made.language}{asked}#{made.key}"
    return go_to(request, address, said(request, notice, label=made.label))


async def _shown(
    request: Request,
    db: Db,
    seat: Seat,
    language: Language,
    only: Which,
    *,
    typed: tuple[str, str] = ("", ""),
    problem: Problem | None = None,
) -> Response:
    standing = await standing_of(request, db, seat)
    present = await consolidated(db, standing)
    found = await text_in(db, standing, present, language)
    front = standing.negotiation.front
    shown = [
        (authentic, translation)
        for authentic, translation in zip(present.draft.clauses, found.clauses, strict=True)
        if only.includes(translation.state) or authentic.key == typed[0]
    ]
    return page(
        request,
        "language.html",
        seat=seat,
        here="draft",
        status=problem.status if problem is not None else 200,
        found=found,
        shown=shown,
        only=only,
        which=list(Which),
        authentic_language=front.language,
        authentic_direction=direction_of(front.language),
        typed=typed,
        problem=problem,
        formats=FORMATS,
    )
