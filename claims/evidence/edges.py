"""What stands directly beside a passage and bears on its first or last words: "fewer than" before a figure, "a year" behind it."""

from __future__ import annotations

import re

from claims.evidence.telling import qualifies, telling

#: Signs beside a passage that are looked at, and words before it.
_FAR, _WORDS = 80, 4
#: The last words of a passage that may be a figure with what it counts.
_COUNTED = 3

#: Where a clause ends: at any sign but those inside of a word or at a figure, and at an empty line.
_BREAK = re.compile(r"(?<!\S)[^\w\s'’$€£~<>+]|[^\w\s'’%$€£+](?!\S)|\n\s*\n")
#: A sign at a figure that bounds it or takes it below nothing.
_SIGN = re.compile(r"(?<!\S)[~≈<>≤≥\N{MINUS SIGN}-]\Z")
#: Small words that may stand between what bears on a passage and the passage: "none of the", "as few as", "not yet".
_SMALL = frozenset(
    "of all the these those a an to as than at be been have has had yet once ever even always anyone".split()
)
#: What turns whatever follows; what bounds a figure that follows; and what makes it one of several or a guess.
_TURNING = frozenset({"not", "hedged"})
_BOUNDING = frozenset("few less more least up_to only nearly about some most".split())
_FURTHER = frozenset("another further additional extra estimated".split())
_HALVES = frozenset({"half", "quarter"})
#: How something whole is named, of which a number is a part: "one of the guards", not "thousands of votes".
_WHOLE = frozenset("the these those all its his her their our my".split())
_PARTS = frozenset("part parts share portion fraction section majority minority".split())

#: What a figure before it is multiplied by, but not in the plural: "1.2 million", not "On March 4 thousands fled".
_MAGNITUDES = frozenset({"dozen", "in %", *("1" + zeros * "0" for zeros in (2, 3, 5, 6, 7, 9, 12))})
_PLURALS = frozenset("dozens hundreds thousands millions billions trillions".split())

_YEAR = re.compile(r"(?:19|20)\d\d")
#: A figure that is no time and no part of a name, in digits or as a word.
_PLAIN = re.compile(r"[$£€]?\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
#: A figure that one behind it is joined to: "between 30 and", "60 to", "30 or", "30–".
_BETWEEN = re.compile(r"\bbetween\s+(\S+)\s+(?:\S+\s+){0,2}and\s+\Z", re.IGNORECASE)
_JOINED = re.compile(r"(?<!\bfrom )(?<!\S)([^\s–-]+)(?:\s+(?:to|or)\s+|[–-])\Z", re.IGNORECASE)
#: Words at which "above" and "below" say how far, and not where, beside those that name a share or money.
_LEVELS = frozenset({"degrees", "degree", "points", "point"})
_LATER = r"(?:later|earlier|after|before|ago|since|from)\b"
_BEHIND = re.compile(
    rf"""
      (?: (?:a|per|each|every) \s (?:year|month|week|day|night|hour|minute|head|person|capita|household) \b (?! \s {_LATER} )
        | (?:or \s (?:so|less|fewer|more) | less|fewer|more|higher|lower) \b (?! \s than \s (?:\S+ \s){{1,4}} {_LATER} )
        | too \s (?:few|many|much|little) \b
        | short \s of \b | (?P<level> below|above ) \b
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words directly before and behind ``text[start:end]``, in its own clause, that bear on it; empty where none do.

    >>> text = "Fewer than 785 detainees fled the camp. It did not pay 40 million euros less."
    >>> beside(text, 11, 38), beside(text, 51, 71), beside(text, 0, 38)
    (('Fewer than', ''), ('not', 'less'), ('', ''))
    >>> text = "The ministry said on Monday that 785 detainees fled, more than in March."
    >>> beside(text, 33, 51)
    ('', '')

    A bound bears on a figure with which the passage begins, a negation or a hedge on any words, "half of" on what is named then;
    behind a figure and what it counts stand "less" and "a year".
    """
    passage = text[start:end]
    return _before(text[max(start - _FAR, 0) : start], passage), _behind(passage, text[end : end + _FAR])


def _before(before: str, passage: str) -> str:
    if passage[:1].isdigit() and (sign := _SIGN.search(before)):
        return sign[0] + passage.split(maxsplit=1)[0]
    if joined := _joined(before, passage):
        return joined
    words = _BREAK.split(before)[-1].split()[-_WORDS:]
    for at in range(len(words) - 1, -1, -1):
        if words[at].casefold() not in _SMALL or at == 0:
            first = at - 1 if at and (words[at - 1].casefold() in _SMALL or telling(words[at - 1])) else at
            return " ".join(words[first:]) if _bears(words[at], words[at + 1 :], passage) else ""
    return ""


def _joined(before: str, passage: str) -> str:
    """The other figure of a pair of which the passage has the second; what something fell from is none."""
    if not _is_figure(next(iter(passage.split()), "")):
        return ""
    found = _BETWEEN.search(before) or _JOINED.search(before)
    return " ".join(found[0].split()) if found and _is_figure(found[1]) else ""


def _bears(word: str, small: list[str], passage: str) -> bool:
    """Whether a word, with small ones behind it, bears on the passage that follows."""
    told, words = set(telling(word)), " ".join([word, *small])
    if word != "May" and told & _TURNING:
        return True
    if "of" in small and (word.casefold() in _PARTS or told & _HALVES):
        return True
    if "of" in small and _is_number(told) and _WHOLE & {each.casefold() for each in (*small, *passage.split()[:1])}:
        return True
    if not small and _is_multiplied(word, *passage.split(maxsplit=1)[:1]):
        return True
    first = next((each for each in passage.split()[:2] if each.casefold() not in _SMALL), "")
    if not _is_figure(first):
        return False
    return bool(told & _BOUNDING) or word.casefold() in _FURTHER or (qualifies(words, passage) and not qualifies(words))


def _is_multiplied(word: str, first: str = "") -> bool:
    """Whether a passage begins with a part of the number before it: "million" behind "1.2", no "two" behind "2019"."""
    first = first.strip(".,;:")
    return (
        bool(set(telling(first)) & _MAGNITUDES)
        and first.isalpha()
        and first.casefold() not in _PLURALS
        and bool(_PLAIN.fullmatch(word))
        and _is_figure(word)
    )


def _behind(passage: str, behind: str) -> str:
    """What follows upon a figure with what it counts; a year is none. "Above" stands there behind a measure only."""
    if not behind[:1].isspace():
        return ""
    last = passage[-_FAR:].split()[-_COUNTED:]
    if not any(_is_figure(word) for word in last):
        return ""
    found = _BEHIND.match(" ".join(behind.split()))
    return found[0] if found and (not found["level"] or _is_measure(last[-1])) else ""


def _is_measure(word: str) -> bool:
    return word.casefold() in _LEVELS or any(each.startswith("in ") for each in telling(word))


def _is_figure(word: str) -> bool:
    """Whether a word is a number and no year."""
    return _is_number(set(telling(word))) and not _YEAR.fullmatch(word.strip(".,;:"))


def _is_number(told: set[str]) -> bool:
    return any(each.removeprefix("no. ")[:1].isdigit() or each in {*_HALVES, "dozen"} for each in told)
