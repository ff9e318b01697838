"""A verdict scale: the labels a desk judges by, in order, each with its meaning, key, colour and ClaimReview number."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from claims.errors import BadScale

#: The colours a verdict may have; each has a sign of its own on the screens, so that no meaning hangs on colour alone.
COLOURS = ("green", "red", "violet", "gray")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One label of a scale.

    ``key`` is its digit on the keyboard, or empty; ``wants_correction`` says that a sign-off asks what would have been
    right. ``rating`` is ClaimReview's ratingValue; None where the label has no place from worst to best.
    """

    label: str
    key: str
    colour: str
    meaning: str
    wants_correction: bool
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The labels a desk judges by, in order; ``best`` and ``worst`` are ClaimReview's bestRating and worstRating."""

    name: str
    title: str
    source: str
    verdicts: tuple[Verdict, ...]
    best: int = 5
    worst: int = 1

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the scale's order."""
        return tuple(verdict.label for verdict in self.verdicts)

    def verdict(self, label: str) -> Verdict:
        """The verdict of this label.

        >>> from claims.verdict import load_scale
        >>> load_scale().verdict("Refuted").wants_correction
        True
        >>> load_scale().verdict("Mostly harmless")
        Traceback (most recent call last):
        ...
        claims.errors.BadScale: 'Mostly harmless' is no verdict of the scale averitec. Use one of: Supported, Refuted, \
Conflicting evidence, Not enough evidence.
        """
        if found := self.find(label):
            return found
        raise BadScale(f"{label!r} is no verdict of the scale {self.name}.", f"Use one of: {', '.join(self.labels)}.")

    def find(self, label: str | None) -> Verdict | None:
        """The same, or None: a claim may have no verdict yet, or one of another scale."""
        return next((verdict for verdict in self.verdicts if verdict.label == label), None)

    def wants_correction(self, label: str | None) -> bool:
        """Whether a sign-off of this label asks what would have been right."""
        found = self.find(label)
        return found is not None and found.wants_correction

    def colour(self, label: str | None) -> str:
        """The colour of a label; gray where another scale gave it."""
        found = self.find(label)
        return found.colour if found else "gray"

    def as_data(self) -> dict[str, Any]:
        """The scale as plain values, named as in its TOML, to be kept as JSON; ``scale_from`` gives it back.

        >>> from claims.verdict import load_scale, scale_from
        >>> scale_from(load_scale("politifact").as_data()) == load_scale("politifact")
        True
        """
        rows = [{name: value for name, value in asdict(each).items() if value is not None} for each in self.verdicts]
        return {
            "name": self.name,
            "title": self.title,
            "source": self.source,
            "best": self.best,
            "worst": self.worst,
            "verdict": rows,
        }
