"""The named signals: each a question about a sentence, with a yes or no that can be seen in its words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from types import MappingProxyType

_TOKEN = re.compile(
    r"""
      \d++(?:[.,:]\d++)*+                      # 785, 2,000,000, 3.5, 14:30
    | [^\W\d_]++(?:['’][^\W\d_]++)*+           # words, with what an apostrophe joins: don't, Korda's
    | [?!$€£%"“]                               # the signs that say something
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"1[6-9]\d\d|20\d\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})++|\d{4,}+")
_LONG_QUOTATION = re.compile(r"[“\"][^”\"]{40}")
_I = re.compile(r"I(?:['’].*)?")

#: How a sentence's first and last word are marked in pairs of words: "^ thank", "you $$".
FIRST, LAST = "^", "$$"
#: How a word among the first few is marked, "^4 thank", and what ends a beginning: "immig*" is immigrant, immigration.
OPENING, BEGINNING = "^4", "*"
#: What stands for any number and any year, so that 785 teaches something about 786.
NUMBER, YEAR = "#", "#year"

# Words that lean on the sentence before, where they stand first.
_LEANING = frozenset("it this that these those they he she which and but or so there".split())
# What makes a slant where it is there more than once.
_SLANTS = ("judgement", "loaded", "colour", "stress")
_FRAGMENT, _SHORT, _LONG = 5, 10, 25  # words
_SHORTEST_WITH_ENDING = 5  # letters
_OPENING_WORDS = 4
_BEGINNING_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Signal:
    """One question. ``reason`` is its yes as a journalist reads it; ``{words}`` stands for the words that gave it."""

    name: str
    question: str
    reason: str
    words: frozenset[str]
    endings: frozenset[str]
    but: frozenset[str]
    held: Mapping[str, float]
    beside: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen: ``terms``, each once, in order; ``signals`` with what gave each.

    A term is a word, a pair of words, one of the first words as such ("^4 thank"), or a beginning of words ("immig*").
    """

    terms: Mapping[str, None]
    signals: Mapping[str, list[str]]

    @property
    def both(self) -> Iterator[tuple[str, str]]:
        """Every two of the signals, each pair in the order of the alphabet."""
        return combinations(sorted(self.signals), 2)


@cache
def all_signals() -> Mapping[str, Signal]:
    """Every signal by its name, in the order of ``signals.toml``."""
    tables = tomllib.loads((files(__package__) / "signals.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: Signal(
                name,
                table["question"],
                table["reason"],
                words=_listed(table.get("words", "")),
                endings=_listed(table.get("endings", "")),
                but=_listed(table.get("but", "")),
                held=table.get("held", {}),
                beside=table.get("beside", False),
            )
            for name, table in tables.items()
        }
    )


def _listed(words: str) -> frozenset[str]:
    return frozenset(" ".join(word.replace("-", " ").split()) for word in words.split(",")) - {""}


@cache
def _signals_of_terms() -> Mapping[str, tuple[str, ...]]:
    """The names of the signals that a word or a pair of words gives."""
    found: dict[str, tuple[str, ...]] = {}
    for signal in all_signals().values():
        for word in signal.words:
            found[word] = (*found.get(word, ()), signal.name)
    return found


@cache
def _endings() -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """The signals that endings give: name, endings, and the words that have one and do not give it."""
    return tuple(
        (signal.name, tuple(sorted(signal.endings)), signal.but) for signal in all_signals().values() if signal.endings
    )


@cache
def _telling_pairs() -> frozenset[str]:
    return frozenset(term for term in _signals_of_terms() if " " in term)


@cache
def _beside() -> frozenset[str]:
    return frozenset(signal.name for signal in all_signals().values() if signal.beside)


@lru_cache(maxsize=65_536)
def _look(token: str) -> tuple[str, tuple[str, ...], str]:
    """A token as a term, the signals it gives where it does not stand first, and as a beginning ("" where it is short)."""
    if token[0].isdigit():
        if _YEAR.fullmatch(token):
            return YEAR, ("date",), ""
        return NUMBER, ("figure", "magnitude") if _THOUSANDS.fullmatch(token) else ("figure",), ""
    word = token.lower().replace("’", "'")
    beginning = word[:_BEGINNING_LETTERS] + BEGINNING if len(word) > _BEGINNING_LETTERS else ""
    names = _signals_of_terms().get(word, ())
    if token[0].isupper() and not _I.fullmatch(token) and "date" not in names:
        return word, (*names, "name"), beginning
    if len(word) >= _SHORTEST_WITH_ENDING and _beside().issuperset(names):
        names += tuple(name for name, endings, but in _endings() if word.endswith(endings) and word not in but)
    return word, names, beginning


@lru_cache(maxsize=1_024)
def read(sentence: str) -> Reading:
    """The terms and signals of ``sentence``.

    >>> reading = read("At least 785 prisoners escaped in 2019.")
    >>> sorted(reading.signals)
    ['date', 'event', 'figure', 'people', 'short']
    >>> list(reading.terms)[:4], list(reading.terms)[-2:]
    (['at', 'least', '#', 'prisoners'], ['priso*', 'escap*'])
    >>> sorted(read("What a disgrace!").signals)
    ['exclaims', 'fragment', 'judgement']
    """
    tokens = _TOKEN.findall(sentence)
    words, told, beginnings = map(list, zip(*map(_look, tokens), strict=True)) if tokens else ([], [], [])
    signals: dict[str, list[str]] = {}
    for place, (token, names) in enumerate(zip(tokens, told, strict=True)):
        for name in names:
            if place or name != "name":
                signals.setdefault(name, []).append(token)
    pairs = list(map(" ".join, zip([FIRST, *words], [*words, LAST], strict=True)))
    for pair in sorted(_telling_pairs().intersection(pairs)):
        for name in _signals_of_terms()[pair]:
            signals.setdefault(name, []).append(pair)
    _look_at_shape(sentence, words, signals)
    openings = [f"{OPENING} {word}" for word in words[:_OPENING_WORDS]]
    return Reading(dict.fromkeys(words + pairs + openings + [*filter(None, beginnings)]), signals)


def _look_at_shape(sentence: str, words: list[str], signals: dict[str, list[str]]) -> None:
    """The signals that are not single words: how it begins and ends, how long it is, whether it quotes or slants."""
    end = sentence[-3:]
    if "?" in end:
        signals["question"] = ["?"]
    if "!" in end:
        signals["exclaims"] = ["!"]
    if sum(len(signals.get(name, ())) for name in _SLANTS) > 1:
        signals["slant"] = []
    if words and words[0] in _LEANING:
        signals["lone"] = [words[0]]
    if _LONG_QUOTATION.search(sentence):
        signals["quotation"] = []
    if len(words) <= _FRAGMENT:
        signals["fragment"] = []
    elif len(words) <= _SHORT:
        signals["short"] = []
    elif len(words) >= _LONG:
        signals["long"] = []
