"""What stands out: findings only say what the data bear, and priorities, phrases and profiles lead to their quotes."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codebook.model import Code, Pattern, Relation
from outputs.ambiguity import ambiguous
from outputs.concrete import climbs, extremes
from outputs.coverage import coverage, named
from outputs.finding import Matter
from outputs.findings import findings
from outputs.insights import insights
from outputs.preconditions import Outcome, Precondition
from outputs.priorities import priorities
from outputs.quotes import shortened, show
from outputs.records import Study, work_out
from outputs.report import write_report
from outputs.search import searchable

FIRST = "Preventie staat voorop in alles wat de gemeente Lindeveen in de wijken doet."
BOTH = "Wij bieden maatwerk, en preventie vinden wij ook een goed uitgangspunt voor ons beleid."
ORDER = "De consulent kijkt eerst naar preventie in de buurt, en dan pas naar maatwerk."
MEANS = "De gemeente organiseert maatwerk met een subsidie van € 20.000 per wijk, vanaf 1 januari 2027."
LADDER = (
    "Wij vinden maatwerk belangrijk. Daarom moet hulp te vinden zijn in de wijk. Wij openen twee steunpunten in 2027."
)


@pytest.fixture
def towns(study: Any, town: Any) -> Any:
    """Two municipalities: one puts prevention first, the other names both and ranks nothing."""
    codes = [replace(c, patterns=(Pattern(c.id, 0.9),)) for c in study.codebook.codes if c.parent is None]
    aims = {"maatwerk": "organisational", "preventie": "societal", "participatie": "societal"}
    study.codebook = replace(
        study.codebook,
        codes=tuple(replace(c, aim=aims.get(c.id)) for c in codes),  # type: ignore[arg-type]  # texts that are literals
    )
    one = study.document("een.pdf", [FIRST, ORDER, MEANS], homes=(town("Lindeveen"),))
    two = study.document("twee.pdf", [BOTH, LADDER], homes=(town("Oeverdam"),))
    for document, place, code, term in (
        (one, 0, "preventie", "Preventie"),
        (one, 1, "preventie", "preventie"),
        (one, 1, "maatwerk", "maatwerk"),
        (one, 2, "maatwerk", "maatwerk"),
        (two, 0, "maatwerk", "maatwerk"),
        (two, 0, "preventie", "preventie"),
        (two, 1, "maatwerk", "maatwerk"),
    ):
        study.suggest(document, place, code, "zeker", term)
    study.codings = [
        replace(c, evidence=tuple(replace(e, term=e.term.lower()) for e in c.evidence)) for c in study.codings
    ]
    study.one, study.two = one, two
    return study


def worked(study: Any) -> Study:
    return work_out(study.snapshot())


def test_goals_and_orders_are_told_apart_per_municipality(towns: Any) -> None:
    results = worked(towns)
    one, two = priorities(results, coverage(results))
    assert [(r.theme.id, r.marker) for r in one.goals] == [("preventie", "staat voorop")]
    assert [(r.theme.id, r.over.id if r.over else None) for r in one.orders] == [("preventie", "maatwerk")]
    assert (two.municipality, len(two.endorsed), two.goals, two.orders) == ("Oeverdam", 2, (), ())


def test_what_people_rejected_ranks_nothing(towns: Any) -> None:
    towns.decide(towns.one, 0, "preventie", "reject")
    results = worked(towns)
    assert priorities(results, coverage(results))[0].goals == ()


def test_findings_call_nothing_named_that_nobody_accepted(towns: Any) -> None:
    found = insights(worked(towns)).findings
    assert [f.id for f in found][:2] == ["spreiding", "rangorde"]
    text = " ".join(f"{f.sentence} {f.standing}" for f in found)
    assert "genoemd" not in text
    assert "kandidaat in alle 2 gemeenten" in text
    assert "door niemand nagelezen" in text


def test_findings_say_how_much_people_accepted(towns: Any) -> None:
    towns.decide(towns.one, 2, "maatwerk", "accept")
    spread = insights(worked(towns)).findings[0]
    assert "genoemd of kandidaat" in spread.sentence
    assert "Mensen hebben 1 van de 7 coderingen aanvaard" in spread.standing


def test_finding_on_rank_names_both_who_ranks_and_who_does_not(towns: Any) -> None:
    rank = next(f for f in insights(worked(towns)).findings if f.id == "rangorde")
    assert rank.figure == "1 van 2"
    assert "preventie in Lindeveen" in rank.sentence
    assert "bij Oeverdam zijn er 2 kandidaat en is geen rangorde gevonden" in rank.sentence
    assert "‘gaat vóór’" in rank.sentence
    assert rank.quote is not None
    assert "".join(part.text for part in rank.quote.quote.parts) == FIRST


def lacking(home: str, outcome: Outcome) -> Precondition:
    return Precondition(
        municipality=home,
        relation="ruimte_voor_maatwerk",
        needing="maatwerk",
        needing_label="Maatwerk",
        needing_state="genoemd",
        needed="ruimte",
        needed_label="Professionele ruimte",
        needed_state="niet gevonden (≤ 9,2%)",
        outcome=outcome,
        finding="",
        searched="12 voorstellen en 30 gelote passages gelezen en verworpen",
        said=0,
    )


@pytest.mark.parametrize(
    ("outcomes", "figure"),
    [
        (("voorwaarde niet gevonden", "beide genoemd"), "1 van 2"),
        (("voorwaarde niet gevonden", "nog niet beoordeeld"), "1 van 1"),
        (("nog niet beoordeeld", "beide genoemd"), None),
    ],
)
def test_precondition_is_missing_only_where_people_searched(
    towns: Any, outcomes: tuple[Outcome, Outcome], figure: str | None
) -> None:
    table = coverage(worked(towns))
    rows = [lacking(home, outcome) for home, outcome in zip(("Lindeveen", "Oeverdam"), outcomes, strict=True)]
    matter = Matter(table, named(table), [], Counter(), [], [], [], [], [], rows, {})
    found = {f.id: f for f in findings(matter)}
    assert (found["voorwaarde"].figure if "voorwaarde" in found else None) == figure
    if figure:
        expected = "Lindeveen: maatwerk genoemd, professionele ruimte niet gevonden in deze documenten."
        assert found["voorwaarde"].sentence == expected
        assert "12 voorstellen" in found["voorwaarde"].standing


def test_without_a_rank_the_quote_is_the_passage_that_names_most_at_once(towns: Any) -> None:
    towns.codings = [c for c in towns.codings if c.version == towns.versions[towns.two].id]
    rank = next(f for f in insights(worked(towns)).findings if f.id == "rangorde")
    assert rank.title == "Wel uitgangspunten, geen rangorde gevonden"
    assert rank.quote is not None
    assert "".join(part.text for part in rank.quote.quote.parts) == BOTH


@pytest.mark.parametrize("count", [0, 1])
def test_few_data_bear_no_finding(study: Any, count: int) -> None:
    for i in range(count):
        study.document(f"{i}.pdf", ["Een passage zonder thema staat hier."])
    assert insights(worked(study)).findings == ()


def test_no_more_than_five_findings(towns: Any) -> None:
    assert len(insights(worked(towns)).findings) <= 5


def test_tension_is_counted_by_municipality_with_the_marker_quoted(towns: Any) -> None:
    towns.flag(towns.two, 0, 0, 3, "en")
    found = next(f for f in insights(worked(towns)).findings if f.id == "spanning")
    assert found.sentence.startswith(
        "Maatwerk × Gelijkheid: op 1 plaats in Oeverdam begrenst het ene het andere; nergens"
    )


def test_most_concrete_and_most_abstract_quote(towns: Any) -> None:
    ends = {e.theme.id: e for e in extremes(worked(towns))}["maatwerk"]
    assert ends.concrete is not None
    assert ends.abstract is not None
    assert "".join(p.text for p in ends.concrete.quote.parts) == MEANS
    assert "".join(p.text for p in ends.abstract.quote.parts) == BOTH
    assert {p.text for p in ends.concrete.quote.parts if p.marked} >= {"De gemeente organiseert", "subsidie"}


def test_passages_from_value_to_act_have_their_steps_marked(towns: Any) -> None:
    (climb,) = climbs(worked(towns))
    assert climb.municipality == "Oeverdam"
    assert [p.text for p in climb.quote.parts if p.marked] == ["vinden maatwerk belangrijk", "Daarom", "Wij openen"]


def test_aims_share_out_the_codings(towns: Any) -> None:
    total = {a.aim: a for a in insights(worked(towns)).aims if a.group == "totaal"}
    assert (total["societal"].coded, total["organisational"].coded) == (3, 4)
    assert total["societal"].share == pytest.approx(3 / 7)


def test_codebook_without_aims_has_no_such_chapter(towns: Any, tmp_path: Path) -> None:
    towns.codebook = replace(towns.codebook, codes=tuple(replace(c, aim=None) for c in towns.codebook.codes))
    assert insights(worked(towns)).aims == ()
    assert 'id="doelen"' not in write_report(towns.snapshot(), tmp_path).read_text(encoding="utf-8")


def test_profile_holds_a_municipality_beside_all(towns: Any) -> None:
    one, _two = insights(worked(towns)).profiles
    assert one.municipality == "Lindeveen"
    lines = {line.cell.theme.id: line for line in one.lines}
    assert (lines["maatwerk"].cell.coded, lines["maatwerk"].all.coded) == (2, 4)
    assert [theme.id for theme, _quote in one.quotes] == ["preventie", "maatwerk"]


PHRASE = Relation("passend", "ambiguity", ("maatwerk", "preventie"), ("passende hulp",), rationale="Passend waarbij?")


def test_same_phrase_stands_beside_itself_with_what_it_goes_with(study: Any, town: Any) -> None:
    study.codebook = replace(study.codebook, relations=(PHRASE,))
    said = {
        "Lindeveen": ("Passende hulp is maatwerk.", "Wij bieden passende hulp en maatwerk."),
        "Oeverdam": ("Passende hulp voorkomt erger.", "Preventie en passende hulp horen samen."),
    }
    for (home, passages), theme in zip(said.items(), ("maatwerk", "preventie"), strict=True):
        document = study.document(f"{home}.pdf", passages, homes=(town(home),))
        for i, text in enumerate(passages):
            study.suggest(document, i, theme, "zeker", theme)
            study.flag(document, i, i, 2, text[text.lower().index("passende") :][:13])
    study.flags = [replace(f, relation="passend") for f in study.flags]
    (phrase,) = ambiguous(worked(study))
    assert (phrase.passages, phrase.differs) == (4, True)
    assert [(u.municipality, [(c.id, n) for c, n in u.themes]) for u in phrase.uses] == [
        ("Lindeveen", [("maatwerk", 2)]),
        ("Oeverdam", [("preventie", 2)]),
    ]
    marked = ["".join(p.text for p in use.quote.parts if p.marked) for use in phrase.uses]
    assert [text.lower() for text in marked] == ["passende hulp"] * 2


def test_theme_by_the_phrase_itself_says_nothing_of_its_reading(study: Any) -> None:
    own = Code("maatwerk", "main", "Maatwerk", "x", patterns=(Pattern("passende hulp", 0.9),))
    study.codebook = replace(study.codebook, codes=(own, *study.codebook.codes[1:]), relations=(PHRASE,))
    document = study.document("a.pdf", ["Wij bieden passende hulp aan wie dat vraagt."])
    study.suggest(document, 0, "maatwerk", "zeker", "passende hulp")
    study.flag(document, 0, 0, 2, "passende hulp")
    study.flags = [replace(f, relation="passend") for f in study.flags]
    (phrase,) = ambiguous(worked(study))
    assert phrase.uses[0].themes == ()


def test_search_holds_every_passage_once_with_its_themes(towns: Any) -> None:
    found = searchable(worked(towns))
    assert (len(found.rows), found.of) == (5, 5)
    text = {row[4]: [found.themes[i] for i in row[2]] for row in found.rows}
    assert text[BOTH] == ["Maatwerk", "Preventie"]


@pytest.mark.parametrize("longest", [40, 80, 200])
def test_shortened_quote_is_literal_and_keeps_what_is_marked(longest: int) -> None:
    text = "Eerst dit. " * 9 + "Wij bieden maatwerk. " + "Dan nog dat. " * 9
    at = text.index("maatwerk")
    shown = show(text, [(at, at + 8)], source="Plan, p. 1", heading="", note="", accepted=False)
    cut = shortened(shown, longest)
    joined = "".join(part.text for part in cut.parts)
    assert joined in text
    assert len(joined) <= max(longest, 40)
    assert [p.text for p in cut.parts if p.marked] == ["maatwerk"]
    assert (cut.before, cut.after) == (not text.startswith(joined), not text.endswith(joined))


def test_regional_document_is_of_each_of_its_municipalities(study: Any, town: Any) -> None:
    texts = ["Maatwerk mag.", "Maar gelijke gevallen gelijk."]
    study.flag(study.document("regio.pdf", texts, homes=(town("Aa"), town("Bee"))), 0, 1)
    for name in ("Cee", "Dee"):
        study.flag(study.document(f"{name}.pdf", texts, homes=(town(name),)), 0, 1)
    found = next(f for f in insights(worked(study)).findings if f.id == "spanning")
    assert "op 3 plaatsen in 4 gemeenten" in found.sentence


def test_quote_with_a_finding_of_no_rank_says_why_it_stands_there(towns: Any) -> None:
    towns.decide(towns.one, 0, "preventie", "reject")
    rank = next(f for f in insights(worked(towns)).findings if f.id == "rangorde")
    assert rank.quote is not None
    assert rank.caution.endswith("Het citaat is de passage die de meeste uitgangspunten samen noemt.")
