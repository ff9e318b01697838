"""A run on a cluster of this machine: what is killed goes on where it was, with nothing doubled and nothing missing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
import psutil
import pytest

from claims.archive import Progress, archive, read_table
from claims.archive.batch import Limits
from claims.archive.parts import made
from claims.errors import ClaimsError
from tests.claims.archive.test_parts import STORY, plainly, stories

#: A client of its own, which tells of each part on its standard output.
CLIENT = """
import sys
from pathlib import Path
from claims.archive import archive

if __name__ == "__main__":
    archive([sys.argv[1]], Path(sys.argv[2]), workers=2, size=2, tell=lambda progress: print(progress.done, flush=True))
"""


@contextmanager
def client(folder: Path, source: Path) -> Iterator[subprocess.Popen[str]]:
    """A client at work, in a process that is gone when the block ends."""
    script = folder / "client.py"
    script.write_text(CLIENT, encoding="utf-8")
    root = str(Path(__file__).parents[3])
    process = subprocess.Popen(
        [sys.executable, str(script), str(source), str(folder / "out")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def heard(process: subprocess.Popen[str], done: int) -> None:
    """Return once the client says that so many parts are done."""
    assert process.stdout
    for line in process.stdout:
        if int(line) >= done:
            return
    raise AssertionError("The client has ended.")


def assert_whole(out: Path, source: Path) -> None:
    """What the engine alone finds stands in the archive, each row once."""
    found = read_table(out).sort_values("claim_id", ignore_index=True)
    pd.testing.assert_frame_equal(found, plainly(source).sort_values("claim_id", ignore_index=True))
    assert read_table(out, "unread").empty
    assert not [path for table in ("claims", "articles", "unread") for path in (out / table).glob(".*")]


@pytest.mark.slow
def test_a_killed_client_and_a_killed_worker_lose_and_double_nothing(tmp_path: Path) -> None:
    """kill -9 of the client, then of a worker of the next client: the archive is that of a run which nobody disturbed."""
    source, out = stories(tmp_path, 60), tmp_path / "out"
    with client(tmp_path, source) as process:
        heard(process, 3)
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
        assert not psutil.wait_procs(children, timeout=20)[1], "Its workers outlive their client."
    there = len(made(out, "claims"))
    assert 3 <= there < 30
    with client(tmp_path, source) as process:
        heard(process, there + 3)
        workers = [
            child
            for child in psutil.Process(process.pid).children(recursive=True)
            if "spawn_main" in " ".join(child.cmdline())
        ]
        os.kill(workers[0].pid, signal.SIGKILL)
        assert process.stdout
        assert int(process.stdout.read().split()[-1]) == 30
        assert process.wait() == 0
    assert_whole(out, source)


def _listening() -> Iterator[tuple[str, int]]:
    """Where this process and its children listen."""
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        with suppress(psutil.Error):
            yield from (
                (link.laddr.ip, link.laddr.port)
                for link in process.net_connections("inet")
                if link.status == psutil.CONN_LISTEN
            )


@pytest.mark.slow
def test_an_article_that_ends_its_worker_costs_only_itself(tmp_path: Path) -> None:
    """It is tried alone, then told; its neighbours are there, matched over the parts, and a second run has nothing to do."""
    source = stories(tmp_path, 9)
    endless = json.dumps({"text": "\n\n".join(STORY.format(n=n) for n in range(3_000))})
    lines = source.read_text(encoding="utf-8").splitlines()
    source.write_text("\n".join([*lines[:5], endless, *lines[5:]]), encoding="utf-8")
    told: list[Progress] = []
    limits = Limits(seconds=2)
    done = archive([str(source)], tmp_path / "out", workers=1, size=5, match=True, limits=limits, tell=told.append)
    assert told[0].dashboard.startswith("http://127.0.0.1:")
    [unread] = read_table(tmp_path / "out", "unread").to_dict("records")
    assert unread["problem"].endswith("line 6 could not be read within 2 seconds.")
    assert len(read_table(tmp_path / "out", "articles")) == 9
    assert len(read_table(tmp_path / "out", "pairs")) == done.pairs > 0
    assert (
        archive([str(source)], tmp_path / "out", match=True, tell=told.append).articles == 0
    )  # and no cluster is begun


@pytest.mark.slow
def test_a_cluster_of_this_machine_listens_here_alone(tmp_path: Path) -> None:
    """Scheduler, workers and dashboard are on 127.0.0.1, and on no address of the network."""
    listening: set[tuple[str, int]] = set()
    archive([str(stories(tmp_path, 1))], tmp_path / "out", workers=1, tell=lambda _: listening.update(_listening()))
    assert {host for host, _ in listening} == {"127.0.0.1"}


def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is named, and what one looks like."""
    monkeypatch.setattr("claims.archive.cluster._PATIENCE", "1s")
    with pytest.raises(ClaimsError, match=r"No Dask cluster answers at tcp://127.0.0.1:9\."):
        archive([str(stories(tmp_path, 1))], tmp_path / "out", cluster="tcp://127.0.0.1:9")


def test_without_the_extra_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written then."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClaimsError, match=r"pip install 'claims-workbench\[cluster\]'"):
        archive([str(stories(tmp_path, 1))], tmp_path / "out")
    assert not (tmp_path / "out").exists()
