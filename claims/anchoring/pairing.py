"""Which place of the same words is which in another version, and which sentences stayed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Postfix, Prefix

from claims.anchoring.anchors import CONTEXT, context

# Words that stand more often than this are paired in their order: their contexts would be compared each with each.
_MANY = 300
# From this likeness of context on a place is known by it, if no other is as like.
_KNOWN = 0.5


def paired(
    before: str, stood: Sequence[int], after: str, stand: Sequence[int], length: int
) -> Iterable[tuple[int, int]]:
    """Which of the places of the same words is which: those that their context tells, then the others in their order."""
    if not stood or not stand:
        return []
    if (len(stood) == len(stand) == 1) or max(len(stood), len(stand)) > _MANY:
        return list(zip(stood, stand, strict=False))
    contexts = [
        [context(text, place, place + length) for place in places] for text, places in ((before, stood), (after, stand))
    ]
    alike = [
        [(Postfix.similarity(a, c) + Prefix.similarity(b, d)) / (2 * CONTEXT) for c, d in contexts[1]]
        for a, b in contexts[0]
    ]
    told = [(old, new) for old in range(len(stood)) for new in range(len(stand)) if _is_told(alike, old, new)]
    now = dict(told)
    left = [old for old in range(len(stood)) if old not in now]
    free = [new for new in range(len(stand)) if new not in set(now.values())]
    now |= dict(_in_order(alike, left, free))
    return [(stood[old], stand[new]) for old, new in now.items()]


def _is_told(alike: Sequence[Sequence[float]], old: int, new: int) -> bool:
    """Whether the context of both places is more alike than that of either with any other."""
    best = alike[old][new]
    rivals = [*(row[new] for number, row in enumerate(alike) if number != old)]
    rivals += [each for number, each in enumerate(alike[old]) if number != new]
    return best >= _KNOWN and all(best > rival for rival in rivals)


def _in_order(alike: Sequence[Sequence[float]], left: Sequence[int], free: Sequence[int]) -> Iterator[tuple[int, int]]:
    """As many pairs as there can be, none across another, the most alike in sum."""
    best = [[0.0] * (len(free) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(free) - 1, -1, -1):
            # Each pair weighs more than all likeness could.
            taken = best[i + 1][j + 1] + 2 * _MANY + alike[left[i]][free[j]]
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(left) and j < len(free):
        if best[i][j] == best[i + 1][j + 1] + 2 * _MANY + alike[left[i]][free[j]]:
            yield left[i], free[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
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
