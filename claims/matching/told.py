"""Told: a finding as cells of a table, the same in the record's list and in an archive's."""

from __future__ import annotations

from claims.matching.clash import Clash
from claims.matching.repeats import Match

#: The cells: what it is, whether a clash is firm ("yes", "no"), how surely a repeat is one (0 to 1), and why.
TOLD = ("finding", "firm", "score", "why")


def told(finding: Clash | Match) -> tuple[str, str | None, str | None, str]:
    """The cells of ``TOLD``, as text; None where a cell does not belong to such a finding.

    >>> told(Clash("a", "b", "place", "Korda and Tesna ...", firm=False)), told(Match("a", "b", 0.93, (), "Both say ..."))
    (('place', 'no', None, 'Korda and Tesna ...'), ('repeat', None, '0.93', 'Both say ...'))
    """
    if isinstance(finding, Clash):
        return finding.kind, "yes" if finding.firm else "no", None, finding.why
    return "repeat", None, f"{finding.score}", finding.why
