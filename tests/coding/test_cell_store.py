"""Closings and summaries of cells: kept as written, never changed, and carried along with texts and codes."""

import sqlite3
from contextlib import closing as closing_of
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codebook.model import Code, Codebook
from coding.cell_events import Chosen, Closing, Searched, Summary
from coding.cell_loading import page_range, present_closings, present_summaries
from coding.cell_store import append_event, closings, summaries
from coding.store import open_store
from corpus.model import Anchor, Box, Passage, TextVersion
from corpus.study import Study

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TEXT = "De gemeente kiest voor maatwerk. Elke inwoner krijgt een plan."
VERSION = TextVersion("plan", "proef 1", TEXT)
CLOSING = Closing("c" * 32, WHEN, "anna", "Veldmeer", "zelf", "abc", Searched(10, 30, 812, 0, {"plan": "f00d"}))
QUOTE = Chosen("plan", VERSION.id, 0, 32, TEXT[:32], "", TEXT[32:64], 4, 4)
SUMMARY = Summary("s" * 32, WHEN, "anna", "Veldmeer", "zelf", "abc", "Kiest voor 'maatwerk'.", (QUOTE,))
CODEBOOK = Codebook("p", "1", "nl", "Proef", (Code("eigen", "main", "Eigen", "", was=("zelf",)),))


@pytest.fixture
def store(tmp_path: Path):
    with closing_of(open_store(Study(tmp_path))) as store:
        yield store


def test_events_come_back_as_they_were_recorded(store: sqlite3.Connection) -> None:
    for event in (CLOSING, SUMMARY, replace(SUMMARY, id="t" * 32, text="Later.", quotes=())):
        append_event(store, event)
    assert closings(store) == [CLOSING]
    assert summaries(store) == [SUMMARY, replace(SUMMARY, id="t" * 32, text="Later.", quotes=())]


@pytest.mark.parametrize("table", ["cell_closing", "cell_summary"])
@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM {}", "UPDATE {} SET coder = 'ben'", "INSERT OR REPLACE INTO {} SELECT * FROM {}"],
)
def test_events_do_not_change(store: sqlite3.Connection, table: str, statement: str) -> None:
    append_event(store, CLOSING)
    append_event(store, SUMMARY)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.execute(statement.format(table, table))


def test_a_renamed_theme_keeps_its_closings_and_summaries() -> None:
    assert [c.theme for c in present_closings([CLOSING], CODEBOOK)] == ["eigen"]
    assert [s.theme for s in present_summaries([SUMMARY], CODEBOOK, {}, {})] == ["eigen"]


def test_a_quote_finds_its_place_and_page_in_a_text_extracted_anew() -> None:
    text = "Inleiding\n\nDe gemeente kiest voor maat-werk. Elke inwoner krijgt een plan."
    anchors = (Anchor(11, 40, Box(5, 0, 0, 1, 1)), Anchor(40, len(text), Box(6, 0, 0, 1, 1)))
    passage = Passage(1, "paragraph", (), 11, len(text), text[11:], anchors)
    (summary,) = present_summaries(
        [SUMMARY], CODEBOOK, {"plan": TextVersion("plan", "proef 2", text)}, {"plan": [passage]}
    )
    (quote,) = summary.quotes
    assert text[quote.start : quote.end] == quote.quote == "De gemeente kiest voor maat-werk."
    assert (quote.page, quote.page_to, quote.is_placed) == (5, 6, True)


@pytest.mark.parametrize("versions", [{}, {"plan": TextVersion("plan", "proef 2", "Iets heel anders.")}])
def test_a_quote_without_a_place_stays_as_it_was_and_says_so(versions: dict[str, TextVersion]) -> None:
    (summary,) = present_summaries([SUMMARY], CODEBOOK, versions, {})
    assert summary.quotes == (replace(QUOTE, is_placed=False),)


def test_a_stretch_outside_every_passage_has_no_page() -> None:
    assert page_range([], 0, 3) == (None, None)
