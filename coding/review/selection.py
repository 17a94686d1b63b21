"""Which cards, in which order: the filters of the queue and what a decision teaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from coding.model import Coding, Decision
from coding.review.board import Board, Card

ORDERS = {"leren": "leerzaamste eerst", "tekst": "volgorde van de tekst", "zeker": "zekerste eerst"}


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters as they stand in the address; an empty value filters nothing."""

    municipality: str = ""
    document: str = ""
    theme: str = ""
    level: str = ""
    method: str = ""
    status: str = "open"
    """open (nobody judged it), mine (not by this coder: double coding), accepted, rejected, oneens, gelezen, alles."""
    coder: str = ""
    text: str = ""
    order: str = "leren"
    part: str = ""
    """Only this coder's share of the work."""
    sample: str = ""
    """``ja``: only the random sample for estimation, each card until every theme is judged."""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Selection":
        """Read the filters from an address; what is not a filter is ignored."""
        return cls(**{f.name: query[f.name] for f in fields(cls) if f.name in query})

    @property
    def query(self) -> str:
        """The address part that gives this selection again, without what is as it starts."""
        start = Selection()
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return urlencode({name: value for name, value in given.items() if value != getattr(start, name)})


def queue(board: Board, selection: Selection) -> list[Card]:
    """Return the cards that meet every filter but status, in the order asked for."""
    return ordered(board, [c for c in board.cards if meets(board, c, selection)], selection)


def has_status(board: Board, card: Card, selection: Selection, coder: str) -> bool:
    """Tell whether a card stands as the selection asks, for its theme or for any code."""
    if selection.status in ("", "alles"):
        return True
    if selection.status in ("open", "mine"):
        whose = coder if selection.status == "mine" else None
        return waits(board, card, selection, whose)
    if selection.status == "gelezen":
        return any(d.verdict == "read" for d in board.decisions_on(card))
    codes = {s.code for s in card.suggestions} | {d.code for d in board.decisions_on(card)}
    wanted = {c for c in codes if c and (not selection.theme or _belongs(c, selection.theme))}
    return any(board.status(card, code) == selection.status for code in wanted)


def waits(board: Board, card: Card, selection: Selection, coder: str | None) -> bool:
    """Tell whether a card awaits a verdict of this coder, or (``None``) of anybody, on what the selection is about."""
    if selection.sample:
        return board.is_unfinished(card, coder)
    return board.is_open(card, coder, [s.code for s in _of_theme(card.decided, selection.theme)])


def ordered(board: Board, cards: Sequence[Card], selection: Selection) -> list[Card]:
    """Order cards; *leren* takes the doubtful first and then, in turn, another theme and document each time."""
    if selection.order == "tekst":
        return list(cards)
    if selection.order == "zeker":
        return sorted(
            cards, key=lambda c: -max((s.score for s in _of_theme(c.suggestions, selection.theme)), default=0.0)
        )
    by_doubt = sorted(((*_most_doubted(board, c.suggestions), c) for c in cards), key=lambda d: (d[0], d[2].place))
    seen: dict[tuple[str, str], int] = {}
    turns: list[tuple[int, int]] = []
    for i, (_distance, code, card) in enumerate(by_doubt):
        group = (card.document.id, code)
        seen[group] = seen.get(group, -1) + 1
        turns.append((seen[group], i))
    return [by_doubt[i][2] for _, i in sorted(turns)]


def meets(board: Board, card: Card, selection: Selection) -> bool:
    """Tell whether a card meets every filter but status; only a decision on this card can change the answer."""
    document, suggestions = card.document, _of_theme(card.suggestions, selection.theme)
    decisions = board.decisions_on(card)
    return (
        (not selection.sample or board.in_sample(card))
        and (not selection.part or card.key in board.handed_out.parts.get(selection.part, ()))
        and (not selection.municipality or selection.municipality in card.municipalities)
        and (not selection.document or document.id.startswith(selection.document))
        and (not selection.theme or bool(suggestions) or any(_belongs(d.code, selection.theme) for d in decisions))
        and (not selection.level or any(s.level == selection.level for s in suggestions))
        and (not selection.method or any(selection.method in s.methods for s in suggestions))
        and (not selection.coder or any(d.coder == selection.coder and _about(d, selection.theme) for d in decisions))
        and (not selection.text or selection.text.casefold() in card.passage.text.casefold())
    )


def _of_theme(suggestions: Sequence[Coding], theme: str) -> Sequence[Coding]:
    return [s for s in suggestions if _belongs(s.code, theme)] if theme else suggestions


def _about(decision: Decision, theme: str) -> bool:
    """Tell whether a decision says something of a theme: also that there is nothing of any."""
    return not theme or not decision.code or _belongs(decision.code, theme)


def _belongs(code: str, theme: str) -> bool:
    return code == theme or code.startswith(theme + ".")


def _most_doubted(board: Board, suggestions: Iterable[Coding]) -> tuple[float, str]:
    """Return how far the most doubtful score lies from the cut at which the program decides, and of which code.

    0 teaches most; 1 and no code where nothing is suggested.
    """
    least, doubted = 1.0, ""
    for suggestion in suggestions:
        distance = abs(suggestion.score - board.thresholds.get(suggestion.code, 0.5))
        if distance < least or not doubted:
            least, doubted = distance, suggestion.code
    return least, doubted
