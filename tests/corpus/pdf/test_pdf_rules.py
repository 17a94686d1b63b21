"""One small PDF per rule: what a careful reader would make of it."""

from pathlib import Path

import pypdfium2
import pytest

from corpus.model import Extraction, Passage, SegmentSettings
from corpus.pdf.reading import read_pdf

SENTENCE = "De gemeente werkt samen met de wijkteams aan passende ondersteuning voor alle inwoners."
OTHER = "Wij gaan uit van wat mensen zelf kunnen en van de hulp die hun omgeving kan bieden."


def body(count: int) -> str:
    return " ".join([SENTENCE, OTHER][i % 2] for i in range(count))


def of(found: Extraction, kind: str) -> list[str]:
    return [p.text for p in found.passages if p.kind == kind]


def passage(found: Extraction, start: str) -> Passage:
    return next(p for p in found.passages if p.text.startswith(start))


def test_two_columns_justified_and_hyphenated(read) -> None:  # type: ignore[no-untyped-def]
    style = "#set page(columns: 2)\n#set par(justify: true)\n#set text(hyphenate: true)"
    found = read(f"{style}\n{body(9)}\n\n{body(24)}\n\n{body(7)}")
    assert [p.text for p in found.passages] == [body(9), body(24), body(7)]


def test_first_line_indent_without_white(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"#set par(first-line-indent: 1em, spacing: 0.65em)\n{body(4)}\n\n{body(5)}\n\n{body(3)}")
    assert of(found, "paragraph") == [body(4), body(5), body(3)]


def test_paragraph_over_a_page_and_a_hyphen_there(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"#set page(height: 6cm)\n#set par(justify: true)\n#set text(hyphenate: true)\n{body(16)}")
    assert [p.text for p in found.passages] == [body(16)]
    only = found.passages[0]
    assert only.page_from == 1
    assert only.page_to is not None
    assert only.page_to > 1
    assert only.page_at(only.start) == 1
    assert only.page_at(only.end - 1) == only.page_to


def test_paragraphs_stay_apart_when_pages_are_not_joined(read) -> None:  # type: ignore[no-untyped-def]
    source = f"#set page(height: 6cm)\n{body(16)}"
    whole, cut = read(source), read(source, SegmentSettings(join_pages=False))
    assert len(whole.passages) == 1
    assert len(cut.passages) == cut.version.pages
    assert whole.version.extractor != cut.version.extractor


def test_footnote_and_its_number(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"{SENTENCE}#footnote[Raadsbesluit van 4 november 2020, kenmerk RB-1.] {OTHER}\n\n{body(3)}")
    assert of(found, "footnote") == ["1 Raadsbesluit van 4 november 2020, kenmerk RB-1."]
    assert of(found, "paragraph") == [f"{SENTENCE} {OTHER}", body(3)]


def test_raised_figures_that_are_no_footnote_stay(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"{SENTENCE} Het gaat om 50 m#text(6pt, baseline: -3.5pt)[2] in de wijk. {OTHER}")
    assert "50 m² in de wijk" in found.passages[0].text


def test_table_with_rulings(read) -> None:  # type: ignore[no-untyped-def]
    cells = "[Wijk], [Budget], [Toelichting], [Noord], [€ 12.500], [lichte stijging in de uitgaven van dit jaar], "
    table = f"#table(columns: 3, {cells} [Zuid], [€ 900], [stabiel])"
    found = read(f"{body(3)}\n\n{table}\n\n{body(2)}")
    assert of(found, "table") == [
        "Wijk\tBudget\tToelichting\nNoord\t€ 12.500\tlichte stijging in de uitgaven van dit jaar\nZuid\t€ 900\tstabiel"
    ]
    assert [p.kind for p in found.passages] == ["paragraph", "table", "paragraph"]


def test_table_without_rulings(read) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(f"[Wijk {n}], [{n}.250], [€ {n}00], " for n in range(1, 6))
    found = read(f"{body(3)}\n\n#table(columns: (4cm, 3cm, 3cm), stroke: none, {rows})\n\n{body(2)}")
    assert len(of(found, "table")) == 1
    assert of(found, "table")[0].splitlines()[1] == "Wijk 2\t2.250\t€ 200"


