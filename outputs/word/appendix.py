"""Every coded passage as a quote in Word, a theme and a municipality at a time, with a source ready to cite (APA)."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from codebook.model import Code
from corpus.model import Document
from outputs.method import state_date
from outputs.paper import Span
from outputs.quotes import quotable
from outputs.records import Record, Study
from outputs.word.paper import WordPaper
from outputs.wording import STATUSES, UNKNOWN_MUNICIPALITY, _, counted, decimal, pages, title_of

_NO_YEAR = _("z.d.")


def write_quotes(study: Study, folder: Path) -> Path:
    """Write ``quotes.docx`` in ``folder`` (made if need be): per theme and municipality every quotable passage, whole.

    Accepted ones come first, then in the order of year, document and text. Raise ``OSError`` when the file cannot be
    written, for instance because it is open in Word.
    """
    paper = WordPaper()
    codebook = study.snapshot.codebook
    paper.running_heads(f"{_('Citatenbijlage')} · {codebook.title}")
    paper.paragraph(_("Citatenbijlage"), "Title")
    paper.paragraph(codebook.title, "Subtitle")
    paper.paragraph(_introduction(study))
    paper.contents(_("Inhoud"))
    paper.new_page()
    records = quotable(study)
    for theme in codebook.themes:
        _theme(paper, study, theme, [r for r in records if r.theme.id == theme.id])
    _sources(paper, study, records)
    return paper.save(
        folder / "quotes.docx",
        title=f"{_('Citatenbijlage')}: {codebook.title}",
        subject=_("Studie %s") % study.snapshot.name,
        author=study.snapshot.method.program,
        day=state_date(study),
    )


def cited(document: Document, page: str = "", *, anonymous: bool = False) -> list[Span]:
    """Return a source in the form of APA 7: ``Gemeente Lindeveen. (2024). Titel (p. 12).``, the title in italics.

    In an anonymous study the title is the kind of document, for the year stands before it already.
    """
    names = [_body(m.name) for m in document.municipalities] or [_body(UNKNOWN_MUNICIPALITY)]
    author = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} & {names[-1]}"
    year = _NO_YEAR if document.year_from is None else str(document.year_from)
    title = document.kind or _("document") if anonymous else _title(document)
    where = ""
    if page:
        where = f" ({_('pp.') if '-' in page else _('p.')} {page.replace('-', '–')})"
    return [(f"{author}. ({year}). ", ""), (_capital(title), "Emphasis"), (f"{where}.", "")]


def _body(name: str) -> str:
    """Name a municipality as an author: ``Gemeente Lindeveen``, also for ``gemeente A``."""
    known = name if name.casefold().startswith(_("gemeente ")) else _("gemeente %s") % name
    return known[:1].upper() + known[1:]


def _title(document: Document) -> str:
    """Return the title, with the years it runs where it does not say so itself."""
    title = title_of(document)
    runs = document.year_to not in (None, document.year_from) and document.period not in title
    return f"{title} {document.period.replace('-', '–')}" if runs else title


def _capital(title: str) -> str:
    """Begin with a capital, but leave the name of a file as it is."""
    return title[:1].upper() + title[1:] if title.partition(" ")[0].isalpha() else title


def _introduction(study: Study) -> str:
    text = _(
        "Alle passages die mensen hebben aanvaard of die het programma voorstelt, per thema en gemeente; aanvaarde "
        "passages staan voorop. Citaten zijn letterlijk en heel. Een voorstel is geen codering: lees het na voor u "
        "het aanhaalt. Twijfelgevallen staan er niet in, en wat dezelfde gemeente (bijna) letterlijk herhaalt staat "
        "er één keer. Een document van meer gemeenten staat bij elk ervan. Het jaar in een bron is dat van het "
        "document, bij een looptijd het eerste: kijk na wanneer het is verschenen."
    )
    if study.anonymous:
        text += " " + _("Gemeenten en documenten zijn niet bij name genoemd.")
    return text


def _theme(paper: WordPaper, study: Study, theme: Code, records: Sequence[Record]) -> None:
    paper.heading(theme.label, 1)
    if theme.definition:
        paper.paragraph(theme.definition)
    if not records:
        paper.paragraph(_("Geen passages aanvaard of voorgesteld."))
    homes: dict[str, list[Record]] = {}
    for record in records:
        for name in record.counts_for:
            homes.setdefault(name, []).append(record)
    for name in sorted(homes, key=lambda n: (n == UNKNOWN_MUNICIPALITY, n.casefold())):
        paper.heading(name, 2)
        paper.paragraph(_count(homes[name]), "Toelichting", keep=True)
        for record in sorted(homes[name], key=lambda r: r.status != "accepted"):
            _quote(paper, study, record)


def _count(records: Sequence[Record]) -> str:
    accepted = sum(r.status == "accepted" for r in records)
    return _("%(all)s, waarvan %(accepted)s aanvaard") % {
        "all": counted(len(records), _("passage"), _("passages")),
        "accepted": accepted,
    }


def _quote(paper: WordPaper, study: Study, record: Record) -> None:
    passage = record.place.passage
    paper.paragraph(passage.text, "Quote", keep=True)
    page = pages(passage.page_from, passage.page_to)
    source = cited(record.place.document, page, anonymous=study.anonymous)
    paper.paragraph([*source, (f" [{_standing(record)}]", "")], "Bronregel")


def _standing(record: Record) -> str:
    status = STATUSES[record.status]
    if record.status != "suggested" or record.level is None:
        return status
    return f"{status}: {record.level} {decimal(record.score)}".strip()


def _sources(paper: WordPaper, study: Study, records: Iterable[Record]) -> None:
    """Add the list of references: every document quoted, in the order of the alphabet."""
    known = {r.place.document.id: r.place.document for r in records}
    if not known:
        return
    paper.heading(_("Bronnen"), 1)
    listed = [cited(d, anonymous=study.anonymous) for d in known.values()]
    for source in sorted(listed, key=lambda spans: "".join(text for text, _style in spans).casefold()):
        paper.paragraph(source, "Bron")
