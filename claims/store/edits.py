"""Claims written by people: added, reworded, given, split, merged, dropped and taken up again."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from claims.errors import ClaimLocked, StaleWrite, StoreError
from claims.status import LOCKED, SETTABLE, STATUSES, following, step
from claims.store import rows
from claims.store.events import Act, Change, made, new_id, record, row_of, rows_of
from claims.store.people import check_role
from claims.store.schema import STORED, claims, events, sources
from claims.store.snapshots import snapshot, text_of
from claims.table import DAY, NUMBER, join_values, split_values

if TYPE_CHECKING:
    from claims.claim import Claim

#: What a person may change of a claim; its anchor stays, and a verdict comes by a mark.
EDITABLE: frozenset[str] = frozenset(
    {
        "claim", "kinds", "speaker", "cue", "attribution", "figure_low", "figure_high", "figure_unit", "quantifier",
        "date_text", "date_first", "date_last", "priority", "status", "assignee", "review_by", "repeat_of", "contradicts",
        "tags",
    }
)  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "priority": ("high", "normal", "low"),
    "attribution": ("direct", "mixed", "indirect", "article"),
    "status": STATUSES,
}
#: Statuses of those that a form sets which say that the claim has a verdict.
_JUDGED = frozenset({"marked", "second reading"})
#: Two columns, of which the first is no more than the second, and what they say together.
PAIRS = (("figure_low", "figure_high", "figure"), ("date_first", "date_last", "date"))
#: What the act that made a claim is called, by the claim's origin.
_MAKING = {"found": "claim found", "added": "claim added", "split": "claim split", "merged": "claims merged"}
#: Why a claim is dropped whose adding was taken back.
ADDING_UNDONE = "Its adding was undone."
#: What an earlier reading, decision and sign-off left in a claim's row, which taking the claim up again clears.
CLEARED = (
    "second_reader", "second_verdict", "second_confidence", "agreement", "decided_by", "decided_at", "signed_off_by",
    "signed_off_at", "notice",
)  # fmt: skip
#: Signs that an article may have at most, and more.
_FARTHEST = 2**31 - 1
_COLUMNS = {column.name: column for column in STORED}


def add(act: Act, claim: Claim, text: str | None = None) -> str:
    """A claim that a person found; its place is after the last claim that begins before it.

    ``text`` is the SHA-256 of the article's text that they saw, None where nobody says which.
    """
    _check_stands(act, claim, text)
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
    place, seq = _place_of(act, claim)
    record(act, [new_claim(claim, place, seq=seq, added_at=act.at, origin="added")])
    return claim.claim_id


def _check_stands(act: Act, claim: Claim, text: str | None = None) -> None:
    """Refuse a passage that its article, which may have been read again since, does not have in this place."""
    article = row_of(act.connection, "article", claim.article_id)
    stands = text_of(snapshot(act.connection, article["sha256"]).content)
    another = text not in {None, article["sha256"]}
    if not another and stands[claim.start : claim.end] == claim.quote:
        return
    problem = (
        "The article has another text now than the one that this passage was taken from: somebody read it again."
        if another or _had_another_text(act, claim.article_id)
        else f"“{claim.quote}” does not stand in the article at the place that is given for it."
    )
    raise StaleWrite(
        problem,
        "Look for the passage in the article as it stands, then do it again.",
        rows.shown("article", article),
        {"quote": claim.quote, "claim": claim.claim},
    )


def _had_another_text(act: Act, article_id: str) -> bool:
    """Whether the article once had another text than now, or has it again."""
    changed = select(events.c.seq).where(
        events.c.subject_id == article_id, events.c.subject_kind == "article", events.c.old.contains('"sha256"')
    )
    return act.connection.execute(changed.limit(1)).first() is not None


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
    for part in parts:
        _check_stands(act, part)
    names = free_names(act, parts)
    named = {"article_id": row["article_id"], "seq": row["seq"], "added_at": act.at, "origin": "split"}
    article = row_of(act.connection, "article", row["article_id"])
    put = [
        change
        for name, part in zip(names, parts, strict=True)
        for change in _descended(act, part, [claim_id], (article["no"], article["title"]), **named, claim_id=name)
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
    _check_stands(act, merged)
    place, seq = _place_of(act, merged)
    seq = min((row["seq"] for row in parents if row["article_id"] == merged.article_id), default=seq)
    [name] = free_names(act, [merged])
    retired = [_retired("claims merged", row, f"Merged into {name}.") for row in parents]
    named = {"claim_id": name, "seq": seq, "added_at": act.at, "origin": "merged"}
    record(act, [*retired, *_descended(act, merged, claim_ids, place, **named)])
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
    _check_pairs({**row, **values}, values)
    if values.get("status") == row["status"]:
        del values["status"]
    if all(row[name] == value for name, value in values.items()):
        return None
    name, status = "claim edited", values.pop("status", None)
    if status is not None and step(row["status"], status):
        check_settable(status, "dropped")
        _check_judged(row, status)
    row_then, new = unlocked(act, row, status)
    if status is not None and status != row_then["status"]:
        name, more = stepped(act, row_then, status)
        new |= more
    elif new:
        name = "claim reopened"
    new |= {name: value for name, value in values.items() if value != row[name]}
    return Change(name, "claim", row["claim_id"], row, new)


def _check_judged(row: rows.Found, status: str) -> None:
    """Refuse a status that says that the claim was judged, where it has no verdict."""
    if status in _JUDGED and row["verdict"] is None:
        raise StoreError(
            f"A claim without a verdict does not become {status!r}.", "Give its verdict, and save the mark."
        )


def _check_new(row: rows.Found) -> None:
    """Refuse a new claim of no words, of a span that is none, of a priority or kind that there is not, or turned round."""
    if not str(row["claim"] or "").strip():
        raise StoreError("The claim of a claim cannot be empty.", "Say in words what is claimed.")
    if not 0 <= row["start"] <= row["end"] <= _FARTHEST:
        raise StoreError(f"A claim cannot stand from {row['start']} to {row['end']}.", "Select its passage again.")
    if row["priority"] not in _CHOICES["priority"]:
        raise StoreError(f"{row['priority']!r} is no priority.", f"Use one of: {', '.join(_CHOICES['priority'])}.")
    _check_kinds(row["kinds"])
    if row["origin"] != "found":  # what an import or the engine brings is kept as it came
        _check_pairs(row, row)


def _check_kinds(cell: Any) -> None:
    """Refuse a kind that there is not."""
    from claims.kinds import KINDS  # noqa: PLC0415 - brings all that weighs a claim, which opening a record need not wait for

    for kind in split_values(cell or ""):
        if kind not in KINDS:
            raise StoreError(f"{kind!r} is no kind of claim.", f"Use these: {', '.join(KINDS)}.")


def _check_pairs(row: rows.Found, given: Collection[str]) -> None:
    """Refuse a figure or a date of the claim that is turned round, where one of its ends is ``given``."""
    for _, problem, remedy in turned_round(row, given):
        raise StoreError(problem, remedy)


def turned_round(row: rows.Found, given: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Each figure and date that ends before it begins, where one of its ends is ``given``: its last column, what is wrong, what to do.

    >>> list(turned_round({"figure_low": 400.0, "figure_high": 300.0}, {"figure_low"}))
    [('figure_high', 'The figure ends before it begins: 400 to 300.', 'Turn the two round, or leave one empty.')]
    >>> list(turned_round({"figure_low": 300.0, "figure_high": 400.0}, {"figure_low"}))
    []
    """
    for begins, ends, what in PAIRS:
        first, last = row.get(begins), row.get(ends)
        if not {begins, ends} & set(given) or first is None or last is None or not last < first:
            continue
        one, other = (f"{end:,g}" if isinstance(end, float) else str(end) for end in (first, last))
        yield ends, f"The {what} ends before it begins: {one} to {other}.", "Turn the two round, or leave one empty."


