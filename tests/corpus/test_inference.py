"""What names and title pages say about a document, and what stays unknown."""

import pytest

from corpus.inference import find_kind, find_years, inclusion, infer
from corpus.model import Anchor, Box, Extraction, Passage, TextVersion


def extraction(*passages, title=None, paged=True):
    text, found = "", []
    for number, (kind, words) in enumerate(passages, 1):
        start = len(text)
        text += words + "\n\n"
        anchors = (Anchor(start, start + len(words), Box(1, 0, 0, 1, 1)),) if paged else ()
        found.append(Passage(number, kind, (), start, start + len(words), words, anchors))
    return Extraction(TextVersion("d" * 64, "proef 1", text), tuple(found), title)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("raadsvoorstel verordening jeugdhulp", "raadsvoorstel"),
        ("verordening jeugdhulp 2025", "verordening"),
        ("afdoening motie zorg dichtbij", "collegebrief"),
        ("motie zorg dichtbij", "motie"),
        ("programmabegroting 2024", "begroting"),
        ("partij xyz 2026", "partijprogramma"),
        ("Partijprogramma Samen Verder", "partijprogramma"),
        ("integraal beleidskader jeugd", "beleidsplan"),
        ("opdracht aan het sociaal team", "opdracht"),
        ("onderzoek in opdracht van de raad", None),
        ("emotieregulatie op school", None),
        ("notulen", None),
    ],
)
def test_kind_is_the_first_one_that_a_name_speaks_of(name, kind):
    assert find_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("beleidsplan 2024-2027", (2024, 2027)),
        ("beleidsplan 2024-27", (2024, 2027)),
        ("begroting_2021-2024", (2021, 2024)),
        ("plan 2023 t/m 2026", (2023, 2026)),
        ("begroting 2025", (2025, 2025)),
        ("20250313-ris320888-beleidskader-jeugd-2025-2028", (2025, 2028)),
        ("20250313-ris320888-voorstel", (2025, 2025)),
        ("motie-15202497-zorg", None),
        ("van 2019 naar 2024", None),
        ("plan 2024-2027 en 2028-2031", None),
        ("plan 1850", None),
        ("", None),
    ],
)
def test_a_period_or_year_is_known_only_when_one_is_named(name, years):
    assert find_years(name) == years


@pytest.mark.parametrize(
    ("kind", "standing", "included"),
    [
        ("beleidsplan", "vastgesteld", True),
        ("beleidsplan", None, True),
        (None, None, True),
        ("beleidsplan", "concept", False),
        ("beleidsplan", "vervallen", False),
        ("motie", None, False),
        ("partijprogramma", "vastgesteld", False),
    ],
)
def test_programmes_of_parties_motions_and_drafts_start_outside_the_analysis(kind, standing, included):
    found, reason = inclusion(kind, standing)
    assert found == included
    assert bool(reason) != included


def test_every_value_says_where_it_came_from():
    document = infer(
        "zeist/beleidsplan-sociaal-domein-2024-2027.pdf",
        extraction(
            ("heading", "Beleidsplan sociaal domein"),
            ("paragraph", "De Wmo, de Wmo en nog eens de Wmo; de Jeugdwet noemen wij hier één keer."),
            ("paragraph", "Aldus vastgesteld in de openbare vergadering van 1 februari 2024."),
            title="Samen verder in het sociaal domein",
        ),
    )
    assert [m.name for m in document.municipalities] == ["Zeist"]
    assert (document.title, document.kind, document.period) == (
        "Samen verder in het sociaal domein",
        "beleidsplan",
        "2024-2027",
    )
    assert (document.standing, document.laws, document.source) == ("vastgesteld", ("Wmo",), "beleid")
    assert document.origins == {
        "title": "titel",
        "municipalities": "mapnaam",
        "kind": "bestandsnaam",
        "standing": "titelpagina",
        "year": "bestandsnaam",
        "laws": "tekst (Wmo 3×)",
        "source": "soort",
    }


def test_what_nothing_says_stays_unknown():
    document = infer("scan0001.pdf", extraction(("paragraph", "Beste lezer, dit is een tekst.")))
    assert (document.municipalities, document.kind, document.author, document.standing) == ((), None, None, None)
    assert (document.year_from, document.year_to, document.laws, document.source) == (None, None, (), None)
    assert document.included


def test_running_text_that_names_several_municipalities_gives_none():
    text = "Wij keken naar de gemeente Zeist en de gemeente Ede."
    assert infer("plan.pdf", extraction(("paragraph", text))).municipalities == ()


def test_a_regional_title_gives_all_its_municipalities():
    document = infer("visie.pdf", extraction(("heading", "Visie van de gemeenten Zeist en De Bilt")))
    assert [m.name for m in document.municipalities] == ["Zeist", "De Bilt"]


@pytest.mark.parametrize(
    "title",
    [
        "R.5 PvdA",
        "Uw raad heeft, tijdens de bespreking van het voorstel, een motie aangenomen.",
        "aangenomen Aldus aangenomen in de openbare raadsvergadering",
        "Colofon: uitgave gemeente Lindeveen",
        "Inlichtingen: gemeente@lindeveen.nl Pagina 2 van 120",
        "A ldus aangenomen in de openbare raadsvergadering van 13 maart 2025",
        None,
    ],
)
def test_a_title_that_is_a_stamp_or_running_text_gives_way_to_the_file_name(title):
    document = infer("moties/motie-zorg-dichtbij.pdf", extraction(("paragraph", "Tekst."), title=title))
    assert document.title == "motie zorg dichtbij"
    assert document.origins["title"] == "bestandsnaam"


def test_the_title_page_of_a_format_without_pages_is_its_beginning():
    passages = [("heading", "Kadernota 2023"), *[("paragraph", "Tekst.")] * 20, ("heading", "Verordening 2019")]
    document = infer("stuk.txt", extraction(*passages, paged=False))
    assert (document.kind, document.period) == ("kadernota", "2023")
