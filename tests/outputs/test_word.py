"""The Word report and quote appendix: structure, literal quotes, fields, an institute's template, hostile text."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from lxml import html

from codebook.model import Code
from corpus.model import Document
from outputs.records import work_out
from outputs.report import compose, render
from outputs.word import TemplateError, write_quotes, write_word
from outputs.word.appendix import cited

TAILORED = "Wij kijken naar de situatie achter de vraag en leveren maatwerk."
EQUAL = "Gelijke gevallen behandelen wij gelijk, maar binnen het budget."
WORK = "Meedoen begint met werk; wie kan, doet mee in de buurt."


@pytest.fixture
def filled(study: Any, town: Any) -> Any:
    plan = study.document(
        "plan.pdf", [TAILORED, EQUAL, WORK], homes=(town("Lindeveen"),), title="Plan dichtbij", kind="beleidsplan"
    )
    study.suggest(plan, 0, "maatwerk", "zeker", "maatwerk")
    study.suggest(plan, 2, "participatie")
    study.suggest(plan, 1, "preventie", "twijfel")
    study.decide(plan, 0, "maatwerk", "accept")
    study.flag(plan, 0, 1)
    budget = study.document(
        "begroting.pdf", ["Wij voorkomen schulden door er vroeg bij te zijn."], homes=(town("Oeverdam"),)
    )
    study.suggest(budget, 0, "preventie")
    study.document("folder.pdf", ["Geen beleid, wel maatwerk."], excluded="een folder is geen beleid")
    return study


def report(study: Any, folder: Path, template: Path | None = None) -> Any:
    return docx.Document(str(write_word(work_out(study.snapshot()), folder, template)))


def texts(document: Any, style: str = "") -> list[str]:
    return [p.text for p in document.paragraphs if style in ("", p.style.name)]


def fields(document: Any) -> list[str]:
    return [(e.text or "").strip() for e in document.element.iter(qn("w:instrText"))]


def shown(element: Any) -> str:
    return "".join(t.text for t in element.iter(qn("w:t")))


def everything(path: Path) -> str:
    """All text of the package, markup taken out: body, header, footer and properties."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(n).decode() for n in package.namelist() if re.search(r"document|header|footer|core", n)]
    return re.sub(r"<[^>]+>", "", "\n".join(parts))


def test_report_has_the_sections_of_the_page_in_order(filled: Any, tmp_path: Path) -> None:
    page = render(compose(work_out(filled.snapshot())))
    headings = html.fromstring(page).iterfind(".//section/h2")
    sections = [" ".join(h.text_content().split()) for h in headings if h.get("id") != "zoeken"]
    assert texts(report(filled, tmp_path), "Heading 1") == sections
    assert "Spanningen" in sections


def test_without_a_known_municipality_none_are_counted(filled: Any, tmp_path: Path) -> None:
    filled.documents = [replace(document, municipalities=()) for document in filled.documents]
    report(filled, tmp_path)
    text = everything(next(tmp_path.rglob("*.docx")))
    assert "vul in metadata.csv de kolom municipality aan om per gemeente te tellen" in text
    assert not re.search(r"van de\s+0\b", text)


def test_report_says_it_in_the_words_of_the_page(filled: Any, tmp_path: Path) -> None:
    page = " ".join(html.fromstring(render(compose(work_out(filled.snapshot())))).text_content().split())
    document = report(filled, tmp_path)
    spoken = [p for p in document.paragraphs if p.style.name in ("Normal", "Kader", "Quote")]
    runs = [" ".join(run.text.split()) for p in spoken for run in p.runs]
    long = [text for text in runs if len(text) > 40]
    assert len(long) > 20
    assert [text for text in long if text not in page] == []


