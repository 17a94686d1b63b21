"""What counts, where, and how often: golden tables from studies built by hand."""

from dataclasses import replace
from typing import Any

import pytest

from codebook.model import Code
from coding.model import Level, Status, Verdict
from outputs.coverage import Cell, coverage, named, named_within, sub_themes
from outputs.records import work_out


def cell(study: Any, theme: str = "maatwerk", row: str = "Lindeveen") -> Cell:
    table = coverage(work_out(study.snapshot()))
    found = next(r for r in (*table.rows, table.total) if r.name == row)
    return next(c for c in found.cells if c.theme.id == theme)


BODY = [f"Dit is passage nummer {i} over een onderwerp dat {i} keer anders is dan de rest." for i in range(10)]


@pytest.mark.parametrize(
    ("level", "verdicts", "state", "status"),
    [
        ("zeker", [], "kandidaat (1)", "suggested"),
        ("waarschijnlijk", [], "kandidaat (1)", "suggested"),
        ("twijfel", [], "geen kandidaat", "suggested"),
        (None, [], "geen kandidaat", None),
        ("zeker", [("anna", "accept")], "genoemd", "accepted"),
        ("twijfel", [("anna", "accept")], "genoemd", "accepted"),
        (None, [("anna", "accept")], "genoemd", "accepted"),
        ("zeker", [("anna", "reject")], "geen kandidaat", "rejected"),
        (None, [("anna", "reject")], "geen kandidaat", "rejected"),
        ("zeker", [("anna", "accept"), ("bas", "accept")], "genoemd", "accepted"),
        ("zeker", [("anna", "accept"), ("bas", "reject")], "kandidaat (1)", "oneens"),
        ("zeker", [("anna", "read")], "geen kandidaat", "rejected"),
        ("zeker", [("anna", "accept"), ("anna", "read")], "genoemd", "accepted"),
        ("zeker", [("anna", "accept"), ("bas", "read")], "kandidaat (1)", "oneens"),
    ],
)
def test_state_of_a_cell(
    study: Any, level: Level | None, verdicts: list[tuple[str, Verdict]], state: str, status: Status | None
) -> None:
    document = study.document("plan.pdf", BODY)
    if level:
        study.suggest(document, 0, "maatwerk", level)
    for coder, verdict in verdicts:
        study.decide(document, 0, "" if verdict == "read" else "maatwerk", verdict, coder)
    assert cell(study).state_text == state
    statuses = [r.status for r in work_out(study.snapshot()).records]
    assert statuses == ([status] if status else [])


def test_figures_of_a_cell(study: Any) -> None:
    document = study.document("plan.pdf", [*BODY, ("Kop", "heading"), ("3", "furniture")])
    for i, level in enumerate(["zeker", "zeker", "waarschijnlijk", "waarschijnlijk", "twijfel", "zeker"]):
        study.suggest(document, i, "maatwerk", level)
    study.decide(document, 2, "maatwerk", "accept")
    study.decide(document, 5, "maatwerk", "reject")
    found = cell(study)
    assert (found.suggested, found.certain, found.accepted, found.rejected, found.doubtful) == (3, 2, 1, 1, 1)
    assert (found.documents, found.basis.documents, found.basis.pages, found.basis.passages) == (1, 1, 12, 10)
    assert found.share == pytest.approx(0.4)
    assert found.share_most == pytest.approx(0.5)
    assert found.share_words == pytest.approx(0.4)


@pytest.mark.parametrize(("verdict", "expected"), [(None, (1, 0, 0)), ("accept", (0, 1, 0)), ("reject", (1, 0, 0))])
def test_sub_theme_counts_for_its_theme(study: Any, verdict: Verdict | None, expected: tuple[int, int, int]) -> None:
    document = study.document("plan.pdf", BODY)
    study.suggest(document, 0, "participatie.arbeid")
    if verdict:
        study.decide(document, 0, "participatie.arbeid", verdict)
    found = cell(study, "participatie")
    assert (found.suggested, found.accepted, found.rejected) == expected
    record = work_out(study.snapshot()).records[0]
    assert record.subs == (() if verdict == "reject" else ("participatie.arbeid",))


def test_theme_and_its_sub_theme_in_one_passage_count_once(study: Any) -> None:
    document = study.document("plan.pdf", BODY)
    study.suggest(document, 0, "participatie")
    study.suggest(document, 0, "participatie.arbeid", "zeker")
    assert cell(study, "participatie").coded == 1


def test_auxiliary_codes_stay_out_of_the_themes(study: Any) -> None:
    document = study.document("plan.pdf", BODY)
    study.suggest(document, 0, "privacy", "zeker")
    worked = work_out(study.snapshot())
    assert [c.coded for c in coverage(worked).total.cells] == [0, 0, 0]
    assert [(c.theme.id, c.coded) for c in coverage(worked, group="auxiliary").total.cells] == [
        ("privacy", 1),
        ("gelijkheid", 0),
    ]


