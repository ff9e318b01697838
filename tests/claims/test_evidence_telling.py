"""One word put in or left out: which of them alters what a passage says, which is a small difference, and what takes a passage back."""

from __future__ import annotations

import time

import pytest

from claims.evidence import find_passage
from claims.evidence.denials import denial_of

#: The passage, and what a document has instead: one word more, one less, or another small one, and another thing is said.
ALTERED = """
The camp held over 950 detainees that winter | The camp held 950 detainees that winter
The camp held about 950 detainees that winter | The camp held 950 detainees that winter
The camp held under 950 detainees that winter | The camp held 950 detainees that winter
The camp held around 950 detainees that winter | The camp held 950 detainees that winter
The camp held below 950 detainees that winter | The camp held 950 detainees that winter
The camp held above 950 detainees that winter | The camp held 950 detainees that winter
The camp held up to 950 detainees that winter | The camp held 950 detainees that winter
The camp held 950 detainees that winter | The camp held over 950 detainees that winter
The former minister resigned on Tuesday evening | The minister resigned on Tuesday evening
The minister resigned before Tuesday evening | The minister resigned on Tuesday evening
The minister resigned by Tuesday evening | The minister resigned on Tuesday evening
The camp held 950 foreign detainees that winter | The camp held 950 detainees that winter
The camp illegally held 950 detainees that winter | The camp held 950 detainees that winter
The acting mayor signed the contract in the spring | The mayor signed the contract in the spring
The mayor signed the contract in the spring | The acting mayor signed the contract in the spring
An ex-chief of the police was seen at the harbour | A chief of the police was seen at the harbour
The harbour was closed until 1998 by the navy | The harbour was closed in 1998 by the navy
The bridge has been unsafe since the flood of the river | The bridge has been unsafe in the flood of the river
The children were deliberately left at the border | The children were left at the border
The children were left at the border | The children were deliberately left at the border
The peaceful march was stopped at the old bridge | The march was stopped at the old bridge
The clinic treated roughly 60 patients in a week | The clinic treated 60 patients in a week
The clinic treated ~60 patients in a week of May | The clinic treated 60 patients in a week of May
The clinic treated 60+ patients in a week of May | The clinic treated 60 patients in a week of May
The clinic treated within 60 minutes all who came | The clinic treated 60 minutes all who came
Rents rose sharply in the towns along the coast | Rents rose in the towns along the coast
The firm secretly paid the judge of the lower court | The firm paid the judge of the lower court
The firm paid the corrupt judge of the lower court | The firm paid the judge of the lower court
The vaccine is completely safe for the young | The vaccine is safe for the young
The vaccine was temporarily withdrawn in the summer | The vaccine was withdrawn in the summer
The new law forbids the trade in ivory and horn | The law forbids the trade in ivory and horn
Two armed men were seen near the school at dawn | Two men were seen near the school at dawn
The report was leaked after the vote in the senate | The report was leaked during the vote in the senate
The Syrian ambassador left the hall before the end | The ambassador left the hall before the end
Der ehemalige Minister trat am Dienstag zurück | Der Minister trat am Dienstag zurück
Im Lager waren über 950 Gefangene in jenem Winter | Im Lager waren 950 Gefangene in jenem Winter
L'ancien ministre a quitté la réunion mardi soir | Le ministre a quitté la réunion mardi soir
El hospital atendió hasta 60 pacientes en una semana | El hospital atendió 60 pacientes en una semana
Вчера бывший министр покинул заседание во вторник | Вчера министр покинул заседание во вторник
The minister allegedly resigned over the scandal in the bank | The minister resigned over the scandal in the bank
The so-called experts met in the capital last month | The experts met in the capital last month
The pipeline leaked nearly 40 barrels into the lake | The pipeline leaked 40 barrels into the lake
The pipeline leaked at least 40 barrels into the lake | The pipeline leaked 40 barrels into the lake
The pipeline leaked almost 40 barrels into the lake | The pipeline leaked over 40 barrels into the lake
Smoking causes rare forms of cancer in mice and rats | Smoking causes cancer in mice and rats
The study of adult women found no link with the drug | The study of women found no link with the drug
The senator briefly met the envoy at the airport hotel | The senator met the envoy at the airport hotel
The company was fined under 3 million euros by the court | The company was fined 3 million euros by the court
The company was fined a record 3 million euros by the court | The company was fined 3 million euros by the court
The company was fined beyond 3 million euros by the court | The company was fined 3 million euros by the court
The strike will end by Friday, the union told reporters | The strike will end on Friday, the union told reporters
The strike will end after Friday, the union told reporters | The strike will end on Friday, the union told reporters
The rebels voluntarily handed over their guns to the army | The rebels handed over their guns to the army
The president-elect called the general on the night of the vote | The president called the general on the night of the vote
The vice president called the general on the night of the vote | The president called the general on the night of the vote
The pro-government crowd threw stones at the embassy | The crowd threw stones at the embassy
The test was done on 12 healthy volunteers in Ghent | The test was done on 12 volunteers in Ghent
The fake letter was shown to the jury on the second day | The letter was shown to the jury on the second day
The river is polluted near the old mines of the valley | The river is polluted near the mines of the valley
Officials from Egypt joined the talks in the evening | Officials joined the talks in the evening
The ban covers most imported cars sold in the country | The ban covers most cars sold in the country
Die Firma zahlte heimlich eine Summe an den Richter | Die Firma zahlte eine Summe an den Richter
La empresa pagó supuestamente al juez de la ciudad | La empresa pagó al juez de la ciudad
"""

