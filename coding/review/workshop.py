"""The codebook from the page: what an edited file would change, shown before it is applied, and applying it."""

import itertools
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from codebook.changes import Change, Kind, changes
from codebook.model import Codebook
from codebook.reading import CodebookError, read_codebook
from coding.manifest import method_of
from coding.review.board import Board, Card
from corpus.study import Study

if TYPE_CHECKING:
    from coding.review.app import Desk

SHOWN = 20
"""Passages shown per code of what comes and what goes."""
TASKS: "dict[Task, tuple[str, ...]]" = {
    "preview": ("-m", "coding.previewing"),
    "apply": ("-c", "from coding.cli import main; main()", "code"),
}
Task = Literal["preview", "apply"]
WEIGHTY: tuple[Kind, ...] = ("retired", "split", "merged", "definition", "renamed", "terms", "looks", "new")


@dataclass(frozen=True, slots=True)
class Moved:
    """Of one code the passages that gain or lose its suggestion, as (document id, start), and how many were judged."""

    code: str
    gained: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]
    decided: int


@dataclass(frozen=True, slots=True)
class Job:
    """A preview or an application, in a process of its own: the page stays quick for everybody."""

    task: Task
    running: bool = True
    done: int = 0
    total: int = 0
    error: str = ""
    content: str = ""
    """Hash of the codebook that was previewed."""
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A code with the cards that gain or lose it, the first of them."""

    label: str
    gained: int
    lost: int
    decided: int
    came: tuple[Card, ...]
    went: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One code of the file that changed, or was taken out."""

    label: str
    code: str
    old: tuple[str, ...]
    kinds: tuple[Kind, ...]
    decisions: int
    """In force on what it was."""

    @property
    def effect(self) -> Kind:
        """What weighs most for those decisions."""
        return min(self.kinds, key=WEIGHTY.index)


@dataclass(frozen=True, slots=True)
class State:
    """What the page tells: the file beside what is in force, and how far a job has come."""

    file: str
    problems: tuple[str, ...] = ()
    changes: tuple[Row, ...] = ()
    behind: bool = False
    """The suggestions were made with another codebook or model than the file's."""
    same: bool = True
    job: Job | None = None
    shown: tuple[Shown, ...] = field(default=())
    current: bool = False
    """The preview is of the file as it is now."""

    @property
    def due(self) -> bool:
        """Tell whether there is something to apply."""
        return not self.problems and (self.behind or not self.same)


class Workshop:
    """One study's codebook, previewed and applied by one job at a time. ``renew`` puts the new state on the page."""

    def __init__(self, study: Study, coded_by: Callable[[], set[str]], renew: Callable[[], None]) -> None:
        self.study, self._coded_by, self._renew = study, coded_by, renew
        self.job: Job | None = None
        self._lock = threading.Lock()

    def state(self, board: Board) -> State:
        """Return what the page tells now."""
        name = self.study.codebook.name
        try:
            book = read_codebook(self.study.codebook)
        except CodebookError as error:
            return State(name, tuple(map(str, error.problems)), job=self.job)
        found = changes(board.snapshot.codebook, book)
        counts = Counter(d.code for d in board.in_force)
        job = self.job
        current = job is not None and job.task == "preview" and not job.running and job.content == book.content
        return State(
            name,
            changes=tuple(_rows(found, counts)),
            behind=self._coded_by() != {f"{method_of(book, self.study.models).coder} {book.relating}"},
            same=book.content == board.snapshot.codebook.content,
            job=job,
            shown=tuple(_shown(board, book, moved) for moved in job.moved) if job and current else (),
            current=current,
        )

    def start(self, task: Task) -> None:
        """Begin a job. Raise ``ValueError`` while another runs."""
        with self._lock:
            if self.job and self.job.running:
                raise ValueError("Er loopt al een proef of toepassing; wacht tot die klaar is.")
            self.job = Job(task)
        threading.Thread(target=self._run, args=(task,), daemon=True).start()

    def _run(self, task: Task) -> None:
        job = Job(task)
        try:
            command = [sys.executable, *TASKS[task], str(self.study.path)]
            with subprocess.Popen(  # noqa: S603  # our own program
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
            ) as process:
                for line in process.stdout or ():
                    job = _told(job, line)
                    self.job = job
                said = process.stderr.read().strip() if process.stderr else ""
            if process.returncode:
                job = replace(job, error=said.splitlines()[-1] if said else "onbekende fout")
            elif task == "apply":
                self._renew()
        except Exception as error:
            job = replace(job, error=str(error))
        self.job = replace(job, running=False)


def add_workshop(app: FastAPI, desk: "Desk", workshop: Workshop) -> None:
    """Add the routes of the codebook."""

    @app.get("/codeboek")
    def show(request: Request) -> HTMLResponse:
        return desk.page("codebook.html.j2", desk.visit(request), state=workshop.state(desk.board))

    @app.get("/codeboek/stand")
    def progress(request: Request) -> Response:
        visit = desk.visit(request)
        if workshop.job is not None and workshop.job.running:
            return desk.page("codebook_state.html.j2", visit, state=workshop.state(desk.board))
        return Response(headers={"HX-Redirect": "/codeboek"})

    @app.post("/codeboek/{task}")
    def begin(request: Request, task: Task, token: Annotated[str, Form()]) -> RedirectResponse:
        desk.allowed(request, token)
        try:
            workshop.start(task)
        except ValueError as error:
            raise HTTPException(409, str(error)) from error
        return RedirectResponse("/codeboek", 303)


def _rows(found: Sequence[Change], decisions: Mapping[str, int]) -> Iterator[Row]:
    for code, same in itertools.groupby(found, lambda c: c.code):
        several = tuple(same)
        first = several[0]
        count = sum(decisions.get(old, 0) for old in first.old)
        yield Row(first.label, code, first.old, tuple(c.kind for c in several), count)


def _told(job: Job, line: str) -> Job:
    """Take in a line of a preview; what applying prints is for the command line."""
    if job.task == "apply" or not line.startswith("{"):
        return job
    told = json.loads(line)
    if "done" in told:
        return replace(job, done=told["done"], total=told["total"])
    moved = (
        Moved(m["code"], tuple(map(tuple, m["gained"])), tuple(map(tuple, m["lost"])), m["decided"])
        for m in told["moved"]
    )
    return replace(job, content=told["content"], moved=tuple(moved))


def _shown(board: Board, book: Codebook, moved: Moved) -> Shown:
    label = book[moved.code].label if moved.code in book.by_id else board.codes[moved.code].label
    came, went = (_cards(board, places) for places in (moved.gained, moved.lost))
    return Shown(label, len(moved.gained), len(moved.lost), moved.decided, came, went)


def _cards(board: Board, places: Sequence[tuple[str, int]]) -> tuple[Card, ...]:
    cards = (board.card_at(document, start) for document, start in places[:SHOWN])
    return tuple(card for card in cards if card is not None)
