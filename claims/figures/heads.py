"""What is counted: the head noun of the phrase after a number, found by word lists and endings, without a parse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_](?:[\w'’&/.-]{0,40}\w['’]?)?")
# Words of a phrase stand on one line; a line that goes on in lower case is the same line, wrapped.
_GAP = re.compile(r" |\N{NO-BREAK SPACE}|-|\n(?=[a-z])")
_OPENING = re.compile(r"""(?:\s(?:of\s(?:the|its|his|her|their|our|these|those|all)|more\sof\sthe))(?=\s)|\sof(?=\s)""")
# "three young, armed men", "two local and foreign crews"
_COMMA = re.compile(r",\s(?=[a-z])")
_ADJECTIVE_ENDINGS = ("ed", "ing", "an", "ish", "ese", "al", "ic", "ive", "ous", "ful", "less", "able", "ible", "ary")
_PARTICIPLE_ENDINGS = ("ed", "ing", "ly")

# Where a noun phrase ends: function words, auxiliaries, and the verbs of the news that follow their subject.
_STOPS = frozenset(
    """a an the this that these those there here it its he him his she her they them their we us our you your i me my who whom
    whose which what when where while why how and or but nor so yet as than then if unless until till because since
    although though after before during of in on at by to from for with without within into onto upon over under above
    below between among amid against across along around about through throughout toward towards near off out up down
    via per plus minus not no never only just also even still already again once ever too very much both each every any
    is are was were be been being am has have had having do does did done will would shall should can could may might
    must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't
    said says say told tells took takes take went goes gone go came comes come got gets get gave gives give made makes
    make left fled fell rose grew lost won held kept knew led met paid put ran saw sent shot sold spent stood stuck
    struck thought threw took voted wrote began broke brought built bought caught chose cut dealt died drew drove ate
    felt fought found flew forgot froze hid hit hung hurt killed laid lay lent let meant overcame read rode rang sank
    sat set shook shut slept spoke spread stole swore swam taught tore understood woke wore became remain remains seem
    seems need needs want wants live lives work always perhaps sometimes today yesterday tomorrow tonight ago later
    earlier now soon monday tuesday wednesday thursday friday saturday sunday respectively altogether overall apiece
    together instead away back abroad overseas nationwide worldwide annually either
    whether like except despite besides apart versus vs etc yes ahead less lies sits belongs""".split()
)
# They look like plurals and head nothing.
_NOT_PLURAL = frozenset(
    """this his its was has is as us yes thus plus less across always perhaps besides towards news politics economics
    mathematics physics athletics texas kansas arkansas dallas hamas paris athens brussels wales christmas james thomas
    charles hughes jones williams davis reuters los las des les previous various serious
    famous dangerous religious suspicious precious obvious numerous sports arms""".split()
)
# A plural that stands before the plural it belongs to: "sports clubs", "rights groups".
_BEFORE_HEAD = frozenset(
    "sports arms rights sales savings customs goods news operations systems communications".split()
)
_IRREGULAR = frozenset(
    """people men women children police personnel staff troops aircraft spacecraft cattle sheep deer fish crew data media
    species series feet teeth mice geese oxen lice dice fishermen servicemen servicewomen policemen policewomen
    businessmen gunmen congressmen firemen spokesmen craftsmen freshmen veterans alumni criteria bacteria phenomena
    crossroads headquarters barracks grandchildren schoolchildren stepchildren infantry clergy livestock poultry folk
    offspring kin cod salmon trout shrimp squid""".split()
)
_COUNTED_AS_ONE = _IRREGULAR | _BEFORE_HEAD
_SINGULAR_MEN = frozenset("specimen regimen omen abdomen acumen yemen ramen amen semen hymen".split())
# What the news counts by an adjective: "27 dead and 40 wounded".
_NOMINAL = frozenset("dead injured wounded missing homeless unemployed jobless hurt hospitalised hospitalized".split())
# They describe and never head a phrase, also where one thing is counted.
_ADJECTIVES = frozenset(
    """more other additional further extra new old young same different main major minor big small large great good bad
    high low long short single more fewer foreign local national regional federal public private senior
    junior former current recent possible potential separate similar key top early late full final first second third
    whole major very male female african american british russian chinese israeli european syrian turkish kurdish""".split()
)
_HYPHENED_NOTHING = frozenset(
    "way fold time sided star faced figure digit odd ish third thirds half first nil old wheel tier poster percent strong something somethings".split()
)
_KINDS = {"stop": _STOPS, "nominal": _NOMINAL, "adjective": _ADJECTIVES}
_LONGEST_PHRASE = 8
#: What no one counts: "one day", "one thing led to another".
IDLE_ONE = frozenset("day thing way another time hand side point moment place reason word sense piece bit knee".split())


@dataclass(frozen=True, slots=True)
class Head:
    """``text[start:end]`` is the head noun."""

    start: int
    end: int
    noun: str


def find_head(text: str, end: int, *, single: bool = False) -> Head | None:
    """The head of what the number that ends at ``end`` counts; ``single`` where one thing is counted.

    >>> find_head("785 foreign ISIS members escaped", 3)
    Head(start=17, end=24, noun='members')
    >>> find_head("785 in Korda", 3) is None
    True

    Adjectives, names and participles are stepped over until a plural comes; a function word, a verb of the list or
    punctuation ends the phrase.
    """
    if text.startswith("-", end):
        return _hyphened(text, end)
    opening = _OPENING.match(text, end)
    last: Head | None = None
    for word, kind in _phrase(text, opening.end() if opening else end):
        if kind == "plural" and not single:
            return _last_plural(text, word)
        if kind == "nominal" and not _continues(text, word.end):
            return word
        if single and last and (kind == "participle" or (last.noun.islower() and not word.noun.islower())):
            break  # "one soldier killed", "one advantage Korda has"
        if single and kind == "plural" and _is_verb(word.noun):
            break  # "one horse cheats", "how one writes"
        if kind in {"noun", "plural"}:
            last = word
        elif kind == "possessive":
            last = None
    return last if single and not opening else None


def _is_verb(plural: str) -> bool:
    """Whether what looks like a plural is a verb, as it is where one thing is counted: not so "aircraft" or "rights groups"."""
    return plural.islower() and plural not in _COUNTED_AS_ONE


def _phrase(text: str, position: int) -> Iterator[tuple[Head, str]]:
    """The words from ``position`` on, each with its kind, up to where a noun phrase ends at the latest."""
    described = False
    for _ in range(_LONGEST_PHRASE):
        gap = _GAP.match(text, position) or (_COMMA.match(text, position) if described else None)
        word = _WORD.match(text, gap.end()) if gap else None
        if not word:
            return
        position = word.end()
        if described and word.group() in {"and", "or"}:
            continue
        kind = _kind(word.group())
        if kind == "stop":
            return
        described = kind in {"adjective", "participle"} or word.group().lower().endswith(_ADJECTIVE_ENDINGS)
        yield Head(word.start(), word.end(), word.group()), kind


def _hyphened(text: str, end: int) -> Head | None:
    """The noun of "a 100-member council"; "two-thirds", "three-way" and "two-tiered" count nothing."""
    word = _WORD.match(text, end + 1)
    noun = word.group().partition("-")[0] if word else ""
    counted = noun.islower() and noun.isalpha() and not noun.endswith("ed") and noun not in _STOPS | _HYPHENED_NOTHING
    return Head(end + 1, end + 1 + len(noun), noun) if counted else None


def _kind(word: str) -> str:
    """What ``word`` does in a phrase: stop, possessive, nominal, adjective, plural, participle or noun."""
    lower = word.lower()
    for kind, words in _KINDS.items():
        if lower in words:
            return kind
    if word.endswith(("'s", "’s", "'", "’")):
        return "possessive"
    if is_plural(word):
        return "plural"
    participle = word.islower() and lower.endswith(_PARTICIPLE_ENDINGS) and len(word) > len("seed")
    return "participle" if participle else "noun"


def is_plural(word: str) -> bool:
    """Whether ``word`` looks like a plural noun; all capitals ("ISIS") never do, their plural ("MPs") does."""
    lower = word.lower()
    if lower in _IRREGULAR or (lower.endswith("men") and lower not in _SINGULAR_MEN):
        return True
    if len(word) < len("MPs") or not word.endswith("s") or lower in _NOT_PLURAL or lower in _STOPS:
        return False
    return not lower.endswith(("ss", "us", "is")) or lower in {"menus", "taxis", "skis", "gurus", "emus"}


def _last_plural(text: str, head: Head) -> Head:
    """``head``, or the plural it only introduces: "sports clubs", "rights groups", "sales managers"."""
    for _ in range(0 if head.noun == "times" else 3):  # "6.5 times earnings"
        gap = _GAP.match(text, head.end)
        word = _WORD.match(text, gap.end()) if gap else None
        kind = _kind(word.group()) if word else "stop"
        if word and (kind == "plural" or (kind == "noun" and head.noun.lower() in _BEFORE_HEAD)):
            head = Head(word.start(), word.end(), word.group())
    return head


def _continues(text: str, position: int) -> bool:
    """Whether a noun goes on after ``position``: "27 dead bodies" against "27 dead and"."""
    gap = _GAP.match(text, position)
    word = _WORD.match(text, gap.end()) if gap else None
    return word is not None and _kind(word.group()) in {"plural", "noun"}
