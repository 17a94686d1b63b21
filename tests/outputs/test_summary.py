"""The summary says no more than the tables: ties are named together, nothing is said of what is not there."""

from typing import Any

import pytest

from coding.concreteness import concreteness
from outputs.coverage import coverage, named
from outputs.records import work_out
from outputs.summary import summary

BODY = ["Een eerste passage over van alles.", "Een tweede passage over iets anders.", "Een derde over weer iets."]


def told(study: Any) -> tuple[str, ...]:
    worked = work_out(study.snapshot())
    table = coverage(worked)
    return summary(worked, table, named(table))


def test_themes_alike_are_named_together(study: Any) -> None:
    document = study.document("a.pdf", BODY)
    for passage, theme in ((0, "maatwerk"), (1, "preventie")):
        study.suggest(document, passage, theme, "zeker")
    assert (
        "Het vaakst aangewezen zijn maatwerk en preventie (elk 1 passage), het minst participatie (0" in told(study)[1]
    )


def test_one_most_frequent_theme_is_named_alone(study: Any) -> None:
    document = study.document("a.pdf", BODY)
    for passage, theme in ((0, "maatwerk"), (1, "maatwerk"), (2, "preventie")):
        study.suggest(document, passage, theme, "zeker")
    assert "Het vaakst aangewezen is maatwerk (2 passages, 1 van de 1 gemeente)" in told(study)[1]


def test_what_people_rejected_is_not_said_never_to_have_been_suggested(study: Any) -> None:
    document = study.document("a.pdf", BODY)
    study.suggest(document, 0, "maatwerk", "zeker")
    study.decide(document, 0, "maatwerk", "reject")
    assert told(study)[1].endswith("wat het programma aanwees, is door mensen verworpen.")


def test_unknown_municipality_is_no_zero(study: Any, town: Any) -> None:
    from dataclasses import replace

    study.suggest(study.document("a.pdf", BODY), 0, "maatwerk")
    study.decide(study.documents[0].id, 0, "maatwerk", "accept")
    study.documents[0] = replace(study.documents[0], municipalities=())
    first, _second, last = told(study)
    assert "van een onbekende gemeente is 1 passage" in first
    assert last == "Mensen hebben 1 codering aanvaard en 0 verworpen."


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Per huishouden is er € 1.500 te besteden.", ["€ 1.500"]),
        ("Het kost €2,5 miljoen per jaar.", ["€2,5 miljoen"]),
        ("Daarvoor is 3 miljoen beschikbaar.", ["3 miljoen"]),
        ("Er gaat € 90.000. Dat is alles.", ["€ 90.000"]),
    ],
)
def test_amounts_are_shown_whole(text: str, amounts: list[str]) -> None:
    assert [text[c.start : c.end] for c in concreteness(text).cues if c.term == "bedrag"] == amounts


def test_what_people_accepted_is_counted_as_in_the_tables(study: Any) -> None:
    for year in (2024, 2025):
        document = study.document(f"{year}.pdf", BODY, year=year)
        for theme in ("maatwerk", "privacy"):
            study.suggest(document, 0, theme, "zeker")
            study.decide(document, 0, theme, "accept")
    assert told(study)[2].startswith("Mensen hebben 1 codering aanvaard en 0 verworpen; in 1 van de 3")
