"""The web application of the review page: routes only; what they show and do stands in the modules beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader
from starlette.exceptions import HTTPException as StarletteHTTPException

from coding.model import Quote, Verdict
from coding.review import access, overview
from coding.review.blind import add_blind, own_work
from coding.review.board import Board, Card
from coding.review.cell_pages import add_cells, not_found
from coding.review.cells import Cells
from coding.review.disagreements import add_disagreements
from coding.review.flag_pages import add_flags
from coding.review.fragments import TAKEN, add_fragments, read_span
from coding.review.guard import Guard
from coding.review.images import SCALE, PageImages
from coding.review.joining_pages import add_joinings
from coding.review.leases import Leases
from coding.review.matrix_pages import add_matrix
from coding.review.queues import Queues
from coding.review.second import add_second
from coding.review.selection import ORDERS, Selection, waits
from coding.review.views import CodeLine, view
from coding.review.workshop import Workshop, add_workshop
from outputs.tensions import Tension, ordered_judged, tension_rows

HERE = Path(__file__).parent
NOWHERE = "Deze pagina bestaat niet."
TENSIONS_SHOWN = 40
LINES_KEPT = 1024
"""Codes as they stand on cards, about a kB each."""


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in: everybody as ``single`` where that is set, else by a personal link."""

    secret: bytes
    hosts: frozenset[str]
    single: str = ""
    owner: Callable[[str], str | None] = lambda _: None
    """From a link's hash to its coder, ``None`` for a link that does not exist or was revoked."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request's coder with the session it came by."""

    coder: str
    cookie: str


def create_app(
    board: Board,
    source: Callable[[str], Path | None],
    door: Door,
    workshop: Workshop | None = None,
    earlier: "Desk | None" = None,
) -> FastAPI:
    """Return the application. ``source`` gives the PDF of a document id, or ``None`` where there are no pages.

    ``earlier``: the desk whose place it takes, which hands on its pictures and leases.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    desk = Desk(board, source, door, workshop, earlier)
    app.state.desk = desk
    app.add_middleware(Guard, hosts=door.hosts)
    _refusals(app, desk)
    _entrance(app, desk)
    _reading(app, desk)
    _deciding(app, desk)
    add_blind(app, desk)
    add_disagreements(app, desk)
    add_fragments(app, desk)
    add_second(app, desk)
    if workshop:
        add_workshop(app, desk, workshop)
    add_cells(app, desk)
    add_flags(app, desk)
    add_joinings(app, desk)
    add_matrix(app, desk)
    return app


class Desk:
    """What the routes share: the board, the pictures, the leases, the templates."""

    def __init__(
        self,
        board: Board,
        source: Callable[[str], Path | None],
        door: Door,
        workshop: Workshop | None = None,
        earlier: "Desk | None" = None,
    ) -> None:
        self.board, self.source, self.door, self.workshop = board, source, door, workshop
        self.images: PageImages = earlier.images if earlier else PageImages()
        self.leases: Leases = earlier.leases if earlier else Leases()
        self.flag_leases: Leases = earlier.flag_leases if earlier else Leases()
        self.brake: access.Brake = earlier.brake if earlier else access.Brake()
        self.queues = Queues(board, self.leases)
        self.cells = Cells(board)
        self._choices = overview.choices(board)
        self.templates = Environment(
            loader=PackageLoader("coding.review"), autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True
        )
        self.templates.install_null_translations()  # type: ignore[attr-defined]  # added by the i18n extension

    def visit(self, request: Request) -> Visit:
        """Return who asks. Raise 401 for a stranger and for a link that was revoked since."""
        cookie = request.cookies.get(access.COOKIE, "")
        if self.door.single:
            return Visit(self.door.single, cookie)
        session = access.read_session(self.door.secret, cookie)
        if session is None or self.door.owner(session[1]) != session[0]:
            raise HTTPException(401, "Open de pagina met je persoonlijke link (rodedraad coder add NAAM).")
        return Visit(session[0], cookie)

    def allowed(self, request: Request, token: str) -> Visit:
        """Return who sends a form; see `visit`. Raise 403 when it does not come from a page given to this session."""
        visit = self.visit(request)
        if not access.token_matches(self.door.secret, visit.cookie, token):
            raise HTTPException(403, "Deze pagina is verlopen; laad haar opnieuw.")
        return visit

    def page(self, name: str, visit: Visit, **values: object) -> HTMLResponse:
        """Fill a template; sets the session's cookie where there is none yet."""
        cookie = visit.cookie or access.sign_session(self.door.secret, visit.coder, "")
        token = access.form_token(self.door.secret, cookie)
        html = self.templates.get_template(name).render(
            board=self.board,
            desk=self,
            workshop=self.workshop,
            coder=visit.coder,
            token=token,
            orders=ORDERS,
            scale=SCALE,
            **values,
        )
        response = HTMLResponse(html)
        if not visit.cookie:
            response.set_cookie(access.COOKIE, cookie, httponly=True, samesite="lax")
        return response

    def card_page(
        self, name: str, visit: Visit, card: Card | None, selection: Selection, notice: str = ""
    ) -> HTMLResponse:
        """Show a card, or that the queue is empty, and have the next page rendered meanwhile."""
        left, total = self.queues.counts(visit.coder, selection)
        shown = view(self.board, card, visit.coder, theme=selection.theme) if card else None
        if card:
            self._ahead(visit.coder, selection, card)
        choices = replace(self._choices, coders=[(name, name) for name in self.board.coders])
        return self.page(
            name, visit, card=shown, selection=selection, left=left, total=total, notice=notice, choices=choices
        )

    @cached_property
    def line(self) -> Callable[[CodeLine, bool], str]:
        """Fill the template of one code on a card; kept, as most are the same on card after card."""
        macro: Callable[[CodeLine, bool], str] = vars(self.templates.get_template("code_line.html.j2").module)["line"]
        return lru_cache(LINES_KEPT)(macro)

    @cached_property
    def tensions(self) -> list[tuple[Tension, tuple[str, str]]]:
        """Where principles meet, the firmest first, with the cards of both quotes; without what was rejected before."""
        snapshot = self.board.snapshot
        flags = [judged.flag for judged in ordered_judged(snapshot)]
        return [
            (row, (self._key_at(flag.left), self._key_at(flag.right)))
            for row, flag in zip(tension_rows(snapshot), flags, strict=True)
            if row.status != "rejected"
        ]

    def _key_at(self, quote: Quote) -> str:
        card = self.board.card_at(quote.document_id, quote.start)
        return card.key if card else ""

    def _ahead(self, coder: str, selection: Selection, card: Card) -> None:
        other = self.queues.following(coder, selection, card)
        if other is not None:
            self.render_ahead(other)

    def render_ahead(self, card: Card) -> None:
        """Have the page of the card that will probably be asked for rendered meanwhile."""
        path = self.source(card.document.id)
        if path is not None and card.passage.page_from is not None:
            self.images.ahead(path, card.passage.page_from)


