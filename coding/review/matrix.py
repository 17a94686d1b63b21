"""The framework matrix on the review page: a summary a cell, in the researcher's words, with quotes to choose from."""

import threading
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from coding.cell_events import CellKey, Chosen, Summary
from coding.cell_loading import page_range
from coding.events import surrounded
from coding.review.board import Board, Card
from coding.review.cells import Cells
from outputs.wording import source_line

SUGGESTED = 15
"""Suggestions nobody judged yet that are offered as quotes, beside all that people accepted."""


WITHHELD = "Deze samenvatting citeert een passage die u eerst blind codeert; daarna ziet u haar weer."


class ChangedError(Exception):
    """Somebody else saved this cell meanwhile."""


@dataclass(frozen=True, slots=True)
class Option:
    """A quote to choose. ``value`` names its place; ``old:2`` one of the saved quotes that lost its place."""

    value: str
    text: str
    source: str
    note: str
    chosen: bool
    start: int
    """Where the text begins in its version; -1 where no other part of it can be selected."""
    version: str


class Matrix:
    """The summaries of one study, the latest of each cell in force; each save is an event that is only added."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._lock = threading.Lock()
        self._saved: dict[CellKey, list[Summary]] = {}
        for summary in sorted(board.snapshot.summaries, key=lambda s: (s.time, s.id)):
            self._saved.setdefault(summary.cell, []).append(summary)

    def latest(self, key: CellKey) -> Summary | None:
        """Return the summary in force, ``None`` where there is none (or an empty one was saved without quotes)."""
        saved = self._saved.get(key)
        return saved[-1] if saved and (saved[-1].text or saved[-1].quotes) else None

    def history(self, key: CellKey) -> Sequence[Summary]:
        """Return every save of a cell, the latest first."""
        return tuple(reversed(self._saved.get(key, ())))

    def seen(self, key: CellKey) -> str:
        """Return the id of the latest save, by which an edit says what it began from; empty before the first."""
        saved = self._saved.get(key)
        return saved[-1].id if saved else ""

    def without_cell(self, keys: Iterable[CellKey], coder: str) -> list[Summary]:
        """Return the summaries in force, and for a coder to see, of cells that the study does not have any more."""
        known = set(keys)
        latest = (self.latest(key) for key in list(self._saved) if key not in known and not self.withholds(key, coder))
        return [summary for summary in latest if summary is not None]

    def withholds(self, key: CellKey, coder: str) -> bool:
        """Tell whether a cell's summaries cite, or once cited, a passage that a coder is to code blind.

        They wait as a whole: who wrote with a quote before them may have said in the text what is in it.
        """
        return any(self._is_blind(quote, coder) for summary in self._saved.get(key, ()) for quote in summary.quotes)

    def save(self, coder: str, key: CellKey, seen: str, text: str, quotes: Sequence[str]) -> None:
        """Record a summary with the quotes of these values, in the order of the texts; the same again is no event.

        Raise `ChangedError` when another was saved since ``seen``, and ``ValueError`` for a quote that is not there or
        that this coder may not see yet.
        """
        with self._lock:
            if self.withholds(key, coder):
                raise ValueError(WITHHELD)
            if seen != self.seen(key):
                raise ChangedError
            before = self.history(key)[0] if seen else None
            chosen = tuple(_ordered(self.quote(key, value, before) for value in quotes))
            if any(self._is_blind(quote, coder) for quote in chosen):
                raise ValueError("Een van deze citaten komt uit een passage die u eerst blind codeert.")
            if (text, chosen) == ((before.text, before.quotes) if before else ("", ())):
                return
            now = datetime.now(UTC)
            codebook = self._board.snapshot.codebook.content
            summary = Summary(uuid.uuid4().hex, now, coder, *key, codebook, text, chosen)
            self._board.keep(summary)
            self._saved.setdefault(key, []).append(summary)

    def _is_blind(self, quote: Chosen, coder: str) -> bool:
        card = self._board.card_at(quote.document_id, quote.start)
        return card is not None and self._board.withholds(card, coder)

    def quote(self, key: CellKey, value: str, before: Summary | None = None) -> Chosen:
        """Return the quote that a value names, its text taken from the document. Raise ``ValueError`` for no quote."""
        version_id, *numbers = value.split(":")
        if version_id == "old" and before is not None and int(numbers[0]) < len(before.quotes):
            return before.quotes[int(numbers[0])]
        start, end = map(int, numbers)
        snapshot = self._board.snapshot
        version = next((v for v in snapshot.versions.values() if v.id == version_id), None)
        card = self._board.card_at(version.document_id, start) if version else None
        inside = card is not None and card.passage.start <= start < end <= card.passage.end
        if version is None or card is None or not inside or key[0] not in card.municipalities:
            raise ValueError("Dit citaat staat niet in de documenten van deze gemeente; laad de pagina opnieuw.")
        text = version.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        if start >= end:
            raise ValueError("Een citaat heeft woorden; kies een ander stuk tekst.")
        quote, left, right = surrounded(version.text, (start, end))
        pages = page_range([card.passage], start, end)
        return Chosen(version.document_id, version.id, start, end, quote, left, right, *pages)


def options(
    board: Board, cells: Cells, matrix: Matrix, key: CellKey, coder: str, sent: Sequence[str] = ()
) -> list[Option]:
    """Return the quotes to choose from: chosen ones, then what people accepted, then the best open suggestions.

    Passages that this coder is still to code blind are not among them. ``sent`` are values chosen in a form that could
    not be saved: they stay chosen.
    """
    latest = matrix.latest(key)
    found = {o.value: o for o in _saved(board, latest)} if latest else {}
    for value in sent:
        if not value.startswith("old:"):
            quote = matrix.quote(key, value)
            found.setdefault(value, _as_option(board, quote, value, "gekozen, nog niet bewaard"))
    cards = [c for c in board.cards if key[0] in c.municipalities and c.document.included]
    for card in cards:
        if not board.withholds(card, coder) and board.status(card, key[1]) == "accepted":
            for option in _accepted(board, card, key[1]):
                found.setdefault(option.value, option)
    suggested = [i.card for i in cells.items(key) if i.stage == "kandidaat" and i.status == "suggested"]
    for card in suggested[:SUGGESTED]:
        if not board.withholds(card, coder):
            whole = _option(card, (card.passage.start, card.passage.end), "voorstel, nog niet beoordeeld")
            found.setdefault(whole.value, whole)
    return list(found.values())


def _saved(board: Board, latest: Summary) -> Iterable[Option]:
    for i, quote in enumerate(latest.quotes):
        if quote.is_placed:
            yield _as_option(board, quote, f"{quote.version}:{quote.start}:{quote.end}", "gekozen")
        else:
            yield _as_option(board, quote, f"old:{i}", "gekozen, maar niet teruggevonden in de tekst van nu")


def _as_option(board: Board, quote: Chosen, value: str, note: str) -> Option:
    document = next((d for d in board.snapshot.documents if d.id == quote.document_id), None)
    source = source_line(document, quote.page, quote.page_to) if document else "document niet meer in de studie"
    start = quote.start if quote.is_placed else -1
    return Option(value, quote.quote, source, note, True, start, quote.version)


def _accepted(board: Board, card: Card, theme: str) -> Iterable[Option]:
    whole = (card.passage.start, card.passage.end)
    spans = {
        (d.start, d.end)
        for d in board.decisions_on(card)
        if d.verdict == "accept" and d.code.partition(".")[0] == theme and (d.start, d.end) != whole
    }
    for span in sorted(spans):
        yield _option(card, span, "bevestigd fragment")
    yield _option(card, whole, "bevestigd")


def _option(card: Card, span: tuple[int, int], note: str) -> Option:
    start, end = span
    text = card.passage.text[start - card.passage.start : end - card.passage.start]
    source = source_line(card.document, *page_range([card.passage], start, end))
    return Option(f"{card.version}:{start}:{end}", text, source, note, False, start, card.version)


def _ordered(quotes: Iterable[Chosen]) -> list[Chosen]:
    """Put quotes in the order of the texts, each once."""
    return sorted(dict.fromkeys(quotes), key=lambda q: (q.document_id, q.start, q.end))
