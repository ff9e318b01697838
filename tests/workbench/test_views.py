"""The screens without a browser: what they show, and what the acts on them write."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from claims import Query, Store, find_claims, read_article
from claims.evidence import Source
from claims.table import plain_rows
from tests.workbench.conftest import STORY, answered
from workbench import download
from workbench.person import default_person


def claims_in(store: Store, **asked: Any) -> list[dict[str, Any]]:
    return plain_rows(store.page(Query(**asked)))


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [error.value for error in app.exception]
    return app


def test_an_empty_desk_says_what_to_do_first(app: AppTest) -> None:
    """Without an article the desk points to the Articles screen."""
    sound(app.run())
    assert app.subheader[0].value == "No article yet"


def test_the_first_claim_is_in_hand(app: AppTest, filled: Store) -> None:
    """The desk opens with the claim most worth checking in hand."""
    sound(app.run())
    assert app.session_state["chosen"] == claims_in(filled)[0]["claim_id"]


def test_marking_writes_the_verdict_and_goes_on(app: AppTest, filled: Store) -> None:
    """A verdict, a confidence and a rationale are saved together, and the next claim is in hand."""
    first, second = claims_in(filled)[:2]
    sound(app.run())
    answered(app, "verdict", "Refuted")
    answered(app, "confidence", "moderate")
    app.text_area(key=f"rationale:{first['claim_id']}").input("The roll call counts 249.").run()
    app.text_input(key=f"corrected_value:{first['claim_id']}").input("249").run()
    sound(app.button(key="save").click().run())
    saved = filled.claim(first["claim_id"])
    assert (saved["verdict"], saved["confidence"], saved["corrected_value"]) == ("Refuted", "moderate", "249")
    assert saved["rationale"] == "The roll call counts 249."
    assert saved["status"] == "marked"
    assert app.session_state["chosen"] == second["claim_id"]


def test_a_verdict_without_confidence_is_not_saved(app: AppTest, filled: Store) -> None:
    """The form says what is missing, and what was chosen stays."""
    first = claims_in(filled)[0]
    sound(app.run())
    answered(app, "verdict", "Supported")
    sound(app.button(key="save").click().run())
    assert app.warning[0].value.startswith("Choose a confidence")
    assert filled.claim(first["claim_id"])["verdict"] is None
    assert app.session_state[f"verdict:{first['claim_id']}"] == "Supported"


def test_what_was_typed_waits_with_its_claim(app: AppTest, filled: Store) -> None:
    """A rationale that was begun is there again when its claim is."""
    first = claims_in(filled)[0]["claim_id"]
    sound(app.run())
    app.text_area(key=f"rationale:{first}").input("Half a thought").run()
    app.button(key="next").click().run()
    sound(app.button(key="previous").click().run())
    assert app.text_area(key=f"rationale:{first}").value == "Half a thought"


def test_a_stale_mark_is_refused_and_kept(app: AppTest, filled: Store) -> None:
    """Where a colleague was faster, the save is refused, both are shown, and saving again is a choice."""
    first = claims_in(filled)[0]
    sound(app.run())
    answered(app, "verdict", "Refuted")
    answered(app, "confidence", "high")
    filled.mark(first["claim_id"], first["revision"], "Supported", "low", actor="Jana")
    sound(app.button(key="save").click().run())
    assert len(app.error) == 1
    assert filled.claim(first["claim_id"])["verdict"] == "Supported"
    assert app.session_state[f"verdict:{first['claim_id']}"] == "Refuted"


def test_a_source_is_kept_and_can_be_taken_off(app: AppTest, filled: Store) -> None:
    """A source typed into the form stands on the claim; taking it off leaves none."""
    first = claims_in(filled)[0]["claim_id"]
    sound(app.run())
    app.button(key="add-source").click().run()
    app.text_input(key=f"source-location:{first}").input("https://korda.example/roll-call").run()
    app.text_input(key=f"source-title:{first}").input("Roll call").run()
    sound(app.button(key="keep-source").click().run())
    (kept,) = filled.sources(first)
    assert kept.source == Source("https://korda.example/roll-call", "Roll call", stance="supports")
    sound(app.button(key=f"remove-{kept.source_id}").click().run())
    assert filled.sources(first) == []


def test_a_source_without_place_or_title_is_refused(app: AppTest, filled: Store) -> None:
    """An empty source is not kept, and the form says what it wants."""
    sound(app.run())
    app.button(key="add-source").click().run()
    sound(app.button(key="keep-source").click().run())
    assert app.warning[0].value == "Give an address, a document or a title."
    assert filled.sources(str(app.session_state["chosen"])) == []


def begin(app: AppTest, task: str) -> AppTest:
    app.run()
    app.session_state["task"] = task
    return sound(app.run())


def test_a_wording_can_be_edited(app: AppTest, filled: Store) -> None:
    """The claim's wording changes; its anchor does not."""
    first = claims_in(filled)[0]
    begin(app, "edit")
    app.text_area(key=f"edit-wording:{first['claim_id']}").input("312 inmates got out.").run()
    sound(app.button(key="task-do").click().run())
    edited = filled.claim(first["claim_id"])
    assert (edited["claim"], edited["quote"]) == ("312 inmates got out.", first["quote"])


