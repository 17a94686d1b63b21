"""The queue of flags and the page of own tensions over HTTP: what a coder sees, decides, takes back and makes."""

import re
from dataclasses import replace

import pytest

from codebook.model import Code, Codebook, Relation
from coding.flag_events import FlagEvent
from coding.model import Coding, Flag, Quote
from coding.review import access
from coding.review.board import Board
from coding.review.flag_board import FlagBoard
from coding.review.flag_views import marker_spans
from coding.review.leases import Leases
from coding.snapshot import Assigned, Method, Snapshot, Theme
from corpus.model import Anchor, Box, Document, Municipality, Passage, TextVersion

fastapi = pytest.importorskip("fastapi", reason="the extra [web] is not installed")
from fastapi import FastAPI  # noqa: E402  # only where the extra is there
from fastapi.testclient import TestClient  # noqa: E402  # only where the extra is there

from coding.review.app import Door, create_app  # noqa: E402

TEXTS = (
    "Wij leveren maatwerk. <b>Maar</b> gelijke gevallen krijgen gelijke hulp.",
    "Maatwerk binnen de regels, mits iedereen gelijk is.",
    "Ieder gezin krijgt wat past.",
    "Iedereen krijgt hetzelfde.",
)
BOOK = Codebook(
    "p",
    "1",
    "nl",
    "Proef",
    (Code("maat", "main", "Maatwerk", ""), Code("gelijk", "main", "Gelijkheid", ""), Code("vrij", "main", "Vrij", "")),
    (Relation("maat_gelijk", "tension", ("maat", "gelijk"), rationale="Ieder anders of ieder gelijk."),),
)


def quote(document: str, version: TextVersion, passage: Passage) -> Quote:
    return Quote(document, version.id, passage.start, passage.end, passage.text, 1, ("Kop",))


def snapshot() -> Snapshot:
    """Two fictional municipalities with the same four passages; a flag of grade 3 and one of 4 in each."""
    documents, versions, passages, codings, flags = [], {}, {}, [], []
    for letter, town in (("a", "Veldmeer"), ("b", "Rietdommelen")):
        identity, text = letter * 64, "\n\n".join(TEXTS)
        version, at, made = TextVersion(identity, "proef 1", text, pages=1), 0, []
        for number, body in enumerate(TEXTS):
            anchor = Anchor(at, at + len(body), Box(1, 50, 50 + 20 * number, 300, 65 + 20 * number))
            made.append(Passage(number, "paragraph", ("Kop",), at, at + len(body), body, (anchor,)))
            at += len(body) + 2
        for passage, code in zip(made, ("maat", "gelijk", "maat", "gelijk"), strict=True):
            span = (version.id, passage.start, passage.end, code)
            codings.append(Coding(*span, "proef", 0.7, "waarschijnlijk", {"dictionary": 0.7}, ()))
        homes = (Municipality(town, "", "", "overig"),)
        documents.append(Document(identity, f"{town}.pdf", title=f"Plan {town}", municipalities=homes))
        versions[identity], passages[identity] = version, tuple(made)
        first, second = (quote(identity, version, p) for p in made[:2])
        claim = Flag("maat_gelijk", 3, "sentence", second, second, ("maat", "gelijk"), "mits", "voorbehoud")
        flags += [claim, replace(claim, grade=4, left=first, right=first, marker="Maar")]
    return Snapshot(
        name="proef",
        codebook=BOOK,
        method=Method("rodedraad", "proef", (Theme("maat", 0.5, None),)),
        documents=tuple(documents),
        versions=versions,
        passages=passages,
        codings=tuple(codings),
        flags=tuple(flags),
    )


class Visitor:
    """A browser of one coder on the page; ``events`` is what was recorded."""

    def __init__(self, board: Board, events: list[object], coder: str = "noor", app: FastAPI | None = None) -> None:
        door = Door(b"alleen voor de proef", frozenset({"testserver"}), single=coder)
        self.client = TestClient(app or create_app(board, lambda _: None, door))
        self.board, self.events, self.html = board, events, ""

    def open(self, path: str = "/spanningen") -> str:
        self.html = self.client.get(path).text
        return self.html

    def send(self, path: str = "/spanningen", **values: str):
        token = re.search(r'data-token="(\w+)"', self.html)[1]
        answer = self.client.post(path, data={"token": token, **values})
        self.html = answer.text if answer.status_code == 200 else self.html
        return answer

    def judge(self, verdict: str, memo: str = "", query: str = ""):
        return self.send(f"/spanningen?{query}", vlag=self.shown, verdict=verdict, memo=memo)

    @property
    def shown(self) -> str:
        return re.search(r'name="vlag" value="(\w+)"', self.html)[1]

    @property
    def count(self) -> str:
        return re.search(r"nog \d+ van \d+", self.html)[0]


