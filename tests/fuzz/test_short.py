"""A short fuzz of each target, from the hostile corpus on: no input makes it crash, hang or swell."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.fuzz.targets import TARGETS


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_a_short_fuzz_finds_no_crash(name: str) -> None:
    """Ten seconds of inputs guided by coverage end in a document or in a sentence."""
    pytest.importorskip("atheris", reason="the extra fuzz is not installed")
    found = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", name, "--seconds", "10"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr[-4_000:]
    assert re.search(r"Done \d+ runs", found.stderr)
