"""Blind coding and disagreements over HTTP: nothing leaks, nothing is lost, and the last word stands apart."""

import re
from dataclasses import replace

import pytest

from codebook.model import Code, Codebook
from coding.model import Coding, Decision, Evidence, Flag, Quote
from coding.review import access
from coding.review.board import Board
from coding.review.flag_board import FlagBoard, FlagSelection
from coding.review.leases import Leases
from coding.review.overview import heat_map
from coding.snapshot import Assigned, Method, Snapshot, Theme
from corpus.model import Document, Municipality, Passage, TextVersion

fastapi = pytest.importorskip("fastapi", reason="the extra [web] is not installed")
from fastapi.testclient import TestClient  # noqa: E402  # only where the extra is there

from coding.review.app import Door, create_app  # noqa: E402

TEXTS = [f"Inwoners lossen op eigen kracht veel op ({i})." for i in range(6)]
VERSION = TextVersion("d" * 64, "pdf 1", "\n\n".join(TEXTS), pages=1)
STARTS = [VERSION.text.index(text) for text in TEXTS]
HANDED = (0, 2, 3)
LEAKS = ("<mark", "meter", "waarschijnlijk", "0.7", "bevestigd", "verworpen", "data-verdict", "geheim")


def snapshot(decisions: tuple[Decision, ...] = ()) -> Snapshot:
    """Six passages, each with a suggestion; three of them handed to ada and bas, to be coded blind."""
    passages = tuple(
        Passage(i, "paragraph", (), s, s + len(t), t) for i, (s, t) in enumerate(zip(STARTS, TEXTS, strict=True))
    )
    codings = tuple(
        Coding(
            VERSION.id, p.start, p.end, "zelf", "p", 0.7, "waarschijnlijk", {}, (Evidence(p.start, p.start + 8, ""),)
        )
        for p in passages
    )
    town = Municipality("Veldmeer", "", "", "overig")
    return Snapshot(
        name="proef",
        codebook=Codebook(
            "p", "1", "nl", "Proef", (Code("zelf", "main", "Zelf", ""), Code("maat", "main", "Maat", ""))
        ),
        method=Method("rodedraad", "proef 1", (Theme("zelf", 0.5, None), Theme("maat", 0.5, None))),
        documents=(Document("d" * 64, "plan.pdf", title="Plan", municipalities=(town,)),),
        versions={"d" * 64: VERSION},
        passages={"d" * 64: passages},
        codings=codings,
        decisions=decisions,
        blind=tuple(d for d in decisions if d.manner == "blind"),
        assigned=tuple(
            Assigned(1, "d" * 64, STARTS[i], TEXTS[i], coder, True) for i in HANDED for coder in ("ada", "bas")
        ),
    )


class Bench:
    """A running page with what it recorded, and a browser for each coder who comes in."""

    def __init__(self, decisions: tuple[Decision, ...] = ()) -> None:
        self.events: list[Decision] = []
        self.board = Board(snapshot(decisions), self.events.append)
        self.links = {access.link_hash(name): name for name in ("ada", "bas", "cor")}
        self.app = create_app(self.board, lambda _: None, Door(b"s", frozenset({"testserver"}), "", self.links.get))

    def come_in(self, name: str) -> "Coder":
        return Coder(TestClient(self.app), name)


class Coder:
    """A browser that came in by a personal link."""

    def __init__(self, client: TestClient, name: str) -> None:
        self.client, self.name, self.token = client, name, ""
        answer = client.get(f"/in/{name}")
        self.address, self.html = answer.url, answer.text
        self.token = re.search(r'data-token="(\w+)"', self.html)[1]

    @property
    def card(self) -> str:
        return re.search(r'name="card" value="([\w-]+)"', self.html)[1]

    def open(self, path: str) -> str:
        self.html = self.client.get(path).text
        return self.html

    def code(self, *themes: str, **values: str):
        data = {"token": self.token, "card": self.card, "theme": list(themes), **values}
        answer = self.client.post("/blind", data=data)
        self.html = answer.text
        return answer


def key(number: int) -> str:
    return f"{VERSION.id}-{STARTS[number]}"


def done(bench: Bench, name: str, *themes: tuple[str, ...]) -> Coder:
    """Let a coder code all that was handed out: the themes of each passage."""
    coder = bench.come_in(name)
    for chosen in themes:
        answer = coder.code(*chosen) if chosen else coder.code(nothing="ja")
        assert answer.status_code == 200
    return coder


