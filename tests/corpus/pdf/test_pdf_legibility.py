"""Text layers that are no Dutch."""

import codecs
from dataclasses import replace

import pytest

from corpus.pdf.legibility import familiar, verdict, words_of
from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet
from corpus.pdf.repairing import with_ligatures

DUTCH = (
    "De gemeente werkt samen met de wijkteams aan passende ondersteuning voor alle inwoners, en wij gaan uit van wat "
    "mensen zelf kunnen en van de hulp die hun omgeving kan bieden. "
) * 3
ENGLISH = (
    "The municipality works together with the neighbourhood teams on suitable support for all residents, and it is "
    "based on what people can do and on the help that they are offered by others. "
) * 3
TABLE = "Programma Baten Lasten Saldo Onderwijs Veiligheid Wonen Bereikbaarheid Gezondheid Jeugdhulp Reserves " * 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DUTCH, "fine"),
        (TABLE, "fine"),
        (ENGLISH, "foreign"),
        (codecs.encode(DUTCH, "rot13"), "garbled"),
        ("\ufffd\ufffd \ufffd " * 40, "garbled"),
        ("Zes woorden zeggen nog niets hier", "fine"),
        ("", "fine"),
    ],
)
def test_verdict(text: str, expected: str) -> None:
    assert verdict([text]) == expected


def test_table_words_look_dutch() -> None:
    assert familiar(words_of([TABLE])) > 0.6


LINE = Line(1, "", "Calibri", 11, False, False, "0,0,0", 50, 50, 200, 62, 60, 20)


def sheet(*texts: str) -> Sheet:
    lines = [replace(LINE, text=text, base=60 + 14 * i) for i, text in enumerate(texts)]
    return Sheet(1, 595, 842, lines, [], [], [], 0.0)


def test_lost_ligature_is_found_in_the_words_of_the_document() -> None:
    mended = with_ligatures([sheet("Ini%a%efvoorstel", "het initiatiefvoorstel van 5% en meer")])
    assert [x.text for x in mended[0].lines] == ["Initiatiefvoorstel", "het initiatiefvoorstel van 5% en meer"]


def test_unknown_sign_stays() -> None:
    assert with_ligatures([sheet("kilo#gram")])[0].lines[0].text == "kilo#gram"
