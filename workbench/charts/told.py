"""The dashboard's numbers in words and tables; what comes from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from claims.review.agreement import Agreement
from claims.store.counting import ArticleProgress, First, Progress, VerdictCount, Work
from claims.verdict import CONFIDENCES, Scale
from workbench.charts.bars import ACTS, Bar
from workbench.charts.tables import table_html
from workbench.charts.words import share_words
from workbench.columns import SIGNS, verdict_colour
from workbench.nouns import count_words

#: Pairs of readers that the table names: those who read most together.
_PAIRS = 20

_TENTH = 10


def lead(found: Progress) -> str:
    """The whole of it in a sentence.

    >>> lead(Progress(142, 61, 9, 40, 22, 110))
    'Of 142 claims, 61 are marked, 40 were read twice and 22 are signed off.'
    >>> lead(Progress(1, 1))
    'Of 1 claim, 1 is marked, 0 were read twice and 0 are signed off.'
    """
    marked, signed = (f"{number:,} {'is' if number == 1 else 'are'}" for number in (found.marked, found.signed_off))
    twice = f"{found.read_twice:,} {'was' if found.read_twice == 1 else 'were'}"
    return f"Of {count_words(found.claims, 'claim')}, {marked} marked, {twice} read twice and {signed} signed off."


def articles_key(found: First[ArticleProgress]) -> str:
    """What the shades of the bars mean, and how many articles are left out."""
    shades = '<i class="all"></i>claims, <i class="marked"></i>marked, <i class="signed"></i>signed off'
    left = f"; the newest {len(found.rows)} of {found.of:,}" if found.of > len(found.rows) else ""
    return f"{shades}{left}"


def articles_table(found: Iterable[ArticleProgress]) -> str:
    """The articles' numbers."""
    lines = [(each.title or "(no title)", each.claims, each.marked, each.read_twice, each.signed_off) for each in found]
    return table_html("Articles at work", ["Article", "Claims", "Marked", "Read twice", "Signed off"], lines)


def people_table(found: Iterable[Work]) -> str:
    """The people's numbers."""
    lines = [(each.name or "(no name)", *(getattr(each, act) for act in ACTS)) for each in found]
    return table_html("People", ["Name", *(name.capitalize() for name in ACTS.values())], lines)


def bars_table(caption: str, bars: Iterable[Bar]) -> str:
    """The numbers of plain bars."""
    return table_html(caption, [caption, "Claims"], [(bar.name, bar.words) for bar in bars])


def hidden(found: Progress) -> str:
    """How many verdicts are not shown, and why.

    >>> hidden(Progress(9, 4, 1))
    '1 claim that waits for its second reading is left out: nobody is to know its first verdict.'
    >>> hidden(Progress(9, 4))
    ''
    """
    if not found.waiting:
        return "" if found.marked else "No claim is marked yet. Give a verdict on the desk."
    waits, its = ("waits", "its") if found.waiting == 1 else ("wait", "their")
    is_left = "is" if found.waiting == 1 else "are"
    return (
        f"{count_words(found.waiting, 'claim')} that {waits} for {its} second reading {is_left} left out: "
        f"nobody is to know {its} first {'verdict' if found.waiting == 1 else 'verdicts'}."
    )


def verdict_bars(found: Iterable[VerdictCount], scales: Mapping[str, Scale]) -> dict[str, list[Bar]]:
    """The bars of each scale, by its name and in its order; labels that it holds no more come last."""
    by_scale: dict[str, list[VerdictCount]] = {}
    for each in found:
        by_scale.setdefault(each.scale, []).append(each)
    return {name: _of_scale(group, scales[name]) for name, group in by_scale.items()}


def _of_scale(found: Sequence[VerdictCount], scale: Scale) -> list[Bar]:
    given = {each.verdict: each.claims for each in found}
    all_of_them = sum(given.values())
    labels = [*scale.labels, *(label for label in given if label not in scale.labels)]
    colours = {label: verdict_colour(label, scale) for label in labels}
    return [
        Bar(f"{SIGNS[colours[label]]} {label}", number, _share(number, all_of_them), colours[label])
        for label in labels
        if (number := given.get(label, 0)) or label in scale.labels
    ]


