"""What a document's names and title page say about it; what they do not say stays unknown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from corpus.model import CODED_KINDS, Document, Extraction, Municipality, Passage
from corpus.municipalities import by_folder, find_in, in_file_name

T = TypeVar("T")
_Homes = tuple[Municipality, ...]
FOLDER, FILE, TITLE, TITLE_PAGE = "mapnaam", "bestandsnaam", "titel", "titelpagina"
LAST_LINES, TEXT, KIND = "slotformule", "tekst", "soort"
"""Where a value came from, as people read it."""

_KINDS: tuple[tuple[str, str], ...] = (
    ("collegebrief", r"afdoening|tussenbericht|commissiebrief|raadsinformatiebrief|collegebrief"),
    ("preadvies", r"preadvies"),
    ("initiatiefvoorstel", r"ini.{0,3}a.{0,3}efvoorstel"),
    ("amendement", r"amendement"),
    ("motie", r"motie"),
    ("partijprogramma", r"partij(?=\W)|partijprogramma|verkiezingsprogramma|verkiezingsprogram"),
    ("raadsvoorstel", r"raadsvoorstel|voorstel van het college|collegevoorstel"),
    ("coalitieakkoord", r"coalitieakkoord|coalitieprogramma|collegeprogramma|bestuursakkoord|doelstellingenakkoord"),
    ("verordening", r"verordening"),
    ("beleidsregels", r"beleidsregels?|nadere regels?"),
    ("jaarstukken", r"jaarstukken|jaarrekening|jaarverslag|programmarekening"),
    ("begroting", r"begroting|programmabegroting"),
    ("kadernota", r"kadernota|voorjaarsnota|perspectiefnota|kaderbrief"),
    ("evaluatie", r"evaluatie|evaluatierapport"),
    ("monitor", r"monitor|cliëntervaringsonderzoek"),
    ("uitvoeringsprogramma", r"uitvoeringsprogramma|uitvoeringsplan|uitvoeringsagenda|actieprogramma|werkagenda"),
    ("beleidsplan", r"beleidsplan|beleidskader|beleidsnota|beleidsvisie|visie|nota|integraal plan"),
    ("opdracht", r"(?<!in )opdracht|opdrachtbrief|opdrachtverstrekking|dienstverleningsovereenkomst"),
    ("overdrachtsdossier", r"overdrachtsdossier"),
)
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _KINDS)

_AUTHORS = {
    "motie": "raad",
    "amendement": "raad",
    "initiatiefvoorstel": "raad",
    "verordening": "raad",
    "partijprogramma": "partij",
    "raadsvoorstel": "college",
    "preadvies": "college",
    "collegebrief": "college",
    "begroting": "college",
    "jaarstukken": "college",
    "beleidsregels": "college",
}
_NO_POLICY = {
    "partijprogramma": "partijprogramma: wat een partij wil, geen beleid van de gemeente",
    "motie": "motie: een uitspraak van de raad, geen vastgesteld beleid",
    "amendement": "amendement: een wijziging op een voorstel, geen vastgesteld beleid",
    "initiatiefvoorstel": "initiatiefvoorstel van raadsleden, geen vastgesteld beleid",
}
_NO_STANDING = {
    "concept": "concept: nog niet vastgesteld",
    "vervallen": "vervallen: geldt niet meer",
}
_PRACTICE = frozenset({"evaluatie", "monitor"})
_STANDINGS = (
    ("concept", re.compile(r"\b(?:concept(?:versie)?|ontwerp)\b(?![\W_]*(?:zienswijze|besluit))", re.I)),
    ("vervallen", re.compile(r"\b(?:vervallen|ingetrokken)\b", re.I)),
    ("vastgesteld", re.compile(r"\bvastgestelde?\b", re.I)),
)
_ADOPTED = re.compile(
    r"\b(?:aldus\s+)?(?:vastgesteld|besloten)\s+(?:door\s+de\s+(?:gemeente)?raad\b|door\s+het\s+college\b|"
    r"in\s+de\s+(?:openbare\s+)?(?:raads)?vergadering\b)",
    re.I,
)
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:[-–—_/]|tot en met|t/m|tot)\s?((?:20)?\d\d)(?!\d)")
_DATED = re.compile(r"(?<!\d)(20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_DATE_BEFORE = re.compile(r"^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-_\s]+(?=\D)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LAWS = (
    ("Wmo", re.compile(r"\bWmo\b|\bWet maatschappelijke ondersteuning\b", re.I)),
    ("Jeugdwet", re.compile(r"\bJeugdwet\b", re.I)),
    ("Participatiewet", re.compile(r"\bParticipatiewet\b", re.I)),
)
_IMPRINT = re.compile(
    r"@|\bcolofon\b|\binlichtingen:|\bpagina \d+ van\b|\btyp tekst|\ba ?ldu ?s (?:aangenomen|verworpen|vastgesteld)\b",
    re.I,
)
"""What stands large on a first page, and is no title: an imprint, a stamp, a template's own words."""
_ENOUGH = 3
"""Mentions from which a text concerns a law, and does not just name it."""
_FRONT = 12
"""Passages of a format without pages that count as its title page."""


