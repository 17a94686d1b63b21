"""What distinguishes the wording of one group of documents from that of another.

Log-odds ratios with an informative Dirichlet prior: B.L. Monroe, M.P. Colaresi, K.M. Quinn, *Fightin' Words: Lexical
feature selection and evaluation for identifying the content of political conflict*, Political Analysis 16 (2008),
372-403. The prior is the wording of both groups together, so that a rare word must occur far more often than a common
one before it stands out.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.model import Document
from outputs.masking import DOCUMENT, MUNICIPALITY
from outputs.records import Place, Study
from outputs.wording import municipality_of, title_of

Sort = Literal["word", "name", "law"]
PRIOR = 1000.0
"""Words of the two groups together that at most count as read beforehand in each; a tenth of them where less."""
LEAST = 5
"""Times a word must occur in the group that it is said to mark."""
SHOWN = 12
"""Words a group at most."""
_Z = 1.96
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MASKS = re.compile("|".join(re.escape(mask) for mask in (MUNICIPALITY, DOCUMENT)))
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•▪–\n]|\d[.)])[\s\"'‘’“”()]*$")
_LAW = re.compile(
    r"(?:\w{3,}wet(?:ten)?|wet|wmo|wlz|zvw|avg|awb|bbz|ioa[wz]|wgs|wsw|wvggz|wajong|pw|jw|wams|wpg|woo|wni|wib|wbo)"
)
_NONE: Counter[str] = Counter()
_SHORTEST = 3
"""Letters of a word that says anything, but for an abbreviation or a name."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that marks a group: how often there and elsewhere, in how many of the group's documents, and how far.

    ``log_odds`` is the difference in log-odds (above 0: more in the group); ``z`` the same in standard deviations.
    ``place`` and ``span`` (code points in the passage) are where it stands in the group for the first time.
    """

    word: str
    sort: Sort
    here: int
    there: int
    documents: int
    log_odds: float
    z: float
    place: Place
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a study's documents, counted: per document id and lemma how often, repeats left out."""

    counts: Mapping[str, Counter[str]]
    sorts: Mapping[str, Sort]
    """Of the words that can say something: no articles, pronouns and the like."""
    forms: Mapping[str, str]
    """The form in which each lemma occurs most."""
    first: Mapping[tuple[str, str], tuple[Place, tuple[int, int]]]
    """Where a lemma stands in a document for the first time."""


def log_odds(here: tuple[int, int], there: tuple[int, int], prior: tuple[float, float]) -> tuple[float, float]:
    """Return the difference in log-odds of a word between two groups, and that over its standard deviation.

    ``here`` and ``there`` are the word's count and the count of all words in each group, ``prior`` the same of what
    counts as read beforehand (all above 0 for the word). Monroe, Colaresi and Quinn (2008).
    """
    word, words = prior

    def odds(count: int, total: int) -> float:
        return math.log((count + word) / (total + words - count - word))

    difference = odds(*here) - odds(*there)
    return difference, difference / math.sqrt(1 / (here[0] + word) + 1 / (there[0] + word))


def count_words(study: Study) -> Wording:
    """Count the words of the running text of included documents; no tables, and repeats within a municipality once."""
    lemmas = _Lemmas()
    counts: dict[str, Counter[str]] = {}
    forms: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    first: dict[tuple[str, str], tuple[Place, tuple[int, int]]] = {}
    for place in study.places:
        document, text = place.document, place.passage.text
        is_repeat = (document.id, place.passage.number) in study.repeats
        if not document.included or place.passage.kind == "table" or is_repeat:
            continue
        own = counts.setdefault(document.id, Counter())
        for match in _WORD.finditer(_MASKS.sub(_blank, text)):
            form = match[0]
            forms[form] += 1
            word = lemmas[form]
            if word not in own:
                first[document.id, word] = place, match.span()
            own[word] += 1
            if form[0].islower():
                inside[word] += 1
            elif not _opens(text, match.start()):
                inside[word] += 1
                capitals[word] += 1
    by_word: dict[str, Counter[str]] = {}
    for form, count in forms.items():
        by_word.setdefault(lemmas[form], Counter())[form] += count
    shown = {word: min(found, key=lambda f: (-found[f], f)) for word, found in by_word.items()}
    sorts = {
        word: sort
        for word, found in by_word.items()
        if _telling(word, shown[word], sort := _sort(word, found, inside[word], capitals[word]))
    }
    return Wording(counts, sorts, shown, first)


