"""The verb sample: what the judged sample says, per theme and per group, and what more judgements would bring."""

import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codebook.model import Code
from coding.cli import app
from coding.cli.sampling import group_lines, lines
from coding.estimation import Estimate, Interval
from coding.sampling import ThemeEstimate
from outputs.estimating import GroupEstimate

MAAT, NABIJ = Code("maat", "main", "Maatwerk", ""), Code("nabij", "main", "Nabijheid", "")
LABELS = {"maat": "Maatwerk", "nabij": "Nabijheid"}
NARROW, WIDE = Interval(0.10, 0.08, 0.12), Interval(0.2, 0.11, 0.29)
NONE = Interval(math.nan, math.nan, math.nan)


def theme(code: str, share: Interval | None, then: float | None, judged: int = 100) -> ThemeEstimate:
    found = Estimate(share, share, NONE, WIDE) if share else None
    return ThemeEstimate(code, judged, 12, found, then)


def cell(group: str, code: Code, judged: int, share: Interval | None, then: float | None) -> GroupEstimate:
    return GroupEstimate(group, code, 500, judged, share, then)


@pytest.mark.parametrize(
    ("then", "sentence"),
    [
        (0.05, "Met 200 beslissingen erbij krimpt het interval voor Maatwerk van ±9,0 naar ±5,0 punten."),
        (0.0902, "Met 200 beslissingen erbij blijft het interval voor Maatwerk ±9,0 punten."),
    ],
)
def test_the_widest_interval_is_told_with_what_more_decisions_do_to_it(then: float, sentence: str) -> None:
    told = lines([theme("nabij", NARROW, 0.01), theme("maat", WIDE, then)], LABELS, 100, 200)
    assert sentence in told
    assert any("--size 300" in line for line in told)


def test_a_theme_with_too_few_judgements_or_nothing_to_measure_says_so() -> None:
    told = "\n".join(lines([theme("nabij", None, None), theme("maat", WIDE, 0.05)], LABELS, 100, 200))
    assert "nog te weinig beoordeeld" in told
    assert "niet te zeggen" in told
    assert "nan" not in told


@pytest.mark.parametrize(("judged", "warned"), [(100, True), (399, True), (400, False)])
def test_recall_from_a_few_judgements_comes_with_a_warning(judged: int, warned: bool) -> None:
    assert ("indruk" in "\n".join(lines([theme("maat", WIDE, 0.05, judged)], LABELS, 500, 200))) == warned


def test_a_group_gets_figures_only_where_enough_was_judged_in_it() -> None:
    found = [
        cell("Wassenaar", MAAT, 40, WIDE, 0.05),
        cell("Wassenaar", NABIJ, 9, None, None),
        cell("Zeist", MAAT, 3, None, None),
        cell("Zeist", NABIJ, 2, None, None),
    ]
    told = [line.strip() for line in group_lines(found, 200)]
    assert told[:6] == [
        "", "Wassenaar (500 passages)", "Maatwerk      40 beoordeeld  20,0% (11,0%–29,0%)",
        "Nabijheid      9 beoordeeld  te weinig beoordeeld voor een cijfer", "", "Zeist (500 passages)",
    ]  # fmt: skip
    assert told[6] == "hoogstens 3 beoordeeld: te weinig voor een cijfer"
    assert (
        "Met 200 beslissingen erbij krimpt het interval voor Maatwerk in Wassenaar van ±9,0 naar ±5,0 punten." in told
    )


def test_sample_by_municipality_says_of_each_how_little_was_judged(tmp_path: Path) -> None:
    for name in ("zeist", "wassenaar"):
        (tmp_path / "docs" / name).mkdir(parents=True)
        text = f"# Plan {name}\n\nHulp is op maat van het gezin in {name}.\n\nDe raad van {name} kwam bijeen.\n"
        (tmp_path / "docs" / name / f"plan {name} 2024.md").write_text(text, encoding="utf-8")
    study = tmp_path / "studie"

    def run(*arguments: object) -> str:
        done = CliRunner().invoke(app, [str(a) for a in arguments])
        assert done.exit_code == 0, done.output
        return done.output

    run("run", tmp_path / "docs", "--study", study)
    run("sample", study, "--size", 4)
    told = run("sample", study, "--by", "municipality")
    assert "Zeist (2 passages)" in told
    assert "Wassenaar (2 passages)" in told
    assert "hoogstens 0 beoordeeld: te weinig voor een cijfer" in told
