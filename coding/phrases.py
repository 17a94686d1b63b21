"""Recurring phrases that leave open what they mean: found by their words, ranked by where they stand.

A phrase is two to five words that stand together in several municipalities, one of them a word whose measure depends on
who judges (*passend*, *goed*, *waar nodig*): C. Kennedy, "Vagueness and grammar", Linguistics and Philosophy 30 (2007).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from coding.clauses import Span
from coding.language import Token, tokenize
from coding.patterns import PatternSet

LENGTHS = (2, 3, 4, 5)
"""Words in a phrase."""
LEAST = 4
"""Different passages in which a phrase must stand; near-duplicates are one passage."""
SURE = 2.58
"""Least z: the phrase stands in coded passages more than chance would have it (p < .01, two-sided)."""
_PART = 0.8
"""Share of its places a phrase may have inside one longer phrase."""
VAGUE = frozenset(
    (
        *("passend", "juist", "goed", "beter", "best", "nodig", "mogelijk", "voldoende", "extra", "tijdig"),
        *("laagdrempelig", "integraal", "samen", "dichtbij", "nabij", "eigen", "gezamenlijk", "kwetsbaar"),
        *("menselijk", "gelijk", "sterk", "gelijkwaardig", "breed", "toegankelijk", "inclusief", "gezond", "veilig"),
        *("licht", "zwaar", "snel", "optimaal", "effectief", "kansrijk", "centraal", "betrokken", "verbonden"),
        *("volwaardig", "zinvol", "waardevol", "leefbaar", "betaalbaar", "redelijk", "evenwichtig", "zorgvuldig"),
        *("eenvoudig", "flexibel", "adequaat", "verantwoord", "zelfstandig", "prettig", "vitaal", "krachtig"),
        *("veerkrachtig", "zichtbaar", "open", "warm", "normaal", "gewoon"),
    )
)
"""Words whose measure depends on who judges: gradable adjectives and adverbs of policy language."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which no tokenizer takes."""
_STOP = frozenset(
    (
        *("de", "het", "een", "en", "van", "in", "op", "te", "voor", "met", "die", "dat", "is", "zijn", "worden"),
        *("of", "om", "aan", "bij", "als", "er", "door", "naar", "ook", "tot", "uit", "over", "dan", "zo", "nog"),
        *("wel", "maar", "niet", "we", "wij", "ons", "onze", "hun", "zij", "ze", "dit", "deze", "daar", "hier"),
        *("kunnen", "zullen", "hebben", "moeten", "willen", "mogen", "gaan", "doen", "meer", "veel", "alle", "ander"),
        *("elk", "ieder", "zich", "wat", "waarbij", "zoals", "onder", "tussen"),
    )
)
"""Words with which no phrase begins or ends."""
_Place = tuple[int, Span]
"""Number of a text, and a stretch of it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage in which phrases are sought. ``cluster`` is shared by near-duplicates."""

    text: str
    homes: tuple[str, ...]
    cluster: int
    is_coded: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A recurring phrase as it is mostly written, with its places in coded passages: (number of the text, span)."""

    wording: str
    z: float
    """Log-odds of coded against other passages, divided by its standard error."""
    homes: tuple[str, ...]
    places: tuple[_Place, ...]


def mine_phrases(texts: Sequence[Text], *, least_homes: int, closed: Sequence[str] = ()) -> list[Phrase]:
    """Return the phrases that recur in coded passages of at least ``least_homes`` municipalities, the firmest first.

    Words are joined by lemma; in the passages without a code the forms are sought in which the phrase is written in
    those with one. ``closed`` are patterns whose words are part of no phrase: names of laws and organisations, and
    phrases that are known already. Of near-duplicates in one municipality only the first is read.
    """
    read = list(_first_of_repeats(texts))
    names = PatternSet(list(closed))
    grams: dict[tuple[str, ...], list[_Place]] = defaultdict(list)
    for i in read:
        if texts[i].is_coded:
            for gram, span in _grams(texts[i].text, names):
                if not grams[gram] or grams[gram][-1][0] != i:
                    grams[gram].append((i, span))
    coded = sum(texts[i].is_coded for i in read)
    others = [texts[i].text.lower() for i in read if not texts[i].is_coded]
    found = []
    for places in grams.values():
        homes = {home for i, _span in places for home in texts[i].homes}
        if len(homes) >= least_homes and len({texts[i].cluster for i, _span in places}) >= LEAST:
            phrase = _phrase(texts, places, coded, others)
            found += [phrase] if phrase.z >= SURE else []
    return _without_parts(sorted(found, key=lambda p: (-round(p.z, 6), p.wording)))


def _first_of_repeats(texts: Sequence[Text]) -> Iterator[int]:
    seen: set[tuple[int, str]] = set()
    for i, text in enumerate(texts):
        keys = {(text.cluster, home) for home in text.homes}
        if not keys <= seen:
            seen |= keys
            yield i


def _grams(text: str, names: PatternSet) -> Iterator[tuple[tuple[str, ...], Span]]:
    tokens = tokenize(_HALF.sub("?", text))
    barred = [(m.start, m.end) for m in names.find_in(text, tokens)]
    usable = [
        _is_usable(tokens, i) and not any(a < t.end and t.start < b for a, b in barred) for i, t in enumerate(tokens)
    ]
    vague = [t.lemma in VAGUE for t in tokens]
    for at, token in enumerate(tokens):
        for length in LENGTHS:
            end = at + length
            if end > len(tokens) or not usable[end - 1] or not usable[at]:
                break
            last = tokens[end - 1]
            if any(vague[at:end]) and not {token.lemma, token.lower, last.lemma, last.lower} & (_STOP - {"waar"}):
                yield tuple(t.lemma for t in tokens[at:end]), (token.start, last.end)


def _is_usable(tokens: Sequence[Token], i: int) -> bool:
    """A word, not a number or mark, and not a name: no capital but at the start of a sentence."""
    token = tokens[i]
    before = tokens[i - 1].text if i else "."
    opens = not before[-1].isalnum() and before not in (",", "(", "’", "‘", "-")
    return token.lower.isalpha() and (opens or not token.text[0].isupper())


def _phrase(texts: Sequence[Text], places: Sequence[_Place], coded: int, others: Sequence[str]) -> Phrase:
    written = [texts[i].text[slice(*span)].lower().split() for i, span in places]
    forms = [sorted(set(words)) for words in zip(*written, strict=False)]
    whole = re.compile(r"\b" + r"\s+".join(f"(?:{'|'.join(map(re.escape, words))})" for words in forms) + r"\b")
    elsewhere = sum(
        all(any(word in text for word in words) for words in forms) and whole.search(text) is not None
        for text in others
    )
    a, b = len(places) + 0.5, elsewhere + 0.5
    odds = log(a / (coded - a + 1)) - log(b / (len(others) - b + 1))
    wordings = Counter(" ".join(words) for words in written)
    wording = min(wordings, key=lambda w: (-wordings[w], w))
    homes = sorted({home for i, _span in places for home in texts[i].homes})
    return Phrase(wording, odds / sqrt(1 / a + 1 / b), tuple(homes), tuple(places))


def _without_parts(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Leave out what nearly always stands inside a longer phrase, and a longer phrase of a firmer part."""
    kept: list[Phrase] = []
    for phrase in phrases:
        mine = set(phrase.places)
        if not any(
            _overlap(mine, set(other.places)) >= _PART for other in phrases if _is_longer(other, phrase)
        ) and not any(_overlap(mine, set(other.places)) >= _PART for other in kept):
            kept.append(phrase)
    return kept


def _is_longer(one: Phrase, other: Phrase) -> bool:
    return len(one.wording.split()) > len(other.wording.split())


def _overlap(mine: set[_Place], other: set[_Place]) -> float:
    """Return the share of my places that touch the other's."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for i, span in other:
        spans[i].append(span)
    touched = sum(any(a < end and start < b for a, b in spans[i]) for i, (start, end) in mine)
    return touched / len(mine)
