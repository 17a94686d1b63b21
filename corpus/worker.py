"""Reads documents for another process: a file that hangs or blows up takes this process with it, nothing more.

``python -m corpus.worker MEMORY_MB`` says ``ready`` and then answers each line on stdin with one line on stdout. A
request is a JSON object with ``path``, ``password`` and ``settings``; an answer is the word ``extraction``, ``notice``
or ``last`` (a notice after which this process is spent and ends), a space and JSON.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from corpus.model import Notice, SegmentSettings, UnreadableError
from corpus.reading import read_file
from corpus.serial import dump_extraction

READY = "ready"
_REPRINT = "Het is waarschijnlijk beschadigd: open het, druk het opnieuw af naar pdf en voeg dat toe."
EXTRACTION, NOTICE, LAST = "extraction", "notice", "last"


def main() -> None:
    """Answer requests until stdin closes."""
    limit_memory(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    answers = take_stdout()
    with suppress(ImportError):
        import corpus.pdf.reading  # noqa: F401  # loaded before the clock of the first document runs
    print(READY, file=answers, flush=True)
    for request in sys.stdin:
        answer = respond(request)
        print(answer, file=answers, flush=True)
        if answer.startswith(LAST):
            return


def take_stdout() -> TextIO:
    """Keep stdout for answers: what libraries print goes to stderr from here on, also from their C code."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return answers


def limit_memory(megabytes: int) -> None:
    """Cap the address space of this process where the platform can (not on Windows; macOS may refuse)."""
    if not megabytes:
        return
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, megabytes * 1024 * 1024))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def respond(request: str) -> str:
    """Answer one request (see the top of this module)."""
    asked = json.loads(request)
    word = NOTICE
    try:
        extraction = read_file(Path(asked["path"]), SegmentSettings(**asked["settings"]), asked["password"])
        return f"{EXTRACTION} {dump_extraction(extraction)}"
    except UnreadableError as error:
        notice = error.notice
    except MemoryError:
        word, notice = LAST, Notice("memory", f"Het bestand vraagt meer geheugen dan toegestaan. {_REPRINT}")
    except RecursionError:
        word, notice = LAST, Notice("too_complex", f"Het bestand is te diep genest om te lezen. {_REPRINT}")
    except Exception as error:  # whatever a library throws costs this file only
        what = f"Het bestand kon niet gelezen worden (onverwachte fout: {type(error).__name__}). {_REPRINT}"
        notice = Notice("unexpected", what)
    return f"{word} {json.dumps([notice.reason, notice.message, notice.page])}"


if __name__ == "__main__":
    main()
