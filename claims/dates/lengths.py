"""Lengths of time: three weeks, a two-year deal, 20 years old, the past decade, years of war."""

from __future__ import annotations

import re

from claims.dates.periods import moved_by, spoken
from claims.dates.phrases import Phrasebook, Reading, unresolved
from claims.dates.scene import Scene
from claims.dates.words import NUMBERS, NUMBERS_OPEN, ORDINALS, VAGUE_OPEN, length, number_in, ordinal_in, unit_in

BOOK = Phrasebook()

LENGTH = "a length of time, which names no day"


def a_length(timex: str) -> Reading:
    """A length that ends nowhere in the calendar."""
    return unresolved(timex, LENGTH, "DURATION")


_ABOUT = r"""(?:(?:more|less|fewer|longer|shorter|greater)_than_|(?:just_)?(?:over|under)_|about_|around_|nearly_
    |almost_|roughly_|approximately_|at_(?:least|most)_|up_to_|as_(?:many|much|little|few|long)_as_
    |(?:the_)?(?:first|full|entire|whole|final|initial)_)?"""
_ABOUT_OPEN = """more less fewer longer shorter greater about around nearly almost just over under roughly approximately
    at up as the first full entire whole final initial"""
_KIND_OF = r"(?:(?:consecutive|straight|full|whole|more|additional|long|calendar|working|business|trading|extra)_)?"


@BOOK.phrase(
    f"{NUMBERS_OPEN} {_ABOUT_OPEN}",
    rf"""{_ABOUT}(?P<number><NUMBER>)(?:-(?:odd|plus|some))?(?:_|-|(?P<half>_and_a_half_|-and-a-half(?:_|-))) {_KIND_OF}
        (?P<unit><UNITS>|<UNIT>)(?P<more>_and_a_half)?(?:(?:_|-)olds?|(?:_|-)long)?""",
)
def _amount(match: re.Match[str], scene: Scene) -> Reading | None:
    """Three weeks, a two-year deal, 20 years old; not "three quarters of them" nor "one second-hand car"."""
    word, written = match["unit"].lower(), match["number"]
    times, unit = unit_in(word)
    number, is_plural = number_in(written), word.endswith("s")
    joined = scene.text[match.end("number")] == "-"
    if not (is_plural or joined or number == 1 or _is_adjective(match, scene)) or match[0] in _PROGRAMMES:
        return None
    # three-quarters of them are a share
    if unit == "quarter" and (not is_plural or joined or re.match(r"\sof\s", scene.after(match.end()))):
        return None
    if unit == "second" and not is_plural and not written[0].isdigit():
        return None
    if word == "day" and match[0].lower() == "one day" and not _LENGTH_BEFORE.search(scene.before(match.start())):
        return None
    return a_length(length(number + 0.5 if match["half"] or match["more"] else number, unit, times))


@BOOK.phrase(
    f"{' '.join(ORDINALS)} 0",
    rf"""(?P<which>\d{{1,3}}(?:st|nd|rd|th)|{"|".join(ORDINALS)})_
        (?: (?:straight|consecutive|successive)_(?P<unit>day|week|weekend|month|quarter|year|decade)
          | (?P<row>day|week|weekend|month|quarter|year)_(?:in_a_row|running|straight) )""",
)
def _straight(match: re.Match[str], scene: Scene) -> Reading | None:
    """The third straight month: it has lasted three."""
    return a_length(length(ordinal_in(match["which"]), (match["unit"] or match["row"]).lower()))


_TIMES_BEFORE = re.compile(rf"\b(?P<number>{'|'.join(ORDINALS)}|{'|'.join(NUMBERS)})\b", re.IGNORECASE)


@BOOK.phrase("as", r"as_many_(?P<unit><UNITS>)")
def _as_many(match: re.Match[str], scene: Scene) -> Reading | None:
    """The days of "the second time in as many days" are two."""
    before = list(_TIMES_BEFORE.finditer(scene.before(match.start(), 60)))
    if not before:
        return None
    times, unit = unit_in(match["unit"])
    word = before[-1]["number"].lower()
    return a_length(length(ORDINALS.get(word) or number_in(word), unit, times))


# Names of television programmes.
_PROGRAMMES = frozenset({"60 Minutes", "48 Hours"})


