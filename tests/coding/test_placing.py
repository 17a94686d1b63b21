"""A decision finds its words again in a text that was extracted anew, or is said to have lost its place."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.model import Decision
from coding.placing import fold, place

WORDS = st.text(st.sampled_from("abc déﬁ-­\n “”’'Aß.İ"), max_size=60)


def decision(text: str, start: int, end: int) -> Decision:
    return Decision(
        id="d1",
        time=datetime(2025, 1, 1, tzinfo=UTC),
        coder="Anna",
        document_id="doc",
        version="v1",
        start=start,
        end=end,
        code="nabijheid",
        verdict="accept",
        quote=text[start:end],
        before=text[max(0, start - 32) : start],
        after=text[end : end + 32],
        page=1,
        codebook="c",
    )


def on(text: str, quote: str, nth: int = 0) -> Decision:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return decision(text, start, start + len(quote))


OLD = (
    "Inleiding.\nWij werken dicht-\nbij “de inwoner” en zijn effectief.\nSlot.\n"
    "Hulp is nabij. Eerst dit. Hulp is nabij. Dan dat."
)


@pytest.mark.parametrize(
    ("quote", "nth", "new", "found"),
    [
        ("Slot.", 0, OLD, "Slot."),
        ("Slot.", 0, "Nieuw begin van het stuk.\n" + OLD, "Slot."),
        ("Hulp is nabij.", 1, OLD, "Hulp is nabij."),
        # of two alike the one with its context
        ("Hulp is nabij.", 1, "Hulp is nabij. Hulp is nabij. Dan dat.", "Hulp is nabij."),
        # hyphen, white space, quotation marks, ligature and case differ
        ("dicht-\nbij “de inwoner”", 0, 'Wij werken DICHTBIJ "de\n  inwoner" en zo.', 'DICHTBIJ "de\n  inwoner"'),
        ("effectief", 0, "en zijn eﬀectief.", "eﬀectief"),
        ("dicht-\nbij", 0, "Wij werken dicht­bij “de inwoner”", "dicht­bij"),
    ],
)  # fmt: skip
def test_quote_is_found_again(quote: str, nth: int, new: str, found: str) -> None:
    span = place(on(OLD, quote, nth), new)
    assert span is not None
    assert new[slice(*span)] == found


def test_of_two_alike_the_one_with_its_context_is_taken() -> None:
    new = "Vooraf. Hulp is nabij. Eerst dit. Hulp is nabij. Dan dat."
    assert place(on(OLD, "Hulp is nabij.", 0), new) == (8, 22)
    assert place(on(OLD, "Hulp is nabij.", 1), new) == (34, 48)


@pytest.mark.parametrize(
    "new",
    [
        "",
        "Iets heel anders.",
        "Hulp is dichtbij.",  # other words
        "Ja. Hulp is nabij. Nee. Hulp is nabij. Ja.",  # twice, and nothing to tell them apart
    ],
)
def test_quote_without_a_certain_place_is_not_placed(new: str) -> None:
    assert place(on(OLD, "Hulp is nabij.", 1), new) is None


def test_empty_quote_has_no_place() -> None:
    assert place(decision(OLD, 3, 3), OLD) is None


@given(before=WORDS, quote=WORDS.filter(str.strip), after=WORDS, nowhere=st.text("xyz", max_size=40))
def test_every_decision_keeps_its_place_when_text_is_put_before_it(
    before: str, quote: str, after: str, nowhere: str
) -> None:
    old = before + quote + after
    made = decision(old, len(before), len(before) + len(quote))
    span = place(made, nowhere + old)
    assert span is None or (nowhere + old)[slice(*span)] == quote
    if old.count(quote) == 1 and quote not in nowhere + before[:1]:
        assert place(made, old) == (len(before), len(before) + len(quote))


@given(quote=WORDS, text=WORDS, before=WORDS, after=WORDS)
def test_place_holds_the_words_of_the_quote(quote: str, text: str, before: str, after: str) -> None:
    old = before + quote + after
    span = place(decision(old, len(before), len(before) + len(quote)), text)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)
        assert fold(text[slice(*span)])[0] == fold(quote)[0]


@given(WORDS)
def test_folded_text_leads_back_to_the_text(text: str) -> None:
    folded, offsets = fold(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= i < len(text) for i in offsets)
