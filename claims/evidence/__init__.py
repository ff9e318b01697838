"""Evidence: one source on a claim, what it says and which way it points, how its page fills it in, and where its passage stands."""

from claims.evidence.addresses import archived_original, page_key
from claims.evidence.passage import Passage, find_passage, passage_words
from claims.evidence.runs import Run
from claims.evidence.source import (
    CREDIBILITIES,
    RELIABILITIES,
    STANCES,
    Source,
    count_independent,
    grade_words,
    source_problems,
)

__all__ = [
    "CREDIBILITIES",
    "RELIABILITIES",
    "STANCES",
    "Passage",
    "Run",
    "Source",
    "archived_original",
    "count_independent",
    "find_passage",
    "grade_words",
    "page_key",
    "passage_words",
    "source_problems",
]
