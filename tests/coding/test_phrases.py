"""Phrases that leave open what they mean: found where they recur, not where a name or a repeat does."""

from coding.phrases import Text, mine_phrases

FILLER = [f"Over wegen en bruggen staat hier regel {i} van het plan." for i in range(200)]
TOWNS = ("Lindeveen", "Oeverdam", "Kwelderland", "Lindeveen", "Oeverdam", "Kwelderland")


def texts(sentences: list[str], *, coded: bool = True, clusters: list[int] | None = None) -> list[Text]:
    said = [
        Text(text, (TOWNS[i % len(TOWNS)],), clusters[i] if clusters else i, coded) for i, text in enumerate(sentences)
    ]
    return said + [Text(text, ("Lindeveen",), 1000 + i, False) for i, text in enumerate(FILLER)]


SAID = [
    "Wij bieden passende hulp aan gezinnen.",
    "Met passende hulp blijft een kind thuis.",
    "Wie vastloopt krijgt passende hulp van het team.",
    "Door passende hulp daalt het aantal verwijzingen.",
    "Iedere school kent passende hulp dichtbij.",
    "Zonder passende hulp lukt het niet.",
]


def test_recurring_phrase_is_found_as_written_with_its_places() -> None:
    (phrase,) = mine_phrases(texts(SAID), least_homes=3)
    assert phrase.wording == "passende hulp"
    assert phrase.homes == ("Kwelderland", "Lindeveen", "Oeverdam")
    assert [SAID[i][slice(*span)] for i, span in phrase.places] == ["passende hulp"] * 6
    assert phrase.z > 2.58


def test_forms_of_one_word_are_one_phrase() -> None:
    sentences = [
        s.replace("passende hulp", "gezonde buurten" if i % 2 else "gezonde buurt") for i, s in enumerate(SAID)
    ]
    (phrase,) = mine_phrases(texts(sentences), least_homes=3)
    assert len(phrase.places) == 6


def test_phrase_of_too_few_municipalities_is_none() -> None:
    assert mine_phrases(texts(SAID), least_homes=4) == []


def test_near_duplicates_are_one_passage() -> None:
    assert mine_phrases(texts(SAID, clusters=[1, 1, 1, 2, 2, 2]), least_homes=2) == []


def test_words_as_common_outside_coded_passages_are_left_out() -> None:
    other = [Text(text, ("Oeverdam",), 5000 + i, False) for i, text in enumerate(SAID * 10)]
    coded = [Text(text, ("Oeverdam",), 9000 + i, True) for i, text in enumerate(FILLER[:40])]
    assert mine_phrases([*texts(SAID), *coded], least_homes=3) != []
    assert mine_phrases([*texts(SAID), *coded, *other], least_homes=3) == []


def test_names_and_closed_wordings_are_part_of_no_phrase() -> None:
    assert mine_phrases(texts([s.replace("passende hulp", "Passend Onderwijs") for s in SAID]), least_homes=3) == []
    assert mine_phrases(texts(SAID), least_homes=3, closed=["passend* hulp"]) == []


def test_words_whose_measure_depends_on_nobody_are_no_phrase() -> None:
    assert mine_phrases(texts([s.replace("passende hulp", "schriftelijke melding") for s in SAID]), least_homes=3) == []


def test_part_of_a_longer_phrase_stands_once() -> None:
    sentences = [s.replace("passende hulp", "passende hulp en ondersteuning") for s in SAID]
    assert [p.wording for p in mine_phrases(texts(sentences), least_homes=3)] == ["passende hulp en ondersteuning"]


def test_half_a_character_breaks_nothing() -> None:
    assert mine_phrases(texts([f"{s} \ud800" for s in SAID]), least_homes=3)[0].wording == "passende hulp"
