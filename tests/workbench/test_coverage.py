"""The coverage map on the screen: every sentence in order with its word, and what was missed one click from being a claim."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from claims import Article, Query, Store, claim_at, find_claims, read_article
from claims.coverage import cover
from workbench.person import default_person

PAGE = "views/coverage.py"

STORY = """Guards walk out at Korda

Some 312 inmates fled on Sunday. What a shame! The ministry will close the prison in May. Who paid?

A van of <b>Korda</b> guards & Ilic on Monday, $x$ *star*.

Sign up for our newsletter
"""


@pytest.fixture
def article(store: Store) -> Article:
    read = read_article(STORY, published="2024-03-04")
    store.add_article(read, find_claims(read))
    return read


def opened(app: AppTest, article: Article) -> AppTest:
    app.run()
    app.query_params["article"] = article.article_id
    return sound(app.switch_page(PAGE).run())


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [error.value for error in app.exception]
    return app


def html(app: AppTest) -> str:
    return " ".join(str(part.proto.body) for part in app.get("html"))


def sentences(app: AppTest) -> list[str]:
    """The sentences that are shown, as text."""
    return [
        unescape(part.partition("<p>")[2].partition("</p>")[0]) for part in html(app).split('<div class="sentence ')[1:]
    ]


def to_make(app: AppTest) -> list[Any]:
    """The buttons that make a claim of a sentence."""
    return [button for button in app.button if str(button.key).startswith("make-")]


def test_every_sentence_stands_in_order_as_text(app: AppTest, store: Store, article: Article) -> None:
    """All sentences are shown as they were written, none of them as markup, each with what it is and why."""
    covered = cover(article, store.rows(Query(article_id=article.article_id)))
    opened(app, article)
    assert sentences(app) == [each.text for each in covered]
    assert "&lt;b&gt;Korda&lt;/b&gt; guards &amp; Ilic" in html(app)
    for word in (
        "● Claim",
        "◆ Opinion",
        "▶ Prediction",
        "? Question",
        "▤ Furniture",
        "– Something else",
        "Perhaps missed",
    ):
        assert f"{word}</b>" in html(app), word
    assert "It judges rather than reports." in html(app)


def test_the_filter_shows_what_is_perhaps_missed(app: AppTest, article: Article) -> None:
    """Only what is perhaps missed stands there once that is asked for, and the filter counts it."""
    opened(app, article)
    app.segmented_control(key=f"coverage-show-{article.article_id}").set_value("missed").run()
    assert [words[:8] for words in sentences(sound(app))] == ["A van of"]
    assert "1 is perhaps missed" in html(app)


def test_one_click_makes_a_claim_and_undo_takes_it_out(app: AppTest, store: Store, article: Article) -> None:
    """The sentence is in the table as it stands, by an event of who sits there; the page says so; undo and again are the same."""
    opened(app, article)
    before = store.count(Query())
    [make] = to_make(app)
    sound(make.click().run())
    [event] = store.history(newest(store))
    assert store.count(Query()) == before + 1
    assert store.claim(newest(store))["quote"].startswith("A van of <b>Korda</b>")
    assert (event.act, event.actor) == ("claim added", default_person())
    assert app.toast[0].value == "Claim added; Undo takes it out again"
    assert not to_make(app)
    sound(app.button(key="undo").click().run())
    assert store.count(Query()) == before
    [make] = to_make(app)
    sound(make.click().run())
    assert store.count(Query()) == before + 1
    assert not app.error


def newest(store: Store) -> str:
    return str(store.rows(Query(sort="newest"), limit=1)[0]["claim_id"])


def test_a_second_click_does_not_double_a_claim(app: AppTest, store: Store, article: Article) -> None:
    """What a colleague made a claim of meanwhile is refused and said, not put in twice."""
    opened(app, article)
    [make] = to_make(app)
    start = article.text.index("A van of")
    end = article.text.index("star*.") + len("star*.")
    store.add_claim(claim_at(article, start, end), actor="Jana")
    before = store.count(Query())
    sound(make.click().run())
    assert store.count(Query()) == before
    assert "in the table as a claim already" in app.error[0].value


def test_a_sentence_of_the_text_before_becomes_no_claim(app: AppTest, store: Store, article: Article) -> None:
    """Where a colleague read the article again meanwhile that is said, nothing is written, and the new text stands there."""
    opened(app, article)
    [make] = to_make(app)
    edited = read_article(STORY.replace("A van of", "Late at night a van of"), published="2024-03-04")
    store.reread_article(store.compare_article(article.article_id, edited, []), actor="Jana")
    before = store.latest_event_seq()
    sound(make.click().run())
    assert "somebody read it again" in app.error[0].value
    assert store.latest_event_seq() == before
    assert any(words.startswith("Late at night a van of") for words in sentences(app))


def test_a_claim_opens_on_the_desk(app: AppTest, store: Store, article: Article) -> None:
    """From a sentence the claim on it is one click away."""
    opened(app, article)
    name = str(store.rows(Query())[-1]["claim_id"])
    [first] = [each.no for each in cover(article, store.rows(Query())) if name in each.claim_ids]
    app.button(key=f"open-{first}").click().run()
    assert app.session_state["chosen"] == name


def test_a_long_article_comes_in_pages(app: AppTest, store: Store) -> None:
    """Of three hundred sentences fifty are drawn at a time, and the next fifty are a click away."""
    long = read_article(
        "\n\n".join(f"Van {number} of Korda left on Monday." for number in range(300)), published="2024-03-04"
    )
    store.add_article(long, [])
    opened(app, long)
    assert [words.split()[1] for words in sentences(app)] == [str(number) for number in range(50)]
    app.get("pagination")[0].select(6).run()
    assert [words.split()[1] for words in sentences(sound(app))] == [str(number) for number in range(250, 300)]


def test_an_article_that_is_not_there_is_said(app: AppTest, article: Article) -> None:
    """A link to an article of another store is refused in words."""
    app.run()
    app.query_params["article"] = article.article_id[::-1]
    sound(app.switch_page(PAGE).run())
    assert len(app.error) == 1
    assert not sentences(app)


def test_without_an_article_the_way_to_one_is_shown(app: AppTest) -> None:
    """Nothing is guessed where no article is named and none is in hand."""
    sound(app.run().switch_page(PAGE).run())
    assert app.info[0].value.startswith("Choose an article")


def test_when_nothing_is_missed_any_more_the_page_says_so(app: AppTest, article: Article) -> None:
    """Once the last of them is a claim, the list of what is perhaps missed is empty, and says what that means."""
    opened(app, article)
    app.segmented_control(key=f"coverage-show-{article.article_id}").set_value("missed").run()
    sound(to_make(app)[0].click().run())
    assert not sentences(app)
    assert "No sentence is perhaps missed" in app.caption[-1].value
