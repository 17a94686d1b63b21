"""Find the patterns of a codebook in a text, fast.

What a word can be in any pattern is looked up once a distinct word and remembered; a text then costs one look-up a
token, whatever the number of patterns.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codebook.notation import Near, Phrase, Regex, Word, parse_pattern
from coding.language import Token, lemma, sentences, tokenize

KEPT_WORDS = 300_000
"""Distinct words remembered before starting afresh: a bound on memory in a long run."""


@dataclass(frozen=True, slots=True)
class Match:
    """Pattern ``index`` (in the sequence given) was found at ``start``–``end`` (code points)."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Proximity:
    index: int
    left: frozenset[int]
    right: frozenset[int]
    distance: int
    ordered: bool


class _Wildcards:
    """Word forms with ``*``, looked up by their first or last two letters where they have them."""

    def __init__(self) -> None:
        self._prefixes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._suffixes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._others: list[tuple[re.Pattern[str], int]] = []

    def add(self, form: str, number: int) -> None:
        stem = form.strip("*")
        if len(stem) > 1 and "*" not in stem and form == f"{stem}*":
            self._prefixes[stem[:2]].append((stem, number))
        elif len(stem) > 1 and "*" not in stem and form == f"*{stem}":
            self._suffixes[stem[-2:]].append((stem, number))
        else:
            self._others.append((re.compile(re.escape(form).replace(r"\*", r"[\w\-]*")), number))

    def find(self, word: str) -> Iterator[int]:
        yield from (n for stem, n in self._prefixes.get(word[:2], ()) if word.startswith(stem))
        yield from (n for stem, n in self._suffixes.get(word[-2:], ()) if word.endswith(stem))
        yield from (n for pattern, n in self._others if pattern.fullmatch(word))


