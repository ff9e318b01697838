"""Whether a document takes a passage back in its very next sentence: "This is false.", as fact-checks and corrections do."""

from __future__ import annotations

import re

from claims.evidence.omissions import sentence_end

#: Characters behind a passage that are looked at.
_FAR = 600

_WHAT = (
    r"(?:this|that|it|these|those|"
    r"(?:(?:this|that|the|his|her|its|their|these|those|such) )?"
    r"(?:claim|statement|assertion|allegation|story|report|rumou?r|post|figure|number|quote|quotation)s?)"
)
_FALSE = (
    r"false|untrue|wrong|incorrect|inaccurate|misleading|baseless|unfounded|groundless|fabricated|invented|fake|bogus|debunked|disproved|"
    r"disproven|refuted|retracted|withdrawn|a lie|a hoax|a fabrication|an invention|nonsense|made up"
)
_TRUE = r"true|correct|accurate|right|so|the case|supported by (?:the )?evidence"
_ADVERBS = r"(?:(?!not\b|never\b|hardly\b|no\b)[a-z]+ ){0,2}"
_IS = r"(?:is|was|are|were)"
_IS_FALSE = rf"(?:{_IS}|has been|have been|had been|turned out to be|proved(?: to be)?) {_ADVERBS}(?:{_FALSE})"
_IS_NOT_TRUE = rf"(?:{_IS} {_ADVERBS}not|isn't|wasn't|aren't|weren't) {_ADVERBS}(?:{_TRUE})"
_NONE_IS_TRUE = rf"none of (?:this|that|it) {_IS} {_ADVERBS}(?:{_TRUE})"
_ENDS = r"(?=\W*\Z|[,;:—–]|\W? (?:and|as|but|according|because|since|though)\b)"
_DENIAL = re.compile(
    r"\W*(?:(?:but|however|yet|in fact|in reality|actually)\W+)?"
    rf"(?:{_NONE_IS_TRUE}|{_WHAT} (?:{_IS_FALSE}|{_IS_NOT_TRUE}|(?:did|does) not happen|never happened)){_ENDS}",
    re.IGNORECASE,
)


def denial_after(text: str, end: int) -> str:
    """The sentence behind ``text[:end]`` where it takes back what is said before it; else empty.

    >>> text = "Half of the guards fled. This is simply not true, the ministry says. They stayed."
    >>> denial_after(text, 23)
    'This is simply not true, the ministry says.'
    >>> denial_after(text, 10) == denial_after(text, 23), denial_after(text, len(text))
    (True, '')
    >>> denial_after("They fled. This is not false.", 9), denial_after("They fled. It is wrong to flee.", 9)
    ('', '')
    """
    rest = text[end : end + _FAR]
    ended = re.search(r"[.!?][\"'”’»)\]]*\s*\Z", text[max(end - 8, 0) : end])
    after = rest.lstrip(" \"'”’»)]") if ended else rest[sentence_end(rest) :]
    after = after.strip()
    sentence = " ".join(after[: sentence_end(after)].split())
    return sentence if _DENIAL.match(sentence.replace("’", "'")) else ""
