"""A record of the program's first shape, opened by this one: nothing of it is lost, and its chain is as it was hashed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text

from claims.claim import claim_id
from claims.errors import ReadingError, StoreError, StoreNewer
from claims.store import Query, Reading, Store, database
from claims.store.database import _MIGRATIONS
from claims.store.schema import REVISION
from tests.postgres import Server

Check = Callable[[Store], None]

#: Odd text: a NUL, half a character, our own escape, accents, an emoji, signs of a pattern.
BODY = "Žofia counted 312.\0\ud83d ␛0041 😀 She left. % _ | \\ 'x' \"y\"\n\nTwo vans waited."
ESCAPED = BODY.replace("␛", "␛241b").replace("\0", "␛0000").replace("\ud83d", "␛d83d")
ARTICLE = hashlib.sha256(BODY.encode("utf-8", "surrogatepass")).hexdigest()
AT = "2024-03-04T09:30:00.{:06d}Z"


def _stored(value: Any) -> Any:
    """Text as the first shape wrote it."""
    if isinstance(value, str):
        return value.replace("␛", "␛241b").replace("\0", "␛0000").replace("\ud83d", "␛d83d")
    return json.dumps(value) if isinstance(value, list) else value


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


@dataclass
class Writer:
    """Writes a record as the program did at its first shape: events chained by hash, and the rows that they add up to."""

    connection: Connection
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    hashes: list[str] = field(default_factory=list)

    def tell(self, kind: str, subject: str, act: str, new: dict[str, Any], why: str = "", actor: str = "Žofia") -> None:
        """One event, and its subject's row as it is then."""
        row = self.rows.get((kind, subject))
        event = {
            "seq": len(self.hashes) + 1, "event_id": f"{len(self.hashes):032x}", "at": AT.format(len(self.hashes)),
            "actor": actor, "act": act, "subject_kind": kind, "subject_id": subject, "batch": f"b{len(self.hashes)}",
            "undoes": None, "old": None if row is None else _canonical({name: row.get(name) for name in new}),
            "new": _canonical({name: value for name, value in new.items() if row is not None or value is not None}),
            "why": why, "previous_hash": self.hashes[-1] if self.hashes else "0" * 64,
        }  # fmt: skip
        event["hash"] = hashlib.sha256(_canonical(event).encode("ascii")).hexdigest()
        self.hashes.append(str(event["hash"]))
        self._insert("events", event)
        self.rows[kind, subject] = (row or {"revision": 0}) | new
        self.rows[kind, subject]["revision"] += 1

    def settle(self) -> None:
        """Put the rows in their tables, each with what that shape worked out beside them."""
        for kind, worked_out in (("article", _of_article), ("claim", _of_claim), ("source", dict), ("mark", dict)):
            for (other, _), row in self.rows.items():
                if other == kind:
                    self._insert(f"{kind}s", row | worked_out(row))

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join(f":p{number}" for number in range(len(row)))
        values = {f"p{number}": _stored(value) for number, value in enumerate(row.values())}
        self.connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


def _of_article(row: dict[str, Any]) -> dict[str, Any]:
    return {"words": row["title"].casefold()}


def _of_claim(row: dict[str, Any]) -> dict[str, Any]:
    amount = row.get("figure_low")
    return {
        "words": row["claim"].casefold(), "has_figure": amount is not None, "has_date": row.get("date_first") is not None,
        "has_sources": row["seq"] == 1, "article_no": 1,
        "by_rank": 2 * {"high": 0, "normal": 1, "low": 2}[row["priority"]] + 1 - row["checkability"],
        "by_figure": float("-inf") if amount is None else amount, "by_date": row.get("date_first") or "9999-12-31",
        "by_checked": row.get("checked_at") or "0001-01-01T00:00:00.000000Z",
    }  # fmt: skip


def _name(start: int, end: int) -> str:
    return claim_id(ARTICLE[:16], start, end)


FIRST, SECOND, THIRD = _name(0, 18), _name(30, 40), _name(len(BODY) - 16, len(BODY))


def _claim(name: str, seq: int, start: int, end: int, **given: Any) -> dict[str, Any]:
    return {
        "claim_id": name, "article_id": ARTICLE[:16], "seq": seq, "sentence_no": seq, "start": start, "end": end,
        "quote": BODY[start:end], "claim": BODY[start:end], "kinds": "numerical|event", "checkability": 0.7,
        "priority": "high", "status": "new", "origin": "found", "parents": [], "added_at": AT.format(0), **given,
    }  # fmt: skip


