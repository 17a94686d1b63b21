"""The queue of flags: one at a time, both quotes with their pages, judged by keyboard like the codings."""

from typing import TYPE_CHECKING, Annotated

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from coding.flag_events import FlagVerdict
from coding.review.flag_board import STATUSES, FlagBoard, FlagSelection
from coding.review.flag_views import MARKED, QUOTED, flag_view
from outputs.tensions import RELATION_KINDS, label_of
from outputs.wording import GRADES

if TYPE_CHECKING:
    from coding.review.app import Desk


def add_flags(app: FastAPI, desk: "Desk") -> None:
    """Add the routes of the flags: those that show, and those that record."""
    flags = FlagBoard(desk.board, desk.flag_leases)
    _showing(app, desk, flags)
    _judging(app, desk, flags)


def _showing(app: FastAPI, desk: "Desk", flags: FlagBoard) -> None:
    board = desk.board

    @app.get("/spanningen")
    def show(request: Request, vlag: str = "", notice: str = "") -> HTMLResponse:
        visit, selection = desk.visit(request), FlagSelection.from_query(request.query_params)
        card = flags.by_key.get(vlag)
        if card and not flags.withholds(card, visit.coder) and not flags.leases.take(card.key, visit.coder):
            card, notice = None, notice or "ander"
        if card is None or flags.withholds(card, visit.coder):
            card = flags.take_next(selection, visit.coder)
        chosen = flags.chosen(selection)
        return desk.page(
            "flags.html.j2", visit, selection=selection, statuses=STATUSES, grades=GRADES, kinds=RELATION_KINDS,
            relations=[(r.id, " × ".join(label_of(board.snapshot.codebook, c) for c in r.codes[:2]) or r.id)
                       for r in flags.relations.values()],
            flag=flag_view(flags, board, card, visit.coder) if card else None, total=len(chosen),
            left=sum(flags.asks(c, selection, visit.coder) for c in chosen), notice=NOTICES.get(notice, ""),
            refused=notice == "ander", quoted=QUOTED, marked=MARKED,
        )  # fmt: skip

    @app.get("/spanningen/stap")
    def step(request: Request, vlag: str = "", stap: int = 1) -> RedirectResponse:
        visit, selection = desk.visit(request), FlagSelection.from_query(request.query_params)
        card = flags.take_next(selection, visit.coder, flags.by_key.get(vlag), 1 if stap >= 0 else -1)
        return _to(selection, card.key if card else vlag)

    @app.get("/spanningen/houd")
    def hold(request: Request, vlag: str) -> Response:
        """Keep the flag on the table of somebody who is still reading it."""
        visit = desk.visit(request)
        card = flags.by_key.get(vlag)
        held = card and not flags.withholds(card, visit.coder) and flags.leases.take(vlag, visit.coder)
        return Response(status_code=204 if held else 409)


def _judging(app: FastAPI, desk: "Desk", flags: FlagBoard) -> None:
    @app.post("/spanningen")
    def judge(
        request: Request,
        token: Annotated[str, Form()],
        vlag: Annotated[str, Form()],
        verdict: Annotated[FlagVerdict, Form()],
        memo: Annotated[str, Form()] = "",
    ) -> RedirectResponse:
        visit, selection = desk.allowed(request, token), FlagSelection.from_query(request.query_params)
        card = flags.by_key.get(vlag)
        if card is None:
            raise HTTPException(404, "Deze aanwijzing bestaat niet meer.")
        if not flags.leases.take(vlag, visit.coder):
            return _to(selection, "", "ander")
        try:
            flags.decide(visit.coder, card, verdict, memo.strip())
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        following = None if flags.asks(card, selection, visit.coder) else flags.take_next(selection, visit.coder, card)
        ahead = following or (card if selection.status in ("alles", "judged") else None)
        return _to(selection, ahead.key if ahead else "")

    @app.post("/spanningen/ongedaan")
    def undo(request: Request, token: Annotated[str, Form()], vlag: Annotated[str, Form()] = "") -> RedirectResponse:
        visit, selection = desk.allowed(request, token), FlagSelection.from_query(request.query_params)
        try:
            back = flags.undo(visit.coder)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        if back and not flags.leases.take(back.key, visit.coder):
            return _to(selection, vlag, "terug")
        return _to(selection, back.key if back else vlag, "" if back else "niets")


NOTICES = {
    "niets": "Er is niets om ongedaan te maken.",
    "ander": "Deze aanwijzing ligt nu bij een ander; je kreeg de volgende.",
    "terug": "De beslissing is ongedaan gemaakt; haar aanwijzing ligt nu bij een ander.",
}


def _to(selection: FlagSelection, key: str, notice: str = "") -> RedirectResponse:
    parts = [selection.query, *(f"{name}={value}" for name, value in (("vlag", key), ("notice", notice)) if value)]
    return RedirectResponse(f"/spanningen?{'&'.join(parts)}", 303)
