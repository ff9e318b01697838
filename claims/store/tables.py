"""Tables beside the claims: the list of articles, and what leaves as sources.csv and events.csv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, RowMapping, Select, func, select

from claims.store.schema import articles, claims, events, sources, storable
from claims.table import DAY, TEXT, TIME, WHOLE, text_array

ARTICLES: dict[str, str] = {
    "article_id": TEXT,
    "version": WHOLE,
    "title": TEXT,
    "byline": TEXT,
    "publisher": TEXT,
    "published": DAY,
    "url": TEXT,
    "read_at": TIME,
    "n_claims": WHOLE,
    "n_marked": WHOLE,
    "revision": WHOLE,
}
SOURCES: dict[str, str] = {
    "source_id": TEXT,
    "claim_id": TEXT,
    "location": TEXT,
    "title": TEXT,
    "publisher": TEXT,
    "published": DAY,
    "quoted": TEXT,
    "stance": TEXT,
    "origin": TEXT,
    "snapshot": TEXT,
    "reliability": TEXT,
    "credibility": TEXT,
    "archived": TEXT,
    "added_by": TEXT,
    "added_at": TIME,
    "revision": WHOLE,
}
EVENTS: dict[str, str] = {
    "seq": WHOLE,
    "event_id": TEXT,
    "at": TIME,
    "actor": TEXT,
    "act": TEXT,
    "subject_kind": TEXT,
    "subject_id": TEXT,
    "batch": TEXT,
    "undoes": TEXT,
    "old": TEXT,
    "new": TEXT,
    "why": TEXT,
    "previous_hash": TEXT,
    "hash": TEXT,
}


def articles_table(connection: Connection) -> pd.DataFrame:
    """One row an article, the newest first, with how many of its claims stand and how many of those are marked."""
    counted = (
        select(claims.c.article_id, func.count().label("n_claims"), func.count(claims.c.verdict).label("n_marked"))
        .where(claims.c.status != "dropped")
        .group_by(claims.c.article_id)
        .subquery()
    )
    columns = [
        func.coalesce(counted.c[name], 0).label(name)
        if name in counted.c and name != "article_id"
        else articles.c[name]
        for name in ARTICLES
    ]
    query = (
        select(*columns)
        .outerjoin(counted, counted.c.article_id == articles.c.article_id)
        .where(articles.c.withdrawn.is_(False))
        .order_by(articles.c.no.desc())
    )
    (table,) = _frames(connection, query, ARTICLES)
    return written_out(table)  # a list for screens, which take no half characters


def titles(connection: Connection) -> dict[str, str]:
    """The title of each article by its name, the newest first; empty where it has none."""
    asked = select(articles.c.article_id, articles.c.title).where(articles.c.withdrawn.is_(False))
    return {row.article_id: row.title or "" for row in connection.execute(asked.order_by(articles.c.no.desc()))}


def source_frames(connection: Connection, size: int | None = None) -> Iterator[pd.DataFrame]:
    """The sources that stand, claim by claim, in tables of so many, or in one; at least one, which may be empty."""
    kept = select(*(sources.c[name] for name in SOURCES)).where(sources.c.removed.is_(False))
    ordered = kept.order_by(sources.c.claim_id, sources.c.added_at, sources.c.source_id)
    return _frames(connection, ordered, SOURCES, size)


def event_frames(connection: Connection, size: int | None = None) -> Iterator[pd.DataFrame]:
    """The events, oldest first, as they were hashed; in tables as above."""
    return _frames(connection, select(*(events.c[name] for name in EVENTS)).order_by(events.c.seq), EVENTS, size)


def written_out(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table for what takes text as Arrow does: columns with half characters as the record writes them."""
    odd = [name for name in frame.columns if getattr(frame[name].dtype, "storage", "") == "python"]
    plain = {name: [None if pd.isna(text) else storable(text) for text in frame[name]] for name in odd}
    return frame.assign(**{name: pd.Series(text_array(texts), frame.index) for name, texts in plain.items()})


def _frames(
    connection: Connection, query: Select[Any], dtypes: dict[str, str], size: int | None = None
) -> Iterator[pd.DataFrame]:
    if size is None:
        yield _frame(connection.execute(query).mappings().all(), dtypes)
        return
    with connection.execute(query, execution_options={"yield_per": size}) as found:
        parts = found.mappings().partitions()
        yield _frame(next(parts, []), dtypes)
        yield from (_frame(some, dtypes) for some in parts)


def _frame(found: Sequence[RowMapping], dtypes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: _column([None if row[name] == "" else row[name] for row in found], dtype)
            for name, dtype in dtypes.items()
        }
    )


def _column(values: list[Any], dtype: str) -> pd.Series[Any]:
    return pd.Series(text_array(values) if dtype == TEXT else values, dtype=None if dtype == TEXT else dtype)
