"""What takes a passage back where it stands: a denial before it, a clause behind it, or the sentence that follows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from claims.evidence.denials import denial_of

_NOT = r"(?<!not )(?<!n't )(?<!never )(?<!nobody )(?<!cannot )"
_DENIES = (
    rf"{_NOT}\b(?:den(?:ied|ies)|disput(?:ed|es)|reject(?:ed|s)|dismiss(?:ed|es)|refut(?:ed|es)|debunk(?:ed|s)"
    r"|contradict(?:ed|s))\b"
)
_TOLD = r"(?:claim|figure|number|report|account|story|allegation|accusation|charge|statement|rumou?r)"
_IT = rf"(?:it|this|that|(?:the|these|those|such|all|both|this|that) {_TOLD}s?)"
_FALSE = (
    r"(?:false|untrue|wrong|incorrect|inaccurate|misleading|baseless|unfounded|fabricated|invented|a (?:lie|hoax|myth))"
)

#: Behind a passage in its own sentence.
_CLAUSE = re.compile(
    rf"\W*(?:which|an? {_TOLD}(?: that| which)?|something(?: that)?) [^.;]{{1,60}}?{_DENIES}"  # , which the service denied
    rf"|,? (?:but|though|although|while) [^.;]{{1,60}}?{_DENIES} {_IT}\b"  # but the service denies it
    rf"|, [^.;,]{{1,60}} {_DENIES}\W*\Z",  # , the service denied.
    re.IGNORECASE,
)
#: In the sentence that follows.
_SENTENCE = re.compile(
    rf"\W*[^.;]{{1,80}}?{_DENIES} {_IT}(?= (?:as|on|in|by|yesterday|today)\b|\W*\Z|[,;:])"  # The service denies this.
    rf"|\W*[^.;]{{1,80}}? (?:calls|called) {_IT} (?:\w+ly )?{_FALSE}\b",  # The mayor called the figure false.
    re.IGNORECASE,
)
#: Who says so, before what is said: "The service says that is wrong."
_SAYS = re.compile(
    r"[^.;]{1,60}? (?:says|say|said|insists|insisted|maintains|maintained|replied)(?: that)?(?= (?:it|this|that|the)\b)|"
    r"[^.;]{1,60}? (?:says|say|said|insists|insisted|maintains|maintained|replied)(?= that\b)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\W*(?:it|this|that)(?= (?:is|was) (?:\w+ly |all |simply )?{_FALSE})", re.IGNORECASE)


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def denied(text: str, sentences: Sequence[_Spanned], start: int, end: int) -> str:
    """What takes ``text[start:end]`` back there, as it is written; empty where nothing does.

    >>> from claims.grammar import parse
    >>> from claims.sentences import sentences_of
    >>> def told(rest, said="Half of the guards fled"):
    ...     return denied(said + rest, sentences_of(parse(said + rest)), 0, len(said))
    >>> told(". The service says that is wrong."), told(", which the service denied.")
    ('The service says that is wrong.', 'which the service denied')
    >>> told(".", "It is not true that half of the guards fled"), told(". It did not deny that.")
    ('It is not true that …', '')
    """
    inner = (start + that.end() for that in re.finditer(r"\bthat\s+", text[start:end]))
    for begins in (start, *inner):
        if found := denial_of(text, begins, end):
            return found
    own = bisect_left(sentences, end, key=lambda sentence: sentence.end)
    if own == len(sentences):
        return ""
    rest = " ".join(text[end : sentences[own].end].replace("’", "'").split())
    clause = _CLAUSE.match(rest if rest.startswith(",") else f" {rest}")
    if clause:
        return clause[0].strip(" ,.")
    if own + 1 == len(sentences):
        return ""
    sentence = " ".join(text[sentences[own + 1].start : sentences[own + 1].end].split())
    return sentence if _takes_back(sentence.replace("’", "'")) else ""


def _takes_back(sentence: str) -> bool:
    """Whether a sentence takes back what stands before it.

    >>> _takes_back("The service says that is wrong."), _takes_back("The mayor insisted the figure was false.")
    (True, True)
    >>> _takes_back("The service denies this."), _takes_back("The service said it was wrong to leave.")
    (True, False)
    """
    if sentence.endswith("?"):
        return False
    if _SENTENCE.match(sentence):
        return True
    said = (sentence[says.end() :].strip() for says in _SAYS.finditer(sentence))
    return any(denial_of(f"So. {_BARE.sub('This claim', rest, count=1)}", 0, 3) for rest in said)
