"""Plain text: its lines decide, because they are all the structure it has."""

import re
from collections import Counter
from collections.abc import Iterator

from corpus.formats.decoding import decode
from corpus.formats.laying import Block, Reading, clean

WRAP = 100
"""Lines longer than this (characters) are paragraphs; a file without them was broken off at a fixed width."""

REPEATED = 3
"""A short line that often is no text but part of the page it was saved from."""

HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
ITEM = re.compile(r"(?:[-–—•●▪■◦*+o→►✓]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
LEADER = re.compile(r".*\S(?:\t+|\s*\.{3,}\s*|\s*…+\s*|\s{3,})\d{1,3}$")
_NUMBERED = re.compile(
    r"(?:(?:hoofdstuk|bijlage|artikel|paragraaf)\s+)?(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-ZÀ-Ý‘'\"])", re.I
)
_LETTER = re.compile(r"[^\W\d_]")
_SOURCE = re.compile(r"(?:Bron: ?)?https?://\S+$")
_REMARK = re.compile(r"#\s+[\w' ]{3,30}: .*\d")
_CLOSED = (".", ",", ";", ":", "?", "!", "…")
_SUSPENDED = ("en", "of", "tot", "als", "naar", "dan", "respectievelijk")


def read_plain(data: bytes) -> Reading:
    """Read plain text: UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Blank lines part paragraphs. A file whose lines all fit a fixed width is taken to be wrapped and its lines are
    joined; otherwise every line is a passage. Short lines that come back three times or more (menus of a web page
    saved as text) are furniture. Raises `UnreadableError` when the bytes are no text.
    """
    text, notices = decode(data)
    groups = _groups(text)
    width = _wrap_width(groups)
    return Reading(tuple(_wrapped_blocks(groups, width) if width else _line_blocks(groups)), notices=notices)


def _wrapped_blocks(groups: list[list[str]], width: int) -> Iterator[Block]:
    words = frozenset(re.findall(r"\w+(?:-\w+)+", "\n".join(line for group in groups for line in group).lower()))
    for group, following in zip(groups, [*groups[1:], [""]], strict=True):
        level = _heading_level(group[0], " ".join(following)) if len(group) == 1 else 0
        if level:
            yield _heading(group[0], level)
            continue
        for part in _wrapped_parts(group, width):
            yield _block(_joined(part, words))


def _line_blocks(groups: list[list[str]]) -> Iterator[Block]:
    lines = [line for group in groups for line in group]
    repeated = {line for line, n in Counter(lines).items() if n >= REPEATED and len(line) <= WRAP}
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        if line in repeated and not HASHES.match(line):
            yield Block("furniture", clean(line))
        elif level := _heading_level(line, following):
            yield _heading(line, level)
        else:
            yield _block(line)


def _heading(line: str, level: int) -> Block:
    hashes = HASHES.match(line)
    return Block("heading", clean(line[hashes.end() :] if hashes else line), level)


def _groups(text: str) -> list[list[str]]:
    """Runs of lines between blank lines."""
    groups: list[list[str]] = [[]]
    for raw in text.replace("\f", "\n\n").splitlines():
        # the soft hyphen at the end of a line must outlive `clean`: it says that the word runs on
        line = clean(raw) + ("\u00ad" if raw.rstrip().endswith("\u00ad") else "")
        line = raw.strip() if LEADER.match(raw.strip()) else line
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _wrap_width(groups: list[list[str]]) -> int:
    """The width (characters) at which lines were broken off; 0 when each line is a paragraph of its own."""
    lengths = sorted(len(line) for group in groups for line in group)
    inner = [line for group in groups for line in group[:-1] if not ITEM.match(line)]
    if len(groups) < 2 or len(inner) < 3 or lengths[-1] > WRAP:
        return 0
    running = sum(len(line) > 30 and not line.endswith((".", "?", "!", ":")) for line in inner)
    return lengths[len(lengths) * 9 // 10] if running > len(inner) / 2 else 0


def _wrapped_parts(group: list[str], width: int) -> Iterator[list[str]]:
    """Cut a run of wrapped lines at list items, and after a short line that closes a sentence or precedes a capital."""
    part: list[str] = []
    for line in group:
        if part and (_stands_alone(line) or _stands_alone(part[-1], last=True) or _ends(part[-1], line, width)):
            yield part
            part = []
        part.append(line)
    yield part


def _stands_alone(line: str, *, last: bool = False) -> bool:
    return bool(HASHES.match(line) or LEADER.match(line) or not _LETTER.search(line) or (not last and ITEM.match(line)))


def _ends(line: str, following: str, width: int) -> bool:
    short = len(line) < 0.6 * width
    return short and (line.endswith((".", "?", "!", ":")) or following[:1].isupper())


def _block(text: str) -> Block:
    text = clean(text)
    if LEADER.match(text):
        return Block("toc", text)
    if not _LETTER.search(text) or _SOURCE.match(text) or _REMARK.match(text):
        return Block("furniture", text)
    return Block("list_item" if ITEM.match(text) else "paragraph", text)


def _joined(lines: list[str], words: frozenset[str]) -> str:
    """Wrapped lines as one; a hyphen at a line's end is kept where the word is written so elsewhere in the text."""
    text = lines[0]
    for line in lines[1:]:
        left, right = re.search(r"[\w-]*$", text[:-1]), re.match(r"\w+", line)
        if text.endswith("\u00ad"):
            text = text[:-1] + line
        elif not text.endswith("-") or not left or not left[0] or not right or right[0] in _SUSPENDED:
            text = f"{text} {line}"
        elif not right[0][0].islower() or f"{left[0]}-{right[0]}".lower() in words:
            text += line
        else:
            text = text[:-1] + line
    return text


def _heading_level(line: str, following: str) -> int:
    """Level of a line that stands alone, 0 when it is no heading: short, open-ended, and prose comes after it."""
    if (hashes := HASHES.match(line)) and not _REMARK.match(line):
        return len(hashes[1])
    if len(line) > 80 or line.endswith(_CLOSED) or not following or LEADER.match(line):
        return 0
    if numbered := _NUMBERED.match(line):
        return numbered[1].count(".") + 1
    prose = len(following) >= 80 and len(following) > len(line) and bool(re.search(r"[.?!:]", following))
    if not prose or ITEM.match(line) or not line[0].isupper() or len(line.split()) > 10 or not _LETTER.search(line):
        return 0
    return 1 if line.isupper() else 2
