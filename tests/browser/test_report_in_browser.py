"""The report as a reader meets it in Chromium: from disk without a request, light and dark, searched, and printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def written(demo: Path, rodedraad, tmp_path_factory) -> Path:
    """The report of the demo, a hostile document among its documents."""
    folder = tmp_path_factory.mktemp("verslag")
    rodedraad("code", demo)
    rodedraad("report", demo, "--out", folder)
    return folder / "report.html"


@pytest.fixture
def report(chromium, written: Path) -> Iterator[object]:
    """The report in a window of its own; any request or error in a script fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written.as_uri())
    yield page
    context.close()
    assert asked == [written.as_uri()]


def test_report_is_small_enough_to_mail(written: Path) -> None:
    assert written.stat().st_size < 3_000_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_has_no_serious_barrier(report, barriers, scheme) -> None:
    report.emulate_media(color_scheme=scheme)
    report.fill("#zoekwoorden", "eigen")
    report.wait_for_selector("#zoekresultaten blockquote")
    assert barriers(report) == []


def test_colours_turn_at_a_press(report) -> None:
    report.emulate_media(color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = report.evaluate(paper)
    report.click("#kleuren")
    assert report.evaluate(paper) != before
    report.click("#kleuren")
    assert report.evaluate(paper) == before


def test_search_finds_quotes_by_words_municipality_and_theme(report) -> None:
    report.fill("#zoekwoorden", "eigen krach")
    report.wait_for_selector("#zoekresultaten mark")
    quotes = report.locator("#zoekresultaten blockquote p").all_inner_texts()
    assert quotes
    assert all("eigen" in text.lower() and "krach" in text.lower() for text in quotes)
    marked = {text.lower() for text in report.locator("#zoekresultaten mark").all_inner_texts()}
    assert marked <= {"eigen", "krach", "eigen krach"}
    everything = int(report.inner_text("#zoekstand").split()[0])
    report.select_option("#zoekgemeente", index=1)
    home = report.locator("#zoekgemeente option").nth(1).inner_text()
    assert int(report.inner_text("#zoekstand").split()[0]) < everything
    assert all(t.startswith(home) for t in report.locator("#zoekresultaten footer").all_inner_texts())


def test_hostile_quote_is_shown_as_text(report) -> None:
    report.fill("#zoekwoorden", "gekaapt")
    report.wait_for_selector("#zoekresultaten blockquote")
    assert "window.gekaapt = true" in report.inner_text("#zoekresultaten")
    assert report.evaluate("window.gekaapt") is None
    assert report.locator("#zoekresultaten img, #zoekresultaten script").count() == 0


def test_report_prints_with_the_findings_on_the_first_page(report, tmp_path: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    report.pdf(path=tmp_path / "r.pdf", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "r.pdf") as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert "bevindingen" in texts[0].lower()
    assert "Inhoud" not in texts[0]
    assert not any("Zoek in de citaten\nAlle woorden" in text for text in texts)
    assert all(text.strip() for text in texts)