def test_a_personal_link_leads_to_blind_work_first_and_to_the_queue_when_there_is_none() -> None:
    bench = Bench()
    assert bench.come_in("ada").address.path == "/blind"
    assert bench.come_in("cor").address.path == "/wachtrij"


def test_nothing_of_suggestions_or_of_others_reaches_a_coder_who_codes_blind() -> None:
    bench = Bench()
    for number in range(6):
        bench.board.decide("cor", bench.board.by_key[key(number)], "zelf", "accept", memo="geheim")
    ada = bench.come_in("ada")
    pages = [ada.html, *(ada.open(f"/blind?kaart={key(n)}") for n in HANDED)]
    for page in pages:
        assert not [word for word in LEAKS if word in page]
    for number in HANDED:
        asked = ada.client.get(f"/wachtrij?kaart={key(number)}&status=alles")
        assert asked.url.path == "/blind"
        shown = ada.client.get(f"/kaart?van={key(number)}&stap=1&status=accepted&text=({number})").text
        assert not [word for word in LEAKS[:4] if word in shown and key(number) in shown]
    rows = re.split(r'<div class="row" id="', ada.open("/document/" + "d" * 64))[1:]
    assert [bool(re.search("<mark|geheim|bevestigd|Zelf", row)) for row in rows] == [n not in HANDED for n in range(6)]


def test_a_tension_in_a_blind_passage_waits_until_it_is_coded() -> None:
    quotes = {n: Quote("d" * 64, VERSION.id, STARTS[n], STARTS[n] + 8, TEXTS[n][:8], 1) for n in (0, 1, 4, 5)}
    flags = tuple(
        Flag("zelf-maat", 3, "passage", quotes[n], quotes[m], ("zelf", "maat"), "maar") for n, m in ((0, 1), (4, 5))
    )
    board = Board(replace(snapshot(), flags=flags), lambda _: None)
    shown = FlagBoard(board, Leases())
    asked = {
        coder: [shown.asks(card, FlagSelection(status="alles"), coder) for card in shown.cards]
        for coder in ("ada", "cor")
    }
    assert asked == {"ada": [False, True], "cor": [True, True]}


def test_the_queue_passes_over_blind_passages_and_counts_without_them() -> None:
    bench = Bench()
    ada, cor = bench.come_in("ada"), bench.come_in("cor")
    assert "nog 3 van 3" in ada.open("/wachtrij")
    assert "nog 6 van 6" in cor.open("/wachtrij")


def test_a_blind_coding_is_recorded_as_such_all_themes_at_once() -> None:
    bench = Bench()
    ada = bench.come_in("ada")
    ada.code("maat", memo="twijfel")
    assert [(e.code, e.verdict, e.manner, e.memo) for e in bench.events] == [
        ("maat", "accept", "blind", ""),
        ("", "read", "blind", "twijfel"),
    ]
    assert all(e.quote == TEXTS[0] for e in bench.events)
    assert ada.card == key(2)


@pytest.mark.parametrize(("themes", "nothing", "said"), [((), "", "Kies de thema"), (("maat",), "ja", "haal een van")])
def test_an_empty_or_contradictory_form_is_handed_back_as_it_was(themes, nothing, said) -> None:
    bench = Bench()
    ada = bench.come_in("ada")
    answer = ada.code(*themes, nothing=nothing, memo="zo was het")
    assert answer.status_code == 422
    assert said in answer.text
    assert "zo was het" in answer.text
    assert answer.text.count("checked") == len(themes)
    assert not bench.events


def test_a_blind_coding_can_be_changed_until_the_last_is_done_and_never_after() -> None:
    bench = Bench()
    ada = bench.come_in("ada")
    ada.code("maat")
    ada.open(f"/blind?kaart={key(0)}")
    assert ada.html.count("checked") == 1
    ada.code("zelf")
    card = bench.board.by_key[key(0)]
    assert {d.code for d in bench.board.decisions_on(card, "ada") if d.verdict == "accept"} == {"zelf"}
    ada.code(nothing="ja")
    assert "Dit is de laatste" in ada.html
    ada.code(nothing="ja")
    assert "Klaar: alle 3 passages" in ada.html
    late = ada.client.post("/blind", data={"token": ada.token, "card": key(0), "theme": ["maat"]})
    assert late.status_code == 404


def test_a_passage_to_be_coded_blind_takes_no_other_verdict_of_that_coder() -> None:
    bench = Bench()
    ada = bench.come_in("ada")
    for path in ("/beslis", "/oneens"):
        data = {"token": ada.token, "card": key(0), "code": "zelf", "verdict": "accept"}
        assert ada.client.post(path, data=data).status_code == 422
    assert not bench.events


