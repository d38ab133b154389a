"""All routes of the API under /api/v1, and the server's own."""

from fastapi import APIRouter

from app.api import (
    adoption,
    amendments,
    board,
    clauses,
    comments,
    compilations,
    decisions,
    digests,
    drafts,
    events,
    from_word,
    groups,
    health,
    invitations,
    library,
    mails,
    meetings,
    negotiations,
    people,
    readings,
    record,
    reference,
    revisions,
    silences,
    sponsors,
    tables,
    tokens,
    translations,
    webhooks,
)

router = APIRouter()
for part in (
    negotiations,
    groups,
    clauses,
    amendments,
    from_word,
    comments,
    digests,
    decisions,
    silences,
    sponsors,
    drafts,
    tables,
    compilations,
    board,
    readings,
    meetings,
    revisions,
    adoption,
    translations,
    record,
    events,
    webhooks,
    tokens,
    people,
    mails,
    invitations,
    library,
):
    router.include_router(part.router, prefix="/api/v1")
router.include_router(health.router)
router.include_router(reference.router)
