"""The ledger: which pieces belong to which batch, written down before the first is read, and which batches are done.

A plan is a file of lines, written under another name and renamed when it is whole. A batch is done when the part of its claims is
there. Nothing else is remembered, so that nothing can disagree.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from claims.archive.anew import clear, drop, given_up, keep, numbered, sought_anew, unread_of
from claims.archive.lock import locked
from claims.archive.parts import TABLES, gone, made, path_of, plans
from claims.archive.piece import Piece
from claims.archive.pieces import find_pieces
from claims.archive.places import key_of, places, stamp_now
from claims.archive.warcs import counts_failures
from claims.errors import StoreCorrupt, StoreLocked, StoreUnwritable


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
        self._lock = self._plans / ".lock"

    @contextmanager
    def held(self) -> Iterator[None]:
        """The archive's folder for this run alone; of one that is refused before anything is planned, nothing is left there.

        However the run ends, the next one may have it. Raises StoreLocked where another run works there.
        """
        try:
            new = [path for path in (self.folder, *self.folder.parents) if not path.exists()]
            self._plans.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable() from error
        busy = StoreLocked(f"Another run works in {self.folder}.", "Wait until it has ended, or give another --out.")
        with locked(self._lock, busy):
            try:
                yield
            finally:
                if not plans(self.folder):
                    self._leave(new)

    def _leave(self, new: Iterable[Path]) -> None:
        """Take away what was made for an archive that does not come about, and nothing that holds something else."""
        self.sweep()
        with suppress(OSError):
            self._lock.unlink()
        for folder in (*(self.folder / name for name in ("plan", *TABLES)), *new):
            with suppress(OSError):
                folder.rmdir()

    def _unwritable(self) -> StoreUnwritable:
        return StoreUnwritable(
            f"The folder {self.folder} cannot be made.", "See that it may be made there, or choose another place."
        )

    def plan(self, sources: Iterable[str], size: int, *, again: bool = False) -> int:
        """Write down the pieces of the sources that no plan holds yet, ``size`` to a batch; returns how many there were.

        The plans of before stay: a batch keeps its number and its pieces for good. With ``again``, what of these sources stands
        unread and the files that have changed are planned anew: their batches are given up, and what else lay in these is kept
        as batches of new numbers.
        """
        sources = list(sources)
        self._refuse_itself(sources)
        try:
            for name in ("plan", *TABLES):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable() from error
        self._clear()
        left, sought = self._given_up(sources) if again else ([], frozenset[str]())
        planned = {piece.place for batch in self.batches() for piece in batch.pieces}
        known = {place for place in planned if key_of(place) not in sought} if sought else planned
        once_more = [
            piece for batch, stays in left for piece in batch.pieces if piece.place in known and piece not in stays
        ]
        kept = [(batch, stays) for batch, stays in left if stays]
        last = self._last()
        new = enumerate(_together(chain(once_more, find_pieces(sources, known)), size), last + len(kept) + 1)
        found = self._write_down(last + 1, [batch.no for batch, _ in left], kept, new)
        clear(self.folder, {batch.no for batch in self.batches()})
        return found

    def _given_up(self, sources: Iterable[str]) -> tuple[list[tuple[Batch, list[Piece]]], Collection[str]]:
        """What is read anew: the batches that hold it, each with what stays, and the keys of what is planned from the start."""
        today, unread = _today(sources), unread_of(self.folder, self.batches())
        sought = sought_anew(self.batches(), unread, today)
        return list(given_up(self.batches(), unread, today, sought)), sought

    def _last(self) -> int:
        """The highest number that was ever given: to a batch, be it given up since, or to a plan."""
        told = (no for no, _ in self._lines())
        return max(chain(told, gone(self.folder), (int(path.stem) for path in plans(self.folder))), default=0)

    def _clear(self) -> None:
        """Take away the parts of batches that were given up, and those that a killed run made before its plan stood.

        Raises StoreCorrupt where parts lie there that no plan ever told of: a plan is missing, and what it told of is not for us to delete.
        """
        planned, begun = {batch.no for batch in self.batches()}, list(self._plans.glob("*.begun"))
        odd = numbered(self.folder) - planned - gone(self.folder)
        last = self._last()
        if lost := sorted(no for no in odd if not begun or no <= last):
            raise StoreCorrupt(
                f"{self.folder} holds parts that are of no plan: {len(lost):,}, the first {path_of(self.folder, 'claims', lost[0]).name}.",
                "Put its folder plan/ back as it was, or give another --out.",
            )
        clear(self.folder, planned)
        for left in begun:
            left.unlink(missing_ok=True)

    def _write_down(
        self,
        first: int,
        instead: list[int],
        kept: list[tuple[Batch, list[Piece]]],
        new: Iterable[tuple[int, Sequence[Piece]]],
    ) -> int:
        """A plan: what stays of the batches that it stands ``instead`` of, then what is new; returns how many pieces are new."""
        whole = self._plans / f"{first:08}.jsonl"
        begun = whole.with_suffix(f".{os.getpid()}.begun")
        found = 0
        try:
            with begun.open("w", encoding="utf-8") as file:
                if instead:
                    file.write(json.dumps({"instead": instead}) + "\n")
                for no, (_, stays) in enumerate(kept, first):
                    file.write(_line(no, stays))
                for no, pieces in new:
                    found += len(pieces)
                    file.write(_line(no, pieces))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            begun.unlink(missing_ok=True)
            raise StoreUnwritable(
                f"What is to be read cannot be written down in {self._plans}.",
                "See that you may write there and that it has room, or choose another place.",
            ) from error
        for no, (batch, stays) in enumerate(kept, first):
            keep(self.folder, batch, stays, no)
        if found or instead:
            begun.replace(whole)
        else:
            begun.unlink()
        return found

    def changed(self, sources: Iterable[str]) -> list[str]:
        """The files of these sources that have changed since they were planned, as they were named then."""
        today = _today(sources)
        planned = (piece for batch in self.batches() for piece in batch.pieces if piece.stamp)
        return list(
            dict.fromkeys(each.place for each in planned if (today.get(key_of(each.place)) or each.stamp) != each.stamp)
        )

    def batches(self) -> Iterator[Batch]:
        """Every batch that is planned and not given up, in order."""
        left = gone(self.folder)
        return (Batch(no, tuple(Piece(*piece) for piece in pieces)) for no, pieces in self._lines() if no not in left)

    def _lines(self) -> Iterator[tuple[int, list[list[Any]]]]:
        """The number and the pieces of every batch that was ever planned."""
        for path in plans(self.folder):
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    if isinstance(told := json.loads(line), list):
                        no, pieces = told
                        yield no, pieces

    def _refuse_itself(self, sources: Iterable[str]) -> None:
        if any(key_of(source) == key_of(str(self.folder)) for source in sources):
            raise StoreUnwritable(
                f"The folder {self.folder} is to be read and to be written.", "Give another --out, beside or inside it."
            )

    def undone(self) -> Iterator[Batch]:
        """The batches of which a part is not there yet."""
        done = set(made(self.folder, "claims"))
        return (batch for batch in self.batches() if path_of(self.folder, "claims", batch.no).name not in done)

    def unfinished(self) -> int:
        """How many batches are not done yet."""
        return sum(1 for _ in self.undone())

    def failures(self) -> int:
        """How much of what stands unread only counts the failures of a crawl, which no reading of its file will mend."""
        done = set(made(self.folder, "claims"))
        whole = (batch for batch in self.batches() if path_of(self.folder, "claims", batch.no).name in done)
        return sum(counts_failures(piece) for batch in whole for piece in batch.pieces)

    def sweep(self) -> None:
        """Take away what killed workers and clients left half written or too late; for when every batch is done."""
        drop(self.folder, gone(self.folder) & numbered(self.folder))
        for name in TABLES:
            for left in (self.folder / name).glob(".part-*"):
                left.unlink(missing_ok=True)
        for left in self._plans.glob("*.begun"):
            left.unlink(missing_ok=True)


def _today(sources: Iterable[str]) -> dict[str, str]:
    """The stamps of now of all that the sources hold, by the keys of the places."""
    return {key_of(place): stamp_now(place) for source in sources for _, place in places(source)}


def _line(no: int, pieces: Iterable[Piece]) -> str:
    return json.dumps([no, [astuple(piece) for piece in pieces]]) + "\n"


def _together(pieces: Iterable[Piece], size: int) -> Iterator[tuple[Piece, ...]]:
    stream = iter(pieces)
    while batch := tuple(islice(stream, size)):
        yield batch
