"""Bring closings and summaries of cells to the study's present codebook and texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from codebook.model import Codebook
from coding.cell_events import Chosen, Closing, Summary
from coding.placing import place_quote
from corpus.model import Passage, TextVersion


def present_closings(closings: Iterable[Closing], codebook: Codebook) -> Iterator[Closing]:
    """Yield the closings under the present ids of their themes."""
    renamed = codebook.renamed
    for closing in closings:
        yield replace(closing, theme=renamed.get(closing.theme, closing.theme))


def present_summaries(
    summaries: Iterable[Summary],
    codebook: Codebook,
    versions: Mapping[str, TextVersion],
    passages: Mapping[str, Sequence[Passage]],
) -> Iterator[Summary]:
    """Yield the summaries under the present ids of their themes, each quote where it stands in the present text."""
    renamed = codebook.renamed
    for summary in summaries:
        quotes = (
            present_chosen(q, versions.get(q.document_id), passages.get(q.document_id, ())) for q in summary.quotes
        )
        yield replace(summary, theme=renamed.get(summary.theme, summary.theme), quotes=tuple(quotes))


def page_range(passages: Iterable[Passage], start: int, end: int) -> tuple[int | None, int | None]:
    """Return the first and last page of a stretch of text."""
    inside = [p for p in passages if p.start < end and start < p.end]
    if not inside:
        return None, None
    return inside[0].page_at(max(start, inside[0].start)), inside[-1].page_at(min(end, inside[-1].end) - 1)


def present_chosen(chosen: Chosen, version: TextVersion | None, passages: Sequence[Passage]) -> Chosen:
    """Return a chosen quote where it stands in the document's present text, or marked as not placed."""
    if version is None:
        return replace(chosen, is_placed=False)
    if version.id == chosen.version:
        return chosen
    span = place_quote(chosen.quote, chosen.before, chosen.after, version.text)
    if span is None:
        return replace(chosen, is_placed=False)
    start, end = span
    page, page_to = page_range(passages, start, end)
    quote = version.text[start:end]
    return replace(chosen, version=version.id, start=start, end=end, quote=quote, page=page, page_to=page_to)
