"""A quoted passage in its document: what is word for word, what differs and is shown, and what is not there."""

from __future__ import annotations

import time
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.evidence import find_passage, passage_words
from claims.evidence.folding import fold

TEXT = (
    "Guards walk out at Korda\n\n"
    "Of 785 guards, 249 were “not present” at the roll call, Marusa Ilic said. They did not strike — so far.\n\n"
    "The ministry’s non-military staff can’t leave; 1.5 million crowns were spent. It fell to -5 degrees."
)


@pytest.mark.parametrize(
    ("quoted", "stands"),
    [
        ("249 were “not present”", "249 were “not present”"),
        ("249  were\n'not present'", "249 were “not present”"),
        ("“249 were “not present” at the roll call”", "249 were “not present” at the roll call"),
        ("They did not strike - so far.", "They did not strike — so far."),
        ("They did not strike\N{EM DASH}so far", "They did not strike — so far"),
        ("at Korda Of 785 guards", "at Korda\n\nOf 785 guards"),
        ("The ministry's non\N{SOFT HYPHEN}-military staff", "The ministry’s non-military staff"),
        ("1.5\N{NO-BREAK SPACE}million crowns", "1.5 million crowns"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}Marusa Ilic said.", "Marusa Ilic said."),
    ],
)
def test_the_typesetters_part_may_differ(quoted: str, stands: str) -> None:
    """White space, quotation marks, dashes and what is not seen make no difference; the span is the document's own."""
    place = find_passage(quoted, TEXT)
    assert (place.state, TEXT[place.start : place.end], place.found) == ("verbatim", stands, stands)
    assert place.holds


@pytest.mark.parametrize(
    ("quoted", "pair"),
    [
        ("Of 785 guards, 429 were “not present”", ("429", "249")),
        ("They did strike", ("", "not")),
        ("85 guards, 249 were “not present”", ("85", "785")),
        ("5 million crowns were spent", ("5", "1.5")),
        ("It fell to 5 degrees", ("5", "-5")),
        ("non-military staff can", ("can", "can’t")),
    ],
)
def test_another_figure_and_a_lost_not_are_no_small_difference(quoted: str, pair: tuple[str, str]) -> None:
    """Few letters differ, and all is changed: it is found, the difference is shown, and it does not hold."""
    place = find_passage(quoted, TEXT)
    assert place.state == "differs"
    assert pair in [(run.quoted, run.found) for run in place.differences]
    assert not place.holds


@pytest.mark.parametrize(
    ("quoted", "pairs"),
    [
        ("The ministry's unmilitary staff can't leave", [("unmilitary", "non-military")]),
        ("249 were “not present” at the role call, Marusa Ilic said", [("role", "roll")]),
        ("249 were “not present” at roll call, Marusa Ilic said", [("", "the")]),
        ("[The guards] did not strike", [("[The guards]", "")]),
        ("[t]hey did not strike", [("[t]hey", "They")]),
    ],
)
def test_a_small_difference_is_shown_word_by_word(quoted: str, pairs: list[tuple[str, str]]) -> None:
    """A slip of the pen and an editor's brackets are found, and held against the document's words."""
    place = find_passage(quoted, TEXT)
    assert (place.state, [(run.quoted, run.found) for run in place.differences]) == ("differs", pairs)
    assert place.holds


@pytest.mark.parametrize(
    "quoted",
    [
        "",
        " … ",
        "“”",
        "The prison was stormed at dawn",
        "The guards stayed away from the count in large numbers, said a speaker.",
        "They did not strike … Of 785 guards",
        "Of 785 guards … nobody was ever counted at all",
    ],
)
def test_what_is_not_there_is_missing(quoted: str) -> None:
    """No words, other words, a paraphrase, and parts in another order are not found, and have no place."""
    place = find_passage(quoted, TEXT)
    assert (place.state, place.start, place.end, place.spans, place.holds) == ("missing", -1, -1, (), False)


