"""Pictures of pages for beside the text: rendered by PDFium, one at a time, kept while they are likely to return."""

import io
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

Page = tuple[Path, int]
KEPT = 48
"""Pages kept in memory: about 100 kB each."""
WAITING = 4
"""Pages that may wait to be rendered; with more of them nothing is rendered ahead."""
AT_ONCE = 6
"""Requests that a browser has under way to one host."""
SCALE = 110 / 72
"""Pixels of a picture to a point of its page: 110 dots an inch."""


class PageImages:
    """Renders pages of PDFs in one thread: PDFium is not thread-safe, and memory freed in one thread is used again.

    What was asked for last comes first: whoever leafs through cards is past the pages asked for before.
    """

    def __init__(self, render: Callable[[Path, int], bytes] | None = None) -> None:
        self._render = render or render_page
        self._pdfium = ThreadPoolExecutor(1, thread_name_prefix="pdfium")
        self._lock = threading.Lock()
        self._kept: OrderedDict[Page, Future[bytes]] = OrderedDict()
        self._waiting: OrderedDict[Page, str] = OrderedDict()
        """Not begun, in reverse of the order in which they will be, with who asked for it last."""

    @property
    def waiting(self) -> int:
        """How many pages were asked for and are not begun."""
        return len(self._waiting)

    def get(self, path: Path, page: int, coder: str = "") -> bytes:
        """Return page ``page`` (1-based) of a PDF as WebP. Raise ``LookupError`` when it cannot be shown.

        Of more than `AT_ONCE` that a coder waits for, the oldest are not rendered: a browser asks for no more at once,
        so those were given up.
        """
        with self._lock:
            asked = self._ask((path, page))
            if (path, page) in self._waiting:
                self._waiting[path, page] = coder
                self._waiting.move_to_end((path, page))
                for old in [p for p, whose in self._waiting.items() if whose == coder][:-AT_ONCE]:
                    del self._waiting[old]
                    self._kept.pop(old).set_exception(LookupError("deze pagina werd niet meer gevraagd"))
        return asked.result()

    def ahead(self, path: Path, page: int) -> None:
        """Have a page rendered that will probably be asked for next, after those that are, unless they are many."""
        with self._lock:
            if (path, page) not in self._kept and self.waiting < WAITING:
                self._ask((path, page))
                self._waiting.move_to_end((path, page), last=False)

    def _ask(self, page: Page) -> "Future[bytes]":
        if page not in self._kept:
            self._kept[page] = Future()
            self._waiting[page] = ""
            self._pdfium.submit(self._render_next)
            done = (old for old in self._kept if old not in self._waiting)
            if len(self._kept) > KEPT and (oldest := next(done, None)):
                del self._kept[oldest]
        self._kept.move_to_end(page)
        return self._kept[page]

    def _render_next(self) -> None:
        with self._lock:
            if not self._waiting:  # what this was to render is not asked for any more
                return
            page, _ = self._waiting.popitem()
            asked = self._kept[page]
        try:
            asked.set_result(self._render(*page))
        except Exception as error:
            asked.set_exception(error)


def render_page(path: Path, page: int) -> bytes:
    """Return a page (1-based) of a PDF as WebP. Raise ``LookupError`` when it cannot be shown."""
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
