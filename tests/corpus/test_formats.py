import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml as oxml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.cvdr import read_cvdr
from corpus.formats.docx import read_docx
from corpus.formats.html import read_html
from corpus.formats.laying import Block, Reading, lay
from corpus.formats.markdown import read_markdown
from corpus.formats.odt import read_odt
from corpus.formats.plain import read_plain
from corpus.model import SegmentSettings, UnreadableError


def kinds(reading):
    return [(b.kind, b.text) for b in lay(reading, "0" * 64, "x", SegmentSettings()).passages]


def paths(reading):
    passages = lay(reading, "0" * 64, "x", SegmentSettings()).passages
    return {p.text: p.heading_path for p in passages if p.kind != "heading"}


block = st.builds(
    Block,
    st.sampled_from(["paragraph", "list_item", "heading", "table", "footnote"]),
    st.text(max_size=30),
    st.integers(1, 4),
)


@given(st.lists(block, max_size=20), st.booleans())
def test_every_passage_is_found_at_its_offsets_and_nothing_lies_between(blocks, merge):
    extraction = lay(Reading(tuple(blocks)), "0" * 64, "x", SegmentSettings(merge_lists=merge))
    text = extraction.version.text
    for passage in extraction.passages:
        assert text[passage.start : passage.end] == passage.text
    assert "\n\n".join(p.text for p in extraction.passages) == text
    assert [p.number for p in extraction.passages] == list(range(1, len(extraction.passages) + 1))


@given(st.text(max_size=400))
def test_plain_text_keeps_every_word(text):
    try:
        reading = read_plain(text.encode("utf-8"))
    except UnreadableError:
        return
    words = [w for w in "".join(c if c.isascii() and c.isalpha() else " " for c in text).split() if len(w) > 3]
    read = " ".join(b.text for b in reading.blocks)
    assert all(word in read for word in words)


def test_a_heading_path_holds_the_headings_above():
    blocks = (
        Block("heading", "Deel", 1),
        Block("heading", "Kop", 3),
        Block("paragraph", "een"),
        Block("heading", "Ander", 2),
        Block("paragraph", "twee"),
    )
    assert paths(Reading(blocks)) == {"een": ("Deel", "Kop"), "twee": ("Deel", "Ander")}


def test_a_list_can_be_kept_with_its_introduction():
    blocks = (
        Block("paragraph", "Wij kiezen voor:"),
        Block("list_item", "maatwerk"),
        Block("list_item", "nabijheid"),
        Block("paragraph", "Daarna verder."),
    )
    merged = lay(Reading(blocks), "0" * 64, "x", SegmentSettings(merge_lists=True)).passages
    assert [p.text for p in merged] == ["Wij kiezen voor:\nmaatwerk\nnabijheid", "Daarna verder."]


PROSE = "De gemeente helpt inwoners die het zelf niet redden, en zij kijkt daarbij eerst naar wat iemand nog wel kan."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een alinea.\n\nNog een.", [("paragraph", "Een alinea."), ("paragraph", "Nog een.")]),
        ("Regel een.\nRegel twee.", [("paragraph", "Regel een."), ("paragraph", "Regel twee.")]),
        (
            f"1.2 Doelen\n\n{PROSE}\n- eerst dit\n- dan dat",
            [("heading", "1.2 Doelen"), ("paragraph", PROSE), ("list_item", "- eerst dit"), ("list_item", "- dan dat")],
        ),
        (f"Onze aanpak\n{PROSE}", [("heading", "Onze aanpak"), ("paragraph", PROSE)]),
        (f"# Zorg\n\n{PROSE}", [("heading", "Zorg"), ("paragraph", PROSE)]),
        ("Inleiding ..... 4\nZorg ..... 12", [("toc", "Inleiding ..... 4"), ("toc", "Zorg ..... 12")]),
        (
            f"Lees meer\n{PROSE}\nLees meer\nBeleid\nLees meer",
            [
                ("furniture", "Lees meer"),
                ("paragraph", PROSE),
                ("furniture", "Lees meer"),
                ("paragraph", "Beleid"),
                ("furniture", "Lees meer"),
            ],
        ),
        ("====\nEen zin.\n12", [("furniture", "===="), ("paragraph", "Een zin."), ("furniture", "12")]),
    ],
)
def test_the_lines_of_plain_text_decide(text, expected):
    assert kinds(read_plain(text.encode())) == expected


