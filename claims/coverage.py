"""Coverage: what becomes of every sentence of an article, and which of them the engine has perhaps missed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeVar, get_args

from claims.article import Article
from claims.claim import HELD_BACK
from claims.grammar import Doc, parse
from claims.kinds import nature_of
from claims.reading import read
from claims.told import LeftOut, told_statements

#: What a sentence is; "none" where it is nothing of this: a caption, a speaker's frame, a claim that was dropped.
Nature = Literal["claim", "opinion", "prediction", "question", "furniture", "none"]

#: All of them, in the order in which they are counted.
NATURES: tuple[Nature, ...] = get_args(Nature)

# spaCy's labels of what has a name of its own; nationalities, languages and all that is counted are none.
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
# How many figures, dates and names a reason shows, and how much of each (characters).
_MOST, _LONGEST = 3, 40
_CLOSING = "\"'”’»)] "
_WORD = re.compile(r"[^\W\d_]")

#: What a sentence is while no claim stands on it, by what the engine says of the assertion in it.
_LEFT_OUT: dict[LeftOut, tuple[Nature, str]] = {
    "": ("none", "An assertion stands in it, but no claim does now: it was dropped, or never put in the table."),
    "question": ("question", "It asks, and so asserts nothing."),
    "no verb": ("none", "The engine sees no verb in it that asserts something, as in a caption, a title or a byline."),
    "furniture": ("furniture", "It runs on into what belongs to the page and not to the article."),
}
_WHO_SPEAKS = "It only says who speaks; what is said stands elsewhere."

T = TypeVar("T")


class Anchored(Protocol):
    """What ``cover`` asks of a claim: its name, and the span of the article's text that it stands on."""

    @property
    def claim_id(self) -> str:
        """The claim's name."""

    @property
    def start(self) -> int:
        """Where its passage begins."""

    @property
    def end(self) -> int:
        """Behind its passage."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One sentence: ``text``, which is ``article.text[start:end]``, and what became of it.

    ``no`` counts from 1, as a claim's ``sentence_no`` does. ``nature`` tells what the sentence is, ``claim_ids`` which
    claims stand on it: an opinion that was put in the table is an opinion still, and has its claim. ``reason`` is said in
    whole sentences. ``missed`` where it holds a figure, a date or a name, is neither question nor furniture, and no claim
    stands on it.
    """

    no: int
    start: int
    end: int
    text: str
    nature: Nature
    reason: str
    claim_ids: tuple[str, ...] = ()
    missed: bool = False


def cover(article: Article, claims: Iterable[Anchored | Mapping[str, Any]]) -> list[Covered]:
    """Every sentence of the article, in order, none left out, with what became of it under these claims.

    >>> from claims.article import read_article
    >>> from claims.claim import find_claims
    >>> article = read_article("Two vans waited. What a shame! Guards of Korda prison on Sunday.")
    >>> for each in cover(article, find_claims(article)):
    ...     print(each.nature, each.missed, each.reason)
    claim False One claim stands on it.
    opinion False It judges rather than reports.
    none True The engine sees no verb in it that asserts something, as in a caption, a title or a byline. It holds a date (Sunday) and a name (Korda).
    >>> cover(Article(""), [])
    []

    The claims are the engine's, or rows of a store: whatever has ``claim_id``, ``start`` and ``end``, as attributes or
    by key. A claim that was dropped stands on nothing: leave it out. A claim stands on each sentence that its span
    touches. Time grows as the text's length and the claims' spans do.
    """
    return settle(article, survey(article), claims)


def survey(article: Article) -> list[Covered]:
    """The same where no claim stands yet: what takes the parser, done once for an article.

    >>> from claims.article import read_article
    >>> [each] = survey(read_article("Korda sold two vans."))
    >>> each.nature, each.missed, each.reason.partition(":")[0]
    ('none', True, 'An assertion stands in it, but no claim does now')
    """
    return list(_Look(article, parse(article.text)).sentences())


def settle(
    article: Article, surveyed: Sequence[Covered], claims: Iterable[Anchored | Mapping[str, Any]]
) -> list[Covered]:
    """The surveyed sentences with the claims that stand on them; nothing is parsed.

    >>> from claims.article import read_article
    >>> article = read_article("Korda sold two vans. They will return.")
    >>> claims = [{"claim_id": "a", "start": 0, "end": 19}, {"claim_id": "b", "start": 21, "end": 37}]
    >>> [(each.nature, each.claim_ids, each.missed) for each in settle(article, survey(article), claims)]
    [('claim', ('a',), False), ('prediction', ('b',), False)]

    A sentence is an opinion or a prediction where each passage on it is one; a claim that a person made of furniture or
    of a question makes it a claim.
    """
    # One that is gone from the article stands on no sentence.
    anchors = sorted(anchor for anchor in map(_anchor, claims) if anchor[0] < anchor[1])
    named = [(start, end, (claim_id, nature_of(article.text[start:end]))) for start, end, claim_id in anchors]
    standing = _by_place([(each.start, each.end) for each in surveyed], named)
    return [_stood_on(each, standing[place]) if place in standing else each for place, each in enumerate(surveyed)]


