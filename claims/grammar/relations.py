"""Relations and sentences as spaCy's parser finds them, the next step of all texts of a batch decided at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from spacy.language import Language
from spacy.tokens import Doc

from claims.grammar.batches import AtOnce

if TYPE_CHECKING:
    from spacy.pipeline import DependencyParser

#: What the component is called in the pipeline.
NAME = "relations_at_once"

#: Fewer texts than these are done sooner one after the other.
_FEW = 8


@Language.factory(NAME, assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"])
class RelationsAtOnce(AtOnce):
    """The same relations as the pipeline's own ``parser`` sets, by the same transitions.

    Where it reads, spaCy's parser scores one text after the other, and asks for Python's lock sixty times a step; where
    it learns, it scores all texts of a batch in one multiplication. So does this one.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        del name
        self._parser = cast("DependencyParser", nlp.get_pipe("parser"))

    def read(self, docs: list[Doc]) -> None:
        """Set their relations."""
        parser = self._parser
        if len(docs) < _FEW:
            parser.set_annotations(docs, parser.predict(docs))
            return
        states = parser.moves.init_batch(docs)
        network = parser.model.predict(docs)
        unfinished = [state for state in states if not state.is_final()]
        while unfinished:
            hidden = network.state2vec.predict(network.get_token_ids(unfinished))
            unfinished = parser.transition_states(unfinished, network.vec2scores.predict(hidden))
        network.clear_memory()
        parser.set_annotations(docs, states)
