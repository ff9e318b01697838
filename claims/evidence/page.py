"""The page of a source: asked for once, what it says about itself, its text, and its bytes to be kept."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from claims.documents import Document, content_type, read_document
from claims.errors import BadAddress, ReadingError
from claims.evidence.addresses import address_problem, archived_original, is_archive, page_key
from claims.evidence.fetched import Fetched, kept_headers
from claims.evidence.reviews import Review, read_claim_reviews
from claims.evidence.source import Source
from claims.fetch import Limits, Page, fetch

_CHARSET = re.compile(r"[\w.:-]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What an address answered: ``source`` as far as the page fills it in, its ``text``, its bytes as they came, and how.

    ``reviews`` are the verdicts that it gives itself, where it is another desk's fact-check.
    """

    source: Source
    text: str
    content: bytes
    media_type: str
    fetched: Fetched
    reviews: tuple[Review, ...] = ()


def read_source(address: str, *, limits: Limits | None = None) -> SourcePage:
    """The page behind an address, and the source that it makes: address, title, publisher, day, and its archived copy.

    >>> read_source("file:///etc/passwd")
    Traceback (most recent call last):
        ...
    claims.errors.BadAddress: An address of the kind file: is not taken as a source: use one that starts with http:// \
or https://. Or give the document's name, and keep the document with the source.

    An address of a copy in an archive stays what it is, ``archived``; its original becomes the location, where the copy
    says it. No other address of an archive is ever made up. The address that the page gives as its own is taken where it
    is of the same host. Raises FetchError and ReadingError, each in its kinds.
    """
    asked = address.strip()
    if asked.lower().startswith("www."):
        asked = f"https://{asked}"
    if problem := address_problem(asked):
        raise BadAddress(problem, "Or give the document's name, and keep the document with the source.")
    page = fetch(asked, limits=limits)
    media_type = page.headers.get("content-type", "")
    document = read_document(page.content, page.final_url, media_type=media_type, url=page.final_url)
    location, archived = places(asked, page, document)
    source = Source(location, document.title, document.publisher, document.published, archived=archived)
    fetched = Fetched(asked, page.final_url, page.status, page.fetched_at, kept_headers(page.headers))
    plain = _kept_type(media_type)
    return SourcePage(source, document.text, page.content, plain, fetched, _reviews(page.content, plain))


def _kept_type(header: str) -> str:
    """What a Content-Type says that is needed to read the page again: its kind, and its charset where it names one.

    >>> _kept_type("Text/HTML; charset=windows-1250; boundary=x"), _kept_type("")
    ('text/html; charset=windows-1250', 'text/html')
    """
    kind, charset = content_type(header)
    kind, charset = kind or "text/html", charset.strip()
    return f"{kind}; charset={charset}" if _CHARSET.fullmatch(charset) else kind


def _reviews(content: bytes, media_type: str) -> tuple[Review, ...]:
    """What a page says of claims in its ClaimReview; nothing where that cannot be read."""
    if "html" not in media_type or b"ClaimReview" not in content:
        return ()
    with suppress(ReadingError):
        return tuple(read_claim_reviews(content.decode("utf-8", "replace")))
    return ()


def places(asked: str, page: Page, document: Document) -> tuple[str, str]:
    """Where the source stands, and where a copy of it: the copy is the address that was asked, or none."""
    for seen in (asked, page.final_url):
        if is_archive(seen):
            # A short name does not say what it is a copy of; the page's own address for itself does.
            own = document.canonical
            original = archived_original(seen) or archived_original(own)
            return original or seen, seen
    own, final = document.canonical, page.final_url
    same_host = page_key(own).partition("/")[0] == page_key(final).partition("/")[0]
    return own if own and same_host and not address_problem(own) and urlsplit(own).path.strip("/") else final, ""
