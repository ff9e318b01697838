"""Standing: how long a claim holds. A level holds on its day, an event stays as it was, and some events happen only once.

    "The Korda camp holds 12,000 people"      a level: another number a week later is as true
    "The fire in Korda killed 12 people"      an event: it stays as it was
    "Jana Ilic resigned on Monday"            happens once: on Tuesday it did not happen
    "Shelling killed 5 people on Monday"      may happen again on Tuesday

Read from words and endings without a parse, as a hundred thousand claims are compared; the verbs stand in the table.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from itertools import pairwise

from claims.matching.amounts import toll_of
from claims.matching.assertion import Assertion, tokens_of
from claims.matching.comparing import is_count
from claims.matching.vocabulary import is_past, meaning, stem, vocabulary

#: Days on either side of its publication for which an undated level holds; a share of a group moves more slowly.
ABOUT, ABOUT_SHARE = 1, 3

# The last price of a day's trading holds for that day alone.
_SESSION = re.compile(r"\b(?:clos|open|end|finish|settl|trad)(?:e|es|ed|s|ing)?\s(?:[\w-]+\s){0,3}?at\b", re.IGNORECASE)
_STOOD = re.compile(
    r"\b(?:stood|stands?|hover(?:s|ed)|remain(?:s|ed)|was|were|averaged|polled|polls|ran|runs)\sat\b", re.IGNORECASE
)
_REACHED = re.compile(
    r"\bto\s(?:an?\s[\w\s-]{0,30}?\bof\s)?(?:about\s|around\s|nearly\s|some\s|just\s|over\s)?\W?\d", re.IGNORECASE
)
_BE, _HAVE, _WAS = frozenset({"is", "are"}), frozenset({"has", "have"}), frozenset({"was", "were"})
_BETWEEN = frozenset("not also now still already since only n't".split())
# Words before which a form is a noun: "the house", "three leads", "a hold".
_OPENS_NOUN = frozenset("a an the its his her their this that these those no of two three four five six".split())
_NAMES_OTHERS = frozenset("a an another some several".split())
# "In a storm" tells a circumstance, "a bus" whom it befell.
_ASIDE = frozenset("in after during with near at for to of on amid from under before since".split())
_LOOKED_BACK = 4


def reach(one: Assertion, other: Assertion, shared: Collection[str], recent: int, *, share: bool) -> int:
    """For how many days about its publication an undated claim holds beside the other: ``recent`` unless it tells a level.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> [reach(read(claim), read(claim), read(claim).words, 14, share=False) for claim in (
    ...     "The Korda camp holds 12,000 people.", "The Korda index closed at 5,012.", "The Korda fire killed 12 people.",
    ...     "The Korda bridge is 410 metres long.")]
    [1, 0, 14, 14]
    """
    kinds = vocabulary().kinds
    if not set(kinds["lasting"]).isdisjoint(shared):
        return recent
    if _SESSION.search(one.text) or _SESSION.search(other.text):
        return 0
    if is_level(one.text) or is_level(other.text):
        return ABOUT_SHARE if share else ABOUT
    return recent


@lru_cache(maxsize=1 << 17)
def is_level(text: str) -> bool:
    """Whether a claim tells what is so, not what happened: "houses 340 families", "are missing", "stood at 5 percent".

    >>> is_level("There are 300 people missing."), is_level("The camp has 300 beds."), is_level("The mill has burnt down.")
    (True, True, False)
    >>> is_level("Two houses burned down."), is_level("Unemployment fell to 5 percent."), is_level("Sales fell 5 percent.")
    (False, True, False)
    """
    if toll_of(text):
        return False  # "the death toll stands at 12" tells what happened
    if _STOOD.search(text):
        return True
    tokens = tokens_of(text)
    told = (_says_of_level(text, tokens, at) for at in range(len(tokens)))
    return next((level for level in told if level is not None), False)


def happens_once(assertion: Assertion, shared: Collection[str]) -> bool:
    """Whether what a claim tells can have happened on one day only: of somebody or something known, not of "a bus".

    >>> from claims.matching.assertion import assertion_of
    >>> def once(claim): return happens_once(*(lambda read: (read, read.words))(assertion_of({"claim_id": "", "claim": claim})))
    >>> once("Jana Ilic resigned."), once("The trial of Jana Ilic began."), once("The escape from Korda happened at night.")
    (True, True, True)
    >>> once("A bus crashed in Korda."), once("Shelling killed 5 people in Korda."), once("Rebels captured a village.")
    (False, False, False)
    """
    kinds, told = vocabulary().kinds, set(shared)
    if told & kinds["once_ever"]:
        return True
    tokens = tokens_of(assertion.text)
    if told & (kinds["once"] | kinds["occurs"]) and any(
        meaning(token) in told & kinds["event"] and not is_plural(token) and _is_known(tokens, at)
        for at, token in enumerate(tokens)
    ):
        return True
    once = told & kinds["once"]
    if not once or any(map(is_count, assertion.amounts)) or _is_of_any(tokens, told):
        return False
    return once != {"kill"} or bool(told & set(assertion.names) - assertion.places)


def is_of_any(assertion: Assertion) -> bool:
    """Whether a claim opens with one of many: "a bus crash killed 15" may be another crash than that of last week.

    "A total of 15" and "some 15" open a number, and tell of no other.

    >>> from claims.matching.assertion import assertion_of
    >>> [is_of_any(assertion_of({"claim_id": "", "claim": claim})) for claim in ("A fire killed 3.", "The fire killed 3.")]
    [True, False]
    """
    first, *after = tokens_of(assertion.text)[:2] or [""]
    return first.lower() in _NAMES_OTHERS and not any(_is_number(word) or word == "record" for word in after)


def _says_of_level(text: str, tokens: list[str], at: int) -> bool | None:
    """Whether the word is the verb of a level (True) or of what happened (False); None where it is neither."""
    lower, after = tokens[at].lower(), _after(tokens, at)
    if lower in _BE:
        return after not in {"being", "to"}
    if lower in _HAVE:
        return _is_number(after) or after in _OPENS_NOUN or _is_going_on(tokens, at)
    if not at or lower in _WAS:
        return True if at and _is_number(after) else None
    if is_past(lower) and meaning(lower) in vocabulary().kinds["spoken"]:
        return None
    if is_past(lower):
        moves = meaning(lower) in vocabulary().kinds["moves"]
        return (stem(lower) in _held() and after != "to") or (moves and bool(_REACHED.search(text)))
    return True if tokens[at][0].islower() and _is_present(tokens[at - 1].lower(), lower, after) else None


def _is_present(before: str, word: str, after: str) -> bool:
    """Whether a word is a verb in the present that tells a level: one of the table's, or any before a number.

    "A fire kills 12" is the present of headlines, for what happened.
    """
    if before in _OPENS_NOUN or before[0].isdigit():
        return False
    kinds = vocabulary().kinds
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"}
    if word != "cost" and not forms.isdisjoint(kinds["level"]):
        return True
    return is_plural(word) and _is_number(after) and meaning(word) not in kinds["grows"] | kinds["once"]


@cache
def _held() -> frozenset[str]:
    """The verbs that tell a level in the past too, as stems: "held 12,000 people"."""
    return frozenset(map(stem, vocabulary().kinds["held"]))


def _is_going_on(tokens: list[str], at: int) -> bool:
    """Whether it is "has been holding"."""
    return any(before.lower() == "been" and token.endswith("ing") for before, token in pairwise(tokens[at : at + 4]))


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in vocabulary().kinds["units"]


def _after(tokens: list[str], at: int) -> str:
    return next((token.lower() for token in tokens[at + 1 :] if token.lower() not in _BETWEEN), "")


def is_plural(token: str) -> bool:
    """Whether a noun ends as those of several do.

    >>> is_plural("treaties"), is_plural("pass"), is_plural("treaty")
    (True, False, False)
    """
    return token.endswith("s") and not token.endswith("ss")


def _is_known(tokens: list[str], at: int) -> bool:
    """Whether "the" opens the phrase in which the word stands: "the mass escape"."""
    return any(token.lower() == "the" for token in tokens[max(0, at - _LOOKED_BACK) : at])


def _is_of_any(tokens: list[str], told: set[str]) -> bool:
    """Whether one of many did it or underwent it: "a bus crashed", "rebels captured the town"."""
    for at, token in enumerate(tokens):
        if token.lower() in _NAMES_OTHERS and not (at and tokens[at - 1].lower() in _ASIDE):
            return True
    bare = is_plural(tokens[0]) and len(tokens) > 1 and tokens[1][0].islower()
    return bare and not told & {"begin", "end"}
