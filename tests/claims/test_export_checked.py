"""What leaves of a signed-off verdict: ClaimReview, AVeriTeC, Web Annotations, the report and the pack."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partialmethod
from importlib import resources
from typing import Any
from uuid import UUID

import lxml.html
import pandas as pd
import pytest

from claims.errors import StoreError
from claims.evidence import Source
from claims.evidence.fetched import Fetched
from claims.evidence.reviews import read_claim_reviews
from claims.export.annotations import web_annotations
from claims.export.averitec import LABELS, TYPES, averitec
from claims.export.checked import Publisher, checked, checked_claim, count_checked
from claims.export.claimreview import claim_reviews, claim_reviews_json
from claims.export.corrections import publications
from claims.export.pages import alone, day_words, markdown_text
from claims.export.report import Report, report_html, report_markdown, report_of
from claims.export.tables import read_csv
from claims.store import Mark, Query, Store
from tests.claims.conftest import (
    ON_PAPER,
    ROLL_CALL,
    agree,
    bring,
    make_article,
    make_claim,
    make_claims,
    packed,
    publish,
    sign_off,
    sign_off_opinion_and_fact,
    void,
)

DESK = Publisher("The Korda Post", "https://korda.example/checks/")
NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
HOSTILE = "</script><script>alert(1)</script> [x](javascript:alert(1)) $x$ *b* \u202e \ud83d\0 {{ 7*7 }}"

#: Of each type of schema.org that we write, the properties that its definition or those above it give, and their ranges.
SCHEMA_ORG: dict[str, dict[str, set[str]]] = {
    "ClaimReview": {
        "url": {"URL"}, "datePublished": {"Date"}, "author": {"Organization", "Person"}, "claimReviewed": {"Text"},
        "itemReviewed": {"Claim"}, "reviewRating": {"Rating"}, "citation": {"CreativeWork", "Text"},
    },
    "Claim": {
        "text": {"Text"}, "author": {"Organization", "Person"}, "datePublished": {"Date"}, "appearance": {"CreativeWork"},
    },
    "Rating": {
        "ratingValue": {"Number"}, "bestRating": {"Number"}, "worstRating": {"Number"}, "alternateName": {"Text"},
        "ratingExplanation": {"Text"},
    },
    "CreativeWork": {
        "url": {"URL"}, "name": {"Text"}, "headline": {"Text"}, "datePublished": {"Date"},
        "publisher": {"Organization", "Person"},
    },
    "Organization": {"name": {"Text"}, "url": {"URL"}},
    "Person": {"name": {"Text"}},
}  # fmt: skip


@pytest.fixture
def signed(desk: Store, names: list[str]) -> Store:
    """A desk whose first claim is signed off, with a hostile source beside the good one; the second is only marked."""
    revision = bring(desk, names[0], "agreed")
    desk.add_source(names[0], revision, Source("https://ilic.example/a", HOSTILE, quoted=HOSTILE, stance="context"))
    sign_off(desk, names[0], revision)
    desk.mark(names[1], 1, "Refuted", "low", rationale="Not yet for the public.")
    return desk


def _kinds(node: dict[str, Any]) -> list[str]:
    return node["@type"] if isinstance(node["@type"], list) else [node["@type"]]


def _fits(value: Any, ranges: set[str]) -> bool:
    """Whether a value is of one of these types."""
    if isinstance(value, dict):
        return bool(ranges & set(_kinds(value)))
    if isinstance(value, (int, float)):
        return "Number" in ranges
    if "URL" in ranges:
        return str(value).startswith("http")
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value)) if "Date" in ranges else "Text" in ranges


def _problems(node: dict[str, Any]) -> Iterator[str]:
    """What of a node is not as schema.org defines it."""
    for name, value in node.items():
        if name.startswith("@"):
            continue
        ranges: set[str] = set().union(*(SCHEMA_ORG[kind].get(name, set()) for kind in _kinds(node)))
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and each.keys() <= {"@type"}:
                yield f"{_kinds(node)}.{name} says nothing"
            if not _fits(each, ranges):
                yield f"{_kinds(node)}.{name} is {each!r}"
            if isinstance(each, dict):
                yield from _problems(each)


def test_only_signed_off_verdicts_leave(signed: Store, names: list[str]) -> None:
    """A mark that nobody signed off is told to nobody, however it is asked for."""
    assert [each.claim_id for each in checked(signed)] == [names[0]]
    assert [each.claim_id for each in checked(signed, Query(statuses=("marked",)))] == []
    with zipfile.ZipFile(packed(signed, DESK, NOON)) as pack:
        for name in pack.namelist():
            assert b"Not yet for the public" not in pack.read(name), name


def test_an_opinion_has_no_verdict_for_the_public(store: Store) -> None:
    """What is no statement of fact is left out, though it was signed off."""
    fact = sign_off_opinion_and_fact(store)
    assert [each.claim_id for each in checked(store)] == [fact]


@pytest.mark.parametrize(
    ("last", "as_of", "told"),
    [
        (None, date(2025, 1, 1), False),
        (date(2024, 12, 31), date(2024, 12, 30), False),
        (date(2024, 12, 31), date(2024, 12, 31), True),
        (date(2024, 12, 31), date(2025, 1, 1), True),
    ],
)
def test_a_prediction_has_a_verdict_for_the_public_once_its_day_has_come(
    store: Store, last: date | None, as_of: date, *, told: bool
) -> None:
    """What tells of a day that had not come when it was judged, or of none, nobody could look up: it leaves in no form."""
    article = make_article()
    claim = make_claim(
        article, claim="Prices are set to double next year.", date_first=last and date(2024, 12, 1), date_last=last
    )
    store.add_article(article, [claim])
    mark = Mark("Supported", "high", "The ministry says so.", as_of=as_of)
    revision = store.save(claim.claim_id, 1, mark=mark, sources=[ROLL_CALL])
    revision = agree(store, claim.claim_id, revision)
    store.sign_off(claim.claim_id, revision, why="The roll call bears no day.", actor="Ana")
    assert ([each.claim_id for each in checked(store)] == [claim.claim_id]) == told
    assert count_checked(store) == told
    assert (checked_claim(store, claim.claim_id) is not None) == told
    assert bool(claim_reviews(checked(store), DESK)) == told


def test_a_claim_review_is_as_schema_org_defines_it(signed: Store) -> None:
    """Every property stands where its definition allows it, with a value of its range; the verdict is its words."""
    [review] = claim_reviews(checked(signed), DESK)
    assert list(_problems(review)) == []
    assert review["url"].startswith("https://korda.example/checks/#claim-")
    assert review["itemReviewed"]["appearance"]["url"] == "https://korda.example/guards"
    assert review["reviewRating"]["alternateName"] == signed.rows(Query(statuses=("signed off",)))[0]["verdict"]
    rating = review["reviewRating"]
    if "ratingValue" in rating:
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]


@pytest.mark.parametrize("url", ["https://korda.example/guards", None])
@pytest.mark.parametrize("title", ["Guards walk out at Korda", ""])
@pytest.mark.parametrize("publisher", ["The Korda Post", ""])
@pytest.mark.parametrize("published", [date(2024, 3, 4), None])
@pytest.mark.parametrize(("speaker", "attribution"), [("Marusa Ilic", "indirect"), ("", "direct"), ("", "article")])
def test_what_is_not_known_of_a_claim_is_made_up_in_no_claim_review(
    url: str | None,
    title: str,
    publisher: str,
    published: date | None,
    speaker: str,
    attribution: str,
) -> None:
    """It is as schema.org defines it and has what Google required; read back, it tells who and where as far as that is known."""
    article = make_article(url=url, title=title, publisher=publisher, published=published)
    claim = make_claim(article, speaker=speaker, attribution=attribution, cue="said" if speaker else "")
    with Store(":memory:", actor="Jana") as desk:
        desk.add_article(article, [claim])
        bring(desk, claim.claim_id, "signed off")
        told = list(checked(desk))
        [review] = claim_reviews(told, DESK)
        [read] = read_claim_reviews(claim_reviews_json(told, DESK))
    assert list(_problems(review)) == []
    assert review["claimReviewed"] == read.claim == claim.claim
    assert review["reviewRating"]["alternateName"] == read.verdict == "Supported"
    assert review["url"] == read.url == DESK.address(claim.claim_id)
    assert read.claimant == (speaker or (publisher if attribution == "article" else ""))
    assert read.publisher == DESK.name
    assert read.claimed == published
    assert read.appearances == ((url,) if url else ())
    assert read.problems == ()
    assert ("author" in review["itemReviewed"]) == bool(read.claimant)
    assert ("appearance" in review["itemReviewed"]) == bool(url or title or publisher)


@pytest.mark.parametrize(
    ("quoted", "told"),
    [
        ("Of 785 guards, 249 were absent.", "Found word for word in the kept document."),
        (
            "Of 785 guards, 429 were absent.",
            "Compared with it: “429” is “249” there. The desk’s reason: The paper edition has it.",
        ),
        ("Nobody came.", "Not found in the kept document. The desk’s reason: The paper edition has it."),
    ],
)
def test_the_report_says_whether_a_passage_is_in_its_document(
    desk: Store, names: list[str], quoted: str, told: str
) -> None:
    """Beside each passage that was looked for: what came of it, what differs, and why it was signed off all the same."""
    revision = bring(desk, names[0], "agreed")
    kept = desk.keep_snapshot(b"Roll call. Of 785 guards, 249 were absent.", "text/plain")
    desk.add_source(names[0], revision, Source("https://ilic.example/a", "The count", quoted=quoted, snapshot=kept))
    desk.sign_off(names[0], revision, why="The paper edition has it.", actor="Ana")
    report = report_of(desk, None, DESK, NOON)
    assert told in report_html(report)
    assert told in report_markdown(report).replace("\\", "")


def test_the_report_says_who_read_a_passage_in_a_picture(desk: Store, names: list[str]) -> None:
    """The reason that was given stands beside the passage that no program can look for."""
    revision = bring(desk, names[0], "agreed")
    kept = desk.keep_snapshot(b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png")
    desk.add_source(names[0], revision, Source("photo.png", "The list", quoted="249 were absent", snapshot=kept))
    desk.sign_off(names[0], revision, why="Ana and Tom read it in the photograph.", actor="Ana")
    report = report_of(desk, None, DESK, NOON)
    told = "the kept document has no text. The desk’s reason: Ana and Tom read it in the photograph."
    assert told in report_html(report)
    assert told in report_markdown(report).replace("\\", "")


def test_the_report_says_that_nobody_looked_where_no_document_is_kept(desk: Store, names: list[str]) -> None:
    """With the desk's reason; and what an ellipsis leaves out is told also where the passage is found word for word."""
    revision = bring(desk, names[0], "agreed")
    kept = desk.keep_snapshot(b"They walked slowly north.", "text/plain")
    desk.add_source(names[0], revision, Source("The walk", quoted="They walked … north", snapshot=kept))
    sign_off(desk, names[0], revision)
    told = report_markdown(report_of(desk, None, DESK, NOON)).replace("\\", "")
    assert f"No document is kept: nobody looked for this passage. The desk’s reason: {ON_PAPER}" in told
    assert "with 1 word left out. Compared with it: it leaves out “slowly”." in told


