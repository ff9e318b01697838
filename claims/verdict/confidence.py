"""Confidence: how sure the desk is of its verdict, in words or as a percentage.

It never says how likely the claim is: that is ``likelihood``, a field of its own. ICD 203 forbids the two in one sentence.
"""

from __future__ import annotations

import re

from claims.errors import BadScale

#: How sure the desk is of its verdict, never how likely the claim is; the words of ICD 203 (2015), section D.6.e.(2)(b).
CONFIDENCES: dict[str, str] = {
    "low": "The sources are few, weak or not independent; another reader might well judge otherwise.",
    "moderate": "The sources are credible and agree, but are not enough to rule out another reading.",
    "high": "Several good and independent sources agree, and nothing found speaks against them.",
}

#: The forms a desk may give its confidence in, and what each accepts.
FORMS: dict[str, str] = {
    "words": f"Use one of: {', '.join(CONFIDENCES)}.",
    "percent": "Use a whole percentage from 0 to 100, such as 85%.",
    "either": f"Use one of: {', '.join(CONFIDENCES)}; or a whole percentage from 0 to 100, such as 85%.",
}

#: 85, 85% or 85 %, and what a spreadsheet makes of it, 85.00%. A fraction of one may be a share: it is not guessed at.
_PERCENT = re.compile(r"(?P<whole>[0-9]{1,3})(?:[.,]0{1,9})?\s?%?")
_FULL = 100


def check_confidence(confidence: object, form: str = "words") -> str:
    """A confidence as it is kept: a word of CONFIDENCES, or a percentage such as "85%".

    ``form`` is the desk's: "words", "percent", or "either".

    >>> check_confidence("moderate"), check_confidence("85 %", "percent"), check_confidence("85", "either")
    ('moderate', '85%', '85%')
    >>> check_confidence("90 %")
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: '90 %' is no confidence. Use one of: low, moderate, high.
    >>> check_confidence("0.85", "percent")
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: '0.85' is no confidence. Use a whole percentage from 0 to 100, such as 85%.
    """
    if form not in FORMS:
        raise BadScale(f"{form!r} is no form of confidence.", f"Use one of: {', '.join(FORMS)}.")
    text = "" if isinstance(confidence, bool) else str(confidence).strip()
    if form != "percent" and text.casefold() in CONFIDENCES:
        return text.casefold()
    found = _PERCENT.fullmatch(text)
    if form != "words" and found and int(found["whole"]) <= _FULL:
        return f"{int(found['whole'])}%"
    raise BadScale(f"{confidence!r} is no confidence.", FORMS[form])
