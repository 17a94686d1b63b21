"""Passages a second: dictionary, dictionary with classifier, and peers on the same passages in the same run.

Run: ``python -m benchmarks.coding [FILE.jsonl]`` from the project folder (lines with ``text``; default sentences made
here). One core. Not as a script: its own name would hide the package it measures.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from codebook.reading import bundled
from coding.combination import program_coder
from coding.dictionary import DictionaryCoder
from coding.model import Unit

CHUNK = 256


def passages() -> list[str]:
    """Return 3,000 passages of some ninety words, built from the codebook's own examples and definitions."""
    pool = [s for code in bundled().codes for s in (*code.examples, *code.counter_examples, code.definition)]
    return [" ".join(pool[(i * 7 + k * 13) % len(pool)] for k in range(5)) for i in range(3000)]


def peer_pipeline(texts: Sequence[str]) -> Callable[[Sequence[str]], object]:
    """Return scikit-learn's plain pipeline (words and pieces, logistic regression a theme), fitted on made-up codes."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline, make_union

    union = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=3),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=5, max_features=20_000),
    )
    pipeline = make_pipeline(union, OneVsRestClassifier(LogisticRegression(max_iter=50, solver="liblinear")))
    codes = [[(i + j) % 5 == 0 for j in range(11)] for i in range(400)]
    pipeline.fit(texts[:400], codes)
    return lambda chunk: pipeline.predict_proba(chunk)


def peer_matcher() -> Callable[[Sequence[str]], object]:
    """Return spaCy's PhraseMatcher with the codebook's plain terms."""
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("nl")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    terms = [p.text for c in bundled().codes for p in c.patterns if not set(p.text) & set('*/~|>"')]
    matcher.add("terms", [language.make_doc(t) for t in terms])
    return lambda chunk: [matcher(doc) for doc in language.pipe(chunk)]


def speed(run: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Return texts a second, in chunks of 256, after a warm-up of one chunk."""
    run(texts[:CHUNK])
    started = time.perf_counter()
    for i in range(0, len(texts), CHUNK):
        run(texts[i : i + CHUNK])
    return len(texts) / (time.perf_counter() - started)


def main() -> None:
    """Print passages a second and the ratio to the plain pipeline."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if len(sys.argv) > 1 else []
    texts = [str(json.loads(line)["text"]) for line in lines] or passages()
    dictionary, program = DictionaryCoder(bundled()), program_coder(bundled())
    found = {
        "dictionary": speed(lambda chunk: dictionary.code([Unit(t) for t in chunk]), texts),
        "dictionary + classifier": speed(lambda chunk: program.code([Unit(t) for t in chunk]), texts),
        "peer: spaCy PhraseMatcher": speed(peer_matcher(), texts),
        "peer: scikit-learn pipeline": speed(peer_pipeline(texts), texts),
    }
    base = found["peer: scikit-learn pipeline"]
    for name, value in found.items():
        print(f"{name:30}{value:8.0f} passages/s   {value / base:5.2f} × plain pipeline")


if __name__ == "__main__":
    main()
