"""Nouns that name people by what they are or do: titles before names, and whom else "he" could mean."""

from __future__ import annotations

HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady dame st st. jr. sr. prof. rev.".split())
GENDERS = dict.fromkeys("mr. mr sir lord king prince".split(), "m") | dict.fromkeys(
    "mrs. mrs ms. ms miss lady dame queen princess".split(), "f"
)
PEOPLE = frozenset(
    """
    man woman boy girl guard officer driver teacher doctor nurse soldier worker student player coach judge
    lawyer minister president mayor spokesman spokeswoman spokesperson official suspect victim witness brother
    sister father mother son daughter wife husband friend colleague leader chief director manager owner
    neighbour neighbor partner reporter journalist author actor actress singer king queen prince princess boss
    attorney prosecutor inspector detective sergeant captain general passenger customer patient child teenager
    baby uncle aunt cousin boyfriend girlfriend rival opponent predecessor successor deputy senator governor
    pilot chancellor chairman chairwoman secretary ambassador commander commissioner professor lieutenant
    colonel major premier candidate striker midfielder defender goalkeeper winger forward star rapper presenter
    comedian producer editor founder analyst economist ceo chef
    """.split()
)
#: Words for people that are first names and surnames as well: "Prince Korda" may be no prince.
NAMESAKES = frozenset("king queen prince princess judge major baby star guard child winger chancellor chef".split())
#: Those whom an adjective of nationality tells the subject of: a French teacher teaches French.
PROFESSING = frozenset(
    """
    teacher tutor lecturer professor scholar historian student translator interpreter expert ambassador envoy
    correspondent specialist minister secretary speaker critic collector importer veteran spy agent lobbyist consul
    """.split()
)
#: What has a nationality of its own before a word for who deals in it: an Irish whiskey maker.
WARES = frozenset(
    """
    football restaurant food whiskey whisky wine beer horn medicine language law history literature studies opera art
    car rug poetry cuisine cheese shepherd bulldog cinema theatre dance music style terrier bank club
    """.split()
)
#: Words that rank a title, or turn it.
RANKS = frozenset(
    "pro anti non vice deputy assistant associate honorary shadow acting sitting reigning defending founding managing ruling serving retiring leading incoming outgoing interim caretaker senior junior chief".split()
)
#: Bodies and crowds of people, which act as a person does.
BODIES = frozenset(
    """
    bank company firm police club team side council government ministry party union charity school college university
    hospital court army agency retailer supermarket airline broadcaster newspaper committee board parliament
    couple pair crew gang group family people person protester fan resident pupil migrant refugee fighter rebel militant
    activist supporter troop firefighter shopper tourist commuter villager neighbour campaigner
    """.split()
)