def test_contents_list_the_headings_and_lead_to_them(filled: Any, tmp_path: Path) -> None:
    document = report(filled, tmp_path)
    assert r'TOC \o "1-2" \h \z \u' in fields(document)
    links = {e.get(qn("w:anchor")): shown(e) for e in document.element.iter(qn("w:hyperlink"))}
    marks = {e.get(qn("w:name")): shown(e.getparent()) for e in document.element.iter(qn("w:bookmarkStart"))}
    headings = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert list(marks.values()) == headings
    assert [links[name].rstrip("–") for name in marks] == headings
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_fields_begin_and_end_in_pairs(filled: Any, tmp_path: Path) -> None:
    kinds = [e.get(qn("w:fldCharType")) for e in report(filled, tmp_path).element.iter(qn("w:fldChar"))]
    depth = [0]
    for kind in kinds:
        depth.append(depth[-1] + {"begin": 1, "separate": 0, "end": -1}[kind])
    assert min(depth) == 0
    assert depth[-1] == 0
    assert kinds.count("begin") == kinds.count("separate")


def test_captions_are_numbered_by_word_and_by_us(filled: Any, tmp_path: Path) -> None:
    document = report(filled, tmp_path)
    for label, count in (("Tabel", len(document.tables)), ("Figuur", len(document.inline_shapes))):
        captions = [t for t in texts(document, "Caption") if t.startswith(label)]
        assert [t.split(".")[0] for t in captions] == [f"{label} {i + 1}" for i in range(count)]
        assert fields(document).count(rf"SEQ {label} \* ARABIC") == count
    assert len(document.inline_shapes) == 5


def test_quotes_are_literal_with_their_source(filled: Any, tmp_path: Path) -> None:
    document = report(filled, tmp_path)
    paragraphs = document.paragraphs
    quoted = {p.text: paragraphs[i + 1] for i, p in enumerate(paragraphs) if p.style.name == "Quote"}
    assert {TAILORED, EQUAL, WORK} <= quoted.keys()
    for text, page in ((TAILORED, 1), (EQUAL, 2), (WORK, 3)):
        assert quoted[text].style.name == "Bronregel"
        assert quoted[text].text.startswith(f"Lindeveen · Plan dichtbij, 2024, p. {page} · Inleiding")
    hits = [r.text for p in paragraphs for r in p.runs if r.style.name == "Treffer"]
    assert "maatwerk" in hits


def test_a_tension_shows_both_quotes_under_their_codes(filled: Any, tmp_path: Path) -> None:
    document = report(filled, tmp_path)
    shown = [(p.style.name, p.text) for p in document.paragraphs]
    start = shown.index(("Heading 3", "Maatwerk × Gelijkheid"))
    assert shown[start - 1] == ("Heading 2", "Begrenst")
    assert shown[start + 1][1].startswith("Lindeveen · ‘maar’")
    assert [text for _style, text in shown[start + 2 : start + 7] if "Bron" not in _style] == [
        *("Maatwerk", TAILORED),
        *("Gelijkheid", EQUAL),
    ]


def test_pictures_are_sharp_fit_the_page_and_have_a_text(filled: Any, tmp_path: Path) -> None:
    document = report(filled, tmp_path)
    for shape in document.inline_shapes:
        image = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].image
        assert (image.horz_dpi, image.content_type) == (300, "image/png")
        assert shape.width.cm == pytest.approx(16, abs=0.1)
        assert len(shape._inline.docPr.get("descr")) > 40


def test_tables_repeat_their_head_and_are_as_wide_as_the_text(filled: Any, tmp_path: Path) -> None:
    document = report(filled, tmp_path)
    for table in document.tables:
        assert table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
        assert all(p.paragraph_format.keep_with_next for cell in table.rows[0].cells for p in cell.paragraphs)
        assert not any(p.paragraph_format.keep_with_next for cell in table.rows[-1].cells for p in cell.paragraphs)
        assert table.style.name == "Rodedraad tabel"
        widths = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
        assert sum(widths) == pytest.approx(16 / 2.54 * 1440, abs=12)
    basis = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[:4] for row in basis[1:]] == [
        ["Lindeveen", "1", "3", "3"],
        ["Oeverdam", "1", "1", "1"],
        ["Totaal", "2", "4", "4"],
    ]


