"""A clash: two claims that cannot both hold, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass

from claims.matching.agreement import Agreement
from claims.matching.assertion import Assertion, as_written

#: What is said where two reports may be of two events.
PERHAPS = "cannot both hold if they tell of one event"
#: What is said of two places, since either may lie in the other or be another name of it.
ELSEWHERE = "cannot both hold unless they are, or lie in, one place"
#: What is said of nobody hurt, since the hurt may be found within the day.
SINCE = "cannot both hold unless more became known in between"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that cannot both hold; ``kind`` is figure, share, polarity, date or place. ``why`` is one sentence.

    ``firm`` is False where a vague word's band says so, where they cannot hold only beside ``third_id``, where they may tell of
    two events, of places, which may lie in each other, and of nobody hurt: it shows what to look at and proves nothing.
    """

    claim_id: str
    other_id: str
    kind: str
    why: str
    firm: bool = True
    third_id: str = ""


def why_of(one: Assertion, said: str, found: Agreement, verb: str = "cannot both hold") -> str:
    """The sentence: what is said by each, why that cannot be, and the words of which both speak."""
    return f"{said} {verb}: both speak of {as_written(one, found.shared)}."
