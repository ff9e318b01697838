"""How well the engine does on the invented articles of tests/golden: python -m tests.benchmarks.articles. Asserts nothing."""

from __future__ import annotations

from tests.golden.scoring import scores

if __name__ == "__main__":
    for part, score in scores().items():
        print(f"{part:22} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  ({score.gold} labels)")
        for miss in score.misses:
            print("    ", miss)