@pytest.fixture
def visitor() -> Visitor:
    events: list[object] = []
    found = Visitor(Board(snapshot(), events.append), events)
    found.open()
    return found


def test_the_firmest_comes_first_with_its_quote_marker_rule_and_reason(visitor: Visitor) -> None:
    assert visitor.count == "nog 4 van 4"
    for shown in ("benoemt de spanning", "‘Maar’", "voorbehoud", "Ieder anders of ieder gelijk.", "Plan Rietdommelen"):
        assert shown in visitor.html
    assert "&lt;b&gt;" in visitor.html
    assert '<mark class="marker">Maar</mark>' in visitor.html


@pytest.mark.parametrize(
    ("text", "quoted", "shown"),
    [
        ("Maatwerk botst. Dat botst.", "Maatwerk botst.", ["botst"]),
        ("Dat botst. Ieder gelijk. Dat botst, en botst.", "Ieder gelijk.", ["botst"]),
        ("Dat botst. Ieder gelijk.", "Ieder gelijk.", ["botst"]),
        ("Ieder gelijk.", "Ieder gelijk.", []),
    ],
)
def test_the_marker_is_shown_in_the_quote_else_beside_it(text: str, quoted: str, shown: list[str]) -> None:
    start = text.index(quoted)
    spans = marker_spans(text, (start, start + len(quoted)), "botst")
    assert [text[a:b] for a, b in spans] == shown
    assert all(a >= start for a, _ in spans) or "botst" not in text[start:]


def test_a_verdict_is_recorded_at_once_and_the_next_flag_comes(visitor: Visitor) -> None:
    first = visitor.shown
    visitor.judge("accept", "staat er zo")
    [event] = visitor.events
    assert isinstance(event, FlagEvent)
    assert (event.coder, event.verdict, event.memo, event.flag.grade) == ("noor", "accept", "staat er zo", 4)
    assert (event.left.quote, event.codebook) == (TEXTS[0], BOOK.content)
    assert visitor.shown != first
    assert visitor.count == "nog 3 van 4"


def test_another_verdict_takes_the_place_of_the_earlier_one(visitor: Visitor) -> None:
    key = visitor.shown
    visitor.judge("accept")
    visitor.open(f"/spanningen?vlag={key}&status=alles")
    assert "U hebt dit bevestigd" in visitor.html
    visitor.judge("reject", query="status=alles")
    first, second = visitor.events
    assert second.supersedes == first.id
    visitor.open(f"/spanningen?vlag={key}&status=alles")
    assert "U hebt dit verworpen" in visitor.html


def test_undo_takes_the_last_verdict_back_and_shows_its_flag(visitor: Visitor) -> None:
    key = visitor.shown
    visitor.judge("reject")
    visitor.send("/spanningen/ongedaan")
    assert [e.verdict for e in visitor.events] == ["reject", "withdraw"]
    assert visitor.events[1].supersedes == visitor.events[0].id
    assert (visitor.shown, visitor.count) == (key, "nog 4 van 4")
    visitor.send("/spanningen/ongedaan")
    assert "Er is niets om ongedaan te maken." in visitor.html
    assert len(visitor.events) == 2


def test_a_page_that_was_replaced_records_nothing_on_flags_any_more(visitor: Visitor) -> None:
    visitor.judge("reject")
    with visitor.board.closing():
        pass
    for path, values in (("/spanningen", {"vlag": visitor.shown, "verdict": "accept"}), ("/spanningen/ongedaan", {})):
        answer = visitor.send(path, **values)
        assert (answer.status_code, "laad de pagina opnieuw" in answer.text) == (422, True)
    assert len(visitor.events) == 1


def test_undo_says_again_what_stood_before(visitor: Visitor) -> None:
    key = visitor.shown
    visitor.judge("accept", "eerst")
    visitor.open(f"/spanningen?vlag={key}&status=alles")
    visitor.judge("reject", query="status=alles")
    visitor.send("/spanningen/ongedaan")
    assert [(e.verdict, e.memo) for e in visitor.events][-1] == ("accept", "eerst")


def test_selection_by_strength_relation_and_state(visitor: Visitor) -> None:
    assert "nog 2 van 2" in visitor.open("/spanningen?sterkte=3")
    assert "Geen aanwijzingen in deze selectie" in visitor.open("/spanningen?relatie=anders")
    assert "Klaar met deze selectie" in visitor.open("/spanningen?status=judged")
    visitor.open()
    visitor.judge("accept")
    assert "nog 1 van 4" in visitor.open("/spanningen?status=judged")


