"""A question: the words to search by, built from a claim, shown to the person and changed by them as they like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from claims.figures.spelled import find_spelled

#: Words of a question, and the characters that one may have.
MOST_WORDS, LONGEST = 12, 300

_WORD = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}                                            # U.S.
    | [$£€¥]?\d(?:[\d.,]*\d)?                                     # 1,200, and with it
        (?: % | [^\W\d_]+ | \s(?:thousand|million|billion|trillion)\b )?  # 2.5%, $1.3bn, 1990s, €40 million
    | [^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*
    """,
    re.VERBOSE,
)

_YEAR = re.compile(r"(?:1[5-9]|20)\d\ds?")
_MONTHS = frozenset("January February March April May June July August September October November December".split())

#: From here on a number is written in digits.
_DIGITS = 10

#: From here on an amount is written by its size.
_IN_WORDS = 10**6

#: The sizes that stay words beside digits, the greatest first.
SIZES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}

# Words that hold others together, or only say that something was said: nothing is found by them.
_LEFT_OUT = frozenset(
    """
    a about after again all almost also an and any are around as at be been before being between both but by can could did
    do does during each for from had has have he her him his how i if in into is it its just last least many may more most
    much must nearly next no nor not of off on one only or other our out over per said says say she should since so some
    such than that the their them then there these they this those through to told too under until up upon very was we were
    what when where which while who whom whose will with within would you your claimed claims announced according added
    """.split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for: ``words``, and the claim's own row, so that what is found can be compared with it.

    >>> Question("Korda  camp ").words
    'Korda camp'
    """

    words: str
    row: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", " ".join(self.words.split())[:LONGEST].rstrip())

    @property
    def claim_id(self) -> str:
        """The claim that the question is about; empty where it is about none."""
        return str(self.row.get("claim_id") or "")

    @property
    def day(self) -> date | None:
        """The first day that the claim speaks of."""
        found: date | None = self.row.get("date_first")
        return found


def words_for(row: Mapping[str, Any]) -> str:
    """The words to search by for a claim, as its row of the table says it: who, how many of what, names and words, when.

    >>> words_for({"claim": "Some 785 detainees fled the Korda camp on Sunday, Jana Ilic said.", "speaker": "Jana Ilic",
    ...            "date_text": "on Sunday", "date_first": date(2019, 10, 13), "date_last": date(2019, 10, 13)})
    'Jana Ilic 785 detainees fled Korda camp October 2019'

    No month is named that the claim does not, and no year where it means several:

    >>> words_for({"claim": "The agency moved to Korda in 2019.", "date_text": "2019", "date_first": date(2019, 1, 1),
    ...            "date_last": date(2019, 12, 31)})
    'agency moved Korda 2019'

    Amounts keep their signs, abbreviations their points, and a figure in words is searched for in digits:

    >>> words_for({"claim": "The U.S. spent $1.3bn, 2.5% more."})
    'U.S. spent $1.3bn 2.5%'
    >>> words_for({"claim": "Forty guards walked out.", "figure_low": 40.0, "figure_high": 40.0, "figure_unit": "guards"})
    '40 guards walked'
    >>> words_for({"claim": "The ministry closed.", "figure_low": 40.0, "figure_high": 40.0, "figure_unit": "posts"})
    '40 posts ministry closed'
    >>> words_for({"claim": "It was so."})
    ''

    Where there are too many, names and figures are kept before other words:

    >>> words_for({"claim": "The late government report on the state of regional hospital emergency departments published in "
    ...                     "spring sharply blamed minister Petra Hollin."})
    'late government report state regional hospital emergency departments published spring Petra Hollin'
    """
    when = _when(row.get("date_first"), row.get("date_last"))
    claim = _in_digits(row["claim"], row)
    speaker = [word for word in _words(row.get("speaker") or "") if word.casefold() not in _LEFT_OUT]
    left_out = _LEFT_OUT | _said_by(when, row)
    said = [word for word in _words(claim) if word.casefold() not in left_out]
    figure = [] if any(map(_has_digit, said)) else _figure_words(row)
    body = [*speaker, *figure, *said]
    first = {word.casefold(): word for word in reversed(body)}  # as it is written first
    unique = [first[word] for word in dict.fromkeys(word.casefold() for word in body)]
    opening = _words(claim)[:1]  # has a capital whatever it is
    named = [
        word for word in unique if _has_digit(word) or word in speaker or (word[0].isupper() and [word] != opening)
    ]
    kept = list(dict.fromkeys([*named, *unique]))[: MOST_WORDS - len(when)]
    return " ".join([*(word for word in unique if word in kept), *(word for word in when if word not in kept)])


def is_when(word: str) -> bool:
    """Whether a word only says when: a month or a year.

    >>> is_when("October"), is_when("2019"), is_when("1990s"), is_when("785"), is_when("$2019")
    (True, True, True, False, False)
    """
    return word in _MONTHS or bool(_YEAR.fullmatch(word))


def _when(first: date | None, last: date | None) -> list[str]:
    """The month and year that the claim's days lie in, or their year; nothing where they lie in several."""
    if not first or not last or first.year != last.year:
        return []
    return [f"{first:%B}", f"{first:%Y}"] if first.month == last.month else [f"{first:%Y}"]


def _said_by(when: Sequence[str], row: Mapping[str, Any]) -> set[str]:
    """The claim's own words for its day, where ``when`` says them."""
    if not when:
        return set()
    first, last = row["date_first"], row["date_last"]
    dated = {word.casefold() for word in [*when, *_words(row.get("date_text") or "")]}
    if first == last:
        dated |= {f"{first.day}{ending}" for ending in ("", "st", "nd", "rd", "th")}
    return dated - {str(first.day)} if row.get("figure_low") == first.day else dated


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _amount(row: Mapping[str, Any]) -> float | None:
    """The one figure that is written in digits; None where there is none, where there are two, and where it is small."""
    given = {amount for amount in (row.get("figure_low"), row.get("figure_high")) if amount is not None}
    return float(given.pop()) if len(given) == 1 and min(given) >= _DIGITS else None


def _in_digits(claim: str, row: Mapping[str, Any]) -> str:
    """The claim with its own figure in digits, where words say it."""
    amount = _amount(row)
    for each in find_spelled(claim) if amount is not None else ():
        if not each.share and each.face * each.scale == amount:
            return claim[: each.start] + _number(float(each.face * each.scale)) + claim[each.end :]
    return claim


def _number(amount: float) -> str:
    """An amount as news write it.

    >>> _number(40.0), _number(1200.0), _number(2_000_000.0), _number(1_350_000_000.0), _number(0.5)
    ('40', '1,200', '2 million', '1.35 billion', '0.5')
    """
    for name, size in SIZES.items():
        if amount >= size >= _IN_WORDS:
            return f"{amount / size:,g} {name}"
    return f"{amount:,.12g}"


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s").removesuffix("\N{RIGHT SINGLE QUOTATION MARK}s") for word in _WORD.findall(text)]


def _figure_words(row: Mapping[str, Any]) -> list[str]:
    """The figure and its unit, where the claim's own words do not say it in digits."""
    amount = _amount(row)
    return [] if amount is None else [_number(amount), *_words(row.get("figure_unit") or "")]