def test_a_claim_is_split_line_by_line(app: AppTest, filled: Store) -> None:
    """Each line becomes a claim, anchored to its own words where the passage holds them; the old one is dropped."""
    first = claims_in(filled)[0]
    begin(app, "split")
    words = first["quote"].split()
    half = " ".join(words[:3])
    app.text_area(key=f"split-parts:{first['claim_id']}").input(f"{half}\nIt happened on Saturday.").run()
    sound(app.button(key="task-do").click().run())
    assert filled.claim(first["claim_id"])["status"] == "dropped"
    parts = [row for row in claims_in(filled) if row["claim"] in (half, "It happened on Saturday.")]
    assert {row["claim"]: row["quote"] for row in parts} == {half: half, "It happened on Saturday.": first["quote"]}


def test_two_claims_are_merged(app: AppTest, filled: Store) -> None:
    """One claim stands for both, with the sources of both; both are dropped."""
    first = claims_in(filled)[0]
    filled.add_source(first["claim_id"], first["revision"], Source("https://example.org/a", stance="supports"))
    before = filled.count(Query())
    begin(app, "merge")
    sound(app.button(key="task-do").click().run())
    merged = filled.claim(str(app.session_state["chosen"]))
    assert filled.count(Query()) == before - 1
    assert merged["origin"] == "merged"
    assert merged["n_sources"] == 1


def test_dropping_wants_a_reason(app: AppTest, filled: Store) -> None:
    """Without a reason nothing is dropped; with one the claim leaves the queue and can be taken up again."""
    first = claims_in(filled)[0]["claim_id"]
    begin(app, "drop")
    sound(app.button(key="task-do").click().run())
    assert app.error
    assert filled.claim(first)["status"] == "new"
    app.text_input(key=f"drop-why:{first}").input("An opinion").run()
    sound(app.button(key="task-do").click().run())
    assert (filled.claim(first)["status"], filled.claim(first)["dropped_why"]) == ("dropped", "An opinion")


def test_a_typed_passage_becomes_a_claim(app: AppTest, filled: Store) -> None:
    """Words copied from the article make a claim of their own; words that are not there are refused."""
    begin(app, "add")
    article_id = claims_in(filled)[0]["article_id"]
    app.text_area(key=f"add-passage:{article_id}").input("inmates fled to sea").run()
    sound(app.button(key="task-do").click().run())
    assert "does not hold this passage" in app.error[0].value
    app.text_area(key=f"add-passage:{article_id}").input("the guards went on strike").run()
    sound(app.button(key="task-do").click().run())
    assert filled.claim(str(app.session_state["chosen"]))["quote"] == "the guards went on strike"


