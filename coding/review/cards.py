"""The cards of a study: each passage that is coded, with what the program suggests for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from coding.model import Coding
from coding.snapshot import Snapshot
from corpus.model import CODED_KINDS, Document, Passage

UNKNOWN_MUNICIPALITY = "gemeente onbekend"


@dataclass(frozen=True, slots=True)
class Card:
    """One passage to judge. ``key`` names it in addresses; ``place`` is its position in the study."""

    key: str
    place: int
    document: Document
    municipalities: tuple[str, ...]
    """Names; *gemeente onbekend* where none is known, so that every card can be found by one."""
    version: str
    passage: Passage
    suggestions: tuple[Coding, ...]
    decided: tuple[Coding, ...]
    """The suggestions the program decides for; the doubtful ones need no verdict."""
    before: str
    after: str


def cards_of(snapshot: Snapshot) -> Iterable[Card]:
    """Yield the passages that are coded, document by document in the order of the text."""
    by_span: dict[tuple[str, int, int], list[Coding]] = {}
    for coding in snapshot.codings:
        by_span.setdefault((coding.version, coding.start, coding.end), []).append(coding)
    place = 0
    for document in snapshot.documents:
        version = snapshot.versions.get(document.id)
        if version is None:
            continue
        version_id = version.id  # a hash over the whole text: asked for once
        municipalities = tuple(m.name for m in document.municipalities) or (UNKNOWN_MUNICIPALITY,)
        passages = [p for p in snapshot.passages.get(document.id, ()) if p.kind in CODED_KINDS]
        for i, passage in enumerate(passages):
            found = by_span.get((version_id, passage.start, passage.end), [])
            found.sort(key=lambda c: -c.score)
            yield Card(
                key=f"{version_id}-{passage.start}",
                place=place,
                document=document,
                municipalities=municipalities,
                version=version_id,
                passage=passage,
                suggestions=tuple(found),
                decided=tuple(c for c in found if c.level != "twijfel"),
                before=passages[i - 1].text if i else "",
                after=passages[i + 1].text if i + 1 < len(passages) else "",
            )
            place += 1


def by_version(cards: Iterable[Card]) -> dict[str, tuple[list[int], list[Card]]]:
    """Return per version the starts of its cards' passages and the cards, both in the order of the text."""
    grouped: dict[str, list[Card]] = {}
    for card in cards:
        grouped.setdefault(card.version, []).append(card)
    ordered = {version: sorted(group, key=lambda c: c.passage.start) for version, group in grouped.items()}
    return {version: ([c.passage.start for c in group], group) for version, group in ordered.items()}