@pytest.mark.parametrize("mark", ["…", "...", "[…]", "(...)", "[. . .]"])
def test_an_ellipsis_leaves_words_out(mark: str) -> None:
    """The parts around it are found in order, and what is left out between them is told."""
    place = find_passage(f"249 were {mark} at the roll call", "Of 785, 249 were said to be ill at the roll call.")
    assert (place.state, place.omitted) == ("verbatim", ("said to be ill",))
    assert [place.found[start - place.start : end - place.start] for start, end in place.spans] == [
        "249 were", "at the roll call"
    ]  # fmt: skip


def test_the_parts_stand_as_close_together_as_they_can() -> None:
    """A word that came often before is taken where the rest follows it."""
    text = "The guards left. The guards stayed. Then the guards came back at noon."
    place = find_passage("guards … at noon", text)
    assert text[place.start : place.end] == "guards came back at noon"


def test_an_ellipsis_does_not_leave_out_the_not() -> None:
    """What turns the sentence round is no omission, and is shown."""
    place = find_passage("They did … strike", TEXT)
    assert (place.state, place.omitted, place.holds) == ("differs", ("not",), False)


@pytest.mark.parametrize(
    ("quoted", "text", "state", "holds"),
    [
        ("He did … escape", "He did not, as the guards later told the court in a long letter, escape", "differs", False),
        ("He did … escape", "He did, Mr. Ilic said, by no means escape", "differs", False),
        ("The vaccine … kills", "The vaccine saves lives. Two pages on. The virus kills.", "differs", False),
        ("The vaccine works. … The virus kills", "The vaccine works. Korda slept. The virus kills.", "differs", True),
        ("The vaccine works. … The virus kills", "The vaccine works. Nobody died. The virus kills.", "differs", False),
        ("The vaccine works. … kills", "The vaccine works. The virus kills.", "differs", False),
        ("They fled. … They slept", "They fled. That is false. They slept.", "differs", False),
        ("Ilic … known of the escape", "Ilic may have known of the escape.", "differs", False),
        ("He was … responsible", "He was in part responsible.", "differs", False),
        ("Of 785 inmates … were absent", "Of 785 inmates, 312 were absent.", "differs", False),
        ("The court found … the nine guards guilty", "The court found two of the nine guards guilty.", "differs", False),
        ("Unemployment fell … to 7 percent", "Unemployment fell from 9 to 7 percent.", "differs", False),
        ("In 2019 … 12 did", "In 2019, 785 detainees escaped; in 2020, 12 did.", "differs", False),
        ("Tom … fled", "Tom stayed; Ilic fled.", "differs", False),
        ("Tom … fled", "Tom stayed: Ilic fled.", "differs", False),
        ("Tom … fled", "Tom stayed, and his brother fled.", "differs", False),
        ("Tom said … the guards fled", "Tom said all was calm, the mayor said the guards fled.", "differs", False),
        ("Tom … fled", "Tom, in a long coat, quickly fled.", "verbatim", True),
        ("He … left", "He stayed in Korda and his brother left.", "differs", False),
        ("He … left", "He stayed in Korda while Tom Vey left.", "differs", False),
        ("He … left", "He stayed, Vey left.", "differs", False),
        ("He … left", "He stayed in Korda and they left.", "differs", False),
        ("He … left", "He stayed in Korda, he said, and left.", "verbatim", True),
        ("On Monday … bridge fell", "On Monday, in Korda, the old bridge fell.", "verbatim", True),
        ("He counted … cars", "He counted the vans, the trucks and the cars.", "verbatim", True),
        ("The law covers … schools", "The law covers hospitals, the courts, and the schools.", "verbatim", True),
        ("He said the guards … left", "He said the guards and the prisoners left.", "verbatim", True),
        ("Ilic … resigned", "Ilic, a lawyer, the son of a miner, resigned.", "verbatim", True),
        ("Of … 785 men", "Of over 785 men", "differs", False),
        ("He fled … the raid", "He fled just before the raid.", "differs", False),
        ("He will resign … on Monday", "He will resign if he is found guilty on Monday.", "differs", False),
        ("They walked … north", "They walked slowly and in silence north.", "verbatim", True),
        ("Ilic … fled", "Ilic, who was born in Korda, fled.", "verbatim", True),
        ("The … mayor spoke", "The right honourable mayor spoke.", "verbatim", True),
        ("He left … at noon", f"He left {'and walked ' * 30} at noon", "differs", True),
        ("He left … at noon", f"He left {'and walked ' * 300} at noon", "missing", False),
        ("He left … at noon", f"He left {'and walked ' * 300}. He left the mill at noon", "verbatim", True),
        ("Он … бежал", "Он не бежал", "differs", False),
    ],
)  # fmt: skip
def test_what_is_left_out_must_not_turn_the_sense(quoted: str, text: str, state: str, holds: bool) -> None:  # noqa: FBT001
    """No figure, hedge, negation or bound, no two clauses made one; much that is left out is told, too much is no place."""
    place = find_passage(quoted, text)
    assert (place.state, place.holds) == (state, holds)


