"""What tests in a browser share: the demo study served, Debian's Chromium, and axe-core's word on a page."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from coding.model import Decision
from coding.store import decision_log, open_store
from corpus.study import open_study

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
PROGRAM = (sys.executable, "-c", "from coding.cli import main; main()")
CHROMIUM = Path("/usr/bin/chromium")
BARRIERS = ("serious", "critical")
"""The impacts of axe-core that no page may have."""

HOSTILE = "\n\n".join(
    [
        "# Plan van Kwaadaardingen",
        "<script>document.title = 'gekaapt'; window.gekaapt = true</script> Inwoners regelen veel op eigen kracht.",
        '<img src=x onerror="window.gekaapt = true"> Het wijkteam is nabij in de buurt en werkt op eigen kracht.',
    ]
)


@dataclass(frozen=True)
class House:
    """A study and the address of the page that serves it."""

    study: Path
    address: str
    process: "subprocess.Popen[bytes]"

    def log(self) -> list[Decision]:
        with closing(open_store(open_study(self.study))) as store:
            return decision_log(store)


def run_rodedraad(*arguments: object) -> str:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(study: Path, *options: str, port: int = 0) -> Iterator[House]:
    """Run ``rodedraad review``, on a free port unless one is given."""
    port = port or free_port()
    command = [*PROGRAM, "review", str(study), "--port", str(port), "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urlopen(f"{address}/static/review.css").close()  # noqa: S310  # our own page
                break
            except OSError:
                time.sleep(0.1)
        yield House(study, address, process)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def opened(
    chromium: "sync_api.Browser", house: House, width: int = 1280, height: int = 800
) -> "Iterator[sync_api.Page]":
    """A browser of its own on the page of a house; an error in the page's script fails the test."""
    context = chromium.new_context(base_url=house.address, viewport={"width": width, "height": height})
    context.set_default_timeout(8000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def rodedraad() -> Callable[..., str]:
    """Run the command line; gives what it printed."""
    return run_rodedraad


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[House]]:
    """Serve a study: ``with serve(study, "--coder", "noor") as house``."""
    return served


@pytest.fixture(scope="session")
def browse() -> "Callable[..., AbstractContextManager[sync_api.Page]]":
    """Open a browser on a house: ``with browse(chromium, house) as page``."""
    return opened


@pytest.fixture(scope="session")
def demo(demo_run: tuple[Path, object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of the bundled documents and a hostile one, with a drawn sample. Copy it before you change it."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(demo_run[0], folder / "demo")
    hostile = folder / "plan.md"
    hostile.write_text(HOSTILE, encoding="utf-8")
    run_rodedraad("add", folder / "demo", hostile)
    run_rodedraad("sample", folder / "demo", "--size", 30)
    return folder / "demo"


@pytest.fixture(scope="module")
def house(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The page of one coder, for all tests of a module that leave enough passages to the next."""
    study = Path(shutil.copytree(demo, tmp_path_factory.mktemp("huis") / "studie"))
    with served(study, "--coder", "noor") as house:
        yield house


@pytest.fixture(scope="session")
def chromium() -> "Iterator[sync_api.Browser]":
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: "sync_api.Browser", house: House) -> "Iterator[sync_api.Page]":
    with opened(chromium, house) as page:
        yield page


@pytest.fixture(scope="session")
def barriers() -> "Callable[[sync_api.Page], list[str]]":
    """What axe-core finds serious or critical on the page as it stands: ``assert barriers(page) == []``.

    For a file (the report): ``page.goto(path.as_uri())`` on a page of ``chromium``, then the same.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed").Axe()

    def look(page: "sync_api.Page") -> list[str]:
        found = axe.run(page).response["violations"]
        return [
            f"{v['id']} ({v['impact']}): {v['help']}: {node['target'][0]} {node['html'][:160]}"
            for v in found
            if v["impact"] in BARRIERS
            for node in v["nodes"]
        ]

    return look
