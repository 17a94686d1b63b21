"""The review page over HTTP: what a coder sees, decides, takes back, and who may come in."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from codebook.model import Code, Codebook
from coding.model import Coding, Decision, Evidence
from coding.review import access, overview
from coding.review.board import Board
from coding.snapshot import Method, Snapshot, Theme
from corpus.model import Anchor, Box, Document, Municipality, Passage, TextVersion

fastapi = pytest.importorskip("fastapi", reason="the extra [web] is not installed")
from fastapi.testclient import TestClient  # noqa: E402  # only where the extra is there

from coding.review.app import Door, create_app  # noqa: E402

SECRET = b"alleen voor de proef"
SENTENCE = "Inwoners van Veldmeer lossen op eigen kracht veel op"


def snapshot(passages: int = 6) -> Snapshot:
    """A fictional study: one document, each passage with one suggestion, the first with hostile text."""
    texts = [f"{SENTENCE} ({i})." for i in range(passages)]
    texts[0] = f"<script>alert(1)</script> {SENTENCE}."
    text = "\n\n".join(texts)
    version = TextVersion("d" * 64, "pdf 1", text, pages=1)
    found, codings, at = [], [], 0
    for i, t in enumerate(texts):
        anchor = Anchor(at, at + len(t), Box(1, 50, 50 + 20 * i, 300, 65 + 20 * i))
        found.append(Passage(i, "paragraph", ("1 Inleiding",), at, at + len(t), t, (anchor,)))
        start = at + t.index("eigen kracht")
        evidence = (Evidence(start, start + 12, "eigen kracht"),)
        score = 0.5 + i / 20
        codings.append(
            Coding(
                version.id, at, at + len(t), "zelf", "proef 1", score, "waarschijnlijk", {"dictionary": score}, evidence
            )
        )
        at += len(t) + 2
    town = Municipality("Veldmeer", "", "", "overig")
    return Snapshot(
        name="proef",
        codebook=Codebook(
            "p", "1", "nl", "Proef", (Code("zelf", "main", "Zelf", ""), Code("maat", "main", "Maat", ""))
        ),
        method=Method("rodedraad", "proef 1", (Theme("zelf", 0.5, None), Theme("maat", 0.5, None))),
        documents=(Document("d" * 64, "veldmeer/plan.pdf", title="Plan", municipalities=(town,)),),
        versions={"d" * 64: version},
        passages={"d" * 64: tuple(found)},
        codings=tuple(codings),
    )


class Bench:
    """A running page on a fictional study, with the events it recorded."""

    def __init__(self, passages: int = 6, **door: object) -> None:
        self.events: list[Decision] = []
        self.board = Board(snapshot(passages), self.events.append)
        where = Door(SECRET, frozenset({"testserver"}), **({"single": "noor"} | door))  # type: ignore[arg-type]  # kwargs of a test
        self.app = create_app(self.board, lambda _: None, where)

    def visitor(self) -> "Visitor":
        return Visitor(TestClient(self.app))


class Visitor:
    """A browser with a session: remembers its form token and the card before it."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.html = ""
        self.token = ""

    def open(self, path: str = "/wachtrij") -> str:
        self.html = self.client.get(path).text
        self.token = re.search(r'data-token="(\w+)"', self.html)[1]
        return self.html

    @property
    def card(self) -> str | None:
        found = re.search(r'data-card="([\w-]+)"', self.html)
        return found[1] if found else None

    def post(self, path: str = "/beslis", **values: str):
        answer = self.client.post(path, data={"token": self.token, "card": self.card or "", **values})
        if answer.status_code == 200:
            self.html = answer.text
        return answer


def test_text_of_a_document_is_shown_as_text_never_as_html() -> None:
    html = Bench().visitor().open("/document/" + "d" * 64)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_most_doubtful_passage_comes_first_with_its_evidence_marked() -> None:
    html = Bench().visitor().open()
    assert "&lt;script&gt;" in html  # score exactly at the cut
    assert re.search(r"<mark[^>]*>eigen kracht</mark>", html)


def test_a_verdict_is_recorded_with_its_quote_and_the_next_card_follows() -> None:
    bench = Bench()
    visitor = bench.visitor()
    visitor.open()
    first = visitor.card
    assert visitor.post(code="zelf", verdict="reject", memo="gaat over de gemeente").status_code == 200
    (event,) = bench.events
    assert (event.coder, event.code, event.verdict, event.memo) == ("noor", "zelf", "reject", "gaat over de gemeente")
    assert event.quote == bench.board.by_key[first].passage.text
    assert (event.page, event.after[:2]) == (1, "\n\n")
    assert visitor.card not in (None, first)


