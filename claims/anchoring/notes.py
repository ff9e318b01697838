"""Words around a passage that make another thing of it: those that turn its sense, and those of a correction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

#: Words around a passage that turn what it says, where one comes or goes; so does a question mark.
TURNING = frozenset(
    """
    no not n't never neither nor none nobody nothing without cannot false falsely untrue wrong wrongly denied denies deny
    denying refuted refutes rejected rejects disputed disputes doubted doubts if unless whether would could may might should
    alleged alleges allegedly reportedly apparently supposedly unconfirmed claimed claims hardly scarcely barely
    fear fears feared suspect suspects suspected believe believes believed think thinks thought hope hopes hoped expected
    likely possibly perhaps maybe rumoured rumored
    originally initially previously formerly mistakenly erroneously incorrectly inaccurately corrected retracted ?
    """.split()
)

# What a newspaper calls its own text.
_OWN = "version|edition|article|story|report|headline|caption|column|piece|post|page|text|item|draft|wording"
_TELLS = "said|stated|gave|given|reported|published|posted|wrote|written|put|named|listed|read|described|called|quoted|misspelt"

#: A sentence that speaks of what the text itself said before, or that it is corrected; looked for without capitals.
_NOTE = re.compile(
    rf"""
      \b (?:an?|the|our|its|this) \s (?:earlier|previous|prior|original|initial) \s
         (?:\w+ \s){{0,2}} (?:{_OWN}) s? \b                       # an earlier version, the original headline
    | \b (?:earlier|previous|prior) \s (?:version|edition|draft|wording) s? \b
    | \b (?:this|our) \s (?:\w+ \s)? (?:{_OWN}) \b                # this article, our online story
    | \b we \s (?:\w+ly \s | first \s)? (?:said|stated|reported|wrote|published) \b
    | \b (?:originally|previously|initially|first|earlier) \s (?:{_TELLS}) \b
    | \b (?:{_TELLS}) \s (?:originally|previously|initially|at \s first) \b
    | \b used \s to \s (?:say|read|state|give) \b
    | ^ \W* (?:corrections? | clarifications? | amendments?) \b (?= \s* (?: [:;,.()\[\]\-] | $ | and\b | to\b | on\b ))
    | \b (?:a|an|the|this|our) \s (?:correction | clarification | amendment) \b (?! \s* (?:officer|facilit|cent|to \s the \s const))
    | \b editors?'?s? \s note \b
    | \b (?: correct(?:ed|s|ing) | misstat\w+ | misreport\w+ | misidentif\w+ | misquot\w+ | retract(?:ed|s|ion) )\b
    | \b (?: mistakenly | erroneous(?:ly)? | incorrectly | inaccurately | in \s error | errat(?:um|a) | corrigend\w+ ) \b
    """,
    re.VERBOSE,
)


def is_note(sentence: str) -> bool:
    """Whether a sentence, in small letters, speaks of an earlier text or of a correction.

    >>> is_note("an earlier version of this article said:"), is_note("the figure was first given as 785.")
    (True, True)
    >>> is_note("the department of corrections said that its officers fled."), is_note("the first story of the mill burned.")
    (False, False)
    """
    return _NOTE.search(sentence) is not None


def turns(before: Iterable[str], after: Iterable[str]) -> bool:
    """Whether a word that turns the sense comes or goes between what stood around a passage and what stands there now.

    >>> turns(["He said that ", "."], ["He never said that ", "."]), turns(["He said ", "."], ["She said ", "."])
    (True, False)
    """
    was, now = (
        Counter(word for side in sides for word in re.findall(r"n't\b|[^\W\d_]+|\?", side.casefold()))
        for sides in (before, after)
    )
    return not TURNING.isdisjoint((was - now) | (now - was))
