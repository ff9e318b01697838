"""The pinned versions of a reproducible install: every one with its hashes, within the ranges, and from nowhere in particular."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PINNED = (ROOT / "tests" / "constraints.txt").read_text(encoding="utf-8")

#: A pinned version: its name, its number, perhaps where it counts, and its hashes on the lines that follow.
_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: ; [^\n\\]+)?(?P<hashes>(?: \\\n {4}--hash=sha256:[0-9a-f]{64})+)$",
    re.MULTILINE,
)


def _direct() -> list[Requirement]:
    """What pyproject.toml asks for, the extras too, itself not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    asked = [Requirement(line) for lines in lists for line in lines]
    return [requirement for requirement in asked if requirement.name != project["name"]]


def test_the_file_is_nothing_but_pins_with_hashes() -> None:
    """No address, no option, no version without its hashes: any registry that has these very files will do."""
    assert _PIN.sub("", PINNED).strip() == ""
    assert "://" not in PINNED
    assert not re.search(r"--(?!hash=sha256:)", PINNED)


@pytest.mark.parametrize("requirement", _direct(), ids=lambda requirement: requirement.name)
def test_each_dependency_is_pinned_within_its_range(requirement: Requirement) -> None:
    """What pyproject.toml asks for stands in the file, in a version that it allows."""
    pinned = [
        found["version"]
        for found in _PIN.finditer(PINNED)
        if canonicalize_name(found["name"]) == canonicalize_name(requirement.name)
    ]
    assert pinned
    assert all(requirement.specifier.contains(Version(version), prereleases=True) for version in pinned)
