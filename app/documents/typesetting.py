"""The engine that sets pages: a template of this package and data become a PDF. It reads nothing else: no file outside
the folder of templates, no package, no clock."""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from app.problems import FontMissing, TooLong

_TEMPLATES: Final = Path(__file__).parent / "typst"
_STANDARDS: Final[list[Any]] = ["a-2a", "ua-1"]
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # of a text that belongs to no negotiation
