"""The form of a judgement: a first reading, a second one that sees nothing of the first, or the desk's decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from claims import Store
from claims.errors import StaleWrite
from claims.evidence import Source
from claims.status import STATUSES, may_follow
from claims.store import Mark, Rules
from claims.store.judged import Judged
from claims.verdict import CONFIDENCES
from workbench import desk
from workbench.columns import FIRST_READING, day_words, veiled
from workbench.forms import sources, typed
from workbench.panes import show_answers
from workbench.recall import Recall
from workbench.shown import as_it_was, escape
from workbench.written import written

#: Statuses that a mark may be saved with; dropping and what follows a second reading have ways of their own.
_OFFERED = ("assigned", "in progress", "marked")

#: The key of each confidence.
CONFIDENCE_KEYS = dict(zip(CONFIDENCES, "qwe", strict=True))

#: Labels from which on a scale is drawn in smaller buttons.
_MANY = 8

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What the form holds: the judgement, what else of the claim it changes, new sources, and where it was taken over from."""

    mark: Mark
    changes: Mapping[str, object]
    found: Sequence[Source]
    why: str


def _write_first(store: Store, claim_id: str, seen: int, given: Given) -> int:
    return store.save(
        claim_id, seen, mark=given.mark, changes=given.changes, sources=given.found, why=given.why, actor=desk.person()
    )


def _write_second(store: Store, claim_id: str, seen: int, given: Given) -> int:
    mark = given.mark
    return store.read_second(
        claim_id,
        seen,
        mark.verdict,
        mark.confidence,
        rationale=mark.rationale,
        sources=given.found,
        actor=desk.person(),
    )


