"""A passage that is not in a page's article stands perhaps around it: in a caption, a box, a comment, the page's foot.

The article is what is kept as the page's text; all that the page shows is read from its bytes again when somebody asks.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from claims.documents import shown_words
from claims.documents.kinds import is_page
from claims.errors import ReadingError, TooLarge
from claims.evidence.passage import Passage, find_passage
from claims.remembered import Remembered

#: Pages whose words are remembered, by what they are.
_REMEMBERED = 16

_made = Remembered[tuple[bytes, str], str](_REMEMBERED)


def look_around(place: Passage | None, quoted: str, content: bytes, media_type: str) -> Passage | None:
    """Where a passage stands: at its ``place`` in the document's text, or in the page around it where that alone bears it out.

    >>> page = b"<html><body><p>Two vans left.</p><figure><figcaption>Of 785, 249 were absent.</figcaption></figure></body></html>"
    >>> place = look_around(find_passage("249 were absent", "Two vans left."), "249 were absent", page, "text/html")
    >>> place.state, place.around
    ('verbatim', True)
    >>> look_around(find_passage("Ten vans", "Two vans left."), "Ten vans", page, "text/html").around
    False

    ``place`` is None where the document has no text.
    """
    if not looks_around(place, media_type):
        return place
    found = find_passage(quoted, words_around(content, media_type))
    is_better = found.holds and (found.state == "verbatim" or place is None or not place.holds)
    nowhere = place is None or place.state in {"missing", "unread"}
    return replace(found, around=True) if is_better or (nowhere and found.state == "verbatim") else place


def looks_around(place: Passage | None, media_type: str) -> bool:
    """Whether more is to be looked at than the document's text: it is a page, and its article has not just these words."""
    return is_page(media_type) and (place is None or place.state != "verbatim")


def words_around(content: bytes, media_type: str) -> str:
    """All the words that a page shows; none where they cannot be read. It may take seconds, once.

    Where reading them ran into a limit, nothing is remembered: it may end otherwise the next time.
    """
    try:
        return _made.made(_key(content, media_type), lambda: _words(content, media_type))
    except TooLarge:
        return ""


def _words(content: bytes, media_type: str) -> str:
    try:
        return shown_words(content, media_type)
    except TooLarge:
        raise
    except ReadingError:
        return ""


def is_remembered(content: bytes, media_type: str) -> bool:
    """Whether the words of this page are remembered: those that are not may be others the next time."""
    return _key(content, media_type) in _made


def _key(content: bytes, media_type: str) -> tuple[bytes, str]:
    return hashlib.sha256(content).digest(), media_type
