"""What a report is written on from top to bottom: Word and Markdown are two kinds of it."""

from collections.abc import Sequence
from typing import Protocol

from outputs.figures import Drawing

Span = tuple[str, str]
"""A stretch of text and its character style, an empty string for none."""
Text = str | Sequence[Span]
Table = Sequence[Sequence[Text]]


class Paper(Protocol):
    """A document in the making; each method adds to its end."""

    def heading(self, text: str, level: int) -> None:
        """Add a heading of level 1 to 3; the first two levels stand in the table of contents."""
        ...

    def paragraph(self, text: Text, style: str = "Normal", *, keep: bool = False) -> None:
        """Add a paragraph in a style by its name; ``keep`` it on the page of the next."""
        ...

    def caption(self, label: str, text: str) -> None:
        """Add a numbered caption, *Tabel* or *Figuur*."""
        ...

    def table(
        self,
        head: Sequence[str],
        rows: Table,
        widths: Sequence[float],
        *,
        numbers: frozenset[int] = frozenset(),
        total: bool = False,
        upright: bool = False,
    ) -> None:
        """Add a table; ``widths`` are relative, ``numbers`` are the columns set to the right."""
        ...

    def figure(self, drawing: Drawing) -> None:
        """Add a figure with its caption, and a text for who cannot see it."""
        ...

    def turn(self, *, wide: bool) -> None:
        """Go on, where paper has a form, on paper turned to landscape (``wide``) or portrait."""
        ...

    def contents(self, title: str) -> None:
        """Add the table of contents here."""
        ...

    def new_page(self) -> None:
        """Start what follows, where paper has pages, at the top of one."""
        ...
