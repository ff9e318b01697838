"""Why the words of a document that is kept are not read, in a sentence."""

from __future__ import annotations

from claims.errors import EmptyText, ReadingError

#: What is said of a document that was read and has nothing but white space.
BLANK = "The document holds no text."


def why_unread(error: ReadingError) -> str:
    """The sentence of this error on a document that was read as "The document".

    >>> why_unread(EmptyText("No article was found on the page The document.", "Paste it."))
    'No article was found in the document.'
    """
    return "No article was found in the document." if isinstance(error, EmptyText) else error.problem