def test_the_report_says_how_a_document_came(desk: Store, names: list[str]) -> None:
    """Beside its hash: when it was fetched, from where, and where it was sent on to."""
    revision = bring(desk, names[0], "agreed")
    came = Fetched("https://ilic.example/a", "https://ilic.example/<b>", 200, datetime(2024, 3, 4, 10, 12, tzinfo=UTC))
    kept = desk.keep_snapshot(b"Of 785 guards, 249 were absent.", "text/plain", fetched=came)
    desk.add_source(names[0], revision, Source("https://ilic.example/a", "The count", snapshot=kept))
    sign_off(desk, names[0], revision)
    report = report_of(desk, None, DESK, NOON)
    told = "fetched 4 March 2024 10:12 UTC from https://ilic.example/a, now at https://ilic.example/"
    assert f"Kept as <code>{kept}</code>, {told}&lt;b&gt;" in report_html(report)
    assert f"Kept as {kept}, {told}" in report_markdown(report).replace("\\", "")
    assert "<b>" not in report_html(report).partition("Kept as")[2]


def test_a_claim_review_in_a_page_closes_no_script(signed: Store) -> None:
    """Inside a page's script nothing ends the script, and the text comes back as it was."""
    text = claim_reviews_json(checked(signed), DESK)
    assert "<" not in text
    cited = json.loads(text)["@graph"][0]["citation"]
    assert HOSTILE in [source.get("name") for source in cited]


