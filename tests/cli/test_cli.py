"""The command line's contract: verbs, streams, exit codes, messages; on small studies of our own and on the demo."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from typer.main import get_command
from typer.testing import CliRunner, Result

from coding.cli import app

VERBS = {
    *("demo", "run", "new", "add", "code", "report", "status", "passages", "tag", "export", "search", "decide"),
    *("codebook show", "codebook check", "review", "coder add", "coder revoke", "log"),
    *("agree", "evaluate", "train", "sample", "freeze", "compare", "figures"),
}
HEAVY = ("pandas", "spacy", "sklearn", "pdfplumber", "matplotlib", "numpy", "lxml", "openpyxl", "xlsxwriter", "docx")
PLAN = """\
# Beleidsplan {name} 2024

## Toegang

Hulp is dichtbij, in de wijk, en op maat van het gezin. Wij bieden maatwerk.

We gaan uit van eigen kracht en zelfredzaamheid van inwoners.
"""


def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def shell(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from coding.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, **options)  # type: ignore[call-overload, no-any-return]  # options of run


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "documenten"
    for name in ("zeist", "dalfsen"):
        (folder / name).mkdir(parents=True)
        (folder / name / "plan 2024.md").write_text(PLAN.format(name=name.title()), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def demo(demo_run: tuple[Path, Result], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo study, to which the tests here add outputs."""
    return Path(shutil.copytree(demo_run[0], tmp_path_factory.mktemp("demo") / "demo-study"))


def all_commands() -> dict[str, object]:
    found: dict[str, object] = {}
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]  # a group
        found |= {f"{name} {n}": c for n, c in getattr(command, "commands", {}).items()} or {name: command}
    return found


def test_every_verb_of_the_contract_is_there() -> None:
    assert set(all_commands()) >= VERBS


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_of_every_verb_ends_in_an_example(verb: str) -> None:
    result = run(*verb.split(), "--help")
    assert result.exit_code == 0
    last = " ".join(result.stdout.strip().split("\n\n")[-1].split())
    assert last.startswith("Example: ")
    assert f"rodedraad {verb}" in last


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, coding.cli\n"
        "sys.argv = ['rodedraad', '--help']\n"
        "try: coding.cli.main()\nexcept SystemExit: pass\n"
        f"sys.exit(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == ""
    assert "Commands:" in done.stdout


@pytest.mark.parametrize(
    "line",
    ["", "rnu docs --study s", "run docs", "run docs --study s --colour", "status", "export s", "export s --to pdf",
     "tag --threshold 2", "passages", "codebook", "search s", "decide s f.xlsx"],
)  # fmt: skip
def test_wrong_usage_ends_with_2(line: str) -> None:
    result = run(*shlex.split(line))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("rnu docs", "Er is geen commando 'rnu'. Bedoelt u 'run'?"),
        ("add", "Er ontbreekt nog: folder."),
        ("run docs", "De optie --study ontbreekt."),
        ("export s", "De optie --to ontbreekt. Kies uit csv, xlsx"),
        ("status s --colour", "Er is geen optie --colour."),
        ("status s --stdy x", "Er is geen optie --stdy."),
        ("demo a b", "Dit hoort hier niet: b. Staat er een spatie in een naam, zet die dan tussen aanhalingstekens."),
        ("agree s --unit", "Achter --unit hoort een waarde."),
        ("report s --format pdf", "--format: 'pdf' kan niet; kies uit 'html', 'docx', 'md'."),
        ("review s --port een", "--port: geef een geheel getal."),
        ("review s --port 99999", "--port: geef een getal van hoogstens 65535."),
        ("search s wijk --regex --lemma", "--regex / --lemma: kies er een"),
    ],
)
def test_wrong_usage_is_told_in_dutch_with_the_way_to_help(line: str, told: str) -> None:
    result = run(*shlex.split(line))
    assert result.exit_code == 2
    assert result.stderr.startswith(told)
    assert not re.search(r"Error|Missing|Invalid|No such|Try ", result.stderr)


