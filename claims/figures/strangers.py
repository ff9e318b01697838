"""Numbers that measure and count nothing: dates, times, ages, ranks, telephone numbers, addresses, names of things."""

from __future__ import annotations

import re

from claims.figures.numerals import Numeral
from claims.figures.spelled import ONES, TEENS, TENS, one_of

_MONTHS = one_of(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november"
    " dec december".split()
)
_YEAR = "(?:1[0-9]|20)[0-9]{2}"
_DASH = "[-\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}]"
_UP_TO_99 = rf"(?:[0-9]{{1,3}}|{one_of(TENS)}(?:[\s-]{one_of(ONES)})?|{one_of(ONES + TEENS)})"

_MAIL = r"(?<![\w.+-])[\w.+-]{1,60}+@[\w.-]{1,60}"
_YEARS_OLD = rf"(?i:\b{_UP_TO_99}(?:(?:-?\s(?:to|and|or)\s|{_DASH}){_UP_TO_99})?[\s-](?:years?|months?|weeks?|days?)[\s-](?:olds?\b|of\sage\b))"

_FROM_A_DIGIT = rf"""
      {_MAIL}
    | \b{_YEAR}{_DASH}[0-9]{{2}}{_DASH}[0-9]{{2}}\b | \b[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.][0-9]{{2,4}}\b    # 2019-10-09
    | \b[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:{_DASH}|to|and)\s?[0-9]{{1,2}}(?:st|nd|rd|th)?)?\s(?:of\s)?(?i:{_MONTHS})\b\.?(?:,?\s{_YEAR}\b)?
    | (?<=['’]s\s){_YEAR}(?=\s[a-z]{{3,20}}\s(?:[a-z]|[0-9]))                              # Korda's 2022 census counted
    | \b{_YEAR}\s?{_DASH}\s?(?:{_YEAR}|[0-9]{{2}})\b | \b{_YEAR}/[0-9]{{2}}\b                # 2019-20
    | \b{_YEAR}(?:(?=s\b)|(?=\#))                                                        # the 1990s
    | \b[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:\s?[ap]\.?m\b)?                          # 10:30
    | \b[0-9]{{1,2}}(?:\.[0-9]{{2}})?\s?(?:[ap]\.m\b|[apAP][mM]\b|o['’]clock)                # 6pm
    | \b[0-9]{{3,4}}\s?(?:GMT|UTC|hours\sGMT|local\stime)\b                              # 1800 GMT
    | {_YEARS_OLD}
    | (?<=[a-z],\s)[0-9]{{1,3}}(?=,\s|\)|\.(?:\s|\Z)) | (?<=[a-z]\s\()[0-9]{{2}}(?=\))          # Korda, 34, said
    | \b[0-9]{{3}}[-.][0-9]{{3}}[-.][0-9]{{4}}\b | \b0[0-9]{{2,4}}[\s-][0-9]{{3,4}}(?:[\s-]?[0-9]{{3,4}})?\b | \b[0-9]{{3}}-0[0-9]{{3}}\b
    | \b[0-9]{{1,2}}['’′]\s?[0-9]{{1,2}}\b                                            # 5'11"
    | (?m:^[0-9]{{1,3}}[.)](?=\s))                                                      # 3. in a list
    | \b9-?1-?1(?=\s(?:call|operator|dispatch|emergency)) | \b(?:9/11|7/7|24/7|50[/-]50|20/20)\b
    | \b(?![0-9]{{1,3}}(?:\.[0-9]{{3}})+\b)[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{2,9}}\b                                                       # versions, internet addresses
    | \b[48]K(?=\s(?i:video|tv|uhd|ultra|display|screen|resolution|content|camera|footage|blu-ray|streaming|monitor|film)s?\b)
    | \b40[13]\([bk]\) | \b(?:480|720|1080|1440|2160)[ip]\b                             # 401(k) plans, screens
    | \b[0-9][0-9,]{{0,15}}\s?(?:st|nd|rd|th)\b                                                 # 3rd
    | \b[0-9]{{1,5}}[A-Z]?\s(?:[A-Z][\w'’.-]{{0,20}}\s){{1,3}}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Square|Boulevard|Blvd|Way|Place|Terrace)\b
"""
_FROM_ELSEWHERE = rf"""
      \bhttps?://\S{{1,300}} | \bwww\.\S{{1,300}}                                        # web addresses
    | (?<!\S)[@\#][A-Za-z_]\w{{0,60}} | {_MAIL}       # handles, mail
    | \b(?i:{_MONTHS})\b\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:{_DASH}|to|and)\s?[0-9]{{1,2}}(?:st|nd|rd|th)?)?(?:,?\s{_YEAR}\b)?(?![0-9%]|[,.][0-9]|\s(?:percent|per\scent|people|[mb]illion))
    | \b(?=[A-Z])(?:(?i:{_MONTHS})|Spring|Summer|Autumn|Winter)\b\.?,?\s{_YEAR}\b
    | (?i:\b(?:aged|ages|age)\s(?:of\s)?(?:about\s|around\s|between\s|under\s|over\s|just\s|only\s)?{_UP_TO_99}(?:(?:\s(?:to|and|or)\s|{_DASH}){_UP_TO_99})?\b)
    | {_YEARS_OLD}
    | \+[0-9][0-9\s().-]{{6,18}}[0-9] | \([0-9]{{2,5}}\)\s?[0-9]{{3,4}}[\s-]?[0-9]{{3,4}}\b      # telephone numbers
    | (?:\b[Nn]o?s?\.\s?|\b[Nn]umbers?\s|\#)[0-9]+(?!\s?(?:[mb]illion|bn|[0-9,]))                 # No. 1, #1
    | (?i:\b(?:on|by|until|since|from|in)\s(?:day|week|round|season|lap|minute)\s[0-9]{{1,4}}\b(?!\s?%))   # on day 3
"""
# Never within a word; and at most places stands no digit, where half of the patterns need not be tried.
_STRANGE = re.compile(
    rf"(?:(?<!\w)|(?!\w)) (?: (?=[0-9]) (?:{_FROM_A_DIGIT}) | (?![0-9]) (?:{_FROM_ELSEWHERE}) )", re.VERBOSE
)

