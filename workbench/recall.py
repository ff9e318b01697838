"""What was read of the record is kept until the record moves: between two events the same question has the same answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from claims import Store

T = TypeVar("T")

_NOTHING = object()

#: Answers that are kept of one store; then all are let go.
_MOST = 256

_kept: WeakKeyDictionary[Store, tuple[int, dict[Hashable, Any]]] = WeakKeyDictionary()


class Recall:
    """The record as of its newest event.

    An answer may be newer than that event, never older: what is kept is asked after the event was looked up. Who gets an
    answer changes nothing in it, for others get the same.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.newest = store.latest_event_seq()
        newest, answers = _kept.get(store, (-1, {}))
        if newest != self.newest:
            answers = {}
            _kept[store] = (self.newest, answers)
        self._answers = answers

    def __call__(self, ask: Callable[..., T], *given: Hashable, **named: Hashable) -> T:
        """What the store's method gives; asked once until the next event."""
        question = (ask.__qualname__, given, tuple(named.items()))
        kept: T | object = self._answers.get(question, _NOTHING)  # in one step: another session may let all go
        if kept is not _NOTHING:
            return cast("T", kept)
        if len(self._answers) >= _MOST:
            self._answers.clear()
        answer = self._answers[question] = ask(*given, **named)
        return answer
