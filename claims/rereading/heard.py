"""What the engine hears around a passage: who says it, how, of which days. Words may stay and mean what they did not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import date

from claims.article import Article
from claims.dates import Date
from claims.evidence.folding import fold
from claims.grammar import parse
from claims.quotes import Quote
from claims.reading import read
from claims.rereading.beside import Edge, edges, told_beside
from claims.rereading.denied import denied
from claims.told import told_statements

Span = tuple[int, int]

# Words that report and say no more than that something was said.
_PLAIN = frozenset("say says said saying tell tells told add adds added according".split())
_PRONOUNS = frozenset("he she it they who".split())
_ARTICLES = frozenset("the a an its their his her".split())
_KINDS = {"direct": "direct speech", "mixed": "partly direct speech", "indirect": "indirect speech"}


class Heard:
    """One version as the engine reads it, its days counted from ``published``."""

    def __init__(self, article: Article, published: date | None) -> None:
        doc = parse(article.text)
        self.text = article.text
        reading = read(replace(article, published=published), doc)
        self.sentences, self._quotes, self._dates = reading.sentences, reading.quotes, reading.dates
        statements = [statement for statement, left_out in told_statements(article, doc, reading) if not left_out]
        self._wordings = {(statement.start, statement.end): statement.text for statement in statements}
        self._spans: dict[int, list[Span]] = defaultdict(list)
        for statement in statements:
            self._spans[statement.sentence].append((statement.start, statement.end))

    def quote(self, span: Span) -> Quote | None:
        """Whose words the passage is among."""
        return next(
            (quote for quote in self._quotes if any(low <= span[0] < high for low, high in quote.content)), None
        )

    def denial(self, span: Span) -> str:
        """What takes the passage back there; empty where nothing does."""
        return denied(self.text, self.sentences, *span)

    def dates(self, span: Span) -> list[Date]:
        """The days that it names."""
        return [when for when in self._dates if span[0] <= when.start and when.end <= span[1]]

    def wording(self, span: Span) -> str:
        """The statement that is the passage, so that it can be read alone; "" where none is just this passage."""
        start, end = span
        return self._wordings.get((start, end), "") or self._wordings.get((start, end - 1), "")

    def edges(self, span: Span) -> tuple[Edge, Edge]:
        """What stands before the passage and what behind it, as far as the shortest statement over it says that, too."""
        start, end = span[0], span[0] + len(self.text[slice(*span)].rstrip())
        own = bisect_right(self.sentences, start, key=lambda sentence: sentence.start) - 1
        over = [each for each in self._spans[own] if each[0] <= start and end - 1 <= each[1]]
        return edges(self.text, span, min(over, key=lambda each: each[1] - each[0], default=span))

    def sentence(self, span: Span) -> str:
        """The sentences that it stands in."""
        touched = [each for each in self.sentences if each.start < span[1] and span[0] < each.end]
        return self.text[touched[0].start : touched[-1].end] if touched else self.text[slice(*span)]


def heard_otherwise(old: Heard, before: Span, new: Heard, after: Span) -> str:
    """What the engine hears of the same words now and did not before, in sentences; "" where it hears the same.

    >>> old, new = (Heard(Article(f"{who} said some 785 inmates fled."), None) for who in ("The ministry", "A tabloid"))
    >>> heard_otherwise(old, (18, 40), new, (15, 37))
    'The speaker was The ministry, is A tabloid.'
    """
    told = said_otherwise(old, before, new, after)
    days = zip(old.dates(before), new.dates(after), strict=False)
    told += [
        f"“{was.text}” was {_days(was)}, is {_days(now)}."
        for was, now in days
        if _plain(was.text) == _plain(now.text) and (was.first, was.last) != (now.first, now.last)
    ]
    if not told:
        told = told_beside(old.edges(before), new.edges(after))
    was, now = old.wording(before), new.wording(after)
    if not told and was and now and not _is_same(was, now):
        told.append(f"It was read as “{was}”, is read as “{now}”.")
    return " ".join(told)


def said_otherwise(old: Heard, before: Span, new: Heard, after: Span) -> list[str]:
    """What is otherwise in who says it and how."""
    was, now = old.quote(before), new.quote(after)
    if was is None or now is None:
        if was is now:
            return []
        return [f"It was {_whose(was, old, before)}, is {_whose(now, new, after)}."]
    told = []
    if not _is_speaker(was, now, old.text[: was.start], new.text[: now.start]):
        told.append(f"The speaker was {was.speaker or 'nobody named'}, is {now.speaker or 'nobody named'}.")
    if (
        was.cue
        and now.cue
        and _plain(was.cue) != _plain(now.cue)
        and not _PLAIN.issuperset(_words(f"{was.cue} {now.cue}"))
    ):
        told.append(f"The word that reports it was “{was.cue}”, is “{now.cue}”.")
    if was.kind != now.kind:
        told.append(f"It was {_KINDS[was.kind]}, is {_KINDS[now.kind]}.")
    return told


def newly_denied(old: Heard, before: Span, new: Heard, after: Span) -> str:
    """What takes the passage back there now and did not before, as it is written; empty where nothing does.

    >>> old, new = Heard(Article("Half of them fled."), None), Heard(Article("Half of them fled. This is false."), None)
    >>> newly_denied(old, (0, 18), new, (0, 18)), newly_denied(new, (0, 18), new, (0, 18))
    ('This is false.', '')
    """
    now = new.denial(after)
    return now if now and not old.denial(before) else ""


def _whose(quote: Quote | None, heard: Heard, span: Span) -> str:
    """Whose words a passage is; nobody's own where it is only there to be denied."""
    if quote is not None:
        return f"said by {quote.speaker or 'nobody named'}"
    denial = heard.denial(span)
    return f"denied there (“{denial}”)" if denial else "the article’s own"


def _is_speaker(was: Quote, now: Quote, before: str, after: str) -> bool:
    """Whether two quotes may be one speaker's; ``before`` and ``after`` are what stands above them.

    A pronoun whose name is not sure may be anybody's whose name stands above it.
    """
    one, other = (_words(quote.speaker or "") - _ARTICLES for quote in (was, now))
    if one <= _PRONOUNS or other <= _PRONOUNS:
        named, text = (one, after) if other <= _PRONOUNS else (other, before)
        return named <= _PRONOUNS or named <= set(re.findall(r"[\w'-]+", _plain(text)))
    return _is_same(was.speaker or "", now.speaker or "")


def _is_same(one: str, other: str) -> bool:
    """Whether all words of the one are in the other."""
    mine, theirs = _words(one) - _ARTICLES, _words(other) - _ARTICLES
    return mine <= theirs or theirs <= mine


def _words(text: str) -> set[str]:
    return set(_plain(text).split())


def _plain(text: str) -> str:
    return fold(text).words.strip().casefold()


def _days(when: Date) -> str:
    if when.first is None or when.last is None:
        return "no known day"
    first, last = (f"{day.day} {day:%B %Y}" for day in (when.first, when.last))
    return first if first == last else f"{first} to {last}"
