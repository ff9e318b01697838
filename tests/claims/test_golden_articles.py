"""The engine on whole articles, invented and labelled by hand: how much it finds and how much of that is right."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.golden.scoring import Score, articles, scores

ROOT = Path(__file__).parents[2]
FLOORS: dict[str, float] = tomllib.loads((ROOT / "tests/golden/floors.toml").read_text(encoding="utf-8"))

#: The floors as they were first pinned. A floor goes up in its file alone, and down only with this table; README's figures
#: are what is measured, so that a fall shows there too.
PINNED = {
    "dates": 0.94, "figures": 0.98, "figures with units": 0.98, "quotes": 0.91, "quotes with speakers": 0.88, "sentences": 0.94,
}  # fmt: skip

_ROW = re.compile(r"^\| (?P<part>[a-z ]+) \| (?P<precision>[01]\.\d\d) \| (?P<recall>[01]\.\d\d) \|", re.MULTILINE)


@cache
def measured() -> dict[str, Score]:
    return scores()


@pytest.mark.parametrize("part", PINNED)
def test_no_part_falls_beneath_its_floor(part: str) -> None:
    """Each part's F1 is at least its floor; the misses stand in the failure."""
    assert measured()[part].f1 >= FLOORS[part], "\n".join(measured()[part].misses)


def test_no_floor_is_let_down() -> None:
    """Every part has a floor, none lower than it was first pinned."""
    assert FLOORS.keys() == PINNED.keys() == measured().keys()
    assert all(FLOORS[part] >= PINNED[part] for part in PINNED)


def test_readme_tells_what_is_measured() -> None:
    """README's table has the precision and recall of each part as they are today."""
    told = {
        row["part"]: (row["precision"], row["recall"]) for row in _ROW.finditer((ROOT / "README.md").read_text("utf-8"))
    }
    assert told == {part: (f"{score.precision:.2f}", f"{score.recall:.2f}") for part, score in measured().items()}


def test_the_articles_are_many_and_have_labels_of_every_kind() -> None:
    """A dozen articles and more: all kinds of dates, quotes and sentences, open figures and ranges, an unknown day."""
    labelled = articles()
    assert len(labelled) >= 12
    assert any(article.published is None for article in labelled)
    says = {tag: [label.says for article in labelled for label in article.labels.get(tag, [])] for tag in "sdfq"}
    assert {each.get("k", "DATE") for each in says["d"]} == {"DATE", "TIME", "DURATION", "SET"}
    assert {each["k"] for each in says["q"]} == {"direct", "mixed", "indirect"}
    assert {each["is"] for each in says["s"]} == {"claim", "opinion", "prediction", "question", "furniture"}
    assert {("lo" in each, "hi" in each) for each in says["f"]} == {
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    }
    assert all(len(says[tag]) >= 25 for tag in "sdfq")


@pytest.mark.parametrize("article", articles(), ids=lambda article: article.name)
def test_each_label_stands_in_its_article(article: object) -> None:
    """Every span holds words, and the sentences cover the article but for the blanks between them."""
    text, labels = article.text, article.labels  # type: ignore[attr-defined]
    for some in labels.values():
        for label in some:
            assert all(text[start:end].strip() for start, end in label.spans)
    covered = {place for label in labels["s"] for span in label.spans for place in range(*span)}
    assert all(sign.isspace() for place, sign in enumerate(text) if place not in covered)
