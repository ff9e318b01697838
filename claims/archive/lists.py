"""Lists of addresses: text files that begin with an address alone on its line, comments before it aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from claims.archive.piece import Piece
from claims.article import Article
from claims.errors import NotText

#: What may be asked for; all else in a list, a name of a file above all, is none of the list's business.
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ENDINGS = {".txt", ".text", ".urls", ""}
#: A line that is longer is no address, and is held only so far.
_LONGEST_LINE = 100_000


def is_list(path: Path) -> bool:
    """Whether a text begins with an address that is alone on its line."""
    if path.suffix.lower() not in _ENDINGS:
        return False
    try:
        first = next((line for _, _, line in _lines(path)), "")
    except OSError:  # what cannot be opened is told where it is read
        return False
    return bool(ADDRESS.fullmatch(first))


def is_addresses_alone(path: Path) -> bool:
    """Whether every line of a list is an address."""
    return is_list(path) and next(find(str(path)), None) is None


def addresses(path: Path) -> Iterator[str]:
    """The addresses of a list, in order."""
    return (line for _, _, line in _lines(path) if ADDRESS.fullmatch(line))


def find(place: str) -> Iterator[tuple[int, int]]:
    """Byte and number of the lines that are no addresses."""
    return ((at, no) for at, no, line in _lines(Path(place)) if not ADDRESS.fullmatch(line))


def read(piece: Piece) -> Article:
    """Say of such a line that it is none."""
    raise NotText(
        f"{piece.name} is no web address.", "Write it with https://, and give the command again with --again."
    )


def _lines(path: Path) -> Iterator[tuple[int, int, str]]:
    """Byte, number and words of the lines that say something."""
    at = 0
    with path.open("rb") as file:
        for no, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
            words = line.decode("utf-8-sig" if no == 1 else "utf-8", "replace").strip()
            if words and not words.startswith("#"):
                yield at, no, words
            at += len(line)
