"""Queues kept between requests: brought up to date by what was decided since, never counted anew."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from coding.review.board import Board, Card
from coding.review.leases import Leases
from coding.review.selection import Selection, has_status, meets, queue

KEPT = 24
"""Queues kept: about 1.5 MB each at 15,000 passages."""


class Queue:
    """The cards of one selection in order, and which of them stand as it asks. For one thread at a time."""

    def __init__(self, board: Board, selection: Selection, coder: str) -> None:
        self._board, self._selection, self._coder = board, selection, coder
        self._order()

    def __len__(self) -> int:
        return len(self._cards)

    @property
    def left(self) -> int:
        """How many cards stand as the selection asks."""
        return self._asked.count(1)

    def left_of(self, keys: Iterable[str]) -> int:
        """How many of these cards stand as the selection asks."""
        return sum(self._asked[self._place[key]] for key in keys if key in self._place)

    def holds(self, keys: Iterable[str]) -> int:
        """How many of these cards the selection has."""
        return sum(key in self._place for key in keys)

    def refresh(self) -> None:
        """Take in what was decided since the last time."""
        for card in self._board.touched_since(self._seen):
            place = self._place.get(card.key)
            if (place is not None) != meets(self._board, card, self._selection):
                self._order()
                return
            if place is not None:
                self._asked[place] = self.asks(card)
            self._seen += 1

    def asks(self, card: Card) -> bool:
        """Tell whether a card stands as the selection asks, now."""
        return has_status(self._board, card, self._selection, self._coder)

    def coming(self, after: str = "", step: int = 1) -> Iterator[Card]:
        """Give the cards that stand as asked: from card ``after`` on and round again, or back to the beginning."""
        here = self._place.get(after, -1 if step > 0 else len(self._cards))
        if step < 0:
            yield from self._backward(here)
        else:
            yield from self._forward(here + 1, len(self._cards))
            yield from self._forward(0, here)

    def following(self, card: Card) -> Card | None:
        """Return the card that comes after one, whether it was handed out or not."""
        return next((other for other in self.coming(card.key) if other is not card), None)

    def _forward(self, start: int, end: int) -> Iterator[Card]:
        while (start := self._asked.find(1, start, max(end, 0))) >= 0:
            yield self._cards[start]
            start += 1

    def _backward(self, end: int) -> Iterator[Card]:
        while (end := self._asked.rfind(1, 0, end)) >= 0:
            yield self._cards[end]

    def _order(self) -> None:
        self._seen = self._board.revision
        self._cards = queue(self._board, self._selection)
        self._place = {card.key: i for i, card in enumerate(self._cards)}
        self._asked = bytearray(self.asks(card) for card in self._cards)


class Queues:
    """The queues that coders work through, and the handing out of their cards. Safe to use from several threads."""

    def __init__(self, board: Board, leases: Leases) -> None:
        self._board, self._leases = board, leases
        self._kept: OrderedDict[tuple[Selection, str], Queue] = OrderedDict()
        self._lock = threading.Lock()

    def counts(self, coder: str, selection: Selection) -> tuple[int, int]:
        """Return how many cards of a selection stand as it asks, and how many it has."""
        hidden = self._board.handed_out.blind(coder)
        with self._lock:
            cards = self._get(coder, selection)
            return cards.left - cards.left_of(hidden), len(cards) - cards.holds(hidden)

    def take_next(self, coder: str, selection: Selection, after: str = "", step: int = 1) -> Card | None:
        """Hand out the next card that stands as asked and lies with nobody else, counting from card ``after``."""
        with self._lock:
            cards = self._get(coder, selection)
            for card in cards.coming(after, step):
                # Asked again once it is ours: whoever had it may have judged it just before letting go.
                if self._board.withholds(card, coder):
                    continue
                if self._leases.take(card.key, coder) and cards.asks(card):
                    return card
        return None

    def following(self, coder: str, selection: Selection, card: Card) -> Card | None:
        """Return the card that will probably be asked for after this one."""
        with self._lock:
            return self._get(coder, selection).following(card)

    def _get(self, coder: str, selection: Selection) -> Queue:
        key = (selection, coder if selection.status == "mine" else "")
        if key in self._kept:
            self._kept[key].refresh()
        else:
            self._kept[key] = Queue(self._board, selection, coder)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
