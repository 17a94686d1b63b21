"""Markdown: headings, lists, quotes and tables as their marks say."""

import re
from collections.abc import Iterator

from corpus.formats.decoding import decode
from corpus.formats.laying import Block, Reading, clean, line, table_text
from corpus.formats.plain import HASHES, ITEM, LEADER
from corpus.model import PassageKind

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_UNDERLINE = re.compile(r"(=+|-{3,})\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_RULE_ROW = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_FOOTNOTE = re.compile(r"\[\^([^\]]+)\]:\s*")


def read_markdown(data: bytes) -> Reading:
    """Read Markdown; the marks themselves are not part of the text. Raises `UnreadableError` when it is no text."""
    text, notices = decode(data)
    blocks = tuple(_blocks(_COMMENT.sub("", text).splitlines()))
    title = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), None)
    return Reading(blocks, title, notices)


def _blocks(lines: list[str]) -> Iterator[Block]:
    lines = list(lines)
    if lines and lines[0].strip() == "---" and "---" in (end := [one.strip() for one in lines[1:]]):
        closing = end.index("---") + 1
        yield Block("furniture", clean("\n".join(lines[1:closing])))
        del lines[: closing + 1]
    run: list[str] = []
    for one in [*lines, ""]:
        if run and _starts_anew(one, run):
            yield from _run(run)
            run = []
        if one.strip() and not _FENCE.match(one):
            run.append(one)
    if run:
        yield from _run(run)


def _starts_anew(one: str, run: list[str]) -> bool:
    """Whether a line ends the run before it: blank, a heading, a new item, or the end of a table or quote."""
    stripped, last = one.strip(), run[-1].strip()
    if not stripped or _FENCE.match(one) or HASHES.match(stripped) or HASHES.match(last):
        return True
    if stripped.startswith("|") != last.startswith("|") or _FOOTNOTE.match(stripped):
        return True
    if len(run) > 1 and _UNDERLINE.match(last):
        return True
    return bool(ITEM.match(stripped)) or (stripped.startswith(">") and not last.startswith(">"))


def _run(run: list[str]) -> Iterator[Block]:
    first = run[0].strip()
    if (hashes := HASHES.match(first)) and len(run) == 1:
        text = first[hashes.end() :].rstrip("#").strip()
        yield Block("toc", line(text)) if LEADER.match(text) else Block("heading", _inline(text), len(hashes[1]))
    elif len(run) > 1 and _UNDERLINE.match(run[-1].strip()) and not first.startswith("|"):
        yield Block("heading", _inline(" ".join(run[:-1])), 1 if run[-1].strip()[0] == "=" else 2)
    elif first.startswith("|"):
        rows = [one.strip().strip("|").split("|") for one in run if not _RULE_ROW.match(one.strip())]
        yield Block("table", table_text([[_inline(cell) for cell in row] for row in rows]))
    elif footnote := _FOOTNOTE.match(first):
        yield Block("footnote", f"{footnote[1]} {_inline(' '.join([first[footnote.end() :], *run[1:]]))}")
    elif first.startswith(">"):
        yield Block("quote", _inline(" ".join(one.strip().lstrip("> ") for one in run)))
    else:
        text = _inline(" ".join(run))
        kind: PassageKind = "list_item" if ITEM.match(first) else "paragraph"
        yield Block(kind if re.search(r"[^\W\d_]", text) else "furniture", text)


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    for mark in (_STRONG, _EMPHASIS):
        text = mark.sub(r"\2", text)
    return line(_ESCAPE.sub(r"\1", _CODE.sub(r"\1", text)))
