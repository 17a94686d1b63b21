"""Fragments are cut, joined and moved by events alone; quotes stand literally in the text; undo gives all back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("fastapi", reason="the extra [web] is not installed")

from codebook.model import Code, Codebook  # only where the extra is there
from coding.model import Decision
from coding.review.board import Board
from coding.review.fragments import changed, fragments_of
from coding.review.views import view
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Passage, TextVersion

TEXT = "Het wijkteam 👩‍👧 is nabij. Wij kijken samen wat nodig is, ook bij u thuis."


@pytest.mark.parametrize(
    ("fragments", "span", "change", "to", "expected"),
    [
        ([(0, 10)], (0, 10), "cut", (4, 4), ([(0, 10)], [(0, 4), (4, 10)])),
        ([(0, 4), (6, 9), (12, 14)], (0, 4), "join", (0, 0), ([(0, 4), (6, 9)], [(0, 9)])),
        ([(0, 9), (2, 4)], (0, 9), "join", (0, 0), ([(0, 9), (2, 4)], [(0, 9)])),
        ([(0, 4)], (0, 4), "move", (2, 8), ([(0, 4)], [(2, 8)])),
    ],
)
def test_a_change_says_what_goes_and_what_comes(fragments, span, change, to, expected) -> None:
    assert changed(fragments, span, change, to) == expected


@pytest.mark.parametrize(
    ("span", "change", "to", "message"),
    [
        ((0, 4), "cut", (4, 4), "Knip binnen"),
        ((0, 4), "cut", (0, 0), "Knip binnen"),
        ((6, 9), "join", (0, 0), "geen meer"),
        ((1, 4), "move", (2, 8), "staat er niet meer"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(span, change, to, message) -> None:
    with pytest.raises(ValueError, match=message):
        changed([(0, 4), (6, 9)], span, change, to)


def board() -> tuple[Board, list[Decision]]:
    version = TextVersion("d" * 64, "md 1", f"# Kop\n\n{TEXT}\n")
    passage = Passage(0, "paragraph", (), 7, 7 + len(TEXT), TEXT)
    events: list[Decision] = []
    snapshot = Snapshot(
        name="proef",
        codebook=Codebook("p", "1", "nl", "Proef", (Code("nabij", "main", "Nabij", ""),)),
        method=Method("rodedraad", "proef 1"),
        documents=(Document("d" * 64, "plan.md"),),
        versions={"d" * 64: version},
        passages={"d" * 64: (passage,)},
        codings=(),
    )
    return Board(snapshot, events.append), events


offsets = st.integers(0, len(TEXT))
steps = st.lists(st.tuples(st.sampled_from(["cut", "join", "move"]), st.integers(0, 5), offsets, offsets), max_size=8)


@given(steps)
def test_every_event_quotes_its_text_literally_and_undoing_all_gives_the_first_fragment_back(steps) -> None:
    table, events = board()
    (card,) = table.cards
    text = table.snapshot.versions["d" * 64].text
    table.decide("noor", card, "nabij", "accept", memo="kern", span=(11, 32))
    start = fragments_of(table, card, "noor", "nabij")
    done = 0
    for change, which, one, other in steps:
        present = fragments_of(table, card, "noor", "nabij")
        if not present:
            break  # moved onto the whole passage, which is no fragment any more
        try:
            old, new = changed(present, present[which % len(present)], change, (7 + one, 7 + other))
            table.reshape("noor", card, "nabij", old, new)
        except ValueError:
            continue
        done += 1
    for _ in range(done):
        assert table.undo("noor") is card
    assert fragments_of(table, card, "noor", "nabij") == start
    assert all(text[e.start : e.end] == e.quote == e.quote.strip() for e in events)
    assert all(d.memo for d in table.decisions_on(card, "noor"))


def test_the_passage_shows_where_a_fragment_lies_without_losing_a_character() -> None:
    table, _ = board()
    (card,) = table.cards
    table.decide("noor", card, "nabij", "accept", span=(11, 19))
    segments = view(table, card, "noor").segments
    assert "".join(s.text for s in segments) == TEXT
    assert [s.text for s in segments if s.chosen] == ["wijkteam"]
    assert not any(s.chosen for s in view(table, card, "bas").segments)
