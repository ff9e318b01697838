"""What is open and chosen: the store, the person, the claim in hand, and what is to be said at the next drawing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, tzinfo
from importlib import import_module
from threading import Thread
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from claims import ClaimsError, Store
from claims.errors import NotAllowed, SignOffRefused, StaleWrite, StoreError
from claims.store import Event
from workbench import record, signin
from workbench.columns import FIRST_READING, day_words, number_words, veiled
from workbench.person import default_person
from workbench.shown import escape, showable

T = TypeVar("T")

# When it was marked tells nothing, nor does the name of an item; what a source calls its origin is something else than how
# a claim came to be.
_NOT_COMPARED = frozenset({"checked_at", "origin", "items", "item_id"})

#: Under which name the session keeps who has signed in: the door alone writes it.
SIGNED_IN = "signed in as"

# Claims whose versions are set beside each other, where many are stale at once.
_COMPARED = 5

# Seconds for which the choice of articles may lag behind what a colleague reads.
_LAG = 20


def store() -> Store:
    """The store that the program was started with; one for all sessions."""
    return record.store()


def titles() -> dict[str, str]:
    """The articles to choose from: read anew after a while, not at each key, and at once where there are none."""
    found = _titles(store(), str(store().place))
    if not found:
        _titles.clear()
    return found


@st.cache_resource(ttl=_LAG, max_entries=8, show_spinner=False)
def _titles(_opened: Store, place: str) -> dict[str, str]:  # noqa: ARG001 - the place is what tells stores apart
    return {name: showable(title) for name, title in _opened.titles().items()}


@st.cache_resource(show_spinner=False)
def warm_engine() -> Thread:
    """Load the parser in the background, so that the first page does not wait for it, nor the first article."""
    thread = Thread(target=_load_engine, name="warm engine", daemon=True)
    thread.start()
    return thread


def _load_engine() -> None:
    """Load the parser, and tell the collector of garbage that what is loaded by then stays.

    Whenever the oldest objects' turn comes, it would go through the libraries: 150 ms, with everybody waiting.
    """
    import_module("claims.grammar").ready()
    gc.collect()
    gc.freeze()


def wait_for_engine() -> None:
    """Return once the parser is loaded: two threads that import spaCy at once see it half made."""
    warm_engine().join()


def redraw(*names: str) -> None:
    """From a callback: draw these parts alone.

    Where the page that has them was left in that moment, the one that is there is drawn whole, as after any callback: Streamlit
    takes a part that it does not know for a mistake, and shows that in the page's place.
    """
    if not _is_left():
        with suppress(StreamlitAPIException):
            st.rerun(scope=list(names))


def _is_left() -> bool:
    """Whether the person has asked for another page already: Streamlit would come back from it for the parts of this one.

    It folds what is asked for while a page is drawn into one drawing, of the page that was named last; what it has folded so
    far it tells nobody.
    """
    context = get_script_run_ctx()
    if context is None or context.script_requests is None:
        return False
    requests = context.script_requests
    asked = requests._rerun_data if requests._state is ScriptRequestType.RERUN else None  # noqa: SLF001
    return asked is not None and asked.page_script_hash not in {"", context.page_script_hash}


def person() -> str:
    """Who sits here: written beside every change. Until somebody is chosen, whom the computer knows.

    Behind a sign-in it is who has signed in; NotAllowed where that has come to its end.
    """
    if (rules := signin.settings()) is None:
        return seated() or default_person()
    guest(rules)
    if not (name := seated()):
        raise NotAllowed("Nobody has signed in here.", "Open the page anew and sign in.")
    return name


def guest(rules: signin.Settings) -> signin.Guest:
    """Who has signed in, as they may enter; NotAllowed where they may not, or no longer."""
    return signin.admit(st.user.to_dict(), rules, signin.now())


def seated() -> str:
    """Who was chosen to sit here; empty until then. Behind a sign-in it is who has signed in, and nobody chooses."""
    return str(st.session_state.get("person" if signin.settings() is None else SIGNED_IN) or "")


def sit(name: str) -> None:
    """Somebody of the roster sits down here."""
    if signin.settings() is not None:
        raise NotAllowed(f"You are signed in, and cannot be {name}.", "To be somebody else, sign out first.")
    st.session_state["person"] = name


def zone() -> tzinfo | None:
    """The time zone of the reader's browser; None, this machine's, where it does not say."""
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else None
    except (ValueError, ZoneInfoNotFoundError):
        return None


def chosen() -> str | None:
    """The claim in hand."""
    return st.session_state.get("chosen")


def choose(claim_id: str | None) -> None:
    """Take another claim in hand; what was typed for the last one stays with it."""
    if claim_id != chosen():
        st.session_state["task"] = None
    st.session_state["chosen"] = claim_id


def heard() -> int:
    """The number of the last press that was heard."""
    return int(st.session_state.get("heard", 0))


def task() -> str | None:
    """What is being done to the claim in hand beside marking it: a name from the forms, or None."""
    return st.session_state.get("task")


def begin(name: str | None) -> None:
    """Open one of the forms beside the marking form, or close them."""
    st.session_state["task"] = name


def open_article(article_id: str) -> NoReturn:
    """Go to the desk, on this article's claims, whatever was filtered before."""
    _titles.clear()
    choose(None)
    st.switch_page("views/desk.py", query_params={"show": "All", "order": "As in the article", "article": article_id})


