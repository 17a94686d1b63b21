import hashlib
import io
import zipfile

import pytest

from corpus.model import SegmentSettings, UnreadableError
from corpus.reading import extractor_name, find_sources, fingerprint, read_file


def zipped(*names, mimetype=""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
UNREADABLE = [
    ("leeg.pdf", b"", "empty"),
    ("._stuk.pdf", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X", "not_a_document"),
    ("stuk.pdf", b"<!DOCTYPE html><html><body>Niet gevonden</body></html>", "not_a_pdf"),
    ("stuk.pdf", b"gewone tekst", "not_a_pdf"),
    ("stuk.pdf", bytes(range(256)) * 20, "not_a_pdf"),
    ("stuk.pdf", b"\x00" * 3000, "broken"),
    ("oud.doc", OLE + "WordDocument".encode("utf-16-le"), "not_supported"),
    ("oud.xls", OLE + "Workbook".encode("utf-16-le"), "not_supported"),
    ("geheim.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    ("blad.xlsx", zipped("xl/workbook.xml"), "not_supported"),
    ("dia.pptx", zipped("ppt/presentation.xml"), "not_supported"),
    ("boek.epub", zipped(mimetype="application/epub+zip"), "not_supported"),
    ("stukken.zip", zipped("a.pdf"), "not_supported"),
    ("half.docx", zipped("word/document.xml")[:40], "broken"),
    ("brief.rtf", b"{\\rtf1 tekst}", "not_supported"),
    ("scan.jpg", b"\xff\xd8\xff\xe0", "not_supported"),
    ("scan.tif", b"II*\x00", "not_supported"),
    ("data.csv", b"a;b\n1;2\n", "not_supported"),
    ("data.xml", b'<?xml version="1.0"?><rss/>', "not_supported"),
    ("bericht.eml", b"From: a@voorbeeld.nl\n\ntekst", "not_supported"),
    ("bericht.txt", b"Received: from x\n\ntekst", "not_supported"),
    ("raar.bin", b"\x00\x01\x02\x03" * 100, "binary"),
    ("wit.txt", b"\n \n\n", "empty"),
    ("wit.html", b"<html><body><nav>menu</nav></body></html>", "empty"),
]


@pytest.mark.parametrize(("name", "data", "reason"), UNREADABLE)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read_file(path)
    notice = caught.value.notice
    assert notice.reason == reason
    assert len(notice.message.split(". ")) >= 2, "a message says what is wrong, and what to do"


def test_a_file_that_is_gone_and_a_folder_are_told_apart(tmp_path):
    for path, reason in [(tmp_path / "weg.pdf", "missing"), (tmp_path, "folder")]:
        for attempt in (read_file, fingerprint):
            with pytest.raises(UnreadableError) as caught:
                attempt(path)
            assert caught.value.notice.reason == reason


@pytest.mark.parametrize(
    ("name", "data", "extractor"),
    [
        ("nota.txt", b"Een alinea.", "plain 1 merge_lists=0"),
        ("zonder_soort", b"Een alinea.", "plain 1 merge_lists=0"),
        ("nota.md", b"# Kop\n\nEen alinea.", "markdown 1 merge_lists=0"),
        ("nota.htm", b"<p>Een alinea.", "html 1 merge_lists=0"),
        ("nota.txt", b"<!doctype html><p>Een alinea.", "html 1 merge_lists=0"),
        ("nota.xml", b"<cvdr><body><al>Een alinea.</al></body></cvdr>", "cvdr 1 merge_lists=0"),
    ],
)
def test_a_file_is_read_for_what_it_holds(tmp_path, name, data, extractor):
    path = tmp_path / name
    path.write_bytes(data)
    extraction = read_file(path)
    assert extraction.version.extractor == extractor == extractor_name(path, SegmentSettings())
    assert extraction.version.document_id == fingerprint(path) == hashlib.sha256(data).hexdigest()
    assert extraction.passages[-1].text == "Een alinea."
    assert extractor_name(path, SegmentSettings(merge_lists=True)).endswith("merge_lists=1")


def test_a_long_text_is_not_cut_in_a_character(tmp_path):
    for shift in range(4):
        path = tmp_path / f"{shift}.txt"
        path.write_text("x" * shift + "€é" * 3000, encoding="utf-8")
        assert read_file(path).notices == ()


def test_a_folder_is_walked_in_order_without_hidden_and_system_files(tmp_path):
    for name in ["b/2.txt", "b/1.txt", "a.txt", ".DS_Store", ".git/x.txt", "b/~$1.docx", "__MACOSX/1.txt", "Thumbs.db"]:
        path = tmp_path / "stukken" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("tekst")
    (tmp_path / "stukken" / "metadata.csv").write_text("file\n")
    sources = find_sources([tmp_path / "stukken", tmp_path / "stukken" / "a.txt", tmp_path / "weg.txt"])
    assert [s.name for s in sources] == ["a.txt", "b/1.txt", "b/2.txt", "weg.txt"]


def test_a_folder_named_after_a_municipality_keeps_its_name(tmp_path):
    path = tmp_path / "den_haag" / "nota.txt"
    path.parent.mkdir()
    path.write_text("tekst")
    for given in (tmp_path, tmp_path / "den_haag", path):
        assert [s.name for s in find_sources([given])] == ["den_haag/nota.txt"]


def test_files_that_would_share_a_name_get_their_folder_in_front(tmp_path):
    for folder in ("een", "twee"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "begroting.txt").write_text(folder)
    sources = find_sources([tmp_path / "een", tmp_path / "twee"])
    assert [s.name for s in sources] == ["een/begroting.txt", "twee/begroting.txt"]
