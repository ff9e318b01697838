"""spaCy's attribute ruler, asked once for each word that it would answer alike: a tenth of the parse's time was its matcher's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler

#: What the component is called in the pipeline.
NAME = "recalled_attributes"

#: What is remembered at most; then it begins anew, so that an archive's odd words do not pile up.
_MOST = 100_000

#: A word as the ruler sees it: its tag, its lower case and its relation, as spaCy's numbers.
_Key = tuple[int, int, int]
#: What the ruler makes of it: tag, part of speech, morphology, lemma (0: none), and its relation.
_Told = tuple[int, int, int, int, int]


@Language.factory(NAME, assigns=["token.pos", "token.morph", "token.tag"])
class RecalledAttributes:
    """The same attributes as the pipeline's own ``attribute_ruler`` sets.

    A rule about one word looks at its tag, its lower case and its relation and at nothing else, so its answer is kept by
    these three. Where a rule about several words applies, the ruler itself reads the whole text.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        del name
        self._ruler: AttributeRuler = cast("AttributeRuler", nlp.get_pipe("attribute_ruler"))
        self._vocab = nlp.vocab
        self._several = Matcher(nlp.vocab)
        for rule in self._ruler.patterns:
            patterns = cast("list[list[dict[str, Any]]]", rule["patterns"])
            if several := [pattern for pattern in patterns if len(pattern) > 1]:
                self._several.add(str(len(self._several)), several)
        self._told: dict[_Key, _Told] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same ``doc``, its attributes set."""
        if not len(doc) or self._several(doc, allow_missing=True):
            return self._ruler(doc)
        words: list[_Key] = list(map(tuple, doc.to_array([TAG, LOWER, DEP]).tolist()))
        told = [self._told.get(word) or self._ask(doc, place, word) for place, word in enumerate(words)]
        doc.from_array([TAG, POS, MORPH, LEMMA], np.array([row[:4] for row in told], dtype=np.uint64))  # type: ignore[arg-type]
        for place, (word, row) in enumerate(zip(words, told, strict=True)):
            if word[2] != row[4]:
                doc[place].dep = row[4]
        return doc

    def _ask(self, doc: Doc, place: int, word: _Key) -> _Told:
        """What the ruler makes of the word where it stands alone."""
        if len(self._told) >= _MOST:
            self._told.clear()
        token = doc[place]
        alone = Doc(self._vocab, words=[token.text], tags=[token.tag_])
        alone[0].dep = token.dep  # given to Doc, it would become the root that a word alone is
        tag, pos, morph, lemma, dep = self._ruler(alone).to_array([TAG, POS, MORPH, LEMMA, DEP])[0].tolist()
        return self._told.setdefault(word, (tag, pos, morph, lemma, dep))
