"""Checked claims: the verdicts that may leave the desk, each with what a reader needs to follow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from claims.kinds import nature_of
from claims.store import Query, Store
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
    """A claim whose verdict was signed off: its row of the claims table, its sources, and the scale it was judged by."""

    row: Mapping[str, Any]
    sources: tuple[StoredSource, ...]
    scale: Scale

    @property
    def claim_id(self) -> str:
        """The claim's name."""
        return str(self.row["claim_id"])


def checked(store: Store, query: Query | None = None) -> Iterator[Checked]:
    """The query's claims that were signed off, article by article, read a few at a time.

    Opinions are left out: what is no statement of fact has no verdict for the public.
    """
    asked = replace(query or Query(), sort="article")
    wanted = [status for status in TOLD if not asked.statuses or status in asked.statuses]
    if not wanted:
        return
    asked = replace(asked, statuses=tuple(wanted))
    scales: dict[str, Scale] = {}
    offset = 0
    while rows := store.rows(asked, offset=offset, limit=_TOGETHER):
        offset += len(rows)
        by = {name: row["scale"] for name, row in store.claims_named([row["claim_id"] for row in rows]).items()}
        for row in rows:
            if nature_of(row["claim"]) == "opinion":
                continue
            name = by[row["claim_id"]]
            if name not in scales:
                scales[name] = store.scale_named(name)
            yield Checked(row, tuple(store.sources(row["claim_id"])), scales[name])
