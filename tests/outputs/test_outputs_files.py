"""Report, workbook and CSVs: whole, literal, safe with hostile text, the same every time."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coding.model import Look
from outputs.fragments import COLUMNS, fragments
from outputs.method import remarks
from outputs.records import work_out
from outputs.report import write_report
from outputs.tables_csv import guard, write_csvs
from outputs.workbook import CELL_LIMIT, CUT_NOTE, write_workbook

HOSTILE = [
    "<script>alert('maatwerk')</script> & \"citaat\" {{ 7*7 }} ${7} </style><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://kwaad.example","maatwerk")',
    "+31 maatwerk",
    "-1 maatwerk",
    "@SUM(1) maatwerk",
    "\tmaatwerk met een tab ervoor",
    "maatwerk met \x00\x01\x08\x0b\x1f\ud800\ufffe tekens die XML niet kent",
    "maatwerk " * 8000,
    "http://voorbeeld.example/maatwerk",
    "{=1+1} maatwerk $x^2$ \\frac",
]


class Page(HTMLParser):
    """Collects what a test needs to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def hostile_study(study: Any, town: Any) -> Any:
    document = study.document(
        "<b>kwaad</b>=1.pdf",
        HOSTILE,
        homes=(town("<i>Lindeveen</i> $x$"),),
        title='=cmd|"/C calc"!A0',
        headings=("<u>kop</u>", "\x02"),
    )
    for i in range(len(HOSTILE)):
        study.suggest(document, i, "maatwerk", "zeker", "maatwerk")
        study.decide(document, i, "maatwerk", "accept", memo="=1+1<script>")
    study.flag(document, 0, 1, 4, "<script>")
    return study.snapshot()


def test_page_escapes_hostile_text_and_asks_nothing_of_the_network(study: Any, town: Any, tmp_path: Path) -> None:
    text = write_report(hostile_study(study, town), tmp_path).read_text(encoding="utf-8")
    page = Page(text)
    names = {tag for tag, _ in page.tags}
    assert not names & {"img", "iframe", "link", "object", "b<", "i<", "u"}
    assert [attrs for tag, attrs in page.tags if tag == "script"] == [
        {"type": "application/json", "id": "zoekgegevens"},
        {},
    ]
    addresses = [v for _, attrs in page.tags for k, v in attrs.items() if k in ("src", "href", "xlink:href", "action")]
    assert all(a is not None and a.startswith("#") for a in addresses)
    assert not re.search(r"url\((?!#)|@import", text)
    assert "alert('maatwerk')" in "".join(page.text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_workbook_holds_hostile_text_as_text(study: Any, town: Any, tmp_path: Path) -> None:
    path = write_workbook(hostile_study(study, town), tmp_path / "w.xlsx")
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink]
    quotes = [row[COLUMNS.index("quote")].value for row in book["fragments"].iter_rows(min_row=2)]
    assert quotes[1] == HOSTILE[1]
    assert quotes[6] == "maatwerk met  tekens die XML niet kent"
    assert len(quotes[7]) == CELL_LIMIT
    assert quotes[7].endswith(CUT_NOTE)


def test_csvs_hold_no_formula(study: Any, town: Any, tmp_path: Path) -> None:
    for path in write_csvs(hostile_study(study, town), tmp_path):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for value in row:
                    assert not value.startswith(("=", "+", "-", "@", "\t", "\r")) or re.fullmatch(r"-?[\d.]+", value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-", "'-"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("a=1", "a=1"),
        (-1, -1),
        (-0.5, -0.5),
        (None, None),
    ],
)
def test_only_text_is_guard(value: Any, expected: Any) -> None:
    assert guard(value) == expected


def test_fragment_quotes_stand_literally_in_the_document(study: Any, town: Any) -> None:
    snapshot = hostile_study(study, town)
    frame = fragments(snapshot)
    assert list(frame.columns) == list(COLUMNS)
    for _, row in frame.iterrows():
        text = snapshot.versions[row.document_id].text
        assert text[row.start : row.end] == row.quote
        assert row.version == snapshot.versions[row.document_id].id


def test_fragments_are_filtered_and_leave_doubt_out(study: Any, town: Any) -> None:
    first = study.document(
        "a.pdf", ["Werk voor wie kan.", "Twijfel over werk."], homes=(town("Lindeveen"), town("Oosterwal"))
    )
    study.suggest(first, 0, "participatie.arbeid")
    study.suggest(first, 0, "privacy")
    study.suggest(first, 1, "maatwerk", "twijfel")
    left_out = study.document("motie.pdf", ["Motie over werk.", "Motie over wat anders."], excluded="motie")
    study.suggest(left_out, 0, "participatie")
    study.decide(left_out, 1, "participatie", "accept")
    snapshot = study.snapshot()
    frame = fragments(snapshot)
    assert list(zip(frame.theme, frame.sub_theme, frame.status, frame.included, strict=True)) == [
        ("participatie", "participatie.arbeid", "suggested", "ja"),
        ("privacy", "", "suggested", "ja"),
        ("participatie", "", "accepted", "nee"),
    ]
    assert len(fragments(snapshot, theme="participatie")) == 2
    assert len(fragments(snapshot, theme="participatie.arbeid")) == 1
    assert len(fragments(snapshot, municipality="oosterwal")) == 2
    assert len(fragments(snapshot, statuses=["accepted"])) == 1
    with pytest.raises(ValueError, match="geen code 'onzin'"):
        fragments(snapshot, theme="onzin")


