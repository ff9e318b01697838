"""The forms in which claims leave: each has a name, a file's ending, and what makes its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from claims.errors import StoreLocked, UnknownFormat
from claims.export.annotations import web_annotations
from claims.export.averitec import averitec
from claims.export.checked import Publisher, checked
from claims.export.claimreview import claim_reviews_json
from claims.export.pack import pack_bytes
from claims.export.pages import json_bytes
from claims.export.report import report_html, report_markdown, report_of
from claims.export.spreadsheet import parquet_bytes, workbook_bytes
from claims.export.tables import csv_parts
from claims.store import Query, Store
from claims.verdict import CONFIDENCES

_ATTEMPTS = 5

#: What makes a form's bytes of a query's claims at a moment.
Make = Callable[[Store, Query, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """One form; ``signed_off`` where only such verdicts leave in it. ``file`` is how it is called by itself."""

    name: str
    title: str
    file: str
    media_type: str
    signed_off: bool
    make: Make

    @property
    def ending(self) -> str:
        """The file's ending, with its dot."""
        return PurePath(self.file).suffix

    def content(self, store: Store, query: Query, at: datetime) -> bytes:
        """The file's bytes, all of them from one moment of the record: made anew where somebody wrote meanwhile."""
        for _ in range(_ATTEMPTS):
            seal = store.seal()
            made = self.make(store, query, at)
            if store.seal() == seal:
                return made
        raise StoreLocked("The record is being written to all the time.", "Try again in a moment.")


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
.md or .zip; or call it claimreview.json, averitec.json or annotations.json.
    """
    path = PurePath(file)
    for form in FORMS.values():
        if path.name.lower() == form.file or (form.ending != ".json" and path.suffix.lower() == form.ending):
            return form
    raise UnknownFormat(
        f"Claims are not written as {path.name}.",
        "Let the file end in .csv, .xlsx, .parquet, .html, .md or .zip; or call it claimreview.json, averitec.json or "
        "annotations.json.",
    )


def _csv(store: Store, query: Query, _at: datetime) -> bytes:
    return b"".join(csv_parts(store.frames(query)))


def _xlsx(store: Store, query: Query, _at: datetime) -> bytes:
    desk = store.rules()
    return workbook_bytes(
        store.table(query), desk.scale.labels, list(CONFIDENCES) if desk.confidence == "words" else []
    )


def _parquet(store: Store, query: Query, _at: datetime) -> bytes:
    return parquet_bytes(store.table(query))


def _claimreview(store: Store, query: Query, _at: datetime) -> bytes:
    return claim_reviews_json(checked(store, query), publisher_of(store)).encode("utf-8", "backslashreplace")


def _averitec(store: Store, query: Query, _at: datetime) -> bytes:
    return json_bytes(averitec(checked(store, query), publisher_of(store)))


def _annotations(store: Store, query: Query, _at: datetime) -> bytes:
    return json_bytes(web_annotations(checked(store, query), publisher_of(store)))


def _html(store: Store, query: Query, at: datetime) -> bytes:
    return report_html(report_of(store, query, publisher_of(store), at)).encode()


def _markdown(store: Store, query: Query, at: datetime) -> bytes:
    return report_markdown(report_of(store, query, publisher_of(store), at)).encode()


def _pack(store: Store, query: Query, at: datetime) -> bytes:
    return pack_bytes(store, query, publisher_of(store), at)


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("csv", "CSV, for any spreadsheet and back", "claims.csv", "text/csv", signed_off=False, make=_csv),
        Form("xlsx", "Excel, with lists to choose from", "claims.xlsx", _EXCEL, signed_off=False, make=_xlsx),
        Form(
            "parquet", "Parquet, for analysts", "claims.parquet", "application/vnd.apache.parquet", signed_off=False,
            make=_parquet,
        ),
        Form("report", "Report, a page for readers", "report.html", "text/html", signed_off=True, make=_html),
        Form("markdown", "Report as Markdown", "report.md", "text/markdown", signed_off=True, make=_markdown),
        Form("pack", "Pack: report, tables, documents, proof", "claims.zip", "application/zip", signed_off=True, make=_pack),
        Form(
            "claimreview", "ClaimReview, schema.org", "claimreview.json", "application/ld+json", signed_off=True,
            make=_claimreview,
        ),
        Form("averitec", "AVeriTeC", "averitec.json", "application/json", signed_off=True, make=_averitec),
        Form(
            "annotations", "Web Annotations, W3C", "annotations.json", "application/ld+json", signed_off=True,
            make=_annotations,
        ),
    )
}  # fmt: skip
