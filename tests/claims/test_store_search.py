"""Full text and filters: what is found is what a plain reading of all rows finds, by whichever way the database goes."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from claims.claim import Claim
from claims.evidence import Source
from claims.store import SORTS, Edit, Mark, Query, Store, paging
from claims.store.schema import metadata
from claims.store.searching import words_of
from claims.table import split_values
from tests.claims.conftest import make_article, make_claim
from tests.conftest import DATABASES, place_on

Check = Callable[[Store], None]

ANY = st.text(st.characters(exclude_categories=()), max_size=40)

# Words


@given(ANY)
@example("\ufa6e")  # among Chinese signs, and none
@example("20 ℃, № 5, ㎅, 𝐀 and ﬁve")
def test_words_are_plain_and_each_once(given_text: str) -> None:
    """Any text becomes words of letters and digits, in order, without repeats; and they are words themselves."""
    words = words_of(given_text)
    assert words == sorted(set(words))
    assert all(word.isalnum() for word in words)
    assert words_of(" ".join(words)) == words
    assert words_of(given_text, None, given_text) == words


@given(ANY)
def test_how_a_text_is_encoded_makes_no_difference(given_text: str) -> None:
    """Signs put together or apart are the same words."""
    assert words_of(unicodedata.normalize("NFC", given_text)) == words_of(unicodedata.normalize("NFD", given_text))


@given(st.text("abcdefghijklmnopqrstuvwxyzäöüéèñçšžłøåß ,.-'", max_size=40))
def test_case_makes_no_difference(given_text: str) -> None:
    """Capitals are the same words, ß and SS too."""
    assert words_of(given_text) == words_of(given_text.upper()) == words_of(given_text.title())


@pytest.mark.parametrize(
    ("given_text", "words"),
    [
        ("Žofia ILIĆ said: “40 %”.", ["40", "ilic", "said", "zofia"]),
        ("snake_case, it's 3.5", ["3", "5", "case", "it", "s", "snake"]),
        ("監獄から312人", ["312", "か", "ら", "人", "獄", "監"]),
        ("שלום мир Ελλάς", ["ελλασ", "мир", "שלום"]),
        ("— $ — \0 \ud800", []),
    ],
)
def test_words_of_many_scripts(given_text: str, words: list[str]) -> None:
    """Accents and case go; scripts without blanks are taken sign by sign; signs that are no words are none."""
    assert words_of(given_text) == words


# Found as a plain reading finds it

VOCABULARY = (
    "inmates ministry guards prison posts budget vote bridge river harbour school Straße Žofia mir tax in un 40 3 Unie "
    "harbours sch"
).split()
SPEAKERS = ("Marusa Ilic", "Jana Vey", "Žofia Dorn", "")
ARTICLES, PER_ARTICLE = 24, 12


@pytest.fixture(scope="module", params=DATABASES)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Some hundred claims of all sorts: marked, read twice, given to somebody, dropped, with sources."""
    folder = tmp_path_factory.mktemp("library")
    with place_on(request.param, request, folder) as place, Store(place, actor="Jana") as store:
        chance = random.Random(4)
        store.add_articles(_stories(chance))
        _work(store, chance)
        assert store.differences() == []
        yield store


def _stories(chance: random.Random) -> Iterator[tuple[Any, list[Claim]]]:
    for number in range(ARTICLES):
        sentences = [" ".join(chance.choices(VOCABULARY, k=5)) + f" {at}." for at in range(PER_ARTICLE)]
        article = make_article(
            f"Story {number}. {' '.join(sentences)}", title=chance.choice(["Guards", "Bridge at Korda", ""]), url=None
        )
        yield article, [_claim(chance, article, sentence, seq) for seq, sentence in enumerate(sentences, 1)]


