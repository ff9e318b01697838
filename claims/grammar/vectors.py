"""What spaCy's networks make of each token in its place: multiplied with numpy alone, the first layer remembered by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

from claims.grammar.batches import AtOnce

if TYPE_CHECKING:
    from spacy.pipeline import Tok2Vec

#: What the component is called in the pipeline.
NAME = "token_vectors"

Rows = NDArray[np.float32]

#: Words whose first layer is remembered at most; then it begins anew, so that an archive's odd words do not pile up.
_MOST = 50_000
#: Tokens that are read together: so many, and what a layer makes of them stays near the processor.
_TOGETHER = 1_000
_EPSILON = np.float32(1e-8)


class Maxout:
    """A maxout layer and the normalisation behind it: of several linear readings the greatest, then mean 0 and variance 1."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        self._pieces, self._width = maxout.get_dim("nP"), maxout.get_dim("nO")
        self._weights = side_by_side(parameter(maxout, "W"))
        self._bias = parameter(maxout, "b").T.reshape(-1)
        self._scale, self._shift = parameter(norm, "G"), parameter(norm, "b")

    def __call__(self, rows: Rows) -> Rows:
        """A row of the layer's width for each row."""
        best = greatest(rows @ self._weights + self._bias, self._pieces)
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(self._width)
        best /= np.sqrt(variance + _EPSILON)[:, None]
        best *= self._scale
        best += self._shift
        return best


class Vectors:
    """A token-to-vector network of spaCy's (hashed features, then convolutions over a window) as it reads, not as it learns.

    The same numbers as the network's own ``predict``, but for the order in which they are added.
    """

    def __init__(self, network: Model[Any, Any]) -> None:
        nodes = list(network.walk())
        self._columns = next(node.attrs["columns"] for node in nodes if "columns" in node.attrs)
        hashed = "|".join(["ints-getitem>>hashembed"] * len(self._columns))
        self._hashed = next(node for node in nodes if node.name == hashed)
        maxouts = [node for node in nodes if node.name == "maxout"]
        norms = [node for node in nodes if node.name == "layernorm"]
        self._first, *self._convolutions = [Maxout(*pair) for pair in zip(maxouts, norms, strict=True)]
        self._width = maxouts[0].get_dim("nO")
        self._lock = Lock()
        self._places: dict[bytes, int] = {}
        self._known: Rows = np.zeros((1024, self._width), dtype=np.float32)

    def of(self, docs: Sequence[Doc]) -> Iterator[Rows]:
        """The vectors of each document's tokens, a row for each."""
        together: list[Doc] = []
        tokens = 0
        for doc in docs:
            together.append(doc)
            tokens += len(doc)
            if tokens >= _TOGETHER:
                yield from self._of_few(together)
                together, tokens = [], 0
        yield from self._of_few(together)

    def _of_few(self, docs: list[Doc]) -> Iterator[Rows]:
        """The same. Between documents stand as many empty rows as convolutions reach, as they did when it learnt."""
        reach = len(self._convolutions)
        starts, at = [], reach
        for doc in docs:
            starts.append(at)
            at += len(doc) + reach
        rows = np.zeros((at + 2, self._width), dtype=np.float32)  # one more on either side, for the window's ends
        inner = rows[1:-1]
        for doc, start in zip(docs, starts, strict=True):
            inner[start : start + len(doc)] = self._words(doc)
        for convolution in self._convolutions:
            inner += convolution(np.concatenate((rows[:-2], rows[1:-1], rows[2:]), axis=1))
        return (inner[start : start + len(doc)] for doc, start in zip(docs, starts, strict=True))

    def _words(self, doc: Doc) -> Rows:
        """The first layer: each word by itself, whatever stands around it."""
        features = np.ascontiguousarray(doc.to_array(self._columns), dtype=np.uint64).reshape(-1, len(self._columns))
        keys: list[bytes] = features.view(np.dtype((np.void, 8 * len(self._columns)))).ravel().tolist()  # type: ignore[assignment]
        with self._lock:  # two people's articles are read at once
            if len(self._places) > _MOST:
                self._places.clear()
            new = {key: row for row, key in enumerate(keys) if key not in self._places}
            if new:
                self._learn(list(new), features[list(new.values())])
            return self._known[[self._places[key] for key in keys]]

    def _learn(self, keys: list[bytes], features: NDArray[np.uint64]) -> None:
        first = len(self._places)
        needed = first + len(keys)
        if needed > len(self._known):
            self._known = np.resize(self._known, (2 * needed, self._width))
        self._known[first:needed] = self._first(self._hashed.predict(features))
        self._places.update(zip(keys, range(first, needed), strict=True))


@Language.factory(NAME, assigns=["doc.tensor"])
class TokenVectors(AtOnce):
    """The same ``doc.tensor`` as the pipeline's own ``tok2vec`` sets, from which tagger and parser read."""

    def __init__(self, nlp: Language, name: str) -> None:
        del name
        self._vectors = Vectors(cast("Tok2Vec", nlp.get_pipe("tok2vec")).model)

    def read(self, docs: list[Doc]) -> None:
        """Set their tensors."""
        for doc, vectors in zip(docs, self._vectors.of(docs), strict=True):
            doc.tensor = vectors  # type: ignore[assignment]


def parameter(layer: Model[Any, Any], name: str) -> Rows:
    """What a layer learnt, under the name that thinc gives it."""
    return np.asarray(layer.get_param(name), dtype=np.float32)


def side_by_side(weights: Rows) -> Rows:
    """The weights of a layer (width, pieces, inputs) for rows to be multiplied with: each piece a block of columns of its own.

    The greatest of the pieces is then one comparison of whole blocks.
    """
    return np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[-1]).T)


def greatest(readings: Rows, pieces: int) -> Rows:
    """Of several readings that stand side by side, each a block of columns, the greatest of each column."""
    best, *others = np.split(readings, pieces, axis=1)
    for other in others:
        best = np.maximum(best, other)
    return best
