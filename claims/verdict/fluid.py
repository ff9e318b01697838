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

# How many, in figures or in words; before it may stand how surely: "at least".
_MANY = r"""
    (?: [\d,.]*\d | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve
      | (?:twen | thir | four | for | fif | six | seven | eigh | nine) t(?:y | een) (?:-\w+)?
      | tens | dozens? | scores | hundreds? | thousands? | millions? | several | many )
"""
# A word that leads to no other thing: "40 unarmed villagers", not "12 warrants against two men".
_WORD = r"(?! (?:for | against | in | on | with | by | from)\b) [^\W\d] [\w'-]*"
_NUMBER = rf"(?:{_WORD} \s){{0,3}}? {_MANY}"
_PERSON = (
    r"(?:people|persons?|men|man|women|woman|child(?:ren)?|boys?|girls?|babies|infants?|inmates?|prisoners?"
    r"|guards?|officers?|soldiers?|troops|civilians?|villagers?|residents?|workers?|miners?|passengers?|patients?"
    r"|students?|pupils?|teachers?|nurses?|doctors?|medics|firefighters?|rescuers?|journalists?|protesters?"
    r"|demonstrators?|tourists?|migrants?|families|others|police(?:men)?|fighters|militants|gunmen|crew|sailors"
    r"|pilgrims|worshippers|shoppers|drivers?|farmers|fishermen|hikers|climbers)"
)

#: What is counted anew while an event goes on.
_MOVING = re.compile(
    rf"""
    \b(?:
        died | dead | deaths? | toll | casualt(?:y|ies) | victims? | bod(?:y|ies) | injur(?:ed|ies) | wounded | missing | trapped
      | stranded | rescued | displaced | homeless | evacuated | refugees? | fled | escaped | escapees | arrest(?:ed|s) | detained
      | detainees | infect(?:ed|ions) | cases | hospitali[sz]ed | recaptured | unaccounted | drowned | destroyed | damaged
      | hostages? | abducted | kidnapped | uprooted | survivors? | fatalities
      | perish(?:ed)? | sickened | buried \s (?:under | beneath | alive)
      | (?:claim(?:ed|s)? | cost | took | taken) \s (?:the \s lives \s of | {_NUMBER} (?:\s \w+){{0,2}} \s lives)
      | lost \s their \s (?:lives | homes)
      | (?:forced | driven) \s (?:from | out \s of) \s their \s homes | left \s their \s homes
      | at \s large | on \s the \s (?:run | loose)
      | in \s intensive \s care | on \s (?:a \s)? ventilators? | taken \s to \s (?:a \s)? hospital | in \s hospital
      | (?:is | are | was | were | still | remain(?:s|ed)? | treated) \s in \s (?:the | a) \s hospital
      | without \s (?:\w+ \s (?:or | and) \s)? (?:power | electricity | water | heat(?:ing)? | gas)
      | burn(?:ed | t) \b .{{0,30}} \b (?:hectares? | acres? | square | homes | houses | buildings | forests?)
      | (?:hectares? | acres? | homes | houses | buildings) \b .{{0,30}} \b burn(?:ed | t)
      | (?:ballots? | votes? | precincts | polling \s stations) \b .{{0,20}} \b counted
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
#: What befell persons where it is said of them, and something else of anything else: "officers executed 12 warrants".
#: It is over where somebody is convicted of having done it.
_BEFELL = re.compile(
    rf"""
    \b(?:
        (?<! having \s) (?:shot (?:\s dead)? | stabbed | executed | poisoned | murdered) \s {_NUMBER}
        (?:\s {_WORD}){{0,3}}? \s {_PERSON}
      | (?:{_PERSON} | {_MANY}) (?:\s (?:in | at | from | of | near) (?:\s \w+){{1,3}}?)? ,?
        (?: \s (?:who | that))? \s (?:was | were | been | got | are | is) \s (?:\w+ \s){{0,2}}?
        (?:shot | stabbed | executed | poisoned | murdered)
      | {_PERSON} \s (?:shot | stabbed | executed | poisoned | murdered)
        (?: \s (?:dead | in | at | near | by | after)\b | \W* $ )
      | tested \s positive
    )""",
    re.IGNORECASE | re.VERBOSE,
)
#: What is killed in a manner of speaking, and counted once.
_THINGS = re.compile(
    r"\b(?:careers?|jobs|dreams?|hopes?|bills?|laws?|amendments?|proposals?|motions?|deals?|talks|projects?|plans?|programm?e?s?|schemes"
    r"|brands?|engines?|goals|jokes|features?|germs|bacteria|weeds)\b",
    re.IGNORECASE,
)
#: What a law may ban as well: it tells of a toll beside persons and the harm that they came to.
_AT_LEAST = re.compile(r"\bat least\b", re.IGNORECASE)
_PERSONS = re.compile(rf"\b{_PERSON}\b", re.IGNORECASE)
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
