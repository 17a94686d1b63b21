"""The rooms of the design hold: imports point back along the line only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "codebook": {"codebook"},
    "corpus": {"corpus"},
    "coding": {"coding", "corpus", "codebook"},
    "outputs": {"outputs", "coding", "corpus", "codebook"},
}
CALL_ALL_FOUR = ("coding/cli", "coding/review")


def imported_rooms(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names & set(MAY_IMPORT)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_room_imports_only_what_lies_before_it(room: str) -> None:
    files = list((ROOT / room).rglob("*.py"))
    assert files
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(CALL_ALL_FOUR):
            assert imported_rooms(path) <= MAY_IMPORT[room], name
