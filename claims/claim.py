"""A claim, and the one function that calls the engine's parts in their order: find_claims(article)."""

from __future__ import annotations

import hashlib
import multiprocessing
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice, tee
from typing import TypeVar

from claims.article import Article
from claims.checkability import Checkability, Reason, weigh, weigh_batch
from claims.dates import Date
from claims.errors import EmptyText
from claims.figures import Figure
from claims.figures.units import TIME_WORDS
from claims.grammar import Doc, parse, parse_many
from claims.kinds import kinds_of, nature_of
from claims.paragraphs import trim
from claims.quotes import Quote
from claims.reading import Reading, read, reading_of
from claims.told import told_statements

#: Characters of context kept on each side of a quote.
CONTEXT = 32

#: From these scores on a claim is proposed as high or as normal priority; the desk may think otherwise.
HIGH, NORMAL = 0.6, 0.3

#: What a nature of statement says of itself as a reason; it costs the share _HOLD of the score.
HELD_BACK = {"opinion": "it judges rather than reports", "prediction": "it speaks of what has not happened yet"}
_HOLD = 0.7

_BATCH = 32
_TIME_UNITS = frozenset(TIME_WORDS.values())

_F = TypeVar("_F", Figure, Date)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement put in the table: its fields are the columns that a machine can fill.

    ``start`` and ``end`` are offsets into the article's text, ``quote`` is exactly what stands there. ``figure_low``
    and ``figure_high`` are in ``figure_unit``. ``checkability`` runs from 0 to 1: the sum of the reasons' points.
    """

    claim_id: str
    article_id: str
    article_title: str
    article_url: str
    publisher: str
    published: date | None
    seq: int
    sentence_no: int
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    claim: str
    kinds: tuple[str, ...]
    speaker: str
    cue: str
    attribution: str
    figure_low: float | None
    figure_high: float | None
    figure_unit: str
    quantifier: str
    date_text: str
    date_first: date | None
    date_last: date | None
    checkability: float
    reasons: tuple[Reason, ...]
    priority: str


def find_claims(article: Article) -> list[Claim]:
    """The checkable claims of an article, in order of appearance; nothing from the page's furniture.

    >>> from claims.article import read_article
    >>> article = read_article("On Sunday 312 people fled, officials said. What a day!", published="2024-03-03")
    >>> claim = find_claims(article)[0]
    >>> claim.figure_low, claim.figure_unit, claim.date_first.isoformat(), article.text[claim.start:claim.end] == claim.quote
    (312, 'people', '2024-03-03', True)
    """
    return _claims_of(article, parse(article.text))


def find_claims_in(articles: Iterable[Article], workers: int | None = None) -> Iterator[tuple[Article, list[Claim]]]:
    """The claims of many articles, in order, each beside its article; read as they come, never all held at once.

    ``workers`` is the number of processes; None or 1 works in this one.

    >>> list(find_claims_in([]))
    []
    """
    if workers is None or workers <= 1:
        yield from _claims_of_many(articles)
        return
    stream = iter(articles)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        # A window of two batches a worker keeps every process busy and the memory flat.
        window = [(batch, pool.submit(_batch, batch)) for batch in _batches(stream, 2 * workers)]
        while window:
            batch, found = window.pop(0)
            yield from zip(batch, found.result(), strict=True)
            window += [(batch, pool.submit(_batch, batch)) for batch in _batches(stream, 1)]


def claim_at(article: Article, start: int, end: int, wording: str = "", *, nth: int = 0) -> Claim:
    """A claim that a person found: the passage ``article.text[start:end]``, in the person's words where given.

    ``nth`` is how many claims the article already has at this very span. The claim's ``seq`` is 0: its place among
    the others is for who keeps them to say.

    >>> from claims.article import read_article
    >>> article = read_article("Two vans waited. Some 900 inmates fled.")
    >>> claim_at(article, 17, 39).figure_low
    900
    >>> claim_at(article, 16, 17)
    Traceback (most recent call last):
    ...
    claims.errors.EmptyText: The passage holds no words. Select at least one word of the article.
    """
    start, end = trim(article.text, max(start, 0), min(end, len(article.text)))
    if start >= end:
        raise EmptyText("The passage holds no words.", "Select at least one word of the article.")
    reading = reading_of(article)
    sentences = reading.sentences
    number = next((sentence.no for sentence in sentences if start < sentence.end), len(sentences) - 1)
    quote = next((quote for quote in reading.quotes if any(s <= start < e for s, e in quote.content)), None)
    return _Assembly(article, reading).claim(
        start,
        end,
        wording.strip() or " ".join(article.text[start:end].split()),
        number,
        quote,
        nth,
        weigh(article.text[start:end], position=start / len(article.text)),
    )


def claim_id(article_id: str, start: int, end: int, nth: int = 0) -> str:
    """The same article and span give the same name on any machine; ``nth`` tells claims of one span apart.

    >>> claim_id("0f3a", 10, 20) == claim_id("0f3a", 10, 20) != claim_id("0f3a", 10, 21)
    True
    """
    key = f"{article_id}:{start}:{end}" + (f":{nth}" if nth else "")
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _claims_of(article: Article, doc: Doc) -> list[Claim]:
    text = article.text
    reading = read(article, doc)
    assembly = _Assembly(article, reading)
    statements = [statement for statement, left_out in told_statements(article, doc, reading) if not left_out]
    positions = [statement.start / len(text) for statement in statements]
    weighed = weigh_batch([statement.text for statement in statements], positions)
    taken: Counter[tuple[int, int]] = Counter()
    found: list[Claim] = []
    for statement, weight in zip(statements, weighed, strict=True):
        span = statement.start, statement.end
        found.append(
            assembly.claim(
                *span, statement.text, statement.sentence, statement.quote, taken[span], weight, len(found) + 1
            )
        )
        taken[span] += 1
    return found


def _claims_of_many(articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim]]]:
    ours, theirs = tee(articles)
    for article, doc in zip(ours, parse_many(article.text for article in theirs), strict=True):
        yield article, _claims_of(article, doc)


def _batch(articles: Sequence[Article]) -> list[list[Claim]]:
    return [found for _, found in _claims_of_many(articles)]


def _batches(stream: Iterator[Article], most: int) -> Iterator[list[Article]]:
    for _ in range(most):
        if batch := list(islice(stream, _BATCH)):
            yield batch


class _Assembly:
    """Claims of an article, each put together of what was read in it."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self._article, self._figures, self._dates = article, reading.figures, reading.dates
        self._figure_starts = [figure.start for figure in self._figures]
        self._date_starts = [when.start for when in self._dates]

    def claim(
        self,
        start: int,
        end: int,
        wording: str,
        sentence: int,
        quote: Quote | None,
        nth: int,
        weight: Checkability,
        seq: int = 0,
    ) -> Claim:
        article, text = self._article, self._article.text
        figures = _spoken(_within(self._figures, self._figure_starts, start, end), wording)
        dates = _spoken(_within(self._dates, self._date_starts, start, end), wording)
        figure, when = _leading_figure(figures), _leading_date(dates)
        score, reasons = _ranked(weight, wording)
        return Claim(
            claim_id=claim_id(article.text_id, start, end, nth),
            article_id=article.article_id,
            article_title=article.title,
            article_url=article.url or "",
            publisher=article.publisher,
            published=article.published,
            seq=seq,
            sentence_no=sentence + 1,
            start=start,
            end=end,
            quote=text[start:end],
            prefix=text[max(start - CONTEXT, 0) : start],
            suffix=text[end : end + CONTEXT],
            claim=wording,
            kinds=kinds_of(wording, has_figure=bool(figures), has_date=bool(dates), quoted=quote is not None),
            speaker=(quote.speaker or "") if quote else "",
            cue=(quote.cue or "") if quote else "",
            attribution=quote.kind if quote else "article",
            figure_low=figure.low if figure else None,
            figure_high=figure.high if figure else None,
            figure_unit=figure.unit if figure else "",
            quantifier=_quantifier(figure),
            date_text=when.text if when else "",
            date_first=when.first if when else None,
            date_last=when.last if when else None,
            checkability=score,
            reasons=reasons,
            priority="high" if score >= HIGH else "normal" if score >= NORMAL else "low",
        )


