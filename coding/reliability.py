"""Who coded what: a study's decisions as the tables and readings from which agreement is computed."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from coding.agreement import Agreement, measure
from coding.judging import by_passage, judgements
from coding.language import sentences
from coding.model import Coding, Decision
from coding.snapshot import Snapshot
from coding.unitizing import GAP, Segment, Unitizing, unitizing_alpha
from corpus.model import Passage

UnitKind = Literal["sentence", "passage", "document", "municipality"]
PROGRAM = "programma"


@dataclass(frozen=True, slots=True)
class Who:
    """Whose codings are compared, and which of them."""

    coders: tuple[str, ...] = ()
    """Only these people; empty for everybody."""
    program: bool = False
    """The program as one more coder, on the passages that people judged."""
    anchored: bool = False
    """Also what was decided with a suggestion perhaps in view, which makes agreement look better than it is."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Agreement per theme over the units that two or more of ``coders`` judged."""

    unit: UnitKind
    coders: tuple[str, ...]
    blind: bool
    """Whether all of it was coded blind."""
    passages: int
    """Passages that two or more coders judged for some theme."""
    days: tuple[str, str]
    """The days (``2026-11-24``) of the first and the last coding; empty when there are none."""
    themes: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Spans:
    """Agreement on where codes begin and end, where coders coded fragments of their own choice."""

    themes: tuple[tuple[str, Unitizing], ...]
    """Per theme, of itself and what is not it."""
    together: Unitizing
    """Over all themes, a stretch's value being the set of its themes."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A passage that people judged."""

    document: str
    passage: Passage
    decisions: tuple[Decision, ...]
    codings: tuple[Coding, ...]


def reliability(snapshot: Snapshot, unit: UnitKind = "passage", who: Who | None = None) -> Reliability:
    """Return agreement on every theme between people, by their blind codings unless ``who`` says otherwise.

    A coder has judged a passage for a theme when they accepted or rejected it there, or marked the passage as read. A
    sentence has a theme when a fragment with it lies on the sentence, or the whole passage has it. In a document or
    municipality a coder finds a theme when they accepted it in any of the passages that the same coders judged there.
    """
    who = who or Who()
    chosen = _chosen(snapshot, who)
    coders = (*sorted({d.coder for d in chosen}), *([PROGRAM] if who.program else []))
    judged = _judged(snapshot, chosen)
    themes = []
    shared: set[tuple[str, int]] = set()
    for theme in snapshot.codebook.themes:
        given = [(j, _said(j, theme.id, program=who.program)) for j in judged]
        shared |= {(j.document, j.passage.number) for j, said in given if len(said) > 1}
        rows = list(_rows(given, theme.id, unit, snapshot))
        table = [[float(said[c]) if c in said else np.nan for c in coders] for _, said in rows]
        ratings = np.array(table, dtype=np.float64).reshape(len(table), len(coders))
        themes.append(measure(theme.id, ratings, [group for group, _ in rows]))
    days = sorted(d.time.date().isoformat() for d in chosen)
    return Reliability(
        unit=unit,
        coders=coders,
        blind=all(d.manner == "blind" for d in chosen),
        passages=len(shared),
        days=(days[0], days[-1]) if days else ("", ""),
        themes=tuple(themes),
    )


def spans(snapshot: Snapshot, who: Who | None = None) -> Spans | None:
    """Return agreement on boundaries between people, ``None`` when none of them coded a fragment of a passage.

    A coder has read a passage when they judged it for every theme (for a theme's own figure: for that theme).
    """
    chosen = _chosen(snapshot, who or Who())
    judged = _judged(snapshot, chosen)
    if not any(_is_part(d, j.passage) for j in judged for d in j.decisions if d.verdict == "accept"):
        return None
    themes = [theme.id for theme in snapshot.codebook.themes]
    return Spans(
        tuple((theme, unitizing_alpha(_readings(judged, [theme]))) for theme in themes),
        unitizing_alpha(_readings(judged, themes)),
    )


def _chosen(snapshot: Snapshot, who: Who) -> list[Decision]:
    """Return the codings to compare: never the last word on a disagreement, which knew what the coders said."""
    given = [d for d in snapshot.decisions if d.manner != "adjudication"] if who.anchored else snapshot.blind
    return [d for d in given if not who.coders or d.coder in who.coders]


