"""Who may write what: the least role that each verb of the record takes. Every write passes here, from whatever face it comes."""

from __future__ import annotations

from dataclasses import dataclass

from claims.store.events import Act
from claims.store.people import check_role


@dataclass(frozen=True, slots=True)
class Verb:
    """What a write takes: the least role, and what it does, in words that a refusal can use."""

    role: str
    deed: str


#: The one table of it. What a verb asks beyond that lies with what it is done to: a status says who may give it
#: (:data:`claims.status.STEPS`), a meeting who chairs it, an entry of the roster which role it is to have.
VERBS: dict[str, Verb] = {
    # Articles and claims
    "add_article": Verb("checker", "add an article"),
    "add_articles": Verb("checker", "add articles"),
    "edit_article": Verb("checker", "correct an article"),
    "reread_article": Verb("checker", "take a new version of an article over"),
    "add_claim": Verb("checker", "add a claim"),
    "edit_claim": Verb("checker", "edit a claim"),
    "split_claim": Verb("checker", "split a claim"),
    "merge_claims": Verb("checker", "merge claims"),
    # Judgement and evidence
    "save": Verb("checker", "mark a claim"),
    "save_many": Verb("checker", "change many claims"),
    "add_source": Verb("checker", "add a source"),
    "edit_source": Verb("checker", "correct a source"),
    "remove_source": Verb("checker", "remove a source"),
    "keep_snapshot": Verb("checker", "keep a document"),
    "reread_snapshot": Verb("checker", "have a document read again"),
    "ask_archived": Verb("checker", "look for archived copies"),
    "hold_archived": Verb("checker", "look for an archived copy"),
    "note_archived": Verb("checker", "note what came of looking for an archived copy"),
    "keep_archived": Verb("checker", "keep the link to an archived copy"),
    # The work after the first mark
    "assign": Verb("checker", "assign a claim"),
    "read_second": Verb("checker", "read second"),
    "decide": Verb("reviewer", "decide a claim"),
    "sign_off": Verb("reviewer", "sign a verdict off"),
    "publish": Verb("editor", "publish a verdict"),
    "reopen": Verb("reviewer", "reopen a claim"),
    "void": Verb("editor", "withdraw a verdict"),
    # People and rules
    "add_person": Verb("checker", "put somebody on the roster"),
    "edit_person": Verb("admin", "change the roster"),
    "give_address": Verb("admin", "say who signs in with an address"),
    "set": Verb("admin", "change the desk's settings"),
    # Review meetings
    "plan_meeting": Verb("checker", "call a meeting"),
    "edit_meeting": Verb("checker", "change a meeting"),
    "put_on_agenda": Verb("checker", "put claims on an agenda"),
    "drop_item": Verb("checker", "take an item off an agenda"),
    "arrange_agenda": Verb("checker", "put an agenda in order"),
    "time_item": Verb("checker", "give an item its minutes"),
    "open_meeting": Verb("checker", "open a meeting"),
    "close_meeting": Verb("checker", "close a meeting"),
    "take_up": Verb("checker", "lead a meeting on"),
    "join_meeting": Verb("checker", "take part in a meeting"),
    "leave_meeting": Verb("checker", "note who left a meeting"),
    "vote": Verb("checker", "vote"),
    "show_votes": Verb("checker", "show the votes"),
    "vote_again": Verb("checker", "ask for another vote"),
    "decide_item": Verb("checker", "keep what a meeting decided"),
    "want_evidence": Verb("checker", "ask for more evidence"),
    # What people keep for themselves
    "save_view": Verb("checker", "save a view"),
    "rename_view": Verb("checker", "rename a view"),
    "delete_view": Verb("checker", "delete a view"),
    "set_keys": Verb("checker", "change keys"),
    # Taking back
    "undo": Verb("checker", "undo"),
    "redo": Verb("checker", "do again"),
}  # fmt: skip


def check_verb(act: Act, name: str) -> None:
    """Refuse the verb to whom the roster does not let do it: whose role is too low, and who has left."""
    verb = VERBS[name]
    check_role(act, verb.role, verb.deed)