def test_lines_broken_off_at_a_fixed_width_are_joined():
    text = (
        "De gemeente helpt inwoners die het zelf niet redden en zij kijkt\n"
        "daarbij eerst naar wat iemand nog wel kan. Dat noemen wij zelf-\n"
        "redzaamheid, met zorg- en welzijnswerk van niet-westerse organi\u00ad\n"
        "saties in de buurt en met vrijwilligers die er al jaren werken.\n"
        "\n"
        "Een tweede alinea volgt hier en ook die loopt over meer dan een\n"
        "regel door.\n"
    )
    first, second = (b.text for b in read_plain(text.encode()).blocks)
    assert "Dat noemen wij zelfredzaamheid, met zorg- en welzijnswerk van niet-westerse organisaties in" in first
    assert second == "Een tweede alinea volgt hier en ook die loopt over meer dan een regel door."


@pytest.mark.parametrize(
    ("data", "text", "notices"),
    [
        ("coördinatie".encode(), "coördinatie", []),
        ("coördinatie".encode("utf-8-sig"), "coördinatie", []),
        ("coördinatie".encode("utf-16"), "coördinatie", []),
        ("‘coördinatie’ €".encode("cp1252"), "‘coördinatie’ €", ["encoding"]),
        ("co\u0308ordinatie".encode(), "cöordinatie".replace("cö", "cö"), []),
    ],
)
def test_encodings_are_told_apart(data, text, notices):
    reading = read_plain(data)
    assert [n.reason for n in reading.notices] == notices
    assert reading.blocks[0].text.replace("ö", "ö") == text


@pytest.mark.parametrize(
    "data", [b"\x81\x8d\x8f\x90 tekst", b"\xff\xfet\x00e\x00k\xd8", "tekst".encode("utf-16-le") * 20]
)
def test_an_encoding_nobody_can_tell_is_refused_with_advice(data):
    with pytest.raises(UnreadableError) as caught:
        read_plain(data)
    assert caught.value.notice.reason == "encoding"
    assert "UTF-8" in caught.value.notice.message


def test_markdown_marks_are_structure_and_no_text():
    source = (
        "---\nauteur: x\n---\n# Zorg **dichtbij**\n\nTekst met *nadruk*, een [verwijzing](https://voorbeeld.nl) en\n"
        "een tweede regel.\n\n- een\n  vervolg\n- twee\n\n> citaat\n\n| doel | maat |\n|---|---|\n| meer | 10 |\n\n"
        "Onderkop\n--------\nna\n\n## Inhoud\t3\n\n[^1]: een noot\n"
    )
    assert kinds(read_markdown(source.encode())) == [
        ("furniture", "auteur: x"),
        ("heading", "Zorg dichtbij"),
        ("paragraph", "Tekst met nadruk, een verwijzing en een tweede regel."),
        ("list_item", "- een vervolg"),
        ("list_item", "- twee"),
        ("quote", "citaat"),
        ("table", "doel\tmaat\nmeer\t10"),
        ("heading", "Onderkop"),
        ("paragraph", "na"),
        ("toc", "Inhoud 3"),
        ("footnote", "1 een noot"),
    ]


def test_a_web_page_is_read_without_its_navigation():
    page = """<!DOCTYPE html><html><head><title>Begroting</title><script>var preventie;</script></head><body>
    <header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>
    <main><h1>Sociaal domein</h1><p>Wij zetten in op <b>preventie</b>.<br>En op nabijheid.</p>
    <div class="breadcrumb">Home / Zorg</div>
    <ul><li>een</li><li><p>twee</p><ul><li>genest</li></ul></li></ul>
    <table><caption>Kosten</caption><tr><th>Doel</th><th>2024</th></tr><tr><td>Meer zorg</td><td>10</td></tr></table>
    <h2>Verder</h2>losse tekst<blockquote>citaat</blockquote></main>
    <aside>Zie ook</aside><footer>Colofon</footer></body></html>"""
    assert kinds(read_html(page.encode())) == [
        ("furniture", "Home"),
        ("furniture", "Menu"),
        ("heading", "Sociaal domein"),
        ("paragraph", "Wij zetten in op preventie.\nEn op nabijheid."),
        ("furniture", "Home / Zorg"),
        ("list_item", "een"),
        ("list_item", "twee"),
        ("list_item", "genest"),
        ("caption", "Kosten"),
        ("table", "Doel\t2024\nMeer zorg\t10"),
        ("heading", "Verder"),
        ("paragraph", "losse tekst"),
        ("quote", "citaat"),
        ("furniture", "Zie ook"),
        ("furniture", "Colofon"),
    ]


