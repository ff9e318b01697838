"""Index: which claims of a hundred thousand are worth comparing with one, by the rare words that they share.

A story that sixty outlets print is one saying in sixty copies. Of each saying one copy is compared before a second of any is, so
that copies hide nobody who says otherwise.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from claims.matching.assertion import WORD, Assertion, assertion_of
from claims.table import plain_rows

#: The columns of the claims table that matching reads.
READS = ["claim_id", "article_id", "claim", "speaker", "published", "date_first", "date_last", "figure_unit"]
#: At most so many candidates are compared, found in at most so many entries of the index.
MOST, BUDGET = 50, 20_000
#: Of two sayings that are found to repeat or to contradict each other at most so many pairs of copies are compared, fifty a claim anyway.
COPIES = 5_000
#: The day of what nobody knows when it was said: far from any other.
_NO_DAY = -(1 << 20)
#: Candidates share at least so many words, and this share of the words of the shorter claim.
SHARED, OF_SHORTER = 2, 0.6


class Index:
    """Claims by their words; a claim that is asked about need not be among them.

    >>> rows = [{"claim_id": "a", "claim": "785 inmates fled the Korda camp."}, {"claim_id": "b", "claim": "Wheat is dear."}]
    >>> index = Index(rows)
    >>> [each.claim_id for each in index.candidates(assertion_of({"claim_id": "c", "claim": "Korda inmates escaped."}))]
    ['a']
    >>> index.candidates(assertion_of({"claim_id": "d", "claim": "It rained."}))
    []
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> None:
        listed = plain_rows(rows[READS]) if isinstance(rows, pd.DataFrame) else rows
        self.assertions: list[Assertion] = [assertion_of(row) for row in listed]
        entries: dict[str, array[int]] = {}
        for number, assertion in enumerate(self.assertions):
            for word in _weighty(assertion):
                entries.setdefault(word, array("I")).append(number)
        self._entries = {word: np.frombuffer(numbers, dtype=np.uint32) for word, numbers in entries.items()}
        self._lengths = np.array([len(_weighty(each)) for each in self.assertions], dtype=np.int32)
        sayings = np.array([number_of(each) for each in self.assertions], dtype=np.int64)
        self._sayings = sayings
        self._by_saying = np.argsort(sayings, kind="stable")
        self._sorted = sayings[self._by_saying]
        self._days = np.array([day_number(each.published) for each in self.assertions], dtype=np.int32)
        self._articles = np.array([hash(each.article_id) for each in self.assertions], dtype=np.int64)
        self._counts = np.zeros(len(self.assertions), dtype=np.int32)
        self._scores = np.zeros(len(self.assertions))

    def candidates(self, assertion: Assertion, *, before: int | None = None) -> list[Assertion]:
        """The claims that share enough rare words with this one, the likest first; itself left out.

        ``before`` leaves out those from that place of ``assertions`` on. Where there are too many, one copy of each saying comes
        before a second of any, and the copy that was said nearest in time. In one article the one word of a claim is enough:
        "About 100 fled."
        """
        words = _weighty(assertion)
        found = sorted((self._entries[word] for word in words if word in self._entries), key=len)
        read: list[Any] = []
        left = BUDGET
        for numbers in found:
            if read and len(numbers) > left:
                break
            left -= len(numbers)
            earlier = numbers if before is None else numbers[: np.searchsorted(numbers, before)]
            read.append((earlier, math.log1p(len(self.assertions) / len(numbers))))
        if not read:
            return []
        return [
            self.assertions[number]
            for number in self._likest(assertion, read, len(words), unread=len(found) - len(read))
            if self.assertions[number].claim_id != assertion.claim_id
        ]

    def copies(self, candidate: Assertion, asked: Assertion, *, before: int | None = None) -> list[Assertion]:
        """The claims that say what a candidate says, copies of it and itself, as many as are worth comparing with the asked one.

        >>> index = Index([{"claim_id": name, "claim": "785 inmates fled the Korda camp."} for name in "abc"])
        >>> fewer = assertion_of({"claim_id": "d", "claim": "About 100 inmates fled the Korda camp."})
        >>> [each.claim_id for each in index.copies(index.assertions[0], fewer)]
        ['a', 'b', 'c']
        """
        numbers = self._saying_as(candidate)
        if before is not None:
            numbers = numbers[: np.searchsorted(numbers, before)]
        most = max(MOST, COPIES // max(len(self._saying_as(asked)), 1))
        return [self.assertions[number] for number in numbers[:most].tolist()]

    def _saying_as(self, assertion: Assertion) -> Any:
        """The numbers of the claims that say what this one says, in order."""
        number = number_of(assertion)
        first, end = np.searchsorted(self._sorted, [number, number + 1])
        return self._by_saying[first:end]

    def _likest(self, asked: Assertion, read: list[Any], length: int, unread: int) -> list[int]:
        """The numbers of those that share enough; ``unread`` words may be shared too."""
        counts, scores = self._counts, self._scores
        for numbers, rarity in read:
            counts[numbers] += 1
            scores[numbers] += rarity
        seen = np.flatnonzero(counts)
        shared = counts[seen] + unread
        shorter = np.minimum(self._lengths[seen], length)
        beside = (shorter == 1) & (self._articles[seen] == hash(asked.article_id)) & bool(asked.article_id)
        enough = (beside | (shared >= SHARED)) & (shared >= OF_SHORTER * shorter)
        kept = seen[enough]
        rank = scores[kept]
        counts[seen] = 0
        scores[seen] = 0
        if len(kept) > MOST:
            kept, rank = self._one_of_each(asked, kept, rank)
        ordered: list[int] = kept[np.argsort(-rank, kind="stable")].tolist()
        return ordered

    def _one_of_each(self, asked: Assertion, kept: Any, rank: Any) -> tuple[Any, Any]:
        """As many as are compared: one copy of each saying, the nearest in time, then the likest of the others."""
        itself = [
            number for number in self._saying_as(asked).tolist() if self.assertions[number].claim_id == asked.claim_id
        ]
        others = ~np.isin(kept, itself)
        kept, rank = kept[others], rank[others]
        chosen = one_of_each(asked, self._sayings[kept], rank, self._days[kept])[:MOST]
        return kept[chosen], rank[chosen]


def one_of_each(asked: Assertion, sayings: Any, rank: Any, days: Any) -> Any:
    """The places of claims in the order in which they are compared: one copy of each saying, then the others.

    The likest come first, of the equally like those that say what is asked about, and of those the nearest in time.

    >>> fled, fewer = (assertion_of({"claim_id": "", "claim": f"{told} men fled Korda."}) for told in ("785", "100"))
    >>> sayings = np.array([number_of(fewer), number_of(fewer), number_of(fled)])
    >>> one_of_each(fled, sayings, np.ones(3), np.array([7, 9, 9])).tolist()
    [2, 0, 1]
    """
    order = np.lexsort((np.abs(days - day_number(asked.published)), sayings != number_of(asked), -rank))
    _, first = np.unique(sayings[order], return_index=True)
    again = np.ones(len(order), dtype=bool)
    again[first] = False
    return order[np.argsort(again, kind="stable")]


def number_of(assertion: Assertion) -> int:
    """A number for what it says; halved, so that the next one is still a number for numpy."""
    return hash(assertion.saying) >> 1


def day_number(published: date | None) -> int:
    """A number for a day, far from any other where none is known."""
    return published.toordinal() if published else _NO_DAY


def _weighty(assertion: Assertion) -> list[str]:
    return [word for word, weight in assertion.words.items() if weight >= WORD]
