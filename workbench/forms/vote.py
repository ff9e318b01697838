"""A person's own vote, from their own browser, and the spread of all of them once they are shown."""

from __future__ import annotations

import streamlit as st

from claims import Store
from claims.store import Vote
from claims.verdict import CONFIDENCES
from workbench import desk
from workbench.columns import SIGNS
from workbench.forms import who
from workbench.forms.present import Stage
from workbench.shown import escape


def draw(store: Store, stage: Stage) -> None:
    """Who votes, and what: a button for each verdict, large enough for a thumb. One's own vote is nobody else's to see."""
    if not desk.seated():
        _draw_names()
        return
    name = desk.person()
    if name not in stage.meeting.present:
        st.button(
            f"Take part as {desk.plain(name)}", key="join", type="primary", width="stretch",
            on_click=_join, args=(store, stage),
        )  # fmt: skip
        return
    if stage.item.state != "open":
        st.html('<div class="vote-note">The vote on this claim is closed.</div>')
        return
    own = next(iter(store.votes(stage.item.item_id, name).votes), None)
    _draw_buttons(stage, own)
    _draw_rest(stage, own)
    st.button(
        "Vote otherwise" if own else "Vote", key="vote", type="primary", width="stretch", on_click=_vote,
        args=(store, stage, own),
    )  # fmt: skip
    st.html(f'<div class="vote-note">{escape(_note(stage, own))}</div>')


def spread_html(stage: Stage) -> str:
    """How the votes fell: a bar for each verdict with its sign, its word and who gave it; empty while they are hidden."""
    ballot = stage.ballot
    if not ballot.shown or not ballot.votes:
        return ""
    most = max(sum(vote.verdict == label for vote in ballot.votes) for label in stage.scale.labels) or 1
    rows = "".join(
        _bar_html(each.label, each.colour, [vote for vote in ballot.votes if vote.verdict == each.label], most)
        for each in stage.scale.verdicts
    )
    return f'<div class="spread" role="list" aria-label="Votes">{rows}</div>'


def _bar_html(label: str, colour: str, votes: list[Vote], most: int) -> str:
    names = ", ".join(f"{vote.voter} ({vote.confidence})" if vote.confidence else vote.voter for vote in votes)
    words = "".join(f"<q>{escape(vote.words)}</q>" for vote in votes if vote.words)
    return (
        f'<div class="{colour}" role="listitem"><b>{SIGNS[colour]} {escape(label)}</b>'
        f'<span class="bar"><i style="width:{100 * len(votes) / most:.0f}%"></i></span><strong>{len(votes)}</strong>'
        f"<span>{escape(names)}{words}</span></div>"
    )


def _draw_names() -> None:
    """Who votes here: one of the roster, or whom the button at the top right puts on it."""
    people = who.here()
    st.html('<div class="vote-note">Who are you?</div>')
    with st.container(key="vote-names"):
        for person in people:
            st.button(
                desk.plain(person.name),
                key=f"vote-as-{person.name}",
                width="stretch",
                on_click=desk.sit,
                args=(person.name,),
            )
    st.caption("Not in this list? Add yourself at the top right.")


def _draw_buttons(stage: Stage, own: Vote | None) -> None:
    """One button a verdict; the chosen one is coloured and ticked."""
    chosen = _typed(stage, "verdict", own.verdict if own else "")
    with st.container(key="vote-verdicts"):
        for number, verdict in enumerate(stage.rules.scale.verdicts):
            on = verdict.label == chosen
            with st.container(key=f"cast-{number}-{verdict.colour}-{'on' if on else 'off'}"):
                st.button(
                    desk.plain(f"{SIGNS[verdict.colour]} {verdict.label}"), key=f"cast-{verdict.label}", width="stretch",
                    help=desk.plain(verdict.meaning), icon=":material/check:" if on else None,
                    on_click=_type, args=(stage, "verdict", verdict.label),
                )  # fmt: skip


def _draw_rest(stage: Stage, own: Vote | None) -> None:
    """How sure, and a word beside it; both may stay empty."""
    key = _key(stage, "sure")
    label = "How sure are you? (may stay empty)"
    if stage.rules.confidence == "words":
        sure = own.confidence if own and own.confidence in CONFIDENCES else None
        st.segmented_control(label, list(CONFIDENCES), default=sure, key=key, width="stretch")
    else:
        st.text_input(label, own.confidence if own else "", key=key, placeholder="such as 85%")
    st.text_input(
        "In a few words (may stay empty)", own.words if own else "", key=_key(stage, "words"), max_chars=300,
        placeholder="Shown with the vote, not before",
    )  # fmt: skip


def _note(stage: Stage, own: Vote | None) -> str:
    """How the vote stands, without saying how anybody else voted."""
    waited = ", ".join(stage.ballot.awaited)
    said = f"You voted {own.verdict}. Nobody sees it before the vote is closed." if own else "You have not voted yet."
    return f"{said} Waiting for: {waited}." if waited else said


def _key(stage: Stage, name: str) -> str:
    """A field's name for this item; another vote on it begins with empty fields."""
    return f"vote-{name}-{stage.item.item_id}-{stage.item.revision}"


def _typed(stage: Stage, name: str, stands: str) -> str:
    return str(st.session_state.get(_key(stage, name), stands))


def _type(stage: Stage, name: str, value: str) -> None:
    st.session_state[_key(stage, name)] = value


def _join(store: Store, stage: Stage) -> None:
    desk.act(lambda: store.join_meeting(stage.meeting.meeting_id, actor=desk.person()))


def _vote(store: Store, stage: Stage, own: Vote | None) -> None:
    verdict = _typed(stage, "verdict", own.verdict if own else "")
    if not verdict:
        desk.want("Choose a verdict, then vote.")
        return
    sure = str(st.session_state.get(_key(stage, "sure")) or "")
    words = str(st.session_state.get(_key(stage, "words")) or "")
    seen = own.revision if own else 0
    desk.act(lambda: store.vote(stage.item.item_id, seen, verdict, confidence=sure, words=words, actor=desk.person()))
