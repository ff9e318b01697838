"""What came of taking the text out of a document: all of it, its beginning, or none, and then why; its event tells it so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from claims.documents.unread import BLANK as NO_WORDS
from claims.documents.unread import why_unread
from claims.errors import NoTextLayer, ReadingError, TooLarge

State = Literal["", "whole", "cut", "broken off", "no text", "not read"]

#: Readings that may end otherwise another time: by a machine with less to do, or by the reader of another version.
AGAIN: frozenset[State] = frozenset({"broken off", "not read"})

#: Signs that a problem has in the record: it may quote what a server or a page says.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reading of a document ended, and in ``problem`` a sentence why its text is not there, or not all of it.

    "broken off" ran into a limit, which the sentence names; "no text" is a picture, a scan or blank; "not read" is damaged,
    locked, or of a kind that is not read. Without a state it was not recorded: an earlier version kept the document.
    """

    state: State = ""
    problem: str = ""


#: How a byte of UTF-8 begins that goes on with a character.
_GOES_ON = 0b10

#: A word that may go on, with the white space before it.
_LAST_WORD = re.compile(r"\s\S*\Z")

#: A text that was taken out as it stands.
WHOLE = Reading("whole")

#: A document that was read and has nothing but white space.
BLANK = Reading("no text", NO_WORDS)


def failed(error: ReadingError, media_type: str) -> Reading:
    """The reading that ended with this error; the document is called "The document" in it.

    >>> failed(TooLarge("The document could not be read within 60 seconds.", "Wait."), "application/pdf")
    Reading(state='broken off', problem='The document could not be read within 60 seconds.')
    >>> failed(ReadingError("The document is of a kind that is not read here (image/gif).", "Save it."), "image/gif").state
    'no text'
    """
    state: State = "not read"
    if isinstance(error, TooLarge):
        state = "broken off"
    elif isinstance(error, NoTextLayer) or media_type.lower().startswith("image/"):
        state = "no text"
    told = why_unread(error)
    problem = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
    return Reading(state, problem)


def cut(text: str, most: int) -> tuple[str, Reading]:
    r"""As much of a text as so many bytes of UTF-8 hold, and whether that is all of it. No word or figure of it is cut in two.

    >>> cut("249 of 785", 10)
    ('249 of 785', Reading(state='whole', problem=''))
    >>> cut("249 of 785", 9)
    ('249 of', Reading(state='cut', problem='Of 10 characters of its text, the first 6 are kept.'))
    >>> cut("\N{LATIN SMALL LETTER E WITH ACUTE}" * 3, 5)[0] == "\N{LATIN SMALL LETTER E WITH ACUTE}" * 2
    True

    Where the part has no white space at all, it ends between two characters.
    """
    whole = text.encode("utf-8", "surrogatepass")
    if len(whole) <= most:
        return text, WHOLE
    end = most
    while whole[end] >> 6 == _GOES_ON:
        end -= 1
    part = whole[:end].decode("utf-8", "surrogatepass")
    if (last := _LAST_WORD.search(part)) and part[: last.start()].strip():
        part = part[: last.start()]
    return part, Reading("cut", f"Of {len(text):,} characters of its text, the first {len(part):,} are kept.")
