"""Pictures of pages for beside the text: rendered by PDFium, one at a time, kept while they are likely to return."""

import io
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

KEPT = 48
"""Pages kept in memory: about 100 kB each."""
WAITING = 4
"""Pages that may wait to be rendered; with more of them nothing is rendered ahead."""
SCALE = 110 / 72
"""Pixels of a picture to a point of its page: 110 dots an inch."""


class PageImages:
    """Renders pages of PDFs in one thread: PDFium is not thread-safe, and memory freed in one thread is used again."""

    def __init__(self) -> None:
        self._pdfium = ThreadPoolExecutor(1, thread_name_prefix="pdfium")
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Path, int], Future[bytes]] = OrderedDict()

    def get(self, path: Path, page: int) -> bytes:
        """Return page ``page`` (1-based) of a PDF as WebP. Raise ``LookupError`` when it cannot be shown."""
        with self._lock:
            asked = self._ask(path, page)
        return asked.result()

    def ahead(self, path: Path, page: int) -> None:
        """Have a page rendered that will probably be asked for next, unless others are waited for."""
        with self._lock:
            if sum(not asked.done() for asked in self._kept.values()) < WAITING:
                self._ask(path, page)

    def _ask(self, path: Path, page: int) -> "Future[bytes]":
        key = (path, page)
        if key not in self._kept:
            self._kept[key] = self._pdfium.submit(_render, path, page)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def _render(path: Path, page: int) -> bytes:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            picture = document[page - 1].render(scale=SCALE).to_pil()
    except (pypdfium2.PdfiumError, IndexError, OSError) as error:
        raise LookupError(f"pagina {page} van {path.name} is niet te tonen: {error}") from error
    stream = io.BytesIO()
    # method 0 costs a third less than 2 for a sixth more bytes, which never leave the machine.
    picture.save(stream, "WEBP", quality=70, method=0)
    return stream.getvalue()
