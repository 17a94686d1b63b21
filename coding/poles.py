"""Where the poles of a relation stand in a text: the codebook's terms, and which of them answer a marker."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from codebook.model import Codebook
from coding.claims import PLAIN, Opposition
from coding.clauses import Span
from coding.language import Token, sentences
from coding.model import Coding
from coding.patterns import PatternSet
from corpus.model import CODED_KINDS, Passage

REACH = 160
"""Characters between a marker and the terms of a pole: further off it is about something else."""
HINTED, FEW_WORDS, BARE, NOUN = 0.8, 8, 2, 6
"""In a stretch of a few words one hint of six letters is enough ('een budget') if the other pole is said plainly."""
POLE = 0.5
"""What one of a code's ``poles`` says: enough in one sentence; with another of its kind on the other side in two."""
OVERRULED = 0.15
"""What a term says at most where the whole coder only doubts the code its terms would give: as much as a hint."""
_GIVEN = 0.5
"""From here on terms alone give a code."""
DECIDED = frozenset({"zeker", "waarschijnlijk"})
_DETERMINER = re.compile(r"\b(?:de|het|een|dit|dat|deze|die|ons|onze|hun|haar|zijn)\s(?:\w+e\s)?$", re.IGNORECASE)
_GAP = re.compile(r"\s[~>]\d")


@dataclass(frozen=True, slots=True)
class Term:
    """One place where a pole is worded, and how much that says by itself."""

    start: int
    end: int
    weight: float
    whole: bool
    """Its words follow one another; else (two words near each other) what stands between them is not its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage with its sentences and, per code, what stands for it there (offsets in the version's text).

    ``terms`` are those by which the code is found anywhere, ``poles`` those heard only beside a marker.
    """

    passage: Passage
    sentences: tuple[Span, ...]
    terms: Mapping[str, Sequence[Term]]
    poles: Mapping[str, Sequence[Term]]
    decided: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place with the last sentence of the passage before it, where that is of the same section."""

    places: tuple[Place, ...]
    sentences: tuple[Span, ...]
    first: int
    """Number of the sentence that the place itself begins with."""

    def terms(self, code: str, *, opposed: bool) -> list[Term]:
        """Return what stands for a code, with ``opposed`` also what does so only where something is set against it."""
        found = [term for place in self.places for term in place.terms.get(code, ())]
        return found + [term for place in self.places for term in place.poles.get(code, ())] if opposed else found

    def sentence(self, offset: int) -> Span:
        """Return the sentence that holds an offset."""
        return self.sentences[max(bisect_right(self.sentences, (offset, 1 << 60)) - 1, 0)]

    def passage(self, offset: int) -> Passage:
        """Return the passage that holds an offset."""
        return next(p.passage for p in reversed(self.places) if p.passage.start <= offset)


def read_places(
    codebook: Codebook,
    poles: "PoleTerms",
    passages: Sequence[Passage],
    codings: Sequence[Coding],
    tokens: Mapping[int, Sequence[Token]],
) -> list[Place]:
    """Return the passages that carry policy, each with what stands for the poles of the codebook's relations.

    ``tokens`` are those of each such passage, by its number.
    """
    terms, decided = _from_codings(codebook, codings)
    coded = [p for p in passages if p.kind in CODED_KINDS and p.text.strip()]
    known = [terms.get((p.start, p.end), {}) for p in coded]
    said = [any(t.weight >= PLAIN for found in terms.values() for t in found) for terms in known]
    places = []
    for i, passage in enumerate(coded):
        span = (passage.start, passage.end)
        cut = tuple((a + passage.start, b + passage.start) for a, b in sentences(passage.text))
        # One of the two poles is to be a term of its code, here or next to here: the other is what is listened for.
        own = poles.find(passage, tokens[passage.number], known[i]) if any(said[max(i - 1, 0) : i + 2]) else {}
        places.append(Place(passage, cut, known[i], own, frozenset(decided.get(span, ()))))
    return places


def _from_codings(
    codebook: Codebook, codings: Sequence[Coding]
) -> tuple[dict[Span, dict[str, list[Term]]], dict[Span, set[str]]]:
    poles = {code for relation in codebook.relations for code in relation.codes}
    weights = {pole: _weights(codebook, pole) for pole in poles}
    terms: dict[Span, dict[str, list[Term]]] = defaultdict(dict)
    decided: dict[Span, set[str]] = defaultdict(set)
    for coding in codings:
        known = weights.get(coding.code)
        if known is None:
            continue
        span = (coding.start, coding.end)
        if "dictionary" in coding.methods:
            most = OVERRULED if _is_overruled(coding) else 1.0
            found = {
                Term(e.start, e.end, min(known[e.term], most), not _GAP.search(e.term))
                for e in coding.evidence
                if e.term in known
            }
            terms[span][coding.code] = sorted(found, key=lambda t: (t.start, t.end))
        if coding.level in DECIDED:
            decided[span].add(coding.code)
    return terms, decided


def _is_overruled(coding: Coding) -> bool:
    """Tell whether the terms give the code and the coder, having read all of the passage, does not."""
    return coding.level not in DECIDED and coding.methods["dictionary"] >= _GIVEN


class PoleTerms:
    """The codes' ``poles``, ready for searching: one search a passage for all of them."""

    def __init__(self, codebook: Codebook) -> None:
        used = {code for relation in codebook.relations for code in relation.codes}
        self._terms = [(code.id, text) for code in codebook.codes if code.id in used for text in code.poles]
        self._patterns = PatternSet([text for _, text in self._terms])

    def find(
        self, passage: Passage, tokens: Sequence[Token], known: Mapping[str, Sequence[Term]]
    ) -> dict[str, list[Term]]:
        """Return the terms in a passage per code, without those where the code's own say as much already."""
        found: dict[str, list[Term]] = defaultdict(list)
        taken: dict[str, set[int]] = {
            code: {at for t in terms if t.weight >= POLE for at in range(t.start, t.end)}
            for code, terms in known.items()
        }
        for match in self._patterns.find_in(passage.text, tokens):
            code, text = self._terms[match.index]
            term = Term(match.start + passage.start, match.end + passage.start, POLE, not _GAP.search(text))
            held = taken.setdefault(code, set())
            if held.isdisjoint(range(term.start, term.end)):
                found[code].append(term)
                held.update(range(term.start, term.end))
        return found


