"""The page of one study as it is served: loaded from its store, and loaded anew when its codebook was applied."""

import gc
import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from codebook.reading import read_codebook
from coding.cell_store import append_event
from coding.loading import load_snapshot
from coding.manifest import method_of
from coding.model import Decision
from coding.review.app import Desk, Door, create_app
from coding.review.board import Board
from coding.review.workshop import Workshop
from coding.store import coders_of_versions, decision_log, is_kept, keep_codebook
from corpus.store import current_extractors
from corpus.study import Study

Message = MutableMapping[str, Any]


class Served:
    """An ASGI application that hands each request to the page as it stands."""

    def __init__(self, study: Study, store: sqlite3.Connection, door: Door) -> None:
        self._study, self._store, self._door = study, store, door
        self._workshop = Workshop(study, self._coded_by, self.renew)
        self._app = self._load(None)

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Serve a request."""
        await self._app(scope, receive, send)

    def renew(self) -> None:
        """Put the study as its store has it now in the place of what is served; nobody decides meanwhile."""
        desk: Desk = self._app.state.desk
        with desk.board.closing():
            self._app = self._load(desk)

    def _load(self, earlier: Desk | None) -> FastAPI:
        # What is loaded stays: walking over it time and again would cost a third of the start.
        gc.unfreeze()
        gc.disable()
        try:
            board, source = load_board(self._study, self._store)
            return create_app(board, source, self._door, self._workshop, earlier)
        finally:
            gc.freeze()
            gc.enable()

    def _coded_by(self) -> set[str]:
        current = {version for version, _ in current_extractors(self._store).values()}
        return {coder for version, coder in coders_of_versions(self._store).items() if version in current}


def load_board(study: Study, store: sqlite3.Connection) -> tuple[Board, Callable[[str], Path | None]]:
    """Return the cards of the study and where the PDF of a document is."""
    codebook = read_codebook(study.codebook, lambda text: is_kept(store, text))
    keep_codebook(store, codebook)
    snapshot = load_snapshot(study, store, codebook, method_of(codebook, study.models))
    names = {d.id: d.file_name for d in snapshot.documents}

    def source(document_id: str) -> Path | None:
        path = study.source(document_id, names[document_id]) if document_id in names else None
        return path if path and path.suffix == ".pdf" and path.exists() else None

    def log(coder: str) -> list[Decision]:
        return [d for d in decision_log(store) if d.coder == coder]

    return Board(snapshot, lambda event: append_event(store, event), log), source
