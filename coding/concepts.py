"""A lexicon of concepts: what the words of Dutch municipal policy have in common, whatever the codebook.

A bag of words knows no kinship between *omkijken* and *saamhorig*; the lexicon gives both the concept OMZIEN. It is
data (`lexicon/begrippen.tsv`: lemma, tab, concepts), read once.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "begrippen.tsv"


@cache
def concepts() -> Mapping[str, tuple[str, ...]]:
    """Return the concepts of each lemma that has any."""
    lines = LEXICON.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {lemma: tuple(names.split()) for lemma, names in rows}


@cache
def lexicon_digest() -> str:
    """Hash of the lexicon: a model learned with another one does not fit."""
    return hashlib.sha256(LEXICON.read_bytes()).hexdigest()[:12]
