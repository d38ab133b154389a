"""For whoever runs the server, and for newcomers: is it alive, is it ready, what do its problems mean."""

import logging

from fastapi import APIRouter, Request, Response

from app import __version__
from app.http.server import server_of
from app.problems import NotFound, Problem, catalogue
from app.record.migrations import is_current

router = APIRouter(tags=["server"])
_log = logging.getLogger("chapeau.health")


@router.get("/healthz", operation_id="getHealth", summary="Is the process alive")
async def get_health() -> dict[str, str]:
    """Answers as long as the process runs; asks nothing of the database."""
    return {"status": "alive", "version": __version__}


@router.get(
    "/readyz",
    operation_id="getReadiness",
    summary="Is the server ready to work",
    responses={503: {"description": "The database does not answer, or has not been migrated."}},
)
async def get_readiness(request: Request, response: Response) -> dict[str, str]:
    """Whether the database answers and has every migration of this version."""
    database = server_of(request).database
    try:
        ready = await database.is_ready() and await is_current(database)
        found = "ready" if ready else "not migrated: run 'chapeau migrate'"
    except Exception as error:  # whatever the driver raises, the answer is the same: not ready
        _log.warning("the database does not answer", exc_info=error)
        ready, found = False, "the database does not answer"
    response.status_code = 200 if ready else 503
    return {"status": found}


@router.get("/problems", operation_id="listProblems", summary="List the problems an answer can name")
async def list_problems() -> list[dict[str, str | int]]:
    """Every `type` that an error of this server can have, with its HTTP status and title."""
    return [_explained(found) for found in catalogue()]


@router.get("/problems/{slug}", operation_id="getProblem", summary="Explain a problem")
async def get_problem(slug: str) -> dict[str, str | int]:
    """What a problem type means; the address is the `type` of the problem itself."""
    for found in catalogue():
        if found.slug == slug:
            return _explained(found)
    raise NotFound(what="problem", name=slug, remedy="GET /problems lists them.")


def _explained(kind: type[Problem]) -> dict[str, str | int]:
    return {"type": f"/problems/{kind.slug}", "status": kind.status, "title": kind.title, "sentence": kind.sentence}