@pytest.mark.parametrize(
    "verb", ["status {}", "code {}", "report {}", "add {} x.md", "search {} wijk", "export {} --to csv"]
)
def test_folder_that_is_no_study_gives_one_line_and_1(tmp_path: Path, verb: str) -> None:
    done = shell(*verb.format(tmp_path).split())
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(r".*geen studie\. Maak er een met .*\n", done.stderr)


def test_unexpected_error_gives_one_line_and_a_traceback_only_on_request(docs: Path, tmp_path: Path) -> None:
    run("new", tmp_path / "s")
    (tmp_path / "s" / "study.db").mkdir()
    done = shell("status", tmp_path / "s")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Traceback" in shell("--debug", "status", tmp_path / "s").stderr


def test_step_by_step_comes_to_the_same_as_run(docs: Path, tmp_path: Path) -> None:
    one, steps = tmp_path / "run", tmp_path / "steps"
    assert run("run", docs, "--study", one).exit_code == 0
    for arguments in (["new", steps], ["add", steps, docs], ["code", steps], ["report", steps]):
        assert run(*arguments).exit_code == 0
    assert (one / "outputs" / "coverage.csv").read_text() == (steps / "outputs" / "coverage.csv").read_text()
    assert {p.name for p in (one / "outputs").iterdir()} >= {"report.html", "codings.xlsx", "fragments.csv"}


def test_run_prints_the_report_only_and_a_second_run_codes_nothing(docs: Path, tmp_path: Path) -> None:
    first = run("run", docs, "--study", tmp_path / "s")
    assert first.stdout == f"{tmp_path / 's' / 'outputs' / 'report.html'}\n"
    assert "2 documenten gecodeerd" in first.stderr
    second = run("run", docs, "--study", tmp_path / "s")
    assert second.stdout == first.stdout
    assert "0 bestanden gelezen, 2 waren er al" in second.stderr
    assert "Alles was al gecodeerd." in second.stderr


def test_file_that_fails_gives_a_line_and_1_and_the_report_is_written(docs: Path, tmp_path: Path) -> None:
    (docs / "zeist" / "kapot.pdf").write_bytes(b"%PDF-1.7\nkapot")
    (docs / "leeg.docx").write_bytes(b"")
    for _ in range(2):
        result = run("run", docs, "--study", tmp_path / "s")
        assert result.exit_code == 1
        assert sum(line.startswith(("leeg.docx: ", "zeist/kapot.pdf: ")) for line in result.stderr.splitlines()) == 2
        assert (tmp_path / "s" / "outputs" / "report.html").exists()
    assert run("status", tmp_path / "s").stdout.count("mislukt") == 2


def test_preview_tells_what_an_edited_codebook_would_change_and_changes_nothing(docs: Path, tmp_path: Path) -> None:
    study = tmp_path / "studie"
    run("run", docs, "--study", study)
    codebook = study / "codebook.toml"
    before = codebook.read_text(encoding="utf-8")
    codebook.write_text(before + '\n[[code]]\nid = "gezin"\nlabel = "Gezin"\nstrong = ["het gezin"]\n', "utf-8")
    for _ in range(2):
        result = run("code", study, "--preview")
        assert [line[:30] for line in result.stdout.splitlines()] == [
            "gezin: 2 erbij, 0 eraf (0 al b",
            "  + dalfsen/plan 2024.md: Hulp",
            "  + zeist/plan 2024.md: Hulp i",
        ]
    codebook.write_text(before, encoding="utf-8")
    assert "Er verandert niets" in run("code", study, "--preview").stderr


def test_missing_file_is_named(docs: Path, tmp_path: Path) -> None:
    result = run("run", docs, tmp_path / "weg.pdf", "--study", tmp_path / "s")
    assert result.exit_code == 1
    assert "weg.pdf: " in result.stderr


def test_existing_study_is_not_made_again(tmp_path: Path) -> None:
    assert run("new", tmp_path / "s").exit_code == 0
    done = shell("new", tmp_path / "s")
    assert (done.returncode, done.stdout) == (1, "")
    assert "hier staat al een studie" in done.stderr


