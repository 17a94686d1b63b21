"""The overview: where each theme stands in each municipality or document, and how far everybody has come."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from codebook.model import Code
from coding.review.board import Board, Card

Per = Literal["gemeente", "document"]
Key = tuple[str, str, str]
"""A row's name, and the filter (field, value) that selects its cards."""
ID_SHOWN = 12
"""Characters of a document's id in an address: enough to be the only one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row × theme: passages accepted by people, and passages with an open suggestion."""

    theme: Code
    accepted: int
    candidates: int
    disputed: int
    heat: int
    """1 (few) to 3 (many) beside the other cells, 0 for none."""

    @property
    def state(self) -> str:
        """*genoemd* only by a person's accept; suggestions alone make a candidate."""
        apart = f", oneens over {self.disputed}" if self.disputed else ""
        if self.accepted:
            return f"genoemd{apart}"
        return (f"kandidaat ({self.candidates})" if self.candidates else "geen kandidaat") + apart


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality or document: its name, the address part that selects its cards, a cell per theme."""

    name: str
    query: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """One theme: suggestions the program decides for, and how many have a verdict, per coder and in all."""

    theme: Code
    suggested: int
    judged: int
    by_coder: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: value and text of each option, and which documents there are."""

    municipalities: list[tuple[str, str]]
    documents: list[tuple[str, str]]
    themes: list[tuple[str, str]]
    coders: list[tuple[str, str]]
    parts: list[tuple[str, str]]


def choices(board: Board) -> Choices:
    """Return the values to choose from, in the order people look for them."""
    documents = {c.document.id: c.document for c in board.cards}
    return Choices(
        municipalities=sorted({(name, name) for c in board.cards for name in c.municipalities}),
        documents=sorted(((i[:ID_SHOWN], d.title or d.file_name) for i, d in documents.items()), key=lambda x: x[1]),
        themes=[(theme.id, theme.label) for theme in board.themes],
        coders=[(name, name) for name in board.coders],
        parts=[(name, f"deel van {name}") for name in sorted(board.handed_out.parts)],
    )


def heat_map(board: Board, per: Per = "gemeente", hidden: Collection[str] = ()) -> tuple[Row, ...]:
    """Count accepted passages and candidates over included documents: a row per municipality or document.

    ``hidden`` cards are not counted: of a short document the count would tell what is said of each passage.
    """
    rows_of: Callable[[Card], tuple[Key, ...]] = _documents if per == "document" else _municipalities
    counts: dict[Key, dict[str, list[int]]] = {}
    for card in board.cards:
        if not card.document.included:
            continue
        found = standing(board, card) if card.key not in hidden else []
        for key in rows_of(card):
            row = counts.setdefault(key, {})
            for theme, accepted, candidate, disputed in found:
                counted = row.setdefault(theme, [0, 0, 0])
                counted[0] += accepted
                counted[1] += candidate
                counted[2] += disputed
    most = max((sum(pair) for row in counts.values() for pair in row.values()), default=0) or 1
    return tuple(
        Row(name, urlencode({field: value}), tuple(_cell(t, row.get(t.id, [0, 0, 0]), most) for t in board.themes))
        for (name, field, value), row in sorted(counts.items())
    )


def together(board: Board, hidden: Collection[str] = ()) -> tuple[tuple[Code, tuple[int, ...]], ...]:
    """Count the passages in which two themes both stand (accepted, or suggested and open): a row per theme."""
    pairs: Counter[tuple[str, str]] = Counter()
    for card in board.cards:
        if card.document.included and card.key not in hidden:
            themes = [theme for theme, accepted, candidate, _ in standing(board, card) if accepted or candidate]
            pairs.update((one, other) for one in themes for other in themes)
    return tuple((one, tuple(pairs[one.id, other.id] for other in board.themes)) for one in board.themes)


def progress(board: Board) -> tuple[Progress, ...]:
    """Return how far the judging has come, a row per theme."""
    suggested: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    by_coder: dict[str, Counter[str]] = {theme.id: Counter() for theme in board.themes}
    for card in board.cards:
        if not card.decided:
            continue
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


def standing(board: Board, card: Card) -> list[tuple[str, bool, bool, bool]]:
    """Return per theme on a card whether it was accepted, its suggestion is still open, or coders do not agree."""
    decisions = board.decisions_on(card)
    if not decisions and not card.decided:
        return []
    suggested = {s.code.partition(".")[0] for s in card.decided}
    if not decisions:
        return [(theme.id, False, True, False) for theme in board.themes if theme.id in suggested]
    on_card = suggested | {d.code.partition(".")[0] for d in decisions}
    status = {t.id: board.status(card, t.id) for t in board.themes if t.id in on_card}
    return [(t, s == "accepted", s == "suggested" and t in suggested, s == "oneens") for t, s in status.items()]


def _municipalities(card: Card) -> tuple[Key, ...]:
    return tuple((name, "municipality", name) for name in card.municipalities)


def _documents(card: Card) -> tuple[Key, ...]:
    name = f"{card.municipalities[0]}: {card.document.title or card.document.file_name}"
    return ((name, "document", card.document.id[:ID_SHOWN]),)


def _cell(theme: Code, counts: Sequence[int], most: int) -> Cell:
    share = sum(counts) / most
    accepted, candidates, disputed = counts
    heat = 0 if not share else 1 if share <= 0.2 else 2 if share <= 0.5 else 3
    return Cell(theme, accepted, candidates, disputed, heat)
