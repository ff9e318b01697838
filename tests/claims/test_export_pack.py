"""The pack tells what the report tells, and no verdict beside it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from claims.export.checked import Publisher
from claims.export.pack import pack_bytes
from claims.export.tables import read_csv
from claims.store import Query, Store
from tests.claims.conftest import agree, bring, mark_fully, sign_off, sign_off_opinion_and_fact

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
DESK = Publisher("The Korda Post", "https://korda.example/checks")


def _claims_of(store: Store, query: Query | None) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(pack_bytes(store, query, DESK, NOON))) as pack:
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
    with zipfile.ZipFile(io.BytesIO(pack_bytes(desk, None, DESK, NOON))) as pack:
        pack.extractall(tmp_path)
    lines = (tmp_path / "README.txt").read_text(encoding="utf-8").splitlines()
    begun = next(number for number, line in enumerate(lines) if line.startswith("    import csv"))
    code = "\n".join(
        line.removeprefix("    ") for line in lines[begun : next(n for n in range(begun, len(lines)) if not lines[n])]
    )
    run = partial(
        subprocess.run, [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    seq, seal, whole = run().stdout.split()
    assert (int(seq), seal) == desk.seal()
    assert 3 < int(whole) < int(seq)
    events = tmp_path / "events.csv"
    events.write_bytes(events.read_bytes().replace(b"in progress", b"In progress", 1))
    assert "AssertionError" in run().stderr


def test_no_opinion_is_in_the_table(store: Store) -> None:
    """What is no statement of fact has no verdict for the public, in no part of the pack."""
    fact = sign_off_opinion_and_fact(store)
    assert _claims_of(store, None) == [fact]
