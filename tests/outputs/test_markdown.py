"""The Markdown report holds what the Word report holds, and reads back as it was meant, whatever the text."""

import re
from pathlib import Path
from typing import Any

import docx
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from outputs.markdown import MarkdownPaper, write_markdown
from outputs.records import work_out
from outputs.word import write_word

READER = MarkdownIt("commonmark", {"html": True}).enable("table")
QUOTE = "Wij leveren *maatwerk* | # 1. [zo](http://x) <b>dichtbij</b> & <script>alert(1)</script> _nu_ &amp; 5 > 3."


def read(markdown: str) -> str:
    """The text as a reader sees it."""
    html = READER.render(markdown)
    bare = re.sub(r"<[^>]+>", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        bare = bare.replace(entity, character)
    return " ".join(bare.split())


def test_it_says_what_the_word_report_says(study: Any, town: Any, tmp_path: Path) -> None:
    plan = study.document("plan.pdf", [QUOTE, "Iets anders."], homes=(town("Lindeveen"),), title="Plan * dichtbij")
    study.suggest(plan, 0, "maatwerk", "zeker", "maatwerk")
    study.flag(plan, 0, 1)
    worked_out = work_out(study.snapshot())
    path = write_markdown(worked_out, tmp_path)
    text = read(path.read_text(encoding="utf-8"))
    word = docx.Document(str(write_word(worked_out, tmp_path)))
    spoken = [" ".join(p.text.split()) for p in word.paragraphs if not p.style.name.startswith("toc")]
    assert [p for p in spoken if p not in text] == []
    assert " ".join(QUOTE.split()) in text
    cells = [" ".join(c.text.split()) for t in word.tables for row in t.rows for c in row.cells]
    joined = text.replace(" ", "")
    assert [c for c in cells if c.replace(" ", "") not in joined] == []


def test_figures_stand_beside_it_and_are_all_there(study: Any, tmp_path: Path) -> None:
    study.suggest(study.document("plan.pdf", ["Maatwerk is nodig."]), 0, "maatwerk")
    text = write_markdown(work_out(study.snapshot()), tmp_path).read_text(encoding="utf-8")
    named = re.findall(r"\]\((figuren/[\w-]+\.png)\)", text)
    assert named
    assert sorted(f"figuren/{p.name}" for p in (tmp_path / "figuren").iterdir()) == sorted(named)
    links = re.findall(r"\]\(#(deel-\d+)\)", text)
    assert links == re.findall(r'<a id="(deel-\d+)"></a>', text)


SIGNS = st.text(st.sampled_from("ab 1.#*_-+>|`\\[]()<&;~$!=\n"), min_size=1, max_size=40)


@given(SIGNS, st.sampled_from(["", "Strong", "Treffer", "Emphasis"]), st.sampled_from(["Normal", "Quote"]))
def test_any_text_reads_back_as_it_stands(tmp_path_factory: Any, text: str, mark: str, style: str) -> None:
    paper = MarkdownPaper(tmp_path_factory.getbasetemp())
    paper.paragraph([("begin ", ""), (text, mark), (" slot", "")], style)
    paper.table(["kop"], [[[(text, mark)]]], (1.0,))
    seen = read(paper.save("p.md").read_text(encoding="utf-8"))
    bare = " ".join(text.split())
    assert "".join(seen.split()) == "".join(f"begin{bare}slotkop{bare}".split())