def test_a_claim_review_wants_to_know_who_checks(signed: Store) -> None:
    """Without a name and an address there is none."""
    with pytest.raises(StoreError, match="names who checked"):
        claim_reviews(checked(signed), Publisher("The Korda Post"))


def test_averitec_has_its_fields_and_words(signed: Store) -> None:
    """One object has the fields that its README names, its labels and its claim types."""
    [found] = averitec(checked(signed), DESK, signed.media_types)
    assert set(found) == {
        "claim", "required_reannotation", "label", "justification", "claim_date", "speaker", "original_claim_url",
        "cached_original_claim_url", "fact_checking_article", "reporting_source", "location_ISO_code", "claim_types",
        "fact_checking_strategies", "questions",
    }  # fmt: skip
    assert found["label"] in {"Supported", "Refuted", *LABELS.values()}
    assert found["claim_date"] == "4-3-2024"
    assert set(found["claim_types"]) <= set(TYPES.values())
    for question in found["questions"]:
        [answer] = question["answers"]
        assert set(answer) == {"answer", "answer_type", "source_url", "cached_source_url", "source_medium"}


def test_an_annotation_points_at_its_words(signed: Store) -> None:
    """Quote and position both select the claim's own words in the article's text."""
    page = web_annotations(checked(signed), DESK)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    [note] = page["items"]
    assert {"id", "type", "motivation", "body", "target"} <= set(note)
    quote, position = note["target"]["selector"]
    text = make_article().text
    assert text[position["start"] : position["end"]] == quote["exact"]
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert around in text


