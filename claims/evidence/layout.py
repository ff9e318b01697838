"""A document's text without what its pages put between the words: a word parted at a line's end, page numbers, running heads.

For searching only: every place of the text that is searched has its place in the document. A line is surely the page's where
it comes again at the edges of other pages or counts them. A line that only stands in the midst of a sentence, and looks
like a head, may be one: it is passed over, and shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.evidence.folding import fold
from claims.evidence.telling import telling

#: Longer lines are no heads.
_LONGEST = 80

#: How often a line stands at an edge to be the page's: of pages that have several lines, and of lone lines.
_TWICE, _THRICE = 2, 3

#: So many lines are a page or a part of one; fewer may be a heading and its paragraph.
_SEVERAL = 3

_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n?\f\s*")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\N{HYPHEN}\N{SOFT HYPHEN}][^\S\n]*\n\s*(?=[^\W\d_])")
_HYPHENED = re.compile(r"([^\W\d_]+)(?=-([^\W\d_]+))")
_NUMBER = re.compile(
    r"[^\w\n]{0,3}(?:(?:page|p\.|seite|página|pagina|strona|стр\.)\s?)?(?P<number>\d{1,4})(?:\s?(?:/|of|von|de|sur)\s?\d{1,4})?[^\w\n]{0,3}",
    re.IGNORECASE,
)
_ENDS = frozenset('.!?:;"”’»)\N{HORIZONTAL ELLIPSIS}。')
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?:;\N{HORIZONTAL ELLIPSIS}。！？؟।][\"'”’»)\]]*\s*\Z")
_MIDST = re.compile(r"(?<=[^\s.!?:;])[^\S\n]*\n(?P<line>[^\n]{1,60})\n(?=[^\W\d_])")
_TITLE = re.compile(
    r"(?:\d+[^\w\n]+)?(?:[A-Z\u00c0-\u00de\u0400-\u042f]\w*[^\w\n]+)+\d+|\d+(?:[^\w\n]+[A-Z\u00c0-\u00de\u0400-\u042f]\w*)+"
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """A document's text as it is searched: ``text`` is ``source`` without the lines of ``sure`` and ``unsure`` and without hyphens."""

    source: str
    text: str
    sure: tuple[Span, ...] = ()
    unsure: tuple[Span, ...] = ()
    _at: Sequence[int] = (0,)
    _low: Sequence[int] = (0,)

    def place(self, at: int) -> int:
        """The place of the source where a sign of the text stands."""
        number = bisect_right(self._at, at) - 1
        return self._low[number] + at - self._at[number]

    def span(self, start: int, end: int) -> Span:
        """The span of the source that a span of the text, which is not empty, stands for."""
        return self.place(start), self.place(end - 1) + 1

    def without(self, start: int, end: int) -> Iterator[Span]:
        """A span of the source between the lines that are the page's, surely or perhaps."""
        for low, high in sorted((*self.sure, *self.unsure)):
            if start < high and low < end:
                if text := self.source[start:low].rstrip():
                    yield start, start + len(text)
                start = high + len(self.source[high:end]) - len(self.source[high:end].lstrip())
        yield start, end

    def shown(self, start: int, end: int) -> str:
        """A span of the source as its words are compared: without what is surely the page's, and words in one piece."""
        cuts = sorted((*self.sure, *self._joins(start, end)))
        kept, at = [], start
        for low, high in cuts:
            if at <= low < high <= end:
                kept.append(self.source[at:low])
                at = high
        return "".join((*kept, self.source[at:end]))

    def perhaps(self, start: int, end: int) -> tuple[str, ...]:
        """The lines within a span of the source that are passed over, and may be the page's."""
        return tuple(self.source[low:high] for low, high in self.unsure if start <= low and high <= end)

    def _joins(self, start: int, end: int) -> Iterator[Span]:
        lines = (*self.sure, *self.unsure)
        ends = [
            (low + at - made, after) for (made, low), (at, after) in pairwise(zip(self._at, self._low, strict=True))
        ]
        for low, high in ends:
            if start <= low and high <= end and not any(low <= line < high for line, _ in lines):
                yield low, high


def plain_page(text: str, quoted: str) -> Page:
    r"""A document as a passage of its words is looked for in it.

    >>> plain_page("He told the min-\nister of the well-\nknown case.", "a well-known case").text
    'He told the minister of the well-\nknown case.'
    >>> plain_page("Men who\n\f12\nfled.", "").text.split(), plain_page("Two\n\n12\n\nMen left.", "").text.split()
    (['Men', 'who', 'fled.'], ['Two', '12', 'Men', 'left.'])

    A hyphen at a line's end stays where the passage has the same word with a hyphen.
    """
    if "\n" not in text and "\f" not in text:
        return Page(text, text)
    sure, unsure = _lines(text)
    bare = _cut(text, [*sure, *unsure]) if sure or unsure else Page(text, text)
    keep = {(left, right) for left, right in _HYPHENED.findall(fold(quoted).words.casefold())}
    joins = []
    for hyphen in _HYPHEN.finditer(bare.text):
        start, end = hyphen.span()
        if _joined(bare.text, start, end, keep):
            joins.append((bare.place(start), bare.place(end)) if bare.text is not text else (start, end))
    if not (sure or unsure or joins):
        return Page(text, text)
    whole = _cut(text, [*sure, *unsure, *joins])
    return replace(whole, sure=tuple(sorted(sure)), unsure=tuple(sorted(unsure)))


