"""What the server logs of requests: addresses without the secrets that some of them hold."""

import logging
import re
from copy import deepcopy
from typing import Any, Final

from uvicorn.config import LOGGING_CONFIG

_SECRET: Final = re.compile(r"chi_[0-9A-Za-z]+")


class WithoutSecrets(logging.Filter):
    """Keeps the secrets of invitations, which are in the links that people are sent, out of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_SECRET.sub("chi_...", one) if isinstance(one, str) else one for one in record.args)
        return True


def log_config() -> dict[str, Any]:
    """That of uvicorn, with the filter above on its log of requests."""
    config: dict[str, Any] = deepcopy(LOGGING_CONFIG)
    config["filters"] = {"without_secrets": {"()": "app.cli.logs.WithoutSecrets"}}
    config["handlers"]["access"]["filters"] = ["without_secrets"]
    return config
