"""What each of the three programs is asked to do, in one set of words."""

from __future__ import annotations

import os
import socket
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import requests

from claims.article import Article
from claims.claim import Claim
from tests.benchmarks.peers.environment import Environment
from tests.benchmarks.peers.running import Running

#: An article with its claims: what is imported. The other two take the claims alone.
Given = tuple[Article, Sequence[Claim]]

PAGE = 50

#: Seconds that one answer may take.
PATIENCE = 900

VERDICTS = ("Refuted", "Supported")


class Lacking(Exception):  # noqa: N818 - it says what is so
    """The program cannot do this; the sentence says so."""


class Refused(Exception):  # noqa: N818 - it says what happened
    """A write that was refused, and whoever wrote was told."""


class Hand(ABC):
    """Somebody's hand: it goes to a process of its own, looks at claims, and gives verdicts."""

    #: Whether the hand is the program itself, so that killing the program means killing the hand.
    within: ClassVar[bool] = False

    @abstractmethod
    def open(self) -> None:
        """Sit down."""

    @abstractmethod
    def look(self, claims: Sequence[str]) -> None:
        """See these claims as they stand."""

    @abstractmethod
    def mark(self, claim: str, verdict: str) -> None:
        """Give a verdict on a claim as it was seen. Raises Refused where somebody was faster."""

    @abstractmethod
    def edit(self, claim: str, verdict: str) -> None:
        """Change the verdict that was seen to another."""


@dataclass
class TokenHand(Hand):
    """Somebody who asks over HTTP with a token of their own, in one session that is kept; ``seen`` are numbers of verdicts by claim."""

    address: str
    token: str
    seen: dict[str, int] = field(default_factory=dict, kw_only=True)

    def open(self) -> None:
        """One session, kept."""
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Token {self.token}"


class Program(ABC):
    """One of the three, installed in an environment of its own, on one data folder at a time."""

    key: ClassVar[str]
    title: ClassVar[str]
    package: ClassVar[str]

    def __init__(self, folder: Path) -> None:
        self.environment = Environment(folder / "environments" / self.key)
        self.running = Running()
        self.home = folder
        self.port = 0
        self.session = requests.Session()
        self.known: dict[str, Any] = {}

    @property
    def version(self) -> str:
        """The version that is installed."""
        return self.environment.packages().get(self.package, "")

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def variables(self, **more: str) -> dict[str, str]:
        """The variables of its processes: this one's, without what belongs to this Python."""
        own = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
        return own | {"PATH": f"{self.environment.place / 'bin'}{os.pathsep}{own.get('PATH', '')}"} | more

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """One request; an error unless the answer is good."""
        answer = self.session.request(method, self.address + path, timeout=PATIENCE, **more)
        return good(answer)

    def state(self) -> dict[str, Any]:
        """What must be known to go on with a data folder: the session's headers and what signing in found."""
        return {"headers": {"Authorization": str(self.session.headers.get("Authorization", ""))}, "known": self.known}

    def take_up(self, home: Path, state: dict[str, Any]) -> None:
        """Go on with a data folder."""
        self.home = home
        self.session.headers.update(state["headers"])
        self.known = state["known"]

    def start(self) -> None:
        """Begin the program on its data folder and wait for its first good answer."""
        self.port = free_port()
        self.begin()

    @abstractmethod
    def install(self) -> None:
        """Make the environment."""

    @abstractmethod
    def settle(self, home: Path) -> None:
        """A new data folder, with the people and the project in it, as far as that is possible before the start."""

    @abstractmethod
    def begin(self) -> None:
        """Begin the processes and wait."""

    @abstractmethod
    def sign_in(self) -> None:
        """After the first start: sign in, and make what the program needs before claims can come in."""

    @abstractmethod
    def prepared(self, given: Sequence[Given]) -> Any:
        """The claims in the form that the program imports; not part of what is measured."""

    @abstractmethod
    def take(self, prepared: Any) -> float:
        """Import; the seconds until the last claim is there."""

    @abstractmethod
    def count(self) -> int:
        """How many claims there are."""

    @abstractmethod
    def page(self, *, find: str = "", speaker: str = "", verdict: str = "") -> list[str]:
        """The names of the first 50 claims that meet what is asked, whole rows being sent. Raises Lacking."""

    @abstractmethod
    def names(self, wanted: int) -> list[str]:
        """The names of so many claims."""

    @abstractmethod
    def hand(self, number: int) -> Hand:
        """The hand of one of the people."""

    @abstractmethod
    def verdicts(self, claims: Iterable[str]) -> dict[str, list[str]]:
        """What stands on each of these claims: all verdicts that the program keeps."""

    @abstractmethod
    def export(self, target: Path) -> None:
        """All claims as CSV, into a file."""

    @abstractmethod
    def cells(self, target: Path) -> dict[str, str]:
        """The exported file's raw cells of the claims' words, by name."""

    @abstractmethod
    def take_back(self) -> str:
        """Export in the form that the program reads best and import that again; says which form."""

    @abstractmethod
    def put(self, words: str) -> str:
        """Import one claim of these words; its name. An error where it is refused."""

    @abstractmethod
    def words(self, claim: str) -> str:
        """The words of a claim, as the program sends them."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def good(answer: requests.Response) -> requests.Response:
    """The answer, or an error with what it says."""
    if not answer.ok:
        said = " ".join(answer.text[:160].split())
        told = "an error page" if said.lower().startswith("<!doctype html") else said
        raise requests.HTTPError(f"HTTP {answer.status_code}: {told}", response=answer)
    return answer
