"""Passages put where they stand in another version: by their words, by their context, by words like theirs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Postfix, Prefix

from claims.anchoring.anchors import Anchor, Healed, State, context
from claims.anchoring.pairing import landmarks, paired
from claims.anchoring.version import LONGEST, Version, words_in
from claims.anchoring.wording import corresponding, likeness
from claims.article import Article

#: From these scores on other words are the same passage reworded: between near sentences that stood around it, and elsewhere.
IN_PLACE, ELSEWHERE = 0.6, 0.75

# Sentences that are looked at where a passage stood, and elsewhere for the words that it has; a word of more sentences tells none.
_NEAR, _CANDIDATES, _COMMON = 12, 6, 200
# Of the shorter of two passages, how much both may cover before they are at one place.
_SHARED = 0.2

#: Words around a passage that turn what it says, where one comes or goes.
TURNING = frozenset(
    """
    no not n't never neither nor none nobody nothing without cannot false falsely untrue wrong wrongly denied denies deny
    denying refuted refutes rejected rejects disputed disputes doubted doubts if unless whether would could may might should
    alleged alleges allegedly reportedly apparently supposedly unconfirmed claimed claims hardly scarcely barely
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage on its way: its number among those given, its folded span in the old text, and its words folded."""

    no: int
    first: int
    last: int
    words: str


class Healing:
    """Two versions, and the places that have been found so far."""

    def __init__(self, old: Article, anchors: Sequence[Anchor], new: Article) -> None:
        self.old, self.new = Version(old), Version(new)
        self.anchors = anchors
        self.found: dict[int, Healed] = {}
        self.passages: dict[int, _Passage] = {}
        self._at: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # by sentence: span, and whose
        # Passages found word for word, by the sentence of either version: where each begins here and there, and its length.
        self._kept: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._stand: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self.known = landmarks(self.old.sentences, self.new.sentences)
        self._known_old = [before for before, _ in self.known]

    def healed(self) -> list[Healed]:
        """Where each stands, in the order given."""
        adrift: list[int] = []
        alike: dict[str, list[_Passage]] = defaultdict(list)
        for no, anchor in enumerate(self.anchors):
            if self.old.article.text[anchor.start : anchor.end] != anchor.quote or anchor.start >= anchor.end:
                adrift.append(no)
                continue
            first, last = self.old.span(anchor.start, anchor.end)
            self.passages[no] = _Passage(no, first, last, self.old.text[first:last])
            if first < last:
                alike[self.old.text[first:last]].append(self.passages[no])
            elif self.new.article.text[anchor.start : anchor.end] == anchor.quote:  # space and nothing else
                self.found[no] = Healed(
                    "unchanged", anchor.start, anchor.end, anchor.quote, 1.0, anchor.quote, anchor.quote
                )
        for words in sorted(alike, key=lambda words: -len(words)):
            self._by_words(words, alike[words])
        self._bylikeness([each for no, each in self.passages.items() if no not in self.found])
        for no in adrift:
            self._anew(no)
        return [self.found.get(no) or self._gone(no) for no in range(len(self.anchors))]

    def _by_words(self, words: str, passages: Sequence[_Passage]) -> None:
        """Find the passages of these words where the same words stand."""
        stood = self.old.holds(words)
        stand = [place for place in self.new.holds(words) if self._is_open(place, place + len(words), passages[0])]
        cut = {each.first for each in passages if self.old.is_cut(each.first, each.last)}
        stood = [place for place in stood if place in cut or not self.old.is_cut(place, place + len(words))]
        if not cut:
            stand = [place for place in stand if not self.new.is_cut(place, place + len(words))]
        # Within a longer passage that was found, they stand where it does.
        inside = {
            place: held[1] + place - held[0]
            for place in stood
            if (held := _holder(self._kept, self.old.sentence(place), place, place + len(words)))
        }
        stood = [place for place in stood if place not in inside]
        stand = [
            place for place in stand if not _holder(self._stand, self.new.sentence(place), place, place + len(words))
        ]
        now = inside | dict(paired(self.old.text, stood, self.new.text, stand, len(words)))
        for each in passages:
            place = now.get(each.first)
            if place is not None and not self._is_taken(each, place, place + len(words)):
                self._settle(each, place, place + len(words))

    def _is_open(self, first: int, last: int, passage: _Passage) -> bool:
        """Whether a place is the article's, or of its page as the passage was before."""
        article = self.new.article
        if not article.is_furniture(*self.new.back(first, last)):
            return True
        return self.old.article.is_furniture(*self.old.back(passage.first, passage.last))

    def _settle(self, passage: _Passage, first: int, last: int) -> None:
        """The same words were found at this place."""
        anchor = self.anchors[passage.no]
        start, end = self.new.back(first, last)
        # Space and unseen signs at the ends come along where they still stand there.
        begun = start - (self.old.back(passage.first, passage.last)[0] - anchor.start)
        text = self.new.article.text
        if begun >= 0 and text[begun : begun + len(anchor.quote)] == anchor.quote:
            start, end = begun, begun + len(anchor.quote)
        state: State = "unchanged" if (start, end) == (anchor.start, anchor.end) else "moved"
        was, now, score = anchor.quote, text[start:end], 1.0
        around, about = self.old.around(passage.first, passage.last), self.new.around(first, last)
        if self._is_turned(passage, around, (first, last), about):
            was, now = self._shown(self.old, around), self._shown(self.new, about)
            state, score = "reworded", likeness(was, now)
        self._put(passage.no, Healed(state, start, end, text[start:end], score, was, now), first, last)
        for number in range(self.old.sentence(passage.first), self.old.sentence(passage.last - 1) + 1):
            self._kept[number].append((passage.first, first, last - first))
        for number in range(self.new.sentence(first), self.new.sentence(last - 1) + 1):
            self._stand[number].append((first, passage.first, last - first))

    def _is_turned(
        self, passage: _Passage, around: tuple[int, int], span: tuple[int, int], about: tuple[int, int]
    ) -> bool:
        """Whether a word that turns the sense came or went around the passage, in its sentence."""
        before = [self.old.text[around[0] : passage.first], self.old.text[passage.last : around[1]]]
        after = [self.new.text[about[0] : span[0]], self.new.text[span[1] : about[1]]]
        if before == after:
            return False
        counts = [
            Counter(word for side in sides for word in re.findall(r"n't\b|[^\W\d_]+", side.casefold()))
            for sides in (before, after)
        ]
        return not TURNING.isdisjoint((counts[0] - counts[1]) | (counts[1] - counts[0]))

    @staticmethod
    def _shown(version: Version, span: tuple[int, int]) -> str:
        start, end = version.back(*span)
        return version.article.text[start:end].strip()

    def _bylikeness(self, passages: Sequence[_Passage]) -> None:
        """Find the others where words like theirs stand, the most alike first."""
        offers = []
        for each in passages:
            for score, place, near in self._offers(each):
                offers.append((-score, each.first, each.no, place, near))
        for _, _, no, place, near in sorted(offers):
            if no not in self.found:
                self._reword(self.passages[no], place, near=near)

    def _offers(self, passage: _Passage) -> Iterator[tuple[float, tuple[int, int], bool]]:
        """Where words like these may stand: how alike, the span of the sentences, and whether the passage stood there."""
        sentence = self.old.sentence(passage.first)
        length = self.old.sentence(passage.last - 1) - sentence + 1
        low, high = self._gap(sentence)
        near = self._middle(sentence, low, high)
        weights: Counter[int] = Counter()
        for word in dict.fromkeys(words_in(passage.words)):
            holding = self.new.holding.get(word, ())
            if len(holding) <= _COMMON:
                for number in holding:
                    weights[number] += 1 / len(holding)  # type: ignore[assignment]
        likely = sorted(weights, key=lambda number: (-weights[number], number))[:_CANDIDATES]
        for number in dict.fromkeys([*near, *likely]):
            stands_near = low <= number < high <= low + _NEAR
            span = self.new.starts[number], self.new.ends(min(number + length, len(self.new.starts)) - 1)
            if span[1] - span[0] >= length * LONGEST:  # a piece, whose words may go on in the next
                span = span[0], self.new.ends(min(number + length, len(self.new.starts) - 1))
            least = 100 * (IN_PLACE if stands_near else ELSEWHERE) - 15
            score = fuzz.partial_ratio(passage.words, self.new.text[span[0] : span[1]], score_cutoff=max(least, 0))
            if score:
                yield score, span, stands_near

    def _middle(self, sentence: int, low: int, high: int) -> range:
        """Of the sentences between two that stayed, those that are about as far between them as this one was."""
        if high - low <= _NEAR:
            return range(low, high)
        at = bisect_left(self._known_old, sentence)
        before = self._known_old[at - 1] + 1 if at else 0
        after = next((number for number in self._known_old[at : at + 2] if number > sentence), len(self.old.starts))
        middle = low + (sentence - before) * (high - low) // (after - before)
        first = min(max(middle - _NEAR // 2, low), high - _NEAR)
        return range(first, first + _NEAR)

    def _gap(self, sentence: int) -> tuple[int, int]:
        """The sentences of the new text between those that stood on both sides of one of the old text."""
        at = bisect_left(self._known_old, sentence)
        low = self.known[at - 1][1] + 1 if at else 0
        after = at + 1 if at < len(self.known) and self.known[at][0] == sentence else at
        high = self.known[after][1] if after < len(self.known) else len(self.new.starts)
        return low, high

    def _reword(self, passage: _Passage, place: tuple[int, int], *, near: bool) -> None:
        """Put the passage on the words that correspond to its own, if they are like enough and nobody stands there."""
        around = self.old.around(passage.first, passage.last)
        span = corresponding(self.old.text, around, (passage.first, passage.last), self.new.text, place)
        if span is None or not self._is_open(*span, passage) or self._is_taken(passage, *span):
            return
        score = likeness(passage.words, self.new.text[span[0] : span[1]])
        if score < (IN_PLACE if near else ELSEWHERE):
            return
        start, end = self.new.back(*span)
        words = self.new.article.text[start:end]
        state: State = "reworded"
        self._put(passage.no, Healed(state, start, end, words, score, self.anchors[passage.no].quote, words), *span)

    def _put(self, no: int, healed: Healed, first: int, last: int) -> None:
        self.found[no] = healed
        for number in range(self.new.sentence(first), self.new.sentence(last - 1) + 1):
            self._at[number].append((first, last, no))

    def _is_taken(self, passage: _Passage, first: int, last: int) -> bool:
        """Whether another passage stands there already that stood elsewhere before."""
        for number in range(self.new.sentence(first), self.new.sentence(last - 1) + 1):
            for begins, ends, no in self._at[number]:
                if _share((first, last), (begins, ends)) <= _SHARED:
                    continue
                other = self.passages.get(no)
                if other is None or not _share((passage.first, passage.last), (other.first, other.last)):
                    return True
        return False

    def _anew(self, no: int) -> None:
        """Find what was gone: its words, where nobody stands, at the place whose context is most like its own."""
        anchor = self.anchors[no]
        words = Version(Article(anchor.quote)).text.strip()
        passage = _Passage(no, 0, 0, words)
        if not words:
            return
        places = [
            place
            for place in self.new.holds(words)
            if not self.new.article.is_furniture(*self.new.back(place, place + len(words)))
            and not self.new.is_cut(place, place + len(words))
            and not self._is_taken(passage, place, place + len(words))
        ]
        if not places:
            return
        text = self.new.article.text
        spans = [self.new.back(place, place + len(words)) for place in places]

        def likeness(number: int) -> tuple[int, int]:
            before, after = context(text, *spans[number])
            return Postfix.similarity(anchor.prefix, before) + Prefix.similarity(anchor.suffix, after), -number

        best = max(range(len(places)), key=likeness)
        start, end = spans[best]
        healed = Healed("moved", start, end, text[start:end], 1.0, anchor.quote, text[start:end])
        self._put(no, healed, places[best], places[best] + len(words))

    def _gone(self, no: int) -> Healed:
        anchor = self.anchors[no]
        place = min(anchor.start, len(self.new.article.text))
        if (passage := self.passages.get(no)) and self.new.starts:
            low, _ = self._gap(self.old.sentence(passage.first))
            place = self.new.places[self.new.starts[low]] if low < len(self.new.starts) else len(self.new.article.text)
        return Healed("gone", place, place, "", 0.0, anchor.quote, "")


def _holder(
    found: Mapping[int, Sequence[tuple[int, int, int]]], sentence: int, first: int, last: int
) -> tuple[int, int, int] | None:
    """The passage of a sentence that holds a span."""
    return next((each for each in found.get(sentence, ()) if each[0] <= first and last <= each[0] + each[2]), None)


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much of the shorter span both cover."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return max(both, 0) / shorter if shorter else 0.0
