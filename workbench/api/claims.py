"""What is told of claims and articles, filtered as on the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from claims import Query, Store
from claims.errors import NotThere, StoreError
from claims.export import csv_bytes
from claims.export.checked import checked_claim
from claims.export.claimreview import CONTEXT, claim_reviews
from claims.export.forms import publisher_of
from claims.store.schema import storable
from claims.table import COLUMNS, frame_of, split_values
from workbench import view
from workbench.columns import veiled

#: Claims of a page, unless the program asks for fewer or more; the most.
PER_PAGE, MOST = 100, 1000

#: Parts of the address beside the desk's filters.
PAGING = ("page", "per_page", "format")

#: Digits that a number in the address has at most: one of thousands takes long to read, and then fits nowhere.
_DIGITS = 12

#: Numbers from which a verdict that is kept back could be guessed.
_TELLING = ("n_supporting", "n_refuting")

_SEVERAL = frozenset(column.name for column in COLUMNS if column.several)
_NAMES = tuple(column.name for column in COLUMNS)


def claims(request: Request, store: Store) -> Response:
    """A page of claims as JSON or, with ``format=csv``, as the desk's own table."""
    asked = _asked(request)
    number, each = _page(asked)
    form = (asked.get("format") or ["json"])[-1]
    if form not in {"json", "csv"}:
        raise StoreError(f"There is no format {form!r}.", "Ask for json or csv.")
    with store.moment():  # else a write in between would leave pages that are not those of the number told
        query = _query(store, {name: values for name, values in asked.items() if name not in PAGING})
        rows, count = _found(store, query, number, each)
    headers = {"x-total-count": str(count)}
    if form == "csv":
        return Response(csv_bytes(frame_of(rows)), media_type="text/csv", headers=headers)
    return JSONResponse(_paged(count, number, each, rows), headers=headers)


def article(request: Request, store: Store) -> Response:
    """An article with its text, and a page of its claims in order of appearance."""
    article_id = request.path_params["article_id"]
    asked = _asked(request)
    number, each = _page(asked)
    _refuse_strange(asked, PAGING[:2])
    with store.moment():
        kept = store.article(article_id)
        rows, count = _found(store, Query(article_id=article_id, sort="article"), number, each)
    fields = ("title", "byline", "publisher", "published", "url", "sha256", "text")
    about = {"article_id": article_id} | {name: _plain(getattr(kept, name)) for name in fields}
    return JSONResponse(about | _paged(count, number, each, rows))


def claim_review(request: Request, store: Store) -> Response:
    """A claim's ClaimReview, once its verdict is signed off."""
    _refuse_strange(_asked(request), frozenset())
    found = checked_claim(store, request.path_params["claim_id"])
    if found is None:
        raise NotThere("This claim has no verdict for the public.", "Ask again when it is signed off.")
    [node] = claim_reviews([found], publisher_of(store))
    return JSONResponse({"@context": CONTEXT} | node, media_type="application/ld+json")


def as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the claims table as JSON: its columns, several values as a list, days and moments in ISO 8601.

    >>> as_json({"kinds": "numerical|quote", "published": date(2024, 3, 4), "origin": "found"})["kinds"]
    ['numerical', 'quote']
    """
    return {name: split_values(row.get(name) or "") if name in _SEVERAL else _plain(row.get(name)) for name in _NAMES}


def _asked(request: Request) -> dict[str, list[str]]:
    return {name: request.query_params.getlist(name) for name in request.query_params}


def _page(asked: Mapping[str, list[str]]) -> tuple[int, int]:
    """Which page is asked for, and how many claims it has."""
    return _whole(asked, "page", 1, 10**9), _whole(asked, "per_page", PER_PAGE, MOST)


def _paged(count: int, number: int, each: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": count, "page": number, "pages": -(-count // each), "claims": [as_json(row) for row in rows]}


def _refuse_strange(asked: Mapping[str, list[str]], known: Collection[str]) -> None:
    """What the address asks and is not known is an error here and no reason to guess."""
    if strange := sorted(asked.keys() - set(known)):
        raise _unknown(", ".join(strange))


def _unknown(what: str) -> StoreError:
    return StoreError(f"The address asks for what is not known: {what}.", "See /api/openapi.json.")


def _query(store: Store, asked: Mapping[str, list[str]]) -> Query:
    """What the address asks, as the desk would; what it does not know is an error here and no reason to guess."""
    opened, strange = view.read({"show": ["All"], **asked}, store.titles())
    if strange:
        raise _unknown("; ".join(strange))
    return view.query_of(opened, "", read_twice=store.rules().second_reading)


def _found(store: Store, query: Query, number: int, each: int) -> tuple[list[dict[str, Any]], int]:
    """A page of the query's claims, and how many it has."""
    return _seen(store, store.rows(query, offset=(number - 1) * each, limit=each)), store.count(query)


def _seen(store: Store, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as somebody sees them who is no reader of theirs: what a second reader may not know is not told."""
    read_twice = store.rules().second_reading
    seen = [veiled(row, "", read_twice=read_twice) for row in rows]
    return [{**row, **dict.fromkeys(_TELLING)} if row.get("veiled") else row for row in seen]


def _whole(asked: Mapping[str, list[str]], name: str, default: int, most: int) -> int:
    text = (asked.get(name) or [str(default)])[-1]
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and 1 <= int(text) <= most):
        raise StoreError(f"{name} is a whole number from 1 to {most:,}, not {text[:20]!r}.", "Ask for another.")
    return int(text)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z")
    return storable(value) if isinstance(value, str) else value
