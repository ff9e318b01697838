"""The pack: one file (ZIP) for an archive or a court, with all that a verdict rests on and what proves it whole."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import IO

from claims.errors import NotThere
from claims.export.annotations import web_annotations
from claims.export.averitec import averitec
from claims.export.checked import TOLD, Publisher
from claims.export.claimreview import claim_reviews_json
from claims.export.dictionary import data_package
from claims.export.pages import json_bytes
from claims.export.report import report_html, report_markdown, report_of
from claims.export.tables import csv_bytes
from claims.store import Query, Store
from claims.store.snapshots import text_bytes

#: What ends a document's name in the pack, by what its bytes are; others end in .bin and are opened by no program.
ENDINGS = {
    "text/plain; charset=utf-8": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}

_README = """\
This pack holds checked claims and all that they rest on.

report.html       Read this first: it opens in any browser, without a network.
report.md         The same as text.
claims.csv        The claims whose verdicts were signed off.
sources.csv       The sources of all claims; events.csv is the whole history, every judgement in it: its chain has no parts.
datapackage.json  What the columns mean.
*.json            The verdicts as ClaimReview, AVeriTeC and Web Annotations.
documents/        The articles' texts and the sources' documents as they were kept, by their SHA-256.
SHA256SUMS        The SHA-256 of every file here.

To see that nothing was changed:

    sha256sum --check SHA256SUMS

The name of each document is its SHA-256. events.csv is a chain: each event's hash covers the hash before it, and the last
one, event {seq}, is

    {seal}
"""


def write_pack(store: Store, query: Query | None, publisher: Publisher, made_at: datetime, target: IO[bytes]) -> None:
    """Write the pack of the query's claims to an open file; the whole history goes with it, since its chain has no parts.

    The same record gives the same bytes at the same moment.
    """
    sums = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(store, query, publisher, made_at):
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            _put(archive, name, content, made_at)
        _put(archive, "SHA256SUMS", "".join(sums).encode(), made_at)


def pack_bytes(store: Store, query: Query | None, publisher: Publisher, made_at: datetime) -> bytes:
    """The same as bytes, for a download."""
    written = io.BytesIO()
    write_pack(store, query, publisher, made_at, written)
    return written.getvalue()


def _files(store: Store, query: Query | None, publisher: Publisher, made_at: datetime) -> Iterator[tuple[str, bytes]]:
    report = report_of(store, query, publisher, made_at)
    claims = [each.checked for story in report.stories for each in story.claims]
    yield "README.txt", _README.format(seq=report.seq, seal=report.seal).encode()
    yield "report.html", report_html(report).encode()
    yield "report.md", report_markdown(report).encode()
    yield "claims.csv", csv_bytes(store.table(replace(query or Query(), statuses=TOLD, sort="article")))
    yield "sources.csv", csv_bytes(store.sources_table())
    yield "events.csv", csv_bytes(store.events_table())
    yield "datapackage.json", json_bytes(data_package())
    if publisher.name and publisher.url:
        yield "claimreview.json", claim_reviews_json(claims, publisher).encode("utf-8", "backslashreplace")
    yield "averitec.json", json_bytes(averitec(claims, publisher))
    yield "annotations.json", json_bytes(web_annotations(claims, publisher))
    kept = {story.article.sha256: text_bytes(story.article.text) for story in report.stories}
    for name, content in kept.items():
        yield f"documents/{name}.txt", content
    for name in dict.fromkeys(
        each.source.snapshot for claim in claims for each in claim.sources if each.source.snapshot
    ):
        if name not in kept:
            yield from _document(store, name)


def _document(store: Store, name: str) -> Iterator[tuple[str, bytes]]:
    try:
        kept = store.snapshot(name)
    except NotThere:  # told by `workbench verify`; the report still names its hash
        return
    yield f"documents/{name}{ENDINGS.get(kept.media_type, '.bin')}", kept.content


def _put(archive: zipfile.ZipFile, name: str, content: bytes, made_at: datetime) -> None:
    about = zipfile.ZipInfo(name, (max(made_at.year, 1980), *made_at.timetuple()[1:6]))
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    archive.writestr(about, content)
