"""The vocabulary of time: tables of words, and the way the patterns of this package are spelt."""

from __future__ import annotations

import re
from functools import cache

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

#: Every spelling, lower case and without its full stop, and the number it stands for (Monday is 1).
WEEKDAY_NUMBERS = {
    spelling: number for number, name in enumerate(WEEKDAYS, 1) for spelling in (name.lower(), name.lower()[:3])
} | {"tues": 2, "weds": 3, "thur": 4, "thurs": 4}
MONTH_NUMBERS = {
    spelling: number for number, name in enumerate(MONTHS, 1) for spelling in (name.lower(), name.lower()[:3])
} | {"sept": 9}

ORDINALS = {
    word: number
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1
    )
}

#: One to twelve, as a clock has them.
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: Days of the month in words: "the twenty-first".
DAY_WORDS = {
    word: number
    for number, word in enumerate(
        (
            *ORDINALS,
            *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
            *("nineteenth", "twentieth", *(f"twenty-{ordinal}" for ordinal in list(ORDINALS)[:9]), "thirtieth"),
            "thirty-first",
        ),
        1,
    )
}
NUMBERS = (
    {word: number for number, word in enumerate(ONES + _TEENS, 1)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {"hundred": 100, "dozen": 12, "a": 1, "an": 1}
)

DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50,
    "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip

#: What TIMEX3 writes for an amount of each unit: P3W, PT2H; "decade" and "century" as the guidelines write them.
UNIT_CODES = {
    "second": ("PT", "S"), "minute": ("PT", "M"), "hour": ("PT", "H"),
    "day": ("P", "D"), "week": ("P", "W"), "weekend": ("P", "WE"), "month": ("P", "M"), "quarter": ("P", "Q"),
    "year": ("P", "Y"), "decade": ("P", "DE"), "century": ("P", "CE"),
}  # fmt: skip
#: Other names of the units, and how many of which unit they are.
UNIT_NAMES = {unit: (1, unit) for unit in UNIT_CODES} | {
    "sec": (1, "second"), "min": (1, "minute"), "hr": (1, "hour"), "yr": (1, "year"), "centurie": (1, "century"),
    "fortnight": (2, "week"),
}  # fmt: skip

DAY_PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "daybreak": "MO", "dusk": "EV",
    "lunchtime": "MI", "midday": "MI", "nightfall": "NI", "sunset": "EV", "sundown": "EV", "sunrise": "MO",
}  # fmt: skip

#: Building blocks: ``<NAME>`` in a pattern stands for its block, an underscore for white space.
_BLOCKS = {
    # one to three blanks, or one line break: never a paragraph's end
    "GAP": r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]{0,3})",
    "DASH": "[-\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}]",
    "APOSTROPHE": "['\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}]",
    "WEEKDAY": r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?-i:Mon|Tues?|Weds?|Thurs?|Fri|Sat|Sun)\b\.?)",
    "MONTH": r"""(?:january|february|(?-i:March|MARCH)|april|(?-i:May|MAY)|june|july|august|september|october
        |november|december|(?-i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|SEPT|OCT|NOV|DEC)\b\.?)""",
    "SEASON": r"(?:spring|summer|autumn|fall|winter)",
    # a day of the month
    "DAY": r"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:/]\d))",
    "DAYWORD": rf"(?:{'|'.join(sorted(DAY_WORDS, key=len, reverse=True)).replace('-', '[- ]')})",
    "YEAR": r"(?:[12]\d{3}(?![\w%]|[.,:/]\d))",
    "UNIT": r"(?:second|minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|century)",
    "UNITS": r"(?:(?:second|minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|centurie)s)",
    "DAYPART": r"(?:morning|afternoon|evening|night|dawn|daybreak|dusk|lunchtime|midday)",
    "DIGITS": r"(?:\d{1,3}[\s-][1-9]/\d(?!\d)|\d{1,3}(?:,\d{3}){1,2}(?![\d,])|\d{1,6}(?:\.\d{1,2})?(?!\d|,\d))",
    "ONES": r"(?:one|two|three|four|five|six|seven|eight|nine)",
    "NUMBERWORD": rf"(?:(?:{'|'.join(_TENS)})(?:[-\s]<ONES>)?|{'|'.join(reversed(ONES + _TEENS))})",
    "NUMBER": r"(?:<DIGITS>|(?:a_)?(?:half(?:_|-)(?:a_)?)?dozen|(?:(?:a|an|<NUMBERWORD>)_)?hundred|<NUMBERWORD>)",
    "VAGUE": r"""(?:an?_(?:few|couple(?:_of)?|number_of|handful_of|matter_of)|several|many|numerous|some
        |a_good_many|(?:the_)?(?:few|couple(?:_of)?)|dozens_of|hundreds_of|thousands_of|countless)""",
    # what may stand before a date and says which part of it is meant
    "EDGE": r"(?:early|late|mid|middle|earlier|later)",
}


