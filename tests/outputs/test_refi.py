"""REFI-QDA: the project and codebook hold to the schema, and every selection is literally the coded words."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from codebook.model import Code, Codebook
from coding.model import Decision
from coding.snapshot import Assigned, Snapshot
from corpus.model import Municipality
from outputs.fragments import fragments
from outputs.refi import Choice, make_project, write_codebook, write_project
from outputs.refi.plain import plain

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "exchange" / "xsd"
Q = "{urn:QDA-XML:project:1.0}"
HOSTILE = 'Zo & <b>"zus"</b> \x00\x1b\ud800 \u202e../../x\r\n\ufffe'
ODD = "Cafe\u0301 🙂 met \U0001d5efeleid\r\nen\rmaatwerk\ufeff \x0c✔ tot slot"
anything = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\ufeff\u0301\x00\x0c\x85\u2028\ud800\uffff🙂𝗯")))


def written(snapshot: Snapshot, folder: Path, **choice: Any) -> tuple[etree._Element, dict[str, str]]:
    """Root of the project as read back from its file, and the text of every source by GUID."""
    path = write_project(make_project(snapshot, Choice(**choice)), folder / "proef.qdpx")
    with zipfile.ZipFile(path) as file:
        root = etree.fromstring(file.read("project.qde"))
        paths = {s.get("guid"): s.get("plainTextPath", "") for s in root.iter(f"{Q}TextSource")}
        assert {f"sources/{p.removeprefix('internal://')}" for p in paths.values()} | {"project.qde"} == set(
            file.namelist()
        )
        read = {str(g): file.read(f"sources/{p.removeprefix('internal://')}").decode() for g, p in paths.items()}
    return root, read


def coded(root: etree._Element, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Slice of the text, name of the code and of the coder, for every coding, in the order of the file."""
    codes = {c.get("guid"): c.get("name", "") for c in root.iter(f"{Q}Code")}
    users = {u.get("guid"): u.get("name", "") for u in root.iter(f"{Q}User")}
    return [
        (
            texts[source.get("guid", "")][int(s.get("startPosition", "")) : int(s.get("endPosition", ""))],
            codes[coding.find(f"{Q}CodeRef").get("targetGUID")],  # type: ignore[union-attr]  # the schema asks for one
            users[coding.get("creatingUser")],
        )
        for source in root.iter(f"{Q}TextSource")
        for s in source.iter(f"{Q}PlainTextSelection")
        for coding in s.iter(f"{Q}Coding")
    ]


def valid(schema: str, xml: bytes) -> None:
    if not SCHEMAS.exists():
        pytest.skip("../shared is not there: no schema to hold the file against")
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(etree.parse(io.BytesIO(xml)))


@pytest.fixture
def state(study: Any, town: Callable[..., Municipality]) -> Snapshot:
    plan = study.document("plan.pdf", ["Wij bieden maatwerk.", ODD, "Werk voor ieder."], title="Plan <&>")
    homes = [town("Oosterwal", "G40"), town("Lindeveen")]
    study.document("../" + HOSTILE.replace("\ud800", ""), ["Niets."], homes=homes, year=None, kind=None, title=HOSTILE)
    study.document("weg.pdf", ["Weg."], excluded="concept")
    study.suggest(plan, 0, "maatwerk")
    study.suggest(plan, 2, "participatie")
    study.suggest(plan, 2, "participatie.arbeid", "zeker")
    study.suggest(plan, 2, "preventie", "twijfel")
    study.decide(plan, 0, "maatwerk", "accept", "anna", "Ja: <helder> & " + HOSTILE)
    study.decide(plan, 0, "maatwerk", "accept", "bo")
    study.decide(plan, 1, "maatwerk", "accept", HOSTILE)
    study.decide(plan, 0, "preventie", "accept", "anna")
    study.decide(plan, 0, "preventie", "reject", "bo", "Nee")
    study.decide(plan, 0, "privacy", "reject", "bo", "Weg ermee")
    return study.snapshot()  # type: ignore[no-any-return]  # the study is a fixture's


