"""The lock: a file that was taken away while somebody waited at it holds nobody off."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.archive import lock
from claims.archive.lock import locked


def test_a_file_that_was_taken_away_meanwhile_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused run unlinks its lock between another's opening and its taking: that one holds the new file, and a third is refused."""
    path, take, taken = tmp_path / ".lock", lock._take, list[int]()

    def late(file: int) -> None:
        if not taken:
            path.unlink()
        taken.append(file)
        take(file)

    monkeypatch.setattr(lock, "_take", late)
    with locked(path, OSError("busy")), pytest.raises(OSError, match="busy"), locked(path, OSError("busy")):
        pass
    assert len(taken) == 3