# What a bare number after them numbers: "Article 5", "Flight 200", "iPhone 4", "Boeing 737".
_LABELS = frozenset(
    """article articles section sections chapter chapters page pages pp channel flight route highway interstate motorway
    gate room phase stage grade tier version paragraph clause protocol resolution amendment proposition prop bill rule
    title schedule appendix annex exhibit figure table volume vol episode lesson verse psalm formula windows boeing
    airbus iphone ipad ios macos android galaxy playstation xbox pixel apollo soyuz falcon euro covid catch level
    category class type model mark mk mach line platform pier terminal runway bbc itv opec cop group pool cell ward
    precinct district zone sector area unit block plot lot item step quarter q1 q2 q3 q4 zip code box bus tram train
    studio radio fm am court courtroom hangar engine mig sukhoi antonov tupolev embraer bombardier cessna ftse cac nikkei
    s&p dax russell stoxx ibex asx csi kospi poor's poor’s fortune forbes wilshire topix mib aex""".split()
)
# Airliners that are named by their numbers: "the new 787 Dreamliner" counts nothing.
_AIRLINER = re.compile(r"7[0-8]7")
_AIRCRAFT = re.compile(r"(?:jet|plane|airplane|aircraft|airliner|freighter|famil|program|model|pilot)")
_ONE_THING = re.compile(
    r"\b(?:the|a|an|its|their|new|first|last|final|latest|larger|existing|current|each|\w+-(?:range|haul|body|generation))\s\Z",
    re.IGNORECASE,
)
# Words that are labels only with a capital: "Day 3" against "a day 3 people died".
_CAPITAL_LABELS = frozenset(
    """type line area unit day week round season part group pool level class bus train step block item bill court code box
    cell quarter table figure model mark stage""".split()
)
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w'’.&]{0,30})[\s-](?:[0-9]{1,4}[-\N{EN DASH}])?\Z")
_AMONG_CAPITALS = re.compile(r"(?P<capital>[A-Z][\w&-]*)\s\Z")
# No product and no place has a greater number in its name.
_LARGEST_NAME = 10_000
# A capital word that opens a sentence or a place's phrase names nothing with the number after it.
_FUNCTION = frozenset(
    """in at on by of to for from with about around over under some nearly almost only just all the a an and or but as if
    when while after before since until between than these those his her its their our my your another every each any
    more most up down plus minus both other least both roughly approximately killed injured no not least""".split()
)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;“\"‘(\n–—-]\s*)\Z")
# A line without any other lower-case word is a headline, where all words have capitals.
_LOWER_WORD = re.compile(r"\b(?!(?:the|and|for|from|with|but|over|into|than|after)\b)[a-z]{3,}\b")
_CAPITAL_NEXT = re.compile(r"[\s-][A-Z][a-z]")
_YEAR_PREPOSITION = re.compile(
    r"\b(?:in|since|by|of|from|until|till|during|before|after|for|to|late|early|mid|year|fiscal|the|and|between|through|around|summer|winter|spring|autumn)[\s-]\Z",
    re.IGNORECASE,
)


