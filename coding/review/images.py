"""Pictures of pages for beside the text: rendered by PDFium, one at a time, kept while they are likely to return."""

import io
import threading
from collections import OrderedDict
from pathlib import Path

KEPT = 48
"""Pages kept in memory: about 100 kB each."""
SCALE = 110 / 72
"""Pixels of a picture to a point of its page: 110 dots an inch."""


class PageImages:
    """Renders pages of PDFs. PDFium is not thread-safe, so one lock is held around all of its work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Path, int], bytes] = OrderedDict()

    def get(self, path: Path, page: int) -> bytes:
        """Return page ``page`` (1-based) of a PDF as WebP. Raise ``LookupError`` when it cannot be shown."""
        key = (path, page)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = _render(path, page)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def ahead(self, path: Path, page: int) -> None:
        """Render a page in the background that will probably be asked for next."""
        if (path, page) not in self._kept:
            threading.Thread(target=self._quietly, args=(path, page), daemon=True).start()

    def _quietly(self, path: Path, page: int) -> None:
        try:
            self.get(path, page)
        except LookupError:
            return


def _render(path: Path, page: int) -> bytes:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            picture = document[page - 1].render(scale=SCALE).to_pil()
    except (pypdfium2.PdfiumError, IndexError, OSError) as error:
        raise LookupError(f"pagina {page} van {path.name} is niet te tonen: {error}") from error
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=70, method=2)
    return stream.getvalue()
