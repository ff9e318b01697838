"""What a noun or a given name tells of a speaker: a man, a woman, somebody, a body of people, or a paper."""

from __future__ import annotations

from collections.abc import Sequence


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


#: Titles that tell a pronoun.
TITLES = {
    **dict.fromkeys(("mr", "mr.", "sir", "lord", "herr", "monsieur"), "he"),
    **dict.fromkeys(("mrs", "mrs.", "ms", "ms.", "miss", "lady", "dame", "madam", "frau", "madame"), "she"),
}

_MEN = _words(
    """
    actor alderman anchorman assemblyman baron bishop boy boyfriend bridegroom brother businessman cameraman chairman
    clergyman congressman councilman countryman cowboy dad duke emperor father fiance fireman fisherman foreman
    frontman gentleman godfather grandfather grandson groom gunman guy handyman headmaster heir husband imam king
    landlord lawman man monk nephew newsman nobleman ombudsman policeman pope postman priest prince rabbi salesman
    schoolboy seaman serviceman sheikh son spokesman sportsman stepfather stepson stuntman sultan uncle waiter
    watchman widower workman
    """
)
_WOMEN = _words(
    """
    actress alderwoman anchorwoman assemblywoman aunt baroness bride businesswoman chairwoman congresswoman
    councilwoman countess daughter duchess empress fiancee gentlewoman girl girlfriend goddaughter godmother
    grandmother granddaughter heiress headmistress hostess housewife landlady mom mother mum niece nun policewoman
    princess queen saleswoman schoolgirl servicewoman sister spokeswoman sportswoman stepdaughter stepmother waitress
    widow wife woman
    """
)
_PEOPLE = _words(
    """
    academic accountant activist adviser advisor advocate aide ally ambassador analyst anchor applicant architect
    artist assistant astronaut athlete attorney author baker banker boss builder campaigner candidate captain cardinal
    chair champion chancellor chef chief child cleric clerk coach colleague collector colonel columnist commander
    commissioner commentator comrade conductor constable consultant coroner correspondent councillor councilor counsel
    counselor critic customer cyclist dealer defendant delegate demonstrator dentist deputy designer detective
    developer diplomat director doctor driver economist editor employee employer engineer envoy executive expert farmer
    fan fighter financier firefighter follower founder friend general governor graduate guard guest historian hunter
    inmate inspector instructor investigator investor islander journalist judge juror justice lawmaker lawyer lecturer
    legislator lender librarian lieutenant lobbyist magistrate major manager marshal mayor mechanic mediator member
    merchant migrant militant minister mogul mourner musician negotiator neighbor neighbour nominee novelist nurse
    observer officer official onlooker operator opponent organiser organizer painter parent partner passenger pastor
    patient pensioner physician physicist pilot player poet politician pollster premier president prisoner producer
    professor programmer prosecutor protester protestor psychologist publisher pupil rancher reader rebel refugee
    reporter representative researcher resident rival sailor scholar scientist secretary senator sergeant shareholder
    sheriff shopper singer soldier solicitor speaker specialist staffer statistician strategist striker student
    supporter surgeon surveyor survivor suspect teacher technician teenager tenant therapist tourist trader trainer
    treasurer veteran victim viewer villager visitor volunteer voter warden whistleblower winner witness writer
    """
)
_PEOPLE_ENDINGS = ("man", "woman", "person", "maker", "worker", "ologist", "owner", "leader")

_BODIES = _words(
    """
    academy administration agency airline alliance army assembly association authority band bank board broadcaster
    brigade bureau business cabinet camp campaign carrier center centre chain chamber charity church city clinic club
    coalition college command commission committee company congress consortium consulate corporation council county
    country court crew delegation department directorate division embassy enterprise faculty federation firm force
    foundation front fund government group guild hospital institute institution jury kingdom league line lobby
    manufacturer mill militia ministry mission mosque movement municipality museum navy network newspaper observatory
    office opposition organisation organization outlet panel parliament party police port prison province railway
    regiment regulator retailer school secretariat senate service society squad staff station store studio syndicate
    team town trade treasury tribunal troupe trust union university utility watchdog website
    """
)
_PAPERS = _words(
    """
    advertisement announcement article biography book bulletin column declaration document editorial email filing
    journal lawsuit leaflet letter magazine manifesto memo memorandum notice pamphlet paper petition poll post
    publication release report ruling statement story study suit survey text verdict
    """
)

