"""What kind of claim a statement is, and whether it claims at all: assertion, opinion, prediction or question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from claims.checkability import weigh
from claims.checkability.signals import read

Nature = Literal["assertion", "opinion", "prediction", "question"]

#: AVeriTeC's claim types in lower case, in the order in which they are named: 'Numerical Claim', 'Quote
#: Verification', 'Event/Property Claim', 'Causal Claim', 'Position Statement' (Schlichtkrull et al. 2023).
KINDS = ("numerical", "quote", "event", "causal", "position")

_POSITION = re.compile(
    r"""
    (?<!\bthe\ )(?<!\ba\ )(?<!\bof\ )(?<!\btheir\ )   # "the backs", "a promise" are things, not acts
    \b(?:
        (?:support|oppose|favou?r|back|endorse|reject|condemn|denounce|criticis|criticiz|demand|advocat|champion
           |pledge|vow|promis|threaten|welcom|defend|prefer)(?:s|e[sd]?|d|ing)?
      | (?:call|push|campaign|argue|lobb(?:y|ie))(?:s|e?d|ing)?\ for      # called for a ban
      | (?:vote[sd]?|voting|is|are|was|were|comes?|came|stands?|stood)\ (?:for|against|in\ favou?r)
      | (?:believe|want|think|oppose)s                                    # the minister wants, believes
      | wanted | believed | opposed\ to | urge[sd]? | urging
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)

# After these stands no verb of the sentence's own: "the party that won will ...", "the planned bridge will ...".
_NO_VERB_AFTER = frozenset("who which that the a an its their his her".split())
_WORD = re.compile(r"[^\W_]++(?:['’][^\W_]++)*+")
_OPENING, _CLOSING = tuple("“\"‘'"), tuple("”\"’'")

# What may be is foretold where words say that it lies ahead; "could see" and "may be closed at night" tell what is so.
_MAY = frozenset("may might could".split())
_AHEAD = re.compile(
    r"\b(?:next|tomorrow|tonight|soon|again|eventually|later\ this|this\ coming|in\ the\ coming|as\ early\ as|by\ the\ end\ of)\b",
    re.IGNORECASE | re.VERBOSE,
)
# "is a scandal", "would be a blessing", "seems to me": a judgement by how it is said, whatever its words are elsewhere.
_JUDGES = re.compile(
    r"""\b(?:
        (?:is|are|was|were|be|been|seems?|remains?|became|becomes?)\ (?:not\ )?(?:an?|such\ an?|nothing\ but\ an?|the)\ (?:[a-z]+\ )?
        (?:blessing|blunder|boon|burden|catastrophe|charade|curse|delight|disappointment|embarrassment|failure|farce|fiasco|folly
           |godsend|insult|joke|joy|masterpiece|menace|mess|miracle|mistake|mockery|nightmare|nuisance|outrage|pity|pleasure
           |relief|scandal|shambles|shame|success|tragedy|travesty|treat|triumph|waste)
      | seems?\ to\ (?:me|us) | (?:in|to)\ my\ (?:view|mind|opinion|eyes)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

# What tells what happened or how things were.
_TELLING = frozenset(("event", "past", "change"))
# What makes an opinion, and what there is to look up in spite of it.
_OPINIONS = frozenset(("duty", "belief", "judgement", "loaded", "exclaims"))
_GROUNDS = frozenset(("figure", "date", "event", "quotation", "attribution"))
# An opinion may have grounds and still be one, where the trained head sees so little of a fact in it.
_HARDLY_VERIFIABLE = 0.3


def kinds_of(text: str, *, has_figure: bool, has_date: bool, quoted: bool) -> tuple[str, ...]:
    """The kinds of the claim ``text``, in the order of ``KINDS``; blank text has none.

    >>> kinds_of("Unemployment rose to 7% because of the strike.", has_figure=True, has_date=False, quoted=False)
    ('numerical', 'event', 'causal')
    >>> kinds_of("The minister opposes the ban.", has_figure=False, has_date=False, quoted=False)
    ('position',)

    A claim is of several kinds at once. "event" is AVeriTeC's event or property: what happened and what is so, and
    therefore also what is of no other kind.
    """
    if not text.strip():
        return ()
    signals = read(text).signals
    takes_position = _POSITION.search(text) is not None
    causal = "cause" in signals
    tells = not _TELLING.isdisjoint(signals)
    found = {
        "numerical": has_figure,
        "quote": quoted,
        "event": has_date or (tells and not takes_position) or not (has_figure or quoted or causal or takes_position),
        "causal": causal,
        "position": takes_position,
    }
    return tuple(kind for kind in KINDS if found[kind])


@lru_cache(maxsize=1_024)
def nature_of(text: str) -> Nature:
    """Whether ``text`` asserts what can be looked up now, judges, foretells or asks.

    >>> nature_of("The bridge opened in May."), nature_of("The bridge will open in May.")
    ('assertion', 'prediction')
    >>> nature_of("The bridge is a disgrace."), nature_of("Who paid for the bridge?")
    ('opinion', 'question')
    >>> nature_of("The bridge, which will be closed in May, cost 3 million euros.")
    'assertion'

    A question ends as one, unless it is told that somebody asked it. A prediction's own verb is of the future, or says what may be
    and when. An
    opinion says what ought to be, what somebody thinks, or judges, and gives no figure, date, event or source to look
    up, or hardly. What is left is an assertion, also where it is blank.
    """
    signals = read(text).signals
    if "question" in signals and not _is_told(text.strip()):
        return "question"
    if _foretells(text, signals):
        return "prediction"
    judges = signals.keys() & _OPINIONS or _JUDGES.search(text)
    if judges and (not signals.keys() & _GROUNDS or weigh(text).verifiable < _HARDLY_VERIFIABLE):
        return "opinion"
    return "assertion"


def _is_told(question: str) -> bool:
    """Whether the question stands in a quotation that does not fill the sentence (He asked: “Who paid?”)."""
    return question.endswith(_CLOSING) and not question.startswith(_OPENING)


def _foretells(text: str, signals: Mapping[str, list[str]]) -> bool:
    """Whether the sentence's own verb, the first that no "who" or "the" takes away, is of the future."""
    future = set(signals.get("future", ()))
    lies_ahead = "possible" in signals and _AHEAD.search(text) is not None
    if not (future or lies_ahead):
        return False
    told = {word.lower() for name in ("event", "past") for word in signals.get(name, ())}
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if before in _NO_VERB_AFTER:
            continue
        if word in future or f"{word} {after}" in future or (lies_ahead and word in _MAY and after != "have"):
            return True
        if word in told:
            return False
    return False
