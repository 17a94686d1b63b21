"""A difference is said to stand only when it is large, of enough passages, of any counting, of no single document."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from coding.snapshot import Sampled
from outputs.answering import ask, changes
from outputs.comparing import ComparisonError, comparable, compare
from outputs.comparison_page import comparison_lines, write_comparison
from outputs.coverage import Dimension
from outputs.keyness import count_words
from outputs.records import work_out

FILLER = "Deze zin nummer {i} van {name} gaat over niets in het bijzonder en telt met {n} alleen de woorden vol."


def fill(study: Any, home: Any, name: str, coded: int, passages: int = 160, level: str = "zeker", **about: Any) -> str:
    """Add a document of so many passages, of which the first ones have the theme."""
    texts = [FILLER.format(i=i, name=name, n=i * 7919) + f" Slot {name} {i}." for i in range(passages)]
    document: str = study.document(f"{name}.pdf", texts, homes=(home,), **about)
    for i in range(coded):
        study.suggest(document, i, "maatwerk", level)
    return document


def contrast(study: Any, by: Dimension = "municipality") -> Any:
    found = compare(work_out(study.snapshot()), by)
    return next(c for c in found.contrasts if c.theme.id == "maatwerk")


def test_a_large_difference_of_two_documents_stands(study: Any, town: Any) -> None:
    for name, coded in (("a", 20), ("b", 18)):
        fill(study, town("Aa"), name, coded)
    fill(study, town("Bee"), "c", 4)
    found = contrast(study)
    assert (found.high.name, found.low.name, found.doubts) == ("Aa", "Bee", ())
    assert found.points == pytest.approx(38 / 320 - 4 / 160)


@pytest.mark.parametrize(
    ("first", "second", "third", "doubt"),
    [
        ((10, "zeker"), (10, "zeker"), (9, "zeker"), "anderhalf keer"),
        ((2, "zeker"), (2, "zeker"), (0, "zeker"), "minder dan vijf passages"),
        ((40, "zeker"), (0, "zeker"), (8, "zeker"), "hangt aan één document (a.pdf)"),
        ((20, "waarschijnlijk"), (20, "waarschijnlijk"), (5, "zeker"), "zeker of aanvaard"),
        ((12, "zeker"), (12, "zeker"), (0, "zeker"), ""),
    ],
)
def test_why_a_difference_may_not_stand(study: Any, town: Any, first: Any, second: Any, third: Any, doubt: str) -> None:
    for name, home, (coded, level) in (("a", "Aa", first), ("b", "Aa", second), ("c", "Bee", third)):
        fill(study, town(home), name, coded, level=level)
    assert [d for d in contrast(study).doubts if doubt in d] if doubt else not contrast(study).doubts


def test_doubtful_suggestions_can_undo_a_difference(study: Any, town: Any) -> None:
    fill(study, town("Aa"), "a", 12)
    other = fill(study, town("Bee"), "b", 2)
    for i in range(10, 40):
        study.suggest(other, i, "maatwerk", "twijfel")
    assert "het verdwijnt als ook twijfelgevallen tellen" in contrast(study).doubts


def test_little_text_is_said_and_left_aside_where_it_can_be(study: Any, town: Any) -> None:
    fill(study, town("Aa"), "a", 12)
    fill(study, town("Bee"), "b", 2)
    fill(study, town("Cee"), "c", 9, passages=10)
    found = contrast(study)
    assert (found.high.name, found.low.name) == ("Aa", "Bee")
    assert "Minder dan 3.000 woorden: Cee" in " ".join(ask(work_out(study.snapshot()), "municipality").cautions)


def test_of_years_the_first_is_set_against_the_last(study: Any, town: Any) -> None:
    for year, coded in ((2021, 5), (2022, 60), (2024, 20)):
        fill(study, town("Aa"), f"j{year}", coded, year=year, kind="begroting")
    found = contrast(study, "year")
    assert (found.high.name, found.low.name) == ("2024", "2021")


def judged(study: Any, documents: list[str], each: int) -> Any:
    """Draw the first passages of each document and let a person judge them as the program codes them."""
    snapshot = study.snapshot()
    drawn = [
        Sampled(d, p.start, p.text, "voorgesteld" if i < 40 else "niets", "proef")
        for d in documents
        for i, p in enumerate(study.passages[d])
        if i < each or 40 <= i < 40 + each
    ]
    return replace(snapshot, sample=tuple(drawn))


def test_with_a_judged_sample_the_margin_of_coding_decides(study: Any, town: Any) -> None:
    documents = [fill(study, town("Aa"), "a", 40), fill(study, town("Aa"), "b", 40), fill(study, town("Bee"), "c", 3)]
    for document in documents:
        for i in (*range(20), *range(40, 60)):
            coded = i < (3 if document == documents[2] else 40)
            study.decide(document, i, "maatwerk", "accept" if coded else "reject")
    worked_out = work_out(judged(study, documents, 20))
    found = next(c for c in compare(worked_out, "municipality").contrasts if c.theme.id == "maatwerk")
    assert found.interval is not None
    assert found.interval.low > 0.1
    assert found.doubts == ()
    answer = ask(worked_out, "municipality")
    assert "naar schatting" in answer.sentences[0]
    assert "95%-interval voor codeerfouten" in answer.sentences[0]
    assert found.points == pytest.approx(found.interval.value)
    shown = {(row[0], row[1]): row[-3:] for row in answer.drawings[0].data.rows}
    assert shown["Aa", "maatwerk"][0] == pytest.approx(found.shares[0])
    assert shown["Aa", "maatwerk"][1] <= found.shares[0] <= shown["Aa", "maatwerk"][2]
    anonymous = work_out(judged(study, documents, 20), anonymous=True)
    assert compare(anonymous, "municipality").intervals


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("Aa", "Zee"), "Er is geen groep 'Zee'; wel: Aa, Bee."),
        (("Aa", "aa"), "twee verschillende"),
    ],
)
def test_a_group_that_is_not_there_is_named_with_those_that_are(
    study: Any, town: Any, names: tuple[str, str], message: str
) -> None:
    fill(study, town("Aa"), "a", 5)
    fill(study, town("Bee"), "b", 5)
    with pytest.raises(ComparisonError, match=message):
        ask(work_out(study.snapshot()), "municipality", names=names)


def test_rest_is_every_other_document(study: Any, town: Any) -> None:
    for name in ("Aa", "Bee", "Cee"):
        fill(study, town(name), name, 5)
    found = compare(work_out(study.snapshot()), "municipality", names=("bee", "overige"))
    assert [(g.name, len(g.documents)) for g in found.groups] == [("Bee", 1), ("overige", 2)]


def test_one_group_is_nothing_to_compare(study: Any, town: Any) -> None:
    fill(study, town("Aa"), "a", 5)
    worked_out = work_out(study.snapshot())
    assert not comparable(worked_out, "municipality")
    with pytest.raises(ComparisonError, match="geen twee groepen"):
        compare(worked_out, "municipality")
    with pytest.raises(ComparisonError, match="wel van: Aa"):
        ask(worked_out, "year", municipality="Bee")


def test_change_is_within_one_kind_of_document(study: Any, town: Any) -> None:
    for year in (2021, 2022, 2024):
        fill(study, town("Aa"), f"begroting-{year}", 8, year=year, kind="begroting")
    fill(study, town("Aa"), "nota", 60, year=2026, kind="kadernota")
    fill(study, town("Bee"), "plan", 5, year=2024, kind="beleidsplan")
    worked_out = work_out(study.snapshot())
    (change,) = changes(worked_out, count_words(worked_out))
    assert change.title == "Aa: begroting, 2021–2024"
    assert [g.name for g in change.comparison.groups] == ["2021", "2022", "2024"]


def test_what_else_sets_groups_apart_is_said(study: Any, town: Any) -> None:
    fill(study, town("Aa"), "a", 20, kind="opdracht")
    fill(study, town("Bee"), "b", 2, kind="begroting")
    cautions = " ".join(ask(work_out(study.snapshot()), "municipality").cautions)
    assert "geen soort document gemeen (alleen in Aa opdracht; alleen in Bee begroting)" in cautions


def test_answer_has_literal_quotes_for_and_against(study: Any, town: Any) -> None:
    fill(study, town("Aa"), "a", 20)
    fill(study, town("Bee"), "b", 2)
    answer = ask(work_out(study.snapshot()), "municipality")
    assert [home for home, _quote in answer.quotes_for + answer.quotes_against] == ["Aa", "Aa", "Bee", "Bee"]
    texts = {p.text for passages in study.passages.values() for p in passages}
    assert {"".join(part.text for part in quote.parts) for _home, quote in answer.quotes_for} <= texts


def test_what_two_groups_share_is_no_quote_for_either(study: Any, town: Any) -> None:
    for name, laws in (("a", ("Wmo", "Jeugdwet")), ("b", ("Wmo",)), ("c", ("Jeugdwet",))):
        fill(study, town("Aa"), name, {"a": 30, "b": 20, "c": 2}[name])
        study.documents[-1] = replace(study.documents[-1], laws=laws)
    answer = ask(work_out(study.snapshot()), "law")
    assert [quote.source.partition(",")[0] for _home, quote in answer.quotes_for] == ["b.pdf", "b.pdf"]
    assert [quote.source.partition(",")[0] for _home, quote in answer.quotes_against] == ["c.pdf", "c.pdf"]
    assert "telt in elk ervan mee" in " ".join(answer.cautions)


@pytest.mark.parametrize("anonymous", [False, True])
def test_page_answers_first_and_hides_names_when_asked(study: Any, town: Any, tmp_path: Path, anonymous: bool) -> None:
    fill(study, town("Lindeveen"), "lindeveen-plan", 20)
    fill(study, town("Oeverdam <b>"), "oeverdam-plan", 2)
    worked_out = work_out(study.snapshot(), anonymous=anonymous)
    answer = ask(
        worked_out, "municipality", names=tuple(sorted(g.name for g in compare(worked_out, "municipality").groups))
    )  # type: ignore[arg-type]  # two
    path = write_comparison(worked_out, answer, tmp_path)
    written = [p.name for p in tmp_path.rglob("*") if p.is_file()] + comparison_lines(answer)
    written += [p.read_text(encoding="utf-8") for p in tmp_path.rglob("*") if p.suffix in (".html", ".svg", ".csv")]
    assert ("lindeveen" in " ".join(written).lower()) != anonymous
    page = html.parse(str(path)).getroot()
    main = [e for e in page.find(".//main") if e.tag in ("p", "figure", "blockquote")]
    assert [e.tag for e in main][:2] == ["p", "figure"]
    assert {p.suffix for p in (tmp_path / "figuren").iterdir()} == {".svg", ".png", ".csv"}


def test_where_nothing_differs_nothing_is_claimed(study: Any, town: Any) -> None:
    fill(study, town("Aa"), "a", 8, year=2023, kind="begroting")
    fill(study, town("Aa"), "b", 8, year=2024, kind="begroting")
    answer = ask(work_out(study.snapshot()), "year")
    assert answer.sentences[0] == "Er is bij geen enkel thema een verschil."
    assert (answer.claim, answer.quotes_for, answer.quotes_against) == ("", (), ())


def test_part_of_a_group_does_not_differ_from_the_whole(study: Any, town: Any, tmp_path: Path) -> None:
    for name, coded, laws in (("a", 30, ("Wmo", "Jeugdwet")), ("b", 2, ("Wmo",)), ("c", 30, ("Wmo", "Jeugdwet"))):
        fill(study, town("Aa"), name, coded)
        study.documents[-1] = replace(study.documents[-1], laws=laws)
    worked_out = work_out(study.snapshot())
    answer = ask(worked_out, "law")
    assert "elk document van de ene groep valt ook in de andere" in answer.comparison.contrasts[0].doubts
    page = write_comparison(worked_out, answer, tmp_path).read_text(encoding="utf-8")
    heading = page.index("Voor: Maatwerk staat er vaker")
    assert page.index("Geen passage in een document dat alleen in deze groep valt.") > heading


def test_why_nothing_can_be_compared_says_what_would_help(study: Any, town: Any) -> None:
    fill(study, town("Aa"), "a", 5)
    with pytest.raises(ComparisonError, match=r"\(alleen overig\)\. .* van verschillende grootte.* metadata\.csv"):
        compare(work_out(study.snapshot()), "size_class")