def test_steps_go_forward_and_back_without_judging(visitor: Visitor) -> None:
    first = visitor.shown
    visitor.open(f"/spanningen/stap?status=open&vlag={first}&stap=1")
    second = visitor.shown
    visitor.open(f"/spanningen/stap?status=open&vlag={second}&stap=-1")
    assert (visitor.shown, second != first, visitor.events) == (first, True, [])


def test_what_another_said_is_shown_and_does_not_count_as_mine() -> None:
    events: list[object] = []
    board = Board(snapshot(), events.append)
    anna = Visitor(board, events, "anna")
    anna.open()
    key = anna.shown
    anna.judge("reject", "gaat over iets anders")
    state = replace(board.snapshot, flag_events=tuple(e for e in events if isinstance(e, FlagEvent)))
    noor = Visitor(Board(state, events.append), events, "noor")
    assert "nog 4 van 4" in noor.open("/spanningen?status=mine")
    assert "anna: verworpen (gaat over iets anders)" in noor.open(f"/spanningen?status=mine&vlag={key}")
    assert "nog 3 van 4" in noor.open("/spanningen")


@pytest.fixture
def pair() -> tuple[Visitor, Visitor]:
    """Two coders on one page, each come by a link of their own."""
    events: list[object] = []
    board = Board(snapshot(), events.append)
    links = {access.link_hash(name): name for name in ("anna", "noor")}
    app = create_app(board, lambda _: None, Door(b"proef", frozenset({"testserver"}), owner=links.get))
    both = Visitor(board, events, app=app), Visitor(board, events, app=app)
    for visitor, name in zip(both, ("anna", "noor"), strict=True):
        visitor.client.get(f"/in/{name}")
        visitor.open()
    return both


def test_a_flag_lies_with_one_coder_at_a_time(pair: tuple[Visitor, Visitor]) -> None:
    anna, noor = pair
    assert anna.shown != (hers := noor.shown)
    noor.open(f"/spanningen?vlag={anna.shown}")
    assert (noor.shown, "ligt nu bij een ander" in noor.html) == (hers, True)
    noor.send("/spanningen", vlag=anna.shown, verdict="accept")
    assert ("data-refused" in noor.html, anna.events) == (True, [])
    holds = [v.client.get(f"/spanningen/houd?vlag={anna.shown}").status_code for v in pair]
    assert holds == [204, 409]
    first = anna.shown
    anna.judge("accept")
    noor.open(f"/spanningen?status=mine&vlag={first}")  # judged and let go: now it is free to be judged again
    noor.judge("reject", query="status=mine")
    assert [(e.coder, e.verdict) for e in anna.events] == [("anna", "accept"), ("noor", "reject")]


def test_two_coders_at_once_judge_every_flag_once(pair: tuple[Visitor, Visitor]) -> None:
    anna, noor = pair
    for visitor in (anna, noor, anna):
        visitor.judge("accept")
    assert "De laatste (nog 1) ligt nu bij een ander" in anna.html
    noor.judge("reject")
    assert "Klaar met deze selectie" in noor.html
    assert len({e.flag for e in anna.events}) == len(anna.events) == 4