@pytest.mark.parametrize(
    ("homes", "themes", "wide", "parts"), [(3, 3, 0, 1), (8, 3, 0, 1), (8, 9, 1, 1), (8, 30, 1, 3)]
)
def test_the_table_of_themes_fits_the_paper(
    study: Any, town: Any, tmp_path: Path, homes: int, themes: int, wide: int, parts: int
) -> None:
    codes = tuple(Code(f"thema{i}", "main", f"Thema {i}", "") for i in range(themes))
    study.codebook = replace(study.codebook, codes=codes, relations=())
    for i in range(homes):
        study.suggest(study.document(f"{i}.pdf", [TAILORED], homes=(town(f"Plaats {i}"),)), 0, "thema0")
    document = report(study, tmp_path)
    assert sum(s.orientation == WD_ORIENT.LANDSCAPE for s in document.sections) == wide
    assert document.sections[-1].orientation == WD_ORIENT.PORTRAIT
    assert len([t for t in texts(document, "Caption") if "Dekking" in t]) == parts
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert cells.count("1 kandidaat\n100,0%") == homes


def test_a_heat_map_of_many_municipalities_goes_on_in_a_next_picture(study: Any, town: Any, tmp_path: Path) -> None:
    for i in range(60):
        study.suggest(study.document(f"{i}.pdf", [TAILORED], homes=(town(f"Plaats {i}"),)), 0, "maatwerk")
    captions = [t for t in texts(report(study, tmp_path), "Caption") if t.startswith("Figuur")]
    assert [t[-5:] for t in captions[:3]] == ["(1/3)", "(2/3)", "(3/3)"]


def test_an_empty_study_says_so(study: Any, tmp_path: Path) -> None:
    document = report(study, tmp_path)
    assert "Er is geen document gelezen dat meetelt." in texts(document)
    assert "Werkwijze en grenzen" in texts(document, "Heading 1")
    assert len(document.inline_shapes) == 0
    quotes = docx.Document(str(write_quotes(work_out(study.snapshot()), tmp_path)))
    assert texts(quotes).count("Geen passages aanvaard of voorgesteld.") == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Maatwerk \x00\x07\x1b\ud800\ufffehier.", "Maatwerk hier."),
        (
            "Maatwerk <script>alert('x')</script> & meer &amp; niets.",
            "Maatwerk <script>alert('x')</script> & meer &amp; niets.",
        ),
        ("Maatwerk\x0b op\ttwee\nregels\r\nof drie", "Maatwerk op\ttwee\nregels\nof drie"),
        ("Maatwerk " + "x" * 5000, "Maatwerk " + "x" * 5000),
        ("Maatwerk { PAGE } {{ 7*7 }} %s %(x)s 😀", "Maatwerk { PAGE } {{ 7*7 }} %s %(x)s 😀"),
    ],
)
def test_hostile_text_stays_text(study: Any, town: Any, tmp_path: Path, text: str, shown: str) -> None:
    home = town(text.replace("\ud800", ""))  # the official list has no half characters
    document = study.document("a.pdf", [text, TAILORED], homes=(home,), title=text, kind=text, headings=(text,))
    study.suggest(document, 0, "maatwerk")
    study.flag(document, 0, 1, marker=text)
    study.document("b.pdf", [WORK], homes=(town("Oeverdam"),), title=text, excluded=text)
    results = work_out(study.snapshot())
    made = docx.Document(str(write_word(results, tmp_path)))
    quotes = docx.Document(str(write_quotes(results, tmp_path)))
    assert shown in texts(quotes, "Quote")
    assert any(t.strip(" […]") and t.strip(" […]") in shown for t in texts(made, "Quote"))
    assert shown in [c.text for t in made.tables for row in t.rows for c in row.cells]


