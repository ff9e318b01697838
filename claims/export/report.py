"""The report: one page that an outsider can follow and repeat, with all that it needs inside it; and the same as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from claims.article import Article
from claims.evidence import (
    CREDIBILITIES,
    RELIABILITIES,
    STANCES,
    Passage,
    Run,
    Source,
    count_independent,
    passage_words,
)
from claims.evidence.fetched import Fetched, came_words
from claims.evidence.passage import UNKEPT
from claims.export.checked import Checked, Publisher, checked
from claims.export.corrections import Published, Untold, published, untold
from claims.export.pages import alone, environment, page_html
from claims.paragraphs import find_paragraphs
from claims.store import Query, Store
from claims.store.schema import storable
from claims.verdict import CONFIDENCES, Scale, is_later, is_undated
from claims.verdict.signing import is_article

_SIGNS = {"green": "✓", "red": "✗", "violet": "≠", "gray": "?"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article, and the numbers of the claims that stand on it."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A checked claim, by its number in the report.

    ``passages`` are where the quoted passages of its sources stand in their documents, ``reason`` why it was signed off
    although one is not found there or none is of the verdict's day, ``fetches`` how the documents came, by their SHA-256.
    ``earlier`` are the verdicts that were published before and are others than the one that stands, oldest first.
    """

    number: int
    checked: Checked
    passages: Mapping[Source, Passage | None] = field(default_factory=dict)
    reason: str = ""
    fetches: Mapping[str, Sequence[Fetched]] = field(default_factory=dict)
    earlier: tuple[Published, ...] = ()

    def came(self, source: Source) -> str:
        """How the source's document came from the web, in words; empty where it did not."""
        return came_words(source.location, self.fetches.get(source.snapshot, ()))

    def stands(self, source: Source) -> str:
        """Whether the source's passage stands in its document, as a sentence; empty where it quotes none."""
        place = self.passages.get(source)
        if source not in self.passages:
            if source.snapshot or not source.quoted.strip() or is_article(source, self.checked.row):
                return ""
            told = f"{UNKEPT}."
        else:
            told = f"{passage_words(place)}."
        if place and (place.differences or place.omitted):
            differs = (
                *map(_difference, place.differences),
                *(f"it leaves out “{alone(words)}”" for words in place.omitted),
            )
            told += f" Compared with it: {'; '.join(differs)}."
        if self.reason and not (place and place.holds):
            told += f" The desk’s reason: {self.reason}"
        return told

    @property
    def _added(self) -> dict[Source, datetime]:
        return {kept.source: kept.added_at for kept in self.checked.sources}

    def of_its_day(self, source: Source) -> str:
        """What is to be said of a source that was not, or may not have been, there to be known on the verdict's day."""
        row = self.checked.row
        if is_later(source, row["verdict_as_of"]):
            told = "Published after the day whose knowledge the verdict rests on."
        elif is_undated(source, row, self._added.get(source)):
            told = "It bears no date; the verdict rests on the knowledge of an earlier day."
        else:
            return ""
        return f"{told} The desk’s reason: {self.reason}" if self.reason else told

    @property
    def sign(self) -> str:
        """The sign of its verdict, which says without colour what the colour says."""
        return _SIGNS[self.colour]

    @property
    def colour(self) -> str:
        """The colour of its verdict; gray for one that its scale holds no more."""
        return self.checked.scale.colour(self.checked.row["verdict"])

    @property
    def independent(self) -> int:
        """How many of its sources do not share their origin."""
        return count_independent([each.source for each in self.checked.sources])