def confidence_bars(found: Mapping[str, int]) -> list[Bar]:
    """The words of confidence in their order, then percentages by tens, the highest first.

    >>> [(bar.name, bar.words) for bar in confidence_bars({"85%": 2, "low": 1, "89%": 1, "100%": 8})]
    [('low', '1 of 12 (8 %)'), ('90–100 %', '8 of 12 (67 %)'), ('80–89 %', '3 of 12 (25 %)')]
    """
    tens: dict[int, int] = {}
    for given, number in found.items():
        if given not in CONFIDENCES:
            ten = min(int(given.rstrip("%")) // _TENTH, _TENTH - 1)
            tens[ten] = tens.get(ten, 0) + number
    counted = {name: found[name] for name in reversed(CONFIDENCES) if name in found}
    counted |= {
        f"{_TENTH * ten}–{100 if ten == _TENTH - 1 else _TENTH * ten + _TENTH - 1} %": tens[ten]
        for ten in sorted(tens, reverse=True)
    }
    whole = sum(counted.values())
    return [Bar(name, number, _share(number, whole)) for name, number in counted.items()]


def agreement_words(found: Agreement, agreed: int) -> str:
    """How often two readers agreed in the last year, and how far beyond chance.

    >>> agreement_words(Agreement(4), 3)
    'Both readers agreed on 3 of 4 claims; too few for a rate.'
    >>> agreement_words(Agreement(52, 78.8, 0.6, 0.61, None, 0.4, 0.8, enough=True), 41)
    'Both readers agreed on 41 of 52 claims (79 %) in the last year. Krippendorff’s alpha is 0.61 (0 is chance, 1 is \
perfect), its 95 % interval 0.40 to 0.80.'
    """
    if not found.n:
        return "No claim was read twice in the last year. What waits for a second reader stands on the desk."
    if not found.enough:
        return f"Both readers agreed on {share_words(agreed, found.n, of='claims')}."
    beyond = found.why
    if found.alpha is not None:
        between = "" if found.low is None else f", its 95 % interval {found.low:.2f} to {found.high:.2f}"
        beyond = f"Krippendorff’s alpha is {found.alpha:.2f} (0 is chance, 1 is perfect){between}."
    return f"Both readers agreed on {share_words(agreed, found.n, of='claims')} in the last year. {beyond}"


def agreement_tables(
    months: Mapping[date, Agreement],
    scales: Mapping[str, Agreement],
    readers: Mapping[tuple[str, str], Agreement],
    titles: Mapping[str, Scale],
) -> str:
    """Agreement by month, by scale and by two readers, those who read most together first."""
    most = sorted(readers.items(), key=lambda each: -each[1].n)[:_PAIRS]
    groups = {
        "Month": [(f"{month:%B} {month.year}", found) for month, found in months.items()],
        "Scale": [(titles[name].title, found) for name, found in scales.items()],
        "Readers": [(" and ".join(name or "(no name)" for name in names), found) for names, found in most],
    }
    heads = ["Read twice", "Agree", "Alpha", "95 % interval"]
    return "".join(
        table_html(f"Agreement by {name.lower()}", [name, *heads], [(label, *_cells(found)) for label, found in lines])
        for name, lines in groups.items()
    )


def _cells(found: Agreement) -> tuple[object, ...]:
    if found.percent is None:
        return found.n, "too few for a rate", "–", "–"
    alpha = "–" if found.alpha is None else f"{found.alpha:.2f}"
    between = "–" if found.low is None else f"{found.low:.2f} to {found.high:.2f}"
    return found.n, f"{found.percent:.0f} %", alpha, between


def _share(number: int, whole: int) -> str:
    """A bar's own number; with its share where there is a rate, and without a word of why not: the bars say that together."""
    words = share_words(number, whole)
    return words.partition(";")[0]
