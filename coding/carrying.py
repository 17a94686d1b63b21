"""Carry decisions over to a codebook that changed since: renamed, merged, split and retired codes, new definitions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from codebook.model import Code, Codebook
from coding.model import Decision, Look
from coding.store import in_force

Target = tuple[str, str, str, int, int, str]
"""Whose word it is, document, version, start, end, code."""


class Carried(NamedTuple):
    """Decisions under present ids, and those that somebody should look at again."""

    decisions: list[Decision]
    looks: list[Look]


def carry(log: Iterable[Decision], codebook: Codebook, known: Mapping[str, Codebook]) -> Carried:
    """Return the decisions in force under the codebook's present ids, and what needs a second look.

    ``known``: earlier versions by ``content`` hash. A renamed code takes its decisions along. Of codes that were
    merged an accept holds for the whole; a reject only where its coder rejected every part. What was said of a code
    that was split or retired says nothing certain of a present code: it waits for its coder, and counts nowhere.
    """
    log = list(log)
    after: dict[Target, int] = {}
    for i, d in enumerate(log):
        after[_target(d, d.code)] = i
    order = {d.id: i for i, d in enumerate(log)}
    carried = Carried([], [])
    merged: dict[Target, list[Decision]] = {}
    for d in in_force(log):
        codes = successors(codebook, d.code) if d.code else ("",)
        if len(codes) != 1:
            carried.looks.append(
                Look(d, "split" if codes else "retired", codes, False, _then(d, codes, codebook, known))
            )
            continue
        target = _target(d, codes[0])
        if after.get(target, -1) > order[d.id]:
            continue  # its coder has spoken of the present code since
        if len(parts(codebook, codes[0], known.get(d.codebook))) > 1:
            merged.setdefault(target, []).append(d)
            continue
        carried.decisions.append(d if d.code == codes[0] else _under(d, codes[0]))
        then = _then(d, codes, codebook, known)
        if then and then.meaning != codebook[codes[0]].meaning:
            carried.looks.append(Look(d, "definition", codes, True, then))
    for target, found in merged.items():
        _merge(found, target[-1], codebook, known, carried)
    return carried


def successors(codebook: Codebook, code: str) -> tuple[str, ...]:
    """Return what a code is called now: itself, the codes that name it in ``was``, or nothing."""
    if code in codebook.by_id:
        return (code,)
    return tuple(c.id for c in codebook.codes if code in c.was)


def parts(codebook: Codebook, code: str, then: Codebook | None) -> set[str]:
    """Return the codes of an earlier codebook that make up a present one: two or more if they were merged."""
    return {code, *codebook[code].was} & set(then.by_id) if code and then else set()


def _merge(
    found: list[Decision], code: str, codebook: Codebook, known: Mapping[str, Codebook], carried: Carried
) -> None:
    """Take in one coder's decisions on parts of a merged code, all on the same words."""
    accepts = [d for d in found if d.verdict == "accept"]
    every_part = {d.code for d in found} >= set().union(*(parts(codebook, code, known.get(d.codebook)) for d in found))
    holds = accepts or (found if every_part else [])
    carried.decisions.extend(_under(d, code) for d in holds[-1:])
    last = (accepts or found)[-1]
    carried.looks.append(Look(last, "merged", (code,), bool(holds), _then(last, (code,), codebook, known)))


def _under(decision: Decision, code: str) -> Decision:
    return replace(decision, code=code)


def _then(d: Decision, codes: Iterable[str], codebook: Codebook, known: Mapping[str, Codebook]) -> Code | None:
    """Return the code as it was when a decision was made, also of one said again under its present id."""
    then = known.get(d.codebook)
    names = (d.code, *(old for code in codes if code for old in codebook[code].was))
    return next((then[name] for name in names if name in then.by_id), None) if then else None


def _target(d: Decision, code: str) -> Target:
    whose = "" if d.manner == "adjudication" else d.coder
    return whose, d.document_id, d.version, d.start, d.end, code
