"""Passages that say the same again: a budget repeated next year, a paragraph carried over into the next plan."""

import re
from collections.abc import Sequence

import numpy as np
from datasketch import MinHash, MinHashLSH

from coding.cells import body
from coding.judging import Place
from coding.snapshot import Snapshot

SHINGLE = 5
"""Words in a shingle."""
THRESHOLD = 0.8
"""Jaccard similarity of two passages' shingles from which they are near-duplicates."""
_BANDS, _ROWS = 32, 4
"""At a similarity of .8 a pair is missed once in ten million times: (1 - .8**4) ** 32."""
_WORD = re.compile(r"\w+")


def repeats_of(snapshot: Snapshot) -> dict[Place, int]:
    """Return the cluster of near-duplicates of every body passage of the included documents."""
    found = body(snapshot)
    clusters = find_repeats([passage.text for _document, passage in found])
    return {(document.id, passage.number): c for (document, passage), c in zip(found, clusters, strict=True)}


def find_repeats(texts: Sequence[str]) -> list[int]:
    """Return per text the index of the first text of its cluster of near-duplicates (its own when it stands alone).

    Two texts are near-duplicates when the sets of their word 5-shingles have a Jaccard similarity of at least
    `THRESHOLD`; a text of fewer than five words only when the words are the same. Candidates come from MinHash with
    locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman & Ullman 2014, ch. 3), each is checked exactly.
    """
    shingles = [_shingles(text) for text in texts]
    first = list(range(len(texts)))
    lsh = MinHashLSH(num_perm=_BANDS * _ROWS, params=(_BANDS, _ROWS))
    same: dict[frozenset[str], int] = {}
    for i in _repeatable(shingles):
        if same.setdefault(shingles[i], i) != i:
            _join(first, i, same[shingles[i]])
            continue
        signature = MinHash(num_perm=_BANDS * _ROWS, seed=1)
        signature.update_batch([shingle.encode() for shingle in sorted(shingles[i])])
        for j in sorted(lsh.query(signature)):
            if _jaccard(shingles[i], shingles[j]) >= THRESHOLD:
                _join(first, i, j)
        lsh.insert(i, signature)
    return [_root(first, i) for i in range(len(texts))]


def _shingles(text: str) -> frozenset[str]:
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return frozenset()
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def _repeatable(shingles: Sequence[frozenset[str]]) -> list[int]:
    """Return the texts that can have a near-duplicate: at least 80% of their shingles occur in another text too.

    Jaccard(A, B) >= t implies that at least a share t of A's shingles stands in B. It spares hashing the rest.
    """
    sizes = np.array([len(s) for s in shingles], dtype=np.int64)
    if not sizes.sum():
        return []
    numbers: dict[str, int] = {}
    flat = np.array([numbers.setdefault(s, len(numbers)) for group in shingles for s in group], dtype=np.int64)
    elsewhere = np.bincount(flat)[flat] > 1
    owner = np.repeat(np.arange(len(shingles)), sizes)
    shared = np.bincount(owner, weights=elsewhere, minlength=len(shingles))
    return [int(i) for i in np.flatnonzero((sizes > 0) & (shared >= THRESHOLD * sizes - 1e-9))]


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right)


def _root(first: list[int], i: int) -> int:
    while first[i] != i:
        i = first[i]
    return i


def _join(first: list[int], i: int, j: int) -> None:
    a, b = sorted((_root(first, i), _root(first, j)))
    first[b] = a
