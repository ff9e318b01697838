"""The labelled articles, and how well the engine does on them: precision, recall and their F1, part by part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import claims
from claims.coverage import cover

FOLDER = Path(__file__).parent / "articles"

#: From this share of common characters on, two spans are the same quote.
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its spans in the article's text, and what it says."""

    spans: tuple[tuple[int, int], ...]
    says: dict[str, str]


@dataclass(slots=True)
class Labelled:
    """An article's text with its labels, by the names of their elements."""

    name: str
    text: str
    published: dt.date | None
    labels: dict[str, list[Label]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """How many were to be found, were found, and are right; the misses in words."""

    gold: int
    found: int
    right: int
    misses: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def articles() -> list[Labelled]:
    """All of them, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.xml"))]


def read(path: Path) -> Labelled:
    """One of them: the text without its marks, paragraphs apart by an empty line."""
    root = ET.parse(path).getroot()
    day = root.get("published")
    article = Labelled(path.stem, "", dt.date.fromisoformat(day) if day else None)
    for number, paragraph in enumerate(root.iter("p")):
        article.text += "\n\n" if number else ""
        _take(article, paragraph)
    return article


def _take(article: Labelled, element: ET.Element) -> None:
    start = len(article.text)
    article.text += element.text or ""
    for child in element:
        _take(article, child)
        article.text += child.tail or ""
    if element.tag != "p":
        span, known = (start, len(article.text)), article.labels.setdefault(element.tag, [])
        number = element.get("n")
        same = next((each for each in known if number and each.says.get("n") == number), None)
        if same:
            known[known.index(same)] = Label((*same.spans, span), same.says)
        else:
            known.append(Label((span,), dict(element.attrib)))


def scores() -> dict[str, Score]:
    """Each part's score over all articles."""
    together: dict[str, list[Score]] = {}
    for article in articles():
        for part, score in _of(article).items():
            together.setdefault(part, []).append(score)
    return {
        part: Score(
            sum(each.gold for each in some),
            sum(each.found for each in some),
            sum(each.right for each in some),
            tuple(miss for each in some for miss in each.misses),
        )
        for part, some in together.items()
    }


def _of(article: Labelled) -> dict[str, Score]:
    text, labels = article.text, article.labels
    dates = [((each.start, each.end), (each.kind, each.timex)) for each in claims.find_dates(text, article.published)]
    figures = [((each.start, each.end), (each.low, each.high), each) for each in claims.find_figures(text)]
    quotes = claims.find_quotes(text)
    read = claims.read_article(text, published=article.published)
    covered = cover(read, claims.find_claims(read))
    lengths = [each.spans[0] for each in labels.get("d", []) if each.says.get("k") == "DURATION"]
    figures = [each for each in figures if not any(_overlap(each[0], span) for span in lengths)]
    wanted_dates = [(each.spans[0], (each.says.get("k", "DATE"), each.says["v"])) for each in labels.get("d", [])]
    wanted_figures = [(each.spans[0], _bounds(each.says), each.says) for each in labels.get("f", [])]
    wanted_quotes = [(each.spans, each.says["s"].casefold()) for each in labels.get("q", [])]
    found_quotes = [(each.content, (each.speaker or "").casefold()) for each in quotes]
    return {
        "dates": _paired(text, wanted_dates, dates),
        "figures": _paired(text, [each[:2] for each in wanted_figures], [each[:2] for each in figures]),
        "figures with units": _paired(
            text,
            [(span, (*bounds, says.get("u") or says.get("q", ""))) for span, bounds, says in wanted_figures],
            [(span, (*bounds, each.quantifier or each.unit)) for span, bounds, each in figures],
        ),
        "quotes": _quoted(
            text, [(spans, None) for spans, _ in wanted_quotes], [(spans, None) for spans, _ in found_quotes]
        ),
        "quotes with speakers": _quoted(text, wanted_quotes, found_quotes),
        "sentences": _paired(
            text,
            [(each.spans[0], each.says["is"]) for each in labels["s"]],
            [((each.start, each.end), each.nature) for each in covered],
        ),
    }


def _bounds(says: dict[str, str]) -> tuple[float | None, float | None]:
    low, high = says.get("lo"), says.get("hi")
    return (float(low) if low else None), (float(high) if high else None)


def _paired(
    text: str, wanted: Sequence[tuple[tuple[int, int], object]], found: Iterable[tuple[tuple[int, int], object]]
) -> Score:
    """Right is what overlaps with a label that says the same; each label is right once."""
    left, right, odd = list(wanted), 0, []
    found = list(found)
    for span, says in found:
        hit = next((each for each in left if _overlap(each[0], span) and each[1] == says), None)
        if hit is None:
            odd.append(f"found {text[slice(*span)]!r} {says}")
        else:
            left.remove(hit)
            right += 1
    missed = [f"missed {text[slice(*span)]!r} {says}" for span, says in left]
    return Score(len(wanted), len(found), right, (*missed, *odd))


def _quoted(
    text: str,
    wanted: Sequence[tuple[Sequence[tuple[int, int]], str | None]],
    found: Sequence[tuple[Sequence[tuple[int, int]], str | None]],
) -> Score:
    left, right, odd = list(wanted), 0, []
    for spans, speaker in found:
        hit = next((each for each in left if _share(each[0], spans) >= _SAME and each[1] == speaker), None)
        if hit is None:
            odd.append(f"found {[text[slice(*span)] for span in spans]} {speaker}")
        else:
            left.remove(hit)
            right += 1
    missed = [f"missed {[text[slice(*span)] for span in spans]} {speaker}" for spans, speaker in left]
    return Score(len(wanted), len(found), right, (*missed, *odd))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])


def _share(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> float:
    """Common characters over all characters of both."""
    ours, theirs = ({place for span in spans for place in range(*span)} for spans in (one, other))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
