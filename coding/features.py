"""What the classifier reads in a passage: lemmas, pieces of words, concepts, and the codebook's terms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from scipy import sparse

from coding.concepts import concepts
from coding.dictionary import DictionaryCoder, Hit
from coding.language import tokenize
from coding.model import Score, Unit

WORD_MIN_DOCUMENTS = 3
PIECE_MIN_DOCUMENTS = 5
PIECES = 20_000
PIECE_SIZES = (3, 4, 5)
PATTERN_WEIGHT = 0.3
"""Of one found pattern, next to TF-IDF rows of length 1."""
CONCEPT_WEIGHT = 0.5
"""Length of the row of concepts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, read once: its lemmas with their spans, the dictionary's hits and scores."""

    text: str
    lemmas: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    hits: tuple[Hit, ...]
    scores: tuple[Score, ...]


def read_units(dictionary: DictionaryCoder, units: Sequence[Unit]) -> list[Reading]:
    """Return what the classifier needs to know of each unit."""
    readings = []
    for unit in units:
        every = tokenize(unit.text)
        tokens = [t for t in every if any(c.isalnum() for c in t.lower)]
        hits = dictionary.hits(unit, every)
        readings.append(
            Reading(
                unit.text,
                tuple(t.lemma for t in tokens),
                tuple((t.start, t.end) for t in tokens),
                tuple(hits),
                tuple(dictionary.score(hits)),
            )
        )
    return readings


def pattern_key(hit: Hit) -> str:
    """Name a pattern feature: what stands in the codebook, not where, so that a codebook may change order."""
    return f"{hit.code}\t{hit.pattern}"


def word_features(reading: Reading) -> list[str]:
    """Return lemmas and pairs of lemmas."""
    lemmas = reading.lemmas
    return [*lemmas, *(f"{a} {b}" for a, b in pairwise(lemmas))]


@dataclass(frozen=True)
class Features:
    """The columns of a model, in this order: words, pieces of words, concepts, patterns, dictionary scores, length."""

    words: tuple[str, ...]
    word_idf: np.ndarray
    pieces: tuple[str, ...]
    piece_idf: np.ndarray
    concepts: tuple[str, ...]
    concept_idf: np.ndarray
    patterns: tuple[str, ...]
    codes: tuple[str, ...]

    def rows(self, readings: Sequence[Reading]) -> sparse.csr_matrix:
        """Return one row a reading; a pattern or code the codebook lacks is 0."""
        words = _weighed([Counter(word_features(r)) for r in readings], self._word_columns, self.word_idf)
        pieces = _weighed([Counter(piece_features(r.text)) for r in readings], self._piece_columns, self.piece_idf)
        ideas = _weighed([Counter(concept_features(r)) for r in readings], self._concept_columns, self.concept_idf)
        blocks = [words, pieces, ideas * CONCEPT_WEIGHT, self._dictionary_rows(readings)]
        return sparse.csr_matrix(sparse.hstack(blocks, format="csr"))

    @property
    def width(self) -> int:
        """Number of columns."""
        named = (self.words, self.pieces, self.concepts, self.patterns, self.codes)
        return sum(map(len, named)) + 1

    def _dictionary_rows(self, readings: Sequence[Reading]) -> sparse.csr_matrix:
        patterns = {key: i for i, key in enumerate(self.patterns)}
        codes = {code: len(patterns) + i for i, code in enumerate(self.codes)}
        rows = sparse.lil_matrix((len(readings), len(patterns) + len(codes) + 1))
        for i, reading in enumerate(readings):
            for key in {pattern_key(h) for h in reading.hits} & patterns.keys():
                rows[i, patterns[key]] = PATTERN_WEIGHT
            for score in reading.scores:
                if score.code in codes:
                    rows[i, codes[score.code]] = score.score
            rows[i, -1] = np.log1p(len(reading.lemmas)) / 5
        return rows.tocsr()

    @cached_property
    def _word_columns(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.words)}

    @cached_property
    def _piece_columns(self) -> dict[str, int]:
        return {piece: i for i, piece in enumerate(self.pieces)}

    def telling(self, columns: np.ndarray) -> np.ndarray:
        """Return which columns a reader can be shown as evidence: words and concepts."""
        first = len(self.words) + len(self.pieces)
        return (columns < len(self.words)) | ((columns >= first) & (columns < first + len(self.concepts)))

    def places(self, column: int, reading: Reading) -> tuple[str, list[tuple[int, int]]]:
        """Return the name of a word or concept, and the spans of the words that bring it."""
        if column < len(self.words):
            return self.words[column], _word_places(reading, self.words[column])
        concept = self.concepts[column - len(self.words) - len(self.pieces)]
        return f"begrip {concept.lower()}", _concept_places(reading, concept)

    @cached_property
    def _concept_columns(self) -> dict[str, int]:
        return {concept: i for i, concept in enumerate(self.concepts)}


