"""The Dutch municipalities (CBS, division of 2023-2026) and how to find them in names and in running text.

Size classes: ``G4``, ``G40`` (the 41 members of that city network in 2024) and ``overig``.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from corpus.model import Municipality

_WORD = re.compile(r"[^\W_]+")
_NUMBERING = re.compile(r"^(?:gm)?\d+ | (?:19|20)\d\d$|^gemeente | gemeente$")
_HOMOGRAPHS = frozenset(
    """
altena assen asten beek bergen best borne brummen buren deurne dongen duiven ede elburg epe goes gulpen hardinxveld
hattem heerde heeze hoorn houten huizen hulst kampen kapelle katwijk laren leiden losser meppel noordwijk ommen oss
putten reusel rijswijk rozendaal scherpenzeel sluis soest stein swf tiel urk valkenburg veere voorst waterland weert
westerwolde westland wierden zeist
    """.split()  # noqa: SIM905  # a table of names reads best as text
)
"""Names that are a word, a surname or a village elsewhere as well: alone they prove nothing."""
_ADDRESS = re.compile(
    r"\b(?:gemeenten?|burgemeester en wethouders van(?: de gemeente)?|gemeenteraad van(?: de gemeente)?|"
    r"het college van(?: de gemeente)?)[\s:]+",
    re.I,
)
_LIST = re.compile(r"(?:\s*,\s*|\s+en\s+|\s*&\s*)")


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All municipalities, in the order of their CBS codes."""
    return tuple(municipality for municipality, _ in _rows())


def by_name(name: str) -> Municipality | None:
    """The municipality called ``name`` (official name, alias or CBS code), ``None`` if there is none or more than one.

    Case, accents, hyphens and a leading 'gemeente' make no difference.
    """
    found = _names().get(_key(name).removeprefix("gemeente "), ())
    return found[0] if len(found) == 1 else None


def by_folder(name: str) -> tuple[Municipality, ...]:
    """The municipalities a folder is named after: its whole name (apart from a number or year), else as a file name."""
    key, before = _key(name), ""
    while key != before:
        before, key = key, _NUMBERING.sub("", key)
    found = _names().get(key, ())
    return found if len(found) == 1 else in_file_name(name)


def in_file_name(name: str) -> tuple[Municipality, ...]:
    """The municipalities named in a file name (without suffix), in order.

    A name that is also a word or surname (*Best*, *Bergen*, *Ede*) counts after 'gemeente' only, or with a capital
    that it does not owe to standing first.
    """
    words = list(_WORD.finditer(name))
    found: dict[Municipality, None] = {}
    position = 0
    while position < len(words):
        candidates, length = _longest(words, position)
        before = _key(words[position - 1][0]) if position else ""
        if len(candidates) == 1 and _counts(words, position, length, before):
            found[candidates[0]] = None
        position += max(1, length)
    return tuple(found)


def find_in(text: str) -> Counter[Municipality]:
    """How often each municipality is addressed in running text: 'gemeente X', 'gemeenten X, Y en Z', 'raad van X'.

    A name without such a word before it does not count: most texts name other municipalities as examples.
    """
    counts: Counter[Municipality] = Counter()
    for match in _ADDRESS.finditer(text):
        plural = match[0].lower().startswith("gemeenten")
        for municipality in _names_from(text, match.end(), plural):
            counts[municipality] += 1
    return counts


def _names_from(text: str, position: int, plural: bool) -> Iterator[Municipality]:
    while True:
        words = list(_WORD.finditer(text, position, position + 60))
        if not words or words[0].start() - position > 1:
            return
        candidates, length = _longest(words, 0)
        capital = any(word[0][0].isupper() for word in words[:length])
        if len(candidates) != 1 or not capital:
            return
        yield candidates[0]
        joined = _LIST.match(text, words[length - 1].end())
        if not plural or joined is None:
            return
        position = joined.end()


def _counts(words: list[re.Match[str]], position: int, length: int, before: str) -> bool:
    """Whether a name found in a file name is the municipality: not a province, a word or a surname."""
    if before == "provincie" or (before in ("van", "de") and length == 1 and _is_word(words[position])):
        return False
    if before == "gemeente" or length > 1 or not _is_word(words[position]):
        return True
    return position > 0 and words[position][0][0].isupper() and not words[position - 1][0].isupper()


def _is_word(word: re.Match[str]) -> bool:
    return _key(word[0]) in _HOMOGRAPHS


def _longest(words: list[re.Match[str]], position: int) -> tuple[tuple[Municipality, ...], int]:
    """The longest name that starts at a word: who bears it, and its length in words (0: none)."""
    parts = [_key(word[0]) for word in words[position : position + 5]]
    for length in range(len(parts), 0, -1):
        if found := _names().get(" ".join(parts[:length])):
            return found, length
    return (), 0


def _key(name: str) -> str:
    """Lower case without accents, and one space for everything that is no letter or digit."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("&", " en ")) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.lower()))


@cache
def _names() -> Mapping[str, tuple[Municipality, ...]]:
    names: dict[str, list[Municipality]] = defaultdict(list)
    for municipality, aliases in _rows():
        short = re.sub(r" \(.*\)$", "", municipality.name)
        for key in {_key(n) for n in (municipality.name, short, municipality.code, *aliases)}:
            names[key].append(municipality)
    return {key: tuple(found) for key, found in names.items()}


@cache
def _rows() -> tuple[tuple[Municipality, tuple[str, ...]], ...]:
    with files("corpus").joinpath("municipalities.csv").open(encoding="utf-8") as file:
        return tuple(
            (
                Municipality(row["name"], row["code"], row["province"], row["size_class"]),
                tuple(alias for alias in row["aliases"].split("|") if alias),
            )
            for row in csv.DictReader(file)
        )