def _cut(text: str, cuts: Sequence[Span]) -> Page:
    """The text without some spans of it."""
    kept: list[str] = []
    at, low = [0], [0]
    done = length = 0
    for start, end in sorted(cuts):
        if end <= done:
            continue
        if start > done:
            kept.append(text[done:start])
            length += start - done
        if at[-1] == length:
            low[-1] = end
        else:
            at.append(length)
            low.append(end)
        done = end
    kept.append(text[done:])
    return Page(text, "".join(kept), (), (), at, low)


def _joined(text: str, start: int, end: int, keep: set[tuple[str, str]]) -> bool:
    """Whether the two ends of a word belong together without the hyphen."""
    if text[start] == "\N{SOFT HYPHEN}":
        return True
    left, right = text[start - 1], text[end]
    if left.islower() != right.islower() or left.isupper() != right.isupper():
        return False
    return (
        not keep
        or (
            re.split(r"[\W\d_]", text[max(start - 40, 0) : start])[-1].casefold(),
            re.split(r"[\W\d_]", text[end : end + 40])[0].casefold(),
        )
        not in keep
    )


def _lines(text: str) -> tuple[list[Span], list[Span]]:
    """The lines that are surely the page's, and those that may be."""
    edges = list(_edges(text))
    again: dict[str, list[tuple[Span, bool]]] = defaultdict(list)
    numbers: list[tuple[Span, int]] = []
    for start, end, several in edges:
        line = text[start:end]
        if number := _NUMBER.fullmatch(line):
            numbers.append(((start, end), int(number["number"])))
        elif any(sign.isalpha() for sign in line) and not _ENDED.search(line):
            again[_DIGITS.sub("#", line.casefold())].append(((start, end), several))
    sure = {
        span for (span, number), (other, after) in pairwise(numbers) if after == number + 1 for span in (span, other)
    }
    for line, found in again.items():
        spans = sorted({span for span, _ in found})
        enough = _TWICE if all(several for _, several in found) else _THRICE
        if len(spans) >= enough and not telling(line.replace("#", " ")) and _counted(text, spans):
            sure.update(spans)
    sure.update(span for span, _ in numbers if "\f" in text[max(span[0] - 2, 0) : span[1] + 2])
    return list(sure), [span for span in _perhaps(text, edges, sure) if span not in sure]


def _edges(text: str) -> Iterator[tuple[int, int, bool]]:
    """The two lines before and the two after each break between pages or paragraphs, and whether these have several."""
    breaks = [found.span() for found in _BREAK.finditer(text)]
    bounds = [(0, 0), *breaks, (len(text), len(text))]
    seen: set[int] = set()
    for (_, start), (end, _) in pairwise(bounds):
        several = text.count("\n", start, end) >= _SEVERAL - 1
        at = start
        for _ in range(2):
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            yield from _edge(text, at, stop, seen, several)
            at = stop + 1
            if at >= end:
                break
        at = end
        for _ in range(2):
            if at <= start:
                break
            head = max(text.rfind("\n", start, at) + 1, start)
            yield from _edge(text, head, at, seen, several)
            at = head - 1


def _edge(text: str, start: int, end: int, seen: set[int], several: bool) -> Iterator[tuple[int, int, bool]]:  # noqa: FBT001
    if 0 < end - start <= _LONGEST and start not in seen and text[start:end].strip():
        seen.add(start)
        yield start, end, several


def _counted(text: str, spans: Sequence[Span]) -> bool:
    """Whether the figures of lines that are alike, if they have any, count the pages; a # of their own is as like as a figure."""
    found = [[int(each) for each in _DIGITS.findall(text[start:end])] for start, end in spans]
    if not any(found):
        return True
    if len({len(each) for each in found}) > 1:
        return False
    steps = [{b - a for a, b in zip(one, two, strict=True)} for one, two in pairwise(found)]
    return all(step <= {0, 1, 2} and step - {0} for step in steps)


def _perhaps(text: str, edges: Sequence[tuple[int, int, bool]], sure: set[Span]) -> Iterator[Span]:
    """Lines in the midst of a sentence that look like a head or a page number: at a page's edge, or with a number."""
    placed = {start: end for start, end, _ in edges}
    for broken in _BREAK.finditer(text):
        if text[broken.start() - 1 : broken.start()] in _ENDS:
            continue  # most are the ends of paragraphs
        lines = _around(text, broken.span(), placed)
        if not lines:
            continue
        first, last = lines[0][0], lines[-1][1]
        before, after = text[max(first - 200, 0) : first].rstrip(), text[last : last + 200].lstrip()
        if before and not _ENDED.search(before) and after[:1].islower():
            yield from (span for span in lines if span not in sure)
    for midst in _MIDST.finditer(text):
        line = midst["line"].strip()
        if text[midst.end()].islower() and _TITLE.fullmatch(line) and not telling(_DIGITS.sub(" ", line)):
            yield midst.span("line")


def _around(text: str, broken: Span, placed: dict[int, int]) -> list[Span]:
    """The lines at a break that look like the page's: a number before it, a number or a head after it."""
    found: list[Span] = []
    head = text.rfind("\n", max(broken[0] - _LONGEST, 0), broken[0]) + 1
    if head and placed.get(head) == broken[0] and _NUMBER.fullmatch(text[head : broken[0]]):
        found.append((head, broken[0]))
    at = broken[1]
    for _ in range(2):
        end = placed.get(at)
        if end is None or not (_NUMBER.fullmatch(text[at:end]) or _is_head(text[at:end])):
            break
        found.append((at, end))
        at = end + 1
    return found


def _is_head(line: str) -> bool:
    bare = line.strip()
    return bare[:1].isupper() and not _ENDED.search(bare) and not telling(_DIGITS.sub(" ", bare))
