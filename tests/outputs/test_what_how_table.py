"""Wat, middel en handelingsnorm per theme: what counts, and that repeats and doubts do not."""

from typing import Any

from outputs.fragments import fragments
from outputs.records import work_out
from outputs.what_how import what_how

TEXTS = [
    "Iedere inwoner verdient een goed leven, daar gaan wij voor.",
    "Er komt een subsidie van € 20.000 voor ontmoeting in de wijk.",
    "De consulent beslist zelf over hulp, binnen vijf werkdagen.",
    "Over wegen en bruggen staat hier een regel zonder thema.",
]


def test_coded_passages_are_counted_by_what_they_say(study: Any) -> None:
    document = study.document("2024.pdf", TEXTS, year=2024)
    again = study.document("2025.pdf", TEXTS[:2], year=2025)
    for place in range(3):
        study.suggest(document, place, "maatwerk")
    study.suggest(again, 0, "maatwerk")
    study.suggest(document, 3, "maatwerk", level="twijfel")
    rows = {w.group: w for w in what_how(work_out(study.snapshot())) if w.theme.id == "maatwerk"}
    assert (rows["totaal"].what, rows["totaal"].means, rows["totaal"].norm) == (1, 1, 1)
    assert rows["totaal"].share_how == 2 / 3
    assert rows["Lindeveen"].passages == 3


def test_a_theme_without_passages_has_no_share(study: Any) -> None:
    study.document("2024.pdf", TEXTS, year=2024)
    assert all(w.share_how is None and w.passages == 0 for w in what_how(work_out(study.snapshot())))


def test_fragments_say_what_or_how_with_the_words_it_rests_on(study: Any) -> None:
    document = study.document("2024.pdf", TEXTS, year=2024)
    study.suggest(document, 1, "maatwerk")
    [row] = fragments(study.snapshot()).to_dict("records")
    assert row["what_how"] == "middel"
    assert "€ 2" in row["how_cues"]
