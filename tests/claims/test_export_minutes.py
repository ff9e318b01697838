"""Minutes: all that was decided stands in each form, and every text in it is shown as text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claims.export import restored
from claims.export.minutes import minutes_csv, minutes_html, minutes_markdown
from claims.export.pages import alone
from claims.review.minutes import Dissent, Minute, Minutes, spread
from claims.store.schema import as_read, storable
from claims.table import split_values

CALLED = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
MINUTES = Minutes(
    "Monday's review",
    "Marusa Korda",
    CALLED,
    datetime(2024, 3, 4, 10, 5, tzinfo=UTC),
    ("Marusa Korda", "Jana Ilic", "Tom Hollin"),
    (
        Minute(
            "c1",
            "Some 312 inmates fled the prison.",
            article="Guards walk out at Korda",
            speaker="The ministry",
            reasons=("Jana Ilic reads it as Refuted, Tom Hollin as Supported.",),
            verdict="Refuted",
            scale="averitec",
            confidence="moderate",
            rationale="The roll call names 249.",
            dissent=(Dissent("Tom Hollin", "Supported", "The roll call is of Saturday."),),
            owner="Jana Ilic",
            due=date(2024, 3, 11),
            votes=(("Refuted", 2), ("Supported", 1)),
            seconds=380,
            decided_by="Marusa Korda",
            decided_at=datetime(2024, 3, 4, 9, 6, tzinfo=UTC),
        ),
        Minute("c2", "Two vans waited.", question="Whose vans were they?", owner="Tom Hollin", due=date(2024, 3, 6)),
        Minute("c3", "The ministry will close 40% of its posts."),
    ),
)
HOSTILE = (
    "</title></style><script>alert(1)</script><img src=x onerror=alert(1)> | a `b` $x$ \\ *c* _d_ [e](javascript:f)"
    " ![g](h) <https://i.example> www.j.example {{ 7*7 }} :smile: \u202eאבג 🙂 &lt; # ~~k~~\r\n\r\n- l\n    m\n=== \n---\n> n"
)
SPREADSHEET = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ODD = st.text(
    st.sampled_from(list("<>&\"'|`$*_[]()#-+=!\\~:.@{}%1a \n\r\t\0\u202e\u2028\u2066␛אé🙂\N{FULLWIDTH EQUALS SIGN}")),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.strip()))


class Page(HTMLParser):
    """What a page holds: its elements, their attributes, and the text of each claim's heading."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text.append(data)


def everywhere(text: str) -> Minutes:
    """Minutes in which each text is this one."""
    item = Minute(
        text, text, text, text, (text, text), text, text, text, text, (Dissent(text, text, text),), text, text,
        votes=((text, 2),), decided_by=text,
    )  # fmt: skip
    asked = replace(item, verdict="")
    return Minutes(text, text, CALLED, None, (text, text), (item, asked, replace(asked, question="")))


def shown(markdown: str) -> tuple[str, set[str]]:
    """Markdown as a reader sees it: its text, and the kinds of what it is made of."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    return "\n".join(token.content for token in inner if token.type == "text"), {
        token.type for token in [*tokens, *inner]
    }


@pytest.mark.parametrize("form", [minutes_html, minutes_markdown, lambda minutes: minutes_csv(minutes).decode()])
def test_each_form_tells_all_that_was_decided(form: object) -> None:
    """Who was there, each claim, verdict, reason, dissent by name, owner, question: nothing is left out."""
    written = form(MINUTES).replace("\\", "").replace("&#39;", "'")  # type: ignore[operator]
    for told in (
        "Monday's review", "Marusa Korda", "Jana Ilic", "Tom Hollin", "Some 312 inmates fled the prison.", "Guards walk out at Korda",
        "The ministry", "Refuted", "moderate", "The roll call names 249.", "The roll call is of Saturday.", "Supported",
        "Jana Ilic reads it as Refuted", "Two vans waited.", "Whose vans were they?", "40% of its posts",
    ):  # fmt: skip
        assert told in written


def test_markdown_reads_well() -> None:
    """The whole of it, as a person reads it."""
    assert minutes_markdown(MINUTES).replace("\\", "") == (
        """# Minutes: Monday's review

4 March 2024, 09:00 to 10:05 UTC · chair: Marusa Korda

Present: Marusa Korda, Jana Ilic, Tom Hollin

3 claims: 1 decided, 1 put off for more evidence, 1 left open.

| No. | Claim | Outcome | Owner | Due |
| --- | --- | --- | --- | --- |
| 1 | Some 312 inmates fled the prison. | Refuted | Jana Ilic | 11 March 2024 |
| 2 | Two vans waited. | needs more evidence | Tom Hollin | 6 March 2024 |
| 3 | The ministry will close 40% of its posts. | left open |  |  |

## Decided

### 1. Some 312 inmates fled the prison.

