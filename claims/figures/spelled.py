"""Numbers spelt in words: "two dozen", "a million and a half", "two-thirds", "one in five"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

#: The words of numbers up to 99.
ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: no for no, word in enumerate(["zero", *ONES, *TEENS])} | {
    word: 10 * no for no, word in enumerate(TENS, 2)
}
_TENS_VALUES, _ONES_VALUES = range(20, 100, 10), range(1, 10)
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
}

#: What multiplies the number before it, by its spelling.
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
}


# Words by their first letters, those by their second; after the last letter stands _END.
_Letters = dict[str, "_Letters"]
_END = ""
_LETTER = re.compile(r"\\?.", re.DOTALL)


def one_of(words: Iterable[str]) -> str:
    r"""A pattern for any of ``words``, the longest that fits: a tree of their letters, so that none is tried one by one.

    A word may hold escapes such as ``\s``.

    >>> one_of(["rise", "rises", "rose"])
    'r(?:ise(?:s)?|ose)'
    """
    tree: _Letters = {}
    for word in words:
        here = tree
        for letter in _LETTER.findall(word):
            here = here.setdefault(letter, {})
        here[_END] = {}
    return _branches(tree)


def _branches(tree: _Letters) -> str:
    branches = [letter + _branches(further) for letter, further in tree.items() if letter != _END]
    if _END in tree:
        return f"(?:{'|'.join(branches)})?" if branches else ""
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_SCALE = one_of(SCALES)
_WORD = rf"""(?:
      (?P<plus>and[\s-] (?:an?|one|two|three)[\s-] (?:half|quarters?|thirds?))    # (two) and a half
    | (?P<half>(?:a\s)?half(?:[\s-]an?)?) (?=[\s-](?:{_SCALE})\b)               # half a (million)
    | (?P<a>an?) (?=[\s-](?:{_SCALE})\b)                                        # a (hundred)
    | (?P<small>{one_of(_SMALL)})
    | (?P<scale>{_SCALE})
    )\b"""
_BEGINNING = re.compile(rf"(?<![\w'’-])(?=[afhonetsz])(?!and\b){_WORD}", re.VERBOSE | re.IGNORECASE)
_CONTINUED = re.compile(
    rf"(?P<gap> [\s-](?=and[\s-](?:an?|one|two|three)[\s-](?:half|quarter|third)) | ,?\sand\s | ,\s | [\s-] ){_WORD}",
    re.VERBOSE | re.IGNORECASE,
)

_COUNT = rf"(?:[0-9]{{1,4}}|{one_of(_SMALL)})"
_FRACTION = re.compile(
    rf"""(?<![\w'’.,-])(?:
        (?P<top>{_COUNT}) \s (?:in|out\sof|of(?=\s(?:every|ten|10)\b)) (?:\severy)? \s (?P<whole>{_COUNT})    # one in five, 9 out of 10
      | (?:(?P<over>an?|{one_of(_SMALL)})[\s-])?                                   # two-
        (?P<part>{one_of(_PARTS)})(?P<many>s)?(?:\sof\san?\s(?P<scale>{_SCALE}))?  # thirds (of a million)
    )(?!\w|-(?!(?:percentage-)?(?:point|percent)\b)|[.,][0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
# "one in 2019" is no share, and neither is "one in five years".
_LARGEST_WHOLE = 1000
_PERIOD = re.compile(r"\s(?:second|minute|hour|day|night|week|month|year|decade|match|game|season)s?\b", re.IGNORECASE)
# "a third" may be the third man and "a quarter" three months: with these around it, it is a share.
_WHOLE = re.compile(
    r"\s(?:of\s(?!(?:the\s)?(?:year|century|season|match|game|[12][0-9]{3})\b)|(?:the|its|his|her|their|our|all)\s)"
)
_HEDGE = re.compile(r"\b(?:about|around|nearly|almost|over|under|than|some|roughly|only|just|by|to|approximately)\s\Z")
# "Bookings rose a third in June": by so much.
_MOVED = re.compile(
    r"\b(?:rose|risen|fell|fallen|up|down|jumped|grew|grown|climbed|gained|lost|dropped|slumped|plunged|surged|soared|declined)\s\Z"
)
_MOVED_WHEN = re.compile(
    r"[,.;]|\Z|\s(?:in|to|from|on|since|over|last|this|after|against|compared|year|between|during|by)\b"
)
# The first half, the other half, in half, the band's better half.
_NO_HALF = re.compile(r"\b(?:first|second|last|final|latter|other|better|in|the|[a-z]+[’']s)\s\Z")


@dataclass(frozen=True, slots=True)
class Spelled:
    """``text[start:end]`` says ``face`` times ``scale`` in words."""

    start: int
    end: int
    face: Fraction
    scale: int
    share: bool


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    value: Fraction
    gap: str
    start: int
    end: int


def find_spelled(text: str) -> list[Spelled]:
    """The numbers that ``text`` spells out, shares first and then the rest; ordinals are none.

    >>> [int(found.face * found.scale) for found in find_spelled("half a million men, two hundred and five women")]
    [500000, 205]
    >>> find_spelled("the third man came second")
    []

    The words of a share ("one in five") are found once more as numbers; the longer reading is the better one.
    """
    return [*_shares(text), *_numbers(text)]


def _numbers(text: str) -> Iterator[Spelled]:
    position = 0
    while match := _BEGINNING.search(text, position):
        words = [_word(match, "")]
        while following := _CONTINUED.match(text, words[-1].end):
            words.append(_word(following, following["gap"]))
        position, at = words[-1].end, 0
        while at < len(words):
            found, at = _read(words, at)
            if found:
                yield found


def _word(match: re.Match[str], gap: str) -> _Word:
    kind = match.lastgroup or ""
    written = match[kind].lower()
    start = match.start() + len(gap)
    if kind == "plus":
        _, top, part = re.split(r"[\s-]", written)
        return _Word(kind, Fraction(_SMALL.get(top, 1), _PARTS[part.rstrip("s")]), gap, start, match.end())
    value = Fraction(1, 2) if kind == "half" else Fraction(_SMALL.get(written) or SCALES.get(written) or kind == "a")
    return _Word("hundred" if written == "hundred" else kind, value, gap.lower(), start, match.end())


def _read(words: list[_Word], first: int) -> tuple[Spelled | None, int]:
    """The longest number spelt from ``words[first]`` on, and where the rest begins."""
    face, at = _below_thousand(words, first)
    if at == first:
        return None, first + 1
    face, scale, at = _scaled(words, face, at)
    smallest = scale
    while smallest > 1 and at < len(words) and words[at].kind == "small":
        more, after = _below_thousand(words, at)
        more, step, after = _scaled(words, more, after)
        if more * step >= smallest or (step == 1 and "," in words[at].gap):
            break  # "one million and two million" are two numbers, and so are "two million, five"
        face, smallest, at = face + more * step / scale, step, after
    if at < len(words) and words[at].kind == "plus":
        face, at = face + words[at].value, at + 1
    if scale == 1 and words[at - 1].kind == "hundred":
        face, scale = face / 100, 100
    return Spelled(words[first].start, words[at - 1].end, face, scale, share=False), at


def _below_thousand(words: list[_Word], at: int) -> tuple[Fraction, int]:
    """Read "two", "forty-five", "three hundred and five", "a" or "half a"; ``at`` stays where there is none."""
    if words[at].kind not in {"small", "a", "half"}:
        return Fraction(0), at
    value, at = _below_hundred(words, at)
    if at < len(words) and words[at].kind == "hundred" and _joined(words[at]):
        value, at = value * 100, at + 1
        if at < len(words) and words[at].kind == "small" and "," not in words[at].gap:
            more, after = _below_hundred(words, at)
            if after == len(words) or words[after].kind != "hundred":
                return value + more, after
    return value, at


def _below_hundred(words: list[_Word], at: int) -> tuple[Fraction, int]:
    value, at = words[at].value, at + 1
    tens = value in _TENS_VALUES
    if (
        at < len(words)
        and tens
        and words[at].kind == "small"
        and _joined(words[at])
        and words[at].value in _ONES_VALUES
    ):
        return value + words[at].value, at + 1
    return value, at


def _scaled(words: list[_Word], face: Fraction, at: int) -> tuple[Fraction, int, int]:
    """``face`` with the half and the scales that follow it."""
    if at < len(words) and words[at].kind == "plus":
        face, at = face + words[at].value, at + 1
    scale = 1
    while at < len(words) and words[at].kind in {"scale", "hundred"} and _joined(words[at]):
        scale, at = scale * int(words[at].value), at + 1
    return face, scale, at


def _joined(word: _Word) -> bool:
    return word.gap.isspace() or word.gap == "-"


def _shares(text: str) -> Iterator[Spelled]:
    for match in _FRACTION.finditer(text):
        start, end = match.span()
        if match["top"]:
            top, whole = _count(match["top"]), _count(match["whole"])
            if 0 < top < whole <= _LARGEST_WHOLE and not _PERIOD.match(text, end):
                yield Spelled(start, end, Fraction(top, whole), 1, share=True)
        elif _is_share(text, match):
            scale = SCALES[match["scale"].lower()] if match["scale"] else 1
            top, part = _SMALL.get((match["over"] or "").lower(), 1), _PARTS[match["part"].lower()]
            yield Spelled(start, end, Fraction(top, part), scale, share=scale == 1)


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _SMALL[written.lower()]


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Whether "half", "a third" or "two-thirds" is a share here, not a third man or the first quarter."""
    over, part = (match["over"] or "").lower(), match["part"].lower()
    top = _SMALL.get(over, 1)
    if bool(match["many"]) != (top > 1) or top >= _PARTS[part]:
        return False
    if text.startswith("-p", match.end()):  # a quarter-point cut
        return True
    before = text[max(0, match.start() - 16) : match.start()].lower()
    if not over and (part != "half" or _NO_HALF.search(before)):
        return False
    if _MOVED.search(before) and _MOVED_WHEN.match(text, match.end()):
        return True
    named = top > 1 or (over == "one" and part not in {"half", "quarter"}) or (over == "one" and "-" in match.group())
    return bool(named or match["scale"] or _WHOLE.match(text, match.end()) or _HEDGE.search(before))