def _blank(mask: re.Match[str]) -> str:
    """Stand in for what an anonymous text has instead of a name: no word of the document's."""
    return " " * len(mask[0])


class _Lemmas(dict[str, str]):
    """The lemma of each form met."""

    def __missing__(self, form: str) -> str:
        from coding.language import lemma

        self[form] = lemma(form.replace("’", "'"))
        return self[form]


def keywords(wording: Wording, here: Sequence[Document], there: Sequence[Document]) -> list[Keyword]:
    """Return the words that mark the documents ``here`` against those ``there``, the firmest first.

    A word counts when it occurs at least `LEAST` times, and in two documents where the group has two.
    """
    ours, theirs = _sum(wording, here), _sum(wording, there)
    both = ours + theirs
    totals = ours.total(), theirs.total()
    prior = min(PRIOR, both.total() / 10)
    scale = prior / both.total() if both else 0.0
    found = []
    for word, count in ours.items():
        if count < LEAST or word not in wording.sorts:
            continue
        difference, z = log_odds((count, totals[0]), (theirs[word], totals[1]), (both[word] * scale, prior))
        documents = [d for d in here if wording.counts.get(d.id, _NONE)[word]] if z >= _Z else []
        if documents and len(documents) >= min(2, len(here)):
            place, span = wording.first[documents[0].id, word]
            sort, form = wording.sorts[word], wording.forms[word]
            found.append(Keyword(form, sort, count, theirs[word], len(documents), difference, z, place, span))
    return sorted(found, key=lambda k: (-k.z, k.word))


def top(found: Iterable[Keyword], sort: Sort, most: int = SHOWN) -> list[Keyword]:
    """Return the first words of a sort."""
    return [k for k in found if k.sort == sort][:most]


def in_context(keyword: Keyword, reach: int = 60) -> tuple[str, str, str, str]:
    """Return the text before the word, the word and the text after it, literally, and the document with its page."""
    place, (start, end) = keyword.place, keyword.span
    text, document = place.passage.text, place.document
    page = place.passage.page_at(place.passage.start + start)
    about = [
        municipality_of(document),
        title_of(document),
        document.period if document.period not in title_of(document) else "",
    ]
    source = ", ".join(part for part in (*about, "" if page is None else f"p. {page}") if part)
    return text[max(0, start - reach) : start], text[start:end], text[end : end + reach], source


def _sum(wording: Wording, documents: Iterable[Document]) -> Counter[str]:
    total: Counter[str] = Counter()
    for document in documents:
        total.update(wording.counts.get(document.id, _NONE))
    return total


def _opens(text: str, at: int) -> bool:
    """Tell whether a word stands where any word has a capital: at the start of a sentence, item or title."""
    return _SENTENCE_START.search(text, max(0, at - 6), at) is not None


def _sort(word: str, forms: Mapping[str, int], inside: int, capitals: int) -> Sort:
    """Keep laws and names (of places, organisations, people: capitals in mid-sentence) apart from other words."""
    if _LAW.fullmatch(word):
        return "law"
    upper = sum(count for form, count in forms.items() if form.isupper() and len(form) > 1)
    is_name = 2 * capitals > inside if inside else 2 * upper > sum(forms.values())
    return "name" if is_name else "word"


def _telling(word: str, form: str, sort: Sort) -> bool:
    if sort != "word":
        return len(word) > 1
    stop = _stop_words()
    return len(word) >= _SHORTEST and word not in stop and form.lower() not in stop


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    from spacy.lang.nl.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
