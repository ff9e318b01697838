"""Datelines: the place, day and agency that stand before a report's first words ("KORDA, March 3 (AP) – ...")."""

from __future__ import annotations

import re

_DAY = r"""
    (?: [A-Z][a-z]{2,8}\.?\ \d{1,2} | \d{1,2}\ [A-Z][a-z]{2,8}\.? )   # March 3, 3 March
    (?: ,?\ \d{4} )?
"""
_DATELINE = re.compile(
    rf"""
    (?: (?P<capitals> [^\W\da-z_] (?: [^\W\da-z_] | [.'’ -](?=[^\W\da-z_]) ){{1,39}} )   # KORDA, PORT ANSEL
      | [A-Z]\w{{2,19}} (?:\ [A-Z]\w{{2,19}})? (?= \ \( | ,\ (?:{_DAY}) ) )                 # Korda (AP), Korda, March 3
    (?P<more>
        (?: ,\ (?!{_DAY}) [A-Z][\w.]{{1,19}} (?:\ [A-Z][\w.]{{1,19}}){{0,2}} )?             # , Upper Marusa
        (?: ,\ {_DAY} )?
        (?: \ \( [^()\n]{{2,30}} \) )?                                                   # (Reuters)
        (?: \ via\ [A-Z]\w{{1,19}} )?                                                    # via AP
    )
    (?: \s* [\N{{EN DASH}}\N{{EM DASH}}] \s* | \ --?\  )
    (?= ["“‘']? [A-Z\d] )
    """,
    re.VERBOSE,
)
_DASH = re.compile(r"\s[\N{EN DASH}\N{EM DASH}-]\s")
# An acronym as short as this may itself open a sentence: "NATO – Korda's ally – agreed."
_SHORT = 5
# Blanks and quotation marks that may stand between a paragraph's head and its first word.
_MARGIN = 8


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the report begins in the sentence ``text[start:end]``: after its dateline, else at ``start``.

    >>> text = "PORT ANSEL, March 7 (AP) – Fares will rise."
    >>> text[dateline_end(text, 0, len(text)):]
    'Fares will rise.'
    >>> dateline_end("NATO – Korda's ally – agreed.", 0, 29)
    0

    A dateline stands at the head of a paragraph.
    """
    before = text[max(start - _MARGIN, 0) : start].rstrip(" \t“\"‘'")
    if before and not before.endswith("\n"):
        return start
    match = _DATELINE.match(text, start, end)
    if match is None:
        return start
    is_bare = not match["more"] and len(match["capitals"] or "") <= _SHORT
    aside = is_bare and len(_DASH.findall(text, match.start(), end)) == 2  # noqa: PLR2004 - a dash before, one after
    return start if aside else match.end()
