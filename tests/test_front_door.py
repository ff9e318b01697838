from __future__ import annotations

import ast
import subprocess
import sys
from datetime import date
from pathlib import Path

import claims

DOOR = Path(claims.__file__)

TEXTS = [
    "The prison service said on Sunday that at least 312 inmates had fled.",
    "",
    "“Two vans waited,” Ilic said. Almost all inmates of the east wing fled, and the strike began on Wednesday.",
    "Spending fell by 14 percent to 9.6 million crowns in 2023, which Hollin denied.",
]
PUBLISHED = [date(2024, 3, 3), None, date(2024, 3, 3), date(2024, 3, 7)]


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh Python holds after this statement."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_every_name_in_all_is_there() -> None:
    """What __all__ promises can be imported, and is sorted so that a reader finds it."""
    for name in claims.__all__:
        assert getattr(claims, name) is not None
        assert name in dir(claims)
    assert sorted(set(claims.__all__)) == sorted(claims.__all__)


def test_the_three_lists_agree() -> None:
    """What the type checker sees, what __all__ names and what is fetched on first use are the same names and homes."""
    tree = ast.parse(DOOR.read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claims.")
        for alias in node.names
    }
    homes = {name: f"claims.{home}" for home, names in claims._HOMES.items() for name in names}
    assert set(claims.__all__) == set(seen)
    assert homes | {"ClaimsError": "claims.errors"} == seen


def test_no_verb_hides_a_module() -> None:
    """A name of the front door is no name of a module beside it."""
    modules = {path.stem for path in DOOR.parent.glob("*.py")} | {
        path.name for path in DOOR.parent.iterdir() if path.is_dir()
    }
    assert not modules & set(claims.__all__)


def test_a_wrong_name_is_an_attribute_error() -> None:
    """A name that is not there is missed the way Python misses names."""
    assert not hasattr(claims, "find_truth")


def test_knocking_is_light() -> None:
    """``import claims`` waits neither for the parser nor for pandas."""
    assert not modules_after("import claims") & {
        "spacy",
        "pandas",
        "sqlalchemy",
        "trafilatura",
        "requests",
        "streamlit",
    }


def test_the_whole_engine_never_imports_streamlit() -> None:
    """The engine works without the screens being installed."""
    assert "streamlit" not in modules_after("import claims; [getattr(claims, name) for name in claims.__all__]")


def test_batches_equal_one_by_one() -> None:
    """The batch form of each verb gives what the verb gives text by text, in order."""
    assert claims.find_figures_batch(TEXTS) == [claims.find_figures(text) for text in TEXTS]
    assert claims.find_quotes_batch(TEXTS) == [claims.find_quotes(text) for text in TEXTS]
    assert claims.find_dates_batch(TEXTS, PUBLISHED) == [
        claims.find_dates(text, published) for text, published in zip(TEXTS, PUBLISHED, strict=True)
    ]
    contexts = ["", "", "Davor Ilic speaks for the guards' union.", ""]
    assert claims.split_statements_batch(TEXTS, contexts) == [
        claims.split_statements(text, context) for text, context in zip(TEXTS, contexts, strict=True)
    ]
    assert claims.weigh_batch(TEXTS) == [claims.weigh(text) for text in TEXTS]


def test_many_articles_equal_one_by_one() -> None:
    """find_claims_in gives each article beside the claims that find_claims gives, in order."""
    articles = [claims.read_article(text, published="2024-03-03") for text in TEXTS if text]
    assert list(claims.find_claims_in(articles)) == [(article, claims.find_claims(article)) for article in articles]


def test_every_record_quotes_its_span() -> None:
    """``text[start:end]`` is what the record says stands there."""
    for text, published in zip(TEXTS, PUBLISHED, strict=True):
        assert all(text[figure.start : figure.end] == figure.text for figure in claims.find_figures(text))
        assert all(text[when.start : when.end] == when.text for when in claims.find_dates(text, published))
        assert all(0 <= start < end <= len(text) for quote in claims.find_quotes(text) for start, end in quote.content)
