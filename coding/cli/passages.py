"""The verb passages: how files are cut, without a study."""

import csv
import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say

if TYPE_CHECKING:
    from corpus.model import Extraction, Passage


class Format(StrEnum):
    """How passages are printed."""

    jsonl = "jsonl"
    csv = "csv"
    text = "text"


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("passages", epilog="Example: rodedraad passages plan.pdf --format text")(passages)


def passages(
    files: Annotated[list[Path], typer.Argument(help="Files (or folders) to cut into passages.", show_default=False)],
    form: Annotated[Format, typer.Option("--format", help="jsonl, csv or text.")] = Format.jsonl,
    draw: Annotated[Path | None, typer.Option("--draw", help="Draw the passages on the pages (PNG) in here.")] = None,
    password: Annotated[str, typer.Option("--password", help="Password for files that ask for one.")] = "",
) -> None:
    """Cut files into passages and print them."""
    from corpus.isolation import read_all
    from corpus.model import Notice, SegmentSettings
    from corpus.reading import find_sources

    failed = False
    write_header = form is Format.csv
    sources = find_sources(files)
    passwords = {source.name: password for source in sources} if password else {}
    for source, result in read_all(sources, SegmentSettings(), passwords=passwords):
        if isinstance(result, Notice):
            say(f"{source.path}: {result.message}")
            failed = True
            continue
        for notice in result.notices:
            say(f"{source.path}{f', pagina {notice.page}' if notice.page else ''}: {notice.message}")
        _print(result, source.name, form, write_header=write_header)
        write_header = False
        if draw:
            _draw(source.path, result, draw)
    raise typer.Exit(1 if failed else 0)


def _print(extraction: "Extraction", name: str, form: Format, *, write_header: bool) -> None:
    rows = (_row(p, name) for p in extraction.passages)
    if form is Format.jsonl:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif form is Format.csv:
        _print_csv(rows, write_header=write_header)
    else:
        for passage in extraction.passages:
            pages = "" if passage.page_from is None else f" p. {passage.page_from}"
            typer.echo(f"[{passage.number} {passage.kind}{pages}] {passage.text}\n")


def _row(passage: "Passage", name: str) -> dict[str, object]:
    return {
        "document": name,
        "number": passage.number,
        "kind": passage.kind,
        "page_from": passage.page_from,
        "page_to": passage.page_to,
        "start": passage.start,
        "end": passage.end,
        "heading_path": list(passage.heading_path),
        "boxes": [[b.page, *(round(x, 1) for x in (b.x0, b.top, b.x1, b.bottom))] for b in passage.boxes],
        "text": passage.text,
    }


def _print_csv(rows: Iterable[dict[str, object]], *, write_header: bool) -> None:
    from outputs.tables_csv import guard

    writer = csv.writer(sys.stdout)
    for i, row in enumerate(rows):
        if i == 0 and write_header:
            writer.writerow(row)
        flat = {**row, "heading_path": " > ".join(row["heading_path"]), "boxes": json.dumps(row["boxes"])}  # type: ignore[arg-type]  # a list of texts, see _row
        writer.writerow([guard(v) if isinstance(v, str) else v for v in flat.values()])


def _draw(file: Path, extraction: "Extraction", folder: Path) -> None:
    from corpus.drawing import draw

    if extraction.version.pages is None:
        say(f"{file}: dit bestand heeft geen pagina's om op te tekenen.")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for image in draw(file, extraction, folder):
        say(f"getekend: {image}")
