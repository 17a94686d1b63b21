"""A random sample of passages for defensible figures: drawn by what the program says, judged by people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coding.estimation import Estimate, Stratum, estimate
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
    """Return a stratified simple random sample of about ``size`` passages; the same seed draws the same ones.

    A larger sample by the same seed holds the smaller one, so that nothing judged is lost when it grows.
    """
    strata = {place: name for place, name in strata_of(snapshot).items() if place not in leave_out}
    random = np.random.default_rng(seed)
    passages = {(d, p.number): p for d, ps in snapshot.passages.items() for p in ps}
    chosen: list[Sampled] = []
    for stratum, share in _shares(strata.values(), size).items():
        places = sorted(place for place, name in strata.items() if name == stratum)
        for i in sorted(random.permutation(len(places))[:share]):  # a larger sample holds the smaller one
            passage = passages[places[i]]
            document = places[i][0]
            chosen.append(Sampled(document, passage.start, passage.text, stratum, snapshot.method.coder))
    return chosen


def estimates(snapshot: Snapshot, more: int = 200) -> list[ThemeEstimate]:
    """Return per theme what the judged part of the sample says of all passages.

    Cells are stratum × whether the program codes the passage for the theme: within a stratum the sample is simple
    random, so within a cell as well (post-stratification).
    """
    judged = judge(snapshot)
    return [_theme(judged, theme.id, more) for theme in snapshot.codebook.themes]


@dataclass(frozen=True, slots=True)
class Judged:
    """A study's passages by stratum, which of them were drawn at random, and what people decided."""

    snapshot: Snapshot
    strata: Mapping[Place, str]
    sample: frozenset[Place]
    decisions: Mapping[Place, Sequence[Decision]]

    def verdict(self, place: Place, theme: str) -> bool | None:
        """Return whether a theme applies to a passage by those who judged it; ``None`` if nobody did, or not alike."""
        given = set(judgements(self.decisions.get(place, ()), theme).values())
        return given.pop() if len(given) == 1 else None


def judge(snapshot: Snapshot) -> Judged:
    """Return the passages that count, by stratum, with the sample and the decisions."""
    numbers = {(d, p.start): p.number for d, ps in snapshot.passages.items() for p in ps}
    sample = frozenset((s.document_id, numbers[s.document_id, s.start]) for s in snapshot.sample)
    return Judged(snapshot, strata_of(snapshot), sample, by_passage(snapshot))


def cells_of(judged: Judged, theme: str) -> tuple[dict[tuple[str, bool], Stratum], dict[Place, tuple[str, bool]]]:
    """Return the cells of a theme, stratum × whether the program codes the passage, and each passage's cell."""
    coded = _coded(judged.snapshot, theme)
    where = {place: (stratum, place in coded) for place, stratum in judged.strata.items()}
    counts: dict[tuple[str, bool], list[int]] = {}
    for place, cell in where.items():
        count = counts.setdefault(cell, [0, 0, 0])
        count[0] += 1
        verdict = judged.verdict(place, theme) if place in judged.sample else None
        if verdict is not None:
            count[1] += 1
            count[2] += verdict
    found = {cell: Stratum(size, drawn, positive, cell[1]) for cell, (size, drawn, positive) in sorted(counts.items())}
    return found, where


def grown(judged: Judged, cells: Mapping[tuple[str, bool], Stratum], more: int) -> dict[tuple[str, bool], Stratum]:
    """Return the cells of a theme as they would be after ``more`` judgements, drawn as `draw` does, at equal rates."""
    have = sum(cell.judged for cell in cells.values())
    targets = _shares(judged.strata.values(), have + more)
    after: dict[tuple[str, bool], Stratum] = {}
    for key, cell in cells.items():
        alike = [c for (stratum, _), c in cells.items() if stratum == key[0]]
        left = sum(c.size - c.judged for c in alike)
        extra = max(0, targets[key[0]] - sum(c.judged for c in alike))
        drawn = cell.judged + (round(extra * (cell.size - cell.judged) / left) if left else 0)
        drawn = min(drawn, cell.size)
        positive = round(cell.positive * drawn / cell.judged) if cell.judged else 0
        after[key] = Stratum(cell.size, drawn, min(positive, drawn), cell.decided)
    return after


def _theme(known: Judged, theme: str, more: int) -> ThemeEstimate:
    cells = cells_of(known, theme)[0]
    found = list(cells.values())
    judged, positive = sum(s.judged for s in found), sum(s.positive for s in found)
    if any(s.size and not s.judged for s in found):
        return ThemeEstimate(theme, judged, positive, None, None)
    then = estimate(list(grown(known, cells, more).values())).share.margin
    return ThemeEstimate(theme, judged, positive, estimate(found), then)


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
