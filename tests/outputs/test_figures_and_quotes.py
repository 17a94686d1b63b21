"""Figures are well formed at any size; quotes are literal however long the passage."""

import csv
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from outputs.coverage import coverage
from outputs.figures import heat_map, heat_maps, inline, png, scale_text, theme_bars, what_how_bars, write_drawing
from outputs.quotes import quotable, show, theme_quotes
from outputs.records import work_out
from outputs.report import write_report
from outputs.what_how import what_how
from outputs.workbook import write_workbook

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("count", [0, 1, 40])
def test_figures_are_named_and_hold_their_text(study: Any, town: Any, count: int) -> None:
    for i in range(count):
        name = f"Gemeente met een <lange> naam & $een$ \\teken nummer {i}"
        document = study.document(f"{i}.pdf", ["Maatwerk is hier nodig.", "Iets anders."], homes=(town(name),))
        study.suggest(document, 0, "maatwerk")
    table = coverage(work_out(study.snapshot()))
    for figure in (heat_map(table), theme_bars(table.total.cells)):
        tree = etree.fromstring(str(inline(figure)))
        assert tree.get("role") == "img"
        assert [child.tag for child in tree[:2]] == [f"{SVG}title", f"{SVG}desc"]
        assert tree.get("aria-labelledby") == " ".join(child.get("id") for child in tree[:2])
        assert "Maatwerk" in "".join(tree.itertext())
    assert len([t for t in etree.fromstring(str(inline(heat_map(table)))).iter(f"{SVG}text") if t.text == "1"]) == count
    assert scale_text(table.rows)


def test_figures_are_the_same_every_time(study: Any) -> None:
    study.suggest(study.document("a.pdf", ["Maatwerk is hier nodig."]), 0, "maatwerk")
    table = coverage(work_out(study.snapshot()))
    assert inline(heat_map(table)) == inline(heat_map(table))
    assert png(heat_map(table)) == png(heat_map(table))


def test_a_figure_is_written_with_its_data_for_a_paper(study: Any, tmp_path: Path) -> None:
    document = study.document("a.pdf", ["Maatwerk is hier nodig.", "Iets anders."])
    study.suggest(document, 0, "maatwerk", "zeker")
    study.suggest(document, 1, "maatwerk")
    study.decide(document, 1, "maatwerk", "reject")
    worked_out = work_out(study.snapshot())
    table = coverage(worked_out)
    for drawing in (heat_map(table), theme_bars(table.total.cells), what_how_bars(what_how(worked_out))):
        svg, picture, data = write_drawing(drawing, tmp_path)
        assert etree.parse(svg).getroot().tag == f"{SVG}svg"
        assert picture.read_bytes().startswith(b"\x89PNG")
        rows = list(csv.DictReader(data.read_text(encoding="utf-8-sig").splitlines()))
        assert len(rows) == len(drawing.data.rows)
        assert {row["theme"] for row in rows} >= {"maatwerk"}
    bars = csv.DictReader((tmp_path / "staven.csv").read_text(encoding="utf-8-sig").splitlines())
    (row,) = [row for row in bars if row["theme"] == "maatwerk"]
    assert (row["certain"], row["likely_or_disputed"], row["rejected"]) == ("1", "0", "1")


def test_a_long_heat_map_is_cut_to_pages_with_one_scale(study: Any, town: Any) -> None:
    for i in range(30):
        study.suggest(study.document(f"{i}.pdf", ["Maatwerk is nodig."], homes=(town(f"Dorp {i:02}"),)), 0, "maatwerk")
    parts = heat_maps(coverage(work_out(study.snapshot())))
    assert [part.title[-6:] for part in parts] == [" (1/2)", " (2/2)"]
    assert [len({row[0] for row in part.data.rows}) for part in parts] == [26, 4]


@pytest.mark.parametrize(
    ("terms", "marked"),
    [
        (["Gemeente", "maatwerk"], ["maatwerk"]),  # the codebook's term, not a word that only the model weighed
        (["Gemeente"], ["Gemeente"]),  # nothing better: the word that weighed
    ],
)
def test_a_quote_marks_the_themes_own_terms_where_it_has_any(study: Any, terms: list[str], marked: list[str]) -> None:
    document = study.document("a.pdf", ["De Gemeente levert maatwerk aan ieder."])
    for term in terms:
        study.suggest(document, 0, "maatwerk", term=term)
    [group] = theme_quotes(quotable(work_out(study.snapshot())), "maatwerk")
    assert [piece.text for piece in group.quotes[0].parts if piece.marked] == marked


@given(
    st.lists(st.sampled_from(["zin een.", "woord", "Lange", "x" * 40, "\n", "maatwerk", "?"]), max_size=400),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 60)), max_size=4),
)
def test_shown_quote_is_literally_in_the_passage(words: list[str], marks: list[tuple[int, int]]) -> None:
    text = " ".join(words)
    shown = show(text, [(a, a + n) for a, n in marks], source="", heading="", note="", accepted=False)
    quote = "".join(part.text for part in shown.parts)
    assert quote in text
    assert len(quote) <= 900
    assert (not shown.before and not shown.after) == (quote == text)
    inside = [a for a, _ in marks if a < len(text)]
    assert any(part.marked for part in shown.parts) == bool(inside)


def test_quotes_are_the_best_and_from_several_documents(study: Any) -> None:
    one = study.document("1.pdf", [f"Passage {i} zegt iets heel anders over maatwerk dan {i * 7}." for i in range(5)])
    other = study.document("2.pdf", ["In dit tweede document staat ook een zin over maatwerk in de wijk."])
    for i, level in enumerate(["waarschijnlijk", "zeker", "twijfel", "zeker", "zeker"]):
        study.suggest(one, i, "maatwerk", level)
    study.suggest(other, 0, "maatwerk")
    study.decide(one, 0, "maatwerk", "accept")
    study.decide(one, 4, "maatwerk", "reject")
    (group,) = theme_quotes(quotable(work_out(study.snapshot())), "maatwerk")
    texts = ["".join(part.text for part in quote.parts) for quote in group.quotes]
    assert [text[:10] for text in texts] == ["Passage 0 ", "In dit twe", "Passage 1 "]
    assert group.total == 4
    assert [quote.accepted for quote in group.quotes] == [True, False, False]


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_report_prints_from_disk(study: Any, tmp_path: Path) -> None:
    study.suggest(study.document("a.pdf", ["Maatwerk is hier nodig."]), 0, "maatwerk")
    page = write_report(study.snapshot(), tmp_path)
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command = ["chromium", *options, f"--print-to-pdf={tmp_path / 'out.pdf'}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_workbook_opens_in_libreoffice(study: Any, tmp_path: Path) -> None:
    study.suggest(study.document("a.pdf", ["Maatwerk is hier nodig; prijs < 5 & meer."]), 0, "maatwerk")
    path = write_workbook(study.snapshot(), tmp_path / "w.xlsx")
    third_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", third_sheet, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (made,) = tmp_path.glob("w*.csv")
    assert "Maatwerk is hier nodig; prijs < 5 & meer." in made.read_text(encoding="utf-8")
