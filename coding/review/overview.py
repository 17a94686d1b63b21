"""The overview: where each theme stands in each municipality, and how far everybody has come."""

from dataclasses import dataclass

from codebook.model import Code
from coding.review.board import Board, Card, decided


@dataclass(frozen=True, slots=True)
class Cell:
    """One municipality × theme: passages accepted by people, and passages with an open suggestion."""

    municipality: str
    theme: str
    accepted: int
    candidates: int

    @property
    def state(self) -> str:
        """*genoemd* only by a person's accept; suggestions alone make a candidate."""
        if self.accepted:
            return "genoemd"
        return f"kandidaat ({self.candidates})" if self.candidates else "geen kandidaat"


@dataclass(frozen=True, slots=True)
class Table:
    """The heat map: themes as columns, one row of cells a municipality."""

    themes: tuple[Code, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    most: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One theme: suggestions the program decides for, and how many have a verdict, per coder and in all."""

    theme: Code
    suggested: int
    judged: int
    by_coder: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: value and text of each option."""

    municipalities: list[tuple[str, str]]
    documents: list[tuple[str, str]]
    coders: list[tuple[str, str]]


def choices(board: Board) -> Choices:
    """Return the values to choose from, in the order people look for them."""
    documents = {c.document.id: c.document for c in board.cards}
    return Choices(
        municipalities=sorted({(m.name, m.name) for d in documents.values() for m in d.municipalities}),
        documents=sorted(((i[:12], d.title or d.file_name) for i, d in documents.items()), key=lambda x: x[1]),
        coders=sorted({(d.coder, d.coder) for c in board.cards for d in board.decisions_on(c)}),
    )


def table(board: Board) -> Table:
    """Count over included documents."""
    counts: dict[tuple[str, str], list[int]] = {}
    for card in board.cards:
        if card.document.included:
            _count(board, card, counts)
    names = sorted({name for name, _ in counts})
    rows = tuple(
        (name, tuple(Cell(name, t.id, *counts.get((name, t.id), [0, 0])) for t in board.codebook.themes))
        for name in names
    )
    return Table(board.codebook.themes, rows, max((max(pair) for pair in counts.values()), default=0))


def progress(board: Board) -> tuple[Progress, ...]:
    """Return how far the judging has come, a row per theme."""
    rows = []
    for theme in board.codebook.themes:
        asked = [c for c in board.cards if any(s.code == theme.id for s in decided(c.suggestions))]
        by_coder: dict[str, int] = {}
        judged = 0
        for card in asked:
            verdicts = [d for d in board.decisions_on(card) if d.code == theme.id]
            judged += bool(verdicts)
            for coder in {d.coder for d in verdicts}:
                by_coder[coder] = by_coder.get(coder, 0) + 1
        rows.append(Progress(theme, len(asked), judged, tuple(sorted(by_coder.items()))))
    return tuple(rows)


def _count(board: Board, card: Card, counts: dict[tuple[str, str], list[int]]) -> None:
    suggested = {s.code.partition(".")[0] for s in decided(card.suggestions)}
    codes = suggested | {d.code.partition(".")[0] for d in board.decisions_on(card)}
    for name in [m.name for m in card.document.municipalities] or ["gemeente onbekend"]:
        for theme in board.codebook.themes:
            pair = counts.setdefault((name, theme.id), [0, 0])
            if theme.id not in codes:
                continue
            status = board.status(card, theme.id)
            pair[0] += status == "accepted"
            pair[1] += status == "suggested" and theme.id in suggested
