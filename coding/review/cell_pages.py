"""The pages of the cells: one municipality × theme at a time, until it is settled, and all of them in a table."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse

from codebook.model import Code
from coding.cell_events import CellKey
from coding.cells import Standing
from coding.model import Status, Verdict
from coding.review.board import Card
from coding.review.cells import Cells, Item, Progress
from coding.review.fragments import TAKEN, read_span
from coding.review.views import CardView, view
from outputs.wording import at_most

if TYPE_CHECKING:
    from coding.review.app import Desk, Visit

ROUTE = "/cellen"
BUSY = "De passages die hier nog te lezen zijn, liggen nu bij een ander."
BLIND = "Wat hier te lezen is, codeert u eerst blind."

_TURN: tuple[Status, ...] = ("accepted", "suggested", "oneens", "rejected")


@dataclass(frozen=True, slots=True)
class Square:
    """One cell in a row or table of cells."""

    theme: Code
    query: str
    standing: Standing
    text: str
    kind: str
    """``named``, ``missing``, ``again`` (documents changed since), ``begun`` or empty."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as shown above the passage to read."""

    municipality: str
    theme: Code
    square: Square
    items: tuple[Item, ...]
    focus: int
    """Index of the passage shown; -1 for none."""
    row: tuple[Square, ...]
    progress: Progress
    changed: tuple[str, ...]
    """Titles of the documents that changed since the cell was closed."""

    @property
    def candidates(self) -> list[Item]:
        """The best suggestions."""
        return [item for item in self.items if item.stage == "kandidaat"]

    @property
    def sample(self) -> list[Item]:
        """The random sample of the rest."""
        return [item for item in self.items if item.stage == "steekproef"]

    @property
    def left(self) -> int:
        """Passages still to read."""
        return sum(item.status == "suggested" for item in self.items)

    @property
    def can_close(self) -> bool:
        """Everything was read and rejected, and nobody established it of these documents."""
        return self.square.standing.is_read and not self.square.standing.settled


@dataclass(frozen=True, slots=True)
class Filter:
    """What the card's template asks of a selection: the address part that names the cell."""

    query: str
    status: str = "cel"


def not_found(cells: Cells) -> dict[CellKey, str]:
    """Return the cells that are *niet gevonden* with their bound, for the overview."""
    if not cells.were_closed:
        return {}
    return {key: at_most(s.most, s.most_share) for key, s in cells.standings().items() if s.settled == "niet gevonden"}


def add_cells(app: FastAPI, desk: "Desk") -> None:
    """Add the routes of the cells."""
    _add_reading(app, desk)
    _add_judging(app, desk)


def _add_reading(app: FastAPI, desk: "Desk") -> None:
    """Add the routes that show cells and step through them."""

    @app.get("/cellen")
    def show_cell(request: Request, municipality: str = "", theme: str = "", kaart: str = "") -> HTMLResponse:
        visit, key = desk.visit(request), (municipality, theme)
        if key not in desk.cells.standings():
            return _show(desk, visit, "cell.html.j2", desk.cells.following(None))
        return _show(desk, visit, "cell.html.j2", key, kaart)

    @app.get("/cellen/alle")
    def show_all(request: Request) -> HTMLResponse:
        visit = desk.visit(request)
        names = dict.fromkeys(name for name, _theme in desk.cells.standings())
        rows = [(name, _row(desk, name)) for name in names]
        return desk.page("cells.html.j2", visit, rows=rows, progress=desk.cells.progress())

    @app.get("/cellen/kaart")
    def step(
        request: Request, municipality: str, theme: str, van: str = "", stap: int = 1, cel: int = 0
    ) -> HTMLResponse:
        visit, key = desk.visit(request), _known(desk, municipality, theme)
        if cel:
            following = desk.cells.following(key, 1 if cel > 0 else -1, waiting=False)
            return _show(desk, visit, "card.html.j2", following or key)
        return _show(desk, visit, "card.html.j2", key, _beside(_items(desk, visit, key), van, stap))


