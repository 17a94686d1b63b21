"""Find where principles meet in one document's text: tensions, preconditions and ambiguous phrases, as graded flags."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codebook.model import Codebook, Relation
from coding.addressing import addressed
from coding.language import sentences
from coding.markers import Opposition, Span, oppositions
from coding.model import Coding, Flag, Quote
from coding.patterns import PatternSet
from corpus.model import CODED_KINDS, Passage, TextVersion

STANDS_FROM = 0.35
"""What the terms of a pole must say together for it to stand in a clause: one weak term or more."""
REACH = 200
"""Characters between a marker and the terms of a pole: further off it is about something else."""
DECIDED = frozenset({"zeker", "waarschijnlijk"})


@dataclass(frozen=True, slots=True)
class _Term:
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class _Place:
    """A passage with its sentences and, per code, the codebook's terms in it (offsets in the version's text)."""

    passage: Passage
    sentences: tuple[Span, ...]
    terms: Mapping[str, Sequence[_Term]]
    decided: frozenset[str]


def find_flags(
    codebook: Codebook,
    document_id: str,
    version: TextVersion,
    passages: Sequence[Passage],
    codings: Sequence[Coding],
) -> list[Flag]:
    """Return the flags of one document, in the order of the text, at most one a relation and pair of sentences."""
    places = _places(codebook, passages, codings)
    finder = _Finder(document_id, version)
    flags: list[Flag] = []
    for relation in codebook.relations:
        if relation.kind == "tension" and len(relation.codes) == 2:
            firm = [flag for place in places for flag in finder.opposed(relation, place)]
            flags += firm + list(finder.side_by_side(relation, places, firm))
    flags += _ambiguous(codebook, finder, passages)
    return sorted(flags, key=lambda f: (f.left.start, f.right.start, f.relation))


class _Finder:
    def __init__(self, document_id: str, version: TextVersion) -> None:
        self._document_id = document_id
        self._version = version

    def quote(self, passage: Passage, span: Span) -> Quote:
        """Return the stretch as a quote with the page it begins on."""
        start, end = span
        text = self._version.text[start:end]
        return Quote(
            self._document_id, self._version.id, start, end, text, passage.page_at(start), passage.heading_path
        )

    def opposed(self, relation: Relation, place: _Place) -> list[Flag]:
        """Return flags of grade 4 and 3: the firmest one for each sentence."""
        if not all(code in place.terms for code in relation.codes):
            return []
        text = self._version.text
        best: dict[Span, Flag] = {}
        for i, here in enumerate(place.sentences):
            before = place.sentences[i - 1] if i else None
            after = place.sentences[i + 1] if i + 1 < len(place.sentences) else None
            for opposition in oppositions(text, before, here, after):
                flag = self._flag(relation, place, opposition)
                if flag and (here not in best or flag.grade > best[here].grade):
                    best[here] = flag
        return list(best.values())

    def _flag(self, relation: Relation, place: _Place, opposition: Opposition) -> Flag | None:
        one, other = relation.codes
        for left, right in ((one, other), (other, one)):
            pair = _pair(place, left, right, opposition)
            if pair:
                return self._meet(relation, place, pair, opposition, (left, right))
        return None

    def _meet(
        self, relation: Relation, place: _Place, pair: tuple[_Term, _Term], found: Opposition, codes: tuple[str, str]
    ) -> Flag:
        text = self._version.text
        left, right = (_sentence(place, term) for term in pair)
        around = (min(left[0], right[0]), max(left[1], right[1]))
        return Flag(
            relation=relation.id,
            grade=found.grade,
            scope="sentence" if left == right else "passage",
            left=self.quote(place.passage, left),
            right=self.quote(place.passage, right),
            codes=codes,
            marker=text[slice(*found.marker)],
            rule=found.rule,
            address=addressed(text[slice(*around)]),
        )

    def side_by_side(self, relation: Relation, places: Sequence[_Place], firm: Sequence[Flag]) -> Iterator[Flag]:
        """Yield flags of grade 2: one a section in which both are decided and no firmer flag stands."""
        done = {flag.left.heading_path for flag in firm}
        one, other = relation.codes
        for left, right in _neighbours(places, one, other):
            section = left.passage.heading_path
            if section in done:
                continue
            pair = _apart(left.terms[one], right.terms[other])
            if pair:
                done.add(section)
                quotes = [self.quote(p.passage, _sentence(p, t)) for p, t in zip((left, right), pair, strict=True)]
                scope = "passage" if left is right else "section"
                address = addressed(quotes[0].text + " " + quotes[1].text)
                yield Flag(relation.id, 2, scope, quotes[0], quotes[1], (one, other), "", "naast elkaar", address)


NEAR = 3
"""Passages in between at most, for two claims of one section to stand side by side."""


def _neighbours(places: Sequence[_Place], one: str, other: str) -> Iterator[tuple[_Place, _Place]]:
    by_section: dict[tuple[str, ...], list[_Place]] = defaultdict(list)
    for place in places:
        by_section[place.passage.heading_path].append(place)
    for section in by_section.values():
        lefts = [p for p in section if one in p.decided and one in p.terms]
        rights = [p for p in section if other in p.decided and other in p.terms]
        pairs = [(abs(a.passage.number - b.passage.number), a, b) for a in lefts for b in rights]
        for distance, left, right in sorted(pairs, key=lambda p: (p[0], p[1].passage.start)):
            if distance <= NEAR:
                yield left, right


def _places(codebook: Codebook, passages: Sequence[Passage], codings: Sequence[Coding]) -> list[_Place]:
    poles = {code for relation in codebook.relations for code in relation.codes}
    weights = {pole: _weights(codebook, pole) for pole in poles}
    terms: dict[Span, dict[str, list[_Term]]] = defaultdict(dict)
    decided: dict[Span, set[str]] = defaultdict(set)
    for coding in codings:
        if coding.code not in poles:
            continue
        known = weights[coding.code]
        found = {_Term(e.start, e.end, known[e.term]) for e in coding.evidence if e.term in known}
        if found and "dictionary" in coding.methods:
            terms[coding.start, coding.end][coding.code] = sorted(found, key=lambda t: (t.start, t.end))
        if coding.level in DECIDED:
            decided[coding.start, coding.end].add(coding.code)
    places = []
    for passage in passages:
        span = (passage.start, passage.end)
        if span in terms and passage.kind in CODED_KINDS:
            cut = tuple((a + passage.start, b + passage.start) for a, b in sentences(passage.text))
            places.append(_Place(passage, cut, terms[span], frozenset(decided[span])))
    return places


def _weights(codebook: Codebook, pole: str) -> dict[str, float]:
    family = [code for code in codebook.codes if code.id == pole or code.id.startswith(f"{pole}.")]
    return {p.text: p.weight for code in family for p in code.patterns}


def _pair(place: _Place, left: str, right: str, found: Opposition) -> tuple[_Term, _Term] | None:
    one = _standing(place.terms[left], found.first, found.marker)
    other = _standing(place.terms[right], found.second, found.marker)
    return _apart(one, other)


def _standing(terms: Sequence[_Term], zone: Span, marker: Span) -> list[_Term]:
    """Return the terms in the zone near the marker, if together they say enough, the weightiest first."""
    here = [t for t in terms if zone[0] <= t.start and t.end <= zone[1] and _gap(t, marker) <= REACH]
    rest = 1.0
    for term in here:
        rest *= 1 - term.weight
    return sorted(here, key=lambda t: -t.weight) if 1 - rest >= STANDS_FROM else []


def _gap(term: _Term, marker: Span) -> int:
    return max(marker[0] - term.end, term.start - marker[1], 0)


def _apart(one: Sequence[_Term], other: Sequence[_Term]) -> tuple[_Term, _Term] | None:
    return next(((a, b) for a in one for b in other if a.end <= b.start or b.end <= a.start), None)


def _sentence(place: _Place, term: _Term) -> Span:
    """Return the sentence the term begins in."""
    return next((s for s in reversed(place.sentences) if s[0] <= term.start), place.sentences[0])


def _ambiguous(codebook: Codebook, finder: _Finder, passages: Sequence[Passage]) -> Iterator[Flag]:
    """Yield one flag a passage and ambiguous phrase."""
    relations = [r for r in codebook.relations if r.kind == "ambiguity" and len(r.codes) >= 2]
    owners = [(relation, phrase) for relation in relations for phrase in relation.phrases]
    if not owners:
        return
    patterns = PatternSet([phrase for _, phrase in owners])
    for passage in passages:
        if passage.kind not in CODED_KINDS:
            continue
        seen: set[str] = set()
        for match in patterns.find(passage.text):
            relation = owners[match.index][0]
            if relation.id in seen:
                continue
            seen.add(relation.id)
            spans = [s for s in sentences(passage.text) if s[0] <= match.start]
            start, end = spans[-1] if spans else (0, len(passage.text))
            quote = finder.quote(passage, (passage.start + start, passage.start + end))
            codes = (relation.codes[0], relation.codes[1])
            marker = passage.text[match.start : match.end]
            yield Flag(relation.id, 2, "sentence", quote, quote, codes, marker, "meerduidige frase")
