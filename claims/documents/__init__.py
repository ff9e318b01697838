"""Documents: bytes of a text, page, Word file or PDF in, their text and what they say about themselves out."""

from __future__ import annotations

import re
from email.message import Message
from pathlib import PurePosixPath, PureWindowsPath

from claims.documents.apart import belongs_apart, read_apart
from claims.documents.days import EARLIEST_YEAR, WRITTEN_DAY, written_day
from claims.documents.document import Document
from claims.errors import UnknownFormat

__all__ = ["EARLIEST_YEAR", "EXTENSIONS", "WRITTEN_DAY", "Document", "content_type", "read_document", "written_day"]

#: What the ends of file names mean.
EXTENSIONS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".docx": "word",
    ".pdf": "pdf",
}
_MEDIA_TYPES = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "plain",
    "text/markdown": "plain",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
}
# Servers that do not know what they send say this; then name and content decide.
_SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download"})
_BEGINNINGS = (
    (re.compile(rb"\s*%PDF-"), "pdf"),
    (re.compile(rb"PK\x03\x04(?s:.){0,4096}?(?:word/|\[Content_Types\])"), "word"),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?s:.){0,2000}?-->\s*)*<(?:!doctype\s+html|html)",
            re.IGNORECASE,
        ),
        "page",
    ),
)


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
    kind = _kind(content, name, told)
    if belongs_apart(kind, content):
        return read_apart(kind, content, name, **({"charset": charset, "url": url} if kind == "page" else {}))
    # this room brings a library of its own: pasted text does not wait for it
    if kind == "page":
        from claims.documents.page import read_page  # noqa: PLC0415

        return read_page(content, name, charset=charset, url=url)
    from claims.documents.plain import decode  # noqa: PLC0415

    return Document(text=decode(content, name, charset))


def content_type(header: str) -> tuple[str, str]:
    """The kind and the charset that a Content-Type names, each empty where it names none.

    >>> content_type('Text/HTML; charset="windows-1250"'), content_type("")
    (('text/html', 'windows-1250'), ('', ''))
    """
    told = Message()
    told["Content-Type"] = header
    return header.partition(";")[0].strip().lower(), str(told.get_param("charset", ""))


def _kind(content: bytes, name: str, media_type: str) -> str:
    if media_type in _MEDIA_TYPES:
        return _MEDIA_TYPES[media_type]
    ending = _ending(name)
    if media_type in _SAYS_NOTHING:
        if ending in EXTENSIONS:
            return EXTENSIONS[ending]
        begun = next((kind for pattern, kind in _BEGINNINGS if pattern.match(content)), None)
        if begun:
            return begun
        if not ending:
            return "plain"
    raise UnknownFormat(
        f"{name} is of a kind that is not read here{f' ({media_type})' if media_type else ''}.",
        "Save it as .txt, .md, .html, .docx or .pdf, or paste its text.",
    )


def _ending(name: str) -> str:
    """The ending of a file's name or of an address's path, in lower case."""
    path = name.partition("?")[0].partition("#")[0] if "://" in name else name
    return PureWindowsPath(PurePosixPath(path).name).suffix.lower()
