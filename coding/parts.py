"""What the judged sample says of a theme in each part of the passages, and what more judgements would make of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from coding.domains import Domain, Shares, shares
from coding.estimation import Stratum
from coding.judging import Place
from coding.sampling import Judged, cells_of, grown

Cell = tuple[str, bool]
"""Stratum, and whether the program codes the passage."""


def shares_of_parts(judged: Judged, theme: str, parts: Sequence[Collection[Place]], *, seed: int = 0) -> Shares | None:
    """Return the share of a theme per part of the passages; ``None`` while the sample says too little."""
    strata, where = cells_of(judged, theme)
    domains = [_domain(judged, theme, part, where, list(strata)) for part in parts]
    return shares(list(strata.values()), domains, seed=seed)


def shares_with_more(
    judged: Judged, theme: str, parts: Sequence[Collection[Place]], more: int, *, seed: int = 0
) -> Shares | None:
    """Return the shares to expect after ``more`` judgements, drawn over all passages, that turn out as until now."""
    strata, where = cells_of(judged, theme)
    after = grown(judged, strata, more)
    domains = [_domain(judged, theme, part, where, list(strata)) for part in parts]
    pairs = list(zip(strata.values(), after.values(), strict=True))
    return shares(list(after.values()), [_later(domain, pairs) for domain in domains], seed=seed)


def judged_in(judged: Judged, theme: str, part: Collection[Place]) -> int:
    """Return how many passages of the sample in a part have a verdict on a theme."""
    return sum(place in judged.sample and judged.verdict(place, theme) is not None for place in part)


def _domain(
    judged: Judged, theme: str, part: Collection[Place], where: Mapping[Place, Cell], order: Sequence[Cell]
) -> Domain:
    verdicts = {place: judged.verdict(place, theme) for place in part if place in where}
    unknown = Counter(where[place] for place, verdict in verdicts.items() if verdict is None)
    drawn = [(where[p], v) for p, v in verdicts.items() if p in judged.sample and v is not None]
    seen = Counter(cell for cell, _ in drawn)
    positive = Counter(cell for cell, verdict in drawn if verdict)
    return Domain(
        size=len(verdicts),
        positive=sum(v is True for v in verdicts.values()),
        open=tuple(unknown[cell] for cell in order),
        drawn=tuple((seen[cell], positive[cell]) for cell in order),
    )


def _later(domain: Domain, pairs: Sequence[tuple[Stratum, Stratum]]) -> Domain:
    """Return a part after more judgements: it takes its share of them, at the rates found in all passages."""
    positive, left, drawn = domain.positive, [], []
    for unknown, (seen, yes), (now, then) in zip(domain.open, domain.drawn, pairs, strict=True):
        gone = round(unknown * (then.judged - now.judged) / (now.size - now.judged)) if now.size > now.judged else 0
        found = round(gone * (yes / seen if seen else now.positive / now.judged if now.judged else 0))
        positive += found
        left.append(unknown - gone)
        drawn.append((seen + gone, yes + found))
    return Domain(domain.size, positive, tuple(left), tuple(drawn))
