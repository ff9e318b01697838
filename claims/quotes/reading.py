"""A parsed text as the quotes' rooms see it: its passages as token ranges, its cues, and the words between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from claims.grammar import Doc, Token
from claims.quotes.cues import Cue, find_cues
from claims.quotes.marks import Passage, find_passages

_FINAL = frozenset(".!?;")
_MARKS = frozenset("\"'`“”„«»‘’")
_LONG_ENOUGH_FOR_CAPITALS = 4  # characters; shorter words stay small in titles
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_BEFORE_NOUN = frozenset({"ADV", "DET", "ADJ", "NUM", "SPACE"})

#: Parts of speech that may stand between a speaker and the verb.
LIGHT = frozenset({"ADV", "AUX", "SPACE", "PART", "PUNCT"})

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """``ranges[no]`` are the tokens of passage ``no``; ``quoted[i]`` is token ``i``'s passage, or -1 outside all."""

    doc: Doc
    passages: list[Passage]
    ranges: list[Range]
    quoted: list[int]
    cues: list[Cue]
    _cue_starts: list[int]
    _sentence_starts: list[int]

    @property
    def text(self) -> str:
        """The text that is read."""
        return self.doc.text

    def sentence(self, at: int) -> Range:
        """The tokens of the sentence that token ``at`` stands in."""
        after = bisect_right(self._sentence_starts, at)
        return self._sentence_starts[after - 1], [*self._sentence_starts[after : after + 1], len(self.doc)][0]

    def cues_in(self, first: int, last: int) -> list[Cue]:
        """The cues that begin in tokens ``first`` to ``last`` (excluded)."""
        return self.cues[bisect_left(self._cue_starts, first) : bisect_left(self._cue_starts, last)]

    def is_free(self, at: int) -> bool:
        """Whether token ``at`` is a word of the reporter's running sentence: no quoted word, no sentence's end."""
        token = self.doc[at]
        return self.quoted[at] < 0 and token.text not in _FINAL and "\n" not in token.text

    def gap_after(self, no: int) -> Range:
        """The tokens after passage ``no`` up to the next passage or the sentence's end."""
        return self.free_from(self.ranges[no][1])

    def free_from(self, start: int) -> Range:
        """The reporter's words from token ``start`` to the next passage or the sentence's end."""
        end = start
        while end < len(self.doc) and self.is_free(end):
            end += 1
        return start, end

    def gap_before(self, end: int) -> Range:
        """The tokens before token ``end`` back to the passage before it or the sentence's start."""
        start = end
        while start > 0 and self.is_free(start - 1):
            start -= 1
        return start, end

    def before(self, no: int) -> int:
        """The token before passage ``no``, white space aside; -1 where there is none."""
        at = self.ranges[no][0] - 1
        while at >= 0 and self.doc[at].is_space:
            at -= 1
        return at

    def begins_line(self, no: int) -> bool:
        """Whether only white space stands before passage ``no`` on its line."""
        before = self.before(no)
        end = self.doc[before].idx + len(self.doc[before]) if before >= 0 else 0
        return before < 0 or "\n" in self.text[end : self.passages[no].start]

    def begins_capital(self, no: int) -> bool:
        """Whether the first word of passage ``no`` is written like that of a sentence."""
        first, last = self.ranges[no]
        return next((token.text[0].isupper() for token in self.doc[first:last] if token.text[0].isalnum()), False)

    def is_title(self, no: int) -> bool:
        """Whether passage ``no`` is written like the name of a book or a show: “The Long Winter”."""
        first, last = self.ranges[no]
        words = [token for token in self.doc[first:last] if len(token) >= _LONG_ENOUGH_FOR_CAPITALS]
        return bool(words) and self.last_said(no).isalnum() and all(token.text[0].isupper() for token in words)

    def last_said(self, no: int) -> str:
        """The last character of passage ``no`` before its closing mark; a comma after the mark counts as before it."""
        text, passage = self.text, self.passages[no]
        if text[passage.end : passage.end + 1] == ",":
            return ","
        at = passage.end - 1
        while at > passage.start and text[at] in _MARKS:
            at -= 1
        return text[at]

    def noun_after(self, start: int, end: int) -> Token | None:
        """The head of the noun phrase right after a verb whose subject the parse lost."""
        doc = self.doc
        while start < end and (
            doc[start].pos_ in _BEFORE_NOUN or doc[start].dep_ in {"compound", "amod", "poss", "case"}
        ):
            start += 1
        return doc[start] if start < end and doc[start].pos_ in _NOMINAL else None

    def noun_before(self, start: int, end: int) -> Token | None:
        """The noun right before a verb whose subject the parse lost, adverbs and auxiliaries aside."""
        doc = self.doc
        while end > start and doc[end - 1].pos_ in LIGHT and not doc[end - 1].is_title:
            end -= 1
        return doc[end - 1] if end > start and (doc[end - 1].pos_ in _NOMINAL or doc[end - 1].is_title) else None

    def between(self, earlier: int, later: int) -> str:
        """The text between two passages."""
        return self.text[self.passages[earlier].end : self.passages[later].start]


def read(doc: Doc) -> Reading:
    """Passages and cues of a parsed text."""
    passages = find_passages(doc.text)
    quoted = [-1] * len(doc)
    ranges: list[Range] = []
    kept: list[Passage] = []
    places = [token.idx for token in doc]
    at = 0
    for passage in passages:
        first = bisect_right(places, passage.start, at)
        if first > at and places[first - 1] + len(doc[first - 1]) > passage.start:
            first -= 1  # it begins within this word
        at = bisect_left(places, passage.end, first)
        quoted[first:at] = [len(kept)] * (at - first)
        if first < at:
            kept.append(passage)
            ranges.append((first, at))
    cues = find_cues(doc, quoted)
    return Reading(doc, kept, ranges, quoted, cues, [cue.first for cue in cues], [span.start for span in doc.sents])
