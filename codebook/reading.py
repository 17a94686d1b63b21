"""Read a codebook from TOML. The file's own text is kept whole, so that comments survive."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import cast

from codebook.checking import WEIGHTS, Problem, Sets, Table, check
from codebook.model import Aim, Code, Codebook, Group, Pattern, Relation, RelationKind
from codebook.notation import expand


class CodebookError(ValueError):
    """A codebook that cannot be used; ``problems`` says what is wrong and on which lines."""

    def __init__(self, origin: str, problems: Sequence[Problem]) -> None:
        self.origin = origin
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{origin}, {problem}" for problem in problems))


def parse(text: str, origin: str) -> Codebook:
    """Return the codebook a TOML text describes. Raise `CodebookError` naming ``origin`` and every error in it."""
    errors = [problem for problem in check(text) if problem.severity == "error"]
    if errors:
        raise CodebookError(origin, errors)
    return parse_kept(text)


def parse_kept(text: str) -> Codebook:
    """Return the codebook of a text that was in order when it was kept, without checking it anew."""
    data = tomllib.loads(text)
    head = data["codebook"]
    sets = cast(Sets, data.get("sets", {}))
    return Codebook(
        name=head["name"],
        version=head["version"],
        language=head["language"],
        title=head["title"],
        codes=tuple(_code(table, sets) for table in data["code"]),
        relations=tuple(_relation(table, sets) for table in data.get("relation", [])),
        exclusions=_terms(head, "exclude", sets),
        source=text,
    )


def read_codebook(path: Path, is_checked: Callable[[str], bool] = lambda _: False) -> Codebook:
    """Read a codebook file (UTF-8). Raise `CodebookError` when it is missing, not text, or not in order.

    ``is_checked`` tells of a text that it was found in order before: that one is not checked anew.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CodebookError(str(path), [Problem(1, "", "", f"niet te lezen: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        message = "geen UTF-8-tekst; sla het bestand op als 'UTF-8' en probeer het opnieuw"
        raise CodebookError(str(path), [Problem(1, "", "", message)]) from error
    return parse_kept(text) if is_checked(text) else parse(text, str(path))


def bundled(name: str = "beleidsuitgangspunten") -> Codebook:
    """Return a codebook that comes with the program. Raise `CodebookError` when there is none of that name."""
    found = files("codebook") / "bundled" / f"{name}.toml"
    if not found.is_file():
        raise CodebookError(name, [Problem(1, "", "", "zo heet geen meegeleverd codeboek")])
    return parse(found.read_text(encoding="utf-8"), f"{name}.toml")


def _code(table: Table, sets: Sets) -> Code:
    group = cast(Group, table.get("group", "main"))
    patterns = tuple(Pattern(term, weight) for key, weight in WEIGHTS.items() for term in _terms(table, key, sets))
    return Code(
        id=str(table["id"]),
        group=group,
        label=str(table["label"]),
        definition=_text(table, "definition"),
        includes=_texts(table, "includes"),
        excludes=_texts(table, "excludes"),
        examples=_texts(table, "examples"),
        counter_examples=_texts(table, "counter_examples"),
        patterns=patterns,
        exclusions=_terms(table, "exclude", sets),
        poles=_terms(table, "poles", sets),
        colour=str(table.get("colour", "#777777")),
        was=_texts(table, "was"),
        aim=cast(Aim | None, table.get("aim")),
    )


def _relation(table: Table, sets: Sets) -> Relation:
    return Relation(
        id=str(table["id"]),
        kind=cast(RelationKind, table["kind"]),
        codes=_texts(table, "codes"),
        phrases=_terms(table, "phrases", sets),
        rationale=_text(table, "rationale"),
        source=_text(table, "source"),
        markers=_terms(table, "markers", sets),
    )


def _text(table: Table, key: str) -> str:
    return " ".join(str(table.get(key, "")).split())


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in cast(Sequence[str], table.get(key, ())))


def _terms(table: Table, key: str, sets: Sets) -> tuple[str, ...]:
    return tuple(expand(term, sets) for term in _texts(table, key))
