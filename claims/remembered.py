"""Remembered: the last so many things that were made, by their keys, for any thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Remembered(Generic[Key, Made]):
    """At most so many things; the one that nobody has asked for longest is let go for the next.

    >>> squares = Remembered[int, int](2)
    >>> [squares.made(number, lambda number=number: number**2) for number in (3, 4, 3, 5)]
    [9, 16, 9, 25]
    >>> 3 in squares, 4 in squares, len(squares)
    (True, False, 2)
    >>> squares[4]
    Traceback (most recent call last):
        ...
    KeyError: 4
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Made] = OrderedDict()
        self._lock = Lock()

    def made(self, key: Key, make: Callable[[], Made]) -> Made:
        """What is remembered under a key, or else what is made now; two threads may make it at once. What ``make`` raises is not kept."""
        try:
            return self[key]
        except KeyError:
            self[key] = found = make()
            return found

    def __getitem__(self, key: Key) -> Made:
        """What is remembered under a key. KeyError."""
        with self._lock:
            self._kept.move_to_end(key)
            return self._kept[key]

    def __setitem__(self, key: Key, made: Made) -> None:
        """Remember it as the last."""
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def __contains__(self, key: Key) -> bool:
        """Whether something is remembered under a key."""
        with self._lock:
            return key in self._kept

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._kept)
