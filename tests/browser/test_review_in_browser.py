"""The review page as a coder meets it: in Debian's Chromium, by keyboard and mouse, on the bundled documents."""

import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def card_of(page: "sync_api.Page") -> str | None:
    return page.locator("#kaart").get_attribute("data-card")


def press(page: "sync_api.Page", key: str) -> str | None:
    """Press a key that goes to the server and wait for the card that follows."""
    with page.expect_response(re.compile(r"/(beslis|ongedaan|kaart)\b")):
        page.keyboard.press(key)
    page.evaluate("turn")
    return card_of(page)


def left(page: "sync_api.Page") -> int:
    return int(re.search(r"nog (\d+) van", page.locator(".count").inner_text())[1])


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_hundred_decisions_by_keyboard_each_beside_its_page(demo, tmp_path, chromium, serve, browse) -> None:
    study = Path(shutil.copytree(demo, tmp_path / "studie"))
    with serve(study, "--coder", "noor") as house, browse(chromium, house) as page:
        page.goto("/wachtrij")
        shown = 0
        for i in range(100):
            if page.locator(".paper").count():
                page.wait_for_selector(".paper[data-placed] .box")
                shown += page.evaluate("document.querySelector('.paper img').naturalWidth > 500")
            press(page, "ar"[i % 2])
        assert shown > 90
        events = house.log()
    assert [e.verdict for e in events] == ["accept", "reject"] * 50
    assert len({(e.version, e.start, e.code) for e in events}) == 100
    assert all(e.quote and e.coder == "noor" for e in events)


def test_every_key_does_what_the_list_of_keys_says(page, house) -> None:
    before = len(house.log())
    page.goto("/wachtrij")
    first = card_of(page)
    press(page, "j")
    assert card_of(page) != first
    assert press(page, "k") == first

    page.keyboard.press("m")
    page.keyboard.type("a r 1: geen toetsen maar tekst")
    page.keyboard.press("Escape")
    code = page.locator(".code.focus").get_attribute("data-code")
    press(page, "r")
    assert press(page, "z") == first

    hidden = """folded().content.querySelector('.code:not([data-key=""])').dataset"""
    key, name = page.evaluate(f"[{hidden}.key, {hidden}.code]")
    for verdict in ("accept", ""):
        press(page, key)
        assert page.evaluate("key => lineOf(key).dataset.verdict", key) == verdict

    page.keyboard.press("e")
    page.locator(f"#others #accept-{name}").wait_for()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("a")  # not while the list of keys is open
    page.keyboard.press("Escape")
    press(page, "n")
    assert [(e.verdict, e.code, e.memo) for e in house.log()[before:]] == [
        ("reject", code, "a r 1: geen toetsen maar tekst"),
        ("withdraw", code, "ongedaan gemaakt"),
        ("accept", name, ""),
        ("withdraw", name, ""),
        ("read", "", ""),
    ]


def test_keys_pressed_faster_than_the_server_answers_each_judge_a_card_of_their_own(page, house) -> None:
    before = len(house.log())
    page.goto("/wachtrij")
    open_before = left(page)
    for _ in range(10):
        page.keyboard.press("n")
    page.evaluate("turn")
    assert left(page) == open_before - 10
    assert len({(e.version, e.start) for e in house.log()[before:]}) == 10


def test_filter_and_place_stand_in_the_address_and_survive_a_reload(page) -> None:
    page.goto("/wachtrij")
    everything = left(page)
    page.select_option("select[name=municipality]", "Veldmeer")
    page.wait_for_url("**municipality=Veldmeer**")
    assert 0 < left(page) < everything
    press(page, "j")
    press(page, "j")
    here, shared = card_of(page), page.url
    page.keyboard.press("m")
    page.keyboard.type("half af")
    page.reload()
    assert (card_of(page), page.locator("#memo").input_value()) == (here, "half af")
    assert page.locator("select[name=municipality]").input_value() == "Veldmeer"
    page.goto("/overzicht")
    page.goto(shared)
    assert card_of(page) == here
    page.fill("input[name=text]", "zoiets staat er niet")
    page.keyboard.press("Enter")
    page.get_by_text("Geen passages in deze selectie").wait_for()


@pytest.mark.parametrize("by", ["key", "button"])
def test_a_fragment_is_coded_by_selecting_text_and_can_be_taken_away(page, house, by) -> None:
    before = len(house.log())
    page.goto("/wachtrij?text=buurt&status=alles&order=tekst")
    chosen = select_words(page)
    assert page.locator("#chosen").is_visible()
    if by == "key":
        press(page, "3")
    else:
        with page.expect_response("**/beslis*"):
            page.locator("#kaart [data-verdict-of=accept]").first.click()
        page.evaluate("turn")
    assert f"“{chosen}”" in words(page.locator(".fragment").inner_text())
    with page.expect_response("**/beslis*"):
        page.get_by_role("button", name=re.compile("Fragment bij .* weghalen")).click()
    page.evaluate("turn")
    assert page.locator(".fragment").count() == 0
    events = [(e.verdict, words(e.quote)) for e in house.log()[before:]]
    assert events == [("accept", chosen), ("withdraw", chosen)]


