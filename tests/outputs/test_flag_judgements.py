"""What people made of flags: precision by grade, what leaves the main text, and tensions of their own."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coding.flag_events import FlagSaid, FlagVerdict, choose, new_flag_event
from coding.model import Flag
from coding.snapshot import Snapshot
from outputs.flag_judgements import flag_precision, own_rows, own_tensions
from outputs.records import work_out
from outputs.report import compose, render
from outputs.tables import sheets
from outputs.tensions import ordered_flags, relation_counts, tension_rows

TEXTS = [
    "Iedere inwoner krijgt maatwerk.",
    "Maar gelijke gevallen gelijk.",
    "Maatwerk in Lindeveen.",
    "Gelijk is gelijk.",
]


def said(state: Snapshot, flag: Flag, verdict: FlagVerdict, coder: str = "anna", memo: str = "") -> Snapshot:
    left, right = (
        choose(state.versions[q.document_id], state.passages[q.document_id], q.start, q.end)
        for q in (flag.left, flag.right)
    )
    made = new_flag_event(coder, flag, (left, right), FlagSaid(verdict, memo), "x")
    return replace(state, flag_events=(*state.flag_events, made))


@pytest.fixture
def state(study: Any) -> Snapshot:
    """Two documents; three flags of grade 3 and one of grade 4."""
    first = study.document("a.pdf", TEXTS)
    second = study.document("b.pdf", [f"{text} Dat staat er in b." for text in TEXTS])
    study.flag(first, 0, 1, 4)
    for document, left, right in ((first, 2, 3), (second, 0, 1), (second, 2, 3)):
        study.flag(document, left, right, 3)
    made: Snapshot = study.snapshot()
    return made


def test_nothing_is_said_of_precision_before_anybody_judged(state: Snapshot) -> None:
    assert flag_precision(state) == ()
    assert {s.name for s in sheets(work_out(state))}.isdisjoint({"duidingen", "tension_precision"})


def test_precision_per_grade_has_wilsons_interval_and_leaves_disputes_apart(state: Snapshot) -> None:
    threes = [f for f in state.flags if f.grade == 3]
    state = said(state, threes[0], "accept")
    state = said(state, threes[1], "reject")
    state = said(said(state, threes[2], "accept"), threes[2], "reject", "bram")
    four, three = flag_precision(state)
    assert (four.flags, four.judged, four.share) == (1, 0, None)
    assert (three.flags, three.judged, three.disputed, three.share) == (3, 2, 1, 0.5)
    assert three.interval == pytest.approx((0.0945, 0.9055), abs=1e-3)


def test_a_rejected_flag_leaves_the_main_text_and_stays_in_the_export(state: Snapshot) -> None:
    state = said(state, state.flags[0], "reject", memo="gaat over iets anders")
    assert len(ordered_flags(state)) == 3
    assert relation_counts(work_out(state)) == (("Maatwerk × Gelijkheid", 0, 3, 0),)
    assert [m.grade for m in compose(work_out(state)).meetings] == [3, 3, 3]
    first = tension_rows(state)[0]
    assert (first.grade, first.status, first.judged_by) == (4, "rejected", "anna")
    assert first.memo == "gaat over iets anders"


def test_a_confirmed_flag_says_so_in_the_report(state: Snapshot) -> None:
    state = said(state, state.flags[0], "accept")
    page = render(compose(work_out(state)))
    assert page.count('<span class="tag">aanvaard</span>') == 1
    assert "Wilson" in page


def test_what_was_judged_and_is_not_found_any_more_is_told_in_the_export(state: Snapshot) -> None:
    judged = said(state, state.flags[0], "accept")
    rows = tension_rows(replace(judged, flags=judged.flags[1:]))
    assert [(r.status, r.found) for r in rows if r.found] == [("accepted", "wijst het programma nu niet meer aan")]


def own(state: Snapshot) -> Snapshot:
    a, b = state.flags[0], state.flags[2]
    flag = replace(a, relation="", codes=("maatwerk", "privacy"), right=b.right, grade=1, marker="", rule="")
    return said(state, flag, "join", memo="Het een <b>kost</b> het ander in Lindeveen.")


def test_an_own_tension_stands_in_the_main_text_labelled_apart(state: Snapshot) -> None:
    worked = work_out(own(state))
    [shown] = own_tensions(worked)
    assert (shown.label, shown.wording, shown.made_by) == ("Maatwerk × Privacy", "onderzoekersduiding", "anna")
    page = render(compose(worked))
    assert '<h3 id="onderzoekersduiding">' in page
    assert "Het een &lt;b&gt;kost&lt;/b&gt; het ander" in page
    assert len(ordered_flags(worked.snapshot)) == 4
    assert flag_precision(worked.snapshot) == ()


def test_an_own_tension_is_exported_with_both_places(state: Snapshot) -> None:
    [row] = own_rows(own(state))
    assert (row.left_code, row.right_code, row.left_quote, row.right_quote) == (
        "Maatwerk",
        "Privacy",
        TEXTS[0],
        f"{TEXTS[1]} Dat staat er in b.",
    )
    assert (row.placed, row.included, row.left_page, row.right_page) == ("ja", "ja", "1", "2")
    assert [len(s.rows) for s in sheets(work_out(own(state))) if s.name == "duidingen"] == [1]


def test_word_report_has_own_tensions_and_precision(state: Snapshot, tmp_path: Path) -> None:
    from docx import Document

    from outputs.word.report import write_word

    path = write_word(work_out(said(own(state), state.flags[0], "accept")), tmp_path)
    paragraphs = [p.text for p in Document(str(path)).paragraphs]
    assert "Onderzoekersduiding" in paragraphs
    assert any(text.startswith("Het een <b>kost</b> het ander") for text in paragraphs)
    assert "Wat van de aanwijzingen is beoordeeld" in paragraphs


def test_without_names_coders_stay_several_and_nobody_is_told(state: Snapshot) -> None:
    state = said(said(own(state), state.flags[0], "accept"), state.flags[0], "reject", "bram")
    shown = work_out(state, anonymous=True)
    row = next(r for r in tension_rows(shown.snapshot) if r.judged_by)
    assert row.status == "oneens"
    text = repr((tension_rows(shown.snapshot), own_rows(shown.snapshot), render(compose(shown))))
    assert not {name for name in ("anna", "bram", "Lindeveen") if name in text}
