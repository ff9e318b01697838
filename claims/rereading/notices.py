"""Notices of a correction: what an article says of its own earlier text, and which claims that is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from claims.anchoring.notes import is_note
from claims.evidence.folding import fold
from claims.figures import find_figures
from claims.paragraphs import find_paragraphs

#: How a notice begins, at the head of a paragraph or of a sentence.
_OPENS = re.compile(
    r"""
    (?: \A | (?<=[.!?]) \s+ | (?<=[.!?]["”’)\]]) \s+ ) (?P<notice> \W{0,3} (?:
        (?: corrections? | clarifications? | corrected | amendments? | errat(?:um|a) | retraction )
            (?= \s* (?: [:;,.()\[\]–—-] | \Z ) | \s (?: (?: and | to | on | of | appended ) \b | \d) )
      | editor['’]?s['’]? \s note (?= \s* [:;,.()\[\]–—-] | \s on \b | \s* \Z )
      | (?: update | updated ) (?= \s* (?: [:;,()\[\]–—-] | \d | \Z ) )
    ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Words of a heading alone: the notice is the paragraph below it.
_HEADING = 4
#: Words that two texts share before they are about one thing, letters that such a word has, and those that it is known by.
_SHARED, _LETTERS, _STEM = 2, 4, 5
_TELLS_NOTHING = frozenset(
    """
    about after also article been before below correction clarification could earlier editor early final first from gave given
    have headline incorrectly into last least less more most note number only over posted previous previously published report
    reported said says should some stated story than that their them then there these they this those told under update updated
    version were what when where which while with would wrong
    """.split()
)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice where it stands, with its words in one line."""

    start: int
    end: int
    words: str

    def is_about(self, passage: str) -> bool:
        """Whether it shares the passage's figure, or two of its words or names.

        >>> told = Notice(0, 0, "Correction: An earlier version said that at least 312 inmates escaped. The number was 97.")
        >>> told.is_about("All 312 fled."), told.is_about("The inmates escaped."), told.is_about("Two vans waited.")
        (True, True, False)
        """
        return bool(_figures(passage) & _figures(self.words)) or len(_words(passage) & _words(self.words)) >= _SHARED


def notices(text: str) -> list[Notice]:
    r"""The notices of a text, in order; each goes to the end of its paragraph.

    >>> [each.words for each in notices("Half fled.\n\nCorrection: An earlier version said all.\n\nCorrection officers fled.")]
    ['Correction: An earlier version said all.']
    >>> [each.words for each in notices("Half fled. Update: A third fled.\n\nCorrection\n\nThe mayor is Ilic.")]
    ['Update: A third fled.', 'Correction The mayor is Ilic.']
    """
    found = []
    paragraphs = find_paragraphs(text)
    for number, (start, end) in enumerate(paragraphs):
        if (opens := _OPENS.search(text[start:end])) is None:
            continue
        begin = start + opens.start("notice")
        is_heading = text[end - 1] not in ".!?" and len(text[start:end].split()) <= _HEADING
        last = paragraphs[number + 1][1] if is_heading and number + 1 < len(paragraphs) else end
        found.append(Notice(begin, last, " ".join(text[begin:last].split())))
    return found


def new_notices(old: str, new: str) -> list[Notice]:
    """The notices of a new text that its old one had not."""
    before = {fold(each.words).words for each in notices(old)}
    return [each for each in notices(new) if fold(each.words).words not in before]


def is_retold(speaker: str | None, start: int, told: Iterable[Notice]) -> bool:
    """Whether a claim is what a notice says that the earlier text said, and none of the article any more.

    >>> told = notices("Correction: An earlier version said that half fled.")
    >>> is_retold("An earlier version", 40, told), is_retold("the mayor", 40, told)
    (True, False)
    """
    return is_note((speaker or "").casefold()) and any(each.start <= start < each.end for each in told)


@lru_cache
def _figures(text: str) -> frozenset[float]:
    ends = (end for figure in find_figures(text) for end in (figure.low, figure.high))
    return frozenset(end for end in ends if end is not None)


@lru_cache
def _words(text: str) -> frozenset[str]:
    """Its words of weight by their first letters, so that "escaped" and "escape" are one."""
    found = re.findall(r"[^\W\d_]+", fold(text).words.casefold())
    return frozenset(word[:_STEM] for word in found if len(word) >= _LETTERS and word not in _TELLS_NOTHING)
