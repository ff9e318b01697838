"""The few forms of English verbs that a restored subject asks for."""

from __future__ import annotations

_THIRD = {
    "be": "is",
    "am": "is",
    "are": "is",
    "were": "was",
    "have": "has",
    "'ve": "has",
    "do": "does",
    "go": "goes",
    "'re": "is",
}
_PAST = dict(
    pair.split(":")
    for pair in """
    be:was become:became begin:began bear:bore beat:beat bend:bent bind:bound bite:bit bleed:bled blow:blew
    break:broke breed:bred bring:brought broadcast:broadcast build:built burst:burst buy:bought cast:cast
    catch:caught choose:chose cling:clung come:came cost:cost creep:crept cut:cut deal:dealt dig:dug do:did
    draw:drew drink:drank drive:drove eat:ate fall:fell feed:fed feel:felt fight:fought find:found flee:fled
    fling:flung fly:flew forbid:forbade forget:forgot forgive:forgave freeze:froze get:got give:gave go:went
    grind:ground grow:grew hang:hung have:had hear:heard hide:hid hit:hit hold:held hurt:hurt keep:kept
    know:knew lay:laid lead:led leave:left lend:lent let:let lie:lay light:lit lose:lost make:made mean:meant
    meet:met overtake:overtook pay:paid put:put quit:quit read:read ride:rode ring:rang rise:rose run:ran
    say:said see:saw seek:sought sell:sold send:sent set:set shake:shook shed:shed shine:shone shoot:shot
    show:showed shrink:shrank shut:shut sing:sang sink:sank sit:sat sleep:slept slide:slid speak:spoke
    spend:spent spin:spun split:split spread:spread stand:stood steal:stole stick:stuck strike:struck
    swear:swore sweep:swept swim:swam swing:swung take:took teach:taught tear:tore tell:told think:thought
    throw:threw undergo:underwent understand:understood wake:woke wear:wore weep:wept win:won wind:wound
    write:wrote arise:arose awake:awoke bid:bid forsake:forsook slay:slew sling:slung spit:spat sting:stung
    stink:stank strive:strove tread:trod weave:wove
    """.split()
)
# Verbs of two syllables or more that still double their last letter.
_DOUBLES = frozenset(
    """
    admit commit compel control equip expel occur prefer propel refer regret submit transfer transmit
    """.split()
)
_PREFIXES = ("fore", "mis", "out", "over", "re", "under", "up", "with")
_REGULAR = frozenset(["relay", "outlay", "outfit"])
_VOWELS = "aeiou"


def past(lemma: str) -> str:
    """The simple past of a verb.

    >>> [past(lemma) for lemma in ("flee", "carry", "stop", "admit", "mistake", "use")]
    ['fled', 'carried', 'stopped', 'admitted', 'mistook', 'used']
    """
    if lemma in _PAST:
        return _PAST[lemma]
    for prefix in _PREFIXES:
        stem = lemma.removeprefix(prefix)
        if stem != lemma and stem in _PAST and lemma not in _REGULAR:
            return prefix + _PAST[stem]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1:] if lemma in _DOUBLES or _is_short(lemma) else "") + "ed"


def third(form: str) -> str:
    """The form that goes with "it", of a form that goes with "they".

    >>> [third(form) for form in ("were", "have", "say", "carry", "watch", "left")]
    ['was', 'has', 'says', 'carries', 'watches', 'lefts']
    """
    if form in _THIRD:
        return _THIRD[form]
    if form.endswith("y") and form[-2:-1] not in _VOWELS:
        return form[:-1] + "ies"
    return form + ("es" if form.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def article(word: str) -> str:
    """The article, "a" or "an", as it goes before ``word``.

    >>> article("actress"), article("union"), article("honorary")
    ('an', 'a', 'an')
    """
    sounds_open = word[:1].lower() in _VOWELS and not word.lower().startswith(("uni", "use", "eu", "one"))
    return "an" if sounds_open or word.lower().startswith(("hono", "heir", "hour", "honest")) else "a"


def _is_short(lemma: str) -> bool:
    """Whether the verb is one syllable that ends consonant, vowel, consonant ("stop", not "look", "show" or "fix")."""
    return (
        lemma[:-2] != ""
        and sum(letter in _VOWELS for letter in lemma) == 1
        and lemma[-2] in _VOWELS
        and lemma[-1] not in _VOWELS + "wxy"
    )
