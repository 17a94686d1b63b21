"""Check a codebook file before it is used: each problem names line, table and key, and says what is wrong."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence

from codebook.notation import NotationError, parse_pattern
from codebook.reading import WEIGHTS, Problem

_KEYS: Mapping[str, Mapping[str, type]] = {
    "codebook": {"name": str, "version": str, "language": str, "title": str, "exclude": list},
    "code": {"id": str, "label": str, "group": str, "definition": str, "includes": list, "excludes": list,
             "examples": list, "counter_examples": list, "exclude": list, "colour": str, "was": list,
             **dict.fromkeys(WEIGHTS, list)},
    "relation": {"id": str, "kind": str, "codes": list, "phrases": list, "rationale": str, "source": str,
                 "markers": list},
}  # fmt: skip
_REQUIRED = {"codebook": ("name", "version"), "code": ("id", "label"), "relation": ("id", "kind")}
_KINDS = {"tension": 2, "precondition": 2, "ambiguity": 0}
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
Table = Mapping[str, object]


def check(text: str) -> list[Problem]:
    """Return every problem of the codebook in ``text``, in the order of its lines; none for a sound codebook."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return [Problem(int(line[1]) if line else 0, "bestand", "", f"geen geldige TOML: {error}")]
    lines = _Lines(text)
    problems = list(_check_shape(data, lines))
    if not problems:
        codes, relations = _tables(data, "code"), _tables(data, "relation")
        problems += _check_ids(codes, relations, lines)
        problems += _check_patterns(data, codes, relations, lines)
        problems += _check_shared_terms(codes, lines)
        problems += _check_relations(codes, relations, lines)
    return sorted(problems, key=lambda p: p.line)


