"""What a sentence sets against something else, by whichever words, and between which stretches."""

from collections.abc import Iterator
from dataclasses import replace

from coding.claims import Opposition
from coding.clauses import Span
from coding.limiting import limits
from coding.naming import named_in, named_tensions


def oppositions(text: str, before: Span | None, here: Span, after: Span | None = None) -> Iterator[Opposition]:
    """Yield what the markers in the sentence ``here`` oppose, in it or in it and the sentence before or after it.

    A limit beside a sentence that names a tension is of the grade of what is named.
    """
    yield from named_tensions(text, before, here, after)
    name = named_in(text, before) or named_in(text, after)
    for found in limits(text, before, here):
        yield replace(found, grade=4, rule="spanning genoemd", marker=name) if name else found
