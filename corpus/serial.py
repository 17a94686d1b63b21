"""Extractions as JSON and back: what goes over the line between a worker and the program that asked."""

import json
from typing import Any

from corpus.model import Anchor, Box, Extraction, Notice, Passage, SegmentSettings, TextVersion


def dump_extraction(extraction: Extraction) -> str:
    """One line of ASCII; text is written once, passages by their offsets."""
    version = extraction.version
    return json.dumps(
        {
            "document_id": version.document_id,
            "extractor": version.extractor,
            "text": version.text,
            "pages": version.pages,
            "title": extraction.title,
            "notices": [[n.reason, n.message, n.page] for n in extraction.notices],
            "passages": [
                [p.number, p.kind, p.heading_path, p.start, p.end, _anchors(p), p.ocr_confidence]
                for p in extraction.passages
            ],
        },
        separators=(",", ":"),
    )


def load_extraction(line: str | bytes) -> Extraction:
    """The inverse of `dump_extraction`."""
    data = json.loads(line)
    text = data["text"]
    return Extraction(
        TextVersion(data["document_id"], data["extractor"], text, data["pages"]),
        tuple(_passage(row, text) for row in data["passages"]),
        data["title"],
        tuple(Notice(*notice) for notice in data["notices"]),
    )


def dump_settings(settings: SegmentSettings) -> dict[str, bool]:
    """Settings as a JSON object."""
    return {"join_pages": settings.join_pages, "merge_lists": settings.merge_lists, "ocr": settings.ocr}


def _anchors(passage: Passage) -> list[list[float]]:
    return [[a.start, a.end, a.box.page, a.box.x0, a.box.top, a.box.x1, a.box.bottom] for a in passage.anchors]


def _passage(row: list[Any], text: str) -> Passage:
    number, kind, path, start, end, anchors, confidence = row
    return Passage(
        number,
        kind,
        tuple(path),
        start,
        end,
        text[start:end],
        tuple(Anchor(from_, to, Box(page, *edges)) for from_, to, page, *edges in anchors),
        confidence,
    )
