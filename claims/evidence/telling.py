"""What words tell that a passage and its document must not differ in: figures, negations, quantities, days, opposites.

The words are in ``telling.toml``. What is told is put together as a bag, so that "didn't" is "did not", "20" is "twenty" and
"Mar." is March; what is told on one side alone alters. Where the one word stands for its opposite, or for another name, that
alters, too; and so does any word of weight that one side has and the other has in no form, as "former" and "illegally".
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA, Levenshtein

from claims.evidence.folding import fold

#: What a word must have of its letters to be a slip of the pen for another, and how long both must be.
_ALIKE, _LONG = 0.75, 5

#: The tables whose words each tell what their row is called, and what is put before that.
_KINDS = {
    "numbers": "",
    "ordinals": "no. ",
    "months": "month ",
    "weekdays": "day ",
    "units": "in ",
    "quantifiers": "",
    "hedges": "",
}

#: Letters of a number that may be written together with another.
_PART = 3

#: A word of fewer letters has no beginning that turns it round: "to" and "into".
_STEM = 4

#: Figures of a year, and words from a bound to the figure that it bounds, an article among them.
_YEAR, _NEAR = 4, 2

#: What may stand between a bound and its figure: "over a million".
_ARTICLES = frozenset("a an one ein eine einen einer un une una uma een en ett".split())

#: A sign at a figure that bounds it, and what it means.
_BOUND = re.compile(r"(?P<before>[~≈±<>≤≥])\s*(?=[$£€¥₽₺₹]?\d)|(?<=\d)[%‰]?(?P<after>\+)(?!\d)")
_BOUNDING = {"~": "about", "≈": "about", "±": "about", "<": "less", ">": "more", "≤": "up_to", "≥": "more", "+": "more"}

#: What an editor put in, as a whole word or several.
_INSERTED = re.compile(r"(?<!\S)\[[^\[\]]*\](?![^\s.,;:!?])")
#: Letters of a number written as one word; what is longer is none, and takes its pattern ever longer.
_COMPOUND = 60

_LETTERS = re.compile(r"[^\W\d_]+")

_EDGES = re.compile(r"^[^\w%‰°$£€¥₽₺₹]+|[^\w%‰°$£€¥₽₺₹]+$")
_PARTED = re.compile(r"\b(no)\s+(one)\b", re.IGNORECASE)
_SHORTENED = re.compile(r"\w+n't")
_ROMAN = re.compile(
    r"(?=[IVXLCDM])(?!I$)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:st|nd|rd|th|\.)?"
)
_PIECE = re.compile(
    r"(?P<figure>(?:[^\W\d_](?<=[½⅓⅔¼¾])|\d|[²³¹⁰-⁹½⅓⅔¼¾⅕-⅞])+(?:[.,:/'⁄]\d+)*[²³¹⁰-⁹½⅓⅔¼¾⅕-⅞]?)|(?P<word>[^\W\d_]+)|(?P<sign>[%‰°$£€¥₽₺₹\"'])"
)
_ORDINAL = frozenset("st nd rd th er re e ème º ª".split())
_MINUS = re.compile(r"(?:^|[$£€¥(])-[$£€¥]?\d")
_SIGNS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]")
_PLAIN = str.maketrans("ıłøđ", "ilod")  # strokes and dots that no form of Unicode takes apart
_CURRENCY = frozenset("$£€¥₽₺₹")

#: Words that may stand in capitals for beginning a sentence, and are no names.
_NO_NAMES = frozenset(
    """
    a an the this that these those it its he she they we i you his her their our my your him them us one there here then
    and but or so yet as if when while where after before since because although though for of to in on at by from with
    who what which how why all some many most few no not none more less both each every only also even just now
    der die das ein eine und aber le la les un une et mais il elle ils el los las una y pero lo gli i e ma o os as um uma
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of ``telling.toml``: what each tells, and on which side of which pair it stands."""

    told: Mapping[str, tuple[str, ...]]
    within: tuple[str, ...]
    sides: Mapping[str, frozenset[tuple[int, int]]]
    turning: tuple[str, ...]
    contrary: tuple[tuple[str, str], ...]
    not_turned: frozenset[str]
    light: frozenset[str]
    short: frozenset[str]
    bounds: Mapping[tuple[str, ...], str]
    times: Mapping[str, str]
    due: frozenset[str]
    hours: frozenset[str]
    left_out: frozenset[str]
    compound: re.Pattern[str]


def alters(quoted: str, found: str, before: str = "", after: str = "") -> bool:
    """Whether the document says another thing with its words than the passage with its own, between ``before`` and ``after``.

    >>> alters("5%", "5"), alters("didn't", "did not"), alters("likely", "unlikely"), alters("role", "roll")
    (True, False, True, False)
    >>> alters("km", "cm", before="5"), alters("Korda", "Marusa"), alters("siete", "nueve"), alters("says", "said")
    (True, True, True, False)
    >>> alters("over", "", after="950 men"), alters("over", "", after="the sea"), alters("before", "on", after="Tuesday")
    (True, False, True)
    >>> alters("former", ""), alters("", "illegally"), alters("the", ""), alters("policymakers", "policy makers")
    (True, True, False, False)

    Both may be any text, also none; nothing is raised. A word of weight is one that the table does not call light, of four
    letters and more or among its short ones; what an editor put in brackets is shown, and no word of the document's.
    """
    if _told_beside(quoted, after) != _told_beside(found, after):
        return True
    left, right = _apart(quoted, found)
    if any(_opposed(word, other) for word in left for other in right):
        return True
    if _INSERTED.fullmatch(quoted):
        return False  # an editor's word for the document's: shown, and plainly not the document's own
    return (
        _renamed(left, right)
        or _reworded(_INSERTED.sub(" ", quoted), found, before, after)
        or (_counts(before) and _other_thing(quoted, found))
    )


def qualifies(words: str, after: str = "") -> bool:
    """Whether words that are left out before ``after`` may have made a lesser, a greater or another thing of what stays.

    >>> [qualifies(words) for words in ("not, as the guards told the court,", "没有", "may have", "in part", "two of", "from 9")]
    [True, True, True, True, True, True]
    >>> qualifies("over", "950 men"), qualifies("over", "the sea"), qualifies("three days before", "the raid")
    (True, False, True)
    >>> qualifies("slowly"), qualifies("of the old town"), qualifies(", who was born in Korda,"), qualifies("on Monday")
    (False, False, False, False)

    A figure, a quantity, a place in a row, a negation, a hedge, a bound of the figure that follows, and the words that the table
    says are not to be left out. The day and what a thing is measured in are none of these by themselves.
    """
    if any(not each.startswith(("day ", "month ", "in ")) for each in telling(words)):
        return True
    cores = [core for word in words.split() if (core := _core(word))]
    beside = " ".join(cores[-_NEAR:])
    return any(core in _table().left_out for core in cores) or bool(_told_beside(beside, after) - telling(beside))


def exchanged(pairs: list[tuple[str, str]]) -> bool:
    """Whether words that carry the sense have changed places: each pair is what stands in the passage and in the document.

    >>> exchanged([("Korda", "Marusa"), ("Marusa", "Korda")]), exchanged([("on Monday", ""), ("", "on Monday")])
    (True, False)
    """
    gone: dict[str, set[int]] = {}
    for number, (quoted, found) in enumerate(pairs):
        for word in _apart(quoted, found)[0]:
            gone.setdefault(_core(word), set()).add(number)
    return any(
        gone.get(core, {number}) - {number} and _weighs(core)
        for number, (quoted, found) in enumerate(pairs)
        for core in map(_core, _apart(quoted, found)[1])
    )


def telling(words: str) -> Counter[str]:
    """The figures, negations, quantities and days among some words, each as what it means.

    >>> sorted(telling("It fell to -5 and didn’t rise.").items()), telling("the second of March") == telling("2nd Mar.")
    ([('-5', 1), ('not', 1)], True)
    >>> telling("the old town")
    Counter()
    """
    told: Counter[str] = Counter()
    for word in _PARTED.sub(r"\1-\2", words).split():
        told.update(_told(word))
    if not words.isascii() and any(sign in words for sign in _table().within):
        told["not"] += 1
    return told


def _told_beside(words: str, after: str) -> Counter[str]:
    """What some words tell with those after them: also what bounds a figure, and what comes before or after what.

    >>> sorted(_told_beside("over", "950 men")), sorted(_told_beside("more than", "950 men")), sorted(_told_beside("~60", ""))
    (['more'], ['more'], ['60', 'about'])
    >>> sorted(_told_beside("over", "the sea")), sorted(_told_beside("by", "Friday")), sorted(_told_beside("by", "the sea"))
    ([], ['by'], [])
    """
    told = telling(words)
    cores = [core for word in words.split() if (core := _core(word))]
    line = [*cores, *(core for word in after.split()[: _NEAR + 1] if (core := _core(word)))]
    told.update(meaning for core in cores if (meaning := _table().times.get(core)))
    told.update(meaning for at in range(len(cores)) if (meaning := _bound(line[at:])))
    whole = f"{words} {after[:2]}"
    told.update(_BOUNDING[sign.group().strip(" %‰")] for sign in _BOUND.finditer(whole) if sign.start() < len(words))
    return told


def _bound(line: list[str]) -> str:
    """What the words at the beginning of a line bound, if a figure, or for "by" a day, follows them; else nothing."""
    for length in (1, 2, 3):
        meaning = _table().bounds.get(tuple(line[:length]))
        if meaning and _is_counted(line[length : length + _NEAR]):
            return meaning
    return "by" if line[0] in _table().due and len(line) > 1 and _is_day(line[1]) else ""


def _is_counted(line: list[str]) -> bool:
    """Whether a line begins with a figure, or with an article and a figure or a unit: "950", "a million", "a week"."""
    if line and line[0] in _ARTICLES:
        return any(_told(core) for core in line[1:2])
    return bool(line) and any(
        each[:1].isdigit() or each in {"dozen", "half", "score", "quarter"} for each in _told(line[0])
    )


def _is_day(core: str) -> bool:
    if core in _table().hours or (core.isdecimal() and len(core) == _YEAR):
        return True
    return any(each.startswith(("day ", "month ")) for each in _told(core))


@cache
def _table() -> _Table:
    data = tomllib.loads(files("claims.evidence").joinpath("telling.toml").read_text(encoding="utf-8"))
    prefixes = data["prefixes"]
    numbers = sorted((word for row in data["numbers"].values() for word in row.split()), key=len, reverse=True)
    part = "|".join(re.escape(word) for word in numbers if len(word) >= _PART)
    return _Table(
        _meanings(data),
        tuple(data["within"]["signs"].split()),
        _sides(data["opposites"]["pairs"]),
        tuple(prefixes["turning"].split()),
        tuple((a, b) for a, _, b in (pair.partition("|") for pair in prefixes["contrary"].split())),
        frozenset(prefixes["not"].split()),
        frozenset(each for word in data["light"]["words"].split() for each in (word, _unmarked(word))),
        frozenset(data["short"]["words"].split()),
        {
            tuple(_plain(bound).split("_")): meaning
            for meaning, words in data["bounds"].items()
            for bound in words.split()
        },
        {_plain(word): meaning for meaning, words in data["times"].items() for word in words.split()},
        frozenset(data["due"]["by"].split()),
        frozenset(data["due"]["hours"].split()),
        frozenset(_plain(word) for row in data["left_out"].values() for word in row.split()),
        re.compile(rf"(?:{part}|ein)(?:(?:und|und|en|ën|e|et|y)?(?:{part}))+"),
    )


def _meanings(data: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """What each word of the table tells: a word may be a month and a "may"."""
    rows = [(f"{mark}{meaning}", words) for kind, mark in _KINDS.items() for meaning, words in data[kind].items()]
    rows += [("not", words) for words in data["negations"].values()]
    told: dict[str, set[str]] = {}
    for meaning, words in rows:
        for word in words.split():
            told.setdefault(_plain(word), set()).add(meaning)
    return {word: tuple(sorted(meanings)) for word, meanings in told.items()}


def _sides(pairs: str) -> dict[str, frozenset[tuple[int, int]]]:
    """By word, in which rows it stands, and on which side of each."""
    sides: dict[str, set[tuple[int, int]]] = {}
    for row, pair in enumerate(pairs.strip().splitlines()):
        for side, words in enumerate(pair.split("|")):
            for word in words.split():
                sides.setdefault(_plain(word), set()).add((row, side))
    return {word: frozenset(found) for word, found in sides.items()}


def _plain(word: str) -> str:
    """A word as the table has it: without case, marks of vowels and the forms of its signs."""
    folded = fold(word).words.casefold().replace("'", "'")
    return "".join(sign for sign in folded if not "\u064b" <= sign <= "\u0652")


def _core(word: str) -> str:
    return _EDGES.sub("", _plain(word))


def _told(word: str) -> tuple[str, ...]:
    """What one word between blanks tells."""
    bare, core = _EDGES.sub("", fold(word).words), _core(word)
    known = _table().told.get(core, ())
    if not core or known:
        return known
    if _ROMAN.fullmatch(bare):
        return (f"numeral {bare.rstrip('.')}",)
    if any(sign.isnumeric() or sign in _CURRENCY or sign in "%‰°" for sign in core):
        return tuple(_figures(fold(word).words, core))
    return _put_together(core)


def _put_together(core: str) -> tuple[str, ...]:
    """What a word tells that is made of others: "thirty-five", "threefold", "didn't", "zweihundert"."""
    if _SHORTENED.fullmatch(core):
        return ("not",)
    if "-" in core:
        return tuple(
            _summed([each for part in core.removeprefix("non-").split("-") for each in _table().told.get(part, ())])
        )
    if core.endswith("fold"):
        return tuple(f"{each} times" for each in _table().told.get(core.removesuffix("fold"), ()))
    return (f"number {core}",) if len(core) <= _COMPOUND and _table().compound.fullmatch(core) else ()


def _figures(folded: str, core: str) -> list[str]:
    """The figures of a word, each digit as 0 to 9 whatever its script, with the units written at them."""
    told: list[str] = []
    money = any(sign in _CURRENCY for sign in core)
    for piece in _PIECE.finditer(core):
        if piece["figure"]:  # each of "5-7" by itself, like "5 to 7"
            digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in piece["figure"])
            told.append(digits)
        elif piece["sign"] and piece["sign"] in "\"'":
            told += [piece["sign"]] if core[piece.start() - 1 : piece.start()].isdigit() else []
        else:
            letters = piece.group()
            after = core[piece.start() - 1 : piece.start()].isdigit()
            if after and letters in _ORDINAL:
                told[-1] = f"no. {told[-1]}"
            elif letters == "m" and after and money:
                told.append("1000000")
            else:
                told += _table().told.get(letters, (letters,))
    if told and _MINUS.search(folded):
        first = next((at for at, each in enumerate(told) if each[:1].isdigit()), None)
        if first is not None:
            told[first] = f"-{told[first]}"
    return told


def _summed(parts: list[str]) -> list[str]:
    """Tens and ones as one number: "thirty-five" is 35."""
    match parts:
        case [tens, ones] if tens.isdigit() and ones.isdigit() and len(tens) == 2 and len(ones) == 1:  # noqa: PLR2004
            return [str(int(tens) + int(ones))]
    return parts


def _apart(quoted: str, found: str) -> tuple[list[str], list[str]]:
    """The words of either side that the other has not, each without the signs around it, as it is written."""
    left, right = ([word for word in words.split() if _core(word)] for words in (quoted, found))
    has_left, has_right = {_core(word) for word in left}, {_core(word) for word in right}
    return (
        [word for word in left if _core(word) not in has_right],
        [word for word in right if _core(word) not in has_left],
    )


def _opposed(word: str, other: str) -> bool:
    """Whether the one word is the other's opposite, by the table, by its beginning or by its end."""
    a, b = _core(word), _core(other)
    sides = _table().sides.get(b, frozenset())
    return (
        any((row, 1 - side) in sides for row, side in _table().sides.get(a, ()))
        or _turned(a, b)
        or _turned(b, a)
        or any(_parted(a, b, one, two) or _parted(b, a, one, two) for one, two in _table().contrary)
    )


