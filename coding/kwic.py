"""Keyword in context: every place in a study where words stand, with what is around them."""

import re
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from codebook.notation import NotationError
from coding.loading import load_documents
from corpus import store as corpus_store
from corpus.study import Study

Find = Callable[[str], list[tuple[int, int]]]
"""Takes a text, returns (start, end) of every hit in it."""
SECONDS_PER_PASSAGE = 2.0
"""A regular expression that takes longer on one passage will not come to an end on a study."""
_WILD = {"*": r"[\w\-]*", "?": r"\w"}
_GAP = r"\s+"
_SKIPPED = frozenset({"furniture", "toc"})


class PatternError(ValueError):
    """A pattern that cannot be searched for; the message (Dutch) says why."""


class TooSlowError(Exception):
    """A pattern that takes too long; the message (Dutch) says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One hit with the rest of its passage, white space evened out; ``page`` is ``None`` without pages."""

    municipality: str
    document: str
    page: int | None
    heading_path: str
    left: str
    keyword: str
    right: str


def finder(pattern: str, way: Literal["glob", "regex", "lemma"]) -> Find:
    """Return what finds a pattern.

    ``glob``: words as they stand, case ignored, ``*`` any letters and ``?`` one; ``lemma``: the codebook's notation;
    ``regex``: a regular expression, case ignored. Raise `PatternError` when the pattern is none of these.
    """
    if not pattern.strip():
        raise PatternError("een leeg zoekpatroon vindt niets")
    if way == "lemma":
        return _lemma_finder(pattern)
    try:
        compiled = re.compile(pattern if way == "regex" else _glob(pattern), re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"geen geldige reguliere expressie: {error}") from error
    return lambda text: [m.span() for m in compiled.finditer(text) if m.end() > m.start()]


def concordance(study: Study, connection: sqlite3.Connection, find: Find) -> Iterator[Line]:
    """Yield every hit in the study's documents, in the order of their names and text. Raise `TooSlowError`."""
    versions = corpus_store.current_versions(connection)
    for document in load_documents(study, connection):
        municipality = "; ".join(m.name for m in document.municipalities) or "gemeente onbekend"
        for passage in corpus_store.passages_of(connection, versions[document.id]):
            if passage.kind in _SKIPPED:
                continue
            with _limit(SECONDS_PER_PASSAGE):
                hits = find(passage.text)
            for start, end in hits:
                yield Line(
                    municipality=municipality,
                    document=document.file_name,
                    page=passage.page_at(passage.start + start),
                    heading_path=" > ".join(passage.heading_path),
                    left=_even(passage.text[:start]),
                    keyword=_even(passage.text[start:end]),
                    right=_even(passage.text[end:]),
                )


def _lemma_finder(pattern: str) -> Find:
    from coding.patterns import PatternSet

    try:
        patterns = PatternSet([pattern])
    except NotationError as error:
        raise PatternError(str(error)) from error
    return lambda text: sorted({(m.start, m.end) for m in patterns.find(text)})


def _glob(pattern: str) -> str:
    words = (
        r"[\w\-]+" if word == "*" else "".join(_WILD.get(c, re.escape(c)) for c in word) for word in pattern.split()
    )
    return rf"(?<!\w){_GAP.join(words)}(?!\w)"


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Break off what takes too long, where the platform has alarms; a regular expression lets itself be interrupted."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TooSlowError("Dit patroon duurt te lang. Maak het eenvoudiger: geen herhaling binnen herhaling.")

    earlier = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