#: The passage, and what a document has instead: none counts as found.
OTHER = """
The town spent £5m on the old bridge | The town spent $5m on the old bridge
Prices rose 5% in the first quarter | Prices rose 5 in the first quarter
The tank holds 5 km of pipe in the yard | The tank holds 5 cm of pipe in the yard
On 3 March the council voted to sell the mill | On 3 May the council voted to sell the mill
The police said that 300 people were injured in the fire | The police said that 300 people were killed in the fire
The guards of the prison were seen by the police | The guards of the prison were seen by the army
The ministry said on Monday that the victim was known to it | The ministry said on Monday that the attacker was known to it
The guards were helped by the rebels before the fire | The guards were beaten by the rebels before the fire
The mayor hired 30 people before the fire in Korda | The mayor fired 30 people before the fire in Korda
The Second World War ended in the east | The First World War ended in the east
Figures rose threefold in the last year | Figures rose fourfold in the last year
It cost ½ a million to build the bridge | It cost ¼ a million to build the bridge
There were III votes against the motion | There were II votes against the motion
No-one was hurt in the fire at the mill | Everyone was hurt in the fire at the mill
Non-smokers died of it in the old city | Smokers died of it in the old city
The men didnt flee from the camp at night | The men did flee from the camp at night
The vaccine is likely to cause harm | The vaccine is unlikely to cause harm
The court said that the law was legal | The court said that the law was illegal
The minister said the report was true | The minister said the report was false
Police won the case against the council | Police lost the case against the council
He refused to say that the men had fled | He agreed to say that the men had fled
More than half of the votes were counted | Less than half of the votes were counted
All of the votes were counted on Sunday | Few of the votes were counted on Sunday
Korda attacked Marusa in the old mill | Marusa attacked Korda in the old mill
Turnout increased in the north of the country | Turnout decreased in the north of the country
The men were armed when the camp was stormed | The men were unarmed when the camp was stormed
At least 40 men fled the camp at night | At most 40 men fled the camp at night
Nearly 800 men fled the camp that night | 800 men fled the camp that night
Only 12 men fled the camp that night | 12 men fled the camp that night
The men killed the guard at the old gate | The men allegedly killed the guard at the old gate
The treatment was harmless, the doctors said | The treatment was harmful, the doctors said
She was found guilty by the court of Korda | She was found innocent by the court of Korda
The mayor said that he would not resign | The mayor said that he would resign
The village of Korda was flooded in spring | The village of Tarno was flooded in spring
Iran closed the strait on the same morning | Iraq closed the strait on the same morning
Exports rose to a record in the last year | Imports rose to a record in the last year
He overestimated the costs of the bridge | He underestimated the costs of the bridge
The pact was signed before the vote was held | The pact was signed after the vote was held
The rebels marched to the town with weapons | The rebels marched to the town without weapons
The mine lies in the north of the province | The mine lies in the south of the province
It fell to -5 degrees in the night of the fire | It fell to 5 degrees in the night of the fire
The meeting was held on Monday in the hall | The meeting was held on Tuesday in the hall
The guards counted 249 inmates in the yard | The guards counted 249 visitors in the yard
The fund lost 3 million of its own money | The fund lost 3 billion of its own money
The trial went on for 12 weeks in the capital | The trial went on for 12 days in the capital
He lacks proof that the men were in the camp | He has proof that the men were in the camp
Some of the guards left the camp at noon | All of the guards left the camp at noon
He was aged thirty-five when he was arrested | He was aged thirty-six when he was arrested
The law must be changed, the judges wrote | The law may be changed, the judges wrote
The ban was lifted in the first week of May | The ban was imposed in the first week of May
Die Männer waren nicht bewaffnet, sagte er | Die Männer waren bewaffnet, sagte er
Die Preise stiegen im Norden des Landes | Die Preise sanken im Norden des Landes
Sieben Menschen starben bei dem Brand | Neun Menschen starben bei dem Brand
Hay siete muertos en la prisión de Korda | Hay nueve muertos en la prisión de Korda
El ministro nunca habló con los presos | El ministro habló con los presos
Les gardiens n'ont pas quitté la prison | Les gardiens ont quitté la prison
Le maire est coupable, selon le tribunal | Le maire est innocent, selon le tribunal
Quinze hommes ont fui le camp de Korda | Trente hommes ont fui le camp de Korda
Il ministro non ha parlato con i detenuti | Il ministro ha parlato con i detenuti
Os guardas não deixaram a prisão ontem | Os guardas deixaram a prisão ontem
De bewakers hebben de gevangenis niet verlaten | De bewakers hebben de gevangenis verlaten
Dwanaście osób zginęło w pożarze młyna | Dwadzieścia osób zginęło w pożarze młyna
Двенадцать человек бежали из лагеря ночью | Двадцать человек бежали из лагеря ночью
Министр не говорил с заключёнными вчера | Министр говорил с заключёнными вчера
٧٨٥ سجين فروا من السجن يوم الأحد | ٧٨٤ سجين فروا من السجن يوم الأحد
لم يهرب السجناء من السجن يوم الأحد | يهرب السجناء من السجن يوم الأحد
警卫没有离开监狱,部长星期一说 | 警卫有离开监狱,部长星期一说
周一有三百名警卫离开了监狱 | 周一有五百名警卫离开了监狱
看守は刑務所を離れなかったと大臣は述べた | 看守は刑務所を離れたと大臣は述べた
Gardiyanlar silahlı değildi, dedi bakan | Gardiyanlar silahlı idi, dedi bakan
Vakterna lämnade inte fängelset på natten | Vakterna lämnade fängelset på natten
교도관들은 교도소를 떠나지 않았다고 말했다 | 교도관들은 교도소를 떠났다고 말했다
"""

