"""What a theme is: codes, the terms that find them, and the relations between them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Literal

Group = Literal["main", "auxiliary"]
Aim = Literal["societal", "organisational"]
"""What a principle is for: life in society, or how the authority and its professionals work."""
RelationKind = Literal["tension", "precondition", "ambiguity"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which a code is worded.

    ``text`` is what stands in the codebook file, in one of these forms:

    - ``eigen kracht``: lemmas in this order, any inflection (``eigen krachten``);
    - ``vroegsignal*``: a word that starts so (``*werk`` ends so, ``*zorg*`` contains it); also among several words,
      where a lone ``*`` is any one word; the lemma counts too (``*verlener`` finds *zorgverleners*);
    - ``"doen wat nodig is"``: exactly these words, case ignored;
    - ``/regex/``: a regular expression on the text as it stands, case ignored, bounded by tokens;
    - ``ruimte ~6 professional|consulent``: both sides within six tokens of each other in one sentence, either order
      (``>6`` when the left side must come first); ``|`` separates alternatives.

    In the file ``@name`` stands for the alternatives of a set under ``[sets]``; here they are written out.

    ``weight`` (0 to 1) is how much a hit says by itself: a hit alone gives the code this score.
    """

    text: str
    weight: float = 0.8


@dataclass(frozen=True, slots=True)
class Code:
    """One theme (``maatwerk``) or sub-theme (``participatie.arbeid``: its parent follows from the id)."""

    id: str
    group: Group
    label: str
    definition: str
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    exclusions: tuple[str, ...] = ()
    """Patterns (same notation) whose span takes away every hit it overlaps: *Participatiewet* for participatie."""
    poles: tuple[str, ...] = ()
    """Patterns that stand for the code only where a text sets a principle against it (*de kosten*): they code nothing
    and are heard beside a marker of a relation alone."""
    colour: str = "#777777"
    was: tuple[str, ...] = ()
    """Earlier ids of this code, so that decisions on them are carried along: several for codes that were merged, and
    the same one in several codes where it was split."""
    aim: Aim | None = None
    """What the principle is for, where the codebook says so."""

    @property
    def parent(self) -> str | None:
        """Id of the theme a sub-theme belongs to, ``None`` for a theme."""
        return self.id.rpartition(".")[0] or None

    @property
    def meaning(self) -> str:
        """Hash of what the code means to people: decisions under another definition ask for a second look."""
        return _digest([self.definition, self.includes, self.excludes])

    @property
    def matching(self) -> str:
        """Hash of what decides where the code is found; a new definition or colour leaves it as it is."""
        return _digest([self.patterns, self.exclusions])


@dataclass(frozen=True, slots=True)
class Relation:
    """How principles stand to one another, or a phrase that can be read in several ways.

    ``tension``: ``codes`` are the two poles. ``precondition``: ``codes`` is (what is needed, what needs it).
    ``ambiguity``: ``phrases`` are patterns of the ambiguous wording, ``codes`` the readings it allows.
    """

    id: str
    kind: RelationKind
    codes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    rationale: str = ""
    source: str = ""
    markers: tuple[str, ...] = ()
    """Words (patterns) that show the relation in a text, on top of the general markers of contrast and limit."""


@dataclass(frozen=True)  # without slots: what is worked out of all its codes is kept once it was asked for
class Codebook:
    """A named, versioned set of codes and relations, in the order of its file."""

    name: str
    version: str
    language: str
    title: str
    codes: tuple[Code, ...]
    relations: tuple[Relation, ...] = ()
    exclusions: tuple[str, ...] = ()
    """Patterns that hold no code of any theme (names of laws, organisations and functions)."""
    source: str = field(default="", compare=False)
    """The file's own text, comments and all: kept whole in a study's history."""

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __getitem__(self, code_id: str) -> Code:
        """Raise ``KeyError`` when the codebook has no code with this id."""
        return self.by_id[code_id]

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        """Codes by id."""
        return {code.id: code for code in self.codes}

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The present id of every code that went by another (``was``); not of one that was split over several."""
        known = self.by_id
        count = Counter(old for code in self.codes for old in code.was)
        return {old: code.id for code in self.codes for old in code.was if old not in known and count[old] == 1}

    @cached_property
    def themes(self) -> tuple[Code, ...]:
        """Main themes, without sub-themes and auxiliary codes: what counts are made of."""
        return tuple(c for c in self.codes if c.group == "main" and c.parent is None)

    @cached_property
    def content(self) -> str:
        """Hash of everything the codebook says."""
        return _digest(
            [self.name, self.version, self.language, self.title, self.codes, self.relations, self.exclusions]
        )

    @cached_property
    def matching(self) -> str:
        """Hash of what decides where any code is found; re-coding is due only when this changes."""
        return _digest([[(c.id, c.group, c.matching) for c in self.codes], self.exclusions])

    @cached_property
    def relating(self) -> str:
        """Hash of the relations and what stands for their poles: flags are due anew when this or `matching` changes."""
        return _digest([self.relations, [(c.id, c.poles) for c in self.codes if c.poles]])


def _digest(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_table)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _as_table(part: Pattern | Code | Relation) -> dict[str, object]:
    return {f.name: getattr(part, f.name) for f in fields(part)}
