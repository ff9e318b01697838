"""Plain text: which characters the bytes stand for."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from claims.errors import NotText

# The longer mark first: UTF-32's begins like UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names that the web uses for wider encodings than they say (WHATWG Encoding Standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}

# Python's own ways of writing letters in bytes: no page is in them, and to take them apart takes the square of their length.
_NO_ENCODINGS_OF_TEXT = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "raw_unicode_escape", "unicode-escape", "unicode_escape"}
)

# Which old encoding bytes are in shows in their beginning; to weigh megabytes of them takes many seconds. Bytes.
_WEIGHED = 300_000

# UTF-16 without a mark: of ASCII characters one byte is nought, always on the same side.
_UTF16_SAMPLE = 4_096
_UTF16_SHARE = 0.4

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
# A stray form feed or two from an old program is still text; above this share of its characters it is not.
_CONTROL_SHARE = 0.002


def decode(content: bytes, name: str, declared: str = "") -> str:
    r"""The text that ``content`` holds, exactly; ``name`` is for the message, ``declared`` an encoding it was said to be.

    >>> decode("The caf\u00e9 paid \u00a340.".encode("latin-1"), "story.txt")
    'The caf\xe9 paid \xa340.'
    >>> decode("Guards left.".encode("utf-16-le"), "story.txt")
    'Guards left.'
    >>> decode(b"\x7fELF\x02\x01\x01\x00\x00\x00", "story.txt")
    Traceback (most recent call last):
        ...
    claims.errors.NotText: story.txt holds binary data, not text. Open it in the program that made it and save its words as .txt, .docx or .pdf.

    A byte order mark decides, then ``declared``, then UTF-8, then UTF-16 without a mark, then charset-normalizer, which
    is asked only whether the bytes can be Windows-1252 (and so Latin-1), the one old encoding of English text. Raises NotText.
    """
    text = _decoded(content, declared)
    if text is None or "\x00" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise NotText(
            f"{name} holds binary data, not text.",
            "Open it in the program that made it and save its words as .txt, .docx or .pdf.",
        )
    return text


def _decoded(content: bytes, declared: str) -> str | None:
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    for encoding in filter(None, (marked, _known(declared), "utf-8", _utf16_without_mark(content))):
        text = _try(content, encoding)
        if text is not None and "\x00" not in text:
            return text
    if b"\x00" in content:
        return None
    weighed = content[:_WEIGHED]
    if len(content) > _WEIGHED:
        weighed = weighed.rpartition(b" ")[0] or weighed  # no character of several bytes cut in two
    matches = from_bytes(weighed)
    if any("cp1252" in match.could_be_from_charset for match in matches):
        return _try(content, "cp1252") or content.decode("latin-1")
    best = matches.best()
    return None if best is None else _try(content, best.encoding)


def _known(declared: str) -> str | None:
    """Python's name for a declared encoding, widened as the web means it."""
    try:
        name = codecs.lookup(declared.strip("\"' ")).name if declared else ""
    except (LookupError, ValueError):
        return None
    return None if name in _NO_ENCODINGS_OF_TEXT else _MEANT.get(name, name) or None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:_UTF16_SAMPLE]
    pairs = len(sample) // 2
    if pairs == 0 or len(content) % 2:
        return None
    for encoding, nought, letter in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if nought.count(0) > _UTF16_SHARE * pairs and letter.count(0) == 0:
            return encoding
    return None
