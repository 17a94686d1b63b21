"""Fragments changed in the browser: by keyboard alone, and by buttons for who has no keyboard."""

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHARED = "document.querySelector('#shaping mark').textContent"


def code_words(page, first: int, last: int) -> None:
    """Select words ``first`` to ``last`` of the passage and code them with the first theme."""
    page.evaluate(
        """([first, last]) => {
          const walker = document.createTreeWalker(document.getElementById("passage"), NodeFilter.SHOW_TEXT);
          const places = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            for (const word of node.textContent.matchAll(/\\S+/g))
              places.push([node, word.index, word.index + word[0].length]);
          const [from, to] = [places[first], places[last]];
          document.getSelection().setBaseAndExtent(from[0], from[1], to[0], to[2]);
        }""",
        [first, last],
    )
    page.locator("#chosen").wait_for()
    act(page, lambda: page.keyboard.press("1"))


def act(page, action) -> None:
    with page.expect_response(lambda r: any(part in r.url for part in ("/beslis", "/fragment", "/ongedaan"))):
        action()
    page.evaluate("turn")


def quotes(page) -> list[str]:
    return [" ".join(t.split("“")[1].split("”")[0].split()) for t in page.locator(".fragment").all_inner_texts()]


def test_by_keyboard_a_fragment_is_moved_cut_and_joined_and_each_step_undone(page, house) -> None:
    page.goto("/wachtrij?status=alles&order=tekst&text=wijkteam")
    words = page.locator("#passage").inner_text().split()
    assert len(words) > 9
    before = len(house.log())
    code_words(page, 1, 5)
    page.keyboard.press("f")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    act(page, lambda: page.keyboard.press("Enter"))
    assert quotes(page) == [" ".join(words[2:7])]

    page.keyboard.press("f")
    while page.evaluate(SHARED).split() != words[2:4]:
        page.keyboard.press("." if len(page.evaluate(SHARED).split()) < 2 else ",")
    act(page, lambda: page.keyboard.press("x"))
    assert quotes(page) == [" ".join(words[2:4]), " ".join(words[4:7])]

    page.keyboard.press("f")
    act(page, lambda: page.keyboard.press("s"))
    assert quotes(page) == [" ".join(words[2:7])]
    for expected in ([words[2:4], words[4:7]], [words[2:7]], [words[1:6]], []):
        act(page, lambda: page.keyboard.press("z"))
        assert quotes(page) == [" ".join(part) for part in expected]
    events = house.log()[before:]
    assert [e.verdict for e in events[:8]] == [
        "accept",
        "accept",
        "withdraw",
        "accept",
        "accept",
        "withdraw",
        "accept",
        "withdraw",
    ]


def test_by_buttons_the_borders_follow_what_is_selected_and_escape_changes_nothing(page, house, barriers) -> None:
    page.goto("/wachtrij?status=alles&order=tekst&text=wijkteam")
    words = page.locator("#passage").inner_text().split()
    code_words(page, 0, 3)
    before = len(house.log())
    page.keyboard.press("f")
    page.keyboard.press("ArrowRight")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#shaping").is_visible()
    assert page.evaluate("document.activeElement.dataset.shape") is not None
    page.get_by_role("button", name="Fragment bij").first.click()
    page.get_by_role("button", name="einde eerder").click()
    act(page, lambda: page.get_by_role("button", name="Grenzen bewaren").click())
    assert quotes(page) == [" ".join(words[0:3])]
    assert len(house.log()) == before + 2
    act(page, lambda: page.get_by_role("button", name="weghalen").click())
    assert quotes(page) == []
