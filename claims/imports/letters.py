"""Which letters the bytes of a file stand for: Unicode, or one of the code pages that spreadsheets still save."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable

from claims.errors import BadTable

#: The old pages: ISO's, Windows in the west of Europe and in its middle, the Macintosh, and DOS. The first that a file may
#: be written in is taken unless words that the record knows prove another.
PAGES: dict[str, str] = {
    "latin-1": "ISO 8859-1 (Western Europe)",
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "mac_roman": "Mac OS Roman",
    "cp850": "DOS 850",
}

#: A letter of a text, and what stands in its place.
Loss = tuple[str, str]

#: What a file without any accent is written in: Unicode, or any page at all.
ASCII = "ascii"

# What stands for signs that a page has not.
_PLAIN = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}

# Bytes for which Windows has quotation marks, dashes and more, and ISO 8859-1 no letters.
_WINDOWS = bytes(range(0x80, 0xA0))

# The longer mark first: UTF-32's begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REMEDY = "Save the table as CSV UTF-8 and try again."


def decode(content: bytes, page: str = "") -> tuple[str, str]:
    r"""The file's text, and the old page that it is written in: ``ASCII`` where none can be told, "" where it is Unicode.

    >>> decode("\ufeffKorda".encode("utf-16"))[1], decode("caf\xe9".encode("cp1252"))
    ('', ('café', 'latin-1'))
    >>> decode(b"Korda"), decode(codecs.BOM_UTF8 + b"Korda")
    (('Korda', 'ascii'), ('Korda', ''))
    >>> decode(b"\x00\x01")
    Traceback (most recent call last):
    ...
    claims.errors.BadTable: The file is no text: it holds bytes that no table has. Save the table as CSV UTF-8 and try again.

    A byte order mark decides, then UTF-8, then ``page``. Raises BadTable.
    """
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    try:
        text, old = content.decode(marked or "utf-8"), ASCII if content.isascii() else ""
    except UnicodeDecodeError as error:
        if marked:
            raise BadTable(f"The file begins as {marked.upper()} text and does not go on so.", _REMEDY) from error
        old = page or _pages(content)[0]
        text = _in_page(content, old)
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if "\0" in text:
        raise BadTable("The file is no text: it holds bytes that no table has.", _REMEDY)
    return text, old


def page_of(content: bytes, words: Iterable[str]) -> str:
    """The old page in which most of these words stand in the file; the first that it may be written in where none tells.

    >>> page_of("Maruša Ilič".encode("cp1250"), ["Maruša", "Ilič"]), page_of("“so”".encode("cp1252"), ["Maruša"])
    ('cp1250', 'cp1252')
    """
    known = list(words)
    return max(_pages(content), key=lambda page: sum(_stands(word, page, content) for word in known))


def losses(cell: str, text: str, page: str) -> frozenset[Loss]:
    """The letters of a text that the page has not, with what stands in the cell for each; none where all else is not alike.

    >>> sorted(losses("Maru?a Ilic", "Maruša Ilič", "mac_roman")), losses("Marika", "Maruša", "mac_roman")
    ([('č', 'c'), ('š', '?')], frozenset())
    """
    if not page or len(cell) != len(text):
        return frozenset()
    differing = {(letter, shown) for shown, letter in zip(cell, text, strict=True) if shown != letter}
    alike = all(shown in _in_place_of(letter) and not _has(page, letter) for letter, shown in differing)
    return frozenset(differing) if alike else frozenset()


def missing(text: str, page: str) -> str:
    """The letters of a text that the page has not, each once; "" where the file is Unicode.

    >>> missing("“Maruša” – café", "latin-1"), missing("Maruša", "")
    ('“š”–', '')
    """
    if not page or text.isascii():
        return ""
    return "".join(letter for letter in dict.fromkeys(text) if not _has(page, letter))


def guessed(page: str, letter: str) -> bool:
    """Whether the file may be of another page than this one, of which the letter is.

    >>> guessed("ascii", "é"), guessed("latin-1", "š"), guessed("latin-1", "č"), guessed("cp1252", "č")
    (True, True, False, False)

    A file without accents may be Unicode; one without the bytes that Windows alone uses may be Windows' all the same.
    """
    return page == ASCII or (page == "latin-1" and _has("cp1252", letter))


def called(page: str) -> str:
    """What a page is called in a sentence.

    >>> called("cp1250"), called("ascii")
    ('Windows-1250 (Central Europe)', 'plain ASCII')
    """
    return PAGES.get(page, "plain ASCII")


def _in_place_of(letter: str) -> set[str]:
    """What programs write for a letter that a page has not."""
    return {"?", "_", _PLAIN.get(letter) or unicodedata.normalize("NFD", letter)[0]}


def _pages(content: bytes) -> list[str]:
    """The old pages that these bytes may be written in, the likeliest first.

    What has none of the bytes that Windows alone uses went through ISO 8859-1 for all that one can tell: a letter that only
    Windows has, and that is no more in it, may have been lost there.
    """
    return [page for page in PAGES if page != "latin-1" or len(content.translate(None, _WINDOWS)) == len(content)]


def _in_page(content: bytes, page: str) -> str:
    try:
        return content.decode(page)
    except UnicodeDecodeError:
        # A byte that the page leaves open stands for itself, as browsers read it.
        table = {byte: bytes([byte]).decode(page, "ignore") or chr(byte) for byte in range(0x80, 0x100)}
        return content.decode("latin-1").translate(table)


def _stands(word: str, page: str, content: bytes) -> bool:
    return _has(page, word) and word.encode(page) in content


def _has(page: str, text: str) -> bool:
    try:
        text.encode(page)
    except UnicodeEncodeError:
        return False
    return True
