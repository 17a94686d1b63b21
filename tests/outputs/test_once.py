"""Passages that repeat each other count once, as far as people took any of them, alike in every table."""

from typing import Any

import pytest

from coding.model import Verdict
from outputs.coverage import coverage, sub_themes
from outputs.fragments import fragment_rows
from outputs.quotes import quotable
from outputs.records import work_out
from outputs.summary import summary
from outputs.what_how import overall, what_how

LONG = "Wij bieden elk gezin in onze gemeente maatwerk en zoeken samen naar wat echt nodig is voor dit huishouden."
Said = tuple[Verdict | None, Verdict | None]


def counted(study: Any) -> dict[str, int]:
    """Return how often the theme counts in each of the tables, for all municipalities together."""
    worked = work_out(study.snapshot())
    cell = coverage(worked).total.cells[0]
    said = next(w for w in what_how(worked) if w.group == "totaal" and w.theme.id == "maatwerk")
    return {
        "coverage": cell.coded,
        "what_how": said.passages,
        "overall": sum(overall(worked)["totaal"].values()),
        "quotes": sum(r.theme.id == "maatwerk" for r in quotable(worked)),
        "fragments": sum(row.counts == "ja" for row in fragment_rows(worked, doubtful=True)),
    }


@pytest.mark.parametrize(
    ("said", "levels", "count", "state"),
    [
        ((None, None), ("zeker", "zeker"), 1, "kandidaat"),
        (("reject", None), ("zeker", "zeker"), 0, "geen kandidaat"),
        ((None, "reject"), ("zeker", "zeker"), 0, "geen kandidaat"),
        ((None, "accept"), ("twijfel", "twijfel"), 1, "genoemd"),
        (("reject", "accept"), ("zeker", "zeker"), 1, "genoemd"),
        ((None, None), ("twijfel", "zeker"), 1, "kandidaat"),
        ((None, None), ("twijfel", "twijfel"), 0, "geen kandidaat"),
    ],
)
def test_repeat_counts_alike_everywhere(study: Any, said: Said, levels: Any, count: int, state: str) -> None:
    for name, year, level, verdict in zip(("a", "b"), (2024, 2025), levels, said, strict=True):
        document = study.document(f"{name}.pdf", [LONG], year=year)
        study.suggest(document, 0, "maatwerk", level, "maatwerk")
        if verdict:
            study.decide(document, 0, "maatwerk", verdict)
    assert counted(study) == dict.fromkeys(("coverage", "what_how", "overall", "quotes", "fragments"), count)
    assert coverage(work_out(study.snapshot())).rows[0].cells[0].state == state


def test_regional_repeat_counts_for_the_municipality_that_had_it_not_yet(study: Any, town: Any) -> None:
    for name, homes, year in (("eigen", ("Aa",), 2023), ("regio", ("Aa", "Bee"), 2024)):
        document = study.document(f"{name}.pdf", [LONG], homes=[town(home) for home in homes], year=year)
        study.suggest(document, 0, "maatwerk", "zeker", "maatwerk")
        study.suggest(document, 0, "participatie.arbeid", "zeker", "samen")
    worked = work_out(study.snapshot())
    assert [(r.counts, r.counts_for) for r in fragment_rows(worked) if r.theme == "maatwerk"] == [
        ("ja", "Aa"),
        ("nee", "Bee"),
    ]
    table = coverage(worked)
    assert [(row.name, row.cells[0].coded) for row in (*table.rows, table.total)] == [
        ("Aa", 1),
        ("Bee", 1),
        ("totaal", 1),
    ]
    assert {(s.group, s.coded) for s in sub_themes(worked)} == {("Aa", 1), ("Bee", 1), ("totaal", 1)}
    assert {name: sum(kinds.values()) for name, kinds in overall(worked).items()} == {"Aa": 1, "Bee": 1, "totaal": 1}
    assert "is 1 passage aangewezen" in summary(worked, table, ())[0]


def test_what_does_not_count_counts_for_nobody(study: Any) -> None:
    document = study.document("motie.pdf", [LONG], excluded="motie")
    study.suggest(document, 0, "maatwerk", "zeker")
    study.decide(document, 0, "maatwerk", "accept")
    (row,) = fragment_rows(work_out(study.snapshot()))
    assert (row.counts, row.counts_for) == ("nee", "")
