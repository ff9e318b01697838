"""Contradictions: claims of one thing whose figures, quantifiers, polarity, dates or places cannot both hold.

Each way to clash is a function from two assertions and their agreement to a Clash; WAYS lists them, the first that finds
one speaks. Where anything may tell two things or two times apart, they are silent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from claims.matching.agreement import SHARED, SHARED_FEW, Agreement, agreement, is_one_subject, is_turned_round
from claims.matching.amounts import Amount
from claims.matching.assertion import Assertion, as_written
from claims.matching.comparing import are_labelled_apart, comparable, counts_beside_others, is_count
from claims.matching.days import RECENT, apart, days_between, said_within, same_time
from claims.matching.places import places_clash
from claims.matching.recurring import SAME_NEWS, gap, may_recur
from claims.matching.standing import happens_once, reach
from claims.matching.vocabulary import vocabulary

#: What they must share where nothing else sets them apart and both name the day and open with it: one word.
SHARED_LEAST = 1.0
#: Days within which two dates are of one event.
SAME_EVENT = 31
HALF = 0.5
#: What is said where two reports may be of two events.
PERHAPS = "cannot both hold if they tell of one event"
#: What is said of two places, since either may lie in the other or be another name of it.
ELSEWHERE = "cannot both hold unless they are, or lie in, one place"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that cannot both hold; ``kind`` is figure, share, polarity, date or place. ``why`` is one sentence.

    ``firm`` is False where a vague word's band says so, where they cannot hold only beside ``third_id``, where they may tell of
    two events, and of places, which may lie in each other: it shows what to look at and proves nothing.
    """

    claim_id: str
    other_id: str
    kind: str
    why: str
    firm: bool = True
    third_id: str = ""


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
    if one.mode != other.mode or one.mode not in {"asserted", "future"} or one.moment != other.moment:
        return None
    found = found or agreement(one, other)
    if found.is_near:
        return None
    ways = WAYS if found.weight >= _enough(one, other, found) else (by_place,)
    clash = next((clash for way in ways if (clash := way(one, other, found))), None)
    return None if clash and (are_labelled_apart(one, other) or is_turned_round(one, other)) else clash


