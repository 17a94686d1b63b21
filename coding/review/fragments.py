"""Fragments within a passage: cut one in two, join two that follow each other, move the borders of one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse

from coding.review.board import Board, Card
from coding.review.selection import Selection

if TYPE_CHECKING:
    from coding.review.app import Desk

Span = tuple[int, int]
"""Start and end, in code points of the version's text."""
Change = Literal["cut", "join", "move"]
TAKEN = "Deze passage ligt nu bij een ander; je kreeg de volgende."


def fragments_of(board: Board, card: Card, coder: str, code: str) -> list[Span]:
    """Return a coder's fragments of a code in a passage, in the order of the text."""
    whole = (card.passage.start, card.passage.end)
    accepted = (d for d in board.decisions_on(card, coder) if d.verdict == "accept" and d.code == code)
    return sorted((d.start, d.end) for d in accepted if (d.start, d.end) != whole)


def changed(fragments: Sequence[Span], span: Span, change: Change, to: Span) -> tuple[list[Span], list[Span]]:
    """Return which fragments go and which come in their place.

    ``to``: for a cut both numbers are the place of the cut, for a move the new borders; a join takes the text between
    a fragment and the next one along. Raise ``ValueError`` for a fragment that is not there or a cut beside it.
    """
    if span not in fragments:
        raise ValueError("Dit fragment staat er niet meer; laad de pagina opnieuw.")
    if change == "cut":
        if not span[0] < to[0] < span[1]:
            raise ValueError("Knip binnen het fragment, zodat aan beide kanten tekst overblijft.")
        return [span], [(span[0], to[0]), (to[0], span[1])]
    if change == "join":
        following = next((other for other in fragments if other > span), None)
        if following is None:
            raise ValueError("Na dit fragment komt er in deze passage geen meer van dezelfde code.")
        return [span, following], [(span[0], max(span[1], following[1]))]
    return [span], [to]


def read_span(text: str) -> Span | None:
    """Read ``start-end``, ``None`` of nothing. Raise ``ValueError`` when it is anything else."""
    if not text:
        return None
    start, _, end = text.partition("-")
    return int(start), int(end)


def add_fragments(app: FastAPI, desk: "Desk") -> None:
    """Add the route that changes fragments."""

    @app.post("/fragment")
    def change_fragment(
        request: Request,
        token: Annotated[str, Form()],
        card: Annotated[str, Form()],
        code: Annotated[str, Form()],
        span: Annotated[str, Form()],
        change: Annotated[Change, Form()],
        to: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        visit, selection = desk.allowed(request, token), Selection.from_query(request.query_params)
        board, here = desk.board, desk.board.by_key.get(card)
        if here is None:
            raise HTTPException(404, "Deze passage bestaat niet meer.")
        if not desk.leases.take(card, visit.coder):
            following = desk.queues.take_next(visit.coder, selection, card)
            return desk.card_page("card.html.j2", visit, following, selection, TAKEN)
        try:
            present = fragments_of(board, here, visit.coder, code)
            old, new = changed(present, read_span(span) or (0, 0), change, read_span(to) or (0, 0))
            board.reshape(visit.coder, here, code, old, new)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return desk.card_page("card.html.j2", visit, here, selection)
