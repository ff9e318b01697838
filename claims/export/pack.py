"""The pack: one file (ZIP) for an archive or a court, with all that a verdict rests on and what proves it whole."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import IO

import pandas as pd

from claims.errors import NotThere
from claims.export.annotations import web_annotations
from claims.export.averitec import averitec
from claims.export.checked import TOLD, Publisher
from claims.export.claimreview import claim_reviews_json
from claims.export.dictionary import data_package
from claims.export.pages import json_bytes
from claims.export.report import report_html, report_markdown, report_of
from claims.export.tables import csv_bytes, csv_parts
from claims.store import Query, Snapshot, Store
from claims.store.snapshots import text_bytes
from claims.store.tables import EVENTS

#: What ends a document's name in the pack, by what its bytes are; others end in .bin and are opened by no program.
ENDINGS = {
    "text/plain; charset=utf-8": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}

_README = r"""This pack holds checked claims and all that they rest on.

report.html       Read this first: it opens in any browser, without a network.
report.md         The same as text.
claims.csv        The claims whose verdicts were signed off.
sources.csv       Their sources.
events.csv        The history. Events of these claims, their articles, sources and documents are whole, every judgement in
                  them; of all others only the number, the hash and the hash before it are here, so that the chain has no gap.
datapackage.json  What the columns mean.
*.json            The verdicts as ClaimReview, AVeriTeC and Web Annotations.
documents/        The articles' texts and the sources' documents as they were kept, and the texts that were taken out of these
                  documents when they were kept, by their SHA-256.
documents.csv     Each document of a source, and the file that holds its text; a picture has none.
SHA256SUMS        The SHA-256 of every file here.

To see that nothing was changed:

    sha256sum --check SHA256SUMS        (on macOS: shasum -a 256 --check SHA256SUMS)

The name of each document, and of each text, is its SHA-256. The event "document kept" of a document names its text's in "new",
under "text", and the program that took it out, under "reader": the quoted passages were looked for in that text. A document that
was kept by an earlier version of the program has no text here, and no event tells of one.

events.csv is a chain: each event's hash covers the hash before it, and the last one, event {seq}, is

    {seal}

What a hash covers: all columns of its row but "hash" itself, as one JSON object in ASCII, with its keys in the order of the
alphabet and no blanks between its parts; every character beyond ASCII is written \uXXXX, in small letters. "seq" is a
number, all else is text; "old" and "new" are JSON within text, and stand as they are. An empty cell is "", but null in
"old" and "undoes". The first event names 64 zeros as the hash before it. Before that, two things are taken back that CSV
needs: an apostrophe before what a spreadsheet would run as a formula, and "␛" with four digits for a character that no
database or file takes. Whoever has Python 3 recomputes it so, beside events.csv:

    import csv, hashlib, json, re
    formula = re.compile(r"\A'(?='*[=+\-@＝＋－＠\t\r\n])|(?<=[;\t\r\n])'(?=['\"]*[=+\-@＝＋－＠])")
    cell = lambda text: re.sub("␛([0-9a-f]{{4}})", lambda sign: chr(int(sign[1], 16)), formula.sub("", text))
    csv.field_size_limit(2**31 - 1)
    previous, whole = "0" * 64, 0
    for row in csv.DictReader(open("events.csv", encoding="utf-8", newline="")):
        assert row["previous_hash"] == previous, row["seq"]
        previous = row.pop("hash")
        if row["act"]:
            event = {{name: cell(text) for name, text in row.items()}} | {{"seq": int(row["seq"])}}
            event |= {{name: event[name] or None for name in ("old", "undoes")}}
            covered = json.dumps(event, sort_keys=True, separators=(",", ":"))
            assert hashlib.sha256(covered.encode()).hexdigest() == previous, row["seq"]
            whole += 1
    print(row["seq"], previous, whole)

