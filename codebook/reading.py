"""Read a codebook from its TOML file. The file's text is kept as it is, comments and all."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from codebook.model import Code, Codebook, Pattern, Relation

WEIGHTS: Mapping[str, float] = {"strong": 0.9, "terms": 0.7, "weak": 0.3}
"""What a term says by itself, by the list it stands in. Two weak terms together stay below one ordinary term."""
BUNDLED = "beleidsuitgangspunten"
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a codebook file: where (1-based line, table, key) and what (Dutch)."""

    line: int
    table: str
    key: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"regel {self.line}, {self.table}" + (f", {self.key}" if self.key else "")
        return f"{place}: {self.message}"


class CodebookError(ValueError):
    """A codebook that cannot be used, with every problem found."""

    def __init__(self, origin: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{origin}: {problem}" for problem in problems))


def read_codebook(path: Path) -> Codebook:
    """Read a codebook file. Raise `CodebookError` when it cannot be read or has errors."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CodebookError(str(path), [Problem(0, "bestand", "", f"niet te openen: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        problem = Problem(0, "bestand", "", "is geen UTF-8; bewaar het codeboek als UTF-8")
        raise CodebookError(str(path), [problem]) from error
    return parse(text, str(path))


def bundled(name: str = BUNDLED) -> Codebook:
    """Return a codebook that comes with the program. Raise ``KeyError`` when there is none of that name."""
    return parse(bundled_text(name), name)


def bundled_text(name: str = BUNDLED) -> str:
    """Return the text of a bundled codebook's file. Raise ``KeyError`` when there is none of that name."""
    file = resources.files("codebook") / "bundled" / f"{name}.toml"
    if not file.is_file():
        raise KeyError(name)
    return file.read_text(encoding="utf-8")


def parse(text: str, origin: str) -> Codebook:
    """Return the codebook in ``text``. Raise `CodebookError` naming ``origin`` when it has errors."""
    from codebook.checking import check

    errors = [problem for problem in check(text) if problem.severity == "error"]
    if errors:
        raise CodebookError(origin, errors)
    return build(tomllib.loads(text), text)


def build(data: Mapping[str, object], source: str) -> Codebook:
    """Return the codebook in parsed TOML that `check` found nothing wrong with."""
    head = _table(data.get("codebook"))
    return Codebook(
        name=str(head["name"]),
        version=str(head["version"]),
        language=str(head.get("language", "nl")),
        title=str(head.get("title", head["name"])),
        codes=tuple(_code(_table(table)) for table in _list(data.get("code"))),
        relations=tuple(_relation(_table(table)) for table in _list(data.get("relation"))),
        exclusions=_strings(head.get("exclude")),
        source=source,
    )


def _code(table: Mapping[str, object]) -> Code:
    return Code(
        id=str(table["id"]),
        group="auxiliary" if table.get("group") == "auxiliary" else "main",
        label=str(table["label"]),
        definition=str(table.get("definition", "")),
        includes=_strings(table.get("includes")),
        excludes=_strings(table.get("excludes")),
        examples=_strings(table.get("examples")),
        counter_examples=_strings(table.get("counter_examples")),
        patterns=tuple(Pattern(text, weight) for key, weight in WEIGHTS.items() for text in _strings(table.get(key))),
        exclusions=_strings(table.get("exclude")),
        colour=str(table.get("colour", "#777777")),
        was=_strings(table.get("was")),
    )


def _relation(table: Mapping[str, object]) -> Relation:
    return Relation(
        id=str(table["id"]),
        kind=table["kind"],  # type: ignore[arg-type]  # one of the three, as check() made sure
        codes=_strings(table.get("codes")),
        phrases=_strings(table.get("phrases")),
        rationale=str(table.get("rationale", "")),
        source=str(table.get("source", "")),
        markers=_strings(table.get("markers")),
    )


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in _list(value))
