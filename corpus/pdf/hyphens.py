"""Dutch hyphens at the end of a line: gone, kept, or kept with a space."""

import re
from collections import Counter
from collections.abc import Mapping

SUSPENDING = frozenset({"en", "of", "tot", "als", "naar", "dan", "noch", "tot en met", "respectievelijk", "c.q.", "op"})
KEEP = frozenset(
    {"niet", "oud", "ex", "sociaal", "non", "semi", "pro", "anti", "vice", "zuid", "noord", "oost", "west"}
)
_TREMA = {"a": "ä", "e": "ë", "i": "ï", "o": "ö", "u": "ü"}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")


def vocabulary(texts: list[str]) -> Counter[str]:
    """Words of the document that stand whole on one line, in lower case."""
    words: Counter[str] = Counter()
    for text in texts:
        found = _WORD.findall(text)
        words.update(w.lower() for w in (found[:-1] if text.endswith("-") else found))
    return words


def join(left: str, right: str, words: Mapping[str, int]) -> tuple[str, str, str]:
    """How two lines go together: the first line as it stays, what comes between, and the second line."""
    if not re.search(r"\w-$", left) or not right:
        return left, " ", right
    head = re.split(r"[\s(\[/‘“\"']", left[:-1])[-1]
    tail_match = re.match(r"\w+(?:-\w+)*", right)
    tail = tail_match.group() if tail_match else ""
    if not tail or tail.lower() in SUSPENDING:
        return left, " ", right
    if not right[0].islower():
        return left, "", right
    joined, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
    trema = (head + _TREMA.get(tail[0], tail[0]) + tail[1:]).lower()
    if words.get(joined, 0) >= max(1, words.get(hyphened, 0)):
        return left[:-1], "", right
    if words.get(hyphened, 0):
        return left, "", right
    if words.get(trema, 0):
        return left[:-1], "", _TREMA.get(right[0], right[0]) + right[1:]
    if head.lower() in KEEP or len(head) == 1 or (head.isupper() and len(head) > 1):
        return left, "", right
    return left[:-1], "", right
