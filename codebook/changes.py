"""What differs between two versions of a codebook, code by code."""

from dataclasses import dataclass
from typing import Literal

from codebook.model import Code, Codebook

Kind = Literal["new", "retired", "renamed", "merged", "split", "definition", "terms", "looks"]
"""``looks``: label, colour, examples or group; ``merged``: several codes went into this one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``code`` is the id now (the old one of a retired code), ``old`` the ids it comes from."""

    kind: Kind
    code: str
    label: str
    old: tuple[str, ...] = ()


def changes(before: Codebook, after: Codebook) -> list[Change]:
    """Return what changed, in the order of the new codebook; codes that are gone come last."""
    found: list[Change] = []
    taken: set[str] = set()
    count = {old: sum(old in c.was for c in after.codes) for c in after.codes for old in c.was}
    for code in after.codes:
        old = tuple(i for i in dict.fromkeys((code.id, *code.was)) if i in before.by_id)
        taken.update(old)
        if not old:
            found.append(Change("new", code.id, code.label))
        elif any(count.get(i, 0) > 1 for i in old):
            found.append(Change("split", code.id, code.label, old))
            continue  # a part is another code: how it differs from the whole says nothing
        elif len(old) > 1:
            found.append(Change("merged", code.id, code.label, old))
        elif old != (code.id,):
            found.append(Change("renamed", code.id, code.label, old))
        if len(old) == 1:
            found.extend(Change(kind, code.id, code.label, old) for kind in _differences(before[old[0]], code))
    gone = (c for c in before.codes if c.id not in taken)
    return found + [Change("retired", c.id, c.label, (c.id,)) for c in gone]


def _differences(before: Code, after: Code) -> list[Kind]:
    kinds: list[Kind] = []
    if before.meaning != after.meaning:
        kinds.append("definition")
    if before.matching != after.matching:
        kinds.append("terms")
    looks = [(c.label, c.colour, c.group, c.examples, c.counter_examples) for c in (before, after)]
    return [*kinds, "looks"] if looks[0] != looks[1] else kinds
