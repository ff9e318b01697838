"""Checked claims: the verdicts that may leave the desk, each with what a reader needs to follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from claims.evidence.addresses import WEB
from claims.kinds import nature_of
from claims.store import Query, Store
from claims.store.judged import Judged
from claims.store.sourcing import StoredSource
from claims.verdict import Scale

#: Statuses whose verdict may be told to the public.
TOLD = ("signed off", "published")

_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who checks: its name, and the address of its site; claims are published there under their ids."""

    name: str = ""
    url: str = ""

    def address(self, claim_id: str) -> str:
        """Where a claim's review stands.

        >>> Publisher("The Korda Post", "https://korda.example/checks/").address("3f9c")
        'https://korda.example/checks/#claim-3f9c'
        """
        return f"{self.url}#claim-{claim_id}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim whose verdict was signed off: its row of the claims table, its sources, and the scale it was judged by.

    ``other_days`` is what was signed off as of other days and not withdrawn since; ``said_again`` are the rows of the claims that
    people linked with it as saying the same, with the articles in which they stand.
    """

    row: Mapping[str, Any]
    sources: tuple[StoredSource, ...]
    scale: Scale
    other_days: tuple[Judged, ...] = ()
    said_again: tuple[Mapping[str, Any], ...] = ()

    @property
    def claim_id(self) -> str:
        """The claim's name."""
        return str(self.row["claim_id"])

    @property
    def article_url(self) -> str | None:
        """Where the claim appeared on the web; what else an import brought as an address is told to no program."""
        return web_address(self.row)


def web_address(row: Mapping[str, Any]) -> str | None:
    """The address of a claim's article on the web, None where it has none.

    >>> web_address({"article_url": "https://korda.example/1"}), web_address({"article_url": "javascript:alert(1)"})
    ('https://korda.example/1', None)
    """
    url = row["article_url"] or ""
    return url if WEB.fullmatch(url) else None


def checked(store: Store, query: Query | None = None) -> Iterator[Checked]:
    """The query's claims that were signed off, article by article, read a few at a time.

    Opinions are left out: what is no statement of fact has no verdict for the public. So are predictions, unless the day
    of which they tell had come when they were judged: before that nobody can know.
    """
    scale_named = cache(store.scale_named)
    for rows in _told(store, query):
        yield from _whole(store, rows, scale_named)


def count_checked(store: Store, query: Query | None = None) -> int:
    """How many these are, without what stands behind them."""
    return sum(len(rows) for rows in _told(store, query))


def checked_claim(store: Store, claim_id: str) -> Checked | None:
    """One of them by its name; None where its verdict is not for the public. NotThere where there is no such claim."""
    row = store.claim(claim_id)
    if row["status"] not in TOLD or not _is_checkable(row):
        return None
    return next(_whole(store, [row], store.scale_named))


def _whole(
    store: Store, rows: Sequence[Mapping[str, Any]], scale_named: Callable[[str | None], Scale]
) -> Iterator[Checked]:
    """Claims that were signed off, each with what stands behind it."""
    names = [row["claim_id"] for row in rows]
    again = store.said_again(names)
    given = store.claims_named([*names, *{other for others in again.values() for other in others}])
    for name, row in zip(names, rows, strict=True):
        then = tuple(each for each in store.judged_on_other_days(name) if each.standing == "signed off")
        said = tuple(given[other] for other in again.get(name, ()) if other in given)
        yield Checked(row, tuple(store.sources(name)), scale_named(given[name]["scale"]), then, said)


def _told(store: Store, query: Query | None) -> Iterator[list[dict[str, Any]]]:
    """The rows of those claims, some at a time."""
    asked = replace(query or Query(), sort="article")
    wanted = tuple(status for status in TOLD if not asked.statuses or status in asked.statuses)
    if wanted:
        for rows in store.batches(replace(asked, statuses=wanted), _TOGETHER):
            yield [row for row in rows if _is_checkable(row)]


def _is_checkable(row: Mapping[str, Any]) -> bool:
    """Whether a claim could be looked up on the day whose knowledge its verdict rests on."""
    nature = nature_of(row["claim"])
    if nature != "prediction":
        return nature != "opinion"
    last, known = row["date_last"], row["verdict_as_of"]
    return last is not None and known is not None and last <= known