def test_accepted_codings_go_along_by_default_each_by_its_coder(state: Snapshot, tmp_path: Path) -> None:
    found = coded(*written(state, tmp_path))
    assert [row[:2] for row in found] == [
        ("Wij bieden maatwerk.", "Maatwerk"),
        ("Wij bieden maatwerk.", "Maatwerk"),
        (plain(ODD), "Maatwerk"),
    ]
    assert [row[2] for row in found[:2]] == ["anna", "bo"]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("suggested",), {("Participatie", "rodedraad 0.1.0"), ("Arbeidsparticipatie", "rodedraad 0.1.0")}),
        (("oneens",), {("Preventie", "anna")}),
        (("oneens", "suggested"), {("Preventie", "anna")} | {
            (label, "rodedraad 0.1.0") for label in ("Participatie", "Arbeidsparticipatie")}),
    ],
)  # fmt: skip
def test_other_statuses_go_along_on_request_suggestions_as_the_programs(
    state: Snapshot, tmp_path: Path, statuses: Any, expected: set[tuple[str, str]]
) -> None:
    assert {row[1:] for row in coded(*written(state, tmp_path, statuses=statuses))} == expected


def test_a_rejected_code_is_no_coding(state: Snapshot) -> None:
    with pytest.raises(ValueError, match="geen codering"):
        make_project(state, Choice(statuses=("rejected",)))


def test_selections_are_the_quotes_of_the_table(state: Snapshot, tmp_path: Path) -> None:
    statuses = ("accepted", "suggested", "oneens")
    labels = {c.id: c.label for c in state.codebook}
    table = fragments(state, statuses=statuses)
    rows = {
        (plain(quote), labels[code])
        for quote, theme, subs in zip(table["quote"], table["theme"], table["sub_theme"], strict=True)
        for code in (theme, *filter(None, subs.split("; ")))
    }
    assert {row[:2] for row in coded(*written(state, tmp_path, statuses=statuses))} == rows


def test_a_fragment_keeps_its_own_bounds_and_tells_its_page(study: Any, tmp_path: Path) -> None:
    plan = study.document("plan.pdf", ["Eerst dit.", "Wij bieden maatwerk in de wijk."])
    made: Decision = study.decision(plan, 1, "maatwerk", "accept")
    start = made.start + len("Wij bieden ")
    study.decisions.append(replace(made, start=start, end=start + len("maatwerk"), quote="maatwerk"))
    root, texts = written(study.snapshot(), tmp_path)
    assert [row[0] for row in coded(root, texts)] == ["maatwerk"]
    [description] = root.iterfind(f".//{Q}PlainTextSelection/{Q}Description")
    assert description.text == "p. 2\nInleiding"


def test_a_sub_theme_in_dispute_counts_as_its_theme(study: Any, tmp_path: Path) -> None:
    plan = study.document("plan.pdf", ["Werk voor ieder."])
    study.decide(plan, 0, "participatie.arbeid", "accept", "anna")
    study.decide(plan, 0, "participatie", "accept", "bo")
    study.decide(plan, 0, "participatie.arbeid", "reject", "bo")
    judged = {row[1:] for row in coded(*written(study.snapshot(), tmp_path))}
    assert judged == {("Participatie", "anna"), ("Participatie", "bo")}
    both = {row[1:] for row in coded(*written(study.snapshot(), tmp_path, statuses=("accepted", "oneens")))}
    assert both == {("Arbeidsparticipatie", "anna"), ("Participatie", "bo")}


@pytest.mark.parametrize(("verdict", "coders"), [("accept", {"anna", "chef"}), ("reject", set())])
def test_the_last_word_on_a_disagreement_decides_what_goes_along(
    study: Any, tmp_path: Path, verdict: Any, coders: set[str]
) -> None:
    plan = study.document("plan.pdf", ["Wij bieden maatwerk."])
    study.decide(plan, 0, "maatwerk", "accept", "anna")
    study.decide(plan, 0, "maatwerk", "reject", "bo")
    study.decisions.append(replace(study.decision(plan, 0, "maatwerk", verdict, "chef"), manner="adjudication"))
    assert {row[2] for row in coded(*written(study.snapshot(), tmp_path))} == coders


