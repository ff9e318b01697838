"""Places: whether two claims put in two places what happened in one; where a place may lie in the other, or near it, they may both hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from claims.matching.agreement import SHARED, SHARED_FEW, Agreement
from claims.matching.assertion import Assertion, tokens_of, written_of
from claims.matching.comparing import is_count
from claims.matching.days import on_one_day, said_within, same_time
from claims.matching.recurring import SAME_NEWS, gap
from claims.matching.standing import is_plural
from claims.matching.vocabulary import is_past, meaning, stem, vocabulary

_AT = frozenset("in at inside".split())
_LEFT = frozenset({"from"})
_NEAR = frozenset("near off outside around".split())
# Where something is, and the names that follow: "off Cape Doren", "in Korda, Marusa".
_PLACED = re.compile(
    r"\b(?P<how>in|at|inside|near|off|outside|around|from|to|through|across|via|towards?)\s(?:the\s)?"
    r"(?:(?:[\w-]+\s){0,2}(?:port|city|town|village|district|province|suburb|island|region|county|state)\sof\s|[a-z]+\s)?(?P<names>[A-Z][\w’'-]*(?:,?\s[A-Z][\w’'-]*)*)"
)
_WAY = re.compile(r"\b[Ff]rom\s([A-Z][\w’'-]*)\sto\s([A-Z][\w’'-]*)")
_OF_MANY = frozenset("a an another some several one two three many".split())
_DONE_TO_OTHERS = frozenset("kill murder execute behead".split())
_PRONOUNS = frozenset("he she it".split())
# Of the words that mean "killed", those of who dies.
_DIES = frozenset("die dead death fatality perish lose".split())
_VERBS = frozenset("was were is has had have will".split())
# What only tells more of the noun before.
_BEHIND = frozenset("of between from in with for on".split())


def places_clash(one: Assertion, other: Assertion, found: Agreement) -> str:
    """Whether two claims "surely" or "perhaps" put one act in two places; "" where both may hold.

    >>> from datetime import date
    >>> from claims.matching.agreement import agreement
    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim, "published": date(2024, 3, 3)})
    >>> def told(*claims): return places_clash(*map(read, claims), agreement(*map(read, claims)))
    >>> told("The water treaty was signed in Korda.", "The water treaty was signed in Marusa.")
    'surely'
    >>> told("The ferry sank off Korda.", "The ferry sank off Marusa.")
    'perhaps'
    >>> told("A ferry sank off Korda.", "Another ferry sank off Marusa."), told("Tom Vey died in Lyon.", "Tom Vey died in France.")
    ('', '')
    """
    is_occasion = not vocabulary().kinds["occasion"].isdisjoint(found.shared)
    happens = vocabulary().kinds["happens"] if is_occasion else frozenset()  # "was held" and "took place" say the same
    mine, yours = set(found.mine) - happens, set(found.yours) - happens
    if not (mine and yours and mine <= one.places and yours <= other.places) or one.negated or other.negated:
        return ""
    leaves = not vocabulary().kinds["leaves"].isdisjoint(found.shared)
    if not (same_time(one, other) and _are_apart(one, mine, other, yours, leaves=leaves)):
        return ""
    if _on_one_day(one, other, found):
        return "surely"
    if _is_one_thing(one, other, found):
        return "perhaps"
    shared = frozenset(found.shared)
    if not all(_is_once(each, shared) for each in (one, other)):
        return ""
    return _certainty(one, other, found)


def is_way_back(text: str, other: str) -> bool:
    """Whether the one goes from where the other goes to: "from Korda to Tesna", "from Tesna to Korda".

    >>> is_way_back("It flew from Korda to Tesna.", "It flew from Tesna to Korda."), is_way_back("From Korda to Tesna.", "From Korda.")
    (True, False)
    """
    return any(way[::-1] in _WAY.findall(other) for way in _WAY.findall(text))


def _certainty(one: Assertion, other: Assertion, found: Agreement) -> str:
    """How surely both speak of one: by a name or three words, or in one article; "the ferry" of two articles perhaps is one."""
    in_one_article = bool(one.article_id) and one.article_id == other.article_id
    persons = vocabulary().kinds["persons"] | vocabulary().kinds["people"]
    nameless = not any(word in each.names and word not in each.places for each in (one, other) for word in found.shared)
    if nameless and (found.weight < SHARED_FEW or not persons.isdisjoint(found.shared)):
        return "perhaps" if in_one_article else ""  # "she", "the man": whoever that is
    days = gap(one, other) if _is_routine(found) else 0
    if days == 0 and (found.weight >= SHARED or in_one_article):
        return "surely"
    if days > SAME_NEWS:
        return ""
    return "perhaps" if said_within(one, other, SAME_NEWS) else ""


def _is_routine(found: Agreement) -> bool:
    """Whether the occasion is one of those that are held again and again: the council's meeting, and not a funeral."""
    kinds = vocabulary().kinds
    occasions = kinds["occasion"].intersection(found.shared)
    return not occasions.isdisjoint(kinds["routine"])


