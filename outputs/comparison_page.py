"""One comparison as a page of its own, with its figures as files for a paper."""

from pathlib import Path

from outputs.answering import Answer, general_cautions, words_note
from outputs.comparing import Group
from outputs.figures import write_drawing
from outputs.figures.files import FIGURES
from outputs.method import state_date
from outputs.records import Study
from outputs.report import page_environment, printable
from outputs.wording import _, number, percent


def write_comparison(study: Study, answer: Answer, folder: Path) -> Path:
    """Write the page in ``folder`` (made if need be), its figures in a folder beside it; return the page's path.

    The same study gives the same bytes. Raise ``OSError`` when a file cannot be written.
    """
    (folder / FIGURES).mkdir(parents=True, exist_ok=True)
    for drawing in answer.drawings:
        write_drawing(drawing, folder / FIGURES)
    page = page_environment().get_template("comparison_page.html.j2")
    cautions = (*general_cautions(study, measured=bool(answer.comparison.intervals)), words_note())
    path = folder / f"{answer.name}.html"
    shown = page.render(a=answer, study=study, cautions=cautions, date=state_date(study))
    path.write_text(printable(shown), encoding="utf-8", newline="\n")
    return path


def comparison_lines(answer: Answer) -> list[str]:
    """Return the answer to read in a terminal: its sentences, theme × group in shares, words, and what to mind."""
    groups = [g for g in answer.comparison.groups if g.row.basis.passages]
    label = max(len(c.theme.label) for c in answer.comparison.contrasts)
    heads = [g.name[:16] for g in groups]
    widths = [max(len(head), 7) for head in heads]
    lines = [*answer.sentences, *(f"- {caution}" for caution in answer.cautions), ""]
    kind = _("geschat aandeel") if answer.comparison.intervals else _("aandeel")
    lines.append(f"{kind:{label}}  " + "  ".join(f"{h:>{w}}" for h, w in zip(heads, widths, strict=True)))
    for i, theme in enumerate(answer.comparison.table.themes):
        shown = (_share(answer, g, i) for g in groups)
        shares = (f"{percent(share):>{w}}" for share, w in zip(shown, widths, strict=True))
        lines.append(f"{theme.label:{label}}  " + "  ".join(shares))
    bases = (f"{number(g.row.basis.passages):>{w}}" for g, w in zip(groups, widths, strict=True))
    lines += [f"{'(van zoveel passages)':{label}}  " + "  ".join(bases), ""]
    marked = [w for w in answer.words if w.words]
    return [*lines, *(f"Woorden van {w.group}: {', '.join(k.word for k in w.words)}" for w in marked)]


def _share(answer: Answer, group: Group, i: int) -> float | None:
    """Return the share of theme ``i`` in a group: estimated where a judged sample gave that."""
    cell = group.row.cells[i]
    found = answer.comparison.intervals.get((group.name, cell.theme.id))
    return found.value if found else cell.share