def test_regional_document_counts_for_each_municipality_and_once_in_total(study: Any, town: Any) -> None:
    document = study.document("regio.pdf", BODY, homes=(town("Lindeveen"), town("Oosterwal")))
    study.suggest(document, 0, "maatwerk")
    assert [cell(study, row=name).coded for name in ("Lindeveen", "Oosterwal", "totaal")] == [1, 1, 1]
    assert [cell(study, row=name).basis.documents for name in ("Lindeveen", "Oosterwal", "totaal")] == [1, 1, 1]


def test_repeated_passage_counts_once_in_its_municipality_but_in_each_municipality(study: Any, town: Any) -> None:
    for file_name, home, year in (
        ("b24.pdf", "Lindeveen", 2024),
        ("b25.pdf", "Lindeveen", 2025),
        ("o.pdf", "Oosterwal", 2024),
    ):
        document = study.document(file_name, BODY[:2], homes=(town(home),), year=year)
        study.suggest(document, 0, "maatwerk")
    study.decide(document, 0, "maatwerk", "accept")
    found = cell(study)
    assert (found.suggested, found.documents, found.basis.passages, found.basis.repeats) == (1, 2, 2, 2)
    total = cell(study, row="totaal")
    assert (total.suggested, total.accepted, total.basis.passages) == (1, 1, 4)


def test_accepting_the_repeat_accepts_the_passage_counted(study: Any) -> None:
    first = study.document("b24.pdf", BODY[:1], year=2024)
    second = study.document("b25.pdf", BODY[:1], year=2025)
    for document in (first, second):
        study.suggest(document, 0, "maatwerk", "zeker")
    study.decide(second, 0, "maatwerk", "accept")
    found = cell(study)
    assert (found.accepted, found.suggested, found.certain, found.coded) == (1, 0, 0, 1)


def test_excluded_document_counts_nowhere(study: Any) -> None:
    document = study.document("motie.pdf", BODY, excluded="motie")
    study.suggest(document, 0, "maatwerk", "zeker")
    table = coverage(work_out(study.snapshot()))
    assert table.rows == ()
    assert table.total.basis.passages == 0


def test_names_behind_each_count(study: Any, town: Any) -> None:
    levels: list[tuple[str, Level | None]] = [("Aard", "zeker"), ("Berk", "zeker"), ("Cor", "twijfel"), ("Dal", None)]
    for name, level in levels:
        document = study.document(f"{name}.pdf", BODY, homes=(town(name),))
        if level:
            study.suggest(document, 0, "maatwerk", level)
        if name == "Aard":
            study.decide(document, 0, "maatwerk", "accept")
    nowhere = study.document("x.pdf", BODY)
    study.documents[-1] = type(study.documents[-1])(nowhere, "x.pdf")
    found = named(coverage(work_out(study.snapshot())))[0]
    assert (found.of, found.named, found.candidate, found.doubtful, found.none) == (
        4,
        ("Aard",),
        ("Berk",),
        ("Cor",),
        ("Dal",),
    )


def test_by_year_counts_a_repeat_in_each_year(study: Any) -> None:
    for year in (2024, 2025):
        document = study.document(f"{year}.pdf", BODY[:1], year=year)
        study.suggest(document, 0, "maatwerk")
    table = coverage(work_out(study.snapshot()), "year")
    assert [(r.name, r.cells[0].coded) for r in (*table.rows, table.total)] == [("2024", 1), ("2025", 1), ("totaal", 1)]
    parts = named_within(work_out(study.snapshot()), "year")
    assert [(value, group[0].of, group[0].candidate) for value, group in parts] == [
        ("2024", 1, ("Lindeveen",)),
        ("2025", 1, ("Lindeveen",)),
    ]


def test_sub_themes_are_counted_by_themselves(study: Any) -> None:
    for year in (2024, 2025):
        document = study.document(f"{year}.pdf", BODY[:3], year=year)
        study.suggest(document, 0, "participatie.arbeid")
        study.suggest(document, 1, "participatie")
    study.decide(document, 0, "participatie.arbeid", "accept")
    found = sub_themes(work_out(study.snapshot()))
    assert [(s.group, s.code.id, s.coded, s.accepted) for s in found] == [
        ("Lindeveen", "participatie.arbeid", 1, 1),
        ("totaal", "participatie.arbeid", 1, 1),
    ]


def test_study_without_documents_has_an_empty_table(study: Any) -> None:
    table = coverage(work_out(study.snapshot()))
    assert table.rows == ()
    assert all(c.share is None and c.state == "geen kandidaat" for c in table.total.cells)


def test_a_code_that_is_only_heard_as_a_pole_is_in_no_table_until_somebody_gives_it(study: Any) -> None:
    pole = Code("hulp", "auxiliary", "Kwaliteit van hulp", "Hoe goed de hulp is.", poles=("de kwaliteit",))
    study.codebook = replace(study.codebook, codes=(*study.codebook.codes, pole))
    document = study.document("a.pdf", ["De kwaliteit van de hulp blijft goed."])
    themes = [t.id for t in coverage(work_out(study.snapshot()), group="auxiliary").themes]
    assert themes == ["privacy", "gelijkheid"]
    study.decide(document, 0, "hulp", "accept")
    themes = [t.id for t in coverage(work_out(study.snapshot()), group="auxiliary").themes]
    assert themes == ["privacy", "gelijkheid", "hulp"]
