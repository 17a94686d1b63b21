"""Find where principles meet in one document's text: tensions, preconditions and ambiguous phrases, as graded flags."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from codebook.model import Codebook, Relation
from coding.addressing import addressed
from coding.claims import FIRM, HALF, PLAIN, Opposition, agrees, claims, prescribes, refers_back
from coding.clauses import Span, split_clauses
from coding.language import Token, sentences, tokenize
from coding.markers import oppositions
from coding.model import Coding, Flag, Quote
from coding.needing import needs
from coding.patterns import PatternSet
from coding.poles import (
    Place,
    PoleTerms,
    Stretch,
    Term,
    apart,
    pair_of,
    read_places,
    standing,
    stretches_of,
    weight_of,
)
from corpus.model import CODED_KINDS, Passage, TextVersion

LONGEST = 1500
"""Characters of a sentence at most: what is longer is a table or columns run together."""
NEAR = 3
"""Passages on at most, for two claims of one section to stand side by side."""


class Sought:
    """What is sought for a codebook's relations, made ready once for every document."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.poles = PoleTerms(codebook)
        self.relations = [r for r in codebook.relations if r.kind != "ambiguity" and len(r.codes) >= 2]
        self.markers = {r.id: PatternSet(r.markers) for r in self.relations}
        ambiguous = [r for r in codebook.relations if r.kind == "ambiguity" and len(r.codes) >= 2]
        self.owners = [relation for relation in ambiguous for _ in relation.phrases]
        """The relation of each of the phrases."""
        self.phrases = PatternSet([phrase for relation in ambiguous for phrase in relation.phrases])


def find_flags(
    sought: Sought,
    document_id: str,
    version: TextVersion,
    passages: Sequence[Passage],
    codings: Sequence[Coding],
) -> list[Flag]:
    """Return the flags of one document in the order of its text.

    Grades 4 and 3: at most one a relation and sentence; grade 2: at most one a relation and section, where none is
    firmer. Where one pole limits the other, the limited one is ``codes[0]`` and ``left``.
    """
    finder = _Finder(document_id, version)
    tokens = {p.number: tokenize(p.text) for p in passages if p.kind in CODED_KINDS}
    places = read_places(sought.codebook, sought.poles, passages, codings, tokens)
    stretches = list(stretches_of(places))
    firm = _best_supported(
        [f for relation in sought.relations for f in finder.firm(relation, sought.markers[relation.id], stretches)]
    )
    flags = list(firm)
    for relation in sought.relations:
        if relation.kind == "tension":
            flags += finder.side_by_side(relation, places, [f for f in firm if f.relation == relation.id])
    flags += finder.ambiguous(sought, passages, tokens)
    return sorted(flags, key=lambda f: (f.left.start, f.right.start, f.relation))


@dataclass(frozen=True, slots=True)
class _Found:
    """A flag with what it stands on: its marker's place, and how much the weaker of its poles says."""

    flag: Flag
    marker: Span
    support: float


def _best_supported(found: Sequence[_Found]) -> list[Flag]:
    """Leave out a flag on a weak term where the same marker opposes the same pole to something said plainly."""
    plain = [f for f in found if f.support >= HALF]
    return [
        f.flag
        for f in found
        if f.support >= HALF
        or not any(p.marker == f.marker and set(p.flag.codes) & set(f.flag.codes) for p in plain if p is not f)
    ]