Guards walk out at Korda · said by The ministry

**Refuted**, moderate confidence

The roll call names 249.

- In hand: Jana Ilic, by 11 March 2024
- Votes: Refuted 2, Supported 1
- Dissent: Tom Hollin, for Supported: The roll call is of Saturday.
- Recorded: by Marusa Korda, 4 March 2024, 09:06 UTC
- On the agenda: Jana Ilic reads it as Refuted, Tom Hollin as Supported.
- Time taken: 6 min 20 s

## Needs more evidence

### 2. Two vans waited.

- To be found out: Whose vans were they?
- In hand: Tom Hollin, by 6 March 2024

## Left open

### 3. The ministry will close 40% of its posts.
"""
    )


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    """No script, no resource, a policy against both, whatever was told."""
    page = Page(minutes_html(everywhere(HOSTILE)))
    assert not page.tags & {"script", "img", "iframe", "link", "object", "form", "base"}
    assert not {name for name in page.attributes if name.startswith("on")} | page.attributes & {"src", "srcset"}
    assert "default-src 'none'" in minutes_html(MINUTES)


@pytest.mark.parametrize("text", [HOSTILE, "x" * 10_000])
def test_a_hostile_text_is_the_same_text_on_the_page(text: str) -> None:
    """Every place where it belongs holds it, exactly."""
    page = Page(minutes_html(everywhere(text)))
    alone = [said for said in page.text if text.replace("\r\n", "\n") in said.replace("\r\n", "\n")]
    assert len(alone) >= 50
    assert page.tags == Page(minutes_html(everywhere("plain"))).tags


@settings(max_examples=50, deadline=None)
@given(ODD)
def test_any_text_is_text_on_the_page(text: str) -> None:
    """Whatever is told, the page has the same elements, and shows it."""
    page = Page(minutes_html(everywhere(text)))
    assert page.tags == Page(minutes_html(everywhere("plain"))).tags
    assert storable(text) in "\n".join(page.text)


@settings(max_examples=50, deadline=None)
@given(ODD | st.just(HOSTILE))
def test_any_text_is_text_in_markdown(text: str) -> None:
    """Whatever is told, Markdown makes of it what it makes of a plain word, and shows it on one line."""
    said, kinds = shown(minutes_markdown(everywhere(text)))
    _, plain = shown(minutes_markdown(everywhere("plain")))
    assert kinds - {"text_special"} == plain - {"text_special"}
    assert " ".join(storable(text).split()) in said


@settings(max_examples=50, deadline=None)
@given(ODD | st.just(HOSTILE))
def test_any_text_is_text_in_csv(text: str) -> None:
    """Any reader of CSV gets each cell back; no cell begins as a formula does."""
    written = minutes_csv(everywhere(text)).decode()
    head, *rows = csv.reader(io.StringIO(written, newline=""))
    assert len(rows) == 3
    assert written.endswith("\r\n")
    assert not [cell for row in rows for cell in row if cell.startswith(SPREADSHEET)]
    cells = dict(zip(head, rows[0], strict=True))
    for name in ("meeting", "chair", "claim", "article", "verdict", "rationale", "question", "owner", "decided_by"):
        assert as_read(restored(cells[name])) == text
    assert split_values(as_read(restored(cells["present"]))) == [text, text]


def test_half_characters_and_nothing_are_written() -> None:
    """Halves of characters leave in every form as files of UTF-8; a meeting without items, or without names, too."""
    for minutes in (everywhere("half \ud83d of \0"), Minutes("", "", CALLED), everywhere("")):
        assert minutes_html(minutes).encode()
        assert minutes_markdown(minutes).encode()
        assert minutes_csv(minutes).startswith(b"meeting,chair,called_at,")
    assert "Nothing was on the agenda." in minutes_markdown(Minutes("", "", CALLED))


def test_an_item_is_in_one_part() -> None:
    """Decided, wanting evidence, left open: each item is in just one of them; a verdict with a question is a decision."""
    asked = replace(MINUTES.items[0], question="And the guards?")
    minutes = replace(MINUTES, items=(*MINUTES.items, asked))
    parts = [minutes.decided, minutes.wanting_evidence, minutes.left_open]
    assert [len(part) for part in parts] == [2, 1, 1]
    assert "And the guards?" in minutes_html(minutes)
    assert spread(["a", "b", "b", "c", "c"]) == (("b", 2), ("c", 2), ("a", 1))


def test_no_text_of_the_minutes_turns_the_direction_of_another() -> None:
    """What turns its direction, or ends an isolate, does so to itself alone, in the page's title too."""
    turned = "\N{POP DIRECTIONAL ISOLATE}Ilic \N{RIGHT-TO-LEFT OVERRIDE}adroK"
    for written in (minutes_html(everywhere(turned)), minutes_markdown(everywhere(turned))):
        assert written.count("adroK") == written.count(alone(turned)) > 20
