"""Reading blind: what is asked of the record tells nobody a first reading that is kept back from them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from claims.store import SORTS, Query, Store
from claims.table import COLUMNS

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
