"""What the templates show of a card: plain values, nothing to compute left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from codebook.model import Code
from coding.model import Coding, Decision
from coding.review.board import Board, Card
from coding.review.highlight import Segment, Span, cut, telling

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-")
NEAR = 180
"""Characters shown of the text before and after."""
VERDICTS = {"accept": "bevestigd", "reject": "verworpen"}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code on a card: what the program says and what the coder made of it."""

    code: str
    label: str
    colour: str
    definition: str
    memo: str
    key: str
    score: float | None
    level: str
    methods: str
    terms: tuple[str, ...]
    verdict: str
    """This coder's verdict: ``accept``, ``reject`` or empty."""
    verdict_label: str
    others: tuple[tuple[str, str], ...]
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch within the passage that somebody coded by itself."""

    decision: Decision
    label: str
    colour: str
    followed: bool
    """Whether another fragment of the same code comes after it, with which it can be joined."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as shown."""

    card: Card
    segments: tuple[Segment, ...]
    suggested: tuple[CodeLine, ...]
    doubtful: tuple[CodeLine, ...]
    rest: tuple[CodeLine, ...]
    fragments: tuple[Fragment, ...]
    read: bool
    read_memo: str
    before: str
    """How the text before it ends; ``after``: how the text after it begins."""
    after: str
    municipality: str
    pages: str


def view(board: Board, card: Card, coder: str, *, brief: bool = False, theme: str = "") -> CardView:
    """Return what a coder sees of a card: suggestions first, then the doubtful ones, then every other theme.

    ``brief`` leaves out the neighbours and all but the codes that stand; ``theme`` has the focus while it is open. Of a
    card that the coder is to code blind nothing shows but its text.
    """
    withheld = board.withholds(card, coder)
    if withheld:
        card = replace(card, suggestions=(), decided=())
    whole = (card.passage.start, card.passage.end)
    decisions = () if withheld else board.decisions_on(card)
    own = [d for d in decisions if d.coder == coder and d.manner != "adjudication"]
    mine = {d.code: d for d in own if (d.start, d.end) == whole}
    others = [d for d in decisions if d.coder != coder or d.manner == "adjudication"]
    keys = dict(zip((c.id for c in board.themes), KEYS, strict=False))
    suggestions = {s.code: s for s in card.suggestions}
    firm = {s.code for s in card.decided} | {c for c, d in mine.items() if d.verdict == "accept"}
    codes = [code for code in board.codes.values() if not brief or code.id in firm]
    lines = [
        _line(card, code, keys.get(code.id, ""), suggestions.get(code.id), mine.get(code.id), others) for code in codes
    ]
    suggested = [line for line in lines if line.code in firm]
    fragments = tuple(_fragments(board, card, coder))
    return CardView(
        card=card,
        segments=tuple(cut(card.passage.text, _spans(card), _chosen(card, fragments))),
        suggested=tuple(_focus_first_open(sorted(suggested, key=lambda line: -(line.score or 0.0)), theme)),
        doubtful=tuple(line for line in lines if line.code in suggestions and line.code not in firm),
        rest=tuple(line for line in lines if line.code not in suggestions and line.code not in firm),
        fragments=fragments,
        read="" in mine,
        read_memo=mine[""].memo if "" in mine else "",
        before="" if brief else shorten(card.before[: -3 * NEAR : -1], NEAR, placeholder="…")[::-1],
        after="" if brief else shorten(card.after[: 3 * NEAR], NEAR, placeholder="…"),
        municipality=" en ".join(card.municipalities),
        pages=pages_of(card),
    )


def _line(
    card: Card, code: Code, key: str, suggestion: Coding | None, mine: Decision | None, others: Sequence[Decision]
) -> CodeLine:
    verdict = mine.verdict if mine else ""
    return CodeLine(
        code=code.id,
        label=code.label,
        colour=code.colour,
        definition=code.definition,
        memo=mine.memo if mine else "",
        key=key,
        score=suggestion.score if suggestion else None,
        level=suggestion.level if suggestion else "",
        methods=", ".join(f"{name} {score:.2f}" for name, score in suggestion.methods.items()) if suggestion else "",
        terms=_words(card, suggestion) if suggestion else (),
        verdict=verdict,
        verdict_label=VERDICTS.get(verdict, ""),
        others=tuple((d.coder, _verdict(d)) for d in others if d.code == code.id),
    )


def _verdict(decision: Decision) -> str:
    last = " (besliste wat oneens was)" if decision.manner == "adjudication" else ""
    return VERDICTS.get(decision.verdict, decision.verdict) + last


def _words(card: Card, suggestion: Coding) -> tuple[str, ...]:
    """The words in the passage that weighed: a pattern of the codebook says less to the eye."""
    text = card.passage.text
    found = (text[span.start : span.end] for span in telling(text, _evidence(card, suggestion)))
    return tuple(dict.fromkeys(" ".join(words.split()) for words in found))


def _focus_first_open(lines: Sequence[CodeLine], theme: str) -> Iterable[CodeLine]:
    undecided = [i for i, line in enumerate(lines) if not line.verdict]
    about = [i for i in undecided if lines[i].code.partition(".")[0] == theme.partition(".")[0]]
    first = next(iter(about + undecided), None)
    return (replace(line, focus=i == first) for i, line in enumerate(lines))


def _spans(card: Card) -> list[Span]:
    themes = [s for s in card.decided if "." not in s.code]
    return [span for s in themes for span in telling(card.passage.text, _evidence(card, s))]


def _evidence(card: Card, suggestion: Coding) -> list[Span]:
    offset = card.passage.start
    return [Span(e.start - offset, e.end - offset, suggestion.code) for e in suggestion.evidence]


def _fragments(board: Board, card: Card, coder: str) -> Iterable[Fragment]:
    whole = (card.passage.start, card.passage.end)
    accepted = (d for d in board.decisions_on(card, coder) if d.verdict == "accept" and (d.start, d.end) != whole)
    found = sorted(accepted, key=lambda d: (d.start, d.end))
    for i, decision in enumerate(found):
        code = board.codes[decision.code]
        yield Fragment(decision, code.label, code.colour, any(d.code == code.id for d in found[i + 1 :]))


def _chosen(card: Card, fragments: Iterable[Fragment]) -> list[Span]:
    start = card.passage.start
    return [Span(f.decision.start - start, f.decision.end - start, f.decision.code) for f in fragments]


def pages_of(card: Card) -> str:
    """Return the pages of a card as they are cited; nothing where there are none."""
    first, last = card.passage.page_from, card.passage.page_to
    if first is None:
        return ""
    return f"p. {first}" if first == last else f"p. {first}–{last}"