def show_unchosen(title: str, words: str) -> None:
    """A page that is about one thing of the desk, opened without any: what to do, and the way back."""
    st.title(title, anchor=False)
    st.info(words)
    st.page_link("views/desk.py", label="Go to the desk", icon=":material/arrow_back:")


def draw_way_to(claim_id: str) -> None:
    """The way from a page about a claim back to it on the desk."""
    if st.button("Open it on the desk", key="open-claim", icon=":material/arrow_back:", type="tertiary"):
        choose(claim_id)
        st.switch_page("views/desk.py")


def known_as(name: str) -> str | None:
    """The article in the store with the same text as one just read, where that was found out."""
    known: dict[str, str] = st.session_state.get("known", {})
    return known.get(name)


def remember_known(name: str, article_id: str) -> None:
    """Note that an article just read is in the store already."""
    st.session_state.setdefault("known", {})[name] = article_id


def forget_known(name: str) -> None:
    """Ask no more about it."""
    st.session_state.get("known", {}).pop(name, None)


def say(words: str) -> None:
    """A short notice, shown once at the next drawing of the screen."""
    st.session_state.setdefault("said", []).append(words)


def show_said() -> None:
    """Show what was said since the last drawing."""
    for words in st.session_state.pop("said", []):
        st.toast(words)


def show_refused() -> None:
    """Show, once, what was refused since the last drawing, or what is still wanting before it can be done."""
    st.session_state.pop("stopped", None)
    if refused := st.session_state.pop("refused", None):
        show_error(refused)
    if wanting := st.session_state.pop("wanting", None):
        st.warning(wanting)


def was_refused() -> bool:
    """Whether the last act was refused, or something was still wanting, and it has not been shown yet."""
    return any(name in st.session_state for name in ("refused", "wanting", "stopped"))


def stop_keys() -> None:
    """Leave undone what was pressed before the person could see what came of the last press."""
    st.session_state["stopped"] = True


def want(words: str) -> None:
    """What is still missing before something can be done."""
    st.session_state["wanting"] = words


def show_error(error: ClaimsError) -> None:
    """What the engine refused, in its own two sentences: what is wrong, what to do."""
    # What is missing of a checklist is listed below, each item with its remedy.
    remedy = "" if isinstance(error, SignOffRefused) else plain(error.remedy)
    st.error(f"**{plain(error.problem)}**\n\n{remedy}", icon=":material/error:")
    if isinstance(error, StaleWrite):
        show_versions(error)
    if isinstance(error, SignOffRefused):
        show_checklist([(what, False, remedy) for what, remedy in error.missing])


def show_versions(error: StaleWrite) -> None:
    """What a colleague wrote and what was to be written, side by side, where the two differ; of several, claim by claim."""
    several = [(now, error.typed.get(name)) for name, now in error.current.items() if isinstance(now, Mapping)]
    if not several:
        _show_version(error.current, error.typed)
    for now, wanted in several[:_COMPARED]:
        st.html(f'<div class="about">{escape(str(now.get("claim", "")))}</div>')
        _show_version(now, wanted if isinstance(wanted, Mapping) else {})
    if len(several) > _COMPARED:
        st.caption(f"and {len(several) - _COMPARED:,} more")