def tally(covered: Iterable[Covered]) -> dict[Nature, int]:
    """How many sentences are of each nature, in the order of ``NATURES``, those of which there are none too.

    >>> from claims.article import read_article
    >>> tally(survey(read_article("Who paid? What a shame!")))
    {'claim': 0, 'opinion': 1, 'prediction': 0, 'question': 1, 'furniture': 0, 'none': 0}
    """
    counted = Counter(each.nature for each in covered)
    return {nature: counted[nature] for nature in NATURES}


def _anchor(claim: Anchored | Mapping[str, Any]) -> tuple[int, int, str]:
    if isinstance(claim, Mapping):
        return claim["start"], claim["end"], claim["claim_id"]
    return claim.start, claim.end, claim.claim_id


def _stood_on(each: Covered, standing: Sequence[tuple[str, str]]) -> Covered:
    names = tuple(dict.fromkeys(claim_id for claim_id, _ in standing))
    reason = "One claim stands on it." if len(names) == 1 else f"{len(names)} claims stand on it."
    if any(held not in HELD_BACK for _, held in standing):
        return replace(each, nature="claim", reason=reason, claim_ids=names, missed=False)
    nature: Nature = "opinion" if standing[0][1] == "opinion" else "prediction"
    reason = f"{_capital(HELD_BACK[nature])}. {reason}"
    return replace(each, nature=nature, reason=reason, claim_ids=names, missed=False)


class _Look:
    """What is found once an article and asked for once a sentence."""

    def __init__(self, article: Article, doc: Doc) -> None:
        text, reading = article.text, read(article, doc)
        told = told_statements(article, doc, reading)
        names = (name for name in doc.ents if name.label_ in _NAMES)
        self._text, self._sentences = text, reading.sentences
        self._furniture = self._by_sentence(article.furniture)
        self._told = self._by_sentence((each.start, each.end, left_out) for each, left_out in told)
        # the sentence in which a quoted question ends: “Who paid?” Ilic asked.
        self._asked = self._by_sentence(
            (end - 1, end, True) for quote in reading.quotes for start, end in quote.content if _asks(text[start:end])
        )
        self._cues = self._by_sentence((*quote.cue_span, True) for quote in reading.quotes if quote.cue_span)
        self._held = {
            "figure": self._by_sentence((each.start, each.end, each.text) for each in reading.figures),
            "date": self._by_sentence((each.start, each.end, each.text) for each in reading.dates),
            "name": self._by_sentence((name.start_char, name.end_char, name.text) for name in names),
        }

    def sentences(self) -> Iterator[Covered]:
        """Each sentence as it is while no claim stands on it."""
        for place, sentence in enumerate(self._sentences):
            text = self._text[sentence.start : sentence.end]
            nature, reason = self._nature(place, text)
            held = {kind: found[place] for kind, found in self._held.items() if place in found}
            missed = bool(held) and nature not in {"question", "furniture"}
            if missed:
                reason += f" It holds {_listed(held)}."
            yield Covered(sentence.no + 1, sentence.start, sentence.end, text, nature, reason, missed=missed)

    def _nature(self, place: int, text: str) -> tuple[Nature, str]:
        """What the sentence is, and why the engine makes no claim of it, or that it would."""
        if whys := self._furniture.get(place):
            return "furniture", f"It belongs to the page and not to the article: {whys[0]}."
        nature, told = nature_of(text), self._told.get(place)
        if nature == "question" or place in self._asked:
            return "question", _LEFT_OUT["question"][1]
        if nature in HELD_BACK:
            stood = f" {_LEFT_OUT[''][1]}" if told and "" in told else ""
            return nature, f"{_capital(HELD_BACK[nature])}.{stood}"  # type: ignore[return-value]
        if told:
            return _LEFT_OUT["" if "" in told else told[0]]
        if not _WORD.search(text):
            return "none", "It holds no words."
        return "none", _WHO_SPEAKS if place in self._cues else "No assertion in it can be told alone."

    def _by_sentence(self, found: Iterable[tuple[int, int, T]]) -> dict[int, list[T]]:
        return _by_place([(each.start, each.end) for each in self._sentences], found)


def _by_place(spans: Sequence[tuple[int, int]], found: Iterable[tuple[int, int, T]]) -> dict[int, list[T]]:
    """What touches each of the spans, which are in order and apart, by the span's place; an empty stretch touches none."""
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    touching: dict[int, list[T]] = {}
    for start, end, what in found:
        for place in range(bisect_right(ends, start), bisect_left(starts, end) if start < end else 0):
            touching.setdefault(place, []).append(what)
    return touching


def _asks(said: str) -> bool:
    return said.rstrip(_CLOSING).endswith("?")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(held: Mapping[str, Sequence[str]]) -> str:
    """What is held, by kind: a figure (312), names (Korda, Ilic)."""
    kinds = [
        f"{kind}s ({', '.join(map(_short, found[:_MOST]))})" if len(found) > 1 else f"a {kind} ({_short(found[0])})"
        for kind, found in held.items()
    ]
    return " and ".join(filter(None, [", ".join(kinds[:-1]), kinds[-1]]))


def _short(words: str) -> str:
    words = " ".join(words[: 2 * _LONGEST].split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
