"""Two wordings side by side: how alike they are, what of one corresponds to a passage of the other, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from claims.anchoring.version import FOLDED

_TOKEN = re.compile(
    r"""
    \w+(?:[.,'’-]\w+)*%?     # a word, a figure with its marks, a share
    | [^\w\s]               # any other sign by itself
    """,
    re.VERBOSE,
)
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
    sides = [[found[0] for found in re.finditer(rf"\s+|{_TOKEN.pattern}", text, re.VERBOSE)] for text in (was, now)]
    folded = [[each.translate(FOLDED) if each.strip() else " " for each in side] for side in sides]
    steps = SequenceMatcher(None, folded[0], folded[1], autojunk=False).get_opcodes()
    before = [("".join(sides[0][low:high]), what != "equal") for what, low, high, _, _ in steps if low < high]
    after = [("".join(sides[1][low:high]), what != "equal") for what, _, _, low, high in steps if low < high]
    return before, after


def corresponding(
    before: str, around: tuple[int, int], span: tuple[int, int], after: str, place: tuple[int, int]
) -> tuple[int, int] | None:
    """What of the sentences at ``place`` corresponds to a span of the old sentences, by a comparison word for word.

    >>> corresponding("He said 785 men fled.", (0, 21), (8, 20), "She said 1,249 men fled.", (0, 24))
    (9, 23)
    """
    old = [found.span() for found in _TOKEN.finditer(before, *around)]
    new = [found.span() for found in _TOKEN.finditer(after, *place)]
    inside = [number for number, (start, end) in enumerate(old) if start < span[1] and end > span[0]]
    if not inside or not new:
        return None
    sides = [[text[start:end].casefold() for start, end in side] for text, side in ((before, old), (after, new))]
    steps = SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes()
    first, last = _begins(steps, inside[0]), _ends(steps, inside[-1] + 1)
    return (new[first][0], new[last - 1][1]) if first < last else None


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
