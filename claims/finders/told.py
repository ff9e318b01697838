"""What a finder tells, piece by piece: candidates, and remarks on how they were found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from claims.errors import BadAnswer
from claims.finders.candidate import Candidate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence for the person on how was searched: what was left out, or asked otherwise."""

    words: str


#: One piece of what a finder tells. Where it breaks off with an error, what came before it stands.
Told: TypeAlias = Candidate | Remark


def read_each(records: Iterable[Any], read: Callable[[Any], T]) -> tuple[list[T], list[BadAnswer]]:
    """What could be read of these records, and the fault of each that could not.

    >>> from claims.finders.answers import words
    >>> good, bad = read_each([{"title": "Korda"}, {"title": 7}], lambda record: words(record, "title"))
    >>> good, [error.problem for error in bad]
    (['Korda'], ['An int stands where text should.'])
    """
    good: list[T] = []
    bad: list[BadAnswer] = []
    for record in records:
        try:
            good.append(read(record))
        except BadAnswer as error:
            bad.append(error)
    return good, bad


def told(good: Sequence[Candidate], bad: Sequence[BadAnswer]) -> list[Told]:
    """The candidates of one answer, after a remark on how many could not be read; where none could, the fault of the first.

    >>> [korda] = told([Candidate("atlas", "page", "Korda")], [])
    >>> told([korda], [BadAnswer("An int stands where text should.", "")])[0]
    Remark(words='1 of 2 finds could not be read and is left out: an int stands where text should.')
    """
    if not bad:
        return list(good)
    if not good:
        raise bad[0]
    why = bad[0].problem
    left = (
        f"{len(bad)} of {len(good) + len(bad)} finds could not be read and {'is' if len(bad) == 1 else 'are'} left out"
    )
    return [Remark(f"{left}: {why[:1].lower()}{why[1:]}"), *good]
