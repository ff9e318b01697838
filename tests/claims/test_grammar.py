"""Grammar: the one place that calls spaCy keeps every offset and the weights it was measured with."""

from __future__ import annotations

import hashlib
import importlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import Span as SpacySpan

from claims.grammar import MODELS, Doc, Span, attributes, parse, parse_many, vectors
from claims.grammar.pieces import pieces_of
from claims.grammar.pipeline import language
from claims.grammar.vectors import Vectors
from tests.golden.scoring import articles

if TYPE_CHECKING:
    from spacy.pipeline import Tok2Vec

# The weights of Explosion's en_core_web_sm 3.8.0; another package under either name must carry the same.
WEIGHTS = {
    "parser": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
}


def model_folder() -> Path:
    """The folder of the model that is loaded: the first of MODELS that is installed."""
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            package = Path(str(importlib.import_module(name).__file__)).parent
            return next(package.glob("**/parser/model")).parents[1]
    pytest.fail("no model is installed")


@pytest.mark.parametrize("component", WEIGHTS)
def test_the_weights_are_the_measured_ones(component: str) -> None:
    """The installed model is byte for byte the one whose quality was measured."""
    weights = (model_folder() / component / "model").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == WEIGHTS[component]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\x00\x00",
        "\ud800 half a character \udfff",
        "a\u2028b\u00a0c\u200bd",
        "شلوم עולם \N{CROCODILE}\N{ZERO WIDTH JOINER}\N{CROCODILE}",
        "no end of words " * 1_200,
        "1" * 20_000,
    ],
)
def test_offsets_are_true(text: str) -> None:
    """The parse of any text is as long as the text, and each token stands where it says."""
    doc = parse(text)
    assert len(doc.text) == len(text)
    assert sum(len(token.text_with_ws) for token in doc) == len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_keeps_its_length(text: str) -> None:
    """Whatever the characters, half ones included, none is lost and only half ones are replaced."""
    parsed = parse(text).text
    assert len(parsed) == len(text)
    assert all(after == before or "\ud800" <= before <= "\udfff" for before, after in zip(text, parsed, strict=True))


def test_many_texts_keep_their_order() -> None:
    """Texts parsed together come back in order, empty ones and those in several pieces too."""
    texts = ["One van.", "", "Two vans.\n\nThree vans.", " ", "Four vans waited. " * 900] * 15
    assert [doc.text for doc in parse_many(texts)] == texts


def test_parsing_together_changes_nothing() -> None:
    """A text is read the same alone and among others."""
    text = "The guards left. Marusa Ilic said that two vans waited."
    alone, among = parse(text), list(parse_many(["A", text, "B"]))[1]
    assert [(token.text, token.dep_, token.tag_) for token in alone] == [
        (token.text, token.dep_, token.tag_) for token in among
    ]


def test_nothing_is_a_text() -> None:
    """The parse of nothing holds no token and no sentence."""
    assert len(parse("")) == 0
    assert list(parse("").sents) == []


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """Where a paragraph is parsed in pieces, no piece ends inside a sentence."""
    sentences = [sentence.text.strip() for sentence in parse("The guards of the mill left at noon. " * 800).sents]
    assert set(sentences) == {"The guards of the mill left at noon."}
    assert len(sentences) == 800


#: What spaCy's own components make of a text, in their order.
THEIRS = ("tok2vec", "tagger", "sentence_bounds", "parser", "attribute_ruler", "lemmatizer", "ner")
#: What of a token is a word or a truth, and what is a token or several.
TOLD = (
    *("text", "idx", "lower_", "lemma_", "tag_", "pos_", "dep_", "whitespace_", "ent_iob_", "ent_type_"),
    *("is_space", "is_punct", "is_title", "is_alpha", "is_sent_start"),
)
ONE, SEVERAL = ("head", "left_edge", "right_edge"), ("lefts", "rights", "children", "ancestors")

TEXTS = [
    *(article.text for article in articles()),
    "We're gonna go. Let's see: there's nothin' left, y'all. You ain't got no ol' vans, 'nuff said.",
    "It  was\tnot\n\n but late; he had had to do it, and it's it that did it to you and it.",
    "THE DOCTOR'S THAT WHICH, that which, to to; c'mon i i i but but",
    "Marusa Ilic of the Orlo Harbour Office paid $2 million on 9 October 2019 \n New York.  Brod",
    "\n \n",
    "",
]
SOME_TEXT = st.lists(
    st.sampled_from(
        "It you I there 's is are was gonna let's y'all but that which do had to the nothin' van vans \n , . “ ”"
        " Marusa Ilic Korda in New York on Sunday 9 October 2019 $2 million   said".split(" ")
    )
).map(" ".join)


