"""The page on which a person joins two quotes of one municipality into a tension of their own."""

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from coding.flag_events import FlagEvent
from coding.review.board import Card
from coding.review.joinings import Joinings, homes
from coding.review.views import pages_of
from outputs.tensions import label_of, relation_label

if TYPE_CHECKING:
    from coding.review.app import Desk


def add_joinings(app: FastAPI, desk: "Desk") -> None:
    """Add the routes of people's own tensions."""
    joinings = Joinings(desk.board)
    _add_showing(app, desk, joinings)
    _add_changing(app, desk, joinings)


def _add_showing(app: FastAPI, desk: "Desk", joinings: Joinings) -> None:
    """Add the page itself: what can be joined, and what was."""
    board = desk.board
    codebook = board.snapshot.codebook
    towns = homes(board.cards)
    relations = [(r.id, " × ".join(label_of(codebook, c) for c in r.codes[:2]), r.codes) for r in joinings.relations]

    def _made(event: FlagEvent) -> tuple[FlagEvent, str, list[str], list[Card | None]]:
        poles = [label_of(codebook, code) for code in event.flag.codes]
        cards = [board.card_at(q.document_id, q.start) for q in (event.left, event.right)]
        return event, relation_label(codebook, event.flag), poles, cards

    @app.get("/duiding")
    def show(request: Request, gemeente: str = "", relatie: str = "", een: str = "", ander: str = "") -> HTMLResponse:
        visit = desk.visit(request)
        relation = next((r for r in joinings.relations if r.id == relatie), None)
        codes = (relation.codes[0], relation.codes[1]) if relation else (een, ander)
        ready = gemeente in towns and all(code in board.codes for code in codes) and codes[0] != codes[1]
        sides = (
            [(code, label_of(codebook, code), joinings.candidates(gemeente, code, visit.coder)) for code in codes]
            if ready
            else []
        )
        return desk.page(
            "joining.html.j2", visit, towns=towns, relations=relations, gemeente=gemeente,
            relatie=relation.id if relation else "", codes=codes, sides=sides, pages_of=pages_of,
            made=[_made(e) for e in joinings.events(visit.coder)],
        )  # fmt: skip


def _add_changing(app: FastAPI, desk: "Desk", joinings: Joinings) -> None:
    """Add the routes that record: a tension made, worded anew, withdrawn."""

    @app.post("/duiding")
    def join(
        request: Request,
        token: Annotated[str, Form()],
        links: Annotated[str, Form()] = "",
        rechts: Annotated[str, Form()] = "",
        relatie: Annotated[str, Form()] = "",
        een: Annotated[str, Form()] = "",
        ander: Annotated[str, Form()] = "",
        toelichting: Annotated[str, Form()] = "",
    ) -> RedirectResponse:
        visit = desk.allowed(request, token)
        one, other = joinings.side(links), joinings.side(rechts)
        if one is None or other is None:
            raise HTTPException(422, "Kies links en rechts een citaat.")
        try:
            event = joinings.join(visit.coder, (one, other), relatie, (een, ander), toelichting)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        kept = {"gemeente": request.query_params.get("gemeente", ""), "relatie": relatie, "een": een, "ander": ander}
        return RedirectResponse(f"/duiding?{urlencode(kept)}#duiding-{event.id}", 303)

    @app.post("/duiding/{event}")
    def change(
        request: Request,
        event: str,
        token: Annotated[str, Form()],
        doe: Annotated[str, Form()],
        toelichting: Annotated[str, Form()] = "",
    ) -> RedirectResponse:
        visit = desk.allowed(request, token)
        try:
            if doe == "intrekken":
                joinings.withdraw(visit.coder, event)
                return RedirectResponse("/duiding", 303)
            changed = joinings.reword(visit.coder, event, toelichting)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return RedirectResponse(f"/duiding#duiding-{changed.id}", 303)