#: The passage, and how a document has it: a slip, another spelling, a small word, the typesetter's part.
HARMLESS = """
The camp held 950 detaines that winter in the fort | The camp held 950 detainees that winter in the fort
The camp held 950 detainees that winter, in the fort | The camp held 950 detainees that winter in the fort
The camp held  950\u00a0detainees that winter | The camp held 950 detainees that winter
Camp held 950 detainees that winter in the fort | The camp held 950 detainees that winter in the fort
The camp then held 950 detainees in that winter | The camp held 950 detainees in that winter
The minister resigned Tuesday evening at the palace | The minister resigned on Tuesday evening at the palace
The minster resigned on Tuesday evening at the palace | The minister resigned on Tuesday evening at the palace
The minister has resigned on Tuesday evening at last | The minister resigned on Tuesday evening at last
The minister, he said, resigned on Tuesday evening | The minister resigned on Tuesday evening
The [former] minister resigned on Tuesday evening | The minister resigned on Tuesday evening
The policy makers met at the harbour in the autumn | The policymakers met at the harbour in the autumn
The policy-makers met at the harbor in the autumn | The policy makers met at the harbour in the autumn
The antigovernment march was stopped at the bridge | The anti-government march was stopped at the bridge
The centre was re-opened by the mayor in the spring | The center was reopened by the mayor in the spring
The programme was cancelled by the board in spring | The program was canceled by the board in spring
The children who were ill were taken to the clinic | The children that were ill were taken to the clinic
They also told the court that the door was open | They told the court that the door was open
They told the court the door was open all night | They told the court that the door was open all night
Rents rose by 5% in the towns along the coast | Rents rose 5% in the towns along the coast
The clinic treated sixty patients in the whole week | The clinic treated 60 patients in the whole week
The clinic treated about 60 patients in a week | The clinic treated around 60 patients in a week
The clinic treated ca. 60 patients in the week of the flood | The clinic treated c. 60 patients in the week of the flood
The shop stayed open till the end of the winter | The shop stayed open until the end of the winter
The firm paid the judge, of the lower court, in cash | The firm paid the judge of the lower court in cash
The walkers went round the lake in the morning | The walkers went around the lake in the morning
The book is about the war in the mountains of the south | The book is on the war in the mountains of the south
The firms paid the judge of the lower court in cash | The firm paid the judge of the lower court in cash
The firm payed the judge of the lower court in cash | The firm paid the judge of the lower court in cash
The firm paid the the judge of the lower court in cash | The firm paid the judge of the lower court in cash
The letter was wriiten by the governor of the bank | The letter was written by the governor of the bank
“The letter”, was written by the governor of the bank | "The letter" was written by the governor of the bank
The e-mail was sent by the governor of the bank | The email was sent by the governor of the bank
Der Minister ist am Dienstag zurueckgetreten | Der Minister ist am Dienstag zurückgetreten
Die Straße wurde im Frühjahr auch gesperrt | Die Straße wurde im Frühjahr gesperrt
Le ministre a quitté cette réunion mardi soir | Le ministre a quitté la réunion mardi soir
El hospital fue cerrado por el alcalde esta semana | El hospital fue cerrado por el alcalde la semana
The senator met the envoy at the airports hotel | The senator met the envoy at the airport hotel
The senator met the the envoy at the airport hotel | The senator met the envoy at the airport hotel
The senator met envoy at the airport hotel | The senator met the envoy at the airport hotel
The senator met the envoy in the airport hotel | The senator met the envoy at the airport hotel
The senator has met the envoy at the airport hotel | The senator met the envoy at the airport hotel
The Senator met the Envoy at the Airport Hotel | The senator met the envoy at the airport hotel
The senator met the envoy at the air port hotel | The senator met the envoy at the airport hotel
The pipeline leaked 40 barels into the lake in June | The pipeline leaked 40 barrels into the lake in June
The pipe-line leaked 40 barrels into the lake in June | The pipeline leaked 40 barrels into the lake in June
The pipeline leaked forty barrels into the lake in June | The pipeline leaked 40 barrels into the lake in June
The pipeline leaked more than 40 barrels into the lake | The pipeline leaked over 40 barrels into the lake
The pipeline leaked roughly 40 barrels into the lake | The pipeline leaked about 40 barrels into the lake
It's a labour dispute, the union told reporters in Lyon | It is a labor dispute, the union told reporters in Lyon
The union told reporters that it would analyse the offer | The union told reporters that it would analyze the offer
The union which runs the port told reporters of the offer | The union that runs the port told reporters of the offer
The company, which was fined, was sold in the autumn | The company which was fined was sold in the autumn
The grey jewellery box was found in the traveller's car | The gray jewelry box was found in the traveler's car
The judgement was published on the courts website | The judgment was published on the court's website
The counsellor wrote the cheque for the theatre in Bath | The counselor wrote the check for the theater in Bath
The naïve façade of the café was painted in that year | The naive facade of the cafe was painted in that year
The test was done on 12 volunteers in Ghent by a nurse. | The test was done on 12 volunteers, in Ghent, by a nurse
The talks began at 9 a.m. in the hall of the ministry | The talks began at 9am in the hall of the ministry
The US envoy joined the talks in the hall at noon | The U.S. envoy joined the talks in the hall at noon
The talks among the parties began in the hall at noon | The talks between the parties began in the hall at noon
Officals from Egypt joined the talks in the evening | Officials from Egypt joined the talks in the evening
Die Firma zahlte dem Richter eine grosse Summe Geld | Die Firma zahlte dem Richter eine große Summe Geld
La empresa le pagó al juez de la ciudad en abril | La empresa pagó al juez de la ciudad en abril
The letter wich was shown to the jury was his own | The letter which was shown to the jury was his own
The letter was shown to teh jury on the second day | The letter was shown to the jury on the second day
The letter that was shown to the jury is his own | The letter that was shown to the jury was his own
"""

