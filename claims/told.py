"""Told: every statement of an article, with why it becomes no claim where it becomes none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from claims.article import Article
from claims.grammar import Doc, Token, is_verb, parse
from claims.kinds import nature_of
from claims.quotes.asserted import is_asserted
from claims.reading import Reading
from claims.statements import Statement, statements_of
from claims.statements.tree import FINITE

#: Why a statement becomes no claim: it is the page's, it asks, or it has no verb that asserts.
LeftOut = Literal["", "furniture", "question", "no verb"]

# Which nouns do what looks like a plural ("bans") and like a singular ("back").
_DOERS = {"NNS": frozenset({"NN", "NNP", "PRP"}), "NN": frozenset({"NNS", "NNPS"})}
_OBJECTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "VERB", "ADP"})
#: So many steps up a noun belongs to another.
_REACH = 4
#: So many words before a verb its subject is looked for.
_LOOKED_BACK = 40
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_WORD = re.compile(r"[^\W\d_]+")


def told_statements(article: Article, doc: Doc, reading: Reading) -> Iterator[tuple[Statement, LeftOut]]:
    """Every statement of a parsed article, in order, with why it becomes no claim; "" where it becomes one."""
    headline = _headline(article)
    # Under a denial or a demand the frame stays in the wording: its content alone would say what nobody said.
    asserted = [quote for quote in reading.quotes if is_asserted(doc, quote)]
    for statement in statements_of(doc, asserted, reading.dates):
        if article.is_furniture(statement.start, statement.end):
            yield statement, "furniture"
        elif nature_of(statement.text) == "question":
            yield statement, "question"
        else:
            yield statement, "" if _asserts(doc, statement, headline) else "no verb"


def _asserts(doc: Doc, statement: Statement, headline: tuple[int, int]) -> bool:
    """Whether it says something of something: with a finite verb, or as a headline does ("Guards to strike on Monday").

    A byline, a credit, a caption or a title has neither. Words put in make one ("X is Y"), the "on" of a date does not. What the
    tagger takes for a participle may be a verb of the past: "The quake measured 5.5", "Two trains collided".
    """
    span = doc.char_span(statement.start, statement.end, alignment_mode="expand")
    if span is None or any(token.tag_ in FINITE or _may_be_past(token) or _may_be_present(token) for token in span):
        return True
    put_in = _common_words(statement.text) - _common_words(span.text.lower()) - {"on"}
    in_headline = headline[0] <= statement.start < headline[1]
    return bool(put_in) or (in_headline and _has_verb(span.text))


def _may_be_past(token: Token) -> bool:
    """Whether what the tagger takes for no finite form may be the verb of its sentence: a participle behind a noun, a bare root.

    Who did it, after "by", makes it passive, as in a caption.
    """
    if token.tag_ not in {"VBN", "VB"}:
        return False
    before = list(_nouns_before(token))
    if not any(before) or any(child.dep_ in {"agent", "auxpass", "aux"} for child in token.children):
        return False
    is_root = token.dep_ == "ROOT"
    return (token.tag_ == "VBN" and (before[0] or is_root)) or (token.tag_ == "VB" and is_root)


def _may_be_present(token: Token) -> bool:
    """Whether what the tagger takes for a noun may be the verb of its sentence: "the law bans smoking", "voters back the tax".

    It can be a verb, agrees with the noun right before it or with one that this belongs to ("The release of files centers
    on"), and what it is done to comes next.
    """
    if token.tag_ not in _DOERS or not token.text.islower() or token.is_sent_start or token.i + 1 == len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor()
    if before.pos_ not in _NOUNS or not is_verb(token.lemma_) or after.pos_ not in _OBJECTS or after.is_sent_start:
        return False
    if after.pos_ == "ADP" and (token.dep_ == "pobj" or any(child.dep_ in {"det", "poss"} for child in token.lefts)):
        return False  # "a van of the Korda guards on Monday"
    doers = [before, *(noun for noun in islice(before.ancestors, _REACH) if noun.i < before.i)]
    return any(doer.tag_ in _DOERS[token.tag_] for doer in doers) or (before.dep_ == "conj" and token.tag_ == "NN")


def _nouns_before(token: Token) -> Iterator[bool]:
    """Of the words before it in its sentence, the nearest first, whether they are nouns; of so many, as some texts have no end."""
    doc, at = token.doc, token.i
    while at > 0 and not doc[at].is_sent_start and token.i - at < _LOOKED_BACK:
        at -= 1
        yield doc[at].pos_ in _NOUNS


def _common_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text) if word.islower()}


def _has_verb(headline: str) -> bool:
    """Whether a headline has a verb of any form; in capitals ("Guards Flee Prison") the tagger takes verbs for names."""
    return any(token.pos_ in {"VERB", "AUX"} for token in parse(headline.lower()))


def _headline(article: Article) -> tuple[int, int]:
    """The span of the article's first line, where no full stop makes it a sentence."""
    start, end = next(iter(article.body_spans()), (0, 0))
    line = article.text[start:end].partition("\n")[0].rstrip()
    return (start, start) if line.endswith((".", ":", "…")) else (start, start + len(line))