_MEN_CALLED = _words(
    """
    aaron abdul abdullah abel abraham adam adrian ahmad ahmed alan albert alberto alejandro aleksandar alexander
    alfonso alfred ali allan alvaro anders andreas andrei andres andrew andrzej angus anthony anton antonio antti
    arjun armando arnold arthur austin axel barack barry bashar ben benjamin bernard bernie bill björn bob boris brad brendan
    brett brian bruce bryan carl carlos cedric charles charlie chris christian christopher chuck clarence claude colin
    conor craig curtis damian dan daniel dave david davor dean denis dennis derek diego dieter dimitri dmitri dominic donald
    doug douglas duncan dylan earl eddie eduardo edward edwin emil emmanuel enrique eric erik ernest ernesto esteban
    ethan eugene evan felipe felix fernando filip florian francisco francois frank franz fred frederick fritz gabriel
    gary gavin geoffrey george gerald gerard gilbert giorgio giovanni giuseppe glenn goran gordon graham greg gregory
    guido guillermo gunther gustav hamid hans harold harry hasan hassan hector heinrich henri henrik henry herbert
    herman howard hugh hugo hussein ian ibrahim igor ivan ivo jack jacob jacques jakob jakub james jan jared jason
    javier jeff jeffrey jens jeremy jerry jim jimmy joachim joaquin joe joel johan john johnny jon jonas jonathan jorge
    jose josef joseph josh joshua juan julian jurgen justin karel karl keith ken kenneth kevin khalid klaus konrad kurt
    kyle lars laurent lawrence leo leon leonard leonardo lewis liam lorenzo louis luca lucas luigi luis lukas luke
    magnus mahmoud malcolm manuel marc marcel marcin marco marcus mario marius mark marko martin marvin mateo matt
    matteo matthew matthias maurice max maxim michael michel miguel mike mikhail milan milos mitch mohamed mohammad
    mohammed muhammad murat mustafa nathan ned neil nicholas nick nicolas niels nigel nikolai nils norman olaf oleg
    oliver omar oscar oskar otto owen pablo pascal patrick paul pavel pedro pete peter petr philip philippe phil pierre
    piotr rafael rajesh ralph ramon raul ray raymond ricardo richard rick rob robert roberto rodney rodrigo roger
    roland rolf roman ron ronald ross roy rudolf rupert russell ryan salvador samuel santiago sean sebastian sergei
    sergio seth simon spencer stanislav stanley stefan stephen steve steven stuart sven tariq ted terrence theodore
    theo thomas tim timothy tobias todd tom tomas tomasz tommy tony trevor ulrich valentin victor viktor vincent
    vladimir walter warren wayne werner wilhelm will william wolfgang xavier yusuf zoran
    """
)
_WOMEN_CALLED = _words(
    """
    abigail ada adele agata agnes aisha alejandra alessandra alexandra alice alicia alison allison amanda amelia amina
    amy ana anastasia angela angelina anita anja anke ann anna anne annette annika antonia april astrid
    audrey barbara beata beatrice beatriz becky berit beth betty birgit bonnie brenda bridget brigitte camila camille
    carla carly carmen carol carolina caroline carolyn cassandra catherine cathy cecilia celia chantal charlotte
    chelsea chiara chloe christina christine cindy claire clara claudia colleen constance cristina cynthia dagmar
    daniela danielle daria deborah debra denise diana diane dolores dora doris dorothy ebba edith eileen elaine eleanor
    elena elisa elisabeth elise eliza elizabeth ella ellen elsa emilia emily emma erica erika esther eva eve evelyn
    fatima fiona florence frances francesca franziska frida gabriela gabrielle gail gemma genevieve georgia gerda
    gertrude giulia gloria grace greta gudrun hannah heather heidi helen helena helga henrietta hilary hildegard
    hillary ida ilse imelda ines ingeborg ingrid irena irene iris irina isabel isabella isabelle ivana ivanka jacqueline
    jana jane janet janice jasmina jasmine jelena jenna jennifer jenny jessica jill joan joanna johanna josephine
    joyce judith judy julia juliana julie juliet karen karin karina karla katarina kate katherine kathleen kathryn
    kathy katja katrina katy kayla kelsey khadija kirsten kristen kristin kristina lara laura lauren leila lena leticia
    lidia liliana lilian lily linda lisa liz ljubica lola lorena loretta louisa louise lucia lucy luisa lydia lynn
    madeleine magdalena maggie maja manuela marcela margaret margarita margot maria mariam marianne marie marija marina
    marion marisa marjorie marlene marta martha martina mary maryam mathilde maureen megan melania melanie melinda
    melissa mercedes meredith mia michaela michelle mildred milena mila mira miriam mirjana monica monika muriel nadia
    nadine nancy naomi natalia natalie natasha nelly nicola nicole nina nora norma olena olga olivia ortrud paloma
    pamela patricia paula pauline penelope petra phyllis pilar priscilla rachel ramona rania rebecca regina renata
    renate rita roberta rosa rosalind rose rosemary roxana ruth sabine sabrina salma samantha samira sandra sara sarah
    selma shannon sharon sheila shirley silvia simone sofia sonia sonja sophia sophie stefanie stella stephanie susan
    susanna susanne suzanne svetlana sybil sylvia tamara tanja tanya tara tatiana teresa theresa tiffany tina ulla
    ulrike ursula valentina valeria valerie vanessa vera veronica veronika victoria virginia vivian wanda wendy yasmin
    yvette yvonne zainab zoe zsuzsanna
    """
)


def kind_of_noun(lemma: str) -> str | None:
    """What a common noun names: "he", "she", "person", "it" for a body, "paper"; None where it tells nothing.

    >>> [kind_of_noun(lemma) for lemma in ("spokeswoman", "mayor", "skier", "ministry", "statement", "bridge")]
    ['she', 'person', None, 'it', 'paper', None]
    """
    if lemma in _MEN:
        return "he"
    if lemma in _WOMEN:
        return "she"
    if lemma in _PEOPLE or lemma.endswith(_PEOPLE_ENDINGS):
        return "person"
    if lemma in _BODIES:
        return "it"
    return "paper" if lemma in _PAPERS else None


def gender_of_name(words: Sequence[str]) -> str | None:
    """The pronoun that a full name's given name tells; None for a name alone and for names of both.

    >>> [gender_of_name(name.split()) for name in ("Marta Holm", "Peter Holm", "Robin Holm", "Marta")]
    ['she', 'he', None, None]
    """
    given = [word.lower() for word in words[:-1]]
    if any(word in _MEN_CALLED for word in given[:1]):
        return "he"
    if any(word in _WOMEN_CALLED for word in given):
        return "she"
    return "he" if any(word in _MEN_CALLED for word in given) else None