#: The passage, and how a document has it: each counts as found, word for word or with a small difference.
SAME = """
The guards’ “walk-out” began at noon | The guards' "walk-out" began at noon
The mill burned — nobody was hurt in it | The mill burned - nobody was hurt in it
The oﬃce was closed at noon on that day | The office was closed at noon on that day
249 were absent at the role call of Sunday | 249 were absent at the roll call of Sunday
The guards were absent at roll call that day | The guards were absent at the roll call that day
The minster said that the guards were ill | The minister said that the guards were ill
The guard said that the gates were open | The guards said that the gates were open
The organisation closed its office in town | The organization closed its office in town
The colour of the gate was told to the court | The color of the gate was told to the court
[t]he guards left the prison by the north gate | The guards left the prison by the north gate
[The guards] left the prison by the north gate | They left the prison by the north gate
He [Ilic] told the court of the open gate | He told the court of the open gate
He did not escape from the camp that night | He didn't escape from the camp that night
They cannot leave the camp before the morning | They can't leave the camp before the morning
The town paid £5m for the bridge in spring | The town paid £5 million for the bridge in spring
Prices rose 5% in the spring of that year | Prices rose 5 per cent in the spring of that year
Prices rose 5 % in the spring of that year | Prices rose 5% in the spring of that year
From 5 to 7 men came to the house that night | From 5–7 men came to the house that night
Twelve men came to the house that night | 12 men came to the house that night
He was aged thirty-five when he was arrested | He was aged 35 when he was arrested
On 3 Mar. the council voted to sell the mill | On 3 March the council voted to sell the mill
On March 3rd the council sold the old mill | On March third the council sold the old mill
Zelensky spoke to the guards of the prison | Zelenskyy spoke to the guards of the prison
Maruša Ilič spoke to the guards at the gate | Marusa Ilic spoke to the guards at the gate
The mayor says that the bridge will be built | The mayor said that the bridge will be built
The guards were very tired after the march | The guards were tired after the march
The gates which were open led to the yard | The gates that were open led to the yard
The roll call was taken by the guards that day | The roll-call was taken by the guards that day
The council voted on Monday to sell the mill | On Monday the council voted to sell the mill
The guards, who were ill, left the prison | The guards who were ill left the prison
Of 785 … guards, 249 were ill that morning | Of 785 prison guards, 249 were ill that morning
The mayor … opened the bridge on Sunday | The mayor of the old town opened the bridge on Sunday
The MINISTER opened the bridge on Sunday | The minister opened the bridge on Sunday
No one was hurt in the fire at the old mill | Nobody was hurt in the fire at the old mill
The bridge was opened on Monday in the rain | The bridge was re-opened on Monday in the rain
Alle Gefangenen blieben in dem Lager | Alle Gefangenen blieben im Lager
Die Strasse nach Korda wurde gesperrt | Die Straße nach Korda wurde gesperrt
„Die Wache ging am Mittag“, sagte er | »Die Wache ging am Mittag«, sagte er
Der Minister sagte das die Wache ging | Der Minister sagte, dass die Wache ging
Le café de Zurich était fermé ce jour | Le café de Zürich était fermé ce jour
« Le pont est ouvert », a dit le maire | “Le pont est ouvert”, a dit le maire
Les gardiens ont quitté la prison ce jour | Les gardiens ont quitté la prison ce jour-là
El puente se abrió el lunes por la mañana | El puente se abrio el lunes por la mañana
La policía detuvo a los hombres en Korda | La policia detuvo a los hombres en Korda
Il ponte è stato aperto alla fine del mese | Il ponte é stato aperto alla fine del mese
A ponte foi aberta na manhã de ontem | A ponte foi aberta na manha de ontem
De brug werd in het voorjaar geopend | De brug werd in 't voorjaar geopend
Most otwarto wiosną tego samego roku | Most otwarto na wiosnę tego samego roku
Мост открыли весной того же самого года | Мост открыли весною того же самого года
Он ещё вчера говорил с мэром города | Он еще вчера говорил с мэром города
قال الوزير إن السجناء فروا من السجن | قالَ الوزير إنّ السجناء فروا من السجن
785 سجين فروا من السجن يوم الأحد | ٧٨٥ سجين فروا من السجن يوم الأحد
785名守卫离开了监狱,部长说 | 785名警卫离开了监狱,部长说
部长说,警卫离开了监狱的大门 | 部长说:警卫离开了监狱的大门
看守は刑務所を離れたと大臣は述べた | 看守は刑務所を離れたと、大臣は述べた
교도관들이 교도소를 떠났다고 장관이 말했다 | 교도관들은 교도소를 떠났다고 장관이 말했다
Gardiyanlar cezaevinden ayrıldı, dedi bakan | Gardiyanlar cezaevinden ayrildi, dedi bakan
Η γέφυρα άνοιξε την άνοιξη στην πόλη | Η γέφυρα άνοιξε την ανοιξη στην πόλη
पुल वसंत में खोला गया, मंत्री ने कहा | पुल वसन्त में खोला गया, मंत्री ने कहा
הגשר נפתח באביב, אמר ראש העיר | הגשר נפתח באביב אמר ראש העיר
Cây cầu được mở vào mùa xuân năm ấy | Cây cầu đã được mở vào mùa xuân năm ấy
The inter\u00adnational alarm was heard at noon | The international alarm was heard at noon
"""