def spell(pattern: str) -> re.Pattern[str]:
    """A pattern in words, compiled: blocks filled in, ``_`` a gap, case ignored, ending where a word ends.

    >>> bool(spell("<MONTH> _ <DAY>").match("Sept. 11")), bool(spell("<MONTH> _ <DAY>").match("may 5"))
    (True, False)
    """
    return re.compile(rf"(?:{_filled(pattern)})(?!\w)", re.IGNORECASE | re.VERBOSE)


@cache
def _filled(pattern: str) -> str:
    filled = re.sub(r"<([A-Z]+)>", lambda block: _filled(_BLOCKS[block[1]]), pattern)
    return filled.replace("_", _BLOCKS["GAP"])


def number_in(words: str) -> float:
    """The number that ``words`` (a match of ``<NUMBER>``) spell.

    >>> number_in("twenty-five"), number_in("1,200"), number_in("half a dozen"), number_in("2 1/2")
    (25, 1200, 6, 2.5)
    """
    plain = words.replace(",", "")
    if "/" in plain:
        whole, above, below = map(int, re.split(r"[\s/-]", plain))
        return whole + above / below if below else whole
    if plain[:1].isdigit():
        value = float(plain)
        return int(value) if value.is_integer() else value
    total = 0.0
    for word in re.split(r"[-\s]+", words.lower()):
        if word == "half":
            total = 0.5
        elif word in {"a", "an"}:
            total = total or 1.0
        elif (value := NUMBERS[word]) in {12, 100}:
            total = (total or 1.0) * value
        else:
            total += value
    return int(total) if total.is_integer() else total


def unit_in(word: str) -> tuple[int, str]:
    """How many of which unit ``word`` names: "fortnights" are 2 weeks each."""
    name = word.lower()
    return UNIT_NAMES.get(name) or UNIT_NAMES[name.removesuffix("s")]


def weekday_in(word: str) -> int:
    """Monday 1 to Sunday 7."""
    return WEEKDAY_NUMBERS[word.lower().rstrip(".")]


def month_in(word: str) -> int:
    """January 1 to December 12."""
    return MONTH_NUMBERS[word.lower().rstrip(".")]


def ordinal_in(word: str) -> int:
    """1 for "first" and for "1st", 21 for "twenty-first"."""
    return DAY_WORDS.get(word.lower().replace(" ", "-")) or int(re.sub(r"\D", "", word))


def length(number: float | None, unit: str, times: int = 1) -> str:
    """The TIMEX3 value of an amount; None is an amount that the words leave open.

    >>> length(3, "week"), length(2.5, "year"), length(None, "hour"), length(1, "week", 2)
    ('P3W', 'P2.5Y', 'PTXH', 'P2W')
    """
    before, after = UNIT_CODES[unit]
    return f"{before}{'X' if number is None else f'{number * times:.10g}'}{after}"


#: Words that a phrase may open with, for the table in ``phrases``.
MONTHS_OPEN = " ".join(MONTH_NUMBERS)
WEEKDAYS_OPEN = " ".join(WEEKDAY_NUMBERS)
NUMBERS_OPEN = " ".join(["0", "half", *NUMBERS])
VAGUE_OPEN = "a an few couple several many numerous some dozens hundreds thousands countless the"
EDGES_OPEN = "early late mid middle earlier later"
SEASONS_OPEN = "spring summer autumn fall winter"