def spacys(text: str) -> SpacyDoc:
    """The text as spaCy's own components read it."""
    pipeline = language()
    pieces = [pipeline.make_doc(piece) for piece in pieces_of(text)]
    for name in THEIRS:
        pieces = [pipeline.get_pipe(name)(piece) for piece in pieces]
    return SpacyDoc.from_docs(pieces, ensure_whitespace=False) if pieces else SpacyDoc(pipeline.vocab)


def tokens_of(doc: SpacyDoc | Doc) -> list[tuple[object, ...]]:
    return [
        (
            *(getattr(token, name) for name in TOLD),
            *(getattr(token, name).i for name in ONE),
            *([other.i for other in getattr(token, name)] for name in SEVERAL),
        )
        for token in doc
    ]


def spans_of(doc: SpacyDoc | Doc) -> list[tuple[object, ...]]:
    """Sentences, entities, and every stretch of up to five tokens."""
    stretches = [doc[first : first + size] for first in range(len(doc)) for size in range(1, 6)]
    return [
        (span.start, span.end, span.start_char, span.end_char, span.text, span.label_, span.root.i)
        for span in [*doc.sents, *doc.ents, *stretches]
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_the_parse_is_spacys(text: str) -> None:
    """Each token, its relations, the sentences and entities are those of spaCy's own components, the first time and the second."""
    theirs = spacys(text)
    for _ in range(2):
        ours = parse(text)
        assert ours.text == theirs.text
        assert tokens_of(ours) == tokens_of(theirs)
        assert spans_of(ours) == spans_of(theirs)


@settings(max_examples=80, deadline=None)
@given(SOME_TEXT)
def test_the_parse_of_any_words_is_spacys(text: str) -> None:
    """So it is for words in whatever order."""
    assert tokens_of(parse(text)) == tokens_of(spacys(text))


def edges(span: SpacySpan | Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


@pytest.mark.parametrize("text", TEXTS)
def test_characters_are_found_as_spacy_finds_them(text: str) -> None:
    """The tokens that some characters touch are those that spaCy finds, at every place and beyond the ends."""
    ours, theirs = parse(text), spacys(text)
    for start in range(-1, min(len(text), 300) + 3):
        for end in (start, start + 1, start + 4):
            mine, their = (doc.char_span(start, end, alignment_mode="expand") for doc in (ours, theirs))
            assert edges(mine) == edges(their)


def test_vectors_are_the_networks_own() -> None:
    """What is multiplied here is what spaCy's networks multiply, to the sixth digit, also once every word is known."""
    pipeline = language()
    docs = [pipeline.make_doc(piece) for article in articles() for piece in pieces_of(article.text)]
    network = cast("Tok2Vec", pipeline.get_pipe("tok2vec")).model
    theirs = np.concatenate(network.predict(docs))
    ours = Vectors(network)
    for _ in range(2):
        assert np.allclose(np.concatenate(list(ours.of(docs))), theirs, atol=1e-5)


def test_words_beyond_those_remembered_are_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more words come than are remembered, what is remembered begins anew and nothing changes."""
    texts = [article.text for article in articles()]
    before = [tokens_of(doc) for doc in parse_many(texts)]
    for room in (vectors, attributes):
        monkeypatch.setattr(room, "_MOST", 10)
    assert [tokens_of(doc) for doc in parse_many(texts)] == before


def test_texts_read_at_once_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where several people's articles are read at the same time, each is read as it would be alone, also while words are forgotten."""
    texts = [f"{article.text} Ilic{number} and Korda{number} left." for number, article in enumerate(articles()[:6])]
    alone = [tokens_of(parse(text)) for text in texts]
    for room in (vectors, attributes):
        monkeypatch.setattr(room, "_MOST", 50)
    with ThreadPoolExecutor(6) as pool:
        assert [tokens_of(doc) for doc in pool.map(parse, texts)] == alone


def test_a_neighbour_before_the_text_is_refused() -> None:
    """There is no token before the first one, and none behind the last."""
    doc = parse("Two vans")
    assert doc[0].nbor() is doc[1]
    for token, further in ((doc[0], -1), (doc[1], 1)):
        with pytest.raises(IndexError):
            token.nbor(further)


@pytest.mark.parametrize("text", ["“It held.”―Marusa Ilic", "the guards―all of them―left"])
def test_a_horizontal_bar_is_a_token(text: str) -> None:
    """The bar that signs a quotation is no part of the word before it."""
    assert "―" in [token.text for token in parse(text)]