def _weights(codebook: Codebook, pole: str) -> dict[str, float]:
    family = [code for code in codebook.codes if code.id == pole or code.id.startswith(f"{pole}.")]
    return {p.text: p.weight for code in family for p in code.patterns}


def stretches_of(places: Sequence[Place]) -> Iterator[Stretch]:
    """Yield each place with what stands just before it in its section."""
    for i, place in enumerate(places):
        earlier = places[i - 1] if i else None
        if earlier and earlier.sentences and earlier.passage.heading_path == place.passage.heading_path:
            yield Stretch((earlier, place), (earlier.sentences[-1], *place.sentences), 1)
        else:
            yield Stretch((place,), place.sentences, 0)


def pair_of(text: str, lefts: Sequence[Term], rights: Sequence[Term], found: Opposition) -> tuple[Term, Term] | None:
    """Return a term of either pole in the stretches an opposition asks for, or ``None`` where they say too little."""
    one = standing(lefts, rights, found.first, found.marker)
    other = standing(rights, lefts, found.second, found.marker)
    said, answered = weight_of(one), weight_of(other)
    if min(said, answered) < found.least and (found.total or said + answered < HINTED):
        return None
    if said < found.least:
        one = _hinted(text, one, found, found.first)
    if answered < found.least:
        other = _hinted(text, other, found, found.second)
    return apart(one, other) if said + answered >= found.total else None


def _hinted(text: str, terms: Sequence[Term], found: Opposition, zone: Span) -> list[Term]:
    """Return the hints that name a thing in a stretch of a few words: 'een budget', not 'kunnen'."""
    words = len(text[slice(*zone)].split())
    if words > FEW_WORDS:
        return []
    if words <= BARE and found.grade == 4:
        return list(terms)
    return [t for t in terms if _DETERMINER.search(text, zone[0], t.start) and t.end - t.start >= NOUN]


def standing(terms: Sequence[Term], opposite: Sequence[Term], zone: Span, marker: Span) -> list[Term]:
    """Return the terms in the zone near the marker, the weightiest first.

    A term inside a longer one of the other pole is that pole's word: 'eigen kracht' in 'niet op eigen kracht'.
    """
    here = [
        t
        for t in terms
        if zone[0] <= t.start
        and t.end <= zone[1]
        and _gap(t, marker) <= REACH
        and not any(
            o.whole and o.start <= t.start and t.end <= o.end and o.end - o.start > t.end - t.start for o in opposite
        )
    ]
    return sorted(here, key=lambda t: -t.weight)


def weight_of(terms: Sequence[Term]) -> float:
    """Return what terms say together (noisy or)."""
    return round(1 - prod(1 - term.weight for term in terms), 6)


def _gap(term: Term, marker: Span) -> int:
    return max(marker[0] - term.end, term.start - marker[1], 0)


def apart(one: Sequence[Term], other: Sequence[Term]) -> tuple[Term, Term] | None:
    """Return the first two terms that share no words."""
    return next(((a, b) for a in one for b in other if a.end <= b.start or b.end <= a.start), None)
