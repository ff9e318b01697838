"""Records of WARC: the answers of a crawl, pages that were put in by themselves, and texts that were made of pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.archive.lists import ADDRESS
from claims.archive.piece import Piece, escaped
from claims.article import Article, read_article
from claims.errors import ClaimsError, ReadingError

#: What is told of a whole file: how many of its answers are failures, and from which record on it cannot be read.
_FAILURES, _DAMAGED = -1, -2
#: Media types that are articles; pictures and scripts are none, and are no failures either.
_READ = {"text/html", "application/xhtml+xml", "text/plain", "application/pdf"}
_OK, _REDIRECTS = "200", "3"
_READ_ANEW = "and give the command again with --again."


def find(place: str) -> Iterator[tuple[int, int]]:
    """Byte and number of each record with a text, then what is told of the whole file.

    A redirect is no failure: where it leads, its page lies. Where the file breaks off, the last piece says so when it is read.
    """
    no, failures = 0, 0
    warcio = _warcio()
    with Path(place).open("rb") as file:
        try:
            records = _records(warcio, file)
            for record in records:
                _check_format(record, no)
                no += 1
                status = _status(record)
                if _media_type(record) in _READ and status == _OK:
                    yield records.get_record_offset(), no
                failures += _media_type(record) in _READ and not status.startswith((_OK, _REDIRECTS))
                records.read_to_end(record)
        except Exception:  # noqa: BLE001 - whatever a foreign parser says of a damaged file
            yield _DAMAGED, no + 1
    if failures:
        yield _FAILURES, failures


def read(piece: Piece) -> Article:
    """The article of a record."""
    if piece.at == _FAILURES:
        raise ReadingError(
            f"{escaped(piece.place)} holds failures, such as 404, in the place of pages: {piece.no:,}.",
            "Fetch those pages again, if you miss any.",
        )
    warcio = _warcio()
    if piece.at == _DAMAGED:
        raise _damaged(warcio, piece)
    try:
        with Path(piece.place).open("rb") as file:
            file.seek(piece.at)
            record = next(_records(warcio, file))
            address = record.rec_headers.get_header("WARC-Target-URI")
            kind, packed = _content_type(record), _packed(record)
            content = record.content_stream().read()
            record.raw_stream.read()
            torn = getattr(record.raw_stream, "limit", 0) > 0  # the file ends before the record says that it does
    except Exception as error:
        raise _damaged(warcio, piece) from error
    if torn:
        raise _damaged(warcio, piece)
    url = address if address and ADDRESS.fullmatch(address) else None
    try:
        return replace(read_article(content, name=piece.name, media_type=kind, url=url), url=url)
    except ReadingError as error:
        if packed:
            raise ReadingError(
                f"{piece.name} is packed as {packed}, which is not unpacked here.",
                f"Put in what unpacks it (for br: pip install brotli), {_READ_ANEW}",
            ) from error
        raise


def counts_failures(piece: Piece) -> bool:
    """Whether a piece tells how many answers of a crawl are failures, and of nothing that could be read.

    >>> counts_failures(Piece("records", "crawl.warc", -1, 3)), counts_failures(Piece("records", "crawl.warc", 0, 1))
    (True, False)
    """
    return piece.kind == "records" and piece.at == _FAILURES


def _records(warcio: Any, file: Any) -> Any:
    """The records of a file, without what warcio would print of them."""
    records = warcio.archiveiterator.ArchiveIterator(file)
    records.INC_RECORD = ""
    return records


def _check_format(record: Any, before: int) -> None:
    """Refuse what is neither WARC nor ARC: any line of five words reads as a record of ARC, but not as its head."""
    if not before and record.format == "arc" and record.rec_type != "arc_header":
        raise ValueError(record.rec_type)


def _status(record: Any) -> str:
    """What an answer's server said of it; a page that was put in by itself is as good as any. Empty for all that is no page."""
    if record.rec_type in {"resource", "conversion"}:
        return _OK
    if record.rec_type != "response" or not record.http_headers:
        return _REDIRECTS
    return str(record.http_headers.get_statuscode())


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _media_type(record: Any) -> str:
    return _content_type(record).partition(";")[0].strip().lower()


def _packed(record: Any) -> str:
    """How an answer's content is packed, where nothing here unpacks it."""
    from warcio.bufferedreaders import BufferedReader  # noqa: PLC0415

    told = (record.http_headers.get_header("Content-Encoding") or "").strip().lower() if record.http_headers else ""
    return "" if told in {"", "identity", *BufferedReader.get_supported_decompressors()} else told


def _damaged(warcio: Any, piece: Piece) -> ReadingError:
    place = escaped(piece.place)
    if _is_packed_as_one(warcio, piece.place):
        return ReadingError(
            f"{place} is packed as one, and not record by record.",
            f"Pack it anew (warcio recompress OLD NEW), {_READ_ANEW}",
        )
    if piece.no == 1:
        return ReadingError(f"{place} is damaged or no WARC at all.", f"Fetch it again, {_READ_ANEW}")
    return ReadingError(f"{place} is damaged from its record {piece.no} on.", f"Fetch it again, {_READ_ANEW}")


def _is_packed_as_one(warcio: Any, place: str) -> bool:
    """Whether the first records lie in one member of a gzip file."""
    try:
        with Path(place).open("rb") as file:
            records = _records(warcio, file)
            next(records)
            next(records)
    except warcio.exceptions.ArchiveLoadFailed as error:
        return "non-chunked" in str(error)
    except Exception:  # noqa: BLE001 - damaged otherwise
        return False
    return False


@lru_cache(maxsize=1)
def _warcio() -> Any:
    try:
        import warcio.archiveiterator  # noqa: PLC0415
        import warcio.exceptions  # noqa: PLC0415
    except ImportError as error:
        raise ClaimsError("WARC files need warcio.", "Put it in: pip install 'claims-workbench[cluster]'") from error
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    return warcio
