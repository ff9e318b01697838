"""Every hostile text goes the whole way: kept, marked, signed off, out in each form, and home again; it stays what it was."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

import lxml.html
import openpyxl
import pytest

from claims.article import Article
from claims.claim import Claim, find_claims
from claims.evidence import Source
from claims.export import csv_bytes, read_csv, restored
from claims.export.annotations import web_annotations
from claims.export.averitec import averitec
from claims.export.checked import Publisher, checked
from claims.export.claimreview import claim_reviews_json
from claims.export.forms import FORMS
from claims.export.minutes import minutes_csv, minutes_html, minutes_markdown
from claims.export.report import report_html, report_markdown, report_of
from claims.export.spreadsheet import workbook_bytes
from claims.imports import plan_import
from claims.store import Mark, Query, Store
from claims.store.schema import as_read, storable
from tests.claims.conftest import make_article, make_claim
from tests.claims.test_export_minutes import SPREADSHEET, Page, everywhere, shown
from tests.hostile.texts import TEXTS

#: Blanks alone are no claim: the record refuses them by name, and words are put behind them.
EVERY = [text if text.strip() else f"{text}the guards left" for texts in TEXTS.values() for text in texts]
#: Those that UTF-8 can hold: half characters stand in the record and in its tables, and leave written out.
WHOLE = [text for text in EVERY if not any("\ud800" <= letter <= "\udfff" for letter in text)]
DESK = Publisher("The Korda Post", "https://korda.example/checks/")
NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


def said(text: str) -> str:
    """What a person says of a text: the text first, then words, so that it is never empty."""
    return f"{text} So the roll call has it."


def desk_of(texts: list[str], place: str | Path, *, marked: bool = True) -> Store:
    """A record in which each text is the claim, speaker, cue, unit, rationale, correction, and a source's title, passage and publisher."""
    sentences = [f"On day {day} the guards stayed at home. " for day in range(len(texts))]
    ends = list(accumulate(map(len, sentences)))
    article = make_article("".join(sentences), title=texts[0], byline=texts[-1])
    claims: list[Claim] = [
        make_claim(article, end - len(words), end - 2, seq, claim=text, speaker=text, cue=text, figure_unit=text)
        for seq, (words, end, text) in enumerate(zip(sentences, ends, texts, strict=True), 1)
    ]
    store = Store(place, actor="Jana")
    try:
        _fill(store, article, claims, texts, marked=marked)
    except BaseException:
        store.close()
        raise
    return store


def _fill(store: Store, article: Article, claims: list[Claim], texts: list[str], *, marked: bool) -> None:
    store.add_article(article, claims)
    for claim, text in zip(claims, texts, strict=True):
        source = Source(
            "https://korda.example/roll-call", said(text), publisher=text, quoted=text, stance="supports", origin=text
        )
        mark = Mark("Supported", "high", said(text), corrected_value=text)
        store.save(claim.claim_id, 1, mark=mark if marked else None, sources=[source])


def sign_all(store: Store) -> None:
    """Read each claim second, and sign it off."""
    for row in list(store.rows(Query(), limit=1_000)):
        revision = store.read_second(
            row["claim_id"], row["revision"], "Supported", "low", rationale="I see it too.", actor="Tom"
        )
        store.sign_off(row["claim_id"], revision, why="Tom read it on paper.", actor="Ana")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """All texts in one record, signed off."""
    with desk_of(WHOLE, tmp_path_factory.mktemp("ways") / "desk.sqlite") as store:
        sign_all(store)
        yield store


def rows_of(store: Store) -> list[dict[str, object]]:
    """Its claims in order of appearance."""
    return sorted(store.rows(Query(), limit=1_000), key=lambda row: row["seq"])


def test_the_record_keeps_each_text(place: str) -> None:
    """On either database a text comes back to the letter from claims, marks, sources and history; the record stays sound."""
    texts = EVERY[::7] + EVERY[-160:]
    with desk_of(list(dict.fromkeys(texts)), place) as store:
        for row, text in zip(rows_of(store), dict.fromkeys(texts), strict=True):
            assert (row["claim"], row["speaker"], row["cue"], row["figure_unit"]) == (text,) * 4
            assert (row["rationale"], row["corrected_value"]) == (said(text), text)
            [kept] = store.sources(str(row["claim_id"]))
            assert (kept.source.title, kept.source.publisher, kept.source.quoted, kept.source.origin) == (
                said(text),
                text,
                text,
                text,
            )
        assert store.verify() is None
        assert store.differences() == []


def test_csv_brings_each_text_home(signed: Store) -> None:
    """No cell begins as a formula does; any reader of CSV finds the text; our own finds the same table; nothing is to be written."""
    content = csv_bytes(signed.table(Query(sort="article")))
    head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    place = head.index("claim")
    assert [as_read(restored(row[place])) for row in rows] == WHOLE
    texts = [
        cell for row in rows for name, cell in zip(head, row, strict=True) if name not in {"figure_low", "figure_high"}
    ]
    assert not [cell for cell in texts if cell.lstrip("'").startswith(SPREADSHEET) and not cell.startswith("'")]
    assert read_csv(content)["claim"].tolist() == WHOLE
    plan = plan_import(signed, content)
    assert (plan.cells, [problem.sentence for problem in plan.problems]) == ((), [])