def pairs(rows: str) -> list[tuple[str, str]]:
    return [(quoted, found) for quoted, _, found in (row.partition(" | ") for row in rows.strip().splitlines())]


#: Passages of the second table that are not told rightly, and why.
KNOWN = {
    "He was aged thirty-five when he was arrested": "A number in words and in digits have too few letters in common.",
    "The council voted on Monday to sell the mill": "A day that is told elsewhere in the sentence is a day left out and one put in.",
}


def known(rows: str) -> list[Any]:
    """The pairs, those that are known to fail marked as such."""
    return [
        pytest.param(*pair, marks=pytest.mark.xfail(reason=KNOWN[pair[0]]) if pair[0] in KNOWN else ())
        for pair in pairs(rows)
    ]


def test_the_tables_are_large_enough() -> None:
    """Sixty pairs of each kind, at least."""
    assert min(len(pairs(OTHER)), len(pairs(SAME))) >= 60


@pytest.mark.parametrize(("quoted", "found"), pairs(OTHER))
def test_another_sense_does_not_count_as_found(quoted: str, found: str) -> None:
    """Whatever the script, and however few letters differ; the document's own words are shown in full."""
    place = find_passage(quoted, f"The hall was full. {found}. Then it rained.")
    assert not place.holds
    assert place.state == "missing" or place.found.casefold().startswith(found.split(maxsplit=1)[0].casefold())