def test_the_same_study_gives_the_same_bytes(filled: Any, tmp_path: Path) -> None:
    results = work_out(filled.snapshot())
    for write in (write_word, write_quotes):
        first, second = (write(results, tmp_path / name) for name in ("a", "b"))
        assert first.read_bytes() == second.read_bytes()
        with zipfile.ZipFile(first) as package:
            assert {info.date_time[0] for info in package.infolist()} == {1980}
        about = docx.Document(str(first)).core_properties
        assert about.created == about.modified
        assert about.created.date().isoformat() == "2026-03-01", "the day of the last decision"
        assert "python-docx" not in f"{about.author}{about.comments}"


@pytest.fixture
def institute() -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        document = docx.Document()
        document.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0, 0x55)
        document.styles["Heading 1"].element.set(qn("w:styleId"), "Kop1")
        document.styles["Quote"].font.size = Pt(13)
        document.styles["Caption"].delete()
        document.styles.add_style("Tabel van het instituut", WD_STYLE_TYPE.TABLE)
        document.sections[0].header.paragraphs[0].text = "Instituut voor Beleid"
        document.sections[0].left_margin = Pt(100)
        document.add_paragraph("Voorbeeldtekst van het sjabloon.")
        document.add_section()
        document.save(str(path))
        return path

    return make


def test_a_template_lends_its_styles_and_running_heads_but_not_its_text(
    filled: Any, tmp_path: Path, institute: Any
) -> None:
    document = report(filled, tmp_path, institute(tmp_path / "sjabloon.docx"))
    heading = next(p for p in document.paragraphs if p.text == "Samenvatting")
    assert (heading.style.style_id, heading.style.font.color.rgb) == ("Kop1", RGBColor(0xAA, 0, 0x55))
    assert next(p for p in document.paragraphs if p.text == TAILORED).style.font.size == Pt(13)
    assert {t.style.name for t in document.tables} == {"Tabel van het instituut"}
    assert texts(document, "Caption")[0].startswith("Tabel 1."), "a style the template lacks is added"
    assert "Voorbeeldtekst van het sjabloon." not in texts(document)
    assert document.sections[0].header.paragraphs[0].text == "Instituut voor Beleid"
    assert document.sections[0].left_margin == Pt(100)
    text_width = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    assert all(shape.width <= text_width for shape in document.inline_shapes)


def test_a_word_template_file_will_do(filled: Any, tmp_path: Path, institute: Any) -> None:
    as_document = institute(tmp_path / "sjabloon.docx").read_bytes()
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_document)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"document.main+xml", b"template.main+xml"))
    template = tmp_path / "sjabloon.dotx"
    template.write_bytes(file.getvalue())
    assert "Samenvatting" in texts(report(filled, tmp_path, template), "Heading 1")


def _zip_of_nothing() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    return file.getvalue()


@pytest.mark.parametrize("data", [None, b"", b"gewone tekst", b"\xd0\xcf\x11\xe0 een oud bestand", _zip_of_nothing()])
def test_an_unusable_template_is_named_with_what_to_do(filled: Any, tmp_path: Path, data: bytes | None) -> None:
    template = tmp_path / "huisstijl.docx"
    if data is not None:
        template.write_bytes(data)
    with pytest.raises(
        TemplateError, match=r"Het sjabloon '.*huisstijl\.docx' is (niet te openen|geen Word)"
    ) as caught:
        write_word(work_out(filled.snapshot()), tmp_path / "uit", template)
    assert re.search("Kijk of het pad klopt|sla het op als .docx", str(caught.value))
    assert not (tmp_path / "uit").exists()


