"""The record: articles, claims, sources, marks, and the events that made them. Nothing is lost, nobody overwritten."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

import pandas as pd
from platformdirs import user_data_path
from sqlalchemy import Connection

from claims.documents.kinds import media_type_again
from claims.evidence import Passage, Source
from claims.evidence.fetched import Fetched
from claims.matching import Point
from claims.review.agreement import Pair
from claims.review.minutes import Dissent
from claims.store import (
    alike,
    archiving,
    articles,
    bulk,
    counting,
    edits,
    events,
    facets,
    judged,
    marking,
    meetings,
    news,
    people,
    planning,
    preferences,
    presence,
    proving,
    quoting,
    reading,
    repeating,
    rereading,
    sharing,
    shelving,
    signing,
    snapshots,
    sourcing,
    tables,
    texts,
    undoing,
    voting,
    workflow,
)
from claims.store.alike import Elsewhere
from claims.store.archiving import ArchiveTry
from claims.store.articles import Entry
from claims.store.bulk import Edit
from claims.store.counting import ArticleProgress, Disputed, First, Overdue, Progress, VerdictCount, Work
from claims.store.database import Database
from claims.store.events import Act, Event, new_id
from claims.store.judged import Judged, Standing
from claims.store.listening import Listening
from claims.store.marking import Mark
from claims.store.meetings import Item, Meeting, Wanted
from claims.store.news import News
from claims.store.people import Person, Rules
from claims.store.planning import LeftAlone, Plan, Wish
from claims.store.preferences import OwnKeys, SavedView
from claims.store.proving import BrokenLink, Chain, Difference
from claims.store.query import SORTS, Query
from claims.store.readings import Reading
from claims.store.rereading import Reread
from claims.store.shelving import Shelved
from claims.store.snapshots import Snapshot
from claims.store.sourcing import StoredSource
from claims.store.verbs import check_verb
from claims.store.voting import Ballot, Vote
from claims.table import frame_of
from claims.verdict import Requirement, Scale

if TYPE_CHECKING:
    from claims.article import Article
    from claims.claim import Claim

P = ParamSpec("P")
T = TypeVar("T")

__all__ = [
    "SORTS", "ArchiveTry", "Ballot", "BrokenLink", "Chain", "Difference", "Dissent", "Edit", "Elsewhere", "Entry", "Event", "Item", "LeftAlone", "Listening", "Mark", "Meeting", "News", "OwnKeys",
    "Person", "Plan", "Query", "Reading", "Reread", "Rules", "SavedView", "Snapshot", "Store", "StoredSource", "Vote", "Wanted", "Wish", "default_path",
]  # fmt: skip


def default_path() -> Path:
    """Where a user's record is kept unless they say otherwise.

    >>> default_path().name
    'desk.sqlite'
    """
    return user_data_path("claims-workbench", appauthor=False) / "desk.sqlite"


class Store:
    """A desk's record in one database: a file of SQLite, ``":memory:"``, or ``postgresql://user@host/name``.

    >>> with Store(":memory:", actor="Marusa") as store:
    ...     store.count(Query())
    0

    ``actor`` is who writes, unless a write names another. Every write names the revision that the person saw and raises
    :class:`~claims.errors.StaleWrite` where somebody was faster; it is one transaction, kept whole or not at all, and an
    act that :meth:`undo` takes back whole. Any thread may use one store. All errors are StoreErrors or BadScale.
    """

    def __init__(self, where: str | Path, *, actor: str = "") -> None:
        self.actor = actor
        self._database = Database(where)
        self.place = self._database.place
        self.file = self._database.file
        self.tells = self._database.tells

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    # Articles

    def add_article(
        self, article: Article, claims: Iterable[Claim], *, actor: str | None = None, new_version: bool = False
    ) -> str:
        """Keep an article and its claims; returns its article_id. The same text again raises ArticleExists.

        With ``new_version`` it is kept once more, under a name of its own. Another text at a known address is the next
        version of that story.
        """
        entry = Entry(article, list(claims))
        with self._act("add_article", actor) as act:
            return articles.add(act, [entry], new_version=new_version)[0]

    def add_articles(
        self, entries: Iterable[Entry | tuple[Article, Iterable[Claim]]], *, actor: str | None = None
    ) -> list[str]:
        """Keep many articles with their claims, read as they come; returns the names of those that are new.

        An :class:`Entry` brings first marks and sources of its claims too. Texts that stand there already are passed
        over. Articles with about :data:`~claims.store.articles.TOGETHER` claims together are one act.
        """
        names: list[str] = []
        coming = (each if isinstance(each, Entry) else Entry(each[0], list(each[1])) for each in entries)
        for held in articles.chunks(coming):
            with _unswept(), self._act("add_articles", actor) as act:
                names += articles.add(act, held, strict=False)
        return names

    def edit_article(
        self, article_id: str, revision: int, changes: Mapping[str, object], *, why: str = "", actor: str | None = None
    ) -> int:
        """Correct title, byline, publisher, published or url; returns the article's new revision.

        ClaimLocked where a claim of it is signed off, published or void, and no ``why`` is given.
        """
        with self._act("edit_article", actor, why) as act:
            return articles.edit(act, article_id, revision, changes)

    def compare_article(self, article_id: str, article: Article, found: Sequence[Claim]) -> Reread:
        """What became of an article's claims in another version of it, of which ``found`` are the engine's; nothing is written."""
        return self._read(rereading.compare, article_id, article, found)

    def reread_article(self, read: Reread, *, why: str = "", actor: str | None = None) -> int:
        """Take over the version that :meth:`compare_article` compared; returns the article's new revision.

        Its text is kept beside the earlier ones, every claim stands where its passage does now, new claims are added, none is
        deleted, and a judged claim whose passage is reworded or gone goes back to "in progress". ``why`` is needed as for
        :meth:`edit_article`. StaleWrite where the article or one of its claims was changed since.
        """
        with self._act("reread_article", actor, why) as act:
            return rereading.reread(act, read)

    # Claims

    def add_claim(self, claim: Claim, text: str | None = None, *, actor: str | None = None) -> str:
        """A claim that a person found; returns its claim_id.

        ``text`` is the SHA-256 of the article's text that they saw, :attr:`Article.sha256`. StaleWrite where a version with
        another was taken over since, and in any case where the claim's passage does not stand in its place.
        """
        with self._act("add_claim", actor) as act:
            return edits.add(act, claim, text)

    def edit_claim(
        self, claim_id: str, revision: int, changes: Mapping[str, object], *, why: str = "", actor: str | None = None
    ) -> int:
        """Change columns of :data:`claims.store.edits.EDITABLE`; returns the claim's new revision.

        A status moves along :data:`claims.status.STEPS`, which say what needs ``why``. A claim that is signed off,
        published or void is locked: with ``why`` the change reopens it, without it raises ClaimLocked.
        """
        with self._act("edit_claim", actor, why) as act:
            return edits.edit(act, claim_id, revision, changes)

    def split_claim(
        self, claim_id: str, revision: int, parts: Sequence[Claim], *, why: str = "", actor: str | None = None
    ) -> list[str]:
        """Put two claims or more in the place of one; returns their names."""
        with self._act("split_claim", actor, why) as act:
            return edits.split(act, claim_id, revision, parts)

    def merge_claims(
        self,
        claim_ids: Sequence[str],
        revisions: Sequence[int],
        merged: Claim,
        *,
        why: str = "",
        actor: str | None = None,
    ) -> str:
        """Put one claim in the place of several, with copies of their sources; returns its name."""
        with self._act("merge_claims", actor, why) as act:
            return edits.merge(act, claim_ids, revisions, merged)

    def drop_claim(self, claim_id: str, revision: int, why: str, *, actor: str | None = None) -> int:
        """Take a claim out of the work, with the reason why; returns its new revision."""
        return self.edit_claim(claim_id, revision, {"status": "dropped"}, why=why, actor=actor)

    # Judgement and evidence

    def mark(
        self,
        claim_id: str,
        revision: int,
        verdict: str,
        confidence: str,
        *,
        rationale: str = "",
        likelihood: float | None = None,
        corrected_value: str = "",
        as_of: date | None = None,
        status: str = "marked",
        actor: str | None = None,
    ) -> int:
        """A reader's judgement; returns the claim's new revision. BadScale for a verdict the scale does not hold."""
        given = Mark(verdict, confidence, rationale, likelihood, corrected_value, as_of, status)
        return self.save(claim_id, revision, mark=given, actor=actor)

    def save(
        self,
        claim_id: str,
        revision: int,
        *,
        mark: Mark | Mapping[str, Any] | None = None,
        changes: Mapping[str, object] | None = None,
        sources: Sequence[Source] = (),
        why: str = "",
        actor: str | None = None,
    ) -> int:
        """What a form holds (a mark, changes of the claim, new sources) as one act; returns the claim's new revision."""
        given = mark if mark is None or isinstance(mark, Mark) else Mark(**mark)
        with self._act("save", actor, why) as act:
            return marking.save(act, claim_id, revision, given, changes or {}, sources)

    def save_many(
        self,
        edits: Sequence[Edit],
        *,
        why: str = "",
        actor: str | None = None,
        tell: Callable[[int], None] | None = None,
    ) -> list[int]:
        """Write many claims as one act, all or none; returns the revision of each, in order.

        StaleWrite where any was changed since, with all of those by name. ``tell`` hears how many are written.
        """
        with _unswept(), self._act("save_many", actor, why) as act:
            return bulk.save_many(act, edits, tell)

    def plan(self, among: Query | Iterable[str], wish: Wish) -> Plan:
        """What a wish would do to the query's claims, or to those of these names; :meth:`save_many` takes its edits."""
        return self._read(planning.plan, among, wish)

    def add_source(
        self, claim_id: str, revision: int, source: Source, *, why: str = "", actor: str | None = None
    ) -> str:
        """Put a source on a claim, whose revision stays unless that reopens it; returns the source's name."""
        with self._act("add_source", actor, why) as act:
            return sourcing.add(act, claim_id, revision, source)

    def edit_source(
        self, source_id: str, revision: int, source: Source, *, why: str = "", actor: str | None = None
    ) -> int:
        """Correct a source; returns its new revision."""
        with self._act("edit_source", actor, why) as act:
            return sourcing.edit(act, source_id, revision, source)

    def remove_source(self, source_id: str, revision: int, *, why: str = "", actor: str | None = None) -> int:
        """Take a source off its claim; it stays in the record. Returns its new revision."""
        with self._act("remove_source", actor, why) as act:
            return sourcing.remove(act, source_id, revision)

    def keep_snapshot(
        self, content: bytes, media_type: str, *, fetched: Fetched | None = None, actor: str | None = None
    ) -> str:
        """Keep a document as it is, once; returns its SHA-256, which a source then names. TooLarge above a limit.

        ``fetched`` is how it came from the web, which is told each time. Its text is taken out, before the record is locked,
        and kept with it; where none is found, or only a part of it is kept, that is told, and :meth:`readings` says why. Content
        that is kept, and could not be read, is read as what it is said to be now.
        """
        self._check("keep_snapshot", actor)
        settled = self._read(snapshots.is_settled, content, media_type)
        taken = (None, Reading()) if settled else texts.taken_out(content, media_type)
        with self._act("keep_snapshot", actor) as act:
            return snapshots.keep_document(act, content, media_type, fetched, taken)

    def reread_snapshot(self, sha256: str, *, actor: str | None = None) -> Reading:
        """Look for the text of a document once more, where the last reading was broken off or failed; returns what came of it.

        It is told, whatever came of it, and read as what its bytes show, where they cannot be what it was kept as. A text that
        is kept is never replaced: StoreError, as where nothing of the reading was recorded.
        """
        self._check("reread_snapshot", actor)
        kept = self._read(snapshots.to_read_again, sha256)
        media_type = media_type_again(kept.content, kept.media_type)
        taken = texts.taken_out(kept.content, media_type)
        with self._act("reread_snapshot", actor) as act:
            return snapshots.reread(act, sha256, taken, media_type)

    def ask_archived(self, source_ids: Sequence[str], *, save: bool = False, actor: str | None = None) -> int:
        """Put sources on the list of those whose copy in an archive is looked for; returns how many were not on it.

        Nothing is asked of anybody here: :func:`claims.finders.archiving.work` does. ``save`` allows that a copy be made.
        SourceRefused for one that has its link, was removed, or is no page of the web.
        """
        with self._act("ask_archived", actor) as act:
            return archiving.ask(act, source_ids, save=save)

    def hold_archived(self, seen: ArchiveTry, *, actor: str | None = None) -> bool:
        """Have a source on that list to oneself while one asks; False where somebody else has it, or was there since it was seen."""
        with self._act("hold_archived", actor) as act:
            return archiving.hold(act, seen)

    def note_archived(
        self,
        source_id: str,
        problem: str = "",
        wait: timedelta | None = None,
        *,
        answered: bool = False,
        offered: str = "",
        actor: str | None = None,
    ) -> None:
        """Note what came of looking: a ``problem``, after which it is tried again, or none, and it is off the list.

        ``answered`` says that the service did: often enough without a copy, and the source rests. ``offered`` is a copy that is
        there and that a person has to look at. No event tells of it; :meth:`keep_archived` keeps a link.
        """
        with self._act("note_archived", actor) as act:
            archiving.note(act, source_id, problem, wait, answered=answered, offered=offered)

    def keep_archived(
        self, source_id: str, location: str, address: str, *, why: str = "", actor: str | None = None
    ) -> bool:
        """Give a source that stands at ``location`` the address of its copy in an archive; its claim stays as it is, locked or not.

        False where it has a link by now, was removed, or stands elsewhere: then nothing is written.
        """
        with self._act("keep_archived", actor, why) as act:
            return archiving.keep(act, source_id, location, address)

    def archive_queue(self, claim_id: str | None = None) -> list[ArchiveTry]:
        """The sources, of a claim or of all, that wait for the link to a copy or rest, the next to be tried first."""
        return self._read(archiving.queue, claim_id)

    def without_copy(self) -> list[str]:
        """The names of the sources that are pages of the web and have no link to a copy."""
        return self._read(archiving.without_copy)

    # The work after the first mark

    def assign(self, claim_id: str, revision: int, assignee: str, *, actor: str | None = None) -> int:
        """Give a claim to somebody; to nobody, where ``assignee`` is empty. Returns the claim's new revision."""
        with self._act("assign", actor) as act:
            return workflow.assign(act, claim_id, revision, assignee)

    def read_second(
        self,
        claim_id: str,
        revision: int,
        verdict: str,
        confidence: str,
        *,
        rationale: str = "",
        as_of: date | None = None,
        sources: Sequence[Source] = (),
        actor: str | None = None,
    ) -> int:
        """A second reader's judgement and new sources; the claim is then agreed or disputed. Returns its new revision.

        ``as_of`` is the day whose knowledge it rests on: that of the first reading, where it is None.
        """
        given = Mark(verdict, confidence, rationale, as_of=as_of)
        with self._act("read_second", actor) as act:
            return workflow.read_second(act, claim_id, revision, given, sources)

    def decide(
        self,
        claim_id: str,
        revision: int,
        verdict: str,
        confidence: str,
        *,
        rationale: str,
        corrected_value: str = "",
        as_of: date | None = None,
        changes: Mapping[str, object] | None = None,
        sources: Sequence[Source] = (),
        actor: str | None = None,
    ) -> int:
        """What the desk decided of a claim that was read twice, changes of it and new sources; returns its new revision."""
        given = Mark(verdict, confidence, rationale, None, corrected_value, as_of)
        with self._act("decide", actor) as act:
            return workflow.decide(act, claim_id, revision, given, sources, changes)

    def checklist(self, claim_id: str) -> list[Requirement]:
        """What a sign-off of this claim requires, each item with whether it is met and how to mend it."""
        return self._read(workflow.checklist, claim_id)

    def elsewhere(self, claim_id: str) -> Elsewhere:
        """Which claims of the record cannot hold beside this one, and which say the same; each finding says why."""
        return self._read(alike.elsewhere, claim_id)

    def said_again(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each of these claims that has any: the claims that people linked with it as saying the same, either way."""
        return self._read(repeating.said_again, names)

    def story(self, claim_id: str) -> list[Point]:
        """The figure of this claim as the claims near it tell it, by date."""
        return self._read(alike.story, claim_id)

    def passages(self, claim_id: str) -> dict[Source, Passage | None]:
        """Where the quoted passage of each of the claim's sources stands in the document kept with it.

        Sources without a passage or a document are not in it; None where the document is a picture or a scan, which has no text.
        """
        return self._read(quoting.passages, claim_id)

    def reason_signed(self, claim_id: str) -> str:
        """Why the claim was signed off although something is missing that a reason excuses; empty where no reason was given."""
        return self._read(workflow.reason_signed, claim_id)

    def sign_off(
        self, claim_id: str, revision: int, *, seen: int | None = None, why: str = "", actor: str | None = None
    ) -> int:
        """Sign a verdict off; returns the claim's new revision. SignOffRefused where the checklist is not fulfilled.

        ``seen`` is what :meth:`latest_event_seq` was when the sources were looked at: StaleWrite where one changed since.
        ``why`` is the reason for a passage that is not in its document or has none, or for evidence not dated by the verdict's
        day, and excuses nothing else.
        """
        self._check("sign_off", actor)
        self.passages(claim_id)  # remembered: a heavy page takes seconds, in which nobody else could write
        with self._act("sign_off", actor, why) as act:
            return workflow.sign_off(act, claim_id, revision, seen)

    def publish(self, claim_id: str, revision: int, *, actor: str | None = None) -> int:
        """Note that a verdict that was signed off is published; returns the claim's new revision."""
        with self._act("publish", actor) as act:
            return workflow.move(act, claim_id, revision, "published")

    def reopen(self, claim_id: str, revision: int, why: str, *, actor: str | None = None) -> int:
        """Take up again what was signed off, published or voided, with the reason why; returns its new revision."""
        with self._act("reopen", actor, why) as act:
            return workflow.move(act, claim_id, revision, "in progress")

    def void(self, claim_id: str, revision: int, notice: str, *, actor: str | None = None) -> int:
        """Withdraw a verdict, with the correction notice that readers get; returns the claim's new revision."""
        with self._act("void", actor, notice) as act:
            return workflow.move(act, claim_id, revision, "void")

    # People and rules

    def spelled(self, name: str) -> str:
        """A person's name as the record has it, whatever the case of the letters that it is given in."""
        return self._read(reading.spelled, name)

    def people(self) -> list[Person]:
        """The roster, in order of names."""
        return self._read(people.roster)

    def add_person(self, name: str, role: str = "checker", *, actor: str | None = None) -> int:
        """Put somebody on the roster, the first as its admin; returns the entry's revision."""
        with self._act("add_person", actor) as act:
            return people.add(act, name, role)

    def edit_person(self, name: str, revision: int, changes: Mapping[str, object], *, actor: str | None = None) -> int:
        """Change somebody's ``role`` or whether they are ``active``; returns the entry's new revision."""
        with self._act("edit_person", actor) as act:
            return people.edit(act, name, revision, changes)

    def person_at(self, address: str) -> Person | None:
        """Who of the roster signs in with this address; None where nobody does yet."""
        return self._read(signing.person_at, address)

    def addresses(self) -> dict[str, str]:
        """With which address each of the roster signs in, by their names."""
        return self._read(signing.addresses)

    def give_address(self, name: str, seen: str, address: str, *, actor: str | None = None) -> None:
        """From now on, who signs in with this address is this person of the roster; ``seen`` is who it was, or nobody."""
        with self._act("give_address", actor) as act:
            signing.give(act, name, seen, address)

    def enter(self, address: str, name: str, *, admin: bool | None = None) -> Person:
        """Who signs in with this address; put on the roster as a checker where nobody does yet.

        ``admin`` says whether they come as its admin; None leaves that to who is first. Whoever calls this vouches for
        the address: the face does, once the newsroom's provider has.
        """
        if there := self.person_at(address):
            return there
        with self._database.writing() as connection:
            return signing.enter(Act(connection, "", datetime.now(UTC), new_id()), address, name, admin=admin)

    def rules(self) -> Rules:
        """By what the desk judges: its scale, the form of its confidence, whether it reads twice."""
        return self._read(people.rules)

    def setting(self, name: str) -> Any:
        """One of :data:`claims.store.people.DEFAULTS`, as it was set or as it comes."""
        return self._read(people.setting, name)

    def setting_revision(self, name: str) -> int:
        """The revision that a change of this setting must name; 0 where it was never set."""
        return self._read(people.setting_revision, name)

    def set(self, name: str, revision: int, value: Any, *, actor: str | None = None) -> int:
        """Change a setting; marks that were given stay as they are. Returns its new revision."""
        with self._act("set", actor) as act:
            return people.set_one(act, name, revision, value)

    # Review meetings

    def plan_meeting(self, title: str, day: date, chair: str, *, actor: str | None = None) -> str:
        """Call a review meeting for a day; returns its meeting_id."""
        with self._act("plan_meeting", actor) as act:
            return meetings.plan(act, title, day, chair)

    def edit_meeting(
        self, meeting_id: str, revision: int, changes: Mapping[str, object], *, actor: str | None = None
    ) -> int:
        """Give a meeting another ``title``, ``day`` or ``chair``; returns its new revision."""
        with self._act("edit_meeting", actor) as act:
            return meetings.edit(act, meeting_id, revision, changes)

    def put_on_agenda(self, meeting_id: str, wanted: Sequence[Wanted], *, actor: str | None = None) -> list[str]:
        """Put claims at the end of an agenda, none twice; returns the item_id of each that is new."""
        with self._act("put_on_agenda", actor) as act:
            return meetings.put(act, meeting_id, wanted)

    def drop_item(self, item_id: str, revision: int, *, actor: str | None = None) -> int:
        """Take an item off the agenda; returns its new revision."""
        with self._act("drop_item", actor) as act:
            return meetings.drop(act, item_id, revision)

    def arrange_agenda(
        self, meeting_id: str, seen: Sequence[str], wanted: Sequence[str], *, actor: str | None = None
    ) -> None:
        """Put the items in another order than the one that was seen, both as item_ids; StaleWrite where that is not it."""
        with self._act("arrange_agenda", actor) as act:
            meetings.arrange(act, meeting_id, seen, wanted)

    def time_item(self, item_id: str, revision: int, minutes: float, *, actor: str | None = None) -> int:
        """Say how many minutes an item may take; returns its new revision."""
        with self._act("time_item", actor) as act:
            return meetings.set_minutes(act, item_id, revision, minutes)

    def open_meeting(self, meeting_id: str, revision: int, *, actor: str | None = None) -> None:
        """Start a meeting at its first item that is not decided, or go on with one that was closed."""
        with self._act("open_meeting", actor) as act:
            meetings.begin(act, meeting_id, revision)

    def close_meeting(self, meeting_id: str, seen: str | None, *, actor: str | None = None) -> None:
        """End a meeting at the item that was seen; StaleWrite where it is no longer there."""
        with self._act("close_meeting", actor) as act:
            meetings.close(act, meeting_id, seen)

    def take_up(self, meeting_id: str, seen: str | None, item_id: str, *, actor: str | None = None) -> None:
        """Lead the meeting from the item that was seen to another; StaleWrite where it is no longer there."""
        with self._act("take_up", actor) as act:
            meetings.take_up(act, meeting_id, seen, item_id)

    def join_meeting(self, meeting_id: str, *, actor: str | None = None) -> None:
        """Take part in an open meeting: its votes then wait for this person."""
        with self._act("join_meeting", actor) as act:
            voting.join(act, meeting_id)

    def leave_meeting(self, meeting_id: str, name: str, *, actor: str | None = None) -> None:
        """Note that somebody takes part no longer."""
        with self._act("leave_meeting", actor) as act:
            voting.leave(act, meeting_id, name)

    def vote(
        self, item_id: str, revision: int, verdict: str, *, confidence: str = "", words: str = "",
        actor: str | None = None,
    ) -> int:  # fmt: skip
        """Vote on an item, or otherwise than before; the last vote that is waited for closes it and shows them all.

        ``revision`` is that of this person's own vote, 0 for the first; returns the one that it then has.
        """
        with self._act("vote", actor) as act:
            return voting.cast(act, item_id, revision, verdict, confidence, words)

    def show_votes(self, item_id: str, revision: int, *, actor: str | None = None) -> int:
        """Close the vote on an item and show what was voted; returns its new revision."""
        with self._act("show_votes", actor) as act:
            return voting.show(act, item_id, revision)

    def vote_again(self, item_id: str, revision: int, *, actor: str | None = None) -> int:
        """Set votes that were shown aside, for a new vote on the same item; returns its new revision."""
        with self._act("vote_again", actor) as act:
            return voting.ask_again(act, item_id, revision)

    def decide_item(
        self,
        item_id: str,
        revision: int,
        claim_revision: int,
        mark: Mark,
        *,
        dissent: Sequence[Dissent] = (),
        owner: str = "",
        due: date | None = None,
        actor: str | None = None,
    ) -> int:
        """What the meeting decided of an item's claim, with its reason, as one act; returns the claim's new revision."""
        with self._act("decide_item", actor) as act:
            return voting.decide(act, item_id, revision, claim_revision, mark, dissent, owner, due)

    def want_evidence(
        self,
        item_id: str,
        revision: int,
        claim_revision: int,
        question: str,
        *,
        owner: str = "",
        due: date | None = None,
        actor: str | None = None,
    ) -> int:
        """Leave an item open for a question that more evidence is to answer; returns the claim's new revision."""
        with self._act("want_evidence", actor) as act:
            return voting.want(act, item_id, revision, claim_revision, question, owner, due)

    def meetings(self) -> list[Meeting]:
        """The meetings, the latest day first."""
        return self._read(meetings.every)

    def meeting(self, meeting_id: str) -> Meeting:
        """One meeting."""
        return self._read(meetings.one, meeting_id)

    def agenda(self, meeting_id: str) -> list[Item]:
        """The items on a meeting's agenda, in their order, with what was decided of each."""
        return self._read(meetings.agenda, meeting_id)

    def dropped_from_agenda(self, meeting_id: str) -> list[str]:
        """The claim_ids of items that were dropped from a meeting's agenda."""
        return self._read(meetings.dropped, meeting_id)

    def votes(self, item_id: str, person: str) -> Ballot:
        """Who has voted on an item, and what: before the vote is closed, only what this person has voted."""
        return self._read(voting.ballot, item_id, person)

    def votes_kept_back(self) -> frozenset[str]:
        """The vote_ids of votes of which nobody is told yet what they say."""
        return self._read(voting.kept_back)

    # What people keep for themselves

    def views(self) -> list[SavedView]:
        """The views that were saved with a name, which the desk shares, in the order of their names."""
        return self._read(preferences.views)

    def save_view(
        self, name: str, revision: int, address: Mapping[str, Sequence[str]], *, actor: str | None = None
    ) -> int:
        """Keep a view, as the parameters of its address; revision 0 for a new name. Returns its new revision."""
        with self._act("save_view", actor) as act:
            return preferences.save_view(act, name, revision, address)

    def rename_view(self, name: str, revision: int, new: str, *, actor: str | None = None) -> int:
        """Give a saved view another name; returns the revision that it has under it."""
        with self._act("rename_view", actor) as act:
            return preferences.rename_view(act, name, revision, new)

    def delete_view(self, name: str, revision: int, *, actor: str | None = None) -> int:
        """Take a saved view off the list; :meth:`undo` brings it back. Returns the new revision of its name."""
        with self._act("delete_view", actor) as act:
            return preferences.delete_view(act, name, revision)

    def keys_of(self, person: str) -> OwnKeys:
        """The keys that this person has given to acts of the desk."""
        return self._read(preferences.keys_of, person)

    def set_keys(self, revision: int, keys: Mapping[str, str], *, actor: str | None = None) -> int:
        """Keep the actor's own keys by the names of the acts, none for those that ship; returns their new revision."""
        with self._act("set_keys", actor) as act:
            return preferences.set_keys(act, revision, keys)

    def scale_named(self, name: str | None) -> Scale:
        """The scale that a verdict was given by: the desk's, one that comes with the program, or an earlier one."""
        return self._read(people.scale_named, name)

    # Taking back

    def undo(self, actor: str | None = None, *, past: Collection[str] = ()) -> Event:
        """Take back the newest act of this person that still stands; returns its first event on a claim, if any, else its first.

        StaleWrite where somebody changed the same since; NothingToUndo where there is none. A refusal names its ``batch``: where
        ``past`` has that, the act is left as it is, and the one before it is taken back.
        """
        with self._act("undo", actor) as act:
            return undoing.undo(act, past)

    def redo(self, actor: str | None = None) -> Event:
        """Do again what this person took back last; returns its first event on a claim, if any, else its first."""
        with self._act("redo", actor) as act:
            return undoing.redo(act)

    # Reading

    def articles(self) -> pd.DataFrame:
        """One row an article, the newest first, with how many claims it has and how many are marked."""
        return self._read(tables.articles_table)

    def titles(self) -> dict[str, str]:
        """The title of each article by its article_id, the newest first: quicker than counting their claims too."""
        return self._read(tables.titles)

    def article(self, article_id: str) -> Article:
        """The article as it was read, with what was corrected since."""
        return self._read(articles.article_of, article_id)

    def article_revision(self, article_id: str) -> int:
        """The revision that an edit of this article must name."""
        return int(self._read(events.row_of, "article", article_id)["revision"])

    def claim(self, claim_id: str) -> dict[str, Any]:
        """A claim as plain values by column, None where empty, with ``origin``, ``parents``, ``dropped_why``, ``notice``, ``scale``."""
        return self._read(reading.one, claim_id)

    def claims_named(self, claim_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The same of many, by name; what is not there is left out."""
        return self._read(bulk.claims_named, claim_ids)

    def claims_as_of(self, revisions: Mapping[str, int]) -> dict[str, dict[str, Any]]:
        """Claims as they stood at these revisions, by name: the columns that are kept with a claim."""
        return self._read(bulk.claims_as_of, revisions)

    def claims_of(self, article_id: str) -> pd.DataFrame:
        """The claims of an article that are not dropped, in order of appearance."""
        return self._read(reading.of_article, article_id)

    def claims_at(self, article_id: str, start: int, end: int) -> int:
        """How many claims, dropped ones too, stand at this very span: the next one's ``nth``."""
        return self._read(reading.at_span, article_id, start, end)

    def page(self, query: Query, *, offset: int = 0, limit: int = 50) -> pd.DataFrame:
        """A screenful of the query's claims, as a claims table."""
        return frame_of(self.rows(query, offset=offset, limit=limit))

    def rows(self, query: Query, *, offset: int = 0, limit: int = 50) -> list[dict[str, Any]]:
        """The same as plain values by column, None where empty."""
        return self._read(reading.page, query, offset, limit)

    def batches(self, query: Query, size: int = 1000) -> Iterator[list[dict[str, Any]]]:
        """All of the query's claims as :meth:`rows` gives them, so many at a time; each batch as the record is then."""
        offset, rows = 0, self.rows(query, limit=size)
        while rows:
            yield rows
            offset += size
            rows = self.rows(query, offset=offset, limit=size) if len(rows) == size else []

    def table(self, query: Query) -> pd.DataFrame:
        """All of the query's claims, as a claims table."""
        return self._read(reading.table, query)

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Until the block ends, all that this thread reads is the record as it is at the first reading, whoever writes meanwhile.

        A record in memory has but one connection: nothing can be written to it within.
        """
        with self._database.moment():
            yield

    def frames(self, query: Query, size: int = 2000) -> Iterator[pd.DataFrame]:
        """The same in claims tables of so many at a time, all as the record is at the first; at least one, which may be empty."""
        with self._database.reading() as connection:
            yield from reading.frames(connection, query, size)

    def kept_back(self, query: Query) -> frozenset[str]:
        """Those of the query's claims whose first reading is kept back from its reader."""
        return self._read(reading.kept_back, query)

    def count(self, query: Query) -> int:
        """How many claims the query has."""
        return self._read(reading.count, query)

    def count_saying(self, words: Sequence[str]) -> dict[str, int]:
        """About how often claims say each of these words: 0 where none does, and enough to tell which are rare."""
        return self._read(sharing.counted, words)

    def saying(
        self,
        asked: Sequence[Sequence[str]],
        told: Mapping[str, int],
        most: int,
        among: Query | None = None,
    ) -> list[dict[str, Any]]:
        """Claims that say all the words of one of these lists: so many a list, the first of the table, each once.

        ``told`` is what :meth:`count_saying` says of the words; of claims, only those count that pass the filters of ``among``. No
        first reading that waits for a second is told by it.
        """
        return self._read(sharing.saying, asked, told, most, among)

    def facets(self, query: Query) -> dict[str, dict[str, int]]:
        """How many claims each choice of a filter would show, by the names of the columns, as :func:`claims.store.facets.facets` says."""
        return self._read(facets.facets, query)

    def position(self, query: Query, claim_id: str) -> int | None:
        """Where a claim stands in the query's order, from 0; None where it does not."""
        return self._read(reading.position, query, claim_id)

    def before(self, query: Query, claim_id: str) -> int | None:
        """How many of the query's claims stand before this one, whether it is among them or not; None where it is not there."""
        return self._read(reading.place_of, query, claim_id)

    def sources(self, claim_id: str) -> list[StoredSource]:
        """The sources that stand on a claim, in the order they came."""
        return self._read(sourcing.of_claim, claim_id)

    def judged_on_other_days(self, claim_id: str) -> list[Judged]:
        """What the claim was judged as of other days than its verdict is: the verdict then, beside the verdict now."""
        return self._read(judged.on_other_days, claim_id)

    def both_readings(self, claim_id: str) -> dict[str, Standing]:
        """The readings of a claim that stand, under "first" and then "second": of each the last, and none that was taken back."""
        return self._read(judged.both_readings, claim_id)

    def day_of_readings(self, claim_id: str) -> date | None:
        """The day that both readings of a claim are given as of, which a decision on them is too; None where there is no such day."""
        return self._read(judged.day_of_readings, claim_id)

    def snapshot(self, sha256: str) -> Snapshot:
        """A document as it was kept."""
        return self._read(snapshots.snapshot, sha256)

    def fetches(self, names: Iterable[str]) -> dict[str, list[Fetched]]:
        """How the documents with these SHA-256 came from the web, each fetch, the newest first; what never was is left out."""
        return self._read(snapshots.fetches_of, names)

    def media_types(self, names: Iterable[str]) -> dict[str, str]:
        """What the bytes of these documents are, by their SHA-256; what is not kept is left out."""
        return self._read(snapshots.media_types, names)

    def readings(self, names: Iterable[str]) -> dict[str, Reading]:
        """What came of taking the text out of the documents with these SHA-256, each; without a state where that was not recorded."""
        return self._read(snapshots.readings, names)

    def snapshot_text(self, sha256: str) -> str:
        """The text of a document as it was taken out when that was kept, or the part of it that was kept; ReadingError where it has none.

        One that was kept by an earlier version is read now, within the time that a document is given.
        """
        return self._read(texts.text_in, sha256)

    def shelve(self, seconds: float = 5.0) -> bool:
        """Bring what the library looks through up to the record, within about so many seconds; whether it is there."""
        return shelving.follow(self._database, seconds)

    def count_shelved(self, words: Sequence[str], *, beside: str = "") -> dict[str, int]:
        """How many sources say each of these words, in what is said of them or in their documents; none of the claim ``beside``."""
        return self._read(shelving.counted, words, beside)

    def shelved(self, asked: Sequence[Sequence[str]], most: int, *, beside: str = "") -> list[Shelved]:
        """Sources that say all the words of one of these lists, there or in their documents: so many a list, each once.

        None of them stands on the claim ``beside``.
        """
        return self._read(shelving.saying, asked, most, beside)

    def sources_table(self) -> pd.DataFrame:
        """One row a source that stands, for sources.csv."""
        return self._read(lambda connection: next(tables.source_frames(connection)))

    def source_frames(self, size: int = 5000) -> Iterator[pd.DataFrame]:
        """The same in tables of so many at a time, all as the record is at the first; at least one, which may be empty."""
        with self._database.reading() as connection:
            yield from tables.source_frames(connection, size)

    def events_table(self) -> pd.DataFrame:
        """One row an event, oldest first, for events.csv; what is voted in a meeting stays out until the vote is closed."""
        return self._read(lambda connection: next(voting.event_frames(connection)))

    def event_frames(self, size: int = 5000) -> Iterator[pd.DataFrame]:
        """The same in tables of so many at a time, all as the record is at the first; at least one, which may be empty."""
        with self._database.reading() as connection:
            yield from voting.event_frames(connection, size)

    def history(self, claim_id: str) -> list[Event]:
        """What happened to a claim, its sources and its marks, and in meetings, oldest first; of an open vote, only that it was cast."""
        return self._read(lambda connection: voting.untold(connection, events.history(connection, claim_id)))

    def own_history(self, claim_id: str) -> list[Event]:
        """What happened to a claim itself, oldest first, without its sources, marks and meetings."""
        return self._read(events.own_history, claim_id)

    def latest_event_seq(self) -> int:
        """The number of the newest event: while it stays, nothing changed."""
        return self._read(events.newest)

    def seal(self) -> tuple[int, str]:
        """The number and the hash of the newest event: the record up to there cannot change without changing it."""
        return self._read(events.tail)

    # Together

    def be_on(self, claim_id: str | None, left: str | None = None, *, actor: str | None = None) -> bool:
        """Say that somebody is on a claim now, and no more on the one they ``left``; whether it was kept.

        No event tells of it. It gives up at once where others write: no save ever waits for it.
        """
        return presence.be_on(self._database, self.actor if actor is None else actor, claim_id, left)

    def who_is_where(self) -> dict[str, tuple[str, ...]]:
        """Who said so a moment ago, by the name of the claim that they are on."""
        return self._read(presence.who_is_where)

    def news(self, since: int) -> News:
        """What happened after the event of this number: the claims that it concerns, and the kinds of all else."""
        return self._read(news.since, since)

    def listen(self, heard: Callable[[], None]) -> Listening | None:
        """Have ``heard`` called, from another thread, after each write of any process; close what this gives.

        None where the store does not tell (``tells``), as a file does not: who wants to know asks :meth:`news` now and then.
        """
        return self._database.listening(heard)

    # Counting

    def progress(self) -> Progress:
        """How many claims there are, and how far they have come; dropped ones are left out."""
        return self._read(counting.progress)

    def progress_by_article(self, limit: int = 12) -> First[ArticleProgress]:
        """The same for each article with unfinished claims, the newest first: at most ``limit`` of how many there are."""
        return self._read(counting.progress_by_article, limit)

    def work_by_person(self, since: datetime) -> list[Work]:
        """What each person has in hand and has done since then, in claims; who did most comes first."""
        return self._read(counting.work_by_person, since)

    def verdict_counts(self) -> list[VerdictCount]:
        """How many claims have each verdict of each scale, without those that wait for their second reading."""
        return self._read(counting.verdicts)

    def confidence_counts(self) -> dict[str, int]:
        """How many claims have each confidence, a word or a percentage, without those that wait for their second reading."""
        return self._read(counting.confidences)

    def queue_age(self, now: datetime) -> dict[str, int]:
        """How many unfinished claims have been there for how long, the youngest first."""
        return self._read(counting.queue_age, now)

    def pairs(self, since: datetime | None = None) -> list[Pair]:
        """Both readings of each claim that was read twice (since then), as :mod:`claims.review.agreement` takes them."""
        return self._read(counting.pairs, since)

    def disputed(self, limit: int = 50) -> First[Disputed]:
        """Claims that two people read differently and nobody decided, with both readings, those most worth checking first."""
        return self._read(counting.disputed, limit)

    def overdue(self, today: date, limit: int = 50) -> First[Overdue]:
        """Claims whose day for a new look was before ``today``, the longest overdue first."""
        return self._read(counting.overdue, today, limit)

    # Proof

    def verify(self) -> BrokenLink | None:
        """The first broken link of the chain of events; None where it is whole."""
        return self._read(proving.verify)

    def differences(self) -> list[Difference]:
        """Where the tables hold something else than the events add up to; empty for a sound record."""
        return self._read(lambda connection: list(proving.differences(connection)))

    def chain(self) -> Chain:
        """The chain of events in numbers: its length, its newest hash, and what it tells of."""
        return self._read(proving.chain)

    def event_of_hash(self, beginning: str) -> int | None:
        """The number of the event whose hash begins so; None where the chain holds none such."""
        return self._read(proving.event_of_hash, beginning)

    def rebuild(self) -> int:
        """Make the tables anew from the events, and prove them equal; returns how many rows they hold.

        StoreCorrupt where the chain is broken: nothing is then made anew. Snapshots, which no event can mend, stay as they are.
        """
        with self._database.writing() as connection:
            return proving.rebuild(connection)

    @contextmanager
    def _act(self, verb: str, actor: str | None, why: str = "") -> Iterator[Act]:
        with self._database.writing() as connection:
            act = self._made(connection, actor, why)
            check_verb(act, verb)
            yield act

    def _check(self, verb: str, actor: str | None) -> None:
        """Refuse who may not write it, before work that takes long; the write itself asks again."""
        with self._database.reading() as connection:
            check_verb(self._made(connection, actor), verb)

    def _made(self, connection: Connection, actor: str | None, why: str = "") -> Act:
        return Act(connection, self.actor if actor is None else actor, datetime.now(UTC), new_id(), why)

    def _read(self, room: Callable[Concatenate[Connection, P], T], *asked: P.args, **named: P.kwargs) -> T:
        with self._database.reading() as connection:
            return room(connection, *asked, **named)


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep the collector of garbage from going through all that a large act holds, again and again, to find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
