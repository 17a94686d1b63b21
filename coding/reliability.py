"""Who coded what: a study's decisions as the table of ratings from which agreement is computed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from coding.agreement import Agreement, Ratings, measure
from coding.judging import by_passage, judgements
from coding.snapshot import Snapshot

UnitKind = Literal["passage", "document", "municipality"]
PROGRAM = "programma"


@dataclass(frozen=True, slots=True)
class Reliability:
    """Agreement per theme over the units that two or more of ``coders`` judged."""

    unit: UnitKind
    coders: tuple[str, ...]
    themes: tuple[Agreement, ...]


def reliability(snapshot: Snapshot, unit: UnitKind = "passage", *, program: bool = False) -> Reliability:
    """Return agreement between people (and with ``program`` the program's own decisions) on every theme.

    A coder has judged a passage for a theme when they accepted or rejected it there, or marked the passage as read. In
    a document or municipality a coder finds a theme when they accepted it in any passage they judged there.
    """
    coders = sorted({d.coder for d in snapshot.decisions}) + [PROGRAM] * program
    place = _places(snapshot, unit)
    themes = []
    for theme in snapshot.codebook.themes:
        given = _given(snapshot, theme.id, program=program)
        themes.append(measure(theme.id, _ratings(given, coders, place)))
    return Reliability(unit, tuple(coders), tuple(themes))


def _given(snapshot: Snapshot, theme: str, *, program: bool) -> list[tuple[str, int, dict[str, bool]]]:
    """Per judged passage: document, passage number and each coder's judgement."""
    said = {
        (c.version, c.start)
        for c in snapshot.codings
        if c.level != "twijfel" and (c.code == theme or c.code.startswith(f"{theme}."))
    }
    rows = []
    for (document, number), decisions in by_passage(snapshot).items():
        given = judgements(decisions, theme)
        if given and program:
            passage = next(p for p in snapshot.passages[document] if p.number == number)
            given[PROGRAM] = (snapshot.versions[document].id, passage.start) in said
        if given:
            rows.append((document, number, given))
    return rows


def _places(snapshot: Snapshot, unit: UnitKind) -> Callable[[str, int], Iterable[object]]:
    """From document and passage number to the units they belong to: a regional document to several."""
    homes: Mapping[str, Sequence[str]] = {d.id: [m.name for m in d.municipalities] for d in snapshot.documents}
    if unit == "municipality":
        return lambda document, _: homes[document]
    if unit == "document":
        return lambda document, _: [document]
    return lambda document, number: [(document, number)]


def _ratings(
    given: Iterable[tuple[str, int, Mapping[str, bool]]],
    coders: Sequence[str],
    place: Callable[[str, int], Iterable[object]],
) -> Ratings:
    units: dict[object, dict[str, bool]] = {}
    for document, number, judged in given:
        for unit in place(document, number):
            found = units.setdefault(unit, {})
            for coder, applies in judged.items():
                found[coder] = applies or found.get(coder, False)
    table = [[float(found[c]) if c in found else np.nan for c in coders] for found in units.values()]
    return np.array(table, dtype=np.float64).reshape(len(table), len(coders))