def _turned(longer: str, shorter: str) -> bool:
    """Whether the one is the other with a beginning that turns it round, or ends in -less where the other ends in -ful."""
    if longer.endswith("less") and shorter == f"{longer.removesuffix('less')}ful":
        return True
    beginning = longer.removesuffix(shorter).rstrip("-")
    return (
        len(shorter) >= _STEM
        and longer.endswith(shorter)
        and beginning in _table().turning
        and longer not in _table().not_turned
    )


def _parted(word: str, other: str, one: str, two: str) -> bool:
    """Whether two words are the same but for a pair of beginnings: "increased" and "decreased"."""
    if not (word.startswith(one) and other.startswith(two)):
        return False
    stem = word.removeprefix(one).lstrip("-")
    return len(stem) >= _PART and stem == other.removeprefix(two).lstrip("-")


def _renamed(left: list[str], right: list[str]) -> bool:
    """Whether the one has a name where the other has another."""
    names, others = ([core for word in words if (core := _name(word))] for words in (left, right))
    return bool(names and others) and not all(any(_alike(name, other) for other in others) for name in names)


def _reworded(quoted: str, found: str, before: str, after: str) -> bool:
    """Whether a side has a word of weight that is no form of any of the other's: "injured" for "killed", "former" for nothing."""
    left, right = _apart(quoted, found)
    ours, theirs = _pieces(left), _pieces(right)
    if "".join(ours) == "".join(theirs):
        return False  # written together, apart or with a hyphen
    twice = {*_pieces(before.split()[-1:]), *_pieces(after.split()[:1])}
    return any(
        _is_weighty(word)
        and word not in twice
        and not any(_akin(word, other) for other in others)
        and word not in others_joined
        for words, others in ((ours, theirs), (theirs, ours))
        for others_joined in ("".join(others),)
        for word in words
    )


