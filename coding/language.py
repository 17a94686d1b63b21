"""Dutch words and sentences, with offsets in code points: spaCy's tokens, simplemma's lemmas, our own sentence ends."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import simplemma

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_ABBREVIATIONS = frozenset(
    [
        "aanb",
        "afd",
        "afb",
        "alg",
        "art",
        "artt",
        "bc",
        "bijl",
        "bijv",
        "blz",
        "bv",
        "ca",
        "dhr",
        "div",
        "dr",
        "drs",
        "ed",
        "evt",
        "excl",
        "fig",
        "gem",
        "hfst",
        "incl",
        "ing",
        "inw",
        "ir",
        "jhr",
        "max",
        "mevr",
        "min",
        "mr",
        "mw",
        "nr",
        "nrs",
        "pag",
        "par",
        "plm",
        "prof",
        "red",
        "sr",
        "st",
        "tab",
        "tel",
        "toel",
        "vgl",
        "vnl",
        "zgn",
    ]
)
"""A full stop after these ends no sentence, whatever follows; so after initials and 'd.w.z.', 'i.v.m.' …"""
_DOTTED = re.compile(r"(?:[a-z]{1,2}\.)+[a-z]{1,2}", re.IGNORECASE)
_CLOSING = frozenset(
    [
        "a.u.b",
        "a.s",
        "d.d",
        "e.a",
        "e.d",
        "e.e.a",
        "e.v",
        "enz",
        "etc",
        "i.d",
        "jl",
        "n.v.t",
        "o.i.d",
        "o.v.v",
        "resp",
        "s.v.p",
        "t.k",
        "w.v.t.t.k",
    ]
)
"""These close a list more often than not: what follows in a capital is a new sentence."""
_END = re.compile(
    r"""[.!?…]+["'”’)\]]*(?=\s)                                # a mark with its closing quote or bracket
      | \n\s*\n                                                # an empty line
      | \s(?=[•▪◦●○■‣➢✓]\s)                                 # a bullet, wherever it stands
      | \n(?=[ \t]*(?:[–*o-]|\d{1,2}[.)]|[a-z][.)])[ \t])    # an item that opens a line
    """,
    re.VERBOSE,
)
_VERBS = frozenset(["zorgen", "zorgt", "zorgde", "zorgden"])
"""Verbs that simplemma takes for a noun: 'wij zorgen dat' is no care."""
_SUFFIX = 4
"""Letters the known end of a compound must have, so that 'maanden' is not taken for a kind of 'den'."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark: ``text[start:end]``, its lower-case form and its lemma."""

    start: int
    end: int
    text: str
    lower: str
    lemma: str


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text, without white space."""
    tokens = []
    for token in _tokenizer()(text):
        form = token.text
        if not form.isspace():
            lower = form.lower()
            tokens.append(Token(token.idx, token.idx + len(form), form, lower, lemma(lower)))
    return tokens


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, without the white space between them."""
    spans = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span)) is not None]


def lowered(text: str) -> str:
    """Return the text in lower case with every character in its place, so that offsets hold."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """Return a word's lemma in lower case; an unknown compound follows its last part (*wijkteams*, *wijkteam*)."""
    lower = word.lower()
    if lower in _VERBS:
        return "zorgen"
    if not lower.isalpha() or simplemma.is_known(lower, lang="nl"):
        return _known_lemma(lower)
    for i in range(2, len(lower) - _SUFFIX + 1):
        tail = lower[i:]
        if simplemma.is_known(tail, lang="nl"):
            return lower[:i] + _known_lemma(tail)
    return _known_lemma(lower)


@lru_cache(maxsize=1)
def _tokenizer() -> "Tokenizer":
    """Return spaCy's Dutch tokenizer, made at once and with a bare vocabulary: shapes and the like of words cost time.

    A whole `Language` reads the exceptions again for each rule that is set, and works out for every new word what
    nobody asks.
    """
    from spacy.lang.nl import DutchDefaults as Rules
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import Vocab

    # 'jeugdigen/ouders' is two words; spaCy's Dutch rules keep the slash inside
    infixes = [*(Rules.infixes or ()), r"(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})"]
    return Tokenizer(
        Vocab(),
        rules=Rules.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(Rules.prefixes).search,
        suffix_search=compile_suffix_regex(Rules.suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=Rules.token_match,
        url_match=Rules.url_match,
    )


def _known_lemma(lower: str) -> str:
    found = str(simplemma.lemmatize(lower, lang="nl")).lower().replace("_", "")  # 'deel_nemen'
    # 'passende' goes with 'passend', not with 'passen': as an adjective it has a sense of its own
    return lower[:-1] if lower.endswith("ende") and found.endswith("n") else found


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match.group().isspace():
        return True
    following = text[match.end() :].lstrip()[:1]
    if following.islower():
        return False
    if match.group().rstrip("\"'”’)]") != ".":
        return True
    word = re.search(r"[\w.]*$", text[: match.start()])
    last = word.group().strip(".") if word else ""
    if last.lower() in _CLOSING:
        return True
    if last.lower() in _ABBREVIATIONS or _DOTTED.fullmatch(last):
        return False
    if len(last) == 1 and last.isalpha():
        return not (last.isupper() or _opens_item(text, match.start() - 1))
    return not (last.isdigit() and len(last) <= 2 and _opens_item(text, match.start() - len(last)))


def _opens_item(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t•▪-–")
    return not before or before[-1] in "\n.:;"


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if piece.strip() else None