def _write(connection: Connection) -> list[str]:
    """An article with three claims: marked twice with a source, reworded, dropped. Returns the hashes of the chain."""
    writer = Writer(connection)
    article = {
        "article_id": ARTICLE[:16], "no": 1, "version": 1, "story": ARTICLE[:16], "title": "Žofia’s count 😀\0",
        "byline": "", "publisher": "The Korda Post", "published": "2024-03-04", "published_from": "given",
        "url": "https://korda.example/count", "source": "", "sha256": ARTICLE, "text": BODY,
        "furniture": [[0, 5, "line"]], "removed": "", "read_at": AT.format(0), "read_by": "Žofia", "withdrawn": False,
    }  # fmt: skip
    writer.tell("article", ARTICLE[:16], "article read", article)
    writer.tell("claim", FIRST, "claim found", _claim(FIRST, 1, 0, 18, speaker="Žofia\0", figure_low=312.0))
    writer.tell("claim", SECOND, "claim found", _claim(SECOND, 2, 30, 40, date_first="2024-03-03", priority="low"))
    writer.tell("claim", THIRD, "claim found", _claim(THIRD, 3, len(BODY) - 16, len(BODY), kinds=None))
    for number, (verdict, rationale) in enumerate((("Supported", None), ("Refuted", "Straße 😀 says 273.")), 1):
        judged = {"verdict": verdict, "confidence": "low", "rationale": rationale, "likelihood": 0.1}
        about = judged | {"verdict_as_of": "2024-03-05", "checker": "Žofia", "checked_at": AT.format(number)}
        writer.tell("claim", FIRST, "claim marked", about | {"status": "marked"})
        kept = judged | {
            "mark_id": f"mark{number}", "claim_id": FIRST, "reader": "Žofia", "reading": "first", "scale": "averitec",
            "as_of": "2024-03-05", "marked_at": AT.format(number), "withdrawn": False,
        }  # fmt: skip
        writer.tell("mark", f"mark{number}", "mark kept", kept)
    writer.tell("source", "source1", "source added", {
        "source_id": "source1", "claim_id": FIRST, "location": "https://korda.example/roll-call", "title": "Ročný\0 😀",
        "publisher": "", "published": "2024-03-01", "quoted": "273", "stance": "refutes", "origin": "",
        "added_by": "Tom", "added_at": AT.format(9), "removed": False,
    }, actor="Tom")  # fmt: skip
    writer.tell("claim", SECOND, "claim edited", {"claim": "Čísla 😀 left."}, actor="Tom")
    writer.tell("claim", THIRD, "claim dropped", {"status": "dropped", "dropped_why": "An opinion."}, "An opinion.")
    writer.settle()
    return writer.hashes


def _bring_to(connection: Connection, revision: str) -> None:
    """Run the migrations up to this one and no other."""
    scripts = ScriptDirectory(_MIGRATIONS)
    known = {script.revision: script for script in scripts.walk_revisions() if script.revision <= revision}

    def steps(_revision: object, _context: object) -> list[Any]:
        return [MigrationStep.upgrade_from_script(scripts.revision_map, known[each]) for each in sorted(known)]

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()


@dataclass(frozen=True)
class Old:
    """A record of the first shape and the hashes of its chain."""

    place: str
    hashes: list[str]


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, path: Path) -> Iterator[Old]:
    """Such a record, on each database."""
    with _empty(request, path) as (place, url):
        yield _made(place, url)


@contextmanager
def _empty(request: pytest.FixtureRequest, path: Path) -> Iterator[tuple[str, str]]:
    """Where the database that a fixture asks for is, with nothing in it: the desk's address of it, and SQLAlchemy's."""
    if request.param == "sqlite":
        yield str(path), f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.database("template0") as address:
        yield address, str(make_url(address).set(drivername="postgresql+psycopg"))


def _made(place: str, url: str) -> Old:
    engine = create_engine(url)
    with engine.begin() as connection:
        _bring_to(connection, "0001")
        hashes = _write(connection)
    engine.dispose()
    return Old(place, hashes)


def test_the_chain_is_as_it_was_hashed(old: Old, unchanged: Check) -> None:
    """No event is changed by bringing a record up to date, and what stands is what they add up to."""
    with Store(old.place) as store:
        assert store.events_table()["hash"].tolist() == old.hashes
        unchanged(store)
    with Store(old.place) as again:
        assert again.events_table()["hash"].tolist() == old.hashes


