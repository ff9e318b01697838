"""A reading: what is found once in an article, and asked for once a claim or a sentence of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.article import Article
from claims.dates import Date, find_dates
from claims.figures import Figure, find_figures
from claims.grammar import Doc, parse
from claims.quotes import Quote, quotes_of
from claims.remembered import Remembered
from claims.sentences import Sentence, sentences_of


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences, figures, dates and quotes of an article, each in order of appearance."""

    sentences: list[Sentence]
    figures: list[Figure]
    dates: list[Date]
    quotes: list[Quote]


# The last articles that were read: a person who adds one claim to a long article adds another.
_LAST: Remembered[tuple[str, date | None], Reading] = Remembered(4)


def read(article: Article, doc: Doc) -> Reading:
    """What is found in an article that is parsed, its days counted from its own day of publication."""
    text = article.text
    found = Reading(sentences_of(doc), find_figures(text), find_dates(text, article.published), quotes_of(doc))
    _LAST[article.sha256, article.published] = found
    return found


def reading_of(article: Article) -> Reading:
    """The same; nothing is parsed where the article is among the last that were read.

    >>> reading = reading_of(Article("Some 312 inmates fled on Sunday."))
    >>> [figure.text for figure in reading.figures], [when.text for when in reading.dates], len(reading.sentences)
    (['Some 312'], ['Sunday'], 1)
    >>> reading_of(Article("Some 312 inmates fled on Sunday.")) is reading
    True
    """
    return _LAST.made((article.sha256, article.published), lambda: read(article, parse(article.text)))
