"""Index: which claims of a hundred thousand are worth comparing with one, by the rare words that they share."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from claims.matching.assertion import WORD, Assertion, assertion_of
from claims.table import plain_rows

#: The columns of the claims table that matching reads.
READS = ["claim_id", "article_id", "claim", "speaker", "published", "date_first", "date_last", "figure_unit"]
#: At most so many candidates are compared, found in at most so many entries of the index.
MOST, BUDGET = 50, 20_000
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
        self._counts = np.zeros(len(self.assertions), dtype=np.int32)
        self._scores = np.zeros(len(self.assertions))

    def candidates(self, assertion: Assertion, *, before: int | None = None) -> list[Assertion]:
        """The claims that share enough rare words with this one, the likest first; itself left out.

        ``before`` leaves out those from that place of ``assertions`` on.
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
            for number in self._likest(read, len(words), unread=len(found) - len(read))
            if self.assertions[number].claim_id != assertion.claim_id
        ]

    def _likest(self, read: list[Any], length: int, unread: int) -> list[int]:
        """The numbers of those that share enough; ``unread`` words may be shared too."""
        counts, scores = self._counts, self._scores
        for numbers, rarity in read:
            counts[numbers] += 1
            scores[numbers] += rarity
        seen = np.flatnonzero(counts)
        shared = counts[seen] + unread
        enough = (shared >= SHARED) & (shared >= OF_SHORTER * np.minimum(self._lengths[seen], length))
        kept = seen[enough]
        rank = scores[kept]
        counts[seen] = 0
        scores[seen] = 0
        if len(kept) > MOST:
            best = np.argpartition(-rank, MOST)[:MOST]
            kept, rank = kept[best], rank[best]
        ordered: list[int] = kept[np.argsort(-rank, kind="stable")].tolist()
        return ordered


def _weighty(assertion: Assertion) -> list[str]:
    return [word for word, weight in assertion.words.items() if weight >= WORD]
