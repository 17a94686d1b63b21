"""Cells on the review page: what to read of each municipality × theme, how far everybody has come, and the closing."""

import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from coding.cell_events import CellKey, Closing
from coding.cells import Cell, Standing, latest_closings, lay_out, stand
from coding.judging import Place
from coding.model import Status
from coding.review.board import Board, Card

Stage = Literal["kandidaat", "steekproef"]


@dataclass(frozen=True, slots=True)
class Item:
    """One passage to read in a cell, near-duplicates as one, and what people made of it."""

    card: Card
    stage: Stage
    number: int
    """Which of its stage, from 1."""
    status: Status


@dataclass(frozen=True, slots=True)
class Progress:
    """How many cells are settled, and how."""

    total: int
    named: int
    not_found: int

    @property
    def settled(self) -> int:
        """Cells of which something can be published."""
        return self.named + self.not_found


class Cells:
    """The cells of one study with where they stand now. Laid out when first asked for; safe to use from threads."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._lock = threading.Lock()
        self._cells: dict[CellKey, Cell] | None = None
        self._cards: dict[Place, Card] = {}
        self._accepted: dict[CellKey, set[str]] = {}
        self._statuses: dict[tuple[Place, str], Status] = {}
        """Where a theme stands on a passage, when anybody said anything of it."""
        self._holding: dict[Place, list[CellKey]] = {}
        """The cells in which a passage is to be read."""
        self._standings: dict[CellKey, Standing] = {}
        self._closings: dict[CellKey, Closing] = latest_closings(board.snapshot.closings)
        self._seen = 0
        self.judged_in: dict[str, CellKey] = {}
        """In which cell a decision of this sitting was made, by its id: undoing it leads back there."""

    @property
    def were_closed(self) -> bool:
        """Tell whether anybody ever closed a cell: only then is there something that is not on the board itself."""
        return bool(self._closings)

    def standings(self) -> Mapping[CellKey, Standing]:
        """Return where every cell stands, in the order of the alphabet and the codebook."""
        with self._lock:
            self._refresh()
            return dict(self._standings)

    def progress(self) -> Progress:
        """Count the cells that are settled."""
        settled = [s.settled for s in self.standings().values()]
        return Progress(len(settled), settled.count("genoemd"), settled.count("niet gevonden"))

    def items(self, key: CellKey) -> list[Item]:
        """Return what must be read of a cell, candidates first."""
        standing = self.standings()[key]
        stages: tuple[tuple[Stage, tuple[Status, ...]], ...] = (
            ("kandidaat", standing.candidates),
            ("steekproef", standing.sample),
        )
        statuses = [(stage, i, status) for stage, found in stages for i, status in enumerate(found, 1)]
        return [
            Item(self._cards[group.places[0]], stage, i, status)
            for group, (stage, i, status) in zip(standing.cell.groups, statuses, strict=True)
        ]

    def following(self, key: CellKey | None, step: int = 1, *, waiting: bool = True) -> CellKey | None:
        """Return the next (or previous) cell, round again; with ``waiting`` only one where there is something to do."""
        standings = self.standings()
        order = list(standings)[::step]
        start = order.index(key) + 1 if key in standings else 0  # type: ignore[arg-type]  # a key that is in it
        turned = order[start:] + order[:start]
        return next((k for k in turned if k != key and (not waiting or _waits(standings[k]))), None)

    def close(self, coder: str, key: CellKey) -> bool:
        """Record that a person established *niet gevonden*, where everything was read; return whether it was so."""
        with self._lock:
            self._refresh()
            standing = self._standings[key]
            if not standing.is_read or standing.settled:
                return False
            snapshot = self._board.snapshot
            searched = standing.searched(snapshot.cell_settings)
            when = datetime.now(UTC)
            closing = Closing(uuid.uuid4().hex, when, coder, *key, snapshot.codebook.content, searched)
            self._board.keep(closing)
            self._closings[key] = closing
            self._standings[key] = self._stand(key)
            return True

    def _refresh(self) -> None:
        if self._cells is None:
            self._lay_out()
        touched = self._board.touched_since(self._seen)
        self._seen += len(touched)
        due = {key for card in touched for key in self._take_in(card)}
        for key in due & self._standings.keys():
            self._standings[key] = self._stand(key)

    def _lay_out(self) -> None:
        from outputs.near_duplicates import repeats_of

        snapshot = self._board.snapshot
        self._cards = {_place(card): card for card in self._board.cards}
        self._cells = lay_out(snapshot, repeats_of(snapshot))
        for key, cell in self._cells.items():
            for place in (place for group in cell.groups for place in group.places):
                self._holding.setdefault(place, []).append(key)
        self._seen = self._board.revision
        for card in {c.key: c for c in self._board.touched_since(0)[: self._seen]}.values():
            self._take_in(card)
        self._standings = {key: self._stand(key) for key in self._cells}

    def _take_in(self, card: Card) -> set[CellKey]:
        """Note where the themes stand on a card now; return the cells for which that makes a difference."""
        place, changed = _place(card), set[CellKey]()
        for theme in self._board.themes if card.document.included else ():
            status = self._board.status(card, theme.id)
            was = self._statuses.get((place, theme.id), "suggested")
            if status == was:
                continue
            self._statuses[place, theme.id] = status
            changed.update(key for key in self._holding.get(place, ()) if key[1] == theme.id)
            for key in ((name, theme.id) for name in card.municipalities) if "accepted" in (status, was) else ():
                self._accepted.setdefault(key, set()).symmetric_difference_update({card.key})
                changed.add(key)
        return changed

    def _stand(self, key: CellKey) -> Standing:
        def status(place: Place) -> Status:
            return self._board.status(self._cards[place], key[1])

        assert self._cells is not None  # noqa: S101  # laid out by whoever calls
        cell = self._cells[key]
        return stand(cell, status, is_named=bool(self._accepted.get(key)), closing=self._closings.get(key))


def _place(card: Card) -> Place:
    return card.document.id, card.passage.number


def _waits(standing: Standing) -> bool:
    """Tell whether there is something to read or to establish; a mere disagreement waits for its own page."""
    return standing.settled is None and (standing.is_read or "suggested" in standing.candidates + standing.sample)
