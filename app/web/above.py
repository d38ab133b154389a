"""The page that a form is on, from the address to which the form is sent."""

from urllib.parse import quote

from fastapi import Request
from fastapi.routing import iter_route_contexts


def page_above(request: Request) -> str:
    """The address of the nearest page above that of a form; empty where this is not the address of a form."""
    templates = {
        (method, context.path or "")
        for context in iter_route_contexts(request.app.routes)
        for method in context.methods or ()
    }
    path = request.url.path.split("/")
    for method, template in templates:
        parts = template.split("/")
        if method == "POST" and len(parts) == len(path) and all(map(_stands_for, parts, path)):
            above = (
                length for length in range(len(parts) - 1, 1, -1) if ("GET", "/".join(parts[:length])) in templates
            )
            return quote("/".join(path[: next(above, 0)])) or "/"
    return ""


def _stands_for(part: str, name: str) -> bool:
    return part == name or (part.startswith("{") and part.endswith("}"))
