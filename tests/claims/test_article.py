"""Articles are read from every kind of source, and bad sources are refused in sentences."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import article as module
from claims.article import Article, read_article
from claims.errors import (
    BadAddress,
    BadDate,
    ClaimsError,
    EmptyText,
    NoSentences,
    NoSuchFile,
    NotText,
    ReadingError,
    TooLarge,
    UnknownFormat,
)
from claims.fetch import Limits, Page

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = datetime.now(UTC).date()
STORY = (
    "Guards walk out of prison\n\nForty guards walked out on Monday, their union said.\n\nThe ministry gave no date."
)


def test_pasted_text() -> None:
    """Pasted text is kept to the character, with its hash, a short id, its headline, and no guessed day."""
    text = "\ufeff " + STORY.replace("\n", "\r\n") + "\t\n"
    article = read_article(text)
    assert article.text == text
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert article.article_id == article.sha256[:16]
    assert (article.source, article.url, article.published, article.published_from) == ("pasted", None, None, "")


def test_a_page_saved_as_text() -> None:
    """Of a page saved as text the headline stays the title, and navigation, sharing lines and the author's box are furniture."""
    text = "\n\n".join(  # noqa: FLY002 - paragraph by paragraph
        [
            "Skip to main content",
            "‘Hardly Any’ Guards Turn Up for the Night Shift",
            "Share This article",
            "DORN, Korland – Forty guards walked out of the prison in Dorn on Monday, their union said.",
            "“We ask for what the law promises,” reads a letter that the union pinned to the gate",
            " “No more, and no less,” it ends.",
            "Share This article",
            "About The Author",
            "Marusa\nKorda",
            "Marusa Korda writes about courts and prisons. Until last spring she ran the paper's office in Selm, where she began as a pri",
        ]
    )
    article = read_article(text)
    assert article.title == "‘Hardly Any’ Guards Turn Up for the Night Shift"
    assert [text[start:end] for start, end in article.body_spans()] == [
        "‘Hardly Any’ Guards Turn Up for the Night Shift",
        text[text.index("DORN") : text.index("\n\nShare This article\n\nAbout")],
    ]
    assert article.is_furniture(text.index("Until last"), len(text))
    assert not article.is_furniture(text.index("DORN"), text.index("said."))


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Guards walk out of prison", "Guards walk out of prison"),
        ("Will the guards come back?", "Will the guards come back?"),
        ("# Guards walk out #", "Guards walk out"),
        ("Skip to content\n\nGuards walk out", "Guards walk out"),
        ("GENEVA —\n\nGuards walk out", "Guards walk out"),
        ("DORN, Korland\n\nGuards walk out", "Guards walk out"),
        ("GUARDS WALK OUT OF PRISON", "GUARDS WALK OUT OF PRISON"),
        ("The guards walked out on Monday.", ""),
        ("DORN, Korland – Forty guards walked out on Monday.", ""),
        ("Guards " * 40, ""),
    ],
)
def test_the_headline_of_plain_text(first: str, title: str) -> None:
    """The first paragraph of the article is its headline if it is short and has no final stop; a dateline is none."""
    assert read_article(f"{first}\n\nForty guards walked out on Monday, their union said.").title == title


def test_a_single_paragraph_is_no_headline() -> None:
    """A text of one paragraph is a story without a headline."""
    assert read_article("Some 40 guards walked out").title == ""


def test_what_is_given_wins() -> None:
    """A title and a day that a person gives come before what the text says."""
    text = f"{STORY}\n\nPublished 2 May 2019"
    article = read_article(text, title=" Own headline ", published="2019-05-03")
    assert (article.title, article.published, article.published_from) == ("Own headline", date(2019, 5, 3), "given")
    article = read_article(text, title=" ", published="")
    assert (article.title, article.published, article.published_from) == (
        "Guards walk out of prison",
        date(2019, 5, 2),
        "page text",
    )


@pytest.mark.parametrize(
    "given_day",
    [
        "2019-10-13",
        " 20191013 ",
        "2019-10-13T23:59:00+02:00",
        date(2019, 10, 13),
        datetime(2019, 10, 13, 8, tzinfo=UTC),
    ],
)
def test_spellings_of_a_day(given_day: date | str) -> None:
    """A day is given as a date, a moment or an ISO string."""
    assert read_article(STORY, published=given_day).published == date(2019, 10, 13)


@pytest.mark.parametrize(
    ("given_day", "words"),
    [
        (TODAY + timedelta(days=2), "is in the future"),
        ("1699-12-31", "before the year 1700"),
        ("2019-02-30", "'2019-02-30' is not a day of the calendar"),
        ("yesterday", "Write it like 2019-10-13"),
    ],
)
def test_days_that_cannot_be(given_day: date | str, words: str) -> None:
    """A day in the future, before newspapers, or not of the calendar is refused in a sentence."""
    with pytest.raises(BadDate, match=words):
        read_article(STORY, published=given_day)


