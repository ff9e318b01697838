"""Amounts: the numerals that measure or count something, each with its unit, ranges joined to one."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from fractions import Fraction

from claims.figures.bounds import find_bounds_after
from claims.figures.changes import Movement, is_moved
from claims.figures.heads import IDLE_ONE, find_head
from claims.figures.numerals import Numeral, find_numerals
from claims.figures.spelled import SCALES
from claims.figures.strangers import find_strangers, is_airliner, is_label, is_name, is_year
from claims.figures.units import find_unit

_LETTER_SCALES = {"k": 1_000, "m": 10**6, "mm": 10**6, "b": 10**9, "t": 10**12}
_LETTER = re.compile(r"\s?(?P<letter>mm|[kmbt])\b(?!['’])", re.IGNORECASE)
_MINUS = re.compile(r"(?:(?<![\w.,)])[-\N{MINUS SIGN}\N{EN DASH}]|(?<!or\s)\b(?i:minus|negative)\s)\Z")
# A digit after these is the tail of something written together: F-16, '90s, #4, v2, 3/7.
_TAIL = re.compile(r"(?:[^\W\d_]\d{0,4}-|\d\s?[\N{MULTIPLICATION SIGN}x^]|['’/\\_]|=\W?|[^\W\d_])\Z")

# "half a mile", "three-tenths of a per cent"
_OF_A = re.compile(r"\s(?:of\s)?(?:an?|one)(?=\s)")
# A time that is counted from, repeated, or over: it says when, and belongs to the dates.
_WHEN_AFTER = re.compile(
    r"[\s-](?:ago|later|earlier|after|before|away|since|from\snow|hence|prior|olds?|into|running)\b", re.IGNORECASE
)
_WHEN_BEFORE = re.compile(
    r"\b(?:last|past|next|first|coming|previous|following|final|recent|every|each|preceding|opening)\s\Z", re.IGNORECASE
)
# The first number of "two or three weeks ago".
_OR_AGO = re.compile(
    r"(?:\s(?:to|or)\s|-)\S{1,12}\s(?:minute|hour|day|week|month|year|decade)s\s(?:ago|later|earlier)\b"
)
_NO_ONE = re.compile(
    r"\b(?:no|any|every|this|that|the|which|some|last|next|each|only|first|an?|another|or|number)\s\Z", re.IGNORECASE
)

_DASH = re.compile(r"\s?[-\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}~]\s?")
_VERSUS = re.compile(r"\s?[-\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}]\s?|\sto\s|-to-")
_TO = re.compile(r"(?:,?|-)\s(?:to|or|and)\s(?:(?:about|around|perhaps|as\smany\sas|even)\s)?|-to-|-or-")
_BETWEEN = re.compile(r"\bbetween\s\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s\Z", re.IGNORECASE)
_DASHED = re.compile(r"[0-9](?P<dash>\s?[-\N{EN DASH}]\s?)\Z")
_OF_THE = re.compile(r"\s(?:of\s(?:(?:the|its|his|her|their|our|these|those|all)\s)?)?")
_LISTED = re.compile(r",?\s(?:and|or)\s|,\s")
# "A profit of 1.1 billion euros on revenue of 14.6 billion": the money is the same.
_BOOKED = re.compile(
    r"""\b(?:revenues?|sales|turnover|profits?|income|earnings|loss(?:es)?|debts?|assets|costs?|budget|spending|deficit|surplus)
        \s(?:of|to|at|was|were|totall?ed)\s(?:about\s|nearly\s|around\s)?\Z""",
    re.VERBOSE,
)
# "to 5.6 million euros from 5.0 million", "at $1.62, against 1.65": what it was before is in the same unit.
_BEFORE_THAT = re.compile(
    r"s?,?\s(?:up\s|down\s)?(?:from|against|compared\s(?:with|to)|versus|vs\.?)\s(?:an?\s\w{1,12}\s|about\s|nearly\s)?"
)
_LEVEL = re.compile(r"\b(?:to|at|was|were|is|of|stood\sat)\s(?:an?\s\w{1,12}\s|about\s|nearly\s)?\Z")
_POINT = re.compile(r"[\s-]points?\b")
_LARGEST_PRONOUN = 4
_THE_TWO = re.compile(r"\b(?:the|these|those)\s\Z", re.IGNORECASE)
_ONE_OR = re.compile(r"\s(?:or|to)\s(?:two|three|[23])\s")
_ELSEWHERE = re.compile(r"\s(?:in|from|at|of\sthem)\b")
_VOTED = re.compile(r"\b(?:vote|votes|voted|voting|passed|approved|rejected|ballot)\b", re.IGNORECASE)
_LONGEST_LINK, _LONGEST_ELLIPSIS = 20, 60
_HIGHEST_SCORE = 9


@dataclass(frozen=True, slots=True)
class Amount:
    """One numeral or two with what they measure or count; ``text[start:end]`` holds numerals and named unit."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    unit: str
    #: money, percent, measure, time, noun, share or bare
    kind: str
    #: where the counted noun ends, else ``end``
    reach: int
    #: the last numeral
    numeral: Numeral


