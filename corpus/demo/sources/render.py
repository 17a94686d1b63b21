"""Render the fictional demo documents: `python corpus/demo/sources/render.py` (needs typst, a development dependency).

Only fonts that typst carries itself are used and the timestamp is fixed, so the same source gives the same bytes.
"""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import typst
from word import write_word

HERE = Path(__file__).resolve().parent
TARGETS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    (
        "veldmeer-beleidsplan-sociaal-domein-2024-2027.typ",
        "veldmeer/beleidsplan-sociaal-domein-2024-2027.pdf",
        {},
    ),
    ("veldmeer-programmabegroting.typ", "veldmeer/programmabegroting-2024.pdf", {"jaar": "2024"}),
    ("veldmeer-programmabegroting.typ", "veldmeer/programmabegroting-2025.pdf", {"jaar": "2025"}),
    (
        "tureluursveen-kadernota-samen-dichtbij.typ",
        "tureluursveen/kadernota-samen-en-dichtbij-2023.pdf",
        {},
    ),
    (
        "kwartelwoude-snippenwaarde-opdracht-sociaal-team.typ",
        "kwartelwoude-snippenwaarde/opdracht-sociaal-team-2025-2026.pdf",
        {},
    ),
    (
        "rietdommelen-verordening-sociaal-domein-2025.typ",
        "rietdommelen/verordening-maatschappelijke-ondersteuning-en-jeugdhulp-2025.pdf",
        {},
    ),
    (
        "rietdommelen-raadsvoorstel-betaalbare-jeugdhulp.typ",
        "rietdommelen/raadsvoorstel-toegang-en-betaalbaarheid-van-hulp-2024.pdf",
        {},
    ),
    (
        "zilverhorn-evaluatie-wijkteams-2023.typ",
        "zilverhorn/evaluatie-sociale-wijkteams-2023.pdf",
        {},
    ),
)
WORD = "snippenwaarde/uitvoeringsprogramma-samen-snippenwaarde-2025.docx"
TIMESTAMP = datetime(2025, 3, 1, tzinfo=UTC)


def render(folder: Path) -> list[Path]:
    """Render every source into ``folder`` (one sub-folder a municipality); return the files written."""
    written = []
    for source, target, inputs in TARGETS:
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        typst.compile(
            HERE / source,
            output=path,
            ignore_system_fonts=True,
            pdf_tags=False,
            sys_inputs=dict(inputs),
            timestamp=int(TIMESTAMP.timestamp()),
        )
        written.append(path)
    word = folder / WORD
    word.parent.mkdir(parents=True, exist_ok=True)
    write_word(HERE / "snippenwaarde-uitvoeringsprogramma.md", word, TIMESTAMP)
    return [*written, word]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=HERE.parent / "documents",
        help="where to write (default: corpus/demo/documents)",
    )
    for file in render(parser.parse_args().folder):
        print(file)
