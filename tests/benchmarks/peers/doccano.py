"""doccano, as published: its web server and its task queue on SQLite, asked over HTTP with a token of each person's own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import time
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil
import requests

from tests.benchmarks.peers.environment import last_line
from tests.benchmarks.peers.program import PAGE, PATIENCE, VERDICTS, Given, Hand, Lacking, Program, TokenHand, good

_ADMIN, _PASSWORD = "jana", "a-pass-of-this-benchmark"

#: Seconds between two questions whether a task is done.
_ASK = 0.1

PEOPLE = 8


@dataclass
class DoccanoHand(TokenHand):
    """A person with their token."""

    labels: dict[str, int]

    def look(self, claims: Sequence[str]) -> None:
        """The category of a claim that is looked at alone; a first verdict needs none."""
        if len(claims) == 1:
            found = good(self.session.get(self._path(claims[0]), timeout=PATIENCE)).json()
            self.seen = {claims[0]: found[-1]["id"]} if found else {}

    def mark(self, claim: str, verdict: str) -> None:
        """A category, as its buttons give: in a project of one class, the one before goes."""
        good(self.session.post(self._path(claim), json={"label": self.labels[verdict]}, timeout=PATIENCE))

    def edit(self, claim: str, verdict: str) -> None:
        """The category changed to another."""
        path = f"{self._path(claim)}/{self.seen[claim]}"
        good(self.session.patch(path, json={"label": self.labels[verdict]}, timeout=PATIENCE))

    def _path(self, claim: str) -> str:
        return f"{self.address}/examples/{claim}/categories"


class Doccano(Program):
    """Each claim is an example, each verdict a category; all people work on the same, one verdict a claim."""

    key = "doccano"
    title = "doccano"
    package = "doccano"

    def install(self) -> None:
        """The newest 1.8; then with the versions that it was made for, where it does not say so itself."""
        wanted = "doccano==1.8.*"
        pins = ("numpy<2", "marshmallow<4", "setuptools<81")
        self.environment.install([(wanted, *pins[:number]) for number in range(len(pins) + 1)], self._works)

    def settle(self, home: Path) -> None:
        """Its database and the people in it."""
        self.home = home
        self._run("init")
        self._run("createuser", "--username", _ADMIN, "--password", _PASSWORD, "--email", "jana@korda.example")

    def begin(self) -> None:
        """The web server and the task queue, which imports and exports need.

        Its own command binds every address of the machine; so gunicorn is begun here as that command begins it, on this one,
        and may take longer than 30 s to begin, which a loaded machine needs.
        """
        backend = self._backend()
        workers = str(2 * (psutil.cpu_count() or 1) + 1)
        server = [
            self.environment.command("gunicorn"), "--bind", f"127.0.0.1:{self.port}", "--workers", workers, "--chdir", str(backend),
            "--timeout", "300", "--capture-output", "--log-level", "info", "config.wsgi",
        ]  # fmt: skip
        queue = [self.environment.command("doccano"), "task"]
        self.running.begin(queue, self.home / "queue.log", self._variables(), self.home)
        self.running.begin(server, self.home / "server.log", self._variables(), self.home)
        self.running.wait(f"{self.address}/")

    def sign_in(self) -> None:
        """The project with its two categories; seven more people in it."""
        tokens = [self._token(_ADMIN)]
        self.session.headers["Authorization"] = f"Token {tokens[0]}"
        asked = {
            "name": "Claims", "description": "Claims", "guideline": "", "project_type": "DocumentClassification",
            "resourcetype": "TextClassificationProject", "collaborative_annotation": True, "single_class_classification": True, "tags": [],
        }  # fmt: skip
        self.known["project"] = self.ask("POST", "/v1/projects", json=asked).json()["id"]
        labels = {}
        for verdict in VERDICTS:
            asked = {"text": verdict, "background_color": "#446688", "text_color": "#ffffff"}
            labels[verdict] = self.ask("POST", self._path("category-types"), json=asked).json()["id"]
        role = next(each["id"] for each in self.ask("GET", "/v1/roles").json() if each["name"] == "annotator")
        for number in range(1, PEOPLE):
            name = f"checker{number}"
            asked = {"username": name, "password1": _PASSWORD, "password2": _PASSWORD}
            person = self.ask("POST", "/v1/users/create", json=asked).json()["id"]
            self.ask("POST", self._path("members"), json={"user": person, "role": role})
            tokens.append(self._token(name))
        self.known |= {"labels": labels, "tokens": tokens}

    def prepared(self, given: Sequence[Given]) -> bytes:
        """One JSONL file."""
        rows = (
            {
                "text": claim.claim,
                "label": [],
                "claim_id": claim.claim_id,
                "speaker": claim.speaker,
                "kinds": "|".join(claim.kinds),
            }
            for _, claims in given
            for claim in claims
        )
        return "\n".join(map(json.dumps, rows)).encode()

    def take(self, prepared: Any) -> float:
        """One upload, then its task until it is done."""
        begun = perf_counter()
        files = {"filepond": ("claims.jsonl", prepared, "application/jsonl")}
        upload = self.ask("POST", "/v1/fp/process/", files=files).text.strip()
        asked = {
            "format": "JSONL", "task": "DocumentClassification", "uploadIds": [upload], "column_data": "text", "column_label": "label",
            "encoding": "utf_8",
        }  # fmt: skip
        told = self._done(self.ask("POST", self._path("upload"), json=asked).json()["task_id"])
        if problems := (told["result"] or {}).get("error"):
            raise RuntimeError(f"refused: {problems[0]}")
        return perf_counter() - begun

    def count(self) -> int:
        """As the list counts."""
        return int(self.ask("GET", self._path("examples"), params={"limit": 1}).json()["count"])

    def page(self, *, find: str = "", speaker: str = "", verdict: str = "") -> list[str]:
        """The first page of its dataset, which does not send the categories."""
        if speaker:
            raise Lacking("it cannot filter by a column of the import")
        asked = {name: words for name, words in (("q", find), ("label", verdict)) if words}
        found = self.ask("GET", self._path("examples"), params={"limit": PAGE, "offset": 0, **asked}).json()["results"]
        return [str(each["id"]) for each in found]

    def names(self, wanted: int) -> list[str]:
        """In the order of the import."""
        found = self.ask("GET", self._path("examples"), params={"limit": wanted, "offset": 0}).json()["results"]
        return [str(each["id"]) for each in found]

    def hand(self, number: int) -> Hand:
        """With a token of their own."""
        return DoccanoHand(
            self.address + self._path("")[:-1], self.known["tokens"][number % PEOPLE], self.known["labels"]
        )

    def verdicts(self, claims: Iterable[str]) -> dict[str, list[str]]:
        """Every category that is kept."""
        names = {number: verdict for verdict, number in self.known["labels"].items()}
        found = {claim: self.ask("GET", self._path(f"examples/{claim}/categories")).json() for claim in claims}
        return {claim: [names[each["label"]] for each in kept] for claim, kept in found.items()}

    def export(self, target: Path) -> None:
        """Its own CSV, out of its ZIP."""
        target.write_bytes(self._export("CSV"))

    def cells(self, target: Path) -> dict[str, str]:
        """Raw, as a spreadsheet sees them."""
        with target.open(encoding="utf-8", newline="") as file:
            return {row["id"]: row["text"] for row in csv.DictReader(file)}

    def take_back(self) -> str:
        """Its JSONL, which holds the categories too."""
        self.take(self._export("JSONL"))
        return "JSONL"

    def put(self, words: str) -> str:
        """One example more, by the way of all."""
        before = self.count()
        self.take(json.dumps({"text": words, "label": []}).encode())
        asked = {"limit": PAGE, "offset": before}
        found = self.ask("GET", self._path("examples"), params=asked).json()["results"]
        if not found:
            raise RuntimeError("said to be imported, and not there")
        return str(found[-1]["id"])

    def words(self, claim: str) -> str:
        """As the example has them."""
        return str(self.ask("GET", self._path(f"examples/{claim}")).json()["text"])

    def _path(self, rest: str) -> str:
        return f"/v1/projects/{self.known['project']}/{rest}"

    def _export(self, form: str) -> bytes:
        asked = {"format": form, "exportApproved": False}
        task = self.ask("POST", self._path("download"), json=asked).json()["task_id"]
        self._done(task)
        content = self.ask("GET", self._path("download"), params={"taskId": task}).content
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.read(packed.namelist()[0])

    def _done(self, task: str) -> dict[str, Any]:
        """What a task came to, once it is ready."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            told: dict[str, Any] = self.ask("GET", f"/v1/tasks/status/{task}").json()
            if told["ready"]:
                if told["error"]:
                    raise RuntimeError(f"its task failed: {told['error']['text'][:160]}")
                return told
            time.sleep(_ASK)
        raise TimeoutError(f"its task was not done within {PATIENCE} s")

    def _token(self, name: str) -> str:
        asked = {"username": name, "password": _PASSWORD}
        path = f"{self.address}/v1/auth/login/"
        return str(good(requests.post(path, json=asked, timeout=PATIENCE)).json()["key"])

    def _variables(self) -> dict[str, str]:
        return self.variables(
            DOCCANO_HOME=str(self.home), DATABASE_URL=f"sqlite:///{self.home / 'db.sqlite3'}", MEDIA_ROOT=str(self.home / "media"),
            STANDALONE="True", DJANGO_SETTINGS_MODULE="config.settings.production", DEBUG="False", HOME=str(self.home),
        )  # fmt: skip

    def _backend(self) -> Path:
        return next(self.environment.place.glob("lib/python*/site-packages/backend"))

    def _run(self, *words: str) -> None:
        if problem := self._fault(*words):
            raise RuntimeError(problem)

    def _fault(self, *words: str) -> str:
        command = [self.environment.command("doccano"), *words]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=PATIENCE, env=self._variables(), cwd=self.home
        )
        return last_line(done.stderr) if done.returncode else ""

    def _works(self) -> str:
        code = "import pkg_resources, pandas, gunicorn.app.base, celery; from backend import cli; import django; django.setup()"
        command = [self.environment.command("python"), "-c", code]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=PATIENCE, env=self._variables(),
            cwd=self.environment.place,
        )  # fmt: skip
        return last_line(done.stderr) if done.returncode else ""
