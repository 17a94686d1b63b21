"""The cells over HTTP: one municipality × theme at a time until it is settled, and what opens it again."""

import re
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.model import Code, Codebook
from coding.cell_events import Closing
from coding.cell_store import Event
from coding.cells import most_left
from coding.model import Coding, Decision, Verdict
from coding.review import access
from coding.review.board import Board
from coding.review.cells import Cells
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Municipality, Passage, TextVersion
from corpus.study import CellSettings

fastapi = pytest.importorskip("fastapi", reason="the extra [web] is not installed")
from fastapi.testclient import TestClient  # noqa: E402  # only where the extra is there

from coding.review.app import Door, create_app  # noqa: E402

CODES = (Code("zelf", "main", "Zelf", "Zelf doen."), Code("maat", "main", "Maat", "Op maat."))
ZELF = "municipality=Veldmeer&theme=zelf"
READ = 5
"""Passages to read of the cell: two candidates and three at random."""


def snapshot(passages: int = 12, *, included: bool = True) -> Snapshot:
    """One document of one municipality; two passages are candidates for *zelf*, the second the better one."""
    texts = [f"In dit plan staat als punt nummer {i} iets anders dan elders." for i in range(passages)]
    texts[0] = "<script>alert(1)</script> Zelf doen wat kan."
    version = TextVersion("d" * 64, "proef 1", "\n\n".join(texts))
    found, at = [], 0
    for i, text in enumerate(texts):
        found.append(Passage(i, "paragraph", ("Inleiding",), at, at + len(text), text, ()))
        at += len(text) + 2
    spans = [(p.start, p.end) for p in found]
    codings = [
        Coding(version.id, *spans[i], "zelf", "proef", score, "waarschijnlijk", {"dictionary": score}, ())
        for i, score in ((0, 0.6), (1, 0.9))
    ]
    home = Municipality("Veldmeer", "", "", "overig")
    return Snapshot(
        name="proef",
        codebook=Codebook("p", "1", "nl", "Proef", CODES),
        method=Method("rodedraad", "proef"),
        documents=(Document("d" * 64, "plan.md", "Plan", (home,), included=included),),
        versions={"d" * 64: version},
        passages={"d" * 64: tuple(found)},
        codings=tuple(codings),
        cell_settings=CellSettings(candidates=2, sample=3, seed=1),
    )


class Bench:
    """A running page as one of its two coders sees it, with the events that both recorded."""

    def __init__(self, study: Snapshot | None = None) -> None:
        self.events: list[Event] = []
        links = {access.link_hash(name): name for name in ("anna", "ben")}
        door = Door(b"proef", frozenset({"testserver"}), owner=links.get)
        self.app = create_app(Board(study or snapshot(), self.events.append), lambda _: None, door)
        self.become("anna")

    def become(self, coder: str) -> None:
        """Go on as this coder, in a browser of their own."""
        self.client = TestClient(self.app)
        self.client.get(f"/in/{coder}")
        self.html = self.token = ""

    def open(self, path: str = "/cellen") -> str:
        self.html = self.client.get(path).text
        self.token = re.search(r'data-token="(\w+)"', self.html)[1]
        return self.html

    @property
    def card(self) -> str:
        found = re.search(r'data-card="([\w-]+)"', self.html)
        return found[1] if found else ""

    def post(self, what: str = "beslis", query: str = ZELF, **values: str):
        answer = self.client.post(f"/cellen/{what}?{query}", data={"token": self.token, "card": self.card, **values})
        if answer.status_code == 200:
            self.html = answer.text
        return answer

    def reject_all(self, verdict: str = "reject") -> None:
        self.open(f"/cellen?{ZELF}")
        for _ in range(READ):
            self.post(verdict=verdict, code="" if verdict == "read" else "zelf")

    @property
    def closings(self) -> list[Closing]:
        return [e for e in self.events if isinstance(e, Closing)]


def test_the_first_open_cell_comes_with_its_best_candidate_and_its_theme_in_focus() -> None:
    bench = Bench()
    html = bench.open()
    assert "Veldmeer × Zelf" in html
    assert "0 van 2 cellen" in html
    assert "punt nummer 1 iets" in re.search(r"<blockquote.*?</blockquote>", html, re.S)[0]
    assert re.search(r'class="code +focus" data-code="zelf"', html)


def test_one_accept_settles_the_cell_and_the_next_cell_follows() -> None:
    bench = Bench()
    bench.open()
    html = bench.post(code="zelf", verdict="accept").text
    assert "Veldmeer, Zelf: genoemd." in html
    assert "Veldmeer × Maat" in html
    assert "1 van 2 cellen" in html
    (event,) = bench.events
    assert isinstance(event, Decision)
    assert (event.code, event.verdict, event.coder) == ("zelf", "accept", "anna")


@pytest.mark.parametrize("verdict", ["reject", "read"])
def test_rejecting_all_that_is_to_be_read_closes_the_cell_with_its_bound(verdict: str) -> None:
    bench = Bench()
    bench.reject_all(verdict)
    (closing,) = bench.closings
    assert (closing.coder, closing.cell) == ("anna", ("Veldmeer", "zelf"))
    assert (closing.searched.candidates, closing.searched.sample, closing.searched.rest) == (2, 3, 10)
    share = most_left(10, 3) / 10
    assert f"niet gevonden (≤ {100 * share:.1f}%)".replace(".", ",") in bench.html


