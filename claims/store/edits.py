"""Claims written by people: added, reworded, given, split, merged, dropped and taken up again."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import func, select

from claims.errors import StaleWrite, StoreError
from claims.status import TRANSITIONS, may_follow
from claims.store import rows
from claims.store.events import Act, Change, made, record, row_of
from claims.store.schema import STORED, claims, sources
from claims.table import DAY, NUMBER, claim_row, join_values

if TYPE_CHECKING:
    from claims.claim import Claim

#: What a person may change of a claim; its anchor stays, and a verdict comes by a mark.
EDITABLE: frozenset[str] = frozenset(
    {
        "claim", "kinds", "speaker", "cue", "attribution", "figure_low", "figure_high", "figure_unit", "quantifier",
        "date_text", "date_first", "date_last", "priority", "status", "assignee", "review_by", "repeat_of", "contradicts",
    }
)  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "priority": ("high", "normal", "low"),
    "attribution": ("direct", "mixed", "indirect", "article"),
    "status": tuple(TRANSITIONS),
}
#: What the act that made a claim is called, by the claim's origin.
_MAKING = {"found": "claim found", "added": "claim added", "split": "claim split", "merged": "claims merged"}
_COLUMNS = {column.name: column for column in STORED}


def add(act: Act, claim: Claim) -> str:
    """A claim that a person found; its place is after the last claim that begins before it."""
    there = act.connection.execute(
        select(claims.c.status).where(claims.c.claim_id == claim.claim_id)
    ).scalar_one_or_none()
    if there is not None:
        remedy = (
            "Take it up again instead of adding it."
            if there == "dropped"
            else "Open it in the table and edit it there."
        )
        raise StoreError("This passage is in the table as a claim already.", remedy)
    record(act, [new_claim(claim, **_place_of(act, claim), origin="added")])
    return claim.claim_id


def edit(act: Act, claim_id: str, revision: int, changes: Mapping[str, object]) -> int:
    """These columns of a claim; nothing is written where nothing differs. Returns the revision it then has."""
    row = seen(act, claim_id, revision, changes)
    change = edited(act, row, changes)
    if change is None:
        return revision
    record(act, [change])
    return revision + 1


def split(act: Act, claim_id: str, revision: int, parts: Sequence[Claim]) -> list[str]:
    """The claim becomes these parts, in its place, each with copies of its sources; it stays in the record as dropped."""
    row = seen(act, claim_id, revision, {"claim": join_values(part.claim for part in parts)})
    if len(parts) < 2:  # noqa: PLR2004
        raise StoreError("A claim is split into two parts or more.", "Word each part as a claim of its own.")
    names = _free_names(act, parts)
    place = {"article_id": row["article_id"], "article_no": row["article_no"], "seq": row["seq"], "added_at": act.at}
    put = [
        change
        for name, part in zip(names, parts, strict=True)
        for change in _descended(act, part, [claim_id], **place, claim_id=name, origin="split")
    ]
    record(act, [_retired("claim split", row, f"Split into {', '.join(names)}."), *put])
    return names


def merge(act: Act, claim_ids: Sequence[str], revisions: Sequence[int], merged: Claim) -> str:
    """These claims become one, which takes over copies of their sources; they stay in the record as dropped."""
    if len(set(claim_ids)) < 2 or len(set(claim_ids)) != len(revisions):  # noqa: PLR2004
        raise StoreError("Two claims or more are merged, each once and with its revision.", "Choose them again.")
    parents = [
        seen(act, claim_id, revision, {"claim": merged.claim})
        for claim_id, revision in zip(claim_ids, revisions, strict=True)
    ]
    place = _place_of(act, merged)
    place["seq"] = min((row["seq"] for row in parents if row["article_id"] == merged.article_id), default=place["seq"])
    [name] = _free_names(act, [merged])
    retired = [_retired("claims merged", row, f"Merged into {name}.") for row in parents]
    record(act, [*retired, *_descended(act, merged, claim_ids, **place, claim_id=name, origin="merged")])
    return name


def seen(act: Act, claim_id: str, revision: int, typed: Mapping[str, object]) -> rows.Row:
    """The claim's row, if it still stands at the revision that the person saw."""
    row = row_of(act.connection, "claim", claim_id)
    return fresh(row, revision, typed, "claim")


def fresh(row: rows.Row, revision: int, typed: Mapping[str, object], what: str) -> rows.Row:
    """The same row, if it is at this revision; the one place where a stale write is refused."""
    if row["revision"] != revision:
        raise StaleWrite(
            f"Somebody changed this {what} since you opened it (you saw revision {revision}, it is at {row['revision']}).",
            "Look at both versions, then save yours again or keep theirs.",
            rows.shown(what, row),
            typed,
        )
    return row


