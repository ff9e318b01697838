"""Where the articles of an archive come from: files, lines of JSON, rows of Parquet, records of WARC, and addresses.

A piece says where one article lies and holds none of it: a client that plans a million of them reads no text, and the worker that
opens one needs nothing but the same paths.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from claims.article import Article, read_article
from claims.documents import EXTENSIONS
from claims.errors import ClaimsError, EmptyText, NoSuchFile, NotText, ReadingError

#: Rows of Parquet that are held at once.
_ROWS = 512
#: What a row or a line may tell of its article, beside its ``text`` or ``html``.
_ABOUT = ("title", "published", "url", "publisher", "byline")
#: A line of JSON or of addresses that is longer is no line any more.
_LONGEST_LINE = 100_000_000
_LIST_BEGINS = 4_096


@dataclass(frozen=True, slots=True)
class Piece:
    """Where one article lies: the ``kind`` of source, its path or address, the byte or row group, the number in it from 1.

    ``stamp`` is the file's size and time of change when it was planned.
    """

    kind: str
    place: str
    at: int = 0
    no: int = 0
    stamp: str = ""

    @property
    def name(self) -> str:
        """How a person finds it again.

        >>> Piece("lines", "stories.jsonl", 812, 3).name, Piece("file", "story.txt").name
        ('stories.jsonl, line 3', 'story.txt')
        """
        word = _KINDS[self.kind].word
        return f"{self.place}, {word} {self.no}" if word else self.place


def find_pieces(sources: Iterable[str], known: Collection[str] = frozenset()) -> Iterator[Piece]:
    """The pieces of folders, files and addresses, in order; those of the files and addresses in ``known`` are left out.

    >>> [piece.place for piece in find_pieces(["https://korda.example/story"])]
    ['https://korda.example/story']
    >>> list(find_pieces(["no such folder"]))
    Traceback (most recent call last):
        ...
    claims.errors.NoSuchFile: There is no file or folder no such folder. Check its name; a web address starts with https://.
    """
    seen = set(known)
    for source in sources:
        for kind, place in _places(source):
            if place not in seen:
                seen.add(place)
                stamp = _stamp(place) if kind != "address" else ""
                yield from (Piece(kind, place, at, no, stamp) for at, no in _KINDS[kind].find(place))


def read_piece(piece: Piece) -> Article:
    """The article that lies there. Raises ClaimsError: the engine's own, or one that says what is wrong with its place."""
    if piece.stamp and _stamp(piece.place) != piece.stamp:
        raise ReadingError(f"{piece.place} has changed since it was planned.", "Give another --out, and read it anew.")
    article = _KINDS[piece.kind].read(piece)
    try:
        article.text.encode()
    except UnicodeEncodeError as error:
        raise NotText(f"{piece.name} holds halves of characters.", "Save its text as UTF-8.") from error
    return article


def _places(source: str) -> Iterator[tuple[str, str]]:
    """The kinds and names of what a source holds: a folder's files in order, a list's addresses, else itself."""
    if "://" in source:
        yield "address", source
        return
    path = Path(source)
    if path.is_dir():
        found = False
        for file in sorted(path.rglob("*")):
            if (kind := _kind(file.name)) and file.is_file() and not file.name.startswith("."):
                found = True
                yield kind, str(file.absolute())
        if not found:
            raise EmptyText(
                f"The folder {path} holds no article.", f"Put files there that end in {', '.join(_ENDINGS)}."
            )
    elif not path.is_file():
        raise NoSuchFile(f"There is no file or folder {path}.", "Check its name; a web address starts with https://.")
    elif _is_list(path):
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from (("address", line.strip()) for line in lines if line.strip())
    else:
        yield _kind(path.name) or "file", str(path.absolute())


def _kind(name: str) -> str:
    return next((kind for ending, kind in _ENDINGS.items() if name.lower().endswith(ending)), "")


def _is_list(path: Path) -> bool:
    """Whether a text begins with an address that is alone on its line."""
    if path.suffix.lower() not in {".txt", ".text", ".urls", ""}:
        return False
    with path.open("rb") as file:
        first = file.read(_LIST_BEGINS).lstrip().partition(b"\n")[0].split()
    return len(first) == 1 and first[0].lower().startswith((b"http://", b"https://"))


def _stamp(place: str) -> str:
    try:
        told = Path(place).stat()
    except OSError as error:
        raise NoSuchFile(f"There is no file {place} any more.", "Put it back, or leave it out.") from error
    return f"{told.st_size}-{told.st_mtime_ns}"


def _one(_place: str) -> Iterator[tuple[int, int]]:
    yield 0, 0


def _find_lines(place: str) -> Iterator[tuple[int, int]]:
    at = 0
    with Path(place).open("rb") as file:
        for no, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
            if line.strip():
                yield at, no
            at += len(line)


def _find_rows(place: str) -> Iterator[tuple[int, int]]:
    """Row group and row of each article; a file that is no Parquet is one piece, whose reading says so."""
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 - only where there is Parquet

    no = 0
    try:
        told = parquet.read_metadata(place)
    except (ArrowException, OSError):
        yield 0, 1
        return
    for group in range(told.num_row_groups):
        for _ in range(told.row_group(group).num_rows):
            no += 1
            yield group, no


