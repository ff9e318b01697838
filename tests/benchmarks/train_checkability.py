"""Train the weights of ``claims.checkability``; the same data give the same file, to the byte.

    python tests/benchmarks/train_checkability.py CLAIMBUSTER.csv FACTCHECK_GPT.csv [--out FILE] [--report]

Both files have the columns doc, text and label_raw. ClaimBuster (Hassan et al.; crowd-labelled sentences of US
presidential debates, Zenodo 10.5281/zenodo.3609356, CC BY 4.0): NFS not factual, UFS unimportant factual, CFS
check-worthy factual. Factcheck-GPT (Wang et al., Apache-2.0): yes or no, worth checking. ``--report`` first holds out
each group of debates in turn and prints quality and calibration on what was not seen.

Two logistic regressions with a ridge penalty, over the signals, every two of them, and the terms that the engine reads:
``score`` learns CFS, ``verifiable`` UFS or CFS. All are fitted once, the heaviest twos and terms kept, and those fitted
again. The penalty makes the optimum unique, it is approached to within 1e-7, and only hundredths are written: the order
in which a machine adds numbers does not show. Weights that ``signals.toml`` holds by hand stay; the others are fitted
around them.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import claims.checkability
from claims.checkability.signals import all_signals, read

Vector = NDArray[np.float64]

RAREST = 3  # sentences in which a term, or two signals, must stand
KEPT = 9_000  # terms and twos in the file
PENALTY = {"signal": 1.0, "both": 30.0, "term": 14.0}
CALM = 0.88  # unseen debates show the trained weights this much too sure of themselves
# And this much too low, since what speaks for a sentence there is partly in words that were never seen. The other head
# stays below, for news, where debates make it see too many facts.
LIFT = (0.2, 0.0)
GPT_WEIGHT = 0.5  # a sentence of Factcheck-GPT counts half: most of them are of one kind
HEADS = ("score", "verifiable")

HEADER = """\
# How much each signal, every two of them and each term (words and their beginnings) count, in hundredths of log-odds.
# Made by tests/benchmarks/train_checkability.py: do not edit, train anew. Learnt from ClaimBuster (Hassan, Li, Arslan,
# Tremayne: crowd-labelled sentences of US presidential debates, Zenodo 10.5281/zenodo.3609356, CC BY 4.0) and
# Factcheck-GPT (Wang et al., github.com/yuxiaw/Factcheck-GPT, Apache-2.0); changed: only these numbers are kept.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence, read; ``labels`` has one truth for each head."""

    doc: str
    features: tuple[str, ...]
    labels: tuple[float, float]
    weight: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which example has which feature: entry n says that example ``rows[n]`` has feature ``columns[n]``."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    shape: tuple[int, int]

    def times(self, weights: Vector) -> Vector:
        return np.bincount(self.rows, weights[self.columns], self.shape[0]).astype(np.float64)

    def transposed_times(self, values: Vector) -> Vector:
        return np.bincount(self.columns, values[self.rows], self.shape[1]).astype(np.float64)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the weights of claims.checkability.")
    parser.add_argument("claimbuster", type=Path)
    parser.add_argument("factcheck_gpt", type=Path)
    parser.add_argument("--out", type=Path, default=Path(claims.checkability.__file__).with_name("weights.csv"))
    parser.add_argument("--report", action="store_true", help="first print quality and calibration on unseen debates")
    args = parser.parse_args()
    examples = [*read_claimbuster(args.claimbuster), *read_factcheck_gpt(args.factcheck_gpt)]
    if args.report:
        report(examples)
    args.out.write_text(written(train(examples)), encoding="utf-8", newline="\n")


def read_claimbuster(path: Path) -> list[Example]:
    return [
        Example(row["doc"], features_of(row["text"]), (row["label_raw"] == "CFS", row["label_raw"] != "NFS"), 1.0)
        for row in rows_of(path)
    ]