def test_broken_codebook_is_named_with_its_line_and_makes_no_study(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "boek.toml").write_text('[codebook]\nname = "a"\n[[code]]\nlabel = "Zonder id"\n')
    done = shell("run", docs, "--study", tmp_path / "s", "--codebook", tmp_path / "boek.toml")
    assert done.returncode == 1
    assert "boek.toml, regel 3" in done.stderr
    assert not (tmp_path / "s").exists()
    assert run("codebook", "check", tmp_path / "boek.toml").exit_code == 1


def test_bundled_codebook_is_in_order_and_shown() -> None:
    assert run("codebook", "check").exit_code == 0
    shown = run("codebook", "show").stdout
    assert "professionele_ruimte" in shown
    assert "efficientie_effectiviteit" in shown


def test_demo_says_where_the_report_is_and_shows_coverage(demo_run: tuple[Path, Result]) -> None:
    folder, result = demo_run
    assert result.exit_code == 0
    assert f"Het rapport: {folder / 'outputs' / 'report.html'}" in result.stdout
    assert "Zilverhorn" in result.stdout
    assert "Maatwerk" in result.stdout


def test_status_counts_what_is_there(demo: Path) -> None:
    lines = run("status", demo).stdout.splitlines()
    assert "documenten    9, waarvan 9 meetellen" in lines
    assert any(re.match(r"coderingen    [1-9]\d* voorgesteld, 0 bevestigd, 0 verworpen", line) for line in lines)


def test_export_to_csv_filters(demo: Path) -> None:
    result = run("export", demo, "--to", "csv", "--theme", "maatwerk", "--municipality", "Veldmeer")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows
    assert {row["theme"] for row in rows} == {"maatwerk"}
    assert all("Veldmeer" in row["municipality"] for row in rows)
    assert f"{len(rows)} fragmenten" in result.stderr


def test_export_to_xlsx_on_stdout_is_a_workbook(demo: Path) -> None:
    result = run("export", demo, "--to", "xlsx", "--status", "suggested")
    sheet = openpyxl.load_workbook(io.BytesIO(result.stdout_bytes))["fragments"]
    assert sheet.max_row > 50


def test_export_to_qdpx_holds_the_fragments_of_the_table(demo: Path, tmp_path: Path) -> None:
    rows = csv.DictReader(io.StringIO(run("export", demo, "--to", "csv", "--status", "suggested").stdout))
    table = {(row["quote"], row["theme_label"]) for row in rows}
    result = run("export", demo, "--to", "qdpx", "--status", "suggested", "--out", tmp_path / "demo.qdpx")
    assert re.fullmatch(r"\d+ fragmenten met \d+ coderingen in \d+ documenten\.\n", result.stderr)
    q = "{urn:QDA-XML:project:1.0}"
    with zipfile.ZipFile(tmp_path / "demo.qdpx") as file:
        root = etree.fromstring(file.read("project.qde"))
        themes = {c.get("guid"): c.get("name") for c in root.iterfind(f"{q}CodeBook/{q}Codes/{q}Code")}
        found = set()
        for source in root.iter(f"{q}TextSource"):
            text = file.read(f"sources/{source.get('guid')}.txt").decode()
            for selection in source.iter(f"{q}PlainTextSelection"):
                quote = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
                codes = [themes.get(ref.get("targetGUID")) for ref in selection.iter(f"{q}CodeRef")]
                found |= {(quote, code) for code in codes if code}
    assert found == table


def test_export_to_qdpx_without_decisions_says_how_to_take_suggestions(docs: Path, tmp_path: Path) -> None:
    assert run("new", tmp_path / "s").exit_code == 0
    assert "--status suggested" in run("export", tmp_path / "s", "--to", "qdpx", "--out", tmp_path / "x.qdpx").stderr


def test_export_to_qdc_is_the_codebook(demo: Path) -> None:
    result = run("export", demo, "--to", "qdc")
    assert etree.fromstring(result.stdout_bytes).tag == "{urn:QDA-XML:codebook:1.0}CodeBook"


