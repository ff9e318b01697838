"""Parts of speech and lemmas from tags: spaCy's attribute ruler and lemmatiser, each word asked once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from spacy.attrs import DEP, LOWER, ORTH, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken
from spacy.util import filter_spans

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler, Lemmatizer

#: What is remembered at most; then it begins anew, so that an archive's odd words do not pile up.
_MOST = 100_000

#: A word as ruler and lemmatiser see it: its letters, its tag and its relation, as spaCy's numbers.
_Key = tuple[int, int, int]


class Attributes(NamedTuple):
    """What is so of a word with one tag in one relation, wherever it stands."""

    text: str
    lower_: str
    lemma_: str
    tag_: str
    pos_: str
    dep_: str
    is_space: bool
    is_punct: bool
    is_title: bool
    is_alpha: bool


class Words:
    """The attributes of a parsed text's words, as the model's own ``attribute_ruler`` and ``lemmatizer`` set them.

    A rule about one word looks at its letters, its tag and its relation and at nothing else, so its answer is kept by
    these three. Words to which a rule about several applies are asked together.
    """

    def __init__(self, nlp: Language) -> None:
        self._ruler = cast("AttributeRuler", nlp.get_pipe("attribute_ruler"))
        self._lemmatizer = cast("Lemmatizer", nlp.get_pipe("lemmatizer"))
        self._vocab = nlp.vocab
        self._several = Matcher(nlp.vocab)
        #: For each such rule what is so of one of its words: without any of these in a text, none applies.
        self._hints: dict[int, set[int]] = {LOWER: set(), DEP: set()}
        for rule in self._ruler.patterns:
            for pattern in cast("list[list[dict[str, Any]]]", rule["patterns"]):
                if len(pattern) > 1:
                    self._several.add(str(len(self._several)), [pattern])
                    self._hint(pattern)
        self._told: dict[_Key, Attributes] = {}

    def of(self, doc: Doc) -> Sequence[Attributes]:
        """Those of each word of a text with tags and relations, in order."""
        rows: list[tuple[int, int, int, int]] = doc.to_array([ORTH, TAG, DEP, LOWER]).reshape(-1, 4).tolist()  # type: ignore[assignment]
        if len(self._told) > _MOST:
            self._told.clear()
        told = [
            self._told.get((orth, tag, dep)) or self._remember(doc[place], (orth, tag, dep))
            for place, (orth, tag, dep, _) in enumerate(rows)
        ]
        lowers, deps = self._hints[LOWER], self._hints[DEP]
        if any(lower in lowers or dep in deps for _, _, dep, lower in rows):
            for span in filter_spans(self._several(doc, as_spans=True, allow_missing=True)):
                told[span.start : span.end] = self._ask(list(span))
        return told

    def _remember(self, token: SpacyToken, word: _Key) -> Attributes:
        [told] = self._ask([token])
        self._told[word] = told
        return told

    def _ask(self, tokens: list[SpacyToken]) -> list[Attributes]:
        """What ruler and lemmatiser make of words where these stand alone."""
        alone = Doc(self._vocab, words=[token.text for token in tokens], tags=[token.tag_ for token in tokens])
        for mine, theirs in zip(alone, tokens, strict=True):
            mine.dep = theirs.dep  # given to Doc, a word alone would become its root
        return [_attributes(token) for token in self._lemmatizer(self._ruler(alone))]

    def _hint(self, pattern: list[dict[str, Any]]) -> None:
        """Note a word's letters or relation that a rule cannot do without."""
        name, value = next(
            (name, value)
            for word in pattern
            for name, value in word.items()
            if isinstance(value, str) and name != "TAG"
        )
        self._hints[{"LOWER": LOWER, "DEP": DEP}[name]].add(self._vocab.strings.add(value))


def _attributes(token: SpacyToken) -> Attributes:
    return Attributes._make(getattr(token, name) for name in Attributes._fields)
