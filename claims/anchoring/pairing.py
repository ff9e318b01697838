"""Which place of the same words is which in another version, and which sentences stayed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Postfix, Prefix
from rapidfuzz.process import cdist

from claims.anchoring.anchors import CONTEXT, context

# Words that stand more often than this are paired in their order: their contexts would be compared each with each.
_MANY = 300
# From this likeness of context on a place is known by it, if no other is as like.
_KNOWN = 0.5

_Likeness = npt.NDArray[np.float64]
_Context = tuple[str, str]


def paired(
    before: str, stood: Sequence[int], after: str, stand: Sequence[int], length: int
) -> Iterable[tuple[int, int]]:
    """Which of the places of the same words is which: those that their context tells, then the others in their order."""
    if not stood or not stand:
        return []
    if (len(stood) == len(stand) == 1) or max(len(stood), len(stand)) > _MANY:
        return list(zip(stood, stand, strict=False))
    alike = _alike(
        *([context(text, at, at + length) for at in places] for text, places in ((before, stood), (after, stand)))
    )
    now = dict(_told(alike))
    left = [old for old in range(len(stood)) if old not in now]
    free = sorted({*range(len(stand))} - {*now.values()})
    now |= {left[old]: free[new] for old, new in _in_order(alike[np.ix_(left, free)])}
    return [(stood[old], stand[new]) for old, new in now.items()]


def _alike(before: Sequence[_Context], after: Sequence[_Context]) -> _Likeness:
    """How alike the contexts of each two places are, from 0 to 1; those that are the same are compared once."""
    rows, row = _numbered(before)
    columns, column = _numbered(after)
    sides = [([each[side] for each in rows], [each[side] for each in columns]) for side in (0, 1)]
    ends: _Likeness = cdist(*sides[0], scorer=Postfix.similarity, dtype=np.float64)
    ends = ends + cdist(*sides[1], scorer=Prefix.similarity, dtype=np.float64)
    return (ends / (2 * CONTEXT))[np.ix_(row, column)]


def _numbered(contexts: Sequence[_Context]) -> tuple[list[_Context], list[int]]:
    numbers = {each: number for number, each in enumerate(dict.fromkeys(contexts))}
    return list(numbers), [numbers[each] for each in contexts]


def _told(alike: _Likeness) -> Iterator[tuple[int, int]]:
    """The places that are known by their context: both are more alike than either is with any other."""
    best = alike >= _KNOWN
    for axis in (0, 1):
        most = alike == alike.max(axis=axis, keepdims=True)
        best &= most & (most.sum(axis=axis, keepdims=True) == 1)
    yield from ((int(old), int(new)) for old, new in np.argwhere(best))


def _in_order(alike: _Likeness) -> Iterator[tuple[int, int]]:
    """As many pairs as there can be, none across another, the most alike in sum."""
    many, more = alike.shape
    best = np.zeros((many + 1, more + 1))
    # Each pair weighs more than all likeness could.
    taken = np.zeros((many, more))
    for i in range(many - 1, -1, -1):
        taken[i] = best[i + 1, 1:] + 2 * _MANY + alike[i]
        best[i, :-1] = np.maximum.accumulate(np.maximum(taken[i], best[i + 1, :-1])[::-1])[::-1]
    i = j = 0
    while i < many and j < more:
        if best[i, j] == taken[i, j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            i += 1
        else:
            j += 1


def landmarks(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Sentences that stand once in each version, in the order of both: the most of them that keep it."""
    once = [{text: number for number, text in enumerate(side)} for side in (before, after)]
    counts = [Counter(side) for side in (before, after)]
    pairs = [
        (number, once[1][text])
        for text, number in once[0].items()
        if text and counts[0][text] == 1 and counts[1].get(text) == 1
    ]
    return _rising(sorted(pairs))


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, not all neighbours, whose second numbers rise.

    >>> _rising([(0, 5), (1, 1), (2, 2), (3, 0), (4, 6)])
    [(1, 1), (2, 2), (4, 6)]
    """
    tops: list[int] = []  # the least second number that ends a run of each length, and whose it is
    ends: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        at = bisect_left(tops, second)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1], ends[at : at + 1] = [second], [number]
    run: list[tuple[int, int]] = []
    last = ends[-1] if ends else -1
    while last >= 0:
        run.append(pairs[last])
        last = before[last]
    return run[::-1]
