"""The one place that loads and calls spaCy: text in, one parsed Doc out, with true offsets.

pieces      a text cut where no sentence crosses
bounds      where a sentence begins, as far as punctuation tells
batches     components that read several texts at once
vectors     spaCy's networks as they read a token in its place
relations   its parser, the next step of all texts decided at once
entities    its named entities, decided for all tokens at once
attributes  parts of speech and lemmas from tags, each word asked once
pipeline    spaCy's small pipeline with these in it, loaded once
parsed      what comes out: spaCy's document in Python's own objects
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc as SpacyDoc

from claims.grammar.parsed import Doc, Span, Token, read_docs
from claims.grammar.pieces import pieces_of, without_surrogates
from claims.grammar.pipeline import MODELS, language, verbs, words

__all__ = ["MODELS", "Doc", "Span", "Token", "is_verb", "parse", "parse_many", "ready"]

#: Texts that are cut together; pieces that the networks read together, and characters of them, by which their memory grows.
_TEXTS, _PIECES, _CHARACTERS = 64, 256, 40_000


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
        cut = [without_surrogates(text) for text in batch]
        pieces = [list(pieces_of(text)) for text in cut]
        parsed = _parsed(piece for row in pieces for piece in row)
        for text, row in zip(cut, pieces, strict=True):
            yield read_docs(text, islice(parsed, len(row)), words())


def _parsed(pieces: Iterable[str]) -> Iterator[SpacyDoc]:
    """The parse of each piece, in order, as many at once as memory is meant for."""
    together: list[str] = []
    for piece in pieces:
        if together and (len(together) == _PIECES or sum(map(len, together)) + len(piece) > _CHARACTERS):
            yield from language().pipe(together, batch_size=_PIECES)
            together = []
        together.append(piece)
    yield from language().pipe(together, batch_size=_PIECES)


def is_verb(lemma: str) -> bool:
    """Whether a word in its base form can be a verb, whatever else it is.

    >>> is_verb("back"), is_verb("prison")
    (True, False)
    """
    return lemma.lower() in verbs()


def ready() -> None:
    """Load the model now, so that the first article does not wait for it."""
    words()