@pytest.mark.parametrize(
    "options",
    ["--to qdc --status accepted", "--to qdpx --status rejected", "--to csv --anonymous", "--to qdpx --theme x"],
)
def test_export_refuses_options_that_do_not_go_together(demo: Path, options: str) -> None:
    result = run("export", demo, *options.split())
    assert (result.exit_code, result.stdout) == (2, "")


def test_export_of_an_unknown_theme_is_wrong_usage(demo: Path) -> None:
    result = run("export", demo, "--to", "csv", "--theme", "maatwrk")
    assert result.exit_code == 2
    assert "maatwrk" in result.stderr


def test_search_shows_keyword_in_context_with_its_place(demo: Path) -> None:
    result = run("search", demo, "eigen kracht*")
    lines = result.stdout.splitlines()
    assert lines
    assert len({line.index("[") for line in lines}) == 1
    assert all(re.search(r"\[eigen kracht\w*\]", line, re.I) for line in lines)
    assert all(re.search(r", p\. \d+$|\.docx$", line) for line in lines)
    table = list(csv.DictReader(io.StringIO(run("search", demo, "eigen kracht*", "--csv").stdout)))
    assert len(table) == len(lines)


@pytest.mark.parametrize("arguments", [("(", "--regex"), ("",), ("x", "--regex", "--lemma")])
def test_search_for_a_pattern_that_is_none_is_wrong_usage(demo: Path, arguments: tuple[str, ...]) -> None:
    assert run("search", demo, *arguments).exit_code == 2


def test_compare_answers_in_a_sentence_first_and_ends_with_its_page(demo: Path) -> None:
    result = run("compare", demo, "--by", "municipality", "--groups", "veldmeer", "overige")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith(("Het duidelijkst is het verschil bij", "Bij geen enkel thema houdt een verschil stand"))
    assert any(re.fullmatch(r"aandeel +Veldmeer +overige", line) for line in lines)
    page = Path(lines[-1])
    assert page == demo / "outputs" / "comparisons" / "vergelijking-gemeente-veldmeer-overige.html"
    assert "Veldmeer" in page.read_text(encoding="utf-8")


def test_compare_names_the_groups_there_are(demo: Path) -> None:
    result = shell("compare", demo, "--by", "kind", "--groups", "begroting", "gedicht")
    assert (result.returncode, result.stdout) == (1, "")
    assert "Er is geen groep 'gedicht'; wel: begroting, beleidsplan" in result.stderr


def test_figures_and_markdown_are_written_where_asked(demo: Path, tmp_path: Path) -> None:
    listed = Path(run("figures", demo, "--out", tmp_path / "paper").stdout.strip())
    assert listed == tmp_path / "paper" / "figuren.csv"
    names = [row["figure"] for row in csv.DictReader(listed.read_text(encoding="utf-8-sig").splitlines())]
    assert {"kaart", "staven", "wat-hoe", "vergelijking-soort"} <= set(names)
    assert all((listed.parent / f"{name}.{kind}").exists() for name in names for kind in ("svg", "png", "csv"))
    written = Path(run("report", demo, "--format", "md", "--out", tmp_path / "md").stdout.strip())
    assert written == tmp_path / "md" / "report.md"
    assert "## Vergelijken" in written.read_text(encoding="utf-8")


def test_decisions_made_in_the_workbook_count_in_the_next_report(demo: Path, tmp_path: Path) -> None:
    folder = demo
    book = openpyxl.load_workbook(folder / "outputs" / "codings.xlsx")
    sheet = book["fragments"]
    header = [cell.value for cell in sheet[1]]
    for row in range(2, 7):
        sheet.cell(row, header.index("decision") + 1).value = "accept"
    sheet.cell(7, header.index("decision") + 1).value = "wie weet"
    book.save(tmp_path / "mijn.xlsx")
    result = run("decide", folder, tmp_path / "mijn.xlsx", "--coder", "A. de Vries")
    assert result.exit_code == 1
    assert "rij 7: decision 'wie weet'" in result.stderr
    assert "5 beslissingen opgenomen" in result.stderr
    assert "5 bevestigd" in run("status", folder).stdout
    assert run("report", folder, "--anonymous", "--out", tmp_path / "anoniem").exit_code == 0
    assert "Veldmeer" not in (tmp_path / "anoniem" / "report.html").read_text()
    accepted = run("export", folder, "--to", "csv", "--status", "accepted").stdout
    assert len(list(csv.DictReader(io.StringIO(accepted)))) == 5