def test_table_between_rules_only(read) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(f"[Wijk {n}], [{n}.250], [stabiel], " for n in range(1, 4))
    table = f"#table(columns: 3, stroke: (x: none, y: 0.5pt), [Wijk], [Aantal], [Beeld], {rows})"
    assert len(of(read(f"{body(3)}\n\n{table}\n\n{body(2)}"), "table")) == 1


def test_table_over_a_page(read) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(f"[Wijk {n}], [{n}.250], [stabiel], " for n in range(1, 12))
    found = read(f"#set page(height: 8cm)\n{SENTENCE}\n\n#table(columns: 3, [Wijk], [Aantal], [Beeld], {rows})")
    assert len(of(found, "table")) == 1


def test_box_and_its_title(read) -> None:  # type: ignore[no-untyped-def]
    box = f"#block(fill: luma(220), inset: 8pt, width: 100%)[*Voorbeeld uit de wijk* \\ {body(3)}]"
    found = read(f"= Inleiding\n{body(3)}\n\n{box}\n\n{body(4)}\n= Slot\n#pagebreak()\n= Bijlage\n{body(2)}")
    assert of(found, "box") == ["Voorbeeld uit de wijk", body(3)]
    assert of(found, "heading") == ["Inleiding", "Slot", "Bijlage"]


def test_bar_behind_a_heading_is_no_box(read) -> None:  # type: ignore[no-untyped-def]
    bar = '#block(fill: rgb("#225522"), inset: 6pt, width: 100%, text(13pt, white, weight: "bold")[Wat gaan we doen?])'
    found = read(f"{bar}\n{body(4)}\n\n{body(3)}")
    assert of(found, "box") == []
    assert of(found, "heading") == ["Wat gaan we doen?"]


def test_pull_quote(read) -> None:  # type: ignore[no-untyped-def]
    quote = "‘Ik wil gewoon één keer mijn verhaal vertellen, niet vijf keer bij steeds iemand anders die niets weet’"
    found = read(f'{body(4)}\n\n#text(14pt, style: "italic", fill: rgb("#2277aa"))[{quote}]\n\n{body(4)}')
    assert of(found, "quote") == [quote]
    assert of(found, "heading") == []


def test_running_headers_on_odd_and_even_pages(read) -> None:  # type: ignore[no-untyped-def]
    odd = "context if calc.odd(here().page()) [Beleidsplan Wonen] else [Gemeente Veldmeer]"
    header = f"#set page(header: {odd}, footer: context [Pagina #here().page()])"
    pages = "\n#pagebreak()\n".join(f"= Hoofdstuk {n}\n{body(6 + n)}" for n in range(1, 7))
    found = read(f"{header}\n{pages}")
    prose = " ".join(p.text for p in found.passages if p.kind != "furniture")
    assert "Beleidsplan Wonen" not in prose
    assert "Gemeente Veldmeer" not in prose
    assert "Pagina" not in prose
    assert len(of(found, "furniture")) == 12


def test_headings_and_their_path(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"= 1 Zorg\n{body(3)}\n== 1.1 Jeugd\n{body(4)}\n=== Dichtbij\n{body(5)}\n= 2 Werk\n{body(6)}")
    assert of(found, "heading") == ["1 Zorg", "1.1 Jeugd", "Dichtbij", "2 Werk"]
    paths = [p.heading_path for p in found.passages if p.kind == "paragraph"]
    assert paths == [("1 Zorg",), ("1 Zorg", "1.1 Jeugd"), ("1 Zorg", "1.1 Jeugd", "Dichtbij"), ("2 Werk",)]


def test_levels_by_style_without_bookmarks_or_numbers(read) -> None:  # type: ignore[no-untyped-def]
    style = "#set heading(bookmarked: false)\n"
    found = read(f"{style}= Zorg\n{body(3)}\n== Jeugd\n{body(4)}\n= Werk\n{body(6)}")
    assert passage(found, body(4)).heading_path == ("Zorg", "Jeugd")
    assert passage(found, body(6)).heading_path == ("Werk",)


def test_bold_start_of_a_paragraph_is_no_heading(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"*Meer woningen.* {body(4)}\n\n*Betere zorg.* {body(4)}")
    assert of(found, "heading") == []
    assert len(of(found, "paragraph")) == 2