def test_what_was_typed_for_a_claim_stays_where_the_article_was_read_again(app: AppTest, filled: Store) -> None:
    """The form says so and keeps its words; done again, the claim stands where its passage does now."""
    begin(app, "add")
    article_id = claims_in(filled)[0]["article_id"]
    passage, wording = f"add-passage:{article_id}", f"add-wording:{article_id}"
    app.text_area(key=passage).input("the guards went on strike").run()
    app.text_input(key=wording).input("The guards of Korda struck.").run()
    edited = read_article(STORY.replace("On Wednesday the", "On Wednesday, at dawn, the"), published="2024-03-03")
    filled.reread_article(filled.compare_article(article_id, edited, find_claims(edited)), actor="Jana")
    before = filled.latest_event_seq()
    sound(app.button(key="task-do").click().run())
    assert "somebody read it again" in app.error[0].value
    assert "then do it again" in app.error[0].value
    assert filled.latest_event_seq() == before
    assert (app.text_area(key=passage).value, app.text_input(key=wording).value) == (
        "the guards went on strike",
        "The guards of Korda struck.",
    )
    sound(app.button(key="task-do").click().run())
    added = filled.claim(str(app.session_state["chosen"]))
    assert edited.text[added["start"] : added["end"]] == added["quote"] == "the guards went on strike"
    assert added["claim"] == "The guards of Korda struck."


def test_undo_takes_the_last_act_back(app: AppTest, filled: Store) -> None:
    """Undo brings the claim back as it was, and in hand."""
    first = claims_in(filled)[0]["claim_id"]
    sound(app.run())
    answered(app, "verdict", "Supported")
    answered(app, "confidence", "low")
    app.button(key="save").click().run()
    assert filled.claim(first)["verdict"] == "Supported"
    sound(app.button(key="undo").click().run())
    assert filled.claim(first)["verdict"] is None
    assert app.session_state["chosen"] == first


def test_undo_with_nothing_to_take_back_says_so(app: AppTest, filled: Store) -> None:
    """A person who has done nothing is told so."""
    sound(app.run())
    sound(app.button(key="undo").click().run())
    assert app.error
    assert filled.claim(str(app.session_state["chosen"]))["revision"] == 1


def test_a_filter_that_nothing_matches_says_so(app: AppTest, filled: Store) -> None:
    """The desk says how to see claims again."""
    sound(app.run())
    app.text_input(key="find").input("no such words").run()
    assert filled.count(Query(text="no such words")) == 0
    assert "Loosen the filters" in app.info[0].value


def test_a_pasted_article_waits_to_be_confirmed(app: AppTest, store: Store) -> None:
    """What was read is shown with its title; without a day the claims are not yet looked for."""
    app.run()
    app.switch_page("views/articles.py").run()
    app.text_area(key="pasted").input("Strike at Korda\n\nForty guards walked out on Monday. They came back.").run()
    sound(app.button(key="read-text").click().run())
    (split,) = [button for button in app.button if str(button.key).startswith("split-")]
    assert split.disabled
    assert [field.value for field in app.text_input if str(field.key).startswith("title-")] == ["Strike at Korda"]
    assert app.text_area(key="pasted").value == ""
    assert store.articles().empty


def test_a_confirmed_article_is_split_into_the_store(app: AppTest, store: Store) -> None:
    """With the day left open on purpose the article is kept, and its relative dates stay unresolved."""
    app.run()
    app.switch_page("views/articles.py").run()
    app.text_area(key="pasted").input("Strike at Korda\n\nForty guards walked out on Monday. They came back.").run()
    app.button(key="read-text").click().run()
    next(box for box in app.checkbox if str(box.key).startswith("unknown-")).check().run()
    next(button for button in app.button if str(button.key).startswith("split-")).click().run()
    rows = claims_in(store, sort="article")
    assert rows[0]["figure_low"] == 40
    assert rows[0]["published"] is None
    assert all(row["date_first"] is None for row in rows)


