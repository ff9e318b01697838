"""Where a sentence begins, as far as punctuation tells: the parser guesses the rest."""

from __future__ import annotations

import re

import numpy as np
from spacy.attrs import IS_LOWER, IS_SPACE, SENT_START, SPACY
from spacy.language import Language
from spacy.tokens import Doc

#: What the component is called in the pipeline.
NAME = "sentence_bounds"

_OPENING = frozenset("“\"‘'(«[")
_CLOSING = frozenset("”\"’')»]")
_FINAL = re.compile(r"[.!?…]+")
_MARKS = frozenset('”’"')
_NEVER_FIRST = (_CLOSING - _OPENING) | frozenset(",;:.!?")
_ABBREVIATIONS = frozenset(
    """
    a.m. adm. approx. apr. aug. capt. cf. cmdr. co. col. corp. d.c. dec. dept. dr. e.g. e.u. est. etc. feb. fig. fri.
    gen. gov. hon. i.e. inc. insp. jan. jr. jul. jun. lt. ltd. maj. mar. mon. mr. mrs. ms. no. nov. oct. p.m. pres.
    prof. pvt. rep. rev. sen. sep. sept. sgt. spc. sr. st. supt. thu. tue. u.k. u.n. u.s. vol. vs. wed.
    """.split()
)
_SAID = frozenset("added answered asked concluded continued replied said says shouted told tweeted wrote".split())
_LONGEST_CUE_CLAUSE = 8
# As spaCy writes it down: a sentence starts here, or none does.
_YES, _NO = 1, -1
# Abbreviations that also end sentences: before a capital word they may, so the parser is left to decide.
_MAY_END = frozenset("a.m. co. corp. d.c. e.u. etc. inc. jr. ltd. p.m. sr. u.k. u.n. u.s.".split())


@Language.component(NAME)
def sentence_bounds(doc: Doc) -> Doc:
    """Settle what punctuation says about them, before the parser guesses the rest."""
    words = [token.text for token in doc]
    told = doc.to_array([IS_LOWER, IS_SPACE, SPACY]).reshape(-1, 3).tolist()
    starts = [0] * len(words)
    for at in range(1, len(words)):
        is_lower, _, _ = told[at]
        _, is_space, has_blank = told[at - 1]
        if is_lower or words[at] in _NEVER_FIRST or _is_abbreviated(words[at - 1], words[at]):
            starts[at] = _NO
        elif has_blank and not is_space:  # a wrapped line says nothing
            starts[at] = _starts_sentence(words, at)
    if words:
        doc.from_array([SENT_START], np.array(starts, dtype=np.int64).astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]
    return doc


def _is_abbreviated(word: str, after: str) -> bool:
    """Whether a word's full stop ends no sentence."""
    lower = word.lower()
    return lower in _ABBREVIATIONS and not (lower in _MAY_END and after[:1].isupper())


def _starts_sentence(words: list[str], at: int) -> int:
    """Whether a sentence starts with word ``at``, which a blank parts from the one before; 0 where the parser is to say."""
    before, word = words[at - 1], words[at]
    if _FINAL.fullmatch(before):
        return _YES if word[:1].isupper() or word in _OPENING else 0
    if before not in _MARKS or at == 1 or not _FINAL.fullmatch(words[at - 2]):
        return 0
    if word in _OPENING and word != before:  # “... war.” “We ...”
        return _YES
    return _NO if _is_cue_clause(words, at) else 0


def _is_cue_clause(words: list[str], first: int) -> bool:
    """Whether the few words from ``first`` on say who spoke, and nothing else: “Who will pay?” Ilic asked."""
    for at in range(first + 1, min(first + _LONGEST_CUE_CLAUSE, len(words))):
        if words[at] in {".", ","}:
            return words[at - 1].lower() in _SAID
    return False
