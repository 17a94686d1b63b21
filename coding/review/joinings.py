"""Tensions that people make themselves of two quotes far apart: *onderzoekersduidingen*."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codebook.model import Relation
from coding.cell_events import Chosen
from coding.flag_events import FlagEvent, FlagSaid, choose, new_flag_event, quote_of
from coding.flagging import joined
from coding.model import Flag
from coding.review.board import Board, Card

SHOWN = 25
"""Passages to choose from on either side: the accepted ones first, then the firmest suggestions."""
OWN_RULE = "onderzoekersduiding"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two quotes as it was chosen: a stretch (code points in the version's text) of a card's passage."""

    card: Card
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage to choose a quote from."""

    card: Card
    is_accepted: bool
    score: float


class Joinings:
    """The own tensions of everybody in a study, in force."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._snapshot = board.snapshot
        self._relations = {r.id: r for r in self._snapshot.codebook.relations}
        self._events = {e.id: e for e in joined(self._snapshot)}
        self._lock = threading.Lock()

    @property
    def relations(self) -> list[Relation]:
        """The codebook's relations between two codes that a tension of one's own may be of."""
        return [r for r in self._relations.values() if r.kind == "tension"]

    def events(self, coder: str) -> list[FlagEvent]:
        """Return own tensions, the newest first, without those in passages that this coder is to code blind."""
        seen = [e for e in self._events.values() if not any(self._withholds(q, coder) for q in (e.left, e.right))]
        return sorted(seen, key=lambda e: (e.time, e.id), reverse=True)

    def candidates(self, municipality: str, code: str, coder: str) -> list[Candidate]:
        """Return the passages of a municipality that hold a code, by people or by the program.

        Those that this coder is to code blind are left out.
        """
        found = [
            c
            for card in self._board.cards
            if municipality in card.municipalities and card.document.included and not self._board.withholds(card, coder)
            for c in self._candidate(card, code)
        ]
        return sorted(found, key=lambda c: (not c.is_accepted, -c.score))[:SHOWN]

    def side(self, text: str) -> Side | None:
        """Read ``card@start-end``; ``None`` where it names no passage."""
        key, _, span = text.partition("@")
        card = self._board.by_key.get(key)
        start, _, end = span.partition("-")
        if card is None:
            return None
        if not (start.isdigit() and end.isdigit()):
            return Side(card, card.passage.start, card.passage.end)
        return Side(card, int(start), int(end))

    def join(
        self, coder: str, sides: tuple[Side, Side], relation: str, codes: tuple[str, str], rationale: str
    ) -> FlagEvent:
        """Record a tension of a coder's own. Raise ``ValueError`` (Dutch) when something is missing or does not fit."""
        one, other = sides
        codes = self._codes(relation, codes)
        if not set(one.card.municipalities) & set(other.card.municipalities):
            raise ValueError("De twee citaten komen uit verschillende gemeenten.")
        if any(self._board.withholds(side.card, coder) for side in sides):
            raise ValueError("Een van deze passages codeert u eerst blind.")
        left, right = self._chosen(one), self._chosen(other)
        if left.version == right.version and left.start < right.end and right.start < left.end:
            raise ValueError("Kies twee verschillende citaten die elkaar niet overlappen.")
        flag = Flag(
            relation=relation,
            grade=1,
            scope="municipality",
            left=quote_of(left, one.card.passage.heading_path),
            right=quote_of(right, other.card.passage.heading_path),
            codes=codes,
            rule=OWN_RULE,
        )
        return self._keep(coder, flag, (left, right), FlagSaid("join", _reason(rationale)))

    def reword(self, coder: str, event_id: str, rationale: str) -> FlagEvent:
        """Record another rationale for an own tension; the earlier one stays in the history."""
        earlier = self._known(event_id, coder)
        said = FlagSaid("join", _reason(rationale), earlier)
        return self._keep(coder, earlier.flag, (earlier.left, earlier.right), said)

    def withdraw(self, coder: str, event_id: str) -> FlagEvent:
        """Take an own tension back; it stays in the history."""
        earlier = self._known(event_id, coder)
        return self._keep(coder, earlier.flag, (earlier.left, earlier.right), FlagSaid("withdraw", "", earlier))

    def _keep(self, coder: str, flag: Flag, quotes: tuple[Chosen, Chosen], said: FlagSaid) -> FlagEvent:
        event = new_flag_event(coder, flag, quotes, said, self._snapshot.codebook.content)
        with self._lock:
            self._board.keep(event)
            if said.earlier:
                self._events.pop(said.earlier.id, None)
            if said.verdict == "join":
                self._events[event.id] = event
        return event

    def _withholds(self, quote: Chosen, coder: str) -> bool:
        card = self._board.card_at(quote.document_id, quote.start)
        return card is not None and self._board.withholds(card, coder)

    def _known(self, event_id: str, coder: str) -> FlagEvent:
        known = self._events.get(event_id)
        if known is None or any(self._withholds(quote, coder) for quote in (known.left, known.right)):
            raise ValueError("Deze duiding bestaat niet meer; iemand heeft haar intussen gewijzigd of ingetrokken.")
        return known

    def _codes(self, relation: str, codes: tuple[str, str]) -> tuple[str, str]:
        if relation:
            if relation not in {r.id for r in self.relations}:
                raise ValueError(f"Het codeboek heeft geen spanning {relation!r}.")
            return self._relations[relation].codes[0], self._relations[relation].codes[1]
        if any(code not in self._board.codes for code in codes) or codes[0] == codes[1]:
            raise ValueError("Kies twee verschillende codes uit het codeboek.")
        return codes

    def _chosen(self, side: Side) -> Chosen:
        document, passage = side.card.document.id, side.card.passage
        version = self._snapshot.versions[document]
        piece = version.text[side.start : side.end]
        start, end = side.start + len(piece) - len(piece.lstrip()), side.start + len(piece.rstrip())
        if not passage.start <= start < end <= passage.end:
            raise ValueError("Het gekozen fragment ligt niet in deze passage.")
        return choose(version, self._snapshot.passages[document], start, end)

    def _candidate(self, card: Card, code: str) -> Iterator[Candidate]:
        status = self._board.status(card, code)
        scores = [s.score for s in card.decided if s.code == code or s.code.startswith(f"{code}.")]
        if status == "accepted" or (scores and status != "rejected"):
            yield Candidate(card, status == "accepted", max(scores, default=1.0))


def homes(cards: Sequence[Card]) -> list[str]:
    """Return the municipalities of the cards that count, by name."""
    return sorted({name for card in cards if card.document.included for name in card.municipalities})


def _reason(rationale: str) -> str:
    if not rationale.strip():
        raise ValueError("Schrijf in de toelichting waarom deze twee citaten tegen elkaar in gaan.")
    return rationale.strip()
