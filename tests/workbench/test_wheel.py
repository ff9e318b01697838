"""The wheel: everything that the program reads at run time is in it, and it works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel was unpacked to; its modules come before the ones of this repository."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, *arguments: str) -> str:
    """What a fresh Python, started elsewhere, prints when it runs the installed packages."""
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=installed.parent, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    """Code and data alike: settings, stories, scales, weights, migrations."""
    packed = {name for name in ZipFile(wheel).namelist() if not name.partition("/")[0].endswith(".dist-info")}
    written = {
        path.relative_to(ROOT).as_posix()
        for package in ("claims", "workbench")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert packed == written
    assert {
        "workbench/.streamlit/config.toml",
        "workbench/stories/stories.toml",
        "claims/scales/averitec.toml",
    } <= packed


def test_the_wheel_brings_the_command_and_the_licence(wheel: Path) -> None:
    """Installing it gives the command ``workbench``; the licence travels with it."""
    with ZipFile(wheel) as archive:
        names = {name.partition("/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
        assert "workbench = workbench.cli:main" in archive.read(names["entry_points.txt"]).decode()
        assert "licenses/LICENSE" in names


def test_an_installed_wheel_fills_the_demo(installed: Path) -> None:
    """Stories, weights, scale and migrations are found from any folder."""
    code = (
        "import claims, workbench.demonstration as demo;"
        "store = claims.Store(':memory:'); demo.fill(store);"
        "print(claims.__file__, len(store.articles()), *claims.load_scale().labels, sep='|')"
    )
    where, articles, *labels = run(installed, "-c", code).strip().split("|")
    assert Path(where).is_relative_to(installed)
    assert (articles, labels[0]) == ("3", "Supported")


def test_an_installed_wheel_splits_from_the_command_line(installed: Path) -> None:
    """The command line works from the wheel alone."""
    story = installed / "workbench" / "stories" / "prison.txt"
    assert "312" in run(installed, "-m", "workbench", "split", str(story), "--published", "2024-03-03")
