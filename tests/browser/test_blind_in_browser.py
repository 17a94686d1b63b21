"""Blind coding as a coder meets it in Chromium: no suggestion in the page; and the last word on a disagreement."""

import os
import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("RODEDRAAD_PICTURES", "")
"""A folder for screenshots, to be looked at."""
TOLD = re.compile(
    r"<mark|<meter|data-verdict|waarschijnlijk|twijfel|zeker|woordenlijst|classificator|0[.,]\d\d", re.IGNORECASE
)
"""What a suggestion, its level or its score would show as."""


def picture(page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def press(page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def markup(page) -> str:
    """Everything in the page but the words of the document, which may well say 'zeker'."""
    said = "[lang=nl]:not(html), h1, .where span, .tick, .box, .guide"
    return page.evaluate(
        "(said) => { const copy = document.documentElement.cloneNode(true);"
        " copy.querySelectorAll(said).forEach((part) => part.remove()); return copy.outerHTML; }",
        said,
    )


def test_two_coders_code_blind_and_a_third_has_the_last_word(
    demo, tmp_path, chromium, rodedraad, serve, browse, barriers
) -> None:
    study = Path(shutil.copytree(demo, tmp_path / "studie"))
    rodedraad("assign", study, "--sample", 6, "--double", "--coders", "ada,bas")
    links = {name: rodedraad("coder", "add", study, name).strip().rpartition("/in/")[2] for name in ("ada", "bas")}
    with serve(study) as house:
        for name, keys in (("ada", ["1", "1", "n", "n", "n", "n"]), ("bas", ["2", "n", "n", "n", "n", "n"])):
            with browse(chromium, house) as page:
                page.goto(f"/in/{links[name]}")
                assert page.url.endswith("/blind")
                seen = set()
                for i, key in enumerate(keys):
                    assert not TOLD.search(markup(page))
                    assert page.locator("mark, meter, [data-verdict]").count() == 0
                    seen.add(page.locator("[name=card]").input_value())
                    if i == 1:
                        page.keyboard.press("e")
                        assert page.locator(".guide dd").first.is_visible()
                    if key != "n":
                        page.keyboard.press(key)
                        assert page.locator(f"[data-key='{key}']").is_checked()
                        page.keyboard.press("m")
                        page.keyboard.type(f"{name} n aarzelt")  # keys in a memo are text
                        page.keyboard.press("Escape")
                    if i == 0:
                        picture(page, f"blind-{name}")
                        page.reload()
                        assert page.locator("[name=memo]").input_value() == f"{name} n aarzelt"
                        assert barriers(page) == []
                    press(page, "n" if key == "n" else "Enter")
                assert len(seen) == 6
                page.get_by_text("alle 6 passages zijn gecodeerd").wait_for()
        events = [e for e in house.log() if e.manner == "blind"]
        assert sum(e.verdict == "read" for e in events) == 12
        assert sum(e.verdict == "accept" for e in events) == 3
        with browse(chromium, house) as page:
            page.goto(f"/in/{links['ada']}")
            page.goto("/oneens")
            assert page.locator(".question").count() == 3
            assert page.get_by_text("ada n aarzelt").count() == 3
            assert barriers(page) == []
            picture(page, "oneens")
            page.locator(".question input[name=memo]").first.fill("staat er letterlijk")
            with page.expect_navigation():
                page.locator(".question button[value=accept]").first.click()
            assert page.locator(".question").count() == 2
            page.get_by_role("link", name="beslist", exact=True).click()
            page.get_by_text("staat er letterlijk").wait_for()
            picture(page, "oneens-beslist")
            page.goto("/overzicht")
            assert "6 van 6" in page.locator("main").inner_text()
            picture(page, "overzicht")
    assert [e.manner for e in house.log()][-1] == "adjudication"
    assert "2 oneens" in rodedraad("status", study)