def test_annotations_have_names_where_the_desk_has_no_site(signed: Store) -> None:
    """Each id is an IRI, as the Web Annotation Data Model asks: at the site, or else a urn that is the same whenever it is made."""
    at_site, *others = (
        web_annotations(checked(signed), publisher)
        for publisher in (DESK, Publisher(), Publisher(), Publisher("The Korda Post"), Publisher("half \ud83d"))
    )
    assert at_site["id"] == "https://korda.example/checks/#annotations"
    ids = [[page["id"], *(item["id"] for item in page["items"])] for page in others]
    for name in (name for some in ids for name in some):
        assert name.startswith("urn:uuid:")
        assert UUID(name).version == 5
    assert ids[0] == ids[1]
    assert len({name for some in ids[1:] for name in some}) == 6  # another desk's notes are others


def test_the_report_needs_nothing_from_elsewhere_and_runs_nothing(signed: Store) -> None:
    """No script, no resource, a policy against both; hostile text is shown as text."""
    page = lxml.html.fromstring(report_html(report_of(signed, None, DESK, NOON)))
    assert not page.xpath("//script | //img | //link | //iframe | //form | //*[@src] | //*[@onclick or @onload]")
    assert all(href.startswith(("http://", "https://", "#")) for href in page.xpath("//@href"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = page.xpath("//style")[0].text_content()
    assert policy.startswith("default-src 'none'")
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    shown = page.text_content()
    assert "</script><script>alert(1)</script>" in shown
    assert "{{ 7*7 }}" in shown


def test_the_report_marks_the_passage_and_names_its_claim(signed: Store) -> None:
    """The article's words stand marked, followed by the number of the claim, which is in the page."""
    page = lxml.html.fromstring(report_html(report_of(signed, None, DESK, NOON)))
    [marked] = page.xpath("//mark")
    assert marked.text_content() == make_claims(make_article())[0].quote
    target = page.xpath("//sup/a/@href")[0]
    assert page.xpath(f"//*[@id='{target[1:]}']")


def test_the_report_tells_what_was_withdrawn(signed: Store, names: list[str]) -> None:
    """A published verdict that was voided is no longer told; its correction notice is."""
    void(signed, names[0], publish(signed, names[0], signed.claim(names[0])["revision"]))
    notice = signed.claim(names[0])["notice"]
    told = report_of(signed, None, DESK, NOON)
    assert told.claims == 0
    assert notice in lxml.html.fromstring(report_html(told)).text_content()
    assert markdown_text(notice) in report_markdown(told)


def _judge_anew(store: Store, name: str, revision: int, why: str) -> int:
    """Reopen a claim, refute it twice and sign it off."""
    revision = store.reopen(name, revision, why, actor="Ana")
    revision = store.mark(name, revision, "Refuted", "moderate", rationale="273.", corrected_value="273 inmates")
    return sign_off(store, name, store.read_second(name, revision, "Refuted", "low", rationale="273.", actor="Tom"))


def _corrections(report: Report) -> tuple[list[str], list[str]]:
    """The lines under Corrections, of the page and of Markdown."""
    page = lxml.html.fromstring(report_html(report))
    shown = page.xpath("//section[h2='Corrections']//*[self::h3 or self::p]")
    written = report_markdown(report).replace("\\", "").partition("## Corrections")[2].partition("\n## ")[0]
    return [line.text_content() for line in shown], [line.lstrip("#- ") for line in written.splitlines() if line]


def test_a_verdict_that_was_published_and_reversed_leaves_with_its_correction(desk: Store, names: list[str]) -> None:
    """What was told before, when, and why it was reopened stands with the claim and under Corrections, until it is told again."""
    desk.publish(names[0], _judge_anew(desk, names[0], bring(desk, names[0], "published"), "We counted twice."))
    today = day_words(desk.history(names[0])[-1].at)
    report = report_of(desk, None, DESK, NOON)
    told = [
        f"1. {make_claims(make_article())[0].claim}", f"Told before: Supported, high confidence; published {today}",
        f"Reopened {today}: We counted twice.", "Told now: Refuted, moderate confidence",
    ]  # fmt: skip
    assert _corrections(report) == (told, told)
    beside = f"Supported, high confidence; published {today}; reopened {today}: We counted twice."
    page = lxml.html.fromstring(report_html(report))
    assert page.xpath("//section[@class='claim']//dt[.='Told before']/following-sibling::dd[1]")[0].text_content() == (
        beside
    )
    assert f"- Told before: {beside}" in report_markdown(report).replace("\\", "")


def test_a_claim_that_says_something_else_is_corrected(desk: Store, names: list[str]) -> None:
    """The same verdict on other words is another: the words that were told before stand in the correction."""
    first = make_claims(make_article())[0].claim
    revision = desk.reopen(names[0], bring(desk, names[0], "published"), "It was Monday.", actor="Ana")
    revision = desk.edit_claim(names[0], revision, {"claim": "Some 312 inmates fled the prison on Monday."})
    revision = desk.mark(names[0], revision, "Supported", "high", rationale="The roll call bears it out.")
    sign_off(desk, names[0], agree(desk, names[0], revision))
    for lines in _corrections(report_of(desk, None, DESK, NOON)):
        assert lines[0] == "1. Some 312 inmates fled the prison on Monday."
        assert lines[1].endswith(f", of the words “{first}”")


def test_a_published_claim_that_is_judged_anew_is_told_to_be(desk: Store, names: list[str]) -> None:
    """Reopened, it is under review again since that day; of what is judged and worded since, nothing leaves."""
    first = make_claims(make_article())[0].claim
    revision = desk.reopen(names[0], bring(desk, names[0], "published"), "The roll call was revised.", actor="Ana")
    revision = desk.edit_claim(names[0], revision, {"claim": "Nobody fled, of course."})
    desk.mark(names[0], revision, "Refuted", "low", rationale="Not yet for the public.")
    report = report_of(desk, None, DESK, NOON)
    today = day_words(desk.history(names[0])[-1].at)
    told = [
        first, f"Told before: Supported, high confidence; published {today}",
        f"Under review again since {today}: The roll call was revised.",
    ]  # fmt: skip
    assert (report.claims, *_corrections(report)) == (0, told, told)
    for written in (report_html(report), report_markdown(report)):
        assert not [secret for secret in ("Nobody fled", "Not yet for", "low confidence") if secret in written]


def test_corrections_are_of_what_was_published(desk: Store, names: list[str]) -> None:
    """A verdict that was signed off and never published is withdrawn, or reversed, without a word to the public."""
    bring(desk, names[0], "void")
    _judge_anew(desk, names[1], bring(desk, names[1], "signed off"), "Slander, says the lawyer.")
    desk.reopen(names[2], bring(desk, names[2], "signed off"), "Slander, says the lawyer.", actor="Ana")
    report = report_of(desk, None, DESK, NOON)
    assert (report.claims, report.corrected, report.untold) == (1, (), ())
    assert "Corrections" not in report_html(report) + report_markdown(report)
    assert "Slander" not in report_html(report) + report_markdown(report)


def test_what_was_published_is_read_from_the_events(desk: Store, names: list[str]) -> None:
    """Withdrawn and taken up again, published as it was, reopened unpublished: each publication has the turns that ended it."""
    revision = void(desk, names[0], bring(desk, names[0], "published"))
    revision = _judge_anew(desk, names[0], revision, "It was the right day.")
    revision = _judge_anew(desk, names[0], revision, "Nobody read it yet.")
    revision = desk.reopen(names[0], publish(desk, names[0], revision), "A slip.", actor="Ana")
    desk.undo(actor="Ana")
    found = publications(desk.own_history(names[0]))
    assert [(each.verdict, each.stands(desk.claim(names[0]))) for each in found] == [
        ("Supported", False), ("Refuted", True), ("Refuted", True),
    ]  # fmt: skip
    assert [[(turn.withdrawn, turn.why) for turn in each.turns] for each in found] == [
        [(True, "The roll call was of another day."), (False, "It was the right day.")], [(False, "A slip.")], [],
    ]  # fmt: skip
    for lines in _corrections(report_of(desk, None, DESK, NOON)):
        assert [line.partition(" ")[0] for line in lines[1:]] == ["Told", "Withdrawn", "Reopened", "Told"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (Query(), 1),
        (Query(verdicts=("Refuted",), statuses=("published",), agreements=("disputed",)), 1),
        (Query(text="inmates", speakers=("Marusa Ilic",), kinds=("numerical",)), 1),
        (Query(text="vans"), 0),
        (Query(speakers=("the ministry",)), 0),
        (Query(kinds=("event",)), 0),
        (Query(article_id="another"), 0),
    ],
)
def test_corrections_are_of_the_claims_that_are_asked_for(
    desk: Store, names: list[str], asked: Query, number: int
) -> None:
    """By what they say, who says it and where; not by how they were judged, which a claim that is void is no more."""
    void(desk, names[0], bring(desk, names[0], "published"))
    assert len(report_of(desk, asked, DESK, NOON).untold) == number


def test_no_text_turns_the_direction_of_another(store: Store) -> None:
    """A title, byline, address, publisher or quotation that turns its direction, or ends an isolate, does so to itself alone."""
    turned = "\N{POP DIRECTIONAL ISOLATE}Ilic \N{RIGHT-TO-LEFT OVERRIDE}adroK"
    kept = "Ilic \N{RIGHT-TO-LEFT OVERRIDE}adroK"
    url = "https://korda.example/\N{RIGHT-TO-LEFT OVERRIDE}guards"
    article = make_article(title=turned, byline=turned, publisher=turned, url=url)
    claim = make_claim(article, speaker=turned, claim="Some 312 inmates fled the prison.")
    store.add_article(article, [claim])
    source = Source("https://ilic.example/a", turned, turned, quoted=turned, origin=turned, stance="supports")
    store.add_source(claim.claim_id, 1, source)
    bring(store, claim.claim_id, "signed off")
    report = report_of(store, None, Publisher(turned, "https://korda.example/"), NOON)
    page = lxml.html.fromstring(report_html(report))
    for shown in (page.text_content(), report_markdown(report)):
        assert shown.count(kept) >= 7
        assert shown.count(kept) == shown.count(alone(turned))
        assert shown.count("\N{RIGHT-TO-LEFT OVERRIDE}") == shown.count("\N{POP DIRECTIONAL FORMATTING}")
    assert (
        page.xpath("//header//bdi/text() | //p[@class='about']/bdi/text() | //li//bdi/text()").count(alone(turned)) == 6
    )
    assert url in page.xpath("//a/@href")  # a link leads where it led


def test_the_page_keeps_its_marks_in_print_and_its_words_whole() -> None:
    """A printer leaves backgrounds out: passages are underlined too. A heading of a row is not broken inside a word."""
    style = " ".join((resources.files("claims") / "export" / "report.css").read_text().split())
    assert re.search(r"@media print \{.* mark \{[^}]*print-color-adjust: exact; text-decoration: underline;? \}", style)
    assert re.search(r" th \{ overflow-wrap: normal; \}", style)


def test_an_empty_desk_has_a_report(store: Store) -> None:
    """Nothing signed off is said in words."""
    assert "No claim is signed off yet" in report_html(report_of(store, None, Publisher(), NOON))
    assert "0 claims from 0 articles" in report_markdown(report_of(store, None, Publisher(), NOON))


def test_the_pack_is_whole_and_proves_it(signed: Store) -> None:
    """Every file has its sum, every document its name; the chain's last hash is the seal; the same moment gives the same bytes."""
    written = packed(signed, DESK, NOON)
    assert written.getvalue() == packed(signed, DESK, NOON).getvalue()
    with zipfile.ZipFile(written) as pack:
        sums = dict(reversed(line.split("  ")) for line in pack.read("SHA256SUMS").decode().splitlines())
        assert set(sums) == set(pack.namelist()) - {"SHA256SUMS"}
        for name, total in sums.items():
            assert hashlib.sha256(pack.read(name)).hexdigest() == total
        documents = [name for name in sums if name.startswith("documents/")]
        assert documents
        for name in documents:
            assert hashlib.sha256(pack.read(name)).hexdigest() in name
        told = read_csv(pack.read("claims.csv"))["claim_id"].tolist()
        assert told == [each.claim_id for each in checked(signed)]
        sources, history = (pd.read_csv(pack.open(name)) for name in ("sources.csv", "events.csv"))
        assert set(sources["claim_id"]) <= set(told)
        whole = signed.events_table()
        assert whole["hash"].iloc[-1] in pack.read("README.txt").decode()
        assert history["previous_hash"].tolist()[1:] == history["hash"].tolist()[:-1]
        assert history["hash"].tolist() == whole["hash"].tolist()
        assert set(whole.loc[whole["subject_id"].isin(told), "seq"]) <= set(history.loc[history["act"].notna(), "seq"])
        assert 0 < history["act"].isna().sum() < len(history)


def test_what_became_of_a_told_claim_s_source_is_told_whole(desk: Store, names: list[str]) -> None:
    """A correction of a source, which names no claim, is in the pack's history with its words; that of another claim's is not."""
    for name, title in ((names[0], "Corrected title"), (names[1], "Of nobody's business")):
        source = Source("https://ilic.example/a", "Roll call", quoted="249 were absent.", stance="refutes")
        source_id = desk.add_source(name, desk.claim(name)["revision"], source)
        desk.edit_source(source_id, 1, replace(source, title=title))
    bring(desk, names[0], "signed off")
    with zipfile.ZipFile(packed(desk, DESK, NOON)) as pack:
        history = pack.read("events.csv").decode()
    assert "Corrected title" in history
    assert "Of nobody" not in history


def test_the_pack_is_the_same_in_pieces(desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """However few events and sources are in memory at a time, the pack has the same bytes."""
    source = Source("https://ilic.example/a", "Roll call", quoted="249 were absent.", stance="refutes")
    source_id = desk.add_source(names[0], 1, source)
    desk.edit_source(source_id, 1, replace(source, title="Corrected title"))
    bring(desk, names[0], "signed off")
    whole = packed(desk, DESK, NOON).getvalue()
    for name in ("event_frames", "source_frames"):
        monkeypatch.setattr(Store, name, partialmethod(getattr(Store, name), size=1))
    assert packed(desk, DESK, NOON).getvalue() == whole


def test_a_day_is_told_as_a_day(signed: Store) -> None:
    """The verdict's day stands in the report as people write it."""
    row = signed.rows(Query(statuses=("signed off",)))[0]
    assert isinstance(row["verdict_as_of"], date)
    assert day_words(row["verdict_as_of"]) in report_html(report_of(signed, None, DESK, NOON))


def test_a_scale_that_changed_since_keeps_its_words(signed: Store) -> None:
    """A verdict is told by the scale it was given by, whatever the desk uses now."""
    signed.set("scale", 0, "politifact")
    told = report_html(report_of(signed, None, DESK, NOON))
    assert "AVeriTeC" in told
    assert Mark("True", "low").verdict == "True"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)//https://korda.example", "file:///etc/passwd", "data:text/html,x"]
)
def test_no_program_is_told_an_address_that_is_none_of_the_web(store: Store, url: str) -> None:
    """What an import brought as the article's address stays in the table, and goes into no link of others."""
    article = make_article(url=url)
    [claim] = make_claims(article)[:1]
    store.add_article(article, [claim])
    bring(store, claim.claim_id, "signed off")
    told = list(checked(store))
    assert [each.row["article_url"] for each in told] == [url]
    others = [averitec(told, DESK, store.media_types), web_annotations(told, DESK)]
    assert url not in claim_reviews_json(told, DESK) + json.dumps(others)


def test_a_review_names_each_article_in_which_the_claim_appeared(signed: Store) -> None:
    """Those of the claims that a person linked as its repeats, whichever was linked to which; its reader reads them all."""
    [first] = [row["claim_id"] for row in signed.rows(Query(statuses=("signed off",)))]
    article = make_article("Two vans left at dawn.", title="Said again", url="https://marusa.example/again")
    claim = make_claim(article, 0, len(article.text))
    signed.add_article(article, [claim])
    signed.edit_claim(claim.claim_id, 1, {"repeat_of": [first]})
    [review] = claim_reviews(checked(signed), DESK)
    wanted = ["https://korda.example/guards", "https://marusa.example/again"]
    assert [each["url"] for each in review["itemReviewed"]["appearance"]] == wanted
    assert list(_problems(review)) == []
    [read] = read_claim_reviews(json.dumps(review))
    assert list(read.appearances) == wanted
    assert [claim.row["claim_id"] for claim in [checked_claim(signed, first)] if claim] == [first]