@pytest.mark.parametrize(
    ("line", "day", "byline"),
    [
        ("By Jana Ilic, 13 October 2019", date(2019, 10, 13), "Jana Ilic"),
        ("Published: October 13, 2019 at 5:04 pm", date(2019, 10, 13), ""),
        ("13 October 2019", date(2019, 10, 13), ""),
        ("Updated: 13 October 2019", None, ""),
        ("By Jana Ilic", None, "Jana Ilic"),
        ("Published 13 October 2919", None, ""),
    ],
)
def test_day_and_byline_that_a_saved_page_states(line: str, day: date | None, byline: str) -> None:
    """A line between headline and story gives day and byline; a day of change or one still to come is none."""
    article = read_article(STORY.replace("\n\n", f"\n\n{line}\n\n", 1))
    assert (article.published, article.byline) == (day, byline)
    assert article.published_from == ("page text" if day else "")


def test_the_day_of_the_visit() -> None:
    """On a page saved whole, the day of the visit above the headline and the days of other stories are not this one's."""
    story = [f"Guard number {number} left the prison in Dorn on Monday, the union said." for number in range(9)]
    menu = ["Home", "News", "Sport", "Tuesday, 15 October 2019", "Guards walk out of prison"]
    others = ["Related stories", "Ferry sinks off Lorn", "Published 2 May 2018"]
    assert read_article("\n\n".join(menu + story + others)).published is None
    article = read_article("\n\n".join([*menu, "14 October 2019", *story, *others]))
    assert (article.published, article.title) == (date(2019, 10, 14), "Guards walk out of prison")


def test_files(tmp_path: Path) -> None:
    """A file is read from its path, given as a Path or a string, with its text as it stands."""
    path = tmp_path / "my story.txt"
    path.write_bytes(STORY.replace("\n", "\r\n").encode("utf-16"))
    for source in (path, str(path)):
        article = read_article(source)
        assert article.text == STORY.replace("\n", "\r\n")
        assert (article.source, article.title) == (str(path), "Guards walk out of prison")


def test_uploaded_bytes() -> None:
    """Bytes are read by the name they had, or else by what they are."""
    assert read_article(STORY.encode(), name="story.md").source == "story.md"
    assert read_article(STORY.encode("utf-16")).text == STORY
    with pytest.raises(UnknownFormat, match=r"figures\.xlsx is of a kind that is not read"):
        read_article(STORY.encode(), name="figures.xlsx")
    with pytest.raises(NotText, match=r"story\.txt holds binary data"):
        read_article(b"\x00\x01\x02\x03", name="story.txt")


def test_a_saved_page(tmp_path: Path) -> None:
    """A saved web page gives its article, what it says about itself, and a note on what was left away."""
    paragraph = "<p>Forty guards walked out of the prison in Dorn on Monday, their union said in a statement.</p>"
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>Guards walk out</title><meta name='author' content='Jana Ilic'>"
        "<meta property='og:site_name' content='Dorn Post'><meta property='article:published_time' content='2019-10-13'></head>"
        f"<body><nav>Home Sport</nav><article><h1>Guards walk out</h1>{paragraph * 4}<p>– Jana Ilic</p></article></body></html>"
    )
    article = read_article(path)
    assert (article.title, article.byline, article.publisher) == ("Guards walk out", "Jana Ilic", "Dorn Post")
    assert (article.published, article.published_from) == (date(2019, 10, 13), "metadata")
    assert article.removed.startswith("Of ")
    assert [why for _, _, why in article.furniture] == ["byline"]


def test_a_web_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address is fetched with the limits given; the address that answered is the article's, the one asked its source."""
    asked: list[tuple[str, Limits]] = []

    def fetch(url: str, *, limits: Limits) -> Page:
        asked.append((url, limits))
        headers = {"content-type": "text/plain; charset=utf-8"}
        return Page(url, "https://press.example/final", 200, headers, STORY.encode(), datetime.now().astimezone())

    monkeypatch.setattr(module, "fetch", fetch)
    limits = Limits(redirects=1)
    article = read_article(" https://press.example/a \n", limits=limits)
    assert asked == [("https://press.example/a", limits)]
    assert (article.text, article.source, article.url) == (
        STORY,
        "https://press.example/a",
        "https://press.example/final",
    )


@pytest.mark.parametrize(
    "source",
    [
        "ftp://press.example/a.txt",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.example",
        "www.press.example/a",
    ],
)
def test_addresses_that_are_not_of_the_web(source: str) -> None:
    """An address of another kind is refused as one, and is not taken for the article."""
    with pytest.raises(BadAddress, match=r"https?://"):
        read_article(source)


