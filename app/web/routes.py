"""All pages, and the files that they load."""

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from app.web import (
    adoption,
    amendment,
    amendments,
    board,
    clause,
    deciding,
    decisions,
    digest,
    downloads,
    draft,
    home,
    importing,
    languages,
    live,
    oral_revision,
    outreach,
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
from app.web.pages import HERE

router = APIRouter()
for part in (
    home,
    importing,
    draft,
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
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