def find_amounts(text: str, movements: list[Movement]) -> list[Amount]:
    """The amounts of ``text``, in order; ``movements`` tell "from 3% to 11%" that moved from the same as a range.

    >>> [(amount.unit, float(amount.high)) for amount in find_amounts("3 to 5 vans and an F-16 for $2m", [])]
    [('vans', 5.0), ('dollar', 2000000.0)]
    """
    return _carried(text, _elliptic(text, _listed(text, _joined(text, _single(text), movements))))


def _single(text: str) -> list[Amount]:
    strangers = find_strangers(text)
    starts = [start for start, _ in strangers]
    labels: set[str] = set()
    found: list[Amount] = []
    for numeral in find_numerals(text):
        written = text[numeral.start : numeral.end]
        at = bisect_right(starts, numeral.end - 1) - 1
        if (at >= 0 and strangers[at][1] > numeral.start) or _is_left_over(text, numeral, found):
            continue
        if is_label(text, numeral):
            labels.add(written)
            continue
        amount = _amount(text, numeral)
        # "the 737" is still the Boeing 737 that was named before
        named = amount and written in labels and amount.kind in {"bare", "noun"}
        if amount and not named and not (found and _is_within(text, found[-1], amount)):
            found.append(amount)
    return found


def _is_left_over(text: str, numeral: Numeral, found: list[Amount]) -> bool:
    """Whether the number before the dash was no amount: the 200 of "A330-200", the 40 of "Korda 41-40"."""
    tail = _DASHED.search(text[max(0, numeral.start - 4) : numeral.start])
    return tail is not None and not (found and found[-1].end == numeral.start - len(tail["dash"]))


def _is_within(text: str, before: Amount, amount: Amount) -> bool:
    """Whether a number stands in the phrase that the amount before it counts: "five new 737 jets"."""
    return (
        before.kind == "noun" and amount.start < before.reach and not _OF_THE.fullmatch(text[before.end : amount.start])
    )


def _amount(text: str, numeral: Numeral) -> Amount | None:
    """What ``numeral`` measures or counts; None where it does neither."""
    numeral = _scaled_by_letter(text, numeral)
    of_a = _OF_A.match(text, numeral.end) if numeral.share else None
    unit = find_unit(
        text, numeral.start, of_a.end() if of_a else numeral.end, scaled=numeral.scale >= SCALES["thousand"]
    )
    led_by_money = unit is not None and unit.start < numeral.start
    if numeral.digits and not led_by_money and _TAIL.search(text[max(0, numeral.start - 6) : numeral.start]):
        return None
    if unit is None:
        return _part(text, numeral, of_a.end() if of_a else numeral.end) if numeral.share else _counted(text, numeral)
    if unit.kind == "time" and _says_when(text, unit.start, unit.end, numeral.scale):
        return None
    start, value = _signed(text, unit.start, numeral.value)
    return Amount(start, unit.end, value, value, unit.name, unit.kind, unit.end, numeral)


def _scaled_by_letter(text: str, numeral: Numeral) -> Numeral:
    """In "$5m" and "5m people" m is million, elsewhere metre; k is always a thousand."""
    letter = _LETTER.match(text, numeral.end)
    if not letter or not numeral.digits or numeral.scale > 1 or numeral.share:
        return numeral
    unit = find_unit(text, numeral.start, numeral.end)
    glued = letter.start("letter") == numeral.end
    money = unit is not None and unit.start < numeral.start
    if money or (glued and (letter["letter"] in "kK" or (letter["letter"] in "mb" and find_head(text, letter.end())))):
        return replace(numeral, end=letter.end(), scale=_LETTER_SCALES[letter["letter"].lower()])
    return numeral


