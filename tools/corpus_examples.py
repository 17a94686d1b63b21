"""Join coded passages of a corpus to their text, to train on: ``python tools/corpus_examples.py PASSAGES OUT``.

``PASSAGES`` is what ``rodedraad passages CORPUS`` prints; ``OUT`` becomes JSONL as `coding.training` reads. The codes
are in `tools/corpus_codes.csv` without a word of the texts, which are not ours to spread: a passage is known by a hash
of its words. A language model gave them by the coding guide, passage by passage (on 180 passages that have reference
codes it gave the same set for 81 %).
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

CODES = Path(__file__).parent / "corpus_codes.csv"


def passage_key(text: str) -> str:
    """Return the hash by which a passage is known, whatever its white space and capitals."""
    return hashlib.sha256(" ".join(text.lower().split()).encode()).hexdigest()[:16]


def read_codes(path: Path = CODES) -> dict[str, list[str]]:
    """Return the themes of each coded passage, by its key."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["passage"]: row["themes"].split() for row in csv.DictReader(file)}


def join(passages: Iterable[Mapping[str, str]], codes: Mapping[str, list[str]]) -> Iterator[dict[str, object]]:
    """Yield the coded passages among ``passages``, each once, grouped by the folder their document lies in."""
    left = dict(codes)
    for passage in passages:
        key = passage_key(passage["text"])
        if key in left:
            municipality = passage["document"].partition("/")[0]
            yield {"id": key, "text": passage["text"], "themas": left.pop(key), "municipality": municipality}


def main() -> None:
    """Write the examples and tell how many coded passages were not found."""
    source, target = (Path(argument) for argument in sys.argv[1:3])
    with source.open(encoding="utf-8") as lines:
        found = list(join(map(json.loads, lines), read_codes()))
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    print(f"{len(found)} of {len(read_codes())} coded passages found")


if __name__ == "__main__":
    main()