class _Finder:
    def __init__(self, document_id: str, version: TextVersion) -> None:
        self._document_id = document_id
        self._version = version
        self._text = re.sub(r"\s", " ", version.text)
        """The text as markers are sought in it: a line end counts as a space, offsets stay."""
        self._oppositions: dict[tuple[Span | None, Span, Span | None], list[Opposition]] = {}
        self._needs: dict[tuple[Span | None, Span], list[Opposition]] = {}
        self._tokens: dict[Span, list[Token]] = {}

    def firm(self, relation: Relation, markers: PatternSet, stretches: Iterable[Stretch]) -> list[_Found]:
        """Return flags of grade 4 and 3: the firmest one for each sentence."""
        best: dict[Span, _Found] = {}
        for stretch in stretches:
            opposed = relation.kind == "tension"
            one, other = (stretch.terms(code, opposed=opposed) for code in relation.codes[:2])
            terms = (one, other)
            if not all(terms):
                continue
            for found in self._meetings(relation, stretch, terms, markers):
                new = self._flag(relation, stretch, terms, found)
                if new:
                    place = max(new.flag.left, new.flag.right, key=lambda quote: quote.start)
                    here = (place.start, place.end)
                    if here not in best or new.flag.grade > best[here].flag.grade:
                        best[here] = new
        return list(best.values())

    def _meetings(
        self, relation: Relation, stretch: Stretch, terms: tuple[list[Term], list[Term]], markers: PatternSet
    ) -> Iterator[Opposition]:
        text, cut = self._text, stretch.sentences
        touched = {bisect_right(cut, (t.start, 1 << 60)) - 1 for t in chain(*terms)}
        for i in range(stretch.first, len(cut)):
            if not touched & {i - 1, i, i + 1} or cut[i][1] - cut[i][0] > LONGEST:
                continue
            before, here, after = cut[i - 1] if i else None, cut[i], cut[i + 1] if i + 1 < len(cut) else None
            if relation.kind == "precondition":
                if (before, here) not in self._needs:
                    self._needs[before, here] = list(needs(text, before, here))
                yield from self._needs[before, here]
                continue
            if (before, here, after) not in self._oppositions:
                self._oppositions[before, here, after] = list(oppositions(text, before, here, after))
            yield from self._oppositions[before, here, after]
            if relation.markers:
                if here not in self._tokens:
                    self._tokens[here] = tokenize(text[slice(*here)])
                matches = markers.find_in(text[slice(*here)], self._tokens[here])
                spans = [(here[0] + m.start, here[0] + m.end) for m in matches]
                yield from _own_markers(text, spans, before, here, terms)

    def _flag(
        self, relation: Relation, stretch: Stretch, terms: tuple[list[Term], list[Term]], found: Opposition
    ) -> _Found | None:
        text, codes = self._text, (relation.codes[0], relation.codes[1])
        pair = pair_of(text, terms[0], terms[1], found)
        turned = None
        if relation.kind != "precondition":
            turned = pair_of(text, terms[1], terms[0], found)
        elif weight_of(standing(terms[1], terms[0], found.first, found.marker)) >= PLAIN:
            return None  # what is needed and what needs it are named side by side
        if pair and turned and found.first != found.second:
            return None  # both poles on both sides: nothing is set against anything
        if turned and not pair:
            pair = turned if found.order == "limited first" else (turned[1], turned[0])
            codes = (codes[1], codes[0]) if found.order == "limited first" else codes
        if not pair:
            return None
        left, right = (stretch.sentence(term.start) for term in pair)
        after = stretch.sentences[stretch.sentences.index(max(left, right)) + 1 :][:1]
        following = text[slice(*after[0])] if after else ""
        flag = Flag(
            relation=relation.id,
            grade=found.grade,
            scope="sentence" if left == right else "passage",
            left=self.quote(stretch.passage(pair[0].start), left),
            right=self.quote(stretch.passage(pair[1].start), right),
            codes=codes,
            marker=" ".join(text[slice(*found.marker)].split()),
            rule=found.rule,
            address=addressed(text[min(left, right)[0] : max(left, right)[1]], following),
        )
        return _Found(flag, found.marker, min(term.weight for term in pair))

    def side_by_side(self, relation: Relation, places: Sequence[Place], firm: Sequence[Flag]) -> Iterator[Flag]:
        """Yield flags of grade 2: one a section in which both are decided and claimed, and no firmer flag stands."""
        done = {quote.heading_path for flag in firm for quote in (flag.left, flag.right)}
        one, other = relation.codes[0], relation.codes[1]
        for left, right in _neighbours(places, one, other):
            if left.passage.heading_path in done:
                continue
            pair = apart(self._claimed(left, one), self._claimed(right, other))
            if pair and pair[0].weight + pair[1].weight >= FIRM:
                spans = [_sentence(place, term) for place, term in zip((left, right), pair, strict=True)]
                if spans[0] == spans[1] and agrees(self._text, spans[0]):
                    continue
                done.add(left.passage.heading_path)
                quotes = [self.quote(p.passage, span) for p, span in zip((left, right), spans, strict=True)]
                yield Flag(
                    relation=relation.id,
                    grade=2,
                    scope="passage" if left is right else "section",
                    left=quotes[0],
                    right=quotes[1],
                    codes=(one, other),
                    rule="naast elkaar",
                    address=addressed(" ".join(quote.text for quote in quotes)),
                )

    def _claimed(self, place: Place, code: str) -> list[Term]:
        """Return a code's terms in the passage's sentences that claim something, the weightiest first."""
        spans = [s for s in place.sentences if prescribes(self._text, s)]
        terms = [t for t in place.terms[code] if t.weight >= PLAIN and any(a <= t.start < b for a, b in spans)]
        return sorted(terms, key=lambda t: -t.weight)

    def ambiguous(
        self, sought: Sought, passages: Sequence[Passage], tokens: Mapping[int, Sequence[Token]]
    ) -> Iterator[Flag]:
        """Yield one flag a passage and ambiguous phrase; both its quotes are the sentence with the phrase."""
        for passage in passages:
            if passage.kind not in CODED_KINDS:
                continue
            seen: set[str] = set()
            for match in sought.phrases.find_in(passage.text, tokens[passage.number]):
                relation = sought.owners[match.index]
                if relation.id not in seen:
                    seen.add(relation.id)
                    start, end = next(s for s in reversed(sentences(passage.text)) if s[0] <= match.start)
                    quote = self.quote(passage, (passage.start + start, passage.start + end))
                    codes = (relation.codes[0], relation.codes[1])
                    phrase = " ".join(passage.text[match.start : match.end].split())
                    yield Flag(relation.id, 2, "sentence", quote, quote, codes, phrase, "meerduidige frase")

    def quote(self, passage: Passage, span: Span) -> Quote:
        """Return the stretch as a quote with the page it begins on."""
        start, end = span
        text = self._version.text[start:end]
        page = passage.page_at(start)
        return Quote(self._document_id, self._version.id, start, end, text, page, passage.heading_path)


