"""A random sample of passages for defensible figures: drawn by what the program says, judged by people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coding.estimation import Estimate, Stratum, estimate, projected_margin
from coding.judging import Place, by_passage, judgements
from coding.model import Decision
from coding.snapshot import Sampled, Snapshot
from corpus.model import CODED_KINDS

STRATA = ("voorgesteld", "twijfel", "niets")
"""By the strongest the program says of a passage for any theme. A third of the sample comes from each."""


@dataclass(frozen=True, slots=True)
class ThemeEstimate:
    """What the sample says of one theme; ``estimate`` is ``None`` while a part of it has no judgement yet."""

    theme: str
    judged: int
    positive: int
    estimate: Estimate | None
    margin_with_more: float | None
    """Margin of the share (0 to 1) to expect after as many more judgements as were asked about."""


def strata_of(snapshot: Snapshot) -> dict[Place, str]:
    """Return the stratum of every passage that counts: of included documents, and of a kind that is coded."""
    main = {t.id for t in snapshot.codebook.themes}
    strongest: dict[tuple[str, int], str] = {}
    for coding in snapshot.codings:
        if coding.code in main:
            level = "twijfel" if coding.level == "twijfel" else "voorgesteld"
            key = (coding.version, coding.start)
            strongest[key] = min(level, strongest.get(key, level), key=STRATA.index)
    return {
        (d.id, p.number): strongest.get((snapshot.versions[d.id].id, p.start), "niets")
        for d in snapshot.documents
        if d.included
        for p in snapshot.passages.get(d.id, ())
        if p.kind in CODED_KINDS
    }


def draw(snapshot: Snapshot, size: int, *, seed: int = 0, leave_out: Collection[Place] = frozenset()) -> list[Sampled]:
    """Return a stratified simple random sample of about ``size`` passages; the same seed draws the same ones."""
    strata = {place: name for place, name in strata_of(snapshot).items() if place not in leave_out}
    random = np.random.default_rng(seed)
    passages = {(d, p.number): p for d, ps in snapshot.passages.items() for p in ps}
    chosen: list[Sampled] = []
    for stratum, share in _shares(strata.values(), size).items():
        places = sorted(place for place, name in strata.items() if name == stratum)
        for i in sorted(random.choice(len(places), share, replace=False)):
            passage = passages[places[i]]
            document = places[i][0]
            chosen.append(Sampled(document, passage.start, passage.text, stratum, snapshot.method.coder))
    return chosen


def estimates(snapshot: Snapshot, more: int = 200) -> list[ThemeEstimate]:
    """Return per theme what the judged part of the sample says of all passages.

    Cells are stratum × whether the program codes the passage for the theme: within a stratum the sample is simple
    random, so within a cell as well (post-stratification).
    """
    strata = strata_of(snapshot)
    numbers = {(d, p.start): p.number for d, ps in snapshot.passages.items() for p in ps}
    sample = {(s.document_id, numbers[s.document_id, s.start]): s.stratum for s in snapshot.sample}
    decisions = by_passage(snapshot)
    return [_theme(snapshot, theme.id, strata, sample, decisions, more) for theme in snapshot.codebook.themes]


def _theme(
    snapshot: Snapshot,
    theme: str,
    strata: Mapping[Place, str],
    sample: Mapping[Place, str],
    decisions: Mapping[Place, Sequence[Decision]],
    more: int,
) -> ThemeEstimate:
    coded = _coded(snapshot, theme)
    cells: dict[tuple[str, bool], list[int]] = {}
    for place, stratum in strata.items():
        cells.setdefault((stratum, place in coded), [0, 0, 0])[0] += 1
    for place in sample:
        given = set(judgements(decisions.get(place, ()), theme).values())
        if len(given) == 1 and place in strata:
            cell = cells[strata[place], place in coded]
            cell[1] += 1
            cell[2] += given.pop()
    found = [Stratum(size, judged, positive, key[1]) for key, (size, judged, positive) in sorted(cells.items())]
    judged, positive = sum(s.judged for s in found), sum(s.positive for s in found)
    if any(s.size and not s.judged for s in found):
        return ThemeEstimate(theme, judged, positive, None, None)
    return ThemeEstimate(theme, judged, positive, estimate(found), projected_margin(found, more))


def _coded(snapshot: Snapshot, theme: str) -> set[Place]:
    spans = {(c.version, c.start) for c in snapshot.codings if c.code == theme and c.level != "twijfel"}
    return {
        (document, p.number)
        for document, passages in snapshot.passages.items()
        for p in passages
        if (snapshot.versions[document].id, p.start) in spans
    }


def _shares(strata: Iterable[str], size: int) -> dict[str, int]:
    """Spread the sample evenly; what a small stratum cannot take goes to the others."""
    sizes = dict.fromkeys(STRATA, 0)
    for name in strata:
        sizes[name] += 1
    shares: dict[str, int] = {}
    left = size
    for i, name in enumerate(sorted(STRATA, key=lambda n: sizes[n])):
        shares[name] = min(sizes[name], round(left / (len(STRATA) - i)))
        left -= shares[name]
    return shares
