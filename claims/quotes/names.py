"""The people whom a text names: which words are a person's name, its fullest form, and the pronoun that fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claims.grammar import Doc, Span, Token
from claims.quotes.persons import TITLES, gender_of_name, kind_of_noun

_LONGEST_NAME = 5
_LONGEST_UNKNOWN_NAME = 3
_PLACES = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"})
_SOMEBODY = frozenset({"he", "she", "person"})
_GENITIVES = frozenset({"'s", "\N{RIGHT SINGLE QUOTATION MARK}s", "\N{RIGHT SINGLE QUOTATION MARK}"})
_WHERE = frozenset("across around at between from in into near outside through".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Names:
    """The personal names of one text."""

    def __init__(self, doc: Doc) -> None:
        spans = [span for span in doc.ents if span.label_ == "PERSON" and len(span) <= _LONGEST_NAME]
        known = {token.i for span in spans for token in span}
        spans += _unrecognised(doc, known)
        self._spans = {token.i: span for span in spans for token in span}
        self._fullest = _fullest(spans)
        self._places = self._find_places(spans)
        self._pronouns = self._find_pronouns(doc)

    def span_of(self, token: Token) -> Span | None:
        """The personal name that a token belongs to."""
        return self._spans.get(token.i)

    def is_head(self, token: Token) -> bool:
        """Whether a token heads the name of somebody: not of a town, nor of what is called after somebody."""
        span = self.span_of(token)
        if span is None or span.root != token or (token.dep_ == "compound" and token.head.i not in self._spans):
            return False
        return len(span) > 1 or token.text not in self._places

    def full(self, noun: Token) -> str | None:
        """The fullest form of a personal name; None where the noun is no person's."""
        span = self.span_of(noun)
        words = [noun.text] if span is None else _words(span)
        fullest = self._fullest.get(words[-1])
        if fullest is not None and set(words) <= set(fullest):
            return " ".join(fullest)
        return None if span is None else " ".join(words)

    def pronoun_of(self, name: str) -> str | None:
        """The pronoun, he or she, that a title, an office or the given name tells."""
        words = name.split() or [name]  # a line's end may be taken for a name
        return self._pronouns.get(name) or self._pronouns.get(words[-1]) or gender_of_name(words)

    def _find_places(self, spans: Iterable[Span]) -> set[str]:
        """Words taken for a person's name that only say where: "the road to Korda", "between Korda and the river"."""
        where: set[str] = set()
        somebody: set[str] = set()
        for span in spans:
            is_place = len(span) == 1 and span.root.dep_ == "pobj" and span.root.head.lower_ in _WHERE
            if is_place:
                where.add(span.root.text)
            elif len(span) > 1 or span.root.dep_ in _SUBJECTS:
                somebody.add(_words(span)[-1])
        return where - somebody

    def _find_pronouns(self, doc: Doc) -> dict[str, str]:
        """The pronoun of each name that stands with a title or an office: "Mrs Holm", "chairman Holm", "Holm, a nun"."""
        found: dict[str, str] = {}
        for token in doc:
            if (title := TITLES.get(token.lower_)) is not None and token.i + 1 < len(doc):
                found[token.head.text if token.head.i > token.i else doc[token.i + 1].text] = title
            elif (kind := kind_of_noun(token.lemma_.lower())) in {"he", "she"}:
                holder = _holder(token)
                if holder is not None and (name := self.full(holder)) is not None:
                    found.setdefault(name, kind or "")
        return found


def _holder(office: Token) -> Token | None:
    """The name that an office stands with: "spokeswoman Marta Holm", "Marta Holm, a spokeswoman"."""
    if office.dep_ in {"compound", "nmod", "amod"} and office.head.pos_ == "PROPN":
        return office.head
    if office.dep_ == "appos" and office.head.pos_ == "PROPN":
        return office.head
    return next((child for child in office.rights if child.dep_ == "appos" and child.pos_ == "PROPN"), None)


def _unrecognised(doc: Doc, known: set[int]) -> Iterator[Span]:
    """Names of people that the entity recogniser missed: after an office, "executive Karin Dole", or a given name."""
    tokens, end, at = doc.tokens, len(doc), 0
    while at < end:
        first = at
        while at < end and tokens[at].pos_ == "PROPN" and at not in known and tokens[at].text[:1].isupper():
            at += 1
        if first == at:
            at += 1
            continue
        offices = [i for i in range(first, at) if kind_of_noun(doc[i].lower_) in _SOMEBODY or doc[i].lower_ in TITLES]
        is_led = first > 0 and doc[first - 1].dep_ == "compound" and kind_of_noun(doc[first - 1].lower_) in _SOMEBODY
        start = offices[-1] + 1 if offices else first
        words = doc[start:at]
        if not 0 < len(words) <= _LONGEST_UNKNOWN_NAME or not all(word.is_alpha for word in words):
            continue
        is_called = gender_of_name([word.text for word in words]) is not None
        is_place = any(word.ent_type_ in _PLACES for word in words)
        is_body = kind_of_noun(words[-1].lower_) is not None
        if (offices or is_led or (is_called and not is_place)) and not is_body:
            yield words


def _words(span: Span) -> list[str]:
    """The words of a name, without titles, offices and the genitive."""
    told = (token for token in span if not token.is_space)
    words = [token.text for token in told if token.text not in _GENITIVES and token.lower_ not in TITLES]
    offices = [no for no, word in enumerate(words[:-1]) if kind_of_noun(word.lower()) in _SOMEBODY]
    return words[offices[-1] + 1 :] if offices else words or [span.root.text]


def _fullest(people: Iterable[Span]) -> dict[str, list[str] | None]:
    """The fullest name of each surname; None where two people share it."""
    names: dict[str, list[str] | None] = {}
    for span in people:
        words = _words(span)
        known = names.setdefault(words[-1], words)
        if known is not None and not set(words) <= set(known):
            names[words[-1]] = words if set(known) <= set(words) else None
    return {last: words for last, words in names.items() if words is None or len(words) > 1}