def fit_features(readings: Sequence[Reading], codes: Sequence[str]) -> Features:
    """Choose the columns from training texts: words in 3, pieces in 5 texts or more, patterns found at all."""
    words, word_idf = _fitted([word_features(r) for r in readings], WORD_MIN_DOCUMENTS, None)
    pieces, piece_idf = _fitted([piece_features(r.text) for r in readings], PIECE_MIN_DOCUMENTS, PIECES)
    ideas, idea_idf = _fitted([concept_features(r) for r in readings], WORD_MIN_DOCUMENTS, None)
    patterns = sorted({pattern_key(h) for r in readings for h in r.hits})
    return Features(words, word_idf, pieces, piece_idf, ideas, idea_idf, tuple(patterns), tuple(codes))


def concept_features(reading: Reading) -> list[str]:
    """Return the concepts of the words, by the lexicon."""
    known = concepts()
    return [concept for lemma in reading.lemmas for concept in known.get(lemma, ())]


def _concept_places(reading: Reading, concept: str) -> list[tuple[int, int]]:
    known = concepts()
    pairs = zip(reading.lemmas, reading.spans, strict=True)
    return [span for lemma, span in pairs if concept in known.get(lemma, ())]


def _word_places(reading: Reading, term: str) -> list[tuple[int, int]]:
    parts = tuple(term.split(" "))
    n = len(parts)
    starts = [i for i in range(len(reading.lemmas) - n + 1) if reading.lemmas[i : i + n] == parts]
    return [(reading.spans[i][0], reading.spans[i + n - 1][1]) for i in starts]


def piece_features(text: str) -> list[str]:
    """Return the pieces of 3 to 5 characters of every word, a space at its ends counting as one."""
    return [piece for word in text.lower().split() for piece in _pieces_of(word)]


@lru_cache(maxsize=50_000)
def _pieces_of(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    pieces: list[str] = []
    for size in PIECE_SIZES:
        pieces += [padded[i : i + size] for i in range(max(1, len(padded) - size + 1))]
        if len(padded) <= size:  # a short word is one piece, once
            break
    return tuple(pieces)


def _fitted(texts: Sequence[Sequence[str]], least: int, most: int | None) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the features that enough texts have (the commonest ``most``), with their smoothed inverse frequencies."""
    found = Counter(feature for text in texts for feature in set(text))
    total = Counter(feature for text in texts for feature in text)
    known = sorted((f for f, n in found.items() if n >= least), key=lambda f: (-total[f], f))[:most]
    columns = tuple(sorted(known))
    counts = np.array([found[f] for f in columns], dtype=np.float64)
    return columns, np.log((1 + len(texts)) / (1 + counts)) + 1


def _weighed(counts: Sequence[Counter[str]], columns: Mapping[str, int], idf: np.ndarray) -> sparse.csr_matrix:
    """Return TF-IDF rows of length 1, each feature's count taken as 1 + its logarithm."""
    ends, places, values = [0], list[int](), list[np.ndarray]()
    for count in counts:
        here = {columns[f]: n for f, n in count.items() if f in columns}
        at = np.fromiter(here, dtype=np.int64, count=len(here))
        row = (1 + np.log(np.fromiter(here.values(), dtype=np.float64, count=len(here)))) * idf[at]
        values.append(row / (float(np.linalg.norm(row)) or 1.0))
        places.extend(here)
        ends.append(len(places))
    data = np.concatenate(values) if values else np.zeros(0)
    matrix = sparse.csr_matrix((data, places, ends), shape=(len(counts), len(columns)))
    matrix.sort_indices()
    return matrix