def test_csv_brings_half_characters_home(tmp_path: Path) -> None:
    """Beside a half character, a text with a NUL comes home as it was."""
    texts = ["in\0mates", "\ud800 half"]
    with desk_of(texts, tmp_path / "desk.sqlite") as store:
        _, *rows = csv.reader(
            io.StringIO(csv_bytes(store.table(Query(sort="article"))[["claim"]]).decode(), newline="")
        )
    assert [as_read(restored(row[0])) for row in rows] == texts


def test_a_workbook_brings_each_text_home(signed: Store) -> None:
    """No cell of the workbook is a formula or a link, and nothing of it is to be written when it comes back."""
    table = signed.table(Query(sort="article"))
    content = workbook_bytes(table, [], [])
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None or str(cell.hyperlink.target).startswith("https://korda.example/")
    plan = plan_import(signed, content)
    assert (plan.cells, [problem.sentence for problem in plan.problems]) == ((), [])


def test_json_tells_each_text(signed: Store) -> None:
    """ClaimReview, AVeriTeC and Web Annotations hold each text to the letter, and end no script that they stand in."""
    verdicts = list(checked(signed))
    told = [each.row["claim"] for each in verdicts]  # all but those that read as opinions
    assert len(told) >= 300
    assert set(told) <= set(WHOLE)
    reviews = claim_reviews_json(verdicts, DESK)
    assert "<" not in reviews
    assert [node["claimReviewed"] for node in json.loads(reviews)["@graph"]] == told
    assert [each["claim"] for each in averitec(verdicts, DESK, signed.media_types)] == told
    assert len(web_annotations(verdicts, DESK)["items"]) == len(told)
    for name in ("claimreview", "averitec", "annotations"):
        signed.set("publisher", signed.setting_revision("publisher"), "The Korda Post")
        signed.set("site", signed.setting_revision("site"), "https://korda.example/checks/")
        with FORMS[name].made(signed, Query(), NOON) as file:
            assert json.loads(file.read().decode("utf-8", "surrogatepass"))


def test_the_report_shows_each_text_and_has_no_element_of_it(signed: Store, tmp_path: Path) -> None:
    """The page of hostile texts has the elements and attributes of a page of plain ones, and shows each text."""
    page = lxml.html.document_fromstring(report_html(report_of(signed, None, DESK, NOON)))
    with desk_of(["plain"], tmp_path / "plain.sqlite") as plain:
        sign_all(plain)
        pattern = lxml.html.document_fromstring(report_html(report_of(plain, None, DESK, NOON)))
    made = {(element.tag, name) for element in page.iter() for name in ("", *element.attrib)}
    assert made == {(element.tag, name) for element in pattern.iter() for name in ("", *element.attrib)}
    headings = [heading.text_content() for heading in page.xpath("//h3[starts-with(@id, 'no-')]")]
    assert [_one_line(heading) for heading in headings] == [
        _one_line(f"{number}. {_on_a_page(text)}")
        for number, text in enumerate((each.row["claim"] for each in checked(signed)), 1)
    ]


def test_the_report_as_markdown_makes_nothing_of_a_text(signed: Store, tmp_path: Path) -> None:
    """Markdown of hostile texts is made of what Markdown of plain ones is made of."""
    _, kinds = shown(report_markdown(report_of(signed, None, DESK, NOON)))
    with desk_of(["plain"], tmp_path / "plain.sqlite") as plain:
        sign_all(plain)
        _, pattern = shown(report_markdown(report_of(plain, None, DESK, NOON)))
    assert kinds - {"text_special"} <= pattern


@pytest.mark.parametrize("kind", TEXTS)
def test_minutes_show_each_text(kind: str) -> None:
    """As a page, as Markdown and as CSV, minutes hold each text and make nothing of it."""
    plain, (_, pattern) = Page(minutes_html(everywhere("plain"))), shown(minutes_markdown(everywhere("plain")))
    for text in TEXTS[kind]:
        page = Page(minutes_html(everywhere(text)))
        assert (page.tags, page.attributes) == (plain.tags, plain.attributes), text
        _, kinds = shown(minutes_markdown(everywhere(text)))
        assert kinds - {"text_special"} <= pattern, text
        _, *rows = csv.reader(io.StringIO(minutes_csv(everywhere(text)).decode(), newline=""))
        assert not [cell for row in rows for cell in row if cell.startswith(SPREADSHEET)]


@pytest.mark.parametrize("kind", TEXTS)
def test_claims_are_found_around_each_text(kind: str) -> None:
    """An article with such texts in it is read to its end, and each claim stands in it where it says."""
    text = "\n\n".join(
        f"The guards of Dorn said {text} on Monday. Two vans waited at the north gate." for text in TEXTS[kind]
    )
    article = make_article(text)
    found = find_claims(article)
    assert len(found) >= len(TEXTS[kind]) / 2
    assert all(article.text[claim.start : claim.end] == claim.quote for claim in found)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _on_a_page(text: str) -> str:
    """A text as a page can hold it: what no database and no page takes is written out."""
    return storable(text)