def test_what_was_taken_back_while_another_reads_it_stays_with_the_other(pair: tuple[Visitor, Visitor]) -> None:
    anna, noor = pair
    first = anna.shown
    anna.judge("accept")
    noor.open(f"/spanningen?status=alles&vlag={first}")
    anna.send("/spanningen/ongedaan", vlag=anna.shown)
    assert anna.shown != first
    assert "haar aanwijzing ligt nu bij een ander" in anna.html
    assert [e.verdict for e in anna.events] == ["accept", "withdraw"]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"verdict": "join"}, 422),
        ({"verdict": "withdraw"}, 422),
        ({"verdict": "accept", "vlag": "0" * 16}, 404),
        ({"verdict": "accept", "token": "vals"}, 403),
        ({"verdict": "misschien"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_recorded(
    visitor: Visitor, values: dict[str, str], status: int
) -> None:
    token = re.search(r'data-token="(\w+)"', visitor.html)[1]
    answer = visitor.client.post("/spanningen", data={"token": token, "vlag": visitor.shown, **values})
    assert (answer.status_code, visitor.events) == (status, [])


DUIDING = "/duiding?gemeente=Veldmeer&relatie=maat_gelijk"


def values_of(visitor: Visitor, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', visitor.html)


def test_two_quotes_of_one_municipality_become_an_own_tension(visitor: Visitor) -> None:
    visitor.open(DUIDING)
    left, right = values_of(visitor, "links"), values_of(visitor, "rechts")
    assert (len(left), len(right)) == (2, 2)
    answer = visitor.send(DUIDING, links=left[1], rechts=right[1], relatie="maat_gelijk", toelichting="Het wringt.")
    assert answer.status_code == 200
    [event] = visitor.events
    assert (event.verdict, event.memo, event.flag.codes) == ("join", "Het wringt.", ("maat", "gelijk"))
    assert (event.left.quote, event.right.quote) == (TEXTS[2], TEXTS[3])
    assert "Het wringt." in visitor.html


def test_a_fragment_of_a_passage_may_be_one_of_the_quotes(visitor: Visitor) -> None:
    visitor.open(DUIDING)
    left, right = values_of(visitor, "links")[1], values_of(visitor, "rechts")[1]
    key, start = left.partition("@")[0], int(re.search(r"@(\d+)-", left)[1])
    fragment = f"{key}@{start}-{start + 12}"
    visitor.send(DUIDING, links=fragment, rechts=right, relatie="", een="maat", ander="vrij", toelichting="Vrij paar.")
    [event] = visitor.events
    assert (event.left.quote, event.flag.relation, event.flag.codes) == ("Ieder gezin", "", ("maat", "vrij"))
    assert "Maatwerk × Vrij" in visitor.html


def test_an_own_tension_is_reworded_and_taken_back_by_new_events(visitor: Visitor) -> None:
    visitor.open(DUIDING)
    left, right = values_of(visitor, "links")[1], values_of(visitor, "rechts")[1]
    visitor.send(DUIDING, links=left, rechts=right, relatie="maat_gelijk", toelichting="Eerst.")
    first = visitor.events[0].id
    visitor.send(f"/duiding/{first}", doe="wijzigen", toelichting="Beter gezegd.")
    assert visitor.events[1].supersedes == first
    assert visitor.send(f"/duiding/{first}", doe="intrekken").status_code == 422
    visitor.send(f"/duiding/{visitor.events[1].id}", doe="intrekken")
    assert [e.verdict for e in visitor.events] == ["join", "join", "withdraw"]
    assert "Nog geen duidingen." in visitor.html


def test_own_tensions_that_do_not_fit_are_refused_with_the_reason(visitor: Visitor) -> None:
    visitor.open(DUIDING)
    left, right = values_of(visitor, "links"), values_of(visitor, "rechts")
    visitor.open(DUIDING.replace("Veldmeer", "Rietdommelen"))
    elsewhere = values_of(visitor, "rechts")[0]
    good = {"links": left[0], "rechts": right[0], "relatie": "maat_gelijk", "toelichting": "x"}
    for change, reason in (
        ({"toelichting": " "}, "toelichting"),
        ({"rechts": elsewhere}, "verschillende gemeenten"),
        ({"rechts": left[0]}, "verschillende citaten"),
        ({"rechts": ""}, "Kies links en rechts"),
        ({"relatie": "weg"}, "geen spanning"),
        ({"relatie": "", "een": "maat", "ander": "maat"}, "twee verschillende codes"),
        ({"links": f"{left[0].partition('@')[0]}@0-99999"}, "niet in deze passage"),
    ):
        answer = visitor.send(DUIDING, **(good | change))
        assert (answer.status_code, reason in answer.text) == (422, True), (change, answer.text)
    assert visitor.events == []


def test_passages_to_be_coded_blind_give_nothing_away_and_take_no_verdict() -> None:
    state = snapshot()
    handed = tuple(Assigned(1, "a" * 64, p.start, p.text, "noor", True) for p in state.passages["a" * 64])
    events: list[object] = []
    board = Board(replace(state, assigned=handed), events.append)
    noor, anna = Visitor(board, events, "noor"), Visitor(board, events, "anna")
    assert "nog 2 van" in noor.open()
    noor.open(DUIDING)
    assert values_of(noor, "links") == []
    anna.open(DUIDING)
    left, right = values_of(anna, "links")[1], values_of(anna, "rechts")[1]
    anna.send(DUIDING, links=left, rechts=right, relatie="maat_gelijk", toelichting="Dat wringt hier.")
    assert "Dat wringt hier." in anna.html
    assert "Dat wringt hier." not in noor.open("/duiding")
    key = next(c.key for c in FlagBoard(board, Leases()).cards if c.judged.flag.left.document_id == "a" * 64)
    noor.open()
    assert noor.send("/spanningen", vlag=key, verdict="accept").status_code == 422
    assert len(events) == 1