def find_strangers(text: str) -> list[tuple[int, int]]:
    """The spans of ``text`` whose numbers are dates, times, ages, ranks, telephone numbers, addresses; in order.

    >>> text = "Korda, 34, called 555-0199 at 10:30 on 9 October 2019 from 785 homes."
    >>> [text[start:end] for start, end in find_strangers(text)]
    ['34', '555-0199', '10:30', '9 October 2019']
    >>> find_strangers("785 members of 40 groups")
    []
    """
    return [match.span() for match in _STRANGE.finditer(text)]


def is_year(text: str, numeral: Numeral, noun: str) -> bool:
    """Whether four bare digits before ``noun`` ('' for none) read as a year and count nothing.

    >>> from claims.figures.numerals import find_numerals
    >>> text = "In 2019 elections, and to date 2000 voters"
    >>> [is_year(text, numeral, noun) for numeral, noun in zip(find_numerals(text), ["elections", "voters"])]
    [True, False]
    """
    if not re.fullmatch(_YEAR, text[numeral.start : numeral.end]):
        return False
    before = text[max(0, numeral.start - 12) : numeral.start]
    return not noun.islower() or bool(_YEAR_PREPOSITION.search(before) or _SENTENCE_START.search(before))


def is_label(text: str, numeral: Numeral) -> bool:
    """Whether the numeral numbers the word before it ("Article 5", "Boeing 737"), whatever follows.

    >>> from claims.figures.numerals import find_numerals
    >>> text = "Article 5 covers 30 allies"
    >>> [is_label(text, numeral) for numeral in find_numerals(text)]
    [True, False]
    """
    before = _WORD_BEFORE.search(text[max(0, numeral.start - 38) : numeral.start])
    if not before or numeral.scale > 1 or numeral.share or "," in text[numeral.start : numeral.end]:
        return False
    word = before["word"].rstrip(".")
    lower = word.lower()
    if lower == "number" or (word == "No" and numeral.digits):  # "No 10 said", as the British write it
        return True
    if not numeral.digits and not text[numeral.start].isupper():
        return False
    return lower in _LABELS | _CAPITAL_LABELS and (lower not in _CAPITAL_LABELS or word[0].isupper())


def is_airliner(text: str, numeral: Numeral, noun: str) -> bool:
    """Whether the numeral before ``noun`` ('' for none) is the name of a Boeing: "the first 787 Dreamliner", "737 jets".

    >>> from claims.figures.numerals import find_numerals
    >>> text = "The new 787 is late; 787 guards left."
    >>> [is_airliner(text, numeral, noun) for numeral, noun in zip(find_numerals(text), ["", "guards"])]
    [True, False]
    """
    if not _AIRLINER.fullmatch(text[numeral.start : numeral.end]):
        return False
    if noun:
        return bool(_AIRCRAFT.match(noun)) or not noun.islower()
    before = text[max(0, numeral.start - 24) : numeral.start]
    return bool(_ONE_THING.search(before) or _CAPITAL_NEXT.match(text, numeral.end))


def is_name(text: str, numeral: Numeral) -> bool:
    """Whether a numeral that counts nothing is part of a name: "Apollo 11", "the Big Three", "Group of Seven".

    >>> from claims.figures.numerals import find_numerals
    >>> text = "The Big Three met. Three left."
    >>> [is_name(text, numeral) for numeral in find_numerals(text)]
    [True, False]
    """
    before = text[max(0, numeral.start - 40) : numeral.start]
    capital = _AMONG_CAPITALS.search(before)
    if numeral.digits:
        short = numeral.scale == 1 and numeral.value < _LARGEST_NAME and "," not in text[numeral.start : numeral.end]
        return short and capital is not None and capital["capital"].lower() not in _FUNCTION
    if not text[numeral.start].isupper() or _SENTENCE_START.search(before):
        return False
    around = text[max(0, numeral.start - 80) : numeral.end + 80]
    return bool(_LOWER_WORD.search(around)) and bool(
        capital or _CAPITAL_NEXT.match(text, numeral.end) or before.endswith((" of ", " the "))
    )
