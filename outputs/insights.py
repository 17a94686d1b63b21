"""The layer above the counts: findings, priorities, ambiguity, concreteness, aims, and a page a municipality."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coding.model import Flag
from outputs.aims import Aimed, aims
from outputs.ambiguity import Ambiguous, ambiguous
from outputs.concrete import Climb, Extremes, Placed, climbs, extremes
from outputs.coverage import Table, coverage, named
from outputs.evidence import CODED, FEWEST, MOST, quote_of, telling, term_spans, term_weights
from outputs.finding import Finding, Matter
from outputs.findings import findings
from outputs.preconditions import Precondition, preconditions
from outputs.priorities import Priorities, priorities
from outputs.profiles import Profile, Sources, profiles
from outputs.quotes import meeting, quotable, quoted
from outputs.records import Record, Study
from outputs.tensions import counted_flags, ordered_judged, wording_of
from outputs.what_how import WhatHow, overall, what_how
from outputs.wording import GRADES, municipality_of

FIRM = 3
"""Grade from which the text itself sets two principles against each other."""


@dataclass(frozen=True, slots=True)
class Insights:
    """What stands out in a study, with what it was read from; see the modules the parts come from."""

    table: Table
    """The main themes by municipality."""
    preconditions: tuple[Precondition, ...]
    findings: tuple[Finding, ...]
    priorities: tuple[Priorities, ...]
    ambiguous: tuple[Ambiguous, ...]
    said: tuple[WhatHow, ...]
    extremes: tuple[Extremes, ...]
    climbs: tuple[Climb, ...]
    aims: tuple[Aimed, ...]
    profiles: tuple[Profile, ...]


def insights(study: Study) -> Insights:
    """Work out what stands out in a study."""
    table = coverage(study)
    needs = preconditions(study, table)
    said = tuple(what_how(study))
    ranked = priorities(study, table)
    phrases = ambiguous(study)
    firm = [f for f in counted_flags(study) if _is_firm(study, f)]
    statuses = {j.flag: j.status for j in ordered_judged(study.snapshot)}
    meetings = [meeting(f, study, statuses[f]) for f in firm]
    ends = extremes(study)
    aimed = aims(table)
    by_home = overall(study)
    matter = Matter(
        table=table,
        named=named(table),
        said=[w for w in said if w.group == table.total.name],
        overall=Counter(by_home[table.total.name]),
        extremes=ends,
        priorities=ranked,
        ambiguous=phrases,
        meetings=meetings,
        aims=aimed,
        preconditions=needs,
        quotes=_quotes(study),
        together=_together(study, firm),
    )
    sources = Sources(table, said, by_home, ranked, phrases, meetings)
    return Insights(
        table=table,
        preconditions=tuple(needs),
        findings=findings(matter),
        priorities=ranked,
        ambiguous=phrases,
        said=said,
        extremes=ends,
        climbs=climbs(study),
        aims=aimed,
        profiles=profiles(study, sources),
    )


def _is_firm(study: Study, flag: Flag) -> bool:
    return flag.grade >= FIRM and wording_of(study.snapshot.codebook, flag) in GRADES.values()


def _together(study: Study, firm: Sequence[Flag]) -> Placed | None:
    """Return the passage with most themes, two at least, that reads well and sets nothing against anything."""
    opposed = [(q.document_id, q.start) for f in firm for q in (f.left, f.right)]
    weights = term_weights(study.snapshot.codebook)
    by_place: dict[tuple[str, int], list[Record]] = {}
    for record in quotable(study):
        place = record.place
        at = range(place.passage.start, place.passage.end)
        if any(document == place.document.id and start in at for document, start in opposed):
            continue
        if record.theme.group == "main" and FEWEST <= place.words <= MOST:
            by_place.setdefault((record.place.document.id, record.place.passage.number), []).append(record)
    most = max(by_place.values(), key=lambda own: (len(own), sum(r.score or 1 for r in own)), default=[])
    if len(most) < 2:
        return None
    spans = [span for record in most for span in term_spans(record, weights, CODED)]
    return Placed(municipality_of(most[0].place.document), quoted(most[0], spans))


def _quotes(study: Study) -> dict[str, Placed]:
    """Return the best quote of each theme, over all municipalities."""
    weights = term_weights(study.snapshot.codebook)
    best: dict[str, Placed] = {}
    for record in sorted(quotable(study), key=lambda r: telling(r, weights)):
        if record.theme.id not in best and record.theme.group == "main":
            best[record.theme.id] = Placed(municipality_of(record.place.document), quote_of(record, weights))
    return best
