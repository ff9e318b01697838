"""Transcripts: lines that open with their speaker in capitals, as in "KORDA: We never saw a van."."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from claims.quotes.cues import Cue
from claims.quotes.reading import Range, Reading

_OPENING = re.compile(
    r"""^(?P<name> [A-Z] [A-Z.'’-]{1,30}+ (?: [ ] [A-Z] [A-Z.'’-]{0,30}+ ){0,3} )   # KORDA, MAYOR P. KORDA
    : [ \t]{1,8} (?=[^\s“"'‘«„]) (?P<words> [^\n]+ )                                # a passage in marks is found by them""",
    re.VERBOSE | re.MULTILINE,
)

#: Capitals before a colon that head a notice.
_HEADINGS = frozenset(
    """
    ADDRESS ADVERTISEMENT ALSO ANALYSIS BREAKING CAUTION CONTACT CORRECTION CREDIT DATE EDITOR EDITORIAL EXCLUSIVE FACT
    FILE IMAGE LATEST LISTEN LIVE MORE NOTE OPINION PHOTO PHOTOS PICTURE PLACE PLUS PRICE READ RELATED SOURCE STORY TAGS
    TIME TOPICS UPDATE UPDATED VERDICT VIDEO WARNING WATCH
    """.split()
)

Turn = tuple[Cue, Range]


def find_turns(reading: Reading) -> list[Turn]:
    """The speakers' turns of a transcript, each with its colon for a cue; none where fewer than two people alternate."""
    found = [match for match in _OPENING.finditer(reading.text) if not _HEADINGS & set(match["name"].split())]
    alternating = {
        match.start()
        for one, other in pairwise(found)
        if one["name"] != other["name"] and not reading.text[one.end() : other.start()].strip()
        for match in (one, other)
    }
    doc, turns = reading.doc, []
    starts = [token.idx for token in doc] if alternating else []
    for match in found:
        name = bisect_left(starts, match.end("name")) - 1
        colon = name + 1
        first, last = bisect_left(starts, match.start("words")), bisect_left(starts, match.end())
        while last > first and doc[last - 1].is_space:
            last -= 1
        if match.start() in alternating and name >= 0 and colon < first < last and doc[colon].text == ":":
            turns.append((Cue(colon, colon + 1, doc[colon], doc[name]), (first, last)))
    return turns
