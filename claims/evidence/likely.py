"""Where in a long text a passage may stand: the stretches that hold most of its letters, in words that both have.

What each stretch holds is counted for all of them at once, with numpy, some hundred thousand words after the other: a text of
five million signs takes about a second, however it is written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import islice, repeat

import numpy as np
from numpy.typing import NDArray

#: A script that sets no blanks: each sign is a word.
WITHOUT_BLANKS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

#: A word as a passage and its document are compared: what stands between blanks, or one sign of such a script.
WORD = re.compile(rf"[{WITHOUT_BLANKS}]|[^\s{WITHOUT_BLANKS}]+")

_TOKEN = re.compile(rf"[{WITHOUT_BLANKS}]|[^\W{WITHOUT_BLANKS}]+")

#: Signs that are cut into words at a time, and words that are counted at a time.
_SIGNS, _WORDS = 200_000, 500_000

#: How many stretches are looked at more closely: of a passage, and of one so long that it is like no other.
_MOST, _MOST_LONG, _LONG = 8, 1, 500


def stretches(wanted: str, words: str, low: int, high: int) -> list[tuple[int, int]]:
    """The stretches of ``words[low:high]`` that hold most of what is wanted, the fullest first, each with some room around.

    >>> text = "the old mill burned. " * 50 + "Two vans waited at the gate. " + "the old mill burned. " * 50
    >>> [text[start:end] for start, end in stretches("two vans waited", text, 0, len(text))][0]
    'burned. the old mill burned. Two vans waited at the gate'
    >>> stretches("zebra", text, 0, len(text))
    []
    """
    needed = Counter(_TOKEN.findall(_small(wanted)))
    if not needed:
        return []
    numbers = {token: number for number, token in enumerate(needed, 1)}
    count = needed.total()
    longest = count + count // 5 + 1
    text = _small(words)
    found, bounds = _tokens(numbers, text, low, high)
    times = np.array([0, *needed.values()], dtype=np.int64)
    weights = np.array([0.0, *map(len, needed)])
    best: list[tuple[float, int]] = []
    most = _MOST if count <= _LONG else _MOST_LONG
    for start in range(0, len(found), _WORDS):
        first = max(start - longest, 0)
        held = _held(found[first : start + _WORDS], times, weights, longest)[start - first :]
        for _ in range(most):
            at = int(held.argmax())
            if held[at] <= 0:
                break
            best.append((float(held[at]), -(start + at)))
            held[max(at - longest, 0) : at + longest] = 0
    room = count // 5 + 3
    ends = [-at for _, at in sorted(best, reverse=True)[:most]]
    return [_signs(text, bounds, max(end - longest - room, 0), end + room, high) for end in ends]


def _small(text: str) -> str:
    """In small letters and as long as it was."""
    return text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i").lower()


def _tokens(
    numbers: dict[str, int], text: str, low: int, high: int
) -> tuple[NDArray[np.int32], list[tuple[int, int, int]]]:
    """Each word by its number, 0 for one that is not wanted, and where each lot of words begins: by word, from sign to sign."""
    found: list[NDArray[np.int32]] = []
    bounds: list[tuple[int, int, int]] = []
    at, count = low, 0
    while at < high:
        cut = text.find(" ", at + _SIGNS, min(at + _SIGNS + 1000, high))
        end = min(cut if cut >= 0 else at + _SIGNS, high)
        tokens = _TOKEN.findall(text, at, end)
        bounds.append((count, at, end))
        found.append(np.fromiter(map(numbers.get, tokens, repeat(0)), np.int32, len(tokens)))
        count += len(tokens)
        at = end
    return (np.concatenate(found) if found else np.zeros(0, np.int32)), bounds


def _held(
    found: NDArray[np.int32], times: NDArray[np.int64], weights: NDArray[np.float64], longest: int
) -> NDArray[np.float64]:
    """How many letters of what is wanted stand in the stretch that ends at each word; no word counts oftener than it is wanted."""
    here = np.flatnonzero(found)
    order = here[np.argsort(found[here], kind="stable")]
    kinds = found[order]
    # An occurrence counts until the stretch has left it behind, or has the word often enough without it.
    beyond = np.arange(len(order)) + times[kinds]
    later = np.minimum(beyond, len(order) - 1)
    enough = (beyond < len(order)) & (kinds[later] == kinds) if len(order) else np.zeros(0, bool)
    until = np.minimum(order + longest, np.where(enough, order[later], len(found))) if len(order) else order
    length = len(found) + longest + 1
    change = np.bincount(order, weights[kinds], length) - np.bincount(until, weights[kinds], length)
    return np.asarray(change.cumsum()[: len(found)].round(), dtype=np.float64)


def _signs(text: str, bounds: list[tuple[int, int, int]], first: int, last: int, high: int) -> tuple[int, int]:
    """Where these words stand, by signs."""
    return _sign(text, bounds, first)[0], min(_sign(text, bounds, last)[1], high)


def _sign(text: str, bounds: list[tuple[int, int, int]], word: int) -> tuple[int, int]:
    count, low, high = bounds[bisect_right(bounds, word, key=lambda bound: bound[0]) - 1]
    token = next(islice(_TOKEN.finditer(text, low, high), word - count, None), None)
    return token.span() if token else (high, high)
