"""Months, years, decades and centuries that name their place in the calendar."""

from __future__ import annotations

import re

from claims.dates.days import year_of_two_digits
from claims.dates.periods import a_century, a_decade, a_month, a_year, in_calendar, spoken
from claims.dates.phrases import Phrasebook, Reading, beyond, resolved, unresolved
from claims.dates.scene import Scene
from claims.dates.words import DECADES, EDGES_OPEN, MONTHS, MONTHS_OPEN, month_in, number_in, ordinal_in

BOOK = Phrasebook()

#: "the end of", "at the very beginning of": which part of a period is meant; the value is the whole period's.
PART_OF = r"(?:(?:the_)?(?:very_)?(?:beginning|start|end|middle|close|rest|remainder|course|turn)_of_)?"

# A month's name may be a verb or a person as well: then a word before it must say that it is a month.
_DOUBTFUL = frozenset({"march", "may", "april", "june", "august"})
_MONTH_CUE = re.compile(
    r"""(?:\b(?:in|of|by|since|until|till|through|during|from|to|for|last|this|next|every|each|early|late|mid|before|after
    |between|and|or|past|coming|previous|following|around|on|as\ of|the|second|first)\s+|mid-|[-–—(,/]\s?)$""",
    re.IGNORECASE | re.VERBOSE,
)


@BOOK.phrase(
    f"{MONTHS_OPEN} {EDGES_OPEN} the",
    rf"""{PART_OF} (?:<EDGE>(?:_|-))? (?P<month><MONTH>)
        (?: (?:,_?|_(?:of_)?|<DASH>)(?P<year><YEAR>|<APOSTROPHE>\d\d)
          | _(?:of_)?(?P<whose>last|this|next)_year
          # March to June 2019: the year stands at the end of the range
          | (?=_(?:to|and|through|until)_<MONTH>_(?P<lateryear><YEAR>)) )?""",
)
def _month(match: re.Match[str], scene: Scene) -> Reading | None:
    """October; early June; November 2006; October of next year."""
    month, year = month_in(match["month"]), match["year"] or match["lateryear"]
    if year:
        whole = int(year) if year.isdigit() else year_of_two_digits(scene, int(year[1:]))
        return resolved(a_month(whole, month), "a calendar month as written")
    if match["whose"] is None and not _is_month(match, scene):
        return None
    published = scene.published
    if published is None:
        return unresolved(f"XXXX-{month:02d}")
    if match["whose"]:
        number = published.year + {"last": -1, "this": 0, "next": 1}[match["whose"].lower()]
    else:
        number = _year_of_month(scene, month, *match.span())
    if not in_calendar(number):
        return beyond()
    found = a_month(number, month)
    if found.first <= published <= found.last:
        return resolved(found, f"the month of publication, {spoken(published)}")
    side = "last" if found.last < published else "next"
    return resolved(found, f"the {side} {MONTHS[month - 1]} seen from {spoken(published)}")


def _is_month(match: re.Match[str], scene: Scene) -> bool:
    """Whether a month's name that stands alone is one: not "May left", "March on the palace", "Jan Korda"."""
    written = match["month"]
    word = written.lower().rstrip(".")
    if len(word) == 3 and word != "may" and not written.endswith("."):
        return False
    if word not in _DOUBTFUL or match.start() < match.start("month"):
        return True
    is_name = word in {"march", "may"} and re.match(r"\s(?:[A-Z]\w+|on\s(?:the\s)?[A-Z])", scene.after(match.end()))
    return not is_name and bool(_MONTH_CUE.search(scene.before(match.start(), 12)))


def _year_of_month(scene: Scene, month: int, start: int, end: int) -> int:
    """The year of a month named without one: the last such month so far, the next one where the tense is future."""
    assert scene.published is not None
    year, here = scene.published.year, scene.published.month
    if month == here:
        return year
    just_over = (here - month) % 12 <= _JUST_OVER and _FOR.search(scene.before(start))
    tense = scene.tense(start, end)
    close_ahead = tense == "unknown" and 0 < month - here <= _CLOSE_AHEAD
    if close_ahead or (tense == "future" and not just_over) or _DELIVERED.match(scene.after(end)):
        return year + (month < here)
    return year - (month > here)


# "Will release figures for October" in November tells of the month just over; "December wheat" is delivered in the next.
_JUST_OVER = 2
# Without any verb, a month this near is the coming one.
_CLOSE_AHEAD = 2
_FOR = re.compile(r"\bfor\s$", re.IGNORECASE)
_DELIVERED = re.compile(
    r"""\s(?:delivery|contracts?|futures|deliveries|crude|gold|silver|copper|platinum|wheat|corn|soybeans?|oats|cattle|hogs|sugar
    |coffee|cocoa|cotton|lumber|pork\sbellies|heating\soil|natural\sgas)\b""",
    re.VERBOSE,
)

