"""Network, map, and all figures as files: well formed, named apart, with their data, and silent on names when asked."""

import csv
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from corpus.model import Municipality
from outputs.coverage import coverage
from outputs.figures import inline, tension_network, theme_maps
from outputs.figures.files import drawings, write_figures
from outputs.records import work_out
from outputs.report import compose

UTRECHT = Municipality("Utrecht", "GM0344", "Utrecht", "G4")
ZEIST = Municipality("Zeist", "GM0355", "Utrecht", "overig")


@pytest.fixture
def two_places(study: Any) -> Any:
    for home, count in ((UTRECHT, 4), (ZEIST, 2)):
        texts = [f"{home.name} schrijft zin {i} van {i * 31} over maatwerk in de wijk." for i in range(6)]
        for year in (2023, 2024):
            document = study.document(
                f"{home.name}-{year}.pdf", [f"{year}: {t}" for t in texts], homes=(home,), year=year
            )
            for i in range(count):
                study.suggest(document, i, "maatwerk")
    study.flag(document, 0, 1, 3)
    study.flag(document, 1, 2, 4)
    return study


def test_network_shows_each_grade_and_says_it_in_words() -> None:
    drawing = tension_network((("Maatwerk × Gelijkheid", 1, 2, 0), ("Nabijheid × Maatwerk", 0, 0, 5)))
    assert drawing.data.rows == (("Maatwerk", "Gelijkheid", 1, 2, 0), ("Nabijheid", "Maatwerk", 0, 0, 5))
    assert "Maatwerk × Gelijkheid: benoemt de spanning 1, begrenst 2" in drawing.description
    texts = " ".join("".join(e.itertext()) for e in etree.fromstring(str(inline(drawing))).iter("{*}text"))
    assert all(name in texts for name in ("Maatwerk", "Gelijkheid", "Nabijheid", "1 · 2 · 0"))
    assert "5" in [e.text for e in etree.fromstring(str(inline(drawing))).iter("{*}text")]


@pytest.mark.parametrize("count", [1, 3, 19])
def test_network_names_stay_on_the_sheet(count: int) -> None:
    long = "Wederkerigheid en omzien naar elkaar"
    relations = tuple((f"{long} {i} × {long} {i + 1}", i % 3, 1, 2) for i in range(count))
    figure = tension_network(relations).figure
    figure.canvas.draw()
    width, height = figure.get_size_inches() * figure.dpi
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= width
        assert box.y0 >= 0
        assert box.y1 <= height


def test_map_names_its_source_and_its_municipalities(two_places: Any) -> None:
    worked_out = work_out(two_places.snapshot())
    drawing = theme_maps(coverage(worked_out), worked_out.snapshot.documents)
    assert drawing is not None
    texts = [e.text for e in etree.fromstring(str(inline(drawing))).iter("{*}text")]
    assert {"Utrecht", "Zeist", "Bron: CBS / Kadaster"} <= set(texts)
    assert "Maatwerk: het meest in Utrecht (66,7%)" in drawing.description
    assert {row[1] for row in drawing.data.rows} == {"GM0344", "GM0355"}


def test_no_map_of_places_that_are_not_on_it(study: Any, town: Any) -> None:
    study.suggest(study.document("a.pdf", ["Maatwerk is nodig."], homes=(town("Lindeveen"),)), 0, "maatwerk")
    worked_out = work_out(study.snapshot())
    assert theme_maps(coverage(worked_out), worked_out.snapshot.documents) is None


@pytest.mark.parametrize("anonymous", [False, True])
def test_every_figure_is_written_under_a_name_of_its_own(two_places: Any, tmp_path: Path, anonymous: bool) -> None:
    report = compose(work_out(two_places.snapshot(), anonymous=anonymous))
    names = [drawing.data.name for drawing in drawings(report)]
    assert len(set(names)) == len(names)
    assert ("landkaart" in names) != anonymous
    paths = write_figures(report, tmp_path)
    assert {p.name for p in paths} == {f"{n}.{kind}" for n in names for kind in ("svg", "png", "csv")} | {"figuren.csv"}
    listed = list(csv.DictReader((tmp_path / "figuren.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["figure"] for row in listed] == names
    assert all(row["title"] and row["description"] for row in listed)
    text = " ".join(p.read_text(encoding="utf-8-sig") for p in paths if p.suffix != ".png")
    assert ("Zeist" in text) != anonymous


def test_same_study_gives_the_same_files(two_places: Any, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_figures(compose(work_out(two_places.snapshot())), tmp_path / folder)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
