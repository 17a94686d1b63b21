"""What a coder is to code blind shows nowhere: no page changes when what others say of such passages changes."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codebook.reading import read_codebook
from coding.cell_events import Chosen, Summary
from coding.flag_events import FlagSaid, choose, new_flag_event
from coding.model import Coding, Decision, Evidence, Flag, Look, Manner, Quote, Verdict
from coding.review import access
from coding.review.board import Board
from coding.snapshot import Assigned, Method, Snapshot, Theme
from corpus.model import Document, Municipality, Passage, TextVersion
from corpus.study import Study, create_study

fastapi = pytest.importorskip("fastapi", reason="the extra [web] is not installed")
from fastapi.routing import APIRoute  # noqa: E402  # only where the extra is there
from fastapi.testclient import TestClient  # noqa: E402

from coding.review.app import Door, create_app  # noqa: E402
from coding.review.workshop import Job, Moved, Workshop  # noqa: E402

BOOK = """\
[codebook]
name = "proef"
version = "1"
language = "nl"
title = "Proef"

[[code]]
id = "zelf"
label = "Zelf"
definition = "Zelf doen."
terms = ["zelf"]

[[code]]
id = "maat"
label = "Maat"
definition = "Passend."
terms = ["passend"]

[[relation]]
id = "zelf_maat"
kind = "tension"
codes = ["zelf", "maat"]
"""
TEXTS = (
    "Wie hulp vraagt, krijgt binnen een week een gesprek aan huis.",
    "De raad stelt elk najaar de begroting van het sociaal domein vast.",
    "Buurtteams werken samen met scholen en huisartsen in alle kernen.",
    "Vervoer naar dagbesteding regelen wij met drie aanbieders.",
    "Een cliëntondersteuner denkt mee over wat er nodig is.",
    "Jongeren met schulden krijgen voorrang bij de kredietbank.",
)
DOCUMENT = "d" * 64
VERSION = TextVersion(DOCUMENT, "pdf 1", "\n\n".join(TEXTS), pages=1)
STARTS = [VERSION.text.index(text) for text in TEXTS]
WHEN = datetime(2026, 3, 1, tzinfo=UTC)
BLIND = (0, 2)
"""Passages that ada is to code blind; what is said of the one and of the other is exchanged."""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return create_study(tmp_path / "proef", BOOK)


def passage(number: int) -> Passage:
    text = TEXTS[number]
    return Passage(number, "paragraph", ("Kop",), STARTS[number], STARTS[number] + len(text), text)


def said(coder: str, number: int, code: str, verdict: Verdict, name: str, manner: Manner = "") -> Decision:
    p = passage(number)
    place = (DOCUMENT, VERSION.id, p.start, p.end)
    return Decision(name, WHEN, coder, *place, code, verdict, p.text, "", "", 1, "", f"geheim {name}", None, manner)


def chosen(number: int) -> Chosen:
    p = passage(number)
    return choose(VERSION, [passage(n) for n in range(6)], p.start, p.end)


def quote(number: int) -> Quote:
    p = passage(number)
    return Quote(DOCUMENT, VERSION.id, p.start, p.end, p.text, 1)


def suggestion(number: int, code: str, score: float) -> Coding:
    p = passage(number)
    evidence = (Evidence(p.start, p.start + 5, ""),)
    return Coding(VERSION.id, p.start, p.end, code, "p", score, "waarschijnlijk", {"dictionary": score}, evidence)


def snapshot(study: Study, one: int, other: int) -> Snapshot:
    """A study in which everything there is to be said is said of passage ``one``, and other things of ``other``."""
    decisions = (
        said("cor", one, "zelf", "accept", "a"),
        said("dirk", one, "zelf", "reject", "b"),
        said("cor", other, "maat", "accept", "c"),
        said("cor", 4, "zelf", "reject", "d"),
    )
    join = Flag("zelf_maat", 1, "municipality", quote(other), quote(5), ("zelf", "maat"), rule="onderzoekersduiding")
    flags = (
        Flag("zelf_maat", 3, "passage", quote(one), quote(1), ("zelf", "maat"), "maar"),
        Flag("zelf_maat", 4, "passage", quote(5), quote(other), ("zelf", "maat"), "maar"),
    )
    event = new_flag_event("cor", join, (chosen(other), chosen(5)), FlagSaid("join", "geheim join"), "")
    codebook = read_codebook(study.codebook)
    return Snapshot(
        name="proef",
        codebook=codebook,
        method=Method("rodedraad", "p", (Theme("zelf", 0.5, None), Theme("maat", 0.5, None))),
        documents=(
            Document(DOCUMENT, "plan.pdf", title="Plan", municipalities=(Municipality("Veldmeer", "", "", "overig"),)),
        ),
        versions={DOCUMENT: VERSION},
        passages={DOCUMENT: tuple(passage(n) for n in range(6))},
        codings=(suggestion(one, "zelf", 0.9), suggestion(other, "maat", 0.6), suggestion(5, "zelf", 0.7)),
        decisions=decisions,
        looks=tuple(
            Look(said(name, one, "zelf", "accept", f"look {name}"), "definition", ("zelf",), True)
            for name in ("ada", "cor")
        ),
        flags=flags,
        flag_events=(replace(event, id="join", time=WHEN),),
        summaries=(
            Summary("s1", WHEN, "cor", "Veldmeer", "zelf", "", "geheim summary", (chosen(one),)),
            Summary("s2", WHEN, "cor", "Veldmeer", "zelf", "", "geheim later", (chosen(one), chosen(5))),
            Summary("s4", WHEN, "cor", "Veldmeer", "maat", "", "geheim eerder", (chosen(other),)),
            Summary("s5", WHEN, "cor", "Veldmeer", "maat", "", "geheim nu", (chosen(5),)),
            Summary("s3", WHEN, "cor", "Elders", "maat", "", "geheim elders", (chosen(one),)),
        ),
        assigned=tuple(Assigned(1, DOCUMENT, STARTS[n], TEXTS[n], "ada", True) for n in BLIND),
    )


def key(number: int) -> str:
    return f"{VERSION.id}-{STARTS[number]}"


CELL = "municipality=Veldmeer&theme=zelf"
ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "/": ("/",),
    "/in/{link}": (),
    "/wachtrij": (
        "/wachtrij",
        *(f"/wachtrij?status={s}&order=tekst" for s in ("alles", "mine", "accepted", "oneens", "rejected")),
        "/wachtrij?theme=zelf&status=alles&coder=cor",
        *(f"/wachtrij?kaart={key(n)}&status=alles" for n in range(6)),
    ),
    "/kaart": tuple(f"/kaart?van={key(n)}&stap={s}&status=alles&order=tekst" for n in range(6) for s in (1, -1)),
    "/houd": (f"/houd?kaart={key(4)}",),
    "/pagina/{document}/{page}.webp": (),
    "/overzicht": ("/overzicht", "/overzicht?per=document"),
    "/document/{document}": (f"/document/{DOCUMENT}",),
    "/blind": ("/blind", *(f"/blind?kaart={key(n)}" for n in range(6))),
    "/oneens": ("/oneens", "/oneens?toon=beslist", "/oneens?theme=zelf"),
    "/tweede": ("/tweede", "/tweede?reden=definition"),
    "/codeboek": ("/codeboek",),
    "/codeboek/stand": (),
    "/cellen": (
        "/cellen",
        f"/cellen?{CELL}",
        "/cellen?municipality=Veldmeer&theme=maat",
        *(f"/cellen?{CELL}&kaart={key(n)}" for n in range(6)),
    ),
    "/cellen/alle": ("/cellen/alle",),
    "/cellen/kaart": tuple(f"/cellen/kaart?{CELL}&van={key(n)}" for n in range(6)),
    "/spanningen": tuple(f"/spanningen?status={s}" for s in ("open", "mine", "judged", "alles")),
    "/spanningen/houd": ("/spanningen/houd?vlag=0",),
    "/spanningen/stap": ("/spanningen/stap?status=alles", "/spanningen/stap?status=alles&stap=-1"),
    "/duiding": ("/duiding", "/duiding?gemeente=Veldmeer&relatie=zelf_maat"),
    "/matrix": ("/matrix", "/matrix?theme=zelf", "/matrix?municipality=Veldmeer"),
    "/matrix/cel": (f"/matrix/cel?{CELL}", "/matrix/cel?municipality=Veldmeer&theme=maat"),
}
"""Per GET route addresses to walk; none where the page has no passage, or no words."""


def app_of(study: Study, one: int, other: int) -> fastapi.FastAPI:
    made = snapshot(study, one, other)
    workshop = Workshop(study, set, lambda: None)
    moved = Moved("zelf", ((DOCUMENT, STARTS[one]),), ((DOCUMENT, STARTS[5]),), 0)
    workshop.job = Job("preview", running=False, content=made.codebook.content, moved=(moved,))
    links = {access.link_hash(name): name for name in ("ada", "cor")}
    door = Door(b"s", frozenset({"testserver"}), "", links.get)
    return create_app(Board(made, lambda _: None), lambda _: None, door, workshop)


def walk(study: Study, coder: str, one: int, other: int) -> dict[str, str]:
    """Return every page as a coder sees it, without what is new in each visit."""
    client = TestClient(app_of(study, one, other))
    client.get(f"/in/{coder}")
    pages = {}
    for addresses in ADDRESSES.values():
        for address in addresses:
            text = client.get(address).text
            pages[address] = re.sub(r'(data-token|name="token" value)="\w+"', "", text)
    return pages


def differing(study: Study, coder: str) -> set[str]:
    one, other = walk(study, coder, *BLIND), walk(study, coder, *reversed(BLIND))
    return {address for address in one if one[address] != other[address]}


def test_every_route_that_is_read_is_walked(study) -> None:
    app = app_of(study, *BLIND)
    assert {r.path for r in app.routes if isinstance(r, APIRoute) and "GET" in r.methods} == set(ADDRESSES)


def test_no_page_shows_what_is_said_of_a_passage_to_who_codes_it_blind(study) -> None:
    assert differing(study, "ada") == set()
    for address, page in walk(study, "ada", *BLIND).items():
        assert "geheim" not in page.replace("geheim d", ""), address


def test_everybody_else_sees_it_on_each_of_those_pages(study) -> None:
    shown = {address.partition("?")[0] for address in differing(study, "cor")}
    assert shown >= {
        "/wachtrij", "/kaart", "/overzicht", f"/document/{DOCUMENT}", "/oneens", "/tweede", "/codeboek",
        "/cellen", "/cellen/kaart", "/spanningen", "/duiding", "/matrix", "/matrix/cel",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (f"/matrix/cel?{CELL}", {"seen": "s2", "text": "Anders."}),
        (
            "/matrix/cel?municipality=Veldmeer&theme=maat",
            {"seen": "s5", "text": "Zo.", "quote": f"{VERSION.id}:{STARTS[0]}:{STARTS[0] + 9}"},
        ),
        ("/duiding/join", {"doe": "wijzigen", "toelichting": "Anders."}),
        ("/duiding/join", {"doe": "intrekken"}),
        (
            "/duiding",
            {
                "links": f"{key(0)}@{STARTS[0]}-{STARTS[0] + 9}",
                "rechts": f"{key(4)}@{STARTS[4]}-{STARTS[4] + 9}",
                "relatie": "zelf_maat",
                "toelichting": "Zo.",
            },
        ),
    ],
)
def test_what_waits_for_blind_coding_is_not_written_about_either(study, path, data) -> None:
    for coder, expected in (("ada", 422), ("cor", 200)):
        client = TestClient(app_of(study, *BLIND))
        token = re.search(r'data-token="(\w+)"', client.get(f"/in/{coder}").text)[1]
        answer = client.post(path, data={"token": token, **data})
        assert answer.status_code == expected, (coder, answer.text[:300])
