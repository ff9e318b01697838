"""Words that point at the present, the past or the future without naming a day."""

from __future__ import annotations

import re

from claims.dates.phrases import Phrasebook, Reading, unresolved
from claims.dates.scene import Scene

BOOK = Phrasebook()

# A capital word behind makes them part of a name: Now Magazine.
_NAME = re.compile(r"\s[A-Z]")


def _pointing(match: re.Match[str], scene: Scene, timex: str, why: str) -> Reading | None:
    if match[0][0].isupper() and match.start() and _NAME.match(scene.after(match.end(), 2)):
        return None
    return unresolved(timex, why)


@BOOK.phrase(
    "now right just currently presently nowadays these at for",
    r"""(?:right_|just_)?now(?!_(?:that|defunct)\b|-) | currently | presently | nowadays | these_days | at_present
        | at_(?:the_(?:moment|present_time)|this_(?:time|moment|point|stage)) | for_the_time_being""",
)
@BOOK.phrase("the", r"the_present(?=[,.]|_(?:day|time)\b)")
def _present(match: re.Match[str], scene: Scene) -> Reading | None:
    """Now, these days; not "now that"."""
    return _pointing(match, scene, "PRESENT_REF", "it means the time of writing and names no day")


@BOOK.phrase(
    "recently more most lately recent the not",
    r"""(?:(?:more|most)_)?recently(?!_as\b) | lately
        | (?:the_)?(?:most_)?recent(?:_(?:years|months|weeks|days|decades|times|history|past))?
        # "the past three weeks" and "the past season" are lengths of time
        | the_(?:distant_|recent_)?past(?!_(?:<NUMBER>|<VAGUE>|<UNIT>|<UNITS>|<SEASON>|<DAYPART>|<MONTH>)\b)
        | not_long_ago""",
)
@BOOK.phrase(
    "at by until before", r"(?:at|by|until|before)_that_time|at_the_time(?!_(?:of|that|when|he|she|it|they)\b)"
)
@BOOK.phrase("in", r"in_those_days")
@BOOK.phrase("of", r"of_late")
def _past(match: re.Match[str], scene: Scene) -> Reading | None:
    """Recently, in the past; not "the past three weeks" nor "as recently as 2007"."""
    return _pointing(match, scene, "PAST_REF", "it means some time past and names no day")


@BOOK.phrase(
    "soon very as the future coming next some someday",
    r"""(?:very_)?soon(?!_(?:as|after)\b) | as_soon_as_possible
        | the_(?:(?:not_too_)?(?:near|foreseeable|distant)_)?future
        | future(?=[,.]) | (?:the_)?(?:coming|next)_(?:years|months|weeks|days|decades)
        | some_day | someday""",
)
@BOOK.phrase("in over for", r"(?:in|over|for)_the_(?:short|long|near|longer|medium)(?:_|-)(?:term|run)")
def _future(match: re.Match[str], scene: Scene) -> Reading | None:
    """Soon, in the near future; not "soon after"."""
    return _pointing(match, scene, "FUTURE_REF", "it means some time to come and names no day")
