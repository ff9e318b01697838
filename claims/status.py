"""Status: where the work on a claim stands, and what may follow what. It says nothing of the judgement, which is the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Roles, the least first; each may do what those before it may.
ROLES: dict[str, str] = {
    "checker": "Marks claims and reads second.",
    "reviewer": "Decides, signs off and reopens too.",
    "editor": "Publishes and voids too.",
    "admin": "Keeps the roster and the desk's settings too.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A way from one status to another: what the record calls it, who may go it, and what it has to say why."""

    old: str
    new: str
    act: str
    role: str = "checker"
    asks: str = ""


#: The one table of what may follow what. A claim begins as new.
STEPS: tuple[Step, ...] = (
    Step("new", "assigned", "claim assigned"),
    Step("new", "in progress", "claim begun"),
    Step("new", "marked", "claim marked"),
    Step("new", "dropped", "claim dropped", asks="a reason"),
    Step("assigned", "new", "claim handed back"),
    Step("assigned", "in progress", "claim begun"),
    Step("assigned", "marked", "claim marked"),
    Step("assigned", "dropped", "claim dropped", asks="a reason"),
    Step("in progress", "new", "claim handed back"),
    Step("in progress", "assigned", "claim assigned"),
    Step("in progress", "marked", "claim marked"),
    Step("in progress", "dropped", "claim dropped", asks="a reason"),
    Step("marked", "in progress", "claim taken up again"),
    Step("marked", "second reading", "second reading asked for"),
    Step("marked", "signed off", "claim signed off", "reviewer"),  # where the desk asks for no second reading
    Step("marked", "dropped", "claim dropped", asks="a reason"),
    Step("second reading", "in progress", "claim taken up again"),
    Step("second reading", "agreed", "second reading given"),
    Step("second reading", "disputed", "second reading given"),
    Step("second reading", "dropped", "claim dropped", asks="a reason"),
    Step("agreed", "in progress", "claim taken up again", "reviewer", "a reason"),  # it clears what others read
    Step("agreed", "decided", "claim decided", "reviewer"),
    Step("agreed", "signed off", "claim signed off", "reviewer"),
    Step("disputed", "in progress", "claim taken up again", "reviewer", "a reason"),
    Step("disputed", "decided", "claim decided", "reviewer"),
    Step("decided", "in progress", "claim taken up again", "reviewer", "a reason"),
    Step("decided", "signed off", "claim signed off", "reviewer"),
    Step("signed off", "in progress", "claim reopened", "reviewer", "a reason"),
    Step("signed off", "published", "claim published", "editor"),
    Step("signed off", "void", "claim voided", "editor", "a correction notice"),
    Step("published", "in progress", "claim reopened", "reviewer", "a reason"),
    Step("published", "void", "claim voided", "editor", "a correction notice"),
    Step("void", "in progress", "claim reopened", "reviewer", "a reason"),
    Step("dropped", "new", "claim taken up", asks="a reason"),
)

_BY_WAY = {(step.old, step.new): step for step in STEPS}

STATUSES: tuple[str, ...] = tuple(dict.fromkeys(name for step in STEPS for name in (step.old, step.new)))

#: Statuses that still want a verdict.
OPEN: tuple[str, ...] = ("new", "assigned", "in progress")

#: Statuses to which a claim goes back with the verdict that it has.
TAKEN_UP: tuple[str, ...] = (*OPEN, "dropped")

#: Statuses in which a claim is locked: changing it reopens it, with a reason, on the record.
LOCKED: tuple[str, ...] = ("signed off", "published", "void")

#: Why a verdict is not the desk's to pass on, by the status of its claim.
_UNSETTLED: dict[str, str] = {
    **dict.fromkeys(OPEN, "being reviewed"),
    "disputed": "disputed",
    "dropped": "dropped",
    "void": "withdrawn",
}

#: Statuses that a form or a file may set; the others are given by what is done: a reading, a decision, a sign-off.
SETTABLE: tuple[str, ...] = ("new", "assigned", "in progress", "marked", "second reading")