@pytest.mark.parametrize(
    "source",
    ["story.txt", "my story.pdf", "folder/story.xyz", "C:\\stories\\story.docx", Path("nowhere"), Path("a\0b")],
)
def test_files_that_are_not_there(source: str | Path) -> None:
    """What is spelt like a file's name and is none is said not to be there."""
    with pytest.raises(NoSuchFile, match="There is no file"):
        read_article(source)


def test_folders_and_devices(tmp_path: Path) -> None:
    """A folder or a device is no file, and is not read without end."""
    for source in (tmp_path, Path("/dev/zero")):
        with pytest.raises(NoSuchFile, match="is a folder or a device"):
            read_article(source)


@pytest.mark.parametrize("source", ["", " \r\n\t", b"", b"\xef\xbb\xbf \n"])
def test_nothing_is_no_article(source: str | bytes) -> None:
    """White space is an empty text."""
    with pytest.raises(EmptyText, match="is empty"):
        read_article(source)


@pytest.mark.parametrize(
    "source", ["12345 67, 89!", "— … —", "Home\nSport\nNews", "Skip to main content\n\nShare this article", "No"]
)
def test_text_without_sentences(source: str) -> None:
    """Numbers, marks, single words, or nothing but a page's furniture hold no sentence."""
    with pytest.raises(NoSentences, match="holds no sentence"):
        read_article(source)


@pytest.mark.parametrize(
    "text",
    [
        "Guards walked out",
        "总统说桥梁已经关闭。",
        "Президент сказал это",
        "Update: the guards left",
        "I read it in story.txt on Monday and I still do not believe a word of it.txt",
    ],
)
def test_text_of_other_kinds(text: str) -> None:
    """Text in another script, with a colon, or with a file's name in it is an article."""
    assert read_article(text).text == text


def test_the_limits_of_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article of a megabyte is read; one above the limit is refused, and the message names the limit."""
    assert len(read_article("Guards left Dorn. " * 60_000).text) == 1_080_000
    with pytest.raises(TooLarge, match="more than the limit of 100"):
        read_article(STORY * 2, limits=Limits(largest_article=100))
    monkeypatch.setenv("WORKBENCH_LARGEST_ARTICLE", "99")
    with pytest.raises(TooLarge, match="WORKBENCH_LARGEST_ARTICLE"):
        read_article(STORY)
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    for source in (path, STORY.encode()):
        with pytest.raises(TooLarge, match="WORKBENCH_LARGEST_FILE"):
            read_article(source, limits=Limits(largest_file=10))


def test_half_characters() -> None:
    """Half a surrogate pair, which UTF-8 cannot hold, still has a hash."""
    assert len(read_article(f"{STORY}\ud800").sha256) == 64


def test_the_same_text_has_the_same_id() -> None:
    """The id hangs on the text alone, and the record cannot be changed."""
    assert Article(STORY, title="A").article_id == Article(STORY, source="b.txt").article_id
    with pytest.raises(AttributeError):
        Article(STORY).title = "B"  # type: ignore[misc]


@pytest.mark.parametrize(
    "error",
    [
        lambda: read_article(""),
        lambda: read_article("123 456"),
        lambda: read_article("nowhere.pdf"),
        lambda: read_article("ftp://x.example"),
        lambda: read_article(STORY, published="2999-01-01"),
    ],
)
def test_errors_are_two_sentences(error: Callable[[], Article]) -> None:
    """Each refusal says what is wrong and what to do, both in a whole sentence."""
    with pytest.raises(ClaimsError) as caught:
        error()
    for sentence in (caught.value.problem, caught.value.remedy):
        assert sentence[0].isupper() or sentence[0] in "'0123456789"
        assert sentence.endswith(".")


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from([STORY, "Home", "\r\n", "By Jana Ilic", "Advertisement", "\x00", "\ud800"])).map(
            "\n\n".join
        ),
    )
)
def test_any_text(text: str) -> None:
    """Any pasted text is kept exactly and parted into article and furniture without a gap, or refused in a sentence."""
    try:
        article = read_article(f"{text}\n ")
    except (ReadingError, BadAddress):
        return
    assert article.text == f"{text}\n "
    pieces = sorted([*article.body_spans(), *((start, end) for start, end, _ in article.furniture)])
    at = 0
    for start, end in pieces:
        assert at <= start < end
        assert not article.text[at:start].strip()
        at = end
    assert not article.text[at:].strip()
    assert all(not article.is_furniture(start, end) for start, end in article.body_spans())
    assert all(article.is_furniture(start, end) for start, end, _ in article.furniture)
