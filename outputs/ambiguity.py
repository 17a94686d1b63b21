"""The same words, and what they go with in each municipality: phrases that leave open what they mean."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codebook.model import Code, Relation
from coding.concreteness import concreteness
from coding.model import Evidence
from coding.phrases import Text, mine_phrases
from outputs.evidence import CODED, Span, Weights, term_spans, term_weights
from outputs.quotes import READABLE, Shown, show_place
from outputs.records import Place, Record, Study
from outputs.tensions import ordered_flags
from outputs.wording import UNKNOWN_MUNICIPALITY, homes_of

MOST_MINED = 8
"""Phrases found in the texts that are shown; those of the codebook are all shown."""
LEAST_HOMES = 3
"""Municipalities in which a mined phrase must stand (two where the study has no more than three)."""
THEMES, CUES = 3, 4
"""Themes and words of concretisation shown of a municipality."""
_OPEN = frozenset({"wens", "eigennaam", "voorbeeld", "meer of minder"})
"""Cues that by themselves make nothing concrete."""
Key = tuple[str, int]
"""Document id and passage number."""


@dataclass(frozen=True, slots=True)
class Use:
    """How one municipality uses a phrase, in passages. ``themes`` are those the passages have by other words."""

    municipality: str
    passages: int
    themes: tuple[tuple[Code, int], ...]
    what: int
    how: int
    cues: tuple[str, ...]
    """Words of means and norms beside the phrase, the commonest first."""
    quote: Shown

    @property
    def leading(self) -> Code | None:
        """The theme that most of the passages have, at least two; ``None`` where no theme, or more than one, leads."""
        first = [code for code, count in self.themes if count == self.themes[0][1]]
        return first[0] if len(first) == 1 and self.themes[0][1] > 1 else None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A phrase that several readings fit. ``relation`` is the codebook's; a mined phrase has a ``z`` instead."""

    phrase: str
    relation: Relation | None
    z: float | None
    passages: int
    uses: tuple[Use, ...]

    @property
    def differs(self) -> bool:
        """Another theme leads in one municipality than in another."""
        leading = {use.leading.id for use in self.uses if use.leading}
        return len(leading) > 1


def ambiguous(study: Study) -> tuple[Ambiguous, ...]:
    """Return the codebook's ambiguous phrases that occur, then those mined: each by municipality.

    Passages of included documents, repeats once. A mined phrase stands twice or more in two municipalities at least:
    else there is nothing to lay side by side.
    """
    coded = _coded(study)
    weights = term_weights(study.snapshot.codebook)
    found = [_ambiguous(name, relation, None, places, coded, weights) for name, relation, places in _of_codebook(study)]
    mined = [
        _ambiguous(f"‘{name}’", None, z, places, coded, weights) for name, z, places in _mined(study, frozenset(coded))
    ]
    ordered = sorted(found, key=lambda a: (-len(a.uses), -a.passages, a.phrase))
    telling = [m for m in mined if sum(use.passages > 1 for use in m.uses) > 1]
    return (*ordered, *telling[:MOST_MINED])


def _coded(study: Study) -> dict[Key, list[Record]]:
    """Return per passage that counts the themes it has."""
    main = {theme.id for theme in study.snapshot.codebook.themes}
    found: dict[Key, list[Record]] = {}
    for record in study.records:
        if record.is_coded and record.theme.id in main and record.place.document.included:
            found.setdefault(_key(record.place), []).append(record)
    return found


def _of_codebook(study: Study) -> list[tuple[str, Relation, list[tuple[Place, Span]]]]:
    relations = {r.id: r for r in study.snapshot.codebook.relations if r.kind == "ambiguity"}
    starts = {(p.document.id, p.passage.start, p.passage.end): p for p in study.places}
    found: dict[str, list[tuple[Place, Span]]] = {}
    wordings: dict[str, Counter[str]] = {}
    for flag in ordered_flags(study.snapshot):
        if flag.relation not in relations:
            continue
        quote = flag.left
        place = next((p for (d, a, b), p in starts.items() if d == quote.document_id and a <= quote.start < b), None)
        at = " ".join(quote.text.split()).lower().find(flag.marker.lower())
        if place is None or at < 0 or _key(place) in study.repeats:
            continue
        start = quote.start - place.passage.start
        span = _found_in(place.passage.text, flag.marker, start)
        found.setdefault(flag.relation, []).append((place, span))
        wordings.setdefault(flag.relation, Counter())[flag.marker.lower()] += 1
    return [
        (" / ".join(f"‘{word}’" for word, _n in wordings[i].most_common(2)), relation, found[i])
        for i, relation in relations.items()
        if i in found
    ]


