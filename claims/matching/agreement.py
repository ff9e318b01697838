"""Agreement: which words two assertions share, which only one of them has, and whether they speak of the same subject."""

from __future__ import annotations

from dataclasses import dataclass

from claims.matching.assertion import LIGHT, WORD, Assertion
from claims.matching.vocabulary import vocabulary

#: Words that must tell one event from others where no name does: fewer where both name the day.
FEW, ENOUGH = 2, 3
#: What two claims must share to speak of one thing: a name and a word, or three words; two words where all else is the same.
SHARED, SHARED_FEW = 2.6, 2.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """``shared`` are the meanings that both have; ``mine`` and ``yours`` the weighty ones that only one has.

    ``score`` runs from 0 to 1: twice the weight of what is shared, of the weight of both. ``weight`` is that of the
    shared words, light ones left out.
    """

    shared: tuple[str, ...]
    mine: tuple[str, ...]
    yours: tuple[str, ...]
    score: float
    weight: float
    other_names: bool
    #: two words of theirs may report one thing, each in its own light: who was shot may have been killed
    is_near: bool = False

    @property
    def is_two_sided(self) -> bool:
        """Whether each has a weighty word that the other lacks: then they may speak of two things."""
        return bool(self.mine and self.yours)

    @property
    def is_opposed(self) -> bool:
        """Whether nothing sets them apart but one meaning and its opposite."""
        alone = len(self.mine) == len(self.yours) == 1
        return alone and frozenset({*self.mine, *self.yours}) in vocabulary().opposites


def agreement(one: Assertion, other: Assertion) -> Agreement:
    """What two assertions have in common.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> found = agreement(read("Nearly 800 inmates fled the Korda camp."), read("785 foreign detainees escaped from Korda."))
    >>> found.shared, found.mine, found.yours
    (('detainee', 'escape', 'korda'), ('camp',), ('foreign',))
    >>> agreement(read("Korda hired two nurses."), read("Marusa hired two nurses.")).is_two_sided
    True
    """
    mine, yours = _without_anybody(one, other), _without_anybody(other, one)
    shared = [word for word in mine if word in yours]
    if not vocabulary().implied.keys().isdisjoint(shared):
        _lighten(mine, shared, other)
        _lighten(yours, shared, one)
    if one.forenames or other.forenames:
        _leave_forenames(mine, shared, one, other)
        _leave_forenames(yours, shared, other, one)
    common = sum(mine[word] + yours[word] for word in shared)
    only_mine = tuple(sorted(word for word, weight in mine.items() if weight >= WORD and word not in other.words))
    only_yours = tuple(sorted(word for word, weight in yours.items() if weight >= WORD and word not in one.words))
    only_mine, only_yours = _but_votes(only_mine, only_yours), _but_votes(only_yours, only_mine)
    near = _near(only_mine, only_yours) if only_mine and only_yours else {}
    if near:
        common += sum(mine[word] + yours[match] for word, match in near.items())
        only_mine = tuple(word for word in only_mine if word not in near)
        only_yours = tuple(word for word in only_yours if word not in near.values())
    return Agreement(
        tuple(shared),
        only_mine,
        only_yours,
        common / ((sum(mine.values()) + sum(yours.values())) or 1),
        sum(weight for word in shared if (weight := max(mine[word], yours[word])) >= WORD),
        _names_differ(one, other, only_mine, only_yours),
        bool(near),
    )


