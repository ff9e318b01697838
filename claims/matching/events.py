"""Events: whether two claims that each say more than the other tell of one event, by what holds them together.

Two outlets seldom share all of their words. What they share of one event are its names, its day and its own nouns:

    "Korda airport recorded 214 mm of rain on Sunday"
    "On Sunday, 96 millimetres fell at Korda airport"                         Korda, airport, one day: one event
    "Tesna had a high of 41C on Sunday as the heat went on"
    "The temperature in Orlo hit 46C on Sunday, when it was hotter still"     each has a place of its own: two events
"""

from __future__ import annotations

from claims.matching.agreement import Agreement
from claims.matching.assertion import WORD, Assertion
from claims.matching.comparing import counts_beside_others
from claims.matching.days import same_time
from claims.matching.recurring import SAME_NEWS, gap
from claims.matching.vocabulary import vocabulary

#: What holds two claims together: a name, a country, another word, a day that both name, a longer time that both name.
NAME, COUNTRY, OTHER_WORD, DAY, TIME = 1.0, 0.8, 0.6, 1.0, 0.6
#: Names beyond so many tell no more: a person has two, and a place.
NAMES = 3
#: From so much on they tell of one event, and from so much of the words of the shorter one.
ENOUGH, OF_SHORTER = 2.2, 0.35
#: What is asked where no name but a country's is shared, and where they name no time in common.
ENOUGH_OF_A_COUNTRY, ENOUGH_AT_ANY_TIME = 2.6, 3.0


def are_of_one_event(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether names, words and time hold two claims together, and nothing tells them apart.

    >>> from datetime import date
    >>> from claims.matching.agreement import agreement
    >>> from claims.matching.assertion import assertion_of
    >>> day = {"date_first": date(2024, 3, 3), "date_last": date(2024, 3, 3)}
    >>> def read(claim): return assertion_of({"claim_id": "", "article_id": "1", "claim": claim} | day)
    >>> def one_event(*claims): return are_of_one_event(*map(read, claims), agreement(*map(read, claims)))
    >>> one_event("Korda airport measured 214 mm of rain.", "On the driest day 96 mm fell at Korda airport.")
    True
    >>> one_event("Korda airport measured 214 mm of rain.", "On the driest day 96 mm fell at Tesna airport.")
    False
    """
    if gap(one, other) > SAME_NEWS or not same_time(one, other, SAME_NEWS):
        return False
    if counts_beside_others(one.text) != counts_beside_others(other.text) or is_swapped(one, other, found):
        return False
    return _is_held(one, other, found) and _covered(one, other, found) >= OF_SHORTER


def are_elsewhere(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether each has a name that the other lacks: two towns, or a town and the country around it."""
    wide = vocabulary().kinds["wide"]
    mine, yours = ({*each.names, *wide.intersection([each.opening])} for each in (one, other))
    return bool(mine.intersection(found.mine) and yours.intersection(found.yours))


def _is_held(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether enough holds them together; a country alone holds less than a name."""
    known = vocabulary().kinds
    opened = {one.opening, other.opening} - vocabulary().names - known["persons"] - known["people"]
    named = {*one.names, *other.names, *opened} & set(found.shared)
    own, countries = named - known["wide"], named & known["wide"]
    words = sum(max(one.words[word], other.words[word]) >= WORD for word in found.shared if word not in named)
    time = _time(one, other)
    held = NAME * min(len(own), NAMES) + COUNTRY * bool(countries) + OTHER_WORD * words + time
    if not words and len(own) <= NAMES:
        return False
    return held >= (ENOUGH_AT_ANY_TIME if not time else ENOUGH if own else ENOUGH_OF_A_COUNTRY)


def _time(one: Assertion, other: Assertion) -> float:
    if not one.first or (one.first, one.last) != (other.first, other.last):
        return 0
    return DAY if one.first == one.last else TIME


def _covered(one: Assertion, other: Assertion, found: Agreement) -> float:
    """Which share of the weight of the shorter claim the other has too."""
    weights = [sum(weight for weight in each.words.values() if weight >= WORD) for each in (one, other)]
    return found.weight / (min(weights) or 1)


def are_known_apart(found: Agreement) -> bool:
    """Whether each has a word of its own whose meaning the table knows, opposites left out: profit and revenue."""
    opposed = {word for pair in opposites_in(found) for word in pair}
    known = vocabulary().names - opposed
    return bool(known & set(found.mine) and known & set(found.yours))


def are_parts(one: Assertion, other: Assertion) -> bool:
    """Whether one tells of a part that the other does not: of the night, of the old town."""
    return not vocabulary().kinds["part"].isdisjoint(one.words.keys() ^ other.words.keys())


def opposites_in(found: Agreement) -> list[tuple[str, str]]:
    """The words of the one that are the opposite of a word of the other."""
    opposites = vocabulary().opposites
    return [(mine, yours) for mine in found.mine for yours in found.yours if frozenset((mine, yours)) in opposites]


def is_swapped(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether one word stands for another in a statement that is the same otherwise: "of wheat" and "of barley".

    Who says the same in other words seldom leaves all the others in their place.
    """
    modes = vocabulary().modes.get(one.mode, {})
    if set(found.mine + found.yours) <= set(modes):
        return False  # "will" and "plans to" mean it alike
    frames = [
        [word if word in found.shared else "" for word, weight in each.words.items() if weight >= WORD]
        for each in (one, other)
    ]
    return frames[0] == frames[1] and one.passive == other.passive
