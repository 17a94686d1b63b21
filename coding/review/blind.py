"""Blind coding in the browser: a passage, the themes, and nothing of what the program or another coder says."""

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from coding.review.board import Board, Card
from coding.review.views import KEYS, NEAR, pages_of

if TYPE_CHECKING:
    from coding.review.app import Desk, Visit

EMPTY = "Kies de thema’s die van toepassing zijn, of ‘geen thema’."
BOTH = "U koos een thema én ‘geen thema’; haal een van beide weg."


@dataclass(frozen=True, slots=True)
class Choice:
    """One theme to tick. ``key`` is the key that ticks it."""

    code: str
    label: str
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    colour: str
    key: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class BlindView:
    """A card as a coder sees it who is to code it blind: its text, where it stands, and the themes."""

    card: Card
    choices: tuple[Choice, ...]
    memo: str
    before: str
    after: str
    pages: str
    done: int
    total: int
    number: int
    """Which of the batch this is, from 1."""
    previous: str
    following: str
    """Keys of the cards beside it in the batch; empty at an end."""
    last: bool
    """After this one the batch is done, and the codings are fixed."""


def blind_view(board: Board, card: Card, coder: str, ticked: frozenset[str] | None = None, memo: str = "") -> BlindView:
    """Return what to show of a card; ``ticked`` and ``memo`` are what was sent and could not be kept."""
    mine = [d for d in board.decisions_on(card, coder) if d.manner == "blind"]
    if ticked is None:
        ticked = frozenset(d.code for d in mine if d.verdict == "accept")
        memo = next((d.memo for d in mine if d.verdict == "read"), "")
    batch = board.handed_out.blind(coder)
    undone = board.handed_out.undone(coder)
    here = batch.index(card.key)
    keys = dict(zip((theme.id for theme in board.themes), KEYS, strict=False))
    return BlindView(
        card=card,
        choices=tuple(
            Choice(t.id, t.label, t.definition, t.includes, t.excludes, t.colour, keys.get(t.id, ""), t.id in ticked)
            for t in board.themes
        ),
        memo=memo,
        before=shorten(card.before[: -3 * NEAR : -1], NEAR, placeholder="…")[::-1],
        after=shorten(card.after[: 3 * NEAR], NEAR, placeholder="…"),
        pages=pages_of(card),
        done=len(batch) - len(undone),
        total=len(batch),
        number=here + 1,
        previous=batch[here - 1] if here else "",
        following=batch[here + 1] if here + 1 < len(batch) else "",
        last=undone == [card.key],
    )


def own_work(board: Board, coder: str) -> str:
    """Return the address of the page where a coder's own work begins."""
    if board.handed_out.undone(coder):
        return "/blind"
    return f"/wachtrij?part={quote(coder)}" if coder in board.handed_out.parts else "/wachtrij"


def add_blind(app: FastAPI, desk: "Desk") -> None:
    """Add the routes of blind coding."""
    board = desk.board

    def show(visit: "Visit", card: Card | None, notice: str = "", **sent: object) -> Response:
        shown = blind_view(board, card, visit.coder, **sent) if card else None  # type: ignore[arg-type]  # see `code`
        counts = board.handed_out.counts(visit.coder)
        page = desk.page("blind.html.j2", visit, shown=shown, notice=notice, counts=counts)
        page.status_code = 422 if notice else 200
        return page

    @app.get("/blind")
    def next_blind(request: Request, kaart: str = "") -> Response:
        visit = desk.visit(request)
        card = board.by_key.get(kaart)
        if card is None or not board.withholds(card, visit.coder):
            undone = board.handed_out.undone(visit.coder)
            card = board.by_key[undone[0]] if undone else None
        return show(visit, card)

    @app.post("/blind")
    def code(
        request: Request,
        token: Annotated[str, Form()],
        card: Annotated[str, Form()],
        theme: Annotated[list[str] | None, Form()] = None,
        nothing: Annotated[str, Form()] = "",
        memo: Annotated[str, Form()] = "",
    ) -> Response:
        visit, here, chosen = desk.allowed(request, token), board.by_key.get(card), frozenset(theme or ())
        if here is None or not board.withholds(here, visit.coder):
            raise HTTPException(404, "Deze passage codeert u niet (meer) blind.")
        if bool(chosen) == bool(nothing):
            return show(visit, here, BOTH if chosen else EMPTY, ticked=chosen, memo=memo)
        try:
            board.code_blind(visit.coder, here, chosen, memo.strip())
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return RedirectResponse(f"/blind?kaart={quote(_following(board, visit.coder, card))}", 303)


def _following(board: Board, coder: str, key: str) -> str:
    """Return the next card of the batch that is to be coded, from ``key`` on and round again."""
    batch, undone = board.handed_out.blind(coder), set(board.handed_out.undone(coder))
    here = batch.index(key) if key in batch else 0
    return next((other for other in (*batch[here:], *batch[:here]) if other in undone), "")
