"""The command line of archives: what it says of a run, and the way into the store."""

from __future__ import annotations

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.archive import Ledger, Progress, count_rows
from claims.archive.batch import Limits, make
from claims.archive.pairing import compare, uncompared
from claims.store import Query, Store
from tests.claims.archive.test_warcs import answer
from workbench.cli import main
from workbench.commands.archive import _Bar

STORY = "Guards walk out in Korda\n\nAt least {n} inmates fled on Sunday. Two vans waited at the gate."


@pytest.fixture
def archived(tmp_path: Path) -> Path:
    """The folder of an archive that is done: three articles, and a line that is none."""
    lines = [json.dumps({"text": STORY.format(n=n), "published": "2024-03-03"}) for n in (312, 785, 900)]
    (tmp_path / "stories.jsonl").write_text("\n".join([*lines, "{torn"]), encoding="utf-8")
    ledger = Ledger(tmp_path / "out")
    ledger.plan([str(tmp_path / "stories.jsonl")], 2)
    for batch in ledger.batches():
        make(ledger.folder, batch, Limits())
    return tmp_path / "out"


def run(folder: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(
        main, ["--store", str(folder / "desk.sqlite"), "--as", "Jana", *map(str, arguments)], catch_exceptions=False
    )


def test_an_archive_is_imported_by_one_command(archived: Path, tmp_path: Path) -> None:
    """Shown first with --dry-run; kept with its claims; given again, it is there already."""
    assert "3 articles would be kept" in run(tmp_path, "import", archived, "--dry-run").output
    assert not (tmp_path / "desk.sqlite").exists()
    assert "3 articles kept, 0 there already." in run(tmp_path, "import", archived).output
    assert "0 articles kept, 3 there already." in run(tmp_path, "import", archived).output
    with Store(tmp_path / "desk.sqlite") as store:
        assert store.verify() is None
        assert {"312", "785", "900"} <= set(" ".join(row["claim"] for row in store.rows(Query())).split())


def test_a_folder_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    """What makes one is said."""
    told = run(tmp_path, "import", tmp_path)
    assert told.exit_code == 2
    assert "is no archive. Make one with: workbench archive SOURCE... --out" in told.output


def test_an_archive_that_is_done_begins_no_cluster(archived: Path, tmp_path: Path) -> None:
    """Given again, the command says what is there, that nothing was left to do, and what still stands unread."""
    told = run(tmp_path, "archive", tmp_path / "stories.jsonl", "--out", archived)
    assert told.exit_code == 3
    held = f"3 articles and {count_rows(archived, 'claims')} claims in {archived}; "
    assert f"{held}this time 0 articles read, 0 claims found." in told.output
    assert f"1 source could not be read, told in {archived / 'unread'}. See to them, then add --again." in told.output
    assert "dashboard" not in told.output


def test_the_pairs_that_are_there_are_told_when_nothing_is_left_to_compare(archived: Path, tmp_path: Path) -> None:
    """Not those of this run alone."""
    for each in uncompared(archived):
        compare(archived, each)
    assert (pairs := count_rows(archived, "pairs")) > 0
    told = run(tmp_path, "archive", tmp_path / "stories.jsonl", "--out", archived, "--match")
    assert (
        f"{pairs} pairs that repeat or contradict each other in {archived / 'pairs'}; 0 found this time." in told.output
    )


@pytest.mark.slow
def test_what_was_mended_is_read_with_again(archived: Path, tmp_path: Path) -> None:
    """A changed source is told, and the exit code asks for a person; with --again all is read, nothing twice, and it is 0."""
    source = tmp_path / "stories.jsonl"
    source.write_text(source.read_text(encoding="utf-8").replace("{torn", json.dumps({"text": STORY.format(n=7)})))
    told = run(tmp_path, "archive", source, "--out", archived)
    assert told.exit_code == 3
    assert f"Changed since the reading: 1 source, the first {source}." in told.output
    again = run(tmp_path, "archive", source, "--out", archived, "--again", "--workers", "1")
    assert again.exit_code == 0
    assert f"4 articles and {count_rows(archived, 'claims')} claims in {archived}; " in again.output
    assert "could not be read" not in again.output
    assert run(tmp_path, "archive", source, "--out", archived).exit_code == 0


def test_files_that_are_left_out_are_counted(tmp_path: Path) -> None:
    """By the endings of their names; that they are there is no failure."""
    source, out = tmp_path / "sources", tmp_path / "out"
    source.mkdir()
    for name in ("a.csv", "b.csv", "c.doc", "d.txt"):
        (source / name).write_text(STORY.format(n=312), encoding="utf-8")
    ledger = Ledger(out)
    ledger.plan([str(source)], 4)
    for batch in ledger.batches():
        make(ledger.folder, batch, Limits())
    told = run(tmp_path, "archive", source, "--out", out)
    assert "Left out, files of the folders by how their names end: 2 in .csv, 1 in .doc." in told.output
    assert told.exit_code == 0


def test_workers_of_a_cluster_are_its_own(tmp_path: Path) -> None:
    """Both options at once are refused before anything is made."""
    options = ["--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9", "--workers", "2"]
    told = run(tmp_path, "archive", tmp_path, *options)
    assert told.exit_code == 2
    assert "Give --cluster or --workers, not both." in told.output
    assert not (tmp_path / "out").exists()


def test_an_archive_that_is_not_read_to_its_end_is_not_imported(archived: Path, tmp_path: Path) -> None:
    """It says how many batches are left; only --unfinished takes what is there."""
    sorted((archived / "claims").iterdir())[1].unlink()
    told = run(tmp_path, "import", archived)
    assert told.exit_code == 2
    assert (
        f"1 of 2 batches of {archived} is not read yet. Give its workbench archive command again first" in told.output
    )
    assert not (tmp_path / "desk.sqlite").exists()
    assert "2 articles kept" in run(tmp_path, "import", archived, "--unfinished").output


def test_a_source_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Before anything is begun, and no folder is left that passes for an archive."""
    told = run(tmp_path, "archive", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert told.exit_code == 2
    assert "There is no file or folder" in told.output
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_a_dashboard_has_none_told(capsys: pytest.CaptureFixture[str]) -> None:
    """No link that leads nowhere."""
    with _Bar() as bar:
        bar.hear(Progress("articles", 0, 1))
    assert "dashboard" not in capsys.readouterr().err


def test_the_bar_tells_rate_and_dashboard(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the dashboard is, what was there already, and how fast it goes, from what this run has done alone."""
    monkeypatch.setattr("click._termui_impl.isatty", lambda _: True)
    moments = iter([0.0, 0.0, 10.0, 20.0])
    monkeypatch.setattr("workbench.commands.archive.time.monotonic", lambda: next(moments, 20.0))
    with _Bar() as bar:
        bar.hear(Progress("articles", 4, 10, dashboard="http://127.0.0.1:8787/status"))
        bar.hear(Progress("articles", 5, 10, articles=50, claims=400, dashboard="http://127.0.0.1:8787/status"))
    told = capsys.readouterr().err
    assert "Dask's dashboard: http://127.0.0.1:8787/status" in told
    assert "4 parts of 10 are there already." in told
    assert "1/6" in told
    assert "articles, " in told
    assert "claims a second" in told


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each task where it is given out: what a cluster does is another file's to test."""
    monkeypatch.setattr("claims.archive.run.at_work", lambda *_: nullcontext(None))
    monkeypatch.setattr("claims.archive.run.dashboard", lambda _: "")
    monkeypatch.setattr("claims.archive.run._each_done", lambda _, tasks: (task.call(*task.given) for task in tasks))


def test_pairs_that_go_with_what_is_read_anew_are_told(
    archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And how they are found again; with --match they are, and nothing is said."""
    in_this_process(monkeypatch)
    source = tmp_path / "stories.jsonl"
    for each in uncompared(archived):
        compare(archived, each)
    pairs = count_rows(archived, "pairs")
    told = run(tmp_path, "archive", source, "--out", archived, "--again").output
    assert f"{pairs} pairs were taken away, since batches were read anew; add --match to compare anew." in told
    assert "taken away" not in run(tmp_path, "archive", source, "--out", archived, "--again", "--match").output
    assert count_rows(archived, "pairs") == pairs


def test_a_folder_that_is_emptied_while_it_is_read_spoils_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is told of the sources is of when they were planned."""
    in_this_process(monkeypatch)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("a.txt", "b.csv"):
        (inbox / name).write_text(STORY.format(n=312), encoding="utf-8")
    sweep = Ledger.sweep

    def emptied(ledger: Ledger) -> None:
        sweep(ledger)
        shutil.rmtree(inbox)

    monkeypatch.setattr(Ledger, "sweep", emptied)
    told = run(tmp_path, "archive", inbox, "--out", tmp_path / "out")
    assert told.exit_code == 0
    assert "1 in .csv." in told.output


def test_what_no_reading_mends_does_not_ask_for_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failures of a crawl are told in the run that met them and in no later one, and the exit code is 0."""
    in_this_process(monkeypatch)
    (tmp_path / "a.warc").write_bytes(answer("404 Not Found") + answer("200 OK"))
    first, second = (run(tmp_path, "archive", tmp_path / "a.warc", "--out", tmp_path / "out") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Not read: " in first.output
    assert "Not read: " not in second.output
    assert "1 source could not be read" in second.output


def test_archives_among_the_sources_are_told(archived: Path, tmp_path: Path) -> None:
    """Nothing is left out in silence."""
    told = run(tmp_path, "archive", tmp_path, "--out", archived).output
    assert "Passed over, for it is no source: 1 archive inside." in told
