"""A component of the pipeline that reads several texts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc


class AtOnce:
    """Takes texts from spaCy's pipeline in batches and hands them on in order; ``read`` sets what is found in those with tokens."""

    def __call__(self, doc: Doc) -> Doc:
        """The same ``doc``, read."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Each document, read, in order."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            if told := [doc for doc in docs if len(doc)]:
                self.read(told)
            yield from docs

    def read(self, docs: list[Doc]) -> None:
        """Set what is found in the documents, none of them empty."""
        raise NotImplementedError
