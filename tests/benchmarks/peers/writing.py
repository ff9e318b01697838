"""People who write verdicts at once, each in a process of their own, and what they were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing.connection import Connection, wait
from time import perf_counter

import requests

from tests.benchmarks.peers.program import VERDICTS, Hand, Program, Refused
from tests.survival.children import _FORKS, Child, child

#: What each process needs is imported once, in the one that they are forked from.
_FORKS.set_forkserver_preload(
    [f"tests.benchmarks.peers.{name}" for name in ("workbench", "labelstudio", "doccano", "writing")]
)

#: Seconds between two looks at what has been acknowledged.
_LOOK = 30.0


@dataclass(slots=True)
class Tally:
    """What came of the verdicts."""

    kept: int = 0
    refused: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.kept + other.kept, self.refused + other.refused, self.errors + other.errors, self.waits + other.waits,
            max(self.seconds, other.seconds),
        )  # fmt: skip

    def words(self) -> str:
        """The rate, the wait at the 95th percentile, and what went wrong."""
        if not self.waits:
            return "no verdict was answered"
        late = sorted(self.waits)[int(len(self.waits) * 0.95)]
        said = f"{self.kept / self.seconds:,.0f} a second; 95 % within {1000 * late:,.0f} ms"
        if self.refused:
            said += f"; {self.refused} refused"
        if self.errors:
            said += f"; {self.errors.total()} failed, most often {self.errors.most_common(1)[0][0]}"
        return said


def write(program: Program, claims: Sequence[str], people: int, seconds: float) -> Tally:
    """So many people give verdicts on claims of their own for so long; they begin together."""
    with ExitStack() as stack:
        children = [
            stack.enter_context(child(_write, program.hand(number), claims[number::people], seconds))
            for number in range(people)
        ]
        for each in children:
            assert each.hear() == "open"
        program.running.beside |= {each.process.pid or 0 for each in children if program.hand(0).within}
        for each in children:
            each.pipe.send("begin")
        return sum((each.hear() for each in children), Tally())


def clash(program: Program, claim: str, people: int, *, edit: bool) -> Counter[str]:
    """All of them see one claim, then all write at the same moment: how many were kept, refused, or failed."""
    with ExitStack() as stack:
        children = [
            stack.enter_context(child(_write_one, program.hand(number), claim, VERDICTS[number % 2], edit))
            for number in range(people)
        ]
        for each in children:
            assert each.hear() == "open"
        for each in children:
            each.pipe.send("begin")
        return Counter(each.hear() for each in children)


def write_until_killed(program: Program, claims: Sequence[str], people: int, enough: int) -> dict[str, str]:
    """People write until so many verdicts are acknowledged; then the program is killed. The last verdict of each claim."""
    acknowledged: dict[str, str] = {}
    with ExitStack() as stack:
        children = [
            stack.enter_context(child(_write_on, program.hand(number), claims[number::people]))
            for number in range(people)
        ]
        for each in children:
            assert each.hear() == "open"
        for each in children:
            each.pipe.send("begin")
        while len(acknowledged) < enough and _hear(children, acknowledged):
            pass
        program.running.kill()
        if program.hand(0).within:
            for each in children:
                each.process.kill()
        for each in children:
            acknowledged.update(each.rest())
    return acknowledged


def _hear(children: Sequence[Child], acknowledged: dict[str, str]) -> bool:
    """Take in what has been acknowledged; False once nothing more comes."""
    ready = set(wait([each.pipe for each in children], timeout=_LOOK))
    heard = [each.hear() for each in children if each.pipe in ready]
    acknowledged.update(heard)
    return bool(heard)


def _write(pipe: Connection, hand: Hand, claims: Sequence[str], seconds: float) -> None:
    tally = Tally()
    hand.open()
    hand.look(claims)
    pipe.send("open")
    pipe.recv()
    begun = perf_counter()
    for number, claim in enumerate(cycle(claims)):
        asked = perf_counter()
        if asked >= begun + seconds:
            break
        try:
            hand.mark(claim, VERDICTS[number % 2])
        except Refused:
            tally.refused += 1
        except Exception as error:  # noqa: BLE001  (whatever else a person is shown is counted)
            tally.errors[str(error)[:80]] += 1
        else:
            tally.kept += 1
        tally.waits.append(perf_counter() - asked)
    tally.seconds = perf_counter() - begun
    pipe.send(tally)


def _write_one(pipe: Connection, hand: Hand, claim: str, verdict: str, edit: bool) -> None:  # noqa: FBT001
    hand.open()
    hand.look([claim])
    pipe.send("open")
    pipe.recv()
    try:
        (hand.edit if edit else hand.mark)(claim, verdict)
    except Refused:
        pipe.send("refused and told")
    except Exception as error:  # noqa: BLE001  (whatever else a person is shown is counted)
        pipe.send(f"failed ({str(error)[:60]})")
    else:
        pipe.send("accepted")


def _write_on(pipe: Connection, hand: Hand, claims: Sequence[str]) -> None:
    hand.open()
    hand.look(claims)
    pipe.send("open")
    pipe.recv()
    for number, claim in enumerate(claims):
        verdict = VERDICTS[number % 2]
        try:
            hand.mark(claim, verdict)
        except requests.ConnectionError:  # the program was killed
            return
        except requests.RequestException:  # no acknowledgement
            continue
        pipe.send((claim, verdict))
