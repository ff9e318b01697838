"""Rows: a record as its table's columns, what the listing holds of it, and both as an event's JSON and back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Date, Double, Table

from claims.store.schema import (
    ESCAPE,
    EVENTFUL,
    NO_DAY,
    NO_FIGURE,
    NO_TIME,
    STORED,
    Instant,
    as_read,
    instant_text,
    storable,
)
from claims.table import SEPARATOR, join_values, reasons_cell

if TYPE_CHECKING:
    from claims.claim import Claim

#: Columns by name, as Python values; ``Found`` as a query gives them.
Row = dict[str, Any]
Found = Mapping[Any, Any]

#: What events do not carry, since it follows from them.
_WORKED_OUT: dict[str, frozenset[str]] = {
    "claim": frozenset({"no", "words", "why_words"}),
    "snapshot": frozenset({"sha256", "content"}),
}

#: What they do carry, for each kind of subject.
TOLD: dict[str, frozenset[str]] = {
    kind: frozenset(table.columns.keys()) - _WORKED_OUT.get(kind, frozenset()) - {"revision"}
    for kind, table in EVENTFUL.items()
}

#: Columns that hold a day, for each kind of subject: a moment there could not be read again.
DAYS: dict[str, tuple[str, ...]] = {
    kind: tuple(column.name for column in table.columns if isinstance(column.type, Date))
    for kind, table in EVENTFUL.items()
}

#: What is counted together beside the filters, in the order of the listing's ``facets``.
FACETS = ("kinds", "priority", "confidence", "verdict", "status")
BETWEEN = "\N{INFORMATION SEPARATOR ONE}"

_LISTED = (
    "status", "verdict", "confidence", "priority", "speaker", "assignee", "agreement", "seq", "start", "added_at",
)  # fmt: skip
_listed, _faceted = itemgetter(*_LISTED), itemgetter(*FACETS)
_LONGEST = 100
#: Where a priority lies in the order of what is worth checking: see :func:`listed`.
PRIORITIES = {"high": 0, "normal": 1, "low": 2}
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
_REWORDED = frozenset({"kinds", "reasons", "figure_low", "figure_high"})
_STORED_NAMES = frozenset(column.name for column in STORED)


def _moment(value: object) -> str:
    """Days and moments, which JSON does not know."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"An event holds no {type(value).__name__}.")


def canonical(values: Row) -> str:
    r"""Columns as JSON with sorted keys and without blanks; what no database takes as text is :func:`storable` first.

    >>> canonical({"quote": "Čorda fled", "published": date(2024, 3, 3)})
    '{"published":"2024-03-03","quote":"Čorda fled"}'
    >>> from_json("claim", canonical({"quote": "half of \ud83d"})) == {"quote": "half of \ud83d"}
    True
    """
    try:
        text = orjson.dumps(values, _moment, _SORTED).decode()
    except orjson.JSONEncodeError:  # half characters
        text = ESCAPE
    if ESCAPE not in text:
        return text
    kept = {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_moment)


def from_json(kind: str, text: str) -> Row:
    """Columns as the tables keep them; the inverse of :func:`canonical`.

    >>> from_json("article", '{"published":"2024-03-03"}')
    {'published': datetime.date(2024, 3, 3)}
    """
    readers = _READERS[kind]
    return {
        name: readers[name](value) if value is not None and name in readers else _read(value)
        for name, value in json.loads(text).items()
    }


def _read(value: Any) -> Any:
    return as_read(value) if isinstance(value, str) else value


def fold(kind: str, told: Iterable[Row]) -> Row:
    """A subject as what its events tell adds up to, from the one that made it: empty first, each over the one before.

    Columns that this version does not know are left out: an older version's events stay as they were hashed.
    """
    row: Row = dict.fromkeys(TOLD[kind])
    revision = 0
    for new in told:
        row |= {name: value for name, value in new.items() if name in TOLD[kind]}
        revision += 1
    return row | {"revision": revision}


def shown(kind: str, row: Found) -> Row:
    """A row as a person is shown it: without what is worked out, with its revision."""
    return {name: row[name] for name in row if name in TOLD[kind]} | {"revision": row["revision"]}


def claim_columns(claim: Claim) -> Row:
    """A claim that nobody has worked on yet as the columns kept: those of the table that are its own and not empty."""
    names, values = _own(tuple(claim.__slots__))
    row = {name: value for name, value in zip(names, values(claim), strict=True) if value is not None and value != ""}
    row |= {"status": "new", "kinds": join_values(claim.kinds) or None, "reasons": reasons_cell(claim) or None}
    if claim.figure_low is not None or claim.figure_high is not None:
        row |= {"figure_low": _amount(claim.figure_low), "figure_high": _amount(claim.figure_high)}
    return row


@lru_cache
def _own(fields: tuple[str, ...]) -> tuple[Sequence[str], Callable[[Claim], tuple[Any, ...]]]:
    """The columns kept that a claim says in their own words, and what takes them."""
    names = [name for name in fields if name in _STORED_NAMES - _REWORDED]
    return names, attrgetter(*names)


def listed(row: Found, article_no: int, *, has_sources: bool) -> Row:
    """A claim's row as the listing holds it."""
    amount = row["figure_high"] if row["figure_low"] is None else row["figure_low"]
    return {
        "no": row["no"],
        **dict(zip(_LISTED, _listed(row), strict=True)),
        "speaker": listed_name(row["speaker"]),
        "assignee": listed_name(row["assignee"]),
        "kinds": SEPARATOR + (row["kinds"] or "") + SEPARATOR,
        "has_figure": amount is not None or row["quantifier"] is not None,
        "has_date": row["date_text"] is not None or row["date_first"] is not None,
        "has_sources": has_sources,
        "dropped": row["status"] == "dropped",
        "article_no": article_no,
        "by_rank": 2 * PRIORITIES[row["priority"]] + 1 - row["checkability"],
        "by_figure": NO_FIGURE if amount is None else amount,
        "by_date": row["date_first"] or NO_DAY,
        "by_checked": row["checked_at"] or NO_TIME,
        "tags": row["tags"] and SEPARATOR + row["tags"] + SEPARATOR,
        "facets": BETWEEN.join([(cell or "").replace(BETWEEN, " ")[:_LONGEST] for cell in _faceted(row)]),
    }


def listed_name(name: str | None) -> str | None:
    """A name as the listing holds it: no index takes one of any length."""
    return name and name[:_LONGEST]


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


_READERS = {kind: _readers(table) for kind, table in EVENTFUL.items()}
