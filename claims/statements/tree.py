"""A sentence as a tree of words, light enough to be walked many times and cut anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from claims.grammar import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
HELPERS = frozenset({"aux", "auxpass"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})

_QUOTATION_MARKS = frozenset("“\"‘'«")

_MEASURED = frozenset(["DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"])

#: Ages of which a newspaper makes an apposition.
_YOUNGEST, _OLDEST = 10, 99


@dataclass(slots=True, eq=False)
class Word:
    """One token; ``head`` is the word itself at a root. ``text`` stands at ``start`` to ``end`` of the article."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    entity: str
    entity_no: int
    gap: bool
    opens: bool
    head: Word = field(init=False, repr=False)
    children: list[Word] = field(init=False, repr=False, default_factory=list)

    def first(self, *deps: str) -> Word | None:
        """The first child in one of these relations."""
        return next((child for child in self.children if child.dep in deps), None)

    def all(self, *deps: str) -> list[Word]:
        """The children in these relations, in order."""
        return [child for child in self.children if child.dep in deps]

    @property
    def is_root(self) -> bool:
        """Whether nothing in this tree governs the word."""
        return self.head is self

    @property
    def is_verbal(self) -> bool:
        """Whether the word is a predicate: a verb, or something with a subject of its own."""
        return self.pos in {"VERB", "AUX"} or any(child.dep in SUBJECTS for child in self.children)


def grow(tokens: Iterable[Token], cut: Collection[int] = ()) -> list[Word]:
    """The words of ``tokens`` with their relations; a word whose head is not among them is a root.

    A word that hangs on one of ``cut``, which are left out, hangs in its place.
    """
    words: dict[int, Word] = {}
    heads: dict[int, int] = {}
    entity_no = 0
    opening = False
    for token in tokens:
        i, text = token.i, token.text
        if token.is_space or i in cut:
            continue
        head, dep = out_of(token, cut) if cut else (token.head, token.dep_)
        entity_no += token.ent_iob_ != "I"
        words[i] = Word(
            i, token.idx, token.idx + len(text), text, token.lower_, token.lemma_.lower(), token.tag_, token.pos_, dep,
            token.ent_type_, entity_no, gap=token.whitespace_ != "", opens=opening or token.is_sent_start,
        )  # fmt: skip
        heads[i] = head.i
        opening = text in _QUOTATION_MARKS
    for i, word in words.items():
        word.head = words.get(heads[i], word)
        if word.head is not word:
            word.head.children.append(word)
        elif word.dep != "punct":
            word.dep = "ROOT"
    grown = list(words.values())
    _name_the_aged(grown)
    for word in grown:
        if word.dep == "appos" and word.entity == "PERSON":
            _name_the_officer(word)
            _name_the_titled(word)
        elif word.dep == "npadvmod" and word.tag == "NNP" and word.entity not in _MEASURED and word.i < word.head.i:
            _name_the_doer(word)
    return grown


def _name_the_officer(name: Word) -> None:
    """A person's name beside a place's belongs to who is of that place: "the mayor of Korda, Ana Ilic,"."""
    place = name.head
    officer = place.head.head
    if not (
        place.entity in {"GPE", "LOC", "ORG", "FAC"}
        and place.dep == "pobj"
        and place.head.lower == "of"
        and officer.pos == "NOUN"
        and officer is not place.head
    ):
        return
    moved = [child for child in place.children if child is name or (child.dep == "punct" and child.i > place.i)]
    place.children = [child for child in place.children if child not in moved]
    for child in moved:
        child.head = officer
    officer.children = sorted([*officer.children, *moved], key=_place)


def _name_the_titled(name: Word) -> None:
    """A name right behind a title is its bearer's, in a list too: "defender Ilic and goalkeeper Ivan Dorn"."""
    first = next((child for child in name.children if child.dep == "compound"), name)
    title = next((child for child in name.head.all("conj") if child.pos == "NOUN" and child.i == first.i - 1), None)
    listed = name.head
    if title is None or listed.entity != "PERSON":
        return
    listed.children = [child for child in listed.children if child is not name]
    listed.children[listed.children.index(title)] = name
    name.head, name.dep = listed, "conj"
    title.head, title.dep = name, "compound"
    name.children = sorted([title, *title.children, *name.children], key=_place)
    for child in title.children:
        child.head = name
    title.children = []


def _name_the_doer(name: Word) -> None:
    """A person is no measure: before a verb without a subject, the name is its subject."""
    if name.head.tag in FINITE and not name.head.first(*SUBJECTS):
        name.dep = "nsubj"


def _name_the_aged(words: list[Word]) -> None:
    """Whoever is given an age is a person, and the age stands beside the name: "McHenry, 28, left"."""
    for name, opening, age, closing, after in zip(words, words[1:], words[2:], words[3:], words[4:], strict=False):
        if not (
            name.tag == "NNP"
            and opening.text == closing.text == ","
            and age.text.isdigit()
            and _YOUNGEST <= int(age.text) <= _OLDEST
            and age.head is name
            and after.pos not in {"PROPN", "NUM"}
        ):
            continue
        age.dep = "appos"
        if name.entity != "PERSON":
            for part in (name, *name.all("compound")):
                part.entity, part.entity_no = "PERSON", -name.i


def out_of(token: Token, cut: Collection[int]) -> tuple[Token, str]:
    """The token's head and relation, or those of the first head that is not ``cut``."""
    head, dep = token.head, token.dep_
    while head.i in cut and head.head.i != head.i:
        if token.pos_ != "PUNCT":
            dep = head.dep_
        head = head.head
    return head, dep


def below(word: Word, without: Collection[Word] = ()) -> list[Word]:
    """``word`` and all it governs, in the order of the text, less each branch that starts in ``without``."""
    found: list[Word] = []
    waiting = [word]
    while waiting:
        branch = waiting.pop()
        if branch not in without:
            found.append(branch)
            waiting += branch.children
    found.sort(key=_place)
    return found


def above(word: Word) -> Iterator[Word]:
    """The heads of ``word``, the nearest first."""
    while not word.is_root:
        word = word.head
        yield word


def depth(words: Iterable[Word]) -> int:
    """How many steps the deepest word lies below its root."""
    steps: dict[Word, int] = {}
    for word in words:
        trail: list[Word] = []
        top = word
        while top not in steps and not top.is_root:
            trail.append(top)
            top = top.head
        known = steps.setdefault(top, 0)
        for distance, passed in enumerate(reversed(trail), 1):
            steps[passed] = known + distance
    return max(steps.values(), default=0)


def conjuncts(word: Word) -> list[Word]:
    """``word`` and what is coordinated with it, in order."""
    chain = [word]
    for link in chain:
        chain += link.all("conj")
    return sorted(chain, key=_place)


def joiner(chain: Iterable[Word]) -> str:
    """The conjunction that joins ``chain``: "and", "or", "but" ..., "" for none."""
    words = [child.lower for link in chain for child in link.children if child.dep in {"cc", "preconj"}]
    return next((word for word in words if word not in {"and", "&"}), words[0] if words else "")


def _place(word: Word) -> int:
    return word.i
