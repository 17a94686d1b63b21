"""What changed between two codebooks, in words a researcher uses."""

import pytest

from codebook.changes import changes
from codebook.model import Code, Codebook, Pattern


def book(*codes: Code) -> Codebook:
    return Codebook("p", "1", "nl", "Proef", codes)


def code(name: str, *was: str, definition: str = "", term: str = "", label: str = "") -> Code:
    patterns = (Pattern(term),) if term else ()
    return Code(name, "main", label or "Code", definition, patterns=patterns, was=was)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (book(code("a"), code("b")), []),
        (book(code("a"), code("b"), code("c")), [("new", "c")]),
        (book(code("a")), [("retired", "b")]),
        (book(code("n", "a"), code("b")), [("renamed", "n")]),
        (book(code("m", "a", "b")), [("merged", "m")]),
        (book(code("a", "b")), [("merged", "a")]),
        (book(code("a1", "a"), code("a2", "a"), code("b")), [("split", "a1"), ("split", "a2")]),
        (book(code("a", definition="x", term="y"), code("b")), [("definition", "a"), ("terms", "a")]),
        (book(code("a"), code("b", label="B")), [("looks", "b")]),
        (book(code("a1", "a", definition="x"), code("a2", "a"), code("b")), [("split", "a1"), ("split", "a2")]),
        (book(code("a", "oud"), code("b")), []),
    ],
)  # fmt: skip
def test_changes_between_two_versions(after, expected) -> None:
    assert [(c.kind, c.code) for c in changes(book(code("a"), code("b")), after)] == expected
