"""Evidence: one source on a claim, with what it says and which way it points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

#: Which way a source points, seen from the claim.
STANCES: dict[str, str] = {
    "supports": "It bears the claim out.",
    "refutes": "It speaks against the claim.",
    "context": "It helps to read the claim, but points neither way.",
}

_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One piece of evidence: where it stands, who published it and when, the passage quoted, the stance.

    ``location`` is a web address or the name of a document; one of ``location`` and ``title`` is needed.
    ``origin`` groups sources that go back to the same reporting ("wire story"): they count as one. ``snapshot`` is the
    SHA-256 of the document as it was kept, where it was.
    """

    location: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    quoted: str = ""
    stance: str = "context"
    origin: str = ""
    snapshot: str = ""

    @property
    def is_web(self) -> bool:
        """Whether the location is an http(s) address, so that a link may be made of it.

        >>> Source("https://example.org/roll-call").is_web, Source("javascript:alert(1)").is_web
        (True, False)
        """
        return bool(_WEB.fullmatch(self.location))


def source_problems(source: Source) -> list[str]:
    """What keeps this source from standing as evidence, each as a sentence; none if all is well.

    >>> source_problems(Source("https://example.org/roll-call", stance="refutes"))
    []
    >>> source_problems(Source(stance="maybe"))
    ['Give an address, a document or a title.', "'maybe' is no stance: use supports, refutes or context."]
    """
    problems = []
    if not (source.location.strip() or source.title.strip()):
        problems.append("Give an address, a document or a title.")
    if source.stance not in STANCES:
        problems.append(f"{source.stance!r} is no stance: use supports, refutes or context.")
    return problems


def count_independent(sources: list[Source]) -> int:
    """How many of these sources do not share their origin; a source without one stands for itself.

    >>> wire = Source("https://example.org/a", origin="wire story"), Source("https://example.org/b", origin="Wire story ")
    >>> count_independent([*wire, Source("https://example.org/roll-call")])
    2
    """
    named = {source.origin.strip().casefold() for source in sources if source.origin.strip()}
    alone = sum(1 for source in sources if not source.origin.strip())
    return len(named) + alone