def read_factcheck_gpt(path: Path) -> list[Example]:
    """What was judged worth checking is a factual assertion; of the rest nobody said whether it is one."""
    return [
        Example("", features_of(row["text"]), (row["label_raw"] == "yes",) * 2, GPT_WEIGHT) for row in rows_of(path)
    ]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def features_of(text: str) -> tuple[str, ...]:
    """``signal:NAME``, ``both:NAME NAME`` and ``term:WORDS``: what the engine sees of the sentence."""
    reading = read(text)
    return (
        *(f"signal:{name}" for name in reading.signals),
        *(f"both:{first} {second}" for first, second in reading.both),
        *(f"term:{term}" for term in reading.terms),
    )


Model = dict[str, tuple[int, int]]


def train(examples: Sequence[Example]) -> Model:
    """Hundredths of log-odds of each feature for both heads; the base has the name ``base:``."""
    seen = Counter(feature for example in examples for feature in example.features)
    signals = [f"signal:{name}" for name in all_signals()]
    terms = sorted(feature for feature, times in seen.items() if times >= RAREST and kind_of(feature) != "signal")
    first = [fit(examples, signals + terms, head) for head in range(len(HEADS))]
    heaviest = sorted(terms, key=lambda term: (-max(abs(weights[term]) for weights in first), term))[:KEPT]
    final = [fit(examples, signals + sorted(heaviest), head) for head in range(len(HEADS))]
    score, verifiable = (calmed(weights, held(head), LIFT[head]) for head, weights in enumerate(final))
    model = {name: (hundredths(score[name]), hundredths(verifiable[name])) for name in score}
    return {name: pair for name, pair in model.items() if any(pair) or kind_of(name) in ("base", "signal")}


def kind_of(feature: str) -> str:
    return feature.partition(":")[0]


def held(head: int) -> dict[str, float]:
    """The features whose weight for this head is set by hand."""
    return {f"signal:{s.name}": s.held[HEADS[head]] for s in all_signals().values() if HEADS[head] in s.held}


def calmed(weights: dict[str, float], by_hand: Mapping[str, float], lift: float) -> dict[str, float]:
    calm = {name: weight if name in by_hand else CALM * weight for name, weight in weights.items()}
    return calm | {"base:": calm["base:"] + lift}


def hundredths(weight: float) -> int:
    return round(weight * 100)


def fit(examples: Sequence[Example], features: Sequence[str], head: int) -> dict[str, float]:
    """The weights that make the labels of one head most probable, those held by hand being held."""
    column = {feature: number for number, feature in enumerate(features)}
    entries = [(row, column[f]) for row, example in enumerate(examples) for f in example.features if f in column]
    rows, columns = np.array(entries, dtype=np.int64).T
    matrix = Matrix(rows, columns, (len(examples), len(features)))
    labels = np.array([example.labels[head] for example in examples], dtype=np.float64)
    counts = np.array([example.weight for example in examples])
    penalty = np.array([PENALTY[kind_of(feature)] for feature in features])
    start, free = np.zeros(len(features)), np.ones(len(features))
    for feature, weight in held(head).items():
        start[column[feature]], free[column[feature]] = weight, 0
    weights, base = newton(matrix, labels, counts, penalty, start, free)
    return {"base:": base} | {feature: float(weights[number]) for feature, number in column.items()}


