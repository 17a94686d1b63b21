"""The flags on the table: their order, and what everybody said of them."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from codebook.model import Relation, RelationKind
from coding.flag_events import FlagEvent, FlagSaid, FlagVerdict, choose, new_flag_event
from coding.flagging import FlagKey, JudgedFlag, flag_key
from coding.judging import status_of
from coding.model import Flag, Status
from coding.review.board import Board
from coding.review.leases import Leases
from outputs.tensions import ordered_judged

FlagStatus = Literal["open", "mine", "judged", "alles"]
STATUSES: Mapping[FlagStatus, str] = {
    "open": "nog door niemand beoordeeld",
    "mine": "nog niet door mij beoordeeld",
    "judged": "beoordeeld",
    "alles": "alle",
}


@dataclass(frozen=True, slots=True)
class FlagSelection:
    """Which flags to go through; empty fields leave nothing out."""

    grade: int = 0
    relation: str = ""
    kind: str = ""
    status: FlagStatus = "open"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "FlagSelection":
        """Read a selection from an address; what it cannot mean is left out."""
        grade = query.get("sterkte", "")
        status = query.get("status", "open")
        return cls(
            grade=int(grade) if grade in ("2", "3", "4") else 0,
            relation=query.get("relatie", ""),
            kind=query.get("soort", ""),
            status=next((s for s in STATUSES if s == status), "open"),
        )

    @property
    def query(self) -> str:
        """The selection as the query of an address."""
        given = {"sterkte": self.grade or "", "relatie": self.relation, "soort": self.kind, "status": self.status}
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class FlagCard:
    """One flag to judge. ``key`` names it in addresses and stays the same as long as its quotes stand there."""

    key: str
    place: int
    judged: JudgedFlag
    kind: RelationKind


class FlagBoard:
    """The flags of one study with the verdicts in force, and people's own tensions; beside the board of passages."""

    def __init__(self, board: Board, leases: Leases) -> None:
        self._board = board
        self.leases = leases
        """Of flags: who reads a flag may have a passage on another page as well."""
        self._snapshot = board.snapshot
        self.relations: Mapping[str, Relation] = {r.id: r for r in self._snapshot.codebook.relations}
        self._codebook = self._snapshot.codebook.content
        shown = [j for j in ordered_judged(self._snapshot) if j.is_placed]
        self.cards: tuple[FlagCard, ...] = tuple(
            FlagCard(_short(flag_key(j.flag)), i, j, self._kind(j.flag)) for i, j in enumerate(shown)
        )
        self.by_key: Mapping[str, FlagCard] = {card.key: card for card in self.cards}
        self._said: dict[str, dict[str, FlagEvent]] = {
            card.key: {e.coder: e for e in card.judged.verdicts} for card in self.cards
        }
        self._undo: dict[str, list[tuple[FlagCard, FlagEvent, FlagEvent | None]]] = {}
        self._lock = threading.Lock()

    def verdicts(self, card: FlagCard) -> list[FlagEvent]:
        """Return what was said of a flag, one event a coder."""
        return sorted(self._said[card.key].values(), key=lambda e: e.coder)

    def status(self, card: FlagCard) -> Status:
        """Return what all coders together made of a flag."""
        return status_of({coder: e.verdict == "accept" for coder, e in self._said[card.key].items()})

    def chosen(self, selection: FlagSelection) -> list[FlagCard]:
        """Return the cards a selection asks for, whatever was said of them, in the order of the report."""
        return [
            card
            for card in self.cards
            if selection.grade in (0, card.judged.flag.grade)
            and selection.relation in ("", card.judged.flag.relation)
            and selection.kind in ("", card.kind)
        ]

    def withholds(self, card: FlagCard, coder: str) -> bool:
        """Tell whether a flag would give away what the program says of a passage that a coder is to code blind."""
        quotes = (card.judged.flag.left, card.judged.flag.right)
        held = (self._board.card_at(quote.document_id, quote.start) for quote in quotes)
        return any(passage is not None and self._board.withholds(passage, coder) for passage in held)

    def asks(self, card: FlagCard, selection: FlagSelection, coder: str) -> bool:
        """Tell whether a card stands as the selection asks, for a coder who may see it."""
        if self.withholds(card, coder):
            return False
        said = self._said[card.key]
        answers = {"open": not said, "mine": coder not in said, "judged": bool(said), "alles": True}
        return answers[selection.status]

    def take_next(
        self, selection: FlagSelection, coder: str, after: FlagCard | None = None, step: int = 1
    ) -> FlagCard | None:
        """Hand out the next card that stands as asked and lies with nobody else, round again at the end.

        With ``step`` -1 it is the one before.
        """
        cards = self.chosen(selection)[:: 1 if step > 0 else -1]
        here = after.place * step if after else -len(self.cards)
        for card in sorted(cards, key=lambda c: c.place * step <= here):
            if not self.asks(card, selection, coder) or not self.leases.take(card.key, coder):
                continue
            # Asked again once it is ours: whoever had it may have judged it just before letting go.
            if self.asks(card, selection, coder):
                return card
        return None

    def decide(self, coder: str, card: FlagCard, verdict: FlagVerdict, memo: str = "") -> FlagEvent:
        """Record a verdict on a flag. Raise ``ValueError`` for one that is none."""
        if verdict not in ("accept", "reject", "withdraw"):
            raise ValueError("Over een aanwijzing beslist u met bevestigen of verwerpen.")
        if self.withholds(card, coder):
            raise ValueError("Een van deze passages codeert u eerst blind.")
        with self._lock:
            earlier = self._said[card.key].get(coder)
            if earlier is None and verdict == "withdraw":
                raise ValueError("U heeft over deze aanwijzing nog niets beslist.")
            if earlier and earlier.verdict == verdict:
                memo = memo or earlier.memo  # saying the same again does not wipe out why
            event = self._record(coder, card, FlagSaid(verdict, memo, earlier))
            self._undo.setdefault(coder, []).append((card, event, earlier))
        return event

    def undo(self, coder: str) -> FlagCard | None:
        """Take back this coder's latest verdict of this sitting, by an event that says again what stood before it."""
        with self._lock:
            if not self._undo.get(coder):
                return None
            card, last, before = self._undo[coder][-1]
            verdict: FlagVerdict = before.verdict if before else "withdraw"
            memo = before.memo if before else "ongedaan gemaakt"
            self._record(coder, card, FlagSaid(verdict, memo, self._said[card.key].get(coder, last)))
            self._undo[coder].pop()
            return card

    def _record(self, coder: str, card: FlagCard, said: FlagSaid) -> FlagEvent:
        flag = card.judged.flag
        left, right = (
            choose(self._snapshot.versions[q.document_id], self._snapshot.passages[q.document_id], q.start, q.end)
            for q in (flag.left, flag.right)
        )
        event = new_flag_event(coder, flag, (left, right), said, self._codebook)
        self._board.keep(event)
        if said.verdict == "withdraw":
            self._said[card.key].pop(coder, None)
        else:
            self._said[card.key][coder] = event
        return event

    def _kind(self, flag: Flag) -> RelationKind:
        relation = self.relations.get(flag.relation)
        return relation.kind if relation else "tension"


def _short(key: FlagKey) -> str:
    return hashlib.sha256(repr(key).encode()).hexdigest()[:16]
