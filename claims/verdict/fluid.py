"""Figures that are still moving: a toll, a count of the missing or the displaced. A verdict on one wants a new look later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

#: After so many days a verdict on a moving figure is proposed for a new look.
DAYS = 14

#: A claim about days longer ago than this tells of a figure that has settled.
_SETTLED = timedelta(days=365)

#: What is counted anew while an event goes on.
_MOVING = re.compile(
    r"\b(?:kill(?:ed|ing)|died|dead|deaths?|toll|casualt(?:y|ies)|victims?|bod(?:y|ies)|injur(?:ed|ies)|wounded|missing|trapped"
    r"|stranded|rescued|displaced|homeless|evacuated|refugees?|fled|escaped|escapees|arrest(?:ed|s)|detained|detainees|infect(?:ed|ions)"
    r"|cases|hospitali[sz]ed|recaptured|unaccounted|drowned|destroyed|damaged|hostages?|abducted|kidnapped|uprooted|survivors?|fatalities)\b",
    re.IGNORECASE,
)
#: What says of any figure that it is one of the day.
_SO_FAR = re.compile(
    r"\b(?:so far|to date|up to now|until now|as of|at least|(?:has|have) (?:risen|fallen|climbed) to)\b", re.IGNORECASE
)


def look_again(row: Mapping[str, Any], as_of: date) -> date | None:
    """The day that is proposed for a new look at a verdict given as of ``as_of``; None for a figure that does not move.

    ``row`` is a claim's, of which ``claim``, ``figure_low``, ``figure_high``, ``quantifier`` and ``date_last`` are read.

    >>> toll = {"claim": "At least 312 people were killed.", "figure_low": 312.0}
    >>> look_again(toll, date(2024, 3, 4))
    datetime.date(2024, 3, 18)
    >>> look_again(toll | {"date_last": date(1999, 8, 17)}, date(2024, 3, 4))
    >>> look_again({"claim": "The bridge is 312 metres long.", "figure_low": 312.0}, date(2024, 3, 4))
    >>> look_again({"claim": "The guards were killed."}, date(2024, 3, 4))
    >>> look_again({"claim": "Dozens of people were killed.", "quantifier": "Dozens"}, date(2024, 3, 4))
    datetime.date(2024, 3, 18)
    """
    counted = any(row.get(name) is not None for name in ("figure_low", "figure_high")) or bool(row.get("quantifier"))
    last = row.get("date_last")
    if not counted or (last is not None and as_of - last > _SETTLED):
        return None
    moves = _MOVING.search(row["claim"]) or _SO_FAR.search(row["claim"])
    return as_of + timedelta(days=DAYS) if moves else None
