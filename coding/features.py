"""What the classifier reads in a passage: lemmas, pieces of words, and the codebook's terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from coding.dictionary import DictionaryCoder, Hit
from coding.language import tokenize
from coding.model import Score, Unit

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

WORD_MIN_DOCUMENTS = 3
PIECE_MIN_DOCUMENTS = 5
PIECES = 20_000
PATTERN_WEIGHT = 0.3
"""Of one found pattern, next to TF-IDF rows of length 1."""


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
        tokens = [t for t in tokenize(unit.text) if any(c.isalnum() for c in t.lower)]
        hits = dictionary.hits(unit)
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
    """The columns of a model, in this order: words, pieces of words, patterns, dictionary scores, length."""

    words: tuple[str, ...]
    word_idf: np.ndarray
    pieces: tuple[str, ...]
    piece_idf: np.ndarray
    patterns: tuple[str, ...]
    codes: tuple[str, ...]

    def rows(self, readings: Sequence[Reading]) -> sparse.csr_matrix:
        """Return one row a reading; a pattern or code the codebook lacks is 0."""
        words = self._word_vectorizer.transform(readings)
        pieces = self._piece_vectorizer.transform([r.text for r in readings])
        blocks = [words, pieces, self._dictionary_rows(readings)]
        return sparse.csr_matrix(sparse.hstack(blocks, format="csr"))

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
    def _word_vectorizer(self) -> "TfidfVectorizer":
        return _fixed(_words_vectorizer(self.words), self.word_idf)

    @cached_property
    def _piece_vectorizer(self) -> "TfidfVectorizer":
        return _fixed(_pieces_vectorizer(self.pieces), self.piece_idf)


def fit_features(readings: Sequence[Reading], codes: Sequence[str]) -> Features:
    """Choose the columns from training texts: words in 3, pieces in 5 texts or more, patterns found at all."""
    words = _words_vectorizer(None).fit(readings)
    pieces = _pieces_vectorizer(None).fit([r.text for r in readings])
    patterns = sorted({pattern_key(h) for r in readings for h in r.hits})
    return Features(
        tuple(map(str, words.get_feature_names_out())),
        np.asarray(words.idf_, dtype=np.float64),
        tuple(map(str, pieces.get_feature_names_out())),
        np.asarray(pieces.idf_, dtype=np.float64),
        tuple(patterns),
        tuple(codes),
    )


def _words_vectorizer(vocabulary: tuple[str, ...] | None) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 1 if vocabulary is not None else WORD_MIN_DOCUMENTS
    return TfidfVectorizer(analyzer=word_features, min_df=least, sublinear_tf=True, vocabulary=vocabulary)


def _pieces_vectorizer(vocabulary: tuple[str, ...] | None) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        min_df=1 if vocabulary is not None else PIECE_MIN_DOCUMENTS,
        max_features=PIECES,
        sublinear_tf=True,
        vocabulary=vocabulary,
    )


def _fixed(vectorizer: "TfidfVectorizer", idf: np.ndarray) -> "TfidfVectorizer":
    vectorizer.idf_ = idf
    return vectorizer
