"""What stands beside a passage in the statement that it is part of, and whether that came, went or changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from claims.evidence.edges import beside
from claims.evidence.folding import fold
from claims.evidence.telling import telling

Span = tuple[int, int]

#: A word, letters with points, a figure with its signs, or the end of a sentence; and the signs around a statement.
_TOKEN = re.compile(
    r"(?P<figure>(?<![\w-])-?[$£€¥₽₺₹]?\d+(?:[.,:]\d+)*[%‰]?(?!\w))"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|\w+(?:[.,:'-]\w+)*)|[$€£¥₽₺₹%‰~≈<>≤≥.!?]"
)
#: Where a dash stands apart from the word before it.
_APART = re.compile(r"(?<!\s)\s+(?=[–—−-])|(?<=\s[–—−-])\s+")
_SIGNS = " \n.,;:!?("
_APOSTROPHES = frozenset("'’")
#: Words that join what they stand in with what is around it, and say nothing of it; "A" inside of a sentence is a name.
_JOINING = frozenset("a an the and but so yet also then that meanwhile however moreover furthermore besides".split())
_NAMED = re.compile(r"(?<=[^\W_] )A(?![\w'’]|\.\w)")
#: What a word may tell that another spelling of it tells, too: a number, a day, a share, money.
_SPELT = re.compile(r"\d.*|no\. .*|month .*|day .*|in (?:%|dollar|euro)")
#: Spellings of one word: "organise" is "organize", "labour" is "labor", "centre" is "center".
_SPELLINGS = (
    (re.compile(r"(?<=[^\W\d_]{3})is(?=(?:e|ed|es|er|ers|ing|ations?)\Z)"), "iz"),
    (re.compile(r"(?<=[^\W\d_]{3})our"), "or"),
    (re.compile(r"(?<=[^\W\d_]{2})tre(?=s?\Z)"), "ter"),
)
#: Characters beyond a statement in which its next word is looked for, and words of it that are shown.
_NEAR, _SHOWN = 60, 16


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a passage: ``said`` is what its statement says beyond it, and ``bears`` what bears on it directly.

    ``words`` are those that stand there, the nearest first, beyond the statement, too; the first ``own`` are the statement's.
    ``ahead`` is which way one reads away from the passage: 1 behind it, -1 before it.
    """

    said: str
    bears: str
    words: tuple[str, ...]
    own: int
    ahead: int

    def differs(self, was: Edge) -> str:
        """What stands there now where ``was`` stood, as a piece of a sentence; empty where the same does.

        Where one is only read further than the other and their next words are the same, the reading has changed and not the text.
        """
        near = min(self.own, was.own) + 1
        if self.words[: self.own] != was.words[: was.own] and self.words[:near] != was.words[:near]:
            return _piece(*_shown(was.said, self.said, self.ahead))
        return _piece(was.bears, self.bears) if _words(self.bears) != _words(was.bears) else ""


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
        Edge(_line(before), bears[0], _words(text[max(low - _NEAR, 0) : start])[::-1], len(_words(before)), -1),
        Edge(_line(said), bears[1], _words(text[end : high + _NEAR]), len(_words(behind)), 1),
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


def _line(text: str) -> str:
    return " ".join(text.strip(_SIGNS).split())


def _shown(was: str, now: str, ahead: int) -> tuple[str, str]:
    """Both in full, or, of many words, those from the first on, away from the passage, in which they differ.

    >>> _shown("a" + 20 * " b" + " c", "a" + 20 * " b" + " d", 1), _shown("x" + 20 * " y", "", -1)[0].split()[:2]
    (('… c', '… d'), ['…', 'y'])
    """
    one, two = was.split()[::ahead], now.split()[::ahead]
    pairs = enumerate(zip(one, two, strict=False))
    differ = next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(two)))
    skipped = differ if max(len(one), len(two)) > _SHOWN else 0
    return _part(one, skipped, ahead), _part(two, skipped, ahead)


def _part(words: list[str], skipped: int, ahead: int) -> str:
    """Some of its words, and where others stand."""
    shown = words[skipped : skipped + _SHOWN]
    marks = ["…"] if shown and skipped else [], ["…"] if len(words) > skipped + _SHOWN else []
    return " ".join([*marks[0], *shown, *marks[1]][::ahead])


def _words(text: str) -> tuple[str, ...]:
    """Its words but those that join, and where sentences end; one spelling of a word, a number and a day for all.

    >>> _words("on 4 March, in the U.S.") == _words("on March 4, in the US"), _words("two raids") == _words("2 raids")
    (True, True)
    >>> _words("from a camp"), _words("from camp A"), _words("by 5%")
    (('from', 'camp'), ('from', 'camp', 'A'), ('by', '5', 'in %'))
    """
    folded = " ".join(fold(piece).words for piece in _APART.split(text))
    found = _TOKEN.finditer(_NAMED.sub("A_", folded))
    return tuple(_dated([key for token in found if token[0].casefold() not in _JOINING for key in _keys(token)]))


def _keys(token: re.Match[str]) -> list[str]:
    """What a word is compared by: the numbers and the days that it tells, or its letters without points and hyphens."""
    word = token[0].casefold()
    told = sorted(telling(word.replace(":", ".")))
    if told and all(map(_SPELT.fullmatch, told)) and (not token["word"] or word.replace("-", "").isalpha()):
        return told
    if not token["word"]:
        return [word]
    if token[0] == "A_":
        return ["A"]
    word = re.sub(r"[.'-]", "", word)
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return [word]


def _dated(keys: list[str]) -> list[str]:
    """The same with the parts of each day in one order: "4 March" is "March 4"."""
    ordered: list[str] = []
    for is_part, run in groupby(keys, key=lambda key: key[:1].isdigit() or _is_month(key)):
        parts = list(run)
        ordered += sorted(parts) if is_part and any(map(_is_month, parts)) else parts
    return ordered


def _is_month(key: str) -> bool:
    return key == "may" or key.startswith("month ")
