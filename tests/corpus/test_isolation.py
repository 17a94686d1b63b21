import os
import signal
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.isolation import read_all
from corpus.model import Anchor, Box, Extraction, Notice, Passage, SegmentSettings, TextVersion
from corpus.reading import Source, find_sources
from corpus.serial import dump_extraction, load_extraction

numbers = st.integers(0, 10**6)
edges = st.floats(allow_nan=False, allow_infinity=False)
anchors = st.builds(Anchor, numbers, numbers, st.builds(Box, numbers, edges, edges, edges, edges))


@st.composite
def extractions(draw):
    text = draw(st.text(max_size=50))
    start, end = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    passage = Passage(
        1,
        "paragraph",
        tuple(draw(st.lists(st.text(max_size=5), max_size=2))),
        start,
        end,
        text[start:end],
        tuple(draw(st.lists(anchors, max_size=3))),
        draw(st.none() | st.floats(0, 1)),
    )
    notices = draw(
        st.lists(st.builds(Notice, st.text(max_size=5), st.text(max_size=5), st.none() | numbers), max_size=2)
    )
    version = TextVersion("0" * 64, "x 1", text, draw(st.none() | numbers))
    return Extraction(version, (passage,), draw(st.none() | st.text(max_size=5)), tuple(notices))


@given(extractions())
def test_an_extraction_survives_the_line_to_another_process(extraction):
    line = dump_extraction(extraction)
    assert "\n" not in line
    assert line.isascii()
    assert load_extraction(line) == extraction


def write(folder, files):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return find_sources([folder])


@pytest.mark.parametrize("jobs", [1, 2])
def test_good_and_bad_files_come_back_in_order(tmp_path, jobs):
    sources = write(tmp_path, {f"{n:02}.txt": b"" if n % 4 == 0 else b"Stuk %d." % n for n in range(12)})
    results = list(read_all(sources, SegmentSettings(), jobs=jobs))
    assert [source for source, _ in results] == sources
    for number, (_, result) in enumerate(results):
        if number % 4 == 0:
            assert isinstance(result, Notice)
            assert result.reason == "empty"
        else:
            assert isinstance(result, Extraction)
            assert result.version.text == f"Stuk {number}."


def fifo(path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs named pipes to make a file that hangs")
    os.mkfifo(path)
    return Source(path, path.name)


def test_a_file_that_hangs_costs_its_time_and_nothing_more(tmp_path):
    sources = [fifo(tmp_path / "hangt.txt"), *write(tmp_path, {"goed.txt": b"Goed."})]
    sources = [s for i, s in enumerate(sources) if s.name not in [t.name for t in sources[:i]]]
    started = time.monotonic()
    first, second = (result for _, result in read_all(sources, SegmentSettings(), seconds_per_100_pages=1))
    assert isinstance(second, Notice)
    assert second.reason == "timeout" or isinstance(first, Notice)
    assert time.monotonic() - started < 30


def test_a_worker_killed_midway_costs_one_file(tmp_path):
    (tmp_path / "goed.txt").write_text("Goed.")
    sources = [fifo(tmp_path / "hangt.txt"), Source(tmp_path / "goed.txt", "goed.txt")]
    killer = threading.Timer(3, kill_children)
    killer.start()
    first, second = (result for _, result in read_all(sources, SegmentSettings()))
    assert isinstance(first, Notice)
    assert first.reason == "crashed"
    assert isinstance(second, Extraction)


def kill_children():
    """End the worker processes of this process, found by their parent in /proc."""
    for entry in os.listdir("/proc"):  # noqa: PTH208  # names, not paths
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:  # noqa: PTH123  # a pseudo file
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{entry}/cmdline", "rb") as file:  # noqa: PTH123  # a pseudo file
                    command = file.read()
            except OSError:
                continue
            if parent == os.getpid() and b"corpus.worker" in command:
                os.kill(int(entry), signal.SIGKILL)


def test_stopping_early_leaves_no_process_behind(tmp_path):
    sources = write(tmp_path, {f"{n}.txt": b"Stuk." for n in range(9)})
    results = read_all(sources, SegmentSettings(), jobs=2)
    next(results)
    results.close()
    assert not [t for t in threading.enumerate() if "ThreadPool" in t.name]


def test_no_files_is_no_work():
    assert list(read_all([], SegmentSettings(), jobs=3)) == []
