"""The map is whole: every municipality, where it lies, each boundary once; the tool gives back what went in."""

import importlib.util
from pathlib import Path

import pytest

from corpus.boundaries import boundaries, middle
from corpus.municipalities import by_name, municipalities

TOOL = Path(__file__).resolve().parents[2] / "tools" / "boundaries.py"


def test_every_municipality_is_on_the_map() -> None:
    assert set(boundaries().rings) == {m.code for m in municipalities()}


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [("Groningen", 6.6, 53.2), ("Maastricht", 5.7, 50.85), ("Utrecht", 5.1, 52.1), ("Den Haag", 4.3, 52.07)],
)
def test_a_municipality_lies_where_it_lies(name: str, longitude: float, latitude: float) -> None:
    found = by_name(name)
    assert found is not None
    x, y = middle(boundaries().rings[found.code])
    assert x == pytest.approx(longitude * 0.6129, abs=0.1)
    assert y == pytest.approx(-latitude, abs=0.1)


def test_rings_join_without_gaps_and_provinces_are_no_coast() -> None:
    known = boundaries()
    steps = [
        abs(a[0] - b[0]) + abs(a[1] - b[1])
        for rings in known.rings.values()
        for ring in rings
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
    ]
    assert max(steps) < 0.35
    assert not set(known.outline) & set(known.provinces)


def test_tool_keeps_shared_boundaries_once_and_loses_no_point() -> None:
    spec = importlib.util.spec_from_file_location("tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    left = ((0, 0), (2, 0), (2, 1), (2, 2), (0, 2))
    right = ((2, 0), (4, 0), (4, 2), (2, 2), (2, 1))
    made = tool.topology({"A": [[left]], "B": [[right]]})
    assert len(made["arcs"]) == 3
    shared = [i for i, arc in enumerate(made["arcs"]) if len(arc) == 3 and arc[0] in ([2, 0], [2, 2])]
    used = [
        arc if arc >= 0 else ~arc
        for g in made["objects"]["gemeenten"]["geometries"]
        for r in g["arcs"]
        for a in r
        for arc in a
    ]
    assert sorted(used.count(i) for i in range(3)) == [1, 1, 2]
    assert [used.count(i) for i in shared] == [2]
