"""A parsed text in Python's own objects, under spaCy's names: read once from spaCy's arrays, and then walked many times.

spaCy makes a token anew, and decodes each of its words, whenever one asks; the rooms of the engine ask a hundred times.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, overload

import numpy as np
from spacy.attrs import HEAD, SENT_START, SPACY
from spacy.tokens import Doc as SpacyDoc

from claims.grammar.attributes import Attributes, Words

_NONE: tuple[Token, ...] = ()


class Token:
    """One token, with spaCy's attributes; ``text`` stands at ``idx`` of the document's text.

    ``lefts`` and ``rights`` are its children on either side, ``children`` both, in order; at a root ``head`` is the token
    itself. ``left_edge`` and ``right_edge`` are the outermost tokens of all that it governs.
    """

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_alpha", "is_punct", "is_sent_start",
        "is_space", "is_title", "left_edge", "lefts", "lemma_", "lower_", "pos_", "right_edge", "rights", "tag_", "text",
        "whitespace_",
    )  # fmt: skip

    def __init__(self, doc: Doc, i: int, idx: int, told: Attributes, space: int) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        (
            self.text, self.lower_, self.lemma_, self.tag_, self.pos_, self.dep_,
            self.is_space, self.is_punct, self.is_title, self.is_alpha,
        ) = told  # fmt: skip
        self.whitespace_ = " " if space else ""
        self.ent_iob_ = "O"
        self.ent_type_ = ""
        self.is_sent_start = False
        self.head = self.left_edge = self.right_edge = self
        self.lefts = self.rights = self.children = _NONE

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        """The token with the blank behind it, where there is one."""
        return self.text + self.whitespace_

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its heads, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def sent(self) -> Span:
        """Its sentence."""
        return self.doc.sents[bisect_right(self.doc.sents, self.i, key=_first) - 1]

    def nbor(self, i: int = 1) -> Token:
        """The token so many places further on; IndexError outside the text."""
        at = self.i + i
        if at < 0:
            raise IndexError(at)
        return self.doc[at]


class Span:
    """The tokens ``start`` to ``end`` (excluded) of a document; ``label_`` says what an entity is."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label_: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = max(start, end)
        self.label_ = label_

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __contains__(self, token: Token) -> bool:
        return self.start <= token.i < self.end

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self))
            return Span(self.doc, self.start + first, self.start + last)
        return self.doc.tokens[range(self.start, self.end)[at]]

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Where in the document's text it begins."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where in the document's text it ends."""
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as they stand."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """Its highest token: the sentence's root, else the one with the fewest heads above it, of several the first."""
        tokens = self.doc.tokens[self.start : self.end]
        found = next((token for token in tokens if token.head is token), None)
        if found is not None:
            return found
        outermost = [token for token in tokens if token.head not in self]
        return min(outermost, key=_height, default=tokens[0])


class Doc:
    """A parsed text: its tokens, its sentences and its named entities, in order."""

    __slots__ = ("ents", "sents", "text", "tokens")

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sents: list[Span] = []
        self.ents: list[Span] = []

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        return Span(self, 0, len(self.tokens))[at] if isinstance(at, slice) else self.tokens[at]

    def char_span(self, start: int, end: int, *, alignment_mode: Literal["expand"]) -> Span | None:
        """The tokens that characters ``start`` to ``end`` (excluded) touch; None where one of these is no token's."""
        del alignment_mode
        first, last = self._token_at(start), self._token_at(end - 1)
        if first is None or last is None:
            return None
        behind = start == first.idx + len(first.text)  # the blank behind it
        return Span(self, first.i + behind, last.i + 1)

    def _token_at(self, place: int) -> Token | None:
        at = bisect_right(self.tokens, place, key=_place) - 1
        if at < 0:
            return None
        token = self.tokens[at]
        return token if place < token.idx + len(token.text) + len(token.whitespace_) else None


def read_docs(text: str, pieces: Iterable[SpacyDoc], words: Words) -> Doc:
    """One document of the pieces of ``text``, which are parsed."""
    doc = Doc(text)
    for piece in pieces:
        if len(piece):
            _read_piece(doc, piece, words)
    starts = [token.i for token in doc.tokens if token.is_sent_start]
    doc.sents = [Span(doc, first, last) for first, last in pairwise([*starts, len(doc)])]
    return doc


def _read_piece(doc: Doc, piece: SpacyDoc, words: Words) -> None:
    """Add the tokens and entities of the next piece."""
    first = len(doc.tokens)
    at = doc.tokens[-1].idx + len(doc.tokens[-1].text_with_ws) if first else 0
    rows = piece.to_array([HEAD, SENT_START, SPACY]).view(np.int64).reshape(-1, 3).tolist()
    tokens = []
    for i, (attributes, (_, start, space)) in enumerate(zip(words.of(piece), rows, strict=True), first):
        token = Token(doc, i, at, attributes, space)
        token.is_sent_start = start == 1
        tokens.append(token)
        at += len(attributes.text) + space
    for i, (head, _, _) in enumerate(rows):
        tokens[i].head = tokens[i + head]
    _link(tokens)
    doc.tokens += tokens
    for entity in piece.ents:
        span = Span(doc, first + entity.start, first + entity.end, entity.label_)
        doc.ents.append(span)
        for token in tokens[entity.start : entity.end]:
            token.ent_type_, token.ent_iob_ = span.label_, "I"
        tokens[entity.start].ent_iob_ = "B"


def _link(tokens: list[Token]) -> None:
    """Give each token its children and the edges of what it governs, by the heads."""
    for token in tokens:
        head = token.head
        if token.i < head.i:
            head.lefts = head.children = (*head.lefts, token)
        elif token is not head:
            head.rights = (*head.rights, token)
            head.children = head.lefts + head.rights
    for token in (*tokens, *reversed(tokens)):
        head = token.head
        if token.left_edge.i < head.left_edge.i:
            head.left_edge = token.left_edge
        if token.right_edge.i > head.right_edge.i:
            head.right_edge = token.right_edge


def _first(span: Span) -> int:
    return span.start


def _place(token: Token) -> int:
    return token.idx


def _height(token: Token) -> int:
    """How many heads are above a token; a space or a mark that governs nothing counts as the lowest."""
    if (token.is_space or token.is_punct) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)
