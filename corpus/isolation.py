"""Read many files in processes of their own, under a limit of time and memory: one bad file costs that file only."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from math import ceil
from pathlib import Path
from queue import SimpleQueue
from types import MappingProxyType

from corpus.formats.sniffing import open_file
from corpus.model import Extraction, Notice, SegmentSettings, UnreadableError
from corpus.reading import Source
from corpus.serial import dump_settings, load_extraction
from corpus.worker import EXTRACTION, LAST, READY

_START_SECONDS = 120
_PAGE = re.compile(rb"/Type\s*/Page\b")
_BYTES_PER_PAGE = 100_000
_MAX_UNITS = 20
"""A file may claim any number of pages; beyond 2,000 it gets no more time."""


def read_all(
    sources: Sequence[Source],
    settings: SegmentSettings,
    *,
    jobs: int = 1,
    seconds_per_100_pages: float = 120,
    memory_mb: int = 2048,
    passwords: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[Source, Extraction | Notice]]:
    """Read files in ``jobs`` worker processes and yield them in the order of ``sources``.

    A file that cannot be read, takes too long, asks for too much memory or kills its process yields a `Notice` that
    says so. The time limit is ``seconds_per_100_pages`` for every hundred pages begun (estimated from the file).
    ``passwords`` maps a source's name to the password of its file.
    """
    workers: SimpleQueue[_Worker] = SimpleQueue()
    pool = [_Worker(memory_mb) for _ in range(max(1, jobs))]
    for worker in pool:
        workers.put(worker)

    def read(source: Source) -> Extraction | Notice:
        worker = workers.get()
        try:
            limit = seconds_per_100_pages * _units(source.path)
            return worker.read(source.path, settings, passwords.get(source.name), limit)
        finally:
            workers.put(worker)

    executor = ThreadPoolExecutor(len(pool))
    try:
        running: deque[tuple[Source, Future[Extraction | Notice]]] = deque()
        for source in sources:
            running.append((source, executor.submit(read, source)))
            if len(running) > 2 * len(pool):  # read no further ahead than the caller can use
                yield _wait(*running.popleft())
        while running:
            yield _wait(*running.popleft())
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in pool:
            worker.close()
        executor.shutdown(wait=True)


def _wait(source: Source, future: Future[Extraction | Notice]) -> tuple[Source, Extraction | Notice]:
    return source, future.result()


def _units(path: Path) -> int:
    """Hundreds of pages begun: counted where a PDF names its pages openly, else guessed from its size."""
    try:
        size = path.stat().st_size
        with open_file(path) as file:
            head = file.read(64 * 1024 * 1024)
    except (OSError, UnreadableError):
        return 1
    return min(_MAX_UNITS, max(1, ceil(max(len(_PAGE.findall(head)), size / _BYTES_PER_PAGE) / 100)))


class _Worker:
    """One worker process, started when first needed and again after it was killed or died."""

    def __init__(self, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._lock = threading.Lock()

    def read(self, path: Path, settings: SegmentSettings, password: str | None, limit: float) -> Extraction | Notice:
        request = json.dumps({"path": str(path.absolute()), "password": password, "settings": dump_settings(settings)})
        try:
            process = self._running()
        except OSError as error:
            return Notice("no_worker", f"Het leesproces wil niet starten ({error}). Start het programma opnieuw.")
        line, timed_out = _ask(process, request, limit)
        if not line.endswith(b"\n"):
            code = self._drop()
            return _too_slow(limit) if timed_out else _died(code)
        word, _, answer = line.partition(b" ")
        if word == EXTRACTION.encode():
            return load_extraction(answer)
        if word == LAST.encode():
            self._drop()
        return Notice(*json.loads(answer))

    def close(self) -> None:
        with self._lock:
            self._closed = True
        self._drop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._drop()
            with self._lock:
                if self._closed:
                    raise OSError("gestopt")
                self._process = _start(self._memory_mb)
            line, _ = _ask(self._process, None, _START_SECONDS)
            if line.strip().decode() != READY:
                self._drop()
                raise OSError("geen antwoord")
        return self._process

    def _drop(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        # a process that died by itself has a moment to leave its code
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
        _kill(process)
        code = process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return code


def _start(memory_mb: int) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parent.parent)
    # -P: the folder the user happens to stand in is no place to import from
    return subprocess.Popen(  # noqa: S603  # our own module, by our own interpreter
        [sys.executable, "-P", "-m", "corpus.worker", str(memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))},
        start_new_session=True,
    )


def _ask(process: subprocess.Popen[bytes], request: str | None, limit: float) -> tuple[bytes, bool]:
    """Send a request (``None``: only wait) and return the answer; empty or cut off when the process ended first."""
    timed_out = threading.Event()

    def stop() -> None:
        timed_out.set()
        _kill(process)

    timer = threading.Timer(limit, stop)
    timer.daemon = True
    timer.start()
    try:
        if process.stdin is None or process.stdout is None:
            return b"", False
        if request is not None:
            process.stdin.write(request.encode("ascii") + b"\n")
            process.stdin.flush()
        return process.stdout.readline(), timed_out.is_set()
    except (OSError, ValueError):
        return b"", timed_out.is_set()
    finally:
        timer.cancel()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and whatever it started."""
    if process.poll() is not None:
        return
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _too_slow(limit: float) -> Notice:
    return Notice(
        "timeout",
        f"Het lezen duurde langer dan {limit:.0f} seconden en is afgebroken. Druk het bestand opnieuw af naar pdf, "
        "splits het, of geef meer tijd.",
    )


def _died(code: int | None) -> Notice:
    why = f"signaal {-code}" if code is not None and code < 0 else f"code {code}"
    return Notice(
        "crashed",
        f"Het lezen van dit bestand brak af ({why}): het is beschadigd of vraagt te veel geheugen. Druk het opnieuw af "
        "naar pdf en voeg dat toe.",
    )
