"""How a document came: the address that was asked, the one that answered, when, and what the server said beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

#: Headers of an answer that may open a door to whoever reads them; the record is read by many, and leaves the house.
_SECRET = re.compile(r"cookie|authoriz|authentic|token|secret|session|api-?key|csrf|xsrf", re.IGNORECASE)

#: Headers that are kept of one answer, and characters of one of them: an event is no place for a flood.
_MOST, _LONGEST = 100, 2_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetch of a document: ``asked`` is the address that was asked, ``answered`` the one that it ended at.

    ``status`` is HTTP's, ``headers`` are those of the answer as :func:`kept_headers` leaves them.
    """

    asked: str
    answered: str
    status: int
    at: datetime
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)

    def words(self) -> str:
        """When and from where, in words.

        >>> at = datetime(2024, 3, 4, 10, 12, tzinfo=UTC)
        >>> Fetched("https://korda.example/a", "https://korda.example/a", 200, at).words()
        'fetched 4 March 2024 10:12 UTC from https://korda.example/a'
        >>> Fetched("https://korda.example/a", "https://korda.example/b", 200, at).words()
        'fetched 4 March 2024 10:12 UTC from https://korda.example/a, now at https://korda.example/b'
        """
        moment = self.at.astimezone(UTC)
        moved = f", now at {self.answered}" if self.answered != self.asked else ""
        return f"fetched {moment.day} {moment:%B %Y %H:%M} UTC from {self.asked}{moved}"


def came_words(location: str, fetches: Sequence[Fetched]) -> str:
    """How a source's document came, of several times the one by its own address, else the first of these; empty for none.

    >>> at = datetime(2024, 3, 4, 10, 12, tzinfo=UTC)
    >>> both = [Fetched(address, address, 200, at) for address in ("https://a.example/", "https://b.example/")]
    >>> came_words("https://b.example/", both)
    'fetched 4 March 2024 10:12 UTC from https://b.example/ (2 times in all)'
    >>> came_words("https://b.example/", [])
    ''
    """
    if not fetches:
        return ""
    own = next((each for each in fetches if location in {each.asked, each.answered}), fetches[0])
    return own.words() + (f" ({len(fetches):,} times in all)" if len(fetches) > 1 else "")


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of an answer as the record keeps them: named in lower case, none that is secret, none without end.

    >>> kept_headers({"Content-Type": "text/html", "Set-Cookie": "session=1", "X-Auth-Token": "1", "Authorization": "x"})
    {'content-type': 'text/html'}
    """
    kept = {name.lower(): value for name, value in headers.items() if not _SECRET.search(name)}
    return {name: value[:_LONGEST] for name, value in sorted(kept.items())[:_MOST]}
