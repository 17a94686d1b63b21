"""Undo from the log: a coder's own last steps come back one by one, whatever process made them."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from codebook.model import Code, Codebook
from coding.carrying import carry
from coding.model import Decision
from coding.review.board import Board
from coding.review.undoing import steps_of
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Passage, TextVersion

TEXTS = [f"Passage {i} over zorg en water in de buurt." for i in range(3)]
VERSION = TextVersion("d" * 64, "md 1", "\n".join(TEXTS))
STARTS = [VERSION.text.index(text) for text in TEXTS]


def book(*codes: Code) -> Codebook:
    return Codebook("p", "1", "nl", "Proef", codes)


A, B = Code("a", "main", "A", "Wat A is."), Code("b", "main", "B", "Wat B is.")
OLD = book(A, B)
KNOWN = {b.content: b for b in (OLD, book(B), book(replace(A, definition="Iets anders."), B))}


def board(log: list[Decision], codebook: Codebook = OLD) -> Board:
    """A page as it starts on what the log holds; events go to the log."""
    passages = tuple(
        Passage(i, "paragraph", (), s, s + len(t), t) for i, (s, t) in enumerate(zip(STARTS, TEXTS, strict=True))
    )
    decisions, looks = carry(log, codebook, KNOWN)
    return Board(
        Snapshot(
            name="proef",
            codebook=codebook,
            method=Method("rodedraad", "proef"),
            documents=(Document("d" * 64, "plan.md"),),
            versions={"d" * 64: VERSION},
            passages={"d" * 64: passages},
            codings=(),
            decisions=tuple(decisions),
            looks=tuple(looks),
        ),
        log.append,  # type: ignore[arg-type]  # only decisions here
        lambda coder: [d for d in log if d.coder == coder],
    )


def standing(table: Board, coder: str) -> set[tuple[object, ...]]:
    return {(d.start, d.end, d.code, d.verdict, d.memo) for d in table.in_force if d.coder == coder}


def act(table: Board, chance: random.Random, coder: str) -> None:
    card = chance.choice(table.cards)
    start = card.passage.start
    fragments = [d for d in table.decisions_on(card, coder) if d.verdict == "accept" and d.end < card.passage.end]
    what = chance.choice(("accept", "reject", "read", "fragment", "reshape", "undo"))
    if what == "undo":
        table.undo(coder)
    elif what == "reshape" and fragments:
        d = fragments[0]
        middle = (d.start + d.end) // 2
        table.reshape(coder, card, d.code, [(d.start, d.end)], [(d.start, middle), (middle, d.end)])
    elif what in ("fragment", "reshape"):
        table.decide(coder, card, "a", "accept", span=(start, start + 17), memo=chance.choice(("", "memo")))
    elif what == "read":
        table.decide(coder, card, "", "read")
    else:
        table.decide(coder, card, chance.choice("ab"), what, memo=str(chance.random()))


@pytest.mark.parametrize("seed", range(25))
def test_all_that_was_ever_done_is_taken_back_after_any_number_of_restarts(seed) -> None:
    log: list[Decision] = []
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    for _ in range(4):
        table = board(log)
        for _ in range(chance.randrange(12)):
            act(table, chance, chance.choice(("noor", "bas")))
    others = standing(board(log), "bas")
    before = list(log)
    for _ in range(len(before) + 1):
        if board(log).undo("noor") is None:
            break
    assert log[: len(before)] == before
    assert standing(board(log), "noor") == set()
    assert standing(board(log), "bas") == others


def test_a_step_of_several_events_comes_back_whole_after_a_restart() -> None:
    log: list[Decision] = []
    table = board(log)
    card, start = table.cards[0], STARTS[0]
    table.decide("noor", card, "a", "accept", span=(start, start + 17), memo="waarom")
    before = standing(table, "noor")
    table.reshape("noor", card, "a", [(start, start + 17)], [(start, start + 9), (start + 10, start + 17)])
    assert len(log) == 4
    again = board(log)
    assert again.undo("noor") is not None
    assert standing(again, "noor") == before
    assert board(log).undo("noor") is not None
    assert standing(board(log), "noor") == set()
    assert board(log).undo("noor") is None


def test_undo_in_this_sitting_goes_on_into_the_sittings_before() -> None:
    log: list[Decision] = []
    board(log).decide("noor", board(log).cards[0], "a", "accept")
    table = board(log)
    table.decide("noor", table.cards[1], "b", "reject")
    assert [card.place if card else None for card in (table.undo("noor") for _ in range(3))] == [1, 0, None]
    assert [d.verdict for d in log] == ["accept", "reject", "withdraw", "withdraw"]


def test_blind_codings_and_last_words_are_not_undone() -> None:
    log: list[Decision] = []
    table = board(log)
    table.decide("noor", table.cards[0], "a", "accept")
    log[0] = replace(log[0], manner="blind")
    assert board(log).undo("noor") is None
    assert steps_of([replace(log[0], manner="adjudication")]) == []


def test_decisions_from_a_table_are_steps_of_their_own() -> None:
    log: list[Decision] = []
    table = board(log)
    for card in table.cards:
        table.decide("noor", card, "a", "accept")
    moved = [replace(d, time=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=i)) for i, d in enumerate(log)]
    assert [[event.start for event, _ in step] for step in steps_of(moved)] == [[start] for start in STARTS]


def test_undo_reaches_over_an_applied_codebook_as_long_as_the_code_is_there() -> None:
    log: list[Decision] = []
    table = board(log)
    table.decide("noor", table.cards[0], "a", "accept")
    table.decide("noor", table.cards[1], "b", "accept")
    later = board(log, book(B))
    assert later.undo("noor") is later.cards[1]
    assert later.undo("noor") is None  # what was said of a retired code waits for its second look
    assert [look.decision.code for look in later.looks_of("noor")] == ["a"]
    assert len(log) == 3


def test_what_a_changed_definition_calls_back_can_be_taken_back_whole() -> None:
    log: list[Decision] = []
    board(log).decide("noor", board(log).cards[0], "a", "accept")
    later = board(log, book(replace(A, definition="Iets anders."), B))
    assert len(later.looks_of("noor")) == 1
    assert later.undo("noor") is not None
    assert later.looks_of("noor") == []
    assert standing(later, "noor") == set()
