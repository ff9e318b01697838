"""Where a sentence begins, as far as punctuation tells: the parser guesses the rest."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token

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
# Abbreviations that also end sentences: before a capital word they may, so the parser is left to decide.
_MAY_END = frozenset("a.m. co. corp. d.c. e.u. etc. inc. jr. ltd. p.m. sr. u.k. u.n. u.s.".split())


@Language.component(NAME)
def sentence_bounds(doc: Doc) -> Doc:
    """Settle what punctuation says about them, before the parser guesses the rest."""
    for token, after in pairwise(doc):
        starts = _starts_sentence(token, after)
        if starts is not None:
            after.is_sent_start = starts
    return doc


def _starts_sentence(token: Token, after: Token) -> bool | None:
    """Whether a sentence starts with ``after``, the token after ``token``; None where the parser is to say."""
    lower, is_capital = token.lower_, after.text[:1].isupper()
    is_abbreviated = lower in _ABBREVIATIONS and not (lower in _MAY_END and is_capital)
    if is_abbreviated or after.is_lower or after.text in _NEVER_FIRST:
        return False
    if not token.whitespace_ or token.is_space:  # a wrapped line says nothing
        return None
    if _FINAL.fullmatch(token.text) and (is_capital or after.text in _OPENING):
        return True
    if token.text not in _MARKS or token.i == 0 or not _FINAL.fullmatch(token.nbor(-1).text):
        return None
    if after.text in _OPENING and after.text != token.text:  # “... war.” “We ...”
        return True
    return False if _is_cue_clause(after) else None


def _is_cue_clause(first: Token) -> bool:
    """Whether the few words from ``first`` on say who spoke, and nothing else: “Who will pay?” Ilic asked."""
    for token in first.doc[first.i + 1 : first.i + _LONGEST_CUE_CLAUSE]:
        if token.text in {".", ","}:
            return token.nbor(-1).lower_ in _SAID
    return False
