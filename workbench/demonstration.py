"""The demo: invented articles in a store of their own, so that nobody needs an article to try the desk."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import claims
from claims import Article, Store, read_article
from claims.errors import StoreUnwritable
from claims.store import default_path

#: SQLite keeps a store's newest writes beside it; they move with it.
_COMPANIONS = ("", "-wal", "-shm")


def demo_path() -> Path:
    """Where the demo's store lies: beside the desk's own, never in it."""
    return default_path().with_name("demo.sqlite")


def stories() -> list[Article]:
    """The demo's articles as they are read, two of them about one event, with figures that differ.

    >>> [(story.publisher, str(story.published)) for story in stories()]
    [('Korda Courier', '2024-03-03'), ('Vell Observer', '2024-03-04'), ('The Ansel Gazette', '2024-03-07')]
    """
    folder = resources.files("workbench") / "stories"
    index = tomllib.loads((folder / "stories.toml").read_text(encoding="utf-8"))
    return [
        replace(
            read_article(
                (folder / story["file"]).read_bytes(),
                name=story["file"],
                published=story["published"],
                title=story["title"],
            ),
            byline=story["byline"],
            publisher=story["publisher"],
        )
        for story in index["story"]
    ]


def fill(store: Store) -> int:
    """Put the demo's articles and their claims in; those already there stay as they are. How many were put in."""
    there = set(store.articles()["article_id"])
    missing = (story for story in stories() if story.article_id not in there)
    # Written by nobody at the desk, so that nobody's undo takes an article away; the parser is loaded for a missing one only.
    return len(store.add_articles(((story, claims.find_claims(story)) for story in missing), actor="demo"))


def set_aside(path: Path) -> Path | None:
    """Give an old store another name beside it, so that a new one can begin; nothing is deleted. Its new name."""
    if not path.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-{stamp}{path.suffix}")
    try:
        for companion in _COMPANIONS:
            with suppress(FileNotFoundError):
                path.with_name(path.name + companion).rename(aside.with_name(aside.name + companion))
    except OSError as error:
        raise StoreUnwritable(
            f"The old demo {path} could not be moved aside: {error.strerror or error}.",
            "Close the desk that has it open, or give another place with --store.",
        ) from error
    return aside
