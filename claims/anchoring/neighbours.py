"""What stands near what in two versions: the sentences that stayed, and those where other words for a passage may stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from claims.anchoring.pairing import landmarks, paired
from claims.anchoring.version import LONGEST, Version, words_in
from claims.anchoring.wording import likeness

#: Sentences that are looked at where a passage stood.
NEAR = 12
# Sentences that are looked at elsewhere for the words that a passage has; a word of more sentences tells none.
_CANDIDATES, _COMMON = 6, 200

Span = tuple[int, int]


class Neighbours:
    """The sentences of two versions, and which of them are the same."""

    def __init__(self, old: Version, new: Version) -> None:
        self.old, self.new = old, new
        self._known = landmarks(old.sentences, new.sentences)
        self._known_old = [before for before, _ in self._known]
        #: Of each sentence of the new text that stood in the old one, which it was there.
        self.kept = _kept(old, new)
        self._stay = set(self.kept.values())

    def gap(self, sentence: int) -> Span:
        """The sentences of the new text between those that stood on both sides of one of the old text."""
        at = bisect_left(self._known_old, sentence)
        low = self._known[at - 1][1] + 1 if at else 0
        after = at + 1 if at < len(self._known) and self._known[at][0] == sentence else at
        high = self._known[after][1] if after < len(self._known) else len(self.new.starts)
        return low, high

    def near(self, sentence: int) -> range:
        """Of the sentences between two that stayed, those that are about as far between them as this one was."""
        low, high = self.gap(sentence)
        if high - low <= NEAR:
            return range(low, high)
        at = bisect_left(self._known_old, sentence)
        before = self._known_old[at - 1] + 1 if at else 0
        after = next((number for number in self._known_old[at : at + 2] if number > sentence), len(self.old.starts))
        middle = low + (sentence - before) * (high - low) // (after - before)
        first = min(max(middle - NEAR // 2, low), high - NEAR)
        return range(first, first + NEAR)

    def likely(self, words: str) -> list[int]:
        """The sentences of the new text that have most of these words, the rarest weighing most."""
        return _sharing(self.new, words)

    def window(self, number: int, length: int) -> Span:
        """The span of so many sentences of the new text, from one on."""
        start, end = self.new.starts[number], self.new.ends(min(number + length, len(self.new.starts)) - 1)
        if end - start >= length * LONGEST:  # a piece, whose words may go on in the next
            end = self.new.ends(min(number + length, len(self.new.starts) - 1))
        return start, end

    def is_others(self, span: Span, own: range) -> bool:
        """Whether all that stands there stood in the old text already, as other sentences than these."""
        return all(self.kept.get(number, own[0]) not in own for number in self.new.touched(*span))

    def reworded(self, own: range, least: float, *, closely: bool) -> Iterator[Span]:
        """Where, between the same neighbours, sentences that the old text had not are like these, the most alike first.

        ``closely`` asks for the very neighbours on both sides, else for the nearest that stayed.
        """
        low, high = self.gap(own[0])
        if high - low > NEAR:
            return
        words = self._words(self.old, own[0], own[-1])
        found = []
        for number in range(low, high):
            last = min(number + len(own), high) - 1
            if self.kept.keys().isdisjoint(range(number, last + 1)) and not (
                closely and self._is_parted(own, number, last)
            ):
                span = self.window(number, len(own))
                found.append((likeness(words, self.new.caseless[slice(*span)].strip()), span))
        yield from (span for alike, span in sorted(found, reverse=True) if alike >= least)

    def _is_parted(self, own: range, first: int, last: int) -> bool:
        """Whether sentences of the new text stand by others than these did; where these stood by none, by any that stayed."""
        before = own[0] - 1 if own[0] else None
        after = own[-1] + 1 if own[-1] + 1 < len(self.old.starts) else None
        return self.kept.get(first - 1) != before or self.kept.get(last + 1) != after

    def is_likelier(self, span: Span, own: range, claimed: Iterable[int]) -> bool:
        """Whether another sentence of the old text, which nobody claims and which did not stay, is more like what stands there."""
        theirs = self.new.caseless[slice(*span)].strip()
        least = likeness(self._words(self.old, own[0], own[-1]), theirs)
        others = {number for number in _sharing(self.old, theirs) if number not in own} - self._stay - {*claimed}
        return any(likeness(self.old.sentences[number], theirs) > least for number in others)

    @staticmethod
    def _words(version: Version, first: int, last: int) -> str:
        return version.caseless[version.starts[first] : version.ends(last)].strip()


def _sharing(version: Version, words: str) -> list[int]:
    weights: Counter[int] = Counter()
    for word in dict.fromkeys(words_in(words)):
        holding = version.holding.get(word, ())
        if len(holding) <= _COMMON:
            for number in holding:
                weights[number] += 1 / len(holding)  # type: ignore[assignment]
    return sorted(weights, key=lambda number: (-weights[number], number))[:_CANDIDATES]


def _kept(old: Version, new: Version) -> dict[int, int]:
    """The sentences that stayed, the new one's number to the old one's; of several alike as many as both texts have."""
    sides: list[dict[str, list[int]]] = []
    for version in (old, new):
        numbers = defaultdict(list)
        for number, text in enumerate(version.sentences):
            numbers[text].append(number)
        sides.append(numbers)
    kept = {}
    for text in (sides[0].keys() & sides[1].keys()) - {""}:
        stood, stand = (
            [version.starts[number] for number in side[text]] for version, side in zip((old, new), sides, strict=True)
        )
        for was, now in paired(old.caseless, stood, new.caseless, stand, len(text)):
            kept[new.sentence(now)] = old.sentence(was)
    return kept
