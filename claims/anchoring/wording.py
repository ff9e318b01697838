"""Two wordings side by side: how alike they are, what of one corresponds to a passage of the other, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

from claims.evidence.folding import Folded, fold

_TOKEN = re.compile(
    r"""
    \w+(?:[.,']\w+)*%?       # a word, a figure with its marks, a share
    | [^\w\s]               # any other sign by itself
    """,
    re.VERBOSE,
)
_Span = tuple[int, int]
_Step = tuple[str, int, int, int, int]


def likeness(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1: the share of their characters that stand in both, in one order.

    >>> likeness("785 fled", "249 fled")
    0.625
    """
    return fuzz.ratio(one, other) / 100


def differences(was: str, now: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in pieces, each with whether the other has it otherwise; the pieces joined are the text.

    Another kind of quotation mark, dash or space is no difference.

    >>> differences("Some 785 men fled.", "Some 249 men fled.")[1]
    [('Some ', False), ('249', True), (' men fled.', False)]
    >>> differences("“Two vans”", '"Two vans"')[0]
    [('“Two vans”', False)]
    """
    folded = fold(was), fold(now)
    sides = [
        [found.span() for found in re.finditer(rf"\s+|{_TOKEN.pattern}", each.words, re.VERBOSE)] for each in folded
    ]
    words = [[each.words[start:end] for start, end in side] for each, side in zip(folded, sides, strict=True)]
    steps = SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes()
    before = _cut(folded[0], sides[0], [(low, high, what != "equal") for what, low, high, _, _ in steps])
    after = _cut(folded[1], sides[1], [(low, high, what != "equal") for what, _, _, low, high in steps])
    return before, after


def _cut(
    folded: Folded, words: Sequence[tuple[int, int]], steps: Sequence[tuple[int, int, bool]]
) -> list[tuple[str, bool]]:
    """A text in the pieces of these steps; what is not seen goes with what stands before it."""
    pieces, start = [], 0
    for _, high, differs in steps:
        end = folded.span(*words[high - 1])[1] if 0 < high < len(words) else len(folded.text) if high else 0
        if start < end:
            pieces.append((folded.text[start:end], differs))
            start = end
    return pieces


class Corresponding:
    """What of some sentences of one text corresponds to a span of those of another, by a comparison word for word.

    >>> Corresponding("He said 785 men fled.", "She said 1,249 men fled.").span((0, 21), (8, 20), (0, 24))
    (9, 23)
    """

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        # Passages of one sentence are compared with the same sentences.
        self._compared = lru_cache(1_000)(self._compare)

    def span(self, around: tuple[int, int], span: tuple[int, int], place: tuple[int, int]) -> tuple[int, int] | None:
        """What at ``place`` corresponds to a ``span`` in the sentences ``around`` it."""
        old, new, steps = self._compared(around, place)
        inside = [number for number, (start, end) in enumerate(old) if start < span[1] and end > span[0]]
        if not inside or not new:
            return None
        first, last = _begins(steps, inside[0]), _ends(steps, inside[-1] + 1)
        return (new[first][0], new[last - 1][1]) if first < last else None

    def _compare(self, around: tuple[int, int], place: tuple[int, int]) -> tuple[list[_Span], list[_Span], list[_Step]]:
        old = [found.span() for found in _TOKEN.finditer(self._before, *around)]
        new = [found.span() for found in _TOKEN.finditer(self._after, *place)]
        sides = [
            [text[start:end].casefold() for start, end in side]
            for text, side in ((self._before, old), (self._after, new))
        ]
        steps: list[_Step] = [*SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes()]
        return old, new, steps


def _begins(steps: Sequence[_Step], at: int) -> int:
    """The word of the new text with which begins what began with this word of the old one."""
    for number, (what, low, high, first, last) in enumerate(steps):
        if low <= at < high:
            if what == "equal":
                # What was put before the first word of a sentence is its beginning now.
                return (
                    steps[number - 1][3]
                    if at == 0 and number and steps[number - 1][0] == "insert"
                    else first + at - low
                )
            return first + round((at - low) / (high - low) * (last - first))
    return 0


def _ends(steps: Sequence[_Step], at: int) -> int:
    """Behind the word of the new text with which ends what ended before this word of the old one."""
    for what, low, high, first, last in steps:
        if low < at <= high:
            return first + at - low if what == "equal" else first + round((at - low) / (high - low) * (last - first))
    return 0
