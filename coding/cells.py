"""Cells (municipality × theme): what people must read before a theme is *genoemd* or *niet gevonden*, and the bound.

A cell is settled by one accepted passage (*genoemd*), or by reading and rejecting its best candidates and a random
sample of the rest (*niet gevonden*). The sample goes by permanent random numbers (E. Ohlsson, *Coordination of samples
using permanent random numbers*, in Business Survey Methods, Wiley 1995): each passage has a number that follows from
the seed, the municipality and its own words, and the passages with the lowest numbers are the sample. That is a simple
random sample without replacement; it stays the same when other passages are cut otherwise or documents are added, and
all themes of a municipality share it, so that a passage is read once for all of them.
"""

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coding.cell_events import CellKey, Closing, Searched
from coding.judging import Place, by_passage, judgements, status_of
from coding.model import Status
from coding.snapshot import Snapshot
from corpus.model import CODED_KINDS, Document, Passage
from corpus.study import CellSettings

ONE_IN = 20
"""The bound may be too low in one of so many samples: 95 % confidence."""
Settled = Literal["genoemd", "niet gevonden"]
_NOT_WORDS = re.compile(r"[\W_]+")
_FURTHEST: tuple[Status, ...] = ("accepted", "oneens", "rejected", "suggested")


@dataclass(frozen=True, slots=True)
class Group:
    """A passage with its near-duplicates in the same municipality, read once; the first is the one to show."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """One municipality's body passages in the order of the lottery, and the words of its documents, by fingerprint."""

    name: str
    groups: tuple[Group, ...]
    documents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What must be read of one municipality × theme. ``rest`` counts the passages that are no candidate to read."""

    key: CellKey
    candidates: tuple[Group, ...]
    """The best first, each group by its best passage."""
    sample: tuple[Group, ...]
    rest: int
    documents: Mapping[str, str]

    @property
    def groups(self) -> tuple[Group, ...]:
        """All that must be read, candidates first."""
        return self.candidates + self.sample


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a cell stands: ``candidates`` and ``sample`` hold what people made of each group, in the cell's order."""

    cell: Cell
    candidates: tuple[Status, ...]
    sample: tuple[Status, ...]
    is_named: bool
    """A person accepted a passage, perhaps one that nobody had to read."""
    closing: Closing | None = None
    """The latest, also when the documents changed since."""

    @property
    def is_read(self) -> bool:
        """Everything that must be read was read and rejected by all who judged it."""
        return not self.is_named and all(s == "rejected" for s in self.candidates + self.sample)

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids of documents that came, went or read otherwise since the cell was closed."""
        if self.closing is None:
            return ()
        then, now = self.closing.searched.documents, self.cell.documents
        return tuple(sorted(i for i in {*then, *now} if then.get(i) != now.get(i)))

    @property
    def settled(self) -> Settled | None:
        """*niet gevonden* takes a person's closing of the very documents that are there now."""
        if self.is_named:
            return "genoemd"
        return "niet gevonden" if self.is_read and self.closing is not None and not self.changed else None

    @property
    def most(self) -> int:
        """Passages of the rest that may hold the theme after all, at most, once everything was read and rejected.

        Never 0 while one of them was not read, though the bound itself can be: *none missed* is for who read all.
        """
        unread = self.cell.rest > len(self.sample)
        return max(most_left(self.cell.rest, len(self.sample)), int(unread))

    @property
    def most_share(self) -> float:
        """The same as a share (0 to 1) of the rest."""
        return self.most / self.cell.rest if self.cell.rest else 0.0

    def searched(self, settings: CellSettings) -> Searched:
        """Return what a closing records."""
        sizes = (len(self.candidates), len(self.sample), self.cell.rest)
        return Searched(*sizes, settings.seed, dict(self.cell.documents))


def most_left(population: int, sampled: int) -> int:
    """Return the upper 95 % bound on how many of a population have what none of a simple random sample of it has.

    The largest K for which a sample without replacement still comes out empty with a chance above 5 %:
    C(population - K, sampled) / C(population, sampled) > .05. This is the exact bound for a finite population
    (T. Wright, *Exact confidence bounds when sampling from small finite universes*, Springer 1991); in a large one its
    share becomes that of Clopper & Pearson (Biometrika 26, 1934): 1 - .05 ** (1 / sampled), one-sided. Raise
    ``ValueError`` when the sample is larger than the population.
    """
    if not 0 <= sampled <= population:
        raise ValueError("Een steekproef is niet groter dan waaruit zij is getrokken.")
    empty = math.comb(population, sampled)
    low, high = 0, population - sampled
    while low < high:
        middle = (low + high + 1) // 2
        if ONE_IN * math.comb(population - middle, sampled) > empty:
            low = middle
        else:
            high = middle - 1
    return low


def lay_out(snapshot: Snapshot, repeats: Mapping[Place, int]) -> dict[CellKey, Cell]:
    """Return every cell, a municipality at a time, in the order of the alphabet and the codebook.

    ``repeats`` gives the cluster of near-duplicates of every body passage of the included documents. A municipality
    without such passages has no cells, and neither has the unknown one.
    """
    scores = _scores(snapshot)
    homes = _homes(snapshot, repeats)
    return {
        (home.name, theme.id): _cell(home, theme.id, scores, snapshot.cell_settings)
        for home in homes
        for theme in snapshot.codebook.themes
    }