class _Lines:
    """Finds the line on which the n-th table of a name, a key in it, or a value in that key begins."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._tables: dict[tuple[str, int], int] = {}
        counts: dict[str, int] = {}
        for number, line in enumerate(self._lines, 1):
            if match := re.match(r"\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}", line):
                n = counts.get(match[1], 0)
                self._tables[match[1], n] = number
                counts[match[1]] = n + 1

    def find(self, table: str, n: int = 0, key: str = "", value: str = "") -> int:
        start = self._tables.get((table, n), 1)
        later = [line for line in self._tables.values() if line > start]
        end = min(later, default=len(self._lines) + 1)
        if not key:
            return start
        for number in range(start, end):
            if re.match(rf"\s*{re.escape(key)}\s*=", self._lines[number - 1]):
                return next((i for i in range(number, end) if value and value in self._lines[i - 1]), number)
        return start


def _tables(data: Table, name: str) -> list[Table]:
    found = data.get(name, [])
    return [t for t in found if isinstance(t, dict)] if isinstance(found, list) else []


def _check_shape(data: Table, lines: _Lines) -> Iterator[Problem]:
    for name in set(data) - set(_KEYS):
        yield Problem(lines.find(name), f"[{name}]", "", "onbekende tabel; bedoeld zijn codebook, code en relation")
    head = data.get("codebook")
    if not isinstance(head, dict):
        yield Problem(1, "[codebook]", "", "ontbreekt; begin met [codebook], name en version")
        return
    yield from _check_keys("codebook", head, 0, lines)
    if not _tables(data, "code"):
        yield Problem(1, "[[code]]", "", "er is geen enkele code")
    for name in ("code", "relation"):
        for n, table in enumerate(_tables(data, name)):
            yield from _check_keys(name, table, n, lines)


def _check_keys(name: str, table: Table, n: int, lines: _Lines) -> Iterator[Problem]:
    where = _where(name, table)
    for key in _REQUIRED[name]:
        if not table.get(key):
            yield Problem(lines.find(name, n), where, key, "ontbreekt")
    for key, value in table.items():
        wanted = _KEYS[name].get(key)
        if wanted is None:
            yield Problem(lines.find(name, n, key), where, key, f"onbekend; kan zijn: {', '.join(_KEYS[name])}")
        elif not isinstance(value, wanted) or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
            kind = "een lijst van teksten tussen [ ]" if wanted is list else "een tekst tussen aanhalingstekens"
            yield Problem(lines.find(name, n, key), where, key, f"moet {kind} zijn")


def _check_ids(codes: Sequence[Table], relations: Sequence[Table], lines: _Lines) -> Iterator[Problem]:
    ids = [str(code["id"]) for code in codes]
    for n, code in enumerate(codes):
        where, code_id = _where("code", code), ids[n]
        if not _ID.fullmatch(code_id):
            yield Problem(lines.find("code", n, "id"), where, "id", "alleen kleine letters, cijfers en _, met één punt")
        if ids.index(code_id) != n:
            yield Problem(lines.find("code", n, "id"), where, "id", "deze id komt vaker voor")
        parent = code_id.rpartition(".")[0]
        if parent and parent not in ids:
            yield Problem(lines.find("code", n, "id"), where, "id", f"de bovenliggende code {parent} bestaat niet")
        if code.get("group", "main") not in ("main", "auxiliary"):
            yield Problem(lines.find("code", n, "group"), where, "group", "moet main of auxiliary zijn")
        for old in _list(code, "was"):
            if old in ids:
                yield Problem(lines.find("code", n, "was", old), where, "was", f"{old} is nog een bestaande code")
    names = [str(relation["id"]) for relation in relations]
    for n, relation in enumerate(relations):
        if names.index(names[n]) != n:
            yield Problem(lines.find("relation", n, "id"), _where("relation", relation), "id", "komt vaker voor")


def _check_patterns(
    data: Table, codes: Sequence[Table], relations: Sequence[Table], lines: _Lines
) -> Iterator[Problem]:
    head = data["codebook"]
    places: list[tuple[str, int, Table, tuple[str, ...]]] = [("codebook", 0, head, ("exclude",))]  # type: ignore[list-item]
    places += [("code", n, code, (*WEIGHTS, "exclude")) for n, code in enumerate(codes)]
    places += [("relation", n, relation, ("phrases", "markers")) for n, relation in enumerate(relations)]
    for name, n, table, keys in places:
        for key in keys:
            for term in _list(table, key):
                try:
                    parse_pattern(term)
                except NotationError as error:
                    line = lines.find(name, n, key, term)
                    yield Problem(line, _where(name, table), key, f"term {term!r}: {error}")
    for n, code in enumerate(codes):
        has_subs = any(str(c["id"]).startswith(f"{code['id']}.") for c in codes)
        if not any(_list(code, key) for key in WEIGHTS) and not has_subs:
            message = "heeft geen termen; het programma vindt deze code nooit vanzelf"
            yield Problem(lines.find("code", n), _where("code", code), "terms", message, "warning")


def _check_shared_terms(codes: Sequence[Table], lines: _Lines) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for n, code in enumerate(codes):
        for key in WEIGHTS:
            for term in _list(code, key):
                plain = term.strip().lower()
                other = seen.setdefault(plain, str(code["id"]))
                if other != code["id"] or _list(code, key).count(term) > 1:
                    line = lines.find("code", n, key, term)
                    yield Problem(line, _where("code", code), key, f"{term!r} staat ook bij {other}", "warning")


def _check_relations(codes: Sequence[Table], relations: Sequence[Table], lines: _Lines) -> Iterator[Problem]:
    ids = {str(code["id"]) for code in codes}
    for n, relation in enumerate(relations):
        where, kind = _where("relation", relation), str(relation["kind"])
        if kind not in _KINDS:
            yield Problem(lines.find("relation", n, "kind"), where, "kind", f"moet een zijn van: {', '.join(_KINDS)}")
            continue
        named = _list(relation, "codes")
        for code in named:
            if code not in ids:
                yield Problem(lines.find("relation", n, "codes"), where, "codes", f"de code {code} bestaat niet")
        if _KINDS[kind] and len(named) != _KINDS[kind]:
            yield Problem(lines.find("relation", n, "codes"), where, "codes", "een relatie verbindt precies twee codes")
        if kind == "ambiguity" and not _list(relation, "phrases"):
            yield Problem(lines.find("relation", n), where, "phrases", "ontbreekt: de meerduidige woorden")


def _where(name: str, table: Table) -> str:
    return f"[{name}]" if name == "codebook" else f"[[{name}]] {table.get('id', '?')}"


def _list(table: Table, key: str) -> list[str]:
    value = table.get(key)
    return value if isinstance(value, list) else []
