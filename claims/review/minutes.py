"""Minutes: what a meeting decided, by whom, and what it left open, as plain records; ``claims.export.minutes`` writes them out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

#: What a meeting made of an item: a verdict, a question that more evidence is to answer, or nothing yet.
Outcome = Literal["decided", "needs more evidence", "left open"]


@dataclass(frozen=True, slots=True)
class Dissent:
    """Somebody who would have decided otherwise: the verdict that they held to, and why, in their own words."""

    name: str
    verdict: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Minute:
    """One item: the claim, and what was decided of it. Empty is what was not said.

    ``claim`` is its wording and ``article`` its article's title, as they stood when the minutes were taken. ``verdict`` is
    a label of ``scale``. ``question`` is what more evidence is to answer. ``votes`` holds how many voted for which verdict,
    without names, the most frequent first; :func:`spread` makes it. ``reasons`` are why the claim was on the agenda, and
    ``seconds`` the time that it took.
    """

    claim_id: str
    claim: str
    article: str = ""
    speaker: str = ""
    reasons: tuple[str, ...] = ()
    verdict: str = ""
    scale: str = ""
    confidence: str = ""
    rationale: str = ""
    dissent: tuple[Dissent, ...] = ()
    question: str = ""
    owner: str = ""
    due: date | None = None
    votes: tuple[tuple[str, int], ...] = ()
    seconds: float = 0
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def outcome(self) -> Outcome:
        """What the meeting made of it.

        >>> Minute("c1", "Two vans waited.", verdict="Refuted").outcome, Minute("c2", "He fled.").outcome
        ('decided', 'left open')
        >>> Minute("c3", "Ilic paid.", question="Who signed the order?").outcome
        'needs more evidence'

        A verdict that leaves a question is a verdict: both are shown.
        """
        if self.verdict:
            return "decided"
        return "needs more evidence" if self.question else "left open"


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting: who called it and when, who was there, and its items in the order of the agenda. Times are in UTC."""

    title: str
    chair: str
    called_at: datetime
    closed_at: datetime | None = None
    present: tuple[str, ...] = ()
    items: tuple[Minute, ...] = ()

    @property
    def decided(self) -> tuple[Minute, ...]:
        """What has a verdict now."""
        return self._with("decided")

    @property
    def wanting_evidence(self) -> tuple[Minute, ...]:
        """What was put off until a question is answered."""
        return self._with("needs more evidence")

    @property
    def left_open(self) -> tuple[Minute, ...]:
        """What was not come to, or not settled."""
        return self._with("left open")

    def _with(self, outcome: Outcome) -> tuple[Minute, ...]:
        return tuple(item for item in self.items if item.outcome == outcome)


def spread(verdicts: list[str]) -> tuple[tuple[str, int], ...]:
    """How many voted for which verdict, the most frequent first, then as they came.

    >>> spread(["Refuted", "Supported", "Refuted"])
    (('Refuted', 2), ('Supported', 1))
    >>> spread([])
    ()
    """
    return tuple(Counter(verdicts).most_common())