class PatternSet:
    """Patterns made ready for searching. Raise `codebook.notation.NotationError` for one that cannot be read."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._words: dict[Word, int] = {}
        self._phrases: dict[Phrase, int] = {}
        self._phrase_words: list[tuple[int, ...]] = []
        self._direct: dict[int, list[int]] = defaultdict(list)
        self._near: list[_Proximity] = []
        self._regexes: list[tuple[int, re.Pattern[str]]] = []
        for index, pattern in enumerate(patterns):
            for expression in parse_pattern(pattern):
                self._add(index, expression)
        self._by_first: dict[int, list[int]] = defaultdict(list)
        for number, words in enumerate(self._phrase_words):
            self._by_first[words[0]].append(number)
        self._by_left: dict[int, list[int]] = defaultdict(list)
        for number, near in enumerate(self._near):
            for phrase in near.left:
                self._by_left[phrase].append(number)
        self._known: dict[str, frozenset[int]] = {}
        self._wildcards = _Wildcards()
        self._by_form, self._by_lemma = self._index_words()

    def find(self, text: str) -> list[Match]:
        """Return every match, in the order of the text; a span is given once a pattern."""
        return self.find_in(text, tokenize(text))

    def find_in(self, text: str, tokens: Sequence[Token]) -> list[Match]:
        """As `find`, for a text that was tokenized already."""
        hits = list(self._find_phrases(tokens))
        found = {
            Match(index, tokens[first].start, tokens[last].end)
            for phrase, first, last in hits
            for index in self._direct.get(phrase, ())
        }
        found.update(self._find_near(text, tokens, hits))
        found.update(self._find_regexes(text, tokens))
        return sorted(found, key=lambda m: (m.start, m.end, m.index))

    def _add(self, index: int, expression: Phrase | Near | Regex) -> None:
        if isinstance(expression, Phrase):
            self._direct[self._phrase(expression)].append(index)
        elif isinstance(expression, Near):
            left = frozenset(self._phrase(p) for p in expression.left)
            right = frozenset(self._phrase(p) for p in expression.right)
            self._near.append(_Proximity(index, left, right, expression.distance, expression.ordered))
        else:
            self._regexes.append((index, expression.pattern))

    def _phrase(self, phrase: Phrase) -> int:
        if phrase not in self._phrases:
            self._phrases[phrase] = len(self._phrase_words)
            self._phrase_words.append(tuple(self._words.setdefault(w, len(self._words)) for w in phrase.words))
        return self._phrases[phrase]

    def _index_words(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        forms: dict[str, list[int]] = defaultdict(list)
        lemmas: dict[str, list[int]] = defaultdict(list)
        for word, number in self._words.items():
            if word.kind == "wildcard":
                self._wildcards.add(word.text, number)
                continue
            forms[word.text].append(number)
            if word.kind == "lemma":
                lemmas[lemma(word.text)].append(number)
        return forms, lemmas

    def _meanings(self, token: Token) -> frozenset[int]:
        known = self._known.get(token.lower)
        if known is None:
            if len(self._known) >= KEPT_WORDS:
                self._known.clear()
            known = frozenset(
                [
                    *self._by_form.get(token.lower, ()),
                    *self._by_lemma.get(token.lemma, ()),
                    *self._wildcards.find(token.lower),
                    *self._wildcards.find(token.lemma),
                ]
            )
            self._known[token.lower] = known
        return known

    def _find_phrases(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
        """Yield phrase number with its first and last token."""
        meanings = [self._meanings(token) for token in tokens]
        for first, here in enumerate(meanings):
            for word in here:
                for number in self._by_first.get(word, ()):
                    words = self._phrase_words[number]
                    last = first + len(words) - 1
                    if last < len(tokens) and _follow(words, meanings, first):
                        yield number, first, last

    def _find_near(self, text: str, tokens: Sequence[Token], hits: Sequence[tuple[int, int, int]]) -> Iterator[Match]:
        if not hits or not self._near:
            return
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for phrase, first, last in hits:
            spans[phrase].append((first, last))
        starts = [start for start, _ in sentences(text)]
        here = spans.keys()
        numbers = {number for phrase in here for number in self._by_left.get(phrase, ())}
        for near in (self._near[number] for number in sorted(numbers)):
            if near.right.isdisjoint(here):
                continue
            lefts = [span for phrase in near.left & here for span in spans[phrase]]
            rights = sorted(span for phrase in near.right & here for span in spans[phrase])
            reach = near.distance + max(last - first for first, last in rights)
            for left in lefts:
                for right in _around(left, rights, reach):
                    if _close(left, right, near) and _same_sentence(tokens, left, right, starts):
                        first, last = min(left[0], right[0]), max(left[1], right[1])
                        yield Match(near.index, tokens[first].start, tokens[last].end)

    def _find_regexes(self, text: str, tokens: Sequence[Token]) -> Iterator[Match]:
        if not self._regexes:
            return
        starts, ends = {t.start for t in tokens}, {t.end for t in tokens}
        for index, pattern in self._regexes:
            for match in pattern.finditer(text):
                if match.start() in starts and match.end() in ends:
                    yield Match(index, match.start(), match.end())


def _follow(words: Sequence[int], meanings: Sequence[frozenset[int]], first: int) -> bool:
    # a loop, not all(): this is the busiest line of the search
    for i in range(1, len(words)):  # noqa: SIM110
        if words[i] not in meanings[first + i]:
            return False
    return True


def _around(left: tuple[int, int], spans: Sequence[tuple[int, int]], reach: int) -> Sequence[tuple[int, int]]:
    """Return the sorted spans that begin within reach of ``left``: a long text has thousands, of which few are near."""
    return spans[bisect_left(spans, (left[0] - reach, 0)) : bisect_right(spans, (left[1] + reach + 1, 0))]


def _close(left: tuple[int, int], right: tuple[int, int], near: _Proximity) -> bool:
    if left[1] < right[0]:
        return right[0] - left[1] <= near.distance
    return not near.ordered and right[1] < left[0] and left[0] - right[1] <= near.distance


def _same_sentence(
    tokens: Sequence[Token], left: tuple[int, int], right: tuple[int, int], starts: Sequence[int]
) -> bool:
    return bisect_right(starts, tokens[left[0]].start) == bisect_right(starts, tokens[right[0]].start)