def _claim(chance: random.Random, article: Any, sentence: str, seq: int) -> Claim:
    start = article.text.index(sentence)
    amount = chance.choice([None, 0.0, 40.0, 312.0, -3.0])
    first = chance.choice([None, date(2024, 3, 3) + timedelta(chance.randrange(5))])
    return make_claim(
        article, start, start + len(sentence), seq, kinds=tuple(chance.sample(["numerical", "event", "causal"], chance.randrange(3))),
        speaker=chance.choice(SPEAKERS), checkability=round(chance.random(), 1), priority=chance.choice(["high", "normal", "low"]),
        figure_low=amount, figure_high=chance.choice([amount, 7.0]), quantifier=chance.choice(["", "about"]),
        date_text=chance.choice(["", "Sunday"]), date_first=first, date_last=first,
    )  # fmt: skip


def _work(store: Store, chance: random.Random) -> None:
    names = sorted(store.table(Query())["claim_id"])
    chance.shuffle(names)
    revisions = dict.fromkeys(names, 1)

    def write(some: list[str], edit: Callable[[str], Edit]) -> None:
        revisions.update(zip(some, store.save_many([edit(name) for name in some], why="An opinion."), strict=True))

    def mark(name: str) -> Edit:
        verdict, confidence = chance.choice(["Supported", "Refuted"]), chance.choice(["low", "high"])
        return Edit(name, 1, Mark(verdict, confidence, " ".join(chance.choices(VOCABULARY, k=3))))

    for at in range(0, 90, 15):
        write(names[at : at + 15], mark)
    for name in names[:20]:
        revisions[name] = store.read_second(name, revisions[name], "Refuted", "low", actor="Tom")
    write(
        names[90:120],
        lambda name: Edit(name, 1, None, {"status": "assigned", "assignee": chance.choice(["Tom", "Ines"])}),
    )
    write(names[120:150], lambda name: Edit(name, 1, None, {"status": "dropped"}))
    for name in names[60:100]:
        store.add_source(name, revisions[name], Source("https://korda.example/"))


def _asked(chance: random.Random) -> Query:
    """Any query; filters are few, so that some claims meet it."""
    given: dict[str, Any] = {
        "statuses": lambda: chance.sample(["new", "marked", "agreed", "disputed", "dropped", "assigned"], 2),
        "verdicts": lambda: [chance.choice(["Supported", "Refuted"])],
        "confidences": lambda: ["low"],
        "kinds": lambda: chance.sample(["numerical", "event", "causal", "eve"], 2),
        "speakers": lambda: chance.sample(SPEAKERS[:3], 2),
        "priorities": lambda: chance.sample(["high", "normal", "low"], 2),
        "assignees": lambda: ["Tom"],
        "agreements": lambda: [chance.choice(["agreed", "disputed"])],
        "text": lambda: " ".join(_typed(chance) for _ in range(chance.choice([1, 1, 2]))),
        "has_figure": lambda: chance.choice([True, False]),
        "has_date": lambda: chance.choice([True, False]),
        "has_sources": lambda: chance.choice([True, False]),
        "marked": lambda: chance.choice([True, False]),
        "dropped": lambda: True,
    }
    chosen = chance.sample(sorted(given), chance.choice([0, 1, 1, 2, 3]))
    return Query(sort=chance.choice(list(SORTS)), **{name: given[name]() for name in chosen})


def _typed(chance: random.Random) -> str:
    word = chance.choice([*VOCABULARY, "Korda", "guards", "zofia", "zeppelin"])
    typed = chance.choice([word, word.upper(), word[:3], word[:2], word[1:]])
    return typed if words_of(typed) else word


def _says(typed: str, *texts: str | None) -> bool:
    words = words_of(*texts)
    return all(
        any(word.startswith(asked) if len(asked) >= 3 else word == asked for word in words) for asked in words_of(typed)
    )