def _find_records(place: str) -> Iterator[tuple[int, int]]:
    """Byte and number of each response with a text; where the file breaks off, the last piece says so when it is read."""
    exceptions = _warcio().exceptions
    no, at = 0, 0
    with Path(place).open("rb") as file:
        records = _warcio().archiveiterator.ArchiveIterator(file)
        try:
            for record in records:
                no += 1
                at = records.get_record_offset()
                if record.rec_type == "response" and _media_type(record).partition(";")[0].strip().lower() in _READ:
                    yield at, no
                records.read_to_end(record)
        except (exceptions.ArchiveLoadFailed, OSError, ValueError, EOFError):
            yield file.tell(), no + 1


def _read_file(piece: Piece) -> Article:
    return read_article(Path(piece.place))


def _read_address(piece: Piece) -> Article:
    return read_article(piece.place)


def _read_line(piece: Piece) -> Article:
    with Path(piece.place).open("rb") as file:
        file.seek(piece.at)
        line = file.readline(_LONGEST_LINE)
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotText(f"{piece.name} is no JSON.", "Mend the line, and read it anew.") from error
    return _article_of(told if isinstance(told, dict) else {}, piece)


def _read_row(piece: Piece) -> Article:
    return _article_of(_row(piece.place, piece.stamp, piece.at, piece.no), piece)


def _read_record(piece: Piece) -> Article:
    iterator, exceptions = _warcio().archiveiterator.ArchiveIterator, _warcio().exceptions
    try:
        with Path(piece.place).open("rb") as file:
            file.seek(piece.at)
            record = next(iter(iterator(file)))
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            media_type, content = _media_type(record), record.content_stream().read()
            record.raw_stream.read()
            torn = record.raw_stream.limit > 0  # the file ends before the record says that it does
    except (exceptions.ArchiveLoadFailed, OSError, ValueError, EOFError, StopIteration) as error:
        raise _damaged(piece) from error
    if torn:
        raise _damaged(piece)
    return replace(
        read_article(content, name=piece.name, media_type=media_type, url=address or None), url=address or None
    )


def _damaged(piece: Piece) -> ReadingError:
    return ReadingError(f"{piece.place} is damaged from its record {piece.no} on.", "Fetch it again.")


def _article_of(told: Mapping[str, Any], piece: Piece) -> Article:
    """The article of a row: its ``text`` or ``html``, and what else the row tells of it."""
    kind = "html" if told.get("html") else "plain"
    words = told.get("html") or told.get("text")
    if not isinstance(words, str):
        raise NotText(f"{piece.name} has no text.", "Put it in a column called text, or html for a page.")
    # As bytes: a text that is spelt like a path or an address is still a text.
    about: dict[str, Any] = {name: str(told[name]) for name in _ABOUT if told.get(name)}
    article = read_article(
        words.encode("utf-8", "replace"),
        name=piece.name,
        media_type=f"text/{kind}; charset=utf-8",
        url=about.get("url"),
        published=about.get("published", "")[:10],
        title=about.get("title"),
    )
    return replace(article, **{name: about[name] for name in ("url", "publisher", "byline") if name in about})


@lru_cache(maxsize=1)
def _chunk(place: str, _stamp: str, group: int, chunk: int) -> list[dict[str, Any]]:
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(place)
        columns = [name for name in ("text", "html", *_ABOUT) if name in file.schema_arrow.names]
        for number, batch in enumerate(file.iter_batches(_ROWS, row_groups=[group], columns=columns)):
            if number == chunk:
                rows: list[dict[str, Any]] = batch.to_pylist()
                return rows
    except (ArrowException, OSError) as error:
        raise _no_parquet(place) from error
    return []


@lru_cache(maxsize=1)
def _begins(place: str, _stamp: str) -> list[int]:
    """How many rows of a file lie before each of its groups."""
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        told = parquet.read_metadata(place)
    except (ArrowException, OSError) as error:
        raise _no_parquet(place) from error
    return [0, *accumulate(told.row_group(group).num_rows for group in range(told.num_row_groups))]


def _row(place: str, stamp: str, group: int, no: int) -> dict[str, Any]:
    row = no - 1 - _begins(place, stamp)[group]
    found: dict[str, Any] = _chunk(place, stamp, group, row // _ROWS)[row % _ROWS]
    return found


def _no_parquet(place: str) -> ReadingError:
    return ReadingError(f"{place} is damaged or no Parquet at all.", "Write it again, or leave it out.")


def _media_type(record: Any) -> str:
    """What a web server said that it sends."""
    return (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""


def _warcio() -> Any:
    try:
        import warcio.archiveiterator  # noqa: PLC0415
        import warcio.exceptions  # noqa: PLC0415
    except ImportError as error:
        raise ClaimsError("WARC files need warcio.", "Put it in: pip install 'claims-workbench[cluster]'") from error
    return warcio


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of source: what a piece of it is called, what finds its pieces in a file, and what reads one."""

    word: str
    find: Callable[[str], Iterator[tuple[int, int]]]
    read: Callable[[Piece], Article]


_KINDS = {
    "file": _Kind("", _one, _read_file),
    "address": _Kind("", _one, _read_address),
    "lines": _Kind("line", _find_lines, _read_line),
    "rows": _Kind("row", _find_rows, _read_row),
    "records": _Kind("record", _find_records, _read_record),
}
_ENDINGS = {
    **dict.fromkeys(EXTENSIONS, "file"),
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".parquet": "rows",
    ".warc": "records",
    ".warc.gz": "records",
}
#: Answers of the web that are articles; pictures and scripts are none, and are no failures either.
_READ = {"text/html", "application/xhtml+xml", "text/plain", "application/pdf"}