def test_a_page_that_declares_latin_1_is_read_as_browsers_do():
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>‘coördinatie’</p></body></html>'
    assert kinds(read_html(page.encode("cp1252"))) == [("paragraph", "‘coördinatie’")]


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul"])
def test_a_thousand_nested_elements_do_not_break_the_reader(tag):
    page = "<html><body><p>voor</p>" + f"<{tag}>" * 1000 + "diep" + f"</{tag}>" * 1000
    assert [text for _, text in kinds(read_html(page.encode()))] == ["voor", "diep"]


def test_a_page_of_which_a_part_would_be_lost_is_refused():
    with pytest.raises(UnreadableError) as caught:
        read_html(b"<html><body>" + b"<div>" * 5000 + b"diep" + b"</div>" * 5000)
    assert caught.value.notice.reason == "broken"


def word_file(build) -> bytes:
    document = docx.Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_document_is_read_in_its_order_with_its_styles():
    def build(document):
        document.add_heading("Beleidsplan", 0)
        document.add_heading("Zorg", 1)
        document.add_paragraph("Eerste alinea.")
        table = document.add_table(2, 2)
        for cell, text in zip(
            [c for r in table.rows for c in r.cells], ["Doel", "Maat", "Meer zorg", "10"], strict=True
        ):
            cell.text = text
        document.add_paragraph("punt", style="List Bullet")
        document.add_heading("Dichtbij", 2)
        document.add_paragraph("Tweede.")
        document.add_table(1, 1).rows[0].cells[0].text = "Een kader."
        document.sections[0].header.paragraphs[0].text = "Gemeente Beverdam"
        changed = document.add_paragraph("Dit ")
        changed._p.append(oxml(f'<w:ins {nsdecls("w")} w:id="1"><w:r><w:t>wel</w:t></w:r></w:ins>'))
        changed._p.append(oxml(f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>niet</w:delText></w:r></w:del>'))

    reading = read_docx(word_file(build))
    assert kinds(reading) == [
        ("title", "Beleidsplan"),
        ("heading", "Zorg"),
        ("paragraph", "Eerste alinea."),
        ("table", "Doel\tMaat\nMeer zorg\t10"),
        ("list_item", "punt"),
        ("heading", "Dichtbij"),
        ("paragraph", "Tweede."),
        ("box", "Een kader."),
        ("paragraph", "Dit wel"),
        ("furniture", "Gemeente Beverdam"),
    ]
    assert paths(reading)["Tweede."] == ("Zorg", "Dichtbij")
    assert [n.reason for n in reading.notices] == ["tracked_changes"]


def test_without_heading_styles_short_bold_lines_are_headings():
    def build(document):
        document.add_paragraph().add_run("Zorg dichtbij").bold = True
        document.add_paragraph("Tekst.")

    assert kinds(read_docx(word_file(build))) == [("heading", "Zorg dichtbij"), ("paragraph", "Tekst.")]


def with_footnote(data: bytes) -> bytes:
    """A Word file with a footnote after its first paragraph."""
    notes = (
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Zie de Wmo.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for item in old.infolist():
            part = old.read(item).decode("utf-8") if item.filename.endswith((".xml", ".rels")) else None
            if item.filename == "word/document.xml" and part:
                part = part.replace("</w:t></w:r>", '</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>', 1)
            if item.filename == "word/_rels/document.xml.rels" and part:
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                part = part.replace(
                    "</Relationships>", f'<Relationship Id="r99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                )
            if item.filename == "[Content_Types].xml" and part:
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                part = part.replace(
                    "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                )
            new.writestr(item, part if part is not None else old.read(item))
        new.writestr("word/footnotes.xml", notes)
    return result.getvalue()


def test_a_footnote_follows_its_section_and_stays_out_of_the_prose():
    def build(document):
        document.add_paragraph("Wij helpen.")
        document.add_paragraph("En verder.")
        document.add_heading("Slot", 1)

    assert kinds(read_docx(with_footnote(word_file(build)))) == [
        ("paragraph", "Wij helpen."),
        ("paragraph", "En verder."),
        ("footnote", "1 Zie de Wmo."),
        ("heading", "Slot"),
    ]


ODT_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    ]
)


def odt_file(body: str, extra: dict[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODT_NAMES}><office:automatic-styles>"
            '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        for name, text in (extra or {}).items():
            archive.writestr(name, text)
    return file.getvalue()


def test_an_opendocument_text_is_read_in_its_order():
    body = (
        "<text:table-of-content><text:index-body><text:p>Zorg<text:tab/>3</text:p></text:index-body></text:table-of-content>"
        '<text:h text:outline-level="1">Zorg</text:h><text:p>Een<text:s/>alinea<text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Een noot.</text:p></text:note-body></text:note> hier.</text:p>"
        '<text:p text:style-name="P1">citaat</text:p>'
        "<text:list><text:list-item><text:p>punt</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert kinds(read_odt(odt_file(body))) == [
        ("toc", "Zorg 3"),
        ("heading", "Zorg"),
        ("paragraph", "Een alinea hier."),
        ("quote", "citaat"),
        ("list_item", "punt"),
        ("table", "a\tb"),
        ("footnote", "1 Een noot."),
    ]


def test_an_encrypted_opendocument_asks_for_its_password():
    with pytest.raises(UnreadableError) as caught:
        read_odt(odt_file("", {"META-INF/manifest.xml": "<m><encryption-data/></m>"}))
    assert caught.value.notice.reason == "password"


def test_a_regulation_is_read_article_by_article():
    source = """<?xml version="1.0"?><cvdr xmlns="http://standaarden.overheid.nl/cvdr/terms/">
    <meta><title>Verordening zorg Beverdam</title></meta>
    <body><intitule>Verordening zorg Beverdam</intitule><regeling>
    <aanhef><preambule><al>De raad;</al></preambule></aanhef>
    <regeling-tekst><hoofdstuk><kop><label>Hoofdstuk</label><nr>1</nr><titel>Algemeen</titel></kop>
    <artikel><kop><label>Artikel</label><nr>1</nr><titel>Begrippen</titel></kop>
    <al>In deze verordening betekent:</al>
    <lijst><li nr="a."><al>hulp: steun<noot id="n"><noot.nr>1</noot.nr> <noot.al>Zie de wet.</noot.al></noot>.</al></li>
    </lijst></artikel>
    <artikel><kop><label>Artikel</label><nr>2</nr></kop>
    <lid><lidnr>1.</lidnr><al>Het college helpt.</al></lid>
    <lid><lidnr>2.</lidnr><al>Het let op:</al><lijst><li><li.nr>a.</li.nr><al>nabijheid.</al></li></lijst></lid>
    </artikel></hoofdstuk></regeling-tekst></regeling></body></cvdr>"""
    reading = read_cvdr(source.encode())
    assert reading.title == "Verordening zorg Beverdam"
    assert kinds(reading) == [
        ("title", "Verordening zorg Beverdam"),
        ("paragraph", "De raad;"),
        ("heading", "Hoofdstuk 1 Algemeen"),
        ("heading", "Artikel 1 Begrippen"),
        ("paragraph", "In deze verordening betekent:"),
        ("list_item", "a. hulp: steun."),
        ("footnote", "1 Zie de wet."),
        ("heading", "Artikel 2"),
        ("paragraph", "1. Het college helpt."),
        ("paragraph", "2. Het let op:"),
        ("list_item", "a. nabijheid."),
    ]
    assert paths(reading)["a. nabijheid."] == ("Hoofdstuk 1 Algemeen", "Artikel 2")


BILLION = (
    '<!DOCTYPE cvdr [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><cvdr><body><al>&b;</al></body></cvdr>'
)


@pytest.mark.parametrize(
    ("read", "data", "reason"),
    [
        (read_cvdr, BILLION.encode(), "unsafe"),
        (read_cvdr, b"<cvdr><body>", "broken"),
        (read_docx, b"PK\x03\x04 afgekapt", "broken"),
        (read_odt, b"PK\x03\x04 afgekapt", "broken"),
        (read_cvdr, b"<cvdr><body/></cvdr>", "empty"),
    ],
)
def test_unsafe_and_broken_markup_is_refused(read, data, reason):
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert caught.value.notice.reason == reason


@pytest.mark.parametrize("read", [read_docx, read_odt])
def test_a_zip_bomb_is_not_opened(read):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b" " * (65 * 1024 * 1024))
    with pytest.raises(UnreadableError) as caught:
        read(file.getvalue())
    assert caught.value.notice.reason == "too_large"


@pytest.mark.parametrize("cut", [100, 1000, 5000])
def test_a_truncated_word_document_is_called_broken(cut):
    data = word_file(lambda document: document.add_paragraph("tekst"))
    with pytest.raises(UnreadableError) as caught:
        read_docx(data[:cut])
    assert caught.value.notice.reason == "broken"
