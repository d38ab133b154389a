"""ETags: which version of a thing was read, so that nobody overwrites what they have not seen.

The ETag of a clause is `"c7.v4@42.20230116"`: version 4 of the clause c7, as of record entry 42 and that day. A write
compares the part before the `@` only, so that what others say about the same version does not make it stale; a read
that repeats compares all of it. Anything else has the head of the record, `"sse:42"`, and the day where it shows who
speaks for whom: memberships of groups begin and end at midnight (UTC), without an entry.
"""

from datetime import datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import Depends, Header, Request, Response

from app.problems import PreconditionRequired
from app.rules.standing import Standing

CACHING: Final = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}

NoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", description="An ETag you have; 304 when nothing has changed since.")
]


class Unchanged(Exception):
    """The client has this already: 304."""

    def __init__(self, etag: str) -> None:
        self.etag = etag


async def expected(
    if_match: Annotated[
        str | None,
        Header(alias="If-Match", description="The ETag of what you change, as you last read it.", examples=['"c7.v4"']),
    ] = None,
) -> str:
    """The version that the caller has read: `c7.v4`. Raises PreconditionRequired (428) when it does not say."""
    tag = version_in(if_match or "")
    if not tag or tag == "*":
        raise PreconditionRequired()
    return tag


def version_in(etag: str) -> str:
    """The version that an ETag names: `c7.v4` of `"c7.v4@42"`."""
    return etag.strip().removeprefix("W/").strip('"').partition("@")[0]


Expected = Annotated[str, Depends(expected)]


def head_tag(slug: str, seq: int) -> str:
    """The ETag of anything that changes only when the record grows."""
    return f"{slug}:{seq}"


def day_tag(tag: str, now: datetime) -> str:
    """The ETag of anything that shows who speaks for whom: it also changes at midnight, as memberships may."""
    return f"{tag}.{now:%Y%m%d}"


def standing_tag(standing: Standing, now: datetime) -> str:
    """The ETag of anything that shows a status: it also changes when a deadline comes, and at midnight."""
    passed = {s.number for c in standing.clauses if (s := c.facts.silence) is not None and s.has_passed(now)}
    tag = day_tag(head_tag(standing.negotiation.slug, standing.negotiation.head_seq), now)
    return f"{tag}.{len(passed)}" if passed else tag


def progress_tag(standing: Standing, now: datetime) -> str:
    """The ETag of what is told day by day, in the time zone of the negotiation: it also changes at midnight there."""
    return f"{standing_tag(standing, now)}.{now.astimezone(ZoneInfo(standing.negotiation.time_zone)):%d}"


def tag_answer(request: Request, response: Response, tag: str) -> None:
    """Put an ETag on an answer, or raise Unchanged when the client has that one already."""
    etag = f'"{tag}"'
    known = request.headers.get("if-none-match", "")
    if etag in (candidate.strip().removeprefix("W/") for candidate in known.split(",")):
        raise Unchanged(etag)
    response.headers.update({**CACHING, "ETag": etag})


def tag_written(response: Response, tag: str, seq: int) -> None:
    """Put the ETag of the version that a write made on its answer, ready for the next If-Match."""
    response.headers["ETag"] = f'"{tag}@{seq}"'
