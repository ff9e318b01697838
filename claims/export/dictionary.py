"""The data dictionary: what the columns of claims.csv, sources.csv and events.csv mean, as a data package (version 2)."""

from __future__ import annotations

from typing import Any

from claims.evidence import CREDIBILITIES, RELIABILITIES, STANCES
from claims.status import STATUSES
from claims.store.tables import EVENTS, SOURCES
from claims.table import COLUMNS, DAY, NUMBER, SCHEMA_VERSION, TEXT, TIME, WHOLE

_TYPES = {TEXT: "string", WHOLE: "integer", NUMBER: "number", DAY: "date", TIME: "datetime"}

#: What the columns of the other two tables mean; their names and dtypes stand in :mod:`claims.store.tables`.
MEANINGS: dict[str, dict[str, str]] = {
    "sources": {
        "source_id": "Name of the source.",
        "claim_id": "The claim that it stands on.",
        "location": "A web address, or the name of a document.",
        "title": "Its title.",
        "publisher": "Who published it.",
        "published": "When, where that is known.",
        "quoted": "The passage that matters, in its own words.",
        "stance": "Which way it points, seen from the claim.",
        "origin": "What it goes back to: sources of one origin count as one.",
        "snapshot": "SHA-256 of the document as it was kept; empty where none was.",
        "reliability": "How far who says it can be relied on, A to F of NATO's Admiralty code.",
        "credibility": "How far what it says can be believed, 1 to 6 of the same code.",
        "archived": "Address of a copy in an archive.",
        "added_by": "Who put it there.",
        "added_at": "When, in UTC.",
        "revision": "How often it was written.",
    },
    "events": {
        "seq": "Number of the event, from 1 without a gap.",
        "event_id": "Name of the event.",
        "at": "When, in UTC.",
        "actor": "Who did it.",
        "act": "What was done.",
        "subject_kind": "What it was done to: an article, a claim, a source ...",
        "subject_id": "The name of that.",
        "batch": "The act that the event is part of: taken back together.",
        "undoes": "The act that this one took back.",
        "old": "The columns that it changed, as they were, as JSON; empty where the event made its subject.",
        "new": "The same as they are since.",
        "why": "The reason given.",
        "previous_hash": "Hash of the event before it.",
        "hash": "SHA-256 of all the rest, so that tampering shows.",
    },
}

#: What the columns of a pack's documents.csv mean, all of them text.
DOCUMENTS = {
    "document": "The file of the document.",
    "text": "The file of the text that was taken out of it; empty where none was.",
    "reading": "What came of that: whole, cut, broken off, no text, not read; empty where an earlier version kept the document.",
    "problem": "Why its text is not here, or not all of it.",
}

_CHOICES = {
    "status": list(STATUSES),
    "priority": ["high", "normal", "low"],
    "stance": list(STANCES),
    "reliability": list(RELIABILITIES),
    "credibility": list(CREDIBILITIES),
}
_LEAST = {"start": 0, "end": 0, "seq": 1, "sentence_no": 1, "revision": 1, "n_sources": 0}


def data_package(*, documents: bool = False) -> dict[str, Any]:
    """The descriptor of a folder with the three tables, and of a pack, which lists its documents too.

    >>> package = data_package()
    >>> [resource["path"] for resource in package["resources"]]
    ['claims.csv', 'sources.csv', 'events.csv']
    >>> data_package(documents=True)["resources"][-1]["path"]
    'documents.csv'
    """
    claims = [
        _field(column.name, column.dtype, column.meaning, several="several values, a bar between them" * column.several)
        for column in COLUMNS
    ]
    others = {
        name: [_field(column, dtype, MEANINGS[name][column]) for column, dtype in columns.items()]
        for name, columns in (("sources", SOURCES), ("events", EVENTS))
    }
    listed = [_field(name, TEXT, meaning) for name, meaning in DOCUMENTS.items()]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "claims",
        "title": "Claims, their sources and their history",
        "version": f"{SCHEMA_VERSION}.0.0",
        "resources": [
            _resource("claims", claims, "claim_id"),
            _resource("sources", others["sources"], "source_id", {"claim_id": "claims"}),
            _resource("events", others["events"], "seq"),
            *([_resource("documents", listed, "document")] if documents else []),
        ],
    }


def _resource(
    name: str, fields: list[dict[str, Any]], key: str, refers: dict[str, str] | None = None
) -> dict[str, Any]:
    foreign = [
        {"fields": [field], "reference": {"resource": table, "fields": [field]}}
        for field, table in (refers or {}).items()
    ]
    schema = {"fields": fields, "primaryKey": [key], "missingValues": [""], "fieldsMatch": "equal"}
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
    }


def _field(name: str, dtype: str, meaning: str, *, several: str = "") -> dict[str, Any]:
    bounds: dict[str, Any] = {}
    if name in _CHOICES:
        bounds["enum"] = _CHOICES[name]
    if name in _LEAST:
        bounds["minimum"] = _LEAST[name]
    told = f"{meaning} ({several}.)" if several else meaning
    return {"name": name, "type": _TYPES[dtype], "description": told} | ({"constraints": bounds} if bounds else {})