#: A passage, what precedes it in its sentence and takes it back.
DENIED = """
guards had fired on the crowd | Officials denied that the
fired on the crowd | Officials denied that the guards had
the guards had fired on the crowd | Officials denied that
women were shot | It is not true that the
the director was arrested | The ministry rejected claims that
director was arrested | The ministry rejected claims that the
the director was arrested | The bank dismissed reports by the opposition that
the director was arrested | The ministry denied all allegations that
the director was arrested | The board refuted suggestions that
troops crossed the river | The army denies that its own
the river was poisoned | There is no evidence that the water of
the mayor took money | Rumours are untrue that
mayor took money | It is false to claim that the
pupils were fed sand | The paper falsely reported that some young
the wells were dry | There is no truth in the claim that
harvest was burned | It isn’t the case that the
the vote was rigged | The court rejected the idea that
vote was rigged | The court rejected the notion that the
ballots were burned | The clerk disputed that any of the
the strike was over | A spokesman denied accusations that
company paid the judge | The lawyer denied that the
the company paid the judge | The lawyer dismissed as false claims that
the company paid the judge | The lawyer categorically denied that
company paid the judge | No one said that the
drug causes cancer | Fact-checkers debunked the claim that this
drug causes cancer | There is no proof that any such
the drug causes cancer | The agency rejected suggestions from activists that
votes were lost | It is incorrect that thousands of
the king had fled | The palace rebutted rumours that
king had fled | The palace has repeatedly denied reports that the
the earth is flat | It is a myth that
soldiers entered the city | Moscow denies that its
"""

