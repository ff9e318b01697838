"""Whether a piece is a sentence that somebody could say, or only a fragment that a wrong parse has left."""

from __future__ import annotations

from collections.abc import Sequence

from claims.statements.tree import FINITE, HELPERS, SUBJECTS, Word
from claims.statements.variants import Piece
from claims.statements.wording import tidied

# Relations of words that only lead to another: a wording that ends in one has lost what it led to.
_LEADING = frozenset({"det", "cc", "preconj", "poss", "aux", "auxpass", "mark", "predet", "case"})
_SUBORDINATORS = frozenset("although because if that unless whereas whether while".split())


def is_sound(piece: Piece, words: Sequence[Word]) -> bool:
    """Whether the piece has a verb of its own where its sentence has one, a subject for it, and no loose end."""
    if not any(word.tag in FINITE for word in words):
        return True
    said = tidied(piece.items)
    if not any(isinstance(item, str) or states(item) for item in said):
        return False
    inside = {item for item in said if isinstance(item, Word)}
    first, last = said[0], said[-1]
    lacks_subject = (
        isinstance(first, Word)
        and first.tag in FINITE
        and not _has_subject(first, inside)
        # unless the text itself is as short: "Has two sons."
        and any(word.dep in SUBJECTS and word.i < first.i for word in words)
    )
    cut_off = isinstance(last, Word) and _leads_nowhere(last, words)
    verbs = [place for place, item in enumerate(said) if isinstance(item, str) or item.pos in {"VERB", "AUX"}]
    widowed = any(isinstance(item, Word) and _opens_clause(item) for item in said[max(verbs, default=-1) + 1 :])
    return not (lacks_subject or cut_off or widowed)


def states(word: Word) -> bool:
    """Whether the word can be the verb of a sentence: it is finite, or may be so in spite of its tag ("Two vans burned")."""
    if word.tag in FINITE:
        return True
    bare = word.tag in {"VB", "VBN"} and word.dep not in {"acl", "amod", "advcl", "pcomp"}
    return bare and not any(child.lower == "to" or child.tag == "VBG" for child in word.all(*HELPERS))


def _has_subject(finite: Word, inside: set[Word]) -> bool:
    """Whether the verb, or the one it helps, has its subject in the piece."""
    return any(child.dep in SUBJECTS and child in inside for verb in (finite, finite.head) for child in verb.children)


def _leads_nowhere(last: Word, words: Sequence[Word]) -> bool:
    """Whether the wording breaks off before what its last word leads to."""
    after = next((word for word in words if word.i > last.i), None)
    runs_on = after is not None and after.dep != "punct"
    if last.dep in _LEADING:
        return last.tag in {"CC", "TO", "DT", "PRP$"} or runs_on
    return runs_on and ((last.dep == "prep" and last.pos != "NUM") or last.lemma == "be") and not last.is_root


def _opens_clause(word: Word) -> bool:
    """Whether the word opens a clause: after the last verb, one that is gone ("..., while")."""
    return word.lower in _SUBORDINATORS and word.tag in {"IN", "WRB"} and not word.children
