"""What Streamlit has no widget for: the queue of claims, the article with its marks, and keys of which none is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

import streamlit as st

_FILES = resources.files("workbench.panes")


def _pane(name: str, html: str, *, isolated: bool) -> Callable[..., Any]:
    css, js = ((_FILES / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return st.components.v2.component(f"claims_{name}", html=html, css=css, js=js, isolate_styles=isolated)


_draw_queue = _pane("queue", '<ul class="queue" role="listbox" tabindex="0" aria-label="Claims"></ul>', isolated=True)
# A selection cannot be read across a shadow root in every browser, so this one lives in the page.
_draw_text = _pane("text", '<article class="article-text"></article>', isolated=False)
_hear_keys = _pane("keys", (_FILES / "keys.html").read_text(encoding="utf-8"), isolated=True)
_ask_often = _pane("live", '<div class="live"></div>', isolated=True)
_show_hand = _pane(
    "hand", '<div class="hand"><div class="people" role="status"></div><div class="claim"></div></div>', isolated=False
)
_show_answers = _pane("answers", '<div class="answers"></div>', isolated=True)
_remember = _pane("memory", '<div class="memory"></div>', isolated=True)
_keep_draft = _pane("draft", '<div class="draft"></div>', isolated=True)
_keep_way = _pane("way", '<div class="way"></div>', isolated=True)
_hear_clicker = _pane(
    "clicker",
    '<div class="clicker"><button type="button">Full screen <kbd>F</kbd></button>'
    '<span class="more" hidden>More <kbd>↓</kbd><kbd>↑</kbd></span></div>',
    isolated=True,
)


def hears(key: str, name: str, act: Callable[[Any], object]) -> Callable[[], None]:
    """What is called when the browser says something: it passes that on, unless its page was left meanwhile and it with it."""

    def heard() -> None:
        said = getattr(st.session_state.get(key), name, None)
        if said is not None:
            act(said)

    return heard


def remember(value: str, *, what: str, asks: bool, key: str, on_recalled: Callable[[str], None]) -> None:
    """Keep a value in this browser; while there is none and it ``asks``, ``on_recalled`` gets the one that was kept last."""
    _remember(
        key=key,
        data={"value": value, "what": what, "asks": asks},
        on_recalled_change=hears(key, "recalled", lambda said: on_recalled(str(said))),
    )


def keep_draft(data: Mapping[str, Any], *, key: str, on_recalled: Callable[[str, Any], None]) -> None:
    """Keep in this browser what stands in a claim's form; ``on_recalled`` gets a claim's name and what was kept for it.

    ``data``: ``desk``, ``person`` and ``claim`` name the draft; ``session`` who asks for it, while it ``asks``; ``moved``
    that the person has acted in this session, and stays at this claim. ``form`` is what stands, and ``begun`` whether
    anything of it is not saved; ``fields`` the class of the place of each field that is written in; ``ended`` the claims
    whose drafts are to be let go.
    """
    _keep_draft(
        key=key,
        data=dict(data),
        on_recalled_change=hears(key, "recalled", lambda said: on_recalled(str(said["claim"]), said["kept"])),
    )


def keep_way(*, inside: bool) -> None:
    """Keep the address that was asked for while the door is shut; once ``inside``, open it in this browser's tab."""
    _keep_way(key=f"way-{inside}", data={"inside": inside})


def hear_keys(
    acts: Sequence[Mapping[str, Any]],
    heard: int,
    *,
    key: str,
    article: str,
    foot: Sequence[tuple[str, str, str]],
    said: tuple[int, str],
    on_pressed: Callable[[Sequence[Mapping[str, Any]]], None],
    on_changed: Callable[[str, str], None],
) -> None:
    """Listen for the keys of the acts, none of them while somebody writes; ``on_pressed`` gets the presses not yet heard, in order.

    An act: ``name, does, group, key, words, shipped, repeats, here, field``, see :class:`workbench.forms.keys.Act`. A press:
    ``number`` (rising), ``act``, and ``seen``, the number heard last when it was pressed. It comes again until ``heard`` has
    reached its number. The list of keys opens over the screen; ``on_changed`` gets the name of an act and its new key, two
    empty texts for all as they ship; ``said`` is what came of it, with a number that tells one word from the next.
    ``foot`` are the keys that stand at the foot of the screen: in words, what they do, and the act's name. ``article`` is
    the web address that "open" opens.
    """
    _hear_keys(
        key=key,
        data={
            "acts": list(acts),
            "heard": heard,
            "article": article,
            "foot": [list(each) for each in foot],
            "said": {"number": said[0], "words": said[1]},
        },
        on_pressed_change=hears(key, "pressed", on_pressed),
        on_changed_change=hears(key, "changed", lambda said: on_changed(said["act"], said["key"])),
    )


