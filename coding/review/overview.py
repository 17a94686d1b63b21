"""The overview: where each theme stands in each municipality, and how far everybody has come."""

from collections import Counter
from dataclasses import dataclass

from codebook.model import Code
from coding.review.board import Board, Card


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
    themes: list[tuple[str, str]]
    coders: list[tuple[str, str]]


def choices(board: Board) -> Choices:
    """Return the values to choose from, in the order people look for them."""
    documents = {c.document.id: c.document for c in board.cards}
    return Choices(
        municipalities=sorted({(m.name, m.name) for d in documents.values() for m in d.municipalities}),
        documents=sorted(((i[:12], d.title or d.file_name) for i, d in documents.items()), key=lambda x: x[1]),
        themes=[(theme.id, theme.label) for theme in board.themes],
        coders=[(name, name) for name in board.coders],
    )


def table(board: Board) -> Table:
    """Count over included documents."""
    themes = board.themes
    known = {theme.id for theme in themes}
    counts: dict[str, dict[str, list[int]]] = {}
    for card in board.cards:
        if card.document.included:
            found = _count(board, card, known)
            for name in [m.name for m in card.document.municipalities] or ["gemeente onbekend"]:
                row = counts.setdefault(name, {})
                for theme, (accepted, candidate) in found:
                    pair = row.setdefault(theme, [0, 0])
                    pair[0] += accepted
                    pair[1] += candidate
    return Table(
        themes,
        tuple((n, tuple(Cell(n, t.id, *counts[n].get(t.id, (0, 0))) for t in themes)) for n in sorted(counts)),
    )


def progress(board: Board) -> tuple[Progress, ...]:
    """Return how far the judging has come, a row per theme."""
    suggested: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    by_coder: dict[str, Counter[str]] = {theme.id: Counter() for theme in board.themes}
    for card in board.cards:
        asked = {s.code for s in card.decided}
        suggested.update(asked)
        verdicts = {(d.code, d.coder) for d in board.decisions_on(card) if d.code in asked}
        judged.update({code for code, _ in verdicts})
        for code, coder in verdicts:
            if code in by_coder:
                by_coder[code][coder] += 1
    return tuple(
        Progress(t, suggested[t.id], judged[t.id], tuple(sorted(by_coder[t.id].items()))) for t in board.themes
    )


def _count(board: Board, card: Card, known: set[str]) -> list[tuple[str, tuple[bool, bool]]]:
    """Return per theme on a card whether people accepted it, and whether its suggestion is still open."""
    suggested = {s.code.partition(".")[0] for s in card.decided}
    decisions = board.decisions_on(card)
    if not decisions:
        return [(theme, (False, True)) for theme in suggested & known]
    on_card = (suggested | {d.code.partition(".")[0] for d in decisions}) & known
    status = {theme: board.status(card, theme) for theme in on_card}
    return [(t, (s == "accepted", s == "suggested" and t in suggested)) for t, s in status.items()]