@dataclass(frozen=True, slots=True)
class _Found(Generic[T]):
    """A value and where it came from; ``None`` where nothing said it."""

    value: T | None = None
    origin: str = ""


def infer(name: str, extraction: Extraction) -> Document:
    """Return what is known of a document from its name in the study, its title and its title page.

    ``name`` is the file's name with its folders (``/``). `Document.origins` says per field where its value came from.
    """
    path = PurePosixPath(name)
    front = _front(extraction.passages)
    headings = " \n".join(p.text for p in front if p.kind in ("heading", "title"))
    stem = _words(path.stem)
    title = _first((TITLE, _sensible_title(extraction.title)), (FILE, stem))
    names = ((FILE, stem), (TITLE, title.value or ""), (TITLE_PAGE, headings))
    dated = ((FILE, path.stem), *names[1:])
    kind = _first(*((origin, find_kind(text)) for origin, text in names))
    years = _first(*((origin, find_years(text)) for origin, text in dated))
    standing = _first(*((origin, _find_standing(text)) for origin, text in names), _adopted(front, extraction.passages))
    homes = _first(*_homes(path, title.value or "", headings, front))
    laws = _find_laws(title.value or "", extraction.passages)
    author = _first((KIND, _AUTHORS.get(kind.value or "")))
    source = _first((KIND, "praktijk" if kind.value in _PRACTICE else "beleid" if kind.value else None))
    included, reason = inclusion(kind.value, standing.value)
    known: dict[str, _Found[str] | _Found[tuple[int, int]] | _Found[tuple[str, ...]] | _Found[_Homes]] = {
        **{"title": title, "municipalities": homes, "kind": kind, "author": author, "standing": standing},
        **{"year": years, "laws": laws, "source": source},
    }
    return Document(
        id=extraction.version.document_id,
        file_name=name,
        title=title.value,
        municipalities=homes.value or (),
        kind=kind.value,
        author=author.value,
        standing=standing.value,
        year_from=years.value[0] if years.value else None,
        year_to=years.value[1] if years.value else None,
        laws=laws.value or (),
        source=source.value,
        included=included,
        included_reason=reason,
        origins={field: found.origin for field, found in known.items() if found.value},
    )


def _first(*candidates: tuple[str, T | None]) -> _Found[T]:
    """The first (origin, value) whose value is known."""
    return next((_Found(value, origin) for origin, value in candidates if value), _Found())


def _words(stem: str) -> str:
    """A file's name as a title: no date before it, hyphens and underscores as spaces, periods as they stand."""
    undated = _DATE_BEFORE.sub("", stem)
    return re.sub(r"(?<!\d)[-_\s]+|[-_\s]+(?!\d)|[_\s]+", " ", undated).strip() or stem