def test_undo_takes_the_last_decision_back_by_an_event_and_shows_its_card() -> None:
    bench = Bench()
    visitor = bench.visitor()
    visitor.open()
    first = visitor.card
    visitor.post(code="zelf", verdict="accept")
    visitor.post("/ongedaan")
    assert visitor.card == first
    assert [e.verdict for e in bench.events] == ["accept", "withdraw"]
    assert bench.events[1].supersedes == bench.events[0].id
    assert bench.board.status(bench.board.by_key[first], "zelf") == "suggested"
    assert "niets om ongedaan" in visitor.post("/ongedaan").text


def test_a_selected_fragment_is_coded_with_its_own_quote() -> None:
    bench = Bench()
    visitor = bench.visitor()
    visitor.open()
    passage = bench.board.by_key[visitor.card].passage
    start = passage.start + passage.text.index("eigen kracht")
    html = visitor.post(code="maat", verdict="accept", span=f"{start - 1}-{start + 13}").text  # spaces too
    assert bench.events[0].quote == "eigen kracht"
    assert "“eigen kracht”" in html


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"code": "bestaat_niet", "verdict": "accept"}, 422),
        ({"code": "zelf", "verdict": "misschien"}, 422),
        ({"code": "zelf", "verdict": "accept", "span": "0-999999"}, 422),
        ({"code": "zelf", "verdict": "accept", "span": "a-b"}, 422),
        ({"code": "zelf", "verdict": "accept", "token": "fout"}, 403),
        ({"code": "zelf", "verdict": "accept", "card": "x-1"}, 404),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_leaves_no_event(values, status) -> None:
    bench = Bench()
    visitor = bench.visitor()
    visitor.open()
    assert visitor.post(**values).status_code == status
    assert bench.events == []


def test_another_host_and_another_site_are_refused() -> None:
    client = TestClient(Bench().app)
    assert client.get("/wachtrij", headers={"host": "kwaad.example"}).status_code == 400
    assert client.post("/ongedaan", headers={"origin": "https://kwaad.example"}).status_code == 403


def test_without_a_link_nobody_comes_in_and_a_revoked_link_stops_at_once() -> None:
    links = {access.link_hash("sleutel"): "bram"}
    bench = Bench(single="", owner=links.get)
    client = TestClient(bench.app)
    assert client.get("/wachtrij").status_code == 401
    assert client.get("/in/verkeerd").status_code == 401
    assert client.get("/in/sleutel").status_code == 200
    assert "bram" in client.get("/wachtrij").text
    links.clear()
    assert client.get("/wachtrij").status_code == 401


def test_guessing_links_is_braked() -> None:
    client = TestClient(Bench(single="", owner=lambda _: None).app)
    assert [client.get(f"/in/{i}").status_code for i in range(11)][-1] == 429


def test_four_coders_at_once_lose_nothing_and_never_judge_a_card_that_lies_with_another() -> None:
    links = {access.link_hash(name): name for name in ("ada", "bas", "cor", "dik")}
    bench = Bench(passages=400, single="", owner=links.get)

    def work(name: str) -> int:
        visitor = bench.visitor()
        visitor.client.get(f"/in/{name}")
        visitor.open()
        return sum(visitor.post(code="zelf", verdict="accept").status_code == 200 for _ in range(50))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, ["ada", "bas", "cor", "dik"])) == 200
    assert len(bench.events) == len({e.start for e in bench.events}) == 200


@pytest.mark.parametrize(
    ("query", "count"),
    [("status=alles", 6), ("status=alles&text=(3)", 1), ("status=alles&theme=maat", 0), ("municipality=Elders", 0)],
)
def test_filters_count_what_meets_them(query, count) -> None:
    html = Bench().visitor().open(f"/wachtrij?{query}")
    assert (f"nog {count} van {count}" in html) if count else ("Geen passages in deze selectie" in html)


def test_overview_names_a_theme_only_after_a_person_accepted_it() -> None:
    bench = Bench()
    visitor = bench.visitor()
    assert "Veldmeer, Zelf: kandidaat (6)" in visitor.open("/overzicht")
    visitor.open()
    visitor.post(code="zelf", verdict="accept")
    assert "Veldmeer, Zelf: genoemd" in visitor.open("/overzicht")


