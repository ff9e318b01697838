"""Memory that does not grow with the table: three times the claims are read in the same memory."""

from __future__ import annotations

import subprocess
import sys
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


#: Reads a text of so many sentences, apart by what it is given, and prints the most bytes that it took.
_READING = """
import random, sys
from pathlib import Path
from claims import find_claims, read_article
random.seed(1)
who, did, where = ("guards prison union ministry court village convoy soldier nurse".split(), "left joined closed opened visited".split(),
    ["Korda", "Dorn", "Vell", "Tesna"])
said = [f"The {random.choice(who)} {random.choice(did)} {random.randint(2, 900)} wards in {random.choice(where)}." for _ in range(6_000)]
find_claims(read_article(sys.argv[1].encode().decode("unicode_escape").join(said).encode(), name="story.txt"))
print(int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) << 10)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_a_text_on_one_line_takes_the_memory_of_one_in_paragraphs() -> None:
    """A transcript without a line's end is parsed in pieces, of which few are held at once."""
    line, paragraphs = (
        int(
            subprocess.run([sys.executable, "-c", _READING, between], capture_output=True, text=True, check=True).stdout
        )
        for between in (" ", r"\n\n")
    )
    assert line < 1.5 * paragraphs, f"{line >> 20} MB on one line, {paragraphs >> 20} MB in paragraphs."