def show_queue(rows: Sequence[Mapping[str, Any]], *, key: str) -> None:
    """Draw the queue, the claim in hand marked in it.

    A row: ``id, claim, tags, labels, verdict, mark, colour, note, weight`` (text), ``share`` (0 to 1) and ``selected``. What
    the pointer does comes as presses among those of the keys: ``act`` is "chosen", with ``claim``, or "selected", with
    ``claims`` and ``on``.
    """
    _draw_queue(key=key, data={"rows": list(rows)})


def ask_often(
    people: Mapping[str, Sequence[str]], every: int, *, bell: str, shut: bool, key: str, on_asked: Callable[..., None]
) -> None:
    """Let the browser ask again and again, every so many milliseconds while somebody looks; ``on_asked`` gets ``writing``.

    ``people`` are those who are on each claim, for the queue and for :func:`show_hand`. ``bell`` is where, beside the
    pages, a WebSocket says that something was written, which is then asked about at once; empty where there is none. Where the
    connection was cut and no question is answered since, the session is gone with its process, and the page is opened anew.
    ``shut`` says that whoever looks may do so no longer: the page is then opened anew, at the door.
    """

    def heard(asked: Mapping[str, Any]) -> None:
        st.session_state[f"{key} answered"] = asked["number"]
        on_asked(writing=bool(asked["writing"]))

    on_claims = {claim_id: list(names) for claim_id, names in people.items()}
    _ask_often(
        key=key,
        data={
            "people": on_claims,
            "every": every,
            "bell": bell,
            "shut": shut,
            "answered": st.session_state.get(f"{key} answered", 0),
        },
        on_asked_change=hears(key, "asked", heard),
    )


def show_hand(claim_id: str, words: str, heard: int, *, key: str, due: str, on_due: Callable[[], None]) -> None:
    """Draw the words of the claim in hand, tell the queue and the text which it is, and say who else is on it.

    Until the presses after ``heard`` are heard too, the browser is further on than this. ``due`` says that other parts are
    to be drawn, once for each of its values: ``on_due`` is called as soon as the drawing that brings it is over.
    """
    _show_hand(
        key=key,
        data={"claim": claim_id, "words": words, "heard": heard, "due": due},
        on_due_change=hears(key, "due", lambda _: on_due()),
    )


def show_answers(groups: Sequence[Mapping[str, Any]], heard: int, *, key: str, claim_id: str, goes_on: bool) -> None:
    """Draw the answers of a judgement; a click on one comes as a press among those of the keys.

    A group: ``name``, ``columns``, ``small``, and ``answers``, each with ``act`` (the press), ``label``, ``key``, ``meaning``,
    ``colour``, and ``on`` for the one that is given. ``heard``: see :func:`show_hand`. Where ``goes_on``, the next claim is shown
    as soon as these are saved, all groups answered: the press then has its ``claim``.
    """
    data = {"groups": list(groups), "heard": heard, "claim": claim_id, "goes_on": goes_on}
    _show_answers(key=key, data=data)


def show_text(article: Mapping[str, Any], *, key: str, on_passage: Callable[[int, int], None]) -> None:
    """Draw the article, the claim in hand marked in it; ``on_passage`` gets the span of a selected passage.

    ``article``: ``article, title, about, byline, blocks`` as :func:`workbench.columns.blocks` makes them; with ``take``, the
    words of the button for a passage, it is a text to quote from: no mark is a button, arrow keys select sentences, and what
    is marked is ``chosen``. Elsewhere a click on a mark is a press, as in :func:`show_queue`.
    """
    _draw_text(
        key=key,
        data=dict(article),
        on_passage_change=hears(key, "passage", lambda said: on_passage(said["start"], said["end"])),
    )


def hear_clicker(
    heard: int,
    *,
    key: str,
    item: str,
    seconds: float,
    minutes: float,
    on_pressed: Callable[[Sequence[Mapping[str, Any]]], None],
) -> None:
    """Listen for the keys that lead a meeting, and let the clock of its ``item`` run on from so many ``seconds``.

    ``on_pressed`` gets the presses not yet heard, in order: ``number`` (rising) and ``act``, one of next, previous, show,
    again, decide, want, undo and close. They come again until ``heard`` has reached their number. Past ``minutes`` the
    clock is marked.
    """
    _hear_clicker(
        key=key,
        data={"heard": heard, "item": item, "seconds": seconds, "minutes": minutes},
        on_pressed_change=hears(key, "pressed", on_pressed),
    )
