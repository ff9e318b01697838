"""The table of what may follow what: whole, without dead ends, and read alike by all who ask it."""

from __future__ import annotations

from itertools import product

import pytest

from claims.status import LOCKED, OPEN, ROLES, SETTABLE, STATUSES, STEPS, following, may, may_follow, step


def test_a_way_stands_in_the_table_once() -> None:
    """No two steps lead from one status to the same other one, and none leads nowhere."""
    ways = [(each.old, each.new) for each in STEPS]
    assert len(set(ways)) == len(ways)
    assert all(old != new for old, new in ways)


def test_the_table_is_read_alike() -> None:
    """``step``, ``following`` and ``may_follow`` say of every pair what the table says."""
    ways = {(each.old, each.new): each for each in STEPS}
    for old, new in product(STATUSES, repeat=2):
        assert step(old, new) is ways.get((old, new))
        assert (new in following(old)) == ((old, new) in ways)
        assert may_follow(old, new) == (old == new or (old, new) in ways)


@pytest.mark.parametrize("start", STATUSES)
def test_every_status_is_reached_from_every_other(start: str) -> None:
    """The work has no dead end: whatever was done to a claim, it can be taken up again and brought anywhere."""
    reached, ahead = {start}, [start]
    while ahead:
        new = set(following(ahead.pop())) - reached
        reached |= new
        ahead += new
    assert reached == set(STATUSES)


def test_a_locked_claim_is_left_for_publication_withdrawal_or_with_a_reason() -> None:
    """From a locked status a step either stays locked or asks why."""
    assert all(each.new in LOCKED or each.asks for each in STEPS if each.old in LOCKED)
    assert not set(LOCKED) & {*OPEN, *SETTABLE}


def test_roles_reach_as_far_as_those_before_them() -> None:
    """Each role may do what it and every lesser one is needed for, and nothing beyond; every step names a role."""
    order = list(ROLES)
    for role, needed in product(order, repeat=2):
        assert may(role, needed) == (order.index(role) >= order.index(needed))
    assert {each.role for each in STEPS} <= set(ROLES)
