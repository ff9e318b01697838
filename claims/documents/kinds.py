"""What a document is: by what was said of it, by its name, and by its first bytes; and which reader reads it, if any does."""

from __future__ import annotations

import re
from email.message import Message
from pathlib import PurePosixPath, PureWindowsPath

from claims.errors import UnknownFormat

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READ = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "plain",
    "text/markdown": "plain",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    _WORD: "word",
}

#: Media types by the ends of names. The first end of a type is the one that its files are given.
TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".docx": _WORD,
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".heic": "image/heic",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".ppt": "application/vnd.ms-powerpoint",
    ".eml": "message/rfc822",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".zip": "application/zip",
}

#: What the ends of file names mean that are read as articles.
EXTENSIONS = {end: _READ[kind] for end, kind in TYPES.items() if kind in _READ}

#: Tables and feeds that are written in letters: no article is one, and a passage in one is looked for as it is written.
_WRITTEN_OUT = frozenset({"text/csv", "text/tab-separated-values", "application/json", "application/xml", "text/xml"})

# Servers that do not know what they send say this; then name and content decide.
_SAYS_NOTHING = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/download",
        "application/x-download",
        "application/force-download",
    }
)

# Servers say this of any file: where its first bytes can be nothing else, they are believed.
_SAYS_LITTLE = _SAYS_NOTHING | _WRITTEN_OUT | {"text/html", "text/plain", "text/markdown"}

# Other names of a kind.
_ALSO = {"application/x-pdf": "application/pdf"}

# Kinds that are zip files: one may stand within another, so the end of the name comes before what stands in the bytes.
_ZIPPED = frozenset(TYPES[end] for end in (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip"))

# How the bytes of a kind begin, and what stands somewhere in them.
_SIGNATURES = (
    (re.compile(rb"\s*%PDF-"), b"", "application/pdf"),
    (re.compile(rb"PK\x03\x04"), b"word/document.xml", _WORD),
    (re.compile(rb"PK\x03\x04"), b"xl/workbook.", TYPES[".xlsx"]),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), b"", "image/png"),
    (re.compile(rb"\xff\xd8\xff"), b"", "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), b"", "image/gif"),
    (re.compile(rb"RIFF(?s:.{4})WEBP"), b"", "image/webp"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?>(?s:.){0,2000}?-->)\s*+)*+<(?:!doctype\s+html|html|head[\s>]|body[\s>])",
    re.IGNORECASE,
)
_BEGINNINGS = (
    (re.compile(rb"\s*%PDF-"), "pdf"),
    (re.compile(rb"PK\x03\x04(?s:.){0,4096}?(?:word/|\[Content_Types\])"), "word"),
    (_PAGE, "page"),
)
_CHARSET = re.compile(r"[\w.:-]{1,40}", re.ASCII)


def content_type(header: str) -> tuple[str, str]:
    """The kind and the charset that a Content-Type names, each empty where it names none.

    >>> content_type('Text/HTML; charset="windows-1250"'), content_type("")
    (('text/html', 'windows-1250'), ('', ''))
    """
    told = Message()
    told["Content-Type"] = header
    return header.partition(";")[0].strip().lower(), str(told.get_param("charset", ""))


def media_type_of(content: bytes, name: str = "", header: str = "") -> str:
    r"""What a document is kept as, so that it is read from its bytes alone as it was when it came.

    >>> media_type_of(b"", "", "Text/HTML; charset=windows-1250; boundary=x"), media_type_of(b"%PDF-1.7", "", "text/html")
    ('text/html; charset=windows-1250', 'application/pdf')
    >>> media_type_of(b"a;b", "figures.csv"), media_type_of(b"Guards left."), media_type_of(b"\x7fELF\0", "", "binary/octet-stream")
    ('text/csv', 'text/plain', 'application/octet-stream')

    ``header`` is the Content-Type that a server sent, ``name`` the file's name or address. What was said comes first, unless it
    is what servers say of any file and the first bytes are of another kind; then the name's ending, then the bytes.
    """
    kind, charset = content_type(header)
    kind, named = _ALSO.get(kind, kind), TYPES.get(_ending(name), "")
    if kind in _SAYS_LITTLE and (signed := signed_type(content)):
        return named if {signed, named} <= _ZIPPED else signed
    if kind in _SAYS_NOTHING:
        kind = named or _shown_type(content)
    charset = charset.strip()
    return f"{kind}; charset={charset}" if _CHARSET.fullmatch(charset) else kind