def _part(text: str, numeral: Numeral, end: int) -> Amount:
    """A share of something; of a point ("a quarter-point cut"), it is one of percentage points."""
    if point := _POINT.match(text, end):
        unit = "percentage point"
        return Amount(numeral.start, point.end(), numeral.value, numeral.value, unit, "percent", point.end(), numeral)
    return Amount(numeral.start, numeral.end, numeral.value, numeral.value, "", "share", numeral.end, numeral)


def _counted(text: str, numeral: Numeral) -> Amount | None:
    """The numeral with the noun it counts, or bare; None where it is a year, a name or the word "one" for someone."""
    following = text[numeral.end : numeral.end + 2]
    if following[:1].isalpha() or following[:1] == "_":
        return None
    head = find_head(text, find_bounds_after(text, numeral.end).end, single=numeral.value == 1)
    compound = following[:1] == "-" and following[1:].isalpha() and not text.startswith("-strong", numeral.end)
    noun = head.noun if head else ""
    stranger = compound or is_name(text, numeral) or _is_pronoun(text, numeral)
    if (not head and stranger) or is_airliner(text, numeral, noun):
        return None
    if _OR_AGO.match(text, numeral.end) or is_year(text, numeral, noun):
        return None
    one = not numeral.digits and numeral.value <= 1
    if one and (not head or _is_idle(text, numeral, head.noun)) and not _ONE_OR.match(text, numeral.end):
        return None
    start, value = _signed(text, numeral.start, numeral.value)
    if head:
        return Amount(start, numeral.end, value, value, head.noun, "noun", head.end, numeral)
    return Amount(start, numeral.end, value, value, "", "bare", numeral.end, numeral)


def _is_pronoun(text: str, numeral: Numeral) -> bool:
    """Whether a small number stands for those just spoken of: "the two met"."""
    small = not numeral.digits and numeral.value <= _LARGEST_PRONOUN
    return small and bool(_THE_TWO.search(text[max(0, numeral.start - 6) : numeral.start]))


def _is_idle(text: str, numeral: Numeral, noun: str) -> bool:
    before = text[max(0, numeral.start - 10) : numeral.start]
    return noun.lower() in IDLE_ONE or text.startswith(" of", numeral.end) or bool(_NO_ONE.search(before))


def _signed(text: str, start: int, value: Fraction) -> tuple[int, Fraction]:
    minus = _MINUS.search(text[max(0, start - 10) : start])
    return (start - len(minus.group()), -value) if minus else (start, value)


def _says_when(text: str, start: int, end: int, scale: int) -> bool:
    after = _WHEN_AFTER.match(text, end)
    if after and scale > 1 and after.group().endswith("old"):
        return False  # the age of a star is a figure, a person's is none
    return bool(after or _WHEN_BEFORE.search(text[max(0, start - 12) : start]))


def _joined(text: str, amounts: list[Amount], movements: list[Movement]) -> list[Amount]:
    """Ranges as one amount, votes as two, the scores of matches as none."""
    joined: list[Amount] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        between = text[last.end : amount.start] if last and amount.start - last.end <= _LONGEST_LINK else ""
        if (
            last
            and _VERSUS.fullmatch(between)
            and _is_tally(last, amount)
            and not is_moved(text, last.start, movements)
        ):
            joined.pop()
            if _VOTED.search(text[max(0, last.start - 40) : amount.end + 15]):
                joined += [replace(tally, unit="votes", kind="noun") for tally in (last, amount)]
        elif last and (merged := _merged(text, last, amount, between, movements)):
            joined[-1] = merged
        else:
            joined.append(amount)
    return joined


def _is_tally(first: Amount, second: Amount) -> bool:
    """3-2, 52-48, four to one: bare numbers, the greater first, or both those of a match."""
    if first.kind not in {"bare", "noun"} or second.kind != "bare":
        return False
    return first.low >= second.low or (first.kind == "bare" and first.numeral.digits and second.low <= _HIGHEST_SCORE)


