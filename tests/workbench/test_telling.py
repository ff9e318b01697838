"""The history in sentences: every act has its words, and every column that a person may change is told as it was and is."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import claims
from claims import Query, Source, Store
from claims.status import STEPS
from claims.store import Mark
from claims.store.edits import EDITABLE
from workbench.telling import Told, named_in, tell, tell_all

JUDGED = Mark("Supported", "high", rationale="The roll call says so.")

#: Acts that say only how a meeting goes from item to item.
UNTOLD = {"item left", "item moved", "item timed", "vote set aside"}


def acts() -> list[str]:
    """What the engine calls its acts: the first word of each change that it makes, and each step of a status."""
    found = {step.act for step in STEPS}
    for file in Path(claims.__file__).parent.joinpath("store").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "Change",
                "made",
                "_set",
                "_bound",
                "_retired",
            }:
                named = [each.value for each in node.args if isinstance(each, ast.Constant)]
                found |= {value for value in named[:1] if isinstance(value, str) and " " in value}
    return sorted(found | {"person entered"})


def history(store: Store, claim_id: str) -> list[Told]:
    events = store.history(claim_id)
    return tell_all(events, wordings={name: row["claim"] for name, row in store.claims_named(named_in(events)).items()})


def newest(store: Store, claim_id: str) -> dict[str, tuple[str, str]]:
    """What the newest event of a claim changed, as it was and as it is."""
    return {each.what: (each.old, each.new) for each in history(store, claim_id)[-1].details}


def first(store: Store) -> str:
    return str(store.rows(Query(sort="article"))[0]["claim_id"])


@pytest.mark.parametrize("act", [act for act in acts() if act not in UNTOLD])
def test_every_act_has_its_words(filled: Store, act: str) -> None:
    """None is told by its name in the record alone."""
    event = filled.history(first(filled))[0]
    told = tell(replace(event, act=act, old={}, new={}))
    assert not told.sentence.endswith(f": {act}.")


def test_the_acts_are_found() -> None:
    """The list of them is no empty one."""
    assert {"address given", "person entered", "claim split", "source edited", "claim voided", "vote cast"} <= set(
        acts()
    )


EDITS = {
    "assignee": "Jana", "attribution": "indirect", "claim": "Korda fled.", "contradicts": "c9", "cue": "said",
    "date_first": date(2024, 3, 3), "date_last": date(2024, 3, 4), "date_text": "Sunday",
    "figure_high": 70.0, "figure_low": 5.0, "figure_unit": "vans", "kinds": "quote", "priority": "low", "quantifier": "about",
    "repeat_of": "c9", "review_by": date(2024, 4, 1), "speaker": "Ilic", "status": "in progress",
    "tags": "prison|north gate",
}  # fmt: skip


def test_the_edits_are_all_there_are() -> None:
    """What a person may change of a claim is what is tried here."""
    assert EDITS.keys() == EDITABLE


@pytest.mark.parametrize("column", sorted(EDITS))
def test_every_edit_is_told(filled: Store, column: str) -> None:
    """Set and changed back, each column says what was before and what is since."""
    name = first(filled)
    before = filled.claim(name)[column]
    filled.edit_claim(name, 1, {column: EDITS[column]})
    [(old, new)] = newest(filled, name).values()
    assert new
    assert bool(old) == (before not in (None, ""))
    filled.undo("Marusa")
    assert list(newest(filled, name).values()) == [(new, old)]


def test_tags_are_told_as_tags(filled: Store) -> None:
    """By that word, and a comma between them."""
    name = first(filled)
    filled.edit_claim(name, 1, {"tags": "prison|north gate"})
    assert newest(filled, name) == {"tags": ("", "prison, north gate")}


@pytest.mark.parametrize(
    ("column", "was", "now"),
    [
        ("location", "", "https://korda.example/roll"),
        ("title", "Roll call", "The roll call"),
        ("publisher", "", "The prison service"),
        ("published", None, date(2024, 3, 3)),
        ("quoted", "", "249 were absent."),
        ("stance", "context", "refutes"),
        ("origin", "", "wire story"),
        ("reliability", "B", "D"),
        ("credibility", "2", "5"),
        ("archived", "", "https://archive.example/roll"),
    ],
)
def test_every_correction_of_a_source_is_told(filled: Store, column: str, was: object, now: object) -> None:
    """Each field as it was and as it is, the two grades and the copy in an archive too."""
    name = first(filled)
    source = replace(Source(title="Roll call"), **{column: was})
    filled.edit_source(filled.add_source(name, 1, source), 1, replace(source, **{column: now}))
    [(old, new)] = newest(filled, name).values()
    assert new
    assert bool(old) == bool(was)


def test_the_grades_of_a_new_source_are_told(filled: Store) -> None:
    """With the source, not only where they are corrected."""
    name = first(filled)
    filled.add_source(name, 1, Source(title="Roll call", reliability="B", credibility="2"))
    assert {"B", "2"} <= {new for _, new in newest(filled, name).values()}


def test_a_split_names_the_parts_and_each_part_its_whole(filled: Store) -> None:
    """By their wordings, which is what people know them by; the same for a merger."""
    name = first(filled)
    whole, row = filled.article(filled.claim(name)["article_id"]), filled.claim(name)
    [found, *_] = [each for each in claims.find_claims(whole) if each.claim_id == name]
    parts = filled.split_claim(
        name, 1, [replace(found, claim="312 fled."), replace(found, claim="They fled on Saturday.")]
    )
    assert newest(filled, name)["split into"] == ("", "“312 fled.” and “They fled on Saturday.”")
    assert newest(filled, parts[0])["made out of"] == ("", f"“{row['claim']}”")
    merged = filled.merge_claims(parts, [1, 1], replace(found, claim="312 fled on Saturday."))
    assert newest(filled, parts[1])["merged into"] == ("", "“312 fled on Saturday.”")
    assert newest(filled, merged)["made out of"] == ("", "“312 fled.” and “They fled on Saturday.”")


def test_why_a_claim_was_dropped_is_told_once(filled: Store) -> None:
    """As the reason of the act, and when it is taken up again, as what it was dropped for."""
    name = first(filled)
    filled.drop_claim(name, 1, "An opinion.")
    told = history(filled, name)[-1]
    assert told.why == "An opinion."
    assert "An opinion." not in {each.new for each in told.details}
    filled.edit_claim(name, 2, {"status": "new"}, why="It is none.")
    assert newest(filled, name)["dropped because"] == ("An opinion.", "")


def test_what_taking_up_again_clears_is_told(filled: Store) -> None:
    """The second reading that no longer stands is named as it was."""
    name = first(filled)
    filled.mark(name, 1, "Refuted", "high", rationale="The roll call counts 249.", actor="Jana")
    filled.read_second(name, 2, "Supported", "low", rationale="So it was said.", actor="Tom")
    filled.edit_claim(name, 3, {"status": "in progress"}, why="A new count came in.", actor="Jana")
    told = newest(filled, name)
    assert told["second verdict"] == ("Supported", "")
    assert told["read second by"] == ("Tom", "")
    assert told["the readers"] == ("differ", "")


def test_a_judgement_is_told_whole_though_only_a_part_of_it_changed(filled: Store) -> None:
    """A mark given again, a second reading and a decision say the verdict and the confidence that stood then, not that they are the same."""
    name = first(filled)
    filled.mark(name, 1, "Supported", "high", rationale="So it was said.", actor="Jana")
    filled.mark(name, 2, "Refuted", "high", rationale="The roll call counts 249.", actor="Jana")
    filled.undo("Jana")
    filled.mark(name, 4, "Supported", "low", rationale="So it was said.", actor="Jana")
    filled.read_second(name, 5, "Refuted", "low", rationale="I count 249.", actor="Tom")
    filled.decide(name, 6, "Supported", "low", rationale="The roll call was of another day.", actor="Rita")
    assert [told.sentence for told in history(filled, name)][1:] == [
        "Jana marked it Supported, high confidence.",
        "Jana marked it Refuted, high confidence.",
        "Jana took back: marked it Refuted, high confidence.",
        "Jana marked it Supported, low confidence.",
        "Tom read it second as Refuted, low confidence: the readers differ.",
        "Rita decided: Supported, low confidence.",
    ]


def test_what_nobody_says_is_not_said_twice(filled: Store) -> None:
    """An event alone, without those before it, says that the rest stayed, in words that can be read."""
    event = replace(filled.history(first(filled))[0], actor="Rita", old={"verdict": "Supported"})
    marked = replace(event, act="claim marked", new={"verdict": "Refuted"})
    assert tell(marked).sentence == "Rita marked it Refuted, the same confidence."
    assert tell(replace(event, act="claim decided", old={}, new={})).sentence == (
        "Rita decided: the same verdict, the same confidence."
    )


def test_a_vote_whose_words_changed_says_what_is_voted(filled: Store) -> None:
    """Once it is closed; its verdict stands in the event before."""
    event = replace(
        filled.history(first(filled))[0], subject_kind="vote", subject_id="v1", act="vote cast", actor="Ana"
    )
    cast = replace(event, old=None, new={"verdict": "Refuted", "words": "273."})
    again = replace(event, seq=event.seq + 1, batch="b2", old={"words": "273."}, new={"words": "There were 273."})
    assert [told.sentence for told in tell_all([cast, again])] == ["Ana voted Refuted."] * 2
    hidden = [replace(each, old=each.old and {}, new={"voter": "Ana"}) for each in (cast, again)]
    assert [told.sentence for told in tell_all(hidden)] == ["Ana voted."] * 2


def test_who_came_and_who_was_given_an_address_is_told(filled: Store) -> None:
    """The roster's own events read as sentences, with the address and the role."""
    event = filled.history(first(filled))[0]
    came = replace(event, act="person entered", subject_kind="person", subject_id="Jana", actor="Jana", old=None,
                   new={"name": "Jana", "role": "checker", "active": True})  # fmt: skip
    assert tell(came).sentence == "Jana signed in for the first time, and is on the roster."
    assert [(each.what, each.new) for each in tell(came).details] == [("role", "checker")]
    address = {"subject_kind": "setting", "subject_id": "address:jana@korda.example", "old": None}
    bound = replace(came, **address, new={"name": "address:jana@korda.example", "value": "Jana"})
    assert tell(bound).sentence == "Jana signed in with the address jana@korda.example."
    given = replace(bound, act="address given", actor="Ana")
    assert tell(given).sentence == "Ana let who signs in as jana@korda.example be Jana."


def test_where_a_verdict_was_taken_from_is_told_in_words_and_not_to_a_second_reader(filled: Store) -> None:
    """The other claim is open to them, and its verdict would tell this one's."""
    one, other = (row["claim_id"] for row in filled.rows(Query(), limit=2))
    revision = filled.claim(one)["revision"]
    filled.save(one, revision, mark=JUDGED, why=f"The verdict was taken over from claim {other}.", actor="Jana")
    events = filled.history(one)
    wordings = {name: row["claim"] for name, row in filled.claims_named(named_in(events)).items()}
    words = f"The verdict was taken over from “{filled.claim(other)['claim']}”."
    assert [tell_all(events, veiled=veiled, wordings=wordings)[-1].why for veiled in (False, True)] == [words, ""]
