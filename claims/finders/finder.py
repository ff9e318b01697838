"""A finder: a named function from a question to candidates. A list of them is the whole configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.question import Question
from claims.finders.services import Service

#: What a finder does: it looks for what the question names, by asking its service if it has one.
Find = Callable[[Question, Ask], list[Candidate]]

#: Candidates of one finder, those of one answer, and answers that one question may take.
MOST, PAGE, PAGES = 20, 10, 3


@dataclass(frozen=True, slots=True)
class Finder:
    """``find`` under a name and a title; without a ``service`` it asks nothing of the web."""

    name: str
    title: str
    find: Find
    service: Service | None = None