def inclusion(kind: str | None, standing: str | None) -> tuple[bool, str]:
    """Return whether a document starts as included in the analysis, and if not why."""
    reason = _NO_POLICY.get(kind or "") or _NO_STANDING.get(standing or "") or ""
    return not reason, reason


def find_kind(text: str) -> str | None:
    """Return the kind of document a name or title speaks of: the first named, so 'voorstel … verordening' is one."""
    found = [(m.start(), -len(m[0]), kind) for kind, pattern in _KIND_PATTERNS if (m := pattern.search(text))]
    return min(found)[2] if found else None


def find_years(text: str) -> tuple[int, int] | None:
    """Return the period (or twice the year) a name or title speaks of, ``None`` when it names none or several."""
    periods = {p for m in _PERIOD.finditer(text) if (p := _period(m[1], m[2]))}
    if len(periods) == 1:
        return periods.pop()
    dates = {int(m[1]) for m in _DATED.finditer(text)}
    years = dates or {y for m in _YEAR.finditer(text) if 1990 <= (y := int(m[1])) <= 2049}
    if periods or len(years) != 1:
        return None
    year = years.pop()
    return year, year


def _period(first: str, last: str) -> tuple[int, int] | None:
    start, end = int(first), int(last if len(last) == 4 else first[:2] + last)
    return (start, end) if 1990 <= start < end <= start + 30 else None


def _find_standing(text: str) -> str | None:
    return next((name for name, pattern in _STANDINGS if pattern.search(text)), None)


def _adopted(front: Sequence[Passage], passages: Sequence[Passage]) -> tuple[str, str | None]:
    """Adoption is said on the title page or in the formula above the signatures."""
    if any(_ADOPTED.search(p.text) for p in front):
        return TITLE_PAGE, "vastgesteld"
    return LAST_LINES, "vastgesteld" if any(_ADOPTED.search(p.text) for p in passages[-5:]) else None


def _front(passages: Sequence[Passage]) -> list[Passage]:
    """The title page: the first page, or the first passages of a format without pages; furniture included."""
    if passages and passages[0].page_from is not None:
        return [p for p in passages if p.page_from == passages[0].page_from]
    return list(passages[:_FRONT])


def _sensible_title(title: str | None) -> str | None:
    """A title that can stand in a list of sources: some words, no stamp, no running text."""
    text = " ".join((title or "").split())
    words = re.findall(r"[^\W\d_]{3,}", text)
    if not 2 <= len(words) <= 20 or len(text) > 140 or not (text[0].isupper() or not text[0].isalpha()):
        return None
    if _IMPRINT.search(text):
        return None
    sentence = re.search(r"[.;,]$|[a-z]\. [A-Z]|\baldus\b|\bRIS\b|\b(?:is|heeft|heb|bent|zijn|wordt) ", text, re.I)
    return None if sentence else text


def _homes(path: PurePosixPath, title: str, headings: str, front: Sequence[Passage]) -> Iterator[tuple[str, _Homes]]:
    yield from ((FOLDER, by_folder(folder)) for folder in reversed(path.parent.parts))
    yield FILE, in_file_name(path.stem)
    yield TITLE, tuple(find_in(title))
    yield TITLE_PAGE, tuple(find_in(headings))
    named = tuple(find_in("\n".join(p.text for p in front)))
    # Running text of a first page may name others as examples: several are none.
    yield TITLE_PAGE, named if len(named) == 1 else ()


def _find_laws(title: str, passages: Sequence[Passage]) -> _Found[tuple[str, ...]]:
    text = "\n".join(p.text for p in passages if p.kind in CODED_KINDS)
    counts = {law: len(pattern.findall(text)) for law, pattern in _LAWS}
    found = [law for law, pattern in _LAWS if counts[law] >= _ENOUGH or pattern.search(title)]
    return _Found(tuple(found), f"{TEXT} ({', '.join(f'{law} {counts[law]}×' for law in found)})")
