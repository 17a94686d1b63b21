"""The verb log: everything people ever decided or wrote, as CSV."""

import csv
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coding.cell_events import Closing, Summary
    from coding.flag_events import FlagEvent
    from coding.model import Decision
    from corpus.model import Document

    Documents = Mapping[str, Document]

COLUMNS = (
    *("time", "coder", "verdict", "code", "document", "page", "quote", "memo", "codebook", "id", "supersedes"),
    *("manner", "second_document", "second_page", "second_quote", "municipality"),
)


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("log", epilog="Example: rodedraad log study > beslissingen.csv")(log)


def log(folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)]) -> None:
    """Write every decision ever made as CSV: who, when, what, why, under which codebook; also those taken back.

    A verdict on a flag, and a tension of somebody's own (join), has a second quote. What concerns a whole
    municipality × theme is among them too: not_found, with what had been read, and every summary.
    """
    from coding.cell_store import closings, summaries
    from coding.flag_store import flag_log
    from coding.store import decision_log, open_store
    from corpus.store import documents
    from corpus.study import open_study
    from outputs.tables_csv import guard

    with closing(open_store(open_study(folder))) as store:
        names: dict[str, Document] = {d.id: d for d in documents(store)}
        rows = [_decision(d, names) for d in decision_log(store)]
        rows += [_flag(f, names) for f in flag_log(store)]
        rows += [_closing(c) for c in closings(store)]
        rows += [_summary(s, names) for s in summaries(store)]
    rows.sort(key=lambda row: str(row["time"]))
    writer = csv.DictWriter(sys.stdout, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({name: guard(value) for name, value in row.items()} for row in rows)


Row = dict[str, str | int | None]


def _decision(event: "Decision", documents: "Documents") -> Row:
    return {
        **_who(event),
        "verdict": event.verdict,
        "code": event.code,
        "document": _name(event.document_id, documents),
        "page": event.page,
        "quote": event.quote,
        "memo": event.memo,
        "supersedes": event.supersedes,
        "manner": event.manner,
    }


def _flag(event: "FlagEvent", documents: "Documents") -> Row:
    left, right = event.left, event.right
    return {
        **_who(event),
        "verdict": event.verdict,
        "code": event.flag.relation or " × ".join(event.flag.codes),
        "document": _name(left.document_id, documents),
        "page": left.page,
        "quote": left.quote,
        "memo": event.memo,
        "supersedes": event.supersedes,
        "second_document": _name(right.document_id, documents),
        "second_page": right.page,
        "second_quote": right.quote,
    }


def _closing(event: "Closing") -> Row:
    found = event.searched
    read = f"{found.candidates} candidates and {found.sample} of {found.rest} others read and rejected"
    memo = f"{read} (seed {found.seed}, {len(found.documents)} documents)"
    return {
        **_who(event), "verdict": "not_found", "code": event.theme, "memo": memo, "municipality": event.municipality,
    }  # fmt: skip


def _summary(event: "Summary", documents: "Documents") -> Row:
    named = dict.fromkeys(_name(q.document_id, documents) for q in event.quotes)
    return {
        **_who(event),
        "verdict": "summary",
        "code": event.theme,
        "document": "; ".join(named),
        "quote": "\n".join(q.quote for q in event.quotes),
        "memo": event.text,
        "municipality": event.municipality,
    }


def _name(document_id: str, documents: "Documents") -> str:
    return documents[document_id].file_name if document_id in documents else document_id


def _who(event: "Decision | FlagEvent | Closing | Summary") -> Row:
    return {"time": event.time.isoformat(), "coder": event.coder, "codebook": event.codebook, "id": event.id}
