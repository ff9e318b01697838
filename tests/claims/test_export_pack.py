"""The pack tells what the report tells, and no verdict beside it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.evidence import Source
from claims.export.checked import Publisher
from claims.export.tables import read_csv
from claims.store import Query, Store
from tests.claims.conftest import (
    agree,
    bring,
    mark_fully,
    packed,
    sign_off,
    sign_off_opinion_and_fact,
    unguarded,
)
from tests.claims.test_export_record import decided_in_a_meeting, opened

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
DESK = Publisher("The Korda Post", "https://korda.example/checks")


def _claims_of(store: Store, query: Query | None) -> list[str]:
    with zipfile.ZipFile(packed(store, DESK, NOON, query)) as pack:
        return list(read_csv(pack.read("claims.csv"))["claim_id"])


@pytest.mark.parametrize(("status", "told"), [("signed off", 1), ("published", 1), ("void", 0), ("agreed", 0)])
def test_the_table_has_the_claims_of_the_choice(desk: Store, names: list[str], status: str, told: int) -> None:
    """Of a claim that is signed off and one that is published, a choice by status has its own, in the table as in the report."""
    bring(desk, names[0], "signed off")
    bring(desk, names[1], "published")
    assert len(_claims_of(desk, Query(statuses=(status,)))) == told
    assert set(_claims_of(desk, None)) == set(names[:2])


def test_its_own_words_prove_its_chain(desk: Store, names: list[str], tmp_path: Path) -> None:
    """The lines that README.txt gives recompute the hashes of what the pack holds whole, and end at the seal; a changed word stops them."""
    desk.mark(names[1], 1, "Refuted", "low", rationale="Another claim's.")
    revision = desk.edit_claim(names[0], 1, {"claim": "=1+1; \0 \ud800 Ž\n-2\u202e", "status": "in progress"})
    sign_off(desk, names[0], agree(desk, names[0], mark_fully(desk, names[0], revision)))
    with zipfile.ZipFile(packed(desk, DESK, NOON)) as pack:
        pack.extractall(tmp_path)
    seq, seal, whole = _recomputed(tmp_path).stdout.split()
    assert (int(seq), seal) == desk.seal()
    assert 3 < int(whole) < int(seq)
    events = tmp_path / "events.csv"
    events.write_bytes(events.read_bytes().replace(b"in progress", b"In progress", 1))
    assert "AssertionError" in _recomputed(tmp_path).stderr


@pytest.mark.parametrize("shown", [True, False])
def test_its_chain_is_proved_with_the_votes(desk: Store, names: list[str], tmp_path: Path, *, shown: bool) -> None:
    """Votes that were shown are in it word for word; of one that is kept back it has the number and the hashes."""
    revision = decided_in_a_meeting(desk, names[0])
    sign_off(desk, names[0], revision)
    item = opened(desk, names[:1], "Jana", "Tom")
    desk.vote(item.item_id, 0, "Conflicting evidence", words="Said in confidence.", actor="Jana")
    if shown:
        desk.show_votes(item.item_id, item.revision, actor="Ana")
    with zipfile.ZipFile(packed(desk, DESK, NOON)) as pack:
        pack.extractall(tmp_path)
    seq, seal, whole = _recomputed(tmp_path).stdout.split()
    assert (int(seq), seal) == desk.seal()
    told = (tmp_path / "events.csv").read_text(encoding="utf-8")
    acts = [row["act"] for row in csv.DictReader(io.StringIO(told))]
    assert acts.count("vote cast") == 2 + shown
    assert "I count 273." in told
    assert ("Said in confidence." in told) == shown
    assert len([act for act in acts if act]) == int(whole)


def _recomputed(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the lines of README.txt print beside events.csv."""
    lines = (folder / "README.txt").read_text(encoding="utf-8").splitlines()
    begun = next(number for number, line in enumerate(lines) if line.startswith("    import csv"))
    code = "\n".join(
        line.removeprefix("    ") for line in lines[begun : next(n for n in range(begun, len(lines)) if not lines[n])]
    )
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def test_no_opinion_is_in_the_table(store: Store) -> None:
    """What is no statement of fact has no verdict for the public, in no part of the pack."""
    fact = sign_off_opinion_and_fact(store)
    assert _claims_of(store, None) == [fact]


