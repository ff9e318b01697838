"""Ends a server of the tests when whoever started it is gone, however they went: killed, too.

Run as ``python tests/keeper.py folder user [pg_ctl ...]`` with a pipe as its input, which its starter holds open. At
the pipe's end it stops the server, if one runs, and removes the folder. ``user`` is the number of the one who runs the
server, or nothing where that is the starter.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path


def main(folder: Path, user: str, stop: list[str]) -> int:
    """Wait for the end, then tidy up; returns 0 where nothing is left."""
    sys.stdin.buffer.read()
    told = 0
    if (folder / "data" / "postmaster.pid").exists():
        runs_as = {"user": int(user), "group": int(user), "extra_groups": []} if user else {}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        told = subprocess.run(stop, cwd=folder, check=False, **quiet, **runs_as).returncode
    shutil.rmtree(folder)
    return told


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
