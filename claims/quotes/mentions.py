"""Who is named in a text outside its quotation marks: people, bodies, papers, as far as a pronoun can mean them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from claims.grammar import Doc, Token
from claims.quotes.cues import ADDRESSING, phrase_of
from claims.quotes.names import Names
from claims.quotes.persons import kind_of_noun
from claims.quotes.reading import Reading

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"agent", "appos", "attr", "compound", "dative", "dobj", "pobj", "poss"})
_HEARERS = frozenset({"dative", "dobj"})
_ARGUMENTS = _SUBJECTS | {"agent", "dative", "dobj", "pobj", "poss"}
_PLURAL = frozenset({"NNS", "NNPS"})
_DOERS = ("er", "or", "ist", "ian", "ee", "mate")
_MOST_MENTIONS = 50
_ENOUGH_TO_DOUBT = 2
_REACH = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named outside quotation marks; ``token`` heads the noun phrase.

    ``kind`` is "he", "she", "person", "it" (a body), "they" (several people), "paper", "unknown" (a person or a body) or
    "thing" (a speaker who may be a body, and hardly a person).
    """

    token: Token
    name: str
    kind: str

    @property
    def is_subject(self) -> bool:
        """Whether it does what its sentence tells, or stands where the parse has no place for it."""
        return _joined_to(self.token).dep_ not in _OBJECTS


