"""A question: the words to search by, built from a claim, shown to the person and changed by them as they like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

#: Words of a question, and the characters that one may have.
MOST_WORDS, LONGEST = 12, 300

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")

# Words that hold others together, or only say that something was said: nothing is found by them.
_LEFT_OUT = frozenset(
    """
    a about after again all almost also an and any are around as at be been before being between both but by can could did
    do does during each for from had has have he her him his how i if in into is it its just last least many may more most
    much must nearly next no nor not of off on one only or other our out over per said says say she should since so some
    such than that the their them then there these they this those through to told too under until up upon very was we were
    what when where which while who whom whose will with within would you your claimed claims announced according added
    """.split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for: ``words``, and the claim's own row, so that what is found can be compared with it.

    >>> Question("Korda  camp ").words
    'Korda camp'
    """

    words: str
    row: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", " ".join(self.words.split())[:LONGEST].rstrip())

    @property
    def claim_id(self) -> str:
        """The claim that the question is about; empty where it is about none."""
        return str(self.row.get("claim_id") or "")

    @property
    def day(self) -> date | None:
        """The first day that the claim speaks of."""
        found: date | None = self.row.get("date_first")
        return found


def words_for(row: Mapping[str, Any]) -> str:
    """The words to search by for a claim, as its row of the table says it: who, how many of what, names and words, when.

    >>> words_for({"claim": "Some 785 detainees fled the Korda camp on Sunday, Jana Ilic said.", "speaker": "Jana Ilic",
    ...            "date_text": "on Sunday", "date_first": date(2019, 10, 13)})
    'Jana Ilic 785 detainees fled Korda camp October 2019'
    >>> words_for({"claim": "The ministry closed.", "figure_low": 40.0, "figure_high": 40.0, "figure_unit": "posts"})
    '40 posts ministry closed'
    >>> words_for({"claim": "It was so."})
    ''

    Where there are too many, names and figures are kept before other words:

    >>> words_for({"claim": "The late government report on the state of regional hospital emergency departments published in "
    ...                     "spring sharply blamed minister Petra Hollin."})
    'late government report state regional hospital emergency departments published spring Petra Hollin'
    """
    day: date | None = row.get("date_first")
    speaker = [word for word in _words(row.get("speaker") or "") if word.casefold() not in _LEFT_OUT]
    dated = {word.casefold() for word in _words(row.get("date_text") or "")}
    if day and row.get("figure_low") != day.day:
        dated |= {str(day.day), f"{day:%B}".casefold(), f"{day:%Y}"}
    said = [word for word in _words(row["claim"]) if word.casefold() not in _LEFT_OUT | dated]
    figure = [] if any(word[0].isdigit() for word in said) else _figure_words(row)
    when = [f"{day:%B}", f"{day:%Y}"] if day else []
    body = [*speaker, *figure, *said]
    first = {word.casefold(): word for word in reversed(body)}  # as it is written first
    unique = [first[word] for word in dict.fromkeys(word.casefold() for word in body)]
    opening = _words(row["claim"])[:1]  # has a capital whatever it is
    named = [
        word for word in unique if word[0].isdigit() or word in speaker or (word[0].isupper() and [word] != opening)
    ]
    kept = list(dict.fromkeys([*named, *unique]))[: MOST_WORDS - len(when)]
    return " ".join([*(word for word in unique if word in kept), *(word for word in when if word not in kept)])


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s").removesuffix("\N{RIGHT SINGLE QUOTATION MARK}s") for word in _WORD.findall(text)]


def _figure_words(row: Mapping[str, Any]) -> list[str]:
    """The figure and its unit, where the claim's own words do not say it in digits."""
    amount = row.get("figure_low") if row.get("figure_low") is not None else row.get("figure_high")
    return [] if amount is None else [f"{amount:g}", *_words(row.get("figure_unit") or "")]
