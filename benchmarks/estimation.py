"""How often the 95 % intervals of `rodedraad sample` hold the truth, on coded passages of which the truth is known.

Run: ``python -m benchmarks.estimation GOLD.jsonl [ROUNDS]`` from the project folder (lines with ``id``, ``text``,
``themas``, ``municipality``). The reference is taken for the truth; the program is the dictionary, which
learned from no passage. Samples are drawn and worked out by the verb's own functions.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from codebook.reading import bundled
from coding.dictionary import KEPT_FROM, DictionaryCoder
from coding.estimation import Interval, estimate
from coding.evaluation import Predictions, predict
from coding.features import read_units
from coding.judging import Place
from coding.model import Coding, Decision, Unit
from coding.parts import shares_of_parts
from coding.sampling import Judged, cells_of, draw, strata_of
from coding.snapshot import Method, Snapshot
from coding.training import Example, read_examples
from corpus.model import Document, Passage, TextVersion

SIZES = (100, 200, 400)
ROUNDS = 200
GROUPS = ((0, 0), (1, 4), (5, 9), (10, 19), (20, 39), (40, 400))
"""Judged passages of a municipality, from and to."""


@dataclass(frozen=True, slots=True)
class World:
    """A study of which everything is known: per passage the themes it has, and per municipality its passages."""

    snapshot: Snapshot
    truth: Mapping[Place, frozenset[str]]
    parts: Mapping[str, frozenset[Place]]


@dataclass(frozen=True, slots=True)
class Trial:
    """One interval and what it was to hold; ``about`` says of what, ``judged`` how many judgements lay behind it."""

    about: tuple[str, ...]
    judged: int
    interval: Interval | None
    truth: float

    @property
    def holds(self) -> bool:
        """Whether the truth lies within (to rounding)."""
        return self.interval is not None and self.interval.low - 1e-9 <= self.truth <= self.interval.high + 1e-9


def world(predictions: Predictions) -> World:
    """Make one document a municipality, of its passages, coded as the program did."""
    rows: dict[str, list[int]] = defaultdict(list)
    for i, example in enumerate(predictions.examples):
        rows[example.group].append(i)
    texts = {name: _text(name, [predictions.examples[i] for i in own]) for name, own in rows.items()}
    codings: list[Coding] = []
    truth: dict[Place, frozenset[str]] = {}
    for name, own in rows.items():
        version, passages = texts[name]
        for passage, i in zip(passages, own, strict=True):
            codings += _codings(predictions, i, version.id, passage)
            truth[name, passage.number] = predictions.examples[i].codes
    snapshot = Snapshot(
        name="simulatie",
        codebook=bundled(),
        method=Method("rodedraad", "simulatie"),
        documents=tuple(Document(name, f"{name}.md") for name in rows),
        versions={name: version for name, (version, _) in texts.items()},
        passages={name: passages for name, (_, passages) in texts.items()},
        codings=tuple(codings),
    )
    parts = {name: frozenset((name, p.number) for p in passages) for name, (_, passages) in texts.items()}
    return World(snapshot, truth, parts)


def trials(known: World, size: int, rounds: int) -> Iterator[Trial]:
    """Yield per sample drawn the intervals of share and recall per theme, and of the share per municipality."""
    strata = strata_of(known.snapshot)
    verdicts = {place: _verdicts(known, place) for place in strata}
    numbers = {(d, p.start): p.number for d, ps in known.snapshot.passages.items() for p in ps}
    themes = [t.id for t in known.snapshot.codebook.themes]
    real = {theme: _real(known, theme) for theme in themes}
    for seed in range(rounds):
        drawn = frozenset(
            (s.document_id, numbers[s.document_id, s.start]) for s in draw(known.snapshot, size, seed=seed)
        )
        judged = Judged(known.snapshot, strata, drawn, {place: verdicts[place] for place in drawn})
        for theme in themes:
            cells = list(cells_of(judged, theme)[0].values())
            known_all = all(c.judged for c in cells)
            found = estimate(cells, seed=seed) if known_all else None
            share, recall, by_part = real[theme]
            count = sum(c.judged for c in cells)
            yield Trial(("share", theme), count, found.share if found else None, share)
            yield Trial(("recall", theme), count, found.recall if found else None, recall)
            shares = shares_of_parts(judged, theme, list(known.parts.values()), seed=seed)
            for j, (name, places) in enumerate(known.parts.items()):
                interval = shares.of(j) if shares else None
                yield Trial(("part", theme, name), len(places & drawn), interval, by_part[name])


def _text(name: str, examples: Sequence[Example]) -> tuple[TextVersion, tuple[Passage, ...]]:
    passages: list[Passage] = []
    at = 0
    for number, example in enumerate(examples):
        passages.append(Passage(number, "paragraph", (), at, at + len(example.text), example.text))
        at += len(example.text) + 2
    return TextVersion(name, "simulatie", "\n\n".join(e.text for e in examples)), tuple(passages)


def _codings(predictions: Predictions, i: int, version: str, passage: Passage) -> Iterator[Coding]:
    for j, theme in enumerate(predictions.themes):
        score = float(predictions.scores[i, j])
        if score >= KEPT_FROM:
            level = "waarschijnlijk" if predictions.decided[i, j] else "twijfel"
            yield Coding(version, passage.start, passage.end, theme, "simulatie", score, level, {}, ())


def _verdicts(known: World, place: Place) -> tuple[Decision, ...]:
    """Return what one coder who is always right says of a passage: its themes, and nothing else."""
    passage = known.snapshot.passages[place[0]][place[1]]
    version = known.snapshot.versions[place[0]].id
    time = datetime(2026, 1, 1, tzinfo=UTC)

    def said(code: str, verdict: str) -> Decision:
        span = (passage.start, passage.end)
        return Decision("", time, "an", place[0], version, *span, code, verdict, "", "", "", None, "")  # type: ignore[arg-type]  # a verdict

    return (*(said(theme, "accept") for theme in sorted(known.truth[place])), said("", "read"))


def _real(known: World, theme: str) -> tuple[float, float, dict[str, float]]:
    """Return the share that has a theme, the program's recall, and the share per municipality."""
    has = {place for place, themes in known.truth.items() if theme in themes}
    coded = {(c.version, c.start) for c in known.snapshot.codings if c.code == theme and c.level != "twijfel"}
    found = {
        (name, n)
        for name, n in has
        if (known.snapshot.versions[name].id, known.snapshot.passages[name][n].start) in coded
    }
    by_part = {name: len(has & places) / len(places) for name, places in known.parts.items()}
    return len(has) / len(known.truth), len(found) / len(has), by_part


