"""Nobody is kept out: axe-core finds nothing serious or critical on any page, light or dark, screen or tablet."""

import re

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMPTY = "/wachtrij?text=zoiets+staat+er+niet"
PAGES = ("/wachtrij", EMPTY, "/overzicht", "/overzicht?per=document", "/codeboek", "/tweede", "/nergens")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (820, 1180)])
def test_no_page_has_a_serious_barrier(page, barriers, size, scheme) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = barriers(page)
    page.goto("/wachtrij?status=alles")
    page.keyboard.press("1")  # a verdict, in its colour
    page.evaluate("turn")
    page.keyboard.press("e")
    found["kaart"] = barriers(page)
    page.keyboard.press("?")
    found["toetsen"] = barriers(page)
    page.keyboard.press("Escape")
    page.goto(page.locator(".where a").first.get_attribute("href"))
    found["document"] = barriers(page)
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_axe_sees_a_barrier_where_there_is_one(page, barriers) -> None:
    page.goto("/wachtrij")
    page.evaluate("document.querySelector('.paper img')?.remove(); document.documentElement.removeAttribute('lang')")
    assert any(re.match("html-has-lang", problem) for problem in barriers(page))
