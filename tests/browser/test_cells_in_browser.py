"""Cells and the framework matrix as a researcher meets them: in Chromium, by keyboard."""

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from coding.cell_store import closings, summaries
from coding.store import open_store
from corpus.study import open_study

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_KEYS = 400


def press(page: "sync_api.Page", key: str) -> None:
    """Press a key that goes to the server and wait for what follows."""
    with page.expect_response(re.compile(r"/cellen/(beslis|ongedaan|kaart|vast)\b")):
        page.keyboard.press(key)
    page.evaluate("turn")


def cell_of(page: "sync_api.Page") -> str:
    return page.locator(".cell-title h2").inner_text()


def settled(page: "sync_api.Page") -> int:
    return int(page.locator(".cell-progress b").inner_text().split()[0])


@pytest.fixture
def study(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo, tmp_path / "studie"))


def test_a_municipality_settled_by_keyboard(study: Path, serve, browse, chromium) -> None:
    with serve(study, "--coder", "noor", "--cells") as house, browse(chromium, house) as page:
        page.goto("/cellen")
        first = cell_of(page)
        home = first.split(" × ")[0]
        press(page, "a")
        assert settled(page) >= 1  # a regional document settles the cell of each of its municipalities
        assert "genoemd" in page.locator("#kaart .notice").first.inner_text()
        assert cell_of(page) != first
        press(page, "z")
        assert cell_of(page) == first
        assert settled(page) == 0
        for _ in range(MOST_KEYS):
            if not cell_of(page).startswith(home):
                break
            press(page, "n")
        assert not cell_of(page).startswith(home)
        page.goto("/cellen/alle")
        row = page.locator("tbody tr", has=page.get_by_role("rowheader", name=home))
        assert row.locator("td.missing").count() == row.locator("td").count()
    with closing(open_store(open_study(study))) as store:
        assert {c.municipality for c in closings(store)} >= {home}


def test_keys_step_through_passages_and_cells_and_the_address_survives_a_reload(
    study: Path, serve, browse, chromium, barriers
) -> None:
    with serve(study, "--coder", "noor") as house, browse(chromium, house) as page:
        page.goto("/cellen")
        first, card = cell_of(page), page.locator("#kaart").get_attribute("data-card")
        press(page, "j")
        second = page.locator("#kaart").get_attribute("data-card")
        assert (cell_of(page), second != card) == (first, True)
        page.reload()
        assert page.locator("#kaart").get_attribute("data-card") == second
        press(page, "ArrowRight")
        assert cell_of(page) != first
        press(page, "ArrowLeft")
        assert cell_of(page) == first
        assert barriers(page) == []
        page.goto("/cellen/alle")
        assert barriers(page) == []


def test_a_summary_with_quotes_is_written_kept_over_a_reload_and_saved(
    study: Path, serve, browse, chromium, barriers
) -> None:
    with serve(study, "--coder", "noor") as house, browse(chromium, house) as page:
        page.goto("/cellen")
        press(page, "a")
        page.goto("/matrix")
        assert barriers(page) == []
        page.locator(".matrix td a.named").first.click()
        page.fill("#summary", "Wat inwoners zelf kunnen, doen zij zelf.")
        page.locator("#quotes input").first.check()
        page.reload()
        assert page.locator("#summary").input_value() == "Wat inwoners zelf kunnen, doen zij zelf."
        assert page.locator("#draft").is_visible()
        assert page.locator("#quotes input").first.is_checked()
        page.evaluate(
            """() => {
                const text = document.querySelector("#quotes blockquote").firstChild;
                document.getSelection().setBaseAndExtent(text, 0, text, 20);
            }"""
        )
        page.get_by_role("button", name="Citeer de selectie").click()
        assert page.locator("#quotes input:checked").count() == 2
        assert barriers(page) == []
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        page.goto("/matrix")
        assert page.get_by_text("Wat inwoners zelf kunnen").count() == 1
    with closing(open_store(open_study(study))) as store:
        (saved,) = summaries(store)
    whole, part = sorted(saved.quotes, key=lambda q: q.start - q.end)
    assert whole.quote.startswith(part.quote)
    assert 0 < len(part.quote) <= 20


def test_two_researchers_in_one_cell_of_the_matrix_lose_nothing(
    study: Path, serve, browse, chromium, rodedraad
) -> None:
    links = [rodedraad("coder", "add", study, name).strip().rpartition("/")[2] for name in ("noor", "bram")]
    with serve(study) as house, browse(chromium, house) as one, browse(chromium, house) as other:
        for page, link in zip((one, other), links, strict=True):
            page.goto(f"/in/{link}")
            page.goto("/matrix")
            page.locator(".matrix td a").first.click()
            page.wait_for_selector("#summary")
        one.fill("#summary", "Van Noor.")
        with one.expect_navigation():
            one.get_by_role("button", name="Bewaren", exact=True).click()
        other.fill("#summary", "Van Bram.")
        with other.expect_navigation():
            other.get_by_role("button", name="Bewaren", exact=True).click()
        assert "noor bewaarde intussen een andere versie" in other.get_by_role("alert").first.inner_text()
        assert other.locator("#summary").input_value() == "Van Bram."
        with other.expect_navigation():
            other.get_by_role("button", name="Bewaren", exact=True).click()
    with closing(open_store(open_study(study))) as store:
        assert [(s.coder, s.text) for s in summaries(store)] == [("noor", "Van Noor."), ("bram", "Van Bram.")]
