"""A search: all finders are asked at once, each in a thread of its own; one that fails is named, and the others answer."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Condition, Thread

from claims.errors import ClaimsError
from claims.finders.asking import Ask, Asker
from claims.finders.candidate import Candidate
from claims.finders.finder import Finder
from claims.finders.question import Question

#: Seconds that a whole search may take.
DEADLINE = 20.0

#: How it stands with a finder.
ASKING, FOUND, FAILED, SLOW, NOT_SET_UP = "asking", "found", "failed", "too slow", "not configured"


@dataclass(frozen=True, slots=True)
class Answer:
    """How it stands with one finder: what it found, or in ``why`` a sentence why it found nothing."""

    finder: Finder
    state: str
    candidates: tuple[Candidate, ...] = ()
    why: str = ""


class Search:
    """One question to several finders. It begins at once and never raises; :attr:`answers` says how far it is.

    >>> def none(question, ask): return []
    >>> def broken(question, ask): raise ClaimsError("The shelf is locked.", "Ask for the key.")
    >>> search = Search(Question("Korda"), [Finder("a", "Shelf A", none), Finder("b", "Shelf B", broken)])
    >>> [(answer.state, answer.why) for answer in search.wait()]
    [('found', ''), ('failed', 'The shelf is locked. Ask for the key.')]
    """

    def __init__(
        self,
        question: Question,
        finders: Sequence[Finder],
        asker: Asker | None = None,
        *,
        deadline: float = DEADLINE,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.question = question
        self._seconds = deadline
        self._until = time.monotonic() + deadline
        self._changed = Condition()
        self._answers = {finder.name: Answer(finder, ASKING) for finder in finders}
        asker = asker or Asker()
        for finder in finders:
            key = environment.get(finder.service.key, "") if finder.service else ""
            if finder.service and finder.service.key and not key:
                why = f"{finder.title} asks a key: set {finder.service.key} to yours, and start the desk again."
                self._answers[finder.name] = Answer(finder, NOT_SET_UP, (), why)
            else:
                ask = asker.of(finder.service, key, self._until) if finder.service else _nobody
                Thread(target=self._run, args=(finder, ask), name=f"finder {finder.name}", daemon=True).start()

    @property
    def answers(self) -> list[Answer]:
        """How it stands with each finder now, in the order of the list; after the deadline nobody is still asked."""
        late = time.monotonic() >= self._until
        with self._changed:
            found = list(self._answers.values())
        return [_too_slow(each, self._seconds) if late and each.state == ASKING else each for each in found]

    @property
    def is_over(self) -> bool:
        """Whether every finder has answered, or none will."""
        return all(answer.state != ASKING for answer in self.answers)

    def wait(self) -> list[Answer]:
        """Wait for all answers, or until the deadline."""
        return self.settle(self._until - time.monotonic())

    def settle(self, seconds: float) -> list[Answer]:
        """Wait for all answers, but no longer than this, nor than the deadline."""
        left = max(0.0, min(seconds, self._until - time.monotonic()))
        with self._changed:
            self._changed.wait_for(lambda: all(each.state != ASKING for each in self._answers.values()), left)
        return self.answers

    def _run(self, finder: Finder, ask: Ask) -> None:
        try:
            answer = Answer(finder, FOUND, tuple(finder.find(self.question, ask)))
        except ClaimsError as error:
            answer = Answer(finder, FAILED, (), str(error))
        except Exception as error:  # noqa: BLE001 - a fault of one finder is named, and the others answer
            answer = Answer(
                finder, FAILED, (), f"{finder.title} failed by a fault of its own ({type(error).__name__})."
            )
        with self._changed:
            self._answers[finder.name] = answer
            self._changed.notify_all()


def _too_slow(answer: Answer, seconds: float) -> Answer:
    why = f"{answer.finder.title} did not answer within {seconds:g} seconds. Search again, or go on without it."
    return Answer(answer.finder, SLOW, (), why)


def _nobody(_: Mapping[str, str]) -> object:
    raise AssertionError("a finder without a service asks none")
