"""What the judged sample says per group of documents and theme, and how many judged passages lie behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from codebook.model import Code
from coding.estimation import Interval
from coding.judging import Place
from coding.parts import judged_in, shares_of_parts, shares_with_more
from coding.sampling import judge
from corpus.model import Document
from outputs.coverage import Dimension, grouped, readable
from outputs.records import Study

FEWEST = 10
"""Judged passages of a group under which it gets no figure of its own."""


@dataclass(frozen=True, slots=True)
class GroupEstimate:
    """A theme in a group of documents. ``share`` and ``margin_with_more`` (0 to 1) are ``None`` with too few judged."""

    group: str
    theme: Code
    passages: int
    judged: int
    share: Interval | None
    margin_with_more: float | None


def estimate_groups(study: Study, by: Dimension, more: int) -> list[GroupEstimate]:
    """Return group × theme, by group: what the sample says, and the margin to expect after ``more`` judgements."""
    groups = grouped(readable(study), by)
    parts = parts_of(study, [own for _name, own in groups])
    judged = judge(study.snapshot)
    found: dict[tuple[int, str], GroupEstimate] = {}
    themes = study.snapshot.codebook.themes
    filled = [i for i, part in enumerate(parts) if part]
    for theme in themes:
        now = shares_of_parts(judged, theme.id, [parts[i] for i in filled])
        then = shares_with_more(judged, theme.id, [parts[i] for i in filled], more)
        for j, i in enumerate(filled):
            count = judged_in(judged, theme.id, parts[i])
            enough = now is not None and then is not None and count >= FEWEST
            share = now.of(j) if now and enough else None
            margin = then.of(j).margin if then and enough else None
            found[i, theme.id] = GroupEstimate(groups[i][0], theme, len(parts[i]), count, share, margin)
    return [found[i, theme.id] for i in filled for theme in themes]


def parts_of(study: Study, groups: Sequence[Sequence[Document]]) -> list[frozenset[Place]]:
    """Return the passages of each group of documents, those left out that repeat an earlier one."""
    places: dict[str, list[Place]] = {}
    for place in study.places:
        key = (place.document.id, place.passage.number)
        if place.document.included and key not in study.repeats:
            places.setdefault(place.document.id, []).append(key)
    return [frozenset(p for d in own for p in places.get(d.id, ())) for own in groups]
