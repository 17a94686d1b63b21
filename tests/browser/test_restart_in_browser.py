"""The server goes away while a coder works: it says so, keeps what was written, and goes on when it is back."""

import shutil
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_server_that_was_killed_and_restarted_costs_no_decision(demo, tmp_path, serve, browse, chromium) -> None:
    study = Path(shutil.copytree(demo, tmp_path / "studie"))
    with serve(study, "--coder", "noor") as house, browse(chromium, house) as page:
        page.goto("/wachtrij?status=alles&order=tekst&text=wijkteam")
        here = page.locator("#kaart").get_attribute("data-card")
        house.process.kill()
        house.process.wait(10)
        page.fill("#memo", "niet kwijt")
        page.evaluate(
            "getSelection().setBaseAndExtent(...['passage', 'passage'].flatMap((id, i) => "
            "[document.getElementById(id).firstChild.firstChild, i ? 12 : 0]))"
        )
        page.locator("#chosen").wait_for()
        for _ in range(2):  # a second try while it is still away loses nothing either
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("1")
            page.get_by_text("Niet bewaard: geen verbinding").wait_for()
            assert page.locator("#memo").input_value() == "niet kwijt"
        page.keyboard.press("j")
        page.get_by_text("Niet opgehaald: geen verbinding").wait_for()
        assert page.locator("#kaart").get_attribute("data-card") == here
        port = int(house.address.rpartition(":")[2])
        with serve(study, "--coder", "noor", port=port) as again:
            with page.expect_response("**/beslis*"):
                page.keyboard.press("1")
            page.evaluate("turn")
            assert not page.locator("#warning").is_visible()
            assert page.locator(".fragment").count() == 1
            events = again.log()
    assert [(e.verdict, e.memo) for e in events] == [("accept", "niet kwijt")]
    assert len(events[0].quote) <= 12


def test_a_filter_chosen_with_arrow_keys_waits_for_enter(page) -> None:
    page.goto("/wachtrij")
    page.locator("select[name=municipality]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(200)
    assert "municipality" not in page.url
    chosen = page.locator("select[name=municipality]").input_value()
    page.keyboard.press("Enter")
    page.wait_for_url("**municipality=**")
    assert page.locator("select[name=municipality]").input_value() == chosen
