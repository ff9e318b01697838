"""Memory that does not grow with the table: three times the claims are read in the same memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from claims.store import Store
from tests.survival.children import child
from tests.survival.desks import stories
from tests.survival.reader import WAYS, read, read_resident

_PER_ARTICLE = 20

#: Bytes that the page cache of SQLite may take, however large the file is.
_CACHE = 64 << 20


def _made(place: str, claims: int) -> str:
    with Store(place, actor="Jana") as store:
        store.add_articles(stories(claims // _PER_ARTICLE, "memory", _PER_ARTICLE))
    return place


def _heard(work: Callable[..., None], place: str) -> Any:
    with child(work, place) as reader:
        return reader.hear()


def test_no_way_of_reading_holds_the_table(place: str) -> None:
    """Opening, paging, counting, searching and proving take no more of Python's memory for three times as many claims."""
    few = _heard(read, _made(place, 1_000))
    many = _heard(read, _made(place, 3_000))
    grown = {name: many[name] - few[name] for name in WAYS if many[name] - few[name] > 200_000}
    assert not grown, f"This grew with the table, in bytes: {grown}."


@pytest.mark.slow
def test_a_large_record_is_read_in_the_memory_of_a_small_one(place: str) -> None:
    """The peak of a process that reads 80,000 claims is that of one that reads 20,000, but for the database's bounded cache."""
    few = _heard(read_resident, _made(place, 20_000))
    many = _heard(read_resident, _made(place, 80_000))
    assert many - few < _CACHE, f"From {few >> 20} to {many >> 20} MB."