def test_an_empty_paste_is_refused_in_words(app: AppTest, store: Store) -> None:
    """The refusal says what is wrong and what to do."""
    app.run()
    app.switch_page("views/articles.py").run()
    app.text_area(key="pasted").input("   ").run()
    sound(app.button(key="read-text").click().run())
    assert "empty" in app.error[0].value
    assert app.text_area(key="pasted").value == "   "
    assert store.articles().empty


def test_the_same_article_again_is_offered(app: AppTest, filled: Store) -> None:
    """A text that is here already is not doubled: it can be opened, or kept as a new version."""
    article = filled.article(claims_in(filled)[0]["article_id"])
    app.run()
    app.switch_page("views/articles.py").run()
    app.text_area(key="pasted").input(article.text).run()
    app.button(key="read-text").click().run()
    next(box for box in app.checkbox if str(box.key).startswith("unknown-")).check().run()
    sound(next(button for button in app.button if str(button.key).startswith("split-")).click().run())
    assert len(filled.articles()) == 1
    sound(next(button for button in app.button if str(button.key).startswith("again-")).click().run())
    assert sorted(filled.articles()["version"]) == [1, 2]


def test_an_upload_that_cannot_be_read_costs_only_itself(app: AppTest, store: Store) -> None:
    """Of two files the good one is read; the binary one is refused by name."""
    app.run()
    app.switch_page("views/articles.py").run()
    good = ("story.txt", b"Forty guards walked out on Monday.\n\nThey came back on Friday.", "text/plain")
    bad = ("photo.txt", bytes(range(256)) * 8, "text/plain")
    app.file_uploader(key="files").set_value([good, bad]).run()
    sound(app.button(key="read-files").click().run())
    assert len(app.error) == 1
    assert "photo" in app.error[0].value
    assert len(app.session_state["waiting"]) == 1
    assert store.articles().empty


def test_the_export_says_when_nothing_is_marked(app: AppTest, filled: Store) -> None:
    """With no marked claim there is no file, but a way on."""
    app.run()
    sound(app.switch_page("views/export.py").run())
    assert "No claim matches yet" in app.info[0].value
    assert filled.count(Query(marked=True)) == 0


def test_the_export_offers_the_marked_claims(app: AppTest, filled: Store) -> None:
    """Marked claims can be downloaded, by a link that changes when it was followed or other claims are chosen, and then only."""
    first = claims_in(filled)[0]
    filled.mark(first["claim_id"], first["revision"], "Refuted", "high")
    app.run()

    def link() -> str:
        [button] = app.get("link_button")
        return str(button.proto.url)

    sound(app.switch_page("views/export.py").run())
    before = link()
    sound(app.run())
    assert link() == before
    assert download.holds(before)
    assert "Download 1 claim" in app.get("link_button")[0].proto.label
    app.segmented_control(key="part").set_value("All claims").run()
    assert link() != before


def test_several_articles_are_split_at_once(app: AppTest, store: Store) -> None:
    """Two articles read from the paste box are split together once their days are given or left open."""
    app.run()
    app.switch_page("views/articles.py").run()
    for text in ("Forty guards walked out on Monday. They came back.", "Two vans waited at the gate. Nobody saw them."):
        app.text_area(key="pasted").input(text).run()
        app.button(key="read-text").click().run()
    for box in list(app.checkbox):
        app.checkbox(key=box.key).check()
    app.run()
    sound(app.button(key="split-all").click().run())
    assert len(store.articles()) == 2
    assert app.session_state["waiting"] == {}


def test_ones_own_edit_does_not_make_ones_own_mark_stale(app: AppTest, filled: Store) -> None:
    """After editing the wording the same person can mark at once."""
    first = claims_in(filled)[0]["claim_id"]
    begin(app, "edit")
    app.text_area(key=f"edit-wording:{first}").input("312 inmates got out.").run()
    app.button(key="task-do").click().run()
    answered(app, "verdict", "Supported")
    answered(app, "confidence", "low")
    sound(app.button(key="save").click().run())
    assert filled.claim(first)["verdict"] == "Supported"


