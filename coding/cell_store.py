"""Closings and summaries of cells in the study's database: all SQL on them stands here."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from coding.cell_events import Chosen, Closing, Searched, Summary
from coding.flag_events import FlagEvent
from coding.flag_store import append_flag_event
from coding.model import Decision
from coding.store import append_decisions
from corpus.database import transaction

Event = Decision | Closing | Summary | FlagEvent
_HEAD = "id, time, coder, municipality, theme, codebook"


def append_event(connection: sqlite3.Connection, event: Event) -> None:
    """Record one event of the review page."""
    if isinstance(event, Decision):
        append_decisions(connection, [event])
    elif isinstance(event, FlagEvent):
        append_flag_event(connection, event)
    elif isinstance(event, Closing):
        _append(connection, "cell_closing", event, (json.dumps(asdict(event.searched)),))
    else:
        quotes = json.dumps([asdict(q) for q in event.quotes], ensure_ascii=False)
        _append(connection, "cell_summary", event, (event.text, quotes))


def closings(connection: sqlite3.Connection) -> list[Closing]:
    """Return every closing ever recorded, oldest first."""
    rows = connection.execute(f"SELECT {_HEAD}, searched FROM cell_closing ORDER BY number")  # noqa: S608  # names of ours
    return [Closing(*_head(row), Searched(**json.loads(row[6]))) for row in rows]


def summaries(connection: sqlite3.Connection) -> list[Summary]:
    """Return every summary ever saved, oldest first."""
    rows = connection.execute(f"SELECT {_HEAD}, text, quotes FROM cell_summary ORDER BY number")  # noqa: S608  # names of ours
    return [Summary(*_head(row), row[6], tuple(_chosen(q) for q in json.loads(row[7]))) for row in rows]


def _append(connection: sqlite3.Connection, table: str, event: Closing | Summary, rest: tuple[str, ...]) -> None:
    head = (event.id, event.time.isoformat(), event.coder, event.municipality, event.theme, event.codebook)
    marks = ", ".join("?" * (len(head) + len(rest)))
    with transaction(connection):
        connection.execute(f"INSERT INTO {table} VALUES (NULL, {marks})", (*head, *rest))  # noqa: S608  # names of ours


def _head(row: tuple[str, ...]) -> tuple[str, datetime, str, str, str, str]:
    return row[0], datetime.fromisoformat(row[1]), row[2], row[3], row[4], row[5]


def _chosen(given: Mapping[str, object]) -> Chosen:
    return Chosen(**given)  # type: ignore[arg-type]  # written by append_event
