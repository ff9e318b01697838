"""A finder: a named function from a question to what it tells. A list of them is the whole configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claims.finders.asking import Ask
from claims.finders.question import Question
from claims.finders.services import Service
from claims.finders.told import Told

#: What a finder does: it looks for what the question names, by asking its service if it has one, as long as somebody listens.
Find = Callable[[Question, Ask], Iterable[Told]]

#: Candidates of one finder, those of one answer, and answers that one question may take.
MOST, PAGE, PAGES = 20, 10, 3


@dataclass(frozen=True, slots=True)
class Finder:
    """``find`` under a name and a title; without a ``service`` it asks nothing of the web."""

    name: str
    title: str
    find: Find
    service: Service | None = None