# "Nineteen five" is a score rather than 1905.
_EARLIEST_SAID = 9


@BOOK.phrase(
    "nineteen eighteen two the",
    r"""(?:the_year_)?(?: (?P<century>nineteen|eighteen)(?:_|-)(?P<rest><NUMBERWORD>)
        | two(?:_|-)thousand(?:_(?:and_)?(?P<ones><ONES>))?(?=[.,;:?!]|\Z|_[a-z]+ed\b|_(?:and|but|when|as|to|in|the|it|he|she|they|was|is|will)\b) )""",
)
def _spoken_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """Nineteen ninety-six, in two thousand: as the radio says them."""
    if match["century"]:
        year = {"eighteen": 1800, "nineteen": 1900}[match["century"].lower()] + int(number_in(match["rest"]))
        return resolved(a_year(year), "a year as said") if year % 100 > _EARLIEST_SAID else None
    if not re.search(r"\b(?:in|since|year|until|by)\s$", scene.before(match.start()), re.IGNORECASE) and not match[
        0
    ].lower().startswith("the"):
        return None
    return resolved(a_year(2000 + (int(number_in(match["ones"])) if match["ones"] else 0)), "a year as said")


# Words before four digits that say they are a year, whatever follows; and words behind that say they count things.
_YEAR_CUE = re.compile(r"\b(?:in|since|of|by|from|between|until|before|after|and|to)\s$", re.IGNORECASE)
_COUNTED = re.compile(
    r"""\s(?:[a-z]+\s)?(?:people|men|women|children|soldiers|troops|jobs|workers|employees|members|miles|kilomet\w+|km
    |met(?:er|re)s|feet|tons?|tonnes|pounds|dollars|euros|points|cents|percent|per\s+cent|years|days|hours|minutes|months
    |weeks|degrees|votes|shares|cars|vehicles|planes|homes|houses|units|copies|residents|refugees|fighters|times|others|hp
    |cc|rpm|mph|acres|barrels|students|passengers|victims|police|officers|staff|companies|calories|watts)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_YEAR = re.compile(
    r"(?:%|\bNo\.|\b(?:flight|some|over|nearly|almost|number|room|page|model|route|boeing|airbus|windows|version))\s?$",
    re.IGNORECASE,
)


@BOOK.phrase(f"0 {EDGES_OPEN} the year years", rf"(?:{PART_OF}|(?:the_)?years?_)(?:<EDGE>(?:_|-))?(?P<year><YEAR>)")
def _year(match: re.Match[str], scene: Scene) -> Reading | None:
    """2009; mid-2009; the end of 2009; not 2000 people."""
    start, end = match.span("year")
    before = scene.before(start, 12)
    if match.start() == start and (_COUNTED.match(scene.text, end, end + 40) or _NOT_YEAR.search(before)):
        return None
    year = int(match["year"])
    if not (1900 <= year <= 2100 or (year >= 1400 and (match.start() < start or _YEAR_CUE.search(before)))):
        return None
    return resolved(a_year(year), "a year as written")


@BOOK.phrase("0", r"(?P<year>\d\d)(?!\d|[,.:]\d|_<UNITS>|<APOSTROPHE>|[-%/])")
def _short_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """The 89 in '89, where an apostrophe says that digits are missing."""
    if not re.search(r"(?:^|[\s(\-–])['’‘]$", scene.before(match.start(), 2)):
        return None
    return resolved(a_year(year_of_two_digits(scene, int(match["year"]))), "the latest year that ends so")


@BOOK.phrase("0", r"(?P<year>\d\d)(?!\d|[,.:]\d|%)")
def _year_after_range(match: re.Match[str], scene: Scene) -> Reading | None:
    """The 09 in "2008-09"."""
    focus = scene.focus
    if not focus or focus.grain != "year" or scene.focus_end != scene.last_end:
        return None
    if not re.fullmatch("[-–]", scene.text[scene.last_end : match.start()]):
        return None
    year = focus.first.year // 100 * 100 + int(match["year"])
    return resolved(a_year(year), "the end of a range of years") if focus.first.year < year else None


_OWN = re.compile(
    r"\b(?:his|her|their|my|our|your|its|low|high|upper|lower)\s(?:early|late|mid)?[\s-]?$", re.IGNORECASE
)


@BOOK.phrase(
    f"0 {EDGES_OPEN} the nineteen eighteen {' '.join(DECADES)}",
    rf"""(?:the_)? (?:<EDGE>(?:_|-)(?:to_<EDGE>(?:_|-))?)? <APOSTROPHE>?
        (?: (?P<year>1\d\d0|20\d0|[2-9]0)<APOSTROPHE>?s
          | (?:(?P<century>nineteen|eighteen)(?:_|-))?(?P<word>{"|".join(DECADES)}) )""",
)
def _decade(match: re.Match[str], scene: Scene) -> Reading | None:
    """The late 1990s, the '80s, the sixties; not "in his 30s", "their sixties" or "in the mid-30s"."""
    if match["year"] and len(match["year"]) == 4:
        return resolved(a_decade(int(match["year"])), "a decade as written")
    if not _is_short_decade(match, scene):
        return None
    years = int(match["year"]) if match["year"] else DECADES[match["word"].lower()]
    if match["century"]:
        hundreds = {"eighteen": 1800, "nineteen": 1900}[match["century"].lower()]
        return resolved(a_decade(hundreds + years), "a decade as written")
    latest = scene.published.year if scene.published else 2029
    century = latest // 100 * 100 - (100 if years > latest % 100 else 0)
    found = a_decade(century + years) if in_calendar(century + years) else None
    return resolved(found, "the latest decade of that name")


def _is_short_decade(match: re.Match[str], scene: Scene) -> bool:
    """Whether "80s" is a decade: with "the", an apostrophe, or a decade before it; "the mid-30s" are degrees."""
    before = scene.before(match.start(), 16)
    if _OWN.search(before):
        return False
    if match["year"] and int(match["year"]) < 50 and re.search(r"\bmid\b", match[0], re.IGNORECASE):
        return False
    beside = scene.focus is not None and scene.focus.grain == "decade" and match.start() - scene.focus_end < 12
    starts_with_article = match[0][:3].lower() == "the"
    marked = before.endswith(("'", "’", "‘")) or re.search("['’‘]", match[0]) is not None
    return starts_with_article or beside or marked or match["century"] is not None


_CENTURY_WORDS = {
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip


@BOOK.phrase(
    f"0 the {EDGES_OPEN} twenty {' '.join(_CENTURY_WORDS)}",
    rf"""{PART_OF}(?:the_)? (?:<EDGE>(?:_|-))?
        (?: (?P<number>\d{{1,2}}(?:st|nd|rd|th)) | (?P<word>{"|".join(_CENTURY_WORDS)}) ) (?:_|-)century""",
)
def _century(match: re.Match[str], scene: Scene) -> Reading | None:
    """The 19th century; mid-twentieth-century."""
    if match[0].endswith("Century") and re.match(r"\s[A-Z]", scene.after(match.end())):
        return None  # 21st Century Fox
    number = ordinal_in(match["number"]) if match["number"] else _CENTURY_WORDS[match["word"].lower()]
    return resolved(a_century(number), "a century as written") if number else None


@BOOK.phrase(
    "fiscal financial the",
    r"""(?:the_)?(?: (?:fiscal|financial)(?:_year)?_(?P<year><YEAR>) | (?P<yearfirst><YEAR>)_(?:fiscal|financial)_year
        | fiscal_<APOSTROPHE>?(?P<short>\d\d)(?!\d) )""",
)
def _fiscal_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """Fiscal 2019; the 2019 financial year; fiscal '89."""
    written = match["year"] or match["yearfirst"]
    return _a_fiscal_year(int(written) if written else year_of_two_digits(scene, int(match["short"])))


_FISCAL_SIDES = {
    "last": -1, "latest": -1, "previous": -1, "prior": -1, "preceding": -1, "just-ended": -1, "next": 1, "coming": 1,
    "following": 1,
}  # fmt: skip


@BOOK.phrase(
    "last this next the its current",
    rf"""(?:the_|its_|this_)?(?:(?P<side>current|this|{"|".join(_FISCAL_SIDES)})_)?(?:fiscal|financial)_year(?!_<YEAR>|-)
        (?=_(?:that_)?ended_(?P<month><MONTH>))?""",
)
def _fiscal_year_beside(match: re.Match[str], scene: Scene) -> Reading | None:
    """Last fiscal year, the current financial year: by the year of publication; the one ended in June: by that June."""
    if scene.published is None:
        return unresolved("FYXXXX")
    if match["month"]:
        return _a_fiscal_year(scene.published.year - (month_in(match["month"]) > scene.published.month))
    return _a_fiscal_year(scene.published.year + _FISCAL_SIDES.get((match["side"] or "").lower(), 0))


def _a_fiscal_year(year: int) -> Reading:
    return unresolved(f"FY{year:04d}", "a fiscal year, whose days differ from firm to firm")