def test_an_edit_of_what_a_colleague_has_changed_since_is_refused(app: AppTest, filled: Store) -> None:
    """The edit rests on the wording it began from; a colleague's is not overwritten unseen."""
    first = claims_in(filled)[0]
    begin(app, "edit")
    filled.edit_claim(first["claim_id"], first["revision"], {"claim": "Jana's words."}, actor="Jana")
    app.text_area(key=f"edit-wording:{first['claim_id']}").input("My words.").run()
    sound(app.button(key="task-do").click().run())
    assert app.error
    assert filled.claim(first["claim_id"])["claim"] == "Jana's words."
    assert app.text_area(key=f"edit-wording:{first['claim_id']}").value == "My words."


def test_a_refused_mark_stays_beside_its_claim(app: AppTest, filled: Store) -> None:
    """A claim that a colleague's mark takes out of the filter stays in hand with what was typed for it."""
    first = claims_in(filled)[0]
    sound(app.run())
    app.text_area(key=f"rationale:{first['claim_id']}").input("My reasons.").run()
    answered(app, "verdict", "Refuted")
    answered(app, "confidence", "high")
    filled.mark(first["claim_id"], first["revision"], "Supported", "low", actor="Jana")
    sound(app.button(key="save").click().run())
    assert app.session_state["chosen"] == first["claim_id"]
    assert app.text_area(key=f"rationale:{first['claim_id']}").value == "My reasons."
    sound(app.button(key="save-mine").click().run())
    assert filled.claim(first["claim_id"])["verdict"] == "Refuted"


def test_a_form_nobody_typed_in_follows_the_record(app: AppTest, filled: Store) -> None:
    """What a colleague marks meanwhile shows in a form that is only looked at, where nobody reads second."""
    first = claims_in(filled)[0]
    filled.set("second_reading", 0, value=False)
    sound(app.run())
    filled.mark(first["claim_id"], first["revision"], "Supported", "low", rationale="Seen.", actor="Jana")
    sound(app.run())
    assert app.text_area(key=f"rationale:{first['claim_id']}").value == "Seen."


def test_a_typed_source_is_saved_with_the_mark(app: AppTest, filled: Store) -> None:
    """A source that was typed and not yet kept is kept by Save, in the same act."""
    first = claims_in(filled)[0]["claim_id"]
    sound(app.run())
    app.button(key="add-source").click().run()
    app.text_input(key=f"source-title:{first}").input("Roll call").run()
    answered(app, "verdict", "Supported")
    answered(app, "confidence", "low")
    sound(app.button(key="save").click().run())
    assert [kept.source.title for kept in filled.sources(first)] == ["Roll call"]
    sound(app.button(key="undo").click().run())
    assert (filled.sources(first), filled.claim(first)["verdict"]) == ([], None)


def test_the_merged_wording_is_that_of_the_claims_chosen(app: AppTest, filled: Store) -> None:
    """Choosing another claim to merge with changes the wording proposed."""
    first, *rest = claims_in(filled)
    begin(app, "merge")
    for other in rest:
        app.selectbox(key=f"merge-with:{first['claim_id']}").select(other["claim_id"]).run()
        assert (
            other["claim"].rstrip(".")
            in app.text_area(key=f"merge-wording:{first['claim_id']}:{other['claim_id']}").value
        )


def test_a_correction_belongs_to_a_verdict_that_wants_one(app: AppTest, filled: Store) -> None:
    """A corrected value typed for Refuted is not saved with Supported."""
    first = claims_in(filled)[0]["claim_id"]
    sound(app.run())
    answered(app, "verdict", "Refuted")
    app.text_input(key=f"corrected_value:{first}").input("249").run()
    answered(app, "verdict", "Supported")
    answered(app, "confidence", "low")
    sound(app.button(key="save").click().run())
    assert filled.claim(first)["corrected_value"] is None


