"""A finding, and the tables that findings are read from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from outputs.aims import Aimed
from outputs.ambiguity import Ambiguous
from outputs.concrete import Extremes, Placed
from outputs.coverage import Named, Table
from outputs.preconditions import Precondition
from outputs.priorities import Priorities
from outputs.quotes import Meeting
from outputs.what_how import WhatHow


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: a sentence, the figure in it, a quote, and what it rests on."""

    id: str
    title: str
    sentence: str
    figure: str
    unit: str
    """What the figure counts."""
    standing: str
    """Who looked at it: nobody, or how much people accepted."""
    caution: str
    quote: Placed | None
    chapter: str
    """Anchor of the chapter that goes into it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """The tables that findings are read from, and per theme a quote to show."""

    table: Table
    named: Sequence[Named]
    said: Sequence[WhatHow]
    """Over all municipalities, a theme at a time."""
    overall: Counter[str]
    """Passages by what they say, each once."""
    extremes: Sequence[Extremes]
    priorities: Sequence[Priorities]
    ambiguous: Sequence[Ambiguous]
    meetings: Sequence[Meeting]
    """Tensions of grade 4 and 3, the firmest first."""
    aims: Sequence[Aimed]
    preconditions: Sequence[Precondition]
    quotes: dict[str, Placed]
    """The best quote of each theme."""
    together: Placed | None = None
    """The passage that names most themes at once."""
