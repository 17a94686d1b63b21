"""From demo file to table: the golden tables hold. Regenerate them with `tests/demo/regenerate.py`."""

import csv
import runpy
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SIX = {"Kwartelwoude", "Rietdommelen", "Snippenwaarde", "Tureluursveen", "Veldmeer", "Zilverhorn"}


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    runpy.run_path(str(HERE / "regenerate.py"))["write_golden"](folder)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["segmentation.csv", "coverage.csv", "named.csv"])
def test_table_is_the_golden_table(name: str, written: Path) -> None:
    assert rows(written / name) == rows(HERE / "golden" / name)


def test_coverage_has_the_six_fictional_municipalities(written: Path) -> None:
    assert {row["municipality"] for row in rows(written / "coverage.csv")} - {"totaal"} == SIX


def test_regional_document_counts_for_both_and_once_in_the_total(written: Path) -> None:
    table = rows(written / "coverage.csv")
    documents = {row["municipality"]: int(row["documents"]) for row in table}
    assert documents["Kwartelwoude"] == 1
    assert documents["Snippenwaarde"] == 2
    assert documents["totaal"] == 9


def test_budget_repeated_next_year_counts_once(written: Path) -> None:
    repeats = {row["municipality"]: int(row["repeats_left_out"]) for row in rows(written / "coverage.csv")}
    assert repeats["Veldmeer"] >= 10
    assert repeats["Tureluursveen"] == 0