def test_a_fragment_that_runs_into_a_passage_to_be_coded_blind_stays_out(study: Any, tmp_path: Path) -> None:
    plan = study.document("plan.pdf", ["Wij bieden maatwerk.", "Ook in de wijk."])
    study.decide(plan, 0, "maatwerk", "accept", "anna")
    made, second = study.decision(plan, 0, "maatwerk", "accept", "bo", "Tot in de wijk"), study.passages[plan][1]
    study.decisions.append(replace(made, end=second.end, quote=study.versions[plan].text[: second.end]))
    held = replace(study.snapshot(), assigned=(Assigned(1, plan, second.start, second.text, "cy", blind=True),))
    root, texts = written(held, tmp_path, coder="cy")
    assert [row[0] for row in coded(root, texts)] == ["Wij bieden maatwerk."]
    assert list(root.iter(f"{Q}Note")) == []
    assert len(coded(*written(held, tmp_path))) == 2


def test_memos_are_notes_at_their_selection(state: Snapshot, tmp_path: Path) -> None:
    root, _ = written(state, tmp_path, statuses=("accepted", "oneens"))
    notes = {n.get("guid"): n for n in root.iter(f"{Q}Note")}
    assert {n.get("name") for n in notes.values()} == {
        "Memo van anna bij Maatwerk (aanvaard)",
        "Memo van bo bij Preventie (verworpen)",
    }
    referred = [r.get("targetGUID") for r in root.iterfind(f".//{Q}PlainTextSelection/{Q}NoteRef")]
    assert sorted(map(str, referred)) == sorted(map(str, notes))
    assert any("<helder> & " in (n.findtext(f"{Q}PlainTextContent") or "") for n in notes.values())


def test_municipalities_are_cases_and_what_is_known_are_variables(state: Snapshot, tmp_path: Path) -> None:
    root, texts = written(state, tmp_path)
    cases = {c.get("name"): [r.get("targetGUID") for r in c.iter(f"{Q}SourceRef")] for c in root.iter(f"{Q}Case")}
    assert {name: len(refs) for name, refs in cases.items()} == {"Lindeveen": 2, "Oosterwal": 1}
    assert {r for refs in cases.values() for r in refs} == set(texts)
    names = {v.get("guid"): v.get("name") for v in root.iter(f"{Q}Variable")}
    [plan] = [s for s in root.iter(f"{Q}TextSource") if "Plan" in s.get("name", "")]
    values = {names[v[0].get("targetGUID")]: v[1].text for v in plan.iter(f"{Q}VariableValue")}
    assert values == {"gemeente": "Lindeveen", "jaar": "2024", "documentsoort": "beleidsplan", "in de analyse": "true"}


def test_filters_choose_theme_and_municipality(state: Snapshot, tmp_path: Path) -> None:
    every = ("accepted", "suggested", "oneens")
    part = coded(*written(state, tmp_path, statuses=every, theme="participatie.arbeid"))
    assert [row[1] for row in part] == ["Arbeidsparticipatie"]
    root, texts = written(state, tmp_path, municipality="oosterwal")
    assert (len(texts), coded(root, texts)) == (1, [])


def test_what_a_coder_is_to_code_blind_stays_out_with_its_memos_also_without_names(
    state: Snapshot, tmp_path: Path
) -> None:
    first = state.passages[state.documents[0].id][0]
    held = replace(state, assigned=(Assigned(1, state.documents[0].id, first.start, first.text, "cy", blind=True),))
    for anonymous in (False, True):
        root, texts = written(held, tmp_path, coder="cy", anonymous=anonymous, statuses=("accepted", "oneens"))
        assert [row[0] for row in coded(root, texts)] == [plain(ODD)]
        assert list(root.iter(f"{Q}Note")) == []
        assert len(coded(*written(held, tmp_path, coder="bo", anonymous=anonymous))) == 3


def test_without_names_no_municipality_document_or_coder_is_named(study: Any, tmp_path: Path) -> None:
    plan = study.document("Visie Lindeveen.pdf", ["Voorin: Lindeveen.", "In Lindeveen is maatwerk."], title="Visie L")
    study.decide(plan, 1, "maatwerk", "accept", "Anna de Vries", "Zo doet Lindeveen dat")
    project = make_project(study.snapshot(), Choice(anonymous=True))
    for text in (project.xml.decode(), *project.texts.values()):
        assert not any(name in text for name in ("Lindeveen", "Visie L", "Anna"))
    for municipality in (None, "lindeveen"):
        found = coded(*written(study.snapshot(), tmp_path, anonymous=True, municipality=municipality))
        assert [row[:2] for row in found] == [("In [gemeente] is maatwerk.", "Maatwerk")]


