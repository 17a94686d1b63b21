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
    """Return a pattern with ``@name`` written out: ``wat @wie wil`` becomes ``wat ik wil|wat wij wil``.

    Raise `NotationError` for a set that does not exist.
    """
    if text.startswith("/") or "@" not in text:
        return text
    sides = _GAP.split(text)
    for i in range(0, len(sides), 3):
        sides[i] = "|".join(phrase for part in sides[i].split("|") for phrase in _fill(part.strip(), sets))
    return "".join(side if i % 3 == 0 else f" {side}" if i % 3 == 1 else f"{side} " for i, side in enumerate(sides))


def _fill(phrase: str, sets: Mapping[str, Sequence[str]]) -> list[str]:
    found = _SET.search(phrase)
    if not found:
        return [phrase]
    if found.group(1) not in sets:
        raise NotationError(f"de verzameling {found.group()} bestaat niet in [sets]")
    filled = (phrase[: found.start()] + word + phrase[found.end() :] for word in sets[found.group(1)])
    return [done for variant in filled for done in _fill(variant, sets)]


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