def told(name: str, some: Sequence[Trial]) -> None:
    """Print how often the intervals of some trials held, their median margin, and how often there was none."""
    given = [t for t in some if t.interval is not None]
    if not given:
        return
    held = np.mean([t.holds for t in given])
    margin = np.median([t.interval.margin for t in given if t.interval])
    print(f"  {name:44}{held:7.1%}  ±{100 * margin:4.1f}  none in {1 - len(given) / len(some):5.1%}  of {len(some)}")


def main() -> None:
    """Print per program and size of sample how often the intervals hold the truth."""
    examples = read_examples(Path(sys.argv[1]))
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    readings = read_units(DictionaryCoder(bundled()), [Unit(e.text) for e in examples])
    known = world(predict(None, bundled(), examples, readings))
    for size in SIZES:
        found = list(trials(known, size, rounds))
        print(f"{size} of {len(examples)} judged, {rounds} samples")
        for what in ("share", "recall"):
            told(f"{what}, all themes", [t for t in found if t.about[0] == what])
            for theme in known.snapshot.codebook.themes:
                told(f"{what}, {theme.id}", [t for t in found if t.about == (what, theme.id)])
        told("share of a municipality, all", [t for t in found if t.about[0] == "part"])
        for low, high in GROUPS:
            some = [t for t in found if t.about[0] == "part" and low <= t.judged <= high]
            told(f"share of a municipality, {low}-{high} judged", some)


if __name__ == "__main__":
    main()