def awaiting(*, read_twice: bool) -> tuple[str, ...]:
    """The statuses in which a claim waits for its second reading; a marked one does where the desk reads all twice.

    >>> awaiting(read_twice=True), awaiting(read_twice=False)
    (('second reading', 'marked'), ('second reading',))
    """
    return ("second reading", "marked") if read_twice else ("second reading",)


def keeping_back(*, read_twice: bool) -> tuple[str, ...]:
    """The statuses in which a first reading is kept back from all but who gave it.

    Where the desk reads all twice, taking a claim up again or dropping it tells nobody what it was marked.

    >>> keeping_back(read_twice=True)
    ('second reading', 'marked', 'new', 'assigned', 'in progress', 'dropped')
    >>> keeping_back(read_twice=False)
    ('second reading',)
    """
    return (*awaiting(read_twice=True), *TAKEN_UP) if read_twice else awaiting(read_twice=False)


def is_kept_back(row: Mapping[str, Any], reader: str | None, *, read_twice: bool) -> bool:
    """Whether a claim's first reading is kept back from who asks; None may know all.

    What was read second or decided and taken up again after that, all have seen: its row says that it was ``read_before``. Who
    read it second and took that back has seen it too: its row names them in ``seen_by``.

    >>> marked = {"status": "marked", "checker": "Jana"}
    >>> [is_kept_back(marked, reader, read_twice=True) for reader in ("Ilic", "Jana", None)]
    [True, False, False]
    >>> taken_up = {"status": "in progress", "checker": "Jana"}
    >>> [is_kept_back({**taken_up, "read_before": before}, "Ilic", read_twice=True) for before in (False, True)]
    [True, False]
    >>> [is_kept_back({**marked, "seen_by": ["Tom"]}, reader, read_twice=True) for reader in ("Ilic", "Tom")]
    [True, False]
    """
    if reader is None or row.get("status") not in keeping_back(read_twice=read_twice) or row.get("read_before"):
        return False
    return row.get("checker") not in (reader, None) and reader not in row.get("seen_by", ())


def unsettled(status: str, *, read_twice: bool) -> str:
    """What is to be said beside a claim's verdict that is not to be passed on; empty where it is.

    >>> unsettled("void", read_twice=False), unsettled("published", read_twice=True)
    ('withdrawn', '')
    >>> unsettled("new", read_twice=False), unsettled("in progress", read_twice=True)
    ('being reviewed', 'being reviewed')
    >>> unsettled("marked", read_twice=True), unsettled("marked", read_twice=False)
    ('waits for its second reading', '')
    """
    waits = dict.fromkeys(awaiting(read_twice=read_twice), "waits for its second reading")
    return {**_UNSETTLED, **waits}.get(status, "")


def settled(*, read_twice: bool) -> tuple[str, ...]:
    """The statuses in which a claim's verdict may be passed on.

    >>> settled(read_twice=True)
    ('signed off', 'agreed', 'decided', 'published')
    """
    return tuple(status for status in STATUSES if not unsettled(status, read_twice=read_twice))


def step(old: str, new: str) -> Step | None:
    """The way from one status to the other; None where there is none.

    >>> step("published", "void").asks
    'a correction notice'
    >>> step("new", "signed off") is None
    True
    """
    return _BY_WAY.get((old, new))


def following(old: str) -> tuple[str, ...]:
    """The statuses that may follow this one.

    >>> following("dropped")
    ('new',)
    """
    return tuple(new for before, new in _BY_WAY if before == old)


def may_follow(old: str, new: str) -> bool:
    """Whether a claim may go from one status to the other; staying is always allowed.

    >>> may_follow("new", "marked"), may_follow("new", "signed off")
    (True, False)
    """
    return old == new or (old, new) in _BY_WAY


def may(role: str, needed: str) -> bool:
    """Whether somebody of this role may do what the other is needed for.

    >>> may("editor", "reviewer"), may("checker", "reviewer")
    (True, False)
    """
    order = tuple(ROLES)
    return order.index(role) >= order.index(needed)
