"""Entities: the character references of HTML, "&amp;" and "&#233;", made the characters that they stand for."""

from __future__ import annotations

import html
import re

#: Digits beyond which Python reads no number, and browsers read none either: they show the stand-in.
_NO_NUMBER = re.compile(r"&#\d{1000,}")


def unescape(text: str) -> str:
    r"""A text with its references resolved, as a browser does it; the standard library raises on a number without an end.

    >>> unescape("Fish &amp; chips &#233; &eacute;"), unescape("&#" + "9" * 5_000 + ";") == "\N{REPLACEMENT CHARACTER}"
    ('Fish & chips é é', True)
    """
    return html.unescape(_NO_NUMBER.sub("&#65533", text))