def _met(query: Query, row: dict[str, Any]) -> bool:
    """Whether a row meets the query, as its docstring says."""
    figure = row["figure_low"] is not None or row["figure_high"] is not None or row["quantifier"] is not None
    day = row["date_text"] is not None or row["date_first"] is not None
    chosen = [
        (query.statuses, {row["status"]}), (query.verdicts, {row["verdict"]}), (query.confidences, {row["confidence"]}),
        (query.kinds, set(split_values(row["kinds"] or ""))), (query.speakers, {row["speaker"]}),
        (query.priorities, {row["priority"]}), (query.assignees, {row["assignee"]}),
        (query.agreements, {row["agreement"]}),
    ]  # fmt: skip
    flags = [
        (query.has_figure, figure), (query.has_date, day), (query.has_sources, row["n_sources"] > 0),
        (query.marked, row["verdict"] is not None),
    ]  # fmt: skip
    return (
        all(not asked or set(asked) & there for asked, there in chosen)
        and all(asked is None or asked == there for asked, there in flags)
        and (query.dropped or "dropped" in query.statuses or row["status"] != "dropped")
        and (
            not query.text.strip()
            or _says(query.text, row["claim"], row["quote"], row["speaker"], row["article_title"])
            or _says(query.text, row["rationale"])
        )
    )


def _plainly_ordered(query: Query, rows: list[dict[str, Any]]) -> list[str]:
    """Names in the query's order; ``rows`` come in the order in which the record got them."""

    def amount(row: dict[str, Any]) -> float:
        found = row["figure_high"] if row["figure_low"] is None else row["figure_low"]
        return float("-inf") if found is None else float(found)

    priorities = {"high": 0, "normal": 1, "low": 2}
    keys: dict[str, Callable[[dict[str, Any]], Any]] = {
        "rank": lambda row: 2 * priorities[row["priority"]] + 1 - row["checkability"],
        "article": lambda row: (row["article_no"], row["seq"], row["start"]),
        "newest": lambda row: (-row["added_at"].timestamp(), -row["article_no"], row["seq"], row["start"]),
        "figure": lambda row: -amount(row),
        "date": lambda row: row["date_first"] or date.max,
        "checked_at": lambda row: -row["checked_at"].timestamp() if row["checked_at"] else 0.0,
    }
    return [row["claim_id"] for row in sorted(rows, key=keys[query.sort])]


@pytest.fixture(scope="module")
def plain(library: Store) -> list[dict[str, Any]]:
    """All claims in the order in which the record got them, with the number of their article and when they came."""
    made = [event["subject_id"] for event in library.events_table().to_dict("records") if event["act"] == "claim found"]
    first = library.claims_as_of(dict.fromkeys(made, 1))
    articles = list(dict.fromkeys(first[name]["article_id"] for name in made))
    standing = library.claims_named(made)
    assert len(made) == ARTICLES * PER_ARTICLE
    return [
        standing[name] | {"added_at": first[name]["added_at"], "article_no": articles.index(first[name]["article_id"])}
        for name in made
    ]


#: How far an order is walked at first, how many claims are few, how far is walked on, and which pages are too deep for that.
WAYS = {
    "near": (1000, 3000, 20_000, 1000),
    "few": (10, 3000, 20_000, 1000),
    "walked on": (10, 5, 20_000, 1000),
    "far": (10, 5, 40, 1000),
    "deep": (1000, 3000, 20_000, 0),
}


def _go(patch: pytest.MonkeyPatch, way: str) -> None:
    near, few, far, deep = WAYS[way]
    patch.setattr(paging, "_NEAR", near)
    patch.setattr(paging, "_FEW", dict.fromkeys(DATABASES, few))
    patch.setitem(paging._FAR, "postgresql", far)
    patch.setattr(paging, "_DEEP", deep)


