"""The pages of the framework matrix: the whole of it, one theme or municipality of it, and a cell to write in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from coding.cell_events import CellKey, Summary
from coding.review.cell_pages import Square, square_of
from coding.review.matrix import WITHHELD, ChangedError, Matrix, Option, options

if TYPE_CHECKING:
    from coding.review.app import Desk, Visit

LONGEST = 4000
"""Characters of a summary: a sentence or two, with room to spare."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of the matrix as shown."""

    name: str
    square: Square
    summary: Summary | None
    withheld: str = ""
    """Why a summary that is there does not show."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What stands in the form of a cell: as saved, or as it was sent when it could not be saved."""

    seen: str
    text: str
    options: tuple[Option, ...]
    notice: str = ""


def add_matrix(app: FastAPI, desk: "Desk") -> None:
    """Add the routes of the framework matrix."""
    matrix = Matrix(desk.board)

    @app.get("/matrix")
    def show_matrix(request: Request, municipality: str = "", theme: str = "") -> Response:
        visit, keys = desk.visit(request), list(desk.cells.standings())
        chosen = [k for k in keys if municipality in ("", k[0]) and theme in ("", k[1])]
        rows: dict[str, list[Box]] = {}
        for key in chosen:
            rows.setdefault(key[0], []).append(_box(desk, visit, matrix, key))
        written = sum(matrix.latest(key) is not None for key in keys)
        return desk.page(
            "matrix.html.j2", visit, rows=rows, written=written, total=len(keys), municipality=municipality,
            theme=theme, lost=matrix.without_cell(keys, visit.coder),
        )  # fmt: skip

    @app.get("/matrix/cel")
    def show_cell(request: Request, municipality: str, theme: str) -> Response:
        visit, key = desk.visit(request), _known(desk, municipality, theme)
        if matrix.withholds(key, visit.coder):
            return _page(desk, visit, matrix, key, None)
        latest = matrix.latest(key)
        found = options(desk.board, desk.cells, matrix, key, visit.coder)
        writing = Writing(matrix.seen(key), latest.text if latest else "", tuple(found))
        return _page(desk, visit, matrix, key, writing)

    @app.post("/matrix/cel")
    def save(
        request: Request,
        municipality: str,
        theme: str,
        token: Annotated[str, Form()],
        seen: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
        quote: Annotated[list[str] | None, Form()] = None,
        go: Annotated[str, Form()] = "",
    ) -> Response:
        visit, key = desk.allowed(request, token), _known(desk, municipality, theme)
        written = "\n".join(line.rstrip() for line in text.strip().splitlines())
        if len(written) > LONGEST:
            raise HTTPException(422, f"Deze samenvatting is langer dan {LONGEST} tekens; kort haar in.")
        try:
            matrix.save(visit.coder, key, seen, written, quote or ())
        except ChangedError:
            found = options(desk.board, desk.cells, matrix, key, visit.coder, quote or ())
            writing = Writing(matrix.seen(key), written, tuple(found), _meanwhile(matrix, key))
            page = _page(desk, visit, matrix, key, writing)
            page.status_code = 409
            return page
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        other = _beside(desk, key, 1) if go == "next" else key
        return RedirectResponse(f"/matrix/cel?{_query(other)}&bewaard=1", 303)


def _page(desk: "Desk", visit: "Visit", matrix: Matrix, key: CellKey, writing: Writing | None) -> Response:
    """Show a cell to write in; without ``writing`` only where it stands and that its summary waits."""
    beside = {name: _query(_beside(desk, key, step)) for name, step in (("previous", -1), ("following", 1))}
    return desk.page(
        "matrix_cell.html.j2", visit, box=_box(desk, visit, matrix, key), writing=writing,
        history=matrix.history(key) if writing else (),
        labels={t.id: t.label for t in desk.board.themes}, **beside,
    )  # fmt: skip


def _meanwhile(matrix: Matrix, key: CellKey) -> str:
    latest = matrix.history(key)[0]
    return (
        f"Niet bewaard: {latest.coder} bewaarde intussen een andere versie. Zij staat hieronder bij ‘Versies’. "
        "Uw tekst en citaten staan er nog; voeg samen wat nodig is en bewaar opnieuw."
    )


def _box(desk: "Desk", visit: "Visit", matrix: Matrix, key: CellKey) -> Box:
    square = square_of(desk, key)
    if matrix.withholds(key, visit.coder):
        return Box(key[0], square, None, WITHHELD)
    return Box(key[0], square, matrix.latest(key))


def _beside(desk: "Desk", key: CellKey, step: int) -> CellKey:
    """Return the next cell down the column of its theme, then the next theme: how a framework is written."""
    themes = [theme.id for theme in desk.board.themes]
    keys = sorted(desk.cells.standings(), key=lambda k: themes.index(k[1]))
    return keys[(keys.index(key) + step) % len(keys)]


def _query(key: CellKey) -> str:
    return urlencode({"municipality": key[0], "theme": key[1]})


def _known(desk: "Desk", municipality: str, theme: str) -> CellKey:
    if (municipality, theme) not in desk.cells.standings():
        raise HTTPException(404, "Deze cel bestaat niet (meer); laad de matrix opnieuw.")
    return municipality, theme
