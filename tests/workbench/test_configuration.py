"""The configuration: one table in code and README, a file that the environment wins over, and mistakes told by name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from claims import Store
from claims.errors import ClaimsError
from claims.finders.services import SERVICES
from workbench.configuration import CONFIG_VARIABLE, NAMES, SETTINGS, read, take
from workbench.signin import NEEDED

ROOT = Path(__file__).parents[2]

TABLE = """store = "postgresql://desk:5ecret@db/desk"
person = "Korda"
api_token = "a token of this test"

[fetch]
allow_hosts = ["wiki.korda.example", "10.0.0.7"]
largest_file = 1000
"""


def test_readme_lists_what_may_be_set_and_nothing_else() -> None:
    """The table in README is the table in the code, row by row."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Configuration\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{each.variable}` | `{each.key}` | {each.default} | {each.meaning}{', as a list' if each.kind is NAMES else ''} |"
        for each in SETTINGS
    ]


def test_readme_lists_what_the_sign_in_takes() -> None:
    """In the same table, each key of its own file."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Configuration\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| in `\.streamlit/secrets\.toml` \| `auth\.(\w+)` \| .+ \| .+ \|$", section, re.MULTILINE)
    assert rows == [*NEEDED, "allow", "admins"]


def test_every_variable_that_the_code_reads_may_be_set() -> None:
    """No name of a variable stands in the code that the table does not hold."""
    sources = [
        path.read_text(encoding="utf-8") for folder in ("claims", "workbench") for path in (ROOT / folder).rglob("*.py")
    ]
    named = {name for text in sources for name in re.findall(r"\b(?:WORKBENCH|STREAMLIT_SERVER)_[A-Z_]*[A-Z]\b", text)}
    made = {f"WORKBENCH_{name.upper()}_ADDRESS" for name in SERVICES}
    assert (named | made) - {CONFIG_VARIABLE} == {each.variable for each in SETTINGS}


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """What stands in it stays; what it does not say, or says empty, comes from the file."""
    file = tmp_path / "workbench.toml"
    file.write_text(TABLE)
    environment = {CONFIG_VARIABLE: str(file), "WORKBENCH_PERSON": "Ilic", "WORKBENCH_LARGEST_FILE": " "}
    assert take(environment) == file
    assert environment["WORKBENCH_PERSON"] == "Ilic"
    assert environment["WORKBENCH_LARGEST_FILE"] == "1000"
    assert environment["WORKBENCH_ALLOW_HOSTS"] == "wiki.korda.example 10.0.0.7"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('shop = "desk.sqlite"', r"^shop in workbench\.toml is no setting\. Take it out, or write one of: store, "),
        ("[fetch]\nlargest = 7", r"^fetch\.largest in workbench\.toml is no setting"),
        ("fetch = 7", r"^fetch in workbench\.toml is no setting"),
        ("[store]\npath = 1", r"^store\.path in workbench\.toml is no setting"),
        ("person = 7", r"^person in workbench\.toml is 7, which is not a text"),
        ("[fetch]\nlargest_file = true", r"is True, which is not a whole number above 0"),
        ("[fetch]\nlargest_file = 0", r"is 0, which is not a whole number above 0"),
        ('[fetch]\nallow_hosts = "a b"', r"'a b', which is not a list of names"),
        ('[finders]\nask = ["a b"]', r"which is not a list of names"),
        ("person = ", r"^The configuration workbench\.toml is not TOML\. Mend it: "),
    ],
)
def test_a_mistake_in_the_file_is_told_by_its_key(text: str, told: str) -> None:
    """An unknown key and a value of another type are refused, never passed over."""
    with pytest.raises(ClaimsError, match=told):
        read(text.encode())


@pytest.mark.parametrize("key", [each.key for each in SETTINGS if each.secret])
def test_a_secret_is_told_in_no_error(key: str) -> None:
    """A password that is written as it should not be stays unseen."""
    table, _, name = key.rpartition(".")
    with pytest.raises(ClaimsError) as refused:
        read(f'{f"[{table}]" if table else ""}\n{name} = ["5ecret"]'.encode())
    assert "5ecret" not in str(refused.value)
    assert key in str(refused.value)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    rest = {name: value for name, value in os.environ.items() if not name.startswith("WORKBENCH_")}
    command = [sys.executable, "-m", "workbench", *words]
    return subprocess.run(command, env=rest | environment, capture_output=True, text=True, check=False, timeout=120)


def test_the_command_line_goes_by_the_file(tmp_path: Path) -> None:
    """The store of the file is the one that is worked on; a mistake ends the command with its sentence, and --help does not ask."""
    with Store(tmp_path / "desk.sqlite") as store:
        store.add_person("Korda", "admin", actor="Korda")
    file = tmp_path / "workbench.toml"
    file.write_text(f"store = '{tmp_path / 'desk.sqlite'}'")
    assert "Korda" in run("people", WORKBENCH_CONFIG=str(file)).stdout
    assert "Korda" in run("--config", str(file), "people").stdout
    file.write_text("shop = 1")
    refused = run("people", WORKBENCH_CONFIG=str(file))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert f"shop in {file} is no setting" in refused.stderr
    assert run("--help", WORKBENCH_CONFIG=str(file)).returncode == 0
    assert "There is no configuration at" in run("people", WORKBENCH_CONFIG=str(tmp_path / "nowhere.toml")).stderr


def test_the_base_path_of_the_file_is_streamlits(tmp_path: Path) -> None:
    """Streamlit hears of it as of one in the environment."""
    file = tmp_path / "workbench.toml"
    file.write_text('base_path = "desk"')
    code = """
from streamlit import config
from workbench.cli import _take_settings
from workbench.configuration import take
take()
_take_settings({})
print(config.get_option("server.baseUrlPath"))
"""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("WORKBENCH_", "STREAMLIT_"))
    }
    environment |= {CONFIG_VARIABLE: str(file), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "desk"
