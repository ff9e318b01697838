"""The phrases by which a page's furniture is known, as tables: why it is furniture, and how it reads."""

from __future__ import annotations

import re

from claims.documents import WRITTEN_DAY


def _compiled(*table: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((why, re.compile(pattern, re.VERBOSE | re.IGNORECASE)) for why, pattern in table)


#: Furniture never is longer than this (characters), save an author's box.
LONGEST = 300

_NAME = r"(?:[A-Z][\w.’'-]*|(?:de|van|von|der|den|al|bin|da|di|la|le)\b)"
_NAMES = rf"{_NAME}(?:[^\S\n]{_NAME}){{0,4}}(?:(?:,|[^\S\n](?:and|AND|&)|,[^\S\n]and)[^\S\n]{_NAME}(?:[^\S\n]{_NAME}){{1,4}}){{0,4}}"
_ROLE = (
    r"(?:reporter|journalist|correspondent|columnist|editor|writer|author|producer|photographer|contributor|freelancer"
    r"|commentator|consultant|fellow|professor|lecturer|researcher|analyst|novelist|historian)s?"
)

# A paragraph that tells what somebody said or did is the article, whatever its first words are.
TOLD = re.compile(
    r"\b(?:said|says|told|ruled|wrote|tweeted|asked|added|announced|argued|claim(?:s|ed)|denied|insisted|warned|testified|reported|according|officials?|court)\b"
)

# Phrases that are furniture wherever they stand alone.
ANYWHERE = _compiled(
    (
        "navigation",
        r"""
          (?:skip|jump) \s (?:to|past) \s .{2,30}                                     # Skip to main content
        | (?:back|return|scroll) \s to \s (?:the \s)? (?:top|home(?:page)?|main \s page)
        | \d{1,2} [\s-] min(?:ute)?s? \s (?:read|listen|watch)                        # 4 min read
        | (?:listen \s to|hear|play|print|save|bookmark|download) \s (?:this|the) \s (?:article|story|page|audio|episode)
        | (?:tags?|filed \s under|topics|categories|keywords) \s? : .{1,160}
        | (?:open|close|show|hide|toggle) \s (?:the \s)? (?:menu|navigation|search(?:\sbar)?|sidebar)
        | \d{1,2} \s (?:minute|hour|day|week|month)s? \s ago
        | view \s (?:all|more|full|gallery) (?:\s\w+)? | loading \s? (?:\.{3}|…)?
        """,
    ),
    (
        "sharing",
        r"""
          share \s (?:this|the|our) (?:\s (?:article|story|page|post|video|item|content|on .{2,40}))?
        | (?: (?:share|post|tweet|send|pin) \s (?:this \s)? (?:on|to|via|by|in) \s (?:a\s)?
              (?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|email|pinterest|bluesky|messenger|friend) \s* ){1,8}
        | (?:click \s to \s (?:share|email|print|tweet) .{0,60})
        | (?:tweet|email|e-mail|pin) \s (?:this|it)(?:\s(?:article|story|page))? | copy \s (?:the\s)? (?:link|url)
        | gift \s this \s article | share \s this
        """,
    ),
    (
        "advertisement",
        r"""
          [-–—*\s]* (?:paid \s|remove \s)? advert(?:isement|ising|isements)? [-–—*\s]* | sponsored (?:\s(?:content|post|by .{1,40}))? | promoted \s content
        | (?:article|story|text|content|report) \s (?:continues|resumes) \s (?:below|after) (?:\s .{1,30})?
        | continue \s reading (?: \s (?:below|the \s .{1,30}|after .{1,30}))? \s? [↓.…]*
        | scroll \s (?:down \s)? (?:to|for) \s (?:continue|more|read).{0,40}
        | advertisement \s? [-–—:|] .{1,60}
        """,
    ),
    (
        "newsletter",
        r"""
          (?:sign \s up|subscribe|register|get|join|receive|enter \s your \s email) \b .{0,160}
              \b (?:newsletters?|daily \s (?:edition|briefing|digest)|inbox|by \s e?-?mail|e?-?mail \s (?:alerts?|updates?)|breaking \s news \s alerts?) \b .{0,120}
        | (?:already|not \s (?:yet\s)?) \s? an? \s (?:subscriber|member) \s? [?] .{0,60}
        | (?:thank \s you|thanks) \s for \s (?:signing \s up|subscribing|registering) .{0,60}
        | (?:have \s (?:you \s got \s)? an? \s (?:tip|story|correction|comment)|(?:found|see|spotted) \s (?:an \s error|a \s mistake)) \b .{0,40} [?] .{0,120}
        | (?:support|donate \s to|become \s a \s (?:member|supporter)) \b .{0,40} \b (?:journalism|newsroom|reporting) \b .{0,100}
        | subscribe \s (?:now|today|here|for .{1,40}|to \s (?:continue|read|unlock|our|the) .{0,80})
        """,
    ),
    (
        "cookies",
        r"""
          (?:we|this \s (?:site|website|page)|our \s (?:site|website)|by \s (?:continuing|using|clicking|browsing)) \b .{0,160} \b cookies? \b .{0,160}
        | (?:accept|reject|allow|manage|refuse) \s (?:all|my|your|optional|necessary)? \s? (?:cookies?|preferences|consent) (?:\s settings)?
        | (?:cookies?|privacy) \s (?:settings|preferences|notice)
        """,
    ),
    (
        "related stories",
        r"""
          (?:read|see|watch|listen) (?:\s (?:more|also|next|now|this))? \s? : \s .{1,160}    # READ ALSO: Who gave the premier money?
        | (?:related|recommended|don[’']t \s miss) (?:\s \w+)? \s? : \s .{1,160}
        """,
    ),
    (
        "comments",
        r"""
          (?:view|show|see|read|hide|leave|post|add|write|join|\d{1,5}) \s (?:all \s|a \s|your \s|the \s|\d{1,5} \s)* (?:comments?|reply|replies|conversation|discussion)
        | \d{1,5} \s comment\(s\)
        | comments? \s? (?:\( \d{1,5} \)|are \s closed\.?|: \s \d{1,5}|section)
        """,
    ),
    (
        "copyright",
        r"""
          (?:© | \(c\) | copyright \s? (?:©|\(c\)|(?:19|20)\d\d|by\b)) .{0,250}
        | all \s rights \s reserved\.?
        """,
    ),
    (
        "picture credit",
        r"""
          [(\[]? (?:photo(?:graph)?|image|picture|illustration|video|file \s photo|graphic) s? (?:\s (?:credit|by|courtesy(?:\sof)?|source))? \s? [:/] \s? [^.!?]{2,80} [)\]]?
        | (?:photo(?:graph)?|image|picture) s? \s (?:by|courtesy(?:\sof)?) \s [^.!?]{2,60}
        """,
    ),
    (
        "about the author",
        r"""
          (?:follow|contact|reach|e-?mail) \s (?:him|her|them|me|us|the \s (?:author|writer|reporter)|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}) \s (?:on|at|via) \s
              (?:twitter|x|facebook|instagram|linkedin|mastodon|bluesky|threads|.{0,40}@) (?:\b|(?<=@)) .{0,60}
        """,
    ),
)

# Words that are furniture at the page's edges, or three of them in a row.
AT_EDGES = _compiled(
    (
        "navigation",
        r"""
          home(?:page)? | menu | search | news | world | politics | sports? | business | opinion | weather | culture | lifestyle | health
        | tech(?:nology)? | science | travel | entertainment | video s? | photos | podcasts? | local | national | international
        | (?:latest|breaking|top|local|world) \s news | log \s? (?:in|out) | sign \s (?:in|up|out) | my \s account | register | print | close | sections
        | (?:terms|conditions)(?:\s(?:of|&|and)\s(?:use|service|conditions|sale))? | privacy(?:\spolicy)? | contact(?:\sus)? | about(?:\sus)? | careers
        | advertise(?:\s with \s us)? | accessibility | site \s? map | faqs? | help | rss | e-?paper | corrections | archives? | live | next | previous | more
        """,
    ),
    (
        "sharing",
        r"""
          share | facebook | twitter | x | whats \s? app | linked \s? in | reddit | telegram | e-?mail | pinterest | instagram | youtube
        | messenger | bluesky | threads | tiktok | copy | link | tweet | save | bookmark | like | follow (?:\sus)? (?:\son\s\w+)?
        """,
    ),
    ("newsletter", r"subscribe | newsletters? | donate | support \s us | become \s a \s member | free \s sign \s up"),
    ("comments", r"comments?"),
    ("related stories", r"trending | popular | recommended | related"),
)

# Items parted by bars or arrows: a menu or the path to the page.
MENU_LINE = re.compile(r"[^\s|>»›•·][^|>»›•·\n]{0,30}(?:\s?[|>»›•·]\s?[^|>»›•·\n]{1,30}){2,20}")

BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Words by|Written by|Story by)[:\s]\s?(?P<names>{_NAMES})(?:\s?[,|•·–—-]\s?[^.!?\n]{{1,80}}|\s+(?=\d{{1,2}}\s\w{{3,9}}\s\d{{4}})[^!?\n]{{1,60}})?"
)
SIGNED = re.compile(rf"[–—-]{{1,2}}\s?(?P<names>{_NAMES})")
ROLE_WORD = re.compile(rf"\b(?:{_ROLE}|staff|bureau|desk|chief)\b", re.IGNORECASE)
DAY_LINE = re.compile(
    rf"""
    (?P<said>(?:first\s|last\s)? (?:published|posted|updated|modified|issued|created) \b [\s:]* (?:on|at)? \s?)?
    (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s|(?:mon|tue|wed|thu|fri|sat|sun)\.?,?\s)?
    (?:\d{{1,2}}[:.]\d\d \s? (?:[ap]\.?m\.?)? ,? \s (?:\w{{2,4}},?\s)? (?:on\s)?)?        # 5:04 pm GMT,
    {WRITTEN_DAY.pattern}
    (?:[\s,|·–—-]* (?:at\s)? (?:\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?|\d{{1,2}}(?=\s?[ap]\.?m)) \s? (?:[ap]\.?m\.?)? (?:\s\(?[a-z]{{2,5}}\)?)?)?
    (?: \s? [·|•] .{{1,250}} )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

CREDIT = re.compile(
    r"""
      (?:(?:additional|with) \s)? (?:reporting|editing|writing|research) (?:\s (?:by|from|and \s \w+ \s by))? \s .{2,200}
    | .{2,120} \b contributed \s (?:to \s (?:this|the) \s (?:report|story|article)|reporting) \b .{0,60}
    | (?:this \s (?:article|story|report) \s (?:was|is|first|originally)) \b .{0,40} \b (?:published|produced|appeared|republished|translated) \b .{0,160}
    """,
    re.VERBOSE | re.IGNORECASE,
)
NOTE_ON_AUTHOR = re.compile(
    rf"""
    {_NAMES} \s (?:is|was|are|has\sbeen) \s (?:an?\s|the\s|our\s|also\s|former\s)* (?:[\w’'.-]+[\s,]+){{0,10}}? {_ROLE}
    (?: [.,]? $ | [,\s]+ (?:for|at|with|of|based|covering|in|on|and|from|specializing|specialising|focusing|who\s(?:covers|writes|reports)) \b )
    | {_NAMES} \s (?:covers|writes|reports) \s (?:on|about|for|from|the|\w+\sfor) \b
    """,
    re.VERBOSE,
)

ABOUT_AUTHOR = re.compile(
    r"(?:about|meet|more about) (?:the|our|this) (?:authors?|writers?|reporters?|journalists?|contributors?):?",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"""
      (?:related|similar|recommended|suggested|other|more|popular|trending|latest|top|featured|must-read) \s (?:stories|articles|content|coverage|topics|links|news|posts|headlines|reads|videos)
    | (?:more|also) \s (?:from|on|in) \s .{2,40} | you \s (?:may|might) \s (?:also \s)? (?:like|be \s interested \s in) | (?:recommended|picked) \s for \s you
    | most \s (?:read|popular|viewed|shared|commented|recent) | trending \s now | (?:read|up) \s next | in \s case \s you \s missed \s it
    | editors?[’']?s?[’']? \s (?:picks?|choice) | don[’']t \s miss | see \s also | read \s (?:more|also) | also \s read | what \s to \s read \s next | from \s (?:around|across) \s the \s web
    """,
    re.VERBOSE | re.IGNORECASE,
)
READERS_SPEAK = re.compile(
    r"(?:\d{1,5} comments?|comments? ?\(\d{1,5}\)|leave a (?:comment|reply)(?: cancel reply)?|house rules|comment(?:s|ing)? (?:policy|rules|guidelines))",
    re.IGNORECASE,
)

SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
LIST_OPENS = re.compile(r"(?:\S+\s+){5}.*:", re.DOTALL)
NUMBERED = re.compile(r"\d{1,2}[.)]?\s")