def _refusals(app: FastAPI, desk: Desk) -> None:
    """Say why something is refused: a page to who opens one, plain text to the script."""

    @app.exception_handler(StarletteHTTPException)
    async def refuse(request: Request, error: StarletteHTTPException) -> Response:
        reason = NOWHERE if error.detail == "Not Found" else str(error.detail)
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse(reason, error.status_code)
        html = desk.templates.get_template("refused.html.j2").render(reason=reason)
        return HTMLResponse(html, error.status_code)


def _entrance(app: FastAPI, desk: Desk) -> None:
    @app.get("/")
    def start(request: Request) -> RedirectResponse:
        return RedirectResponse(own_work(desk.board, desk.visit(request).coder))

    @app.get("/in/{link}")
    def enter(link: str) -> Response:
        if desk.brake.holds():
            raise HTTPException(429, "Te veel verkeerde links; wacht een minuut.")
        coder = desk.door.owner(access.link_hash(link))
        if coder is None:
            desk.brake.wrong()
            raise HTTPException(401, "Deze link bestaat niet of is ingetrokken.")
        response = RedirectResponse(own_work(desk.board, coder))
        # Lax: with strict, a link followed from web mail would arrive without the cookie. Forms carry a token.
        cookie = access.sign_session(desk.door.secret, coder, access.link_hash(link))
        response.set_cookie(access.COOKIE, cookie, httponly=True, samesite="lax")
        return response