@pytest.mark.parametrize(("quoted", "found"), known(SAME))
def test_a_small_difference_counts_as_found(quoted: str, found: str) -> None:
    """A slip of the pen, another spelling, an editor's brackets, the typesetter's part: none wants a reason."""
    assert find_passage(quoted, f"The hall was full. {found}. Then it rained.").holds


HEADED = "\n\n".join(
    f"Report of the commission\nOn page {word} stands how the guards left the\nprison in its year {word}, ill as they had\n{number}"
    for number, word in enumerate(["one", "two", "three", "four"], 11)
)


@pytest.mark.parametrize(
    ("quoted", "text", "state", "spans"),
    [
        ("the minister left", "Then the min-\nister left.", "verbatim", ["the min-\nister left"]),
        ("the international aid", "the inter\u00ad\nnational aid", "verbatim", ["the inter\u00ad\nnational aid"]),
        ("the well-known minister", "the well-\nknown min-\nister", "verbatim", ["the well-\nknown min-\nister"]),
        ("inter-\nnational", "international", "verbatim", ["international"]),
        ("they had On page two", HEADED, "verbatim", ["they had", "On page two"]),
        ("page one. page two", "page one.\f\n12\n page two", "verbatim", ["page one.", "page two"]),
        ("men who fled were caught", "men who fled\nKorda Gazette 12\nwere caught", "differs", ["men who fled", "were caught"]),
        ("tried to stop them", "had tried to\n12\n\nA report\nstop them", "differs", ["tried to", "stop them"]),
    ],
)  # fmt: skip
def test_what_a_page_puts_between_is_no_difference(quoted: str, text: str, state: str, spans: list[str]) -> None:
    """A hyphen at a line's end, a page number and a head that comes again are passed over; one that may be none is shown."""
    place = find_passage(quoted, text)
    assert (place.state, [text[start:end] for start, end in place.spans]) == (state, spans)
    assert place.holds
    assert place.found == text[place.start : place.end]


def test_lines_with_a_sign_for_a_number_are_no_pages() -> None:
    """A line that has a # where another has a figure is another line, and both are read."""
    text = "\f".join(f"Korda report {number}\nThe guards of\nyard {number} had left" for number in ("#", "0", "1"))
    assert find_passage("yard 0 had left Korda report 1", text).state == "verbatim"
    assert find_passage("yard 0 had left The guards", text).state == "missing"


def test_a_line_with_a_not_is_no_head() -> None:
    """What stands alone in the midst of a sentence and turns it round is not passed over."""
    assert not find_passage("had tried to stop them", "had tried to\n12\n\nOfficials did not\nstop them").holds


def test_figures_in_rows_are_no_page_numbers() -> None:
    """Rows that look alike but count no pages are the document's own words."""
    assert find_passage("Killed Hurt", "Killed\n\n12\n\nHurt\n\n40").state != "verbatim"


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", "Le café de Zürich était fermé à midi. " * 25_000),
        "東京都は会議を開くと発表した。" * 60_000,
        "- " * 500_000,
    ],
    ids=["decomposed", "without blanks", "dashes"],
)
def test_no_script_is_slow(text: str) -> None:
    """A megabyte of letters apart from their marks, of signs without blanks or of dashes is searched in seconds."""
    began = time.process_time()
    assert find_passage("zebra crossing the old river at noon", text).state == "missing"
    assert time.process_time() - began < 3