def test_nothing_here_reads_the_sample_for_every_theme_of_the_municipality() -> None:
    bench = Bench()
    bench.reject_all("read")
    standing = bench.open("/cellen?municipality=Veldmeer&theme=maat")
    assert "✗" in standing
    left = int(re.search(r"nog (\d+) van", standing)[1])
    assert left < READ - 2


def test_a_withdrawn_verdict_opens_the_cell_until_it_is_given_again() -> None:
    bench = Bench()
    bench.reject_all()
    html = bench.post("ongedaan").text
    assert "Veldmeer × Zelf" in html
    assert "nog 1 te lezen" in html
    assert "Veldmeer, Zelf: niet gevonden" in bench.post(code="zelf", verdict="reject").text


def test_the_last_decision_of_all_is_taken_back_from_the_page_that_says_so() -> None:
    bench = Bench()
    bench.reject_all("read")
    for _ in range(READ):
        bench.post(query="municipality=Veldmeer&theme=maat", verdict="read")
    assert "geen cel meer te beoordelen" in bench.html
    assert "Veldmeer × Maat" in bench.post("ongedaan", query="").text
    for _ in range(2 * READ):
        bench.post("ongedaan")
    assert "niets om ongedaan te maken" in bench.html


def test_documents_that_changed_since_are_named_and_one_key_establishes_it_again() -> None:
    bench = Bench()
    bench.reject_all()
    (closing,) = bench.closings
    decisions = tuple(e for e in bench.events if isinstance(e, Decision))
    old = replace(closing, searched=replace(closing.searched, documents={"d" * 64: "anders", "e" * 64: "weg"}))
    again = Bench(replace(snapshot(), decisions=decisions, closings=(old,)))
    html = again.open(f"/cellen?{ZELF}")
    assert "Plan; een document dat niet meer in de studie zit" in html
    assert "documenten gewijzigd, opnieuw te beoordelen" in html
    assert again.post("vast").status_code == 200
    assert again.closings[0].searched.documents == closing.searched.documents
    assert again.post("vast").status_code == 409


def test_a_cell_not_read_to_the_end_cannot_be_established() -> None:
    bench = Bench()
    bench.open()
    answer = bench.post("vast")
    assert answer.status_code == 409
    assert "helemaal gelezen" in answer.text
    assert bench.events == []


def test_another_theme_can_be_given_on_the_way_without_leaving_the_passage() -> None:
    bench = Bench()
    bench.open()
    first = bench.card
    bench.post(code="maat", verdict="accept")
    assert bench.card == first
    assert "1 van 2 cellen" in bench.html


def test_stepping_goes_round_the_passages_of_the_cell_and_to_other_cells() -> None:
    bench = Bench()
    bench.open(f"/cellen?{ZELF}")
    first, seen = bench.card, []
    for _ in range(READ):
        bench.html = bench.client.get(f"/cellen/kaart?{ZELF}&van={bench.card}&stap=1").text
        seen.append(bench.card)
    assert seen[-1] == first
    assert len(set(seen)) == READ
    assert "Veldmeer × Maat" in bench.client.get(f"/cellen/kaart?{ZELF}&cel=1").text


def test_a_passage_that_lies_with_another_is_passed_over_and_never_judged_for_them() -> None:
    bench = Bench()
    bench.open(f"/cellen?{ZELF}")
    first = bench.card
    bench.become("ben")
    html = bench.open(f"/cellen?{ZELF}&kaart={first}")
    assert "ligt nu bij een ander" in html
    assert bench.card not in ("", first)
    assert bench.client.post(
        f"/cellen/beslis?{ZELF}", data={"token": bench.token, "card": first, "code": "zelf", "verdict": "reject"}
    ).is_success
    assert bench.events == []


def test_the_tables_show_every_cell_and_the_overview_what_was_not_found() -> None:
    bench = Bench()
    assert "<script>alert(1)" not in bench.open(f"/cellen?{ZELF}")
    bench.reject_all()
    assert "1 van 2 vastgesteld" in bench.open("/cellen/alle")
    assert re.search(
        r'class="missing"[^>]*><a href="/cellen\?municipality=Veldmeer&amp;theme=zelf"', bench.open("/overzicht")
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cellen/kaart?municipality=Nergens&theme=zelf", 404),
        ("/cellen/kaart?municipality=Veldmeer&theme=weg", 404),
        ("/cellen?municipality=Nergens&theme=zelf", 200),  # the first open cell instead
    ],
)
def test_a_cell_that_is_not_there(path: str, status: int) -> None:
    assert Bench().client.get(path).status_code == status


def test_a_study_without_documents_that_count_has_no_cells() -> None:
    html = Bench(snapshot(included=False)).open()
    assert "Er zijn nog geen cellen" in html
    assert "vul in metadata.csv de kolom municipality aan" in html
    assert "0 van de 0" not in html


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["anna", "ben"]),
            st.integers(0, 11),
            st.sampled_from(["zelf", "maat", ""]),
            st.sampled_from(["accept", "reject", "withdraw", "undo"]),
        ),
        max_size=12,
    )
)
@settings(max_examples=40, deadline=None)
def test_cells_kept_up_decision_by_decision_stand_as_cells_laid_out_anew(
    steps: list[tuple[str, int, str, Verdict | Literal["undo"]]],
) -> None:
    board = Board(snapshot(), lambda _: None)
    cells = Cells(board)
    for coder, number, code, verdict in steps:
        if verdict == "undo":
            board.undo(coder)
        else:
            board.decide(coder, board.cards[number], code, verdict if code else "read")
        assert cells.standings() == Cells(board).standings()
