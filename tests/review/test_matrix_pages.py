"""The framework matrix over HTTP: summaries with quotes, each save an event, nobody's text overwritten unseen."""

import html
import re
from dataclasses import replace

import pytest

from codebook.model import Code, Codebook
from coding.cell_events import Summary
from coding.cell_store import Event
from coding.model import Coding
from coding.review import access
from coding.review.board import Board
from coding.snapshot import Method, Snapshot
from corpus.model import Anchor, Box, Document, Municipality, Passage, TextVersion

fastapi = pytest.importorskip("fastapi", reason="the extra [web] is not installed")
from fastapi.testclient import TestClient  # noqa: E402  # only where the extra is there

from coding.review.app import Door, create_app  # noqa: E402

CELL = "municipality=Veldmeer&theme=zelf"
TEXTS = (
    "<b>Inwoners</b> doen zelf wat kan. De rest doet het team.",
    "Wie het niet redt, krijgt hulp 🙂 van het team.",
    "De begroting sluit.",
)


def snapshot() -> Snapshot:
    text = "\n\n".join(TEXTS)
    version = TextVersion("d" * 64, "proef 1", text)
    made = []
    for i, words in enumerate(TEXTS):
        at = text.index(words)
        anchor = Anchor(at, at + len(words), Box(i + 3, 0, 0, 1, 1))
        made.append(Passage(i, "paragraph", (), at, at + len(words), words, (anchor,)))
    codings = [Coding(version.id, p.start, p.end, "zelf", "proef", 0.9, "zeker", {}, ()) for p in made[:2]]
    home = Municipality("Veldmeer", "", "", "overig")
    return Snapshot(
        name="proef",
        codebook=Codebook(
            "p", "1", "nl", "Proef", (Code("zelf", "main", "Zelf", ""), Code("maat", "main", "Maat", ""))
        ),
        method=Method("rodedraad", "proef"),
        documents=(Document("d" * 64, "plan.pdf", "Plan", (home,), year_from=2024),),
        versions={"d" * 64: version},
        passages={"d" * 64: tuple(made)},
        codings=tuple(codings),
    )


class Desk:
    """A running page with the events it recorded, and browsers of its coders."""

    def __init__(self, study: Snapshot | None = None) -> None:
        self.events: list[Event] = []
        self.board = Board(study or snapshot(), self.events.append)
        links = {access.link_hash(name): name for name in ("anna", "ben")}
        door = Door(b"proef", frozenset({"testserver"}), owner=links.get)
        self.app = create_app(self.board, lambda _: None, door)
        self.version = self.board.cards[0].version

    def accept(self, passage: int, span: tuple[int, int] | None = None) -> None:
        self.board.decide("anna", self.board.cards[passage], "zelf", "accept", span=span)

    @property
    def summaries(self) -> list[Summary]:
        return [e for e in self.events if isinstance(e, Summary)]


class Browser:
    def __init__(self, desk: Desk, coder: str = "anna") -> None:
        self.client = TestClient(desk.app)
        self.client.get(f"/in/{coder}")
        self.page = ""

    def open(self, path: str = f"/matrix/cel?{CELL}") -> str:
        self.page = self.client.get(path).text
        return self.page

    def field(self, name: str) -> str:
        return re.search(rf'name="{name}" value="([^"]*)"', self.page)[1]

    @property
    def offered(self) -> list[tuple[str, bool]]:
        return [
            (v, bool(c)) for v, c in re.findall(r'name="quote" id="quote-\d+" value="([^"]+)" (checked)?', self.page)
        ]

    def save(self, text: str, *quotes: str, cell: str = CELL, **values: str):
        data = {"token": self.field("token"), "seen": self.field("seen"), "text": text, "quote": quotes, **values}
        answer = self.client.post(f"/matrix/cel?{cell}", data=data)
        self.page = answer.text
        return answer


def test_a_summary_with_a_quote_is_an_event_with_the_words_as_they_stand_and_their_page() -> None:
    desk = Desk()
    desk.accept(0)
    browser = Browser(desk)
    assert "bevestigd" in browser.open()
    first = browser.offered[0][0]
    assert browser.save("  Zelf eerst.  \r\nDan het team. ", first).status_code == 200
    (event,) = desk.summaries
    assert (event.coder, event.cell, event.text) == ("anna", ("Veldmeer", "zelf"), "Zelf eerst.\nDan het team.")
    (quote,) = event.quotes
    assert (quote.quote, quote.page, quote.page_to, quote.version) == (TEXTS[0], 3, 3, desk.version)
    assert browser.offered[0] == (first, True)
    assert "Zelf eerst." in browser.open("/matrix")
    assert "Plan, 2024, p. 3" in browser.open()


