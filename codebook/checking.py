"""Check a codebook file before it is used: every problem with its line, table and key, in Dutch."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from codebook.notation import NotationError, expand, parse_pattern

Table = Mapping[str, object]
Sets = Mapping[str, Sequence[str]]
Severity = Literal["error", "warning"]

WEIGHTS: Mapping[str, float] = {"strong": 0.9, "terms": 0.7, "weak": 0.35, "hints": 0.15}
"""Lists of terms a code may have, and what one hit of each says by itself. A code is found from .50: by one strong or
plain term, by two different weak ones, by a weak one with two hints; hints alone only when many meet."""

HEAD = {"name": str, "version": str, "language": str, "title": str, "exclude": list, "shared": list}
CODE = {
    **dict.fromkeys(("id", "group", "label", "colour", "definition", "aim"), str),
    **dict.fromkeys(
        ("includes", "excludes", "examples", "counter_examples", "exclude", "poles", "was", *WEIGHTS), list
    ),
}
RELATION = {
    **dict.fromkeys(("id", "kind", "rationale", "source"), str),
    **dict.fromkeys(("codes", "phrases", "markers"), list),
}
_LAYOUT: Mapping[str, Mapping[str, type]] = {"codebook": HEAD, "code": CODE, "relation": RELATION}
_REQUIRED = {"codebook": ("name", "version", "language", "title"), "code": ("id", "label"), "relation": ("id", "kind")}
_KINDS = {"tension": 2, "precondition": 2, "ambiguity": 0}
_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a codebook file: ``line`` (1-based), ``table`` (``code nabijheid``), ``key``, what and why."""

    line: int
    table: str
    key: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"regel {self.line}", self.table, self.key) if part)
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Place:
    """One table of the file: kind, name for messages, content and the lines it covers."""

    kind: str
    name: str
    content: Table
    first: int
    last: int


def check(text: str) -> list[Problem]:
    """Return every problem of a codebook's text by line; errors make it unusable, warnings do not."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        return [Problem(int(found.group(1)) if found else 1, "", "", f"geen geldige TOML: {error}")]
    problems = list(_check_top(data))
    if not problems:
        places = _places(text, data)
        finder = _Finder(text.splitlines())
        problems = [p for place in places for p in _check_layout(place, finder)]
        if not problems:
            sets = cast(Sets, data.get("sets", {}))
            problems = list(_check_content(places, sets, finder))
    return sorted(problems, key=lambda p: p.line)


def _check_top(data: Table) -> Iterator[Problem]:
    if not isinstance(data.get("codebook"), dict):
        yield Problem(1, "", "codebook", "de tabel [codebook] met naam, versie, taal en titel ontbreekt")
    for key, value in data.items():
        if key not in (*_LAYOUT, "sets"):
            yield Problem(1, "", key, f"onbekende tabel of sleutel; bekend zijn sets, {', '.join(_LAYOUT)}")
        elif key == "sets":
            yield from _check_sets(value)
        elif key != "codebook" and not (isinstance(value, list) and all(isinstance(v, dict) for v in value)):
            yield Problem(1, "", key, f"schrijf iedere {key} als een eigen tabel [[{key}]]")
    if not data.get("code"):
        yield Problem(1, "", "code", "het codeboek heeft geen enkele [[code]]")


def _check_sets(value: object) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(1, "", "sets", "schrijf verzamelingen als een tabel [sets]")
        return
    for name, words in value.items():
        if not (isinstance(words, list) and words and all(isinstance(w, str) for w in words)):
            yield Problem(1, "sets", name, 'hier hoort een lijst van woorden: ["…", "…"]')


def _places(text: str, data: Table) -> list[_Place]:
    lines = text.splitlines()
    starts: dict[str, list[int]] = {kind: [] for kind in (*_LAYOUT, "sets")}
    in_text = False
    for number, line in enumerate(lines, 1):
        header = re.match(r"\s*\[\[?\s*(\w+)\s*\]", line)
        if header and not in_text and header.group(1) in starts:
            starts[header.group(1)].append(number)
        in_text ^= (line.count('"""') + line.count("'''")) % 2 == 1
    bounds = [*sorted(n for numbers in starts.values() for n in numbers), len(lines) + 1]
    places = []
    for kind in _LAYOUT:
        value = data.get(kind, [])
        tables = cast(Sequence[Table], [value] if kind == "codebook" else value)
        for i, table in enumerate(tables):
            first = starts[kind][i] if i < len(starts[kind]) else 1
            last = next((b for b in bounds if b > first), len(lines) + 1) - 1
            name = kind if kind == "codebook" else f"{kind} {table.get('id', i + 1)}"
            places.append(_Place(kind, name, table, first, last))
    return places


@dataclass(frozen=True, slots=True)
class _Finder:
    lines: Sequence[str]

    def problem(self, place: _Place, key: str, message: str, value: str = "", severity: Severity = "error") -> Problem:
        return Problem(self._line(place, key, value), place.name, key, message, severity)

    def _line(self, place: _Place, key: str, value: str) -> int:
        numbers = range(place.first, min(place.last, len(self.lines)) + 1)
        start = next((n for n in numbers if re.match(rf"\s*{re.escape(key)}\s*=", self.lines[n - 1])), place.first)
        if not value:
            return start
        forms = (repr(value), f'"{value}"', f"'{value}'", value.replace('"', '\\"'))
        return next((n for n in numbers if n >= start and any(f in self.lines[n - 1] for f in forms)), start)


