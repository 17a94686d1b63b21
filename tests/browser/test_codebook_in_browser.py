"""A codebook changed while people code: seen before it is applied, applied from the page, and no decision lost."""

import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Of the bundled codebook: one theme renamed with another definition, two merged, one split, one retired.
CODEBOOK = """
[codebook]
name = "klein"
version = "{version}"
language = "nl"
title = "Klein codeboek"
"""
CODE = """
[[code]]
id = "{id}"
label = "{label}"
definition = "{definition}"
was = {was}
terms = {terms}
"""
FIRST = [
    ("nabij", "Nabij", "Dichtbij.", [], ["wijkteam", "buurt"]),
    ("maat", "Maatwerk", "Wat past.", [], ["maatwerk"]),
    ("kracht", "Eigen kracht", "Zelf doen.", [], ["eigen kracht"]),
    ("jeugd", "Jeugd", "Kinderen.", [], ["jeugd", "kinderen"]),
]
SECOND = [
    ("dichtbij", "Dichtbij", "In de eigen buurt.", ["nabij"], ["wijkteam"]),
    ("eigen_maat", "Eigen maat", "Zelf en passend.", ["maat", "kracht"], ["maatwerk", "eigen kracht"]),
    ("jong", "Jong", "Tot 12 jaar.", ["jeugd"], ["kinderen"]),
    ("puber", "Puber", "Vanaf 12 jaar.", ["jeugd"], ["jongeren"]),
]


def write(path: Path, version: str, codes: list[tuple[str, str, str, list[str], list[str]]]) -> None:
    names = ("id", "label", "definition", "was", "terms")
    text = CODEBOOK.format(version=version)
    path.write_text(text + "".join(CODE.format(**dict(zip(names, c, strict=True))) for c in codes), encoding="utf-8")


@pytest.fixture
def small(demo, tmp_path, rodedraad) -> Path:
    """The demo study, coded with four codes of our own."""
    study = Path(shutil.copytree(demo, tmp_path / "studie"))
    write(study / "codebook.toml", "1", FIRST)
    rodedraad("code", study)
    return study


def wait_for_job(page) -> None:
    page.wait_for_selector("#stand progress", state="detached", timeout=240_000)


def decide(page, theme: str, verdict: str, memo: str = "") -> str:
    """Judge the first open passage of a theme; return its words."""
    page.goto(f"/wachtrij?theme={theme}&order=tekst")
    words = page.locator("#passage").inner_text()
    if memo:
        page.fill("#memo", memo)
    with page.expect_response("**/beslis*"):
        page.locator(f"#{verdict}-{theme}").click()
    page.evaluate("turn")
    return " ".join(words.split())


def test_edit_preview_apply_second_look_and_no_decision_is_lost(small, serve, browse, chromium, barriers) -> None:
    with serve(small, "--coder", "noor") as house, browse(chromium, house) as page:
        near = decide(page, "nabij", "accept", "kern")
        fits = decide(page, "maat", "accept")
        alone = decide(page, "kracht", "reject")
        young = decide(page, "jeugd", "accept")
        page.goto("/codeboek")
        assert "gelijk aan wat van kracht is" in page.locator("#stand").inner_text()

        (small / "codebook.toml").write_text("[codebook", encoding="utf-8")
        page.reload()
        assert "niet in orde" in page.locator("#stand").inner_text()
        write(small / "codebook.toml", "2", SECOND)
        page.reload()
        rows = page.locator("#stand tbody tr").all_inner_texts()
        assert any("andere id" in r and "nabij" in r and "1 blijven tellen" in r for r in rows)
        assert any("samengevoegd" in r and "maat, kracht" in r for r in rows)
        assert sum("deel van een gesplitste code" in r for r in rows) == 2
        assert barriers(page) == []

        page.get_by_role("button", name="Welke passages").click()
        wait_for_job(page)
        assert re.search(r"Puber: \d+ erbij, 0 eraf", page.locator("#stand").inner_text())
        assert page.locator(".moves li").count() > 0
        before = house.log()
        page.goto("/wachtrij")
        assert "Nabij" in page.locator("select[name=theme]").inner_text()  # nothing applied yet

        page.goto("/codeboek")
        page.get_by_role("button", name="Toepassen").click()
        wait_for_job(page)
        page.get_by_text("Het codeboek is toegepast").wait_for()
        assert house.log() == before
        page.goto("/wachtrij?status=accepted&theme=dichtbij")
        assert near == " ".join(page.locator("#passage").inner_text().split())
        assert "memo: kern" in page.locator("#kaart").inner_text()
        page.goto("/wachtrij?status=accepted&theme=eigen_maat")
        assert fits == " ".join(page.locator("#passage").inner_text().split())
        page.goto("/wachtrij?status=rejected&theme=eigen_maat")
        assert page.locator("#passage").count() == 0  # one part rejected says nothing of the whole

        page.get_by_role("link", name="Tweede blik").click()
        assert page.locator("article").count() == 4
        assert barriers(page) == []
        second_look(page, near, "Dichtbij: wel (blijft)")
        second_look(page, fits, "Eigen maat: niet")
        second_look(page, alone, "Eigen maat: niet")
        page.locator("article", has_text="Jeugd").get_by_label("Puber").check()
        second_look(page, young, "Bewaren")
        assert "Niets van u vraagt een tweede blik" in page.locator("main").inner_text()
        after = house.log()[4:]
    assert [(e.code, e.verdict) for e in after] == [
        ("dichtbij", "accept"),
        ("eigen_maat", "reject"),
        ("eigen_maat", "reject"),
        ("kracht", "withdraw"),
        ("jong", "reject"),
        ("puber", "accept"),
        ("jeugd", "withdraw"),
    ]
    assert after[0].memo == "kern"


def second_look(page, words: str, button: str) -> None:
    article = page.locator("article").filter(has=page.get_by_role("button", name=button)).first
    if not any(words in " ".join(t.split()) for t in article.all_inner_texts()):
        article = next(a for a in page.locator("article").all() if words in " ".join(a.inner_text().split()))
    article.get_by_role("button", name=button).click()
    page.wait_for_load_state()