def test_a_selected_part_becomes_a_quote_without_the_space_taken_along() -> None:
    desk = Desk()
    browser = Browser(desk)
    browser.open()
    start = desk.board.cards[1].passage.start + TEXTS[1].index("krijgt")
    browser.save("Hulp.", f"{desk.version}:{start}:{start + len('krijgt hulp 🙂 ')}")
    assert desk.summaries[0].quotes[0].quote == "krijgt hulp 🙂"


def test_people_s_choices_come_before_suggestions_and_hostile_text_stays_text() -> None:
    desk = Desk()
    desk.accept(0, (0, 15))
    desk.accept(0)
    page = Browser(desk).open()
    order = [page.index(note) for note in ("bevestigd fragment", "<em>bevestigd</em>", "voorstel, nog niet beoordeeld")]
    assert order == sorted(order)
    assert "<b>Inwoners" not in page
    assert "&lt;b&gt;Inwoners" in page


def test_the_same_again_is_no_event_and_an_emptied_cell_is_one() -> None:
    desk = Desk()
    browser = Browser(desk)
    browser.open()
    browser.save("Zelf eerst.")
    browser.save("Zelf eerst.")
    assert len(desk.summaries) == 1
    browser.save("")
    assert [s.text for s in desk.summaries] == ["Zelf eerst.", ""]
    assert "0 van 2 cellen" in browser.open("/matrix")


def test_nobody_overwrites_what_another_saved_meanwhile() -> None:
    desk = Desk()
    anna, ben = Browser(desk), Browser(desk, "ben")
    anna.open()
    ben.open()
    anna.save("Van Anna.")
    quote = f"{desk.version}:0:8"
    answer = ben.save("Van Ben.", quote)
    assert answer.status_code == 409
    assert "anna bewaarde intussen een andere versie" in answer.text
    assert "Van Ben." in answer.text
    assert (quote, True) in ben.offered
    assert [s.text for s in desk.summaries] == ["Van Anna."]
    assert ben.save("Van beiden.", quote).status_code == 200
    assert [s.coder for s in desk.summaries] == ["anna", "ben"]
    assert "Van Anna." in ben.open()  # among the earlier versions


def test_a_quote_that_lost_its_place_stays_until_it_is_taken_away() -> None:
    desk = Desk()
    browser = Browser(desk)
    browser.open()
    browser.save("Zelf eerst.", f"{desk.version}:0:15")
    (saved,) = desk.summaries
    lost = replace(saved, quotes=(replace(saved.quotes[0], is_placed=False),))
    later = Desk(replace(snapshot(), summaries=(lost,)))
    browser = Browser(later)
    assert "niet teruggevonden in de tekst van nu" in browser.open()
    browser.save("Nog steeds.", "old:0")
    assert later.summaries[0].quotes == lost.quotes


@pytest.mark.parametrize(
    ("quote", "cell", "status"),
    [
        ("0123456789abcdef:0:5", CELL, 422),  # no such text
        ("{version}:0:70", CELL, 422),  # over the border of a passage
        ("{version}:5:5", CELL, 422),
        ("{version}:15:16", CELL, 422),  # a space
        ("onzin", CELL, 422),
        ("old:7", CELL, 422),
        ("{version}:0:5", "municipality=Elders&theme=zelf", 404),
        ("{version}:0:5", "municipality=Veldmeer&theme=weg", 404),
    ],
)
def test_what_is_no_quote_of_this_cell_is_refused(quote: str, cell: str, status: int) -> None:
    desk = Desk()
    browser = Browser(desk)
    browser.open()
    assert browser.save("Tekst.", quote.format(version=desk.version), cell=cell).status_code == status
    assert desk.summaries == []


def test_a_form_without_its_token_is_refused() -> None:
    desk = Desk()
    browser = Browser(desk)
    browser.open()
    assert browser.save("Tekst.", **{"token": "raden"}).status_code == 403
    assert desk.summaries == []


def test_summaries_of_a_municipality_no_longer_in_the_study_are_still_shown() -> None:
    desk = Desk()
    browser = Browser(desk)
    browser.open()
    browser.save("Zelf <i>eerst</i>.")
    away = replace(desk.summaries[0], municipality="Verdwenen")
    page = Browser(Desk(replace(snapshot(), summaries=(away,)))).open("/matrix")
    assert "Samenvattingen zonder cel" in page
    assert html.escape("Zelf <i>eerst</i>.") in page


@pytest.mark.parametrize("part", ["theme=zelf", "municipality=Veldmeer"])
def test_one_theme_or_municipality_by_itself(part: str) -> None:
    desk = Desk()
    browser = Browser(desk)
    browser.open()
    browser.save("Zelf eerst.", f"{desk.version}:0:15")
    page = browser.open(f"/matrix?{part}")
    assert "Zelf eerst." in page
    assert html.escape(TEXTS[0][:15]) in page