@pytest.mark.parametrize("text", ["H\u0343", "l\u0334H\u0343x", "a\u0335H\u0343"])
def test_a_letter_is_found_with_marks_that_do_not_join_it(text: str) -> None:
    """Where letter and mark stay two signs in the composed text, the letter's span is the letter with its mark, and never nothing."""
    place = find_passage("H", text)
    assert (place.state, text[slice(*place.spans[0])]) == ("verbatim", "H\u0343")


def test_the_documents_own_ellipsis_is_a_sign_like_others() -> None:
    """Where the document has it, it is quoted and leaves nothing out."""
    place = find_passage("He waited... and left", "“He waited… and left,” she said.")
    assert (place.state, place.found, place.omitted) == ("verbatim", "He waited… and left", ())


def test_a_later_whole_word_is_found_behind_a_part_of_one() -> None:
    """Letters within a longer word are passed over."""
    assert find_passage("art", "A party for art").start == len("A party for ")


def test_a_script_without_blanks_is_quoted_from_anywhere() -> None:
    """Signs of Chinese stand next to each other and are words all the same."""
    text = "周一有785名警卫离开了监狱。"
    assert find_passage("785名警卫", text).state == "verbatim"
    assert find_passage("785名守卫离开了监狱", text).state == "differs"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_composed_letter_is_its_parts(form: str) -> None:
    """An é is one sign or two, and the span covers both."""
    text = unicodedata.normalize(form, "Le café était fermé à Korda.")
    other = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "café était fermé")
    place = find_passage(other, text)
    assert (place.state, place.found) == ("verbatim", unicodedata.normalize(form, "café était fermé"))


def test_a_power_is_no_figure_beside_it() -> None:
    """What would only look alike after all signs are made plain is another figure."""
    assert find_passage("It has 102 cells", "It has 10\N{SUPERSCRIPT TWO} cells").state == "differs"


def test_a_megabyte_is_searched_in_a_moment() -> None:
    """Found, nearly found or not: far from a second for each hundred thousand characters."""
    text = " ".join(f"word{number % 7919} of the" for number in range(70_000)) + "\n" + TEXT
    began = time.perf_counter()
    found = [
        find_passage(quoted, text).state
        for quoted in ("249 were 'not present'", "249 where not present at", "Nothing here")
    ]
    assert found == ["verbatim", "differs", "missing"]
    assert time.perf_counter() - began < len(text) / 100_000


SIGNS = st.text(alphabet=st.sampled_from("ab7 .,-–—'\"“”…[]\n\u00ad\u0301éﬁ０中\N{NO-BREAK SPACE}not"), max_size=60)


@given(SIGNS | st.text(max_size=40), SIGNS | st.text(max_size=80))
@example("0\f", "")
@settings(deadline=None, max_examples=300)
def test_every_span_is_true(quoted: str, text: str) -> None:
    """Whatever is looked for in whatever: what was found stands just there, its parts in order within it."""
    place = find_passage(quoted, text)
    if place.state == "missing":
        assert (place.start, place.end) == (-1, -1)
        return
    assert 0 <= place.start < place.end <= len(text)
    assert place.found == text[place.start : place.end]
    ends = [place.start, *(edge for span in place.spans for edge in span), place.end]
    assert ends == sorted(ends)
    if place.state == "differs":
        assert place.differences or place.omitted


WORDS = st.lists(
    st.sampled_from(["guards", "249", "were", "not", "1.5", "can’t", "“left”", "—", "Ilic,", "non-stop"]),
    min_size=1,
    max_size=30,
)


@given(WORDS, st.data())
@settings(deadline=None)
def test_any_words_of_the_document_are_word_for_word(words: list[str], data: st.DataObject) -> None:
    """A stretch of whole words, with other blanks between, is found as it stands."""
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    quoted = "\n ".join(words[first:last])
    place = find_passage(quoted, " ".join(words))
    if any(sign.isalnum() for sign in quoted):
        assert place.state == "verbatim"
        assert fold(place.found).words.strip(" -") == fold(quoted).words.strip(" -")


