"""The same figure is the same wherever it stands: report, Word, Markdown, workbook, CSV, figures, compare, terminal."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pytest
from lxml import html
from typer.testing import CliRunner

from coding.cli import app

Counts = dict[tuple[str, str], int]
"""Per (municipality, theme's label) a number of passages; ``totaal`` is all documents together."""
ACCEPTED, REJECTED, DISPUTED = 9, 4, 2


class Demo(NamedTuple):
    """The demo study with decisions of two coders, every output of it, and what the verbs printed."""

    folder: Path
    markdown: Path
    printed: dict[str, str]

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "outputs" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(a) for a in arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def decide(folder: Path, coder: str, verdicts: list[tuple[dict[str, str], str]]) -> None:
    path = folder.parent / f"{coder}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(verdicts[0][0]))
        writer.writeheader()
        writer.writerows({**row, "decision": verdict} for row, verdict in verdicts)
    run("decide", folder, path, "--coder", coder)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("same") / "demo"
    run("demo", folder)
    made = Demo(folder, folder.parent / "md", {})
    rows = [r for r in made.table("fragments.csv") if r["group"] == "main" and r["level"] != "twijfel"]
    chosen = rows[:: len(rows) // (ACCEPTED + REJECTED + DISPUTED)]
    verdicts = ["accept"] * ACCEPTED + ["reject"] * REJECTED + ["accept"] * DISPUTED
    decide(folder, "Ada", list(zip(chosen, verdicts, strict=False)))
    decide(folder, "Bas", [(row, "reject") for row in chosen[ACCEPTED + REJECTED :][:DISPUTED]])
    run("report", folder)
    run("report", folder, "--format", "docx")
    run("report", folder, "--format", "md", "--out", made.markdown)
    run("figures", folder)
    made.printed["demo"] = run("demo", folder)
    made.printed["compare"] = run("compare", folder, "--by", "municipality")
    made.printed["status"] = run("status", folder)
    return made


@pytest.fixture(scope="module")
def counts(demo: Demo) -> Counts:
    """What `coverage.csv` says, the table that is published."""
    return {(r["municipality"], r["theme_label"]): int(r["coded"]) for r in demo.table("coverage.csv")}


@pytest.fixture(scope="module")
def page(demo: Demo) -> html.HtmlElement:
    return html.parse(str(demo.folder / "outputs" / "report.html")).getroot()


def whole(text: str) -> int:
    """Read a count as outputs write it: ``1.612``, or ``–`` for nothing."""
    found = re.match(r"[\d.]+", text.strip())
    return int(found[0].replace(".", "")) if found else 0


def of_municipalities(counts: Counts) -> Counts:
    return {key: n for key, n in counts.items() if key[0] != "totaal"}


def grid(head: list[str], rows: list[list[str]]) -> Counts:
    """Read a table of municipalities × themes, or of themes × municipalities, by what its head names."""
    pairs = [(row[0], name, cell) for row in rows for name, cell in zip(head, row[1:], strict=True)]
    return {(first.lower(), name.lower()): whole(cell) for first, name, cell in pairs}


def same_grid(found: Counts, counts: Counts) -> bool:
    asked = {(home.lower(), theme.lower()): n for (home, theme), n in counts.items()}
    turned = {(theme, home): n for (home, theme), n in found.items()}
    return asked in (found, turned)


def test_there_is_something_to_compare(counts: Counts, demo: Demo) -> None:
    states = Counter(r["state"].partition(" (")[0] for r in demo.table("coverage.csv"))
    assert {"genoemd", "kandidaat", "geen kandidaat"} <= states.keys()
    assert any(int(r["disputed"]) for r in demo.table("coverage.csv"))
    assert any(int(r["rejected"]) for r in demo.table("coverage.csv"))
    assert len(counts) == 7 * 11


def test_workbook(demo: Demo, counts: Counts) -> None:
    sheet = openpyxl.load_workbook(demo.folder / "outputs" / "codings.xlsx")["coverage"]
    head, *rows = sheet.iter_rows(values_only=True)
    place = {name: i for i, name in enumerate(head)}
    found = {(r[place["municipality"]], r[place["theme_label"]]): r[place["coded"]] for r in rows}
    assert found == counts


def test_recount_of_the_fragments(demo: Demo, counts: Counts) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for row in demo.table("fragments.csv"):
        if row["group"] == "main":
            for home in (*filter(None, row["counts_for"].split("; ")), *(["totaal"] if row["counts"] == "ja" else [])):
                counted[home, row["theme_label"]] += 1
    assert {key: counted[key] for key in counts} == counts


def test_table_of_the_report(page: html.HtmlElement, counts: Counts) -> None:
    (table,) = page.xpath("//section[@aria-labelledby='gemeenten']//table[@class='matrix']")
    head = [th.text_content().strip() for th in table.xpath("thead//th")][1:]
    rows = [[tr.findtext("th"), *tr.xpath("td/b/text()")] for tr in table.xpath("tbody/tr")]
    assert same_grid(grid(head, rows), counts)


def test_page_of_each_municipality(page: html.HtmlElement, counts: Counts) -> None:
    found = {
        (profile.findtext("h3"), tr.findtext("th")): whole(tr[1].text)
        for profile in page.xpath("//article[@class='profile']")
        for tr in profile.xpath(".//table[@class='bars']/tbody/tr")
    }
    assert found == of_municipalities(counts)


def test_chapter_of_each_theme(page: html.HtmlElement, counts: Counts) -> None:
    for chapter in page.xpath("//section[@class='chapter']"):
        theme = chapter.findtext("h3")
        said = re.search(r"Aantal passages: ([\d.]+)", chapter.text_content())
        assert said is not None
        assert whole(said[1]) == counts["totaal", theme]


def test_word(demo: Demo, counts: Counts) -> None:
    tables = docx.Document(str(demo.folder / "outputs" / "report.docx")).tables
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    grids = [grid(rows[0][1:], rows[1:]) for rows in cells if rows[0][0] == "Gemeente" and len(rows[0]) == 12]
    assert any(same_grid(found, counts) for found in grids)


def test_markdown(demo: Demo, counts: Counts) -> None:
    lines = (demo.markdown / "report.md").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if "Dekking: gecodeerde passages" in line) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("*", "") for cell in line.strip("|").split("|")])
    assert same_grid(grid(rows[0][1:], rows[2:]), counts)