def standings(snapshot: Snapshot, repeats: Mapping[Place, int]) -> dict[CellKey, Standing]:
    """Return where every cell stands by the decisions in force."""
    decisions = by_passage(snapshot)
    accepted = accepted_in(snapshot)
    latest = latest_closings(snapshot.closings)
    result = {}
    for key, cell in lay_out(snapshot, repeats).items():

        def status(place: Place, theme: str = key[1]) -> Status:
            return status_of(judgements(decisions.get(place, ()), theme))

        result[key] = stand(cell, status, is_named=key in accepted, closing=latest.get(key))
    return result


def stand(cell: Cell, status: Callable[[Place], Status], *, is_named: bool, closing: Closing | None) -> Standing:
    """Return where one cell stands, given the status of its theme on each passage."""

    def furthest(group: Group) -> Status:
        return min((status(place) for place in group.places), key=_FURTHEST.index)

    return Standing(
        cell, tuple(map(furthest, cell.candidates)), tuple(map(furthest, cell.sample)), is_named, closing
    )  # fmt: skip


def accepted_in(snapshot: Snapshot) -> set[CellKey]:
    """Return the cells with a passage that people accepted, in a document that counts."""
    homes = {d.id: [m.name for m in d.municipalities] for d in snapshot.documents if d.included}
    return {
        (name, theme.id)
        for (document, _number), given in by_passage(snapshot).items()
        for theme in snapshot.codebook.themes
        if document in homes and status_of(judgements(given, theme.id)) == "accepted"
        for name in homes[document]
    }


def latest_closings(closings: Iterable[Closing]) -> dict[CellKey, Closing]:
    """Return the last closing of each cell."""
    return {closing.cell: closing for closing in sorted(closings, key=lambda c: (c.time, c.id))}


def body(snapshot: Snapshot) -> list[tuple[Document, Passage]]:
    """Return the passages that carry policy in the included documents, in the order of year, file and text."""
    documents = [d for d in snapshot.documents if d.included and d.id in snapshot.versions]
    ordered = sorted(documents, key=lambda d: (d.year_from or 9999, d.file_name, d.id))
    return [(d, p) for d in ordered for p in snapshot.passages.get(d.id, ()) if p.kind in CODED_KINDS]


def _homes(snapshot: Snapshot, repeats: Mapping[Place, int]) -> list[Home]:
    found: dict[str, dict[int, list[tuple[Place, str]]]] = {}
    words: dict[str, dict[str, list[str]]] = {}
    for document, passage in body(snapshot):
        place, text = (document.id, passage.number), _NOT_WORDS.sub("", passage.text.casefold())
        for municipality in document.municipalities:
            groups = found.setdefault(municipality.name, {})
            groups.setdefault(repeats[place], []).append((place, text))
            words.setdefault(municipality.name, {}).setdefault(document.id, []).append(text)
    seed = snapshot.cell_settings.seed
    return [
        Home(
            name,
            tuple(Group(tuple(p for p, _ in g)) for g in _drawn(found[name].values(), f"{seed}\n{name}")),
            {i: _digest("".join(texts)) for i, texts in words[name].items()},
        )
        for name in sorted(found, key=lambda n: (n.casefold(), n))
    ]


def _drawn(groups: Iterable[list[tuple[Place, str]]], salt: str) -> list[list[tuple[Place, str]]]:
    """Order groups by their permanent random numbers: equal words have equal numbers, and are one group."""
    return sorted(groups, key=lambda g: (_digest(f"{salt}\n{g[0][1]}"), g[0][0]))


def _cell(home: Home, theme: str, scores: Mapping[tuple[Place, str], float], settings: CellSettings) -> Cell:
    ranked: list[tuple[float, Place, int, Group]] = []
    for i, group in enumerate(home.groups):
        scored = [(-scores[place, theme], place) for place in group.places if (place, theme) in scores]
        if scored:
            score, best = min(scored)
            places = (best, *(p for p in group.places if p != best))
            ranked.append((score, best, i, Group(places)))
    best_of = sorted(ranked, key=lambda r: r[:3])[: settings.candidates]
    taken = {i for _score, _place, i, _group in best_of}
    rest: Sequence[Group] = [group for i, group in enumerate(home.groups) if i not in taken]
    return Cell(
        key=(home.name, theme),
        candidates=tuple(group for _score, _place, _i, group in best_of),
        sample=tuple(rest[: settings.sample]),
        rest=len(rest),
        documents=home.documents,
    )


def _scores(snapshot: Snapshot) -> dict[tuple[Place, str], float]:
    """Return the strongest suggestion of a theme or its sub-themes per passage, the doubtful ones too."""
    versions = {version.id: i for i, version in snapshot.versions.items()}
    numbers = {(i, p.start): p.number for i, passages in snapshot.passages.items() for p in passages}
    scores: dict[tuple[Place, str], float] = {}
    for coding in snapshot.codings:
        document = versions.get(coding.version, "")
        number = numbers.get((document, coding.start))
        if number is not None:
            key = ((document, number), coding.code.partition(".")[0])
            scores[key] = max(coding.score, scores.get(key, 0.0))
    return scores


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
