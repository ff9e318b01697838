"""Vocabulary: what words mean to matching, read from the table beside this file, and the plain form of a word."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VOWELS = frozenset("aeiou")
_SHORTEST = 3
_SHORTEST_NOUN = len("vocation")
_ENDINGS = ("", "s", "es", "e", "ed", "d", "ing", "ings", "ion")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The table in the shape that reading a claim asks for; words are stems."""

    concepts: dict[str, str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    opposites: frozenset[frozenset[str]]
    #: pairs of meanings, either way round, that may report one thing
    near: frozenset[tuple[str, str]]
    kinds: dict[str, frozenset[str]]
    modes: dict[str, dict[str, tuple[tuple[str, ...], ...]]]
    measures: dict[str, tuple[str, float]]
    #: the names of the meanings, so that two known ones that differ can be told from a word that is not known
    names: frozenset[str]
    #: what a meaning already says of who did it or with what
    implied: dict[str, frozenset[str]]
    #: what belongs to a country, by the word of its name: "peruvian" to "peru"
    nations: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The table, read once.

    >>> vocabulary().concepts[stem("fled")], frozenset({"rise", "fall"}) in vocabulary().opposites
    ('escape', True)
    >>> "korda" in vocabulary().concepts
    False
    """
    table = tomllib.loads(files("claims.matching").joinpath("words.toml").read_text(encoding="utf-8"))
    concepts: dict[str, str] = {}
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for name, cell in table["same"].items():
        for words in [(stem(name),), *_stemmed(cell)]:
            if len(words) == 1:
                concepts.setdefault(words[0], name)
            else:
                phrases[words[0]] = (*phrases.get(words[0], ()), (words, name))

    def known(name: str) -> str:
        return name if name in table["same"] else concepts.get(stem(name), stem(name))

    def meant(cell: str) -> frozenset[str]:
        return frozenset(
            name for words in _listed(cell) for name in (words, concepts.get(stem(words), stem(words))) if name
        )

    def as_said(cell: str) -> frozenset[str]:  # "level" says little, "destroy", which it may mean, does not
        return frozenset(name for words in _listed(cell) for name in (words, stem(words)))

    kinds = table["kinds"]
    return Vocabulary(
        concepts,
        {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in phrases.items()},
        frozenset(frozenset(map(known, pair)) for pair in table["opposite"]["pairs"]),
        frozenset(
            pair
            for one, other in table["near"]["pairs"]
            for pair in ((known(one), known(other)), (known(other), known(one)))
        ),
        {kind: as_said(cell) if kind in {"light", "titles", "units"} else meant(cell) for kind, cell in kinds.items()},
        {mode: _by_first(_stemmed(cell)) for mode, cell in table["modes"].items()},
        {name: (base, float(factor)) for name, (base, factor) in table["measures"].items()},
        frozenset(table["same"]),
        {concepts.get(stem(name), stem(name)): meant(cell) for name, cell in table["implied"].items()},
        {stem(word): stem(name) for name, cell in table["nations"].items() for word in _listed(cell)},
    )


@cache
def _forms() -> dict[str, str]:
    table = tomllib.loads(files("claims.matching").joinpath("words.toml").read_text(encoding="utf-8"))
    return {form: plain for plain, forms in table["forms"].items() for form in forms.split()}


@cache
def stem(word: str) -> str:
    """The form that stands for all forms of a word; the last e or y goes, so that all of them meet.

    >>> [stem(word) for word in ("fled", "fleeing", "carried", "carries", "stopped", "closing", "houses", "passes")]
    ['flee', 'flee', 'carri', 'carri', 'stop', 'clos', 'hous', 'pass']
    >>> stem("gas"), stem("red")
    ('gas', 'red')
    """
    word = _forms().get(word, word)
    if (
        word.removesuffix("s").endswith(("ation", "ption")) and len(word) > _SHORTEST_NOUN
    ):  # "investigation" is of "investigate"
        return word.removesuffix("s")[:-3]
    if word.endswith(("ies", "ied")) and len(word) > len("dies"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORTEST:
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    for ending in ("ing", "ed"):
        body = word.removesuffix(ending)
        if body != word and len(body) >= _SHORTEST and _VOWELS & set(body):
            if ending == "ed" and body.endswith("e"):
                return body + "e"
            doubled = body[-1] == body[-2] and body[-1] not in "lsze"
            word = body[:-1] if doubled else body
            break
    if len(word) > _SHORTEST and word.endswith("e") and not word.endswith("ee"):
        return word[:-1]
    return word[:-1] + "i" if len(word) > _SHORTEST and word.endswith("y") and word[-2] not in _VOWELS else word


@cache
def meaning(noun: str) -> str:
    """What a single word means here: the name of its row, or its stem.

    >>> meaning("inmates"), meaning("Nurses")
    ('detainee', 'nurs')
    """
    plain = stem(noun.lower())
    return vocabulary().concepts.get(plain, plain)


@cache
def is_past(word: str) -> bool:
    """Whether a word, in small letters, is a verb in the past or its participle, by its ending or the table's forms.

    >>> is_past("fled"), is_past("closed"), is_past("flees"), is_past("red"), is_past("has")
    (True, True, False, False, False)
    """
    if word in _forms():
        return not word.endswith(("s", "ing", "men", "feet", "children")) and word not in {"are", "am", "be"}
    return word.endswith("ed") and stem(word) != word and word not in {"need", "indeed", "hundred"}


@cache
def forms_of(meant: str) -> tuple[str, ...]:
    """Single words, in small letters, that have this meaning here: whoever looks for it in an index asks for these.

    >>> {"quakes", "earthquake", "tremor"} <= {*forms_of("quake")}, "fled" in forms_of("escape"), forms_of("")
    (True, True, ())

    They come from the table's stems by the endings that a stem loses, so that some are no words of the language.
    """
    known = vocabulary()
    rows = (known.concepts, known.nations)
    stems = {plain for row in rows for plain, name in row.items() if name == meant} | {meant} - known.names - {""}
    tried = {plain + ending for plain in stems for ending in _ENDINGS}
    tried |= {plain + plain[-1] + ending for plain in stems for ending in ("ed", "ing")}
    tried |= {plain[:-1] + ending for plain in stems if plain.endswith("i") for ending in ("y", "ies", "ied", "ying")}
    return tuple(sorted(form for form in tried | _forms().keys() if stem(form) in stems))


def _listed(cell: str) -> list[str]:
    return [" ".join(words.split()) for words in cell.split(",")]


def _stemmed(cell: str) -> list[tuple[str, ...]]:
    return [tuple(stem(word) for word in words.split()) for words in _listed(cell)]


def _by_first(rows: list[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in rows:
        found[words[0]] = (*found.get(words[0], ()), words)
    return found
