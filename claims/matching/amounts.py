"""Amounts: the figures of a claim as stretches that their words allow, and whether two of them can both hold."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from claims.figures import Figure, find_figures
from claims.figures.heads import Head, find_head
from claims.matching.amount import Amount
from claims.matching.ranks import ranks_of
from claims.matching.tolls import LIVES, Toll, may_tell_toll, toll_before
from claims.matching.vocabulary import meaning, vocabulary

_NONE = re.compile(r"(?<![\w’'-])(?:no)\b", re.IGNORECASE)
# "All but 50 fled" counts those who did not.
_ALL_BUT = re.compile(r"\ball\sbut\s(?:about\s|some\s|around\s)?\Z", re.IGNORECASE)
_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|their\s|all\s|a\stotal\sof\s)*\Z")
_OUT_OF = re.compile(r"\A(?:Out\s)?[Oo]f\s(?:the|its|their|all)\s\Z")
_THE = re.compile(r"\b(?:the|both|its|their|these|those)\s\Z", re.IGNORECASE)
_SHARE_OF = re.compile(r"\s(?:of|in)\s")
_REACHED = re.compile(  # "rose to 5 percent" is a level, "rose 5 percent" and "a rise of 5 percent" a change
    r"\b(?:to|at|past|below|under|above|through|beyond|(?<!rise\s)(?<!increase\s)(?<!hike\s)(?<!growth\s)(?<!jump\s)(?<!gain\s)(?<!drop\s)(?<!fall\s)"
    r"(?<!decline\s)(?<!decrease\s)(?<!cut\s)(?<!reduction\s)of)\s(?:a\s\w+\s)?\Z"
)
_BELOW = re.compile(r"\b(?:nearly|almost|close\sto|just\sunder)\b", re.IGNORECASE)
#: What a rate may be a rate of, as a pattern: "300 cars a week", "2,000 litres of milk an hour", "7 billion euros annually".
SPAN = "second|minute|hour|day|night|week|fortnight|month|quarter|year|season"
_PIECE = "barrel|tonne|ton|kilogram|kilo|kg|pound|ounce|litre|liter|gallon|metre|kilometre|mile|acre|hectare|head|share"
_PER = re.compile(
    rf"""(?:\s[^\W\d_][\w’'-]*){{0,4}}?      # the noun that is counted or measured
    (?<!\bin)(?<!\bfor)(?<!\bduring)(?<!\bwithin)(?<!\bof)(?<!\bover)(?<!\bafter)(?<!\bwith)(?<!\bonce)(?<!\bby)
    \s(?:(?:an?|each|every)\s(?P<span>{SPAN})|an?\s(?P<piece>{_PIECE})|per\s(?P<per>[a-z]+)
        |(?P<often>hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually))\b
    (?!\s(?:ago|earlier|later|before|after|old|long|of|when|since)\b)""",
    re.VERBOSE,
)
_EVERY = re.compile(rf"\A(?:Every|Each)\s(?P<span>{SPAN})\b")
_OFTEN = {"annually": "year", "daily": "day"}
_ALL = re.compile(r"\b(?:every|all\s(?:of\s)?(?:the|its|their))\s(?P<noun>[a-z]+)", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:nobody|no\sone)\b", re.IGNORECASE)
# "Turned down by 62 percent": nothing fell.
_NO_MOVE = re.compile(r"\b(?:turn|vot|shut|struck|broke|broken|set|put|back)(?:ed|ting|ting)?\s(?:down|up)\sby\s\Z")
_MEMBERS_OF = re.compile(r"\smembers\sof\s(?:the|its|their|a)\b")
# A number after a name or a word for what is numbered: "Helion 3", "flight 218", "the 12-year-old".
_LABEL = re.compile(
    r"""\b(?P<name>[A-Z][\w’'-]*|flight|route|section|article|chapter|phase|room|line|platform|unit|district|ward|grade|gate
        |level|stage|round|lot|block|reactor|terminal|junction|convoy|zone|sector|precinct|wave|leg|season|day|week|month|quarter
        )\s(?P<no>(?:[Nn]o\.?|[Nn]umber)\s)?(?P<number>\d{1,4})(?![\d.,:%–-]*[\d%])\b""",
    re.VERBOSE,
)
# "The third day", "a 2nd round": which of several that follow each other.
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_NTH = re.compile(
    rf"""\b(?:(?P<word>{"|".join(_ORDINALS)})|(?P<number>\d{{1,3}})(?:st|nd|rd|th))\s(?P<name>day|week|month|quarter|half|round|wave
        |phase|stage|leg|season|term|trial|vote|ballot|reading|tranche|batch|convoy)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "The 400 metres hurdles": not how far it is, but which contest.
_CONTEST = re.compile(
    r"""(?P<number>\d[\d,]*)\s?(?:m|metres?|meters?|km|kilometres?)\s(?:hurdles|freestyle|butterfly|backstroke
        |breaststroke|medley|relay|race|final|sprint|steeplechase|title|event|heat|gold|silver|bronze|walk|crown)\b""",
    re.VERBOSE,
)
_YEAR_OLD = re.compile(r"\b(?P<number>\d{1,3})-year-olds?\b")
_A_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MONTHS_OF_A_YEAR = frozenset(
    "january february march april may june july august september october november december".split()
)
_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec monday tuesday wednesday thursday friday saturday sunday in on by the of to and at about some""".split()
)
#: How far hedged and rounded figures reach, as a share of them; and how wide a vague word's band is read.
HEDGED, ROUNDED, VAGUE, VAGUE_SHARE = 0.1, 0.05, 0.1, 0.02
_REMEMBERED = 1 << 17


@lru_cache(maxsize=_REMEMBERED)
def amounts_of(text: str) -> tuple[Amount, ...]:
    """The amounts of a claim, in order; "785 of the 950" is a share too, and "no detainees" is none of them.

    >>> [(amount.text, amount.unit, round(amount.low, 3)) for amount in amounts_of("785 of the 950 detainees fled.")]
    [('785', 'detainee', 785.0), ('785 of the 950', 'share', 0.826), ('950', 'detainee', 950.0)]
    >>> [(amount.text, amount.low, amount.high) for amount in amounts_of("No detainees fled Korda.")]
    [('No detainees', 0, 0)]
    """
    figures = find_figures(text)
    found = [*_told(text, figures), *ranks_of(text)]
    if not figures and (match := _ALL.search(text)) and not _EVERY.match(text[match.start() :].capitalize()):
        words = text[match.start() : match.end("noun")]
        found.append(Amount(words, 1, 1, "share", None, meaning(match["noun"].lower()), vague=True, band=(1, 1)))
    if not figures and (match := _NOBODY.search(text)):
        found.append(Amount(match.group(), 0, 0, "people", 0, "people"))
    elif not figures and (match := _NONE.search(text)) and (head := _none_of(text, match.end())):
        found.append(Amount(text[match.start() : head.end], 0, 0, meaning(head.noun), 0, meaning(head.noun)))
    return tuple(found)


def _none_of(text: str, end: int) -> Head | None:
    """The head of what there is none of: "no injuries", "no opposition lawmaker"."""
    return find_head(text, end) or find_head(text, end, single=True)


@lru_cache(maxsize=_REMEMBERED)
def toll_of(text: str) -> Toll | None:
    """The toll that a claim tells, None where it tells none: what a motorway charges is measured in money.

    >>> toll_of("The toll in Korda rose to 17.").act, toll_of("The toll in Korda rose to 17 euros.")
    ('kill', None)
    """
    if not may_tell_toll(text):
        return None
    tolls = (_toll_at(text, figure) for figure in find_figures(text) if _counts_people(figure))
    return next(filter(None, tolls), None)


def _toll_at(text: str, figure: Figure) -> Toll | None:
    """The toll that a figure is of: "rose by 12" alone says by how many it rose, "rose by 12 to 40" how many it is."""
    toll = toll_before(text, figure.start)
    return None if toll and toll.by and figure.low == figure.high else toll


def _counts_people(figure: Figure) -> bool:
    """Whether a figure may be of a toll: a bare number, or one of persons."""
    kinds = vocabulary().kinds
    return not figure.unit or meaning(figure.unit) in kinds["people"] | kinds["persons"]


@lru_cache(maxsize=_REMEMBERED)
def labels_of(text: str) -> Mapping[str, frozenset[str]]:
    """Numbers that tell one thing from others of its name, by that name; "year-old" is one of them.

    >>> labels_of("Flight 218 left gate 4 on May 7 with 90 people and a 12-year-old dog.")
    {'flight': frozenset({'218'}), 'gate': frozenset({'4'}), 'year-old': frozenset({'12'})}
    """
    found: dict[str, frozenset[str]] = {}
    labels = list(_LABEL.finditer(text))
    figures = find_figures(text) if labels else []
    for match in labels:
        name, number = match["name"].lower(), match["number"]
        counted = not match["no"] and any(figure.start <= match.start("number") < figure.end for figure in figures)
        if name not in _MONTHS and not counted and not _A_YEAR.fullmatch(number):
            found[name] = found.get(name, frozenset()) | {number}
    for match in _NTH.finditer(text):
        name, number = match["name"].lower(), match["number"] or _ORDINALS[match["word"].lower()]
        found[name] = found.get(name, frozenset()) | {number}
    if contests := _CONTEST.findall(text):
        found["contest"] = frozenset(contests)
    if old := _YEAR_OLD.findall(text):
        found["year-old"] = frozenset(old)
    return found


def _leads_to(text: str, figure: Figure, after: Figure | None) -> bool:
    """Whether the figure only says by how many a toll rose to the next one: the 5 of "rose by 5 to 17"."""
    if after is None or text[figure.end : after.start] != " to ":
        return False
    toll = toll_before(text, figure.start)
    return toll is not None and toll.by


def _told(text: str, figures: Sequence[Figure]) -> Iterator[Amount]:
    """The amounts of the figures, each with the share or the count that it makes of the one behind it."""
    behind = 0
    if len(figures) > 1 and _OUT_OF.match(text[: figures[0].start]) and (out_of := _out_of(*figures[:2])):
        yield replace(out_of, text=text[figures[1].start : figures[1].end] + " of " + figures[0].text)
    for figure, after in zip_longest(figures, figures[1:]):
        named = _names(text, figure) or _CONTEST.match(text, figure.start) or _is_a_year(text, figure)
        named = named or _leads_to(text, figure, after)
        if figure.start < behind or (figure.quantifier and figure.band is None) or named:
            continue
        amount = _amount(text, figure, _rate(text, figure, after))
        if all_but := bool(_ALL_BUT.search(text[: figure.start])):
            amount = replace(amount, text=f"all but {amount.text}", unit="all but", noun="")
        yield amount
        if not (after and after.low and _OF.match(text[figure.end : after.start])):
            continue
        if amount.unit == "share" and not after.quantifier and after.unit != "percent":
            yield _part_of(text, figure, amount, after)
            behind = after.end  # the 950 of "almost all of the 950" are those of whom it is said, not those who did it
        elif figure.low and figure.low == figure.high and (share := float(figure.low / after.low)) <= 1:
            words = text[figure.start : after.end]
            if all_but:
                words, share = f"all but {words}", 1 - share
            yield Amount(words, share, share, "share", share, meaning(after.unit), measure="ratio")


def _out_of(whole: Figure, part: Figure) -> Amount | None:
    """The share that "of the 33 trapped, 29 came out" tells; None where the second figure counts something else."""
    exact = [figure.low for figure in (whole, part) if figure.low and figure.low == figure.high]
    if len(exact) < len((whole, part)) or exact[1] > exact[0] or part.unit not in {"", whole.unit}:
        return None
    share = float(exact[1] / exact[0])
    return Amount("", share, share, "share", share, meaning(whole.unit), measure="ratio")


def _part_of(text: str, figure: Figure, share: Amount, of: Figure) -> Amount:
    """How many "almost all of the 950" are, told as a vague word is: it proves nothing.

    >>> share, count = amounts_of("Almost all of the 950 detainees fled.")
    >>> count.text, [round(bound) for bound in (count.low, count.high, *count.band)], count.unit
    ('Almost all of the 950', [836, 950, 855, 940], 'detainee')
    """
    whole, noun = float(of.low or 0), meaning(of.unit)
    low, high = share.band if share.vague else (share.low, share.high)
    band = (low * whole, min(high, 1.0) * whole)
    return Amount(
        text[figure.start : of.end],
        max(share.low, 0) * whole - 0.5,
        min(share.high, 1.0) * whole + 0.5,
        noun,
        None,
        noun,
        vague=True,
        band=band,
    )


def _is_a_year(text: str, figure: Figure) -> bool:
    """Whether a bare number tells which year: "the October 2022 protests", "Korda's 2022 census"."""
    if not _A_YEAR.fullmatch(figure.text):
        return False
    before = text[: figure.start].split()[-1:]
    after = text[figure.end :].split()[:1]
    return any(word.lower() in _MONTHS_OF_A_YEAR for word in before) or [meaning(word) for word in after] != [
        meaning(figure.unit)
    ]


def _names(text: str, figure: Figure) -> bool:
    """Whether a small number only names known things: "the two sides"."""
    small = figure.high is not None and figure.high <= 10 and figure.low == figure.high == int(figure.high)  # noqa: PLR2004
    return small and bool(_THE.search(text[: figure.start]))


def _rate(text: str, figure: Figure, after: Figure | None) -> str:
    """What the figure is a rate of, "" where it is none."""
    match = _PER.match(text, figure.end, after.start if after else len(text)) or _EVERY.match(text)
    if match is None:
        return ""
    named = match.groupdict()
    often = named.get("often") or ""
    return next(filter(None, map(named.get, ("span", "piece", "per"))), _OFTEN.get(often, often.removesuffix("ly")))


def _amount(text: str, figure: Figure, rate: str) -> Amount:
    if figure.band is not None:
        return _vague(figure)
    measure, _, per = figure.unit.partition(" per ")  # "kilometre per hour"
    unit, factor = _measured(measure)
    low, high = _stretch(figure)
    slack = 0.0
    value = figure.low if figure.high is None else figure.high
    if not figure.unit and value is not None and 0 < value < 1 and not figure.text.startswith("0"):
        unit, measure = "share", "fraction"
        slack = HEDGED * value if figure.low == figure.high else 0.0
    elif measure in vocabulary().kinds["units"] or factor != 1 or per:
        slack = _converted(figure) * factor
    noun = ""
    if unit == figure.unit and not vocabulary().kinds["units"].intersection((unit, *unit.split())):
        unit = noun = meaning(unit)
        if noun == "member" and (of := _MEMBERS_OF.match(text, figure.end)) and (head := find_head(text, of.end())):
            unit = noun = meaning(head.noun)
    elif (
        unit == "share" and (after := _SHARE_OF.match(text, figure.end)) and (head := find_head(text, after.end() - 1))
    ):
        noun = meaning(head.noun)
    before = text[: figure.start]
    if not figure.unit and (toll := _toll_at(text, figure)):
        return _of_toll(figure, toll)
    if not figure.unit and LIVES.match(text, figure.end):
        unit = noun = meaning("people")
    between = None not in (figure.low, figure.high) and figure.low != figure.high
    stated = None if between else figure.high if figure.low is None else figure.low
    return Amount(
        figure.text,
        low * factor,
        high * factor,
        unit,
        None if stated is None else stated * factor,
        noun,
        open=figure.low is None or figure.high is None,
        change=""
        if (noun == unit != "" and not before.endswith("by ")) or _REACHED.search(before) or _NO_MOVE.search(before)
        else figure.change or "",
        per=per or rate,
        measure=measure,
        slack=slack,
    )


def _of_toll(figure: Figure, toll: Toll) -> Amount:
    """How many a toll counts: "rose by five to 17" tells of 17, "topped 17" of more.

    >>> [(amount.low, amount.high, amount.unit) for amount in amounts_of("The death toll in Korda rose by five to 17.")]
    [(17.0, 17.0, 'kill')]
    >>> [(amount.low, amount.high, amount.unit) for amount in amounts_of("The toll in Korda rose to 17 euros.")]
    [(17.0, 17.0, 'euro')]
    """
    if (figure.change or toll.moved) and figure.low != figure.high and figure.high is not None:
        figure = replace(figure, low=figure.high)
    low, high = _stretch(figure)
    if toll.beyond and figure.low is not None:
        low = float(figure.low)
    known = figure.low if figure.low is not None else figure.high
    return Amount(
        figure.text,
        low,
        math.inf if toll.beyond else high,
        toll.act,
        None
        if known is None or (figure.low != figure.high and None not in (figure.low, figure.high))
        else float(known),
        toll.act,
        open=toll.beyond or figure.low is None or figure.high is None,
    )


def _measured(unit: str) -> tuple[str, float]:
    """What a unit is measured in here, and how many of those it is."""
    return vocabulary().measures.get(unit, (unit, 1.0))


def _vague(figure: Figure) -> Amount:
    """A vague word as its band, read with some goodwill; "all" and "none" mean what they say."""
    low, high = band = figure.band or (0, 0)
    noun = meaning(figure.unit)
    if high == 0:
        return Amount(figure.text, 0, 0, noun, 0, noun)
    if high <= 1:
        wider = 0 if low == high else VAGUE_SHARE
        return Amount(figure.text, low - wider, high + wider / 2, "share", None, noun, vague=True, band=band)
    return Amount(figure.text, low * (1 - VAGUE), high * (1 + VAGUE), noun, None, noun, vague=True, band=band)


def _stretch(figure: Figure) -> tuple[float, float]:
    """The stretch that a figure allows: what its words leave open, what hedges and round numbers do."""
    low = -math.inf if figure.low is None else float(figure.low)
    high = math.inf if figure.high is None else float(figure.high)
    if low != high:
        return low, high
    reach = max(_rounding(low), 0.5 if figure.unit == "percent" and low == int(low) else 0)
    if figure.approximate:
        reach = max(reach, HEDGED * abs(low))
        if _BELOW.search(figure.text):
            return low - reach, low
    return low - reach, high + reach


def _converted(figure: Figure) -> float:
    """How far a measure reaches once it is told in another unit: half of its last place, of a round one a little more.

    >>> [_converted(find_figures(f"{words} of land")[0]) for words in ("5 acres", "12.5 acres", "90 acres")]
    [0.5, 0.05, 4.5]
    """
    if figure.low is None or figure.low != figure.high or figure.unit == "percent":
        return 0.0
    value = abs(float(figure.low))
    if value != int(value):
        return _rounding(value)
    digits = str(int(value))
    last = float(10 ** (len(digits) - len(digits.rstrip("0"))))
    return max(0.5, min(last / 2, ROUNDED * value)) if value else 0.0


def _rounding(value: float) -> float:
    """Half of the last place that a number names, at most a twentieth of it; whole numbers under 100 are meant.

    >>> _rounding(785), _rounding(800), _rounding(61.3), _rounding(1_300)
    (0, 40.0, 0.05, 50.0)
    """
    if value == int(value):
        if abs(value) < 100:  # noqa: PLR2004  (a count that anybody can count)
            return 0
        digits = str(int(abs(value)))
        zeros = len(digits) - len(digits.rstrip("0"))
        return 0 if zeros < 2 else min(float(10**zeros) / 2, ROUNDED * abs(value))  # noqa: PLR2004  (785 and 790 are exact)
    places = len(repr(value).partition(".")[2])
    return min(0.5 / float(10**places), ROUNDED * abs(value))