def _reading(app: FastAPI, desk: Desk) -> None:
    @app.get("/wachtrij")
    def show_queue(request: Request, kaart: str = "") -> Response:
        visit, selection = desk.visit(request), _selection(request.query_params)
        card = desk.board.by_key.get(kaart)
        if card and desk.board.withholds(card, visit.coder):
            return RedirectResponse(f"/blind?kaart={kaart}")
        notice = ""
        if card and not desk.leases.take(card.key, visit.coder):
            card, notice = None, TAKEN
        card = card or desk.queues.take_next(visit.coder, selection)
        return desk.card_page("queue.html.j2", visit, card, selection, notice)

    @app.get("/kaart")
    def step(request: Request, van: str = "", stap: int = 1) -> HTMLResponse:
        visit, selection = desk.visit(request), _selection(request.query_params)
        card = desk.queues.take_next(visit.coder, selection, van, 1 if stap >= 0 else -1)
        return desk.card_page("card.html.j2", visit, card or desk.board.by_key.get(van), selection)

    @app.get("/houd")
    def hold(request: Request, kaart: str) -> Response:
        """Keep the card on the table of somebody who is still reading it."""
        visit = desk.visit(request)
        held = kaart in desk.board.by_key and desk.leases.take(kaart, visit.coder)
        return Response(status_code=204 if held else 409)

    @app.get("/pagina/{document}/{page}.webp")
    def picture(request: Request, document: str, page: int) -> Response:
        visit = desk.visit(request)
        path = desk.source(document)
        if path is None:
            raise HTTPException(404, "Van dit document zijn er geen paginabeelden.")
        try:
            image = desk.images.get(path, page, visit.coder)
        except LookupError as error:
            raise HTTPException(404, str(error)) from error
        return Response(image, media_type="image/webp", headers={"Cache-Control": "private, max-age=86400"})

    @app.get("/overzicht")
    def show_overview(request: Request, per: overview.Per = "gemeente") -> HTMLResponse:
        visit, board = desk.visit(request), desk.board
        hidden = set(board.handed_out.blind(visit.coder))
        tensions = [(row, keys[0]) for row, keys in desk.tensions if hidden.isdisjoint(keys)]
        return desk.page(
            "overview.html.j2", visit, per=per, rows=overview.heat_map(board, per, hidden), hidden=len(hidden),
            progress=overview.progress(board), together=overview.together(board, hidden),
            not_found=not_found(desk.cells), tensions=tensions[:TENSIONS_SHOWN], more=len(tensions) > TENSIONS_SHOWN,
        )  # fmt: skip

    @app.get("/document/{document}")
    def show_document(request: Request, document: str) -> HTMLResponse:
        visit = desk.visit(request)
        cards = [c for c in desk.board.cards if c.document.id == document]
        if not cards:
            raise HTTPException(404, "Dit document staat niet in de studie, of heeft geen passages.")
        views = [view(desk.board, card, visit.coder, brief=True) for card in cards]
        return desk.page("document.html.j2", visit, document=cards[0].document, views=views)


def _deciding(app: FastAPI, desk: Desk) -> None:
    @app.post("/beslis")
    def decide(
        request: Request,
        token: Annotated[str, Form()],
        card: Annotated[str, Form()],
        verdict: Annotated[Verdict, Form()],
        code: Annotated[str, Form()] = "",
        memo: Annotated[str, Form()] = "",
        span: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        visit, selection = desk.allowed(request, token), _selection(request.query_params)
        here = desk.board.by_key.get(card)
        if here is None:
            raise HTTPException(404, "Deze passage bestaat niet meer.")
        if not desk.leases.take(card, visit.coder):
            following = desk.queues.take_next(visit.coder, selection, card)
            return desk.card_page("card.html.j2", visit, following, selection, TAKEN)
        try:
            desk.board.decide(visit.coder, here, code, verdict, memo=memo.strip(), span=read_span(span))
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        open_still = waits(desk.board, here, selection, visit.coder)
        ahead = not span and not open_still and selection.status in ("open", "mine")
        shown = desk.queues.take_next(visit.coder, selection, card) if ahead else here
        return desk.card_page("card.html.j2", visit, shown, selection)

    @app.post("/ongedaan")
    def undo(request: Request, token: Annotated[str, Form()], card: Annotated[str, Form()] = "") -> HTMLResponse:
        visit, selection = desk.allowed(request, token), _selection(request.query_params)
        back = desk.board.undo(visit.coder)
        notice = "" if back else "Er is niets om ongedaan te maken."
        if back and not desk.leases.take(back.key, visit.coder):
            back, notice = None, "De beslissing is ongedaan gemaakt; haar passage ligt nu bij een ander."
        shown = back or desk.board.by_key.get(card)
        return desk.card_page("card.html.j2", visit, shown, selection, notice)


def _selection(query: Mapping[str, str]) -> Selection:
    return Selection.from_query(query)
