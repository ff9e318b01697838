"""Then and now: what the desk's verdict was on other days than the one that the claim's verdict is given as of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from claims.store.schema import claims, marks


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict of the desk's on a claim: as of which day, whose, and when it was given."""

    as_of: date
    verdict: str
    confidence: str
    corrected_value: str
    reader: str
    scale: str
    marked_at: datetime


def on_other_days(connection: Connection, claim_id: str) -> list[Judged]:
    """What a claim was judged as of other days than its verdict is, oldest day first; of each day, what was said last.

    A decision takes the place of the reading that it decides. A reading of the same round is a second reader's, and never
    alone the desk's verdict; a mark that was taken back is none.
    """
    asked = select(
        marks.c.as_of, marks.c.verdict, marks.c.confidence, marks.c.corrected_value, marks.c.reader, marks.c.scale,
        marks.c.marked_at, marks.c.reading,
    ).where(marks.c.claim_id == claim_id, marks.c.withdrawn.is_(False), marks.c.reading != "second")  # fmt: skip
    held: list[Judged] = []
    for row in connection.execute(asked.order_by(marks.c.marked_at, marks.c.mark_id)).mappings():
        values: dict[str, Any] = {name: value or "" for name, value in row.items() if name != "reading"}
        held[len(held) - (row["reading"] == "decision") :] = [Judged(**values)]
    today = connection.execute(select(claims.c.verdict_as_of).where(claims.c.claim_id == claim_id)).scalar()
    days = {each.as_of: each for each in held if each.as_of != today}
    return [days[day] for day in sorted(days)]
