"""The one seam where a driver's error becomes a sentence: which store, what is wrong, what to do."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from claims.errors import StoreCorrupt, StoreError, StoreLocked, StoreUnwritable

_Sentence = tuple[type[StoreError], str, str]

_LOCKED: _Sentence = (
    StoreLocked,
    "The record {place} is held by another program.",
    "Close the other program, or try again in a moment.",
)
_CORRUPT: _Sentence = (
    StoreCorrupt,
    "The file {place} is no record of this program, or is damaged.",
    "Choose another file, or put back a copy of this one.",
)
_UNWRITABLE: _Sentence = (
    StoreUnwritable,
    "The record {place} cannot be written.",
    "See that its folder exists, that you may write there and that the disk has room, or choose another place.",
)
_FULL: _Sentence = (
    StoreUnwritable,
    "The disk that holds the record {place} is full.",
    "Make room on it and try again; nothing is lost.",
)
_ABSENT: _Sentence = (
    StoreError,
    "The server of the record {place} does not answer.",
    "See that it runs and that the address is right.",
)

_FORBIDDEN: _Sentence = (
    StoreUnwritable,
    "The record {place} may not be used like this by its user.",
    "Ask whoever runs the server for the right to make, read and write tables there, or name another user.",
)
_ONLY_READ: _Sentence = (
    StoreUnwritable,
    "The record {place} can only be read just now.",
    "Ask whoever runs the server which one takes what is written.",
)
_STRANGER: _Sentence = (
    StoreError,
    "The server of the record {place} does not let this user in.",
    "See that the user's name and password in the address are right.",
)
_NO_DATABASE: _Sentence = (
    StoreError,
    "The server of the record {place} has no database of this name.",
    "Make it with createdb, or see that the address is right.",
)
_CROWDED: _Sentence = (
    StoreLocked,
    "The server of the record {place} takes no more connections.",
    "Close other programs that use it, or try again in a moment.",
)

#: SQLite's names of primary result codes, and PostgreSQL's SQLSTATE (or its class, two characters).
_SENTENCES: dict[str, _Sentence] = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_PROTOCOL": _LOCKED,
    "SQLITE_CORRUPT": _CORRUPT,
    "SQLITE_NOTADB": _CORRUPT,
    "SQLITE_READONLY": _UNWRITABLE,
    "SQLITE_CANTOPEN": _UNWRITABLE,
    "SQLITE_PERM": _UNWRITABLE,
    "SQLITE_IOERR": _UNWRITABLE,
    "SQLITE_FULL": _FULL,
    "55P03": _LOCKED,  # lock_not_available
    "40": _LOCKED,  # transaction_rollback: a deadlock, or two that cannot both be
    "42501": _FORBIDDEN,  # insufficient_privilege
    "25006": _ONLY_READ,  # read_only_sql_transaction
    "53100": _FULL,
    "53300": _CROWDED,  # too_many_connections
    "08": _ABSENT,
    "57P": _ABSENT,  # the server is starting or shutting down
    "XX": _CORRUPT,
}

#: PostgreSQL's words where it lets nobody in, which carry no code; in another language than these they mean no answer.
_REFUSALS: dict[str, _Sentence] = {
    r"database \".*\" does not exist": _NO_DATABASE,
    r"role \".*\" does not exist|not permitted to log in|pg_hba\.conf": _STRANGER,
    r"authentication failed|no password supplied": _STRANGER,
    r"permission denied for database": _STRANGER,
    r"too many (clients|connections)|connection slots are reserved": _CROWDED,
}


@contextmanager
def worded(place: str) -> Iterator[None]:
    """Errors of the database inside this block leave it as a :class:`StoreError` that names ``place``."""
    try:
        yield
    except exc.TimeoutError as error:
        kind, problem, remedy = _LOCKED
        raise kind(problem.format(place=place), remedy) from error
    except (exc.DBAPIError, sqlite3.Error) as error:
        kind, problem, remedy = _sentence(error)
        raise kind(problem.format(place=place), remedy) from error
    except OSError as error:
        kind, problem, remedy = _UNWRITABLE
        raise kind(problem.format(place=place), remedy) from error


def _sentence(error: exc.DBAPIError | sqlite3.Error) -> _Sentence:
    wrapped = error if isinstance(error, exc.DBAPIError) else None
    cause = wrapped.orig if wrapped else error
    # An extended code such as SQLITE_IOERR_FSYNC begins with its primary one.
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    for beginning, sentence in _SENTENCES.items():
        if code.startswith(beginning):
            return sentence
    detail = str(cause).strip().rstrip(".")
    if wrapped and (wrapped.connection_invalidated or (not code and isinstance(wrapped, exc.OperationalError))):
        return next((sentence for words, sentence in _REFUSALS.items() if re.search(words, detail)), _ABSENT)
    return (
        StoreError,
        f"The record {{place}} refused this: {_braceless(detail)}.",
        "Report this with the message above.",
    )


def _braceless(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
