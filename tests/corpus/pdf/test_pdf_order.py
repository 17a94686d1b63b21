"""Reading order and furniture, on lines made by hand."""

from dataclasses import replace
from itertools import chain

import pytest

from corpus.pdf.columns import Flow, line_part, order, usual_gutters
from corpus.pdf.furniture import furniture
from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet

BASE = Line(1, "", "Serif", 10, False, False, "0,0,0", 0, 0, 0, 0, 0, 20)


def line(text: str, x0: float, base: float, x1: float | None = None, page: int = 1, size: float = 10) -> Line:
    end = x1 if x1 is not None else x0 + 5 * len(text)
    return replace(BASE, text=text, x0=x0, x1=end, base=base, top=base - 8, bottom=base + 2, page=page, size=size)


def column(name: str, x0: float, x1: float, top: float, count: int) -> list[Line]:
    return [line(f"{name}{i} woorden in een kolom", x0, top + 12 * i, x1) for i in range(count)]


def texts(flows: list[Flow]) -> list[str]:
    return [p.line.text.split()[0] for p in chain.from_iterable(f.parts for f in flows) if p.line]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = column("L", 50, 280, 100, 10), column("R", 310, 540, 100, 10)
    mixed = [x for pair in zip(right, left, strict=True) for x in pair]
    assert texts(order([line_part(x) for x in mixed])) == [f"L{i}" for i in range(10)] + [f"R{i}" for i in range(10)]


def test_line_over_both_columns_parts_the_page() -> None:
    above = column("A", 50, 280, 100, 6) + column("B", 310, 540, 100, 6)
    title = line("Titel over de hele breedte van de pagina", 50, 190, 500)
    below = column("C", 50, 280, 210, 6) + column("D", 310, 540, 210, 6)
    found = texts(order([line_part(x) for x in [*below, title, *above]]))
    assert [t[0] for t in found] == ["A"] * 6 + ["B"] * 6 + ["T"] + ["C"] * 6 + ["D"] * 6


def test_three_columns() -> None:
    parts = column("A", 40, 200, 100, 8) + column("B", 220, 380, 100, 8) + column("C", 400, 560, 100, 8)
    assert [t[0] for t in texts(order([line_part(x) for x in reversed(parts)]))] == ["A"] * 8 + ["B"] * 8 + ["C"] * 8


def test_amounts_beside_labels_are_no_column() -> None:
    rows = [(line(f"Post{i} van de begroting", 50, 100 + 12 * i), line("1.250", 400, 100 + 12 * i)) for i in range(8)]
    found = texts(order([line_part(x) for row in rows for x in row]))
    assert found[:4] == ["Post0", "1.250", "Post1", "1.250"]


def test_gutter_of_other_pages_counts_where_there_is_little_text() -> None:
    full = [line_part(x) for x in column("L", 50, 280, 100, 20) + column("R", 310, 540, 100, 20)]
    known = usual_gutters([full, full, full])
    few = [line_part(x) for x in [*column("L", 50, 280, 100, 12), *column("R", 310, 540, 100, 1)]]
    assert texts(order(few, known))[-1] == "R0"


def sheet(number: int, *lines: Line) -> Sheet:
    body = column("Tekst", 60, 530, 150, 20)
    return Sheet(number, 595, 842, [replace(x, page=number) for x in [*lines, *body]], [], [], [], 0.0)


def found(sheets: list[Sheet]) -> list[str]:
    ids = furniture(sheets, 10)
    return [x.text for s in sheets for x in s.lines if id(x) in ids]


def test_headers_of_odd_and_even_pages_and_page_numbers() -> None:
    sheets = [
        sheet(n, line("Nota Wonen" if n % 2 else "Gemeente Veldmeer", 60, 40), line(f"Pagina {n} van 8", 60, 810))
        for n in range(1, 9)
    ]
    assert len(found(sheets)) == 16


def test_titles_of_chapters_in_the_header_are_furniture() -> None:
    titles = ["Inleiding", "Inleiding", "Zorg", "Zorg", "Zorg", "Werk", "Werk", "Wonen", "Wonen", "Wonen"]
    sheets = [sheet(n, line(title, 60, 40, size=8)) for n, title in enumerate(titles, 1)]
    assert len(found(sheets)) == len(titles)


@pytest.mark.parametrize("text", ["Hoofdstuk over zorg", "Een zin die bovenaan deze ene pagina staat.", "•", "1 noot"])
def test_text_at_the_edge_that_does_not_come_back_stays(text: str) -> None:
    sheets = [sheet(n, *([line(text, 60, 40)] if n == 3 else [])) for n in range(1, 9)]
    assert found(sheets) == []


def test_bullets_at_one_height_are_no_furniture() -> None:
    assert found([sheet(n, line("•", 60, 60)) for n in range(1, 9)]) == []


def test_large_titles_that_come_back_a_few_times_stay() -> None:
    sheets = [sheet(n, *([line("Eerlijk wonen", 60, 60, size=20)] if n < 4 else [])) for n in range(1, 13)]
    assert found(sheets) == []