def _found_in(text: str, phrase: str, start: int) -> Span:
    """Return where the phrase stands, also where a line ends within it."""
    match = re.compile(r"\s+".join(map(re.escape, phrase.split())), re.IGNORECASE).search(text, start)
    return match.span() if match else (start, start)


def _mined(study: Study, coded: frozenset[Key]) -> list[tuple[str, float, list[tuple[Place, Span]]]]:
    places = [p for p in study.places if p.document.included and p.document.municipalities]
    homes = {home for place in places for home in homes_of(place.document)}
    codebook = study.snapshot.codebook
    phrases = mine_phrases(
        [Text(p.passage.text, homes_of(p.document), p.cluster, _key(p) in coded) for p in places],
        least_homes=2 if len(homes) <= LEAST_HOMES else LEAST_HOMES,
        closed=(
            *codebook.exclusions,
            *(phrase for r in codebook.relations if r.kind == "ambiguity" for phrase in r.phrases),
        ),
    )
    return [(p.wording, p.z, [(places[i], span) for i, span in p.places]) for p in phrases]


def _ambiguous(
    phrase: str,
    relation: Relation | None,
    z: float | None,
    places: Sequence[tuple[Place, Span]],
    coded: Mapping[Key, Sequence[Record]],
    weights: Weights,
) -> Ambiguous:
    homes: dict[str, list[tuple[Place, Span]]] = {}
    for place, span in places:
        for home in homes_of(place.document):
            homes.setdefault(home, []).append((place, span))
    uses = [_use(home, own, coded, weights) for home, own in sorted(homes.items()) if home != UNKNOWN_MUNICIPALITY]
    return Ambiguous(phrase, relation, z, len(places), tuple(sorted(uses, key=lambda u: (-u.passages, u.municipality))))


def _use(
    home: str, places: Sequence[tuple[Place, Span]], coded: Mapping[Key, Sequence[Record]], weights: Weights
) -> Use:
    themes: Counter[str] = Counter()
    codes: dict[str, Code] = {}
    cues: Counter[str] = Counter()
    how = 0
    for place, span in places:
        for record in coded.get(_key(place), ()):
            if not _only_by(record, span, weights):
                themes[record.theme.id] += 1
                codes[record.theme.id] = record.theme
        found = concreteness(place.passage.text)
        how += found.kind != "wat"
        cues.update({place.passage.text[c.start : c.end].lower() for c in found.cues if _is_concrete(c, span)})
    best = max(places, key=lambda p: (p[0].words >= READABLE, len(coded.get(_key(p[0]), ())), -abs(p[0].words - 40)))
    return Use(
        municipality=home,
        passages=len(places),
        themes=tuple((codes[i], count) for i, count in themes.most_common(THEMES)),
        what=len(places) - how,
        how=how,
        cues=tuple(" ".join(word.split()) for word, _count in _ordered(cues)[:CUES]),
        quote=show_place(best[0], [best[1]]),
    )


def _is_concrete(cue: Evidence, span: Span) -> bool:
    return cue.term not in _OPEN and not (cue.start < span[1] and span[0] < cue.end)


def _ordered(cues: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((word, n) for word, n in cues.items() if len(word) <= 40), key=lambda pair: (-pair[1], pair[0]))


def _only_by(record: Record, span: Span, weights: Weights) -> bool:
    """The passage has the theme by the phrase itself: that says nothing of how the phrase is read."""
    spans = term_spans(record, weights, CODED)
    by_phrase = [s for s in spans if s[0] < span[1] and span[0] < s[1]]
    return bool(by_phrase) and len(by_phrase) == len(spans)


def _key(place: Place) -> Key:
    return place.document.id, place.passage.number


def differing(phrases: Iterable[Ambiguous]) -> Ambiguous | None:
    """Return the first phrase that goes with other themes in one municipality than in another."""
    return next((p for p in phrases if p.differs), None)
