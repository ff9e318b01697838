"""Who a speaker is: the full name behind "Korda", "the mayor", "he" and "it", where the text leaves no doubt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from claims.paragraphs import find_paragraphs
from claims.quotes.cues import phrase_of
from claims.quotes.reading import Reading

_RELATIVE = frozenset({"who", "that", "which"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLURAL = frozenset({"NNS", "NNPS"})
_LONGEST_NAME = 5
_MOST_MENTIONS = 50
_ENOUGH_TO_DOUBT = 2

#: Titles that tell a pronoun.
_TITLES = {"mr": "he", "mr.": "he", "sir": "he", "mrs": "she", "mrs.": "she", "ms": "she", "ms.": "she", "miss": "she"}

#: Nouns that speak and are no person; "it" can mean them, "he" and "she" cannot.
_BODIES = frozenset(
    """
    administration agency alliance army article association authority bank board bureau campaign club coalition
    commission committee company corporation council court department embassy federation firm foundation government
    group hospital institute journal league letter magazine ministry movement navy network newspaper office
    organisation organization outlet panel paper parliament party police poll publication report school site statement
    study survey team tribunal union university watchdog website
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A person or body named outside quotation marks; ``token`` heads its noun phrase."""

    token: Token
    name: str
    kind: str  # "he", "she", "person", "it", "they", or "unknown": a name that may be a person's or a body's

    def may_be(self, pronoun: str) -> bool:
        """Whether a pronoun can mean it."""
        if self.kind == "unknown":
            return pronoun != "they"
        if pronoun in {"he", "she"}:
            return self.kind in {pronoun, "person"}
        return self.kind == pronoun


class Cast:
    """The people and bodies of one text."""

    def __init__(self, reading: Reading, speakers: Iterable[Token]) -> None:
        doc = reading.doc
        self._quoted = reading.quoted
        self._people: dict[int, Span] = {
            token.i: span
            for span in doc.ents
            if span.label_ == "PERSON" and len(span) <= _LONGEST_NAME
            for token in span
        }
        self._labels = {token.i: span.label_ for span in doc.ents for token in span}
        self._full = _full_names(self._people.values())
        self._titled = _titled(doc)
        self._roles = self._find_roles(doc)
        self._starts = [start for start, _ in find_paragraphs(reading.text)]
        spoken = {token.i: token for token in speakers if token.pos_ != "PRON"}
        named = {token.i: token for token in doc if reading.quoted[token.i] < 0 and self._may_speak(token)}
        self._mentions = [self._mention(token) for _, token in sorted((named | spoken).items())]
        self._at = [mention.token.i for mention in self._mentions]

    def _may_speak(self, token: Token) -> bool:
        """Whether a name can be whom a pronoun means: a person's, or a subject that the parse has not recognised."""
        if token.i in self._people:
            return self._people[token.i].root == token
        return token.pos_ == "PROPN" and token.dep_ in _SUBJECTS and self._labels.get(token.i, "ORG") == "ORG"

    def name_of(self, noun: Token) -> str:
        """The speaker's name as fully as the text is sure of it, else the words as written."""
        if noun.lower_ in _RELATIVE and (verb := _relative_clause(noun)) is not None:
            noun = verb.head
        written = self._written(noun)
        if noun.pos_ == "PRON":
            return self._antecedent(noun) or written
        if noun.pos_ == "PROPN" or noun.i in self._people:
            return self._person(noun) or written
        if written.lower() == f"the {noun.lower_}":
            holders = [name for name, at in self._roles.get(noun.lemma_.lower(), {}).items() if at < noun.i]
            return holders[0] if len(holders) == 1 else written
        return written

    def _written(self, noun: Token) -> str:
        first, last = phrase_of(noun, self._quoted)
        return " ".join(noun.doc[first:last].text.split())

    def _person(self, noun: Token) -> str | None:
        """The fullest form of a personal name; None where the noun is no person's."""
        span = self._people.get(noun.i)
        words = [noun.text] if span is None else _words(span)
        fullest = self._full.get(words[-1])
        if fullest is not None and set(words) <= set(fullest):
            return " ".join(fullest)
        return None if span is None else " ".join(words)

    def _mention(self, noun: Token) -> _Mention:
        name = self.name_of(noun)
        label = self._labels.get(noun.i, "")
        if noun.tag_ in _PLURAL:
            kind = "they"
        elif noun.i in self._people or self._person(noun) is not None:
            kind = self._titled.get(name.split()[-1], "person")
        elif label in {"GPE", "NORP"} or noun.lemma_.lower() in _BODIES or (label == "ORG" and noun.pos_ == "NOUN"):
            kind = "it"
        else:
            kind = "unknown" if label == "ORG" else "person"
        return _Mention(noun, name, kind)

    def _antecedent(self, pronoun: Token) -> str | None:
        """The only one that a pronoun can mean: in its paragraph so far, else in that and the one before."""
        word = pronoun.lower_
        paragraph = bisect_right(self._starts, pronoun.idx) - 1
        for first in (paragraph, paragraph - 1):
            start = self._starts[first] if first >= 0 else 0
            meant = [mention for mention in self._back_to(pronoun.i, start) if mention.may_be(word)]
            if meant:
                is_sure = len({mention.name for mention in meant}) == 1 and meant[0].kind != "unknown"
                return meant[0].name if is_sure else None
        return None

    def _back_to(self, at: int, start: int) -> Iterator[_Mention]:
        """The mentions before token ``at``, from the nearest back to the character ``start``, at most a screenful."""
        nearest = bisect_left(self._at, at)
        for mention in reversed(self._mentions[max(0, nearest - _MOST_MENTIONS) : nearest]):
            if mention.token.idx < start:
                return
            yield mention

    def _find_roles(self, doc: Doc) -> dict[str, dict[str, int]]:
        """Offices, and the first two who hold each with their token: "Marusa Ilic, mayor of Dolin", "Mayor Ilic"."""
        roles: dict[str, dict[str, int]] = {}
        for token in doc:
            pair = {token.pos_: token, token.head.pos_: token.head}
            if token.dep_ == "compound" and token.head.i in self._people and token.i not in self._people:
                role, holder = token, token.head
            elif token.dep_ == "appos" and pair.keys() == {"NOUN", "PROPN"}:
                role, holder = pair["NOUN"], pair["PROPN"]
            else:
                continue
            holders = roles.setdefault(role.lemma_.lower(), {})
            if len(holders) < _ENOUGH_TO_DOUBT:
                holders.setdefault(self._person(holder) or self._written(holder), holder.i)
        return roles


