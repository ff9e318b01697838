"""A version of an article as it is compared: one sign for all kinds of it, its sentences, and the way back to its text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from claims.article import Article

#: A sentence without a full stop for so many characters is looked at in pieces of that size.
LONGEST = 600

#: Kinds of one sign, and signs that are not seen.
FOLDED = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ´`′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF], ""),
    ord("…"): "...",
}
_SENTENCE_END = re.compile(r"""[.!?]+["')\]]*\ """, re.VERBOSE)
_MONEY = frozenset("$€£¥₹-")


class Version:
    """A version as it is compared: one sign for all kinds of it, one space for all between words; and the way back."""

    def __init__(self, article: Article) -> None:
        self.article = article
        signs: list[str] = []
        places: list[int] = []
        breaks: list[int] = []
        for place, sign in enumerate(article.text):
            if sign.isalnum():
                signs.append(sign)
                places.append(place)
            elif sign.isspace():
                if signs and signs[-1] != " ":
                    signs.append(" ")
                    places.append(place)
                elif signs and sign == "\n" and "\n" in article.text[places[-1] : place]:
                    breaks.append(len(signs))
            else:
                kinds = FOLDED.get(ord(sign), sign)
                signs += kinds
                places += [place] * len(kinds)
        self.text = "".join(signs)
        self.places = places
        ends = {0, *breaks, *(found.end() for found in _SENTENCE_END.finditer(self.text))}
        #: Where its sentences begin; by their signs alone, which is enough to say what stands near what.
        self.starts = list(_pieces(self.text, sorted(end for end in ends if end < len(self.text))))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the article's text as one of the folded text, without the space around it."""
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        while first < last and self.text[first] == " ":
            first += 1
        while last > first and self.text[last - 1] == " ":
            last -= 1
        return first, last

    def back(self, first: int, last: int) -> tuple[int, int]:
        """The inverse of :meth:`span`."""
        return self.places[first], self.places[last - 1] + 1

    def sentence(self, place: int) -> int:
        """The number of the sentence that stands at a place."""
        return max(bisect_right(self.starts, place) - 1, 0)

    def ends(self, number: int) -> int:
        """Where a sentence ends."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)

    def around(self, first: int, last: int) -> tuple[int, int]:
        """The span of the sentences that a span touches."""
        return self.starts[self.sentence(first)], self.ends(self.sentence(max(last - 1, first)))

    @cached_property
    def sentences(self) -> list[str]:
        """Each sentence's words."""
        return [self.text[start:end].strip() for start, end in pairwise([*self.starts, len(self.text)])]

    @cached_property
    def holding(self) -> dict[str, list[int]]:
        """The sentences that hold a word."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for word in dict.fromkeys(words_in(sentence)):
                found[word].append(number)
        return found

    def is_cut(self, first: int, last: int) -> bool:
        """Whether a span begins or ends within a word or a figure: 12 is no part of 312, nor of 12.5."""
        text = self.text
        before, after = text[max(first - 2, 0) : first], text[last : last + 2]
        begins, ends = text[first], text[last - 1]
        if before and begins.isalnum():
            parted = begins.isdigit() and ((before[-1] in ".," and before[:-1].isdigit()) or before[-1] in _MONEY)
            if before[-1].isalnum() or parted:
                return True
        if after and ends.isalnum():
            parted = ends.isdigit() and (after[0] == "%" or (after[0] in ".," and after[1:].isdigit()))
            return after[0].isalnum() or parted
        return False

    def holds(self, quote: str) -> list[int]:
        """Where these words begin, each place of them."""
        found, place = [], self.text.find(quote)
        while place >= 0:
            found.append(place)
            place = self.text.find(quote, place + 1)
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
