"""Flags as rows: worded by grade and kind, both quotes with their page, the weak apart."""

from dataclasses import replace
from typing import Any

from codebook.model import Relation
from outputs.quotes import meeting
from outputs.records import work_out
from outputs.tables import sheets
from outputs.tensions import ordered_flags, relation_counts, tension_rows

TEXTS = ["Iedere inwoner krijgt maatwerk.", "Maar gelijke gevallen gelijk.", "Wij doen wat nodig is."]


def test_rows_by_grade_with_both_quotes_and_pages(study: Any) -> None:
    document = study.document("a.pdf", TEXTS, title="Plan", year=2024)
    for grade in (1, 2, 4, 3):
        study.flag(document, 0, 1, grade)
    rows = tension_rows(study.snapshot())
    assert [(r.grade, r.wording) for r in rows] == [(4, "benoemt de spanning"), (3, "begrenst"), (2, "naast elkaar")]
    assert [(r.grade, r.wording) for r in tension_rows(study.snapshot(), "weak")] == [(1, "mogelijk")]
    first = rows[0]
    assert (first.relation_label, first.relation_kind, first.marker) == ("Maatwerk × Gelijkheid", "spanning", "maar")
    assert (first.left_quote, first.left_page, first.right_quote, first.right_page) == (TEXTS[0], "1", TEXTS[1], "2")
    assert relation_counts(work_out(study.snapshot())) == (("Maatwerk × Gelijkheid", 1, 1, 1),)


def test_flags_of_documents_left_out_are_left_out(study: Any) -> None:
    document = study.document("motie.pdf", TEXTS, excluded="motie")
    study.flag(document, 0, 1)
    assert tension_rows(study.snapshot()) == []


def test_other_relations_are_not_called_tensions_and_come_after_them(study: Any) -> None:
    study.codebook = replace(
        study.codebook,
        relations=(
            Relation("nodig", "ambiguity", ("maatwerk", "gelijkheid"), phrases=("doen wat nodig is",)),
            Relation("eerst", "precondition", ("gelijkheid", "maatwerk")),
            *study.codebook.relations,
        ),
    )
    document = study.document("a.pdf", TEXTS)
    for relation, grade in (("nodig", 4), ("eerst", 3), ("maatwerk-gelijkheid", 2)):
        study.flag(document, 0, 2, grade)
        study.flags[-1] = replace(study.flags[-1], relation=relation)
    rows = tension_rows(study.snapshot())
    assert [(r.relation_label, r.wording) for r in rows] == [
        ("Maatwerk × Gelijkheid", "naast elkaar"),
        ("Gelijkheid → Maatwerk", "voorwaarde"),
        ("Maatwerk × Gelijkheid", "meerduidige frase"),
    ]
    assert relation_counts(work_out(study.snapshot())) == (("Maatwerk × Gelijkheid", 0, 0, 1),)


def test_one_stretch_that_holds_both_is_quoted_once_with_its_marker_marked(study: Any) -> None:
    document = study.document("a.pdf", TEXTS)
    study.flag(document, 1, 1, 3, "maar")
    worked = work_out(study.snapshot())
    shown = meeting(ordered_flags(worked.snapshot)[0], worked)
    ((label, quote),) = shown.quotes
    assert label == "Maatwerk · Gelijkheid"
    assert [(p.text, p.marked) for p in quote.parts] == [("Maar", True), (" gelijke gevallen gelijk.", False)]
    assert quote.source == "a.pdf, 2024, p. 2"


def test_tension_that_is_repeated_next_year_counts_once_and_says_so(study: Any) -> None:
    said = "Wij bieden elk gezin in onze gemeente maatwerk, maar het blijft binnen wat wij iedereen geven."
    documents = [study.document(f"begroting-{year}.pdf", [said], year=year) for year in (2024, 2025)]
    for document in documents:
        study.flag(document, 0, 0)
    worked = work_out(study.snapshot())
    assert relation_counts(worked) == (("Maatwerk × Gelijkheid", 0, 1, 0),)
    sheet = next(s for s in sheets(worked) if s.name == "tensions")
    assert [row[-1] for row in sheet.rows] == ["ja", "nee"]
