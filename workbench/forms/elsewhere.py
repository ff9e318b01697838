"""Elsewhere: what other claims of the record cannot hold beside the one in hand, which say the same, and which a person has linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from claims import Store
from claims.matching import Clash, Match
from claims.status import LOCKED, unsettled
from claims.store import Elsewhere
from claims.table import split_values
from workbench import desk
from workbench.columns import day_words, notice_words, verdict_words
from workbench.forms import typed
from workbench.parts import Look
from workbench.recall import Recall
from workbench.shown import escape
from workbench.taking import see

Row = Mapping[str, Any]

#: Findings that are shown before the rest is unfolded.
_SHOWN = 3

#: The column in which a person's word for a finding stands, what they say with it, and what then stands there.
_LINKS: dict[type, tuple[str, str, str]] = {
    Match: ("repeat_of", "Link as a repeat", "Linked as a repeat"),
    Clash: ("contradicts", "Record the clash", "Recorded as a clash"),
}

#: What a link says that no finding does any more.
_LINKED = "A person linked the two; the words alone do not show it now."


def draw(look: Look, recall: Recall, row: Row) -> None:
    """The findings about this claim, each with why, and what is linked without one; the way to its figure by date, where it has one."""
    found = recall(look.store.elsewhere, row["claim_id"])
    findings: list[Clash | Match] = [*found.clashes, *found.repeats]
    linked = {kind: _linked(row, kind, found) for kind in _LINKS}
    findings += _only_linked(row, findings, linked)
    has_figure = row["figure_low"] is not None or row["figure_high"] is not None
    if not findings and not has_figure:
        return
    names = tuple(each.other_id for each in findings)
    others = {other["claim_id"]: other for other in see(look.store, look.rules, _named(recall, names))}
    findings = [each for each in findings if each.other_id in others]
    with st.container(key="elsewhere"):
        if findings:
            st.html('<div class="section">Elsewhere in the record</div>')
        for each in findings[:_SHOWN]:
            _draw(look, row, each, others[each.other_id], linked)
        if rest := findings[_SHOWN:]:
            with st.expander(f"{len(rest)} more"):
                for each in rest:
                    _draw(look, row, each, others[each.other_id], linked)
        if has_figure:  # a toll that rises clashes with none of those before it
            st.page_link(
                "views/story.py", label="The figure by date", icon=":material/timeline:", query_params={"claim": row["claim_id"]}
            )  # fmt: skip


def _named(recall: Recall, names: tuple[str, ...]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = recall(recall.store.claims_named, names)
    return [found[name] for name in names if name in found]


def _only_linked(
    row: Row, findings: Sequence[Clash | Match], linked: Mapping[type, Sequence[str]]
) -> list[Clash | Match]:
    """What a person has linked and no comparison finds."""
    found = {(type(each), each.other_id) for each in findings}
    clashes = [name for name in linked[Clash] if (Clash, name) not in found]
    repeats = [name for name in linked[Match] if (Match, name) not in found]
    return [
        *(Clash(row["claim_id"], name, "link", _LINKED) for name in clashes),
        *(Match(row["claim_id"], name, 1.0, (), _LINKED) for name in repeats),
    ]


def _linked(row: Row, kind: type, found: Elsewhere) -> list[str]:
    """The claims that are linked with this one: those in its own column, and those in whose column it is."""
    linking = found.contradicted_by if kind is Clash else found.repeated_by
    return list(dict.fromkeys([*_own_links(row, kind), *linking]))


def _own_links(row: Row, kind: type) -> list[str]:
    return list(split_values(row[_LINKS[kind][0]] or ""))


def _draw(look: Look, row: Row, finding: Clash | Match, other: Row, linked: Mapping[type, Sequence[str]]) -> None:
    """One finding, and what can be done: look at the other claim, or take over what was found of it."""
    with st.container(key=f"finding-{finding.other_id}"):
        is_linked = finding.other_id in linked[type(finding)]
        st.html(finding_html(finding, other, read_twice=look.rules.second_reading, linked=is_linked))
        with st.container(horizontal=True, gap="xsmall"):
            st.button(
                "Open", key=f"elsewhere-{finding.other_id}", type="tertiary", on_click=desk.choose, args=(finding.other_id,),
                help="Take that claim in hand; what you typed for this one stays with it",
            )  # fmt: skip
            if isinstance(finding, Clash) and finding.third_id:
                st.button(
                    "Open the third", key=f"third-{finding.other_id}", type="tertiary", on_click=desk.choose, args=(finding.third_id,),
                    help="Take the claim that is quoted here in hand",
                )  # fmt: skip
            if isinstance(finding, Match) and may_take_over(look, row, other):
                st.button(
                    "Take over its verdict", key=f"take-over-{finding.other_id}", type="tertiary", on_click=take_over,
                    args=(look.store, row["claim_id"], dict(other)), help="Into the form below; nothing is saved until you save it",
                )  # fmt: skip
            _draw_link(look.store, row, finding, other, is_linked=is_linked)


def _draw_link(store: Store, row: Row, finding: Clash | Match, other: Row, *, is_linked: bool) -> None:
    """What a person says of a finding: that it is so, and that it is not so after all. The two claims stay two.

    A link stands with the claim on which it was said, and is taken back there; it is seen from both.
    """
    _, link, linked = _LINKS[type(finding)]
    is_own = not is_linked or finding.other_id in _own_links(row, type(finding))
    holder = row if is_own else other
    if holder["status"] not in LOCKED and not holder.get("veiled"):
        where = "The claim’s history keeps who said so" if is_own else "The other claim’s history keeps who said so"
        st.button(
            "Unlink" if is_linked else link, key=f"link-{finding.other_id}", type="tertiary", on_click=relink,
            args=(store, dict(holder), type(finding), finding.other_id if is_own else row["claim_id"]),
            help=f"{linked}. {where}" if is_linked else "Your word for it, in the claim’s history; no verdict moves",
        )  # fmt: skip


def finding_html(finding: Clash | Match, other: Row, *, read_twice: bool, linked: bool = False) -> str:
    """A finding in words: what it is, the other claim, why, where that stands and what was found of it.

    >>> other = {"claim": "About 100 fled <b>.", "article_title": "Korda", "published": None, "verdict": None}
    >>> told = finding_html(Clash("a", "b", "figure", "785 and About 100 cannot both hold."), other, read_twice=True)
    >>> "Cannot both hold" in told, "&lt;b&gt;" in told, "not checked yet" in told
    (True, True, True)
    >>> void = {**other, "verdict": "Supported", "status": "void", "notice": "249 fled."}
    >>> match = Match("a", "b", 0.873, ("words: fled", "figure: 100 / 100", "days"), "Both say so.")
    >>> told = finding_html(match, void, read_twice=True)
    >>> "○ Supported, withdrawn" in told, "Correction notice: 249 fled." in told
    (True, True)
    >>> "87% alike in words; agreeing too: figure, days." in told
    True
    """
    if isinstance(finding, Match):
        kind, sign, word = "repeat", "=", "The same again"
    else:
        kind, sign, word = "clash", "≠", "Cannot both hold" if finding.firm else "May not both hold"
    word += " · linked" if linked else ""
    verdict = verdict_words(other, read_twice=read_twice)
    day = day_words(other["published"]) if other["published"] else ""
    about = " · ".join(part for part in (other["article_title"] or "(no title)", day, verdict) if part)
    told = (" ".join(filter(None, (finding.why, _alike(finding)))), about, notice_words(other))
    lines = "".join(f'<div class="about">{escape(line)}</div>' for line in told if line)
    return f'<div class="finding {kind}"><b>{sign} {word}</b><q>{escape(other["claim"])}</q>{lines}</div>'


def _alike(finding: Clash | Match) -> str:
    """How surely the two say the same, and which of their parts agree; empty for a clash, and where a person's link is all.

    >>> _alike(Match("a", "b", 0.873, ('words: "fled"', "days"), "Both say the same.")), _alike(Match("a", "b", 1.0, (), _LINKED))
    ('87% alike in words; agreeing too: days.', '')
    """
    if isinstance(finding, Clash) or not finding.parts:
        return ""
    words, *more = (part.partition(":")[0] for part in finding.parts)
    beside = f"; agreeing too: {', '.join(more)}" if more else ""
    return f"{finding.score:.0%} alike in {words}{beside}."


def may_take_over(look: Look, row: Row, other: Row) -> bool:
    """Whether the other's verdict may be this claim's: it is seen, of this scale and to be passed on, and a first reading is due here."""
    if unsettled(other["status"], read_twice=look.rules.second_reading):
        return False
    return typed.reading_of(row) == "first" and not row["verdict"] and other["verdict"] in look.rules.scale.labels


def take_over(store: Store, claim_id: str, other: Row) -> None:
    """Put what was found of the same claim elsewhere into the form, and say there where it comes from; a person saves it.

    Where a colleague has touched that claim since it was drawn, as who takes its verdict back does, nothing is taken over.
    """
    if store.claim(other["claim_id"])["revision"] != other["revision"]:
        desk.want("The other claim was changed a moment ago. Look at it again, then take over what still holds.")
        return
    day = f", {day_words(other['verdict_as_of'])}" if other["verdict_as_of"] else ""
    told = f"Checked before as “{other['claim']}” ({other['article_title'] or 'no title'}{day})."
    typed.take_over(
        claim_id, other["claim_id"], other["verdict"], other["confidence"], told, other["rationale"], between=" "
    )
    desk.say("In the form; read it, and save it if it holds here too")


def relink(store: Store, row: Row, kind: type, name: str) -> None:
    """Link a claim to the one with this name, or take the link back, as this person's act."""
    column, _, said = _LINKS[kind]
    names = _own_links(row, kind)
    is_linked = name in names
    kept = [each for each in names if each != name] if is_linked else [*names, name]
    done, now = desk.act(
        lambda: store.edit_claim(row["claim_id"], row["revision"], {column: kept}, actor=desk.person()),
        "Unlinked; Undo links them again" if is_linked else f"{said}; Undo takes it back",
    )
    if done and now:
        desk.moved_on(row["claim_id"], row["revision"], now)
