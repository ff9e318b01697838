"""The record's three tables, claims, sources and events: all of them, or what belongs to some claims.

What a first reading says is kept back here as everywhere, from who asks and is yet to read: neither their claims nor their
events tell it. All of the tables are of one moment where they are read in one (:meth:`claims.store.Store.moment`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from claims.store import Query, Store

#: By what an event's JSON names the claim, the document or the item of an agenda that it is about.
_NAMING = ("claim_id", "sha256", "item_id")

#: All that there is: dropped claims too, whose sources stand among the others.
WHOLE = Query(sort="article", dropped=True)


def record_tables(store: Store, query: Query = WHOLE) -> Iterator[tuple[str, Iterator[pd.DataFrame]]]:
    """Each table in parts, by its name: "claims", "sources" and "events", to be read one after the other.

    :data:`WHOLE`, whoever asks, has all of them, but for the events about claims that are kept back. Of the claims of another
    query: their sources, and the events that are about them, their sources, articles and documents, and what meetings made of
    them and voted.
    """
    if replace(WHOLE, reader=query.reader, read_twice=query.read_twice) == query:
        hidden = set(store.kept_back(query))
        yield "claims", store.frames(query)
        yield "sources", store.source_frames()
        open_to_all = (part[~about] for part, about in events_about(store, hidden))
        yield "events", open_to_all if hidden else store.event_frames()
        return
    names: set[str] = set()
    told: set[str] = set()
    yield "claims", _noting(store.frames(query), {"claim_id": names, "article_id": told})
    yield "sources", _noting(sources_of(store, names), {"snapshot": told})
    told |= names - store.kept_back(query)
    yield "events", (part[about] for part, about in events_about(store, told))


def sources_of(store: Store, names: set[str]) -> Iterator[pd.DataFrame]:
    """The sources of these claims, in parts."""
    return (part[part["claim_id"].isin(names)] for part in store.source_frames())


def events_about(store: Store, told: set[str]) -> Iterator[tuple[pd.DataFrame, pd.Series[bool]]]:
    """All events in parts, with which of them are about one of these: a claim, an article or a document by its name.

    A vote is about the item of an agenda that it was cast on, and that about its claim.
    """
    known = set(told)  # a later event of a source tells only what changed, and not whose it is
    for part in store.event_frames():
        made = part[part["old"].isna()]
        for subject, new in zip(made["subject_id"], made["new"], strict=True):
            if not known.isdisjoint(_named(new)):
                known.add(subject)
        yield part, part["subject_id"].isin(known)


def _noting(frames: Iterator[pd.DataFrame], noted: dict[str, set[str]]) -> Iterator[pd.DataFrame]:
    """The same parts, while what stands in these columns is noted."""
    for frame in frames:
        for column, into in noted.items():
            into.update(frame[column].dropna())
        yield frame


def _named(new: str) -> set[str]:
    """What a source, a mark, an item or a vote belongs to, or the document that was fetched, as the event that made it names them."""
    found = json.loads(new)
    return {found[name] for name in _NAMING if isinstance(found.get(name), str)}
