"""A meeting's minutes as Markdown, as one page, and as CSV: what was decided, by whom, and what was left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jinja2
import numpy as np
import pandas as pd

from claims.export.pages import day_words, environment, page_html
from claims.export.tables import csv_bytes
from claims.review.minutes import Minute, Minutes, Outcome
from claims.store.schema import storable
from claims.table import DAY, join_values

#: What each part of the minutes is called, in order.
SECTIONS: tuple[tuple[str, Outcome], ...] = (
    ("Decided", "decided"),
    ("Needs more evidence", "needs more evidence"),
    ("Left open", "left open"),
)

#: The columns of the CSV, and what stands in each.
_CELLS: dict[str, Callable[[Minutes, Minute], object]] = {
    "meeting": lambda minutes, _: minutes.title,
    "chair": lambda minutes, _: minutes.chair,
    "called_at": lambda minutes, _: minutes.called_at,
    "closed_at": lambda minutes, _: minutes.closed_at,
    "present": lambda minutes, _: join_values(minutes.present),
    "claim_id": lambda _, item: item.claim_id,
    "claim": lambda _, item: item.claim,
    "article": lambda _, item: item.article,
    "speaker": lambda _, item: item.speaker,
    "reasons": lambda _, item: join_values(item.reasons),
    "outcome": lambda _, item: item.outcome,
    "scale": lambda _, item: item.scale,
    "verdict": lambda _, item: item.verdict,
    "confidence": lambda _, item: item.confidence,
    "rationale": lambda _, item: item.rationale,
    "votes": lambda _, item: join_values(f"{verdict}: {number}" for verdict, number in item.votes),
    "dissent": lambda _, item: join_values(
        ": ".join(filter(None, (each.name, each.verdict, each.words))) for each in item.dissent
    ),
    "question": lambda _, item: item.question,
    "owner": lambda _, item: item.owner,
    "due": lambda _, item: item.due,
    "seconds": lambda _, item: round(item.seconds),
    "decided_by": lambda _, item: item.decided_by,
    "decided_at": lambda _, item: item.decided_at,
}
_TIMES, _DAYS, _WHOLES = {"called_at", "closed_at", "decided_at"}, {"due"}, {"seconds"}


def minutes_html(minutes: Minutes) -> str:
    """The minutes as one page: no script, nothing from elsewhere, and a policy that allows neither."""
    return page_html(_template("minutes.html"), ["report.css", "minutes.css"], minutes=minutes, sections=SECTIONS)


def minutes_markdown(minutes: Minutes) -> str:
    r"""The same as Markdown; nothing that is told becomes markup.

    >>> called = datetime(2024, 3, 4, 10, 0, tzinfo=UTC)
    >>> item = Minute("c1", "Two *vans* waited", verdict="Refuted", confidence="high", owner="Ilic", seconds=380)
    >>> written = minutes_markdown(Minutes("Monday", "Korda", called, present=("Korda", "Ilic"), items=(item,)))
    >>> print(written.partition("### ")[2])
    1\. Two \*vans\* waited
    <BLANKLINE>
    **Refuted**, high confidence
    <BLANKLINE>
    - In hand: Ilic
    - Time taken: 6 min 20 s
    <BLANKLINE>
    """
    return storable(_template("minutes.md").render(minutes=minutes, sections=SECTIONS).rstrip("\n") + "\n")


def minutes_csv(minutes: Minutes) -> bytes:
    """The same as CSV, one row an item in the order of the agenda: RFC 4180, and no text that a spreadsheet would run.

    >>> called = datetime(2024, 3, 4, 10, 0, tzinfo=UTC)
    >>> written = minutes_csv(Minutes("=1+1", "Korda", called, items=(Minute("c1", "Two vans waited."),))).decode()
    >>> written.splitlines()[1]
    "'=1+1,Korda,2024-03-04T10:00:00.000000Z,,,c1,Two vans waited.,,,,left open,,,,,,,,,,0,,"

    Several values in one cell stand as in the claims table, with a bar between them.
    """
    cells = {name: [cell(minutes, item) for item in minutes.items] for name, cell in _CELLS.items()}
    return csv_bytes(pd.DataFrame({name: _column(name, values) for name, values in cells.items()}))


def lasting(seconds: float) -> str:
    """How long something took, as a person says it.

    >>> lasting(42), lasting(380), lasting(3600)
    ('42 s', '6 min 20 s', '60 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    return " ".join(filter(None, (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "")))


def _column(name: str, values: list[Any]) -> Any:
    """A column of the CSV; an empty text is no value."""
    if name in _TIMES:
        return pd.DatetimeIndex(pd.to_datetime(values, utc=True)).as_unit("us")
    if name in _DAYS:
        return np.array(values, dtype=DAY)
    if name in _WHOLES:
        return np.array(values, dtype=np.int64)
    # As objects: the text of pandas has no place for half characters.
    return pd.Series([value or None for value in values], dtype=object)


def _moment(value: datetime) -> str:
    return f"{day_words(value.astimezone(UTC))}, {value.astimezone(UTC):%H:%M} UTC"


def _held(minutes: Minutes) -> str:
    """When the meeting began, and how it ended."""
    if minutes.closed_at is None:
        return f"{_moment(minutes.called_at)}, not closed yet"
    begun, ended = minutes.called_at.astimezone(UTC), minutes.closed_at.astimezone(UTC)
    if begun.date() == ended.date():
        return f"{day_words(begun)}, {begun:%H:%M} to {ended:%H:%M} UTC"
    return f"{_moment(begun)} to {_moment(ended)}"


def _summary(minutes: Minutes) -> str:
    """How many items there were, and what became of them."""
    counted = {
        "decided": minutes.decided,
        "put off for more evidence": minutes.wanting_evidence,
        "left open": minutes.left_open,
    }
    items = len(minutes.items)
    if not items:
        return "Nothing was on the agenda."
    told = ", ".join(f"{len(those)} {outcome}" for outcome, those in counted.items() if those)
    return f"{items} {'claim' if items == 1 else 'claims'}: {told}."


def _number(minutes: Minutes, item: Minute) -> int:
    """The place of an item on the agenda, from 1."""
    return next(place for place, each in enumerate(minutes.items, 1) if each is item)


@cache
def _environment() -> jinja2.Environment:
    return environment(moment=_moment, held=_held, lasting=lasting, number=_number, summary=_summary)


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)