def _pieces(words: list[str]) -> list[str]:
    """The words and the parts of those with a hyphen or an apostrophe, by their letters without marks."""
    return [_unmarked(piece) for word in words if not _told(word) for piece in _LETTERS.findall(_core(word))]


def _is_weighty(word: str) -> bool:
    table = _table()
    return (
        (len(word) >= _STEM or word in table.short)
        and word not in table.light
        and word not in table.times
        and not _told(word)
    )


def _akin(word: str, other: str) -> bool:
    """Whether the one may be a form of the other or a slip of the pen for it: "beat" and "beaten", "role" and "roll"."""
    slips = OSA if {word, other} & _table().light else Levenshtein  # "taht" is a slip, "trail" for "trial" another word
    return word[:_STEM] == other[:_STEM] or slips.normalized_similarity(word, other) >= _ALIKE


def _name(word: str) -> str:
    """A word that may be a name, without the signs around it; else nothing."""
    bare = word.strip("\"'“”‘’«»„()[].,;:!?…")
    bare = re.sub(r"['’]s$", "", bare)
    if not bare[:1].isupper() or bare.casefold() in _NO_NAMES or _told(bare):
        return ""
    return _unmarked(bare.casefold())


def _unmarked(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign)).translate(
        _PLAIN
    )