def edited(act: Act, row: rows.Row, changes: Mapping[str, object]) -> Change | None:
    """The change that these columns make to a claim; None where nothing differs."""
    values = {name: _checked(name, value) for name, value in changes.items()}
    new = {name: value for name, value in values.items() if value != row[name]}
    if not new:
        return None
    name = "claim edited"
    if "status" in new:
        check_step(row["status"], new["status"])
        name = "status set"
        if "dropped" in {row["status"], new["status"]}:
            _check_reason(act.why)
            dropped = new["status"] == "dropped"
            name, new["dropped_why"] = ("claim dropped", act.why) if dropped else ("claim taken up", None)
    return Change(name, "claim", row["claim_id"], row, new)


def _check_reason(why: str) -> None:
    if not why.strip():
        raise StoreError(
            "Dropping a claim needs a reason, and so does taking it up again.",
            "Say why, in a few words, for those who ask later.",
        )


def check_step(old: str, new: str) -> None:
    """Refuse a step that the table of transitions does not hold."""
    if not may_follow(old, new):
        raise StoreError(
            f"A claim that is {old!r} cannot become {new!r}.",
            f"From here it may become: {', '.join(TRANSITIONS[old])}.",
        )


def new_claim(claim: Claim, **placed: object) -> Change:
    """The change that puts a claim in the table, with ``placed`` over what it says of itself."""
    row: rows.Row = {"parents": [], "has_sources": False, **rows.claim_columns(claim_row(claim)), **placed}
    return made(_MAKING[row["origin"]], "claim", row["claim_id"], row)


def _descended(act: Act, claim: Claim, parents: Sequence[str], **placed: object) -> list[Change]:
    """The changes that put a claim in the place of its parents, with copies of their standing sources."""
    standing = select(sources).where(sources.c.claim_id.in_(parents), sources.c.removed.is_(False))
    found = act.connection.execute(standing.order_by(sources.c.added_at, sources.c.source_id)).mappings()
    copies = [{**source, "source_id": uuid4().hex, "claim_id": placed["claim_id"]} for source in found]
    return [
        new_claim(claim, **placed, parents=list(parents), has_sources=bool(copies)),
        *(made("source added", "source", source["source_id"], source) for source in copies),
    ]


def _retired(name: str, row: rows.Row, why: str) -> Change:
    check_step(row["status"], "dropped")
    return Change(name, "claim", row["claim_id"], row, {"status": "dropped", "dropped_why": why})


def _place_of(act: Act, claim: Claim) -> rows.Row:
    """Where a claim stands among those of its article: with the last that begins no later than it does."""
    before = select(func.max(claims.c.seq)).where(
        claims.c.article_id == claim.article_id, claims.c.start <= claim.start
    )
    seq = act.connection.execute(before).scalar_one()
    article = row_of(act.connection, "article", claim.article_id)
    return {"seq": seq or 1, "article_no": article["no"], "added_at": act.at}


def _free_names(act: Act, wanted: Sequence[Claim]) -> list[str]:
    """Names for new claims: their own, numbered on where a claim of the same span has it."""
    names: list[str] = []
    for claim in wanted:
        like = select(claims.c.claim_id).where(claims.c.claim_id.startswith(claim.claim_id, autoescape=True))
        taken = {*act.connection.execute(like).scalars(), *names}
        numbered = (f"{claim.claim_id}-{number}" for number in count(2))
        names.append(
            claim.claim_id if claim.claim_id not in taken else next(name for name in numbered if name not in taken)
        )
    return names


def _checked(name: str, value: object) -> Any:
    """A value as the column keeps it: empty text is no value, several values share a cell."""
    if name not in EDITABLE:
        raise StoreError(f"{name!r} of a claim is not edited.", f"These are: {', '.join(sorted(EDITABLE))}.")
    column = _COLUMNS[name]
    if column.several and isinstance(value, list | tuple):
        value = join_values(value)
    if value is None or value == "":
        if name in {"claim", *_CHOICES}:
            raise StoreError(f"The {name} of a claim cannot be empty.", "Fill it in.")
        return None
    if name in _CHOICES and value not in _CHOICES[name]:
        raise StoreError(f"{value!r} is no {name}.", f"Use one of: {', '.join(_CHOICES[name])}.")
    if column.dtype == NUMBER:
        return _number(name, value)
    wanted, kind = (date, "a day") if column.dtype == DAY else (str, "text")
    if not isinstance(value, wanted) or isinstance(value, datetime):
        raise StoreError(f"{name} holds {kind}, not {value!r}.", f"Give {kind}.")
    return value


def _number(name: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max:
        return float(value)
    raise StoreError(f"{name} holds a number, not {value!r}.", "Give a number, or leave it empty.")