def check_settable(status: Any, *more: str) -> Any:
    """The same status, if a form may set it; the others are given by what is done."""
    if status is not None and status not in {*SETTABLE, *more}:
        raise StoreError(
            f"A claim does not become {status!r} by being edited.",
            "It does by what is done: a second reading, a decision, a sign-off, its publication or correction.",
        )
    return status


def unlocked(act: Act, row: rows.Row, status: str | None = None) -> tuple[rows.Row, rows.Row]:
    """The claim as a change finds it, and what reopening it changed: nothing, unless it was locked.

    A step of its own from a locked status (``status``) is no change of what was signed off.
    """
    if row["status"] not in LOCKED or (status is not None and step(row["status"], status)):
        return row, {}
    if not act.why.strip():
        raise ClaimLocked(
            f"This claim is {row['status']}: what was signed off does not change by itself.",
            "Reopen it with a reason, then change it.",
        )
    _, new = stepped(act, row, "in progress")
    return {**row, **new}, new


def stepped(act: Act, row: rows.Row, status: str, *, by_text: bool = False) -> tuple[str, rows.Row]:
    """What going to another status is called, and the columns that it changes.

    What an article's new words ask for (``by_text``) is nobody's wish, and takes no role and no reason; unless it unlocks.
    """
    way = step(row["status"], status)
    if way is None:
        raise StoreError(
            f"A claim that is {row['status']!r} cannot become {status!r}.",
            f"From here it may become: {', '.join(following(row['status']))}.",
        )
    of_itself = by_text and row["status"] not in LOCKED
    if not of_itself:
        check_role(act, way.role, f"make a claim {status!r}" + (f" that is {row['status']!r}" if way.asks else ""))
    if way.asks and not of_itself and not act.why.strip():
        raise StoreError(
            f"To make a claim {status!r} that is {row['status']!r} needs {way.asks}.",
            "Say it in a few words, for those who ask later.",
        )
    new: rows.Row = {"status": status}
    if status in {"new", "assigned", "in progress", "marked"}:
        new |= {name: None for name in CLEARED if row[name] is not None}
    if "dropped" in {row["status"], status}:
        new["dropped_why"] = act.why if status == "dropped" else None
    return way.act, new


