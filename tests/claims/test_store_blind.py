"""Reading blind: what is asked of the record tells nobody a first reading that is kept back from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from claims.export import csv_bytes
from claims.imports import apply_import, plan_import
from claims.status import is_kept_back
from claims.store import SORTS, Query, Store
from claims.table import COLUMNS
from tests.claims.conftest import bring

WHY = "The roll call names each warder."


@pytest.fixture
def read_once(desk: Store, names: list[str]) -> Store:
    """Two claims that wait for their second reading, one marked by Jana and one by Marusa; the third is new."""
    desk.mark(names[0], 1, "Refuted", "high", rationale=WHY, actor="Jana")
    desk.mark(names[1], 1, "Supported", "low", rationale="The vans waited there.", actor="Marusa")
    desk.edit_claim(names[1], 2, {"status": "second reading"}, actor="Marusa")
    return desk


#: What would tell the first reading of the first claim.
TELLING = [
    Query(verdicts=("Refuted",)),
    Query(verdicts=("Refuted", "Supported", "")),
    Query(confidences=("high",)),
    Query(confidences=("high", "")),
    Query(text="warder"),
    Query(text="roll names"),
    Query(verdicts=("Refuted",), text="warder", statuses=("marked",)),
]


@pytest.mark.parametrize("query", TELLING)
def test_a_filter_tells_a_first_reading_to_its_reader_alone(read_once: Store, names: list[str], query: Query) -> None:
    """Verdict, confidence and words of a rationale find a waiting claim for its first reader, and for nobody else."""
    for sort in SORTS:
        asked = replace(query, sort=sort)
        for reader, finds in (("Jana", True), (None, True), ("Tom", False), ("Marusa", False)):
            seen = replace(asked, reader=reader)
            found = {row["claim_id"] for row in read_once.rows(seen)}
            assert (names[0] in found) == finds
            assert read_once.count(seen) == len(found)
            assert (read_once.position(seen, names[0]) is not None) == finds
            assert set(read_once.table(seen)["claim_id"]) == found


def test_a_claims_own_words_are_found_by_all(read_once: Store, names: list[str]) -> None:
    """What the claim itself says is kept back from nobody, nor is that it was marked."""
    word = read_once.claim(names[0])["quote"].split()[1]
    for query in (Query(text=word), Query(statuses=("marked",)), Query(marked=True)):
        assert names[0] in {row["claim_id"] for row in read_once.rows(replace(query, reader="Tom"))}


def test_numbers_beside_the_filters_tell_no_first_reading(read_once: Store) -> None:
    """A waiting claim is counted under no verdict and no confidence for who is to read it; all else counts it."""
    own, tom = (read_once.facets(Query(reader=name)) for name in ("Jana", "Tom"))
    assert own["verdict"] == {"": 1, "Refuted": 1}
    assert own["confidence"] == {"": 1, "high": 1}
    assert tom["verdict"] == {"": 1}
    assert tom["confidence"] == {"": 1}
    assert tom["status"] == own["status"] == {"new": 1, "marked": 1, "second reading": 1}
    assert read_once.facets(Query(reader="Tom", text="warder"))["status"] == {}
    assert read_once.facets(Query(reader="Tom", verdicts=("Refuted",)))["status"] == {}
    assert read_once.facets(Query(reader="Jana", verdicts=("Refuted",)))["status"] == {"marked": 1}


def test_a_desk_that_reads_once_hides_nothing_of_a_marked_claim(read_once: Store, names: list[str]) -> None:
    """Where one reading is enough, a mark is open to all; one that waits because it was asked for is not."""
    query = Query(verdicts=("Refuted", "Supported"), reader="Tom", read_twice=False)
    assert [row["claim_id"] for row in read_once.rows(query)] == [names[0]]


def test_after_the_second_reading_all_find_it(read_once: Store, names: list[str]) -> None:
    """Once both readings are in, a verdict is found by anyone."""
    read_once.read_second(names[0], 2, "Refuted", "low", actor="Tom")
    for reader in ("Jana", "Tom", "Marusa"):
        assert read_once.count(Query(verdicts=("Refuted",), text="warder", reader=reader)) == 1


READING = [column.name for column in COLUMNS if column.group == "judgement"]


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        (Query(), []),
        (Query(reader="Tom"), [0, 1]),
        (Query(reader=""), [0, 1]),
        (Query(reader="Jana"), [1]),
        (Query(reader="Marusa"), [0]),
        (Query(reader="Tom", read_twice=False), [1]),
    ],
)
def test_a_table_leaves_without_a_first_reading_that_is_kept_back(
    read_once: Store, names: list[str], query: Query, hidden: list[int]
) -> None:
    """Whole or in parts, the cells of the judgement are empty in those rows, and all others are as they are."""
    whole = read_once.table(Query()).set_index("claim_id", drop=False)
    whole.loc[[names[number] for number in hidden], READING] = pd.NA
    for table in (read_once.table(query), *(pd.concat(read_once.frames(query, size)) for size in (1, 2000))):
        found = table.set_index("claim_id", drop=False)
        pd.testing.assert_frame_equal(found, whole, check_dtype=False)


def test_a_mark_of_nobody_is_kept_back_from_nobody(desk: Store, names: list[str]) -> None:
    """A mark without a name, as an import may bring it, has no first reader to be hidden from others for."""
    desk.mark(names[0], 1, "Refuted", "high", actor="")
    assert desk.count(Query(verdicts=("Refuted",), reader="Tom")) == 1
    assert "Refuted" in set(desk.table(Query(reader="Tom"))["verdict"].dropna())


def _brought(desk: Store, name: str) -> None:
    """Tom brings their own file home, with another status in it."""
    table = desk.table(Query(reader="Tom"))
    table.loc[table["claim_id"] == name, "status"] = "in progress"
    apply_import(desk, plan_import(desk, csv_bytes(table), reader="Tom"), actor="Tom")


#: What a colleague may do to the first claim before they read it second, and the status that it then has.
LIFTING: dict[str, tuple[Callable[[Store, str], object], str]] = {
    "taken up again": (lambda desk, name: desk.edit_claim(name, 2, {"status": "in progress"}, actor="Tom"), "in progress"),
    "dropped": (lambda desk, name: desk.drop_claim(name, 2, "An opinion.", actor="Tom"), "dropped"),
    "dropped and back": (
        lambda desk, name: desk.edit_claim(
            name, desk.drop_claim(name, 2, "An opinion.", actor="Tom"), {"status": "new"}, why="None.", actor="Tom"
        ),
        "new",
    ),
    "given": (
        lambda desk, name: desk.edit_claim(
            name, desk.edit_claim(name, 2, {"status": "in progress"}, actor="Tom"), {"status": "assigned"}, actor="Tom"
        ),
        "assigned",
    ),
    "by a file": (_brought, "in progress"),
    "marked anew and not done": (
        lambda desk, name: desk.mark(name, 2, "Refuted", "high", rationale=WHY, status="in progress", actor="Jana"),
        "in progress",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lifting", LIFTING)
def test_no_step_lifts_the_veil(read_once: Store, names: list[str], lifting: str) -> None:
    """Whatever is done to a claim that was read once, its reading stays with its reader: in rows, tables, filters, numbers."""
    lift, status = LIFTING[lifting]
    before = read_once.verdict_counts()
    lift(read_once, names[0])
    assert read_once.claim(names[0])["status"] == status
    row = read_once.claim(names[0])
    for reader, told in (("Jana", True), (None, True), ("Tom", False), ("", False)):
        assert is_kept_back(row, reader, read_twice=True) != told
        cell = read_once.table(Query(reader=reader, dropped=True)).set_index("claim_id").loc[names[0]]
        assert (cell["verdict"] == "Refuted") if told else pd.isna(cell["verdict"])
        for query in TELLING:
            seen = replace(query, reader=reader, dropped=True, statuses=())
            found = {each["claim_id"] for each in read_once.rows(seen)}
            assert (names[0] in found) == told
            assert read_once.count(seen) == len(found)
        counted = read_once.facets(Query(reader=reader, dropped=True))
        assert ("Refuted" in counted["verdict"], "high" in counted["confidence"]) == (told, told)
        assert counted["status"][status] >= 1
    assert read_once.verdict_counts() == before


def test_a_desk_that_reads_once_hides_nothing_that_was_taken_up(read_once: Store, names: list[str]) -> None:
    """Where one reading is enough, its verdict is open to all, wherever the claim goes."""
    read_once.edit_claim(names[0], 2, {"status": "in progress"}, actor="Tom")
    assert read_once.count(Query(verdicts=("Refuted",), reader="Tom", read_twice=False)) == 1
    assert not is_kept_back(read_once.claim(names[0]), "Tom", read_twice=False)


@pytest.mark.parametrize("status", ["agreed", "disputed", "decided", "signed off", "published", "void"])
def test_what_all_have_seen_stays_open_until_it_is_marked_anew(desk: Store, names: list[str], status: str) -> None:
    """A claim that was read twice and is reopened shows what it was judged; its next first reading is kept back again."""
    revision = desk.edit_claim(names[0], bring(desk, names[0], status), {"status": "in progress"}, why="A new count.")
    asked = Query(verdicts=("Supported",), reader="Ines")
    assert not is_kept_back(desk.claim(names[0]), "Ines", read_twice=True)
    assert (desk.count(asked), desk.facets(asked)["verdict"]["Supported"]) == (1, 1)
    assert desk.table(asked)["verdict"].tolist() == ["Supported"]
    desk.mark(names[0], revision, "Supported", "low", status="in progress", actor="Jana")
    assert is_kept_back(desk.claim(names[0]), "Ines", read_twice=True)
    assert (desk.count(asked), desk.facets(Query(reader="Ines"))["verdict"]) == (0, {"": 2})


def test_a_second_reading_that_was_taken_back_opens_nothing(desk: Store, names: list[str]) -> None:
    """Undone, it is no reading: who has not read the claim is told no verdict of it, wherever it goes."""
    bring(desk, names[0], "disputed")
    desk.undo("Tom")
    desk.edit_claim(names[0], desk.claim(names[0])["revision"], {"status": "in progress"}, actor="Ines")
    assert is_kept_back(desk.claim(names[0]), "Ines", read_twice=True)
    assert desk.count(Query(verdicts=("Supported",), reader="Ines")) == 0
