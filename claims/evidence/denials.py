"""Whether a document takes a passage back: "It is not true that ..." before it, "This is false." in the very next sentence."""

from __future__ import annotations

import re
from functools import cache

from claims.evidence.omissions import sentence_end, sentence_starts_after

#: Characters before and behind a passage that are looked at.
_FAR = 600

_NOUN = (
    r"(?:claim|statement|assertion|allegation|accusation|story|stories|report|rumou?r|post|figure|number|quote|quotation|account|"
    r"information|news)s?"
)
_BY = r"(?:,? (?:by|of|from|made by) [^,.;]{1,40},?)?"
#: What can only be a statement, and what may be one or the thing that it tells of.
_STATEMENT = rf"(?:(?:this|that|the|these|those|such|both|all|his|her|its|their|[a-z]+'s?)(?: of (?:the|these|those))? {_NOUN}{_BY}|{_NOUN}{_BY})"
_BARE = r"(?:this|that|it|these|those|all of (?:this|it|that)|the above)"
_ADVERBS = r"(?:(?!not\b|never\b|hardly\b|no\b)[a-z0-9%]+ ){0,3}"
_ASIDE = r"(?:, [a-z ]{2,20}, | )"
_IS = r"(?:(?: is| was| are| were|'s|'re)" + _ASIDE + rf"{_ADVERBS})"
_FOUND = r"(?:been |later |since |then )*(?:found|shown|proven|proved|ruled|judged)(?: to be)? "
_IS_FOUND = rf"(?:{_IS}(?:{_FOUND})?| (?:has|have|had) {_ADVERBS}(?:been )?(?:{_FOUND})?| turned out to be | proved (?:to be )?| cannot be )"

#: What nobody says of a thing or a deed, and what is said of those too: a bill is withdrawn, a blow is wrong.
_UNTRUE = (
    r"(?:false|untrue|incorrect|inaccurate|misleading|baseless|unfounded|groundless|debunked|disproved|disproven|refuted|a lie|a hoax|"
    rf"a fabrication|a myth|misinformation|disinformation|fake news|pure (?:fiction|invention)|an? (?:false|untrue|misleading|baseless|bogus|fake) {_NOUN})"
)
_UNDONE = r"(?:wrong|fabricated|invented|fake|bogus|retracted|withdrawn|nonsense|made up|fiction|an invention)"
_TRUE = r"(?:true|correct|accurate|the case|what happened|supported by (?:the )?evidence|supported by (?:the )?facts)"
_NOT = r"(?:(?: is| was| are| were|'s)" + rf" {_ADVERBS}not|(?: isn't| wasn't| aren't| weren't)| cannot be)"

_WHAT = rf"(?:{_STATEMENT}|{_BARE})"
_DENYING = "|".join(
    [
        rf"{_WHAT}{_IS_FOUND}{_ADVERBS}{_UNTRUE}",
        rf"{_STATEMENT}{_IS_FOUND}{_ADVERBS}{_UNDONE}",
        rf"{_BARE}(?: (?:has|have) (?:since|later) been |{_IS}{_FOUND}){_UNDONE}",
        rf"{_WHAT}{_NOT} {_ADVERBS}{_TRUE}",
        rf"none of (?:this|that|it|these|those|the {_NOUN}){_IS}{_TRUE}",
        rf"{_WHAT} (?:{_ADVERBS}(?:did|does) not happen|never happened)",
        r"nothing of the (?:sort|kind) happened",
        rf"{_WHAT} could(?: not|n't) be further from the truth",
        r"there (?:is|was) no (?:evidence|proof) (?:of|for) (?:this|that|it|these|those)",
        rf"we rate (?:this|that|the)(?: {_NOUN})? (?:as )?{_ADVERBS}(?:false|untrue|misleading)",
    ]
)
_OPENS = (
    r"\W*(?:(?:but|however|yet|in fact|in reality|in truth|actually|unfortunately|sadly|again|of course|as it turns out|as it turned out|"
    r"correction|fact check)\W+)?"
)
_ENDS = r"(?=\W*\Z|[,;:—–]|\W? (?:and|but|according|because|since|though|by)\b)"

#: A verdict by itself, as fact-checks give it.
_VERDICT = re.compile(
    r"\W*(?:(?:our |the )?(?:verdict|rating|ruling|conclusion|fact check|finding)\s*[:—–-]\s*)?"
    r"(?:(?:mostly |totally |completely |simply )?(?:false|untrue|wrong|fake|misleading|incorrect)|not true)\W*",
    re.IGNORECASE,
)

