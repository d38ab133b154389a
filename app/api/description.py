"""The description of the API in OpenAPI: the problems a route can answer with, and examples taken from the sample."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from app.api.answers import PROBLEM_JSON
from app.problems import catalogue

_EXAMPLES = Path(__file__).with_name("examples.json")
_INTRODUCTION = """
Chapeau keeps every version of every paragraph of a draft resolution, records who proposed what, shows the differences,
and says per paragraph whether there is consensus and why not.

* **Who you are**: send `Authorization: Bearer chp_...`. You act in the name of the delegation you have a seat in.
* **Nobody overwrites unseen**: writes on a clause or an amendment take `If-Match` with the ETag you read (428 without,
  412 when it has changed since; the answer has the current version).
* **Sending twice acts once**: every POST takes an `Idempotency-Key`.
* **Errors** are `application/problem+json`: `type` is stable, `detail` says what to do.
* **Labels are addresses**: `/api/v1/negotiations/sse/clauses/OP4`, or `PP3%20bis`, or `OP4(a)`.
"""
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {
            "type": "string",
            "description": "Stable; explained at that address. New ones may come.",
            "examples": [f"/problems/{kind.slug}" for kind in catalogue()],
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened, to what, and what to do."},
        "instance": {"type": "string"},
    },
    "additionalProperties": True,
}


def describe(app: FastAPI) -> None:
    """Have `app` describe its problems and give an example for every route."""
    app.description = _INTRODUCTION
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            examples = json.loads(_EXAMPLES.read_text("utf-8")) if _EXAMPLES.exists() else {}
            schema["components"]["schemas"]["Problem"] = _PROBLEM
            for path in schema["paths"].values():
                for operation in path.values():
                    _describe_problems(operation)
                    _add_example(operation, examples.get(operation["operationId"]))
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents to extend its description


def _describe_problems(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    if "security" not in operation and not operation.get("parameters") and "requestBody" not in operation:
        return
    responses["default"] = {
        "description": "A problem: what happened, to what, and what to do.",
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if any(parameter["name"] == "If-None-Match" for parameter in operation.get("parameters", ())):
        responses["304"] = {"description": "Nothing has changed since the version in If-None-Match."}


def _add_example(operation: dict[str, Any], example: Any) -> None:
    for status, response in operation["responses"].items():
        for form in ("application/json", "text/event-stream"):
            content = response.get("content", {}).get(form)
            if status.startswith("2") and content is not None and example is not None:
                content["example"] = example
