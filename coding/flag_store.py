"""Verdicts on flags and people's own tensions in the study's database: all SQL on them stands here."""

import json
import sqlite3
from dataclasses import asdict
from datetime import datetime

from coding.cell_events import Chosen
from coding.flag_events import FlagEvent
from coding.store import flag_from_json
from corpus.database import transaction

_COLUMNS = "id, time, coder, verdict, relation, flag, quotes, memo, codebook, supersedes"


def append_flag_event(connection: sqlite3.Connection, event: FlagEvent) -> None:
    """Record one event. Events are only ever added."""
    quotes = json.dumps([asdict(event.left), asdict(event.right)], ensure_ascii=False)
    flag = json.dumps(asdict(event.flag), ensure_ascii=False)
    row = (
        *(event.id, event.time.isoformat(), event.coder, event.verdict, event.flag.relation, flag, quotes),
        *(event.memo, event.codebook, event.supersedes),
    )
    with transaction(connection):
        connection.execute(f"INSERT INTO flag_event ({_COLUMNS}) VALUES ({', '.join('?' * 10)})", row)  # noqa: S608  # column names of ours


def flag_log(connection: sqlite3.Connection) -> list[FlagEvent]:
    """Return every event ever recorded, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM flag_event ORDER BY number")  # noqa: S608  # column names of ours
    events = []
    for identity, time, coder, verdict, _relation, flag, quotes, memo, codebook, supersedes in rows:
        left, right = (Chosen(**given) for given in json.loads(quotes))
        when, claim = datetime.fromisoformat(time), flag_from_json(flag)
        events.append(FlagEvent(identity, when, coder, verdict, claim, left, right, memo, codebook, supersedes))
    return events
