"""Passages that say the same again: a budget repeated next year, a paragraph carried over into the next plan."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from math import ceil

from coding.cells import body
from coding.judging import Place
from coding.snapshot import Snapshot

SHINGLE = 5
"""Words in a shingle."""
THRESHOLD = 0.8
"""Jaccard similarity of two passages' shingles from which they are near-duplicates."""
_WORD = re.compile(r"\w+")


def repeats_of(snapshot: Snapshot) -> dict[Place, int]:
    """Return the cluster of near-duplicates of every body passage of the included documents."""
    found = body(snapshot)
    clusters = find_repeats([passage.text for _document, passage in found])
    return {(document.id, passage.number): c for (document, passage), c in zip(found, clusters, strict=True)}


def find_repeats(texts: Sequence[str]) -> list[int]:
    """Return per text the index of the first text of its cluster of near-duplicates (its own when it stands alone).

    Two texts are near-duplicates when the sets of their word 5-shingles (Broder 1997) have a Jaccard similarity of at
    least `THRESHOLD`; a text of fewer than five words only when the words are the same. No pair is missed: two such
    sets share one of their few rarest shingles (prefix filtering: Bayardo, Ma & Srikant, "Scaling up all pairs
    similarity search", WWW 2007), and each pair that does is compared whole.
    """
    shingles = _shingles(texts)
    spread = Counter(chain.from_iterable(shingles))
    first = list(range(len(texts)))
    same: dict[frozenset[int], int] = {}
    holding: dict[int, list[int]] = defaultdict(list)
    for i, own in enumerate(shingles):
        if not own or same.setdefault(own, i) != i:
            _join(first, i, same.get(own, i))
            continue
        rarest = sorted(own, key=lambda s: (spread[s], s))[: len(own) - _least_shared(len(own)) + 1]
        shared = [s for s in rarest if spread[s] > 1]
        for j in {j for s in shared for j in holding[s]}:
            if _root(first, i) != _root(first, j) and _jaccard(own, shingles[j]) >= THRESHOLD:
                _join(first, i, j)
        for shingle in shared:
            holding[shingle].append(i)
    return [_root(first, i) for i in range(len(texts))]


def _shingles(texts: Sequence[str]) -> list[frozenset[int]]:
    """Return the shingles of each text, numbered."""
    numbers: dict[str, int] = {}
    found = []
    for text in texts:
        words = [word.lower() for word in _WORD.findall(text)]
        starts = range(max(1, len(words) - SHINGLE + 1)) if words else ()
        found.append(frozenset(numbers.setdefault(" ".join(words[i : i + SHINGLE]), len(numbers)) for i in starts))
    return found


def _least_shared(size: int) -> int:
    """Return how many shingles a set of this size shares with a near-duplicate at least."""
    return ceil(THRESHOLD * size - 1e-9)


def _jaccard(left: frozenset[int], right: frozenset[int]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)


def _root(first: list[int], i: int) -> int:
    while first[i] != i:
        i = first[i]
    return i


def _join(first: list[int], i: int, j: int) -> None:
    a, b = sorted((_root(first, i), _root(first, j)))
    first[b] = a
