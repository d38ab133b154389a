"""Real servers for tests that need a process of their own: started on a free port, awaited, ended with the test."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CHAPEAU: Final = Path(sys.executable).with_name("chapeau")
_READY_WITHIN_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address (`http://127.0.0.1:PORT`), its process, and the file that has its output."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End it as a power cut would: at once, whatever it is doing (SIGKILL)."""
        self.process.kill()
        self.process.wait()


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
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _await_ready(server)
        yield server
    finally:
        process.terminate()
        process.wait()


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
            if server.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not get ready ({error}):\n{server.log.read_text()}") from error
            time.sleep(0.02)
