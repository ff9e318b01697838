"""The pack: one file (ZIP) for an archive or a court, with all that a verdict rests on and what proves it whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import IO

import pandas as pd

from claims.errors import NotThere
from claims.export.annotations import web_annotations
from claims.export.averitec import averitec
from claims.export.checked import TOLD, Publisher
from claims.export.claimreview import claim_reviews_json
from claims.export.dictionary import DOCUMENTS, data_package
from claims.export.pages import json_bytes
from claims.export.record import events_about, sources_of
from claims.export.report import report_html, report_markdown, report_of
from claims.export.tables import csv_bytes, csv_parts
from claims.export.zipped import File, write_zip
from claims.store import Query, Snapshot, Store
from claims.store.readings import Reading
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
                  them, and so is what meetings made of them, with each vote that was shown; of all others only the number,
                  the hash and the hash before it are here, so that the chain has no gap.
datapackage.json  What the columns mean.
*.json            The verdicts as ClaimReview, AVeriTeC and Web Annotations.
documents/        The articles' texts and the sources' documents as they were kept, and the texts that were taken out of these
                  documents when they were kept, by their SHA-256.
documents.csv     Each document of a source, the file that holds its text, and where there is none, why; a picture has none.
SHA256SUMS        The SHA-256 of every file here.

To see that nothing was changed:

    sha256sum --check SHA256SUMS        (on macOS: shasum -a 256 --check SHA256SUMS)

The name of each document, and of each text, is its SHA-256. The event "document kept" of a document, or the event "document
read again" where somebody had it read once more, names its text's in "new", under "text", the program that took it out, under
"reader", and what came of it, under "reading" and "problem": "whole", "cut" where only the beginning of a very long text was
kept, or why there is none. The quoted passages were looked for in that text. Of a document that an earlier version of the program
kept, no event tells of a text, and there is none here.

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


#: What stays of an event that is about nothing told here.
_LINKS = ("seq", "previous_hash", "hash")


def write_pack(store: Store, query: Query | None, publisher: Publisher, made_at: datetime, target: IO[bytes]) -> None:
    """Write the pack of the query's claims to an open file, with the chain of the whole history and no word of other claims.

    The same record gives the same bytes at the same moment. Of the tables a piece is in memory at a time.
    """
    with store.moment():
        write_zip(target, _files(store, query, publisher, made_at), made_at, sums="SHA256SUMS")


def _files(store: Store, query: Query | None, publisher: Publisher, made_at: datetime) -> Iterator[File]:
    report = report_of(store, query, publisher, made_at)
    claims = [each.checked for story in report.stories for each in story.claims]
    yield "README.txt", _README.format(seq=report.seq, seal=report.seal).encode()
    yield "report.html", report_html(report).encode()
    yield "report.md", report_markdown(report).encode()
    names = {claim.claim_id for claim in claims}
    told_frames = store.frames(replace(query or Query(), statuses=TOLD, sort="article"))
    yield "claims.csv", csv_parts(part[part["claim_id"].isin(names)] for part in told_frames)
    yield "sources.csv", csv_parts(sources_of(store, names))
    yield "datapackage.json", json_bytes(data_package(documents=True))
    if publisher.name and publisher.url:
        yield "claimreview.json", claim_reviews_json(claims, publisher).encode("utf-8", "backslashreplace")
    yield "averitec.json", json_bytes(averitec(claims, publisher, store.media_types))
    yield "annotations.json", json_bytes(web_annotations(claims, publisher))
    kept = {story.article.sha256: text_bytes(story.article.text) for story in report.stories}
    snapshots = {each.source.snapshot: None for claim in claims for each in claim.sources if each.source.snapshot}
    told = names | {story.article.article_id for story in report.stories}
    yield "events.csv", csv_parts(_history(store, told | {*kept, *snapshots}))
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
    yield "documents.csv", csv_bytes(_listed(texts, placed, store.readings(texts)))


def _history(store: Store, told: set[str]) -> Iterator[pd.DataFrame]:
    """Every event; of those that are about nothing told, and of votes that are kept back, the links alone."""
    rest, kept_back = [name for name in EVENTS if name not in _LINKS], store.votes_kept_back()
    for part, about in events_about(store, told):
        part.loc[~about | part["subject_id"].isin(kept_back), rest] = None
        yield part


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


def _listed(
    texts: Mapping[str, str | None], placed: Mapping[str, str], readings: Mapping[str, Reading]
) -> pd.DataFrame:
    """Which file holds the text of which document, and where there is none, why."""
    rows = [
        (placed[name], placed.get(text) if text else None, readings[name].state, readings[name].problem)
        for name, text in texts.items()
    ]
    return pd.DataFrame(rows, columns=list(DOCUMENTS))
