"""The sample for estimation: drawn at random within strata, and what its judgements say of all passages."""

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.model import Code, Codebook
from coding.model import Coding, Decision
from coding.parts import judged_in, shares_of_parts, shares_with_more
from coding.sampling import cells_of, draw, estimates, grown, judge, strata_of
from coding.snapshot import Method, Sampled, Snapshot
from corpus.model import Document, Passage, TextVersion

DOCUMENT = "d" * 64


def study(
    coded: int, doubted: int, rest: int, *, decisions: tuple[Decision, ...] = (), sample: tuple[Sampled, ...] = ()
) -> Snapshot:
    """One document whose first passages the program codes, the next it doubts, and nothing for the rest."""
    texts = [f"Alinea {i:04}." for i in range(coded + doubted + rest)]
    version = TextVersion(DOCUMENT, "proef 1", "\n\n".join(texts))
    passages = tuple(Passage(i, "paragraph", (), 14 * i, 14 * i + 12, t) for i, t in enumerate(texts))
    levels = ["waarschijnlijk"] * coded + ["twijfel"] * doubted
    codings = tuple(
        Coding(version.id, 14 * i, 14 * i + 12, "maat", "proef", 0.5, level, {}, ())  # type: ignore[arg-type]  # a level
        for i, level in enumerate(levels)
    )
    return Snapshot(
        name="proef",
        codebook=Codebook("p", "1", "nl", "Proef", (Code("maat", "main", "Maat", ""),)),
        method=Method("rodedraad", "proef"),
        documents=(Document(DOCUMENT, "plan.pdf"),),
        versions={DOCUMENT: version},
        passages={DOCUMENT: passages},
        codings=codings,
        decisions=decisions,
        sample=sample,
    )


def judged(snapshot: Snapshot, sample: list[Sampled], positive: set[int]) -> Snapshot:
    version = snapshot.versions[DOCUMENT]
    decisions = tuple(
        Decision(
            str(s.start), datetime(2026, 1, 1, tzinfo=UTC), "an", DOCUMENT, version.id, s.start, s.start + 12, "maat",
            "accept" if s.start // 14 in positive else "reject", s.quote, "", "", None, "",
        )
        for s in sample
    )  # fmt: skip
    sizes = Counter(strata_of(snapshot).values())
    return study(*(sizes[n] for n in ("voorgesteld", "twijfel", "niets")), decisions=decisions, sample=tuple(sample))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(1, 60))
def test_a_sample_has_the_size_asked_for_or_everything_and_no_passage_twice(a: int, b: int, c: int, size: int) -> None:
    drawn = draw(study(a, b, c), size)
    assert len(drawn) == min(size, a + b + c)
    assert len({s.start for s in drawn}) == len(drawn)


def test_every_stratum_gives_a_third_and_a_seed_draws_the_same() -> None:
    snapshot = study(100, 100, 1000)
    drawn = draw(snapshot, 90, seed=3)
    assert Counter(s.stratum for s in drawn) == {"voorgesteld": 30, "twijfel": 30, "niets": 30}
    assert draw(snapshot, 90, seed=3) == drawn
    assert draw(snapshot, 90, seed=4) != drawn


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(1, 60), st.integers(0, 60))
def test_a_larger_sample_by_the_same_seed_holds_the_smaller_one(a: int, b: int, c: int, size: int, more: int) -> None:
    snapshot = study(a, b, c)
    assert set(draw(snapshot, size)) <= set(draw(snapshot, size + more))


def test_more_judgements_are_foreseen_where_the_sample_would_draw_them_and_narrow_the_interval() -> None:
    snapshot = study(100, 100, 800)
    known = judge(judged(snapshot, draw(snapshot, 90), set(range(60))))
    cells = cells_of(known, "maat")[0]
    after = grown(known, cells, 150)
    assert {key: cell.judged for key, cell in after.items()} == {
        ("niets", False): 80, ("twijfel", False): 80, ("voorgesteld", True): 80
    }  # fmt: skip
    margins = [estimates(known.snapshot, more)[0].margin_with_more for more in (1, 150, 600)]
    assert margins[0] > margins[1] > margins[2]  # type: ignore[operator]  # there are judgements everywhere


def test_the_share_of_a_part_rests_on_the_judgements_in_it() -> None:
    snapshot = study(100, 100, 800)
    known = judge(judged(snapshot, draw(snapshot, 400), set(range(50))))
    parts = [{(DOCUMENT, i) for i in range(50)}, {(DOCUMENT, i) for i in range(50, 100)}, {(DOCUMENT, 5000)}]
    found = shares_of_parts(known, "maat", parts[:2])
    later = shares_with_more(known, "maat", parts[:2], 300)
    assert found is not None
    assert later is not None
    assert found.of(0).low > 0.9
    assert found.of(1).high < 0.1
    assert later.of(0).margin <= found.of(0).margin
    assert judged_in(known, "maat", parts[0]) + judged_in(known, "maat", parts[1]) == 100
    assert judged_in(known, "maat", parts[2]) == 0
    assert shares_of_parts(known, "maat", parts) is None


def test_judging_everything_gives_the_truth() -> None:
    snapshot = study(10, 10, 80)
    positive = {*range(8), 12, 50}
    [found] = estimates(judged(snapshot, draw(snapshot, 100), positive))
    assert found.estimate is not None
    assert found.estimate.share.value == pytest.approx(0.10)
    assert found.estimate.precision.value == pytest.approx(0.8)
    assert found.estimate.recall.value == pytest.approx(0.8)


def test_a_stratum_without_judgements_gives_no_estimate() -> None:
    snapshot = study(10, 10, 80)
    sample = [s for s in draw(snapshot, 60) if s.stratum != "niets"]
    [found] = estimates(judged(snapshot, sample, set()))
    assert found.estimate is None


@pytest.mark.slow
def test_intervals_of_the_share_hold_the_truth_about_nineteen_times_in_twenty() -> None:
    snapshot = study(60, 140, 800)
    random = np.random.default_rng(5)
    held = 0
    for seed in range(200):
        odds = np.repeat([0.7, 0.2, 0.02], [60, 140, 800])
        positive = set(np.flatnonzero(random.random(1000) < odds).tolist())
        [found] = estimates(judged(snapshot, draw(snapshot, 240, seed=seed), positive))
        assert found.estimate is not None
        held += found.estimate.share.low <= len(positive) / 1000 <= found.estimate.share.high
    assert held / 200 >= 0.91
