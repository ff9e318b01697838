"""Grammar: the one place that calls spaCy keeps every offset and the weights it was measured with."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from claims.grammar import MODELS, empty, parse, parse_many, ruler
from claims.grammar.pipeline import language
from tests.golden.scoring import articles

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
    assert len(empty()) == 0
    assert list(parse("").sents) == []


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """Where a paragraph is parsed in pieces, no piece ends inside a sentence."""
    sentences = [sentence.text.strip() for sentence in parse("The guards of the mill left at noon. " * 800).sents]
    assert set(sentences) == {"The guards of the mill left at noon."}
    assert len(sentences) == 800


def tagged(text: str) -> Doc:
    """What the ruler is given: tags and relations."""
    pipeline = language()
    with pipeline.select_pipes(enable=["tok2vec", "tagger", "sentence_bounds", "parser"]):
        return pipeline(text)


def of_both(text: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The attributes as they are recalled, and as the model's own ruler sets them."""
    doc, pipeline = tagged(text), language()
    recalled, ruled = (pipeline.get_pipe(name)(doc.copy()) for name in (ruler.NAME, "attribute_ruler"))
    return attributes(recalled), attributes(ruled)


def attributes(doc: Doc) -> list[tuple[str, ...]]:
    return [(word.text, word.tag_, word.pos_, str(word.morph), word.lemma_, word.dep_) for word in doc]


@pytest.mark.parametrize(
    "text",
    [
        *(article.text for article in articles()),
        "We're gonna go. Let's see: there's nothin' left, y'all. You ain't got no ol' vans, 'nuff said.",
        "It  was\tnot\n\n but late; he had had to do it, and it's it that did it to you and it.",
        "THE DOCTOR'S THAT WHICH, that which, to to; c'mon i i i but but",
        "\n \n",
    ],
)
def test_what_is_recalled_is_what_the_ruler_says(text: str) -> None:
    """The recalled attributes are those that the model's own ruler sets, the first time and the second."""
    for _ in range(2):
        recalled, ruled = of_both(text)
        assert recalled == ruled


@settings(max_examples=80, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            "It you I there 's is are was gonna let's y'all but that which do had to the nothin' van vans \n , .".split(
                " "
            )
        )
    )
)
def test_any_words_are_recalled_rightly(words: list[str]) -> None:
    """So are those of any words, said in whatever order."""
    recalled, ruled = of_both(" ".join(words))
    assert recalled == ruled


@pytest.mark.parametrize("text", ["“It held.”―Marusa Ilic", "the guards―all of them―left"])
def test_a_horizontal_bar_is_a_token(text: str) -> None:
    """The bar that signs a quotation is no part of the word before it."""
    assert "―" in [token.text for token in parse(text)]