def test_the_appendix_holds_what_counts_accepted_first(study: Any, town: Any, tmp_path: Path) -> None:
    lines = [f"Maatwerk nummer {n}: wij kijken naar {what}." for n, what in enumerate(("nu", "later", "ooit", "nooit"))]
    plan = study.document("plan.pdf", lines, homes=(town("Oeverdam"), town("Lindeveen")), title="plan dichtbij")
    for i, level in enumerate(("zeker", "waarschijnlijk", "twijfel", "zeker")):
        study.suggest(plan, i, "maatwerk", level)
    study.decide(plan, 1, "maatwerk", "accept")
    study.decide(plan, 3, "maatwerk", "reject")
    out = study.document("uit.pdf", ["Maatwerk dat niet meetelt."], excluded="een folder")
    study.suggest(out, 0, "maatwerk", "zeker")
    document = docx.Document(str(write_quotes(work_out(study.snapshot()), tmp_path)))
    assert texts(document, "Heading 1") == ["Maatwerk", "Participatie", "Preventie", "Bronnen"]
    assert texts(document, "Heading 2") == ["Lindeveen", "Oeverdam"]
    assert texts(document, "Quote") == [lines[1], lines[0]] * 2
    author = "Gemeente Oeverdam & Gemeente Lindeveen. (2024). Plan dichtbij"
    assert texts(document, "Bronregel")[:2] == [
        f"{author} (p. 2). [aanvaard]",
        f"{author} (p. 1). [voorgesteld: zeker 0,95]",
    ]
    assert texts(document, "Bron") == [f"{author}."]


@pytest.mark.parametrize(
    ("homes", "changes", "page", "expected"),
    [
        (("Lindeveen",), {}, "12", "Gemeente Lindeveen. (2024). Plan dichtbij (p. 12)."),
        (("Lindeveen",), {}, "12-13", "Gemeente Lindeveen. (2024). Plan dichtbij (pp. 12–13)."),
        (("Lindeveen",), {}, "", "Gemeente Lindeveen. (2024). Plan dichtbij."),
        (("Lindeveen",), {"year_from": None}, "", "Gemeente Lindeveen. (z.d.). Plan dichtbij."),
        (("Lindeveen",), {"year_to": 2028}, "", "Gemeente Lindeveen. (2024). Plan dichtbij 2024–2028."),
        (("Lindeveen",), {"title": None}, "3", "Gemeente Lindeveen. (2024). plan-1.pdf (p. 3)."),
        (("A", "B", "C"), {}, "", "Gemeente A, Gemeente B & Gemeente C. (2024). Plan dichtbij."),
        ((), {}, "", "Gemeente onbekend. (2024). Plan dichtbij."),
    ],
)
def test_a_source_is_ready_to_cite(
    town: Any, homes: tuple[str, ...], changes: dict[str, Any], page: str, expected: str
) -> None:
    document = Document("0", "plan-1.pdf", "plan dichtbij", tuple(map(town, homes)), "beleidsplan", year_from=2024)
    spans = cited(replace(document, **changes), page)
    assert "".join(text for text, _style in spans) == expected
    assert [style for _text, style in spans] == ["", "Emphasis", ""]


def test_an_anonymous_study_names_only_kind_and_year(filled: Any, tmp_path: Path) -> None:
    results = work_out(filled.snapshot(), anonymous=True)
    for path in (write_word(results, tmp_path), write_quotes(results, tmp_path)):
        assert not re.search("Lindeveen|Oeverdam|Plan dichtbij|plan.pdf|anna", everything(path))
    sources = texts(docx.Document(str(tmp_path / "quotes.docx")), "Bronregel")
    assert "Gemeente B. (2024). Beleidsplan (p. 1). [aanvaard]" in sources
    assert "gemeente B · beleidsplan, 2024, p. 1" in "\n".join(texts(docx.Document(str(tmp_path / "report.docx"))))


@pytest.mark.libreoffice
def test_libreoffice_opens_both(filled: Any, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    results = work_out(filled.snapshot())
    for path in (write_word(results, tmp_path), write_quotes(results, tmp_path)):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert TAILORED in path.with_suffix(".txt").read_text(encoding="utf-8-sig")