def _judged(snapshot: Snapshot, decisions: Sequence[Decision]) -> list[_Judged]:
    passages = {(i, p.number): p for i, ps in snapshot.passages.items() for p in ps}
    codings: dict[tuple[str, int], list[Coding]] = {}
    for coding in snapshot.codings:
        if coding.level != "twijfel":
            codings.setdefault((coding.version, coding.start), []).append(coding)
    found = []
    for (document, number), given in by_passage(replace(snapshot, decisions=tuple(decisions))).items():
        passage = passages[document, number]
        suggested = codings.get((snapshot.versions[document].id, passage.start), ())
        found.append(_Judged(document, passage, tuple(given), tuple(suggested)))
    return found


def _said(judged: _Judged, theme: str, *, program: bool) -> dict[str, bool]:
    """Return each coder's judgement; the program has one wherever a person has."""
    said = judgements(judged.decisions, theme)
    if said and program:
        said[PROGRAM] = any(_within(c.code, theme) for c in judged.codings)
    return said


def _rows(
    given: Iterable[tuple[_Judged, Mapping[str, bool]]], theme: str, unit: UnitKind, snapshot: Snapshot
) -> Iterator[tuple[Hashable, Mapping[str, bool]]]:
    """Yield per unit what it hangs together with, and what each coder said of it."""
    if unit == "passage":
        yield from (((j.document, j.passage.number), said) for j, said in given if said)
    elif unit == "sentence":
        for judged, said in given:
            group = (judged.document, judged.passage.number)
            yield from ((group, row) for row in _sentence_rows(judged, theme, said))
    else:
        homes = {d.id: [m.name for m in d.municipalities] for d in snapshot.documents}
        merged: dict[tuple[str, frozenset[str]], dict[str, bool]] = {}
        for judged, said in given:
            for place in homes[judged.document] if unit == "municipality" else [judged.document]:
                row = merged.setdefault((place, frozenset(said)), {})
                row.update({coder: applies or row.get(coder, False) for coder, applies in said.items()})
        yield from ((place, row) for (place, _), row in merged.items() if row)


def _sentence_rows(judged: _Judged, theme: str, said: Mapping[str, bool]) -> Iterator[dict[str, bool]]:
    marks: dict[str, list[tuple[int, int]]] = {coder: [] for coder in said}
    for decision in judged.decisions:
        if decision.verdict == "accept" and _within(decision.code, theme):
            marks[decision.coder].append((decision.start, decision.end))
    if PROGRAM in said:
        whole = (judged.passage.start, judged.passage.end)
        own = [c for c in judged.codings if _within(c.code, theme)]
        marks[PROGRAM] = [(e.start, e.end) for c in own for e in c.evidence] or [whole] * bool(own)
    for start, end in sentences(judged.passage.text) if said else ():
        here = (judged.passage.start + start, judged.passage.start + end)
        yield {coder: any(s < here[1] and here[0] < e for s, e in marks[coder]) for coder in said}


def _readings(judged: Sequence[_Judged], themes: Collection[str]) -> list[list[Segment]]:
    """Return per coder the segments of what they read, passage after passage along one line."""
    readings: dict[str, list[Segment]] = {}
    at = 0
    for one in judged:
        said = [judgements(one.decisions, theme) for theme in themes]
        for coder in set.intersection(*(set(given) for given in said)):
            accepts = [d for d in one.decisions if d.coder == coder and d.verdict == "accept"]
            readings.setdefault(coder, []).extend(_segments(one.passage, accepts, themes, at))
        at += len(one.passage.text)
    return [readings[coder] for coder in sorted(readings)]


def _segments(passage: Passage, accepts: Sequence[Decision], themes: Collection[str], at: int) -> Iterator[Segment]:
    """Yield a passage as one coder divided it, shifted so that the passage begins at ``at``."""
    size = len(passage.text)
    parts = [
        (max(0, d.start - passage.start), min(size, d.end - passage.start), theme)
        for d in accepts
        for theme in themes
        if _within(d.code, theme)
    ]
    borders = sorted({0, size, *(border for start, end, _ in parts for border in (start, end))})
    begin, value = 0, None
    for start, end in pairwise(borders):
        here = frozenset(theme for s, e, theme in parts if s <= start and end <= e)
        if value is not None and here != value:
            yield Segment(at + begin, at + start, value or GAP)
            begin = start
        value = here
    yield Segment(at + begin, at + size, value or GAP)


def _within(code: str, theme: str) -> bool:
    return code == theme or code.startswith(f"{theme}.")


def _is_part(decision: Decision, passage: Passage) -> bool:
    return (decision.start, decision.end) != (passage.start, passage.end)
