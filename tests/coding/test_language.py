"""Tokens, lemmas and sentences of Dutch policy text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.language import lemma, sentences, tokenize

PIECES = st.sampled_from(
    [
        "Zorg",
        "d.w.z.",
        " ",
        "\n",
        "\n\n",
        ". ",
        "? ",
        "• ",
        "1. ",
        "a) ",
        "€ 3.000",
        "é",
        "’s",
        "😀",
        "-",
        "enz.",
        "Wmo",
    ]
)


@settings(deadline=None)  # the first example loads spaCy
@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_offsets_lead_back_to_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[t.start : t.end] == t.text and t.text.strip() for t in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit is één. Dit is twee!", ["Dit is één.", "Dit is twee!"]),
        ("Bijv. Den Haag, d.w.z. De Haag.", ["Bijv. Den Haag, d.w.z. De Haag."]),
        ("Volgens art. 2 lid 2. De gemeente volgt.", ["Volgens art. 2 lid 2.", "De gemeente volgt."]),
        ("Dr. A.B. Jansen en mevr. P. Smit komen.", ["Dr. A.B. Jansen en mevr. P. Smit komen."]),
        ("Brood, melk enz. De rest volgt.", ["Brood, melk enz.", "De rest volgt."]),
        ("Kosten: € 1.000.000. Dat is veel.", ["Kosten: € 1.000.000.", "Dat is veel."]),
        ("Wat wil je? vroeg hij.", ["Wat wil je? vroeg hij."]),
        ("Ze zei: ‘Ja.’ Toen ging ze.", ["Ze zei: ‘Ja.’", "Toen ging ze."]),
        ("Kop zonder punt\n\nAlinea.", ["Kop zonder punt", "Alinea."]),
        ("Doelen: • minder regels • meer tijd", ["Doelen:", "• minder regels", "• meer tijd"]),
        ("Wij doen:\n- dit\n- dat", ["Wij doen:", "- dit", "- dat"]),
        ("1. Eerst dit. 2. Dan dat.", ["1. Eerst dit.", "2. Dan dat."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_ends_a_sentence_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("inwoners", "inwoner"),
        ("Wijkteams", "wijkteam"),
        ("laagdrempelige", "laagdrempelig"),
        ("lichtere", "licht"),
        ("cliëntenraden", "cliëntenraad"),
        ("jeugdhulpprofessionals", "jeugdhulpprofessional"),
        ("passende", "passend"),
        ("deelneemt", "deelnemen"),
        ("ellende", "ellende"),
        ("zorgt", "zorgen"),
        ("2024", "2024"),
    ],
)
def test_lemma_follows_inflection_and_compounds(word: str, expected: str) -> None:
    assert lemma(word) == expected


def test_a_suspended_hyphen_and_a_slash_part_words() -> None:
    words = [t.lower for t in tokenize("Zorg- en hulpverleners, jeugdigen/ouders in 2024/2025")]
    assert words == ["zorg-", "en", "hulpverleners", ",", "jeugdigen", "/", "ouders", "in", "2024/2025"]
