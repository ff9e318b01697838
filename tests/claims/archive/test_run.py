"""A run on a cluster of this machine: what is killed goes on where it was, with nothing doubled and nothing missing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest

from claims.archive import Ledger, Progress, archive, read_table, run
from claims.archive.batch import Limits
from claims.archive.cluster import by_settings
from claims.archive.parts import made
from claims.errors import ClaimsError, NoSuchFile, StoreLocked
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


def test_what_is_no_address_is_told_and_the_program_ends(tmp_path: Path) -> None:
    """No client is left behind that would hold up the end of the program."""
    code = f"from claims.archive import archive; archive([{str(stories(tmp_path, 1))!r}], Path({str(tmp_path / 'out')!r}), cluster='nonsense')"
    done = subprocess.run(
        [sys.executable, "-c", f"from pathlib import Path; {code}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "No Dask cluster answers at nonsense." in done.stderr
    assert "Exception ignored" not in done.stderr


@contextmanager
def begun(module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Dask's, which is gone when the block ends."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("WORKBENCH_")}
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *words],
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[3],
        env=rest | {"PYTHONPATH": str(Path(__file__).parents[3])},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def scheduler() -> Iterator[tuple[str, Callable[[], None]]]:
    """A scheduler without a dashboard and without a worker: its address, and what kills it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with begun("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard") as process:
        yield f"tcp://127.0.0.1:{port}", process.kill


#: What a worker of these tests is begun with.
_WORKER = ("--nthreads", "1", "--no-nanny", "--no-dashboard")


@pytest.mark.slow
def test_a_cluster_that_ends_is_told_and_what_was_made_stays(
    tmp_path: Path, scheduler: tuple[str, Callable[[], None]]
) -> None:
    """Its scheduler killed in mid-run: a sentence names it and no log of Dask's, and the next run goes on where that one was."""
    address, kill = scheduler
    source, out = stories(tmp_path, 12), tmp_path / "out"
    code = f"""
from pathlib import Path
from claims.archive import archive
archive([{str(source)!r}], Path({str(out)!r}), cluster={address!r}, size=1, tell=lambda progress: print(progress.done, flush=True))
"""
    command = [sys.executable, "-c", code]
    with (
        begun("dask_worker", address, *_WORKER),
        subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
    ):
        try:
            heard(process, 2)
            kill()
            told = process.communicate(timeout=60)[1]
        finally:
            process.kill()
    assert f"The cluster at {address} is gone. See that it runs, and give the command again: it goes on where" in told
    assert "distributed.client - ERROR" not in told
    assert 2 <= Ledger(out).unfinished() <= 10
    archive([str(source)], out, workers=1)
    assert_whole(out, source)


@pytest.mark.slow
def test_a_result_that_goes_with_its_cluster_is_told(
    tmp_path: Path, scheduler: tuple[str, Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the end of a task and the asking for what it came to, too."""
    address, kill = scheduler
    wait = run._wait

    def wait_and_kill(client: Any, ending: Any) -> None:
        wait(client, ending)
        kill()

    monkeypatch.setattr(run, "_wait", wait_and_kill)
    with (
        begun("dask_worker", address, *_WORKER),
        pytest.raises(ClaimsError, match=rf"The cluster at {address} is gone"),
    ):
        archive([str(stories(tmp_path, 1))], tmp_path / "out", cluster=address)


@pytest.mark.slow
def test_a_cluster_without_a_worker_is_told(
    tmp_path: Path, scheduler: tuple[str, Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run waits so long and no longer, and says how one is begun; a dashboard that is not there is not told."""
    monkeypatch.setattr("claims.archive.run._PATIENCE", 1.0)
    told: list[Progress] = []
    with pytest.raises(ClaimsError, match=r"No worker is at work on the cluster at .* dask worker tcp://127"):
        archive([str(stories(tmp_path, 1))], tmp_path / "out", cluster=scheduler[0], tell=told.append)
    assert [progress.dashboard for progress in told] == [""]


@pytest.mark.slow
def test_a_worker_elsewhere_reads_by_the_settings_of_here(
    tmp_path: Path, scheduler: tuple[str, Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an article may have at most holds for a worker that was begun without it."""
    monkeypatch.setenv("WORKBENCH_LARGEST_ARTICLE", "50")
    with begun("dask_worker", scheduler[0], *_WORKER):
        archive([str(stories(tmp_path, 1))], tmp_path / "out", cluster=scheduler[0])
    [unread] = read_table(tmp_path / "out", "unread").to_dict("records")
    assert "more than the limit of 50" in unread["problem"]


def test_settings_hold_for_one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker was begun with is out of sight during the task, and there again after it, and after one that fails."""
    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "wiki.korda.example")
    monkeypatch.delenv("WORKBENCH_CONTACT", raising=False)
    told = {"WORKBENCH_CONTACT": "desk@korda.example"}
    assert by_settings(told, lambda: dict(os.environ)).keys() & {"WORKBENCH_ALLOW_HOSTS", *told} == told.keys()
    with pytest.raises(KeyError):
        by_settings(told, os.environ.__getitem__, "WORKBENCH_ALLOW_HOSTS")
    assert os.environ["WORKBENCH_ALLOW_HOSTS"] == "wiki.korda.example"
    assert "WORKBENCH_CONTACT" not in os.environ


def test_one_run_at_a_time_works_in_a_folder(tmp_path: Path) -> None:
    """A second is refused before it plans anything, and leaves the first alone."""
    source, out = str(stories(tmp_path, 1)), tmp_path / "out"
    with Ledger(out).held():
        Ledger(out).plan([source], 1)
        with pytest.raises(StoreLocked, match=r"Another run works in .*out\."):
            archive([str(stories(tmp_path, 1, 100))], out)
        assert len(list(Ledger(out).batches())) == 1
    with Ledger(out).held():
        pass


def test_a_killed_run_holds_nobody_up(tmp_path: Path) -> None:
    """kill -9 of who held the folder: the next has it at once."""
    code = f"import sys, time; from pathlib import Path; from claims.archive import Ledger\nwith Ledger(Path({str(tmp_path / 'out')!r})).held(): print('held', flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        try:
            with pytest.raises(StoreLocked), Ledger(tmp_path / "out").held():
                pass
        finally:
            process.kill()
    with Ledger(tmp_path / "out").held():
        pass


@pytest.mark.parametrize("before", [[], ["notes.txt"]], ids=["no folder", "a folder of somebody's"])
def test_a_run_that_is_refused_leaves_no_archive(tmp_path: Path, before: list[str]) -> None:
    """What was there stays, and nothing comes beside it."""
    out = tmp_path / "new" / "out"
    for name in before:
        out.mkdir(parents=True)
        (out / name).write_text("Call Korda.", encoding="utf-8")
    with pytest.raises(NoSuchFile):
        archive([str(stories(tmp_path, 1)), str(tmp_path / "nowhere")], out)
    assert out.parent.exists() == bool(before)
    assert [path.name for path in out.parent.rglob("*")] == [*(["out"] if before else []), *before]


def test_without_the_extra_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written then."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClaimsError, match=r"pip install 'claims-workbench\[cluster\]'"):
        archive([str(stories(tmp_path, 1))], tmp_path / "out")
    assert not (tmp_path / "out").exists()
