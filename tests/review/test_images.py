"""Pictures of pages: what was asked for last comes first, what was given up is not made, nobody waits for ever."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from coding.review.images import AT_ONCE, KEPT, PageImages

PDF = Path("plan.pdf")


class Press:
    """Makes pages one at a time, each when it is let; remembers which."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.gate = threading.Event()
        self.images = PageImages(self.make)
        self.browser = ThreadPoolExecutor(64)

    def make(self, _path: Path, page: int) -> bytes:
        self.begun.append(page)
        assert self.gate.wait(20)
        if page > 900:
            raise LookupError("zo veel pagina's zijn er niet")
        return b"%d" % page

    def ask(self, page: int, coder: str = "noor") -> "Future[bytes]":
        """Ask for a page that waits, and return once it does."""
        before, asked = self.images.waiting, self.browser.submit(self.images.get, PDF, page, coder)
        while self.images.waiting == before:
            time.sleep(0.001)
        return asked

    def begin(self) -> "Future[bytes]":
        """Have page 1 made, which keeps the press from every other page until the gate opens."""
        asked = self.browser.submit(self.images.get, PDF, 1)
        while not self.begun:
            time.sleep(0.001)
        return asked


@pytest.fixture
def press() -> Iterator[Press]:
    found = Press()
    yield found
    found.gate.set()
    found.browser.shutdown()


def test_the_page_asked_for_last_comes_first_and_what_may_be_asked_for_comes_last(press: Press) -> None:
    asked = [press.begin()]
    press.images.ahead(PDF, 9)
    asked += [press.ask(page) for page in (2, 3, 4)]
    press.gate.set()
    assert [page.result(20) for page in asked] == [b"1", b"2", b"3", b"4"]
    assert press.images.get(PDF, 9) == b"9"
    assert press.begun == [1, 4, 3, 2, 9]


def test_pages_that_a_coder_gave_up_are_not_made_and_those_of_others_are(press: Press) -> None:
    press.begin()
    other = press.ask(50, "sam")
    given_up = press.ask(2)
    asked = [press.ask(page) for page in range(3, 3 + AT_ONCE - 1)]
    press.browser.submit(press.images.get, PDF, 3 + AT_ONCE, "noor")
    with pytest.raises(LookupError):
        given_up.result(20)
    press.gate.set()
    assert other.result(20) == b"50"
    assert [page.result(20) for page in asked] == [b"%d" % page for page in range(3, 3 + AT_ONCE - 1)]
    assert 2 not in press.begun
    assert press.images.get(PDF, 2, "noor") == b"2"


def test_a_page_is_made_once_while_it_is_kept_and_a_failure_is_told(press: Press) -> None:
    press.gate.set()
    assert [press.images.get(PDF, 7) for _ in range(3)] == [b"7"] * 3
    assert press.begun == [7]
    with pytest.raises(LookupError, match="zo veel"):
        press.images.get(PDF, 901)
    for page in range(100, 100 + KEPT):
        press.images.get(PDF, page)
    press.images.get(PDF, 7)
    assert press.begun.count(7) == 2
