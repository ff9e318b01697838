"""A passage beside its document, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from claims.evidence.folding import fold
from claims.evidence.likely import WORD
from claims.evidence.telling import alters


@dataclass(frozen=True, slots=True)
class Run:
    """Words of the passage beside the document's at the same place; either may be empty, and equal ones are the same.

    ``aside`` is a line that stands among the document's words and looks like the head or the number of a page.
    """

    quoted: str
    found: str
    same: bool
    aside: bool = False

    @property
    def alters(self) -> bool:
        """Whether the one says another thing than the other, as far as that is seen without the words around it."""
        return not self.same and not self.aside and alters(self.quoted, self.found)


def side_by_side(quoted: str, found: str) -> list[Run]:
    """Passage and document side by side, cut where they begin to differ and where they cease to.

    >>> [(run.quoted, run.found) for run in side_by_side("two vans wait", "two  big vans wait") if not run.same]
    [('', 'big')]
    >>> side_by_side("two vans", "Two vans")[0].same, side_by_side("vans", "“vans”")[0].same, side_by_side("", "")
    (False, False, [])
    """
    left, right = ([word.span() for word in WORD.finditer(words)] for words in (quoted, found))
    keys = ([fold(words[start:end]).words for start, end in spans] for words, spans in ((quoted, left), (found, right)))
    runs: list[Run] = []
    for same, turns in groupby(Levenshtein.opcodes(*keys), lambda turn: turn.tag == "equal"):
        first, *_, last = [*turns] * 2  # what differs in one place is one difference: "did not" for "didn't"
        runs.append(
            Run(
                _words(quoted, left[first.src_start : last.src_end]),
                _words(found, right[first.dest_start : last.dest_end]),
                same,
            )
        )
    return runs


def _words(text: str, spans: list[tuple[int, int]]) -> str:
    return " ".join(text[spans[0][0] : spans[-1][1]].split()) if spans else ""
