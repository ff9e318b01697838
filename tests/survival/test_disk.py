"""A full disk, files that may only be read, a record that another program holds: a sentence, nothing lost, and on it goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count, repeat
from pathlib import Path
from time import perf_counter

import pytest

import claims
from claims.store import Store
from tests.survival.clerk import NOBODY, Clerk, Refusal, clerk
from tests.survival.desks import stories


def _assert_told(answer: object, kind: str, place: str | Path) -> None:
    """It is an error of this kind, in whole sentences that name the record and not the database's inside."""
    assert isinstance(answer, Refusal), f"It went through: {answer!r}."
    assert answer.kind == kind
    assert str(place) in answer.sentence
    assert answer.sentence[0].isupper()
    assert answer.sentence.endswith(".")
    assert not [word for word in ("sqlite3", "psycopg", "Error", "(", "database is locked") if word in answer.sentence]


def _write_until_refused(asked: Clerk) -> tuple[list[str], str, Refusal]:
    """What was acknowledged, what was to be written next, and what was said to that."""
    kept: list[str] = []
    for number in count():
        token = f"plenty {number}"
        answer = asked.ask("add", token)
        if isinstance(answer, Refusal):
            return kept, token, answer
        kept.append(token)
    raise AssertionError


def _titles(tokens: list[str]) -> list[str]:
    return sorted(article.title for token in tokens for article, _ in stories(4, token))


def _fill_and_go_on(place: Path, narrow: Callable[[Clerk], object], widen: Callable[[Clerk], object]) -> None:
    """Write until there is no room; all that was acknowledged is there, then and after closing; with room again it goes on."""
    with clerk() as asked:
        assert asked.ask("open", str(place)) is None
        narrow(asked)
        kept, token, answer = _write_until_refused(asked)
        assert kept
        _assert_told(answer, "StoreUnwritable", place)
        assert sorted(asked.ask("titles")) == _titles(kept)
        assert asked.ask("sound") is True
        widen(asked)
        assert asked.ask("add", token) == 4
        assert asked.ask("sound") is True
        assert asked.ask("close") is None
    with Store(place) as store:
        assert sorted(store.articles()["title"]) == _titles([*kept, token])
        assert store.verify() is None
        assert store.differences() == []


