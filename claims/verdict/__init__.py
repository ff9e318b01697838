"""Verdicts: the scales a desk judges by, how sure it is, and what a sign-off asks.

A verdict is a person's; nothing here gives one.
"""

from claims.verdict.confidence import CONFIDENCES, FORMS, check_confidence
from claims.verdict.fluid import look_again
from claims.verdict.likelihood import LIKELIHOODS, Likelihood, likelihood_words
from claims.verdict.mapping import Mapped, map_verdict
from claims.verdict.reading import DEFAULT_SCALE, load_scale, parse_scale, scale_from, scale_names
from claims.verdict.scales import COLOURS, Scale, Verdict
from claims.verdict.signing import Requirement, is_later, is_undated, sign_off_checklist

__all__ = [
    "COLOURS",
    "CONFIDENCES",
    "DEFAULT_SCALE",
    "FORMS",
    "LIKELIHOODS",
    "Likelihood",
    "Mapped",
    "Requirement",
    "Scale",
    "Verdict",
    "check_confidence",
    "is_later",
    "is_undated",
    "likelihood_words",
    "load_scale",
    "look_again",
    "map_verdict",
    "parse_scale",
    "scale_from",
    "scale_names",
    "sign_off_checklist",
]
