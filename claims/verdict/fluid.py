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
    r"""
    \b(?:
        died | dead | deaths? | toll | casualt(?:y|ies) | victims? | bod(?:y|ies) | injur(?:ed|ies) | wounded | missing | trapped
      | stranded | rescued | displaced | homeless | evacuated | refugees? | fled | escaped | escapees | arrest(?:ed|s) | detained
      | detainees | infect(?:ed|ions) | cases | hospitali[sz]ed | recaptured | unaccounted | drowned | destroyed | damaged
      | hostages? | abducted | kidnapped | uprooted | survivors? | fatalities
      | perish(?:ed)? | sickened | buried \s (?:under | beneath | alive) | murdered
      | (?:claim(?:ed|s)? | cost | took | taken) \s (?:\w+ \s){0,3}? [\d,.]* \d \s (?:\w+ \s)? lives | lost \s their \s (?:lives | homes)
      | (?:forced | driven) \s (?:from | out \s of) \s their \s homes | left \s their \s homes
      | at \s large | on \s the \s (?:run | loose)
      | in \s intensive \s care | on \s (?:a \s)? ventilators? | taken \s to \s (?:a \s)? hospital | in \s hospital
      | (?:is | are | was | were | still | remain(?:s|ed)? | treated) \s in \s (?:the | a) \s hospital
      | without \s (?:\w+ \s (?:or | and) \s)? (?:power | electricity | water | heat(?:ing)? | gas)
      | burn(?:ed | t) \b .{0,30} \b (?:hectares? | acres? | square | homes | houses | buildings | forests?)
      | (?:hectares? | acres? | homes | houses | buildings) \b .{0,30} \b burn(?:ed | t)
      | (?:ballots? | votes? | precincts | polling \s stations) \b .{0,20} \b counted
      | still (?! \s (?:\d | (?:the | an? | stands? | holds? | costs?) \b))  # and perhaps no more tomorrow
      | remain(?:s | ed)? (?! \s (?:the | an?) \b)
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: What says of any figure that it is one of the day.
_SO_FAR = re.compile(
    r"\b(?:so far|to date|up to now|until now|as of|(?:has|have) (?:risen|fallen|climbed) to)\b", re.IGNORECASE
)
_KILLED = re.compile(r"\bkill(?:ed|s|ing)\b", re.IGNORECASE)
#: What befell persons, and something else whatever else it is said of: "shot 12 films".
_BEFELL = re.compile(r"\b(?:shot(?: dead)?|stabbed|executed|poisoned|tested positive)\b", re.IGNORECASE)
#: What is killed in a manner of speaking, and counted once.
_THINGS = re.compile(
    r"\b(?:careers?|jobs|dreams?|hopes?|bills?|laws?|amendments?|proposals?|motions?|deals?|talks|projects?|plans?|programm?e?s?|schemes"
    r"|brands?|engines?|goals|jokes|features?|germs|bacteria|weeds)\b",
    re.IGNORECASE,
)
#: What a law may ban as well: it tells of a toll beside persons and the harm that they came to.
_AT_LEAST = re.compile(r"\bat least\b", re.IGNORECASE)
_PERSONS = re.compile(
    r"\b(?:people|persons?|men|man|women|woman|child(?:ren)?|boys?|girls?|babies|infants?|inmates?|prisoners?|guards?|officers?|soldiers?|troops"
    r"|civilians?|villagers?|residents?|workers?|miners?|passengers?|patients?|students?|pupils?|teachers?|nurses?|doctors?|medics"
    r"|firefighters?|rescuers?|journalists?|protesters?|demonstrators?|tourists?|migrants?|families|others|police(?:men)?|fighters|militants"
    r"|gunmen|crew|sailors|pilgrims|worshippers|shoppers|drivers?|farmers|fishermen|hikers|climbers)\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:hurt|harmed|burn(?:ed|t)|shot|stabbed|poisoned|sickened|ill|buried|crushed|lost|attacked|beaten|tortured|raped|starv(?:ed|ing)"
    r"|executed|murdered|affected|quarantined|tested positive)\b",
    re.IGNORECASE,
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
    return as_of + timedelta(days=DAYS) if _moves(row["claim"]) else None


def _moves(claim: str) -> bool:
    """Whether a claim counts what is counted anew while an event goes on.

    >>> _moves("785 inmates are still at large."), _moves("The quake killed 312."), _moves("The film killed 20 careers.")
    (True, True, False)
    >>> _moves("At least 12 people were hurt."), _moves("The law bans at least 12 substances.")
    (True, False)
    >>> _moves("Soldiers executed 40 villagers."), _moves("She shot 12 films."), _moves("The storm claimed 312 lives.")
    (True, False, True)
    """
    if _MOVING.search(claim) or _SO_FAR.search(claim):
        return True
    persons = _PERSONS.search(claim)
    if _KILLED.search(claim):
        return bool(persons or not _THINGS.search(claim))
    return bool(persons and (_BEFELL.search(claim) or (_AT_LEAST.search(claim) and _HARM.search(claim))))