def _alike(word: str, other: str) -> bool:
    """Whether the one may be a slip of the pen, another spelling or another form of the other."""
    if word == other or (min(len(word), len(other)) >= _STEM and (word.startswith(other) or other.startswith(word))):
        return True
    return min(len(word), len(other)) >= _LONG and Levenshtein.normalized_similarity(word, other) >= _ALIKE


def _counts(before: str) -> bool:
    """Whether the last word before is a figure."""
    last = before.split()[-1:]
    return bool(last) and any(each[:1].isdigit() or each[:1] == "-" for each in _told(last[0]))


def _other_thing(quoted: str, found: str) -> bool:
    """Whether what a figure counts is another thing."""
    one, two = (words.split()[:1] for words in (quoted, found))
    if not (one and two) or _SIGNS.match(quoted) or _SIGNS.match(found):
        return False  # a sign of writing without blanks may be half a word
    return _told(one[0]) != _told(two[0]) or not (_told(one[0]) or _alike(_core(one[0]), _core(two[0])))


def _weighs(core: str) -> bool:
    """Whether a word in another place may be another sense: no small word, and no day."""
    if core in _NO_NAMES or len(core) <= 2:  # noqa: PLR2004
        return False
    return not any(each.startswith(("day ", "month ")) for each in _told(core)) and core not in {"said", "says"}