def select_words(page: "sync_api.Page") -> str:
    """Drag the mouse over the beginning of the passage; return the text that was selected."""
    page.locator("#passage").scroll_into_view_if_needed()
    box = page.locator("#passage > *").first.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + min(60, box["width"] - 2), box["y"] + 8, steps=4)
    page.mouse.up()
    chosen = words(page.evaluate("String(document.getSelection())"))
    assert chosen
    return chosen


def test_the_sample_asks_for_every_theme_and_counts_down(page) -> None:
    page.goto("/wachtrij")
    page.select_option("select[name=sample]", "ja")
    page.wait_for_url("**sample=ja**")
    asked, here = left(page), card_of(page)
    assert 0 < asked <= 30
    press(page, "1")
    assert (card_of(page), left(page)) == (here, asked)
    press(page, "n")
    assert card_of(page) != here
    assert left(page) == asked - 1


def test_text_of_a_document_never_runs_and_is_shown_as_it_stands(page) -> None:
    page.goto("/wachtrij?text=gekaapt&status=alles&order=tekst")
    assert "<script>document.title" in page.locator("#passage").inner_text()
    page.locator(".where a").click()
    page.locator(".reading").wait_for()
    assert "<img src=x onerror" in page.locator("main").inner_text()
    page.goto("/overzicht")
    assert page.evaluate("window.gekaapt") is None
    assert "gekaapt" not in page.title()


def test_a_dropped_connection_says_so_and_keeps_what_was_written(page, house) -> None:
    before = len(house.log())
    page.goto("/wachtrij")
    here = card_of(page)
    page.context.set_offline(True)
    page.keyboard.press("m")
    page.keyboard.type("niet kwijt")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator("#warning").wait_for()
    assert "geen verbinding" in page.locator("#warning").inner_text()
    assert (card_of(page), page.locator("#memo").input_value()) == (here, "niet kwijt")
    page.context.set_offline(False)
    press(page, "a")
    assert not page.locator("#warning").is_visible()
    assert [e.memo for e in house.log()[before:]] == ["niet kwijt"]


def test_two_coders_at_once_lose_nothing_and_overwrite_nothing_and_a_revoked_link_ends(
    demo, tmp_path, chromium, serve, browse, rodedraad
) -> None:
    study = Path(shutil.copytree(demo, tmp_path / "studie"))
    links = {name: rodedraad("coder", "add", study, name).strip().rpartition("/in/")[2] for name in ("ada", "bas")}
    with serve(study) as house, browse(chromium, house) as ada, browse(chromium, house) as bas:
        for page, name in ((ada, "ada"), (bas, "bas")):
            page.goto(house.address.replace("127.0.0.1", "localhost") + "/static/review.css")
            page.evaluate("to => { location.href = to }", f"{house.address}/in/{links[name]}")  # as from web mail
            page.wait_for_selector("#kaart")
            assert f"codeur: {name}" in page.locator(".who").inner_text()
        for i in range(200):
            for page in (ada, bas):
                page.keyboard.press("123456789n"[i % 10])
        assert all(page.evaluate("turn.then(() => !failed)") for page in (ada, bas))
        rodedraad("coder", "revoke", study, "bas")
        bas.keyboard.press("n")
        bas.locator("#warning").wait_for()
        assert "Niet bewaard" in bas.locator("#warning").inner_text()
        assert bas.goto(f"/in/{links['bas']}").status == 401
        assert "ingetrokken" in bas.locator("h1").inner_text()
        press(ada, "n")
        events = house.log()
    by = {name: [e for e in events if e.coder == name] for name in links}
    assert (len(by["ada"]), len(by["bas"])) == (201, 200)
    assert not {(e.version, e.start) for e in by["ada"]} & {(e.version, e.start) for e in by["bas"]}
    assert not {e.id for e in by["ada"]} & {e.supersedes for e in by["bas"]}


@pytest.mark.parametrize("width", [1280, 1024, 820])
def test_the_page_fits_the_screen_and_shows_where_the_focus_is(page, width) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/wachtrij", "/overzicht", "/overzicht?per=document"):
        page.goto(path)
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && scrollY === 0"), path
    page.goto("/wachtrij")
    tops = page.evaluate("[...document.querySelectorAll('.filters label')].map(e => e.getBoundingClientRect().bottom)")
    assert len(set(tops)) == (1 if width == 1280 else 2)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
