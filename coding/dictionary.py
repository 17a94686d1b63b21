"""The dictionary coder: codes a passage by the codebook's terms, and shows each term where it stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codebook.model import Codebook
from coding.language import Token, tokenize
from coding.manifest import dictionary_name
from coding.model import Evidence, Score, Unit
from coding.patterns import PatternSet
from corpus.model import CODED_KINDS

CEILING = 0.97
"""The most that terms alone can say."""
KEPT_FROM = 0.05


@dataclass(frozen=True, slots=True)
class Hit:
    """A term of ``code`` found at ``start``–``end`` (code points in the unit's text), by the codebook's ``pattern``."""

    code: str
    pattern: str
    start: int
    end: int
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    """Empty for an exclusion that holds for every code."""
    pattern: str
    weight: float
    """0 for an exclusion."""


class DictionaryCoder:
    """Codes by terms. Raise `codebook.notation.NotationError` for a codebook with a term that cannot be read."""

    def __init__(self, codebook: Codebook) -> None:
        self._entries = list(_entries(codebook))
        self._patterns = PatternSet([entry.pattern for entry in self._entries])
        self._parents = {code.id: code.parent for code in codebook.codes}
        self.name = dictionary_name(codebook)

    def code(self, units: Sequence[Unit]) -> list[list[Score]]:
        """Return scores per unit: each distinct term adds its weight to the rest (noisy or)."""
        return [self.score(self.hits(unit)) for unit in units]

    def hits(self, unit: Unit, tokens: Sequence[Token] | None = None) -> list[Hit]:
        """Return the terms found, without those that an exclusion of their code or of the codebook overlaps.

        Headings, contents pages and page furniture hold no terms: a word in a title is not yet policy. ``tokens`` are
        the text's, where it was tokenized already.
        """
        if unit.kind not in CODED_KINDS:
            return []
        matches = self._patterns.find_in(unit.text, tokenize(unit.text) if tokens is None else tokens)
        excluded = [(self._entries[m.index].code, m.start, m.end) for m in matches if not self._entries[m.index].weight]
        hits = []
        for match in matches:
            entry = self._entries[match.index]
            if entry.weight and not _is_excluded(entry.code, match.start, match.end, excluded):
                term = unit.text[match.start : match.end]
                hits.append(Hit(entry.code, entry.pattern, match.start, match.end, term, entry.weight))
        return hits

    def score(self, hits: Iterable[Hit]) -> list[Score]:
        """Return the scores that hits of one unit come to; a hit of a sub-theme counts for its theme too."""
        by_code: dict[str, list[Hit]] = {}
        for hit in hits:
            by_code.setdefault(hit.code, []).append(hit)
            parent = self._parents.get(hit.code)
            if parent:
                by_code.setdefault(parent, []).append(hit)
        scores = [_to_score(code, found) for code, found in by_code.items()]
        return sorted((s for s in scores if s.score >= KEPT_FROM), key=lambda s: (-s.score, s.code))


def changed_terms(one: Codebook, other: Codebook) -> list[str]:
    """Return the patterns, also of exclusions, that two codebooks do not both have for the same code and weight.

    In a text without any of them both find the same.
    """
    before, after = Counter(_entries(one)), Counter(_entries(other))
    return sorted({entry.pattern for entry in (before - after) + (after - before)})


def _entries(codebook: Codebook) -> Iterable[_Entry]:
    for code in codebook.codes:
        yield from (_Entry(code.id, p.text, p.weight) for p in code.patterns)
        yield from (_Entry(code.id, text, 0.0) for text in code.exclusions)
    yield from (_Entry("", text, 0.0) for text in codebook.exclusions)


def _is_excluded(code: str, start: int, end: int, excluded: Iterable[tuple[str, int, int]]) -> bool:
    theme = code.partition(".")[0]
    return any(c in ("", code, theme) and s < end and start < e for c, s, e in excluded)


def _to_score(code: str, hits: Sequence[Hit]) -> Score:
    rest = 1.0
    seen: set[str] = set()
    counted: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.weight, h.start - h.end, h.start)):
        # two patterns on the same words are one reason, not two
        if hit.pattern not in seen and not any(hit.start < h.end and h.start < hit.end for h in counted):
            counted.append(hit)
            seen.add(hit.pattern)
            rest *= 1 - hit.weight
    score = min(CEILING, 1 - rest)
    evidence = tuple(Evidence(h.start, h.end, h.pattern) for h in hits)
    return Score(code, score, tuple(dict.fromkeys(evidence)), {"dictionary": score})