def passages_of(*arguments: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("passages", *arguments).stdout.splitlines()]


def test_passages_have_the_keys_of_the_contract(docs: Path) -> None:
    rows = passages_of(docs / "zeist" / "plan 2024.md")
    assert list(rows[0]) == [
        *("document", "number", "kind", "page_from", "page_to", "start", "end", "heading_path", "boxes", "text"),
    ]
    assert rows[-1]["heading_path"] == ["Beleidsplan Zeist 2024", "Toegang"]


def test_passages_in_other_formats_and_failures_beside_them(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "leeg.pdf").write_bytes(b"")
    file = docs / "zeist" / "plan 2024.md"
    result = run("passages", file, tmp_path / "leeg.pdf", file, "--format", "csv")
    assert result.exit_code == 1
    assert "leeg.pdf: " in result.stderr
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert sum(row[0] == "document" for row in rows) == 1
    assert len(rows) == 1 + len(passages_of(file))
    assert "paragraph" in run("passages", file, "--format", "text").stdout


def tagged(stdin: str | bytes, *options: str) -> tuple[Result, list[dict[str, object]]]:
    result = run("tag", *options, stdin=stdin)
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def test_tag_keeps_order_and_gives_codes_with_their_words() -> None:
    text = "Hulp dichtbij, in de wijk. 𝔘 Wij leveren maatwerk."
    lines = [
        {"id": 3, "text": text, "heading_path": ["Kop"], "before": None},
        {"id": "a", "text": ""},
        {"id": [1], "text": "Zo."},
    ]
    result, rows = tagged("\n".join(json.dumps(line) for line in lines))
    assert result.exit_code == 0
    assert [row["id"] for row in rows] == [3, "a", [1]]
    assert rows[1:] == [{"id": "a", "codes": []}, {"id": [1], "codes": []}]
    codes = rows[0]["codes"]
    assert isinstance(codes, list)
    found = {code["code"]: code for code in codes}
    assert set(found) >= {"nabijheid", "maatwerk"}
    assert all(code["level"] in ("zeker", "waarschijnlijk") for code in codes)
    assert set(found["maatwerk"]) == {"code", "score", "level", "methods", "evidence"}
    assert "maatwerk" in {text[start:end] for start, end, _ in found["maatwerk"]["evidence"]}
    assert all(0 <= score <= 1 for code in codes for score in code["methods"].values())


def test_tag_all_lists_every_code_of_the_eleven_and_auxiliary_on_request() -> None:
    line = '{"id": 1, "text": "De privacy van inwoners en maatwerk."}'
    _, [some] = tagged(line)
    _, [every] = tagged(line, "--all")
    _, [more] = tagged(line, "--all", "--auxiliary")
    codes = [{c["code"] for c in row["codes"]} for row in (some, every, more)]  # type: ignore[attr-defined]  # lists of codes
    assert "privacy" not in codes[0] | codes[1]
    assert "privacy" in codes[2]
    assert codes[0] < codes[1] < codes[2]
    assert len({c for c in codes[1] if "." not in c}) == 11


def test_tag_threshold_takes_the_place_of_the_decision() -> None:
    line = '{"id": 1, "text": "Hulp dichtbij, in de wijk. Wij leveren maatwerk."}'
    _, [low] = tagged(line, "--threshold", "0")
    _, [high] = tagged(line, "--threshold", "1")
    assert len(low["codes"]) >= 2  # type: ignore[arg-type]  # a list of codes
    assert all(c["score"] >= 1 for c in high["codes"])  # type: ignore[attr-defined]  # a list of codes


