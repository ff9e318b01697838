"""Statements: the atomic, self-contained assertions of a sentence.

    scopes      whose words are whose: the article's, each quote's, the page's (datelines)
    tree        the words of a scope, with what governs them
    clauses     the branches of the tree that are assertions of their own
    assertions  each of them with its subject (subjects) and its variants (variants, coordination)
    passing     what is said in passing: titles, ages, "after admitting theft" (fine only)
    references  "he" and "the camp", and dating "on Wednesday", where that is certain
    soundness   whether a piece is a sentence
    wording     back to a sentence that reads

What turns or weakens an assertion (a negation, "may", "allegedly", "he said", "if") stays with every piece it governs;
``meaning`` holds those words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from claims.grammar import Doc, parse_many
from claims.statements.assertions import assertions
from claims.statements.clauses import branch
from claims.statements.dating import written_out
from claims.statements.meaning import is_tangled
from claims.statements.references import find_references, reworded
from claims.statements.scopes import Scope, scopes
from claims.statements.soundness import is_sound
from claims.statements.tree import FINITE, depth, grow
from claims.statements.variants import Piece
from claims.statements.wording import render

if TYPE_CHECKING:
    from claims.dates import Date
    from claims.quotes import Quote

__all__ = ["Statement", "split_statements", "split_statements_batch", "statements_of"]

# Beyond these (words, steps of the tree) a sentence is a list, a table or noise: it is left whole.
_LONGEST, _DEEPEST = 200, 40
# Characters of context in which a pronoun may find its name: what is named further off is not certain.
_CONTEXT = 200
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s+")
_PRONOUN = re.compile(r"\b(?:he|him|his|she|her)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """An assertion: ``text`` can be read alone; ``start`` to ``end`` are the words of the article that make it.

    ``sentence`` counts as ``claims.sentences`` does; ``quote`` is the quote that it belongs to, None where the article
    itself speaks.
    """

    start: int
    end: int
    text: str
    sentence: int
    quote: Quote | None = None


def split_statements(text: str, context: str = "") -> list[str]:
    """The finest self-contained assertions of ``text``; ``context`` is what stands before it and may name its "he".

    >>> split_statements("Ana Ilic, a nurse, left Korda in 2019 and did not return.")
    ['Ana Ilic left Korda.', 'Ana Ilic left Korda in 2019.', 'Ana Ilic is a nurse.', 'Ana Ilic did not return.']
    >>> split_statements("Did she leave Korda?")
    []

    Attributions stay in the wording ("Ilic said that ..."). Any text passes; order is that of the text.
    """
    return split_statements_batch([text], [context])[0]


def split_statements_batch(texts: Sequence[str], contexts: Sequence[str] = ()) -> list[list[str]]:
    """The same for many texts, faster than one by one."""
    asked = zip_longest(texts, contexts, fillvalue="")
    befores = parse_many(_just_before(context) if _PRONOUN.search(text) else "" for text, context in asked)
    return [
        list(dict.fromkeys(statement.text for statement in _statements(doc, (), (), fine=True, before=before)))
        for doc, before in zip(parse_many(texts), befores, strict=True)
    ]


def statements_of(
    doc: Doc, quotes: Sequence[Quote] = (), dates: Sequence[Date] = (), *, fine: bool = False
) -> list[Statement]:
    """The assertions of a parsed article, in order of appearance; ``fine`` peels off circumstances and lists as well.

    With ``quotes`` a quote's content is told without its frame, and the frame alone is no statement.
    With ``dates`` days are written out.

    >>> from claims.grammar import parse
    >>> [statement.text for statement in statements_of(parse("Two vans burned, and Korda fled."))]
    ['Two vans burned.', 'Korda fled.']
    """
    return _statements(doc, quotes, dates, fine=fine)


def _place(when: Date) -> int:
    return when.start


def _just_before(context: str) -> str:
    """The last sentences of ``context``, none of them cut."""
    tail = context[-_CONTEXT:]
    if len(tail) == len(context):
        return tail
    return tail[match.end() :] if (match := _SENTENCE_END.search(tail)) else ""


def _statements(
    doc: Doc, quotes: Sequence[Quote], dates: Sequence[Date], *, fine: bool, before: Doc | None = None
) -> list[Statement]:
    trees = {(span.start, span.end): grow(span) for span in doc.sents}
    references = find_references(trees.values(), map(grow, before.sents) if before is not None else ())
    found: dict[tuple[int, int, str], Statement] = {}
    dates = sorted(dates, key=_place)
    for scope in scopes(doc, quotes, trees):
        if _is_question(scope):
            continue
        first = bisect_left(dates, scope.words[0].start, key=_place) if scope.words else 0
        last = bisect_left(dates, scope.words[-1].end, key=_place) if scope.words else 0
        days = written_out(scope.words, dates[first:last])
        for piece in _pieces(scope, fine=fine):
            changes = reworded(piece.items, references) | days
            if text := render(piece.items, changes):
                statement = Statement(piece.start, piece.end, text, scope.sentence, scope.quote)
                found.setdefault((piece.start, piece.end, text), statement)
    return sorted(found.values(), key=lambda statement: (statement.sentence, statement.start, statement.end))


def _pieces(scope: Scope, *, fine: bool) -> list[Piece]:
    words = scope.words
    opens = scope.quote is not None and words[0].lower == "that" and words[0].dep == "mark"
    whole = Piece(tuple(words[opens:]), words[0].start, words[-1].end)
    headline = not (fine or scope.framing or any(word.tag in FINITE for word in words))
    if (
        headline
        or len(words) > _LONGEST
        or depth(words) > _DEEPEST
        or is_tangled(words, scope.silent)
        or (scope.joined and not fine)
    ):
        return [] if scope.framing else [whole]
    tree = branch(words, fine=fine, framing=scope.framing)
    pieces = assertions(tree, scope.silent, scope.covered, framing=scope.framing)
    sound = [piece for piece in pieces if is_sound(piece, words)]
    if scope.framing or (fine and sound):
        return sound
    nothing_said = (
        not pieces and sum(word.tag in FINITE for word in words) > 1
    )  # the parse hangs a clause on a bare "said"
    return sound if len(sound) == len(pieces) and not nothing_said else [whole]


def _is_question(scope: Scope) -> bool:
    """Whether the words ask, and so assert nothing."""
    return next((word.text for word in reversed(scope.words) if word.text[0] not in "\"'”’)]"), "").endswith("?")