def _is_once(one: Assertion, shared: frozenset[str]) -> bool:
    """Whether a claim tells what one person or thing does in one place, or what is held there, and not of one of many."""
    kinds = vocabulary().kinds
    if any(is_count(amount) and not amount.aside for amount in one.amounts):
        return False
    tokens = tokens_of(one.text)
    subject = _subject(tokens)
    told = shared & kinds["one_life"] and _is_undergone(one, shared)
    if told and any(stem(token.lower()) in shared & {*one.names} - one.places for token in subject):
        return True
    if any(token.lower() in _OF_MANY or _is_many_decided(token, shared) for token in tokens):
        return False
    held = kinds["happens"] & one.words.keys() and shared & kinds["occasion"]
    if _is_signed(tokens, shared):
        return True
    return bool(told or held or shared & (kinds["wreck"] | kinds["one_place"])) and _is_one_known(subject)


def _is_signed(tokens: Sequence[str], shared: frozenset[str]) -> bool:
    """Whether one thing is signed that is signed once: "the water treaty", and not copies of a novel."""
    decided = shared & vocabulary().kinds["decided"]
    return "sign" in shared and any(meaning(token.lower()) in decided and not is_plural(token) for token in tokens)


def _is_many_decided(token: str, shared: frozenset[str]) -> bool:
    """Whether a word names several that were signed: "agreements"."""
    decided = shared & (vocabulary().kinds["decided"] | vocabulary().kinds["occasion"])
    return is_plural(token) and token[0].islower() and meaning(token) in decided


def _is_undergone(one: Assertion, shared: frozenset[str]) -> bool:
    """Whether the one of whom it is told dies or is killed, and does not kill others."""
    if one.passive or not shared & _DONE_TO_OTHERS:
        return True
    return stem(written_of(one).get("kill", "")) in _DIES


def _subject(tokens: Sequence[str]) -> list[str]:
    """The words before the verb, up to what only tells more of a noun.

    >>> _subject("The funeral of Edda Marn was held".split()), _subject("Flight 12 crashed near Korda".split())
    (['The', 'funeral'], ['Flight', '12'])
    """
    kinds = vocabulary().kinds
    acts = kinds["one_life"] | kinds["wreck"] | kinds["happens"]

    def goes_on(place: tuple[int, str]) -> bool:
        at, token = place
        lower = token.lower()
        return not (lower in _VERBS or lower in _BEHIND or (at > 0 and is_past(lower) and meaning(lower) in acts))

    return [token for _, token in takewhile(goes_on, enumerate(tokens))]


def _is_one_known(subject: Sequence[str]) -> bool:
    """Whether one known thing is meant: "the ferry", a name, "she"; not "the climbers" or "climbers".

    >>> [_is_one_known(words.split()) for words in ("The ferry", "Flight 12", "She", "Climbers", "The climbers")]
    [True, True, True, False, False]
    """
    if subject and meaning(subject[0]) == "negotiate":
        return True  # "talks" are one, as many as they are
    if not subject or (subject[-1][0].islower() and is_plural(subject[-1])):
        return False
    named = any(token[0].isupper() or token[0].isdigit() for token in subject[1:])
    return named or subject[0].lower() in {"the", *_PRONOUNS}


def _are_apart(one: Assertion, mine: set[str], other: Assertion, yours: set[str], *, leaves: bool) -> bool:
    """Whether the places exclude each other as they are told: "near Korda" may be in Marusa, Lyon is in France."""
    here = {how for name, how in told_places(one.text) if name in mine}
    there = {how for name, how in told_places(other.text) if name in yours}
    if not here or not there or not any((here | there) <= how for how in (_AT, _NEAR, _LEFT if leaves else _AT)):
        return False
    known = vocabulary()
    wide = (mine & known.kinds["wide"], yours & known.kinds["wide"])
    if all(wide):  # of two countries, neither lies in the other
        return wide[0].isdisjoint(wide[1]) and {*wide[0], *wide[1]} <= {*known.nations.values()}
    return not any(wide)


@lru_cache(maxsize=1 << 14)
def told_places(text: str) -> tuple[tuple[str, str], ...]:
    """The names that stand behind a word for a place, as stems, each with that word.

    >>> told_places("The ferry from Marusa sank off Cape Doren.")
    (('marusa', 'from'), ('cap', 'off'), ('doren', 'off'))
    """
    return tuple(
        (stem(name.lower()), match["how"]) for match in _PLACED.finditer(text) for name in tokens_of(match["names"])
    )


def _on_one_day(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether both tell what one who is named does in one place on that very day: "Hollin met the unions in Geneva on Monday"."""
    named = set(found.shared) & ({*one.names} - one.places)
    return on_one_day(one, other) and bool(named) and bool(set(found.shared) & vocabulary().kinds["one_place_a_day"])


def _is_one_thing(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether both tell of one known thing what it does once, on a day that both name: "the boat that sank on Sunday set out from"."""
    kinds = vocabulary().kinds
    once = kinds["once"] | kinds["one_life"] | kinds["wreck"] | kinds["leaves"]
    known = all(_is_one_known(_subject(tokens_of(each.text))) for each in (one, other))
    return on_one_day(one, other) and known and not once.isdisjoint(found.shared)