def _merged(text: str, first: Amount, second: Amount, between: str, movements: list[Movement]) -> Amount | None:
    """The two as one amount, such as "3 to 5 percent"; None where they are no range."""
    opening = _BETWEEN.search(text[max(0, first.start - 9) : first.start])
    low = first.low
    if second.numeral.scale > 1 == first.numeral.scale and first.numeral.face < second.numeral.face:
        low *= second.numeral.scale
    if (
        low >= second.high
        or not _is_range(text, first, second, between, movements)
        or (" and " in between and not opening)
    ):
        return None
    start = first.start - len(opening.group()) if opening else first.start
    unit, kind = (second.unit, second.kind) if second.unit else (first.unit, first.kind)
    return Amount(start, second.end, low, second.high, unit, kind, second.reach, second.numeral)


def _is_range(text: str, first: Amount, second: Amount, between: str, movements: list[Movement]) -> bool:
    """Whether the words ``between`` two amounts make a range of them, and not a movement or two alternatives."""
    if not _DASH.fullmatch(between) and not _TO.fullmatch(between):
        return False
    if first.unit and second.unit and first.unit != second.unit and not first.kind == second.kind == "time":
        return False
    trailing = first.unit and first.end > first.numeral.end and second.kind == "bare"
    if " to " in between and trailing:
        return False  # "0.4 percent to 98.25": the second is no percentage
    if " or " in between:
        return not first.unit and second.low <= 10 * first.low
    if " to " in between and first.kind == second.kind == "bare" and is_moved(text, first.start, movements):
        return False  # "fell 3 1/2 to 47 1/4": by so much, to so much
    moved = first.unit or _FROM.search(text[max(0, first.start - 6) : first.start])
    return not (" to " in between and moved and is_moved(text, first.start, movements))


def _listed(text: str, amounts: list[Amount]) -> list[Amount]:
    """Give the last one's unit to all in "45 and 50 people" and "3, 4 and 5 percent"."""
    given = list(amounts)
    listed = False
    for at in range(len(given) - 2, -1, -1):
        here, after = given[at], given[at + 1]
        between = text[here.end : after.start] if after.start - here.end <= _LONGEST_LINK else ""
        linked = _LISTED.fullmatch(between)
        listed = bool(linked) and here.kind == "bare" and bool(after.unit) and (between != ", " or listed)
        if listed:
            given[at] = replace(here, unit=after.unit, kind=after.kind)
    return given


def _carried(text: str, amounts: list[Amount]) -> list[Amount]:
    """Give the unit of the level to what it was before: "to $1.62 from 1.65", "by 61 votes to 39", "from 3.1 to 4.2 percent"."""
    given = list(amounts)
    for at in range(1, len(given)):
        before, here = given[at - 1], given[at]
        if before.unit and here.kind == "bare" and _is_level_before(text, before, here):
            given[at] = replace(here, unit=before.unit, kind=before.kind)
        elif before.kind == "bare" and here.kind == "percent" and _is_from(text, before, here):
            given[at - 1] = replace(before, unit=here.unit, kind=here.kind)
    return given


def _is_from(text: str, before: Amount, here: Amount) -> bool:
    """Whether ``here`` is what ``before`` came to: "from 3.1 to 4.2 percent"."""
    return text[before.end : here.start] == " to " and bool(_FROM.search(text[max(0, before.start - 6) : before.start]))


def _is_level_before(text: str, level: Amount, here: Amount) -> bool:
    between = text[level.reach : here.start] if here.start - level.reach <= _LONGEST_ELLIPSIS else ""
    if between == " to " and level.unit == "votes":
        return here.low < level.low
    if level.kind == "money" and level.numeral.scale == here.numeral.scale > 1 and _BOOKED.search(between):
        return not re.search(r"[.;:!?]\s|\n", between)
    if level.kind in {"time", "share"} or not _BEFORE_THAT.fullmatch(between):
        return False
    stands = level.kind != "percent" or _LEVEL.search(text[max(0, level.start - 24) : level.start])
    return bool(stands) and level.low <= 4 * here.low and here.low <= 4 * level.low


def _elliptic(text: str, amounts: list[Amount]) -> list[Amount]:
    """Count jobs everywhere in "4,300 jobs in Korda, 3,700 in Ilica and 400 in Brod"."""
    given = list(amounts)
    for at in range(1, len(given)):
        before, here = given[at - 1], given[at]
        between = text[before.end : here.start]
        near = len(between) <= _LONGEST_ELLIPSIS and not re.search(r"[.;:!?]\s|\n", between)
        if here.kind == "bare" and before.kind == "noun" and near and _ELSEWHERE.match(text, here.end):
            given[at] = replace(here, unit=before.unit, kind="noun")
    return given
