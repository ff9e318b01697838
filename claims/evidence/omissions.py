"""What an ellipsis of a passage leaves out, and whether the passage says something else without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from claims.evidence.likely import WORD
from claims.evidence.telling import qualifies

#: Words beyond which a passage that leaves so many out is not word for word any more, and beyond which it is none.
_NEAR, _FAR = 50, 250

#: Signs of what follows that are looked at for a figure.
_AFTER = 60

_END = re.compile(r"[.!?\N{HORIZONTAL ELLIPSIS}؟।][\"'”’»)\]]*(?=\s|\Z)|[。！？][」』”’]*|\n[^\S\n]*\n")
#: Where a clause ends that could be a sentence; "10:30" has none.
_CLAUSE = re.compile(r"[;:\N{ARABIC SEMICOLON}](?=\s|\Z)|[；：]")
#: What is left out, where it ends with another than who is named before it, who does what stays: "stayed, and Vey".
_ANOTHER = re.compile(
    r"(?P<before>.*)(?:,\s*(?:(?:and|but|while|whereas)\s+)?|\b(?:and|but|while|whereas)\s+)"
    r"(?:(?P<pronoun>he|she|they|we|I)"
    r"|(?:the|an?|his|her|their|its|our|my)(?:\s+[\w'’-]+){1,2}"
    r"\s+(?P<says>says|said|told|added|announced|reported|claimed)"
    r"|(?:the|an?|his|her|their|its|our|my|one)(?:\s+[\w'’-]+){1,2}"
    r"|[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*)?)\s*\Z",
    re.DOTALL,
)
#: Words that may be finite verbs by themselves: auxiliaries, pasts that are no other word's form, and pasts in -ed.
_ACT = re.compile(
    r"(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should|says|said|told"
    r"|thought|went|came|became|began|ran|took|gave|got|made|left|fled|fell|rose|grew|knew|drew|flew|threw|saw|led"
    r"|met|kept|slept|held|stood|understood|sat|lay|won|lost|sold|bought|brought|fought|caught|taught|sought|built"
    r"|sent|spent|lent|meant|felt|dealt|heard|paid|found|broke|spoke|woke|chose|drove|wrote|rode|swore|wore|tore"
    r"|shot|struck|stuck|hung|swam|sang|sank|drank|shook|forgot|hid|ate|beat|bit|put|set|hit|cut|let|shut|burst"
    r"|died"
    r"|(?!hundred|sacred|naked|wicked|kindred|hatred)[a-z][a-z-]*[^\We_\d]ed|[a-z]+(?:fre|agre|guarante)ed)"
)
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Jr|Sr|No|vs|approx|Hr|Fr|Sra?|Mme|M)|\b[^\W\d_]|\.[^\W\d_])\Z"
)


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Omission:
    """Words that are left out. ``turns``: what stays may say another thing without them; ``shown``: not word for word.

    ``far``: so many that the parts around them are no one passage.
    """

    words: str
    turns: bool = False
    shown: bool = False
    far: bool = False


def between(parts: Sequence[_Spanned], text: str) -> list[Omission]:
    """What stands between the parts of a passage, in order; where nothing stands there, there is none."""
    found = []
    for one, two in pairwise(parts):
        if text[one.end : two.start].strip():
            after = text[two.start : min(two.end, two.start + _AFTER)]
            found.append(omission(text[one.start : one.end], text[one.end : two.start], after))
    return found


def omission(before: str, words: str, after: str = "") -> Omission:
    """What is left out between some words of a passage.

    >>> omission("He did", "not, as the guards later told the court,").turns, omission("He did", ", he said,").turns
    (True, False)
    >>> omission("Ilic", "may have").turns, omission("Of", "over", "785 men").turns, omission("They", "slowly").turns
    (True, True, False)
    >>> omission("The vaccine", "saves lives. Two pages on. The virus").turns, omission("He left;", "she stayed; they").turns
    (True, True)
    >>> omission("He", "stayed, and his brother").turns, omission("Ilic,", "who had stayed, quickly").turns
    (True, False)
    >>> omission("He left.", "Korda slept."), omission("He left.", "Then Ilic").turns
    (Omission(words='Korda slept.', turns=False, shown=True, far=False), True)

    A figure, a quantity, a hedge or a negation among the words turns what stays, and so does the end of a sentence or of a clause,
    where the passage makes one of two, and another subject for what follows. Whole sentences between two that the passage has whole may be left out.
    """
    count = count_words(words)
    if count > _FAR:
        return Omission(words.strip(), turns=True, shown=True, far=True)
    pieces = _sentences(words)
    said = before[-200:].rstrip()
    ended = bool(said) and sentence_starts_after(said + " ") == len(said)
    several = ended or len(pieces) > 1
    joined = _has_words(pieces[-1]) if ended else several or bool(_CLAUSE.search(words))
    turns = count > 0 and (joined or _has_another(said, words, after) or qualifies(words, after))
    return Omission(words.strip(), turns, turns or several or count > _NEAR)


def count_words(words: str) -> int:
    """How many words there are; in writing without blanks, how many signs."""
    return sum(any(sign.isalnum() for sign in word) for word in WORD.findall(words))


def sentence_starts_after(text: str) -> int:
    """Behind the last end of a sentence in a text, 0 where there is none.

    >>> sentence_starts_after("He left. Then, Mr. Ilic said,"), sentence_starts_after("no end")
    (8, 0)
    """
    return next(iter(list(_ends(text))[-1:]), 0)


def sentence_end(text: str) -> int:
    """Behind the first end of a sentence in a text, its length where there is none."""
    return next(_ends(text), len(text))


def _sentences(words: str) -> list[str]:
    """Words cut where sentences end; the last piece is empty where they end with one."""
    cuts = [0, *_ends(words), len(words)]
    return [words[start:end] for start, end in pairwise(cuts)]


def _ends(words: str) -> Iterator[int]:
    """Behind each end of a sentence; a point behind "Mr" or before a small letter is none."""
    for end in _END.finditer(words):
        after = words[end.end() : end.end() + 3].lstrip(" \n\"'“‘«(")[:1]
        if end.group()[0] not in ".\N{HORIZONTAL ELLIPSIS}" or not (
            after.islower() or _SHORT.search(words, max(end.start() - 8, 0), end.start())
        ):
            yield end.end()


def _has_another(before: str, words: str, after: str) -> bool:
    """Whether what is left out does one thing and ends with another who does what stays, ``after``; in English only.

    >>> _has_another("He", "stayed, Vey", "left"), _has_another("He", "stayed while she", "left")
    (True, True)
    >>> _has_another("I", "sat, and I", "ate"), _has_another("He", "counted the vans, the trucks and the", "cars")
    (False, False)

    A pronoun is another unless it stands before, too; a name or a noun is one where a verb is left out and one follows.
    """
    found = _ANOTHER.fullmatch(words)
    if not found or not _has_words(found["before"]):
        return False
    if found["pronoun"]:
        return found["pronoun"].casefold() not in before.casefold().split()
    return bool(found["says"]) or (_acts(found["before"]) and (not after or _begins_with_act(after)))


def _acts(words: str) -> bool:
    """Whether there may be a finite verb among some words."""
    return any(_ACT.fullmatch(word.strip(",;:()")) for word in words.split())


def _begins_with_act(after: str) -> bool:
    """Whether words may begin with a finite verb, an adverb before it or none."""
    first = [word.strip(".,;:!?") for word in after.split()[:2]]
    return any(_ACT.fullmatch(word) for word in first[: 1 + first[0].endswith("ly")])


def _has_words(piece: str) -> bool:
    return any(sign.isalnum() for sign in piece)