def _own_markers(
    text: str, markers: Sequence[Span], before: Span | None, here: Span, terms: tuple[list[Term], list[Term]]
) -> Iterator[Opposition]:
    """Yield what the relation's own markers oppose, in different clauses; a marker that is a pole's term is none."""
    for start, end in markers:
        if any(t.start < end and start < t.end for t in chain(*terms)):
            continue
        clauses = split_clauses(text, *here)
        at = max((a for a, _ in clauses if a <= start), default=here[0])
        marker = (start, end)
        if at > here[0]:
            yield Opposition(3, "eigen marker", marker, (here[0], at), (at, here[1]), "limited first")
            continue
        if len(clauses) > 1:
            stop = clauses[0][1]
            yield Opposition(3, "eigen marker", marker, (here[0], stop), (stop, here[1]), "limited first")
        opens = not re.search(r"\w", text[here[0] : start]) and claims(text, here)
        if before and claims(text, before) and (opens or refers_back(text, here)):
            yield Opposition(3, "eigen marker", marker, before, here, "limited first", total=FIRM)


def _neighbours(places: Sequence[Place], one: str, other: str) -> Iterator[tuple[Place, Place]]:
    by_section: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in places:
        by_section[place.passage.heading_path].append(place)
    for section in by_section.values():
        lefts = [p for p in section if one in p.decided and one in p.terms]
        rights = {p.passage.number: p for p in section if other in p.decided and other in p.terms}
        for distance in range(NEAR + 1):
            for left in lefts:
                for number in dict.fromkeys((left.passage.number + distance, left.passage.number - distance)):
                    if number in rights:
                        yield left, rights[number]


def _sentence(place: Place, term: Term) -> Span:
    return next((s for s in reversed(place.sentences) if s[0] <= term.start), place.sentences[0])
