"""The house as it is drawn: what stands at the top, what may import what, and no name that shadows another."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: What stands at the top; beside it only dotfiles, and what .gitignore names.
TOP = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "claims", "pyproject.toml", "tests", "workbench"}

#: A module of the engine may import only those before it.
ORDER = [
    "errors",
    "apart",
    "paragraphs",
    "entities",
    "remembered",
    "connections",
    "fetch",
    "documents",
    "furniture",
    "article",
    "evidence",
    "anchoring",
    "grammar",
    "sentences",
    "figures",
    "dates",
    "quotes",
    "statements",
    "checkability",
    "kinds",
    "reading",
    "told",
    "claim",
    "coverage",
    "rereading",
    "verdict",
    "status",
    "table",
    "matching",
    "review",
    "store",
    "finders",
    "export",
    "imports",
    "archive",
]

ENGINE = sorted((ROOT / "claims").rglob("*.py"))
FACE = sorted((ROOT / "workbench").rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions, in full: ``claims.table``, ``pandas``."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            if base == "claims":
                yield from (f"claims.{alias.name}" for alias in node.names if alias.name in ORDER)


def room(path: Path) -> str:
    """The module of the engine that a file belongs to: a file directly in claims/, or a folder."""
    return path.relative_to(ROOT / "claims").parts[0].removesuffix(".py")


def test_the_top_level_holds_what_is_drawn() -> None:
    """Nothing stands at the top but the house's own rooms and what convention puts there."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in names if not any(fnmatch(name, pattern) for pattern in ignored)} == TOP


def test_every_room_of_the_engine_has_its_place_in_the_order() -> None:
    """No module stands outside the order, and the order names none that is not there."""
    assert {room(path) for path in ENGINE} - {"__init__"} == set(ORDER)


@pytest.mark.parametrize(
    "path", [path for path in ENGINE if room(path) != "__init__"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_the_engine_imports_one_way(path: Path) -> None:
    """A module imports only modules before it in the order, never the front door and never the screens."""
    own = ORDER.index(room(path))
    for name in imports(path):
        top, _, rest = name.partition(".")
        assert top not in {"workbench", "streamlit", "click"}
        if top == "claims":
            reached = rest.partition(".")[0]
            assert reached in ORDER[: own + 1], f"{path.name} reaches for {name or 'the front door'}"


def test_the_front_door_reaches_in_and_not_out() -> None:
    """claims/__init__ imports the engine and the standard library, nothing else."""
    tops = {name.partition(".")[0] for name in imports(ROOT / "claims" / "__init__.py")}
    assert tops - sys.stdlib_module_names == {"claims"}


@pytest.mark.parametrize("path", FACE, ids=lambda path: str(path.relative_to(ROOT)))
def test_views_hold_no_engine(path: Path) -> None:
    """The screens ask the engine: no database, no web and no parser behind its back."""
    assert not {name.partition(".")[0] for name in imports(path)} & {
        "sqlalchemy",
        "sqlite3",
        "requests",
        "spacy",
        "trafilatura",
    }


def test_no_file_beside_the_entry_script_shadows_a_package() -> None:
    """Streamlit puts the entry script's folder first on the path: a file there named like a package would hide it."""
    beside = {
        path.stem
        for path in (ROOT / "workbench").iterdir()
        if not path.name.startswith((".", "__")) and (path.suffix == ".py" or path.is_dir())
    }
    imported = {name.partition(".")[0] for path in [*ENGINE, *FACE] for name in imports(path)}
    assert not beside & (imported | set(packages_distributions()) | sys.stdlib_module_names)


@pytest.mark.parametrize("name", ["utils", "helpers", "constants", "models", "misc", "common"])
def test_no_file_is_named_for_nothing(name: str) -> None:
    """Each file is one idea and has its name."""
    assert not [path for path in [*ENGINE, *FACE] if path.stem == name]
