"""Pages a second and peak memory of reading PDFs: this project, pdfplumber's own text, and its bare layout.

Run: ``python -m benchmarks.extraction [FOLDER] [--pages N]`` from the project folder. Default: the first 30 pages of
each PDF of ``../shared/corpus`` that has eight pages or more, else the demo's documents. All tools read the same pages
in one run; CPU seconds of this process; medians over the files. Bare ``page.layout`` is the ceiling: nobody who reads
with pdfplumber can be faster.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2

from corpus.model import SegmentSettings, UnreadableError
from corpus.pdf.reading import read_pdf

_MEMORY = """
import resource, sys
from pathlib import Path
from corpus.model import SegmentSettings
from corpus.pdf.reading import read_pdf
read_pdf(Path(sys.argv[1]), "0" * 64, SegmentSettings())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_READ = """
import sys
from pathlib import Path
from corpus.model import SegmentSettings
from corpus.pdf.reading import read_pdf
for name in sys.argv[1:]:
    read_pdf(Path(name), "0" * 64, SegmentSettings())
"""


def passages(path: Path) -> None:
    """Read a file as this project does, up to its passages."""
    read_pdf(path, "0" * 64, SegmentSettings())


def plumber_text(path: Path) -> None:
    """Read a file with pdfplumber's ``extract_text``."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def bare_layout(path: Path) -> None:
    """Only lay the characters out, as pdfminer does for both."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            _ = page.layout
            page.close()


def speed(read: Callable[[Path], None], path: Path, pages: int) -> float:
    """Pages a CPU second."""
    start = time.process_time()
    read(path)
    return pages / max(1e-9, time.process_time() - start)


def head(path: Path, out: Path, pages: int) -> int:
    """Write the first pages of a file to ``out``; return how many."""
    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument.new() as target:
        count = min(pages, len(source))
        target.import_pages(source, list(range(count)))
        target.save(out)
    return count


def thick(paths: Sequence[Path], out: Path, pages: int = 500) -> None:
    """Write one file of ``pages`` pages taken from several."""
    with pypdfium2.PdfDocument.new() as target:
        while len(target) < pages:
            for path in paths:
                with pypdfium2.PdfDocument(path) as source:
                    target.import_pages(source, list(range(min(len(source), pages - len(target)))))
                if len(target) >= pages:
                    break
        target.save(out)


def peak(path: Path) -> float:
    """Peak memory (MB) of a process that reads one file."""
    done = subprocess.run([sys.executable, "-c", _MEMORY, str(path)], capture_output=True, text=True, check=True)
    kilobytes = int(done.stdout.split()[-1])
    return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)


def elapsed(batches: Sequence[Sequence[Path]]) -> float:
    """Seconds by the clock for processes that read a batch each, at the same time."""
    start = time.perf_counter()
    running = [subprocess.Popen([sys.executable, "-c", _READ, *map(str, batch)]) for batch in batches]
    for process in running:
        process.wait()
    return time.perf_counter() - start


def readable(path: Path) -> bool:
    """Whether this project gets passages from a file."""
    try:
        passages(path)
    except UnreadableError:
        return False
    return True


def main() -> None:
    """Print a table: files, pages a second of the three, ratios; then memory and two processes."""
    shared = Path("../shared/corpus")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=shared if shared.exists() else Path("corpus/demo"))
    parser.add_argument("--pages", type=int, default=30, help="pages a file, at most")
    args = parser.parse_args()
    least = 8 if args.folder == shared else 1
    with tempfile.TemporaryDirectory() as folder:
        files: list[tuple[Path, int]] = []
        for i, path in enumerate(sorted(args.folder.rglob("*.pdf"))):
            out = Path(folder, f"{i:03d}-{path.stem[:40]}.pdf")
            if (count := head(path, out, args.pages)) >= least and readable(out):
                files.append((out, count))
        rows = [[speed(tool, p, n) for tool in (passages, plumber_text, bare_layout)] for p, n in files]
        print(f"{'pages/s (CPU)':<46}{'passages':>9}{'text':>8}{'layout':>8}{'x text':>8}{'of layout':>11}")
        for (path, count), (ours, text, layout) in zip(files, rows, strict=True):
            name = f"{path.stem[4:]} ({count})"
            print(f"{name:<46}{ours:>9.1f}{text:>8.1f}{layout:>8.1f}{ours / text:>8.2f}{ours / layout:>11.0%}")
        ours, text, layout = (median(r[k] for r in rows) for k in range(3))
        ratio, share = median(r[0] / r[1] for r in rows), median(r[0] / r[2] for r in rows)
        print(f"{'median':<46}{ours:>9.1f}{text:>8.1f}{layout:>8.1f}{ratio:>8.2f}{share:>11.0%}")
        book = Path(folder, "500.pdf")
        thick([p for p, _ in files], book)
        print(f"peak memory on a 500-page file: {peak(book):.0f} MB")
        paths = [p for p, _ in files]
        one, two = elapsed([paths]), elapsed([paths[::2], paths[1::2]])
        print(f"two processes: {one / two:.2f} x one ({one:.1f} s, {two:.1f} s by the clock)")


if __name__ == "__main__":
    main()
