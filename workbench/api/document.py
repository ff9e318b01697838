"""The address for programs in OpenAPI's words, made from the tables that answer: filters, columns, limits."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from claims.table import COLUMNS, DAY, NUMBER, TEXT, TIME, WHOLE
from workbench import view
from workbench.api.claims import MOST, PER_PAGE
from workbench.beneath import base

_TYPES: dict[str, dict[str, Any]] = {
    TEXT: {"type": ["string", "null"]},
    WHOLE: {"type": ["integer", "null"]},
    NUMBER: {"type": ["number", "null"]},
    DAY: {"type": ["string", "null"], "format": "date"},
    TIME: {"type": ["string", "null"], "format": "date-time"},
}
_LIST = {"type": "array", "items": {"type": "string"}}
_WORDS = {"show": "Which claims.", "order": "In which order."}


def openapi(_request: Request) -> Response:
    """The document; it holds nothing of the record, and needs no token."""
    return JSONResponse(document())


def document() -> dict[str, Any]:
    """OpenAPI 3.1.

    >>> sorted(document()["paths"])
    ['/api/articles/{article_id}', '/api/claimreview/{claim_id}', '/api/claims', '/healthz']
    """
    whole = {"type": "integer", "minimum": 1}
    paging = [
        _asked("page", whole | {"default": 1}, "Which page, from 1."),
        _asked("per_page", whole | {"default": PER_PAGE, "maximum": MOST}, "Claims of a page."),
        _asked("format", {"type": "string", "enum": ["json", "csv"], "default": "json"}, "JSON, or the desk's CSV."),
    ]
    filters = [
        _asked("show", {"type": "string", "enum": list(view.SHOWN), "default": "All"}, _WORDS["show"]),
        _asked("order", {"type": "string", "enum": list(view.ORDERS)}, _WORDS["order"]),
        *(
            _asked(name, {"type": "string"} if known.one else _LIST, f"{known.label}; as on the desk.")
            for name, known in view.FILTERS.items()
        ),
    ]
    claim = {
        column.name: (_LIST if column.several else _TYPES[column.dtype]) | {"description": column.meaning}
        for column in COLUMNS
    }
    claims = {"type": "array", "items": {"$ref": "#/components/schemas/Claim"}}
    page = {name: {"type": "integer"} for name in ("count", "page", "pages")} | {"claims": claims}
    fields = ("article_id", "title", "byline", "publisher", "published", "url", "sha256", "text")
    article = {name: {"type": ["string", "null"]} for name in fields} | page
    several = _get("Claims, a page at a time.", [*paging, *filters], _object(page))
    answered = several["get"]["responses"]["200"]
    answered["content"]["text/csv"] = {"schema": {"type": "string", "description": "The page as the desk's CSV."}}
    number = {"description": "How many claims there are on all pages.", "schema": {"type": "integer"}}
    answered["headers"] = {"x-total-count": number}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Claims workbench", "version": version("claims-workbench")},
        "servers": [{"url": base() or "/"}],
        "security": [{"token": []}],
        "paths": {
            "/api/claims": several,
            "/api/articles/{article_id}": _get(
                "An article and its claims, a page at a time.", [_in_path("article_id"), *paging[:2]], _object(article)
            ),
            "/api/claimreview/{claim_id}": _get(
                "A signed-off claim as schema.org's ClaimReview.", [_in_path("claim_id")], {"type": "object"},
                "application/ld+json",
            ),
            "/healthz": {
                "get": {
                    "summary": "Whether the program runs.",
                    "security": [],
                    "responses": {"200": {"description": "It does."}, "503": {"description": "Its store does not answer."}},
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Claim": _object(claim),
                "Error": _object({"problem": {"type": "string"}, "remedy": {"type": "string"}}),
            },
        },
    }  # fmt: skip


def _get(
    summary: str, parameters: list[dict[str, Any]], schema: dict[str, Any], media: str = "application/json"
) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    said = {
        "400": "It cannot be asked so.",
        "401": "The token is wrong.",
        "403": "It is closed.",
        "404": "It is not there.",
        "500": "The program has a fault of its own.",
    }
    responses: dict[str, Any] = {"200": {"description": "What was asked.", "content": {media: {"schema": schema}}}}
    responses |= {status: {"description": words, "content": error} for status, words in said.items()}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _asked(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}
