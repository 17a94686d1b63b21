"""Names of municipalities and documents taken out of a text, and where its offsets went."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

MUNICIPALITY = "[gemeente]"
DOCUMENT = "[document]"
_ORDINARY = frozenset(
    (
        *("beek", "bergen", "best", "borne", "buren", "duiven", "ede", "goes", "horst", "houten", "hulst", "kampen"),
        *("laren", "leiden", "putten", "stein", "weert"),
    )
)
"""Names that are words too: only masked where written as a name."""
_THE_HAGUE = (
    *("'s-Gravenhage", "Den Haag", "Haag", "Haags", "Haagse", "Haaglanden"),
    *("Hagenaar", "Hagenaars", "Hagenaren", "Hagenezen"),
)
_OTHER_NAMES = {
    "Den Haag": _THE_HAGUE,
    "'s-Gravenhage": _THE_HAGUE,
    "'s-Hertogenbosch": ("Den Bosch", "Bosch", "Bossche"),
    "Súdwest-Fryslân": ("Súdwest", "Sudwest-Fryslan"),
}
_COMMON_PARTS = frozenset(["midden", "noord", "oost", "west", "zuid", "hollands", "gooise", "stichtse", "land"])
_FILE = re.compile(r"\.\w{2,5}$")
_LONG_VOWEL = re.compile(r"(?<=([aeou]))\1(?=[b-df-hj-np-tv-z]$)")
_ENDINGS = "s|se|sen|er|ers|ër|ërs|aar|aars|aren|naar|naars|naren|enaar|enaars|enaren|aan|anen|naer"


@dataclass(frozen=True, slots=True)
class Shift:
    """A text with names taken out, and where each offset of the old text went."""

    text: str
    old: tuple[int, ...]
    """Ends of what was replaced, in the old text, with `new` the same in the new text, after a first (0, 0)."""
    new: tuple[int, ...]
    cuts: tuple[tuple[int, int], ...]
    """What was replaced: start and end in the old text."""

    def start(self, offset: int) -> int:
        """Return where a stretch that began at ``offset`` begins: before the mask it would otherwise cut in two."""
        return self._at(self._cut(offset, 0))

    def end(self, offset: int) -> int:
        """Return where a stretch that ended at ``offset`` ends: after the mask it would otherwise cut in two."""
        return self._at(self._cut(offset, 1))

    def _cut(self, offset: int, side: int) -> int:
        i = bisect_right(self.old, offset) - 1
        return self.cuts[i][side] if i < len(self.cuts) and self.cuts[i][0] < offset else offset

    def _at(self, offset: int) -> int:
        i = bisect_right(self.old, offset) - 1
        return self.new[i] + offset - self.old[i]


class Mask:
    """Finds the names of a study's municipalities and documents, also inside words (*Dalfsens*, *www.dalfsen.nl*)."""

    def __init__(self, names: Iterable[str], titles: Iterable[str]) -> None:
        wanted = {title.strip() for title in titles if _is_telling(title)}
        forms = {form for name in names for form in _forms(name)}
        self._documents = [(_letters_in(t), _spaced(t)) for t in sorted(wanted, key=lambda t: (-len(t), t))]
        self._names = sorted(forms, key=lambda form: (-len(form[1]), form))

    def shift(self, text: str) -> Shift:
        """Replace every name by ``[gemeente]`` and every document title by ``[document]``."""
        parts, old, new, cuts, at, length = [], [0], [0], [], 0, 0
        for match in self._pattern(text).finditer(text):
            if match.start() == match.end():
                continue
            start, instead = match.start(), DOCUMENT
            if match.lastgroup != "document":
                instead = MUNICIPALITY
                while start > at and (text[start - 1].isalnum() or text[start - 1] == "_"):
                    start -= 1
            parts += [text[at:start], instead]
            length += start - at + len(instead)
            at = match.end()
            old.append(at)
            new.append(length)
            cuts.append((start, at))
        return Shift("".join([*parts, text[at:]]), tuple(old), tuple(new), tuple(cuts))

    def _pattern(self, text: str) -> re.Pattern[str]:
        """Return what to look for: only forms whose letters stand in the text at all, for the sake of speed."""
        low = text.lower()
        documents = "|".join(form for letters, form in self._documents if letters in low) or r"(?!)"
        names = "|".join(form for letters, form in self._names if letters in low) or r"(?!)"
        return re.compile(f"(?P<document>{documents})|{names}", re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """Return the text with its names masked."""
        return self.shift(text).text


def _is_telling(title: str) -> bool:
    """Tell whether a title, or the name of a file, is more than a word that stands in any text."""
    return bool(_FILE.search(title)) or (len(title.strip()) >= 12 and len(title.split()) > 1)


def _spaced(name: str) -> str:
    """Return a regular expression for a name whose words may be joined by spaces, line breaks, hyphens or nothing."""
    words = (re.escape(word).replace("'", "['’‘`]?") for word in re.split(r"[\s_-]+", name) if word)
    return r"[\s_-]*".join(words)


def _letters_in(name: str) -> str:
    """Return the longest run of letters of a name: where that is not, the name is not."""
    runs: list[str] = re.findall(r"[^\W\d_]+", name)
    return max(runs, key=len, default="").lower()


def _forms(name: str) -> list[tuple[str, str]]:
    """Return regular expressions (case ignored unless said otherwise) for a name, its adjectives and its parts.

    Each comes with letters that stand in every match.
    What stands before a match in the same word goes with it, see `Mask.shift`: quicker than to look for it here.
    """
    bare = re.sub(r"\s*\(.*?\)", "", name)
    parts = {p.strip() for p in re.split(r"[-,]| en ", bare)}
    telling = {p for p in parts if len(p) >= 5 and p.lower() not in _COMMON_PARTS}
    forms: list[tuple[str, str]] = []
    for form in {bare, *telling, *_OTHER_NAMES.get(bare, ())}:
        if len(form) <= 4 or form.lower() in _ORDINARY:
            capital = f"(?-i:{_spaced(form)}|{_spaced(form.upper())})"
            patterns = [rf"\b{capital}(?:{_ENDINGS})?\b", rf"\b{re.escape(form)}(?=\.nl)"]
        else:
            patterns = [rf"{_spaced(form)}\w*"]
        forms += [(_letters_in(form), pattern) for pattern in patterns]
        for stem in {re.sub(r"(?:en|le|e|a)$", "", form), _LONG_VOWEL.sub("", form)} - {form}:
            if len(stem) >= 4 and " " not in stem and form.lower() not in _ORDINARY:
                forms.append((_letters_in(stem), rf"\b{re.escape(stem)}(?:{_ENDINGS})\b"))
    return forms
