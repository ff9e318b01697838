"""The shelf: the sources that the desk has kept with its claims, found by what is said of them and by their documents' text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from claims.errors import ReadingError, StoreError
from claims.evidence import Source
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST
from claims.finders.library import EACH, sets_of
from claims.finders.question import Question
from claims.store import Store
from claims.store.searching import words_of
from claims.store.shelving import Shelved

NAME = "shelf"

#: Characters of a document around the words, and seconds that the shelf may take to follow the record before a search.
_AROUND, _SHELVING = 280, 8.0


def find(question: Question, _: Ask, store: Store) -> list[Candidate]:
    """The sources of other claims that say most of these words, each place once; those kept whole with the passage.

    Raises StoreError where more has been kept than could be read in the time that there is.
    """
    if not store.shelve(_SHELVING):
        raise StoreError(
            "The documents that were kept since the last search are still being read.", "Search again in a moment."
        )
    asked = words_of(question.words)
    there = store.shelved(sets_of(store.count_shelved(asked)), EACH)
    shared = Counter({each.stored.source_id: len(each.words.intersection(asked)) for each in there})
    found: dict[str, Shelved] = {}
    for each in sorted(there, key=lambda each: -shared[each.stored.source_id]):
        if each.claim_id != question.claim_id:
            found.setdefault(each.stored.source.location or each.stored.source.title, each)
    return [_candidate(store, each.stored.source, asked) for each in list(found.values())[:MOST]]


def _candidate(store: Store, source: Source, asked: Sequence[str]) -> Candidate:
    return Candidate(
        NAME,
        "document" if source.snapshot else "page",
        source.title or source.location,
        source.location if source.is_web else "",
        source.publisher,
        source.published,
        source.quoted or passage(_text(store, source.snapshot), asked),
        snapshot=source.snapshot,
    )


def _text(store: Store, sha256: str) -> str:
    """The text of a document that was kept; empty where it has none, as a picture."""
    if not sha256:
        return ""
    try:
        return store.snapshot_text(sha256)
    except ReadingError:
        return ""


def passage(text: str, asked: Iterable[str]) -> str:
    r"""The stretch of a text that says most of these words; its beginning where it says none.

    >>> passage("It rained all week.\n\nIn Korda, 785 detainees fled.", ["785", "korda"])
    'In Korda, 785 detainees fled.'
    """
    wanted = set(asked)
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
    best = max(paragraphs, key=lambda paragraph: len(wanted & set(words_of(paragraph))), default="")
    return best[:_AROUND]
