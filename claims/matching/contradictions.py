"""Contradictions: claims of one thing whose figures, quantifiers, polarity, dates or places cannot both hold.

Each way to clash is a function from two assertions and their agreement to a Clash; WAYS lists them, the first that finds
one speaks. Where anything may tell two things or two times apart, they are silent.
"""

from __future__ import annotations

from collections.abc import Callable

from claims.matching.agreement import SHARED, SHARED_FEW, Agreement, agreement, is_turned_round
from claims.matching.assertion import Assertion, as_written
from claims.matching.clash import ELSEWHERE, PERHAPS, Clash, why_of
from claims.matching.comparing import are_labelled_apart, comparable
from claims.matching.days import apart, on_one_day, same_time
from claims.matching.denials import by_denying, by_evidence, by_opposites, by_polarity
from claims.matching.numbers import by_ellipsis, by_event, by_figure, by_nobody
from claims.matching.places import is_way_back, places_clash
from claims.matching.standing import happens_once
from claims.matching.vocabulary import vocabulary

#: What they must share where nothing else sets them apart and both name the day and open with it: one word.
SHARED_LEAST = 1.0
#: Days within which two dates are of one event.
SAME_EVENT = 31
#: Days within which somebody is seldom arrested or arrives twice.
SELDOM = 7


def contradiction(one: Assertion, other: Assertion, found: Agreement | None = None) -> Clash | None:
    """The clash of two assertions, None where both may hold or nobody can tell; ``found`` is what they share, if known.

    >>> from datetime import date
    >>> from claims.matching.assertion import assertion_of
    >>> def read(name, claim): return assertion_of({"claim_id": name, "claim": claim, "published": date(2019, 10, 13)})
    >>> fled = read("a", "785 detainees fled the Korda camp.")
    >>> print(contradiction(fled, read("b", "About 100 inmates escaped from the Korda camp.")).why)
    785 and About 100 cannot both hold: both speak of "detainees", "fled", "Korda", "camp".
    >>> contradiction(fled, read("c", "Nearly 800 inmates escaped from the Korda camp.")) is None
    True
    """
    if one.moment != other.moment or not (
        one.mode == other.mode in {"asserted", "future", "wanted"} or {one.mode, other.mode} == {"asserted", "denied"}
    ):
        return None
    found = found or agreement(one, other)
    ways = _ways(one, other, found)
    clash = next((clash for way in ways if (clash := way(one, other, found))), None)
    if clash is None or are_labelled_apart(one, other) or (clash.firm and is_turned_round(one, other)):
        return None
    return clash


def by_date(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two days of what happens once, to somebody or something known: "a bus crashed" may be true of each day."""
    days = apart(one, other)
    shared, kinds = set(found.shared), vocabulary().kinds
    if days is None or found.is_two_sided or one.negated or other.negated:
        return None
    if found.mine + found.yours and not _are_of_one_named(one, other, found):
        return None
    once = happens_once(one, shared) and happens_once(other, shared)
    seldom = days <= SELDOM and bool(shared & kinds["seldom"]) and _are_of_one_named(one, other, found)
    if not (once or seldom):
        return None
    if not shared & {*one.names, *other.names, one.opening} or (days > SAME_EVENT and not shared & kinds["once_ever"]):
        return None
    amounts = comparable(one, other)
    if (one.amounts or other.amounts) and not (amounts and amounts[0].fits(amounts[1])):
        return None
    why = why_of(one, f"{_days(one)} and {_days(other)}", found, "cannot both hold" if once else PERHAPS)
    return Clash(one.claim_id, other.claim_id, "date", why, firm=once)


def _are_of_one_named(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether both name whom or what they tell of, so that what one of them says more makes it no other."""
    return len(set(found.shared) & ({*one.names, *other.names} - one.places - other.places)) > 1


def by_place(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two places of what happens in one. Never firm: no list here knows that Rafah lies in Gaza, or that Kiev is Kyiv."""
    if is_way_back(one.text, other.text) and not (found.mine or found.yours) and same_time(one, other):
        return Clash(
            one.claim_id, other.claim_id, "place", why_of(one, "One way and the way back", found, PERHAPS), firm=False
        )
    certainty = places_clash(one, other, found)
    if not certainty:
        return None
    said = f"{as_written(one, found.mine)} and {as_written(other, found.yours)}"
    fault = PERHAPS if certainty == "perhaps" else ELSEWHERE
    return Clash(one.claim_id, other.claim_id, "place", why_of(one, said, found, fault), firm=False)


Way = Callable[[Assertion, Assertion, Agreement], Clash | None]

#: The ways to clash, in the order in which they are tried.
WAYS: tuple[Way, ...] = (by_figure, by_polarity, by_date, by_place, by_event, by_opposites)


def _ways(one: Assertion, other: Assertion, found: Agreement) -> tuple[Way, ...]:
    """The ways in which these two may clash, by how they are meant and by how much they share."""
    enough = found.weight >= _enough(one, other, found)
    if one.mode == other.mode == "wanted":
        return (by_figure,) if enough and all(_tells_a_share(each) for each in (one, other)) else ()
    if one.mode != other.mode:
        return (by_evidence, by_denying) if enough else ()
    if found.is_near:
        return (by_nobody, by_event) if enough else ()
    return WAYS if enough else (by_place, by_event, by_opposites, by_ellipsis)


def _tells_a_share(one: Assertion) -> bool:
    """Whether it tells how many of a group want something: that can be counted."""
    return any(amount.unit == "share" for amount in one.amounts)


def _enough(one: Assertion, other: Assertion, found: Agreement) -> float:
    """How much they must share: less in one article, and where only a pair of opposites or nothing sets them apart."""
    opens_alike = one.opening == other.opening != "" or on_one_day(one, other)
    alone = not found.mine and not found.yours and opens_alike
    if found.is_opposed and one.opening == other.opening != "" and one.first and other.first:
        return SHARED_LEAST
    if alone or found.is_opposed or _in_one_article(one, other):
        return SHARED_FEW
    return SHARED


def _in_one_article(one: Assertion, other: Assertion) -> bool:
    return bool(one.article_id) and one.article_id == other.article_id


def _days(one: Assertion) -> str:
    if one.first == one.last:
        return f"{one.first}"
    return f"{one.first} to {one.last}"
