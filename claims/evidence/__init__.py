"""Evidence: one source on a claim, what it says and which way it points, and how its page fills it in."""

from claims.evidence.addresses import archived_original, page_key
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
    "Source",
    "archived_original",
    "count_independent",
    "grade_words",
    "page_key",
    "source_problems",
]
