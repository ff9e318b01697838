"""The history of a claim in sentences: each event as who, when, what, and what was before. Pure functions, no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from claims.store import Event
from claims.table import split_values
from workbench.columns import FIRST_READING, day_words, number_words, time_words

#: What is kept back from a second reader who has not read yet.
_JUDGEMENT = FIRST_READING | {"as_of", "scale", "dissent", "words"}

#: What was done, after the name of who did it. A phrase may name columns of the event as it left them.
_PHRASES: dict[str, str] = {
    "article read": "read the article",
    "article edited": "corrected what is known of the article",
    "claim found": "split the article, and the program found this claim",
    "claim added": "added the claim by hand",
    "claim split": "split the claim",
    "claims merged": "merged claims",
    "claim edited": "edited it",
    "claim marked": "marked it {verdict}, {confidence} confidence",
    "claim assigned": "gave it to {assignee}",
    "claim handed back": "handed it back",
    "claim begun": "began to work on it",
    "claim dropped": "dropped it",
    "claim taken up": "took it up again after it was dropped",
    "claim taken up again": "took it up again",
    "second reading asked for": "asked for a second reading",
    "second reading given": "read it second as {second_verdict}, {second_confidence} confidence: the readers {agreement}",
    "claim decided": "decided: {verdict}, {confidence} confidence",
    "claim signed off": "signed it off",
    "claim published": "published it",
    "claim reopened": "reopened it",
    "claim voided": "voided it, with a correction notice",
    "mark kept": "judged it {verdict}, {confidence} confidence",
    "source added": "added the source “{title}”, which {stance}",
    "source edited": "corrected the source “{title}”",
    "source removed": "took the source “{title}” off",
    "person added": "put {name} on the roster",
    "person edited": "changed the roster",
    "setting changed": "changed a setting of the desk",
    "view saved": "saved a view of the desk",
    "view renamed": "gave a saved view another name",
    "view deleted": "took a saved view off the list",
    "keys changed": "changed their own keys",
    "meeting planned": "planned the meeting “{title}”",
    "meeting edited": "changed a meeting",
    "meeting opened": "opened the meeting",
    "meeting led on": "led the meeting on",
    "meeting joined": "joined the meeting",
    "meeting left": "noted who left the meeting",
    "meeting closed": "closed the meeting",
    "item put on": "put it on the agenda of a meeting",
    "item dropped": "took it off the agenda",
    "item taken up": "took it up in the meeting",
    "item decided": "wrote down what the meeting decided",
    "evidence wanted": "noted that the meeting needs more evidence",
    "vote cast": "voted {verdict}",
    "votes shown": "closed the vote, and it was shown",
    "votes asked again": "asked for another vote",
}  # fmt: skip

#: The same acts on what they made, where that reads otherwise.
_MADE: dict[str, str] = {
    "claim split": "made it, as a part of a claim that was split",
    "claims merged": "made it out of several claims",
}

#: The same acts where the judgement is not told.
_VEILED: dict[str, str] = {
    "vote cast": "voted",
    "claim marked": "marked it; the verdict shows once the second reading is in",
    "mark kept": "judged it; the verdict shows once the second reading is in",
}

#: How a meeting goes from item to item, which tells nothing of the claim.
_UNTOLD = frozenset({"item left", "item moved", "item timed", "vote set aside"})

_POINTS = {"supports": "supports the claim", "refutes": "refutes the claim", "context": "gives context"}
_AGREED = {"agreed": "agree", "disputed": "differ"}

#: Columns by the words that a person has for them; what is not here is told by the sentence or tells nothing.
_WORDS: dict[str, str] = {
    "claim": "wording", "kinds": "kinds", "speaker": "said by", "cue": "cue", "attribution": "speech",
    "figure_low": "figure, from", "figure_high": "figure, to", "figure_unit": "unit", "quantifier": "quantifier",
    "date_text": "date as written", "date_first": "first day", "date_last": "last day", "priority": "priority",
    "status": "status", "assignee": "assigned to", "verdict": "verdict", "confidence": "confidence",
    "likelihood": "likelihood", "corrected_value": "what would have been right", "rationale": "why",
    "verdict_as_of": "as of", "scale": "scale", "review_by": "new look by", "repeat_of": "repeats",
    "contradicts": "contradicts", "notice": "correction notice", "location": "address or document", "title": "title",
    "publisher": "publisher", "published": "dated", "quoted": "passage", "stance": "stance", "origin": "origin",
    "snapshot": "document kept (SHA-256)", "role": "role", "active": "active", "value": "value", "reasons": "because",
    "words": "in their words", "question": "the question", "dissent": "dissent", "owner": "who sees to it", "due": "by",
}  # fmt: skip

#: What is told of a subject that an event made; the rest of it is in the sentence, or stood there from the first.
_TOLD_WHEN_MADE: dict[str, tuple[str, ...]] = {
    "claim": ("claim",),
    "source": ("location", "publisher", "published", "quoted", "origin", "snapshot"),
    "mark": ("rationale", "corrected_value"),
    "item": ("reasons",),
    "vote": ("confidence", "words"),
}

#: What the sentence says where there was nothing before.
_SAID = frozenset({"verdict", "confidence", "scale"})

#: What the claim's own event tells beside the item's.
_OF_ITEM = frozenset({"reasons", "question", "dissent", "owner", "due"})

_UNDOING = {"undone": "took back an act", "redone": "did again an act"}


@dataclass(frozen=True, slots=True)
class Detail:
    """One column as it was and as it is since, in words; empty where there was nothing."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a person reads it; ``taken_back`` says that an undo took it back and no redo did it again."""

    who: str
    when: datetime
    sentence: str
    details: tuple[Detail, ...] = ()
    why: str = ""
    taken_back: bool = False


