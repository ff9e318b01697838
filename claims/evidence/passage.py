"""A source's quoted passage in its document: found word for word, found with differences, each shown, or not found.

Word for word means the same words in the same order. White space, the form of quotation marks and dashes, ligatures, soft
hyphens and what else is not seen may differ: they are the typesetter's, and change with every copy. Anything else that
differs is shown. A figure or a negation that differs is no small difference, however few letters it has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.evidence.folding import Folded, fold

State = Literal["verbatim", "differs", "missing"]

#: Out of 100, how alike the closest place must be to count as the passage with differences (rapidfuzz's normalised indel
#: similarity). In news, a dozen words with one exchanged keep 91 to 99, with two 84 to 98, with three 77 to 94; a paraphrase has
#: 40 to 70.
CLOSE = 85.0

#: How many pieces of a passage may be left out before it is no passage any more.
_MOST_PARTS = 50

#: The words of an omission that a negation among them may turn: "did … escape" for "did not escape".
_TURNING = 4

#: How many runs of equal words, from either side, a found place may begin or end at.
_ENDS = 3

_OMISSION = re.compile(
    r"""
    [(\[] \s* (?: \N{HORIZONTAL ELLIPSIS} | \.{3} | \.\s\.\s\. ) \s* [)\]]   # in brackets, as an editor's own
    | \N{HORIZONTAL ELLIPSIS} | \.{3,} | \.\s\.\s\.
    """,
    re.VERBOSE,
)

#: What an editor put in, such as "[he]" or "[T]he".
_INSERTION = re.compile(r"\[([^\[\]\n]{1,60})\]")

#: A word as it is compared: between blanks; of a script that sets no blanks, one sign.
_WITHOUT_BLANKS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_WITHOUT_BLANKS}]|[^\s{_WITHOUT_BLANKS}]+")
_SIGN = re.compile(rf"[{_WITHOUT_BLANKS}]")

#: Signs around a word that belong to the sentence around a passage.
_OPENING, _CLOSING = "\"'“‘«„([", "\"'”’»“.,;:!?…)]"

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_NEGATION = re.compile(r"no|not|never|none|nobody|nothing|neither|nor|without|cannot|hardly|denied|denies|deny|\w+n't")
_NUMBER = re.compile(
    r"""
    .*\d.*
    | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | dozens?
    | (?:thir|four|fif|six|seven|eigh|nine)teen
    | (?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?
    | hundreds? | thousands? | (?:m|b|tr)illions? | half | third | quarter | twice
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.!?]\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of the passage beside the document's at the same place; either may be empty, and equal ones are the same."""

    quoted: str
    found: str
    same: bool

    @property
    def alters(self) -> bool:
        """Whether a figure or a negation stands in one of the two and not in the other."""
        return not self.same and _telling(self.quoted) != _telling(self.found)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands in its document: ``text[start:end]`` is the whole place, ``spans`` its parts without omissions.

    ``score`` is out of 100. ``runs`` lay the passage beside what was found, word by word, in order; ``omitted`` is what an
    ellipsis of the passage leaves out, each as it stands in the document. A missing passage has none of these, and -1 for
    its place.
    """

    state: State
    start: int = -1
    end: int = -1
    score: float = 0.0
    found: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    runs: tuple[Run, ...] = ()
    omitted: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[Run, ...]:
        """What differs, in order."""
        return tuple(run for run in self.runs if not run.same)

    @property
    def alters(self) -> bool:
        """Whether a difference, or what an ellipsis leaves out of a sentence, has a figure or a negation in it."""
        return any(run.alters for run in self.runs) or any(_turns(words) for words in self.omitted)

    @property
    def holds(self) -> bool:
        """Whether the document bears the passage out: it is found, and no figure or negation of it is another."""
        return self.state != "missing" and not self.alters


_MISSING = Passage("missing")


def passage_words(passage: Passage | None) -> str:
    """What came of looking for a passage in its document, in words; None is a document that has no text.

    >>> passage_words(find_passage("Two vans … north", "Two vans waited north"))
    'Found word for word in the kept document, with 1 word left out'
    >>> passage_words(find_passage("Two vans waited", "Ten vans waited"))
    'Found in the kept document with differences, a figure or a negation among them'
    >>> passage_words(None)
    'Not looked for: the kept document has no text'
    """
    if passage is None:
        return "Not looked for: the kept document has no text"
    if passage.state == "missing":
        return "Not found in the kept document"
    if passage.state == "differs":
        among = ", a figure or a negation among them" if passage.alters else ""
        return f"Found in the kept document with differences{among}"
    count = sum(len(words.split()) for words in passage.omitted)
    left_out = f", with {count:,} {'word' if count == 1 else 'words'} left out" if count else ""
    return f"Found word for word in the kept document{left_out}"


def find_passage(quoted: str, text: str) -> Passage:
    r"""Where a quoted passage stands in the text of its document.

    >>> text = "Of 785 guards,\n249 were “not present”, Ilic said. They did not strike."
    >>> place = find_passage('249 were "not  present"', text)
    >>> place.state, text[place.start : place.end]
    ('verbatim', '249 were “not present”')
    >>> place = find_passage("Of 785 guards, 429 were not present", text)
    >>> place.state, [(run.quoted, run.found) for run in place.differences], place.holds
    ('differs', [('429', '249')], False)
    >>> find_passage("Of 785 guards … Ilic said", text).omitted
    (',\n249 were “not present”,',)
    >>> find_passage("The prison was stormed at dawn", text).state, find_passage(" ", text).state
    ('missing', 'missing')

    An ellipsis, also in brackets, leaves words out: the parts around it are found in order. Such a passage is verbatim
    where each part is, unless what it leaves out of a sentence is a negation. What stands in square brackets is an
    editor's: it differs, but lowers no score. A passage begins and ends where words and figures do: "5 were" is not
    in "785 were". The time is about linear in the text.
    """
    whole = fold(text)
    if exact := _exact(quoted, whole, 0, len(text)):
        return Passage("verbatim", *exact, 100.0, text[exact[0] : exact[1]], (exact,))
    parts = _parts(quoted)
    if not parts:
        return _MISSING
    if len(parts) > 1:
        if spans := _in_order(parts, whole):
            return _with_omissions(spans, text)
        return _loosely_in_order(parts, text, whole)
    return _closest(parts[0], text, 0)


def _parts(quoted: str) -> list[str]:
    """The passage between its ellipses, each without the quotation marks around it; what holds no word is none."""
    parts = (part.strip().strip("\"'“”„‟«»‘’‚‹›").strip() for part in _OMISSION.split(quoted))
    return [part for part in parts if any(sign.isalnum() for sign in part)][:_MOST_PARTS]


def _exact(part: str, whole: Folded, low: int, high: int, *, last: bool = False) -> tuple[int, int] | None:
    """The first place of these words, or the last, from ``low`` on and before ``high``, as a span of the text."""
    words = whole.words
    first, beyond = whole.index(low), whole.index(high) if high < len(whole.text) else len(words)
    bare = _parts(part)
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
                    return start, end
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
    if not beyond or not edge.isalnum():
        return False
    near, far = beyond[0], beyond[1:]
    if near.isalnum():
        return not (_SIGN.match(near) or _SIGN.match(edge))
    if near in "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}":
        return far.isalnum() or (edge.isdigit() and not after)
    if near in ".,":
        return edge.isdigit() and far.isdigit()
    return near in "'\N{RIGHT SINGLE QUOTATION MARK}" and far.isalpha()


def _in_order(parts: Sequence[str], whole: Folded) -> list[tuple[int, int]]:
    """The places of all parts, one after the other and as close together as they stand; none where one is not there."""
    spans: list[tuple[int, int]] = []
    for part in parts:
        place = _exact(part, whole, spans[-1][1] if spans else 0, len(whole.text))
        if place is None:
            return []
        spans.append(place)
    for number in range(len(parts) - 2, -1, -1):
        place = spans[number]
        spans[number] = _exact(parts[number], whole, place[0], spans[number + 1][0], last=True) or place
    return spans


def _with_omissions(spans: Sequence[tuple[int, int]], text: str) -> Passage:
    start, end = spans[0][0], spans[-1][1]
    omitted = _between(spans, text)
    state: State = "differs" if any(_turns(words) for words in omitted) else "verbatim"
    return Passage(state, start, end, 100.0, text[start:end], tuple(spans), (), omitted)


def _between(spans: Sequence[tuple[int, int]], text: str) -> tuple[str, ...]:
    """What stands between the parts, where there is anything."""
    gaps = (text[spans[at][1] : spans[at + 1][0]].strip() for at in range(len(spans) - 1))
    return tuple(gap for gap in gaps if gap)


def _turns(omitted: str) -> bool:
    """Whether an omission within a sentence leaves out a negation, so that the sentence says the opposite."""
    words = omitted.split()
    return (
        len(words) <= _TURNING
        and not _SENTENCE_END.search(omitted)
        and any(_NEGATION.fullmatch(_core(word)) for word in words)
    )


def _loosely_in_order(parts: Sequence[str], text: str, whole: Folded) -> Passage:
    """The parts one after the other, some with differences; missing where one is not there at all."""
    found: list[Passage] = []
    for part in parts:
        low = found[-1].end if found else 0
        if place := _exact(part, whole, low, len(text)):
            words = text[place[0] : place[1]]
            found.append(Passage("verbatim", *place, 100.0, words, (place,), (Run(part, words, same=True),)))
        else:
            found.append(_closest(part, text, low))
        if found[-1].state == "missing":
            return _MISSING
    spans = tuple(span for each in found for span in each.spans)
    start, end = spans[0][0], spans[-1][1]
    score = min(each.score for each in found)
    runs = tuple(run for each in found for run in each.runs)
    return Passage("differs", start, end, score, text[start:end], spans, runs, _between(spans, text))


def _words(text: str, low: int = 0) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of a text by their cores, and where each stands."""
    cores, spans = [], []
    for word in _WORD.finditer(text, low):
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


