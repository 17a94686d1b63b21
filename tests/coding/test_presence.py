"""Both poles of a tension in one municipality, apart: a weak sign, with what chance would give."""

from codebook.model import Code, Codebook, Relation
from coding.model import Coding, Flag, Quote
from coding.presence import weak_flags
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Municipality, Passage, TextVersion

BOOK = Codebook(
    "p", "1", "nl", "Proef",
    (Code("maat", "main", "Maat", ""), Code("geld", "main", "Geld", ""), Code("geld.minder", "main", "Minder", "")),
    (Relation("spanning", "tension", ("maat", "geld")), Relation("nodig", "precondition", ("maat", "geld"))),
)  # fmt: skip


def study(said: dict[str, list[str]], flags: tuple[Flag, ...] = (), level: str = "waarschijnlijk") -> Snapshot:
    """A document a municipality, a passage a code."""
    documents, versions, passages, codings = [], {}, {}, []
    for name, codes in said.items():
        document = name.ljust(64, "0")
        version = TextVersion(document, "proef 1", "\n\n".join(f"Over {c}." for c in codes))
        at, found = 0, []
        for number, code in enumerate(codes):
            text = f"Over {code}."
            found.append(Passage(number, "paragraph", (), at, at + len(text), text))
            codings.append(Coding(version.id, at, at + len(text), code, "proef", 0.6, level, {}, ()))  # type: ignore[arg-type]  # a level
            at += len(text) + 2
        documents.append(Document(document, f"{name}.pdf", municipalities=(Municipality(name, "", "", ""),)))
        versions[document], passages[document] = version, tuple(found)
    return Snapshot("s", BOOK, Method("r", "c"), tuple(documents), versions, passages, tuple(codings), flags=flags)


def test_both_poles_in_a_municipality_give_one_weak_flag_with_literal_quotes() -> None:
    snapshot = study({"Veldmeer": ["maat", "geld.minder"], "Zilverhorn": ["maat"]})
    [flag] = weak_flags(snapshot)
    assert (flag.relation, flag.grade, flag.scope) == ("spanning", 1, "municipality")
    assert (flag.left.text, flag.right.text) == ("Over maat.", "Over geld.minder.")
    text = snapshot.versions[flag.right.document_id].text
    assert text[flag.right.start : flag.right.end] == flag.right.text
    assert flag.rule == "beide in 1 van de 2 gemeenten; bij toeval verwacht in 1,0"


def test_poles_that_meet_in_the_text_are_no_weak_sign() -> None:
    quote = Quote("Veldmeer".ljust(64, "0"), "v", 0, 1, "O", None)
    met = Flag("spanning", 3, "sentence", quote, quote, ("maat", "geld"))
    assert weak_flags(study({"Veldmeer": ["maat", "geld"]}, flags=(met,))) == []


def test_doubtful_suggestions_and_poles_in_different_municipalities_give_none() -> None:
    assert weak_flags(study({"Veldmeer": ["maat", "geld"]}, level="twijfel")) == []
    assert weak_flags(study({"Veldmeer": ["maat"], "Zilverhorn": ["geld"]})) == []