def _fill_up(ballast: Path) -> None:
    """Let this file take all the room that is left."""
    with ballast.open("ab", buffering=0) as more, pytest.raises(OSError, match="No space left"):
        more.writelines(repeat(bytes(4096)))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"Nobody here may mount a disk: {getattr(error, 'stderr', error)}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder that belongs to a user without the superuser's rights, in a place where they may go."""
    closed = [each for each in Path(claims.__file__).parents if not each.stat().st_mode & 0o001]
    if os.geteuid() == 0 and closed:
        pytest.skip(f"Nobody but the superuser may enter {closed[-1]}, where the program lies.")
    folder = Path(tempfile.mkdtemp(prefix="ground-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    shutil.rmtree(folder)


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    """On a disk that is full a write is refused whole and told; with room again the same write goes through, in the same store."""
    ballast = small_disk / "ballast"

    def narrow(_asked: Clerk) -> None:
        ballast.write_bytes(bytes(3 << 20))

    _fill_and_go_on(small_disk / "desk.sqlite", narrow, lambda _asked: ballast.unlink())


def test_a_full_disk_can_be_opened_once_there_is_room(small_disk: Path) -> None:
    """A record closed on a full disk opens, or says why not; with room again it opens and holds all that was acknowledged."""
    place, ballast = small_disk / "desk.sqlite", small_disk / "ballast"
    ballast.write_bytes(bytes(2 << 20))
    with clerk() as asked:
        assert asked.ask("open", str(place)) is None
        kept, token, _ = _write_until_refused(asked)
        assert asked.ask("close") is None
        _fill_up(ballast)
        answer = asked.ask("open", str(place))
        if answer is not None:
            _assert_told(answer, "StoreUnwritable", place)
        else:
            assert sorted(asked.ask("titles")) == _titles(kept)
        ballast.unlink()
        assert asked.ask("open", str(place)) is None
        assert sorted(asked.ask("titles")) == _titles(kept)
        assert asked.ask("add", token) == 4
        assert asked.ask("sound") is True


@pytest.mark.parametrize("size", [500, 1000, 3000])
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path, size: int) -> None:
    """Where a file may not grow beyond so many kilobytes, it is the same as on a full disk."""
    _fill_and_go_on(
        tmp_path / "desk.sqlite", lambda asked: asked.ask("limit", size << 10), lambda asked: asked.ask("limit", -1)
    )


def test_a_folder_that_may_only_be_read_is_told(ground: Path) -> None:
    """In a read-only folder no record can be made, and none written; once it may be written, both go through."""
    old, new = ground / "desk.sqlite", ground / "new.sqlite"
    with clerk() as asked:
        asked.ask("become_nobody")
        assert asked.ask("open", str(old)) is None
        assert asked.ask("add", "first") == 4
        assert asked.ask("close") is None
        ground.chmod(0o555)
        _assert_told(asked.ask("open", str(new)), "StoreUnwritable", new)
        _write_is_told(asked, old)
        ground.chmod(0o755)
        assert asked.ask("open", str(new)) is None
        assert asked.ask("open", str(old)) is None
        assert asked.ask("add", "second") == 4
        assert sorted(asked.ask("titles")) == _titles(["first", "second"])
        assert asked.ask("sound") is True


def test_a_file_that_may_only_be_read_is_told(ground: Path) -> None:
    """A read-only file is not written and nothing is lost; once it may be written it is, in a store that was open or opened anew."""
    place = ground / "desk.sqlite"
    with clerk() as asked:
        asked.ask("become_nobody")
        assert asked.ask("open", str(place)) is None
        assert asked.ask("add", "first") == 4
        assert asked.ask("close") is None
        place.chmod(0o444)
        opened = _write_is_told(asked, place)
        place.chmod(0o644)
        if not opened:
            assert asked.ask("open", str(place)) is None
        assert asked.ask("add", "second") == 4
        assert sorted(asked.ask("titles")) == _titles(["first", "second"])
        assert asked.ask("sound") is True


def _write_is_told(asked: Clerk, place: Path) -> bool:
    """What may only be read is refused at opening, or opens for reading and is refused at the first write. Whether it opened."""
    answer = asked.ask("open", str(place))
    if answer is None:
        assert sorted(asked.ask("titles")) == _titles(["first"])
        _assert_told(asked.ask("add", "second"), "StoreUnwritable", place)
        assert sorted(asked.ask("titles")) == _titles(["first"])
        return True
    _assert_told(answer, "StoreUnwritable", place)
    return False


def test_a_holder_that_is_killed_holds_nobody_up(place: str) -> None:
    """While another program holds the record a write waits; when that program is killed, the write goes through."""
    with clerk() as asked, clerk() as other:
        assert asked.ask("open", place) is None
        assert asked.ask("add", "first") == 4
        assert other.ask("hold", place) is None
        asked.tell("mark")
        other.process.kill()
        assert asked.process.hear() == 2
        assert asked.ask("sound") is True


@pytest.mark.slow
def test_a_held_record_is_told_after_a_while(place: str) -> None:
    """A record held for longer than a person would wait: a sentence, reading goes on, and the write goes through afterwards."""
    with clerk() as asked, clerk() as other:
        assert asked.ask("open", place) is None
        assert asked.ask("add", "first") == 4
        assert other.ask("hold", place) is None
        begun = perf_counter()
        _assert_told(asked.ask("mark"), "StoreLocked", "desk")
        assert perf_counter() - begun < 20
        assert sorted(asked.ask("titles")) == _titles(["first"])
        assert other.ask("release") is None
        assert asked.ask("mark") == 2
        assert asked.ask("sound") is True
