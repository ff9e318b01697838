"""One wish for many claims, looked at before it is written: which it changes, and which it leaves alone, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, select

from claims.errors import StoreError
from claims.status import LOCKED, SETTABLE, step
from claims.store import rows
from claims.store.bulk import Edit
from claims.store.query import Query, ordered, where
from claims.store.schema import claims, listing
from claims.store.tagging import MOST, retagged, tags_in
from claims.table import split_values

#: Claims of one act: a colleague's save waits for so many to be written.
MOST_TOGETHER = 10_000

#: Statuses that many claims may be given together.
GIVEN: tuple[str, ...] = (*SETTABLE, "dropped")

#: Claims that are named of those that are left alone for one reason.
_NAMED = 5

#: Names that are asked for in one statement.
_TOGETHER = 900

_COLUMNS = [claims.c[name] for name in ("claim_id", "claim", "revision", "status", "assignee", "tags", "verdict")]


@dataclass(frozen=True, slots=True)
class Wish:
    """What many claims are to become: whose they are (nobody's, where ``assignee`` is empty), their status, their tags.

    None and empty lists ask nothing. ``why`` is the reason, where a step asks one.

    >>> Wish(add="prison, north gate").add
    ('prison', 'north gate')
    >>> Wish(status="signed off")
    Traceback (most recent call last):
    claims.errors.StoreError: Claims do not become 'signed off' many at a time. Each does by what is done to it: a reading, a decision, a sign-off.
    """

    assignee: str | None = None
    status: str | None = None
    add: str | Iterable[str] = ()
    remove: str | Iterable[str] = ()
    why: str = ""

    def __post_init__(self) -> None:
        if self.status is not None and self.status not in GIVEN:
            raise StoreError(
                f"Claims do not become {self.status!r} many at a time.",
                "Each does by what is done to it: a reading, a decision, a sign-off.",
            )
        add, remove = tags_in(self.add), tags_in(self.remove)
        if both := {tag.casefold() for tag in add} & {tag.casefold() for tag in remove}:
            raise StoreError(f"The tag “{min(both)}” is to be put on and taken off.", "Choose one of the two.")
        object.__setattr__(self, "add", add)
        object.__setattr__(self, "remove", remove)
        object.__setattr__(self, "assignee", None if self.assignee is None else " ".join(self.assignee.split()))

    @property
    def asks_nothing(self) -> bool:
        """Whether no claim would become anything."""
        return self.assignee is None and self.status is None and not self.add and not self.remove


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Claims that a wish does not change, for one reason: how many, and the words of the first of them."""

    why: str
    count: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a wish comes to: the edits, each with the revision that was seen, and what is left alone."""

    wish: Wish
    edits: tuple[Edit, ...]
    left: tuple[LeftAlone, ...]

    @property
    def of(self) -> int:
        """How many claims were looked at."""
        return len(self.edits) + sum(each.count for each in self.left)


@dataclass(slots=True)
class _Sieve:
    """Claims as they fall through: edits, or a reason with the claims that it holds for."""

    edits: list[Edit] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)


def plan(connection: Connection, among: Query | Iterable[str], wish: Wish) -> Plan:
    """What this wish would do to the query's claims, or to those of these names; nothing is written.

    StoreError above :data:`MOST_TOGETHER` claims. A name that no claim has is passed over.
    """
    sieve = _Sieve()
    for looked_at, row in enumerate(_asked(connection, among), 1):
        if looked_at > MOST_TOGETHER:
            raise StoreError(
                f"More than {MOST_TOGETHER:,} claims are not changed in one act.",
                "Narrow the filter, change those, and go on with the rest: a colleague’s save would wait too long.",
            )
        found = _wanted(row, wish)
        if isinstance(found, str):
            sieve.left.setdefault(found, []).append(row["claim"])
        else:
            sieve.edits.append(Edit(row["claim_id"], row["revision"], None, found))
    left = sorted(sieve.left.items(), key=lambda each: -len(each[1]))
    return Plan(wish, tuple(sieve.edits), tuple(LeftAlone(why, len(them), tuple(them[:_NAMED])) for why, them in left))


def _asked(connection: Connection, among: Query | Iterable[str]) -> Iterator[rows.Found]:
    if isinstance(among, Query):
        found = select(*_COLUMNS).join(listing, listing.c.no == claims.c.no).where(where(connection, among))
        yield from _streamed(connection, found.order_by(*ordered(among)).limit(MOST_TOGETHER + 1))
        return
    names = iter(dict.fromkeys(among))
    while some := list(islice(names, _TOGETHER)):
        yield from _streamed(connection, select(*_COLUMNS).where(claims.c.claim_id.in_(some)).order_by(claims.c.no))


def _streamed(connection: Connection, query: Select[Any]) -> Iterator[rows.Found]:
    with connection.execute(query, execution_options={"yield_per": 1000}) as found:
        yield from found.mappings()


def _wanted(row: rows.Found, wish: Wish) -> Mapping[str, object] | str:
    """The columns that the wish changes of a claim, or the reason why it is left alone."""
    if row["status"] in LOCKED:
        return f"{row['status']}: it is locked, and reopened one by one with a reason"
    if row["status"] == "dropped" and wish.status != "new":
        return "dropped: it is out of the work"
    changes: dict[str, object] = {}
    if wish.assignee is not None and (wish.assignee or None) != row["assignee"]:
        changes["assignee"] = wish.assignee or None
    tags = retagged(row["tags"], tuple(wish.add), tuple(wish.remove))
    if tags != row["tags"]:
        if len(split_values(tags or "")) > MOST:
            return f"it would have more than {MOST} tags"
        changes["tags"] = tags
    status = wish.status or _given_with(row["status"], wish.assignee)
    if status not in (None, row["status"]):
        if stopped := _stopped(row, str(status), wish.why):
            return stopped
        changes["status"] = status
    return changes or "it stands so already"


def _given_with(status: str, assignee: str | None) -> str | None:
    """The status that giving a claim to somebody, or to nobody, brings with it."""
    return (
        None
        if assignee is None
        else {("new", True): "assigned", ("assigned", False): "new"}.get((status, bool(assignee)))
    )


def _stopped(row: rows.Found, status: str, why: str) -> str:
    """Why a claim does not take this step; empty where it does."""
    way = step(row["status"], status)
    if way is None:
        return f"{row['status']}: it cannot become {status} from there"
    if way.asks and not why.strip():
        return f"{row['status']}: to become {status} it needs {way.asks}"
    if status == "marked" and row["verdict"] is None:
        return f"{row['status']}: without a verdict it is not marked"
    return ""