def test_until_somebody_is_chosen_the_computers_user_writes(app: AppTest, filled: Store) -> None:
    """Nobody writes as nobody, and nobody has to say who they are before they can work."""
    sound(app.run())
    answered(app, "verdict", "Supported")
    answered(app, "confidence", "low")
    app.button(key="save").click().run()
    assert claims_in(filled, marked=True)[0]["checker"] == default_person()


def test_only_web_addresses_are_asked_for(app: AppTest, store: Store) -> None:
    """A line of the address field is never taken for a file of the server."""
    app.run()
    app.switch_page("views/articles.py").run()
    app.text_area(key="addresses").input("file:///etc/hostname\nC://boot.ini").run()
    sound(app.button(key="read-pages").click().run())
    assert [error.value.count("is not a web address") for error in app.error] == [1, 1]
    assert app.text_area(key="addresses").value == "file:///etc/hostname\nC://boot.ini"
    assert store.articles().empty


def test_opening_an_article_shows_all_of_it(app: AppTest, filled: Store) -> None:
    """What was filtered on the desk before does not hide the claims of an article that was just split."""
    app.run()
    app.text_input(key="find").input("no such words").run()
    app.switch_page("views/articles.py").run()
    app.text_area(key="pasted").input("Two vans waited at the gate. Nobody saw the vans.").run()
    app.button(key="read-text").click().run()
    next(box for box in app.checkbox if str(box.key).startswith("unknown-")).check().run()
    sound(next(button for button in app.button if str(button.key).startswith("split-")).click().run())
    app.switch_page("views/desk.py")
    sound(app.run())
    assert filled.claim(str(app.session_state["chosen"]))["quote"] == "Two vans waited at the gate"
    assert app.text_input(key="find").value == ""


def sit(app: AppTest, name: str) -> AppTest:
    app.session_state["person"] = name
    return sound(app.run())


def test_the_first_to_say_who_they_are_is_admin_and_writes_by_name(app: AppTest, filled: Store) -> None:
    """A name put on the roster sits here at once, and stands beside what is done next."""
    sound(app.run())
    app.text_input(key="who-new").input("Jana Ilic").run()
    sound(app.button(key="who-add").click().run())
    answered(app, "verdict", "Supported")
    answered(app, "confidence", "low")
    sound(app.button(key="save").click().run())
    assert [(person.name, person.role) for person in filled.people()] == [("Jana Ilic", "admin")]
    assert claims_in(filled, marked=True)[0]["checker"] == "Jana Ilic"


def test_nobody_undoes_their_own_name(app: AppTest, filled: Store) -> None:
    """Undo, pressed by who has just put themselves on the roster, leaves them there."""
    sound(app.run())
    app.text_input(key="who-new").input("Jana").run()
    app.button(key="who-add").click().run()
    sound(app.button(key="undo").click().run())
    assert [person.active for person in filled.people()] == [True]


def test_only_an_admin_changes_the_rules(app: AppTest, filled: Store) -> None:
    """A checker is told in a sentence that it takes an admin; nothing is changed."""
    filled.add_person("Jana", actor="Jana")
    filled.add_person("Teo", "checker", actor="Jana")
    sit(app, "Teo")
    sound(app.switch_page("views/settings.py").run())
    sound(app.radio(key="setting-confidence:value").set_value("percent").run())
    assert "takes the role admin" in app.error[0].value
    assert filled.setting("confidence") == "words"
    sit(app, "Jana")
    sound(app.radio(key="setting-confidence:value").set_value("percent").run())
    assert filled.setting("confidence") == "percent"


def test_roles_are_changed_and_leavers_marked(app: AppTest, filled: Store) -> None:
    """An admin gives somebody another role, and notes that they left."""
    filled.add_person("Jana", actor="Jana")
    filled.add_person("Teo", "checker", actor="Jana")
    sit(app, "Jana")
    app.switch_page("views/settings.py").run()
    sound(app.selectbox(key="person-Teo:role").select("reviewer").run())
    sound(app.button(key="left-Teo:2").click().run())
    assert [(person.role, person.active) for person in filled.people()] == [("admin", True), ("reviewer", False)]


