"""Evidence: one source on a claim, with what it says and which way it points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.evidence.addresses import WEB, address_problem

#: Which way a source points, seen from the claim.
STANCES: dict[str, str] = {
    "supports": "It bears the claim out.",
    "refutes": "It speaks against the claim.",
    "context": "It helps to read the claim, but points neither way.",
}

#: How far a publisher or an office can be relied on, by the letters of NATO's Admiralty code (AJP-2.1, STANAG 2511).
RELIABILITIES: dict[str, str] = {
    "A": "Completely reliable",
    "B": "Usually reliable",
    "C": "Fairly reliable",
    "D": "Not usually reliable",
    "E": "Unreliable",
    "F": "Cannot be judged",
}

#: How far what it says here can be believed, by the numbers of the same code.
CREDIBILITIES: dict[str, str] = {
    "1": "Confirmed by others",
    "2": "Probably true",
    "3": "Possibly true",
    "4": "Doubtful",
    "5": "Improbable",
    "6": "Cannot be judged",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One piece of evidence: where it stands, who published it and when, the passage quoted, the stance.

    ``location`` is a web address or the name of a document; one of ``location`` and ``title`` is needed.
    ``origin`` groups sources that go back to the same reporting ("wire story"): they count as one. ``snapshot`` is the
    SHA-256 of the document as it was kept, where it was; ``archived`` the address of a copy in an archive. ``reliability``
    is one of :data:`RELIABILITIES`, ``credibility`` one of :data:`CREDIBILITIES`; empty, where nobody has judged them.
    """

    location: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    quoted: str = ""
    stance: str = "context"
    origin: str = ""
    snapshot: str = ""
    reliability: str = ""
    credibility: str = ""
    archived: str = ""

    @property
    def is_web(self) -> bool:
        """Whether the location is an http(s) address, so that a link may be made of it.

        >>> Source("https://example.org/roll-call").is_web, Source("javascript:alert(1)").is_web
        (True, False)
        """
        return bool(WEB.fullmatch(self.location))

    @property
    def grade(self) -> str:
        """Reliability and credibility in one word of the Admiralty code, a dash for the one not judged; empty for neither.

        >>> Source(reliability="B", credibility="2").grade, Source(reliability="B").grade, Source().grade
        ('B2', 'B–', '')
        """
        return f"{self.reliability or '–'}{self.credibility or '–'}" if self.reliability or self.credibility else ""


def grade_words(source: Source) -> str:
    """What the grade means, in words; empty where nobody has judged the source.

    >>> grade_words(Source(reliability="B", credibility="2"))
    'Source usually reliable; what it says probably true'
    >>> grade_words(Source(credibility="6")), grade_words(Source())
    ('what it says cannot be judged', '')
    """
    who = RELIABILITIES.get(source.reliability, "")
    what = CREDIBILITIES.get(source.credibility, "")
    parts = [f"Source {who.lower()}" if who else "", f"what it says {what.lower()}" if what else ""]
    return "; ".join(part for part in parts if part)


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
    if problem := address_problem(source.location):
        problems.append(problem)
    if source.stance not in STANCES:
        problems.append(f"{source.stance!r} is no stance: use supports, refutes or context.")
    if source.reliability not in {"", *RELIABILITIES}:
        problems.append(f"{source.reliability!r} is no reliability: use A to F, or leave it empty.")
    if source.credibility not in {"", *CREDIBILITIES}:
        problems.append(f"{source.credibility!r} is no credibility: use 1 to 6, or leave it empty.")
    if source.archived and not WEB.fullmatch(source.archived):
        problems.append("The archived copy is no web address: give one, or leave it empty.")
    elif problem := address_problem(source.archived):
        problems.append(problem)
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
