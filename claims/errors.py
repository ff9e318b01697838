"""What can go wrong, as one tree. Each message says what is wrong and what to do next.

    ClaimsError
    ├── ReadingError              an article or document could not be read
    │   ├── EmptyText             nothing but white space
    │   ├── NoSentences           text, but nothing that reads as a sentence
    │   ├── NotText               a binary file under a text's name
    │   ├── NoTextLayer           a PDF made of pictures
    │   ├── CookieWall            a page that shows a consent form instead of its article
    │   ├── UnknownFormat         a kind of file that is not read here
    │   ├── NoSuchFile            a path that leads nowhere or may not be read
    │   └── TooLarge              above a limit, which the message names
    ├── FetchError                a web address gave nothing
    │   ├── BadAddress            not an http(s) address, or one that may not be asked
    │   ├── BadStatus             the server answered with an error (404, 500 ...)
    │   ├── NoAnswer              no connection, or no answer in time
    │   ├── BadAnswer             a service answered otherwise than it says it does
    │   └── RedirectLoop          sent on too often
    ├── BadDate                   a publication date that cannot be
    ├── BadScale                  a verdict or confidence that the desk's scale does not hold
    ├── StoreError                the record could not be opened, read or written
    │   ├── StoreLocked           another program holds it
    │   ├── StoreCorrupt          it is not a store, or is damaged
    │   ├── StoreNewer            written by a newer version of this program
    │   ├── StoreUnwritable       the folder or disk takes no more
    │   ├── SourceRefused         it is no evidence for this claim, or stands there already
    │   ├── NotThere              no such article, claim or source
    │   ├── ArticleExists         the same text is already in the store
    │   ├── StaleWrite            somebody changed it since it was read
    │   ├── ClaimLocked           it is signed off, published or void, and no reason to reopen it is given
    │   ├── SignOffRefused        the checklist of a sign-off is not fulfilled
    │   ├── NotAllowed            the person's role does not reach so far
    │   └── NothingToUndo         there is no change of this person to take back
    └── BadTable                  a table or CSV that does not hold what it should

The engine raises these and nothing else of its own; the face words them once, in one handler.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class ClaimsError(Exception):
    """The root: ``problem`` says what is wrong, ``remedy`` what to do next; both are whole sentences.

    >>> error = EmptyText("The text is empty.", "Paste the article's words and read it again.")
    >>> str(error)
    "The text is empty. Paste the article's words and read it again."
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


class ReadingError(ClaimsError):
    """An article or document could not be read."""


class EmptyText(ReadingError):
    """Nothing but white space."""


class NoSentences(ReadingError):
    """Text, but nothing that reads as a sentence."""


class NotText(ReadingError):
    """A binary file under a text's name."""


class NoTextLayer(ReadingError):
    """A PDF made of pictures."""


class CookieWall(ReadingError):
    """A page that shows a consent form instead of its article."""


class UnknownFormat(ReadingError):
    """A kind of file that is not read here."""


class NoSuchFile(ReadingError):
    """A path that leads nowhere or may not be read."""


class TooLarge(ReadingError):
    """Above a limit, which the message names."""


class FetchError(ClaimsError):
    """A web address gave nothing."""


class BadAddress(FetchError):
    """Not an http(s) address, or one that may not be asked."""


class BadStatus(FetchError):
    """The server answered with an error: its ``status``, and in ``retry_after`` when it says to ask again, as it was sent."""

    def __init__(self, problem: str, remedy: str, status: int = 0, retry_after: str = "") -> None:
        super().__init__(problem, remedy)
        self.status = status
        self.retry_after = retry_after


class NoAnswer(FetchError):
    """No connection, or no answer in time."""


class BadAnswer(FetchError):
    """A service answered otherwise than it says it does: no JSON, or JSON of another shape."""


class RedirectLoop(FetchError):
    """Sent on too often."""


class BadDate(ClaimsError):
    """A publication date that cannot be."""


class BadScale(ClaimsError):
    """A verdict or confidence that the desk's scale does not hold."""


class StoreError(ClaimsError):
    """The record could not be opened, read or written; ``batch`` names the act of one's own that could not be taken back."""

    batch: str = ""


class StoreLocked(StoreError):
    """Another program holds it."""


class StoreCorrupt(StoreError):
    """It is not a store, or is damaged."""


class StoreNewer(StoreError):
    """Written by a newer version of this program."""


class StoreUnwritable(StoreError):
    """The folder or disk takes no more."""


class SourceRefused(StoreError):
    """It is no evidence for this claim, or stands there already."""


class NotThere(StoreError):
    """No such article, claim or source."""


class ArticleExists(StoreError):
    """The same text is already in the store; ``article_id`` says where."""

    def __init__(self, problem: str, remedy: str, article_id: str) -> None:
        super().__init__(problem, remedy)
        self.article_id = article_id


class StaleWrite(StoreError):
    """Somebody changed it since it was read; ``current`` is how it stands now, ``typed`` what was to be written."""

    def __init__(self, problem: str, remedy: str, current: Mapping[str, object], typed: Mapping[str, object]) -> None:
        super().__init__(problem, remedy)
        self.current = dict(current)
        self.typed = dict(typed)


class ClaimLocked(StoreError):
    """It is signed off, published or void, and no reason to reopen it is given."""


class SignOffRefused(StoreError):
    """The checklist of a sign-off is not fulfilled; ``missing`` holds each item that fails and how to mend it.

    ``excusable`` tells that a reason would do instead.
    """

    def __init__(
        self, problem: str, remedy: str, missing: Sequence[tuple[str, str]], *, excusable: bool = False
    ) -> None:
        super().__init__(problem, remedy)
        self.missing = tuple(missing)
        self.excusable = excusable


class NotAllowed(StoreError):
    """The person's role does not reach so far."""


class NothingToUndo(StoreError):
    """There is no change of this person to take back."""


class BadTable(ClaimsError):
    """A table or CSV that does not hold what it should."""
