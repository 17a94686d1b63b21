"""The codebook's own words in a coded passage: which term stands for a theme, and where."""

from collections.abc import Mapping

from codebook.model import Codebook
from outputs.quotes import Shown, quoted
from outputs.records import SPOKEN, Record

Weights = Mapping[str, Mapping[str, float]]
"""Theme id to the weight of each of its terms, those of its sub-themes among them."""
Span = tuple[int, int]
FEWEST, MOST = 12, 70
"""Words of a passage that can stand for others: a shorter one is a fragment, a longer one says many things."""
PLAIN, CODED = 0.7, SPOKEN
"""Least weight of a term: one that says it by itself, or a weaker one where the passage has the theme."""


def term_weights(codebook: Codebook) -> Weights:
    """Return per theme and auxiliary code what one hit of each of its terms says by itself (0 to 1)."""
    roots = [code for code in codebook.codes if code.parent is None]
    return {
        root.id: {
            pattern.text: pattern.weight
            for code in codebook.codes
            if root.id in (code.id, code.parent)
            for pattern in code.patterns
        }
        for root in roots
    }


def telling(record: Record, weights: Weights) -> tuple[bool, bool, bool, bool, float]:
    """Return the key by which the quote that shows a theme best comes first.

    Accepted before suggested, then what reads well by itself, has one of the theme's own words, and is firm.
    """
    words, kind = record.place.words, record.place.passage.kind
    return (
        record.status != "accepted",
        not FEWEST <= words <= MOST or kind == "table",
        not term_spans(record, weights, PLAIN),
        record.level not in ("zeker", None),
        -(record.score or 0),
    )


def quote_of(record: Record, weights: Weights) -> Shown:
    """Return the passage as a quote with the theme's own words marked, the plain ones where there are any."""
    spans = term_spans(record, weights, PLAIN) or term_spans(record, weights, CODED)
    return quoted(record, spans or None)


def term_spans(record: Record, weights: Weights, least: float) -> list[Span]:
    """Return where the theme's terms of at least this weight stand, in code points of the passage's text."""
    known = weights.get(record.theme.id, {})
    at = record.place.passage.start
    return sorted({(e.start - at, e.end - at) for e in record.evidence if known.get(e.term, 0.0) >= least})
