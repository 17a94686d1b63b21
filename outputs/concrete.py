"""The most concrete and the most abstract quote of each theme, and the passages that go from value to norm to act."""

from collections.abc import Iterable
from dataclasses import dataclass

from codebook.model import Code
from coding.claims import claims
from coding.concreteness import MEANS, concreteness
from coding.ladder import find_ladder
from coding.language import sentences
from outputs.evidence import CODED, FEWEST, MOST, PLAIN, Weights, term_spans, term_weights
from outputs.quotes import Shown, quotable, quoted
from outputs.records import Record, Study
from outputs.wording import municipality_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote with the municipality it is from."""

    municipality: str
    quote: Shown


@dataclass(frozen=True, slots=True)
class Extremes:
    """One theme's most concrete and most abstract quote; ``None`` where no passage can stand for it."""

    theme: Code
    concrete: Placed | None
    abstract: Placed | None


@dataclass(frozen=True, slots=True)
class Climb:
    """A passage that goes from value to norm to act, with the themes it has."""

    themes: tuple[Code, ...]
    municipality: str
    quote: Shown


def extremes(study: Study) -> tuple[Extremes, ...]:
    """Return per theme the quote with the most and the one with the least that is concrete (`concreteness`).

    Accepted passages go before suggested ones, those with one of the theme's own words before others; then decide the
    kinds of means and the points. A passage that is to stand for the abstract must want or hold something. No passage
    stands for two themes while there is another.
    """
    weights = term_weights(study.snapshot.codebook)
    records = [r for r in quotable(study) if _can_stand(r)]
    used: set[str] = set()
    result = []
    for theme in study.snapshot.codebook.themes:
        own = [r for r in records if r.theme.id == theme.id]
        concrete = [r for r in own if concreteness(r.place.passage.text).kind != "wat"]
        abstract = [r for r in own if concreteness(r.place.passage.text).kind == "wat" and _claims(r)]
        result.append(Extremes(theme, _first(concrete, weights, used, -1), _first(abstract, weights, used, 1)))
    return tuple(result)


def climbs(study: Study) -> tuple[Climb, ...]:
    """Return the passages that go from value to norm to act, the three marked, in the order of the study."""
    by_place: dict[tuple[str, int], list[Record]] = {}
    main = {theme.id for theme in study.snapshot.codebook.themes}
    for record in quotable(study):
        if record.theme.id in main:
            by_place.setdefault((record.place.document.id, record.place.passage.number), []).append(record)
    result = []
    for records in by_place.values():
        ladder = find_ladder(records[0].place.passage.text)
        if ladder is not None:
            spans = (ladder.value, ladder.norm, ladder.act)
            themes = tuple(r.theme for r in records)
            result.append(Climb(themes, municipality_of(records[0].place.document), quoted(records[0], spans)))
    return tuple(result)


def _can_stand(record: Record) -> bool:
    passage = record.place.passage
    return FEWEST <= record.place.words <= MOST and passage.kind != "table" and passage.text.rstrip()[-1] in ".!?”’\"'"


def _claims(record: Record) -> bool:
    text = record.place.passage.text
    return text[:1].isupper() and any(claims(text, span) for span in sentences(text))


def _first(records: Iterable[Record], weights: Weights, used: set[str], sign: int) -> Placed | None:
    """Return the least concrete one, or with ``sign`` -1 the most; its text is ``used`` from then on."""

    def order(record: Record) -> tuple[bool, bool, bool, bool, float, float, float]:
        found = concreteness(record.place.passage.text)
        return (
            record.status != "accepted",
            record.place.passage.text in used,
            not term_spans(record, weights, PLAIN),
            record.level not in ("zeker", None),
            sign * len(found.means),
            sign * found.points,
            -(record.score or 0),
        )

    best = min(records, key=order, default=None)
    if best is None:
        return None
    used.add(best.place.passage.text)
    spans = _means(best.place.passage.text) if sign < 0 else term_spans(best, weights, CODED)
    return Placed(municipality_of(best.place.document), quoted(best, spans))


def _means(text: str) -> list[tuple[int, int]]:
    """Return where the means are named."""
    named = frozenset().union(*MEANS.values())
    return [(cue.start, cue.end) for cue in concreteness(text).cues if cue.term in named]
