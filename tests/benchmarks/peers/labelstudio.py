"""Label Studio, as published: its own server on SQLite, asked over HTTP with a token of each person's own."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import requests

from tests.benchmarks.peers.environment import last_line
from tests.benchmarks.peers.program import PAGE, PATIENCE, Given, Hand, Program, TokenHand, good

_ADMIN, _PASSWORD, _TOKEN = "jana@korda.example", "a-pass-of-this-benchmark", "0123456789abcdef" * 2

#: A claim's words, and one verdict of two.
_CONFIG = """
<View><Text name="text" value="$text"/><Choices name="verdict" toName="text" choice="single">
<Choice value="Refuted"/><Choice value="Supported"/></Choices></View>
"""

PEOPLE = 8


class LabelStudioHand(TokenHand):
    """A person with their token."""

    def look(self, claims: Sequence[str]) -> None:
        """The newest annotation of a claim that is looked at alone; a first verdict needs none."""
        if len(claims) == 1:
            found = good(
                self.session.get(f"{self.address}/api/tasks/{claims[0]}/annotations/", timeout=PATIENCE)
            ).json()
            self.seen = {claims[0]: found[-1]["id"]} if found else {}

    def mark(self, claim: str, verdict: str) -> None:
        """A new annotation, as its Submit makes."""
        path = f"{self.address}/api/tasks/{claim}/annotations/"
        good(self.session.post(path, json=_annotation(verdict), timeout=PATIENCE))

    def edit(self, claim: str, verdict: str) -> None:
        """The annotation changed, as its Update does."""
        path = f"{self.address}/api/annotations/{self.seen[claim]}/"
        good(self.session.patch(path, json=_annotation(verdict), timeout=PATIENCE))


class LabelStudio(Program):
    """Each claim is a task."""

    key = "labelstudio"
    title = "Label Studio"
    package = "label-studio"

    @property
    def project(self) -> int:
        """The project's number."""
        return int(self.known["project"])

    def install(self) -> None:
        """The newest 1.23."""
        self.environment.install([("label-studio==1.23.*",)], self._works)

    def settle(self, home: Path) -> None:
        """Nothing: its first start makes the database."""
        self.home = home

    def begin(self) -> None:
        """As its documentation starts it, listening here alone, telling nobody."""
        command = [
            self.environment.command("label-studio"), "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(self.port),
            "--username", _ADMIN, "--password", _PASSWORD, "--user-token", _TOKEN,
        ]  # fmt: skip
        self.running.begin(command, self.home / "labelstudio.log", self._variables(), self.home)
        self.running.wait(f"{self.address}/health")

    def sign_in(self) -> None:
        """The project; seven more people, who sign up as people do."""
        self.session.headers["Authorization"] = f"Token {_TOKEN}"
        asked = {"title": "Claims", "label_config": _CONFIG}
        self.known["project"] = self.ask("POST", "/api/projects/", json=asked).json()["id"]
        self.known["tokens"] = [_TOKEN, *(self._signed_up(number) for number in range(1, PEOPLE))]

    def prepared(self, given: Sequence[Given]) -> bytes:
        """One JSON file of tasks."""
        tasks = [
            {"text": claim.claim, "claim_id": claim.claim_id, "speaker": claim.speaker, "kinds": "|".join(claim.kinds)}
            for _, claims in given
            for claim in claims
        ]
        return json.dumps(tasks).encode()

    def take(self, prepared: Any) -> float:
        """One upload; its answer comes when all is in."""
        begun = perf_counter()
        files = {"file": ("claims.json", prepared, "application/json")}
        self.ask("POST", f"/api/projects/{self.project}/import", files=files)
        return perf_counter() - begun

    def count(self) -> int:
        """As the project counts."""
        return int(self.ask("GET", f"/api/projects/{self.project}/").json()["task_number"])

    def page(self, *, find: str = "", speaker: str = "", verdict: str = "") -> list[str]:
        """The first page of its Data Manager, with the annotations that it shows."""
        asked = [
            ("data.text", "contains", find), ("data.speaker", "equal", speaker), ("annotations_results", "contains", verdict),
        ]  # fmt: skip
        items = [
            {"filter": f"filter:tasks:{name}", "operator": how, "type": "String", "value": value}
            for name, how, value in asked
            if value
        ]
        return [str(each["id"]) for each in self._tasks(PAGE, items)]

    def names(self, wanted: int) -> list[str]:
        """The first tasks, by their number."""
        first = int(self._tasks(1, [])[0]["id"])
        return [str(first + number) for number in range(wanted)]

    def hand(self, number: int) -> Hand:
        """With a token of their own."""
        return LabelStudioHand(self.address, self.known["tokens"][number % PEOPLE])

    def verdicts(self, claims: Iterable[str]) -> dict[str, list[str]]:
        """Every annotation that is kept."""
        found = {claim: self.ask("GET", f"/api/tasks/{claim}/annotations/").json() for claim in claims}
        return {
            claim: [choice for each in kept for result in each["result"] for choice in result["value"]["choices"]]
            for claim, kept in found.items()
        }

    def export(self, target: Path) -> None:
        """Its own CSV, of all tasks."""
        self._export("CSV", target)

    def cells(self, target: Path) -> dict[str, str]:
        """Raw, as a spreadsheet sees them."""
        with target.open(encoding="utf-8", newline="") as file:
            return {row["id"]: row["text"] for row in csv.DictReader(file)}

    def take_back(self) -> str:
        """Its JSON, which holds the annotations too."""
        self._export("JSON", self.home / "again.json")
        self.take((self.home / "again.json").read_bytes())
        return "JSON"

    def put(self, words: str) -> str:
        """One task more."""
        asked = {"return_task_ids": "true"}
        path = f"/api/projects/{self.project}/import"
        return str(self.ask("POST", path, params=asked, json=[{"text": words}]).json()["task_ids"][0])

    def words(self, claim: str) -> str:
        """As the task has them."""
        return str(self.ask("GET", f"/api/tasks/{claim}/").json()["data"]["text"])

    def _tasks(self, size: int, items: list[dict[str, str]]) -> list[dict[str, Any]]:
        query = json.dumps({"filters": {"conjunction": "and", "items": items}})
        asked = {"project": self.project, "page": 1, "page_size": size, "fields": "all", "query": query}
        found: list[dict[str, Any]] = self.ask("GET", "/api/tasks/", params=asked).json()["tasks"]
        return found

    def _export(self, form: str, target: Path) -> None:
        asked = {"exportType": form, "download_all_tasks": "true"}
        target.write_bytes(self.ask("GET", f"/api/projects/{self.project}/export", params=asked).content)

    def _signed_up(self, number: int) -> str:
        """A person who signs up in a browser's way, and their token."""
        session = requests.Session()
        page = f"{self.address}/user/signup/"
        good(session.get(page, timeout=PATIENCE))
        given = {
            "email": f"checker{number}@korda.example", "password": _PASSWORD, "csrfmiddlewaretoken": session.cookies["csrftoken"],
        }  # fmt: skip
        good(session.post(page, data=given, headers={"Referer": page}, timeout=PATIENCE))
        return str(good(session.get(f"{self.address}/api/current-user/token", timeout=PATIENCE)).json()["token"])

    def _variables(self) -> dict[str, str]:
        return self.variables(
            LABEL_STUDIO_BASE_DATA_DIR=str(self.home), LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN="true", COLLECT_ANALYTICS="false",
            SENTRY_DSN="", FRONTEND_SENTRY_DSN="", LATEST_VERSION_CHECK="false", HOME=str(self.home),
        )  # fmt: skip

    def _works(self) -> str:
        command = [self.environment.command("python"), "-c", "import label_studio.server"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
        return last_line(done.stderr) if done.returncode else ""


def _annotation(verdict: str) -> dict[str, Any]:
    value = {"choices": [verdict]}
    return {"result": [{"from_name": "verdict", "to_name": "text", "type": "choices", "value": value}]}
