"""Clashes by number: two amounts of one thing at one time that have no number in common, or nobody hurt and some."""

from __future__ import annotations

from claims.matching.agreement import Agreement, is_one_subject
from claims.matching.amount import Amount
from claims.matching.assertion import Assertion, tokens_of
from claims.matching.clash import PERHAPS, SINCE, Clash, why_of
from claims.matching.comparing import comparable, is_count
from claims.matching.counting import left_over
from claims.matching.days import days_between, same_time
from claims.matching.ellipses import left_out
from claims.matching.events import are_elsewhere, are_known_apart, are_of_one_event, are_parts
from claims.matching.holding import REVISED, is_over, may_be_two, may_both_hold, tells_a_stage
from claims.matching.recurring import SAME_NEWS, gap, may_recur
from claims.matching.vocabulary import meaning


def by_figure(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two amounts of the same thing at the same time that have no number in common."""
    if one.negated or other.negated or found.is_two_sided:
        return None
    amounts = comparable(one, other)
    if (
        not amounts
        and not (found.mine or found.yours)
        and (rates := _rates_apart(one, other))
        and same_time(one, other)
    ):
        return _figures_clash(one, other, found, *rates, perhaps=gap(one, other) > 0)
    if not amounts or not is_one_subject(one, other, found) or may_both_hold(one, other, found, *amounts):
        return None
    days = gap(one, other)
    twice = may_recur(one, other, found) if days > 0 and _tells_how_many(amounts[0]) else ""
    if twice == "often" and days > SAME_NEWS:
        return None
    reckoned = amounts[0].unit == "share" or is_over(one, other)
    revised = reckoned and abs(days_between(one, other)) > REVISED  # rates and last month's counts are reckoned anew
    return _figures_clash(one, other, found, *amounts, perhaps=bool(twice) or revised)


def _rates_apart(one: Assertion, other: Assertion) -> tuple[Amount, Amount] | None:
    """One number at two rates: 300 tonnes a day, 300 tonnes a year."""
    return next(
        (
            (mine, yours)
            for mine in one.amounts
            for yours in other.amounts
            if mine.unit == yours.unit
            and mine.stated == yours.stated is not None
            and mine.per != yours.per
            and mine.per
            and yours.per
        ),
        None,
    )


def by_event(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two amounts of one kind in two reports of one event that each say more. Never firm: what each says more may be another thing."""
    if one.negated or other.negated or _is_told_in_part(one, other, found) or are_known_apart(found):
        return None
    if are_elsewhere(one, other, found) or are_parts(one, other):
        return None
    if (
        not are_of_one_event(one, other, found)
        or tells_a_stage(one)
        or tells_a_stage(other)
        or _are_told_by_two(one, other)
    ):
        return None
    amounts = left_over(one, other)
    if not amounts or may_be_two(one, other, found, *amounts):
        return None
    return _figures_clash(one, other, found, *amounts, perhaps=True)


def by_ellipsis(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two amounts of one act in one article, where whom the one counts is left out. Never firm: they may be others."""
    amounts = left_out(one, other, found)
    return _figures_clash(one, other, found, *amounts, perhaps=True) if amounts else None


def _is_told_in_part(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether only one of them says more, and not only who told it: it may tell of a part."""
    if found.is_two_sided:
        return False
    of, more = (one, found.mine) if found.mine else (other, found.yours)
    return not (more and set(more) <= {*of.names} - of.places)


def _are_told_by_two(one: Assertion, other: Assertion) -> bool:
    """Whether two who have no word in common told of it: the union's count of a march, and that of the police."""
    mine, yours = (set(tokens_of(each.speaker.lower())) - {"the", "of", "a", "and"} for each in (one, other))
    return bool(mine and yours) and mine.isdisjoint(yours)


def by_nobody(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Nobody came to harm, and some were killed or hurt, said no later. Never firm: they may be found within the day."""
    for nobody, some, less, more, later in (
        (one, other, found.mine, found.yours, days_between(one, other)),
        (other, one, found.yours, found.mine, days_between(other, one)),
    ):
        none = next(
            (amount for amount in nobody.amounts if amount.unit == meaning("casualty") and amount.high == 0), None
        )
        hurt = next((amount for amount in some.amounts if is_count(amount) and amount.low > 0), None)
        if none and hurt and later <= 0 and len(less) <= 1 and set(more) <= {hurt.unit} and same_time(one, other):
            mine, yours = (none, hurt) if nobody is one else (hurt, none)
            why = why_of(one, f"{_shown(mine)} and {_shown(yours)}", found, SINCE)
            return Clash(one.claim_id, other.claim_id, "figure", why, firm=False)
    return None


def _figures_clash(
    one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount, *, perhaps: bool
) -> Clash:
    vague = mine.vague or yours.vague
    kind = "share" if mine.unit == "share" and vague else "figure"
    said = f"{_shown(mine)} and {_shown(yours)}"
    why = why_of(one, said, found, PERHAPS if perhaps else "do not fit" if vague else "cannot both hold")
    return Clash(one.claim_id, other.claim_id, kind, why, firm=not (vague or perhaps))


def _tells_how_many(amount: Amount) -> bool:
    """Whether it tells of how many or how much an act was done; how long, how old and at what price belong to one thing."""
    return is_count(amount) or amount.unit in {"", "gram", "litre"}


def _shown(amount: Amount) -> str:
    """The words of an amount; of a vague word also the band that it means, of a share of two numbers what it comes to."""
    if amount.unit == "share" and amount.vague:
        low, high = amount.band
        return f"{amount.text} ({low:.0%} to {high:.0%})"
    if amount.unit == "share" and " of " in amount.text and amount.stated is not None:
        return f"{amount.text} ({amount.stated:.0%})"
    low, high = amount.band
    return f"{amount.text} ({low:,.0f} to {high:,.0f})" if high else amount.text