def tell(event: Event, *, title: str = "", veiled: bool = False) -> Told:
    """One event in a sentence, with what it changed.

    >>> from datetime import UTC
    >>> marked = Event(2, "e2", datetime(2024, 3, 4, tzinfo=UTC), "Jana", "claim marked", "claim", "c1", "b2", None,
    ...     {"status": "new", "verdict": None, "confidence": "low"},
    ...     {"status": "marked", "verdict": "Refuted", "confidence": "high"}, "", "", "")
    >>> tell(marked).sentence
    'Jana marked it Refuted, high confidence.'
    >>> [(each.what, each.old, each.new) for each in tell(marked).details]
    [('status', 'new', 'marked'), ('confidence', 'low', 'high')]

    ``title`` names a source that the event itself does not name; ``veiled`` keeps the judgement back:

    >>> tell(marked, veiled=True)
    Told(who='Jana', when=datetime.datetime(2024, 3, 4, 0, 0, tzinfo=datetime.timezone.utc), sentence='Jana marked it; \
the verdict shows once the second reading is in.', details=(Detail(what='status', old='new', new='marked'),), why='', \
taken_back=False)

    An act that is not known here is named as the record names it:

    >>> tell(replace(marked, act="claim weighed", old={}, new={})).sentence
    'Jana: claim weighed.'
    """
    who = event.actor or "Somebody without a name"
    phrase = _phrase(event, title, veiled=veiled)
    sentence = f"{who} {phrase}." if phrase else f"{who}: {event.act}."
    details = _details(event, veiled=veiled)
    why = "" if event.why in {each.new for each in details} else event.why  # a correction notice is told once
    return Told(who, event.at, sentence, details, why)


def tell_all(events: Sequence[Event], *, veiled: bool = False) -> list[Told]:
    """A claim's events in order, each told once: a mark that is kept beside the claim is told with the claim.

    >>> from datetime import UTC
    >>> def at(seq, act, batch, undoes=None, old=None, new=None):
    ...     when = datetime(2024, 3, 4, seq, tzinfo=UTC)
    ...     return Event(seq, f"e{seq}", when, "Jana", act, "claim", "c1", batch, undoes, old, new or {}, "", "", "")
    >>> dropped = at(1, "claim dropped", "b1", None, {"status": "new"}, {"status": "dropped"})
    >>> undone = at(2, "undone", "b2", "b1", {"status": "dropped"}, {"status": "new"})
    >>> for each in tell_all([dropped, undone]):
    ...     print(each.sentence, each.taken_back)
    Jana dropped it. True
    Jana took back: dropped it. False
    """
    gone = _taken_back(events)
    on_claim = {event.batch for event in events if event.subject_kind == "claim"}
    titles: dict[str, str] = {}
    acts: dict[str, str] = {}
    told: list[Told] = []
    for event in events:
        if event.subject_kind == "source":
            titles[event.subject_id] = _title(event.new) or titles.get(event.subject_id, "")
        if event.subject_kind == "mark" and event.batch in on_claim:
            if event.new.get("reading") == "second" and not veiled:
                told[-1] = _with_reasons(told[-1], event)
            continue
        if event.act in _UNTOLD:
            continue
        title = titles.get(event.subject_id, "")
        one = tell(event, title=title, veiled=veiled)
        if event.act in _UNDOING:
            done = acts.get(event.undoes or "", "")
            verb = _UNDOING[event.act].removesuffix(" an act")
            one = replace(one, sentence=f"{one.who} {verb}: {done}." if done else one.sentence)
            acts.setdefault(event.batch, done)
        else:
            acts.setdefault(event.batch, _phrase(event, title, veiled=veiled) or event.act)
        told.append(replace(one, taken_back=event.batch in gone))
    return told


