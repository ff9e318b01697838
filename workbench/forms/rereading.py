"""An article that is here, read again: what became of its claims, group by group, and the new version taken over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import streamlit as st

import claims
from claims import Article, Store, read_article
from claims.anchoring import differences
from claims.status import LOCKED
from claims.store import Reread
from claims.store.rereading import wants_look
from workbench import desk
from workbench.columns import veiled
from workbench.forms.intake import PASTED, read_address
from workbench.nouns import count_words
from workbench.shown import escape, showable
from workbench.written import written

if TYPE_CHECKING:
    from claims.rereading import Finding

Row = Mapping[str, Any]

#: What is shown one by one, in this order: its sign, its word, and what it says.
WORDS: dict[str, tuple[str, str, str]] = {
    "reworded": ("≠", "Reworded", "The article has other words there now."),
    "gone": ("✗", "Gone", "The article says nothing like it any more; the claim stays, and stands at no passage."),
    "new": ("+", "New", "The claim was not in the article before."),
}

#: Findings of a group that are shown.
SHOWN = 100

_READ, _WHY = "reread", "reread-why"


def draw(store: Store) -> None:
    """Which article, the ways to its new version, and what was found; nothing where there is no article."""
    titles = store.titles()
    if not titles:
        return
    st.subheader("Read one again", anchor=False)
    st.caption(
        "A page that was edited without a word: each claim is found in the new version, and what changed is shown before it is taken over."
    )
    asked = st.query_params.get("again")
    chosen = st.selectbox(
        "Article", list(titles), index=list(titles).index(asked) if asked in titles else None, key="reread-article",
        format_func=lambda name: showable(titles[name]) or "(no title)", placeholder="Choose an article",
    )  # fmt: skip
    if chosen is None:
        return
    known = store.article(chosen)
    _draw_ways(store, known)
    read: Reread | None = st.session_state.get(_READ)
    if read is not None and read.article_id == chosen:
        _draw_findings(store, known, read)


def _draw_ways(store: Store, known: Article) -> None:
    """Its address asked again, its new text pasted, its new file uploaded."""
    address, paste, upload = st.tabs(["Its address", "Its new text", "A file of it"])
    with address:
        if known.url:
            st.caption(desk.plain(known.url))
            st.button(
                "Read it again", key="reread-page", type="primary", on_click=_read,
                args=(store, known, lambda: read_address(known.url or "")),
            )  # fmt: skip
        else:
            st.caption("The article has no address. Paste its new text, or upload a file of it.")
    with paste:
        written(st.text_area, "The article’s new text", "reread-pasted", height=160)
        st.button("Compare the text", key="reread-text", type="primary", on_click=_read_pasted, args=(store, known))
    with upload:
        st.file_uploader("A file: text, Markdown, HTML, Word or PDF", key="reread-file")
        st.button("Compare the file", key="reread-upload", type="primary", on_click=_read_file, args=(store, known))


def _read_pasted(store: Store, known: Article) -> None:
    text = st.session_state["reread-pasted"].encode("utf-8", "surrogatepass")
    _read(store, known, lambda: read_article(text, name=PASTED))


def _read_file(store: Store, known: Article) -> None:
    file = st.session_state.get("reread-file")
    if file is None:
        desk.want("Choose a file with the article’s new version, then compare.")
        return
    _read(store, known, lambda: read_article(file.getvalue(), name=file.name))


def _read(store: Store, known: Article, read: Callable[[], Article]) -> None:
    """Read the new version and compare it; what is found waits to be taken over."""
    st.session_state.pop(_READ, None)
    done, compared = desk.act(lambda: _compared(store, known, read))
    if done:
        st.session_state[_READ] = compared


def _compared(store: Store, known: Article, read: Callable[[], Article]) -> Reread:
    fetched = read()
    desk.wait_for_engine()
    version = import_module("claims.rereading").next_version(known, fetched)
    return store.compare_article(known.article_id, version, claims.find_claims(version))


def _draw_findings(store: Store, known: Article, read: Reread) -> None:
    same = read.article.sha256 == known.sha256
    if read.headline:
        was, now = map(desk.plain, read.headline)
        st.warning(f"The headline was “{was}”, is “{now}”.", icon=":material/title:")
    if read.day:
        day_in_words = import_module("claims.rereading.day").day_in_words
        st.warning(day_in_words(*read.day), icon=":material/event:")
    if same:
        st.success("The text is the one that is kept: nothing was edited in it.", icon=":material/check:")
        if not (read.headline or read.day):
            return
    rows = _rows(store, read)
    if not same:
        st.html(f'<p class="reread-lead">{escape(lead(read.findings))}</p>')
    for state in WORDS:
        found = [finding for finding in read.findings if finding.state == state]
        if found:
            st.html("".join(finding_html(each, rows.get(each.claim_id)) for each in found[:SHOWN]))
        if len(found) > SHOWN:
            st.caption(f"and {len(found) - SHOWN:,} more that are {state}: workbench reread shows them all")
    if any(row["status"] in LOCKED for row in rows.values()):
        st.text_input(
            "Why", key=_WHY, placeholder="Why the version is taken over, for those who ask later",
            help="Claims of this article are signed off, published or void. Those that changed are reopened with this reason.",
        )  # fmt: skip
    with st.container(horizontal=True):
        st.button("Take it over", key="reread-take", type="primary", on_click=_take_over, args=(store, read))
        st.button("Leave it", key="reread-leave", on_click=_let_go)


def _rows(store: Store, read: Reread) -> dict[str, dict[str, Any]]:
    """The claims as this person may see them, by name."""
    twice, reader = store.rules().second_reading, desk.person()
    found = store.claims_named({finding.claim_id for finding in read.findings if finding.claim_id})
    return {
        name: veiled(row, reader, read_twice=twice) | {"looked": bool(row["verdict"])} for name, row in found.items()
    }


def _take_over(store: Store, read: Reread) -> None:
    why = st.session_state.get(_WHY, "")
    done, _ = desk.act(
        lambda: store.reread_article(read, why=why, actor=desk.person()),
        "Taken over; Undo brings the version before it back",
    )
    if done:
        _let_go()


def _let_go() -> None:
    for name in (_READ, _WHY):
        st.session_state.pop(name, None)


def lead(findings: Sequence[Finding]) -> str:
    """All of it in two sentences.

    >>> lead([])
    'No claim of it changed. No claim stands where it stood, or elsewhere with the same words.'
    """
    count = {state: sum(finding.state == state for finding in findings) for state in (*WORDS, "moved", "unchanged")}
    told = [f"{count[state]:,} {word.lower()}" for state, (_, word, _) in WORDS.items() if count[state]]
    same = count["moved"] + count["unchanged"]
    changed = ", ".join(told)
    again = sum(finding.again for finding in findings)
    judged = (
        f" {count_words(again)} {'stands' if again == 1 else 'stand'} there again as judged before." if again else ""
    )
    return (
        f"{f'Claims that changed: {changed}.' if told else 'No claim of it changed.'} "
        f"{count_words(same) if same else 'No claim'} {'stands' if same <= 1 else 'stand'} where {'it' if same <= 1 else 'they'} stood, "
        f"or elsewhere with the same words.{judged}"
    )


def finding_html(finding: Finding, row: Row | None) -> str:
    """One finding: what became of the claim, its words then and now with what differs, and what that means for its verdict."""
    sign, word, says = WORDS[finding.state]
    if finding.state == "reworded" and finding.now != finding.quote:
        says = f"It stands there as “{finding.quote}”, but the sentence around it says otherwise now."
    if finding.told:
        says = f"{says} {finding.told}" if finding.was != finding.now else finding.told
    if finding.again:
        says = f"{says} It is again as it was when it was judged."
    alike = f" · {finding.score:.0%} alike" if finding.state == "reworded" else ""
    before, after = differences(finding.was, finding.now)
    if finding.state != "reworded":  # all of it came or went, which its word says
        before, after = ([(text, False)] if text else [] for text in (finding.was, finding.now))
    words = _side("Was", before, "del") + _side("Now", after, "ins")
    return (
        f'<div class="reread is-{finding.state}"><div class="what"><b>{sign} {word}</b>{alike} · {escape(says)} '
        f"<strong>{escape(_judged(finding, row))}</strong></div><dl>{words}</dl></div>"
    )


def _side(name: str, pieces: Sequence[tuple[str, bool]], tag: str) -> str:
    told = "".join(f"<{tag}>{escape(text)}</{tag}>" if changed else escape(text) for text, changed in pieces)
    return f"<dt>{name}</dt><dd>{told}</dd>" if told else ""


def _judged(finding: Finding, row: Row | None) -> str:
    """What stands to be looked at anew, in words; empty where nothing does."""
    if row is None or not row["looked"]:
        return ""
    verdict = f"“{row['verdict']}”" if row["verdict"] else "Its first reading"
    look = wants_look({**row, "verdict": "given"}, finding)
    return f"{verdict}, {row['status']}: asks for a new look." if look else f"{verdict}, {row['status']}."
