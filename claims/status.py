"""Status: where the work on a claim stands. It says nothing of the judgement, which is the verdict."""

from __future__ import annotations

#: What may follow what. A claim starts as new; dropping one needs a reason, and so does taking it up again.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "new": ("assigned", "in progress", "marked", "dropped"),
    "assigned": ("new", "in progress", "marked", "dropped"),
    "in progress": ("new", "assigned", "marked", "dropped"),
    "marked": ("in progress", "second reading", "dropped"),
    "second reading": ("in progress", "agreed", "disputed", "dropped"),
    "agreed": ("in progress", "decided", "signed off"),
    "disputed": ("in progress", "decided"),
    "decided": ("in progress", "signed off"),
    "signed off": ("in progress", "published"),
    "published": ("in progress",),
    "dropped": ("new",),
}

STATUSES: tuple[str, ...] = tuple(TRANSITIONS)

#: Statuses that still want a verdict.
OPEN: tuple[str, ...] = ("new", "assigned", "in progress")


def may_follow(old: str, new: str) -> bool:
    """Whether a claim may go from one status to the other; staying is always allowed.

    >>> may_follow("new", "marked"), may_follow("new", "signed off")
    (True, False)
    """
    return old == new or new in TRANSITIONS.get(old, ())
