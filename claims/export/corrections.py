"""Corrections: what was published of claims and stands no more, by their events; nothing else of them is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from claims.export.checked import TOLD
from claims.kinds import nature_of
from claims.status import LOCKED, STATUSES
from claims.store import Query, Store
from claims.store.events import Event

# Fewer writes than this have not brought a claim to its publication and back: it was marked, signed off and published.
_PUBLISHED_AND_BACK = 4

# What of a claim's row is published with it.
_PUBLIC = ("claim", "verdict", "confidence", "corrected_value")

# What may have been published and is told no more.
_UNTOLD = tuple(status for status in STATUSES if status not in TOLD)


@dataclass(frozen=True, slots=True)
class Turn:
    """What ended a publication: the claim was withdrawn, or else reopened; when, and why."""

    withdrawn: bool
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Published:
    """A verdict as it was published, and what has become of it since: nothing while it stands."""

    claim: str
    verdict: str
    confidence: str
    corrected_value: str
    at: datetime
    turns: tuple[Turn, ...] = ()

    def stands(self, row: Mapping[str, Any]) -> bool:
        """Whether this is what the claim's row says now: the same claim, verdict and right value."""
        return all(getattr(self, name) == (row[name] or "") for name in ("claim", "verdict", "corrected_value"))


@dataclass(frozen=True, slots=True)
class Untold:
    """A claim whose verdict was published and is told no more: the last that was, and whether the desk judges it anew."""

    published: Published
    under_review: bool


def published(store: Store, row: Mapping[str, Any]) -> tuple[Published, ...]:
    """What was published of the claim with this row; one that was written to few times has not been published and changed."""
    if row["revision"] < _PUBLISHED_AND_BACK:
        return ()
    return publications(store.own_history(row["claim_id"]))


def untold(store: Store, query: Query | None) -> Iterator[Untold]:
    """What was published of the query's claims that are told no more.

    They are asked for by what they say and where, and not by how they were judged: what was published is judged anew, or void.
    """
    asked = replace(
        query or Query(), statuses=_UNTOLD, verdicts=(), confidences=(), agreements=(), assignees=(), has_sources=None,
        marked=True, sort="article",
    )  # fmt: skip
    for rows in store.batches(asked):
        for row in rows:
            told = published(store, row)
            # As in the list of what stands: an opinion had no verdict for the public.
            if told and nature_of(told[-1].claim) != "opinion":
                yield Untold(told[-1], row["status"] not in {"void", "dropped"})


def publications(own: Iterable[Event]) -> tuple[Published, ...]:
    """What was published of a claim, oldest first, by its own events: all of it was read by others, and nothing else is told.

    Of a verdict that was signed off and not published, neither the words nor the reason why it was reopened are there.
    """
    found: list[Published] = []
    row: dict[str, Any] = {}
    stands = False
    for event in own:
        before, row = row.get("status"), {**row, **event.new}
        after = row["status"]
        if after == "published" and not stands:
            claim, verdict, confidence, right = (row.get(name) or "" for name in _PUBLIC)
            found.append(Published(claim, verdict, confidence, right, event.at))
            stands = True
        elif found and after != before and after not in TOLD:
            if stands or after == "void" or (before == "void" and after not in LOCKED):
                turn = Turn(after == "void", event.at, event.why)
                found[-1] = replace(found[-1], turns=(*found[-1].turns, turn))
            stands = False
    return tuple(found)
