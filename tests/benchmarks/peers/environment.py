"""A program's own environment: installed from the registry once and used again, and what it takes on the disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

#: Seconds that one installation may take.
PATIENCE = 1800

#: Where an environment keeps what was tried until it worked.
_TRIED = "tried.json"


class Environment:
    """A venv in a folder."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.tried: list[str] = []

    def command(self, name: str) -> str:
        """The path of an installed command."""
        return str(self.place / "bin" / name)

    def install(self, attempts: Sequence[Sequence[str]], works: Callable[[], str]) -> None:
        """Give pip each attempt until the program works; ``works`` returns what went wrong, or nothing.

        Raises RuntimeError with every attempt and its reason.
        """
        kept = self.place / _TRIED
        if kept.exists():
            self.tried = json.loads(kept.read_text(encoding="utf-8"))
            return
        if not (self.place / "bin" / "python").exists():
            subprocess.run([sys.executable, "-m", "venv", str(self.place)], check=True, timeout=PATIENCE)
        for wanted in attempts:
            problem = self._pip(wanted) or works()
            if not problem:
                self.tried.append(f"`pip install {' '.join(wanted)}` works")
                kept.write_text(json.dumps(self.tried), encoding="utf-8")
                return
            self.tried.append(f"`pip install {' '.join(wanted)}`: {problem}")
        raise RuntimeError("; ".join(self.tried))

    def renew(self, wanted: str) -> None:
        """Install this once more and nothing else: it may have changed since."""
        if problem := self._pip(["--force-reinstall", "--no-deps", wanted]):
            raise RuntimeError(problem)

    def packages(self) -> dict[str, str]:
        """The installed packages with their versions."""
        listed = [self.command("python"), "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
        told = subprocess.run(listed, check=True, capture_output=True, text=True, timeout=PATIENCE)
        return {each["name"].lower(): each["version"] for each in json.loads(told.stdout)}

    def megabytes(self) -> float:
        """What the environment takes on the disk."""
        found = (path.lstat() for path in self.place.rglob("*"))
        return sum(each.st_blocks * 512 for each in found) / 1e6

    def _pip(self, wanted: Sequence[str]) -> str:
        command = [self.command("python"), "-m", "pip", "install", "--disable-pip-version-check", "-q", *wanted]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
        return last_line(done.stderr) if done.returncode else ""


def last_line(said: str) -> str:
    """The last line that a program said, which is where Python names the error."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it ended and said nothing"