def _is_adjective(match: re.Match[str], scene: Scene) -> bool:
    """Whether a length stands before the noun it describes, without a hyphen: "a six hour flight"."""
    article = re.search(r"\b(?:an?|the|his|her|its|their)\s$", scene.before(match.start()), re.IGNORECASE)
    return article is not None and re.match(r"\s[a-z]", scene.after(match.end())) is not None


# Words before "a year" that make it a length of time, and words behind it that do.
_LENGTH_BEFORE = re.compile(
    r"""\b(?:for|within|over|after|before|than|about|nearly|almost|least|only|just|takes?|took|lasts?|lasted|last|spent
    |spend|wait(?:ed)?|in|under|around|roughly|during|quite|up\sto|served|another|half|through)\s$""",
    re.IGNORECASE | re.VERBOSE,
)
_LENGTH_AFTER = re.compile(
    r"(?:\sor\s(?:so|more|two)\b|\s(?:after|before|from\s(?:now|today)|since|into|long|of\s(?!the\b))|-long\b)",
    re.IGNORECASE,
)


@BOOK.phrase("another", r"another_(?P<unit>hour|day|week|month|year|decade)")
def _another(match: re.Match[str], scene: Scene) -> Reading | None:
    """For another year; not "another day, another defeat"."""
    lasts = _LENGTH_BEFORE.search(scene.before(match.start()))
    return a_length(length(1, match["unit"].lower())) if lasts else None


@BOOK.phrase("a an", r"an?_(?P<unit><UNIT>)(?P<half>_and_a_half)?(?!(?:_|-)(?:old|ago|earlier|later)\b)")
def _one(match: re.Match[str], scene: Scene) -> Reading | None:
    """A year, where something lasts it ("for a year"); not "a year to forget"."""
    times, unit = unit_in(match["unit"])
    if unit in {"second", "quarter", "weekend"}:
        return None
    lasts = _LENGTH_BEFORE.search(scene.before(match.start()))
    follows = unit != "minute" and _LENGTH_AFTER.match(scene.after(match.end()))
    if match["half"] or lasts or follows or unit == "decade":
        return a_length(length(1.5 if match["half"] else 1, unit, times))
    return None


_HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}


@BOOK.phrase("quarter a", r"(?:an?_)?quarter(?:_|-)(?:of_an?_)?(?P<unit>century)")
def _quarter_century(match: re.Match[str], scene: Scene) -> Reading | None:
    """A quarter century, a quarter of a century."""
    return a_length("P25Y")


@BOOK.phrase("half a", r"(?:half(?:_|-)(?:an?(?:_|-))?|a_half(?:_|-))(?P<unit>hour|day|year|decade|century)")
def _half(match: re.Match[str], scene: Scene) -> Reading | None:
    """Half an hour, a half-century."""
    return a_length(_HALVES[match["unit"].lower()])


@BOOK.phrase(
    f"{VAGUE_OPEN} last past next coming first final",
    rf"""(?: (?:the_)?(?:last|past|next|coming|first|final)_(?:few|several|couple_of|many) | <VAGUE>(?:_more)? )_
        {_KIND_OF}(?P<unit><UNITS>)""",
)
def _vague_amount(match: re.Match[str], scene: Scene) -> Reading | None:
    """Several years, a few days, the past few months."""
    times, unit = unit_in(match["unit"])
    return None if unit == "quarter" and match[0].lower().startswith("some") else a_length(length(None, unit, times))


_BARE_BEFORE = re.compile(
    r"\b(?:for|within|after|over|lasted|last|takes?|took|spent|spend|than|in|through|many)\s$", re.IGNORECASE
)
_BARE_AFTER = re.compile(r"\s(?:of|after|before|later|earlier|since|in\sthe\smaking)\b", re.IGNORECASE)
# "In the days after the vote", "in the weeks ahead"
_AFTER_WHAT = re.compile(r"\s(?:after|before|since|ahead|to\scome|following|leading|that\sfollowed)\b", re.IGNORECASE)
_CERTAIN = re.compile(
    r"\b(?:the|these|those|his|her|their|our|my|early|final|last|first|business|working|opening|school)\s$",
    re.IGNORECASE,
)