def by_figure(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two amounts of the same thing at the same time that have no number in common."""
    amounts = None if one.negated or other.negated or found.is_two_sided else comparable(one, other)
    if not amounts or not is_one_subject(one, other, found):
        return None
    mine, yours = amounts
    if mine.unit == "age" and not set(found.shared) & {*one.names} - one.places:
        return None
    if mine.fits(yours) or _has_grown(one, other, found, mine, yours) or _counts_others(one, other):
        return None
    if not same_time(one, other, _reach(one, other, found, mine)):
        return None
    if _is_part(one, other, found.mine, mine, yours) or _is_part(other, one, found.yours, yours, mine):
        return None
    days = gap(one, other)
    perhaps = days > 0 and _tells_how_many(mine) and may_recur(one, other, found)
    return None if perhaps and days > SAME_NEWS else _figures_clash(one, other, found, mine, yours, perhaps=perhaps)


def _figures_clash(
    one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount, *, perhaps: bool
) -> Clash:
    vague = mine.vague or yours.vague
    kind = "share" if mine.unit == "share" and vague else "figure"
    said = f"{_shown(mine)} and {_shown(yours)}"
    why = _why(one, said, found, PERHAPS if perhaps else "do not fit" if vague else "cannot both hold")
    return Clash(one.claim_id, other.claim_id, kind, why, firm=not (vague or perhaps))


def by_polarity(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """One denies what the other says, or says its opposite."""
    mine, yours = set(found.mine), set(found.yours)
    opposed = found.is_opposed
    if opposed == (one.negated != other.negated):
        return None
    denier, affirmed = (mine, yours) if one.negated else (yours, mine)
    if not opposed and (denier or affirmed - set(one.places | other.places)):
        return None
    amounts = comparable(one, other)
    if not opposed and (one.amounts or other.amounts) and not (amounts and amounts[0].fits(amounts[1])):
        return None
    if opposed and amounts and _are_of_a_group(*amounts) and min(amounts[0].low, amounts[1].low) <= HALF:
        return None  # 45 percent may be for it and 40 against
    counted = any(map(is_count, (*one.amounts, *other.amounts))) and not (opposed and _is_all_and_some(one, other))
    if counted or not _same_news(one, other):
        return None
    said = f"{as_written(one, mine)} and {as_written(other, yours)}" if opposed else "A statement and its denial"
    return Clash(one.claim_id, other.claim_id, "polarity", _why(one, said, found))


def by_date(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two days of what happens once, to somebody or something known: "a bus crashed" may be true of each day."""
    days = apart(one, other)
    shared, kinds = set(found.shared), vocabulary().kinds
    if days is None or found.mine or found.yours or one.negated or other.negated:
        return None
    if not (happens_once(one, shared) and happens_once(other, shared)):
        return None
    if not shared & {*one.names, *other.names, one.opening} or (days > SAME_EVENT and not shared & kinds["once_ever"]):
        return None
    amounts = comparable(one, other)
    if (one.amounts or other.amounts) and not (amounts and amounts[0].fits(amounts[1])):
        return None
    return Clash(one.claim_id, other.claim_id, "date", _why(one, f"{_days(one)} and {_days(other)}", found))


def by_place(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two places of what happens in one. Never firm: no list here knows that Rafah lies in Gaza, or that Kiev is Kyiv."""
    certainty = places_clash(one, other, found)
    if not certainty:
        return None
    said = f"{as_written(one, found.mine)} and {as_written(other, found.yours)}"
    fault = PERHAPS if certainty == "perhaps" else ELSEWHERE
    return Clash(one.claim_id, other.claim_id, "place", _why(one, said, found, fault), firm=False)


Way = Callable[[Assertion, Assertion, Agreement], Clash | None]

#: The ways to clash, in the order in which they are tried.
WAYS: tuple[Way, ...] = (by_figure, by_polarity, by_date, by_place)


def _enough(one: Assertion, other: Assertion, found: Agreement) -> float:
    """How much they must share: less in one article, and where only a pair of opposites or nothing sets them apart."""
    alone = not found.mine and not found.yours and one.opening == other.opening != ""
    if found.is_opposed and one.opening == other.opening != "" and one.first and other.first:
        return SHARED_LEAST
    if alone or found.is_opposed or _in_one_article(one, other):
        return SHARED_FEW
    return SHARED


def _are_of_a_group(mine: Amount, yours: Amount) -> bool:
    """Whether both are shares of one group, whose members may differ."""
    return mine.unit == yours.unit == "share" and mine.noun == yours.noun != ""


def _is_all_and_some(one: Assertion, other: Assertion) -> bool:
    """Whether the one speaks of all and the other counts some of them: "all survived" and "eleven died"."""
    for whole, part in ((one, other), (other, one)):
        if any(amount.band == (1, 1) for amount in whole.amounts) and any(
            is_count(amount) and amount.low > 0 for amount in part.amounts
        ):
            return True
    return False


def _in_one_article(one: Assertion, other: Assertion) -> bool:
    return bool(one.article_id) and one.article_id == other.article_id


def _has_grown(one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount) -> bool:
    """Whether a count that only grows was simply higher on a later day."""
    days = days_between(one, other)
    if not days or not set(found.shared) & vocabulary().kinds["grows"] or mine.unit == "share":
        return False
    return (mine.high < yours.low) == (days > 0)


def _counts_others(one: Assertion, other: Assertion) -> bool:
    """Whether one of them alone counts some beside others: "another 12 fled" and "785 fled"."""
    return counts_beside_others(one.text) != counts_beside_others(other.text)


def _tells_how_many(amount: Amount) -> bool:
    """Whether it tells of how many or how much an act was done; how long, how old and at what price belong to one thing."""
    return is_count(amount) or amount.unit in {"", "gram", "litre"}


def _reach(one: Assertion, other: Assertion, found: Agreement, amount: Amount) -> int:
    """For how many days a claim without a day holds; the dead are none the fewer later."""
    if "kill" in found.shared and is_count(amount):
        return RECENT
    return reach(one, other, found.shared, RECENT, share=amount.unit == "share")


def _is_part(one: Assertion, other: Assertion, more: tuple[str, ...], mine: Amount, yours: Amount) -> bool:
    """Whether the one may speak of a part of what the other does: it says more words, or counts a group of "people".

    Only a count that is greater than that of the whole clashes, and only where what is said more is names: a word more
    may be another act.
    """
    people, parts = vocabulary().kinds["people"], vocabulary().kinds["part"]
    if mine.high < yours.low and any(word in parts and word not in other.words for word in one.words):
        return True
    if yours.high == 0 and is_count(yours) and mine.low > 0 and set(more) <= {mine.unit}:
        return False  # none of the whole is none of a part
    if not more and (
        not (yours.unit in people and mine.unit and mine.unit not in people) or _acts(one, other, mine.unit)
    ):
        return False
    return not is_count(mine) or mine.high < yours.low or not set(more) <= set(one.names)


def _acts(one: Assertion, other: Assertion, unit: str) -> bool:
    """Whether the group is whoever does or undergoes what both tell: all who watch are spectators."""
    known, both = vocabulary(), one.words.keys() & other.words.keys()
    return unit in both & known.kinds["done_to"] or any(
        unit in known.implied[word] for word in both & known.implied.keys()
    )


def _same_news(one: Assertion, other: Assertion) -> bool:
    """Whether what may be turned back or come about later was said at one time."""
    if one.first and other.first:
        return same_time(one, other)
    return same_time(one, other) and said_within(one, other, SAME_NEWS)


def _shown(amount: Amount) -> str:
    """The words of an amount; of a vague word also the band that it means, of a share of two numbers what it comes to."""
    if amount.unit == "share" and amount.vague:
        low, high = amount.band
        return f"{amount.text} ({low:.0%} to {high:.0%})"
    if amount.unit == "share" and " of " in amount.text and amount.stated is not None:
        return f"{amount.text} ({amount.stated:.0%})"
    low, high = amount.band
    return f"{amount.text} ({low:,.0f} to {high:,.0f})" if high else amount.text


def _days(one: Assertion) -> str:
    if one.first == one.last:
        return f"{one.first}"
    return f"{one.first} to {one.last}"


def _why(one: Assertion, said: str, found: Agreement, verb: str = "cannot both hold") -> str:
    return f"{said} {verb}: both speak of {as_written(one, found.shared)}."
