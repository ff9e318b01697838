"""What those who deploy are given: nginx takes its configuration, the options and settings are ones that there are."""

from __future__ import annotations

import re
import shlex
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPSConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
import yaml

from tests.newsroom.conftest import DEPLOYED, NOBODY, ROOT, free_port, hand_over, proxied, settled
from workbench.cli import main
from workbench.configuration import SETTINGS, read

PORTS = ["8501", "8502"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the one who runs nginx may enter."""
    made = Path(tempfile.mkdtemp(prefix="newsroom-"))
    yield made
    shutil.rmtree(made)


def options(command: str) -> dict[str, object]:
    """What the command line makes of these words, behind the program's name; click refuses an option that there is not."""
    program, *words = shlex.split(command)
    assert Path(program).name == "workbench"
    with click.Context(main, info_name="workbench") as ctx:
        found, rest, _ = main.make_parser(ctx).parse_args(words)
    assert rest == []
    return found


def test_nginx_takes_the_configuration(nginx: str, folder: Path) -> None:
    """As it is documented, but for ports and certificates."""
    settled(folder, 8443, [8501, 8502])
    hand_over(folder)
    command = [nginx, "-t", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **NOBODY)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_nginx_answers_to_the_name_of_the_desk_alone(nginx: str) -> None:
    """Who calls it by a name of this machine would else come in where the desk lets its own machine in."""
    with proxied(nginx, [free_port(), free_port()]) as (address, folder):
        asking = urlsplit(address)

        def asked_as(host: str) -> int | None:
            context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
            with closing(HTTPSConnection("127.0.0.1", asking.port or 0, context=context)) as connection:
                connection.request("GET", "/", headers={"Host": host})
                try:
                    return connection.getresponse().status
                except RemoteDisconnected:
                    return None

        assert asked_as(asking.netloc) == HTTPStatus.BAD_GATEWAY  # no desk is there; it was passed on
        assert [asked_as(host) for host in ("localhost", "localhost:8501", "[::1]", "evil.example")] == [None] * 4


def test_nginx_leads_to_the_desks_that_the_containers_start() -> None:
    """The ports of both are the same, and each desk is started with options that there are."""
    composed = yaml.safe_load((DEPLOYED / "compose.yaml").read_text(encoding="utf-8"))
    led_to = re.findall(r"server 127\.0\.0\.1:(\d+)", (DEPLOYED / "nginx.conf").read_text(encoding="utf-8"))
    desks = [service for name, service in composed["services"].items() if name.startswith("desk-")]
    assert [options(desk["command"])["port"] for desk in desks] == led_to == PORTS
    known = {setting.variable for setting in SETTINGS}
    assert all(desk["environment"].keys() <= known for desk in desks)
    assert all(desk["network_mode"] == "service:nginx" for desk in [*desks, composed["services"]["postgres"]])


def test_the_image_holds_the_program_and_nothing_that_lies_beside_it() -> None:
    """Everything is left out but what pip installs from: no key, no password and no record can come into a layer."""
    rules = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert rules[0] == "*"
    let_in = {"pyproject.toml", "README.md", "LICENSE", "claims", "workbench", ".streamlit/config.toml"}
    assert {rule[1:] for rule in rules if rule.startswith("!")} == let_in


def test_the_unit_starts_the_desk_with_options_that_there_are() -> None:
    """Its command line is understood, and the environment that it sets is read."""
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((DEPLOYED / "workbench@.service").read_text(encoding="utf-8"))
    assert options(unit["Service"]["ExecStart"].replace("%i", PORTS[0])) == {"port": PORTS[0], "no_browser": True}
    assert unit["Service"]["Environment"].startswith("WORKBENCH_CONFIG=")


def test_the_configuration_that_is_shown_is_one() -> None:
    """Each of its keys is a setting."""
    assert "WORKBENCH_STORE" in read((DEPLOYED / "workbench.toml").read_bytes())
