"""The notation of terms in a codebook: from the text of a pattern to what it asks of a text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

WordKind = Literal["lemma", "exact", "wildcard"]
_SET = re.compile(r"@(\w+)")
_GAP = re.compile(r"\s([~>])(\d{1,2})\s")


class NotationError(ValueError):
    """A pattern that cannot be read; the message (Dutch) says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a pattern: a lemma, an exact form, or a form with ``*`` for any letters."""

    kind: WordKind
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A ``left`` and a ``right`` phrase within ``distance`` tokens of each other, in one sentence."""

    left: tuple[Phrase, ...]
    right: tuple[Phrase, ...]
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression on the text as it stands; a match must begin and end at the edge of a token."""

    pattern: re.Pattern[str]


Expression = Phrase | Near | Regex


def parse_pattern(text: str) -> tuple[Expression, ...]:
    """Return the alternatives a pattern stands for. Raise `NotationError` when it cannot be read."""
    text = text.strip()
    if not text:
        raise NotationError("lege term")
    if text.startswith("/"):
        return (_regex(text),)
    gaps = list(_GAP.finditer(text))
    if len(gaps) > 1:
        raise NotationError("één afstand (~ of >) per term; maak er twee termen van")
    if not gaps:
        return _phrases(text)
    gap = gaps[0]
    distance = int(gap.group(2))
    if not distance:
        raise NotationError("de afstand moet minstens 1 zijn")
    return (Near(_phrases(text[: gap.start()]), _phrases(text[gap.end() :]), distance, gap.group(1) == ">"),)


def expand(text: str, sets: Mapping[str, Sequence[str]]) -> str:
    """Return a pattern with each ``@name`` replaced by that set's alternatives; `NotationError` for an unknown set."""

    def fill(match: re.Match[str]) -> str:
        if match.group(1) not in sets:
            raise NotationError(f"de verzameling {match.group()} bestaat niet in [sets]")
        return "|".join(sets[match.group(1)])

    return text if text.startswith("/") else _SET.sub(fill, text)


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(_phrase(part.strip()) for part in text.split("|"))


def _phrase(text: str) -> Phrase:
    exact = len(text) > 1 and text.startswith('"') and text.endswith('"')
    body = text[1:-1] if exact else text
    if '"' in body:
        raise NotationError("aanhalingstekens horen om de hele term")
    words = tuple(_word(word, exact=exact) for word in body.lower().split())
    if not words:
        raise NotationError("leeg alternatief")
    if "*" in (words[0].text, words[-1].text):
        raise NotationError("een los sterretje staat alleen tussen twee andere woorden")
    return Phrase(words)


def _word(word: str, *, exact: bool) -> Word:
    if exact:
        return Word("exact", word)
    if "*" in word:
        if word != "*" and len(word.replace("*", "")) < 2:
            raise NotationError(f"{word}: te weinig letters naast het sterretje")
        return Word("wildcard", word)
    return Word("lemma", word)


def _regex(text: str) -> Regex:
    if len(text) < 3 or not text.endswith("/"):
        raise NotationError("een reguliere expressie staat tussen twee schuine strepen")
    try:
        return Regex(re.compile(text[1:-1], re.IGNORECASE))
    except re.error as error:
        raise NotationError(f"geen geldige reguliere expressie: {error}") from error