def _add_judging(app: FastAPI, desk: "Desk") -> None:
    """Add the routes that record: a verdict, a cell established, a step undone."""

    @app.post("/cellen/beslis")
    def decide(
        request: Request,
        municipality: str,
        theme: str,
        token: Annotated[str, Form()],
        card: Annotated[str, Form()],
        verdict: Annotated[Verdict, Form()],
        code: Annotated[str, Form()] = "",
        memo: Annotated[str, Form()] = "",
        span: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        visit, key = desk.allowed(request, token), _known(desk, municipality, theme)
        here = next((item.card for item in desk.cells.items(key) if item.card.key == card), None)
        if here is None:
            raise HTTPException(404, "Deze passage hoort niet meer bij deze cel; laad de pagina opnieuw.")
        if not desk.leases.take(card, visit.coder):
            return _show(desk, visit, "card.html.j2", key, notice=TAKEN)
        was = desk.cells.standings()[key].settled
        try:
            decision = desk.board.decide(visit.coder, here, code, verdict, memo=memo.strip(), span=read_span(span))
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        desk.cells.judged_in[decision.id] = key
        return _after(desk, visit, key, here, was)

    @app.post("/cellen/vast")
    def establish(request: Request, municipality: str, theme: str, token: Annotated[str, Form()]) -> HTMLResponse:
        visit, key = desk.allowed(request, token), _known(desk, municipality, theme)
        try:
            is_closed = desk.cells.close(visit.coder, key)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        if not is_closed:
            raise HTTPException(409, "Deze cel is niet (meer) helemaal gelezen en verworpen.")
        return _next(desk, visit, key)

    @app.post("/cellen/ongedaan")
    def undo(request: Request, token: Annotated[str, Form()], municipality: str = "", theme: str = "") -> HTMLResponse:
        visit = desk.allowed(request, token)
        here = (municipality, theme) if (municipality, theme) in desk.cells.standings() else None
        latest = desk.board.latest(visit.coder)
        back = desk.board.undo(visit.coder)
        if latest is None or back is None:
            return _show(desk, visit, "card.html.j2", here, notice="Er is niets om ongedaan te maken.")
        judged_in = desk.cells.judged_in.get(latest.id)
        if judged_in is None:
            notice = "Een beslissing van buiten deze cellen, of van eerder, is ongedaan gemaakt; zie Beoordelen."
            return _show(desk, visit, "card.html.j2", here, notice=notice)
        return _show(desk, visit, "card.html.j2", judged_in, back.key)


def _items(desk: "Desk", visit: "Visit", key: CellKey) -> list[Item]:
    """Return what may be shown of a cell to who visits: that a passage is among its best already says something."""
    return [item for item in desk.cells.items(key) if not desk.board.withholds(item.card, visit.coder)]


def _known(desk: "Desk", municipality: str, theme: str) -> CellKey:
    if (municipality, theme) not in desk.cells.standings():
        raise HTTPException(404, "Deze cel bestaat niet (meer); laad de pagina opnieuw.")
    return municipality, theme


def _after(desk: "Desk", visit: "Visit", key: CellKey, card: Card, was: str | None) -> HTMLResponse:
    """Show what comes after a decision: the next passage of the cell, or the next cell when this one is settled."""
    try:
        desk.cells.close(visit.coder, key)
    except ValueError as error:  # the codebook was applied between the decision and this
        raise HTTPException(422, str(error)) from error
    now = desk.cells.standings()[key].settled
    if now and now != was:
        return _next(desk, visit, key)
    items = _items(desk, visit, key)
    here = next((i for i, item in enumerate(items) if item.card.key == card.key), 0)
    judged = items[here].status != "suggested"
    waiting = [item.card.key for item in (*items[here:], *items[:here]) if item.status == "suggested"]
    return _show(desk, visit, "card.html.j2", key, waiting[0] if judged and waiting else card.key)


def _next(desk: "Desk", visit: "Visit", key: CellKey) -> HTMLResponse:
    square = square_of(desk, key)
    said = f"{key[0]}, {square.theme.label}: {square.text}."
    following = desk.cells.following(key)
    return _show(desk, visit, "card.html.j2", following, notice=said)


def _show(
    desk: "Desk", visit: "Visit", name: str, key: CellKey | None, card: str = "", notice: str = ""
) -> HTMLResponse:
    """Show a cell with the passage asked for, or else the first that is to be read and lies with nobody else."""
    if key is None:
        done = Filter("")
        return desk.page(
            name, visit, route=ROUTE, cell=None, card=None, selection=done, left=0, total=0, notice=notice,
            progress=desk.cells.progress(),
        )  # fmt: skip
    items = _items(desk, visit, key)
    focus, missed = _take(desk, visit, items, card)
    if not items and desk.cells.items(key):
        missed = BLIND
    if missed:
        notice = notice or missed
    cell = _cell_view(desk, key, items, focus)
    shown = _on_theme(view(desk.board, items[focus].card, visit.coder), key[1]) if focus >= 0 else None
    ahead = next((i.card for i in items[focus + 1 :] if i.status == "suggested"), None)
    if ahead is not None and focus >= 0:
        desk.render_ahead(ahead)
    return desk.page(
        name, visit, route=ROUTE, cell=cell, card=shown, selection=Filter(cell.square.query), left=cell.left,
        total=len(items), notice=notice,
    )  # fmt: skip


def _take(desk: "Desk", visit: "Visit", items: list[Item], card: str) -> tuple[int, str]:
    """Hand out a passage of a cell: the one asked for, else one that was accepted, else the first to read, else any.

    Return its index, -1 when every passage lies with somebody else, and what to say when it is not the one asked for.
    """
    order = sorted(range(len(items)), key=lambda i: (items[i].card.key != card, _TURN.index(items[i].status), i))
    asked = bool(order) and items[order[0]].card.key == card
    for place, i in enumerate(order):
        if desk.leases.take(items[i].card.key, visit.coder):
            return i, TAKEN if asked and place else ""
    return -1, BUSY if items else ""


def _beside(items: list[Item], card: str, step: int) -> str:
    keys = [item.card.key for item in items]
    if card not in keys:
        return ""
    return keys[(keys.index(card) + (1 if step >= 0 else -1)) % len(keys)]


def _on_theme(shown: CardView, theme: str) -> CardView:
    """Put the cell's theme first and in focus, and every other code below; fragments are shaped in the queue."""
    lines = [*shown.suggested, *shown.doubtful, *shown.rest]
    asked = tuple(replace(line, focus=True) for line in lines if line.code == theme)
    others = tuple(replace(line, focus=False) for line in lines if line.code != theme)
    return replace(shown, suggested=asked, doubtful=(), rest=others, fragments=())


def _cell_view(desk: "Desk", key: CellKey, items: list[Item], focus: int) -> CellView:
    square = square_of(desk, key)
    titles = {d.id: d.title or d.file_name for d in desk.board.snapshot.documents}
    changed = square.standing.changed if not square.standing.is_named else ()
    return CellView(
        municipality=key[0],
        theme=square.theme,
        square=square,
        items=tuple(items),
        focus=focus,
        row=_row(desk, key[0]),
        progress=desk.cells.progress(),
        changed=tuple(titles.get(i, "een document dat niet meer in de studie zit") for i in changed),
    )


def _row(desk: "Desk", municipality: str) -> tuple[Square, ...]:
    return tuple(square_of(desk, (municipality, theme.id)) for theme in desk.board.themes)


def square_of(desk: "Desk", key: CellKey) -> Square:
    """Return a cell with where it stands, in words."""
    standing = desk.cells.standings()[key]
    statuses = standing.candidates + standing.sample
    left = statuses.count("suggested")
    if standing.settled == "genoemd":
        text, kind = "genoemd", "named"
    elif standing.settled == "niet gevonden":
        text, kind = f"niet gevonden ({at_most(standing.most, standing.most_share)})", "missing"
    elif standing.changed:
        text, kind = "documenten gewijzigd, opnieuw te beoordelen", "again"
    elif left:
        text, kind = f"nog {left} te lezen", "begun" if left < len(statuses) else ""
    else:
        text, kind = "vast te stellen" if standing.is_read else "codeurs zijn het oneens", "begun"
    query = urlencode({"municipality": key[0], "theme": key[1]})
    return Square(desk.board.codes[key[1]], query, standing, text, kind)