#: A passage, and what precedes it in its sentence without taking it back.
STANDS = """
guards had fired on the crowd | Officials said that the
guards had fired on the crowd | Officials did not deny that the
the guards had fired on the crowd | Officials never denied that
the guards had fired on the crowd | Nobody denied that
the guards had fired on the crowd | The minister denied that, and
the guards had fired on the crowd | The minister denied that because
the guards had fired on the crowd | He denied the charge that day, yet
women were shot | It is true that the
women were shot | It is not only true that they were beaten, the
the director was arrested | The ministry published claims that
the director was arrested | The ministry rejected the budget after
the director was arrested | The ministry confirmed reports that
the vote was rigged | The court found that
the wells were dry | He rejected that offer when
the wells were dry | He disputed that bill before
pupils were fed sand | The paper reported that some
harvest was burned | There is evidence that the
troops crossed the river | The army could not dispute that its own
the strike was over | A spokesman welcomed suggestions that
the river was poisoned | Critics do not reject claims that
the company paid the judge | The lawyer cannot deny that
the company paid the judge | The lawyer did not dispute claims that
company paid the judge | The lawyer conceded that the
the drug causes cancer | The agency accepted claims that
the drug causes cancer | The agency dismissed the director who said that
the king had fled | The palace rejected the plan and announced that
the king had fled | It is certain that
votes were lost | The board admitted that thousands of
soldiers entered the city | He was denied a visa when
soldiers entered the city | The report that was rejected showed that
the earth is flat | Some people believe that
the earth is flat | There is no doubt that
"""


#: Rows of the second table that are not told rightly, and why.
KNOWN = {
    "The firm payed the judge of the lower court in cash": "Short words that differ in two letters have too few in common.",
    "The counsellor wrote the cheque for the theatre in Bath": "A spelling that shares three letters is taken for another word.",
    "The talks began at 9 a.m. in the hall of the ministry": "Letters at a figure are its unit, and here one side has none.",
}


def rows(table: str) -> list[tuple[str, str]]:
    """The two columns of a table."""
    return [(one, two) for one, _, two in (row.partition(" | ") for row in table.strip().splitlines())]


def test_the_tables_are_large_enough() -> None:
    """Twenty pairs of each kind, at least."""
    assert min(len(rows(table)) for table in (ALTERED, HARMLESS, DENIED, STANDS)) >= 20


@pytest.mark.parametrize(("quoted", "found"), rows(ALTERED))
def test_a_word_that_bears_weight_alters(quoted: str, found: str) -> None:
    """What makes more, less, other or former of it does not hold, whichever side has the word."""
    for one, other in ((quoted, found), (found, quoted)):
        assert not find_passage(one, f"The hall was full. {other}. Then it rained.").holds


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        pytest.param(*row, marks=pytest.mark.xfail(reason=KNOWN[row[0]]) if row[0] in KNOWN else ())
        for row in rows(HARMLESS)
    ],
)
def test_a_word_that_bears_none_does_not(quoted: str, found: str) -> None:
    """A slip, another spelling, a small word and the typesetter's part are shown, and hold."""
    assert find_passage(quoted, f"The hall was full. {found}. Then it rained.").holds


@pytest.mark.parametrize(("quoted", "before"), rows(DENIED))
def test_a_denial_in_front_reaches_into_its_clause(quoted: str, before: str) -> None:
    """A quote that begins some words behind "denied that" is denied like the clause it is cut from."""
    found = find_passage(quoted, f"It was noon. {before} {quoted} on Monday. They stayed.")
    assert (found.state, found.holds) == ("verbatim", False)
    assert found.denied == f"{before} …"


@pytest.mark.parametrize(("quoted", "before"), rows(STANDS))
def test_words_like_a_denial_in_front_are_none(quoted: str, before: str) -> None:
    """Another clause, another word than a claim, and a denial that is itself denied take nothing back."""
    assert find_passage(quoted, f"It was noon. {before} {quoted} on Monday. They stayed.").holds


@pytest.mark.parametrize(
    "words", ["denied claims by of ", "the claim that the ", "denied that a ", "falsely a ", "that’s "]
)
def test_no_beginning_of_a_sentence_is_slow(words: str) -> None:
    """A sentence that says the same over and over is looked through in a moment."""
    text = words * 100
    began = time.process_time()
    for end in range(0, len(text), 20):
        denial_of(text, end, end + 5)
    assert time.process_time() - began < 5
