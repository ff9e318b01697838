"""Fuzz one target, guided by coverage: ``python -m tests.fuzz.run page --seconds 600``; what made it crash lies beside, and is named.

A crash is an exception that is no ClaimsError, a run of more than ten seconds, or more than two gigabytes of memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

from tests.fuzz.targets import TARGETS, tried


def main() -> None:
    """Take the words of the command line and fuzz until the time is over: libFuzzer ends the process."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("target", choices=TARGETS)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--corpus", type=Path, help="Where what was found interesting is kept for the next run.")
    given = asked.parse_args()
    target = TARGETS[given.target]
    with atheris.instrument_imports(include=list(target.instrumented)):
        work = target.ready()
    corpus = given.corpus or Path(tempfile.mkdtemp())
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    flags = (
        f"-max_total_time={given.seconds}",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-max_len=20000",
        f"-artifact_prefix={corpus}/crash-",
    )
    atheris.Setup([sys.argv[0], *flags, str(corpus)], lambda content: tried(work, content))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