def _show_version(stands: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    # A refusal, too, keeps back what a second reader is not to know yet.
    current = veiled(stands, person(), read_twice=store().rules().second_reading)
    hidden = FIRST_READING if current.get("veiled") else frozenset()
    rows = [
        (name, current[name], typed)
        for name, typed in wanted.items()
        if name in current and name not in _NOT_COMPARED | hidden and current[name] != typed
    ]
    if not rows:
        return
    cells = "".join(
        f"<tr><th>{escape(name.replace('_', ' '))}</th><td>{escape(cell_words(now))}</td><td>{escape(cell_words(yours))}</td></tr>"
        for name, now, yours in rows
    )
    theirs = f"Now, by {current['checker']}" if current.get("checker") else "Now"
    st.html(f'<table class="versions"><tr><th></th><th>{escape(theirs)}</th><th>Yours</th></tr>{cells}</table>')


def show_checklist(items: Iterable[tuple[str, bool, str]]) -> None:
    """What a sign-off requires: each item ticked, or crossed with how to mend it."""
    lines = "".join(
        f'<li class="{"met" if met else "unmet"}">{escape(what)}{"" if met else f"<span>{escape(remedy)}</span>"}</li>'
        for what, met, remedy in items
    )
    st.html(f'<ul class="checklist">{lines}</ul>')


def cell_words(value: object) -> str:
    """A cell in words; a dash where it is empty.

    >>> cell_words(None), cell_words(date(2024, 3, 3)), cell_words("high"), cell_words(7.0)
    ('—', '3 Mar 2024', 'high', '7')
    """
    if isinstance(value, float):
        return number_words(value)
    return "—" if value in (None, "") else day_words(value) if isinstance(value, date) else str(value)


@contextmanager
def worded() -> Iterator[None]:
    """For what is drawn, as a block or around a whole screen: a refusal is shown where it happened."""
    try:
        yield
    except ClaimsError as error:
        with st.container(key="refusal"):
            show_error(error)


def act(deed: Callable[[], T], done: str | Callable[[T], str] = "") -> tuple[bool, T | None]:
    """For what is done, in a widget's callback: one verb of the engine, then a word about it.

    Gives whether it was done, and its result; a refusal is kept and shown at the next drawing.
    """
    try:
        result = deed()
    except ClaimsError as error:
        st.session_state["refused"] = error
        return False, None
    if words := done(result) if callable(done) else done:
        say(words)
    return True, result


def undo() -> None:
    """Take back the last thing this person did, and show the claim it was done to.

    What cannot be taken back is told; the next time, it is left as it is, and what was done before it is taken back.
    """
    past: frozenset[str] = st.session_state.get("left as it is", frozenset())
    outcome = act(lambda: store().undo(person(), past=past), _taken_back)
    refused = st.session_state.get("refused")
    if not outcome[0] and isinstance(refused, StoreError) and refused.batch:
        st.session_state["left as it is"] = past | {refused.batch}
        want("Undo once more leaves this as it is, and takes back what you did before it.")
    _show_again(outcome)


def _taken_back(event: Event) -> str:
    """What is said of an act that was taken back: of the roster and the settings too what it was, as no claim comes up for it."""
    named = event.subject_kind in {"person", "setting"}
    what = f": the {event.subject_kind} {event.subject_id.replace('_', ' ')}" if named else ""
    return f"Taken back{what}; Redo does it again"


def redo() -> None:
    """Do again what this person took back last."""
    _show_again(act(lambda: store().redo(person()), "Done again"))


def _show_again(outcome: tuple[bool, Event | None]) -> None:
    event = outcome[1]
    if event and event.subject_kind == "claim":
        choose(event.subject_id)
        _titles.clear()
        if {"verdict", "confidence", "rationale"} & event.new.keys():
            forget(event.subject_id)
        now = store().claim(event.subject_id)["revision"]
        moved_on(event.subject_id, now - 1, now)


#: What of a claim's form is kept while it is not saved: each under the field's name and the claim's.
FORM = (
    "verdict", "confidence", "percent", "rationale", "corrected_value", "verdict_as_of", "review_by", "status", "seen", "first",
    "reading", "conflict", "taken",
)  # fmt: skip


def forget(claim_id: str) -> None:
    """Let go of what was typed for a claim, so that its form shows what is stored."""
    for name in FORM:
        st.session_state.pop(f"{name}:{claim_id}", None)


def moved_on(claim_id: str, before: int, now: int) -> None:
    """Rest what is typed for a claim on how it stands after an act of this person's own, if it rested on how it was before.

    What a colleague wrote meanwhile stays unseen: saving still meets it.
    """
    if st.session_state.get(f"seen:{claim_id}") == before:
        st.session_state[f"seen:{claim_id}"] = now


def keyed(label: str, key: str) -> str:
    """A button's label with its key beside it: the one that ships, or what this person has set in its place."""
    key = key_of(key)
    return f"{label} `{key}`" if key else label


def key_of(key: str) -> str:
    """The key that this person has set in the place of one that ships, or that one."""
    return str(st.session_state.get("renamed keys", {}).get(key, key))


def plain(text: str) -> str:
    r"""Text from outside for a place that reads Markdown: each mark of punctuation is shown as it is.

    >>> print(plain("a *b* $x$ <i>"))
    a \*b\* \$x\$ \<i\>
    """
    return "".join(
        f"\\{sign}" if sign.isascii() and sign.isprintable() and not (sign.isalnum() or sign == " ") else sign
        for sign in showable(text)
    )
