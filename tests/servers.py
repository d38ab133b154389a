"""Real servers for tests that need a process of their own: started on a free port, awaited, ended with the test."""

import multiprocessing
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI

ROOT: Final = Path(__file__).resolve().parents[1]
CHAPEAU: Final = Path(sys.executable).with_name("chapeau")
_READY_WITHIN_SECONDS: Final = 60
_FORKS: Final = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["app.main", "tests.servers"])


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address (`http://127.0.0.1:PORT`), and the file that has its output."""

    address: str
    log: Path
    process: subprocess.Popen[bytes] | ForkServerProcess

    @property
    def exit_status(self) -> int | None:
        """None while it runs; the number of a signal, negative, when that ended it."""
        process = self.process
        return process.poll() if isinstance(process, subprocess.Popen) else process.exitcode

    @property
    def has_ended(self) -> bool:
        return self.exit_status is not None

    def kill(self) -> None:
        """End it without a warning, whatever it is doing (SIGKILL)."""
        self.process.kill()
        self.wait()

    def wait(self) -> None:
        if isinstance(self.process, subprocess.Popen):
            self.process.wait()
        else:
            self.process.join()


def environment(database_url: str) -> dict[str, str]:
    """This process's environment with another database, and output buffered as usual."""
    return {**os.environ, "CHAPEAU_DATABASE_URL": database_url, "PYTHONUNBUFFERED": ""}


@contextmanager
def served(database_url: str, log: Path, *words: str) -> Iterator[Server]:
    """`chapeau serve` (or `words`) on a free port, from the moment it says it is ready until the block ends."""
    port = _free_port()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [CHAPEAU, *(words or ("serve",)), "--port", str(port)],
            cwd=ROOT,
            env=environment(database_url),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    yield from _until_the_end(Server(f"http://127.0.0.1:{port}", log, process))


@contextmanager
def forked(log: Path, make_app: Callable[..., FastAPI], *given: object) -> Iterator[Server]:
    """`make_app(*given)` served by uvicorn in a process of its own, ready at once: its modules are in memory."""
    port = _free_port()
    process = _FORKS.Process(target=_serve, args=(port, log, make_app, *given))
    process.start()
    yield from _until_the_end(Server(f"http://127.0.0.1:{port}", log, process))


def _serve(port: int, log: Path, make_app: Callable[..., FastAPI], *given: object) -> None:
    with log.open("ab") as output:
        for stream in (1, 2):
            os.dup2(output.fileno(), stream)
    uvicorn.run(make_app(*given), port=port, log_level="warning")


def _until_the_end(server: Server) -> Iterator[Server]:
    try:
        _await_ready(server)
        yield server
    finally:
        server.process.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_ready(server: Server) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{server.address}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError) as error:
            if server.has_ended or time.monotonic() > deadline:
                raise AssertionError(f"the server did not get ready ({error}):\n{server.log.read_text()}") from error
            time.sleep(0.01)
