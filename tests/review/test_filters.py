"""Each filter shows what it says, counts it right, and stands in the address."""

import re

import pytest

pytest.importorskip("fastapi", reason="the extra [web] is not installed")

from fastapi.testclient import TestClient  # only where the extra is there

from codebook.model import Code, Codebook
from coding.model import Coding
from coding.review.app import Door, create_app
from coding.review.board import Board
from coding.review.selection import Selection
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Municipality, Passage, TextVersion

TEXTS = ("Zorg nabij.", "Maatwerk nabij.", "Wonen.", "Zorg op maat.")
SUGGESTED = (
    (("nabij", "zeker", "classifier"),),
    (("nabij", "waarschijnlijk", "dictionary"), ("maat", "zeker", "classifier")),
    (),
    (("maat", "twijfel", "dictionary"),),
)


def study() -> Board:
    """Two documents of four passages each, in two municipalities; ada and bas judged some of the first."""
    documents, versions, passages, codings = [], {}, {}, []
    for letter, towns in (("a", ("Veldmeer",)), ("b", ("Veldmeer", "Zandoord"))):
        document_id = letter * 64
        version = TextVersion(document_id, "md 1", "\n".join(TEXTS))
        found = []
        for i, text in enumerate(TEXTS):
            start = version.text.index(text)
            found.append(Passage(i, "paragraph", (), start, start + len(text), text))
            for code, level, method in SUGGESTED[i]:
                codings.append(
                    Coding(version.id, start, start + len(text), code, "proef", 0.6, level, {method: 0.6}, ())
                )
        homes = tuple(Municipality(t, "", "", "overig") for t in towns)
        documents.append(Document(document_id, f"{letter}.md", municipalities=homes))
        versions[document_id], passages[document_id] = version, tuple(found)
    codes = (Code("nabij", "main", "Nabij", ""), Code("maat", "main", "Maat", ""))
    snapshot = Snapshot(
        name="proef",
        codebook=Codebook("p", "1", "nl", "Proef", codes),
        method=Method("rodedraad", "proef"),
        documents=tuple(documents),
        versions=versions,
        passages=passages,
        codings=tuple(codings),
    )
    board = Board(snapshot, lambda _: None)
    first, second, third, *_ = board.cards
    board.decide("ada", first, "nabij", "accept")
    board.decide("bas", first, "nabij", "reject")
    board.decide("ada", second, "nabij", "reject")
    board.decide("ada", third, "", "read")
    return board


@pytest.mark.parametrize(
    ("query", "left", "total"),
    [
        ("", 3, 8),
        ("status=mine", 3, 8),
        ("status=alles", 8, 8),
        ("status=accepted", 0, 8),
        ("status=rejected", 1, 8),
        ("status=oneens", 1, 8),
        ("status=gelezen", 1, 8),
        ("status=alles&municipality=Veldmeer", 8, 8),
        ("status=alles&municipality=Zandoord", 4, 4),
        ("status=alles&document=aaaa", 4, 4),
        ("status=alles&theme=nabij", 4, 4),
        ("status=alles&theme=maat", 4, 4),
        ("theme=nabij", 2, 4),
        ("theme=maat", 2, 4),
        ("status=rejected&theme=nabij", 1, 4),
        ("status=alles&level=zeker", 4, 4),
        ("status=alles&level=zeker&theme=maat", 2, 2),
        ("status=alles&level=twijfel", 2, 2),
        ("status=alles&method=dictionary", 4, 4),
        ("status=alles&method=classifier&theme=nabij", 2, 2),
        ("status=alles&coder=ada", 3, 3),
        ("status=alles&coder=bas", 1, 1),
        ("status=alles&coder=ada&theme=maat", 0, 0),
        ("status=alles&text=ZORG", 4, 4),
        ("status=alles&text=zorg&municipality=Zandoord&theme=maat", 1, 1),
    ],
)
def test_each_filter_counts_what_meets_it_and_stands_in_the_address(query, left, total) -> None:
    client = TestClient(create_app(study(), lambda _: None, Door(b"proef", frozenset({"testserver"}), "bas")))
    html = client.get(f"/wachtrij?{query}").text
    counted = re.search(r"nog (\d+) van (\d+)", html)
    if left:
        assert counted is not None
        assert (int(counted[1]), int(counted[2])) == (left, total)
    else:
        assert counted is None or counted[1] == "0"
        assert "Geen passages in deze selectie" in html
    shared = Selection.from_query(dict(part.split("=") for part in query.split("&") if part))
    assert shared.query == query or set(shared.query.split("&")) == set(query.split("&"))
    assert client.get(f"/wachtrij?{shared.query}").text.count("nog ") == html.count("nog ")


def test_with_a_theme_chosen_that_theme_has_the_focus_and_its_verdict_brings_the_next_card() -> None:
    board = study()
    client = TestClient(create_app(board, lambda _: None, Door(b"proef", frozenset({"testserver"}), "bas")))
    html = client.get("/wachtrij?theme=nabij&order=tekst").text
    assert re.search(r'class="code  focus" data-code="nabij"', html)
    token, card = (re.search(f'data-{name}="([^"]+)"', html)[1] for name in ("token", "card"))
    values = {"token": token, "card": card, "code": "nabij", "verdict": "accept"}
    following = client.post("/beslis?theme=nabij&order=tekst", data=values).text
    assert f'data-card="{card}"' not in following
    assert "nog 1 van 4" in following
