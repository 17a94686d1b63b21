"""The queue of flags and own tensions as a coder meets them: by keyboard, selection and mouse, in Chromium."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def study(demo: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(demo, tmp_path / "studie"))


@pytest.fixture
def page(chromium: "Browser", study: Path, serve: Callable, browse: Callable) -> "Iterator[Page]":
    with serve(study, "--coder", "noor") as house, browse(chromium, house) as opened:
        yield opened


def events(study: Path, rodedraad: Callable[..., str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rodedraad("log", study))))


def test_flags_are_judged_by_keyboard_and_taken_back(
    page: "Page", study: Path, rodedraad: Callable[..., str], barriers: Callable
) -> None:
    page.goto("/spanningen")
    first = page.input_value("[name=vlag]")
    assert barriers(page) == []
    page.keyboard.press("m")
    page.keyboard.type("ar staat er zo")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("a")
    second = page.input_value("[name=vlag]")
    assert second != first
    with page.expect_navigation():
        page.keyboard.press("r")
    with page.expect_navigation():
        page.keyboard.press("z")
    assert page.input_value("[name=vlag]") == second
    with page.expect_navigation():
        page.keyboard.press("j")
    assert page.input_value("[name=vlag]") not in (first, second)
    found = events(study, rodedraad)
    assert [(e["verdict"], e["memo"]) for e in found] == [
        ("accept", "ar staat er zo"),
        ("reject", ""),
        ("withdraw", "ongedaan gemaakt"),
    ]
    assert all(e["quote"] and e["second_quote"] and e["codebook"] for e in found)


def test_a_memo_under_way_waits_for_its_flag(page: "Page") -> None:
    page.goto("/spanningen")
    page.fill("#flagmemo", "nog niet zeker")
    with page.expect_navigation():
        page.click("a[data-key=j]")
    assert page.input_value("#flagmemo") == ""
    with page.expect_navigation():
        page.click("a[data-key=k]")
    assert page.input_value("#flagmemo") == "nog niet zeker"


def test_two_quotes_become_an_own_tension_in_the_report(
    page: "Page", study: Path, rodedraad: Callable[..., str], barriers: Callable
) -> None:
    page.goto("/duiding")
    page.select_option("[name=gemeente]", index=1)
    page.select_option("[name=een]", "zelfredzaamheid")
    page.select_option("[name=ander]", "nabijheid")
    with page.expect_navigation():
        page.click("text=Zoek citaten")
    assert barriers(page) == []
    page.locator("input[name=rechts]").last.check()
    text = page.locator("fieldset").first.locator(".text").first
    words = text.evaluate(
        """node => { const range = document.createRange(); range.setStart(node.firstChild, 0);
        range.setEnd(node.firstChild, 24); getSelection().removeAllRanges(); getSelection().addRange(range);
        return getSelection().toString(); }"""
    )
    page.wait_for_selector(".fragment-of:not([hidden])")
    page.fill("[name=toelichting]", "Wie eerst zelf moet, vindt de hulp niet dichtbij.")
    with page.expect_navigation():
        page.click("text=Duiding bewaren")
    [event] = events(study, rodedraad)
    assert (event["verdict"], event["code"]) == ("join", "zelfredzaamheid × nabijheid")
    assert event["quote"].split() == words.split()
    rodedraad("report", study)
    [report] = study.rglob("report.html")
    shown = report.read_text(encoding="utf-8")
    assert 'id="onderzoekersduiding"' in shown
    assert "vindt de hulp niet dichtbij. <span" in shown
