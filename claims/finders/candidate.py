"""A candidate: something found that may become evidence once a person has looked at it; never a verdict of the desk's."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date

from claims.entities import unescape
from claims.evidence.addresses import WEB, address_problem

#: What may be found.
KINDS: dict[str, str] = {
    "past claim": "A claim of this desk's that was checked before.",
    "fact-check": "Another desk's check of such a claim, with that desk's verdict.",
    "page": "A page of the web.",
    "document": "A document that this desk has kept.",
    "dataset": "Structured data on a thing that the claim names.",
    "paper": "A paper of a journal or a book.",
}

#: Characters that a text from outside may have here; an excerpt may have more.
_LINE, _EXCERPT = 300, 600

# Signs that steer a terminal and say nothing.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing found: ``kind`` is one of :data:`KINDS`, ``finder`` the name of who found it.

    ``verdict`` is what a past claim or a fact-check says, in their words, ``verdict_by`` and ``verdict_on`` whose it is
    and of which day. A past claim has its ``claim_id``, and in ``difference`` what sets it apart from the claim in hand.
    A ``snapshot`` is the SHA-256 of a document that the desk has kept.
    """

    finder: str
    kind: str
    title: str
    address: str = ""
    publisher: str = ""
    published: date | None = None
    excerpt: str = ""
    verdict: str = ""
    verdict_by: str = ""
    verdict_on: date | None = None
    claim_id: str = ""
    difference: str = ""
    snapshot: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and field.name not in {"address", "snapshot", "claim_id"}:
                object.__setattr__(self, field.name, plain(value, _EXCERPT if field.name == "excerpt" else _LINE))
        if self.address and (not WEB.fullmatch(self.address) or address_problem(self.address)):
            object.__setattr__(self, "address", "")


def plain(text: str, longest: int = _LINE) -> str:
    r"""A text from outside as one line of plain words: no tags, no more than so many characters.

    >>> plain("<span class='match'>Korda</span> camp &amp; <b>prison</b>\n\n yard")
    'Korda camp & prison yard'
    >>> plain("Korda\x07camp")
    'Korda camp'
    >>> plain("one two three", 8)
    'one two…'
    """
    words = " ".join(_CONTROL.sub(" ", unescape(_TAG.sub("", text[: 4 * longest]))).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