def test_every_row_is_there(old: Old) -> None:
    """Article, claims, marks and sources come back as they were written, in every sign."""
    with Store(old.place) as store:
        article = store.article(ARTICLE[:16])
        assert (article.text, article.title, article.furniture) == (BODY, "Žofia’s count 😀\0", ((0, 5, "line"),))
        assert (article.published, article.url) == (date(2024, 3, 4), "https://korda.example/count")
        first, second, third = (store.claim(name) for name in (FIRST, SECOND, THIRD))
        assert (first["quote"], first["speaker"], first["figure_low"]) == (BODY[:18], "Žofia\0", 312)
        assert (first["verdict"], first["confidence"], first["rationale"], first["likelihood"], first["scale"]) == (
            "Refuted", "low", "Straße 😀 says 273.", 0.1, None,
        )  # fmt: skip
        assert (first["revision"], first["n_refuting"], first["checker"]) == (3, 1, "Žofia")
        assert (second["claim"], second["revision"], second["date_first"]) == ("Čísla 😀 left.", 2, date(2024, 3, 3))
        assert (third["status"], third["dropped_why"], third["kinds"]) == ("dropped", "An opinion.", None)
        assert {row["scale"] for row in (second, third)} == {None}
        [stored] = store.sources(FIRST)
        assert (stored.source.title, stored.source.snapshot, stored.added_by) == ("Ročný\0 😀", "", "Tom")
        assert [event.act for event in store.history(FIRST)] == [
            "claim found", "claim marked", "mark kept", "claim marked", "mark kept", "source added",
        ]  # fmt: skip


def test_every_way_of_finding_works(old: Old) -> None:
    """Words, filters and orders find what was kept, as if it had been written today."""
    with Store(old.place) as store:
        found = {
            typed: [row["claim_id"] for row in store.rows(Query(text=typed, dropped=True, sort="article"))]
            for typed in ("zofia", "cisla", "STRASSE 273", "vans", "nobody")
        }
        assert found == {
            "zofia": [FIRST, SECOND, THIRD], "cisla": [SECOND], "STRASSE 273": [FIRST], "vans": [THIRD], "nobody": [],
        }  # fmt: skip
        assert [row["claim_id"] for row in store.rows(Query(sort="figure"))] == [FIRST, SECOND]
        assert store.count(Query(verdicts=("Refuted",), has_sources=True, kinds=("event",))) == 1
        assert store.facets(Query())["verdict"] == {"": 1, "Refuted": 1}


def test_a_rebuild_gives_the_same(old: Old, unchanged: Check) -> None:
    """The old events alone make the new tables."""
    with Store(old.place) as store:
        before = store.table(Query(dropped=True))
        store.rebuild()
        assert store.table(Query(dropped=True)).equals(before)
        assert store.article(ARTICLE[:16]).text == BODY
        unchanged(store)


def test_the_work_goes_on(old: Old, unchanged: Check) -> None:
    """Claims are marked and read twice, and what was done before is undone."""
    with Store(old.place, actor="Tom") as store:
        store.undo()
        assert store.claim(SECOND)["claim"] == BODY[30:40]
        revision = store.read_second(FIRST, 3, "Refuted", "high")
        assert store.claim(FIRST)["status"] == "agreed"
        store.mark(SECOND, 3, "Supported", "high")
        assert revision == 4
        assert store.claims_as_of({FIRST: 2})[FIRST]["verdict"] == "Supported"
        unchanged(store)


def test_a_file_is_set_aside_before_it_is_changed(path: Path) -> None:
    """Beside a file that is brought up to date lies a copy of it as it was, once; a new or current file has none."""
    old = _made(str(path), f"sqlite:///{path}")
    for _ in range(2):
        Store(path).close()
    [copy] = path.parent.glob(f"{path.name}.before-*")
    assert copy.name.startswith(f"{path.name}.before-{REVISION}-")
    kept = sqlite3.connect(copy)
    assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    assert [row[0] for row in kept.execute("SELECT hash FROM events ORDER BY seq")] == old.hashes
    assert kept.execute("SELECT text FROM articles").fetchall() == [(ESCAPED,)]
    kept.close()
    with Store(copy) as again:
        assert again.verify() is None


def test_a_file_that_fails_on_the_way_is_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks halfway leaves the first shape whole; it goes through once its cause is gone."""
    old = _made(str(path), f"sqlite:///{path}")

    def broken(connection: Connection, found: str | None, place: str, file: Path | None) -> None:
        migrate(connection, found, place, file)
        connection.execute(text("SELECT nothing"))

    migrate = database._migrate
    with monkeypatch.context() as patch:
        patch.setattr(database, "_migrate", broken)
        with pytest.raises(StoreError):
            Store(path)
    file = sqlite3.connect(path)
    assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    file.close()
    with Store(path) as store:
        assert store.events_table()["hash"].tolist() == old.hashes


def test_a_newer_record_is_refused_before_it_is_copied(path: Path) -> None:
    """An older program that is started again and again fills no disk."""
    Store(path).close()
    file = sqlite3.connect(path)
    file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.commit()
    file.close()
    with pytest.raises(StoreNewer):
        Store(path)
    assert [each.name for each in path.parent.iterdir() if ".before-" in each.name] == []


def test_a_file_that_cannot_be_copied_is_not_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no copy can be kept, the record stays as it is and the sentence says so."""
    old = _made(str(path), f"sqlite:///{path}")
    for_copy = path.with_name("taken")
    for_copy.mkdir()
    monkeypatch.setattr(Path, "with_name", lambda _self, _name: for_copy)  # a folder stands where the copy would
    monkeypatch.setattr(Path, "unlink", lambda _self, *, missing_ok=False: None)  # noqa: ARG005
    with pytest.raises(StoreError, match=r"No copy of the record .* could be kept beside it"):
        Store(path)
    monkeypatch.undo()
    file = sqlite3.connect(path)
    assert [row[0] for row in file.execute("SELECT hash FROM events ORDER BY seq")] == old.hashes
    assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    file.close()


