"""What stands beside a passage in the statement that it is part of, and whether that came, went or changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.evidence.edges import beside
from claims.evidence.folding import fold

Span = tuple[int, int]

#: A word or a figure, or the end of a sentence; and the signs around a statement that are not its words.
_TOKEN = re.compile(r"\w+(?:[.,'-]\w+)*|[.!?]")
_SIGNS = " \n.,;:!?("
_APOSTROPHES = frozenset("'’")
#: Words that join what they stand in with what is around it, and say nothing of it.
_JOINING = frozenset("a an the and but so yet also then that meanwhile however moreover furthermore besides".split())
#: Characters beyond a statement in which its next word is looked for, and words of it that are shown.
_NEAR, _SHOWN = 60, 16


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a passage: ``said`` is what its statement says beyond it, and ``bears`` what bears on it directly.

    ``words`` are those that stand there, the nearest first, beyond the statement, too; the first ``own`` are the statement's.
    """

    said: str
    bears: str
    words: tuple[str, ...]
    own: int

    def differs(self, was: Edge) -> str:
        """What stands there now where ``was`` stood, as a piece of a sentence; empty where the same does.

        Where one is only read further than the other and their next words are the same, the reading has changed and not the text.
        """
        near = min(self.own, was.own) + 1
        if self.words[: self.own] != was.words[: was.own] and self.words[:near] != was.words[:near]:
            return _piece(was.said, self.said)
        return _piece(was.bears, self.bears) if self.bears != was.bears and self.words[:1] != was.words[:1] else ""


def edges(text: str, passage: Span, statement: Span) -> tuple[Edge, Edge]:
    """What stands before and behind a passage of a text, within the statement that it is part of and directly beside it.

    >>> before, behind = edges("He said that at least 785 men fled the camp.", (22, 34), (13, 43))
    >>> before.said, before.words[:3], before.own, behind.said, behind.own
    ('at least', ('least', 'at', 'said'), 2, 'the camp', 1)
    """
    start, end = passage[0], passage[0] + len(text[slice(*passage)].rstrip(_SIGNS))
    low, high = min(start, statement[0]), max(end, statement[1])
    before, behind = text[low:start], text[end:high].rstrip(_SIGNS)
    said = behind if behind[:1] not in _APOSTROPHES else text[start:end].rsplit(maxsplit=1)[-1] + behind
    bears = beside(text, start, end)
    return (
        Edge(_shown(before, -_SHOWN), bears[0], _words(text[max(low - _NEAR, 0) : start])[::-1], len(_words(before))),
        Edge(_shown(said, _SHOWN), bears[1], _words(text[end : high + _NEAR]), len(_words(behind))),
    )


def told_beside(old: Sequence[Edge], new: Sequence[Edge]) -> list[str]:
    """What stands beside a passage now and did not before, in sentences.

    >>> old, new = "Some 785 men fled the camp.", "Some 785 men fled the camp annex."
    >>> told_beside(edges(old, (5, 26), (0, 26)), edges(new, (5, 26), (0, 32)))
    ['“annex” stands behind it now.']
    >>> told_beside(edges(old, (5, 26), (0, 26)), edges(old, (5, 26), (5, 26)))
    []
    """
    differing = [(where, now.differs(was)) for where, was, now in zip(("before", "behind"), old, new, strict=True)]
    return [piece.replace("@", f"{where} it", 1) for where, piece in differing if piece]


def _piece(was: str, now: str) -> str:
    if not now:
        return f"“{was}” stands @ no more."
    return f"“{now}” stands @ now, where “{was}” stood." if was else f"“{now}” stands @ now."


def _shown(text: str, most: int) -> str:
    """Its words in one line; of many, those that are nearest."""
    words = text.strip(_SIGNS).split()
    if len(words) <= abs(most):
        return " ".join(words)
    return f"… {' '.join(words[most:])}" if most < 0 else f"{' '.join(words[:most])} …"


def _words(text: str) -> tuple[str, ...]:
    """Its words but those that join, and where sentences end."""
    return tuple(word for word in _TOKEN.findall(fold(text).words.casefold()) if word not in _JOINING)
