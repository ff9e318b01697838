"""The history of a claim in sentences: each event as who, when, what, and what was before. Pure functions, no Streamlit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from claims.store import Event
from claims.table import split_values
from workbench.columns import FIRST_READING, day_words, number_words, time_words

#: What is kept back from a second reader who has not read yet.
_JUDGEMENT = FIRST_READING | {
    "as_of", "scale", "dissent", "words", "second_reader", "second_verdict", "second_confidence", "agreement",
}  # fmt: skip

#: What was done, after the name of who did it. A phrase may name columns of the event's subject as it left them.
_PHRASES: dict[str, str] = {
    "article read": "read the article",
    "article edited": "corrected what is known of the article",
    "article read again": "read the article again, and took its new version over",
    "passage found again": "read the article again: its passage stands there with the same words",
    "passage reworded": "read the article again: its passage, or the sentence around it, has other words now",
    "passage gone": "read the article again: its passage is not in it any more",
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
    "archived copy noted": "noted where a copy of the source “{title}” stands",
    "person added": "put {name} on the roster",
    "person edited": "changed what the roster has of {name}",
    "person entered": "signed in for the first time, and is on the roster",
    "address given": "let who signs in as {name} be {value}",
    "setting changed": "changed the desk’s setting “{name}”",
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
    "document kept": "kept a document",
    "document fetched": "fetched a document from the web",
    "document read again": "had the text of a document looked for again",
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

#: The same acts on what they set beside a person.
_SET: dict[str, str] = {"person entered": "signed in with the address {name}"}

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
    "claim": "wording", "quote": "in the article", "kinds": "kinds", "speaker": "said by", "cue": "cue", "attribution": "speech",
    "figure_low": "figure, from", "figure_high": "figure, to", "figure_unit": "unit", "quantifier": "quantifier",
    "date_text": "date as written", "date_first": "first day", "date_last": "last day", "priority": "priority",
    "status": "status", "assignee": "assigned to", "verdict": "verdict", "confidence": "confidence",
    "likelihood": "likelihood", "corrected_value": "what would have been right", "rationale": "why",
    "verdict_as_of": "as of", "scale": "scale", "review_by": "new look by", "repeat_of": "repeats",
    "contradicts": "contradicts", "notice": "correction notice", "location": "address or document", "title": "title",
    "publisher": "publisher", "published": "dated", "quoted": "passage", "stance": "stance", "origin": "origin",
    "snapshot": "document kept (SHA-256)", "role": "role", "active": "active", "value": "value", "reasons": "because",
    "words": "in their words", "question": "the question", "dissent": "dissent", "owner": "who sees to it", "due": "by",
    "tags": "tags", "checker": "marked by", "second_reader": "read second by", "second_verdict": "second verdict",
    "second_confidence": "second confidence", "agreement": "the readers", "decided_by": "decided by",
    "signed_off_by": "signed off by", "dropped_why": "dropped because", "parents": "made out of",
    "reliability": "reliability, A to F", "credibility": "credibility, 1 to 6",
    "archived": "copy in an archive", "url": "address", "byline": "written by", "chair": "in the chair", "day": "day",
}  # fmt: skip

#: What is told of a subject that an event made; the rest of it is in the sentence, or stood there from the first.
_TOLD_WHEN_MADE: dict[str, tuple[str, ...]] = {
    "claim": ("claim", "parents"),
    "source": (
        "location", "publisher", "published", "quoted", "origin", "snapshot", "reliability", "credibility", "archived",
    ),
    "person": ("role",),
    "meeting": ("day", "chair"),
    "mark": ("rationale", "corrected_value"),
    "item": ("reasons",),
    "setting": ("value",),
    "vote": ("confidence", "words"),
}  # fmt: skip

#: What the sentence says where there was nothing before.
_SAID = frozenset({
    "verdict", "confidence", "scale", "checker", "second_reader", "second_verdict", "second_confidence", "agreement",
    "decided_by", "signed_off_by",
})  # fmt: skip

#: Columns that name claims.
_CLAIMS = frozenset({"repeat_of", "contradicts", "parents"})

#: How the record says of a claim what it has become.
_BECAME = re.compile(r"(?P<how>Split|Merged) into (?P<names>.+)\.")

#: How the record says from which claim a verdict was taken over.
_TAKEN = re.compile(r"The verdict was taken over from claim (?P<name>\w+)\.")

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


def named_in(events: Iterable[Event]) -> list[str]:
    """The other claims that these events name, each once: what a claim was split or merged into, made of, repeats."""
    cells = (
        (name, cell)
        for event in events
        for side in (event.old or {}, event.new, {"why": event.why})
        for name, cell in side.items()
        if cell
    )
    return list(dict.fromkeys(claim for name, cell in cells for claim in _claims_in(name, cell)))


def tell(
    event: Event,
    *,
    title: str = "",
    veiled: bool = False,
    wordings: Mapping[str, str] | None = None,
    before: Mapping[str, Any] | None = None,
) -> Told:
    """One event in a sentence, with what it changed.

    >>> from datetime import UTC
    >>> marked = Event(2, "e2", datetime(2024, 3, 4, tzinfo=UTC), "Jana", "claim marked", "claim", "c1", "b2", None,
    ...     {"status": "new", "verdict": None, "confidence": "low"},
    ...     {"status": "marked", "verdict": "Refuted", "confidence": "high"}, "", "", "")
    >>> tell(marked).sentence
    'Jana marked it Refuted, high confidence.'
    >>> [(each.what, each.old, each.new) for each in tell(marked).details]
    [('status', 'new', 'marked'), ('confidence', 'low', 'high')]

    ``title`` names a source that the event itself does not name, ``wordings`` claims by their IDs:

    >>> split = replace(marked, act="claim split", old={"dropped_why": None}, new={"dropped_why": "Split into c2, c3."})
    >>> [(each.what, each.new) for each in tell(split, wordings={"c2": "Two vans left.", "c3": "Korda ran."}).details]
    [('split into', '“Two vans left.” and “Korda ran.”')]

    An event carries only what it changed; ``before`` is how its subject stood, from which the sentence takes the rest:

    >>> again = replace(marked, new={"verdict": "Supported"}, old={"verdict": "Refuted"})
    >>> tell(again, before={"verdict": "Refuted", "confidence": "high"}).sentence
    'Jana marked it Supported, high confidence.'

    ``veiled`` keeps the judgement back:

    >>> tell(marked, veiled=True)
    Told(who='Jana', when=datetime.datetime(2024, 3, 4, 0, 0, tzinfo=datetime.timezone.utc), sentence='Jana marked it; \
the verdict shows once the second reading is in.', details=(Detail(what='status', old='new', new='marked'),), why='', \
taken_back=False)

    An act that is not known here is named as the record names it:

    >>> tell(replace(marked, act="claim weighed", old={}, new={})).sentence
    'Jana: claim weighed.'
    """
    who = event.actor or "Somebody without a name"
    phrase = _phrase(event, title, before or {}, veiled=veiled)
    sentence = f"{who} {phrase}." if phrase else f"{who}: {event.act}."
    details = _details(event, wordings or {}, veiled=veiled)
    told_once = event.why in {each.new for each in details}  # as a correction notice is
    why = "" if told_once or (veiled and event.act in _VEILED) else _reason(event.why, wordings or {})
    return Told(who, event.at, sentence, details, why)


def _reason(why: str, wordings: Mapping[str, str]) -> str:
    """A reason with the claim that it names in words."""
    named = next(iter(_claims_in("why", why)), "")
    return why.replace(f"claim {named}", f"“{wordings[named]}”") if named in wordings else why


def tell_all(events: Sequence[Event], *, veiled: bool = False, wordings: Mapping[str, str] | None = None) -> list[Told]:
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
    for event, before in zip(events, _stood(events), strict=True):
        if event.subject_kind == "source":
            titles[event.subject_id] = _title(event.new) or titles.get(event.subject_id, "")
        if event.subject_kind == "mark" and event.batch in on_claim:
            if event.new.get("reading") == "second" and not veiled:
                told[-1] = _with_reasons(told[-1], event)
            continue
        if event.act in _UNTOLD:
            continue
        title = titles.get(event.subject_id, "")
        one = tell(event, title=title, veiled=veiled, wordings=wordings, before=before)
        if event.act in _UNDOING:
            done = acts.get(event.undoes or "", "")
            verb = _UNDOING[event.act].removesuffix(" an act")
            one = replace(one, sentence=f"{one.who} {verb}: {done}." if done else one.sentence)
            acts.setdefault(event.batch, done)
        else:
            acts.setdefault(event.batch, _phrase(event, title, before, veiled=veiled) or event.act)
        told.append(replace(one, taken_back=event.batch in gone))
    return told


def _stood(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """How the subject of each event stood before it, as the events before add up."""
    standing: dict[tuple[str, str], dict[str, Any]] = {}
    for event in events:
        stood = standing.get((event.subject_kind, event.subject_id), {})
        yield stood
        standing[event.subject_kind, event.subject_id] = stood | event.new


def _taken_back(events: Iterable[Event]) -> set[str]:
    """The acts that no longer stand: from the newest back, an act that stands takes the one away that it undoes."""
    gone: set[str] = set()
    for event in sorted(events, key=lambda event: -event.seq):
        if event.undoes and event.batch not in gone:
            gone.add(event.undoes)
    return gone


def _phrase(event: Event, title: str, before: Mapping[str, Any], *, veiled: bool) -> str:
    if event.act in _UNDOING:
        return _UNDOING[event.act]
    row = {**before, **(event.old or {}), **event.new}
    kept_back = event.subject_kind == "vote" and "verdict" not in row  # the vote is not closed yet
    if (veiled or kept_back) and event.act in _VEILED:
        return _VEILED[event.act]
    phrase = _MADE.get(event.act, "") if event.old is None else ""
    phrase = phrase or (_SET.get(event.act, "") if event.subject_kind == "setting" else "")
    phrase = phrase or _PHRASES.get(event.act, "")
    new = {name: _value(name, value) for name, value in row.items() if value is not None}
    new |= {"name": event.subject_id.removeprefix("address:")} if event.subject_kind in {"person", "setting"} else {}
    new |= {"title": _title(event.new) or title or "without a title"}
    new["stance"] = _POINTS.get(str(event.new.get("stance")), "points neither way")
    new["agreement"] = _AGREED.get(str(row.get("agreement")), "are both in")
    return _Filled(new).fill(phrase)


class _Filled(dict[str, str]):
    """Values for a phrase; what the event did not change, where nobody says how it stood, is as it was and named so."""

    def fill(self, phrase: str) -> str:
        return phrase.format_map(self)

    def __missing__(self, name: str) -> str:
        # The phrases themselves have the word "confidence" behind its value.
        own = "" if name.endswith("confidence") else name.removeprefix("second_").replace("_", " ")
        return f"the same {own}".rstrip()


def _details(event: Event, wordings: Mapping[str, str], *, veiled: bool) -> tuple[Detail, ...]:
    old = event.old or {}
    shown = list(event.new) if event.old is not None else list(_TOLD_WHEN_MADE.get(event.subject_kind, ()))
    names = [name for name in _WORDS if name in shown and not (veiled and name in _JUDGEMENT)]
    names = [name for name in names if event.subject_kind != "item" or name in _OF_ITEM]
    said = _SAID - {"confidence"} if event.subject_kind == "vote" else _SAID
    details = []
    for name in names:
        was, now = old.get(name), event.new.get(name)
        if (name == "dropped_why" and now and now == event.why) or (name in said and not was):
            continue  # told as the reason, or in the sentence
        one = Detail(_label(name, was, now), _value(name, was, wordings), _value(name, now, wordings))
        details += [one] if one.old != one.new else []
    return tuple(details)


def _label(name: str, *cells: Any) -> str:
    """The words for a column; for why a claim was dropped, what it has become where that is the reason."""
    became = [_BECAME.fullmatch(str(cell)) for cell in cells if name == "dropped_why" and cell]
    return f"{became[0]['how'].lower()} into" if became and became[0] else _WORDS[name]


def _claims_in(name: str, cell: Any) -> list[str]:
    """The claims that a cell names."""
    if name in _CLAIMS:
        return list(cell) if isinstance(cell, list) else split_values(str(cell))
    became = _BECAME.fullmatch(str(cell)) if name == "dropped_why" else None
    taken = _TAKEN.fullmatch(str(cell)) if name == "why" else None
    return became["names"].split(", ") if became else [taken["name"]] if taken else []


def _with_reasons(told: Told, mark: Event) -> Told:
    """The second reading with its reasons, which only its mark keeps."""
    reasons = _value("rationale", mark.new.get("rationale"))
    return replace(told, details=(*told.details, Detail("why", "", reasons))) if reasons else told


def _title(row: dict[str, Any]) -> str:
    return str(row.get("title") or row.get("location") or "")


def _value(name: str, value: Any, wordings: Mapping[str, str] | None = None) -> str:
    """A value in words; a claim by its wording, where that is known.

    >>> _value("figure_low", 2e6), _value("kinds", "numerical|quote"), _value("published", date(2024, 3, 3))
    ('2,000,000', 'numerical, quote', '3 Mar 2024')
    >>> _value("repeat_of", "c2|c3", {"c2": "Two vans left."})
    '“Two vans left.” and c3'
    """
    if value is None or value == "":
        return ""
    if named := _claims_in(name, value):
        return " and ".join(f"“{wordings[claim]}”" if wordings and claim in wordings else claim for claim in named)
    if isinstance(value, bool | int | float):
        return ("no", "yes")[value] if isinstance(value, bool) else number_words(value)
    if isinstance(value, date):
        return time_words(value) if isinstance(value, datetime) else day_words(value)
    if isinstance(value, list | dict):
        return _list(name, value) if isinstance(value, list) else _entries(value)
    words = ", ".join(split_values(value)) if name in {"kinds", "tags"} else str(value)
    return _AGREED.get(words, words) if name == "agreement" else words


def _entries(value: dict[str, Any]) -> str:
    """A setting that holds several things: a scale by its title, any other by what it says of each.

    >>> _entries({"name": "ours", "title": "Our scale", "verdicts": []}), _entries({"overdue": {"on": False}})
    ('Our scale', 'overdue (on: no)')
    """
    if "title" in value:
        return str(value["title"])
    told = ((name, each, _value(name, each)) for name, each in value.items())
    return ", ".join(
        f"{name} ({words})" if isinstance(each, dict) else f"{name}: {words}" for name, each, words in told
    )


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
