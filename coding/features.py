"""What the classifier reads in a passage: lemmas, pieces of words, concepts, and the codebook's terms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy import sparse

from coding.concepts import concepts
from coding.dictionary import DictionaryCoder, Hit
from coding.language import Token, sentences, tokenize
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
    """One text, read once: its lemmas with their spans, the dictionary's hits and scores; and so its sentences.

    Spans are offsets in the text of the reading itself. A sentence has no ``sentences``; a passage has one at least.
    """

    text: str
    lemmas: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    hits: tuple[Hit, ...]
    scores: tuple[Score, ...]
    sentences: tuple["Reading", ...] = ()
    start: int = 0
    """Of a sentence, where it begins in its passage."""


def read_units(dictionary: DictionaryCoder, units: Sequence[Unit]) -> list[Reading]:
    """Return what the classifier needs to know of each unit."""
    readings = []
    for unit in units:
        every = tokenize(unit.text)
        tokens = [t for t in every if any(c.isalnum() for c in t.lower)]
        hits = dictionary.hits(unit, every)
        spans = sentences(unit.text) or [(0, len(unit.text))]
        parts = tuple(_read_part(dictionary, unit.text, tokens, hits, span) for span in spans)
        readings.append(replace(_read_part(dictionary, unit.text, tokens, hits, (0, len(unit.text))), sentences=parts))
    return readings


def _read_part(
    dictionary: DictionaryCoder, text: str, tokens: Sequence[Token], hits: Sequence[Hit], span: tuple[int, int]
) -> Reading:
    """Return the reading of a stretch of a text: what lies in it whole, at its place in the stretch."""
    start, end = span
    inside = [t for t in tokens if start <= t.start and t.end <= end]
    found = [replace(h, start=h.start - start, end=h.end - start) for h in hits if start <= h.start and h.end <= end]
    return Reading(
        text[start:end],
        tuple(t.lemma for t in inside),
        tuple((t.start - start, t.end - start) for t in inside),
        tuple(found),
        tuple(dictionary.score(found)),
        start=start,
    )


def pattern_key(hit: Hit) -> str:
    """Name a pattern feature: what stands in the codebook, not where, so that a codebook may change order."""
    return f"{hit.code}\t{hit.pattern}"


def word_features(reading: Reading) -> list[str]:
    """Return lemmas and pairs of lemmas."""
    lemmas = reading.lemmas
    return [*lemmas, *(f"{a} {b}" for a, b in pairwise(lemmas))]


@dataclass(frozen=True)
class Table:
    """Counts of features, readings × ``names`` (sorted when all that were found are in it)."""

    names: tuple[str, ...]
    counts: sparse.csr_matrix

    def part(self, rows: np.ndarray, names: tuple[str, ...]) -> sparse.csr_matrix:
        """Return some readings and, in this order, the columns of some of the names."""
        chosen = self.counts[rows]
        if names == self.names:
            return chosen
        place = _columns(self.names)
        return chosen[:, [place[name] for name in names]]


@dataclass(frozen=True)
class Counted:
    """Readings counted once, so that learning from ever other parts of them does not read them anew.

    ``said`` holds the dictionary's score of each code, and the length.
    """

    words: Table
    pieces: Table
    concepts: Table
    patterns: Table
    said: Table


@dataclass(frozen=True)
class Features:
    """The columns of a model, in the order of the fields; then the dictionary's score of each code, and the length."""

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
        return self.rows_of(count_readings(readings, self.codes, self), np.arange(len(readings)))

    def rows_of(self, counted: Counted, rows: np.ndarray) -> sparse.csr_matrix:
        """Return the rows of some of the readings that were counted, one each."""
        blocks = [
            _weighed(counted.words.part(rows, self.words), self.word_idf),
            _weighed(counted.pieces.part(rows, self.pieces), self.piece_idf),
            _weighed(counted.concepts.part(rows, self.concepts), self.concept_idf) * CONCEPT_WEIGHT,
            counted.patterns.part(rows, self.patterns) * PATTERN_WEIGHT,
            counted.said.counts[rows],
        ]
        return sparse.csr_matrix(sparse.hstack(blocks, format="csr"))

    @property
    def width(self) -> int:
        """Number of columns."""
        named = (self.words, self.pieces, self.concepts, self.patterns, self.codes)
        return sum(map(len, named)) + 1

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


