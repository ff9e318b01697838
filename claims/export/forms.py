"""The forms in which claims leave: each has a name, a file's ending, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO

from xlsxwriter.exceptions import XlsxFileError

from claims.errors import StoreUnwritable, UnknownFormat
from claims.export.annotations import web_annotations
from claims.export.averitec import averitec
from claims.export.checked import Publisher, checked
from claims.export.claimreview import claim_reviews_json
from claims.export.dictionary import data_package
from claims.export.pack import write_pack
from claims.export.pages import json_bytes
from claims.export.record import record_tables
from claims.export.report import report_html, report_markdown, report_of
from claims.export.spreadsheet import parquet_bytes, workbook_bytes
from claims.export.tables import csv_parts
from claims.export.zipped import write_zip
from claims.store import Query, Store
from claims.verdict import CONFIDENCES

#: What writes a form of a query's claims at a moment to an open file.
Write = Callable[[Store, Query, datetime, IO[bytes]], object]

#: Bytes of a file that are in memory at a time.
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Form:
    """One form; ``signed_off`` where only such verdicts leave in it.

    ``file`` is how it is called by itself; ``by_ending`` where a file's ending is enough to ask for it.
    """

    name: str
    title: str
    file: str
    media_type: str
    signed_off: bool
    write: Write
    by_ending: bool = True

    @property
    def ending(self) -> str:
        """The file's ending, with its dot."""
        return PurePath(self.file).suffix

    def made(self, store: Store, query: Query, at: datetime) -> IO[bytes]:
        """The file, open at its beginning, all of it from one moment of the record; it is gone when it is closed.

        It is made on the disk: it may be larger than the memory, and nobody who reads it slowly holds the record.
        """
        with store.moment(), ExitStack() as opened, _made_worded():
            file = TemporaryFile()  # noqa: SIM115 - whoever asked closes it
            opened.callback(_let_go, file)
            self.write(store, query, at, file)
            file.flush()
            file.seek(0)
            opened.pop_all()
        return file


@contextmanager
def _made_worded() -> Iterator[None]:
    try:
        yield
    except (OSError, XlsxFileError) as error:
        raise StoreUnwritable("The file cannot be made.", "See that the disk has room.") from error


def _let_go(file: IO[bytes]) -> None:
    """Close a file that could not be made: what was still to be written then is not wanted."""
    with suppress(OSError):
        file.close()


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """What is in an open file, a piece at a time; it is closed at the end.

    >>> import io
    >>> list(pieces(io.BytesIO(b"785")))
    [b'785']
    """
    with file:
        yield from iter(lambda: file.read(_PIECE), b"")


def publisher_of(store: Store) -> Publisher:
    """Who tells the verdicts, as the desk's settings say."""
    return Publisher(store.setting("publisher"), store.setting("site"))


def form_of(file: str) -> Form:
    """The form that a file of this name has.

    >>> form_of("verdicts.XLSX").name, form_of("claimreview.json").name
    ('xlsx', 'claimreview')
    >>> form_of("verdicts.ods")
    Traceback (most recent call last):
    ...
    claims.errors.UnknownFormat: Claims are not written as verdicts.ods. Let the file end in .csv, .xlsx, .parquet, .html, \
.md or .zip; or call it tables.zip, claimreview.json, averitec.json or annotations.json.
    """
    path = PurePath(file)
    named = {form.file: form for form in FORMS.values()}
    by_ending = {form.ending: form for form in FORMS.values() if form.by_ending}
    if form := named.get(path.name.lower()) or by_ending.get(path.suffix.lower()):
        return form
    raise UnknownFormat(
        f"Claims are not written as {path.name}.",
        "Let the file end in .csv, .xlsx, .parquet, .html, .md or .zip; or call it tables.zip, claimreview.json, "
        "averitec.json or annotations.json.",
    )


def _csv(store: Store, query: Query, _at: datetime, file: IO[bytes]) -> None:
    file.writelines(csv_parts(store.frames(query)))


def _tables(store: Store, query: Query, at: datetime, file: IO[bytes]) -> None:
    tables = ((f"{name}.csv", csv_parts(frames)) for name, frames in record_tables(store, query))
    write_zip(file, chain(tables, [("datapackage.json", json_bytes(data_package()))]), at)


def _xlsx(store: Store, query: Query, _at: datetime, file: IO[bytes]) -> None:
    desk = store.rules()
    confidences = list(CONFIDENCES) if desk.confidence == "words" else []
    file.write(workbook_bytes(store.table(query), desk.scale.labels, confidences))


def _parquet(store: Store, query: Query, _at: datetime, file: IO[bytes]) -> None:
    file.write(parquet_bytes(store.table(query)))


def _claimreview(store: Store, query: Query, _at: datetime, file: IO[bytes]) -> None:
    file.write(claim_reviews_json(checked(store, query), publisher_of(store)).encode("utf-8", "backslashreplace"))


def _averitec(store: Store, query: Query, _at: datetime, file: IO[bytes]) -> None:
    file.write(json_bytes(averitec(checked(store, query), publisher_of(store), store.media_types)))


def _annotations(store: Store, query: Query, _at: datetime, file: IO[bytes]) -> None:
    file.write(json_bytes(web_annotations(checked(store, query), publisher_of(store))))


def _html(store: Store, query: Query, at: datetime, file: IO[bytes]) -> None:
    file.write(report_html(report_of(store, query, publisher_of(store), at)).encode())


def _markdown(store: Store, query: Query, at: datetime, file: IO[bytes]) -> None:
    file.write(report_markdown(report_of(store, query, publisher_of(store), at)).encode())


def _pack(store: Store, query: Query, at: datetime, file: IO[bytes]) -> None:
    write_pack(store, query, publisher_of(store), at, file)


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("csv", "CSV, for any spreadsheet and back", "claims.csv", "text/csv", signed_off=False, write=_csv),
        Form("xlsx", "Excel, with lists to choose from", "claims.xlsx", _EXCEL, signed_off=False, write=_xlsx),
        Form(
            "tables", "CSV of claims, sources and history (zip)", "tables.zip", "application/zip", signed_off=False,
            write=_tables, by_ending=False,
        ),
        Form(
            "parquet", "Parquet, for analysts", "claims.parquet", "application/vnd.apache.parquet", signed_off=False,
            write=_parquet,
        ),
        Form("report", "Report, a page for readers", "report.html", "text/html", signed_off=True, write=_html),
        Form("markdown", "Report as Markdown", "report.md", "text/markdown", signed_off=True, write=_markdown),
        Form("pack", "Pack: report, tables, documents, proof", "claims.zip", "application/zip", signed_off=True, write=_pack),
        Form(
            "claimreview", "ClaimReview, schema.org", "claimreview.json", "application/ld+json", signed_off=True,
            write=_claimreview, by_ending=False,
        ),
        Form("averitec", "AVeriTeC", "averitec.json", "application/json", signed_off=True, write=_averitec, by_ending=False),
        Form(
            "annotations", "Web Annotations, W3C", "annotations.json", "application/ld+json", signed_off=True,
            write=_annotations, by_ending=False,
        ),
    )
}  # fmt: skip
