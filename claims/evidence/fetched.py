"""How a document came: the address that was asked, the one that answered, when, what was said; and whose it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from claims.documents import read_document
from claims.documents.apart import belongs_apart
from claims.documents.kinds import as_read, is_page
from claims.errors import ReadingError
from claims.evidence.addresses import address_problem, archived_original, is_archive, page_key

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


def stands_at(asked: str, answered: str, own: str) -> tuple[str, str]:
    """Where the source stands that came so, and where a copy of it: the copy is the address of an archive, or none.

    >>> stands_at("https://korda.example/amp/a", "https://korda.example/amp/a", "https://korda.example/a")
    ('https://korda.example/a', '')
    >>> stands_at("https://korda.example/a", "https://korda.example/a", "https://dorn.example/a")
    ('https://korda.example/a', '')

    ``own`` is the address that the page gives as its own: it is taken where it is of the host that answered.
    """
    for seen in (asked, answered):
        if is_archive(seen):
            # A short name does not say what it is a copy of; the page's own address for itself does.
            return archived_original(seen) or archived_original(own) or seen, seen
    same_host = site_of(page_key(own)) == site_of(page_key(answered))
    return own if own and same_host and not address_problem(own) and urlsplit(own).path.strip("/") else answered, ""


def site_of(page: str) -> str:
    """The host in a page's key."""
    return page.partition("/")[0].partition("?")[0]


def may_be_of(fetched: Fetched, page: str, content: bytes, media_type: str) -> bool:
    """Whether a document that came by another address may be of the page with this key, by what it says of itself.

    A copy in an archive that does not say what it is a copy of may be of any page. A heavy page is not read for this:
    it may be of any of its host. No page is believed to be of another host.
    """
    copy = next((seen for seen in (fetched.asked, fetched.answered) if is_archive(seen)), "")
    if archived_original(copy) or not (copy or site_of(page) == site_of(page_key(fetched.answered))):
        return False
    kind = as_read(media_type, content)
    if is_page(kind) and belongs_apart("page", content):
        return True
    own = _own(content, kind, fetched.answered) if is_page(kind) else ""
    location, _ = stands_at(fetched.asked, fetched.answered, own)
    return location == copy or page_key(location) == page


def _own(content: bytes, media_type: str, answered: str) -> str:
    """The address that a page gives as its own; empty for one that cannot be read."""
    try:
        return read_document(content, "The document", media_type=media_type, url=answered).canonical
    except ReadingError:
        return ""


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
