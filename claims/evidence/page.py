"""The page of a source: asked for once, what it says about itself, its text, and its bytes to be kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from claims.documents import Document, read_document
from claims.documents.kinds import as_read, media_type_of
from claims.documents.unread import BLANK, why_unread
from claims.errors import BadAddress, ReadingError
from claims.evidence.addresses import address_problem
from claims.evidence.fetched import Fetched, kept_headers, stands_at
from claims.evidence.reviews import Review, read_claim_reviews
from claims.evidence.source import Source
from claims.fetch import Limits, Page, fetch


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What an address answered: ``source`` as far as the page fills it in, its ``text``, its bytes as they came, and how.

    ``reviews`` are the verdicts that it gives itself, where it is another desk's fact-check. Without a text, ``unread`` is a
    sentence why: a picture or a table is kept as it came, and what it says is for a person to read.
    """

    source: Source
    text: str
    content: bytes
    media_type: str
    fetched: Fetched
    reviews: tuple[Review, ...] = ()
    unread: str = ""


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
    media_type = media_type_of(page.content, page.final_url, page.headers.get("content-type", ""))
    document, unread = _read(page, media_type)
    location, archived = places(asked, page, document)
    source = Source(location, document.title, document.publisher, document.published, archived=archived)
    fetched = Fetched(asked, page.final_url, page.status, page.fetched_at, kept_headers(page.headers))
    reviews = _reviews(page.content, media_type)
    return SourcePage(source, document.text, page.content, media_type, fetched, reviews, unread)


def _read(page: Page, media_type: str) -> tuple[Document, str]:
    """What is read of a page, and why it has no text where it has none; it is read as it will be when it is kept."""
    try:
        document = read_document(
            page.content, "The document", media_type=as_read(media_type, page.content), url=page.final_url
        )
    except ReadingError as error:
        return Document(text=""), why_unread(error)
    return document, "" if document.text.strip() else BLANK


def _reviews(content: bytes, media_type: str) -> tuple[Review, ...]:
    """What a page says of claims in its ClaimReview; nothing where that cannot be read."""
    if "html" not in media_type or b"ClaimReview" not in content:
        return ()
    with suppress(ReadingError):
        return tuple(read_claim_reviews(content.decode("utf-8", "replace")))
    return ()


def places(asked: str, page: Page, document: Document) -> tuple[str, str]:
    """Where the source stands, and where a copy of it, as :func:`~claims.evidence.fetched.stands_at` tells."""
    return stands_at(asked, page.final_url, document.canonical)
