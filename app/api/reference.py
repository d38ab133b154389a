"""The reference of the API as one page for people: made from the OpenAPI description, without scripts, so that it also
opens where nothing may be loaded from outside."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

_STYLE = """
:root { color-scheme: light dark; --faint: color-mix(in srgb, currentColor 12%, transparent) }
body { font: 16px/1.5 Georgia, 'Times New Roman', serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-weight: normal } h2 { margin-top: 3rem; font-weight: normal; border-bottom: 1px solid var(--faint) }
code, pre { font: 13px/1.45 ui-monospace, Menlo, Consolas, monospace }
pre { background: var(--faint); padding: .8rem; overflow-x: auto; border-radius: 4px }
summary { cursor: pointer; padding: .4rem 0 } summary:focus-visible { outline: 2px solid }
details { border-bottom: 1px solid var(--faint) } .method { display: inline-block; width: 4rem; font-weight: bold }
dt { margin-top: .4rem } dd { margin: 0 0 0 1.5rem } nav a { margin-right: 1rem }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@router.get("/docs")
async def read_reference(request: Request) -> HTMLResponse:
    """Every route with its parameters, bodies and examples."""
    return HTMLResponse(reference_page(request.app.openapi()), headers={"Content-Security-Policy": _POLICY})


def reference_page(schema: Mapping[str, Any]) -> str:
    """An OpenAPI description as an HTML page."""
    groups: dict[str, list[str]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation.get("tags", ["other"])[0], []).append(_route(schema, method, path, operation))
    links = "".join(f'<a href="#{escape(name)}">{escape(name)}</a>' for name in groups)
    parts = "".join(
        f'<section id="{escape(name)}"><h2>{escape(name.capitalize())}</h2>{"".join(routes)}</section>'
        for name, routes in groups.items()
    )
    title = f"{schema['info']['title']} {schema['info']['version']}: the API"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>{escape(title)}</h1>{_paragraphs(schema['info'].get('description', ''))}"
        f'<p>For programs: <a href="/openapi.json">openapi.json</a>. <a href="/problems">All problems</a>.</p>'
        f"<nav>{links}</nav><main>{parts}</main></body></html>"
    )


def _route(schema: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]) -> str:
    body = "".join(
        [
            f"<p>{escape(operation.get('description', ''))}</p>",
            _listed("Parameters", _parameters(operation)),
            _listed("Body", _fields(schema, operation)),
            _example(operation),
        ]
    )
    return (
        f'<details id="{escape(operation["operationId"])}"><summary><span class="method">{method.upper()}</span> '
        f"<code>{escape(path)}</code><br>{escape(operation.get('summary', ''))}</summary>{body}</details>"
    )


def _parameters(operation: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for parameter in operation.get("parameters", ()):
        where = f"{parameter['in']}, required" if parameter.get("required") else parameter["in"]
        yield f"{parameter['name']} ({where})", parameter.get("description", "")


def _fields(schema: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return
    model = schema["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    for name, field in model["properties"].items():
        needed = " (required)" if name in model.get("required", ()) else ""
        shown = [field.get("description", "")]
        if "examples" in field:
            shown.append(f"For example {json.dumps(field['examples'][0], ensure_ascii=False)}.")
        yield f"{name}{needed}", " ".join(part for part in shown if part)


def _listed(title: str, entries: Iterator[tuple[str, str]]) -> str:
    rows = "".join(f"<dt><code>{escape(name)}</code></dt><dd>{escape(text)}</dd>" for name, text in entries)
    return f"<h3>{title}</h3><dl>{rows}</dl>" if rows else ""


def _example(operation: Mapping[str, Any]) -> str:
    for status, response in operation["responses"].items():
        example = response.get("content", {}).get("application/json", {}).get("example")
        if example is not None:
            shown = json.dumps(example, ensure_ascii=False, indent=2)
            return f"<h3>Answer ({status})</h3><pre>{escape(shown)}</pre>"
    return ""


def _paragraphs(markdown: str) -> str:
    """The little Markdown of our own introduction: paragraphs, bullets, `code` and **strong**."""
    blocks = []
    for block in markdown.strip().split("\n\n"):
        items = [f"<li>{_inline(' '.join(item.split()))}</li>" for item in re.split(r"(?m)^\* ", block)[1:]]
        blocks.append(f"<ul>{''.join(items)}</ul>" if items else f"<p>{_inline(' '.join(block.split()))}</p>")
    return "".join(blocks)


def _inline(text: str) -> str:
    parts = escape(text, quote=False).split("`")
    coded = "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
    strong = coded.split("**")
    return "".join(f"<strong>{part}</strong>" if i % 2 else part for i, part in enumerate(strong))
