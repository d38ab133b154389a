"""Background work: rounds that follow each other until the server stops, and survive every error."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final

LONGEST_NAP: Final = timedelta(seconds=20)
NAMED: Final = "background: "  # how the tasks of background work are called
_log = logging.getLogger("chapeau")


def begin(what: str, once: Callable[[], Awaitable[timedelta]], stopping: asyncio.Event) -> asyncio.Task[None]:
    """Do `once` again and again; it says after how long. The task ends soon after `stopping` is set.

    It stops between two rounds: drivers do not take a cancellation in the middle of a statement well.
    """
    return asyncio.create_task(_rounds(what, once, stopping), name=f"{NAMED}{what}")


async def _rounds(what: str, once: Callable[[], Awaitable[timedelta]], stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            nap = await once()
        except Exception as error:  # the database may be away for a while; it is asked again
            _log.warning("background work failed and will be tried again", exc_info=error, extra={"work": what})
            nap = LONGEST_NAP
        with suppress(TimeoutError):
            async with asyncio.timeout(nap.total_seconds()):
                await stopping.wait()