def new_claim(claim: Claim, place: tuple[int, str], **named: object) -> Change:
    """The change that puts a claim in the table, with ``named`` over what it says of itself.

    ``place`` is the number and the title of its article.
    """
    row: rows.Row = {"parents": [], **rows.claim_columns(claim), **named}
    _check_new({"claim": None, **row})
    return made(_MAKING[row["origin"]], "claim", row["claim_id"], row, place)


def _descended(act: Act, claim: Claim, parents: Sequence[str], place: tuple[int, str], **named: object) -> list[Change]:
    """The changes that put a claim in the place of its parents, with copies of their standing sources."""
    standing = select(sources).where(sources.c.claim_id.in_(parents), sources.c.removed.is_(False))
    found = act.connection.execute(standing.order_by(sources.c.added_at, sources.c.source_id)).mappings()
    copies = [{**source, "source_id": new_id(), "claim_id": named["claim_id"]} for source in found]
    return [
        new_claim(claim, place, **named, parents=list(parents)),
        *(made("source added", "source", source["source_id"], source) for source in copies),
    ]


def _retired(name: str, row: rows.Row, why: str) -> Change:
    if row["status"] in LOCKED or step(row["status"], "dropped") is None:
        raise ClaimLocked(
            f"This claim is {row['status']}: it is not taken apart or put together with others.",
            "Reopen it with a reason first.",
        )
    return Change(name, "claim", row["claim_id"], row, {"status": "dropped", "dropped_why": why})


def _place_of(act: Act, claim: Claim) -> tuple[tuple[int, str], int]:
    """The number and title of a claim's article, and its place there: with the last that begins no later than it does."""
    before = select(func.max(claims.c.seq)).where(
        claims.c.article_id == claim.article_id, claims.c.start <= claim.start
    )
    seq = act.connection.execute(before).scalar_one()
    article = row_of(act.connection, "article", claim.article_id)
    return (article["no"], article["title"]), seq or 1


def free_names(act: Act, wanted: Sequence[Claim]) -> list[str]:
    """Names for new claims: their own, numbered on where a claim of the same span has it."""
    own = [claim.claim_id for claim in wanted]
    if len(set(own)) == len(own) and not rows_of(act.connection, (("claim", name) for name in own)):
        return own
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
    if value is None or value == "" or (name == "claim" and not str(value).strip()):
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
    if name == "kinds":
        _check_kinds(value)
    return value


def _number(name: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max:
        return float(value)
    raise StoreError(f"{name} holds a number, not {value!r}.", "Give a number, or leave it empty.")
