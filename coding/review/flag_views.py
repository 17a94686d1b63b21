"""What the templates show of a flag: plain values, nothing to compute left."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from coding.flag_events import FlagEvent
from coding.model import Quote
from coding.review.board import Board, Card
from coding.review.flag_board import FlagBoard, FlagCard
from coding.review.highlight import Segment, Span, cut
from coding.review.views import VERDICTS, pages_of
from outputs.tensions import label_of, relation_label, wording_of

ADDRESSES = {
    "geprioriteerd": "geprioriteerd: de tekst zegt wat voorgaat",
    "afgewogen": "afgewogen: de tekst zegt hoe er gewogen wordt",
    "niet geadresseerd": "niet geadresseerd: de tekst zegt niet hoe ermee om te gaan",
}
AROUND = 240
"""Characters shown of the passage before and after a quote."""
QUOTED, MARKED = "citaat", "verbindend woord"


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One quote in its passage: ``segments`` carry `QUOTED` and, on the marker's words, `MARKED`."""

    pole: str
    card: Card
    pages: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag as shown."""

    card: FlagCard
    label: str
    wording: str
    rationale: str
    address: str
    """Empty where the question makes no sense: a phrase, or two claims side by side."""
    quotes: tuple[QuoteView, ...]
    mine: FlagEvent | None
    others: tuple[tuple[str, str, str], ...]
    """Name, verdict and memo of each other coder."""


def flag_view(flags: FlagBoard, board: Board, card: FlagCard, coder: str) -> FlagView:
    """Return what the page shows of a flag to a coder."""
    flag, codebook = card.judged.flag, board.snapshot.codebook
    same = flag.left == flag.right
    poles = [label_of(codebook, code) for code in flag.codes]
    pairs = [(" · ".join(poles), flag.left)] if same else list(zip(poles, (flag.left, flag.right), strict=True))
    said = flags.verdicts(card)
    relation = flags.relations.get(flag.relation)
    return FlagView(
        card=card,
        label=relation_label(codebook, flag),
        wording=wording_of(codebook, flag),
        rationale=relation.rationale if relation else "",
        address=ADDRESSES[flag.address] if flag.grade > 2 and card.kind == "tension" else "",
        quotes=tuple(v for pole, quote in pairs for v in _quote(board, pole, quote, flag.marker)),
        mine=next((e for e in said if e.coder == coder), None),
        others=tuple((e.coder, VERDICTS.get(e.verdict, ""), e.memo) for e in said if e.coder != coder),
    )


def _quote(board: Board, pole: str, quote: Quote, marker: str) -> Iterable[QuoteView]:
    card = board.card_at(quote.document_id, quote.start)
    if card is None:
        return
    text = card.passage.text
    start, end = quote.start - card.passage.start, quote.end - card.passage.start
    spans = [Span(start, end, QUOTED), *(Span(*s, MARKED) for s in marker_spans(text, (start, end), marker))]
    yield QuoteView(pole, card, pages_of(card), tuple(_near(s, len(text)) for s in cut(text, spans)))


def marker_spans(text: str, quote: tuple[int, int], marker: str) -> list[tuple[int, int]]:
    """Return where the marker stands in the quote; else its first place after the quote, else its last before it."""
    words = r"\s+".join(re.escape(word) for word in marker.split())
    found = [m.span() for m in re.finditer(rf"\b{words}\b", text, re.IGNORECASE)] if words else []
    inside = [(a, b) for a, b in found if quote[0] <= a and b <= quote[1]]
    after, before = [s for s in found if s[0] >= quote[1]], [s for s in found if s[1] <= quote[0]]
    return inside or after[:1] or before[-1:]


def _near(segment: Segment, length: int) -> Segment:
    """Shorten a long stretch before or after the quote to the whole words that stand next to it."""
    if segment.codes or len(segment.text) <= AROUND:
        return segment
    if segment.start == 0 and len(segment.text) < length:
        return replace(segment, text=f"[…] {segment.text[-AROUND:].partition(' ')[2]}")
    return replace(segment, text=f"{segment.text[:AROUND].rpartition(' ')[0]} […]")
