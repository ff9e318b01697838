"""Rows: a record as its table's columns, the keys worked out from them, and both as an event's JSON and back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Double, Table

from claims.store.schema import (
    NO_DAY,
    NO_FIGURE,
    NO_TIME,
    STORED,
    SUBJECTS,
    Instant,
    instant_text,
)

#: Columns by name, as Python values; ``Found`` as a query gives them.
Row = dict[str, Any]
Found = Mapping[Any, Any]

#: What events do not carry, since it follows from them.
_WORKED_OUT: dict[str, frozenset[str]] = {
    "article": frozenset({"revision", "words"}),
    "claim": frozenset(
        {
            "revision",
            "words",
            "has_figure",
            "has_date",
            "has_sources",
            "article_no",
            "by_rank",
            "by_figure",
            "by_date",
            "by_checked",
        }
    ),
    "source": frozenset({"revision"}),
    "mark": frozenset({"revision"}),
}
#: An article's text is kept once, in its row; the event names it by its SHA-256.
NOT_TOLD: dict[str, frozenset[str]] = {"article": frozenset({"text"})}

#: What they do carry, for each kind of subject.
TOLD: dict[str, frozenset[str]] = {
    kind: frozenset(table.columns.keys()) - _WORKED_OUT[kind] - NOT_TOLD.get(kind, frozenset())
    for kind, table in SUBJECTS.items()
}

_PRIORITIES = {"high": 0, "normal": 1, "low": 2}
_STORED_NAMES = frozenset(column.name for column in STORED)


def _moment(value: object) -> str:
    """Days and moments, which JSON does not know."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"An event holds no {type(value).__name__}.")


#: JSON with sorted keys, no spaces, in ASCII: the same value gives the same text anywhere.
canonical: Callable[[object], str] = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False, default=_moment
).encode


def from_json(kind: str, text: str) -> Row:
    """Columns as the tables keep them; the inverse of :data:`canonical`.

    >>> from_json("article", '{"published":"2024-03-03"}')
    {'published': datetime.date(2024, 3, 3)}
    """
    readers = _READERS[kind]
    return {
        name: readers[name](value) if value is not None and name in readers else value
        for name, value in json.loads(text).items()
    }


def worked_out(kind: str, row: Mapping[str, Any]) -> Row:
    """The columns that follow from the others of this row, for searching and sorting."""
    if kind == "claim":
        return _of_claim(row)
    if kind == "article":
        return {"words": words(row["title"])}
    return {}


def shown(kind: str, row: Found) -> Row:
    """A row as a person is shown it: without what is worked out, with its revision."""
    return {name: row[name] for name in row if name in TOLD[kind]} | {"revision": row["revision"]}


def words(*texts: str | None) -> str:
    r"""What a search looks through: these texts, without regard to case.

    >>> words("Straße", None, "NORD")
    'strasse\nnord'
    """
    return "\n".join(text.casefold() for text in texts if text)


def claim_columns(row: Mapping[str, Any]) -> Row:
    """A row of the claims table (:func:`claims.table.claim_row`) as the columns kept."""
    kept = {name: value for name, value in row.items() if name in _STORED_NAMES}
    return kept | {"figure_low": _amount(row["figure_low"]), "figure_high": _amount(row["figure_high"])}


def _of_claim(row: Mapping[str, Any]) -> Row:
    amount = row["figure_high"] if row["figure_low"] is None else row["figure_low"]
    return {
        "words": words(row["claim"], row["quote"], row["speaker"], row.get("rationale")),
        "has_figure": amount is not None or row["quantifier"] is not None,
        "has_date": row["date_text"] is not None or row["date_first"] is not None,
        "by_rank": 2 * _PRIORITIES[row["priority"]] + 1 - row["checkability"],
        "by_figure": NO_FIGURE if amount is None else amount,
        "by_date": row["date_first"] or NO_DAY,
        "by_checked": row.get("checked_at") or NO_TIME,
    }


def _amount(value: float | None) -> float | None:
    """A figure as a database holds it: one beyond that, which only nonsense reaches, is the greatest there is."""
    if value is None or abs(value) <= sys.float_info.max:
        return value if value is None else float(value)
    return sys.float_info.max if value > 0 else -sys.float_info.max


def _readers(table: Table) -> dict[str, Callable[[Any], Any]]:
    readers: dict[str, Callable[[Any], Any]] = {}
    for column in table.columns:
        if isinstance(column.type, Date):
            readers[column.name] = date.fromisoformat
        elif isinstance(column.type, Instant):
            readers[column.name] = datetime.fromisoformat
        elif isinstance(column.type, Double):
            readers[column.name] = float
    return readers


_READERS = {kind: _readers(table) for kind, table in SUBJECTS.items()}