class Mentions:
    """The mentions of one text; ``spoken`` are the tokens that head a speaker's noun phrase."""

    def __init__(self, reading: Reading, spoken: set[int]) -> None:
        self._quoted = reading.quoted
        self._labels = {token.i: span.label_ for span in reading.doc.ents for token in span}
        self._names = Names(reading.doc)
        self._roles = self._find_roles(reading.doc)
        self._all = [
            mention
            for token in reading.doc
            if token.i in spoken
            or (reading.quoted[token.i] < 0 and (_is_argument(token) or self._names.is_head(token)))
            for mention in self._at_noun(token, speaks=token.i in spoken)
        ]
        self._at = [mention.token.i for mention in self._all]

    def written(self, noun: Token) -> str:
        """A noun phrase as it stands, on one line."""
        first, last = phrase_of(noun, self._quoted)
        return " ".join(noun.doc[first:last].text.split())

    def full(self, noun: Token) -> str:
        """A noun phrase by its fullest name: "Davor Ilic" for "Ilic" and "Its spokesman, Davor Ilic,"."""
        written = self.written(noun)
        if _is_joined(noun):
            return written
        if noun.pos_ == "PROPN" or self._names.span_of(noun) is not None:
            return self._names.full(noun) or written
        if noun.tag_ not in _PLURAL:
            named = next((child for child in noun.rights if child.dep_ == "appos" and self._names.is_head(child)), None)
            if named is not None:
                return self._names.full(named) or written
        if written.lower() == f"the {noun.lower_}":
            holders = [name for name, at in self._roles.get(noun.lemma_.lower(), {}).items() if at < noun.i]
            return holders[0] if len(holders) == 1 else written
        return written

    def _at_noun(self, noun: Token, *, speaks: bool) -> Iterator[Mention]:
        """Whom a noun phrase names: one, or where "and" joins two, both together and the first of them."""
        kind = self._kind(noun, speaks=speaks)
        if kind is not None:
            alone = self._names.full(noun) or noun.doc[noun.left_edge.i : noun.i + 1].text
            yield Mention(noun, alone if _is_joined(noun) else self.full(noun), kind)
        if kind is not None and _is_joined(noun):
            yield Mention(noun, self.written(noun), "they")

    def _kind(self, noun: Token, *, speaks: bool) -> str | None:
        """The kind of a mention; None for what cannot speak."""
        may_be_named = speaks or (noun.pos_ == "PROPN" and self._labels.get(noun.i) == "ORG")
        if self._names.is_head(noun) or (may_be_named and self._names.full(noun) is not None):
            return self._names.pronoun_of(self._names.full(noun) or noun.text) or "person"
        kind, label = kind_of_noun(noun.lemma_.lower()), self._labels.get(noun.i, "")
        is_named = noun.pos_ in {"NOUN", "PROPN"}
        is_known = kind not in {None, "paper"}
        hears = noun.dep_ in _HEARERS and noun.head.lemma_.lower() in ADDRESSING
        acts = speaks or hears or noun.dep_ in _SUBJECTS or (noun.pos_ == "PROPN" and noun.dep_ in _HEARERS)
        if noun.tag_ in _PLURAL:
            found = "they" if speaks or is_known or label == "NORP" else None
        elif (is_named and is_known) or (kind == "paper" and (acts or noun.dep_ == "dobj")):
            found = kind
        elif not acts:
            found = None
        elif is_named and not hears and (label in {"GPE", "NORP"} or (label == "ORG" and not _may_be_surname(noun))):
            found = "it"
        elif noun.pos_ == "PROPN":
            found = "unknown" if speaks or hears or label in {"", "ORG"} else None
        elif not speaks or noun.pos_ == "PRON":
            found = None
        else:
            found = "unknown" if noun.pos_ != "NOUN" or noun.lemma_.lower().endswith(_DOERS) else "thing"
        return found

    def headed_by(self, noun: Token) -> Mention | None:
        """The mention that a noun heads; of two joined by "and", both together."""
        at = bisect_right(self._at, noun.i) - 1
        return self._all[at] if at >= 0 and self._at[at] == noun.i else None

    def back_to(self, at: int, start: int) -> Iterator[Mention]:
        """The mentions before token ``at``, from the nearest back to the character ``start``, at most a screenful."""
        nearest = bisect_left(self._at, at)
        for mention in reversed(self._all[max(0, nearest - _MOST_MENTIONS) : nearest]):
            if mention.token.idx < start:
                return
            yield mention

    def names_in(self, tokens: Iterable[Token]) -> set[str]:
        """The names that stand among tokens, each by its fullest form."""
        return {self._names.full(token) or token.text for token in tokens if token.pos_ == "PROPN"}

    def _find_roles(self, doc: Doc) -> dict[str, dict[str, int]]:
        """Offices, and the first two who hold each with their token: "Marusa Ilic, mayor of Dolin", "Mayor Ilic"."""
        roles: dict[str, dict[str, int]] = {}
        for token in doc:
            pair = {token.pos_: token, token.head.pos_: token.head}
            is_title = token.dep_ == "compound" and self._names.span_of(token) is None
            if is_title and self._names.span_of(token.head) is not None:
                role, holder = token, token.head
            elif token.dep_ == "appos" and pair.keys() == {"NOUN", "PROPN"}:
                role, holder = pair["NOUN"], pair["PROPN"]
            else:
                continue
            holders = roles.setdefault(role.lemma_.lower(), {})
            if len(holders) < _ENOUGH_TO_DOUBT:
                holders.setdefault(self._names.full(holder) or self.written(holder), holder.i)
        return roles


def _is_argument(noun: Token) -> bool:
    """Whether a noun stands where somebody can be named: not "as chairman", not in an apposition."""
    first = _joined_to(noun)
    return first.dep_ in _ARGUMENTS and first.head.lower_ != "as"


def _joined_to(noun: Token) -> Token:
    """The first of the nouns that "and" joins."""
    for _ in range(_REACH):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    return noun


def _is_joined(noun: Token) -> bool:
    """Whether "and" joins a noun to another: "Korda and Ilic"."""
    children = {child.dep_ for child in islice(noun.rights, _REACH)}
    return {"cc", "conj"} <= children


def _may_be_surname(noun: Token) -> bool:
    """Whether an unrecognised name can be somebody's: written like one, with no article before it."""
    return noun.pos_ == "PROPN" and noun.text.istitle() and not any(child.dep_ == "det" for child in noun.lefts)