def newton(
    matrix: Matrix, labels: Vector, counts: Vector, penalty: Vector, start: Vector, free: Vector
) -> tuple[Vector, float]:
    """Newton's method, each step solved by conjugate gradients; the last coordinate is the base, without penalty.

    A step that would lead up the hill is halved until it does not.
    """
    point = np.append(start, 0.0)
    ridge = np.append(penalty * free, 0.0)
    movable = np.append(free, 1.0)

    def height(at: Vector) -> float:
        odds = matrix.times(at[:-1]) + at[-1]
        return float((counts * (np.logaddexp(0, odds) - labels * odds)).sum() + (ridge * at * at).sum() / 2)

    while True:
        chance = 1 / (1 + np.exp(-(matrix.times(point[:-1]) + point[-1])))
        wrong = counts * (chance - labels)
        slope = movable * (np.append(matrix.transposed_times(wrong), wrong.sum()) + ridge * point)
        if math.sqrt(float((slope * slope).sum())) < 1e-7:
            return point[:-1], float(point[-1])
        bend = counts * chance * (1 - chance)

        def curved(step: Vector, bend: Vector = bend) -> Vector:
            along = bend * (matrix.times(step[:-1]) + step[-1])
            return movable * (np.append(matrix.transposed_times(along), along.sum()) + ridge * step)

        step, here = conjugate_gradients(curved, slope), height(point)
        while height(point - step) > here * (1 + 1e-12):
            step = step / 2
        point = point - step


def conjugate_gradients(curved: Callable[[Vector], Vector], target: Vector) -> Vector:
    """The ``x`` at which ``curved(x)`` is ``target``, closely enough for one step of Newton's."""
    found = np.zeros_like(target)
    rest = target.copy()
    way = rest.copy()
    square = float((rest * rest).sum())
    goal = square * 1e-6
    while square > goal:
        bent = curved(way)
        length = square / float((way * bent).sum())
        found += length * way
        rest -= length * bent
        square, before = float((rest * rest).sum()), square
        way = rest + square / before * way
    return found


def written(model: Model) -> str:
    """The file: the base, the signals in their order, twos of signals and terms by name."""
    file = io.StringIO(newline="")
    file.write(HEADER)
    table = csv.writer(file, lineterminator="\n")
    table.writerow(("kind", "name", "score", "verifiable"))
    for feature, (score, verifiable) in model.items():
        kind, _, name = feature.partition(":")
        table.writerow((kind, name, score, verifiable))
    return file.getvalue()


def predicted(model: Model, example: Example) -> tuple[float, float]:
    sums = np.array([model["base:"], *(model[f] for f in example.features if f in model)]).sum(axis=0) / 100
    return tuple(float(chance) for chance in 1 / (1 + np.exp(-sums)))  # type: ignore[return-value]


def report(examples: Sequence[Example], folds: int = 5) -> None:
    """Average precision, F1 and calibration on debates that were held out, fold after fold."""
    debates = sorted({example.doc for example in examples if example.doc})
    fold_of = {debate: number * folds // len(debates) for number, debate in enumerate(debates)}
    for head, name in enumerate(HEADS):
        pairs: list[tuple[float, float]] = []
        for fold in range(folds):
            model = train([example for example in examples if fold_of.get(example.doc) != fold])
            held_out = [example for example in examples if fold_of.get(example.doc) == fold]
            pairs += [(predicted(model, example)[head], example.labels[head]) for example in held_out]
        print(f"{name}: average precision {average_precision(pairs):.3f}, F1 at 0.5 {f1(pairs):.3f}")
        for tenth in range(10):
            bin_ = [pair for pair in pairs if tenth / 10 <= pair[0] < (tenth + 1) / 10]
            if bin_:
                said, true = (sum(column) / len(bin_) for column in zip(*bin_, strict=True))
                print(f"    said {said:.2f}  true {true:.2f}  of {len(bin_)}")


def average_precision(pairs: Iterable[tuple[float, float]]) -> float:
    ordered = sorted(pairs, key=lambda pair: -pair[0])
    found, total = 0.0, 0.0
    for place, (_, label) in enumerate(ordered, 1):
        found += label
        total += label * found / place
    return total / found


def f1(pairs: Iterable[tuple[float, float]]) -> float:
    both = [(chance >= 0.5, label) for chance, label in pairs]
    hits = sum(label for chosen, label in both if chosen)
    return 2 * hits / (sum(chosen for chosen, _ in both) + sum(label for _, label in both))


if __name__ == "__main__":
    main()
