"""Cells: what must be read before a theme is genoemd or niet gevonden, the bound, and when a closing lapses."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from codebook.model import Code, Codebook
from coding.cell_events import Closing
from coding.cells import lay_out, most_left, standings
from coding.model import Coding, Decision, Verdict
from coding.placing import place
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Municipality, Passage, TextVersion
from corpus.study import CellSettings

CODEBOOK = Codebook("p", "1", "nl", "Proef", (Code("zelf", "main", "Zelf", ""), Code("maat", "main", "Maat", "")))
HOME = "Veldmeer"
ZELF = (HOME, "zelf")


def town(name: str) -> Municipality:
    return Municipality(name, "", "", "overig")


def passages(texts: Iterable[str]) -> tuple[str, tuple[Passage, ...]]:
    made, at = [], 0
    for i, text in enumerate(texts):
        made.append(Passage(i, "paragraph", (), at, at + len(text), text, ()))
        at += len(text) + 2
    return "\n\n".join(p.text for p in made), tuple(made)


def study(
    documents: dict[str, list[str]],
    scores: dict[tuple[str, int], float] | None = None,
    *,
    homes: tuple[str, ...] = (HOME,),
    settings: CellSettings = CellSettings(candidates=2, sample=3, seed=7),  # noqa: B008  # frozen
) -> Snapshot:
    """Documents by id with the texts of their passages; scores of theme ``zelf`` by document and passage."""
    made, versions, found, codings = [], {}, {}, []
    for name, texts in documents.items():
        text, parts = passages(texts)
        version = TextVersion(name, "proef 1", text)
        made.append(Document(name, f"{name}.pdf", name.title(), tuple(map(town, homes)), year_from=2024))
        versions[name], found[name] = version, parts
        for (where, i), score in (scores or {}).items():
            if where == name:
                span = (parts[i].start, parts[i].end)
                codings.append(Coding(version.id, *span, "zelf", "proef", score, "twijfel", {}, ()))
    return Snapshot(
        "proef", CODEBOOK, Method("rodedraad", "proef"), tuple(made), versions, found, tuple(codings),
        cell_settings=settings,
    )  # fmt: skip


def texts(count: int, what: str = "plan") -> list[str]:
    return [f"In dit {what} staat als punt nummer {i} iets anders dan elders" for i in range(count)]


def alone(snapshot: Snapshot) -> dict[tuple[str, int], int]:
    """No near-duplicates: every passage a cluster of its own."""
    places = [(d, p.number) for d, ps in snapshot.passages.items() for p in ps]
    return {place: i for i, place in enumerate(places)}


def decided(snapshot: Snapshot, said: Iterable[tuple[tuple[str, int], str, Verdict]]) -> Snapshot:
    """Add decisions, each as (document, passage), code, verdict."""
    decisions = []
    for (name, number), code, verdict in said:
        passage, version = snapshot.passages[name][number], snapshot.versions[name]
        time = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=len(decisions))
        where = (name, version.id, passage.start, passage.end)
        number = f"{len(decisions):032x}"
        decisions.append(Decision(number, time, "anna", *where, code, verdict, passage.text, "", "", None, "x"))
    return replace(snapshot, decisions=tuple(decisions))


def all_rejected(snapshot: Snapshot, verdict: Verdict = "reject") -> Snapshot:
    cell = lay_out(snapshot, alone(snapshot))[ZELF]
    code = "" if verdict == "read" else "zelf"
    return decided(snapshot, [(place, code, verdict) for group in cell.groups for place in group.places])


def closed(snapshot: Snapshot) -> Snapshot:
    searched = standings(snapshot, alone(snapshot))[ZELF].searched(snapshot.cell_settings)
    closing = Closing("c1", datetime(2026, 3, 2, tzinfo=UTC), "anna", *ZELF, "x", searched)
    return replace(snapshot, closings=(closing,))


@pytest.mark.parametrize(
    ("population", "sampled", "most"),
    [
        (0, 0, 0),
        (5, 5, 0),  # everything was read
        (5, 0, 5),  # nothing was
        (10, 9, 1),  # had the one left the theme, the sample would have missed it with a chance of 1 in 10
        (100, 30, 8),
        (1950, 30, 183),
        (20000, 30, 1899),
    ],
)
def test_bound_after_an_empty_sample(population: int, sampled: int, most: int) -> None:
    assert most_left(population, sampled) == most


def test_bound_of_a_large_population_is_that_of_clopper_and_pearson() -> None:
    assert most_left(1_000_000, 30) / 1_000_000 == pytest.approx(beta.ppf(0.95, 1, 30), abs=1e-4)
    assert beta.ppf(0.95, 1, 30) == pytest.approx(1 - 0.05 ** (1 / 30))


@given(st.integers(0, 60), st.integers(0, 60))
def test_bound_is_the_largest_number_that_an_empty_sample_leaves_possible(population: int, sampled: int) -> None:
    if sampled > population:
        with pytest.raises(ValueError, match="steekproef"):
            most_left(population, sampled)
        return
    chances = {k: comb(population - k, sampled) / comb(population, sampled) for k in range(population - sampled + 1)}
    assert most_left(population, sampled) == max(k for k, chance in chances.items() if chance > 0.05)


def test_best_candidates_come_first_and_the_sample_is_from_the_rest() -> None:
    snapshot = study({"plan": texts(12)}, {("plan", 1): 0.2, ("plan", 4): 0.9, ("plan", 6): 0.5})
    cell = lay_out(snapshot, alone(snapshot))[ZELF]
    assert [g.places[0] for g in cell.candidates] == [("plan", 4), ("plan", 6)]
    assert (cell.rest, len(cell.sample)) == (10, 3)
    assert not {g.places for g in cell.sample} & {g.places for g in cell.candidates}


def test_every_theme_of_a_municipality_has_the_same_sample_where_nothing_is_suggested() -> None:
    snapshot = study({"plan": texts(40)})
    cells = lay_out(snapshot, alone(snapshot))
    assert cells[ZELF].sample == cells[HOME, "maat"].sample


def test_another_seed_draws_other_passages() -> None:
    drawn = [
        lay_out(s, alone(s))[ZELF].sample
        for seed in (1, 2)
        for s in [study({"plan": texts(200)}, settings=CellSettings(2, 20, seed))]
    ]
    assert drawn[0] != drawn[1]


def test_each_passage_is_about_as_likely_to_be_drawn_as_any_other() -> None:
    counts = dict.fromkeys(range(20), 0)
    for seed in range(400):
        snapshot = study({"plan": texts(20)}, settings=CellSettings(1, 5, seed))
        for group in lay_out(snapshot, alone(snapshot))[ZELF].sample:
            counts[group.places[0][1]] += 1
    assert all(60 <= count <= 140 for count in counts.values())  # 100 expected, standard deviation 8.7


def test_sample_stays_when_passages_are_cut_otherwise_or_documents_added() -> None:
    before = study({"plan": texts(60)}, settings=CellSettings(2, 20, 7))
    other = ["Een nieuwe inleiding die er eerst niet was", *texts(60)]
    after = study({"plan": other, "nota": texts(4, "stuk")}, settings=CellSettings(2, 20, 7))
    drawn = [
        {s.passages[d][n].text for g in lay_out(s, alone(s))[ZELF].sample for d, n in g.places} for s in (before, after)
    ]
    assert len(drawn[0] & drawn[1]) >= 15


def test_near_duplicates_are_read_once_and_one_verdict_counts_for_all() -> None:
    snapshot = study({"plan": texts(3), "nota": texts(3)}, {("plan", 0): 0.4, ("nota", 0): 0.6})
    repeats = {(d, n): n for d in ("plan", "nota") for n in range(3)}
    (best,) = lay_out(snapshot, repeats)[ZELF].candidates
    assert best.places == (("nota", 0), ("plan", 0))
    after = decided(snapshot, [(("plan", 0), "zelf", "reject")])
    assert standings(after, repeats)[ZELF].candidates == ("rejected",)


def test_documents_left_out_have_no_part_in_a_cell() -> None:
    snapshot = study({"plan": texts(3), "motie": texts(5, "voorstel")})
    out = tuple(replace(d, included=d.id != "motie") for d in snapshot.documents)
    cell = lay_out(replace(snapshot, documents=out), alone(snapshot))[ZELF]
    assert cell.rest == 3
    assert set(cell.documents) == {"plan"}


def test_a_regional_document_counts_in_each_of_its_municipalities() -> None:
    snapshot = study({"plan": texts(3)}, homes=("Veldmeer", "Ommeren"))
    assert sorted(lay_out(snapshot, alone(snapshot))) == sorted(
        (home, theme) for home in ("Veldmeer", "Ommeren") for theme in ("zelf", "maat")
    )


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ([], None),
        ([(("plan", 0), "zelf", "accept")], "genoemd"),
        ([(("plan", 0), "maat", "accept")], None),  # another theme
        ([(("plan", 11), "zelf", "accept")], "genoemd"),  # also a passage that nobody had to read
        ([(("plan", 0), "zelf", "reject")], None),
    ],
)
def test_one_accepted_passage_makes_a_cell_genoemd(said: list, settled: str | None) -> None:
    snapshot = decided(study({"plan": texts(12)}, {("plan", 0): 0.9}), said)
    assert standings(snapshot, alone(snapshot))[ZELF].settled == settled


@pytest.mark.parametrize("verdict", ["reject", "read"])
def test_niet_gevonden_takes_reading_everything_and_a_persons_closing(verdict: Verdict) -> None:
    snapshot = all_rejected(study({"plan": texts(12)}, {("plan", 0): 0.9}), verdict)
    standing = standings(snapshot, alone(snapshot))[ZELF]
    assert standing.is_read
    assert standing.settled is None
    after = closed(snapshot)
    standing = standings(after, alone(after))[ZELF]
    assert standing.settled == "niet gevonden"
    assert (standing.cell.rest, standing.most) == (11, most_left(11, 3))
    assert standing.most_share == pytest.approx(standing.most / 11)


def test_nothing_missed_is_only_said_when_everything_was_read() -> None:
    """Of 21 passages with 20 drawn the bound is 0: a missed one would be drawn in 20 of 21 samples."""
    snapshot = closed(all_rejected(study({"plan": texts(21)}, settings=CellSettings(2, 20, 7))))
    assert most_left(21, 20) == 0
    assert standings(snapshot, alone(snapshot))[ZELF].most == 1
    whole = closed(all_rejected(study({"plan": texts(20)}, settings=CellSettings(2, 20, 7))))
    assert standings(whole, alone(whole))[ZELF].most == 0


def test_one_verdict_taken_back_opens_the_cell_again() -> None:
    snapshot = closed(all_rejected(study({"plan": texts(12)})))
    less = replace(snapshot, decisions=snapshot.decisions[1:])
    standing = standings(less, alone(less))[ZELF]
    assert (standing.settled, standing.is_read, standing.changed) == (None, False, ())


def test_coders_who_do_not_agree_keep_a_cell_open() -> None:
    snapshot = closed(all_rejected(study({"plan": texts(12)}, {("plan", 0): 0.9})))
    other = replace(snapshot.decisions[0], id="ben", coder="ben", verdict="accept")
    both = replace(snapshot, decisions=(*snapshot.decisions, other))
    standing = standings(both, alone(both))[ZELF]
    assert (standing.settled, standing.candidates) == (None, ("oneens",))


def redone(snapshot: Snapshot, documents: dict[str, list[str]]) -> Snapshot:
    """The same decisions (put where their quotes stand now) and closings over other documents."""
    other = study(documents)
    placed = []
    for decision in snapshot.decisions:
        version = other.versions[decision.document_id]
        start, end = place(decision, version.text) or (0, 1)
        placed.append(replace(decision, version=version.id, start=start, end=end))
    return replace(other, decisions=tuple(placed), closings=snapshot.closings)


@pytest.mark.parametrize(
    ("documents", "changed"),
    [
        ({"plan": texts(12)}, ()),
        ({"plan": [t.upper().replace(" ", "  ") for t in texts(12)]}, ()),  # the same words, otherwise extracted
        ({"plan": texts(12), "nota": texts(1, "stuk")}, ("nota",)),
        ({"plan": [*texts(12), "Nog een alinea."]}, ("plan",)),
        ({"plan": [t.replace("iets anders", "iets nieuws") for t in texts(12)]}, ("plan",)),
    ],
)
def test_a_cell_whose_documents_changed_says_so_and_opens_again(documents: dict, changed: tuple) -> None:
    snapshot = closed(all_rejected(study({"plan": texts(12)})))
    after = redone(snapshot, documents)
    standing = standings(after, alone(after))[ZELF]
    assert standing.changed == changed
    assert standing.settled == (None if changed else "niet gevonden")


def test_the_latest_closing_counts() -> None:
    snapshot = closed(all_rejected(study({"plan": texts(12)})))
    (closing,) = snapshot.closings
    stale = replace(
        closing, id="c0", time=closing.time - timedelta(days=1), searched=replace(closing.searched, documents={})
    )
    after = replace(snapshot, closings=(closing, stale))
    assert standings(after, alone(after))[ZELF].settled == "niet gevonden"
