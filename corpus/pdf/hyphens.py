"""Dutch hyphens at the end of a line: gone, kept, or kept with a space."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

SUSPENDING = frozenset(
    {
        "en",
        "of",
        "tot",
        "als",
        "naar",
        "dan",
        "noch",
        "respectievelijk",
        "c.q.",
        "op",
        "en/of",
        "maar",
        "resp.",
        "versus",
    }
)
"""Words after which a hyphen stands for a part left out: ``zorg- en welzijn``."""
KEEP = frozenset(
    {
        "niet", "oud", "ex", "sociaal", "non", "semi", "pro", "anti", "vice", "zuid", "noord", "oost", "west", "midden",
        "noordoost", "noordwest", "zuidoost", "zuidwest", "politiek", "financieel", "technisch", "juridisch",
        "cultureel", "maatschappelijk", "sub", "top", "kandidaat", "adjunct", "chef", "aspirant", "interim",
    }
)  # fmt: skip
"""First parts that Dutch writes with a hyphen."""
_SECOND = frozenset({"generaal", "president", "burgemeester", "minister", "wethouder", "directeur"})
_TREMA = {"a": "ä", "e": "ë", "i": "ï", "o": "ö", "u": "ü"}
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*-?")
_HEAD = re.compile(r"[^\s(\[/‘“\"'’„]*$")
_CLASH = frozenset(
    {"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ij", "oe", "oi", "oo", "ou", "ue", "ui", "uu", "ée"}
)


LEAST_KNOWN = 6
"""Letters from which the word list of Dutch may say that two halves are one word (*pro-* + *gramma*)."""


@lru_cache(maxsize=20_000)
def is_dutch(word: str) -> bool:
    """Whether a word in lower case stands in simplemma's list of Dutch word forms."""
    from simplemma import is_known

    return bool(is_known(word, lang="nl"))


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Words that stand whole on one line, in lower case; the last word before a line-end hyphen does not."""
    words: Counter[str] = Counter()
    for text in texts:
        found = _WORD.findall(text)
        if text.endswith("-") and found:
            found.pop()
        words.update(w.lower() for w in found)
    return words


def join(left: str, right: str, words: Mapping[str, int]) -> tuple[str, str, str]:
    """How two lines go together: the first line as it stays, what comes between, and the second line."""
    if not left or not right:
        return left, "", right
    if left.endswith(("/", "–")) and left[-2:-1].isalnum() and right[0].isalpha():
        return left, "", right
    if not re.search(r"[\w)’']-$", left):
        return left, " ", right
    head = _HEAD.search(left[:-1])
    first = head.group() if head else ""
    tail_match = re.match(r"[^\W_]+(?:['’-][^\W_]+)*", right)
    tail = tail_match.group() if tail_match else ""
    following = right.split(" ", 1)[0].lower()
    if not tail or following.rstrip(",") in SUSPENDING:
        return left, " ", right
    if not right[0].islower() or not first[-1:].isalpha():
        return left, "", right
    return _joined(left, right, first, tail, words)


def _joined(left: str, right: str, first: str, tail: str, words: Mapping[str, int]) -> tuple[str, str, str]:
    short = tail.split("-")[0]
    whole = first + short
    joined = words.get(whole.lower(), 0) + (words.get((first + tail).lower(), 0) if tail != short else 0)
    hyphened = words.get(f"{first}-{short}".lower(), 0) + (
        words.get(f"{first}-{tail}".lower(), 0) if tail != short else 0
    )
    trema = first + _TREMA.get(tail[0], tail[0]) + short[1:]
    marked = words.get(trema.lower(), 0) if trema != whole else 0
    if marked and marked >= hyphened and marked > joined:
        return left[:-1], "", trema[len(first)] + right[1:]
    if joined and joined >= hyphened:
        return left[:-1], "", right
    if hyphened:
        return left, "", right
    part = re.split(r"[-–]", first)[-1]
    if len(whole) >= LEAST_KNOWN and part == first and is_dutch(whole.lower()):
        return left[:-1], "", right
    if _kept(first, part, short):
        return left, "", right
    if (
        part[-1:].lower() + tail[0] in _CLASH
        and len(part) >= 3
        and (words.get(part.lower(), 0) and words.get(short.lower(), 0))
    ):
        return left, "", right
    return left[:-1], "", right


def _kept(first: str, part: str, tail: str) -> bool:
    lower = part.lower()
    if lower in KEEP and len(tail) >= 3:
        return True
    if len(part) == 1 or tail.lower() in _SECOND:
        return True
    return (part.isupper() and len(part) > 1 and part.isalpha()) or any(c.isdigit() for c in first)
