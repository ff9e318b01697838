"""An anchor, what became of it in another version, and the context that tells one place from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What became of a passage: the same words at the same place, the same words elsewhere, other words, nothing that is like it.
State = Literal["unchanged", "moved", "reworded", "gone"]

#: Characters of context that tell one place of the same words from another.
CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands: ``quote`` is ``text[start:end]``, with up to 32 characters of what is before and after it.

    One whose ``start`` is its ``end`` stands nowhere: its quote was gone from an earlier version.
    """

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Healed:
    """Where a passage stands in the new text, in characters; ``quote`` is what stands there, exactly.

    ``score`` runs from 0 to 1: how alike the words are. ``was`` and ``now`` are the words to be compared: those of the passage,
    or of its whole sentence, where the passage stands and the words around it turn its sense. One that is gone has no words
    now, and stands from ``start`` to ``start``, about where it was.
    """

    state: State
    start: int
    end: int
    quote: str
    score: float
    was: str
    now: str


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a passage, as an anchor keeps it.

    >>> context("Two vans waited.", 4, 8)
    ('Two ', ' waited.')
    """
    return text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