def test_figures(demo: Demo, counts: Counts) -> None:
    cells = demo.table("figuren/kaart.csv")
    assert {(r["group"], r["theme_label"]): int(r["coded"]) for r in cells} == of_municipalities(counts)
    bars = demo.table("figuren/staven.csv")
    parts = ("accepted", "certain", "likely_or_disputed")
    total = {("totaal", r["theme_label"]): sum(int(r[part]) for part in parts) for r in bars}
    assert total == {key: n for key, n in counts.items() if key[0] == "totaal"}


def test_other_tables_add_up_to_it(demo: Demo, counts: Counts) -> None:
    said = {(r["municipality"], r["theme_label"]): r for r in demo.table("what_how.csv")}
    assert {key: int(r["coded"]) for key, r in said.items()} == counts
    parts = ("wat", "middel", "handelingsnorm")
    assert {key: sum(int(r[part]) for part in parts) for key, r in said.items()} == counts
    aims: Counter[str] = Counter()
    for row in demo.table("aims.csv"):
        aims[row["municipality"]] += int(row["coded"])
    homes = {home for home, _theme in counts}
    assert aims == {home: sum(n for (h, _t), n in counts.items() if h == home) for home in homes}
    named = {r["theme_label"]: r for r in demo.table("named.csv") if r["dimension"] == "all"}
    for theme, row in named.items():
        having = sum(bool(n) for (home, t), n in counts.items() if t == theme and home != "totaal")
        assert int(row["named"]) + int(row["candidates"]) == having


def test_terminal(demo: Demo, counts: Counts) -> None:
    lines = demo.printed["demo"].splitlines()
    homes = next(line.split() for line in lines if "Kwartelwoude" in line)
    themes = {theme for _home, theme in counts}
    found: Counts = {}
    for line in lines:
        theme = next((t for t in themes if line.startswith(t)), None)
        if theme:
            found |= {(home, theme): int(n) for home, n in zip(homes, line[len(theme) :].split(), strict=True)}
    assert found == of_municipalities(counts)
    stated = re.search(r"coderingen +(\d+) voorgesteld, (\d+) bevestigd, \d+ verworpen, (\d+) oneens", "".join(
        demo.printed["status"]
    ))  # fmt: skip
    assert stated is not None
    assert sum(map(int, stated.groups())) == sum(n for (home, _t), n in counts.items() if home == "totaal")


def test_compare(demo: Demo, counts: Counts) -> None:
    basis = {r["municipality"]: int(r["passages"]) for r in demo.table("coverage.csv")}
    lines = demo.printed["compare"].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("aandeel"))
    homes = lines[start].split()[1:]
    for line in lines[start + 1 :]:
        if not line.strip():
            break
        theme = re.split(r"\s{2,}", line)[0]
        shown = re.findall(r"[\d,]+%", line)
        if shown:
            asked = [f"{100 * counts[home, theme] / basis[home]:.1f}%".replace(".", ",") for home in homes]
            assert shown == asked
    path = demo.folder / "outputs" / "comparisons" / "vergelijking-gemeente.html"
    pairs = re.findall(r"<td>([^<:]+): [\d,]+% \(([\d.]+)\)", path.read_text(encoding="utf-8"))
    assert pairs
    assert all(int(n) in {c for (home, _t), c in counts.items() if home == name} for name, n in pairs)


def test_basis(demo: Demo, page: html.HtmlElement) -> None:
    rows = page.xpath("//section[@aria-labelledby='basis']//tbody/tr")
    found = {tr[0].text.lower(): [whole(td.text) for td in tr[1:6]] for tr in rows}
    columns = ("documents", "pages", "passages", "words", "repeats_left_out")
    asked = {r["municipality"].lower(): [int(r[c]) for c in columns] for r in demo.table("coverage.csv")}
    assert found == asked
    passages = re.search(r"passages +(\d+) die meetellen \((\d+) herhalingen", demo.printed["status"])
    assert passages is not None
    assert [int(passages[1]), int(passages[2])] == [asked["totaal"][2], asked["totaal"][4]]


def test_what_people_decided(demo: Demo, page: html.HtmlElement) -> None:
    rows = [r for r in demo.table("coverage.csv") if r["municipality"] == "totaal"]
    accepted, rejected, coded = (sum(int(r[c]) for r in rows) for c in ("accepted", "rejected", "coded"))
    text = " ".join(page.text_content().split())
    assert f"Mensen hebben {accepted} coderingen aanvaard en {rejected} verworpen" in text
    assert f"Mensen hebben {accepted} van de {coded} coderingen aanvaard" in text
