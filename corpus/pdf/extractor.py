"""By what a text from a PDF was read: its name says when a stored text is stale. Imports nothing heavy."""

import shutil
from functools import lru_cache

from corpus.model import SegmentSettings

VERSION = 2
"""Raise whenever the passages of any file could change."""
LANGUAGE = "nld"
"""Tesseract's name for Dutch."""


def extractor_name(settings: SegmentSettings) -> str:
    """Name, version and settings of this reader."""
    scans = " ocr=1" if settings.ocr and can_recognise() else ""
    return f"pdf {VERSION} join_pages={settings.join_pages:d} merge_lists={settings.merge_lists:d}{scans}"


@lru_cache(maxsize=1)
def can_recognise() -> bool:
    """Whether scanned pages can be read here."""
    if shutil.which("tesseract") is None:
        return False
    try:
        import pytesseract

        return LANGUAGE in pytesseract.get_languages()
    except (ImportError, OSError, RuntimeError):
        return False