#: From a denial's "that" to a passage which begins later in its clause: small words, and three others at most.
_SMALL = r"(?:an?|the|any|some|all|this|these|those|his|her|its|their|our|my|your|had|has|have|was|were|is|are|been|be|would|will|could|did|of|in|on|at|to)"
_BREAKS = r"(?:and|but|or|nor|yet|so|because|since|when|while|although|though|if|as|before|after|until|unless|which|who|whom|whose|then)"
_INTO = rf"\b[^\w,;.—–-]*+(?:{_SMALL} )*+(?:(?!{_BREAKS}\b)(?!{_SMALL} )[\w'%-]+ (?:{_SMALL} )*+){{0,3}}\W*\Z"

#: "claims that", "any such suggestion that", "reports by the opposition that".
_TOLD = rf"(?:(?:{_NOUN}|(?:suggestion|idea|notion|theory|theories|view|argument)s?)(?: (?:by|of|from|made by) [^,.;]{{1,40}}?)?)"
_DENIED = (
    r"(?:denied|denies|deny|denying|disput(?:e|ed|es|ing)|debunk(?:ed|s|ing)?|reject(?:ed|s|ing)?|dismiss(?:ed|es|ing)?|"
    r"refut(?:e|ed|es|ing)|rebut(?:ted|s)?|contradict(?:ed|s)?)"
)
#: Before a denial that is itself denied.
_UNDENIED = r"(?<!not )(?<!n't )(?<!never )(?<!cannot )(?<!body )(?<!no one )(?<!without )(?<!nor )"

#: What stands before a passage in its own sentence and takes it back.
_BEFORE = re.compile(
    rf"(?:(?:\bnot|n't|\bhardly) (?:true|correct|accurate|the case)|\b(?:untrue|false|incorrect|inaccurate|a lie|a myth|a hoax"
    rf"|no evidence|no proof|no truth (?:in|to) (?:(?:the|any|these|those) )?{_TOLD}))"
    rf" (?:to say |to claim |to suggest )?that{_INTO}"
    rf"|{_UNDENIED}\b{_DENIED}(?: (?:as (?:false|untrue|baseless) )?(?:(?:the|a|an|any|all|such|these|those|his|her|its|their|earlier|recent) ){{0,3}}{_TOLD})? that{_INTO}"
    rf"|\b(?:falsely|wrongly|incorrectly|erroneously|mistakenly|untruthfully) (?:[a-z]+ ){{1,4}}?that{_INTO}"
    rf"|\b(?:nobody|no one|never|didn't|did not) (?:ever )?(?:said|say|claimed|claim) that{_INTO}"
    r"|\A\W*(?:false|untrue|not true|fake|wrong)\s*[:—–-]\W*\Z",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[\d{1,3}\]")


def denial_of(text: str, start: int, end: int) -> str:
    """What takes ``text[start:end]`` back: the beginning of its own sentence, or the sentence behind it; else empty.

    >>> text = "Half of the guards fled. This is simply not true, the ministry says. They stayed."
    >>> denial_of(text, 0, 23)
    'This is simply not true, the ministry says.'
    >>> denial_of(text, 0, 10) == denial_of(text, 0, 23), denial_of(text, 25, len(text))
    (True, '')
    >>> text = "They left. It is not true that half of them fled. It was wrong to leave."
    >>> denial_of(text, 31, 48), denial_of(text, 0, 9), denial_of("They fled. Is this false?", 0, 9)
    ('It is not true that …', '', '')
    >>> text = "The ministry rejected claims that the old guards fled. It did not deny that they slept."
    >>> denial_of(text, 42, 53), denial_of(text, 76, 86)
    ('The ministry rejected claims that the old …', '')

    Places are of ``text``; what is further than some hundred signs from the passage is not looked at, and nothing is raised.
    A passage may begin up to three words of weight behind "that", but not in another clause.
    """
    return _before(text, start) or _behind(text, end)


@cache
def _denial() -> re.Pattern[str]:
    """Compiled when it is first asked for: it takes 20 ms, which whoever opens a record need not wait for."""
    return re.compile(rf"{_OPENS}(?:{_DENYING}){_ENDS}", re.IGNORECASE)


def _before(text: str, start: int) -> str:
    before = text[max(start - _FAR, 0) : start]
    said = " ".join(before[sentence_starts_after(before) :].split())
    return f"{said} …" if _BEFORE.search(said.replace("’", "'") + " ") else ""


def _behind(text: str, end: int) -> str:
    rest = _NOTE.sub("", text[end : end + _FAR])
    ended = re.search(r"[.!?][\"'”’»)\]]*\s*\Z", text[max(end - 8, 0) : end])
    after = rest.lstrip(" \"'”’»)]") if ended else rest[sentence_end(rest) :]
    after = after.strip()
    sentence = " ".join(after[: sentence_end(after)].split())
    plain = sentence.replace("’", "'")
    if plain.rstrip("\"'”»)]").endswith("?"):
        return ""
    return sentence if _denial().match(plain) or _VERDICT.fullmatch(plain) else ""
