"""Passages with what the program suggests and people decided: the rows all tables are made of."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from codebook.model import Code, Codebook
from coding.cell_events import CellKey
from coding.cells import Standing, standings
from coding.judging import by_passage, judgements, status_of
from coding.model import Coding, Decision, Evidence, Level, Status
from coding.snapshot import Snapshot
from corpus.model import CODED_KINDS, Document, Passage
from outputs.anonymity import anonymise, municipality_letters
from outputs.near_duplicates import repeats_of
from outputs.once import counted_once
from outputs.repeating import repeat_origins

LEVELS: tuple[Level, ...] = ("zeker", "waarschijnlijk", "twijfel")
"""From firm to doubtful; only the first two count as a suggestion."""
SPOKEN = 0.35
"""Least weight of a term that says something of its theme: a lighter one is no reason a reader would see."""


@dataclass(frozen=True, slots=True)
class Place:
    """One passage of one document in its version; ``cluster`` is shared by near-duplicates, negative without any."""

    document: Document
    version: str
    passage: Passage
    cluster: int
    words: int


@dataclass(frozen=True, slots=True)
class Record:
    """One passage × theme: the suggestion (sub-themes taken in) and what people made of it.

    ``level`` and ``score`` are ``None`` where only people gave the code. ``marks`` are the spans (offsets in the
    version's text) of fragments people chose and of the theme's own terms, or else of the words that weighed.
    """

    place: Place
    theme: Code
    subs: tuple[str, ...]
    score: float | None
    level: Level | None
    methods: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    status: Status
    memo: str
    marks: tuple[tuple[int, int], ...]
    counts: bool = False
    """Of the passages that repeat it, this is the one that counts in totals (of a document that counts)."""
    counts_for: tuple[str, ...] = ()
    """The municipalities in whose rows it is the one that counts."""

    @property
    def is_doubtful(self) -> bool:
        """Only a doubtful suggestion, without a person's verdict: no candidate."""
        return self.status == "suggested" and self.level == "twijfel"

    @property
    def is_candidate(self) -> bool:
        """Suggested and open, or coders do not agree: a person has the last word."""
        return self.status == "oneens" or (self.status == "suggested" and not self.is_doubtful)

    @property
    def is_coded(self) -> bool:
        """Counts as coded: accepted by people or still a candidate."""
        return self.status == "accepted" or self.is_candidate


@dataclass(frozen=True, slots=True)
class Study:
    """A snapshot worked out: places in the order of year, file and text; records in that order, then the codebook's."""

    snapshot: Snapshot
    places: tuple[Place, ...]
    records: tuple[Record, ...]
    codebook: str
    """``content`` hash of the codebook as it stands in the study."""
    repeats: Mapping[tuple[str, int], Place]
    """Per passage that is repeated (document id, number) where its words stood first in the municipality."""
    cells: Mapping[CellKey, Standing]
    """Where each municipality × theme stands, by the texts as they are."""
    anonymous: bool


def work_out(snapshot: Snapshot, *, anonymous: bool = False) -> Study:
    """Join passages, suggestions and decisions; with ``anonymous`` without the names of municipalities and documents.

    ``places`` holds the passages that carry policy (`CODED_KINDS`) and any other on which a person decided.
    Near-duplicates, words and cells are those of the texts as they are, so that anonymous tables hold the same figures.
    """
    shown = anonymise(snapshot) if anonymous else snapshot
    decisions = by_passage(shown)
    repeats = repeats_of(snapshot)
    sizes = Counter(repeats.values())
    bare = [
        (document, passage, shown_passage, repeats.get((as_is.id, passage.number), -1))
        for as_is, document in sorted(zip(snapshot.documents, shown.documents, strict=True), key=lambda d: _order(d[1]))
        if as_is.id in snapshot.versions
        for passage, shown_passage in zip(
            snapshot.passages.get(as_is.id, ()), shown.passages.get(document.id, ()), strict=True
        )
        if passage.kind in CODED_KINDS or (document.id, passage.number) in decisions
    ]
    versions = {i: version.id for i, version in shown.versions.items()}
    places = tuple(
        Place(
            document, versions[document.id], shown, cluster if sizes[cluster] > 1 else -i - 1, len(passage.text.split())
        )
        for i, (document, passage, shown, cluster) in enumerate(bare)
    )
    names = municipality_letters(snapshot) if anonymous else {}
    return Study(
        snapshot=shown,
        places=places,
        records=counted_once(list(_records(shown, places, decisions))),
        codebook=snapshot.codebook.content,
        repeats=repeat_origins(places),
        cells={(names.get(m, m), t): standing for (m, t), standing in standings(snapshot, repeats).items()},
        anonymous=anonymous,
    )


def _order(document: Document) -> tuple[bool, int, str, str]:
    return (not document.included, document.year_from or 9999, document.file_name, document.id)


def _records(
    snapshot: Snapshot, places: Sequence[Place], decisions: Mapping[tuple[str, int], list[Decision]]
) -> Iterable[Record]:
    suggested: dict[tuple[str, int, int], list[Coding]] = {}
    for coding in snapshot.codings:
        suggested.setdefault((coding.version, coding.start, coding.end), []).append(coding)
    themes = [code for code in snapshot.codebook.codes if code.parent is None]
    families = {t.id: {c.id for c in snapshot.codebook.codes if t.id in (c.id, c.id.partition(".")[0])} for t in themes}
    spoken = {theme: _terms(snapshot.codebook, family) for theme, family in families.items()}
    for place in places:
        codings = suggested.get((place.version, place.passage.start, place.passage.end), [])
        decided = decisions.get((place.document.id, place.passage.number), [])
        read = [d for d in decided if d.verdict == "read"]
        said = {c.code for c in codings} | {d.code for d in decided}
        for theme in themes:
            family = families[theme.id]
            if family.isdisjoint(said):
                continue
            mine = [c for c in codings if c.code in family]
            verdicts = [d for d in decided if d.code in family]
            record = _record(place, theme, snapshot.codebook, mine, verdicts, read, spoken[theme.id])
            if record is not None:
                yield record


def _terms(codebook: Codebook, family: Collection[str]) -> frozenset[str]:
    return frozenset(p.text for c in codebook.codes if c.id in family for p in c.patterns if p.weight >= SPOKEN)


def _record(
    place: Place,
    theme: Code,
    codebook: Codebook,
    mine: Sequence[Coding],
    verdicts: Sequence[Decision],
    read: Sequence[Decision],
    spoken: Collection[str],
) -> Record | None:
    if not mine and not any(d.verdict == "accept" or d.code == theme.id for d in verdicts):
        return None
    spans = [(d.start, d.end) for d in verdicts if d.verdict == "accept"]
    fragments = [s for s in spans if s != (place.passage.start, place.passage.end)]
    evidence = tuple(dict.fromkeys(e for c in sorted(mine, key=lambda c: c.code) for e in c.evidence))
    shown = [e for e in evidence if e.term in spoken] or evidence
    level = min((c.level for c in mine), key=LEVELS.index, default=None)
    return Record(
        place=place,
        theme=theme,
        subs=_subs(theme, codebook, mine, verdicts),
        score=max((c.score for c in mine), default=None),
        level=level,
        methods=_strongest(mine),
        evidence=evidence,
        status=status_of(judgements([*verdicts, *read], theme.id)),
        memo="\n".join(dict.fromkeys(d.memo for d in verdicts if d.memo)),
        marks=tuple(sorted({*((e.start, e.end) for e in shown), *fragments})),
    )


def _subs(theme: Code, codebook: Codebook, codings: Sequence[Coding], verdicts: Sequence[Decision]) -> tuple[str, ...]:
    """Return the sub-themes suggested (not doubtful) or accepted, without those people rejected."""
    accepted = {d.code for d in verdicts if d.verdict == "accept"}
    rejected = {d.code for d in verdicts if d.verdict == "reject"} - accepted
    suggested = {c.code for c in codings if c.level != "twijfel"}
    return tuple(
        c.id for c in codebook.codes if c.parent == theme.id and c.id in (suggested | accepted) and c.id not in rejected
    )


def _strongest(codings: Iterable[Coding]) -> dict[str, float]:
    methods: dict[str, float] = {}
    for coding in codings:
        for name, score in coding.methods.items():
            methods[name] = max(score, methods.get(name, 0.0))
    return dict(sorted(methods.items()))