def _relative_clause(pronoun: Token) -> Token | None:
    """The verb of the relative clause that a pronoun opens; its head is whom the pronoun means."""
    verb = pronoun.head
    return verb if verb.dep_ == "relcl" else None


def _words(span: Span) -> list[str]:
    """The words of a name, without titles and the genitive."""
    words = [token.text for token in span if token.text not in {"'s", "’s", "’"} and token.lower_ not in _TITLES]
    return words or [span.root.text]


def _full_names(people: Iterable[Span]) -> dict[str, list[str] | None]:
    """The fullest name of each surname; None where two people share it."""
    names: dict[str, list[str] | None] = {}
    for span in people:
        words = _words(span)
        known = names.setdefault(words[-1], words)
        if known is not None and not set(words) <= set(known):
            names[words[-1]] = words if set(known) <= set(words) else None
    return {last: words for last, words in names.items() if words is None or len(words) > 1}


def _titled(doc: Doc) -> dict[str, str]:
    """The pronoun of each surname that stands after a title."""
    pronouns: dict[str, str] = {}
    for token in doc[:-1] if len(doc) else ():
        if token.lower_ in _TITLES:
            pronouns[token.head.text if token.head.i > token.i else doc[token.i + 1].text] = _TITLES[token.lower_]
    return pronouns
