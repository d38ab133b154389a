"""All pages, and the files that they load."""

from fastapi import APIRouter, FastAPI

from app.web import (
    account,
    accounts,
    adoption,
    amendment,
    amendments,
    board,
    clause,
    deciding,
    decisions,
    delegations,
    digest,
    downloads,
    draft,
    from_word,
    home,
    house,
    importing,
    joining,
    languages,
    live,
    oral_revision,
    outreach,
    people,
    proposing,
    record,
    restating,
    revisions,
    room,
    silences,
    sponsors,
    statements,
    votes,
)
from app.web.files import OurFiles
from app.web.pages import HERE

router = APIRouter()
for part in (
    home,
    importing,
    joining,
    account,
    accounts,
    delegations,
    people,
    house,
    draft,
    from_word,
    proposing,
    clause,
    amendments,
    restating,
    deciding,
    amendment,
    decisions,
    silences,
    revisions,
    room,
    board,
    record,
    digest,
    downloads,
    languages,
    oral_revision,
    adoption,
    votes,
    statements,
    sponsors,
    outreach,
    live,
):
    router.include_router(part.router)


def add_pages(app: FastAPI) -> None:
    """Have `app` serve the pages."""
    app.include_router(router)
    app.mount("/static", OurFiles(directory=HERE / "static"), name="static")
