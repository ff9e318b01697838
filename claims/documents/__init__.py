"""Documents: bytes of a text, page, Word file or PDF in, their text and what they say about themselves out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from claims.documents.apart import REMEDY, belongs_apart, read_apart
from claims.documents.days import EARLIEST_YEAR, WRITTEN_DAY, written_day
from claims.documents.document import Document
from claims.documents.kinds import EXTENSIONS, content_type, is_page, reader_of
from claims.errors import ReadingError

__all__ = [
    "EARLIEST_YEAR",
    "EXTENSIONS",
    "WRITTEN_DAY",
    "Document",
    "content_type",
    "read_document",
    "shown_words",
    "written_day",
]

_log = logging.getLogger(__name__)


def read_document(content: bytes, name: str, *, media_type: str = "", url: str | None = None) -> Document:
    """The text of a document and what it says about itself.

    >>> read_document(b"Guards walked out on Monday.", "story.txt").text
    'Guards walked out on Monday.'
    >>> read_document(b"a;b;c", "figures.xlsx")
    Traceback (most recent call last):
        ...
    claims.errors.UnknownFormat: figures.xlsx is of a kind that is not read here. Save it as .txt, .md, .html, .docx \
or .pdf, or paste its text.

    ``name`` is the file's name or address, for its ending and for messages; ``media_type`` the Content-Type that a
    server sent, which comes before the ending; where neither says anything, the first bytes decide. Raises ReadingError.
    """
    told, charset = content_type(media_type)
    kind = reader_of(content, name, told)
    if belongs_apart(kind, content):
        return read_apart(kind, content, name, **({"charset": charset, "url": url} if kind == "page" else {}))
    # this room brings a library of its own: pasted text does not wait for it
    if kind == "page":
        from claims.documents.page import read_page  # noqa: PLC0415

        with _at_home(name):
            return read_page(content, name, charset=charset, url=url)
    from claims.documents.plain import decode  # noqa: PLC0415

    return Document(text=decode(content, name, charset))


def shown_words(content: bytes, media_type: str) -> str:
    r"""All the words that a web page shows, around its article too; none of any other document.

    >>> shown_words(b"<html><body><p>Guards left.</p><aside>Of 785, 249 were absent.</aside></body></html>", "text/html")
    'Guards left.\n\nOf 785, 249 were absent.'
    >>> shown_words(b"Guards left.", "text/plain")
    ''

    Raises ReadingError.
    """
    if not is_page(media_type):
        return ""
    _, charset = content_type(media_type)
    if belongs_apart("page", content):
        return read_apart("shown", content, "The document", charset=charset).text
    from claims.documents.page import read_shown  # noqa: PLC0415

    with _at_home("The document"):
        return read_shown(content, "The document", charset=charset).text


@contextmanager
def _at_home(name: str) -> Iterator[None]:
    """What a library raises that nobody foresaw ends as it does where the file is read apart: with a sentence."""
    try:
        yield
    except (ValueError, RecursionError) as error:
        _log.exception("The program that reads a document broke off.")
        raise ReadingError(f"{name} made the program that reads it break off.", REMEDY) from error
