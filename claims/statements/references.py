"""Who "he" is and which camp "the camp" is, where the text leaves no doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.statements.people import GENDERS, PEOPLE
from claims.statements.tree import SUBJECTS, Word
from claims.statements.wording import Item

_MALE = frozenset(["he", "him", "his"])
_FEMALE = frozenset(["she", "her", "hers"])
_MOST_WORDS_OF_NAME = 4


@dataclass(frozen=True, slots=True)
class Reference:
    """What the word at ``i`` (and the ``also`` after it) stands for; ``mentions`` are the words that already name it."""

    name: str
    mentions: frozenset[int]
    also: tuple[int, ...] = ()


def find_references(sentences: Iterable[Sequence[Word]], before: Iterable[Sequence[Word]] = ()) -> dict[int, Reference]:
    """For each word that certainly stands for something named earlier, what that is.

    A pronoun is certain when one person alone has been named and no other is in sight; "the camp" when one name ends in
    "camp".
    """
    memory = _Memory()
    for words in before:
        memory.read(words, shift=-1)
    found: dict[int, Reference] = {}
    for words in sentences:
        found |= memory.read(words)
    return found


def reworded(items: Sequence[Item], references: Mapping[int, Reference]) -> dict[int, str]:
    """Other words for the words of one piece: each thing is named once, and not where the piece names it already."""
    if not references:
        return {}
    places = {item.i for item in items if isinstance(item, Word)}
    changed: dict[int, str] = {}
    named: set[str] = set()
    for item in items:
        reference = references.get(item.i) if isinstance(item, Word) else None
        if reference is None or not isinstance(item, Word) or reference.name in named or reference.mentions & places:
            continue
        named.add(reference.name)
        changed[item.i] = reference.name + ("'s" if item.tag == "PRP$" else "")
        changed |= dict.fromkeys(reference.also, "")
    return changed


class _Memory:
    """What has been named so far."""

    def __init__(self) -> None:
        self.people: dict[str, str] = {}
        self.genders: dict[str, set[str]] = {}
        self.mentions: dict[str, set[int]] = {}
        self.places: dict[str, dict[str, set[int]]] = {}
        self.stranger = False

    def read(self, words: Sequence[Word], shift: int = 0) -> dict[int, Reference]:
        """What the sentence refers back to; then it is remembered itself."""
        found: dict[int, Reference] = {}
        for place, word in enumerate(words):
            if word.entity == "PERSON" and word.pos == "PROPN":
                self._name(words, place, shift)
            elif word.lower in PEOPLE and word.entity != "PERSON" and word.dep in SUBJECTS | {"dobj", "pobj", "agent"}:
                self.stranger = True
            elif word.tag in {"PRP", "PRP$"} and word.lower in _MALE | _FEMALE:
                if (reference := self._person(word)) is not None:
                    found[word.i] = reference
            elif word.pos in {"NOUN", "PROPN"}:
                found |= self._thing(word, shift)
        return found

    def _name(self, words: Sequence[Word], place: int, shift: int) -> None:
        """Remember a person at the last word of the name."""
        word = words[place]
        if place + 1 < len(words) and words[place + 1].entity_no == word.entity_no:
            return
        parts = [
            part
            for part in words[max(place - _MOST_WORDS_OF_NAME + 1, 0) : place + 1]
            if part.entity_no == word.entity_no
        ]
        parts = [part for part in parts if part.text not in {"'s", "’s", "'", "’"}]
        if not parts:
            return
        key, full = parts[-1].lower, "".join(part.text + " " * part.gap for part in parts).strip()
        known = next(
            (
                other
                for other, name in self.people.items()
                if key == other or (len(parts) == 1 and key in name.lower().split())
            ),
            key,
        )
        self.people[known] = max(self.people.get(known, ""), full, key=len)
        if not shift:
            self.mentions.setdefault(known, set()).update(part.i for part in parts)
        title = words[place - len(parts)].lower if place >= len(parts) else ""
        if title in GENDERS:
            self.genders.setdefault(known, set()).add(GENDERS[title])
        self.stranger = False

    def _person(self, word: Word) -> Reference | None:
        if len(self.people) != 1 or self.stranger:
            return None
        [(key, name)] = self.people.items()
        genders = self.genders.setdefault(key, set())
        genders.add("m" if word.lower in _MALE else "f")
        return Reference(name, frozenset(self.mentions.get(key, ()))) if len(genders) == 1 else None

    def _thing(self, word: Word, shift: int) -> dict[int, Reference]:
        """As in "the camp", where "Ain Issa camp" is the only camp named; and the naming of one."""
        before = [child for child in word.children if child.i < word.i]
        named = [child for child in before if child.dep in {"compound", "nmod"} and child.pos == "PROPN"]
        if named and not any(child.dep in {"nummod", "poss"} for child in before) and word.tag in {"NN", "NNP"}:
            parts = [
                *sorted(
                    (
                        inner
                        for child in named
                        for inner in (*[c for c in child.children if c.dep == "compound"], child)
                    ),
                    key=lambda part: part.i,
                ),
                word,
            ]
            name = " ".join(part.text for part in parts)
            if parts[-1].i - parts[0].i == len(parts) - 1:
                article = next((f"{child.text.lower()} " for child in before if child.lower == "the"), "")
                self.places.setdefault(word.lower, {}).setdefault(article + name, set()).update(
                    () if shift else (part.i for part in parts)
                )
            return {}
        if [child.lower for child in word.children if child.dep != "punct"] != ["the"]:
            if any(child.lower in {"a", "an", "another", "other", "second"} for child in before):
                self.places.setdefault(word.lower, {}).setdefault("", set())
            return {}
        names = self.places.get(word.lower, {})
        if len(names) != 1 or "" in names:
            return {}
        [(name, mentions)] = names.items()
        return {before[0].i: Reference(name, frozenset(mentions), also=(word.i,))}
