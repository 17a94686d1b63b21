"""The verb tag: a filter that codes JSONL from stdin."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say

if TYPE_CHECKING:
    from codebook.model import Codebook
    from coding.model import Score, Unit

CHUNK = 256
EXAMPLE = 'Example: echo \'{"id": 1, "text": "Hulp dichtbij, in de wijk."}\' | rodedraad tag'
NO_LINE = 'verwacht een JSON-object met id en text, bijvoorbeeld {"id": 1, "text": "…"}'


_HALF_PAIR = re.compile("[\ud800-\udfff]")


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("tag", epilog=EXAMPLE)(tag)


def tag(
    codebook: Annotated[Path | None, typer.Option("--codebook", help="Codebook file; default the bundled one.")] = None,
    threshold: Annotated[
        float | None, typer.Option("--threshold", min=0, max=1, help="Decide from this score, for every code.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every code with its score, also the doubtful.")] = False,
    auxiliary: Annotated[bool, typer.Option("--auxiliary", help="Auxiliary codes as well.")] = False,
) -> None:
    """Code passages: JSONL {"id", "text"} on stdin becomes {"id", "codes"} on stdout, in the same order.

    Optional keys: heading_path (a list), before, after, kind. Codes listed are those the program decides for.
    """
    from codebook.reading import bundled, read_codebook
    from coding.combination import program_coder

    book = read_codebook(codebook) if codebook else bundled()
    coder = program_coder(book)
    shown = {c.id for c in book.codes if auxiliary or c.group == "main"}
    failed = False
    lines = enumerate(sys.stdin.buffer, 1)
    while chunk := list(islice(lines, CHUNK)):
        read = [(number, _read(line)) for number, line in chunk if line.strip()]
        for number, problem in read:
            if isinstance(problem, str):
                say(f"regel {number}: {problem}")
                failed = True
        rows = [row for _, row in read if not isinstance(row, str)]
        for row, scores in zip(rows, coder.code([_unit(row) for row in rows]), strict=True):
            chosen = _choose([s for s in scores if s.code in shown], threshold, everything=everything)
            if everything:
                chosen = _with_every_code(chosen, book, shown)
            typer.echo(json.dumps({"id": row["id"], "codes": [_code(s) for s in chosen]}, ensure_ascii=False))
        sys.stdout.flush()
    raise typer.Exit(1 if failed else 0)


def _read(line: bytes) -> dict[str, object] | str:
    """Return the object on a line, or what is wrong with it."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "geen UTF-8; zet het bestand om naar UTF-8"
    except (json.JSONDecodeError, RecursionError):
        return NO_LINE
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        return NO_LINE
    return row


def _unit(row: Mapping[str, object]) -> "Unit":
    from coding.model import Unit

    path = row.get("heading_path")
    return Unit(
        text=_whole(row["text"]),
        heading_path=tuple(_whole(h) for h in path) if isinstance(path, list) else (),
        before=_whole(row.get("before")),
        after=_whole(row.get("after")),
        kind=_whole(row.get("kind")) or "paragraph",
    )


def _whole(value: object) -> str:
    """Return a text without halves of surrogate pairs, which JSON may hold; as long as it was."""
    return _HALF_PAIR.sub("\ufffd", str(value)) if value is not None else ""


def _choose(scores: Sequence["Score"], threshold: float | None, *, everything: bool) -> list["Score"]:
    if everything:
        return list(scores)
    if threshold is not None:
        return [s for s in scores if s.score >= threshold]
    return [s for s in scores if s.level in ("zeker", "waarschijnlijk")]


def _with_every_code(scores: Sequence["Score"], book: "Codebook", shown: set[str]) -> list["Score"]:
    from coding.model import Score

    found = {s.code: s for s in scores}
    return [found.get(c.id) or Score(c.id, 0.0) for c in book.codes if c.id in shown]


def _code(score: "Score") -> dict[str, object]:
    return {
        "code": score.code,
        "score": round(score.score, 4),
        "level": score.level or "twijfel",
        "methods": {name: round(value, 4) for name, value in score.methods.items()},
        "evidence": [[e.start, e.end, e.term] for e in score.evidence],
    }