def _taken_back(events: Iterable[Event]) -> set[str]:
    """The acts that no longer stand: from the newest back, an act that stands takes the one away that it undoes."""
    gone: set[str] = set()
    for event in sorted(events, key=lambda event: -event.seq):
        if event.undoes and event.batch not in gone:
            gone.add(event.undoes)
    return gone


def _phrase(event: Event, title: str, *, veiled: bool) -> str:
    if event.act in _UNDOING:
        return _UNDOING[event.act]
    kept_back = event.subject_kind == "vote" and "verdict" not in event.new  # the vote is not closed yet
    if (veiled or kept_back) and event.act in _VEILED:
        return _VEILED[event.act]
    phrase = _MADE.get(event.act, "") if event.old is None else ""
    phrase = phrase or _PHRASES.get(event.act, "")
    new = {name: _value(name, value) for name, value in {**(event.old or {}), **event.new}.items()}
    new |= {"title": _title(event.new) or title or "without a title"}
    new["stance"] = _POINTS.get(str(event.new.get("stance")), "points neither way")
    new["agreement"] = _AGREED.get(str(event.new.get("agreement")), "are both in")
    return _Filled(new).fill(phrase)


class _Filled(dict[str, str]):
    """Values for a phrase; what the event did not change is as it was, and is named so."""

    def fill(self, phrase: str) -> str:
        return phrase.format_map(self)

    def __missing__(self, name: str) -> str:
        return f"the same {name.removeprefix('second_').replace('_', ' ')}"


def _details(event: Event, *, veiled: bool) -> tuple[Detail, ...]:
    old = event.old or {}
    shown = list(event.new) if event.old is not None else list(_TOLD_WHEN_MADE.get(event.subject_kind, ()))
    names = [name for name in _WORDS if name in shown and not (veiled and name in _JUDGEMENT)]
    names = [name for name in names if event.subject_kind != "item" or name in _OF_ITEM]
    details = (Detail(_WORDS[name], _value(name, old.get(name)), _value(name, event.new.get(name))) for name in names)
    said = _SAID - {"confidence"} if event.subject_kind == "vote" else _SAID
    return tuple(each for each in details if each.old != each.new and (each.old or each.what not in said))


def _with_reasons(told: Told, mark: Event) -> Told:
    """The second reading with its reasons, which only its mark keeps."""
    reasons = _value("rationale", mark.new.get("rationale"))
    return replace(told, details=(*told.details, Detail("why", "", reasons))) if reasons else told


def _title(row: dict[str, Any]) -> str:
    return str(row.get("title") or row.get("location") or "")


def _value(name: str, value: Any) -> str:
    """A value in words.

    >>> _value("figure_low", 2e6), _value("kinds", "numerical|quote"), _value("published", date(2024, 3, 3))
    ('2,000,000', 'numerical, quote', '3 Mar 2024')
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool | int | float):
        return ("no", "yes")[value] if isinstance(value, bool) else number_words(value)
    if isinstance(value, date):
        return time_words(value) if isinstance(value, datetime) else day_words(value)
    if isinstance(value, list):
        return _list(name, value)
    if name in {"kinds", "repeat_of", "contradicts"}:
        return ", ".join(split_values(str(value)))
    return str(value)


def _list(name: str, value: list[Any]) -> str:
    """What a meeting's item holds several of.

    >>> _list("reasons", ["Ilic and Korda differ.", "It is overdue."])
    'Ilic and Korda differ. It is overdue.'
    >>> _list("dissent", [["Korda", "Refuted", "Only two vans."], ["Jana", "Supported", ""]])
    'Korda (Refuted): Only two vans.; Jana (Supported)'
    """
    if name == "dissent":
        return "; ".join(f"{who} ({verdict}){f': {words}' if words else ''}" for who, verdict, words in value)
    return " ".join(map(str, value))
