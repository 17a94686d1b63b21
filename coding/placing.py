"""Find a decision's place again in a text that was extracted anew, by its quote and what stood around it."""

import re
import unicodedata
from collections.abc import Iterator

from coding.model import Decision

_HYPHENS = "-\u00ad\u2010\u2011"
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'} | dict.fromkeys(_HYPHENS))


def place(decision: Decision, text: str) -> tuple[int, int] | None:
    """Return (start, end) of the decision's quote in ``text``, or ``None`` when it has no certain place."""
    return place_quote(decision.quote, decision.before, decision.after, text)


def place_quote(quote: str, before: str, after: str, text: str) -> tuple[int, int] | None:
    """Return (start, end) of a quote, given what stood before and after it, or ``None`` when it has no certain place.

    Tried in turn: the quote with all of its context; the quote with the context on one side; the quote alone, if it
    occurs once; the same without regard to case, white space, hyphens, kind of quotation marks and ligatures. A quote
    that stands in several places with nothing to tell them apart is not placed: a guess would be a lost decision.
    """
    if not quote:
        return None
    found = _by_context(quote, before, after, text)
    if found:
        return found
    folded, offsets = fold(text)
    quote, before, after = (fold(part)[0] for part in (quote, before, after))
    if not quote:
        return None
    span = _by_context(quote, before, after, folded)
    return (offsets[span[0]], offsets[span[1] - 1] + 1) if span else None


def count_quote(quote: str, text: str) -> int:
    """Return how often a quote stands in ``text``, without regard to what extraction may change."""
    folded = fold(quote)[0]
    return sum(1 for _ in _occurrences(folded, fold(text)[0])) if folded else 0


def fold(text: str) -> tuple[str, list[int]]:
    """Return ``text`` without what extraction may change, and for each character left its offset in ``text``."""
    kept: list[str] = []
    offsets: list[int] = []
    for i, character in enumerate(text):
        for plain in unicodedata.normalize("NFKC", character).translate(_PLAIN).casefold():
            if not plain.isspace():
                kept.append(plain)
                offsets.append(i)
    return "".join(kept), offsets


def _by_context(quote: str, before: str, after: str, text: str) -> tuple[int, int] | None:
    starts = list(_occurrences(quote, text))
    for left, right in ((before, after), (before, ""), ("", after), ("", "")):
        fitting = [
            s
            for s in starts
            if text.endswith(left, 0, s)
            and text.startswith(right, s + len(quote))
            and (left or right or len(starts) == 1)
        ]
        if len(fitting) == 1:
            return fitting[0], fitting[0] + len(quote)
        if fitting:
            return None
    return None


def _occurrences(quote: str, text: str) -> Iterator[int]:
    for match in re.finditer(f"(?={re.escape(quote)})", text):
        yield match.start()
