import os
import signal
import threading
import zlib

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


def pdf(objects):
    """A PDF of these objects, the first of which is the catalogue."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def stream(content, extra=b""):
    packed = zlib.compress(content, 9)
    return b"<< %s /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (extra, len(packed), packed)


def page(content, resources=FONT):
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>" % resources,
        stream(content),
    ]


def endless_pdf(path):
    """A PDF of a few kilobytes whose one page draws some million letters: reading it takes minutes."""
    drawn = b"BT /F1 9 Tf 50 700 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 400_000 + b"ET"
    path.write_bytes(pdf(page(drawn)))
    return Source(path, path.name)


def nested_forms():
    """Three thousand forms, each drawn by the one before it."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do", form % (number + 1)) for number in range(5, 3005)]
    return pdf([*page(b"/X Do", b"/XObject << /X 5 0 R >>"), *forms, stream(b"", b"/Type /XObject /Subtype /Form")])


def deep_page_tree():
    """One page under three thousand nodes."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, 3002)]
    leaf = b"<< /Type /Page /Parent 3001 0 R /MediaBox [0 0 595 842] >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, leaf])


def flate_bomb():
    """Half a gigabyte of spaces in half a megabyte."""
    return pdf(page(b" " * 500_000_000))


def truncated():
    whole = pdf(page(b"BT /F1 12 Tf 50 700 Td (Een regel tekst.) Tj ET"))
    return whole[: len(whole) // 2]


@pytest.mark.parametrize("make", [nested_forms, deep_page_tree, flate_bomb, truncated])
def test_a_hostile_pdf_gets_a_notice_and_the_next_file_is_read(tmp_path, make):
    (tmp_path / "kwaad.pdf").write_bytes(make())
    sources = [Source(tmp_path / "kwaad.pdf", "kwaad.pdf"), good(tmp_path / "goed.txt")]
    first, second = (r for _, r in read_all(sources, SegmentSettings(), seconds_per_100_pages=60, memory_mb=1024))
    assert isinstance(first, Notice)
    assert first.message
    assert isinstance(second, Extraction)


def good(path):
    path.write_text("Goed.")
    return Source(path, path.name)


def test_a_file_that_takes_too_long_costs_its_time_and_nothing_more(tmp_path):
    sources = [endless_pdf(tmp_path / "eindeloos.pdf"), good(tmp_path / "goed.txt")]
    first, second = (r for _, r in read_all(sources, SegmentSettings(), seconds_per_100_pages=2, memory_mb=8192))
    assert isinstance(first, Notice)
    assert first.reason == "timeout"
    assert isinstance(second, Extraction)


def test_a_file_that_asks_for_too_much_memory_costs_that_file_only(tmp_path):
    sources = [endless_pdf(tmp_path / "eindeloos.pdf"), good(tmp_path / "goed.txt")]
    first, second = (result for _, result in read_all(sources, SegmentSettings(), memory_mb=400))
    assert isinstance(first, Notice)
    assert first.reason in ("memory", "crashed", "broken")
    assert isinstance(second, Extraction)


def test_a_worker_killed_midway_costs_one_file(tmp_path):
    sources = [endless_pdf(tmp_path / "eindeloos.pdf"), good(tmp_path / "goed.txt")]
    killer = threading.Timer(3, kill_children)
    killer.start()
    first, second = (result for _, result in read_all(sources, SegmentSettings(), memory_mb=8192))
    assert isinstance(first, Notice)
    assert first.reason == "crashed"
    assert isinstance(second, Extraction)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pijp.txt")
    [(_, result)] = read_all([Source(tmp_path / "pijp.txt", "pijp.txt")], SegmentSettings())
    assert isinstance(result, Notice)
    assert result.reason == "no_file"


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
