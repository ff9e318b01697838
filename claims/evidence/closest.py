"""The place of a passage in a text: of its very words, or the one most like it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.evidence.folding import Folded, fold
from claims.evidence.likely import WITHOUT_BLANKS, WORD, stretches
from claims.evidence.omissions import Omission, between, sentence_end, sentence_starts_after

#: Out of 100, how alike the closest place must be to count as the passage with differences (rapidfuzz's normalised indel
#: similarity). In news, a dozen words with one exchanged keep 91 to 99, with two 84 to 98, with three 77 to 94; a paraphrase has
#: 40 to 70.
CLOSE = 85.0

#: How many runs of equal words, from either side, a found place may begin or end at, besides the first and the last of
#: several words; of a passage of so many signs, these two.
_ENDS, _SURE, _LONG = 3, 3, 2_000

#: How many words beyond these it may begin or end at.
_BEYOND = 6

#: How many chains of a passage's parts are looked at for one that leaves out less, once one is near enough to count.
_CHAINS = 1_000

#: How far behind a part the next is looked for, where its very words are not there. Signs.
_REACH = 4_000

_OMISSION = re.compile(
    r"""
    [(\[] \s* (?: \N{HORIZONTAL ELLIPSIS} | \.{3} | \.\s\.\s\. ) \s* [)\]]   # in brackets, as an editor's own
    | \N{HORIZONTAL ELLIPSIS} | \.{3,} | \.\s\.\s\.
    """,
    re.VERBOSE,
)

#: What an editor put in, such as "[he]" or "[T]he".
_INSERTION = re.compile(r"\[([^\[\]\n]{1,60})\]")

_SIGN = re.compile(rf"[{WITHOUT_BLANKS}]")

#: Signs around a word that belong to the sentence around a passage.
_OPENING, _CLOSING = "\"'“‘«„([", "\"'”’»“.,;:!?…)]"

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of a passage stands in the text that is searched, and how alike the two are, out of 100."""

    quoted: str
    start: int
    end: int
    score: float = 100.0
    exact: bool = True


def parts_of(quoted: str) -> list[str]:
    """The passage between its ellipses, each without the quotation marks around it; what holds no word is none.

    >>> parts_of("“Two vans … waited” [...] north"), parts_of("…")
    (['Two vans', 'waited', 'north'], [])
    """
    parts = (part.strip().strip("\"'“”„‟«»‘’‚‹›").strip() for part in _OMISSION.split(quoted))
    return [part for part in parts if any(sign.isalnum() for sign in part)]


def exact(part: str, whole: Folded, low: int, high: int, *, last: bool = False) -> Place | None:
    """The first place of these words, or the last, from ``low`` on and before ``high``.

    >>> exact("two  vans", fold("Then two vans waited."), 0, 21)
    Place(quoted='two  vans', start=5, end=13, score=100.0, exact=True)
    >>> exact("5 were", fold("785 were there"), 0, 14) is None
    True
    """
    words = whole.words
    first, beyond = whole.index(low), whole.index(high) if high < len(whole.text) else len(words)
    bare = parts_of(part)
    for wanted in dict.fromkeys(fold(each).words.strip() for each in (part, *(bare if len(bare) == 1 else ()))):
        if not any(sign.isalnum() for sign in wanted):
            continue
        starts, ends = (sign.isalnum() and not _SIGN.match(sign) for sign in (wanted[0], wanted[-1]))
        for at in _places_of(wanted, words, first, beyond, last=last):
            after = at + len(wanted)
            # Most places within words are passed over before their spans are looked up.
            if not (
                (starts and at and words[at - 1].isascii() and words[at - 1].isalnum())
                or (ends and words[after : after + 1].isascii() and words[after : after + 1].isalnum())
            ):
                start, end = whole.span(at, after)
                if low <= start and end <= high and _is_whole(whole.text, start, end):
                    return Place(part, start, end)
    return None