def test_tag_names_the_line_that_is_wrong_and_goes_on() -> None:
    lines = [
        b'\xef\xbb\xbf{"id": 1, "text": "goed"}',
        b'{"id": 2, "text": "caf\xe9"}',
        b"geen json",
        b'["een lijst"]',
        b'{"text": "zonder id"}',
        b'{"id": 6, "text": 5}',
        b"",
        b"[" * 100_000,
        b'{"id": 9, "text": "ook goed \\ud800"}',
    ]
    result, rows = tagged(b"\n".join(lines))
    assert result.exit_code == 1
    assert [row["id"] for row in rows] == [1, 9]
    assert re.findall(r"^regel (\d+):", result.stderr, re.M) == ["2", "3", "4", "5", "6", "8"]


def test_tag_writes_utf_8_whatever_the_terminal_speaks() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = shell("tag", input='{"id": "é\\ud800", "text": "Maatwerk"}\n', env=environment)
    assert done.returncode == 0
    assert done.stdout.startswith('{"id": "é\\ud800"')


def test_more_lines_than_a_chunk_all_come_out() -> None:
    _, rows = tagged("".join(f'{{"id": {i}, "text": "Maatwerk {i}"}}\n' for i in range(600)))
    assert [row["id"] for row in rows] == list(range(600))


@pytest.mark.skipif(os.name == "nt", reason="pipes and signals of POSIX")
def test_reader_that_goes_away_leaves_no_message(demo: Path) -> None:
    command = f"{sys.executable} -c 'from coding.cli import main; main()' search {demo} '*' | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interrupted_run_leaves_a_whole_study_and_goes_on_later(tmp_path: Path) -> None:
    folder = tmp_path / "veel"
    folder.mkdir()
    for i in range(40):
        (folder / f"plan {i}.md").write_text(PLAN.format(name=i) * 20, encoding="utf-8")
    study = tmp_path / "s"
    command = [sys.executable, "-c", "from coding.cli import main; main()", "run", str(folder), "--study", str(study)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while len(list(study.glob("sources/*.md"))) < 3 and process.poll() is None:
        time.sleep(0.02)
    for _ in range(10):  # Python drops a Ctrl-C that arrives while it runs a callback of its own
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(3)
            break
    _, messages = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Afgebroken." in messages
    assert "Traceback" not in messages
    done = shell("run", folder, "--study", study)
    assert done.returncode == 0, done.stderr
    assert "documenten    40" in shell("status", study).stdout
    known = re.search(r"(\d+) bestanden gelezen, (\d+) waren er al", done.stderr)
    assert known
    assert int(known[1]) + int(known[2]) == 40
    assert int(known[2]) >= 1


def test_readme_shows_what_the_demo_prints(demo_run: tuple[Path, Result]) -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("<!-- demo -->")[2].partition("<!-- einde demo -->")[0]
    lines = [line for line in shown.splitlines() if line and not line.startswith(("```", "Het "))]
    assert len(lines) > 10
    printed = demo_run[1].stdout.splitlines()
    assert [line for line in lines if line not in printed] == []


def test_same_file_in_two_folders_is_said_to_be_one_document(docs: Path, tmp_path: Path) -> None:
    (docs / "zeist" / "regionaal.md").write_text(PLAN.format(name="Regio"), encoding="utf-8")
    (docs / "dalfsen" / "regionaal.md").write_text(PLAN.format(name="Regio"), encoding="utf-8")
    first = run("run", docs, "--study", tmp_path / "s")
    assert "zeist/regionaal.md: zelfde inhoud als dalfsen/regionaal.md" in first.stderr
    assert "in de kolom municipality" in first.stderr
    assert "3 bestanden gelezen, 1 was er al" in first.stderr
    (docs / "zeist" / "regionaal.md").unlink()
    assert "zelfde inhoud" not in run("add", tmp_path / "s", docs).stderr


def test_status_names_documents_left_out_by_reason(docs: Path, tmp_path: Path) -> None:
    for i in range(5):
        (docs / "zeist" / f"motie-{i}.md").write_text(f"# Motie {i}\n\nWij willen maatwerk {i}.", encoding="utf-8")
    run("run", docs, "--study", tmp_path / "s")
    (left_out,) = [line for line in run("status", tmp_path / "s").stdout.splitlines() if line.startswith("niet geteld")]
    assert left_out.startswith("niet geteld   5 documenten: motie")
