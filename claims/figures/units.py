"""Units with a name of their own: per cent, the currencies of the news, measures of length, weight, time and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.figures.spelled import one_of

# Signs and codes, as they stand before or after an amount of money.
_CURRENCY_SIGNS = {
    **dict.fromkeys(["$", "US$", "U.S.$", "USD$", "U.S. $", "US $", "USD"], "dollar"),
    **dict.fromkeys(["A$", "AU$", "AUD", "AUD$"], "australian dollar"),
    **dict.fromkeys(["C$", "CA$", "CAD", "CAD$", "Can$"], "canadian dollar"),
    **dict.fromkeys(["NZ$", "NZD"], "new zealand dollar"),
    **dict.fromkeys(["HK$", "HKD"], "hong kong dollar"),
    **dict.fromkeys(["S$", "SGD"], "singapore dollar"),
    **dict.fromkeys(["NT$", "TWD"], "taiwan dollar"),
    **dict.fromkeys(["Mex$", "MXN"], "mexican peso"),
    **dict.fromkeys(["R$", "BRL"], "brazilian real"),
    **dict.fromkeys(["£", "GBP", "GB£", "UK£"], "pound sterling"),
    **dict.fromkeys(["€", "EUR"], "euro"),
    **dict.fromkeys(["JP¥", "JPY", "¥"], "japanese yen"),
    **dict.fromkeys(["CN¥", "CNY", "RMB", "元"], "chinese yuan"),
    **dict.fromkeys(["₹", "INR"], "indian rupee"),
    **dict.fromkeys(["Rs", "Rs."], "rupee"),
    **dict.fromkeys(["₽", "RUB"], "russian ruble"),
    **dict.fromkeys(["₺", "TRY"], "turkish lira"),
    **dict.fromkeys(["₩", "KRW"], "south korean won"),
    **dict.fromkeys(["₪", "NIS", "ILS"], "israeli shekel"),
    **dict.fromkeys(["₴", "UAH"], "ukrainian hryvnia"),
    **dict.fromkeys(["₦", "NGN"], "nigerian naira"),
    **dict.fromkeys(["SFr", "Sfr.", "CHF"], "swiss franc"),
    **dict.fromkeys(["zł", "PLN"], "polish zloty"),
    "SEK": "swedish krona",
    "NOK": "norwegian krone",
    "DKK": "danish krone",
    "ZAR": "south african rand",
    "HUF": "hungarian forint",
    "CZK": "czech koruna",
    "EGP": "egyptian pound",
    "SAR": "saudi riyal",
    "AED": "emirati dirham",
    "KSh": "kenyan shilling",
    "DM": "german mark",
    "BTC": "bitcoin",
    "฿": "thai baht",
    "₿": "bitcoin",
}
# Words for money, one spelling a unit; a country before them goes into the unit ("egyptian pound").
_CURRENCY_WORDS = {
    **{word: word for word in "dollar euro rupee ruble lira shekel peso franc rand dinar dirham riyal rial".split()},
    **{word: word for word in "krona krone naira zloty forint koruna hryvnia baht ringgit rupiah taka cent".split()},
    "yen": "japanese yen",
    "yuan": "chinese yuan",
    "renminbi": "chinese yuan",
    "lire": "italian lira",
    "d-mark": "german mark",
    "deutsche mark": "german mark",
    "guilder": "dutch guilder",
    "peseta": "spanish peseta",
    "drachma": "greek drachma",
    "escudo": "portuguese escudo",
    "schilling": "austrian schilling",
    "markka": "finnish markka",
    "rouble": "ruble",
    "reais": "brazilian real",
    "kronor": "krona",
    "kroner": "krone",
    "pence": "pence",
    "buck": "dollar",
    "bitcoin": "bitcoin",
}
# Words that are money in millions and billions, and elsewhere something else: he won, they made their mark.
_SCALED_WORDS = {
    "won": "south korean won",
    "mark": "german mark",
    "crown": "crown",
    "real": "brazilian real",
    "pound": "pound sterling",
}
# Words that with a capital are names: "8 Rand Paul".
_NAMES = frozenset(["Rand", "Real", "Mark", "Won", "Crown"])
# Symbols are matched as they stand; words in any case, with or without an s after them: hence "inche" and "centurie".
_MEASURE_SIGNS = {
    "km": "kilometre",
    "cm": "centimetre",
    "mm": "millimetre",
    "nm": "nanometre",
    "ft": "foot",
    "in": "inch",
    "mi": "mile",
    "yd": "yard",
    "yds": "yard",
    "ha": "hectare",
    "km2": "square kilometre",
    "km²": "square kilometre",
    "m2": "square metre",
    "m²": "square metre",
    "m3": "cubic metre",
    "m³": "cubic metre",
    "sq ft": "square foot",
    "sq km": "square kilometre",
    "sq. km": "square kilometre",
    "sq mi": "square mile",
    "sq m": "square metre",
    "sqft": "square foot",
    "cu ft": "cubic foot",
    "cu m": "cubic metre",
    "kg": "kilogram",
    "kgs": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "µg": "microgram",
    "μg": "microgram",
    "lb": "pound",
    "lbs": "pound",
    "oz": "ounce",
    "L": "litre",
    "l": "litre",
    "ml": "millilitre",
    "cl": "centilitre",
    "mph": "mile per hour",
    "mpg": "mile per gallon",
    "kph": "kilometre per hour",
    "km/h": "kilometre per hour",
    "kmh": "kilometre per hour",
    "m/s": "metre per second",
    "W": "watt",
    "kW": "kilowatt",
    "MW": "megawatt",
    "GW": "gigawatt",
    "kWh": "kilowatt hour",
    "Wh": "watt hour",
    "MWh": "megawatt hour",
    "GWh": "gigawatt hour",
    "TWh": "terawatt hour",
    "KB": "kilobyte",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "PB": "petabyte",
    "Mbps": "megabit per second",
    "Gbps": "gigabit per second",
    "Hz": "hertz",
    "kHz": "kilohertz",
    "MHz": "megahertz",
    "GHz": "gigahertz",
    "hp": "horsepower",
    "bhp": "horsepower",
    "dB": "decibel",
    "mAh": "milliampere hour",
    "°C": "celsius",
    "°F": "fahrenheit",
    "° C": "celsius",
    "° F": "fahrenheit",
    "ºC": "celsius",
    "ºF": "fahrenheit",
    "C": "celsius",
    "F": "fahrenheit",
    "°": "degree",
    "g/km": "gram per kilometre",
    "mg/kg": "milligram per kilogram",
    "Nm": "newton metre",
    "lb ft": "pound foot",
    "lb-ft": "pound foot",
    "cc": "cubic centimetre",
    "rpm": "revolution per minute",
    "fps": "frame per second",
    "ppi": "pixel per inch",
    "MP": "megapixel",
    "MB/s": "megabyte per second",
    "GB/s": "gigabyte per second",
    "Mb/s": "megabit per second",
    "ppb": "part per billion",
    "sec": "second",
    "secs": "second",
    "hrs": "hour",
    "hr": "hour",
    "mins": "minute",
    "min": "minute",
    "ms": "millisecond",
    "ppm": "part per million",
    "bpd": "barrel per day",
    "b/d": "barrel per day",
    "m": "metre",
    "''": "inch",
}
# A sign here is only a unit where it touches its number ("5m", "20C"): apart from it, it is something else.
_GLUED_ONLY = frozenset(["m", "in", "g", "l", "L", "C", "F", "W", "''", "°"])
_MEASURE_WORDS = {
    **{word: word for word in "mile yard acre hectare gram kilogram ounce pint barrel gallon knot bushel watt".split()},
    **{word: word for word in "kilowatt megawatt gigawatt byte kilobyte megabyte gigabyte terabyte petabyte".split()},
    **{word: word for word in "decibel calorie volt carat celsius fahrenheit kelvin megahertz gigahertz".split()},
    **{word: word for word in "metre kilometre centimetre millimetre litre millilitre milligram microgram".split()},
    **{word: f"{word[:-2]}re" for word in "meter kilometer centimeter millimeter liter milliliter".split()},
    "foot": "foot",
    "feet": "foot",
    "inch": "inch",
    "inche": "inch",
    "kilo": "kilogram",
    "tonne": "metric ton",
    "metric ton": "metric ton",
    "ton": "ton",
    "nautical mile": "nautical mile",
    **{
        f"{word}{gap}hour": f"{word} hour"
        for word in "watt kilowatt megawatt gigawatt terawatt".split()
        for gap in " -"
    },
    "horsepower": "horsepower",
    "parts per million": "part per million",
    "parts per billion": "part per billion",
    "frames per second": "frame per second",
    "nanometre": "nanometre",
    "nanometer": "nanometre",
    "micrometer": "micrometre",
    "micrometre": "micrometre",
    "light year": "light year",
    "light-year": "light year",
    "degree": "degree",
    "degrees celsius": "celsius",
    "degree celsius": "celsius",
    "degrees centigrade": "celsius",
    "degrees c": "celsius",
    "degrees fahrenheit": "fahrenheit",
    "degree fahrenheit": "fahrenheit",
    "degrees f": "fahrenheit",
}
#: Time that is counted. Where it only says when ("three weeks ago"), it is a date's business and no figure.
TIME_WORDS = {
    **{word: word for word in "second minute hour day night week month year decade millisecond fortnight".split()},
    "century": "century",
    "centurie": "century",
}
_SQUARED = {"square": "square", "sq": "square", "cubic": "cubic"}
_NATIONS = """us u.s. american australian canadian singapore zimbabwean hong-kong british egyptian lebanese sudanese syrian
    turkish israeli indian pakistani sri-lankan nepalese mexican colombian chilean argentine philippine cuban swiss french
    swedish norwegian danish russian ukrainian belarusian south-african saudi iranian iraqi kuwaiti jordanian emirati
    moroccan algerian tunisian nigerian polish czech thai malaysian indonesian bangladeshi hungarian new-zealand new-taiwan
    taiwan south-korean north-korean brazilian japanese chinese german italian spanish austrian dutch greek irish
    venezuelan peruvian kenyan ugandan tanzanian ghanaian ethiopian icelandic finnish belgian""".split()

_SIGN = one_of([re.escape(sign) for sign in _CURRENCY_SIGNS])
_CODE = one_of([sign for sign in _CURRENCY_SIGNS if sign.isalpha() and sign.isupper() and sign.isascii()])
_NATION = one_of([nation.replace("-", r"\s").replace(".", r"\.") for nation in _NATIONS])

_MONEY_BEFORE = re.compile(rf"(?<![\w$])(?P<sign>{_SIGN})[\s-]?\Z")
_PERCENT = re.compile(
    r"""(?: \s?% (?:[\s-]?(?P<sign_points>points?)\b)?
      | [\s-](?:per\s?cent|pct|percentage)(?:[\s-](?P<points>points?))?\b
      | \s?pp\b(?P<pp>) | [\s-]basis[\s-]points?\b(?P<basis>) | \s?bps?\b(?P<bps>) | (?-i:pc)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_MONEY_AFTER = re.compile(rf"\s?(?P<code>{_CODE})\b|\s?(?P<sign>[$€£¥₹₽₺₩₪₴₦₿元])(?![\w$])|(?P<pence>p)\b")
_MONEY_WORD = re.compile(
    rf"[\s-](?:(?P<nation>{_NATION})[\s-])?(?P<word>(?i:{one_of([*_CURRENCY_WORDS, *_SCALED_WORDS])}))(?P<many>s?)(?P<sterling>\ssterling)?\b",
    re.IGNORECASE,
)
_MEASURE_SIGN = re.compile(
    rf"(?P<gap>[\s-]?)(?P<sign>{one_of([re.escape(sign) for sign in _MEASURE_SIGNS])})(?![\w/])(?<!\D'')"
)
_MEASURE_WORD = re.compile(
    rf"""[\s-]?(?:(?P<power>square|cubic|sq)[\s-])?(?P<word>{one_of([re.escape(word) for word in (*_MEASURE_WORDS, *TIME_WORDS, "pound")])})s?\b
    (?P<rate>(?:\s(?P<article>an?|per)\s|/)(?P<per>hour|second|day|minute|gallon)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
# Speeds and flows are units of their own; "five days a week" is not.
_FLOWING = frozenset(["litre", "gallon", "cubic metre", "cubic foot", "barrel"])
_RATED = frozenset(["mile", "kilometre", "metre", "foot"]) | _FLOWING
# Pounds are money beside these words, or in millions, or after a nation; else they are weight.
_PRICED = re.compile(
    r"\b(?:pay|paid|pays|cost|costs|worth|price|fine|fined|bill|earn|earned|spend|spent|owe|owed)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A named unit and the span of the amount that carries it; ``kind`` is money, percent, measure or time."""

    start: int
    end: int
    name: str
    kind: str


def find_unit(text: str, start: int, end: int, *, scaled: bool = False) -> Unit | None:
    """The named unit before or after the numeral ``text[start:end]``, or None where it is bare or counts things.

    ``scaled`` says that the numeral ends in a word like million, which makes pounds money.

    >>> find_unit("a US$ 40 fine", 6, 8)
    Unit(start=2, end=8, name='dollar', kind='money')
    >>> find_unit("40 prisoners", 0, 2) is None
    True
    """
    if before := _MONEY_BEFORE.search(text[max(0, start - 8) : start]):
        first = start - len(before.group())
        after = _MONEY_AFTER.match(text, end) or _MONEY_WORD.match(text, end)
        return Unit(first, after.end() if after else end, _CURRENCY_SIGNS[before["sign"]], "money")
    if percent := _PERCENT.match(text, end):
        groups = percent.groupdict()
        basis = groups["basis"] is not None or groups["bps"] is not None
        points = any(groups[name] is not None for name in ("sign_points", "points", "pp"))
        name = "basis point" if basis else "percentage point" if points else "percent"
        return Unit(start, percent.end(), name, "percent")
    if money := _MONEY_AFTER.match(text, end):
        name = "pence" if money["pence"] else _CURRENCY_SIGNS[money["code"] or money["sign"]]
        return Unit(start, money.end(), name, "money")
    if word := _MONEY_WORD.match(text, end):
        lower, nation = word["word"].lower(), (word["nation"] or "").lower()
        sure = (lower not in _SCALED_WORDS or nation or scaled) and word["word"] not in _NAMES
        if sure or (lower == "pound" and (word["sterling"] or _PRICED.search(text[max(0, start - 40) : start]))):
            return Unit(start, word.end(), _money_name(lower, nation), "money")
    return _find_measure(text, start, end)


def _money_name(word: str, nation: str) -> str:
    if nation in {"", "us", "u.s.", "american", "british"}:
        return _SCALED_WORDS.get(word) or _CURRENCY_WORDS[word]
    return f"{nation} {word}"


def _find_measure(text: str, start: int, end: int) -> Unit | None:
    sign = _MEASURE_SIGN.match(text, end)
    if sign and (not sign["gap"] or sign["sign"] not in _GLUED_ONLY):
        name = _MEASURE_SIGNS[sign["sign"]]
        return Unit(start, sign.end(), name, "time" if name in TIME_WORDS else "measure")
    word = _MEASURE_WORD.match(text, end)
    if not word or word["word"][0].isupper():
        return None
    lower = re.sub(r"\s+", " ", word["word"].lower())
    if lower in TIME_WORDS:
        return None if word["power"] else Unit(start, word.end("word") + _plural(word), TIME_WORDS[lower], "time")
    name = "pound" if lower == "pound" else _MEASURE_WORDS[lower]
    if word["power"]:
        name = f"{_SQUARED[word['power'].lower()]} {name}"
    daily = word["per"] == "day" and word["article"] == "a"  # "ten miles a day" is no speed
    if word["per"] and name in (_FLOWING if daily else _RATED):
        return Unit(start, word.end(), f"{name} per {word['per'].lower()}", "measure")
    return Unit(start, word.end("word") + _plural(word), name, "measure")


def _plural(word: re.Match[str]) -> int:
    """1 where an s follows the word, else 0."""
    return int(word.string[word.end("word") : word.end("word") + 1] in {"s", "S"})
