"""Named entities as spaCy's recogniser finds them, decided for all tokens of a batch at once.

Its network says token by token whether an entity begins, goes on, ends or stands alone there, and of what it has said
before it sees nothing but the entity that is open. So what it says where none is open is asked for all tokens in one
multiplication; and from each token where one begins, it is followed to its end, all of them together, step by step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from claims.grammar.batches import AtOnce
from claims.grammar.vectors import Rows, Vectors, greatest, parameter, side_by_side

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer

#: What the component is called in the pipeline.
NAME = "entities_at_once"

_Places = NDArray[np.intp]
_Truths = NDArray[np.bool_]


class Recogniser:
    """The network: hidden layer and scores of a token, with what is seen beside it of an open entity."""

    def __init__(self, pipe: EntityRecognizer) -> None:
        network = cast("Any", pipe.model)
        vectors, lower, upper = network.get_ref("tok2vec"), network.get_ref("lower"), network.get_ref("upper")
        self.vectors = Vectors(vectors)
        narrow = vectors.layers[-1]
        self._narrow, self._narrow_bias = parameter(narrow, "W").T, parameter(narrow, "b")
        # Of the token itself, of the first one of an open entity, and of the one before, where an entity is open.
        self._here, self._first, self._before = map(side_by_side, parameter(lower, "W"))
        self._bias = parameter(lower, "b").T.reshape(-1)
        _, *unseen = parameter(lower, "pad")[0].transpose(0, 2, 1).reshape(3, -1)
        self._none_open = self._bias + sum(unseen)
        self._pieces = lower.get_dim("nP")
        self._scores, self._scores_bias = parameter(upper, "W").T, parameter(upper, "b")
        moves = [pipe.moves.get_class_name(move).partition("-")[::2] for move in range(pipe.moves.n_moves)]
        # Where no entity is open, one begins ("B"), stands alone ("U") or does not (the last of them).
        closed = [move for move, (step, label) in enumerate(moves) if step in "BU" and label] + [moves.index(("O", ""))]
        self.labels = [moves[move][1] for move in closed]
        self.begins = np.array([moves[move][0] == "B" for move in closed])
        self.out = len(closed) - 1
        self._closed = np.array(closed)
        self._goes_on, self._ends = (
            np.array([moves.index((step, label) if label else ("O", "")) for label in self.labels]) for step in "IL"
        )

    def narrowed(self, rows: Rows) -> Rows:
        """What of the vectors the network reads."""
        return cast("Rows", rows @ self._narrow + self._narrow_bias)

    def moves(self, rows: Rows, is_last: _Truths, is_space: _Truths) -> _Places:
        """The best step for each token where no entity is open: none begins at a sentence's last token or at a space."""
        hidden = greatest(rows @ self._here + self._none_open, self._pieces)
        scores = hidden @ self._scores[:, self._closed] + self._scores_bias[self._closed]
        scores[np.ix_(is_last, self.begins)] = -np.inf
        scores[is_space, : self.out] = -np.inf
        return cast("_Places", scores.argmax(axis=1))

    def go_on(self, rows: Rows, at: _Places, firsts: _Places, moves: _Places) -> _Truths:
        """Whether the entities that ``moves`` began at ``firsts`` go on behind the tokens ``at``, rather than end there."""
        seen = rows[at] @ self._here + rows[firsts] @ self._first + rows[at - 1] @ self._before + self._bias
        hidden = greatest(seen, self._pieces)
        scores = hidden @ self._scores + self._scores_bias
        each = np.arange(len(at))
        return cast("_Truths", scores[each, self._goes_on[moves]] >= scores[each, self._ends[moves]])


@Language.factory(NAME, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
class EntitiesAtOnce(AtOnce):
    """The same entities as the pipeline's own ``ner`` sets, where nobody set any before it."""

    def __init__(self, nlp: Language, name: str) -> None:
        del name
        self._network = Recogniser(cast("EntityRecognizer", nlp.get_pipe("ner")))

    def read(self, docs: list[Doc]) -> None:
        """Set their entities."""
        network = self._network
        told = np.concatenate([doc.to_array([IS_SPACE, SENT_START]).reshape(-1, 2) for doc in docs]) == 1
        is_space, starts = told[:, 0], told[:, 1]
        edges = np.cumsum([0, *map(len, docs)])
        is_last = np.append(starts[1:], True)
        is_last[edges[1:] - 1] = True  # an entity ends with its sentence
        rows = network.narrowed(np.concatenate(list(network.vectors.of(docs))))
        moves = network.moves(rows, is_last, is_space)
        ends = self._ends(rows, moves, is_last)
        for doc, first, last in zip(docs, edges, edges[1:], strict=False):
            doc.set_ents(list(self._spans(doc, moves[first:last].tolist(), (ends[first:last] - first).tolist())))

    def _ends(self, rows: Rows, moves: _Places, is_last: _Truths) -> _Places:
        """For each token at which an entity begins, the token behind its last; one within another has none of its own.

        The first of each sentence are followed together, then the first behind those, so that no token is seen twice.
        """
        ends = np.arange(1, len(moves) + 1)
        sentences: _Places = np.cumsum(is_last) - is_last
        waiting = np.flatnonzero(self._network.begins[moves])
        while len(waiting):
            _, first = np.unique(sentences[waiting], return_index=True)
            self._follow(rows, moves, is_last, waiting[first], ends)
            behind = np.repeat(ends[waiting[first]], np.diff([*first, len(waiting)]))
            waiting = waiting[waiting >= behind]
        return ends

    def _follow(self, rows: Rows, moves: _Places, is_last: _Truths, firsts: _Places, ends: _Places) -> None:
        """Note where the entities that begin at ``firsts`` end."""
        at = firsts + 1
        while len(firsts):
            goes_on = ~is_last[at]
            goes_on[goes_on] = self._network.go_on(rows, at[goes_on], firsts[goes_on], moves[firsts[goes_on]])
            ends[firsts[~goes_on]] = at[~goes_on] + 1
            firsts, at = firsts[goes_on], at[goes_on] + 1

    def _spans(self, doc: Doc, moves: list[int], ends: list[int]) -> Iterator[Span]:
        """The entities of one document: those that begin where no other is open."""
        behind = 0
        for at, (move, end) in enumerate(zip(moves, ends, strict=True)):
            if at >= behind and move != self._network.out:
                yield Span(doc, at, end, label=self._network.labels[move])
                behind = end