def _places_of(wanted: str, words: str, low: int, high: int, *, last: bool) -> Iterator[int]:
    """Where these signs stand, in order or from the last one back."""
    at = words.rfind(wanted, low, high) if last else words.find(wanted, low, high)
    while at >= 0:
        yield at
        at = words.rfind(wanted, low, at + len(wanted) - 1) if last else words.find(wanted, at + 1, high)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a place begins and ends where words do, and cuts no figure, no hyphened word and no "n't" in two."""
    return not (
        _cuts(text[max(start - 2, 0) : start][::-1], text[start])
        or _cuts(text[end : end + 2], text[end - 1], after=True)
    )


def _cuts(beyond: str, edge: str, *, after: bool = False) -> bool:
    """Whether the sign at the edge belongs together with what stands beyond it, nearest first."""
    if not beyond or not edge.isalnum() or _SIGN.match(edge):
        return False
    near, far = beyond[0], beyond[1:]
    if near.isalnum():
        return not _SIGN.match(near)
    if near in "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}":
        return far.isalnum() or (edge.isdigit() and not after)
    if near in ".,":
        return edge.isdigit() and far.isdigit()
    return near in "'\N{RIGHT SINGLE QUOTATION MARK}" and far.isalpha()


def exact_in_order(parts: Sequence[str], whole: Folded) -> list[Place]:
    """The places of all parts, one after the other, that leave out the least that may turn them; none where one is not there.

    Of places that are far apart it goes on to the next, to the text's end; of near ones the first that leaves out no more
    than a few words of one sentence, or else the best of many.
    """
    best: tuple[tuple[bool, bool, bool], list[Place]] | None = None
    low, seen = 0, 0
    while chain := _chain(parts, whole, low):
        gaps = between(chain, whole.text)
        rank = _worst(gaps)
        if not rank[0]:
            seen += len(parts)
            if best is None or rank < best[0]:
                best = rank, chain
            if rank == (False, False, False) or seen > _CHAINS:
                break
        low = chain[0].end
    return best[1] if best else []


def _worst(gaps: Sequence[Omission]) -> tuple[bool, bool, bool]:
    return any(gap.far for gap in gaps), any(gap.turns for gap in gaps), any(gap.shown for gap in gaps)


def _chain(parts: Sequence[str], whole: Folded, low: int) -> list[Place]:
    """The first places of all parts from ``low`` on, as close together as they stand."""
    places: list[Place] = []
    for part in parts:
        place = exact(part, whole, places[-1].end if places else low, len(whole.text))
        if place is None:
            return []
        places.append(place)
    for number in range(len(parts) - 2, -1, -1):
        place = places[number]
        places[number] = exact(parts[number], whole, place.start, places[number + 1].start, last=True) or place
    return places


def closest(parts: Sequence[str], whole: Folded) -> list[Place]:
    """The parts one after the other, some with differences; none where one is not there at all.

    >>> [round(place.score) for place in closest(["two vans waiting at"], fold("Then two vans waited at noon."))]
    [86]
    >>> closest(["two vans waiting"], fold("Nothing is here."))
    []
    """
    first = exact(parts[0], whole, 0, len(whole.text)) if len(parts) > 1 else None
    for start in [*([first] if first else []), *_alike(parts[0], whole, 0, len(whole.text))]:
        found = [start]
        for part in parts[1:]:
            low = found[-1].end
            high = min(low + _REACH + 2 * len(part), len(whole.text))
            place = exact(part, whole, low, high) or next(iter(_alike(part, whole, low, high)), None)
            if place is None:
                break
            found.append(place)
        if len(found) == len(parts) and not any(gap.far for gap in between(found, whole.text)):
            return found
    return []


def _alike(part: str, whole: Folded, low: int, high: int) -> list[Place]:
    """The places that are most like the part, the likest first, each with the document's own word at either end."""
    plain = _INSERTION.sub(" ", part)
    wanted, _ = _words(plain, 0, len(plain))
    if not wanted or low >= high:
        return []
    told = fold(plain).words.strip().casefold()
    found: dict[tuple[int, int], float] = {}
    for begin, finish in stretches(told, whole.words, whole.index(low), whole.index(high)):
        if begin < finish:
            first, last = whole.span(begin, finish)
            for place in _places(wanted, part, told, whole.text, max(first, low), min(last, high)):
                found[place[1]] = max(found.get(place[1], 0.0), place[0])
    ranked = sorted(((score, -start, end) for (start, end), score in found.items() if score >= CLOSE), reverse=True)
    return [Place(part, -start, end, score, exact=False) for score, start, end in ranked]


def _words(text: str, low: int, high: int) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of a stretch of a text by their cores, and where each stands."""
    cores, spans = [], []
    for word in WORD.finditer(text, low, high):
        if core := _core(word.group()):
            cores.append(core)
            spans.append(word.span())
    return cores, spans


@lru_cache(maxsize=50_000)
def _core(word: str) -> str:
    """A word without case and without the signs around it.

    >>> _core("“Guards,"), _core("$1.5m"), _core("—")
    ('guards', '1.5m', '')
    """
    return _EDGES.sub("", fold(word).words if not word.isascii() else word).casefold()


def _places(
    wanted: Sequence[str], part: str, told: str, text: str, low: int, high: int
) -> list[tuple[float, tuple[int, int]]]:
    """The likest place of these words in a stretch of the text, and how alike it is; none where no word is the same."""
    cores, spans = _words(text, low, high)
    equal = [turn for turn in Levenshtein.opcodes(wanted, cores) if turn.tag == "equal"]
    surer = [turn for turn in equal if turn.src_end - turn.src_start >= _SURE]
    ends = _ENDS if len(told) < _LONG or not surer else 0
    best: tuple[float, int, int, int, int] | None = None
    for head in (*equal[:ends], *surer[:1]):
        for tail in (*equal[-ends or len(equal) :], *surer[-1:]):
            if tail.dest_start < head.dest_start:
                continue
            before, after = head.src_start, len(wanted) - tail.src_end
            for start in range(max(head.dest_start - min(before, _BEYOND), 0), head.dest_start + 1):
                for end in range(tail.dest_end, min(tail.dest_end + min(after, _BEYOND), len(cores)) + 1):
                    place = _trimmed(text, spans[start][0], spans[end - 1][1], part)
                    score = fuzz.ratio(told, fold(text[slice(*place)]).words.casefold())
                    begin, finish = max(head.dest_start - before, 0), min(tail.dest_end + after, len(cores))
                    if best is None or score > best[0]:
                        best = score, start, end, begin, finish
    if best is None:
        return []
    score, start, end, begin, finish = best
    first, last = spans[min(start, begin)][0], spans[max(end, finish) - 1][1]
    # What the passage has beyond the equal words is told beside the document's own, not over a sentence's end.
    first += sentence_starts_after(text[first : spans[start][0]])
    tail_from = spans[end - 1][0]
    last = min(last, max(tail_from + sentence_end(text[tail_from : last + 1]), spans[end - 1][1]))
    return [(score, _trimmed(text, *_stripped(text, first, last), part))]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _trimmed(text: str, start: int, end: int, part: str) -> tuple[int, int]:
    """The same place without the signs of a sentence around it that the passage does not have."""
    while part[-1:].isalnum() and text[end - 1] in _CLOSING:
        end -= 1
    while part[:1].isalnum() and text[start] in _OPENING:
        start += 1
    return start, end
