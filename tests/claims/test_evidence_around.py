"""A passage in a page's captions, boxes, comments and foot, which are no part of its article."""

from __future__ import annotations

import pytest

from claims.documents import apart as documents_apart
from claims.documents import read_document, shown_words
from claims.errors import TooLarge
from claims.evidence import around, find_passage
from claims.evidence.around import look_around, words_around

STORY = "".join(
    f"<p>In section {n} the inspectors tell at some length what they saw in the prison of Korda on that day in March.</p>"
    for n in range(6)
)
PAGE = f"""<!DOCTYPE html><html><head><title>Roll call</title><style>p {{}}</style></head><body>
<nav><a href="/">Home</a></nav><article><h1>Roll call</h1>{STORY}
<figure><img src="x.jpg"><figcaption>The caption says that <b>25</b>1 were absent.</figcaption></figure></article>
<table><tr><th>Day</th><th>Absent</th></tr><tr><td>Monday</td><td>253</td></tr></table>
<aside><p>The box says that 252<!-- sic --> were absent.</p></aside>
<section id="comments"><div class="comment"><p>The comment says that 261 were absent.</p></div></section>
<footer><p>The foot says that 262 were absent.</p></footer>
<script>"The script says that 263 were absent."</script><p hidden>The hidden says that 264 were absent.</p>
<div style="display: none"><p>The styled says that 265 were absent.</p></div></body></html>""".encode()


@pytest.mark.parametrize(
    "quoted",
    [
        "The caption says that 251 were absent",
        "The box says that 252 were absent",
        "Monday 253",
        "The comment says that 261 were absent",
        "The foot says that 262 were absent",
    ],
)
def test_a_passage_around_the_article_is_found(quoted: str) -> None:
    """Word for word, and told to be there."""
    place = find_passage(quoted, read_document(PAGE, "story.html").text)
    assert place.state != "verbatim"
    found = look_around(place, quoted, PAGE, "text/html")
    assert found
    assert (found.state, found.around, found.holds) == ("verbatim", True, True)


@pytest.mark.parametrize(
    "quoted",
    [
        "The script says that 263 were absent",
        "The hidden says that 264 were absent",
        "The styled says that 265 were absent",
        "Nobody was there at all, said the warden",
    ],
)
def test_what_no_reader_of_the_page_sees_is_not_found(quoted: str) -> None:
    """A script, what is hidden, what is not there."""
    place = find_passage(quoted, read_document(PAGE, "story.html").text)
    assert look_around(place, quoted, PAGE, "text/html") == place


def test_the_article_comes_first() -> None:
    """A passage of the article is not said to be around it, though all that the page shows has it too."""
    quoted = "In section 3 the inspectors tell"
    place = look_around(find_passage(quoted, read_document(PAGE, "story.html").text), quoted, PAGE, "text/html")
    assert place
    assert (place.state, place.around) == ("verbatim", False)


def test_a_page_without_an_article_has_its_words() -> None:
    """A passage is looked for in all of them; a picture has none."""
    page = b"<html><body><div>785 detainees fled.</div></body></html>"
    found = look_around(None, "785 detainees fled", page, "text/html")
    assert found
    assert found.around
    assert look_around(None, "785", b"\x89PNG\r\n\x1a\n785", "image/png") is None
    assert words_around(b"\0", "text/html") == ""


def test_a_heavy_page_is_read_apart_as_it_is_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the same limits, with the same words."""
    home = shown_words(PAGE, "text/html")
    monkeypatch.setattr(documents_apart, "HEAVY", 10)
    assert shown_words(PAGE, "text/html") == home


def test_a_page_whose_words_wait_is_read_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ran into a limit is not remembered as a page without words."""
    page = b"<html><body><div>Of 785, 249 were absent on that day.</div></body></html>"

    def busy(_content: bytes, _media_type: str) -> str:
        raise TooLarge("The document waited 300 seconds for other files to be read.", "Try again in a few minutes.")

    with monkeypatch.context() as late:
        late.setattr(around, "shown_words", busy)
        assert words_around(page, "text/html") == ""
        assert not around.is_remembered(page, "text/html")
    assert "249 were absent" in words_around(page, "text/html")
    assert around.is_remembered(page, "text/html")


ARTICLE = "785 detainees fled the camp, officials said in the end."


@pytest.mark.parametrize(
    ("comment", "text", "where"),
    [
        ("Ilic denied that 785 detainees fled the camp officials said in the end.", ARTICLE, "article"),
        ("Nearly 785 detainees fled the camp officials said in the end.", ARTICLE, "article"),
        (ARTICLE, ARTICLE, "article"),
        ("785 detainees fled the camp officials said in the end.", ARTICLE, "around"),
        (ARTICLE, ARTICLE.replace("785", "587"), "around"),
        ("Ilic denied that 785 detainees fled the camp officials said in the end.", "Two vans left.", "around"),
    ],
)
def test_a_place_that_holds_gives_way_to_no_worse_one(comment: str, text: str, where: str) -> None:
    """A reader's comment does not spoil the article's passage; where that does not hold, one around it is told."""
    quoted = "785 detainees fled the camp officials said in the end"
    place = find_passage(quoted, text)
    found = look_around(place, quoted, f"<html><body><div>{comment}</div></body></html>".encode(), "text/html")
    assert found
    assert found.around == (where == "around")
    assert found.holds or not place.holds
