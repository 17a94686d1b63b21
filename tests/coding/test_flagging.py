"""Verdicts on flags: kept for good, found back after a re-coding or a re-reading, and never lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from codebook.model import Code, Codebook, Relation
from coding import store
from coding.flag_events import FlagEvent, FlagSaid, FlagVerdict, choose, new_flag_event, quote_of
from coding.flag_store import append_flag_event, flag_log
from coding.flagging import joined, judged_flags, present_flag_events
from coding.model import Flag
from coding.snapshot import Method, Snapshot
from corpus import store as corpus_store
from corpus.database import open_database
from corpus.model import Anchor, Box, Document, Passage, TextVersion

DOCUMENT = "d" * 64
ONE, OTHER = "Wij leveren maatwerk aan ieder gezin.", "Maar gelijke gevallen krijgen gelijke hulp."
TEXT = f"Inleiding.\n\n{ONE}\n\n{OTHER}\n\nSlot."
BOOK = Codebook(
    "p",
    "1",
    "nl",
    "Proef",
    (Code("maat", "main", "Maatwerk", ""), Code("gelijk", "main", "Gelijkheid", "")),
    (Relation("maat_gelijk", "tension", ("maat", "gelijk")),),
)


def passages_of(text: str) -> tuple[Passage, ...]:
    made, at = [], 0
    for number, part in enumerate(text.split("\n\n")):
        anchors = (Anchor(at, at + len(part), Box(number + 1, 0, 0, 1, 1)),)
        made.append(Passage(number, "paragraph", ("Kop",), at, at + len(part), part, anchors))
        at += len(part) + 2
    return tuple(made)


def version_of(text: str) -> TextVersion:
    return TextVersion(DOCUMENT, "proef 1", text)


def flag_in(text: str, left: str = ONE, right: str = OTHER, marker: str = "Maar") -> Flag:
    version, passages = version_of(text), passages_of(text)
    quotes = [choose(version, passages, text.index(q), text.index(q) + len(q)) for q in (left, right)]
    one, other = (quote_of(q, ("Kop",)) for q in quotes)
    return Flag("maat_gelijk", 3, "passage", one, other, ("maat", "gelijk"), marker, "tegenstelling")


def event(verdict: FlagVerdict, coder: str = "anna", earlier: FlagEvent | None = None, memo: str = "") -> FlagEvent:
    flag, version = flag_in(TEXT), version_of(TEXT)
    left, right = (choose(version, passages_of(TEXT), q.start, q.end) for q in (flag.left, flag.right))
    return new_flag_event(coder, flag, (left, right), FlagSaid(verdict, memo, earlier), BOOK.content)


def snapshot(text: str, flags: list[Flag], events: list[FlagEvent], book: Codebook = BOOK) -> Snapshot:
    versions, passages = {DOCUMENT: version_of(text)}, {DOCUMENT: passages_of(text)}
    return Snapshot(
        name="proef",
        codebook=book,
        method=Method("rodedraad", "proef"),
        documents=(Document(DOCUMENT, "plan.pdf"),),
        versions=versions,
        passages=passages,
        codings=(),
        flags=tuple(flags),
        flag_events=tuple(present_flag_events(store.in_force(events), book, versions, passages)),
    )


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "study.db", (corpus_store.MIGRATIONS, store.MIGRATIONS))) as opened:
        yield opened


def test_events_come_out_as_they_went_in(connection: sqlite3.Connection) -> None:
    first = event("accept", memo="staat er letterlijk")
    made = [first, event("withdraw", earlier=first), event("join", "bram", memo="wringt")]
    for one in made:
        append_flag_event(connection, one)
    assert flag_log(connection) == made


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM flag_event",
        "UPDATE flag_event SET verdict = 'reject'",
        "REPLACE INTO flag_event SELECT * FROM flag_event",
    ],
)
def test_database_itself_refuses_to_change_an_event(connection: sqlite3.Connection, change: str) -> None:
    append_flag_event(connection, event("accept"))
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)
    assert len(flag_log(connection)) == 1


def test_the_quotes_hold_what_finds_them_back() -> None:
    made = event("accept")
    assert (made.left.quote, made.left.page) == (ONE, 2)
    assert (made.left.before, made.right.after) == ("Inleiding.\n\n", "\n\nSlot.")


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([], "suggested"),
        ([("anna", "accept")], "accepted"),
        ([("anna", "reject")], "rejected"),
        ([("anna", "accept"), ("bram", "reject")], "oneens"),
        ([("anna", "accept"), ("bram", "accept")], "accepted"),
    ],
)
def test_status_is_what_coders_made_of_it_together(verdicts: list[tuple[str, FlagVerdict]], status: str) -> None:
    [judged] = judged_flags(snapshot(TEXT, [flag_in(TEXT)], [event(v, coder) for coder, v in verdicts]))
    assert (judged.status, judged.is_found, judged.is_placed) == (status, True, True)


def test_a_later_verdict_and_a_withdrawal_take_the_earlier_one_out_of_force() -> None:
    first = event("accept")
    second = event("reject", earlier=first)
    assert judged_flags(snapshot(TEXT, [flag_in(TEXT)], [first, second]))[0].status == "rejected"
    back = event("withdraw", earlier=second)
    assert judged_flags(snapshot(TEXT, [flag_in(TEXT)], [first, second, back]))[0].status == "suggested"


def test_a_recoding_that_turns_poles_or_changes_the_marker_keeps_the_verdict() -> None:
    flag = flag_in(TEXT)
    turned = replace(flag, left=flag.right, right=flag.left, codes=("gelijk", "maat"), marker="gelijke", grade=4)
    [judged] = judged_flags(snapshot(TEXT, [turned], [event("accept")]))
    assert (judged.flag, judged.status) == (turned, "accepted")


def test_a_sentence_cut_otherwise_keeps_the_verdict() -> None:
    longer = flag_in(TEXT, right=f"{OTHER}\n\nSlot.")
    [judged] = judged_flags(snapshot(TEXT, [longer], [event("reject")]))
    assert (judged.flag, judged.status) == (longer, "rejected")


def test_a_verdict_moves_along_to_a_text_read_anew() -> None:
    text = f"Een nieuw voorwoord.\n\n{TEXT}"
    [judged] = judged_flags(snapshot(text, [flag_in(text)], [event("accept")]))
    assert (judged.status, judged.is_placed) == ("accepted", True)
    assert judged.verdicts[0].left.start == text.index(ONE)


def test_what_the_program_points_at_no_more_stays_as_it_was_judged() -> None:
    [judged] = judged_flags(snapshot(TEXT, [], [event("accept")]))
    assert (judged.flag, judged.status) == (flag_in(TEXT), "accepted")
    assert (judged.is_found, judged.is_placed) == (False, True)


def test_a_verdict_whose_words_are_gone_is_told_and_not_dropped() -> None:
    [judged] = judged_flags(snapshot("Iets heel anders.", [], [event("accept")]))
    assert (judged.status, judged.is_placed, judged.flag.left.text) == ("accepted", False, ONE)


def test_another_relation_on_the_same_words_has_verdicts_of_its_own() -> None:
    other = replace(flag_in(TEXT), relation="anders")
    statuses = {
        j.flag.relation: j.status for j in judged_flags(snapshot(TEXT, [flag_in(TEXT), other], [event("accept")]))
    }
    assert statuses == {"maat_gelijk": "accepted", "anders": "suggested"}


def test_own_tensions_are_no_verdicts_and_follow_renamed_codes() -> None:
    book = replace(
        BOOK, codes=(Code("op_maat", "main", "Op maat", "", was=("maat",)), Code("gelijk", "main", "Gelijkheid", ""))
    )
    state = snapshot(TEXT, [flag_in(TEXT)], [event("join", memo="wringt")], book)
    assert [j.status for j in judged_flags(state)] == ["suggested"]
    [own] = joined(state)
    assert (own.flag.codes, own.memo) == (("op_maat", "gelijk"), "wringt")