It prints the number and hash of the last event, which are those above, and how many events are here whole. Of an event that
has only its number and the two hashes, this proves that it stands in its place in the chain, and nothing of what it says.
"""


#: What stays of an event that is about no claim told here, and by what an event's JSON names what it is about.
_LINKS, _NAMING = ("seq", "previous_hash", "hash"), ("claim_id", "sha256")


#: A file of the pack: what it is called, and its bytes, whole or a piece at a time.
_File = tuple[str, bytes | Iterable[bytes]]


def write_pack(store: Store, query: Query | None, publisher: Publisher, made_at: datetime, target: IO[bytes]) -> None:
    """Write the pack of the query's claims to an open file, with the chain of the whole history and no word of other claims.

    The same record gives the same bytes at the same moment. Of the tables a piece is in memory at a time.
    """
    sums = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(store, query, publisher, made_at):
            sums.append(f"{_put(archive, name, content, made_at)}  {name}\n")
        _put(archive, "SHA256SUMS", "".join(sums).encode(), made_at)


def pack_bytes(store: Store, query: Query | None, publisher: Publisher, made_at: datetime) -> bytes:
    """The same as bytes, for a download."""
    written = io.BytesIO()
    write_pack(store, query, publisher, made_at, written)
    return written.getvalue()


def _files(store: Store, query: Query | None, publisher: Publisher, made_at: datetime) -> Iterator[_File]:
    report = report_of(store, query, publisher, made_at)
    claims = [each.checked for story in report.stories for each in story.claims]
    yield "README.txt", _README.format(seq=report.seq, seal=report.seal).encode()
    yield "report.html", report_html(report).encode()
    yield "report.md", report_markdown(report).encode()
    names = {claim.claim_id for claim in claims}
    told_frames = store.frames(replace(query or Query(), statuses=TOLD, sort="article"))
    yield "claims.csv", csv_parts(part[part["claim_id"].isin(names)] for part in told_frames)
    yield "sources.csv", csv_parts(part[part["claim_id"].isin(names)] for part in store.source_frames())
    yield "datapackage.json", json_bytes(data_package())
    if publisher.name and publisher.url:
        yield "claimreview.json", claim_reviews_json(claims, publisher).encode("utf-8", "backslashreplace")
    yield "averitec.json", json_bytes(averitec(claims, publisher))
    yield "annotations.json", json_bytes(web_annotations(claims, publisher))
    kept = {story.article.sha256: text_bytes(story.article.text) for story in report.stories}
    snapshots = {each.source.snapshot: None for claim in claims for each in claim.sources if each.source.snapshot}
    told = names | {story.article.article_id for story in report.stories}
    yield "events.csv", csv_parts(_history(store, frozenset(told | {*kept, *snapshots})))
    placed: dict[str, str] = {}
    for name, content in kept.items():
        placed[name] = f"documents/{name}.txt"
        yield placed[name], content
    texts: dict[str, str | None] = {}
    for name in snapshots:
        for document in _with_text(store, name):
            texts.setdefault(name, document.text)
            if document.sha256 not in placed:
                placed[document.sha256] = _place(document, is_text=document.sha256 != name)
                yield placed[document.sha256], document.content
    yield "documents.csv", csv_bytes(_listed(texts, placed))


def _history(store: Store, told: frozenset[str]) -> Iterator[pd.DataFrame]:
    """Every event; of those that are about nothing told, a claim, an article or a document by its name, the links alone."""
    named: set[str] = set()  # a later event of a source tells only what changed, and not whose it is
    rest = [name for name in EVENTS if name not in _LINKS]
    for part in store.event_frames():
        made = part[part["old"].isna()]
        named |= {subject for subject, new in zip(made["subject_id"], made["new"], strict=True) if told & _named(new)}
        part.loc[~part["subject_id"].isin(told | named), rest] = None
        yield part


def _named(new: str) -> set[str]:
    """The claim that a source belongs to, or the document that was fetched, as the event that made it names them."""
    found = json.loads(new)
    return {found[name] for name in _NAMING if isinstance(found.get(name), str)}


def _with_text(store: Store, name: str) -> Iterator[Snapshot]:
    """A document, and the text that was taken out of it where that is content of its own."""
    try:
        kept = store.snapshot(name)
        yield kept
        if kept.text and kept.text != name:
            yield store.snapshot(kept.text)
    except NotThere:  # told by `workbench verify`; the report and the events still name its hash
        return


def _place(kept: Snapshot, *, is_text: bool) -> str:
    return f"documents/{kept.sha256}{'.txt' if is_text else ENDINGS.get(kept.media_type, '.bin')}"


def _listed(texts: Mapping[str, str | None], placed: Mapping[str, str]) -> pd.DataFrame:
    """Which file holds the text of which document."""
    rows = [(placed[name], placed.get(text) if text else None) for name, text in texts.items()]
    return pd.DataFrame(rows, columns=["document", "text"])


def _put(archive: zipfile.ZipFile, name: str, content: bytes | Iterable[bytes], made_at: datetime) -> str:
    """Put a file into the pack and give its SHA-256."""
    about = zipfile.ZipInfo(name, (max(made_at.year, 1980), *made_at.timetuple()[1:6]))
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    sum_of = hashlib.sha256()
    with archive.open(about, "w", force_zip64=not isinstance(content, bytes)) as file:
        for piece in [content] if isinstance(content, bytes) else content:
            sum_of.update(piece)
            file.write(piece)
    return sum_of.hexdigest()
