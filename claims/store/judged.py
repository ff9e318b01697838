"""Then and now: what the desk's verdict was on other days than the one that the claim's verdict is given as of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from claims.store import rows
from claims.store.events import Event, own_history
from claims.store.schema import claims, marks

#: Statuses of a claim whose verdict was signed off and stands.
_SIGNED = ("signed off", "published")


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict of the desk's on a claim: as of which day, whose, and when it was given.

    ``standing`` is "signed off" where it stood on the claim when that was signed off, "withdrawn" where the claim was voided
    since, and "not signed off" else: then it is known to the desk alone.
    """

    as_of: date
    verdict: str
    confidence: str
    corrected_value: str
    reader: str
    scale: str
    marked_at: datetime
    standing: str = "not signed off"

    def says(self, other: Judged) -> bool:
        """Whether this is the same judgement as the other, whoever gave it and when."""
        return all(getattr(self, name) == getattr(other, name) for name in ("verdict", "confidence", "corrected_value"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading of a claim that stands, as its mark keeps it: whose, by which scale, and as of which day."""

    reader: str
    verdict: str
    confidence: str
    rationale: str
    scale: str
    as_of: date


def on_other_days(connection: Connection, claim_id: str) -> list[Judged]:
    """What a claim was judged as of other days than its verdict is, oldest day first; of each day, what was said last.

    Of a day whose last word was not signed off, what was signed off stands before it. A decision takes the place of the
    reading that it decides. A reading of the same round is a second reader's, and never alone the desk's verdict; a mark that
    was taken back is none.
    """
    asked = select(
        marks.c.as_of, marks.c.verdict, marks.c.confidence, marks.c.corrected_value, marks.c.reader, marks.c.scale,
        marks.c.marked_at, marks.c.reading,
    ).where(marks.c.claim_id == claim_id, marks.c.withdrawn.is_(False), marks.c.reading != "second")  # fmt: skip
    given = connection.execute(asked.order_by(marks.c.marked_at, marks.c.mark_id)).mappings().all()
    today = connection.execute(select(claims.c.verdict_as_of).where(claims.c.claim_id == claim_id)).scalar()
    if all(row["as_of"] == today for row in given):
        return []  # most claims: their events need not be read
    said = {each.as_of: each for each in _said(given)}
    signed = {each.as_of: each for each in signed_off(own_history(connection, claim_id))}
    found: list[Judged] = []
    for day in sorted((said.keys() | signed.keys()) - {today}):
        found += [signed[day]] if day in signed else []
        found += [said[day]] if day in said and not (day in signed and said[day].says(signed[day])) else []
    return found


def _said(given: Sequence[rows.Found]) -> list[Judged]:
    """The judgements that marks gave, in their order: a decision in the place of the reading before it."""
    held: list[Judged] = []
    for row in given:
        values: dict[str, Any] = {name: value or "" for name, value in row.items() if name != "reading"}
        held[len(held) - (row["reading"] == "decision") :] = [Judged(**values)]
    return held


def signed_off(own: Iterable[Event]) -> list[Judged]:
    """The verdicts that stood on a claim when it was signed off, by its own events, oldest first.

    A sign-off that was taken back was none. What is voided is withdrawn, with all that was signed off as of its day before.
    """
    found: list[tuple[str, Judged]] = []
    row: rows.Row = {}
    for event in own:
        before, stood = row.get("status"), row.get("verdict_as_of")
        row = {**row, **event.new}
        if event.undoes:
            found = [(batch, each) for batch, each in found if batch != event.undoes]
        if row.get("status") in _SIGNED and before not in _SIGNED and row.get("verdict_as_of"):
            found.append((event.batch, _standing(row, event.at)))
        elif row.get("status") == "void" and before in _SIGNED:
            found = [
                (batch, replace(each, standing="withdrawn") if each.as_of == stood else each) for batch, each in found
            ]
    return [each for _, each in found]


def _standing(row: rows.Row, at: datetime) -> Judged:
    """The verdict in the row of a claim that is signed off: the decision, else the first reading."""
    decided = bool(row.get("decided_by") or row.get("decided_at"))
    return Judged(
        as_of=row["verdict_as_of"],
        verdict=row.get("verdict") or "",
        confidence=row.get("confidence") or "",
        corrected_value=row.get("corrected_value") or "",
        reader=row.get("decided_by" if decided else "checker") or "",
        scale=row.get("scale") or "",
        marked_at=row.get("decided_at" if decided else "checked_at") or at,
        standing="signed off",
    )


def both_readings(connection: Connection, claim_id: str) -> dict[str, Standing]:
    """The readings of a claim under "first" and then "second": of each the last that was given, and none that was taken back."""
    given = select(marks).where(
        marks.c.claim_id == claim_id, marks.c.withdrawn.is_(False), marks.c.reading.in_(("first", "second"))
    )
    ordered = connection.execute(given.order_by(marks.c.reading, marks.c.marked_at, marks.c.mark_id))
    return {
        row.reading: Standing(row.reader, row.verdict, row.confidence, row.rationale or "", row.scale, row.as_of)
        for row in ordered
    }


def day_of_readings(connection: Connection, claim_id: str) -> date | None:
    """The day that both readings of a claim are given as of; None where they are of two, or not both in."""
    found = both_readings(connection, claim_id)
    first, second = found.get("first"), found.get("second")
    return first.as_of if first and second and first.as_of == second.as_of else None