def test_list_items_and_merged_lists(read) -> None:  # type: ignore[no-untyped-def]
    source = f"Dit betekent het volgende:\n- {SENTENCE} {OTHER}\n- meer hulp in de buurt;\n- een vangnet.\n\n{body(3)}"
    found = read(source)
    assert [t.lstrip("•‣ ") for t in of(found, "list_item")] == [
        f"{SENTENCE} {OTHER}",
        "meer hulp in de buurt;",
        "een vangnet.",
    ]
    merged = read(source, SegmentSettings(merge_lists=True))
    assert len(of(merged, "list_item")) == 1
    assert of(merged, "list_item")[0].startswith("Dit betekent")


def test_contents_page_and_cover(read) -> None:  # type: ignore[no-untyped-def]
    chapters = "\n#pagebreak()\n".join(f"= {n} Hoofdstuk over zorg\n{body(5)}" for n in range(1, 6))
    title = "#text(28pt)[Samen dichtbij]\n\n#text(14pt)[Beleidsplan 2024]"
    cover = f"{title}\n#pagebreak()\n#outline(title: [Inhoud])\n#pagebreak()\n"
    found = read(f"{cover}{chapters}")
    assert found.title == "Samen dichtbij"
    assert of(found, "title") == ["Samen dichtbij", "Beleidsplan 2024"]
    assert of(found, "heading") == [f"{n} Hoofdstuk over zorg" for n in range(1, 6)]
    assert len(of(found, "toc")) == 1


def test_caption(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"{body(3)}\n\n#text(8pt)[Tabel 3: Uitgaven naar wijk, 2020-2024]\n\n{body(3)}")
    assert of(found, "caption") == ["Tabel 3: Uitgaven naar wijk, 2020-2024"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_text_is_read_and_stands_in_its_place(typeset, tmp_path: Path, turn: int) -> None:  # type: ignore[no-untyped-def]
    made = typeset(
        f"#set page(width: 16cm, height: 16cm)\n#rotate({turn}deg, reflow: true)[#box(width: 11cm)[{body(6)}]]"
    )
    found = read_pdf(made, "0" * 64, SegmentSettings())
    assert [p.text for p in found.passages] == [body(6)]
    box = found.passages[0].boxes[0]
    with pypdfium2.PdfDocument(made) as pdf:
        page = pdf[0]
        width, height = page.get_size()
        inside = page.get_textpage().get_text_bounded(
            box.x0 - 2, height - box.bottom - 2, box.x1 + 2, height - box.top + 2
        )
    assert 0 <= box.x0 < box.x1 <= width
    assert "wijkteams" in inside.replace("\r\n", " ").replace("-", "") or turn == 180


@pytest.mark.parametrize("turn", [90, 270])
def test_turned_page_is_read_as_displayed(typeset, tmp_path: Path, turn: int) -> None:  # type: ignore[no-untyped-def]
    made = typeset(body(8))
    turned = tmp_path / "turned.pdf"
    with pypdfium2.PdfDocument(made) as pdf:
        pdf[0].set_rotation(turn)
        pdf.save(turned)
    found = read_pdf(turned, "0" * 64, SegmentSettings())
    assert [p.text for p in found.passages] == [body(8)]
    box = found.passages[0].boxes[0]
    assert box.x1 <= 842.5
    assert box.bottom <= 596


def test_page_in_another_language_is_noticed_and_set_aside(read) -> None:  # type: ignore[no-untyped-def]
    english = "The city works with the teams that are in the neighbourhood, and it is open to all of the people. " * 6
    found = read(f"{body(8)}\n#pagebreak()\n{body(8)}\n#pagebreak()\n{english}")
    assert [(n.reason, n.page) for n in found.notices] == [("foreign", 3)]
    assert {p.kind for p in found.passages if p.page_from == 3} == {"furniture"}


def test_letterspaced_heading(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"#text(16pt, tracking: 4pt)[Zorg en welzijn]\n\n{body(5)}")
    assert found.passages[0].text == "Zorg en welzijn"


def test_words_printed_twice_to_look_bold_are_read_once(read) -> None:  # type: ignore[no-untyped-def]
    found = read(f"{body(3)}\n\n#place(dx: 0.3pt)[Nadruk door dubbel drukken]\nNadruk door dubbel drukken\n\n{body(3)}")
    assert sum(p.text.count("Nadruk") for p in found.passages) == 1
