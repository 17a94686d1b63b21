"""The second look over HTTP: what is called back, answered and undone."""

import re

import pytest

pytest.importorskip("fastapi", reason="the extra [web] is not installed")

from fastapi.testclient import TestClient  # only where the extra is there

from codebook.model import Code, Codebook
from coding.carrying import carry
from coding.model import Decision
from coding.review.app import Door, create_app
from coding.review.board import Board
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Passage, TextVersion

TEXTS = [f"Passage {i} over <b>zorg</b>." for i in range(4)]


def code(name: str, *was: str) -> Code:
    return Code(name, "main", name.title(), f"Wat {name} is.", was=was)


OLD = Codebook("p", "1", "nl", "Proef", (code("a"), code("b")))
SPLIT = Codebook("p", "2", "nl", "Proef", (code("a1", "a"), code("a2", "a"), code("b")))
DEFINED = Codebook("p", "2", "nl", "Proef", (code("n", "a"), code("b")))
RETIRED = Codebook("p", "2", "nl", "Proef", (code("b"),))


def board(codebook: Codebook, log: list[Decision]) -> Board:
    version = TextVersion("d" * 64, "md 1", "\n".join(TEXTS))
    starts = [version.text.index(t) for t in TEXTS]
    passages = tuple(
        Passage(i, "paragraph", (), s, s + len(t), t) for i, (s, t) in enumerate(zip(starts, TEXTS, strict=True))
    )
    decisions, looks = carry(log, codebook, {OLD.content: OLD, codebook.content: codebook})
    snapshot = Snapshot(
        name="proef",
        codebook=codebook,
        method=Method("rodedraad", "proef"),
        documents=(Document("d" * 64, "plan.md"),),
        versions={"d" * 64: version},
        passages={"d" * 64: passages},
        codings=(),
        decisions=tuple(decisions),
        looks=tuple(looks),
    )
    return Board(snapshot, log.append)  # type: ignore[arg-type]  # only decisions here


def judged(**verdicts: str) -> list[Decision]:
    """Make a log under the old codebook: one decision of noor a passage, in turn."""
    log: list[Decision] = []
    table = board(OLD, log)
    for card, (name, verdict) in zip(table.cards, verdicts.items(), strict=False):
        table.decide("noor", card, name, verdict)  # type: ignore[arg-type]  # words of a test
    return log


def visit(table: Board, coder: str = "noor") -> tuple[TestClient, str]:
    client = TestClient(create_app(table, lambda _: None, Door(b"proef", frozenset({"testserver"}), coder)))
    return client, re.search(r'data-token="(\w+)"', client.get("/tweede").text)[1]


@pytest.mark.parametrize(
    ("codebook", "applies", "events"),
    [
        (SPLIT, ["a1"], [("a1", "accept"), ("a2", "reject"), ("a", "withdraw")]),
        (SPLIT, [], [("a1", "reject"), ("a2", "reject"), ("a", "withdraw")]),
        (DEFINED, ["n"], [("n", "accept")]),
        (DEFINED, [], [("n", "reject")]),
        (RETIRED, [], [("a", "withdraw")]),
    ],
)
def test_an_answer_is_recorded_ends_the_question_and_can_be_undone(codebook, applies, events) -> None:
    log = judged(a="accept")
    table = board(codebook, log)
    client, token = visit(table)
    (look,) = table.looks_of("noor")
    html = client.get("/tweede").text
    assert "&lt;b&gt;zorg" in html
    assert ("telt nu niet mee" in html) == (codebook is not DEFINED)
    client.post("/tweede", data={"token": token, "look": look.decision.id, "applies": applies})
    assert [(e.code, e.verdict) for e in log[1:]] == events
    for present in (table, board(codebook, log)):  # also when it is read from the log again
        assert present.looks_of("noor") == []
    table.undo("noor")
    for present in (table, board(codebook, log)):
        (again,) = present.looks_of("noor")
        assert (again.reason, again.decision.verdict, again.codes) == (look.reason, "accept", look.codes)


def test_what_is_somebody_elses_or_answered_before_is_refused() -> None:
    log = judged(a="accept")
    table = board(DEFINED, log)
    (look,) = table.looks_of("noor")
    client, token = visit(table, "bas")
    assert "noor 1" in client.get("/tweede").text
    assert client.post("/tweede", data={"token": token, "look": look.decision.id}).status_code == 422
    client, token = visit(table)
    assert client.post("/tweede", data={"token": token, "look": look.decision.id, "applies": "b"}).status_code == 422
    assert client.post("/tweede", data={"token": "fout", "look": look.decision.id}).status_code == 403
    client.post("/tweede", data={"token": token, "look": look.decision.id})
    assert client.post("/tweede", data={"token": token, "look": look.decision.id}).status_code == 404
    assert len(log) == 2


def test_all_of_one_code_can_be_kept_at_once_and_only_those() -> None:
    log = judged(a="accept", b="reject")
    table = board(OLD, log)
    table.decide("noor", table.cards[2], "a", "reject", memo="nee")
    table = board(DEFINED, log)
    client, token = visit(table)
    client.post("/tweede/alle", data={"token": token, "reason": "definition", "code": "A"})
    assert [(e.code, e.verdict, e.memo) for e in log[3:]] == [("n", "accept", ""), ("n", "reject", "nee")]
    assert table.looks == {}


def test_deciding_on_the_passage_itself_is_a_second_look_as_well() -> None:
    log = judged(a="accept")
    table = board(DEFINED, log)
    table.decide("noor", table.cards[0], "n", "accept")
    assert table.looks == {}
    assert board(DEFINED, log).looks == {}


def test_a_board_that_was_replaced_takes_no_decision_any_more() -> None:
    log = judged(a="accept")
    table = board(OLD, log)
    with table.closing():
        pass
    with pytest.raises(ValueError, match="laad de pagina opnieuw"):
        table.decide("noor", table.cards[1], "b", "accept")
    assert table.undo("noor") is None
    assert len(log) == 1
