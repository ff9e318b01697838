"""A search: all finders are asked at once, each in a thread of its own; one that fails is named, and the others answer."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Condition, Thread
from typing import NoReturn

from claims.errors import BadStatus, ClaimsError
from claims.finders.asking import Ask, Asker, waiting
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST, Finder
from claims.finders.question import Question
from claims.finders.told import Remark

#: Seconds that a whole search may take.
DEADLINE = 20.0

#: How it stands with a finder.
ASKING, FOUND, FAILED, SLOW, NOT_SET_UP = "asking", "found", "failed", "too slow", "not configured"


@dataclass(frozen=True, slots=True)
class Answer:
    """How it stands with one finder: what it found, and in ``why`` how, in sentences: why it is nothing, or not all.

    ``not_before`` is the moment from which its service may be asked again, where that has said so.
    """

    finder: Finder
    state: str
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    not_before: datetime | None = None


class Search:
    """One question to several finders. It begins at once and never raises; :attr:`answers` says how far it is.

    >>> def none(question, ask): return []
    >>> def broken(question, ask): raise ClaimsError("The shelf is locked.", "Ask for the key.")
    >>> search = Search(Question("Korda"), [Finder("a", "Shelf A", none), Finder("b", "Shelf B", broken)])
    >>> [(answer.state, answer.why) for answer in search.wait()]
    [('found', ''), ('failed', 'The shelf is locked. Ask for the key.')]

    What a finder has told before it fails or is given up stays:

    >>> def breaking_off(question, ask):
    ...     yield Candidate("c", "page", "Korda")
    ...     raise ClaimsError("The shelf fell.", "Put it up.")
    >>> [answer] = Search(Question("Korda"), [Finder("c", "Shelf C", breaking_off)]).wait()
    >>> answer.state, len(answer.candidates), answer.why
    ('found', 1, 'There may be more. The shelf fell. Put it up.')
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
        answer = Answer(finder, ASKING)
        try:
            for piece in finder.find(self.question, ask):
                if isinstance(piece, Remark):
                    said = piece.words in answer.why  # as it is where one asks twice
                    answer = answer if said else replace(answer, why=_joined(answer.why, piece.words))
                else:
                    answer = replace(answer, candidates=(*answer.candidates, piece))
                self._keep(answer)
                if len(answer.candidates) >= MOST:
                    break
            answer = replace(answer, state=FOUND)
        except ClaimsError as error:
            answer = replace(_broken_off(answer, str(error)), not_before=_not_before(error))
        except Exception as error:  # noqa: BLE001 - a fault of one finder is named, and the others answer
            answer = _broken_off(answer, f"{finder.title} failed by a fault of its own ({type(error).__name__}).")
        self._keep(answer)

    def _keep(self, answer: Answer) -> None:
        """Tell how far a finder is."""
        with self._changed:
            self._answers[answer.finder.name] = answer
            self._changed.notify_all()


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _broken_off(answer: Answer, why: str) -> Answer:
    """A finder that failed: what it has told before stands, and is not said to be all."""
    if answer.candidates:
        return replace(answer, state=FOUND, why=_joined(answer.why, "There may be more.", why))
    return replace(answer, state=FAILED, why=_joined(answer.why, why))


def _not_before(error: ClaimsError) -> datetime | None:
    if isinstance(error, BadStatus) and error.retry_after:
        return datetime.now(UTC) + timedelta(seconds=waiting(error.retry_after, 1))
    return None


def _too_slow(answer: Answer, seconds: float) -> Answer:
    why = f"{answer.finder.title} did not answer within {seconds:g} seconds. Search again, or go on without it."
    return replace(answer, state=SLOW, why=_joined(answer.why, why))


def _nobody(_: Mapping[str, str], __: object) -> NoReturn:
    raise AssertionError("a finder without a service asks none")