def test_after_a_restart_the_blind_work_goes_on_where_it_was() -> None:
    bench = Bench()
    done(bench, "ada", ("zelf",))
    again = Bench(tuple(bench.events))
    assert "1 van 3 gedaan" in again.come_in("ada").html
    assert "0 van 3 gedaan" in again.come_in("bas").html


def test_a_disagreement_waits_for_both_and_shows_both_memos_side_by_side() -> None:
    bench = Bench()
    ada = bench.come_in("ada")
    ada.code("zelf", memo="staat er met zoveel woorden")
    bas = done(bench, "bas", (), (), ())
    assert "nergens oneens" in ada.open("/oneens")  # ada has not done all: what bas said would give it away
    done(bench, "ada", ("maat",), ())
    page = bas.open("/oneens")
    assert page.count('class="dispute"') == 2
    assert "staat er met zoveel woorden" in page
    assert page.index("wel van toepassing") < page.index("<b>ada</b>") < page.index("niet van toepassing")


def test_the_last_word_is_a_coding_of_its_own_and_can_be_taken_back() -> None:
    bench = Bench()
    done(bench, "ada", ("zelf",), (), ())
    done(bench, "bas", (), (), ())
    card = bench.board.by_key[key(0)]
    cor = bench.come_in("cor")
    assert bench.board.status(card, "zelf") == "oneens"
    assert [cell.disputed for cell in heat_map(bench.board)[0].cells] == [1, 0]
    before = list(bench.events)
    answer = cor.client.post("/oneens", data={"token": cor.token, "card": key(0), "code": "zelf", "verdict": "accept"})
    assert answer.status_code == 200
    [event] = bench.events[len(before) :]
    assert (event.coder, event.manner, event.supersedes) == ("cor", "adjudication", None)
    assert bench.board.status(card, "zelf") == "accepted"
    assert len(bench.board.decisions_on(card, "ada")) == 2  # theirs stand as they were
    assert "door cor" in cor.open("/oneens?toon=beslist")
    late = bench.come_in("ada")
    data = {"token": late.token, "card": key(0), "code": "zelf", "verdict": "reject"}
    assert "cor heeft dit al beslist" in late.client.post("/oneens", data=data).text
    cor.client.post("/oneens", data={"token": cor.token, "card": key(0), "code": "zelf", "verdict": "withdraw"})
    assert bench.board.status(card, "zelf") == "oneens"


def test_who_coded_and_has_the_last_word_keeps_both() -> None:
    bench = Bench()
    ada = done(bench, "ada", ("zelf",), (), ())
    done(bench, "bas", (), (), ())
    bench.board.settle("ada", bench.board.by_key[key(0)], "zelf", "reject", "overtuigd")
    card = bench.board.by_key[key(0)]
    assert bench.board.status(card, "zelf") == "rejected"
    assert "overtuigd" in ada.open("/oneens?toon=beslist")
    queue = ada.open(f"/wachtrij?kaart={key(0)}&status=alles")
    assert re.search(r'data-code="zelf"[^>]*data-verdict="accept"', queue)  # her own, not her last word
    assert "ada: verworpen (besliste wat oneens was)" in queue
    assert [d.verdict for d in bench.board.decisions_on(card, "ada") if d.manner == "blind"] == ["accept", "read"]


def test_where_nobody_disagrees_there_is_no_last_word() -> None:
    bench = Bench()
    cor = bench.come_in("cor")
    data = {"token": cor.token, "card": key(0), "code": "zelf", "verdict": "accept"}
    assert cor.client.post("/oneens", data=data).status_code == 422


def test_a_share_of_the_work_is_a_queue_of_its_own() -> None:
    made = snapshot()
    part = tuple(Assigned(1, "d" * 64, STARTS[i], TEXTS[i], "cor", False) for i in (4, 5))
    events: list[Decision] = []
    board = Board(replace(made, assigned=part), events.append)
    app = create_app(board, lambda _: None, Door(b"s", frozenset({"testserver"}), "cor"))
    page = TestClient(app).get("/")
    assert page.url.query == b"part=cor"
    assert "nog 2 van 2" in page.text
    board.decide("cor", board.by_key[key(4)], "zelf", "accept")
    assert board.part("cor") == (2, 1)
    assert "1 van 2" in TestClient(app).get("/overzicht").text