def test_every_file_the_page_asks_for_comes_from_itself() -> None:
    html = Bench().visitor().open()
    assert not re.search(r'(?:src|href)="https?:', html)
    static = Path(access.__file__).parent / "static"
    for name in re.findall(r'"/static/([\w.]+)"', html):
        assert (static / name).is_file()


def test_a_refusal_is_a_page_to_a_reader_and_a_plain_sentence_to_the_script() -> None:
    client = TestClient(Bench(single="").app)
    page = client.get("/wachtrij", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (401, "text/html; charset=utf-8")
    assert "<h1>Open de pagina met je persoonlijke link" in page.text
    assert client.get("/wachtrij").text.startswith("Open de pagina met je persoonlijke link")
    assert client.get("/bestaat-niet").text == "Deze pagina bestaat niet."


def test_a_verdict_given_again_keeps_its_memo() -> None:
    bench = Bench()
    card = bench.board.cards[0]
    bench.board.decide("noor", card, "zelf", "accept", memo="kern van het plan")
    bench.board.decide("noor", card, "zelf", "accept")
    assert bench.events[-1].memo == "kern van het plan"
    bench.board.decide("noor", card, "zelf", "reject")
    assert bench.events[-1].memo == ""


def test_a_fragment_can_be_taken_away_again() -> None:
    bench = Bench()
    visitor = bench.visitor()
    visitor.open()
    start = bench.board.by_key[visitor.card].passage.start
    visitor.post(code="maat", verdict="accept", span=f"{start}-{start + 8}")
    (span,) = re.findall(r'data-span="([\d-]+)" data-code="maat"', visitor.html)
    assert "data-span" not in visitor.post(code="maat", verdict="withdraw", span=span).text


@pytest.mark.parametrize("per", ["gemeente", "document"])
def test_every_cell_of_the_heat_map_leads_to_cards(per) -> None:
    visitor = Bench().visitor()
    links = re.findall(r'<td class="candidate[^>]*><a href="([^"]+)"', visitor.open(f"/overzicht?per={per}"))
    assert links
    for link in links:
        assert "nog 6 van 6" in visitor.open(link.replace("&amp;", "&"))


def test_themes_that_stand_together_are_counted_once_a_passage() -> None:
    bench = Bench()
    for card in bench.board.cards[:2]:
        bench.board.decide("noor", card, "maat", "accept")
    bench.board.decide("noor", bench.board.cards[1], "zelf", "reject")
    assert [counts for _, counts in overview.together(bench.board)] == [(5, 1), (1, 2)]


def test_an_empty_queue_says_whether_it_is_done_or_lies_with_another() -> None:
    links = {access.link_hash(name): name for name in ("ada", "bas")}
    bench = Bench(passages=1, single="", owner=links.get)
    ada, bas = bench.visitor(), bench.visitor()
    for visitor, name in ((ada, "ada"), (bas, "bas")):
        visitor.client.get(f"/in/{name}", follow_redirects=False)
    ada.open()
    assert "De laatste (nog 1) ligt nu bij een ander." in bas.open()
    ada.post(code="zelf", verdict="accept")
    assert "Klaar met deze selectie" in bas.open()
    assert "De ene passage van deze selectie" in bas.open()


def test_whoever_is_still_reading_keeps_the_passage() -> None:
    links = {access.link_hash(name): name for name in ("ada", "bas")}
    bench = Bench(passages=2, single="", owner=links.get)
    ada, bas = bench.visitor(), bench.visitor()
    for visitor, name in ((ada, "ada"), (bas, "bas")):
        visitor.client.get(f"/in/{name}", follow_redirects=False)
        visitor.open()
    assert ada.card != bas.card
    assert ada.client.get(f"/houd?kaart={ada.card}").status_code == 204
    assert bas.client.get(f"/houd?kaart={ada.card}").status_code == 409
    assert bas.client.get("/houd?kaart=geen").status_code == 409


def test_the_page_starts_without_what_only_coding_and_tables_need() -> None:
    program = """
import sys
import coding.cli, coding.review.app, coding.loading, coding.manifest, codebook.reading
print(*sorted({"numpy", "scipy", "sklearn", "pandas", "spacy", "matplotlib", "pypdfium2"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
