"""Four coders on one study at once: how long a decision takes, that none is lost, start-up time and memory.

Run: ``python -m benchmarks.review [STUDY]`` from the project folder. STUDY is copied; default a study of some 14,000
passages made here from the codebook's own examples. With playwright there, also from key to next card in Chromium,
until it is painted: key upon key, and five a second, which is still faster than anybody decides.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import httpx

from codebook.reading import bundled
from coding.store import decision_log, open_store
from corpus.study import open_study

PROGRAM = (sys.executable, "-c", "from coding.cli import main; main()")
CODERS = ("ada", "bas", "cor", "dik")
DECISIONS = 250
PORT = 8799
ADDRESS = f"http://127.0.0.1:{PORT}"
TOWNS = ("Zeist", "Dalfsen", "Goirle", "Heerde", "Leusden", "Nuenen", "Oirschot", "Putten", "Renkum", "Soest")
KEYS = """async key => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  await turn;
  await new Promise(done => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = done;
    after.port2.postMessage(0);
  }));
  return performance.now() - start;
}"""


def rodedraad(*arguments: object) -> str:
    """Run the command line; return what it prints."""
    done = subprocess.run([*PROGRAM, *map(str, arguments)], check=True, capture_output=True, text=True)
    return done.stdout


def make_study(folder: Path, documents: int = 40, passages: int = 350) -> Path:
    """Write documents of sentences from the codebook's examples and code them; return the study."""
    pool = [s for code in bundled().codes for s in (*code.examples, *code.counter_examples, code.definition)]
    sources = folder / "bron"
    for town in TOWNS:
        (sources / town).mkdir(parents=True)
    for d in range(documents):
        lines = [f"# Beleidsplan {d}"]
        for p in range(passages):
            n = d * passages + p
            lines.append(" ".join([f"Punt {n}.", *(pool[(n * 7 + k * 13) % len(pool)] for k in range(3))]))
        (sources / TOWNS[d % len(TOWNS)] / f"plan-{d}.md").write_text("\n\n".join(lines), encoding="utf-8")
    rodedraad("new", folder / "studie")
    rodedraad("add", folder / "studie", sources)
    rodedraad("code", folder / "studie")
    return folder / "studie"


@contextmanager
def served(study: Path, *options: str) -> Iterator[tuple[int, float]]:
    """Serve the page; gives the server's process id and the seconds until it first gave a page."""
    started = time.perf_counter()
    process = subprocess.Popen([*PROGRAM, "review", str(study), "--port", str(PORT), "--no-browser", *options])
    try:
        while True:
            try:
                httpx.get(ADDRESS, follow_redirects=True)  # of a shared study: that a link is asked for
                break
            except httpx.TransportError:
                time.sleep(0.02)
        yield process.pid, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def decisions(link: str) -> Iterator[float]:
    """Decide on card after card as one coder; gives the seconds from each decision to the card that follows."""
    with httpx.Client(base_url=ADDRESS, follow_redirects=True) as client:
        html = client.get(f"/in/{link}").text if link else client.get("/wachtrij").text
        token = re.findall(r'data-token="(\w+)"', html)[0]
        while card := re.findall(r'data-card="([\w-]+)"', html):
            focus = re.findall(r'class="code +focus" data-code="([\w.]+)"', html)
            verdict = {"code": focus[0], "verdict": "accept"} if focus else {"verdict": "read"}
            started = time.perf_counter()
            answer = client.post("/beslis", data={"token": token, "card": card[0], **verdict})
            yield time.perf_counter() - started
            answer.raise_for_status()
            html = answer.text


def keys_in_browser(path: str, key: str, pause: float, count: int = 120) -> list[float]:
    """Return the seconds from key to next card painted in Chromium; empty where playwright is not installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{ADDRESS}{path}")
        for _ in range(count):
            found.append(page.evaluate(KEYS, key) / 1000)
            time.sleep(pause)
        browser.close()
    return found


def memory(process: int) -> str:
    """Return what a process holds now and held at most, in MB (Linux)."""
    status = Path(f"/proc/{process}/status").read_text()
    now, most = (int(re.findall(rf"{name}:\s+(\d+)", status)[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return f"{now:.0f} MB, at most {most:.0f} MB"


def told(name: str, seconds: Sequence[float]) -> None:
    """Print median and p95 in milliseconds."""
    if seconds:
        p95 = statistics.quantiles(seconds, n=20)[-1]
        print(f"{name:34}median {1000 * statistics.median(seconds):5.1f} ms   p95 {1000 * p95:5.1f} ms")


def main() -> None:
    """Print latencies, start-up time, memory, and whether all events are there and nobody judged another's card."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
        study = Path(shutil.copytree(given, Path(folder) / "studie")) if given else make_study(Path(folder))
        with served(study, "--coder", "eve") as (_, seconds):
            print(f"start-up {seconds:.1f} s")
            told("one coder, decision to next card", list(islice(decisions(""), DECISIONS)))
            for name, path, key in (("queue", "/wachtrij", "n"), ("cells", "/cellen", "r")):
                told(f"{name}, key upon key", keys_in_browser(path, key, 0))
                told(f"{name}, five keys a second", keys_in_browser(path, key, 0.2))
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        links = [rodedraad("coder", "add", study, coder).strip().rpartition("/in/")[2] for coder in CODERS]
        with served(study) as (process, _), ThreadPoolExecutor(len(CODERS)) as pool:
            found = list(pool.map(lambda link: list(islice(decisions(link), DECISIONS)), links))
            told(f"{len(CODERS)} coders × {DECISIONS} at once", [s for seconds in found for s in seconds])
            print(f"memory {memory(process)}")
        with closing(open_store(open_study(study))) as store:
            events = [e for e in decision_log(store) if e.coder in CODERS]
        coders = Counter((e.version, e.start) for e in {(e.version, e.start, e.coder): e for e in events}.values())
        print(f"{len(events)} events on {len(coders)} passages, {sum(n > 1 for n in coders.values())} by two coders")


if __name__ == "__main__":
    main()
