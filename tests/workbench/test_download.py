"""Downloads, over real HTTP: a link gives its file whole and once, to who is in, whatever becomes of the page that drew it."""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
from starlette.applications import Starlette
from starlette.middleware import Middleware

from claims import Query, Store, read_csv
from claims.export.forms import FORMS, Form
from tests.claims.conftest import make_article, make_claims
from tests.workbench.conftest import serving
from workbench import download, signin
from workbench.door import Door
from workbench.signin import Settings

CSV = FORMS["csv"]
EVERY = Query(sort="article")


@pytest.fixture(scope="module")
def desk() -> Iterator[str]:
    """The route behind the door, on a server of its own."""
    with serving(Starlette(routes=[download.ROUTE], middleware=[Middleware(Door)])) as address:
        yield address


@pytest.fixture
def get(desk: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], requests.Response]:
    """Follows a link at a desk without a sign-in."""
    monkeypatch.setattr(signin, "settings", lambda: None)
    return lambda link: requests.get(f"{desk}/{link}", timeout=30)


@pytest.mark.parametrize("form", [form for form in FORMS.values() if not form.signed_off], ids=lambda form: form.name)
def test_a_link_gives_its_file_whole(get: Callable[[str], requests.Response], filled: Store, form: Form) -> None:
    """With its name, its kind and its size, and no copy of it is kept on the way."""
    answer = get(download.address(filled, form, EVERY))
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == form.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="{form.file}"'
    assert answer.headers["cache-control"] == "no-store"
    assert int(answer.headers["content-length"]) == len(answer.content) > 100
    if form is CSV:
        assert read_csv(answer.content).equals(filled.table(EVERY))


def test_a_link_is_good_for_once(get: Callable[[str], requests.Response], filled: Store) -> None:
    """What stands in a log or a history afterwards gives nothing; whether one is good can be asked."""
    link = download.address(filled, CSV, EVERY)
    assert download.holds(link)
    assert get(link).status_code == 200
    assert not download.holds(link)
    again = get(link)
    assert (again.status_code, again.text) == (
        410, "This link was good for once. Close this page and press Download again.",
    )  # fmt: skip


def test_a_link_is_good_for_a_day(
    get: Callable[[str], requests.Response], monkeypatch: pytest.MonkeyPatch, filled: Store
) -> None:
    """And for no longer."""
    link = download.address(filled, CSV, EVERY)
    later = download.monotonic() + download.LASTS
    monkeypatch.setattr(download, "monotonic", lambda: later)
    assert not download.holds(link)
    assert get(link).status_code == 410


@pytest.mark.parametrize("place", [":memory:", "other.sqlite"])
def test_a_download_is_of_the_record_that_its_page_showed(
    get: Callable[[str], requests.Response], filled: Store, tmp_path: Path, place: str
) -> None:
    """Whatever other record the program has open: two of them in memory are as two files."""
    with Store(place if place == ":memory:" else tmp_path / place, actor="Jana") as other:
        article = make_article()
        other.add_article(article, make_claims(article))
        assert read_csv(get(download.address(other, CSV, EVERY)).content).equals(other.table(EVERY))
        assert read_csv(get(download.address(filled, CSV, EVERY)).content).equals(filled.table(EVERY))


def test_the_oldest_links_make_room(monkeypatch: pytest.MonkeyPatch, filled: Store) -> None:
    """So many hold, and no more."""
    monkeypatch.setattr(download, "MOST", 2)
    links = [download.address(filled, CSV, EVERY) for _ in range(3)]
    assert [download.holds(link) for link in links] == [False, True, True]


@pytest.mark.parametrize("ask", [{"method": "HEAD"}, {"method": "GET", "headers": {"Sec-Purpose": "prefetch"}}])
def test_a_look_ahead_does_not_use_a_link_up(
    get: Callable[[str], requests.Response], desk: str, ask: dict[str, Any], filled: Store
) -> None:
    """What a browser or a guard asks before anybody follows it."""
    link = download.address(filled, CSV, EVERY)
    assert requests.request(url=f"{desk}/{link}", timeout=30, **ask).status_code == 405
    assert get(link).status_code == 200


