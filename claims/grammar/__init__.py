"""The one place that loads and calls spaCy: text in, one parsed Doc out, with true offsets.

pieces      a text cut where no sentence crosses
bounds      where a sentence begins, as far as punctuation tells
ruler       parts of speech from tags, each word asked once
pipeline    spaCy's small pipeline with these in it, loaded once
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc

from claims.grammar.pieces import pieces_of, without_surrogates
from claims.grammar.pipeline import MODELS, language

__all__ = ["MODELS", "empty", "parse", "parse_many", "ready"]

#: Texts that are cut together, and pieces that the networks read together.
_TEXTS, _PIECES = 64, 256


def parse(text: str) -> Doc:
    """Tokens, tags, dependencies, entities and sentences of ``text``; ``doc.text`` has the same length and offsets.

    >>> doc = parse("The guards left. Two vans waited.")
    >>> [sentence.text for sentence in doc.sents]
    ['The guards left.', 'Two vans waited.']
    >>> len(parse(""))
    0
    """
    return next(parse_many([text]))


def parse_many(texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text, in order; faster than one by one, because pieces share the network's batches."""
    stream = iter(texts)
    while batch := list(islice(stream, _TEXTS)):
        pieces = [list(pieces_of(without_surrogates(text))) for text in batch]
        parsed = language().pipe((piece for row in pieces for piece in row), batch_size=_PIECES)
        for row in pieces:
            docs = [next(parsed) for _ in row]
            yield Doc.from_docs(docs, ensure_whitespace=False) if len(docs) > 1 else (docs or [empty()])[0]


def empty() -> Doc:
    """The parse of the empty text."""
    return Doc(language().vocab)


def ready() -> None:
    """Load the model now, so that the first article does not wait for it."""
    language()
