"""The command line of archives: what it says of a run, and the way into the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.archive import Ledger, Progress
from claims.archive.batch import Limits, make
from claims.store import Query, Store
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
    """Given again, the command says that nothing was left to do."""
    told = run(tmp_path, "archive", tmp_path / "stories.jsonl", "--out", archived)
    assert told.exit_code == 0
    assert "0 articles read, 0 claims found" in told.output
    assert "dashboard" not in told.output


def test_a_source_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Before anything is begun."""
    told = run(tmp_path, "archive", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert told.exit_code == 2
    assert "There is no file or folder" in told.output


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
