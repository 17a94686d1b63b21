"""Is the text layer of a page Dutch text? Fonts whose letters mean something else, and pages in other languages."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

Verdict = Literal["fine", "garbled", "foreign"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = _set(
    "de het een en van in op te dat die is voor met aan zijn om door er als naar bij ook of we wij uit tot over niet "
    "dit wordt worden kan deze hun wat zich meer kunnen heeft hebben onze"
)
_OURS = STOP_WORDS - _set("in is of we die over met er om als te en aan op")
_OTHERS = {
    "English": _set("the and to for that with are this be as by on it from which have will not or an was"),
    "German": _set("der das und ist nicht mit für von den auf ein eine sie wird zu dem des werden"),
    "French": _set("le la les des et du est pour dans une que qui par sur pas au aux ce"),
}
_TRIGRAMS = _set(
    "een van ver aar sch ing gen ten ter den der erd aan lij ijk ijn oor nde lin ige nge ati tie sta eli het hee cht "
    "ach eer bel lei eid ond nen ken men elt ger bes ste est str ier rij ijs eve ect oen aal ree ieu wij ijd ven oed "
    "end ele eme nte ent ers ren len ate ont gem uit nie wel wer oek ort and dag ans ook doo nst ndi sti ord"
)
MIN_WORDS = 60
MIN_SHARE = 0.08
_MIN_FAMILIAR = 0.5


def words_of(texts: Sequence[str]) -> list[str]:
    """Words of letters only, in lower case; an unreadable sign counts as a word."""
    return [w for text in texts for w in re.findall(r"[^\W\d_]+|\ufffd", text.lower())]


def familiar(words: Sequence[str]) -> float:
    """Share of words of five letters and more that hold one of the commonest three letters in a row of Dutch."""
    long = [w for w in words if len(w) >= 5]
    if not long:
        return 0.0
    return sum(any(w[i : i + 3] in _TRIGRAMS for i in range(len(w) - 2)) for w in long) / len(long)


def verdict(texts: Sequence[str], least: int = MIN_WORDS) -> Verdict:
    """Whether words can be Dutch; fewer than ``least`` say nothing.

    A page of tables or names has few stop words but Dutch words: both must be missing for it to be garbled.
    """
    words = words_of(texts)
    count = len(words)
    lost = sum(w == "\ufffd" for w in words)
    if lost > 0.3 * max(1, count) and lost > 20:
        return "garbled"
    if count < least:
        return "fine"
    counts = Counter(words)
    ours = sum(counts[w] for w in _OURS) / count
    other = max(sum(counts[w] for w in stops) / count for stops in _OTHERS.values())
    if other > 0.1 and other > 1.5 * ours:
        return "foreign"
    share = sum(counts[w] for w in STOP_WORDS) / count
    if share < MIN_SHARE and familiar(words) < _MIN_FAMILIAR:
        return "garbled"
    return "fine"


def garbled(texts: Sequence[str]) -> bool:
    """Whether a page's words cannot be Dutch; too few words say nothing."""
    return verdict(texts) != "fine"