def signed_type(content: bytes) -> str:
    """The media type that bytes can be nothing else of; empty where they could be several.

    >>> signed_type(b"GIF89a"), signed_type(b"<svg>")
    ('image/gif', '')
    """
    return next(
        (kind for begins, within, kind in _SIGNATURES if begins.match(content) and within in content),
        "",
    )


def _shown_type(content: bytes) -> str:
    """What bytes without a name, of which nothing was said, are: a page, a text, or only bytes."""
    if _PAGE.match(content):
        return "text/html"
    try:
        return "application/octet-stream" if "\x00" in content.decode("utf-8") else "text/plain"
    except UnicodeDecodeError:
        return "application/octet-stream"


def media_type_again(content: bytes, media_type: str) -> str:
    """What a kept document is read as once more: what its bytes show, where they cannot be what it was kept as.

    >>> media_type_again(b"%PDF-1.7", "text/html"), media_type_again(b"249 were absent.", "text/html; charset=utf-8")
    ('application/pdf', 'text/plain; charset=utf-8')
    >>> media_type_again(b"<p>249</p>", "text/html")
    'text/html'
    """
    found = media_type_of(content, "", media_type)
    if content_type(found)[0] == "text/html" and b"<" not in content:
        return found.replace("text/html", "text/plain")
    return found


def may_be_read_again_as(content: bytes, before: str, media_type: str) -> bool:
    """Whether bytes that could not be read as what they were ``before`` may be this; what shows a page is no text.

    >>> may_be_read_again_as(b"%PDF-1.7", "text/html", "application/pdf")
    True
    >>> may_be_read_again_as(b"%PDF-1.7", "", "text/html"), may_be_read_again_as(b"%PDF-1.7", "", "text/csv")
    (False, False)
    >>> may_be_read_again_as(b"<a/>", "text/html", "text/xml"), may_be_read_again_as(b"<a/>", "", "text/xml")
    (False, True)
    """
    shows_another = signed_type(content) or _PAGE.match(content) or (is_page(before) and b"<" in content)
    return media_type_again(content, media_type) == media_type and not (_is_written_out(media_type) and shows_another)


def as_read(media_type: str, content: bytes = b"") -> str:
    """The media type by which a kept document's text is looked for: a table that is written out in letters is read as they stand.

    >>> as_read("text/csv; charset=utf-8"), as_read("text/html")
    ('text/plain; charset=utf-8', 'text/html')
    >>> as_read("text/csv", b"%PDF-1.7"), as_read("text/xml; charset=utf-8", b"<html>")
    ('application/pdf', 'text/html; charset=utf-8')
    >>> as_read("text/plain", b"<html>")
    'text/plain'

    Where the first bytes of its ``content`` are of another kind, it is read as that.
    """
    if _is_written_out(media_type) and (signed := signed_type(content)):
        return signed
    kind, apart, rest = media_type.partition(";")
    if kind.strip().lower() not in _WRITTEN_OUT:
        return media_type
    return f"{'text/html' if _PAGE.match(content) else 'text/plain'}{apart}{rest}"


def _is_written_out(media_type: str) -> bool:
    """Whether documents of this kind are read as their letters stand."""
    kind = content_type(media_type)[0]
    return kind in _WRITTEN_OUT or _READ.get(kind) == "plain"


def is_page(media_type: str) -> bool:
    """Whether this is a web page's."""
    return _READ.get(content_type(media_type)[0]) == "page"


def ending_of(media_type: str) -> str:
    """The end that a file of this media type is given; of none that is known, ``.bin``.

    >>> ending_of("text/plain; charset=utf-8"), ending_of("application/x-unheard-of")
    ('.txt', '.bin')
    """
    kind = content_type(media_type)[0]
    return next((end for end, known in TYPES.items() if known == kind), ".bin")


def reader_of(content: bytes, name: str, media_type: str) -> str:
    """The kind of reader that reads a document as an article. UnknownFormat where there is none."""
    if media_type in _READ:
        return _READ[media_type]
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
    path = name.partition("?")[0].partition("#")[0].partition("://")[2].partition("/")[2] if "://" in name else name
    return PureWindowsPath(PurePosixPath(path).name).suffix.lower()
