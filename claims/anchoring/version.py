"""A version of an article as it is compared: one sign for all kinds of it, its sentences, and the way back to its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from claims.anchoring.notes import is_note
from claims.article import Article
from claims.evidence.folding import fold

#: A sentence without a full stop for so many characters is looked at in pieces of that size.
LONGEST = 600

_SENTENCE_END = re.compile(r"""[.!?]+["')\]]*\ """, re.VERBOSE)
_PARAGRAPH_END = re.compile(r"\n\s*\n")
# What belongs to a figure if it stands right before it: 5 million are not -5 million, nor $5 million.
_MONEY = frozenset("$€£¥₹")
_MINUS = frozenset(
    "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{MINUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
)


class Version:
    """A version as it is compared: what a typesetter may change is folded; and the way back."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._folded = fold(article.text)
        self.text = self._folded.words
        #: The same, sign for sign, without capitals.
        self.caseless = _lower(self.text)
        self._breaks = {self._folded.index(found.end()) for found in _PARAGRAPH_END.finditer(article.text)}
        ends = {0, *self._breaks, *(found.end() for found in _SENTENCE_END.finditer(self.text))}
        #: Where its sentences begin; by their signs alone, which is enough to say what stands near what.
        self.starts = list(_pieces(self.text, sorted(end for end in ends if end < len(self.text))))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the article's text as one of the folded text, without the space around it."""
        first, last = self._folded.index(start), self._folded.index(end)
        while first < last and self.text[first] == " ":
            first += 1
        while last > first and self.text[last - 1] == " ":
            last -= 1
        return first, last

    def back(self, first: int, last: int) -> tuple[int, int]:
        """The inverse of :meth:`span`."""
        return self._folded.span(first, last)

    def shown(self, first: int, last: int) -> str:
        """What stands there in the article, exactly."""
        start, end = self.back(first, last)
        return self.article.text[start:end]

    def sentence(self, place: int) -> int:
        """The number of the sentence that stands at a place."""
        return max(bisect_right(self.starts, place) - 1, 0)

    def ends(self, number: int) -> int:
        """Where a sentence ends."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)

    def touched(self, first: int, last: int) -> range:
        """The numbers of the sentences that a span touches."""
        return range(self.sentence(first), self.sentence(max(last - 1, first)) + 1)

    def around(self, first: int, last: int) -> tuple[int, int]:
        """The span of the sentences that a span touches."""
        touched = self.touched(first, last)
        return self.starts[touched[0]], self.ends(touched[-1])

    def begins(self, place: int) -> bool:
        """Whether no word of its sentence stands before a place."""
        return not any(map(str.isalnum, self.text[self.starts[self.sentence(place)] : place]))

    def note_around(self, first: int, last: int) -> tuple[int, int] | None:
        """The span of the sentences there, with the one before them, if what they say is what the text said earlier.

        So it is where one of them speaks of an earlier version or of a correction, or the one before in their paragraph does.
        """
        numbers = self.touched(first, last)
        before = numbers[0] - 1
        if before in self._notes and self.starts[numbers[0]] not in self._breaks:
            return self.starts[before], self.ends(numbers[-1])
        return None if self._notes.isdisjoint(numbers) else self.around(first, last)

    @cached_property
    def _notes(self) -> frozenset[int]:
        return frozenset(number for number, sentence in enumerate(self.sentences) if is_note(sentence))

    @cached_property
    def sentences(self) -> list[str]:
        """Each sentence's words, without capitals."""
        return [self.caseless[start:end].strip() for start, end in pairwise([*self.starts, len(self.text)])]

    @cached_property
    def holding(self) -> dict[str, list[int]]:
        """The sentences that hold a word."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for word in dict.fromkeys(words_in(sentence)):
                found[word].append(number)
        return found

    def is_cut(self, first: int, last: int) -> bool:
        """Whether a span begins or ends within a word or a figure: 12 is no part of 312, nor of 12.5, nor of -12."""
        return self._is_tied(first) or self._is_tied_on(last)

    def whole(self, first: int, last: int) -> tuple[int, int]:
        """The span with all of the word, or of the figure with its sign, that it begins or ends in."""
        while self._is_tied(first):
            first -= 2 if self.text[first - 1] in ".," else 1
        while self._is_tied_on(last):
            last += 2 if self.text[last] in ".," else 1
        return first, last

    def _is_tied(self, place: int) -> bool:
        """Whether what begins at a place goes on from before it."""
        if not place:
            return False
        before, begins = self.text[place - 1], self.text[place]
        if begins.isalnum() and before.isalnum():
            return True
        if begins.isdigit() and before in ".,":
            return self.text[place - 2 : place - 1].isdigit()
        if begins.isdigit() or begins in _MONEY:
            start, _ = self.back(place, place + 1)
            return self.article.text[start - 1 : start] in {*_MONEY, *_MINUS}
        return False

    def _is_tied_on(self, place: int) -> bool:
        """Whether what ends before a place goes on there."""
        ends, after = self.text[place - 1], self.text[place : place + 2]
        if not after or not ends.isalnum():
            return False
        goes_on = ends.isdigit() and (after[0] == "%" or (after[0] in ".," and after[1:].isdigit()))
        return after[0].isalnum() or goes_on


def places(text: str, words: str) -> list[int]:
    """Where these words begin in a text, each place of them.

    >>> places("no no no", "no no")
    [0, 3]
    """
    found, place = [], text.find(words)
    while place >= 0:
        found.append(place)
        place = text.find(words, place + 1)
    return found


def _pieces(text: str, starts: Sequence[int]) -> Iterator[int]:
    """The same starts, and others between them where they are far apart, each after a space if there is one."""
    for start, end in pairwise([*starts, len(text)]):
        while end - start > 2 * LONGEST:
            yield start
            start = text.find(" ", start + LONGEST, start + 2 * LONGEST) + 1 or start + LONGEST  # noqa: PLW2901
        yield start


def words_in(text: str) -> list[str]:
    """The words of a text, whatever their case.

    >>> words_in("Two vans, 785 men")
    ['two', 'vans', '785', 'men']
    """
    return re.findall(r"\w+", text.casefold())


def _lower(text: str) -> str:
    """A text in small letters, each where it stood; one that would be two letters stays."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
