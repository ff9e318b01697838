"""Quotation marks: which words of a text stand between them, however they are paired, nested or left open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.paragraphs import find_paragraphs

_OPENING = "\N{LEFT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_CLOSING = "\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_MARK = re.compile(rf"[{_OPENING}{_CLOSING}\"]|''|``")
_EITHER = frozenset({'"', "''", "``"})
_DASHES = "-/\N{EN DASH}\N{EM DASH}"
_BEFORE_OPENING = frozenset("([{:" + _DASHES + "\N{LEFT SINGLE QUOTATION MARK}'")
_AFTER_CLOSING = frozenset(")]},.;:!?" + _DASHES + "\N{RIGHT SINGLE QUOTATION MARK}'")

_SINGLE = re.compile(
    r"""(?<![\w'])
    (?: \N{LEFT SINGLE QUOTATION MARK} (?=\S)                                # curly; an apostrophe inside a word does not close
          [^\n\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]*+
          (?: \N{RIGHT SINGLE QUOTATION MARK} (?=\w)
              [^\n\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]*+ )*+
        \N{RIGHT SINGLE QUOTATION MARK}
      | ' (?=\w) [^\n']*+ (?: (?<=\w) ' (?=\w) [^\n']*+ )*+ '                 # straight, the same
    ) (?!\w)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words between one pair of outermost marks, marks included: one piece for each paragraph they run over."""

    pieces: tuple[tuple[int, int], ...]
    single: bool = False

    @property
    def start(self) -> int:
        """Where its first mark stands."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Behind its last mark, or its last word."""
        return self.pieces[-1][1]


def find_passages(text: str) -> list[Passage]:
    r"""The passages of ``text`` between quotation marks, in order, none inside another.

    >>> text = "\"It held,” she said. ‘Not ours,’ he wrote. The 'guards' own."
    >>> [text[passage.start:passage.end] for passage in find_passages(text)]
    ['"It held,”', '‘Not ours,’', "'guards'"]

    A mark that nothing closes runs to the end of its paragraph, and on where the next one opens with a mark again:

    >>> text = "“First.\n\n“Second.”\n\nThe guards’ vans, from the ’90s."
    >>> [passage.pieces for passage in find_passages(text)]
    [((0, 7), (9, 18))]
    """
    paragraphs = find_paragraphs(text)
    passages: list[Passage] = []
    running: list[tuple[int, int]] = []
    for no, (start, end) in enumerate(paragraphs):
        follower = no + 1 < len(paragraphs) and _is_opened(text, paragraphs[no + 1][0])
        pairs, unclosed = _pair(text, start, end, follower=follower)
        if running and not _is_opened(text, start):
            passages.append(Passage(tuple(running)))
            running = []
        for pair in pairs:
            running.append(pair)
            if pair != unclosed:
                passages.append(Passage(tuple(running)))
                running = []
    if running:
        passages.append(Passage(tuple(running)))
    return sorted(passages + _singles(text, passages), key=lambda passage: passage.start)


def _is_opened(text: str, at: int) -> bool:
    """Whether an opening mark stands at ``at``, the start of a paragraph."""
    mark = _MARK.match(text, at)
    return mark is not None and (mark[0] in _EITHER or mark[0] in _OPENING)


def _pair(text: str, start: int, end: int, *, follower: bool) -> tuple[list[tuple[int, int]], tuple[int, int] | None]:
    """The outermost pairs of one paragraph, in order; the last of them again if the next paragraph continues it."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _MARK.finditer(text, start, end):
        if _opens(text, match, start, end, inside=bool(stack)):
            stack.append(match.start())
        elif stack:
            opened = stack.pop()
            while pairs and pairs[-1][0] > opened:
                pairs.pop()
            pairs.append((opened, match.end()))
    if stack and (follower or not pairs or pairs[-1][0] < stack[0]):
        while pairs and pairs[-1][0] > stack[0]:
            pairs.pop()
        pairs.append((stack[0], end))
        return pairs, pairs[-1] if follower else None
    return pairs, None


def _opens(text: str, mark: re.Match[str], start: int, end: int, *, inside: bool) -> bool:
    """Whether a mark opens: by the white space around it, then by its shape, then by what is open."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    free_before = before.isspace() or before in _BEFORE_OPENING
    free_after = after.isspace() or after in _AFTER_CLOSING
    if free_before != free_after:
        return free_before
    if mark[0] in _EITHER:
        return not inside
    return mark[0] in _OPENING


def _singles(text: str, passages: list[Passage]) -> list[Passage]:
    """Passages in single marks that stand outside all others."""
    taken = iter(piece for passage in passages for piece in passage.pieces)
    busy = next(taken, None)
    found: list[Passage] = []
    for match in _SINGLE.finditer(text):
        while busy and busy[1] <= match.start():
            busy = next(taken, None)
        if not busy or match.end() <= busy[0]:
            found.append(Passage((match.span(),), single=True))
    return found