def is_one_subject(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether what they share tells one event from others: a name, or enough words beside groups of persons.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> def shared(*claims): return is_one_subject(*map(read, claims), agreement(*map(read, claims)))
    >>> shared("Police arrested 12 men.", "Police arrested 5 men."), shared("Korda held 12 men.", "In Korda 5 men were held.")
    (False, True)
    """
    if (one.article_id and one.article_id == other.article_id) or set(found.shared) & {*one.names, *other.names}:
        return True
    kinds = vocabulary().kinds
    vague = (kinds["persons"], kinds["people"], kinds["light"])
    telling = [word for word in found.shared if not any(word in kind for kind in vague)]
    return len(telling) >= (FEW if one.first and other.first else ENOUGH)


def is_turned_round(one: Assertion, other: Assertion) -> bool:
    """Whether two names have changed places: "Korda attacked Marusa" does not say that Marusa attacked Korda.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> korda = read("The Korda army attacked the Marusa army.")
    >>> is_turned_round(korda, read("The Marusa army attacked the Korda army."))
    True
    >>> is_turned_round(korda, read("The Marusa army was attacked by the Korda army."))
    False
    """
    first, opens = (each.opening or next(iter(each.names), "") for each in (one, other))
    if (
        one.passive == other.passive
        and one.words.keys() == other.words.keys()
        and first in other.places - one.places
        and opens in one.places - other.places
    ):
        return True  # who bought from whom
    known = ({*one.names, one.opening} & {*other.names, other.opening}) - one.places - other.places - {""}
    mine = [name for name in dict.fromkeys((one.opening, *one.names)) if name in known]
    yours = [name for name in dict.fromkeys((other.opening, *other.names)) if name in known]
    if len(mine) < 2:  # noqa: PLR2004  (a pair)
        persons = vocabulary().kinds["persons"]
        acting, acted_on = ([word for word in each if word in persons] for each in (one.words, other.words))
        return one.passive == other.passive and len(acting) > 1 and acting == acted_on[::-1]
    if one.passive != other.passive or yours.index(mine[0]) <= yours.index(mine[-1]):
        return False
    # "The mayor is Tom Vey" and "Tom Vey is the mayor": nobody does anything.
    return any(weight == WORD and other.words.get(word) == WORD for word, weight in one.words.items())


def _without_anybody(one: Assertion, other: Assertion) -> dict[str, float]:
    """The words of the one; "people" and the group of persons that the other counts are one word that says little."""
    kinds = vocabulary().kinds
    words = dict(one.words)
    if one.counted in kinds["persons"] and other.counted in kinds["people"]:
        words.pop(one.counted, None)
    if one.counted in kinds["people"]:
        words.pop(one.counted, None)
    return words


def _but_votes(mine: tuple[str, ...], yours: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the one; by how many votes something was decided tells nothing apart where the other decides the opposite."""
    if "vote" not in mine or not any(
        frozenset((word, other)) in vocabulary().opposites for word in mine for other in yours
    ):
        return mine
    return tuple(word for word in mine if word != "vote")


def _near(mine: tuple[str, ...], yours: tuple[str, ...]) -> dict[str, str]:
    """Words of the one and those of the other that may report the same."""
    pairs = vocabulary().near
    found: dict[str, str] = {}
    for word in mine:
        if match := next((each for each in yours if (word, each) in pairs and each not in found.values()), None):
            found[word] = match
    return found


def _lighten(words: dict[str, float], shared: list[str], other: Assertion) -> None:
    """What the shared words imply says little where the other leaves it out."""
    implied = vocabulary().implied
    for word in shared:
        if word in implied:
            for said in implied[word]:
                if said in words and said not in other.words:
                    words[said] = LIGHT


def _leave_forenames(words: dict[str, float], shared: list[str], one: Assertion, other: Assertion) -> None:
    """A forename says little where the other has the surname alone."""
    for forename, name in one.forenames:
        alone = forename in words and name in shared and forename not in other.words and name not in other.places
        if alone and not any(after == name for _, after in other.forenames):
            words[forename] = LIGHT


def _names_differ(one: Assertion, other: Assertion, mine: tuple[str, ...], yours: tuple[str, ...]) -> bool:
    """Whether each has a name that the other lacks; the opening word of a sentence may be a name."""
    return bool(set(mine) & {*one.names, one.opening} and set(yours) & {*other.names, other.opening}) and bool(
        set(mine) & set(one.names) or set(yours) & set(other.names)
    )