@BOOK.phrase(
    "years months weeks days hours minutes decades centuries",
    r"(?P<unit><UNITS>)(?P<long>(?:_|-)long|-old)?(?!_(?:ago|old)\b|-)",
)
def _bare_plural(match: re.Match[str], scene: Scene) -> Reading | None:
    """For years, decades of war, hours after the vote, decades-long; not "the days of the tsars"."""
    before = scene.before(match.start())
    if re.search(r"\bthe\s$", before, re.IGNORECASE) and _AFTER_WHAT.match(scene.after(match.end())):
        return a_length(length(None, unit_in(match["unit"])[1]))
    if (
        match["unit"].lower() == "hours"
        and before.lower().endswith("after ")
        and not _BARE_AFTER.match(scene.after(match.end()))
    ):
        return None  # trading after hours
    lasts = match["long"] or _BARE_BEFORE.search(before) or _BARE_AFTER.match(scene.after(match.end()))
    if not lasts or _CERTAIN.search(before):
        return None
    return a_length(length(None, unit_in(match["unit"])[1]))


@BOOK.phrase("over through", r"(?:over|through)_the_(?P<unit>years|decades|centuries|months|weeks)")
def _over_the_years(match: re.Match[str], scene: Scene) -> Reading | None:
    """Over the years."""
    return a_length(length(None, unit_in(match["unit"])[1]))


_WHOSE = r"(?P<whose>(?:the|these|its|his|her|their|our)_)?"
_SIDES = "last past next coming previous preceding first final latest following prior opening remaining"
# "The past year" reaches to publication, "the next year" begins there; "the first nine months" does neither.
_WAYS = {"last": -1, "past": -1, "next": 1, "coming": 1}


@BOOK.phrase(
    f"{_SIDES} the these its his her their our",
    rf"""{_WHOSE}(?P<side>{_SIDES.replace(" ", "|")})_(?:full_)? (?P<number><NUMBER>)(?P<half>_and_a_half)?(?:_|-)
        {_KIND_OF}(?P<unit><UNITS>|<UNIT>)""",
)
def _numbered_span(match: re.Match[str], scene: Scene) -> Reading | None:
    """The past three months, the next two years, the first nine months."""
    times, unit = unit_in(match["unit"])
    number = number_in(match["number"])
    if not match["unit"].lower().endswith("s") and number != 1 and scene.text[match.end("number")] != "-":
        return None
    return _reaching(scene, match["side"].lower(), number + 0.5 if match["half"] else number, unit, times)


@BOOK.phrase(
    "the this",
    r"""(?:the|this)_(?P<side>past|last|next|coming)_(?P<unit>day|week|month|year|decade|century|hour)
        (?!_(?:of|before|in)\b)""",
)
def _span(match: re.Match[str], scene: Scene) -> Reading | None:
    """The past year, the last decade: with "the", a length rather than a year of the calendar."""
    return _reaching(scene, match["side"].lower(), 1, match["unit"].lower(), 1)


@BOOK.phrase("the", r"the_(?:last|final|first|opening|closing)_hour")
def _hour_of_several(match: re.Match[str], scene: Scene) -> Reading | None:
    """The last hour of trading."""
    return a_length("PT1H")


def _reaching(scene: Scene, side: str, number: float, unit: str, times: int) -> Reading:
    """A length that ends or begins at publication, with the days it covers."""
    timex, way = length(number, unit, times), _WAYS.get(side)
    if way is None or unit in {"second", "minute", "hour"}:
        return a_length(timex)
    if scene.published is None:
        return unresolved(timex, kind="DURATION")
    far = moved_by(scene.published, way * number * times, unit)
    if far is None:
        return a_length(timex)
    first, last = sorted((far, scene.published))
    return Reading("DURATION", timex, first, last, f"{'up to' if way < 0 else 'from'} {spoken(scene.published)}")


@BOOK.phrase("all", r"all_(?P<unit>day|week|month|year)(?:_long)?")
@BOOK.phrase("year month week day hour decade century", r"(?P<unit><UNIT>)-(?:long|old)")
@BOOK.phrase("yearlong monthlong weeklong daylong hourlong decadelong", r"(?P<unit><UNIT>)long")
def _long(match: re.Match[str], scene: Scene) -> Reading | None:
    """All day, year-long, a weeklong trip."""
    return a_length(length(1, unit_in(match["unit"])[1]))