def _check_layout(place: _Place, finder: _Finder) -> Iterator[Problem]:
    layout = _LAYOUT[place.kind]
    for key in _REQUIRED[place.kind]:
        if not str(place.content.get(key, "")).strip():
            yield finder.problem(place, key, f"{key} ontbreekt of is leeg")
    for key, value in place.content.items():
        if key not in layout:
            yield finder.problem(place, key, f"onbekende sleutel; bekend zijn {', '.join(layout)}")
        elif layout[key] is str and not isinstance(value, str):
            yield finder.problem(place, key, "hier hoort tekst tussen aanhalingstekens")
        elif layout[key] is list and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            yield finder.problem(place, key, 'hier hoort een lijst van teksten: ["…", "…"]')


def _check_content(places: Sequence[_Place], sets: Sets, finder: _Finder) -> Iterator[Problem]:
    codes = [p for p in places if p.kind == "code"]
    ids = {str(p.content["id"]) for p in codes}
    for place in places:
        yield from _check_terms(place, sets, finder)
        if place.kind == "code":
            yield from _check_code(place, ids, finder)
        elif place.kind == "relation":
            yield from _check_relation(place, ids, finder)
    for kind in ("code", "relation"):
        yield from _check_unique([p for p in places if p.kind == kind], finder)
    yield from _check_shared(places, codes, finder)


def _check_terms(place: _Place, sets: Sets, finder: _Finder) -> Iterator[Problem]:
    for key in (*WEIGHTS, "exclude", "poles", "phrases", "markers"):
        terms = _list(place, key)
        for term in terms:
            try:
                parse_pattern(expand(term, sets))
            except NotationError as error:
                yield finder.problem(place, key, f"term {term!r} is niet te lezen: {error}", term)
        for term, count in Counter(terms).items():
            if count > 1:
                yield finder.problem(place, key, f"term {term!r} staat er {count} keer", term, "warning")


def _check_code(place: _Place, ids: set[str], finder: _Finder) -> Iterator[Problem]:
    code_id = str(place.content["id"])
    parent = code_id.rpartition(".")[0]
    if not _ID.fullmatch(code_id):
        yield finder.problem(place, "id", "een id is kleine letters, cijfers en _, hooguit met één punt: thema.sub")
    if parent and parent not in ids:
        yield finder.problem(place, "id", f"hoort onder {parent!r}, maar die code bestaat niet")
    if place.content.get("group", "main") not in ("main", "auxiliary"):
        yield finder.problem(place, "group", "group is 'main' of 'auxiliary'")
    if place.content.get("aim", "societal") not in ("societal", "organisational"):
        yield finder.problem(place, "aim", "aim is 'societal' (samenleving) of 'organisational' (organisatie)")
    if not _COLOUR.fullmatch(str(place.content.get("colour", "#000000"))):
        yield finder.problem(place, "colour", "een kleur is # met zes cijfers of letters a–f: #0072b2")
    has_sub = any(other.startswith(f"{code_id}.") for other in ids)
    if not has_sub and not any(_list(place, key) for key in (*WEIGHTS, "poles")):
        yield finder.problem(place, "id", "lege code: zij heeft geen enkele term en geen subcode", severity="warning")
    for old in _list(place, "was"):
        if old in ids:
            message = (
                f"de vroegere id {old!r} is ook een bestaande code; "
                "splitst u een code, geef dan elk deel een nieuwe id met de oude in was"
            )
            yield finder.problem(place, "was", message, old)


def _check_relation(place: _Place, ids: set[str], finder: _Finder) -> Iterator[Problem]:
    kind = str(place.content["kind"])
    codes = _list(place, "codes")
    if kind not in _KINDS:
        yield finder.problem(place, "kind", f"kind is een van {', '.join(_KINDS)}")
    elif _KINDS[kind] and len(set(codes)) != _KINDS[kind]:
        yield finder.problem(place, "codes", f"een {kind} verbindt precies twee verschillende codes")
    elif kind == "ambiguity" and not _list(place, "phrases"):
        yield finder.problem(place, "phrases", "een ambiguity heeft ten minste één frase")
    for code in codes:
        if code not in ids:
            yield finder.problem(place, "codes", f"code {code!r} bestaat niet", code)


def _check_unique(places: Sequence[_Place], finder: _Finder) -> Iterator[Problem]:
    seen: dict[str, _Place] = {}
    for place in places:
        name = str(place.content["id"])
        if name in seen:
            yield finder.problem(place, "id", f"{name!r} staat ook al op regel {seen[name].first}", name)
        seen.setdefault(name, place)


def _check_shared(places: Sequence[_Place], codes: Sequence[_Place], finder: _Finder) -> Iterator[Problem]:
    deliberate = {term for p in places if p.kind == "codebook" for term in _list(p, "shared")}
    seen: dict[str, _Place] = {}
    for place in codes:
        for key in WEIGHTS:
            for term in _list(place, key):
                other = seen.setdefault(term.lower(), place)
                if other is not place and term not in deliberate:
                    message = (
                        f"term {term!r} staat ook onder {other.name}; "
                        "zet hem onder één code, of bij shared in [codebook] als het zo hoort"
                    )
                    yield finder.problem(place, key, message, term, "warning")


def _list(place: _Place, key: str) -> list[str]:
    return cast(list[str], place.content.get(key, []))
