"""Passages put where they stand in another version: by their words, by their context, by words like theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from claims.anchoring.anchors import Anchor, Healed, State
from claims.anchoring.neighbours import NEAR, Neighbours, Span
from claims.anchoring.notes import turns
from claims.anchoring.pairing import paired
from claims.anchoring.returning import returned
from claims.anchoring.version import Version, places
from claims.anchoring.wording import Corresponding, likeness
from claims.article import Article

#: From these scores on other words are the same passage reworded: between near sentences that stood around it, and elsewhere.
IN_PLACE, ELSEWHERE = 0.6, 0.75

# Of the shorter of two passages, how much both may cover before they are at one place.
_SHARED = 0.2


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage on its way: its number among those given, its folded span in the old text, its words folded, its sentences."""

    no: int
    first: int
    last: int
    words: str
    sentences: range


class Healing:
    """Two versions, and the places that have been found so far."""

    def __init__(self, old: Article, anchors: Sequence[Anchor], new: Article) -> None:
        self.old, self.new = Version(old), Version(new)
        self.near = Neighbours(self.old, self.new)
        self.anchors = anchors
        self.found: dict[int, Healed] = {}
        self.passages: dict[int, _Passage] = {}
        self._at: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # by sentence: span, and whose
        # Passages found word for word, by the sentence of either version: where each begins here and there, and its length.
        self._kept: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._stand: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._corresponding = Corresponding(self.old.text, self.new.text)

    def healed(self) -> list[Healed]:
        """Where each stands, in the order given."""
        adrift: list[int] = []
        for no, anchor in enumerate(self.anchors):
            if self.old.article.text[anchor.start : anchor.end] != anchor.quote or anchor.start >= anchor.end:
                adrift.append(no)
                continue
            first, last = self.old.span(anchor.start, anchor.end)
            sentences = self.old.touched(first, last)
            self.passages[no] = _Passage(no, first, last, self.old.text[first:last], sentences)
            if (
                first == last and self.new.article.text[anchor.start : anchor.end] == anchor.quote
            ):  # space and nothing else
                self.found[no] = Healed(
                    "unchanged", anchor.start, anchor.end, anchor.quote, 1.0, anchor.quote, anchor.quote
                )
        self._word_for_word(self.old.text, self.new.text)
        self._word_for_word(self.old.caseless, self.new.caseless)
        self._by_likeness(self._lost())
        for no in adrift:
            self._anew(no)
        return [self.found.get(no) or self._gone(no) for no in range(len(self.anchors))]

    def _lost(self) -> list[_Passage]:
        return [each for no, each in self.passages.items() if no not in self.found and each.words]

    # The same words

    def _word_for_word(self, before: str, after: str) -> None:
        """Find the passages whose very words stand in the new text, the longest first; both texts as they are compared."""
        alike: dict[tuple[str, str, int], list[_Passage]] = defaultdict(list)
        for each in self._lost():
            start, end = self.old.whole(each.first, each.last)
            alike[before[each.first : each.last], before[start:end], each.first - start].append(each)
        for words, whole, behind in sorted(alike, key=lambda key: -len(key[0])):
            self._by_words(words, (whole, behind), alike[words, whole, behind], before, after)

    def _by_words(
        self, words: str, whole: tuple[str, int], passages: Sequence[_Passage], before: str, after: str
    ) -> None:
        """Find the passages of these words where the same words stand, with the same rest of a word or figure that they cut."""
        length = len(words)

        def standing(version: Version, text: str) -> Iterator[int]:
            for place in places(text, words):
                start, end = version.whole(place, place + length)
                if (text[start:end], place - start) == whole:
                    yield place

        stand = [place for place in standing(self.new, after) if self._is_open(place, place + length, passages[0])]
        if not stand:
            return
        stood = [*standing(self.old, before)]
        # Within a longer passage that was found, they stand where it does.
        now = {
            place: held[1] + place - held[0]
            for place in stood
            if (held := _holder(self._kept, self.old.sentence(place), place, place + length))
        }
        if before is self.old.caseless:
            # A capital that only began its sentence is none in the middle of another, whose words are its own.
            begin = {self.old.begins(each.first) for each in passages}
            stand = [place for place in stand if self.new.begins(place) in begin]
        stood = [place for place in stood if place not in now]
        stand = [place for place in stand if not _holder(self._stand, self.new.sentence(place), place, place + length)]
        now |= dict(self._paired(before, stood, after, stand, length))
        for each in passages:
            place = now.get(each.first)
            if place is None or self._is_taken(each, place, place + length):
                continue
            if not self._is_reworded_in_place(each, place):
                self._settle(each, place, place + length)

    def _paired(
        self, before: str, stood: Sequence[int], after: str, stand: Sequence[int], length: int
    ) -> Iterator[tuple[int, int]]:
        """Which place of the same words is which: those of corrections among themselves, and then what is left over."""
        if not stood or not stand:
            return
        was = {place: self.old.note_around(place, place + length) is not None for place in stood}
        now = {place: self.new.note_around(place, place + length) is not None for place in stand}
        for kinds in ({False}, {True}, {False, True}):
            sides = [[place for place, noted in side.items() if noted in kinds] for side in (was, now)]
            for old, new in paired(before, sides[0], after, sides[1], length):
                del was[old], now[new]
                yield old, new

    def _is_open(self, first: int, last: int, passage: _Passage) -> bool:
        """Whether a place is the article's, or of its page as the passage was before."""
        article = self.new.article
        if not article.is_furniture(*self.new.back(first, last)):
            return True
        return self.old.article.is_furniture(*self.old.back(passage.first, passage.last))

    def _is_reworded_in_place(self, passage: _Passage, place: int) -> bool:
        """Whether the passage has other words between the sentences that stood around it, and is put there.

        Its own words stand elsewhere then: a correction that repeats them, an old text below the new one.
        """
        low, high = self.near.gap(passage.sentences[0])
        sentence = self.new.sentence(place)
        if low <= sentence < high:
            return False
        # That its whole sentence went there is as likely, unless all that stood next to it stays.
        moved = self.near.kept.get(sentence) in passage.sentences
        spans = self.near.reworded(passage.sentences, ELSEWHERE, closely=moved)
        return any(self._reword(passage, span, IN_PLACE) for span in spans)

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
        if turned := self._turned(passage, first, last):
            (was, now), state = turned, "reworded"
            score = likeness(was, now)
        self._put(passage.no, Healed(state, start, end, text[start:end], score, was, now), first, last)
        for number in passage.sentences:
            self._kept[number].append((passage.first, first, last - first))
        for number in self.new.touched(first, last):
            self._stand[number].append((first, passage.first, last - first))

    def _turned(self, passage: _Passage, first: int, last: int) -> tuple[str, str] | None:
        """The sentences around the passage, if what stands around it in them turns its sense now, or did before."""
        around, about = self.old.around(passage.first, passage.last), self.new.around(first, last)
        noted, note = self.old.note_around(passage.first, passage.last), self.new.note_around(first, last)
        if bool(noted) is bool(note):
            before = [self.old.text[around[0] : passage.first], self.old.text[passage.last : around[1]]]
            after = [self.new.text[about[0] : first], self.new.text[last : about[1]]]
            if before == after or not turns(before, after):
                return None
        return self.old.shown(*(noted or around)), self.new.shown(*(note or about))

    # Words like them

    def _by_likeness(self, passages: Sequence[_Passage]) -> None:
        """Find the others where words like theirs stand, the most alike first."""
        offers = []
        for each in passages:
            for score, place, least in self._offers(each):
                offers.append((-score, each.first, each.no, place, least))
        for _, _, no, place, least in sorted(offers):
            passage = self.passages[no]
            if no not in self.found and not self.near.is_likelier(place, passage.sentences, self._claimed):
                self._reword(passage, place, least)

    def _offers(self, passage: _Passage) -> Iterator[tuple[float, Span, float]]:
        """Where words like these may stand: how alike, the span of the sentences, and how alike they must be there."""
        low, high = self.near.gap(passage.sentences[0])
        near = self.near.near(passage.sentences[0])
        for number in dict.fromkeys([*near, *self.near.likely(passage.words)]):
            least = IN_PLACE if low <= number < high <= low + NEAR else ELSEWHERE
            span = self.near.window(number, len(passage.sentences))
            if self.near.is_others(span, passage.sentences):
                continue
            words = self.new.text[slice(*span)]
            if score := fuzz.partial_ratio(passage.words, words, score_cutoff=max(100 * least - 15, 0)):
                yield score, span, least

    @cached_property
    def _claimed(self) -> frozenset[int]:
        return frozenset(number for each in self.passages.values() for number in each.sentences)

    def _reword(self, passage: _Passage, place: Span, least: float) -> bool:
        """Put the passage on the words that correspond to its own, if they are like enough and nobody stands there."""
        around = self.old.around(passage.first, passage.last)
        span = self._corresponding.span(around, (passage.first, passage.last), place)
        if span is None or not self._is_open(*span, passage) or self._is_taken(passage, *span):
            return False
        score = likeness(passage.words, self.new.text[slice(*span)])
        if score < least:
            return False
        old, new = self.old.whole(passage.first, passage.last), self.new.whole(*span)
        was, now = self.old.text[slice(*old)], self.new.text[slice(*new)]
        if was == now:
            self._settle(passage, *span)
            return True
        start, end = self.new.back(*new)
        words = self.new.article.text[start:end]
        told = self.anchors[passage.no].quote if old == (passage.first, passage.last) else self.old.shown(*old)
        self._put(passage.no, Healed("reworded", start, end, words, likeness(was, now), told, words), *new)
        return True

    # Places

    def _put(self, no: int, healed: Healed, first: int, last: int) -> None:
        self.found[no] = healed
        for number in self.new.touched(first, last):
            self._at[number].append((first, last, no))

    def _is_taken(self, passage: _Passage, first: int, last: int) -> bool:
        """Whether another passage stands there already that stood elsewhere before."""
        for number in self.new.touched(first, last):
            for begins, ends, no in self._at[number]:
                if _share((first, last), (begins, ends)) <= _SHARED:
                    continue
                other = self.passages.get(no)
                if other is None or not _share((passage.first, passage.last), (other.first, other.last)):
                    return True
        return False

    def _anew(self, no: int) -> None:
        """Find what was gone from the old version already."""
        nowhere = _Passage(no, 0, 0, "", range(0))
        if there := returned(self.anchors[no], self.new, lambda first, last: self._is_taken(nowhere, first, last)):
            self._put(no, there[0], *there[1])

    def _gone(self, no: int) -> Healed:
        anchor = self.anchors[no]
        place = min(anchor.start, len(self.new.article.text))
        if (passage := self.passages.get(no)) and self.new.starts:
            low, _ = self.near.gap(passage.sentences[0])
            at = self.new.starts[low] if low < len(self.new.starts) else None
            place = len(self.new.article.text) if at is None else self.new.back(at, at + 1)[0]
        return Healed("gone", place, place, "", 0.0, anchor.quote, "")


def _holder(
    found: Mapping[int, Sequence[tuple[int, int, int]]], sentence: int, first: int, last: int
) -> tuple[int, int, int] | None:
    """The passage of a sentence that holds a span."""
    return next((each for each in found.get(sentence, ()) if each[0] <= first and last <= each[0] + each[2]), None)


def _share(one: Span, other: Span) -> float:
    """How much of the shorter span both cover."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return max(both, 0) / shorter if shorter else 0.0
