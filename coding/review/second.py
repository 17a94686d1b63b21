"""The second look: decisions on codes that were split, merged, retired or defined anew since, back to their coder."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from codebook.model import Code
from coding.model import Look
from coding.review.board import Board, Card
from coding.review.highlight import Segment, Span, cut
from coding.review.views import VERDICTS, pages_of

if TYPE_CHECKING:
    from coding.review.app import Desk

SHOWN = 20
"""Decisions on the page at a time."""


@dataclass(frozen=True, slots=True)
class SecondView:
    """A decision to look at again, with its passage."""

    look: Look
    card: Card
    pages: str
    segments: tuple[Segment, ...]
    """The passage; where the decision is on a fragment, that is marked."""
    label: str
    """What the code was called when the decision was made."""
    verdict: str
    codes: tuple[Code, ...]


def add_second(app: FastAPI, desk: "Desk") -> None:
    """Add the routes of the second look."""
    board = desk.board

    def back(reason: str, code: str) -> RedirectResponse:
        return RedirectResponse(f"/tweede?{urlencode({'reden': reason, 'code': code})}", 303)

    @app.get("/tweede")
    def show(request: Request, reden: str = "", code: str = "", vanaf: int = 0) -> HTMLResponse:
        visit = desk.visit(request)
        mine = sorted(board.looks_of(visit.coder), key=lambda look: board.card_of(look.decision).place)
        groups = Counter((look.reason, _name(look)) for look in mine)
        found = [look for look in mine if reden in ("", look.reason) and code in ("", _name(look))]
        start = max(0, vanaf) if vanaf < len(found) else 0
        views = [second_view(board, look) for look in found[start : start + SHOWN]]
        return desk.page(
            "second.html.j2", visit, found=views, total=len(found), start=start, shown=SHOWN, reason=reden, code=code,
            groups=sorted(groups.items()), others=_others(board, visit.coder),
        )  # fmt: skip

    @app.post("/tweede")
    def answer(
        request: Request,
        token: Annotated[str, Form()],
        look: Annotated[str, Form()],
        applies: Annotated[list[str] | None, Form()] = None,
        memo: Annotated[str, Form()] = "",
    ) -> RedirectResponse:
        visit, here = desk.allowed(request, token), board.looks.get(look)
        if here is None:
            raise HTTPException(404, "Deze tweede blik is al gegeven.")
        _answer(board, visit.coder, here, applies or (), memo.strip())
        return back(request.query_params.get("reden", ""), request.query_params.get("code", ""))

    @app.post("/tweede/alle")
    def keep_all(
        request: Request, token: Annotated[str, Form()], reason: Annotated[str, Form()], code: Annotated[str, Form()]
    ) -> RedirectResponse:
        """Keep every decision of one code that still counts as it is."""
        visit = desk.allowed(request, token)
        for look in board.looks_of(visit.coder):
            if look.counts and (look.reason, _name(look)) == (reason, code):
                kept = look.codes if look.decision.verdict == "accept" else ()
                _answer(board, visit.coder, look, kept, "")
        return back("", "")


def second_view(board: Board, look: Look) -> SecondView:
    """Return what a coder sees of a decision that is called back."""
    card, decision = board.card_of(look.decision), look.decision
    offset, whole = card.passage.start, (card.passage.start, card.passage.end)
    part = Span(decision.start - offset, decision.end - offset, decision.code)
    return SecondView(
        look=look,
        card=card,
        pages=pages_of(card),
        segments=tuple(cut(card.passage.text, (), [] if (decision.start, decision.end) == whole else [part])),
        label=look.then.label if look.then else decision.code,
        verdict=VERDICTS.get(decision.verdict, decision.verdict),
        codes=tuple(board.codes[code] for code in look.codes),
    )


def _answer(board: Board, coder: str, look: Look, applies: Sequence[str], memo: str) -> None:
    try:
        board.answer(coder, look, applies, memo)
    except ValueError as error:
        raise HTTPException(422, str(error)) from error


def _name(look: Look) -> str:
    return look.then.label if look.then else look.decision.code


def _others(board: Board, coder: str) -> list[tuple[str, int]]:
    """Return how many decisions wait for each other coder."""
    return sorted(Counter(k.decision.coder for k in board.looks.values() if k.decision.coder != coder).items())
