"""Widen a flag's quote until the words that connect its poles stand in it: what is claimed must be there to read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coding.language import sentences
from coding.model import Quote
from corpus.model import Passage

Span = tuple[int, int]


def spoken(marker: str, text: str) -> list[Span]:
    """Return where a marker stands in a text, whatever white space and capitals it has there; nothing for no marker."""
    words = marker.split()
    if not words:
        return []
    joined = r"\s+".join(re.escape(word) for word in words)
    return [m.span() for m in re.finditer(rf"(?<!\w){joined}(?!\w)", text, re.IGNORECASE)]


def with_marker(quotes: Sequence[Quote], marker: str, passages: Iterable[Passage]) -> list[Quote]:
    """Return the quotes, the nearest one widened to the sentence with the marker where none of them holds it.

    A marker may stand in the sentence before or after the poles (*Tegelijk botst het.*). Widened is within one passage;
    where the marker stands in no passage of the quotes, they are returned as they are.
    """
    if not marker or any(spoken(marker, quote.text) for quote in quotes):
        return list(quotes)
    every = list(passages)
    for i, quote in enumerate(quotes):
        wider = _widened(quote, marker, next((p for p in every if p.start <= quote.start < p.end), None))
        if wider:
            return [*quotes[:i], wider, *quotes[i + 1 :]]
    return list(quotes)


def _widened(quote: Quote, marker: str, passage: Passage | None) -> Quote | None:
    if passage is None or passage.text[quote.start - passage.start : quote.end - passage.start] != quote.text:
        return None
    found = [(a + passage.start, b + passage.start) for a, b in spoken(marker, passage.text)]
    if not found:
        return None
    at = min(found, key=lambda span: max(quote.start - span[1], span[0] - quote.end))
    spans = [(a + passage.start, b + passage.start) for a, b in sentences(passage.text)]
    said = next((s for s in reversed(spans) if s[0] <= at[0]), at)
    start, end = min(said[0], quote.start), max(said[1], at[1], quote.end)
    text = passage.text[start - passage.start : end - passage.start]
    return replace(quote, start=start, end=end, text=text, page=passage.page_at(start))
