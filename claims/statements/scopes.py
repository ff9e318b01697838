"""Whose words are whose: the words of each sentence, those of a quote apart from those that frame it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.grammar import Doc, Span, Token
from claims.statements.datelines import dateline_end
from claims.statements.tree import FINITE, Word, grow, out_of

if TYPE_CHECKING:
    from claims.quotes import Quote

# Relations by which a verb of saying is its sentence's main verb, or stands beside it.
_TOP = frozenset({"ROOT", "conj", "ccomp", "parataxis", "dep", "intj"})
# What a sentence ends with; where the parser ended one without, it has cut one in two.
_ENDS = frozenset(".!?…:;\"'”’»")
_LONGEST_JOINED = 100
# Passages that one sentence may report. With more ("said that said that ...") it is told as it stands, in the article's voice:
# each of them would be told once more, with all that stands in it.
_MOST_REPORTED = 24

#: The words of each sentence by its first token and the one behind its last.
Trees = Mapping[tuple[int, int], list[Word]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that one voice says: the article's (``quote`` is None) or a quote's.

    ``silent`` are words that only frame; what ``covered`` words govern is told by the quote whose cue they are.

    ``joined`` words were several sentences to the parser and are one to a reader: their tree is not to be trusted.
    """

    sentence: int
    words: list[Word]
    quote: Quote | None
    silent: frozenset[int]
    covered: frozenset[int]
    framing: bool
    joined: bool


def scopes(doc: Doc, quotes: Sequence[Quote], trees: Trees) -> Iterator[Scope]:
    """The scopes of each sentence, in order; ``trees`` are the sentences' words, which serve where one voice says them all."""
    starts = [token.idx for token in doc] if quotes else []
    runs = list(_runs(doc))
    near = _nearby([span.start_char for _, span, _ in runs], quotes)
    for place, (number, span, joined) in enumerate(runs):
        here = [(quote, _inside(span, quote, starts)) for quote in near.get(place, ()) if _touches(span, quote)]
        if len(here) > _MOST_REPORTED:
            here = []
        for scope in _of_sentence(span, number, here, starts, trees):
            yield replace(scope, joined=joined)


def _runs(doc: Doc) -> Iterator[tuple[int, Span, bool]]:
    """Each sentence with its number; those that the parser tore off in the middle of a line, joined again."""
    run: Span | None = None
    first, joined = 0, False
    for number, span in enumerate(span for span in doc.sents if any(not token.is_space for token in span)):
        if run is not None and _runs_on(run, span):
            run, joined = doc[run.start : span.end], True
            continue
        if run is not None:
            yield first, run, joined
        run, first, joined = span, number, False
    if run is not None:
        yield first, run, joined


def _runs_on(before: Span, after: Span) -> bool:
    """Whether no punctuation and no line's end parts the two."""
    last = next((token for token in reversed(before) if not token.is_space), before[-1])
    gap = before.doc[last.i + 1 : after.start].text
    return (
        last.text[-1] not in _ENDS
        and "\n" not in gap
        and "\n" not in after[0].text
        and after.end - before.start <= _LONGEST_JOINED
    )


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


def _of_sentence(
    span: Span, number: int, quotes: list[tuple[Quote, list[int]]], starts: list[int], trees: Trees
) -> Iterator[Scope]:
    taken: set[int] = set()
    silent: set[int] = set()
    covered: set[int] = set()
    begins = dateline_end(span.doc.text, span.start_char, span.end_char)
    cut = {token.i for token in span if token.idx < begins}
    governed: list[tuple[Quote, list[int]]] = []
    for quote, said in quotes:
        cue = _cue(span, quote, starts)
        if not said:
            silent.update(token.i for token in cue)
            continue
        if not _speaks(quote, said, span) or _is_doubled(quote, [other for other, _ in quotes]):
            continue
        if not cue or _frames(cue, span, cut):
            taken.update(said)
            silent.update(token.i for token in cue)
        elif any(token.lower_ == "according" for token in cue):
            continue  # of one of several clauses: the sentence says it
        else:
            covered.update(token.i for token in cue)
        governed.append((quote, said))
    whole = None if taken or cut else trees.get((span.start, span.end))
    if left := whole or grow((token for token in span if token.i not in taken), cut):
        yield Scope(number, left, None, frozenset(silent), frozenset(covered), framing=bool(taken), joined=False)
    for quote, said in governed:
        others = {i for other, words in governed if other is not quote and len(words) < len(said) for i in words}
        inner = frozenset(
            i for other, _ in governed if other is not quote for i in (token.i for token in _cue(span, other, starts))
        )
        if others < set(said) and inner & set(said):
            inner = frozenset()
        if words := grow((span.doc[i] for i in said), cut):
            yield Scope(number, words, quote, inner, frozenset(), framing=False, joined=False)


def _speaks(quote: Quote, said: list[int], span: Span) -> bool:
    """Whether the words are speech, and not some words of a sentence that says itself whose they are.

    A few words in quotation marks without a cue are none, nor is a phrase: Ilic spoke of “hard times”.
    """
    is_short = 2 * len(said) < len(span)
    return not is_short or (quote.cue_span is not None and any(span.doc[i].tag_ in FINITE for i in said))


def _is_doubled(quote: Quote, quotes: list[Quote]) -> bool:
    """Whether the cue stands in another's words, and the other's cue in these: "The mill said that, according to X, ..."."""
    is_phrase = quote.cue is not None and quote.cue.lower().startswith("according")
    return is_phrase and any(_reports(quote, other) and _reports(other, quote) for other in quotes)


def _reports(quote: Quote, other: Quote) -> bool:
    """Whether the cue of ``other`` stands within the hull of ``quote``."""
    return other is not quote and other.cue_span is not None and quote.start <= other.cue_span[0] < quote.end


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


def _frames(cue: list[Token], span: Span, cut: Collection[int]) -> bool:
    """Whether the cue frames its sentence, rather than a clause under it ("... after Korda said that ...")."""
    top = min(cue, key=lambda token: (sum(1 for _ in token.ancestors), token.i))
    over = [token for token in top.ancestors if token in span and token.i not in cut]
    if top.lower_ == "according" or _is_aside(top):
        return all(_is_top(token, cut) for token in over if token.pos_ in {"VERB", "AUX"})
    if top.pos_ not in {"VERB", "AUX"}:
        return not any(token.dep_ in {"advcl", "relcl", "acl"} for token in [top, *over])
    return all(_is_top(token, cut) for token in [top, *over])


def _is_top(token: Token, cut: Collection[int]) -> bool:
    """Whether the token is its sentence's main verb or stands beside it, once what is ``cut`` is gone."""
    head, dep = out_of(token, cut)
    return dep in _TOP or head.i in cut


def _is_aside(verb: Token) -> bool:
    """Whether the verb's clause is one of attribution only: "as Ilic put it"."""
    return verb.dep_ == "advcl" and any(
        child.lower_ == "as" and child.dep_ in {"mark", "advmod"} and child.i < verb.i for child in verb.children
    )
