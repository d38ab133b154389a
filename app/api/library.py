"""The library of adopted texts, and the agreed language found in it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import Field

from app.actions import library
from app.api.context import may, may_here
from app.api.inputs import Input
from app.api.paging import Cursor, Limit, Page, after_name, page_of
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, tag_answer
from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.text.adopted import read_adopted
from app.text.screen import TEXT_LIMIT
from app.views import library as views
from app.views.agreed_language import AgreedLanguage, agreed_language
from app.views.clauses import clause_in

router = APIRouter(tags=["library"], route_class=Transaction)

Hits = Annotated[int, Query(ge=1, le=50, description="How many places at most.")]


class AdoptedTextIn(Input):
    """An adopted text, in the drafts/ format or as plain text. What is left out is taken from the text."""

    draft: str = Field(max_length=1_500_000, description="The text.", examples=["The General Assembly,\n..."])
    symbol: str = Field("", max_length=60, description="Its symbol.", examples=["A/RES/79/213"])
    title: str = Field("", max_length=2_000, description="Its title.")
    language: str = Field("", max_length=35, description="Its language.", examples=["en"])


@router.get("/agreed-language", operation_id="findAgreedLanguage", summary="Find a phrase in adopted texts")
async def find_agreed_language(
    db: Db,
    _seat: Annotated[Seat, Depends(may_here("library.read"))],
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=TEXT_LIMIT,
            description="A phrase or a whole paragraph. Its words are looked for; no sign in it has a special meaning.",
            examples=["the social and solidarity economy"],
        ),
    ],
    limit: Hits = 10,
    language: Annotated[
        str, Query(pattern=r"^[A-Za-z0-9-]{0,35}$", description="Of the texts; by default any.", examples=["en"])
    ] = "",
) -> AgreedLanguage:
    """Where adopted texts say the same or nearly so, the nearest first, with the words that differ."""
    return await agreed_language(db, q, limit=limit, language=language)


@router.get(
    "/negotiations/{negotiation}/clauses/{clause}/agreed-language",
    operation_id="findAgreedLanguageOfClause",
    summary="Find a clause in adopted texts",
)
async def find_agreed_language_of_clause(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    clause: Annotated[str, Path(max_length=100, description="The label (`OP4`) or the key (`c7`) of a clause.")],
    limit: Hits = 10,
) -> AgreedLanguage:
    """Where texts in the language of the negotiation say what the clause says now, or nearly so."""
    standing = await standing_of(request, db, seat)
    front = standing.negotiation.front
    wording = clause_in(standing, clause).clause.text
    return await agreed_language(db, wording, limit=limit, language=front.language, without=front.symbol)


@router.get("/library", operation_id="listLibrary", summary="List the adopted texts in the library")
async def list_library(
    db: Db,
    _seat: Annotated[Seat, Depends(may_here("library.read"))],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[views.AdoptedText]:
    """By symbol."""
    found = await views.texts(db, after=after_name(cursor), limit=limit + 1)
    return page_of(found, limit, lambda text: text.symbol)


@router.post(
    "/library",
    status_code=201,
    operation_id="importAdoptedText",
    summary="Put an adopted text into the library",
    responses={200: {"description": "The library had this symbol already.", "model": library.Imported}},
)
async def import_adopted_text(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may_here("library.import"))],
    _once: Once,
    new: AdoptedTextIn,
) -> library.Imported:
    """An administrator does. A text that is there under its symbol is replaced, or unchanged when it is the same.

    Characters that show nothing are dropped and counted, since an adopted text cannot be typed again.
    """
    adopted = read_adopted(new.draft, symbol=new.symbol, title=new.title, language=new.language)
    imported = await library.import_text(db, seat, adopted)
    response.headers["Location"] = f"{request.url.path}/{imported.symbol.replace(' ', '%20')}"
    if imported.outcome is not library.Outcome.IMPORTED:
        response.status_code = 200
    return imported


@router.get("/library/{symbol:path}", operation_id="getAdoptedText", summary="Read an adopted text")
async def get_adopted_text(
    request: Request,
    response: Response,
    db: Db,
    _seat: Annotated[Seat, Depends(may_here("library.read"))],
    symbol: Annotated[str, Path(description="With its slashes: `A/RES/79/213`.", examples=["A/RES/79/213"])],
    _known: NoneMatch = None,
) -> views.WholeText:
    """What is known of it, and all its clauses in the order of the document."""
    found = await views.whole_text(db, symbol)
    tag_answer(request, response, found.hash)
    return found
