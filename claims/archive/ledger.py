"""The ledger: which pieces belong to which batch, written down before the first is read, and which batches are done.

A plan is a file of lines, written under another name and renamed when it is whole. A batch is done when the part of its claims is
there. Nothing else is remembered, so that nothing can disagree.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path

from claims.archive.parts import TABLES, made, path_of
from claims.archive.pieces import Piece, find_pieces
from claims.errors import StoreUnwritable


@dataclass(frozen=True, slots=True)
class Batch:
    """Pieces that become one part of each table."""

    no: int
    pieces: tuple[Piece, ...]


class Ledger:
    """The plans of an archive's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._plans = folder / "plan"

    def plan(self, sources: Iterable[str], size: int) -> int:
        """Write down the pieces of the sources that no plan holds yet, ``size`` to a batch; returns how many there were.

        The plans of before stay: a batch keeps its number and its pieces for good.
        """
        try:
            for name in ("plan", *TABLES):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnwritable(
                f"The folder {self.folder} cannot be made.", "See that it may be made there, or choose another place."
            ) from error
        last, known = 0, set[str]()
        for batch in self.batches():
            last = batch.no
            known.update(piece.place for piece in batch.pieces)
        whole = self._plans / f"{last + 1:08}.jsonl"
        begun = whole.with_suffix(f".{os.getpid()}.begun")
        found = 0
        with begun.open("w", encoding="utf-8") as file:
            for no, pieces in enumerate(_together(find_pieces(sources, known), size), last + 1):
                found += len(pieces)
                file.write(json.dumps([no, [astuple(piece) for piece in pieces]]) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if found:
            begun.replace(whole)
        else:
            begun.unlink()
        return found

    def batches(self) -> Iterator[Batch]:
        """Every batch that is planned, in order."""
        for path in sorted(self._plans.glob("*.jsonl")):
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    no, pieces = json.loads(line)
                    yield Batch(no, tuple(Piece(*piece) for piece in pieces))

    def undone(self) -> Iterator[Batch]:
        """The batches of which no part is there yet."""
        done = set(made(self.folder, "claims"))
        return (batch for batch in self.batches() if path_of(self.folder, "claims", batch.no).name not in done)

    def sweep(self) -> None:
        """Take away what killed workers and clients left half written; for when every batch is done."""
        for name in TABLES:
            for left in (self.folder / name).glob(".part-*"):
                left.unlink(missing_ok=True)
        for left in self._plans.glob("*.begun"):
            left.unlink(missing_ok=True)


def _together(pieces: Iterable[Piece], size: int) -> Iterator[tuple[Piece, ...]]:
    stream = iter(pieces)
    while batch := tuple(islice(stream, size)):
        yield batch