@dataclass(frozen=True, slots=True)
class Story:
    """An article, those of its paragraphs that claims stand in, and the claims."""

    article: Article
    passages: tuple[tuple[Piece, ...], ...]
    claims: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page tells. ``seq`` and ``seal`` are the record's newest event and its hash when the report was made."""

    publisher: Publisher
    made_at: datetime
    stories: tuple[Story, ...]
    untold: tuple[Untold, ...]
    scales: tuple[Scale, ...]
    seq: int
    seal: str

    @property
    def claims(self) -> int:
        """How many claims it has."""
        return sum(len(story.claims) for story in self.stories)

    @property
    def corrected(self) -> tuple[Numbered, ...]:
        """Those of which another verdict was published before."""
        return tuple(each for story in self.stories for each in story.claims if each.earlier)


def report_of(store: Store, query: Query | None, publisher: Publisher, made_at: datetime) -> Report:
    """The query's signed-off claims, article by article, and what was published of them and others that stands no more."""
    seq, seal = store.seal()
    groups: dict[str, list[Numbered]] = {}
    for number, each in enumerate(checked(store, query), 1):
        groups.setdefault(each.row["article_id"], []).append(_numbered(store, number, each))
    stories = tuple(_story(store.article(article_id), claims) for article_id, claims in groups.items())
    scales = {each.checked.scale.name: each.checked.scale for claims in groups.values() for each in claims}
    return Report(publisher, made_at, stories, tuple(untold(store, query)), tuple(scales.values()), seq, seal)


def report_html(report: Report) -> str:
    """The report as one page: no script, nothing from elsewhere, and a policy that allows neither."""
    return page_html(_environment().get_template("report.html"), ["report.css"], report=report, **_WORDS)


def report_markdown(report: Report) -> str:
    """The same as Markdown; nothing that is told becomes markup."""
    return storable(_environment().get_template("report.md").render(report=report, **_WORDS))


def passages(article: Article, claims: Sequence[tuple[int, int, int]]) -> tuple[tuple[Piece, ...], ...]:
    r"""The paragraphs that claims stand in, in order, cut where a claim begins or ends; a claim is (number, start, end).

    >>> article = Article("Two vans waited.\n\nForty guards left, Ilic said.")
    >>> passages(article, [(1, 18, 35)])
    ((Piece(text='Forty guards left', numbers=(1,)), Piece(text=', Ilic said.', numbers=())),)
    """
    found = []
    for first, last in find_paragraphs(article.text):
        here = [
            (number, max(start, first), min(end, last)) for number, start, end in claims if start < last and end > first
        ]
        if not here:
            continue
        cuts = sorted({first, last, *(place for _, start, end in here for place in (start, end))})
        found.append(
            tuple(
                Piece(article.text[start:end], tuple(n for n, low, high in here if low <= start and end <= high))
                for start, end in pairwise(cuts)
            )
        )
    return tuple(found)


def _difference(run: Run) -> str:
    """What differs, in words.

    >>> from claims.evidence import find_passage
    >>> [_difference(run) for run in find_passage("Here 429 were absent at noon", "Here 249 were not absent at noon").differences]
    ['“429” is “249” there', 'it leaves out “not”']
    """
    quoted, found = alone(run.quoted), alone(run.found)
    if not run.quoted:
        return f"it leaves out “{found}”"
    return f"“{quoted}” is “{found}” there" if run.found else f"“{quoted}” is not there"


def _numbered(store: Store, number: int, each: Checked) -> Numbered:
    found = store.passages(each.claim_id)
    fetches = store.fetches(kept.source.snapshot for kept in each.sources if kept.source.snapshot)
    earlier = tuple(then for then in published(store, each.row) if not then.stands(each.row))
    return Numbered(number, each, found, store.reason_signed(each.claim_id), fetches, earlier)


def _story(article: Article, claims: list[Numbered]) -> Story:
    spans = [(each.number, each.checked.row["start"], each.checked.row["end"]) for each in claims]
    return Story(article, passages(article, spans), tuple(claims))


_environment = cache(environment)

_WORDS: dict[str, Any] = {
    "confidences": CONFIDENCES,
    "stances": STANCES,
    "reliabilities": RELIABILITIES,
    "credibilities": CREDIBILITIES,
}