@pytest.mark.parametrize("way", WAYS)
def test_a_query_finds_what_a_plain_reading_finds(
    library: Store, plain: list[dict[str, Any]], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page, count and position agree with a filter and a sort of all rows in Python, whichever way the page is found."""
    _go(monkeypatch, way)
    chance = random.Random(way)
    met = 0
    for _ in range(40):
        query = _asked(chance)
        wanted = _plainly_ordered(query, [row for row in plain if _met(query, row)])
        offset, limit = chance.choice([0, 0, 5, 20, 200]), chance.choice([1, 10, 50])
        found = [row["claim_id"] for row in library.rows(query, offset=offset, limit=limit)]
        assert found == wanted[offset : offset + limit], query
        assert library.count(query) == len(wanted), query
        if wanted:
            at = chance.randrange(len(wanted))
            assert library.position(query, wanted[at]) == at, query
        met += bool(wanted)
    assert met > 13


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sort", SORTS)
def test_every_order_is_whole(
    library: Store, plain: list[dict[str, Any]], sort: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All pages of an order, put together, are all claims once, in that order."""
    _go(monkeypatch, way)
    query = Query(sort=sort, dropped=True)
    found = [row["claim_id"] for at in range(0, 300, 50) for row in library.rows(query, offset=at, limit=50)]
    assert found == _plainly_ordered(query, plain)


@given(typed=ANY)
@example("zeppelin")
@example("'\"*:^()-NEAR AND OR NOT")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_may_be_typed(library: Store, typed: str) -> None:
    """No sign of a search language is one here: any text is words, or nothing that is found."""
    found = library.count(Query(text=typed))
    assert found == len(library.rows(Query(text=typed), limit=400))
    if typed.strip() and not words_of(typed):
        assert found == 0


@given(said=ANY)
@example("20 ℃")
@example("𞤀𞤣")
@example("𰀀")
@example("Ⅻ ½ ²")
@example("क्षत्रिय")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_said_is_found_by_its_words(store: Store, said: str) -> None:
    """A claim of any script is found by each of its words, whether few are walked or the index is asked."""
    article = make_article(url=None)
    name = store.add_article(article, [make_claim(article, claim=said if said.strip() else "x")], new_version=True)
    for word in words_of(said):
        for way in WAYS:
            with pytest.MonkeyPatch.context() as patch:
                _go(patch, way)
                query = Query(article_id=name, text=word)
                assert (len(store.rows(query)), store.count(query)) == (1, 1), (word, way)


# What moves what is found


def _found(store: Store, *typed: str) -> list[int]:
    return [store.count(Query(text=each)) for each in typed]


def test_each_edit_moves_what_is_found(desk: Store, names: list[str], unchanged: Check) -> None:
    """New words of a claim, its speaker, its rationale and its article's title are found, the old ones are not."""
    revision = desk.edit_claim(names[0], 1, {"claim": "Žofia counted zeppelins.", "speaker": "Ines Dorn"})
    assert _found(desk, "ZOFIA zeppelin", "dorn", "marusa") == [1, 1, 1]  # the quote still names her
    revision = desk.edit_claim(names[0], revision, {"claim": "None.", "speaker": None})
    assert _found(desk, "zofia", "zeppelin", "dorn") == [0, 0, 0]
    revision = desk.mark(names[0], revision, "Refuted", "low", rationale="The airship’s log.")
    assert _found(desk, "airship", "AIRSHIP LOG", "airship none") == [1, 1, 0]
    desk.mark(names[0], revision, "Refuted", "low", rationale="Another day.")
    assert _found(desk, "airship", "another") == [0, 1]
    desk.edit_article(make_article().article_id, 1, {"title": "Wardens leave"})
    assert _found(desk, "wardens", "wardens vans", "korda") == [3, 1, 0]
    desk.undo()
    assert _found(desk, "wardens", "korda") == [0, 3]
    desk.undo()
    assert _found(desk, "airship", "another") == [1, 0]
    unchanged(desk)


def test_a_new_version_is_found_by_its_own_title(desk: Store) -> None:
    """Claims of one article are not found by another's title."""
    article = make_article(title="Zeppelins")
    desk.add_article(article, [make_claim(article)], new_version=True)
    assert _found(desk, "zeppelins", "guards walk") == [1, 3]


# A rebuild


def _tables(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store._database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


def _finds(store: Store) -> list[list[str]]:
    with pytest.MonkeyPatch.context() as patch:
        _go(patch, "deep")
        words = [*VOCABULARY, "korda", "zofia", "ilic"]
        return [[row["claim_id"] for row in store.rows(Query(text=word), limit=400)] for word in words]


@pytest.fixture
def worked(store: Store) -> Store:
    """A record of its own with some of the same work, people, settings and a source taken off."""
    chance = random.Random(5)
    store.add_articles(list(_stories(chance))[:14])
    _work(store, chance)
    store.add_person("Ada")
    store.set("confidence", 0, "percent", actor="Ada")
    name = str(store.table(Query(has_sources=True))["claim_id"][0])
    [source] = store.sources(name)
    store.remove_source(source.source_id, 1)
    store.edit_article(store.claim(name)["article_id"], 1, {"title": "Another title"})
    return store


def test_a_rebuild_changes_nothing_of_a_sound_record(worked: Store, unchanged: Check) -> None:
    """Every row of every table, and what each word finds, is as it was."""
    tables, finds = _tables(worked), _finds(worked)
    assert sum(map(len, finds)) > 100
    rows = worked.rebuild()
    assert _tables(worked) == tables
    assert rows == sum(len(found) for name, found in tables.items() if name not in {"events", "snapshots", "listing"})
    assert _finds(worked) == finds
    unchanged(worked)


TAMPERED = {
    "a claim": "UPDATE claims SET verdict = 'Refuted', claim = 'Other words.', revision = 40 WHERE seq = 3",
    "words": "UPDATE claims SET words = 'zeppelin', why_words = 'zeppelin' WHERE seq = 3",
    "the listing": "UPDATE listing SET status = 'published', by_rank = 0, facets = '' WHERE seq = 3",
    "a place of the listing": "DELETE FROM listing WHERE seq = 3",
    "a source": "UPDATE sources SET stance = 'refutes', removed = true",
    "sources": "DELETE FROM sources",
    "marks": "DELETE FROM marks",
    "an article": "UPDATE articles SET title = 'Other', withdrawn = true",
    "a person": "UPDATE people SET role = 'checker'",
    "settings": "DELETE FROM settings",
}


def test_a_rebuild_mends_what_was_tampered_with(worked: Store, unchanged: Check) -> None:
    """Each table but the events is mended from them; what was wrong was seen before."""
    tables = _tables(worked)
    for what, statement in TAMPERED.items():
        with worked._database._engine.begin() as connection:
            assert connection.execute(text(statement)).rowcount >= 1, what
        assert worked.differences(), what
        worked.rebuild()
        assert _tables(worked) == tables, what
    unchanged(worked)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_rebuild_mends_the_index_of_words(worked: Store) -> None:
    """SQLite's index of words is no table that is compared; a rebuild makes it anew all the same."""
    finds = _finds(worked)
    with worked._database._engine.begin() as connection:
        connection.execute(text("INSERT INTO search(search) VALUES ('delete-all')"))
    assert sum(map(len, _finds(worked))) == 0
    worked.rebuild()
    assert _finds(worked) == finds


def test_a_rebuilt_record_is_worked_on(worked: Store, unchanged: Check) -> None:
    """After a rebuild acts go on, and those before it are undone."""
    worked.rebuild()
    row = worked.rows(Query(statuses=("new",)))[0]
    worked.edit_claim(row["claim_id"], row["revision"], {"claim": "Zeppelins."})
    assert _found(worked, "zeppelins") == [1]
    worked.undo()
    assert _found(worked, "zeppelins") == [0]
    worked.undo()
    unchanged(worked)


def test_a_query_takes_any_number_of_values(library: Store) -> None:
    """A filter of a thousand names is asked as one of three is."""
    names = [f"Nobody {number}" for number in range(1000)]
    asked = Query(speakers=("Jana Vey", *names))
    assert library.count(asked) == library.count(replace(asked, speakers=("Jana Vey",))) > 0
