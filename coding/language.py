"""Dutch words and sentences, with offsets in code points: spaCy's tokens, simplemma's lemmas, our own sentence ends."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import simplemma

if TYPE_CHECKING:
    from spacy.language import Language

_ABBREVIATIONS = frozenset(
    [
        "aanb",
        "afd",
        "afb",
        "alg",
        "art",
        "artt",
        "a.d.h.v",
        "a.g.v",
        "a.h.w",
        "a.u.b",
        "b.v",
        "bc",
        "bijl",
        "bijv",
        "blz",
        "bv",
        "c.a",
        "c.q",
        "ca",
        "d.d",
        "d.m.v",
        "d.w.z",
        "dhr",
        "div",
        "dr",
        "drs",
        "e.a",
        "e.d",
        "e.e.a",
        "enz",
        "etc",
        "evt",
        "excl",
        "fig",
        "gem",
        "hfst",
        "i.c",
        "i.c.m",
        "i.e",
        "i.h.k.v",
        "i.o",
        "i.o.v",
        "i.p.v",
        "i.s.m",
        "i.t.t",
        "i.v.m",
        "incl",
        "ing",
        "inw",
        "ir",
        "jl",
        "jr",
        "kg",
        "km",
        "lid",
        "max",
        "mevr",
        "min",
        "m.a.w",
        "m.b.t",
        "m.b.v",
        "m.i",
        "m.i.v",
        "m.m.v",
        "m.n",
        "m.u.v",
        "mr",
        "mw",
        "n.a.v",
        "n.b",
        "n.v.t",
        "nl",
        "no",
        "nr",
        "nrs",
        "o.a",
        "o.b.v",
        "o.g.v",
        "o.i.d",
        "o.l.v",
        "o.m",
        "o.v.v",
        "p.j",
        "p.m",
        "p.p",
        "pag",
        "par",
        "plm",
        "pnt",
        "prof",
        "q.q",
        "r.k",
        "red",
        "resp",
        "s.v.p",
        "sr",
        "st",
        "t.a.v",
        "t.b.v",
        "t.g.v",
        "t.h.v",
        "t.o.v",
        "t.w",
        "t/m",
        "tab",
        "tel",
        "toel",
        "u.s",
        "vgl",
        "vnl",
        "w.o",
        "w.v.t.t.k",
        "zgn",
        "z.o.z",
    ]
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n\s*\n")
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
    for token in _language().make_doc(text):
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


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """Return a word's lemma in lower case; an unknown compound follows its last part (*wijkteams*, *wijkteam*)."""
    lower = word.lower()
    if not lower.isalpha() or simplemma.is_known(lower, lang="nl"):
        return str(simplemma.lemmatize(lower, lang="nl")).lower()
    for i in range(2, len(lower) - _SUFFIX + 1):
        tail = lower[i:]
        if simplemma.is_known(tail, lang="nl"):
            return lower[:i] + str(simplemma.lemmatize(tail, lang="nl")).lower()
    return str(simplemma.lemmatize(lower, lang="nl")).lower()


@lru_cache(maxsize=1)
def _language() -> "Language":
    import spacy

    return spacy.blank("nl")


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match.group().isspace():
        return True
    following = text[match.end() :].lstrip()[:1]
    if following and following.islower():
        return False
    if not match.group().startswith(".") or len(match.group().rstrip("\"'”’)]")) > 1:
        return True
    word = re.search(r"[\w./]*$", text[: match.start()])
    last = word.group().lower().strip(".") if word else ""
    if last in _ABBREVIATIONS:
        return False
    is_initial = len(last) == 1 and last.isalpha() and text[match.start() - 1].isupper()
    is_number = last.isdigit() and len(last) <= 2 and _opens_line(text, match.start() - len(last))
    return not (is_initial or is_number)


def _opens_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n" or text[:at].rstrip()[-1:] in ("", *".!?:;")


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if piece.strip() else None