def _closest(part: str, text: str, low: int) -> Passage:
    """The place from ``low`` on that is most like the part, with what differs; missing where none is close."""
    plain = _INSERTION.sub(" ", part)
    wanted, _ = _words(plain)
    cores, spans = _words(text, low)
    if not wanted or not cores:
        return _MISSING
    best: tuple[float, int, int] = (0.0, 0, 0)
    told = fold(plain).words.strip().casefold()
    for start, end in {_trimmed(text, *place, part) for place in _places(wanted, cores, spans)}:
        score = fuzz.ratio(told, fold(text[start:end]).words.casefold())
        best = max(best, (score, -start, end))
    score, start, end = best[0], -best[1], best[2]
    if score < CLOSE:
        return _MISSING
    return Passage("differs", start, end, score, text[start:end], ((start, end),), _runs(part, text[start:end]))


def _trimmed(text: str, start: int, end: int, part: str) -> tuple[int, int]:
    """The same place without the signs of a sentence around it that the passage does not have."""
    while part[-1:].isalnum() and text[end - 1] in _CLOSING:
        end -= 1
    while part[:1].isalnum() and text[start] in _OPENING:
        start += 1
    return start, end


def _places(wanted: Sequence[str], cores: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans where these words may stand: around the stretch of the text that holds most of their letters."""
    first, last = _densest(wanted, cores)
    room = len(wanted) // 5 + 3
    first, last = max(first - room, 0), min(last + room + 1, len(cores))
    turns = Levenshtein.opcodes(wanted, cores[first:last])
    equal = [turn for turn in turns if turn.tag == "equal"]
    for head in equal[:_ENDS]:
        for tail in equal[-_ENDS:]:
            if tail.dest_start < head.dest_start:
                continue
            before, after = head.src_start, len(wanted) - tail.src_end
            for start in {head.dest_start, max(head.dest_start - before, 0)}:
                for end in {tail.dest_end, min(tail.dest_end + after, last - first)}:
                    yield spans[first + start][0], spans[first + end - 1][1]


def _densest(wanted: Sequence[str], cores: Sequence[str]) -> tuple[int, int]:
    """The first and the last word of the stretch, about as long as what is wanted, that holds most of its letters."""
    needed = Counter(wanted)
    longest = len(wanted) + len(wanted) // 5 + 1
    held: dict[str, int] = dict.fromkeys(needed, 0)
    here = [(number, core) for number, core in enumerate(cores) if core in needed]
    most, weight, back = (0, 0, 0), 0, 0
    for number, core in here:
        held[core] += 1
        weight += len(core) if held[core] <= needed[core] else 0
        while number - here[back][0] >= longest:
            gone = here[back][1]
            weight -= len(gone) if held[gone] <= needed[gone] else 0
            held[gone] -= 1
            back += 1
        if weight > most[0]:
            most = weight, here[back][0], number
    return most[1], most[2]


def _runs(quoted: str, found: str) -> tuple[Run, ...]:
    """Passage and document side by side, cut where they begin to differ and where they cease to."""
    left, right = quoted.split(), found.split()
    keys = ([fold(word).words.strip("'\"") for word in words] for words in (left, right))
    return tuple(
        Run(
            " ".join(left[turn.src_start : turn.src_end]),
            " ".join(right[turn.dest_start : turn.dest_end]),
            turn.tag == "equal",
        )
        for turn in Levenshtein.opcodes(*keys)
    )


def _telling(words: str) -> Counter[str]:
    """The figures, each with its minus, and the negations among some words.

    >>> _telling("It fell to -5 and didn’t rise.") == Counter({"-5": 1, "not": 1})
    True
    """
    told: Counter[str] = Counter()
    for word in words.split():
        core = _core(word)
        if _NUMBER.fullmatch(core):
            told[f"-{core}" if fold(word).words.startswith("-") else core] += 1
        elif _NEGATION.fullmatch(core):
            told["not"] += 1
    return told