def test_repeat_is_marked_with_where_it_stood_first(study: Any) -> None:
    for year in (2025, 2024):
        document = study.document(
            f"{year}.pdf", ["Wij bieden maatwerk aan elk gezin in elke wijk."], year=year, title="Begroting"
        )
        study.suggest(document, 0, "maatwerk")
    assert list(fragments(study.snapshot()).repeats) == ["", "Begroting, p. 1"]


def test_workbook_has_its_sheets_and_a_decision_list(study: Any, town: Any, tmp_path: Path) -> None:
    study.unplaced.append(study.decision(study.document("a.pdf", ["x"]), 0, "maatwerk", "accept"))
    book = openpyxl.load_workbook(write_workbook(hostile_study(study, town), tmp_path / "w.xlsx"))
    expected = [
        "uitleg",
        "coverage",
        "fragments",
        "tensions",
        "documents",
        "codebook",
        "method",
        "named",
        "groups",
        "sub_themes",
        "what_how",
        "priorities",
        "ambiguity",
        "aims",
        "telling_quotes",
        "auxiliary",
        "cells",
        "preconditions",
        "weak",
    ]
    assert book.sheetnames == [*expected, "unplaced"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
    (rule,) = book["fragments"].data_validations.dataValidation
    assert rule.formula1 == '"accept,reject"'


@pytest.mark.parametrize("anonymous", [False, True])
def test_method_says_how_many_decisions_wait_for_a_second_look(study: Any, anonymous: bool) -> None:
    document = study.document("a.pdf", ["x", "y", "z"])
    assert not [r for r in remarks(work_out(study.snapshot(), anonymous=anonymous)) if "wachten" in r.topic]
    for passage, counts in enumerate((False, False, True)):
        decision = study.decision(document, passage, "maatwerk", "accept")
        study.looks.append(Look(decision, "definition" if counts else "split", ("maatwerk",), counts))
    (found,) = [r for r in remarks(work_out(study.snapshot(), anonymous=anonymous)) if "wachten" in r.topic]
    assert "niet meegeteld: 2 beslissingen over een code die is gesplitst" in found.text
    assert "nog niet opnieuw bekeken: 1 beslissing over" in found.text


def test_same_study_gives_the_same_bytes(study: Any, town: Any, tmp_path: Path) -> None:
    snapshot = hostile_study(study, town)
    shuffled = replace(
        snapshot,
        codings=snapshot.codings[::-1],
        decisions=snapshot.decisions[::-1],
        documents=snapshot.documents[::-1],
    )
    for name, made in (("one", snapshot), ("two", shuffled)):
        write_report(made, tmp_path / name)
        write_csvs(made, tmp_path / name)
        write_workbook(made, tmp_path / name / "w.xlsx")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_page_is_in_order_for_screen_readers(study: Any, town: Any, tmp_path: Path) -> None:
    page = Page(write_report(hostile_study(study, town), tmp_path).read_text(encoding="utf-8"))
    assert ("html", {"lang": "nl"}) in page.tags
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.tags if tag == "th")
    assert all(attrs.get("role") == "img" for tag, attrs in page.tags if tag == "svg")
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {str(attrs["href"])[1:] for tag, attrs in page.tags if tag == "a"}
    assert targets <= set(ids)


def test_empty_study_says_so(study: Any, tmp_path: Path) -> None:
    text = write_report(study.snapshot(), tmp_path).read_text(encoding="utf-8")
    assert "nog geen document dat meetelt" in text
    write_csvs(study.snapshot(), tmp_path)
    assert openpyxl.load_workbook(write_workbook(study.snapshot(), tmp_path / "w.xlsx")).sheetnames[0] == "uitleg"
    assert fragments(study.snapshot()).empty


def test_study_without_codings_says_so(study: Any, tmp_path: Path) -> None:
    study.document("a.pdf", ["Een passage zonder thema."])
    text = write_report(study.snapshot(), tmp_path).read_text(encoding="utf-8")
    assert "Geen enkel thema heeft een voorstel" in text
    assert "nog niemand heeft beoordeeld" in text
    assert "voorgesteld, waarschijnlijk" not in text


def test_without_a_known_municipality_none_are_counted(study: Any, tmp_path: Path) -> None:
    study.suggest(study.document("a.pdf", ["Tekst."]), 0, "maatwerk")
    study.documents[0] = replace(study.documents[0], municipalities=())
    text = write_report(study.snapshot(), tmp_path).read_text(encoding="utf-8")
    assert "vul in metadata.csv de kolom municipality aan om per gemeente te tellen" in text
    assert not re.search(r"van de\s+0\b", text)


def test_excluded_unread_and_unknown_are_listed_with_the_reason(study: Any, tmp_path: Path) -> None:
    from coding.model import Failure

    study.document("motie.pdf", ["Motie."], excluded="motie: geen beleid", title="Motie M12")
    study.document("los.pdf", ["Tekst."], kind=None, year=None, title="Los stuk")
    study.failures.append(Failure("scan.pdf", "scanned", "Bevat alleen beelden; maak er tekst van met OCR."))
    recognised = study.documents[1].id
    study.failures.append(Failure("los.pdf", "ocr", "Deze pagina is met tekstherkenning gelezen.", 1, recognised))
    text = write_report(study.snapshot(), tmp_path).read_text(encoding="utf-8")
    for expected in ("Motie M12", "motie: geen beleid", "scan.pdf", "maak er tekst van met OCR", "Los stuk"):
        assert expected in text
    not_read, read = text.index("<h3>Niet gelezen"), text.index("<h3>Wel gelezen, met een kanttekening")
    assert not_read < text.index("maak er tekst van met OCR") < read < text.index("met tekstherkenning gelezen.<")
    assert "1 bestand; zie" in text
    assert "Met tekstherkenning gelezen: 1 bladzijde;" in text