@given(
    st.lists(st.sampled_from(["guards", "were", "absent", "at", "noon"]), min_size=1, max_size=12),
    st.integers(10, 99_999),
    st.data(),
)
@settings(deadline=None)
def test_a_changed_figure_is_never_word_for_word(words: list[str], figure: int, data: st.DataObject) -> None:
    """One digit put in, taken out or exchanged is seen, wherever the figure stands."""
    at = data.draw(st.integers(0, len(words)))
    digits = str(figure)
    spot = data.draw(st.integers(0, len(digits) - 1))
    other = digits[:spot] + data.draw(st.sampled_from(["", "7", "3", digits[spot] * 2])) + digits[spot + 1 :]
    text = " ".join([*words[:at], digits, *words[at:]])
    quoted = " ".join([*words[:at], other, *words[at:]])
    if other and other != digits:
        place = find_passage(quoted, text)
        assert place.state != "verbatim"
        assert not place.holds


@pytest.mark.parametrize(
    "after",
    [
        "This is false.", "That is not true.", "But the claim is misleading.", "“This isn’t true,” Ilic said.", "The figure was wrong.",
        "It turned out to be a hoax.", "None of this is accurate.", "In fact, this never happened.", "These statements are both untrue.",
        "The claim is false, according to the prison.", "The rumour has been debunked.", "His story is simply not supported by evidence.",
        "That’s false.", "It's not true.", "False.", "Our verdict: False.", "This was later found to be false.", "This has since been retracted.",
        "This claim by Ilic is false.", "This is a false claim.", "Both claims are false.", "This is, in fact, false.", "Unfortunately, this is false.",
        "All of this is 100% false.", "This was later proved wrong.", "There is no evidence of this.", "[2] This is false.",
    ],
)  # fmt: skip
def test_a_passage_that_is_taken_back_does_not_hold(after: str) -> None:
    """What the document denies in its next sentence is no support, however it was copied; the words say so."""
    for text in (f"Half of the guards had fled. {after} They were paid.", f"“Half of the guards had fled.” {after}"):
        for quoted in ("Half of the guards had fled", "Half of the guards had fled.", "guards had fled"):
            found = find_passage(quoted, text)
            assert (found.state, found.holds) == ("verbatim", False), quoted
            assert "which denies it" in passage_words(found)


@pytest.mark.parametrize(
    "before",
    [
        "It is not true that ", "It is false to say that ", "The ministry denied that ", "Ilic falsely claimed on Monday that ", "Nobody ever said that ",
        "There is no evidence that ", "False: ", "He rejected the claim that “",
    ],
)  # fmt: skip
def test_a_passage_of_a_sentence_that_denies_it_does_not_hold(before: str) -> None:
    """What stands before the passage in its own sentence belongs to it; quoted with it, it is the document's word."""
    text = f"They were paid. {before}half of the guards had fled. They stayed."
    assert not find_passage("half of the guards had fled", text).holds
    assert find_passage(f"{before}half of the guards had fled", text).holds
    assert find_passage(
        "half of the guards had fled",
        f"Ilic did not lie. She said that half of the guards had fled. {before}they stayed.",
    ).holds


@pytest.mark.parametrize(
    "after",
    [
        "This is not false.", "None of this is false.", "That is true.", "The claim is correct.", "It is wrong to flee.", "This was no lie.", "They are right.",
        "The false claim spread.", "Ilic is wrong about Korda.", "This is a fake passport he carried.", "It was not right to strike there.",
        "Nobody said that this is false.", "The story is not over.", "It is not so much that they fled.",
        "This was wrong, and it must stop, she said.", "It was withdrawn.", "That is wrong because people have rights.", "These were fake, police said.",
        "This is incorrect?", "It was made up, in part, of recruits.", "It never happened before.", "It is inaccurate to say nothing.",
    ],
)  # fmt: skip
def test_what_is_no_denial_takes_nothing_back(after: str) -> None:
    """Words of denial alone are none."""
    assert find_passage("Half of the guards had fled", f"Half of the guards had fled. {after} They were paid.").holds
