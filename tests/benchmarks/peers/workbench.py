"""The workbench: read over HTTP from its running server, written through its own Store, since it takes no verdicts over HTTP."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

from claims.article import Article
from claims.claim import Claim
from claims.errors import StaleWrite
from claims.store import Query, Store
from tests.benchmarks.peers.environment import last_line
from tests.benchmarks.peers.program import PAGE, PATIENCE, Given, Hand, Program, Refused
from tests.benchmarks.store import articles
from tests.survival.children import child

ROOT = Path(__file__).parents[3]

_TOKEN = "of this benchmark and of nothing else"
_WHO = "Jana Korda"


@dataclass
class StoreHand(Hand):
    """A person with the record open, as each session of the desk has it."""

    place: str
    reader: str
    seen: dict[str, int] = field(default_factory=dict)
    within: ClassVar[bool] = True

    def open(self) -> None:
        """Open the record."""
        self.store = Store(self.place, actor=self.reader)

    def look(self, claims: Sequence[str]) -> None:
        """The revision of each."""
        found = self.store.claims_named(claims)
        self.seen |= {name: found[name]["revision"] for name in claims}

    def mark(self, claim: str, verdict: str) -> None:
        """One act of one event, on the revision that was seen."""
        try:
            self.seen[claim] = self.store.mark(claim, self.seen[claim], verdict, "moderate")
        except StaleWrite as stale:
            raise Refused(str(stale)) from stale

    edit = mark


class Workbench(Program):
    """This project, from this checkout."""

    key = "workbench"
    title = "workbench"
    package = "claims-workbench"

    @property
    def place(self) -> str:
        """The record's file."""
        return str(self.home / "desk.sqlite")

    def install(self) -> None:
        """The checkout, as pip builds it; its packages once, itself each time."""
        self.environment.install([(str(ROOT),)], lambda: self._fault("--version"))
        self.environment.renew(str(ROOT))
        self.environment.tried = [each.replace(str(ROOT), ".") for each in self.environment.tried]

    def settle(self, home: Path) -> None:
        """An empty record, whose verdicts stand without a second reading: the other two know none."""
        self.home = home
        with Store(self.place, actor=_WHO) as store:
            store.set("second_reading", store.setting_revision("second_reading"), False)  # noqa: FBT003
        self.session.headers["Authorization"] = f"Bearer {_TOKEN}"

    def begin(self) -> None:
        """The desk's server."""
        command = [
            self.environment.command("workbench"),
            "--store",
            self.place,
            "--port",
            str(self.port),
            "--no-browser",
        ]
        variables = self.variables(WORKBENCH_API_TOKEN=_TOKEN, HOME=str(self.home))
        self.running.begin(command, self.home / "desk.log", variables, self.home)
        self.running.wait(f"{self.address}/healthz")

    def sign_in(self) -> None:
        """Nobody signs in: who sits at the desk says so."""

    def prepared(self, given: Sequence[Given]) -> list[Given]:
        """Articles with their claims, as they are."""
        return list(given)

    def take(self, prepared: Any) -> float:
        """In a process of its own, as ``workbench import`` is; its seconds begin when it has the claims."""
        with child(_take, self.place, prepared) as other:
            self.running.beside.add(other.process.pid or 0)
            return float(other.hear())

    def count(self) -> int:
        """As the server counts."""
        return int(self.ask("GET", "/api/claims", params={"per_page": 1}).json()["count"])

    def page(self, *, find: str = "", speaker: str = "", verdict: str = "") -> list[str]:
        """All columns of 50 claims."""
        asked = {name: words for name, words in (("find", find), ("speaker", speaker), ("verdict", verdict)) if words}
        found = self.ask("GET", "/api/claims", params={"per_page": PAGE, **asked}).json()["claims"]
        return [each["claim_id"] for each in found]

    def names(self, wanted: int) -> list[str]:
        """In the order of the articles."""
        with Store(self.place) as store:
            return [row["claim_id"] for row in store.rows(Query(sort="article"), limit=wanted)]

    def hand(self, number: int) -> Hand:
        """With the record open."""
        return StoreHand(self.place, f"Checker {number}")

    def verdicts(self, claims: Iterable[str]) -> dict[str, list[str]]:
        """The one that stands."""
        with Store(self.place) as store:
            found = store.claims_named(claims)
        return {name: [row["verdict"]] if row["verdict"] else [] for name, row in found.items()}

    def export(self, target: Path) -> None:
        """By the command, its start included."""
        if problem := self._fault("export", str(target)):
            raise RuntimeError(problem)

    def cells(self, target: Path) -> dict[str, str]:
        """Raw, as a spreadsheet sees them."""
        with target.open(encoding="utf-8", newline="") as file:
            return {row["claim_id"]: row["claim"] for row in csv.DictReader(file)}

    def take_back(self) -> str:
        """The CSV, by the command."""
        self.export(self.home / "again.csv")
        if problem := self._fault("import", str(self.home / "again.csv"), "--yes"):
            raise RuntimeError(problem)
        return "CSV"

    def put(self, words: str) -> str:
        """An article of these words, which are its claim."""
        _, [specimen, *_] = next(articles(20))
        article = Article(words)
        claim: Claim = replace(
            specimen, claim_id=f"{article.article_id[:10]}000001", article_id=article.article_id, article_title="",
            start=0, end=len(words), quote=words, prefix="", suffix="", claim=words,
        )  # fmt: skip
        with Store(self.place, actor=_WHO) as store:
            store.add_article(article, [claim])
        return claim.claim_id

    def words(self, claim: str) -> str:
        """As the server sends them."""
        with Store(self.place) as store:
            article = store.claim(claim)["article_id"]
        found = self.ask("GET", f"/api/articles/{article}").json()["claims"]
        return next(each["claim"] for each in found if each["claim_id"] == claim)

    def _fault(self, *words: str) -> str:
        """What a command of the program complains of; nothing where it does not."""
        command = [self.environment.command("workbench"), *words]
        if words[0] != "--version":
            command += ["--store", self.place]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=PATIENCE,
            env=self.variables(HOME=str(self.home)), cwd=self.environment.place,
        )  # fmt: skip
        return last_line(done.stderr or done.stdout) if done.returncode else ""


def _take(pipe: Connection, place: str, given: list[Given]) -> None:
    with Store(place, actor=_WHO) as store:
        begun = perf_counter()
        store.add_articles(given)
        pipe.send(perf_counter() - begun)