PAGE = (
    "<html><body><article><p>Of 785 guards, 312 were missing.</p>"
    + "<p>The roll was called twice that day, and nobody had come back by noon.</p>" * 5
    + "</article></body></html>"
).encode()


def _pack_with(desk: Store, name: str, *documents: tuple[bytes, str]) -> zipfile.ZipFile:
    """The pack of a claim whose sources have these documents."""
    revision = bring(desk, name, "agreed")
    for number, (content, media_type) in enumerate(documents):
        kept = desk.keep_snapshot(content, media_type)
        desk.add_source(name, revision, Source(f"https://korda.example/{number}", "Roll call", snapshot=kept))
    sign_off(desk, name, revision)
    return zipfile.ZipFile(packed(desk, DESK, NOON))


def _name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_each_document_has_its_text_beside_it(desk: Store, names: list[str]) -> None:
    """Under its own SHA-256, which the sums and the document's event name; documents.csv says which belongs to which."""
    picture, plain = b"\x89PNG\r\n", b"312 were missing."
    with _pack_with(desk, names[0], (PAGE, "text/html"), (picture, "image/png"), (plain, "text/plain")) as pack:
        listed = list(csv.reader(io.StringIO(pack.read("documents.csv").decode())))
        text = desk.snapshot(_name(PAGE)).text
        assert text
        assert sorted(listed) == sorted([
            ["document", "text", "reading", "problem"],
            [f"documents/{_name(PAGE)}.bin", f"documents/{text}.txt", "whole", ""],
            [f"documents/{_name(picture)}.bin", "", "no text", desk.readings([_name(picture)])[_name(picture)].problem],
            [f"documents/{_name(plain)}.bin", f"documents/{_name(plain)}.bin", "whole", ""],
        ])  # fmt: skip
        assert pack.read(f"documents/{text}.txt").decode() == desk.snapshot_text(_name(PAGE))
        assert f"{text}  documents/{text}.txt\n" in pack.read("SHA256SUMS").decode()
        told = csv.DictReader(io.StringIO(pack.read("events.csv").decode()))
        [event] = [each for each in told if each["subject_id"] == _name(PAGE)]
        assert (event["act"], json.loads(event["new"])["text"]) == ("document kept", text)


def test_nothing_is_twice_in_a_pack(desk: Store, names: list[str]) -> None:
    """A text that two documents have, and that is a document of its own, has one file."""
    roll = "312 boli preč, Ročný súpis."
    documents = [
        (roll.encode("utf-16"), "text/plain; charset=utf-16"),
        (roll.encode("latin2"), "text/plain; charset=latin2"),
        (roll.encode(), "text/plain"),
    ]
    with _pack_with(desk, names[0], *documents) as pack:
        kept = [name for name in pack.namelist() if name.startswith("documents/")]
        assert len(kept) == len(set(kept)) == 4
        files = set(kept)
        for row in csv.DictReader(io.StringIO(pack.read("documents.csv").decode())):
            assert row["document"] in files
            assert row["text"] in {"", *files}


def test_a_text_that_is_gone_takes_no_document_along(desk: Store, names: list[str], place: str) -> None:
    """The pack holds what is there; that something is missing, the record's own proof tells."""
    _pack_with(desk, names[0], (PAGE, "text/html")).close()
    unguarded(place, f"DELETE FROM snapshots WHERE sha256 = '{desk.snapshot(_name(PAGE)).text}'")
    with zipfile.ZipFile(packed(desk, DESK, NOON)) as pack:
        assert pack.read(f"documents/{_name(PAGE)}.bin") == PAGE
        listed = list(csv.DictReader(io.StringIO(pack.read("documents.csv").decode())))
    assert [(row["document"], row["text"]) for row in listed] == [(f"documents/{_name(PAGE)}.bin", "")]
