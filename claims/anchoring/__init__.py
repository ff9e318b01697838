"""Where a claim's passage stands in another version of its article.

A claim is anchored by the Web Annotation Data Model's two selectors (W3C, 2017): a position, and a quote with its context.
They are healed as Hypothesis' fuzzy anchoring heals them (Csillag, 2013): by the exact words; by their context, where they
stand several times; then by an approximate match with a score, first where the passage stood and then elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.anchoring.anchors import CONTEXT, Anchor, Healed, State, context
from claims.anchoring.healing import ELSEWHERE, IN_PLACE, Healing
from claims.anchoring.notes import TURNING
from claims.anchoring.wording import differences
from claims.article import Article

__all__ = [
    "CONTEXT",
    "ELSEWHERE",
    "IN_PLACE",
    "TURNING",
    "Anchor",
    "Healed",
    "State",
    "context",
    "differences",
    "heal",
]


def heal(old: Article, anchors: Sequence[Anchor], new: Article) -> list[Healed]:
    """Where each passage of the old version stands in the new one, in the order given.

    >>> old = Article("Two vans waited. Some 785 inmates fled, he said. Nobody was hurt.")
    >>> new = Article("Korda. Two vans waited. Some 249 inmates fled, he said.")
    >>> def anchor(quote):
    ...     return Anchor(old.text.index(quote), old.text.index(quote) + len(quote), quote)
    >>> told = ["Two vans waited.", "Some 785 inmates fled", "Nobody was hurt."]
    >>> for each in heal(old, [anchor(quote) for quote in told], new):
    ...     print(each.state, round(each.score, 2), each.was, "|", each.now or "nothing")
    moved 1.0 Two vans waited. | Two vans waited.
    reworded 0.86 Some 785 inmates fled | Some 249 inmates fled
    gone 0.0 Nobody was hurt. | nothing

    Another spelling of the same signs (“ for ", a space for a line's end) is no other words; ``was`` and ``now`` show it. Words
    that stand only in what is the new page's furniture are gone, unless they stood in furniture before. Passages that stood
    apart are never put at one place. The same two versions give the same on any machine; a text of 500,000 characters
    with 2,000 passages takes seconds.
    """
    return Healing(old, anchors, new).healed()