def test_a_link_keeps_back_what_the_desk_does_when_it_is_followed(
    get: Callable[[str], requests.Response], filled: Store
) -> None:
    """Drawn before the desk read all twice, it tells no first reading since."""
    name = str(filled.rows(EVERY)[0]["claim_id"])
    filled.mark(name, 1, "Refuted", "high", rationale="The roll call names each.", actor="Jana")
    assert filled.rules().second_reading
    answer = get(download.address(filled, CSV, Query(sort="article", reader="Tom", read_twice=False)))
    assert "Refuted" not in answer.text


@pytest.mark.usefixtures("get")
def test_a_download_that_breaks_off_leaves_no_file(desk: str, monkeypatch: pytest.MonkeyPatch, filled: Store) -> None:
    """Whoever leaves while it is sent takes it along."""
    closed = Event()

    class Watched(io.BytesIO):
        def close(self) -> None:
            super().close()
            closed.set()

    monkeypatch.setattr("claims.export.forms.TemporaryFile", Watched)
    more = replace(CSV, write=lambda *asked: asked[-1].write(bytes(50_000_000)))  # than fits on the way
    gc.disable()
    try:
        answer = requests.get(f"{desk}/{download.address(filled, more, EVERY)}", stream=True, timeout=30)
        next(answer.iter_content(10))
        answer.close()
        assert closed.wait(30)
    finally:
        gc.enable()


@pytest.mark.parametrize("name", ["claims.xlsx", "..%2Fclaims.csv"])
def test_a_link_of_another_name_is_none(get: Callable[[str], requests.Response], name: str, filled: Store) -> None:
    """Only to the letter; and that costs the link nothing."""
    link = download.address(filled, CSV, EVERY)
    assert get(f"{link.rpartition('/')[0]}/{name}").status_code in {404, 410}
    assert download.holds(link)


def test_who_is_not_in_gets_no_file(
    get: Callable[[str], requests.Response], monkeypatch: pytest.MonkeyPatch, filled: Store
) -> None:
    """At a desk with a sign-in a link alone is not enough."""
    monkeypatch.setattr(signin, "settings", lambda: Settings(("korda.example",), (), "id.korda.example", ""))
    link = download.address(filled, CSV, EVERY)
    refused = get(link)
    assert (refused.status_code, refused.text) == (403, "Sign in at this desk first.")
    assert download.holds(link)


@pytest.mark.parametrize("form", ["csv", "xlsx", "tables"])
def test_a_full_disk_is_said(
    get: Callable[[str], requests.Response], monkeypatch: pytest.MonkeyPatch, form: str, filled: Store
) -> None:
    """Also where it fills while the file is written; the record is not to blame."""
    monkeypatch.setattr("claims.export.forms.TemporaryFile", lambda: open("/dev/full", "w+b"))  # noqa: SIM115, PTH123
    answer = get(download.address(filled, FORMS[form], EVERY))
    assert (answer.status_code, answer.text) == (503, "The file cannot be made. See that the disk has room.")


def test_what_cannot_be_made_is_said(
    get: Callable[[str], requests.Response], monkeypatch: pytest.MonkeyPatch, filled: Store
) -> None:
    """In a sentence with the next step, on the page that was opened for the file."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claims.export.forms.TemporaryFile", full)
    answer = get(download.address(filled, CSV, EVERY))
    assert (answer.status_code, answer.text) == (503, "The file cannot be made. See that the disk has room.")


def test_a_reader_s_file_keeps_back_what_its_page_does(get: Callable[[str], requests.Response], filled: Store) -> None:
    """Of a claim that waits for its second reading, neither the table nor the history tells the first."""
    name = str(filled.rows(EVERY)[0]["claim_id"])
    filled.mark(name, 1, "Refuted", "high", rationale="The roll call names each.", actor="Jana")
    query = Query(sort="article", reader="Tom")
    with zipfile.ZipFile(io.BytesIO(get(download.address(filled, FORMS["tables"], query)).content)) as packed:
        files = {each: packed.read(each).decode() for each in packed.namelist()}
    assert set(files) == {"claims.csv", "sources.csv", "events.csv", "datapackage.json"}
    assert name in files["claims.csv"]
    assert not [each for each in ("claims.csv", "sources.csv", "events.csv") if "Refuted" in files[each]]
    query = Query(sort="article", reader="Jana")
    with zipfile.ZipFile(io.BytesIO(get(download.address(filled, FORMS["tables"], query)).content)) as packed:
        assert "Refuted" in packed.read("events.csv").decode()
