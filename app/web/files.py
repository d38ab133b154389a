"""The files that pages load, with the headers that keep them to what they are for."""

import os

from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from app.web.pages import SAFE_HEADERS


class OurFiles(StaticFiles):
    """Style sheets, scripts and pictures of ours. Browsers ask each time whether they have changed."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(SAFE_HEADERS)
        response.headers["Cache-Control"] = "no-cache"
        return response
