"""Verbs of people's decisions: review, coder, log, agree; and evaluate."""

import csv
import hashlib
import io
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coding.cli import app
from coding.store import assignments, open_store
from corpus.study import open_study

httpx = pytest.importorskip("httpx", reason="the extra [web] and its test client are not installed")
pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
PLAN = "# Plan\n\nHulp is dichtbij, in de wijk, en op maat van het gezin. Wij bieden maatwerk.\n\nTot slot.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("gemaakt")
    (base / "zeist").mkdir()
    (base / "zeist" / "plan 2024.md").write_text(PLAN, encoding="utf-8")
    assert run("run", base / "zeist", "--study", base / "studie").exit_code == 0
    return base / "studie"


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    """A study of one plan, coded and reported: a copy for each test."""
    return Path(shutil.copytree(made, tmp_path / "studie"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(study: Path, *options: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-c", "from coding.cli import main; main()", "review", str(study), "--no-browser"]
    process = subprocess.Popen([*command, "--port", str(port), *options], stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(address, timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, process.communicate()[1]
                time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def accept_first(client: "httpx.Client", address: str) -> None:
    page = client.get(f"{address}/wachtrij", follow_redirects=True)
    token, card, code = (
        re.search(rf'data-{name}="([^"]+)"', page.text)[1]  # type: ignore[index]  # it is there, or the test fails
        for name in ("token", "card", "code")
    )
    form = {"token": token, "card": card, "code": code, "verdict": "accept"}
    assert client.post(f"{address}/beslis", data=form).status_code == 200


def logged(study: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("log", study).stdout)))


def test_one_process_at_a_time_serves_a_study_and_a_second_is_told_who(study: Path) -> None:
    with serving(study, "--coder", "Noor") as address:
        assert httpx.get(f"{address}/wachtrij", follow_redirects=True).status_code == 200
        second = run("review", study, "--no-browser", "--port", free_port())
        assert second.exit_code == 1
        assert address.removeprefix("http://") in str(second.exception) + second.stderr
    with serving(study, "--coder", "Noor") as address:
        assert httpx.get(address, follow_redirects=True).status_code == 200


def test_a_decision_on_the_page_is_in_the_log_with_who_and_what(study: Path) -> None:
    with serving(study, "--coder", "Noor") as address, httpx.Client() as client:
        accept_first(client, address)
    [event] = logged(study)
    assert (event["coder"], event["verdict"]) == ("Noor", "accept")
    assert event["quote"] in PLAN


def test_a_personal_link_opens_the_page_until_it_is_revoked(study: Path) -> None:
    link = run("coder", "add", study, "Bo").stdout.strip()
    key = link.rpartition("/")[2]
    with serving(study) as address, httpx.Client(follow_redirects=True) as client:
        assert httpx.get(f"{address}/wachtrij").status_code == 401
        assert client.get(f"{address}/in/{key}").status_code == 200
        accept_first(client, address)
        assert run("coder", "revoke", study, "Bo").exit_code == 0
        assert client.get(f"{address}/wachtrij").status_code == 401
    assert [event["coder"] for event in logged(study)] == ["Bo"]


def test_other_machines_may_come_in_by_link_only(study: Path) -> None:
    result = run("review", study, "--host", "192.0.2.1", "--no-browser")
    assert result.exit_code == 2
    assert "rodedraad coder add" in result.stderr


def test_revoking_a_link_that_is_not_there_says_so_and_gives_1(study: Path) -> None:
    assert run("coder", "revoke", study, "Niemand").exit_code == 1


def decide(study: Path, coder: str, verdict: str, folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", study, "--to", "csv").stdout)))
    path = folder / f"{coder}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "decision": verdict} for row in rows)
    assert run("decide", study, path, "--coder", coder).exit_code == 0


def test_agree_gives_a_row_a_theme_once_two_coders_judged(study: Path, tmp_path: Path) -> None:
    decide(study, "Noor", "accept", tmp_path)
    assert run("agree", study, "--anchored").exit_code == 1
    decide(study, "Bo", "accept", tmp_path)
    blind = run("agree", study)
    assert blind.exit_code == 1
    assert "blinde coderingen" in blind.stderr
    result = run("agree", study, "--anchored", "--csv")
    assert result.exit_code == 0
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert len(rows) == 11
    assert rows["maatwerk"]["percent"] == "1.0"
    assert (rows["maatwerk"]["coders"], rows["maatwerk"]["blind"]) == ("Bo; Noor", "nee")
    assert "ook coderingen met voorstellen in beeld" in run("agree", study, "--anchored").stdout


def test_codings_from_elsewhere_are_taken_in_and_compared(study: Path, tmp_path: Path) -> None:
    table = tmp_path / "atlas.csv"
    table.write_text("Document;Citaat;Code\nplan 2024.md;Wij bieden maatwerk.;Maatwerk\n", encoding="cp1252")
    for coder in ("Noor", "Bo"):
        taken = run("import-codings", study, table, "--coder", coder, "--blind", "--complete")
        assert taken.exit_code == 0
        assert f"1 coderingen van {coder} opgenomen, 0 waren al bekend; 0 van 1 rijen" in taken.stderr
    assert "Codeurs: Bo, Noor." in run("agree", study).stdout
    assert run("agree", study, "--coders", "Nora").exit_code == 2
    table.write_text("Document;Citaat;Code\nplan 2024.md;Staat er niet;Maatwerk\n", encoding="utf-8")
    wrong = run("import-codings", study, table, "--coder", "Noor")
    assert wrong.exit_code == 1
    assert "atlas.csv, rij 2: het fragment staat niet letterlijk in het document" in wrong.stderr


def test_assign_hands_out_to_named_coders_and_tells_how_far_they_are(study: Path) -> None:
    assert run("assign", study).exit_code == 1
    assert run("assign", study, "--double", "--coders", "Ada").exit_code == 2
    given = run("assign", study, "--sample", 2, "--double", "--coders", "Ada, Bo", "--coders", "Cy")
    assert given.exit_code == 0
    assert "2 passages uitgedeeld aan Ada, Bo, Cy, elk aan twee" in given.stderr
    assert "0 van 1" in run("assign", study).stdout
    assert "4 blinde coderingen" in run("assign", study, "--drop").stderr
    assert run("assign", study).exit_code == 1
    for names in ("Ada,Bo", "Bo"):  # dividing again takes the place of the earlier shares
        assert run("assign", study, "--coders", names).exit_code == 0
    assert "Ada" not in run("assign", study).stdout


def test_export_for_a_coder_leaves_out_what_is_to_be_coded_blind(study: Path) -> None:
    def rows(*options: str) -> list[tuple[str, str]]:
        text = run("export", study, "--to", "csv", *options).stdout
        return [(row["quote"], row["theme"]) for row in csv.DictReader(io.StringIO(text))]

    everything = rows()
    run("assign", study, "--sample", 2, "--double", "--coders", "Ada,Bo")
    with closing(open_store(open_study(study))) as store:
        held = {a.quote for a in assignments(store)}
    assert rows("--coder", "Ada") == [row for row in everything if row[0] not in held]
    assert len(rows("--coder", "Ada")) < len(everything)
    assert rows("--coder", "Cy") == everything == rows()


def test_a_frozen_version_stays_as_it_is_when_work_goes_on(study: Path, tmp_path: Path) -> None:
    frozen = Path(run("freeze", study, "artikel 1").stdout.strip())
    manifest = json.loads((frozen / "manifest.json").read_text())
    decide(study, "Noor", "accept", tmp_path)
    assert run("report", study).exit_code == 0
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((frozen / name).read_bytes()).hexdigest() == digest
    assert {"study.db", "codebook.toml", "metadata.csv", "outputs/report.html"} <= manifest["files"].keys()
    assert run("status", frozen).exit_code == 0
    again = run("freeze", study, "artikel 1")
    assert again.exit_code == 1
    assert run("freeze", study, "../weg").exit_code == 1


BOOK = Path(__file__).parents[1] / "codebook" / "klimaat.toml"
"""Of its own, so that the model is not learned from all passages of the project's."""


def gold(folder: Path) -> Path:
    path = folder / "gold.jsonl"
    texts = {
        "water": "De wadi vangt het regenwater op en de kelder blijft droog.",
        "groen": "Er komen bomen langs de singel en klimop aan de gevel.",
    }
    rows = [
        {"id": f"{town}{theme}{i}", "text": f"{text} ({i})", "themas": [theme], "municipality": town}
        for town in ("A", "B", "C")
        for theme, text in texts.items()
        for i in range(6)
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_evaluate_prints_figures_per_theme_and_as_json(tmp_path: Path) -> None:
    path = gold(tmp_path)
    assert "macro-F1" in run("evaluate", path, "--dictionary").stdout
    run_it = run("evaluate", path, "--leave-out", "municipality", "--json", "--codebook", BOOK)
    found = json.loads(run_it.stdout)
    by_code = {theme["code"]: theme for theme in found["themes"]}
    assert (by_code["water"]["n"], by_code["groen"]["n"], by_code["hitte"]["n"]) == (18, 18, 0)
    assert by_code["water"]["f1"]["value"] > 0.8


@pytest.mark.parametrize("line", ["{}", "geen json", '{"id": 1, "text": "x", "themas": []}'])
def test_evaluate_names_the_line_that_is_wrong(tmp_path: Path, line: str) -> None:
    (tmp_path / "gold.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    result = run("evaluate", tmp_path / "gold.jsonl")
    assert result.exit_code == 1
    assert "regel 2" in str(result.exception)


def judge_cell(client: "httpx.Client", address: str, verdict: str, code: str) -> str:
    page = client.get(f"{address}/cellen?municipality=Zeist&theme={code}").text
    token, card = (re.search(rf'data-{name}="([^"]+)"', page)[1] for name in ("token", "card"))  # type: ignore[index]  # it is there
    form = {"token": token, "card": card, "code": code, "verdict": verdict}
    return client.post(f"{address}/cellen/beslis?municipality=Zeist&theme={code}", data=form).text


def test_cells_and_summaries_are_in_the_log_and_the_matrix(study: Path, tmp_path: Path) -> None:
    with serving(study, "--coder", "Noor", "--cells") as address, httpx.Client(follow_redirects=True) as client:
        judge_cell(client, address, "accept", "maatwerk")
        for _ in range(3):
            said = judge_cell(client, address, "reject", "preventie")
            if "niet gevonden (alles gelezen)" in said:
                break
        cell = f"{address}/matrix/cel?municipality=Zeist&theme=maatwerk"
        page = client.get(cell).text
        token, quote = (
            re.search(rf'{name}" [^>]*?value="([^"]+)"', page)[1] for name in ('name="token', 'name="quote')
        )  # type: ignore[index]  # it is there
        client.post(cell, data={"token": token, "seen": "", "text": "Op maat.", "quote": quote})
    events = logged(study)
    assert {e["verdict"] for e in events} == {"accept", "reject", "not_found", "summary"}
    found = next(e for e in events if e["verdict"] == "not_found")
    assert (found["coder"], found["code"], found["municipality"]) == ("Noor", "preventie", "Zeist")
    assert "seed 0, 1 documents" in found["memo"]
    written = next(e for e in events if e["verdict"] == "summary")
    assert (written["memo"], written["municipality"]) == ("Op maat.", "Zeist")
    assert written["quote"] in PLAN
    rows = list(csv.DictReader(io.StringIO(run("matrix", study, "--to", "csv", "--theme", "maatwerk").stdout)))
    assert [(r["municipality"], r["state"], r["summary"], r["quotes"]) for r in rows] == [
        ("Zeist", "genoemd", "Op maat.", "1")
    ]
    for form in ("docx", "xlsx"):
        out = tmp_path / f"matrix.{form}"
        assert run("matrix", study, "--to", form, "--out", out).exit_code == 0
        assert out.stat().st_size > 5000


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--to", "csv", "--theme", "weg"), "het codeboek heeft geen code 'weg'"),
        (("--to", "xlsx", "--out", "m.xlsx", "--template", "huis.docx"), "een sjabloon hoort bij --to docx"),
    ],
)
def test_matrix_refuses_what_it_cannot_do(study: Path, options: tuple[str, ...], message: str) -> None:
    result = run("matrix", study, *options)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())
