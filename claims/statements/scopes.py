"""Whose words are whose: the words of each sentence, those of a quote apart from those that frame it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from claims.statements.tree import Word, grow

if TYPE_CHECKING:
    from claims.quotes import Quote

# Relations by which a verb of saying is its sentence's main verb, or stands beside it.
_TOP = frozenset({"ROOT", "conj", "ccomp", "parataxis", "dep", "intj"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that one voice says: the article's (``quote`` is None) or a quote's. ``silent`` are words that only frame."""

    sentence: int
    words: list[Word]
    quote: Quote | None
    silent: frozenset[int]
    framing: bool


def scopes(doc: Doc, quotes: Sequence[Quote]) -> Iterator[Scope]:
    """The scopes of each sentence, in order."""
    starts = [token.idx for token in doc] if quotes else []
    spans = [span for span in doc.sents if any(not token.is_space for token in span)]
    near = _nearby([span.start_char for span in spans], quotes)
    for number, span in enumerate(spans):
        here = [(quote, _inside(span, quote, starts)) for quote in near.get(number, ()) if _touches(span, quote)]
        yield from _of_sentence(span, number, here, starts)


def _nearby(starts: list[int], quotes: Sequence[Quote]) -> dict[int, list[Quote]]:
    """For the number of each sentence, the quotes that may stand in it."""
    near: dict[int, list[Quote]] = {}
    for quote in quotes:
        numbers: set[int] = set()
        for first, last in (*quote.content, *([quote.cue_span] if quote.cue_span else [])):
            numbers.update(range(max(bisect_right(starts, first) - 1, 0), bisect_left(starts, last)))
        for number in numbers:
            near.setdefault(number, []).append(quote)
    return near


def _of_sentence(span: Span, number: int, quotes: list[tuple[Quote, list[int]]], starts: list[int]) -> Iterator[Scope]:
    taken: set[int] = set()
    silent: set[int] = set()
    governed: list[tuple[Quote, list[int]]] = []
    for quote, said in quotes:
        cue = _cue(span, quote, starts)
        if not said:
            silent.update(token.i for token in cue)
            continue
        if quote.cue_span is None and 2 * len(said) < len(span):
            continue  # some words in quotation marks are no speech of their own
        governed.append((quote, said))
        if not cue or _frames(cue, span):
            taken.update(said)
            silent.update(token.i for token in cue)
    left = [token for token in span if token.i not in taken]
    if left:
        yield Scope(number, grow(left), None, frozenset(silent), framing=bool(taken))
    for quote, said in governed:
        others = {i for other, words in governed if other is not quote and len(words) < len(said) for i in words}
        inner = frozenset(
            i for other, _ in governed if other is not quote for i in (token.i for token in _cue(span, other, starts))
        )
        if others < set(said) and inner & set(said):
            inner = frozenset()
        yield Scope(number, grow(span.doc[i] for i in said), quote, inner, framing=False)


def _touches(span: Span, quote: Quote) -> bool:
    """Whether the quote's content or cue stands in the sentence."""
    spans = [(quote.start, quote.end), *([quote.cue_span] if quote.cue_span else [])]
    return any(start < span.end_char and span.start_char < end for start, end in spans)


def _inside(span: Span, quote: Quote, starts: list[int]) -> list[int]:
    """The indices of the sentence's tokens that are the quote's content."""
    return [
        i
        for start, end in quote.content
        for i in range(max(bisect_left(starts, start), span.start), min(bisect_left(starts, end), span.end))
    ]


def _cue(span: Span, quote: Quote, starts: list[int]) -> list[Token]:
    """The tokens of the quote's cue, where they stand in this sentence."""
    if quote.cue_span is None:
        return []
    first, last = (bisect_left(starts, place) for place in quote.cue_span)
    return [token for token in span.doc[first:last] if span.start <= token.i < span.end]


def _frames(cue: list[Token], span: Span) -> bool:
    """Whether the cue frames its sentence, rather than a clause under it ("... after Korda said that ...")."""
    top = min(cue, key=lambda token: (sum(1 for _ in token.ancestors), token.i))
    if top.pos_ not in {"VERB", "AUX"}:
        return not any(token.dep_ in {"advcl", "relcl", "acl"} for token in [top, *top.ancestors] if token in span)
    return all(token.dep_ in _TOP for token in [top, *top.ancestors] if token in span)