def test_the_desk_judges_by_the_scale_that_was_set(app: AppTest, filled: Store) -> None:
    """Labels without a key are buttons too, and a percentage is kept as one; older marks keep their own label."""
    first, second = claims_in(filled)[:2]
    filled.mark(second["claim_id"], second["revision"], "Not enough evidence", "low", actor="Jana")
    filled.set("scale", 0, "snopes")
    filled.set("confidence", 0, "percent")
    filled.set("second_reading", 0, value=False)
    sound(app.run())
    answered(app, "verdict", "Labeled Satire")
    app.number_input(key=f"percent:{first['claim_id']}").set_value(0).run()
    sound(app.button(key="save").click().run())
    saved = filled.claim(first["claim_id"])
    assert (saved["verdict"], saved["confidence"], saved["scale"]) == ("Labeled Satire", "0%", "snopes")
    assert filled.claim(second["claim_id"])["verdict"] == "Not enough evidence"


def test_a_second_reader_sees_nothing_of_the_first_reading(app: AppTest, filled: Store) -> None:
    """Neither form, nor queue, nor history tells a second reader the verdict, until theirs is in."""
    first = claims_in(filled)[0]
    filled.mark(first["claim_id"], first["revision"], "Refuted", "high", rationale="SECRET", actor="Jana")
    app.session_state["chosen"] = first["claim_id"]
    app.session_state["show"] = "All"
    sit(app, "Teo")
    assert app.text_area(key=f"rationale:{first['claim_id']}").value == ""
    assert app.session_state[f"verdict:{first['claim_id']}"] is None
    app.switch_page("views/history.py")
    app.query_params["claim"] = first["claim_id"]
    sound(app.run())
    drawn = " ".join(str(each.proto.body) for each in app.get("html"))
    assert "Jana marked it; the verdict shows once the second reading is in." in drawn
    assert "SECRET" not in drawn
    assert "Refuted" not in drawn


def test_a_claim_is_given_to_somebody(app: AppTest, filled: Store) -> None:
    """Assign to me makes a new claim an assigned one; handing back makes it new again."""
    sound(app.run())
    claim_id = str(app.session_state["chosen"])
    sound(app.button(key="assign-me").click().run())
    given = filled.claim(claim_id)
    assert (given["status"], given["assignee"]) == ("assigned", default_person())
    sound(app.button(key="hand-back").click().run())
    assert filled.claim(claim_id)["status"] == "new"


def test_a_source_carries_its_document(app: AppTest, filled: Store) -> None:
    """An uploaded document is kept byte for byte, names the source that has no other name, and can be taken out."""
    first = claims_in(filled)[0]["claim_id"]
    sound(app.run())
    app.button(key="add-source").click().run()
    page = ("roll call.html", b"<script>alert(1)</script>", "text/html")
    app.file_uploader(key=f"source-document-0:{first}").set_value([page]).run()
    sound(app.button(key="keep-source").click().run())
    (kept,) = filled.sources(first)
    assert kept.source.location == "roll call.html"
    document = filled.snapshot(kept.source.snapshot)
    assert (document.content, document.media_type) == (b"<script>alert(1)</script>", "text/html")
    assert app.get("download_button")


def test_an_article_without_history_says_where_to_find_one(app: AppTest, store: Store) -> None:
    """The history page, opened by itself, points to the desk."""
    app.run()
    sound(app.switch_page("views/history.py").run())
    assert "Choose a claim on the desk" in app.info[0].value
    assert store.articles().empty


def test_a_history_of_no_claim_is_refused_in_words(app: AppTest, filled: Store) -> None:
    """A link to a claim that is not here says so."""
    app.run()
    app.switch_page("views/history.py")
    app.query_params["claim"] = "<b>none</b>"
    sound(app.run())
    assert "There is no claim" in app.error[0].value
    assert filled.count(Query()) > 0
