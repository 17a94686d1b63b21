"""Is the text layer of a page text? Pages that are pictures, and fonts whose letters mean something else."""

import re
from collections.abc import Sequence

STOP_WORDS = frozenset(
    (
        "de",
        "het",
        "een",
        "en",
        "van",
        "in",
        "op",
        "te",
        "dat",
        "die",
        "is",
        "voor",
        "met",
        "aan",
        "zijn",
        "om",
        "door",
        "er",
        "als",
        "naar",
        "bij",
        "ook",
        "of",
        "we",
        "wij",
        "uit",
        "tot",
        "over",
        "niet",
        "dit",
        "wordt",
        "worden",
        "kan",
        "deze",
        "hun",
        "wat",
        "zich",
        "meer",
        "kunnen",
        "heeft",
        "hebben",
        "onze",
    )
)
MIN_WORDS = 60
MIN_SHARE = 0.08


def stop_share(texts: Sequence[str]) -> tuple[float, int]:
    """Share of Dutch stop words among the words (letters only), and how many words there are."""
    words = [w for text in texts for w in re.findall(r"[^\W\d_]+|\(cid:\d+\)", text.lower())]
    return (sum(w in STOP_WORDS for w in words) / len(words) if words else 0.0), len(words)


def garbled(texts: Sequence[str]) -> bool:
    """Whether a page's words cannot be Dutch; too few words say nothing."""
    share, count = stop_share(texts)
    odd = sum(text.count("(cid:") for text in texts)
    return (count >= MIN_WORDS and share < MIN_SHARE) or odd > 0.3 * max(1, count)
