"""Text from outside as a page can hold it. Pure functions, no Streamlit."""

from __future__ import annotations

import html
import re

from claims.store.schema import ESCAPE

#: NUL, which a browser drops where it reads HTML or Markdown, and half characters, which nothing that is sent can hold.
_NEVER_SHOWN = re.compile("[\0\ud800-\udfff]")


def showable(text: str) -> str:
    r"""The same text, with what no page can hold written out as the record writes it.

    >>> showable("in\x00mates"), showable("\ud800 half"), showable("␛0000")
    ('in␛0000mates', '␛d800 half', '␛0000')
    """
    return _NEVER_SHOWN.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", text)


def escape(text: str) -> str:
    r"""Text from outside for a place that reads HTML.

    >>> escape("<b> in\x00mates")
    '&lt;b&gt; in␛0000mates'
    """
    return html.escape(showable(text))


def as_it_was(typed: str, stands: str) -> str:
    r"""What is kept of a field that showed what stands: that itself, where nothing was typed over it.

    >>> as_it_was("␛d800 half", "\ud800 half") == "\ud800 half", as_it_was("Half.", "\ud800 half")
    (True, 'Half.')
    """
    return stands if typed == showable(stands) else typed
