"""Agreement: which words two assertions share, which only one of them has, and whether they speak of the same subject."""

from __future__ import annotations

from dataclasses import dataclass

from claims.matching.assertion import WORD, Assertion
from claims.matching.vocabulary import vocabulary

#: Words that must tell one event from others where no name does: fewer where both name the day.
FEW, ENOUGH = 2, 3


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
    common = sum(mine[word] + yours[word] for word in shared)
    only_mine = tuple(sorted(word for word, weight in mine.items() if weight >= WORD and word not in other.words))
    only_yours = tuple(sorted(word for word, weight in yours.items() if weight >= WORD and word not in one.words))
    return Agreement(
        tuple(shared),
        only_mine,
        only_yours,
        common / ((sum(mine.values()) + sum(yours.values())) or 1),
        sum(weight for word in shared if (weight := max(mine[word], yours[word])) >= WORD),
        _names_differ(one, other, only_mine, only_yours),
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
    known = ({*one.names, one.opening} & {*other.names, other.opening}) - one.places - other.places - {""}
    mine = [name for name in dict.fromkeys((one.opening, *one.names)) if name in known]
    yours = [name for name in dict.fromkeys((other.opening, *other.names)) if name in known]
    if len(mine) < 2:  # noqa: PLR2004  (a pair)
        return False
    return yours.index(mine[0]) > yours.index(mine[-1]) and one.passive == other.passive


def _without_anybody(one: Assertion, other: Assertion) -> dict[str, float]:
    """The words of the one; "people" and the group of persons that the other counts are one word that says little."""
    kinds = vocabulary().kinds
    words = dict(one.words)
    if one.counted in kinds["persons"] and other.counted in kinds["people"]:
        words.pop(one.counted, None)
    if one.counted in kinds["people"]:
        words.pop(one.counted, None)
    return words


def _names_differ(one: Assertion, other: Assertion, mine: tuple[str, ...], yours: tuple[str, ...]) -> bool:
    """Whether each has a name that the other lacks; the opening word of a sentence may be a name."""
    return bool(set(mine) & {*one.names, one.opening} and set(yours) & {*other.names, other.opening}) and bool(
        set(mine) & set(one.names) or set(yours) & set(other.names)
    )