def count_readings(readings: Sequence[Reading], codes: Sequence[str], known: Features | None = None) -> Counted:
    """Count what readings hold: the columns of ``known``, or else all there are."""
    return Counted(
        _table([word_features(r) for r in readings], known.words if known else None),
        _piece_table(readings, known.pieces if known else None),
        _table([concept_features(r) for r in readings], known.concepts if known else None),
        _table([sorted({pattern_key(h) for h in r.hits}) for r in readings], known.patterns if known else None),
        _said(readings, codes),
    )


def fit_features(counted: Counted, rows: np.ndarray) -> Features:
    """Choose the columns from training texts: words in 3, pieces in 5 texts or more, patterns found at all."""
    words, word_idf = _fitted(counted.words, rows, WORD_MIN_DOCUMENTS, None)
    pieces, piece_idf = _fitted(counted.pieces, rows, PIECE_MIN_DOCUMENTS, PIECES)
    ideas, idea_idf = _fitted(counted.concepts, rows, WORD_MIN_DOCUMENTS, None)
    patterns, _ = _fitted(counted.patterns, rows, 1, None)
    codes = counted.said.names[:-1]
    return Features(words, word_idf, pieces, piece_idf, ideas, idea_idf, patterns, codes)


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


@lru_cache(maxsize=50_000)
def _pieces_of(word: str) -> tuple[str, ...]:
    """Return the pieces of 3 to 5 characters of a word, a space at its ends counting as one."""
    padded = f" {word} "
    pieces: list[str] = []
    for size in PIECE_SIZES:
        pieces += [padded[i : i + size] for i in range(max(1, len(padded) - size + 1))]
        if len(padded) <= size:  # a short word is one piece, once
            break
    return tuple(pieces)


def _table(texts: Sequence[Sequence[str]], names: tuple[str, ...] | None) -> Table:
    """Count the features of each text: those named, or all."""
    if names is None:
        names = tuple(sorted({feature for text in texts for feature in text}))
    columns = _columns(names)
    return Table(names, _counts([[columns[f] for f in text if f in columns] for text in texts], len(names)))


def _piece_table(readings: Sequence[Reading], names: tuple[str, ...] | None) -> Table:
    """Count the pieces of the words; a word is cut and looked up once, however often it stands in the texts."""
    texts = [reading.text.lower().split() for reading in readings]
    if names is None:
        names = tuple(sorted({piece for word in {w for t in texts for w in t} for piece in _pieces_of(word)}))
    columns = _columns(names)
    known = {w: [columns[p] for p in _pieces_of(w) if p in columns] for w in {w for t in texts for w in t}}
    return Table(names, _counts([[c for word in text for c in known[word]] for text in texts], len(names)))


def _counts(places: Sequence[Sequence[int]], width: int) -> sparse.csr_matrix:
    """Return how often each column is named in each row."""
    columns = np.fromiter((c for row in places for c in row), dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum([len(row) for row in places], dtype=np.int64)])
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(places), width))
    matrix.sum_duplicates()
    return matrix


@lru_cache(maxsize=16)
def _columns(names: tuple[str, ...]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}


def _said(readings: Sequence[Reading], codes: Sequence[str]) -> Table:
    place = {code: i for i, code in enumerate(codes)}
    matrix = np.zeros((len(readings), len(place) + 1))
    for i, reading in enumerate(readings):
        for score in reading.scores:
            if score.code in place:
                matrix[i, place[score.code]] = score.score
        matrix[i, -1] = np.log1p(len(reading.lemmas)) / 5
    return Table((*codes, ""), sparse.csr_matrix(matrix))


def _fitted(table: Table, rows: np.ndarray, least: int, most: int | None) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the features that enough texts have (the commonest ``most``), with their smoothed inverse frequencies."""
    chosen = table.counts[rows]
    found, total = chosen.getnnz(axis=0), np.asarray(chosen.sum(axis=0)).ravel()
    known = np.flatnonzero(found >= least)
    columns = np.sort(known[np.argsort(-total[known], kind="stable")[:most]])
    return tuple(table.names[i] for i in columns), np.log((1 + len(rows)) / (1 + found[columns])) + 1


def _weighed(counts: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    """Return TF-IDF rows of length 1, each feature's count taken as 1 + its logarithm."""
    weights = (1 + np.log(counts.data)) * idf[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(row, weights**2, minlength=counts.shape[0]))
    matrix = sparse.csr_matrix((weights / length[row], counts.indices, counts.indptr), shape=counts.shape)
    matrix.sort_indices()
    return matrix