DOCUMENT = b"Roll call: 312 were missing."
KEPT = hashlib.sha256(DOCUMENT).hexdigest()


@pytest.fixture(params=["sqlite", "postgresql"])
def sixth(request: pytest.FixtureRequest, path: Path) -> Iterator[Old]:
    """A record of the sixth shape, which kept no texts, with a document in it, on each database."""
    with _empty(request, path) as (place, url):
        yield _with_document(place, url)


def _with_document(place: str, url: str) -> Old:
    engine = create_engine(url)
    with engine.begin() as connection:
        _bring_to(connection, "0006")
        row = {"sha256": KEPT, "media_type": "text/plain", "size": len(DOCUMENT), "content": DOCUMENT}
        names = ", ".join(row)
        connection.execute(text(f"INSERT INTO snapshots ({names}) VALUES (:{', :'.join(row)})"), row)
        writer = Writer(connection)
        writer.tell("snapshot", KEPT, "document kept", {"media_type": "text/plain", "size": len(DOCUMENT)})
    engine.dispose()
    return Old(place, writer.hashes)


def test_a_document_of_before_has_no_text_and_is_read_on_demand(sixth: Old, unchanged: Check) -> None:
    """Nothing is written for it by opening or reading; what is kept from now on has its text."""
    with Store(sixth.place, actor="Tom") as store:
        assert store.snapshot(KEPT).text is None
        assert store.snapshot_text(KEPT) == DOCUMENT.decode()
        assert store.events_table()["hash"].tolist() == sixth.hashes
        other = store.keep_snapshot(DOCUMENT.decode().encode("utf-16"), "text/plain; charset=utf-16")
        assert store.snapshot(other).text == KEPT
        unchanged(store)
    with Store(sixth.place) as again:
        assert again.snapshot_text(other) == DOCUMENT.decode()
        assert again.snapshot(KEPT).text is None


@pytest.fixture(params=["sqlite", "postgresql"])
def seventh(request: pytest.FixtureRequest, path: Path) -> Iterator[Old]:
    """A record of the seventh shape, which kept texts and not how a reading ended, on each database."""
    with _empty(request, path) as (place, url):
        yield _with_texts(place, url)


SCAN = b"%PDF-1.7 a scan"
SCANNED = hashlib.sha256(SCAN).hexdigest()


def _with_texts(place: str, url: str) -> Old:
    engine = create_engine(url)
    with engine.begin() as connection:
        _bring_to(connection, "0007")
        writer = Writer(connection)
        for name, kind, content, of_text in (
            (KEPT, "text/plain", DOCUMENT, {"text": KEPT, "reader": "claims-workbench 0.1.0"}),
            (SCANNED, "application/pdf", SCAN, {"text": None, "reader": None}),
        ):
            about = {"media_type": kind, "size": len(content), **of_text}
            row = {"sha256": name, "content": content, **about}
            connection.execute(text(f"INSERT INTO snapshots ({', '.join(row)}) VALUES (:{', :'.join(row)})"), row)
            writer.tell("snapshot", name, "document kept", about)
    engine.dispose()
    return Old(place, writer.hashes)


def test_how_a_reading_ended_before_is_not_made_up(seventh: Old, unchanged: Check) -> None:
    """A text that is kept is whole; of a document without one nothing is recorded, nothing is written, and it is not read again."""
    with Store(seventh.place, actor="Tom") as store:
        assert store.readings([KEPT, SCANNED]) == {KEPT: Reading("whole"), SCANNED: Reading()}
        assert store.snapshot_text(KEPT) == DOCUMENT.decode()
        with pytest.raises(ReadingError):
            store.snapshot_text(SCANNED)
        with pytest.raises(StoreError, match="was not recorded"):
            store.reread_snapshot(SCANNED)
        assert store.events_table()["hash"].tolist() == seventh.hashes
        unchanged(store)