def _ranked(weight: Checkability, wording: str) -> tuple[float, tuple[Reason, ...]]:
    """The score and its reasons; an opinion or a prediction falls behind what can be checked today, and says so."""
    nature = nature_of(wording)
    if nature not in HELD_BACK:
        return weight.score, weight.reasons
    loss = -_HOLD * weight.score
    return weight.score + loss, (*weight.reasons, Reason(nature, HELD_BACK[nature], loss))


def _within(found: Sequence[_F], starts: Sequence[int], start: int, end: int) -> list[_F]:
    """Those that stand whole inside the span; both sequences are in order of appearance."""
    return [item for item in found[bisect_left(starts, start) : bisect_left(starts, end)] if item.end <= end]


def _spoken(found: Sequence[_F], wording: str) -> Sequence[_F]:
    """Those that the wording still speaks of: a claim cut from a longer passage has only its own figures and dates."""
    return [item for item in found if item.text in wording] or found


def _leading_figure(figures: Sequence[Figure]) -> Figure | None:
    """The figure a claim is known by: the first amount that is no length of time, else the first with a number, else any."""
    numbered = [figure for figure in figures if figure.low is not None or figure.high is not None]
    amounts = [figure for figure in numbered if figure.unit not in _TIME_UNITS]
    return next(iter(amounts or numbered or figures), None)


def _leading_date(dates: Sequence[Date]) -> Date | None:
    """The date a claim is known by: the first that is resolved, else the first."""
    resolved = [when for when in dates if when.first]
    return next(iter(resolved or dates), None)


def _quantifier(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return figure.quantifier or ("about" if figure.approximate else "")
