"""Which passages repeat another, so that the same words count once in a municipality."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from outputs.wording import homes_of

if TYPE_CHECKING:
    from outputs.records import Place


def group_repeats(places: "Sequence[Place]", municipality: str | None = None) -> list[int]:
    """Return per place the index of the first place it repeats (its own for the first).

    A passage is repeated when a near-duplicate stands earlier in the same municipality: the same words in two
    municipalities are two findings. With ``municipality`` all places are that municipality's.
    """
    kept: dict[int, list[tuple[frozenset[str], int]]] = {}
    known: dict[str, frozenset[str]] = {}
    result = []
    for i, place in enumerate(places):
        if place.cluster < 0:
            result.append(i)
            continue
        homes = known.get(place.document.id)
        if homes is None:
            homes = frozenset([municipality] if municipality else homes_of(place.document))
            known[place.document.id] = homes
        earlier = next((j for others, j in kept.get(place.cluster, []) if others & homes), None)
        if earlier is None:
            kept.setdefault(place.cluster, []).append((homes, i))
        result.append(i if earlier is None else earlier)
    return result


def repeat_origins(places: "Sequence[Place]") -> "Mapping[tuple[str, int], Place]":
    """Return per repeated passage of included documents (document id, number) where its words stood first."""
    counted = [p for p in places if p.document.included]
    firsts = group_repeats(counted)
    return {
        (p.document.id, p.passage.number): counted[f]
        for i, (p, f) in enumerate(zip(counted, firsts, strict=True))
        if f != i
    }
