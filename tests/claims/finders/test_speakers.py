"""Whether two names are one speaker's: said only where the names are sure of it, in either direction."""

from __future__ import annotations

import pytest

from claims.finders.speakers import is_same_speaker

SAME = [
    ("Jana Ilic", "Ms Ilic"),
    ("Jana Ilic", "Interior Minister Jana Ilic"),
    ("Minister Ilic", "Interior Minister Jana Ilic"),
    ("Jana Ilic", "Green Party leader Jana Ilic"),
    ("Tom Vey", "Ilic lawyer Tom Vey"),
    ("Trump Jr.", "Donald Trump Jr."),
    ("Deutsche Bank", "Deutsche Bank"),
    ("Иван Петров", "Петров"),
]
OTHER = [
    ("Jana Ilic", "Tom Vey"),
    ("Jana Ilic", "Interior Minister Tom Vey"),
    ("Иван Петров", "Олег Сидоров"),
]
UNSURE = [
    ("Prime Minister", "Jana Ilic"),
    ("President", "Jana Ilic"),
    ("President", "the president"),
    ("Prime Minister", "Prime Minister Jana Ilic"),
    ("Korda President", "Jana Ilic"),
    ("Jana Ilic", "Ilic's spokesman"),
    ("Jana Ilic", "Vey’s spokesman"),
    ("Jana Ilic", "a spokesman for Tom Vey"),
    ("Jana Ilic", "the Ilics’ father"),
    ("Ivan Petrov", "Иван Петров"),
    ("Green Party", "Green Party leader Jana Ilic"),
    ("Green Party", "Korda Green Party"),
    ("Ilic", "Ilic lawyer Tom Vey"),
    ("Trump", "Trump Organization"),
    ("Donald Trump", "Donald Trump Jr."),
    ("Donald Trump Sr.", "Donald Trump Jr."),
    ("Marko Ilic", "Ilic’s father Marko Ilic"),
    ("Bank", "Deutsche Bank"),
    ("Jana Ilic", "Deutsche Bank"),
    ("Mayor Ilic", "Minister Ilic"),
    ("Minister Ilic", "Mayor Jana Ilic"),
    ("Assad", "Bashar al-Assad"),
    ("Smith", "Anna Smith-Jones"),
    ("Paul George", "George Paul"),
    ("Zelensky", "Volodymyr Zelenskyy"),
]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [(one, other, told) for pairs, told in ((SAME, True), (OTHER, False), (UNSURE, None)) for one, other in pairs],
)
def test_only_what_is_sure_is_said(one: str, other: str, told: bool | None) -> None:  # noqa: FBT001 - a row of the table
    """One speaker, two, or nothing; the same asked from either name."""
    assert is_same_speaker(one, other) is told
    assert is_same_speaker(other, one) is told