def _write_decision(store: Store, claim_id: str, seen: int, given: Given) -> int:
    mark = given.mark
    return store.decide(
        claim_id, seen, mark.verdict, mark.confidence, rationale=mark.rationale, corrected_value=mark.corrected_value,
        as_of=mark.as_of, changes=given.changes, sources=given.found, actor=desk.person(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the three judgements: its button, what its form asks beside verdict and confidence, and how it is written."""

    button: str
    why: str
    said: str
    write: Callable[[Store, str, int, Given], int]
    asks_status: bool = False
    asks_day: bool = False
    goes_on: bool = True


READINGS: dict[str, Reading] = {
    "first": Reading("Save and next", "Why", "saved", _write_first, asks_status=True, asks_day=True),
    "second": Reading("Give the second reading", "Why, in your own words", "read second", _write_second, goes_on=False),
    "decision": Reading(
        "Decide", "Why the desk decides so", "decided", _write_decision, asks_day=True, goes_on=False
    ),
}  # fmt: skip


def draw_judgement(row: Row, rules: Rules) -> None:
    """The verdict and the confidence, each a row of buttons with their keys; nothing where no judgement is due."""
    stands = typed.read(row, rules)
    if not stands["reading"]:
        return
    if stands["reading"] == "second":
        st.html(f'<div class="blind">{_blind_words(row)}</div>')
    many = len(rules.scale.verdicts) > _MANY
    verdicts = [
        _answer(stands, "verdict", each.label, each.key, each.meaning, each.colour) for each in rules.scale.verdicts
    ]
    sure = [
        _answer(stands, "confidence", name, CONFIDENCE_KEYS[name], meaning, "accent")
        for name, meaning in CONFIDENCES.items()
    ]
    groups = [
        {"name": "Verdict", "columns": 2, "small": many, "answers": verdicts},
        {"name": "Confidence in the verdict", "columns": 3, "small": False, "answers": sure},
    ]
    in_words = rules.confidence == "words"
    show_answers(
        groups if in_words else groups[:1], desk.heard(), key="answers", claim_id=row["claim_id"],
        goes_on=in_words and READINGS[stands["reading"]].goes_on and not typed.conflict(row["claim_id"]),
    )  # fmt: skip
    if rules.confidence == "percent":
        _section("Confidence in the verdict")
        _field(
            st.number_input, "Confidence, in per cent", row, "percent", min_value=0, max_value=100, step=5, value=None,
            placeholder="0 to 100", label_visibility="collapsed", icon=":material/percent:",
        )  # fmt: skip


def _blind_words(row: Row) -> str:
    """What a second reader is told: the day that the question is of, and nothing of the first answer to it."""
    store = desk.store()
    day = Recall(store)(store.claim, row["claim_id"])["verdict_as_of"]
    asked = f" Judge by what was known on {day_words(day)}, the day of the first reading." if day else ""
    return f"You read second: the first reading is hidden until yours is in.{asked}"


def _answer(stands: Row, field: str, value: str, key: str, meaning: str, colour: str) -> dict[str, Any]:
    """One of several answers, as the browser draws it, with the key that this person has set for it."""
    return {
        "act": f"{field}:{value}", "label": value[0].upper() + value[1:], "key": desk.key_of(key.upper()), "meaning": meaning,
        "colour": colour, "on": stands[field] == value,
    }  # fmt: skip


def draw_rationale(row: Row, rules: Rules) -> None:
    """Why, what would have been right, the status and the day."""
    stands = typed.read(row, rules)
    if not stands["reading"]:
        return
    reading = READINGS[stands["reading"]]
    if stands["verdict"] and stands["reading"] != "second" and rules.scale.wants_correction(stands["verdict"]):
        corrected = f"corrected_value:{row['claim_id']}"
        written(st.text_input, "What would have been right", corrected, placeholder="for example: 249")
    hint = "What the sources show, and how they lead to this verdict."
    written(st.text_area, reading.why, f"rationale:{row['claim_id']}", height=96, placeholder=hint)
    left, right = st.columns(2, gap="xsmall")
    if reading.asks_status:
        options = [name for name in STATUSES if may_follow(row["status"], name) and name in (row["status"], *_OFFERED)]
        with left:
            _field(st.selectbox, "Status", row, "status", options=options)
    if reading.asks_day:
        last = max(typed.today(), stands["verdict_as_of"] or typed.today())
        with right:
            _field(
                st.date_input, "As of", row, "verdict_as_of", min_value=typed.EARLIEST, max_value=last, format="YYYY-MM-DD"
            )  # fmt: skip
        with left:
            _field(
                st.date_input, "Look again by", row, "review_by", min_value=typed.EARLIEST, format="YYYY-MM-DD"
            )  # fmt: skip
        with right:
            st.html(
                '<div class="again-by">Proposed where a count still moves; then on the dashboard and the agenda.</div>'
            )


def draw_other_days(recall: Recall, row: Row) -> None:
    """The verdict then, beside the verdict now, and whether it left the desk; nothing for whoever reads second, and where there is but one."""
    with st.container():  # a place of its own: what comes into it moves nothing below
        then = [] if row.get("veiled") else recall(recall.store.judged_on_other_days, row["claim_id"])
        if then:
            told = "".join(f"<li>{_then(each)}</li>" for each in then)
            st.html(f'<section class="other-days"><h3>As of other days</h3><ul>{told}</ul></section>')


def _then(judged: Judged) -> str:
    words = f"{judged.verdict}, {judged.confidence}" + (
        f", right: {judged.corrected_value}" if judged.corrected_value else ""
    )
    told = "" if judged.standing == "signed off" else f" · {escape(judged.standing)}"
    return f"<b>{day_words(judged.as_of)}</b> {escape(words)} · {escape(judged.reader)}{told}"


def draw_save(store: Store, row: Row, rules: Rules, after: Callable[[], str | None]) -> None:
    """The button that saves all of it; where a colleague was faster, both versions and the choice between them."""
    stands = typed.read(row, rules)
    claim_id = row["claim_id"]
    if conflict := typed.conflict(claim_id):
        desk.show_error(conflict)
        left, right = st.columns(2, gap="xsmall")
        newest = int(str(conflict.current["revision"]))
        left.button(
            "Save mine over it", key="save-mine", type="primary", width="stretch", on_click=_save_mine,
            args=(store, claim_id, newest, after), help="Yours becomes the claim’s mark; theirs stays in its history.",
        )  # fmt: skip
        right.button(
            "Take theirs", key="take-theirs", width="stretch", on_click=_take_theirs, args=(claim_id,),
            help="What you typed is let go.",
        )  # fmt: skip
    elif stands["reading"]:
        label = desk.keyed(READINGS[stands["reading"]].button, "Ctrl ⏎")
        st.button(label, key="save", type="primary", width="stretch", on_click=save, args=(store, after))


def choose(store: Store, field: str, value: str) -> None:
    """Choose a verdict or a confidence for the claim in hand; the same answer again takes it back."""
    if claim_id := desk.chosen():
        stands = typed.read(seen_row(store, claim_id), store.rules())
        if stands["reading"]:
            st.session_state[f"{field}:{claim_id}"] = None if stands[field] == value else value


def save(store: Store, after: Callable[[], str | None]) -> None:
    """Save what stands in the form, with a source that is typed, as one act. Then go on."""
    claim_id = desk.chosen()
    if claim_id is None:
        return
    rules = store.rules()
    row = seen_row(store, claim_id)
    stands = typed.read(row, rules)
    if not stands["reading"] or typed.conflict(claim_id):
        return
    if not stands["verdict"] or not stands["confidence"]:
        missing = "a verdict" if not stands["verdict"] else "a confidence"
        desk.want(f"Choose {missing}, then save again. What you typed is kept.")
        return
    source, problems = sources.typed(claim_id)
    if problems:
        desk.want(f"The source that you typed: {' '.join(problems)}")
        return
    kept = {name: as_it_was(stands[name] or "", row[name] or "") for name in typed.WRITTEN}
    _save(store, claim_id, rules, stands | kept, source, after)


def _save(
    store: Store, claim_id: str, rules: Rules, stands: Row, source: Source | None, after: Callable[[], str | None]
) -> None:
    reading = READINGS[stands["reading"]]
    status = store.claim(claim_id)["status"]
    # A mark saved over a colleague's leaves the question for a second reading open.
    status = status if status == "second reading" else stands["status"]
    corrected = stands["corrected_value"] if rules.scale.wants_correction(stands["verdict"]) else ""
    mark = Mark(
        stands["verdict"], stands["confidence"], stands["rationale"], None, corrected, stands["verdict_as_of"], status
    )  # fmt: skip
    following = after() if reading.goes_on else claim_id  # asked before saving: a marked claim may leave the queue

    def deed() -> int:
        found = [sources.documented(store, claim_id, source)] if source else []
        changes = {"review_by": stands["review_by"]} if reading.asks_day else {}
        why = typed.taken_from(claim_id, mark.verdict)
        return reading.write(store, claim_id, stands["seen"], Given(mark, changes, found, why))

    done, _ = desk.act(deed, f"{mark.verdict}, {mark.confidence} confidence: {reading.said}")
    if done:
        typed.let_go(claim_id)
        sources.forget(claim_id)
        desk.begin(None)
        desk.choose(following)
    elif isinstance(st.session_state["refused"], StaleWrite):
        error = st.session_state.pop("refused")
        desk.stop_keys()
        typed.keep_conflict(claim_id, _discreet(error, seen_row(store, claim_id), stands["reading"]))


def _discreet(error: StaleWrite, row: Row, reading: str) -> StaleWrite:
    """The refusal as this person may see it: who still reads second is not told the first reading."""
    if reading != "second" or not row.get("veiled"):
        return error
    current = {name: value for name, value in error.current.items() if name not in FIRST_READING}
    return StaleWrite(error.problem, error.remedy, current, error.typed)


def _save_mine(store: Store, claim_id: str, revision: int, after: Callable[[], str | None]) -> None:
    if desk.chosen() == claim_id:  # a key may have been quicker than the click
        typed.rest_on(claim_id, revision)
        save(store, after)


def _take_theirs(claim_id: str) -> None:
    typed.let_go(claim_id)
    desk.say("Theirs stands; what you typed is let go")


def seen_row(store: Store, claim_id: str) -> Row:
    """The claim as the person who sits here may see it."""
    return veiled(store.claim(claim_id), desk.person(), read_twice=store.rules().second_reading)


def _section(name: str) -> None:
    st.html(f'<div class="section">{name}</div>')


def _field(widget: Callable[..., Any], label: str, row: Row, name: str, **options: Any) -> None:
    widget(label, key=f"{name}:{row['claim_id']}", persist_state="session", **options)
