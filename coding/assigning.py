"""Hand out passages: a random sample to two coders each, to be coded blind, or to each coder a share of the work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from coding.judging import Place, by_passage, finished, judgements, status_of
from coding.model import Decision
from coding.sampling import draw, strata_of
from coding.snapshot import Assigned, Snapshot
from corpus.model import Passage


@dataclass(frozen=True, slots=True)
class Share:
    """How far one coder has come with what was handed to them."""

    coder: str
    blind: int
    """Passages to code blind, and of those how many are done."""
    blind_done: int
    work: int
    """Passages in the coder's share of the work, and of those how many the coder judged."""
    work_done: int


def draw_pairs(snapshot: Snapshot, coders: Sequence[str], size: int, *, seed: int = 0) -> list[Assigned]:
    """Draw about ``size`` passages at random and hand each to two of the coders, every pair about as often.

    A third of the sample comes from each stratum of `coding.sampling`, so that it holds passages of which nobody and
    nothing said anything. Left out: what was drawn before, and what one of these coders judged with a suggestion in
    view. The same seed draws the same passages for the same pairs. Raise ``ValueError`` for fewer than two coders.
    """
    coders = list(dict.fromkeys(coders))
    if len(coders) < 2:
        raise ValueError("two coders at least")
    drawn = draw(snapshot, size, seed=seed, leave_out=_known(snapshot, coders))
    pairs = list(combinations(coders, 2))
    turns = np.random.default_rng(seed).permutation(len(drawn))
    batch = _next_batch(snapshot)
    return [
        Assigned(batch, s.document_id, s.start, s.quote, coder, True, s.stratum)
        for turn, s in zip(turns, drawn, strict=True)
        for coder in pairs[turn % len(pairs)]
    ]


def share_out(snapshot: Snapshot, coders: Sequence[str], size: int = 0, *, seed: int = 0) -> list[Assigned]:
    """Divide the passages that count over the coders, documents as whole as can be; with ``size`` a sample of them.

    Every coder gets as many passages with a suggestion that counts.
    """
    coders = list(dict.fromkeys(coders))
    batch = _next_batch(snapshot)
    if size:
        drawn = draw(snapshot, size, seed=seed)
        return [
            Assigned(batch, s.document_id, s.start, s.quote, coders[i % len(coders)], False, s.stratum)
            for i, s in enumerate(drawn)
        ]
    strata = strata_of(snapshot)
    suggested = sum(name == "voorgesteld" for name in strata.values())
    seen, result = 0, []
    for document, passage in _passages(snapshot):
        stratum = strata.get((document, passage.number))
        if stratum is not None:
            whose = coders[min(seen * len(coders) // max(suggested, 1), len(coders) - 1)]
            result.append(Assigned(batch, document, passage.start, passage.text, whose, False))
            seen += stratum == "voorgesteld"
    return result


def shares(snapshot: Snapshot) -> list[Share]:
    """Return how far each coder has come with what was handed to them, by name."""
    numbers = {(document, p.start): p.number for document, p in _passages(snapshot)}
    blind = finished(snapshot.blind)
    judged = _judged(snapshot)
    counts: dict[str, list[int]] = {}
    for a in snapshot.assigned:
        row = counts.setdefault(a.coder, [0, 0, 0, 0])
        if a.blind:
            row[0] += 1
            row[1] += (a.coder, a.document_id, a.start) in blind
        else:
            row[2] += 1
            row[3] += (a.coder, (a.document_id, numbers[a.document_id, a.start])) in judged
    return [Share(coder, *row) for coder, row in sorted(counts.items())]


def unfinished(snapshot: Snapshot) -> list[Assigned]:
    """Return what was handed out to be coded blind and is not done yet."""
    blind = finished(snapshot.blind)
    return [a for a in snapshot.assigned if a.blind and (a.coder, a.document_id, a.start) not in blind]


def disputed(decisions: Mapping[Place, Sequence[Decision]], themes: Iterable[str]) -> list[tuple[Place, str]]:
    """Return the passages and themes on which coders do not agree and nobody had the last word."""
    themes = list(themes)
    return [
        (place, theme)
        for place, given in decisions.items()
        for theme in themes
        if status_of(judgements(given, theme)) == "oneens"
    ]


def _known(snapshot: Snapshot, coders: Sequence[str]) -> set[Place]:
    """Return the passages drawn before and those that one of the coders judged otherwise than blind."""
    numbers = {(document, p.start): p.number for document, p in _passages(snapshot)}
    drawn = {(a.document_id, numbers[a.document_id, a.start]) for a in snapshot.assigned if a.blind}
    return drawn | {
        place
        for place, decisions in by_passage(snapshot).items()
        if any(d.coder in coders and d.manner != "blind" for d in decisions)
    }


def _judged(snapshot: Snapshot) -> set[tuple[str, Place]]:
    return {(d.coder, place) for place, decisions in by_passage(snapshot).items() for d in decisions}


def _passages(snapshot: Snapshot) -> Iterable[tuple[str, Passage]]:
    return ((d.id, p) for d in snapshot.documents for p in snapshot.passages.get(d.id, ()))


def _next_batch(snapshot: Snapshot) -> int:
    return max((a.batch for a in snapshot.assigned), default=0) + 1
