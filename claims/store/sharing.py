"""Claims that share words with a question, by the index of words: how often each word is said, and who says several together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select, text

from claims.store import paging, reading, rows
from claims.store.query import Query, met, ordered
from claims.store.schema import listing
from claims.store.searching import VOCABULARY, is_beginning, select_saying

#: Claims that are better looked at one by one than found by an index that has to be asked for frequent words too.
_FEW = 1000

_SAID = text("SELECT coalesce(sum(doc), 0) FROM temp.search_words WHERE term >= :word AND term < :behind")

#: Behind all that any word begins.
_LAST = "\U0010ffff"


def counted(connection: Connection, words: Sequence[str]) -> dict[str, int]:
    """About how often each of these words is said; 0 where no claim says it.

    SQLite adds up what its index knows of the words that begin so and looks at no claim: one counts twice that says two of
    them, or says one in its rationale too.
    """
    if connection.dialect.name != "sqlite":
        return {word: reading.count(connection, _asking([word])) for word in words}
    connection.exec_driver_sql(VOCABULARY)
    return {word: connection.execute(_SAID, {"word": word, "behind": _behind(word)}).scalar_one() for word in words}


def saying(
    connection: Connection,
    asked: Sequence[Sequence[str]],
    told: Mapping[str, int],
    most: int,
    among: Query | None = None,
) -> list[rows.Row]:
    """Claims that say all the words of one of these lists, each once: of each list the first of the table, at most so many.

    ``told`` is how often each word is said; of claims, only those count that pass the filters of ``among``. What waits for a second
    reading is found by the claim's own words alone, whoever asks.
    """
    found: dict[int, None] = {}
    for words in asked:
        rarest = sorted(words, key=lambda word: told[word])
        found |= dict.fromkeys(_numbers(connection, _asking(rarest, among), rarest, told, most))
    return reading.numbered(connection, list(found))


def _numbers(
    connection: Connection, query: Query, words: Sequence[str], told: Mapping[str, int], most: int
) -> Sequence[int]:
    """The query's first claims, which say these words, the rarest of which stands first.

    Where few say that one the index is asked for it alone, and those few are looked at: SQLite's goes through all that it has of
    a frequent word.
    """
    if told[words[0]] > _FEW:
        return paging.numbers(connection, query, 0, most)
    few = listing.c.no.in_(select_saying(connection.dialect.name, words[:1]))
    found = select(listing.c.no).where(few, met(query, listing.c)).order_by(*ordered(query)).limit(most)
    return connection.execute(found).scalars().all()


def _asking(words: Sequence[str], among: Query | None = None) -> Query:
    return replace(among or Query(), text=" ".join(words), reader="", read_twice=True)


def _behind(word: str) -> str:
    """What stands behind all the words that are found by this one, in the order of the index."""
    return word + (_LAST if is_beginning(word) else "\0")
