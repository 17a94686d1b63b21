"""Queues kept between requests stand exactly as if they were made anew, whatever was decided meanwhile."""

import random

import pytest

from codebook.model import Code, Codebook
from coding.model import Coding, Decision
from coding.review.board import Board
from coding.review.leases import Leases
from coding.review.queues import Queue, Queues
from coding.review.selection import Selection
from coding.snapshot import Method, Sampled, Snapshot, Theme
from corpus.model import Document, Passage, TextVersion

DOCUMENT = "c" * 64
CODES = ("water", "groen", "groen.bomen")
SELECTIONS = (
    Selection(),
    Selection(status="mine"),
    Selection(status="accepted", theme="groen"),
    Selection(status="oneens"),
    Selection(status="gelezen"),
    Selection(status="alles", coder="ada"),
    Selection(status="alles", theme="water"),
    Selection(sample="ja"),
    Selection(text="vijver 1", order="tekst"),
)


def board(passages: int, events: list[Decision]) -> Board:
    texts = [f"De vijver {i} ligt in het park." for i in range(passages)]
    version = TextVersion(DOCUMENT, "txt 1", "\n".join(texts))
    found, codings, at = [], [], 0
    for i, text in enumerate(texts):
        found.append(Passage(i, "paragraph", (), at, at + len(text), text, ()))
        for code in CODES[: i % 3]:
            level = "twijfel" if i % 4 == 0 else "waarschijnlijk"
            codings.append(Coding(version.id, at, at + len(text), code, "p", 0.4 + i % 7 / 10, level, {}, ()))
        at += len(text) + 1
    return Board(
        Snapshot(
            name="park",
            codebook=Codebook("p", "1", "nl", "Park", tuple(Code(c, "main", c.title(), "") for c in CODES)),
            method=Method("rodedraad", "p", (Theme("water", 0.5, None), Theme("groen", 0.6, None))),
            documents=(Document(DOCUMENT, "park.txt"),),
            versions={DOCUMENT: version},
            passages={DOCUMENT: tuple(found)},
            codings=tuple(codings),
            sample=tuple(Sampled(DOCUMENT, p.start, p.text, "alle", "p") for p in found[::5]),
        ),
        events.append,
    )


def decide_at_random(table: Board, chance: random.Random) -> None:
    coder, card = chance.choice(("ada", "bas")), chance.choice(table.cards)
    what = chance.choice(("accept", "reject", "withdraw", "read", "fragment", "undo"))
    if what == "undo":
        table.undo(coder)
    elif what == "read":
        table.decide(coder, card, "", "read")
    elif what == "fragment":
        table.decide(coder, card, chance.choice(CODES), "accept", span=(card.passage.start, card.passage.start + 5))
    else:
        table.decide(coder, card, chance.choice(CODES), what)


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda s: s.query or "open")
def test_a_kept_queue_equals_one_made_anew_after_every_decision(selection) -> None:
    table, chance = board(40, []), random.Random(5)  # noqa: S311  # repeatable, not secret
    kept = Queue(table, selection, "ada")
    for _ in range(150):
        decide_at_random(table, chance)
        kept.refresh()
        new = Queue(table, selection, "ada")
        assert [c.key for c in kept.coming()] == [c.key for c in new.coming()]
        assert (kept.left, len(kept)) == (new.left, len(new))


@pytest.mark.parametrize(("step", "expected"), [(1, [3, 4, 0, 1]), (-1, [1, 0])])
def test_forward_goes_round_and_backward_stops_at_the_beginning(step, expected) -> None:
    table = board(5, [])
    line = Queue(table, Selection(status="alles", order="tekst"), "ada")
    assert [c.place for c in line.coming(table.cards[2].key, step)] == expected


def test_a_card_judged_by_whoever_let_it_go_is_not_handed_out_again() -> None:
    table, leases = board(9, []), Leases()
    queues = Queues(table, leases)
    first = queues.take_next("ada", Selection())

    class Late(Leases):
        """Ada judges her card just before Bas is given it: the moment between looking and taking."""

        def take(self, card: str, coder: str, now: float | None = None) -> bool:
            if coder == "bas" and card == first.key and not table.decisions_on(first):
                table.decide("ada", first, "", "read")
            return super().take(card, coder, now)

    given = Queues(table, Late()).take_next("bas", Selection())
    assert given is not None
    assert given is not first


def test_undo_gives_back_what_stood_before_step_by_step() -> None:
    events: list[Decision] = []
    table = board(3, events)
    card = table.cards[1]
    table.decide("ada", card, "water", "accept")
    table.decide("ada", card, "water", "reject")
    standing = []
    while table.undo("ada"):
        standing.append([d.verdict for d in table.decisions_on(card)])
        assert events[-1].supersedes == events[-2].id
    assert standing == [["accept"], []]