@pytest.mark.shared
@pytest.mark.parametrize("statuses", [("accepted",), ("accepted", "suggested", "oneens")])
@pytest.mark.parametrize("anonymous", [False, True])
def test_the_project_holds_to_the_schema(state: Snapshot, statuses: Any, anonymous: bool) -> None:
    valid("Project.xsd", make_project(state, Choice(statuses=statuses, anonymous=anonymous)).xml)


@pytest.mark.shared
def test_an_empty_study_holds_to_the_schema(study: Any) -> None:
    valid("Project.xsd", make_project(study.snapshot(), Choice()).xml)


def test_the_codebook_nests_its_codes_with_all_they_tell(tmp_path: Path) -> None:
    codes = (
        Code("werk.sub", "main", "Werk", "Sub.", colour="rood"),
        Code("werk", "main", "Werk", HOSTILE, includes=("banen",), excludes=("vakantie",), colour="#0072b2"),
        Code("hulp", "auxiliary", "Hulp", "", examples=("een", "twee")),
    )
    book = Codebook("klein", "1", "nl", "Klein", codes)
    data = write_codebook(book, "rodedraad 0.1.0", tmp_path / "klein.qdc").read_bytes()
    root = etree.fromstring(data)
    namespace = "{urn:QDA-XML:codebook:1.0}"
    top = root.findall(f"{namespace}Codes/{namespace}Code")
    assert [(c.get("name"), c.get("color")) for c in top] == [("Werk (werk)", "#0072b2"), ("Hulp", "#777777")]
    assert [(c.get("name"), c.get("color")) for c in top[0].iter(f"{namespace}Code")][1:] == [("Werk (werk.sub)", None)]
    assert (top[0].findtext(f"{namespace}Description") or "").endswith("Omvat:\n- banen\n\nNiet:\n- vakantie")
    assert top[1].findtext(f"{namespace}Description") == "Voorbeelden:\n- een\n- twee\n\nHulpcode."
    with pytest.raises(ValueError, match="geen codes"):
        write_codebook(replace(book, codes=()), "x", tmp_path / "leeg.qdc")


@pytest.mark.shared
def test_the_codebook_holds_to_the_schema(state: Snapshot, tmp_path: Path) -> None:
    valid("Codebook.xsd", write_codebook(state.codebook, HOSTILE, tmp_path / "proef.qdc").read_bytes())


def test_the_same_study_gives_the_same_bytes(state: Snapshot, tmp_path: Path) -> None:
    one, two = (write_project(make_project(state, Choice()), tmp_path / n).read_bytes() for n in ("a.qdpx", "b.qdpx"))
    assert one == two


def test_what_had_to_be_replaced_is_counted(state: Snapshot) -> None:
    assert make_project(state, Choice()).replaced == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a \nb c\nd"),
        ("\ufeffkop", "\u2060kop"),
        ("cafe\u0301 ✔ \u202f", "cafe\u0301 ✔ \u202f"),
        ("🙂 𝗯 \x0c\x00\ud800", "\ufffd b   \ufffd"),
    ],
)
def test_plain_text_keeps_what_every_program_counts_alike(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(anything, anything)
def test_a_part_of_a_text_is_changed_as_it_is_in_the_whole(one: str, other: str) -> None:
    assert plain(one + other) == plain(one) + plain(other)


@given(anything)
def test_every_character_stays_one_in_code_points_and_utf_16(text: str) -> None:
    made = plain(text)
    assert len(made) == len(text) == len(made.encode("utf-16-le")) // 2
    assert "\r" not in made
    assert made.encode().decode("utf-8-sig") == made == plain(made)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(anything.filter(lambda t: t.strip() != ""), min_size=1, max_size=4))
def test_every_selection_slices_its_quote_whatever_the_text(study: Any, tmp_path: Path, texts: list[str]) -> None:
    made = type(study)()
    plan = made.document("plan.pdf", texts)
    for i, _ in enumerate(texts):
        made.decide(plan, i, "maatwerk", "accept")
    found = coded(*written(made.snapshot(), tmp_path))
    assert [row[0] for row in found] == [plain(text) for text in texts]
