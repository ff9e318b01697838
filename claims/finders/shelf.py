"""The shelf: the sources that the desk has kept with its claims, found by what is said of them and by their documents' text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from claims.errors import ReadingError, StoreError
from claims.evidence import Source
from claims.evidence.omissions import sentence_end
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST
from claims.finders.library import EACH, sets_of
from claims.finders.question import Question
from claims.store import Store
from claims.store.searching import is_beginning, words_of
from claims.store.shelving import Shelved

NAME = "shelf"

#: Characters of a document around the words, and seconds that the shelf may take to follow the record before a search.
_AROUND, _SHELVING = 280, 8.0

#: Characters beyond which a sentence is cut, and a paragraph.
_ENDLESS, _STRETCH = 2000, 10_000

#: What stands for words that are left out: in brackets, so that it is not taken for the document's own.
_CUT = "[\N{HORIZONTAL ELLIPSIS}]"

# A word with its marks; of writing without blanks, a stretch.
_WORD = re.compile(r"\S{1,120}")


def find(question: Question, _: Ask, store: Store) -> list[Candidate]:
    """The sources of other claims that say most of these words, each place once; those kept whole with the passage.

    Raises StoreError where more has been kept than could be read in the time that there is.
    """
    if not store.shelve(_SHELVING):
        raise StoreError(
            "The documents that were kept since the last search are still being read.", "Search again in a moment."
        )
    asked, own = words_of(question.words), question.claim_id
    there = store.shelved(sets_of(store.count_shelved(asked, beside=own)), EACH, beside=own)
    found: dict[str, Shelved] = {}
    for each in sorted(there, key=lambda each: -len(each.words.intersection(asked))):
        found.setdefault(_place(each.stored.source), each)
    return [_candidate(store, each.stored.source, asked) for each in list(found.values())[:MOST]]


def _place(source: Source) -> str:
    """Where a source is to be found: two documents may have come as files of the same name."""
    return (not source.is_web and source.snapshot) or source.location or source.title


def _candidate(store: Store, source: Source, asked: Sequence[str]) -> Candidate:
    return Candidate(
        NAME,
        "document" if source.snapshot else "page",
        source.title or source.location,
        source.location if source.is_web else "",
        source.publisher,
        source.published,
        escape(
            source.quoted or passage(_text(store, source.snapshot), asked), quote=False
        ),  # no page: its signs are its own
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
    r"""The sentence of a text that says most of these words, with those around it that there is room for; its first where none does.

    >>> passage("It rained all week.\n\nThe sky was grey. In Korda, 785 detainees fled.", ["785", "korda"])
    'The sky was grey. In Korda, 785 detainees fled.'

    A sentence that is too long is cut between words, by an ellipsis in brackets, as whoever quotes it would do.
    """
    wanted = list(asked)
    best, most = "", -1
    told = ((_said(paragraph, wanted), paragraph) for paragraph in _paragraphs(text))
    for count, paragraph in sorted(told, key=lambda each: -each[0]):
        if count <= most:
            break
        cuts = _sentences(paragraph)
        said = [_said(paragraph[start:end], wanted) for start, end in cuts]
        if max(said) > most:
            most = max(said)
            best = _around(paragraph, cuts, said.index(most), wanted)
    return best


def _paragraphs(text: str) -> Iterator[str]:
    """Its paragraphs; a very long one in stretches, so that not each sentence of it has to be looked at."""
    for paragraph in text.split("\n\n"):
        at = 0
        while at < len(paragraph):
            stretch = paragraph[at : at + _STRETCH]
            if at + _STRETCH < len(paragraph):
                stretch = stretch[: stretch.rfind(". ") + 1 or stretch.rfind(" ") + 1 or _STRETCH]
            at += len(stretch)
            if stripped := stretch.strip():
                yield stripped


def _sentences(paragraph: str) -> list[tuple[int, int]]:
    """Where its sentences begin and end; one without end is cut, since a page may have no full stop at all."""
    cuts, at = [], 0
    while at < len(paragraph):
        piece = paragraph[at : at + _ENDLESS]
        end = at + sentence_end(piece)
        if end - at == _ENDLESS and (blank := max(piece.rfind(" "), piece.rfind("\n"))) > 0:
            end = at + blank
        cuts.append((at, end))
        at = end + len(paragraph[end : end + _ENDLESS]) - len(paragraph[end : end + _ENDLESS].lstrip())
    return cuts


def _around(paragraph: str, cuts: Sequence[tuple[int, int]], at: int, wanted: Sequence[str]) -> str:
    """A sentence with those behind and before it, as long as there is room; or as much of it as there is room for."""
    first, last = at, at
    start, end = cuts[at]
    if end - start > _AROUND:
        return _within(paragraph[start:end], wanted)
    while True:
        if last + 1 < len(cuts) and cuts[last + 1][1] - start <= _AROUND:
            last += 1
        elif first and end - cuts[first - 1][0] <= _AROUND:
            first -= 1
        else:
            return paragraph[start:end]
        start, end = cuts[first][0], cuts[last][1]


def _within(sentence: str, wanted: Sequence[str]) -> str:
    """The stretch of whole words of a sentence that says most of what is wanted, the first such one."""
    words = [(word.start(), word.end()) for word in _WORD.finditer(sentence)]
    room = _AROUND - 2 * len(_CUT + " ")
    best, most = (0, 0), -1
    last = 0
    for first, (start, _) in enumerate(words):
        last = max(last, first)
        while last + 1 < len(words) and words[last + 1][1] - start <= room:
            last += 1
        if (said := _said(sentence[start : words[last][1]], wanted)) > most:
            best, most = (first, last), said
    start, end = words[best[0]][0], min(words[best[1]][1], words[best[0]][0] + room)
    before = f"{_CUT} " if start else ""
    return before + sentence[start:end] + (f" {_CUT}" if end < len(sentence) else "")


def _said(text: str, wanted: Iterable[str]) -> int:
    """How many of these words a text says, as the index finds them: the longer ones as the beginning of a word."""
    said = words_of(text)
    return sum(_says(said, word) for word in wanted)


def _says(said: Sequence[str], word: str) -> bool:
    at = bisect_left(said, word)
    return at < len(said) and (said[at] == word or (is_beginning(word) and said[at].startswith(word)))
