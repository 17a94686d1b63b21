"""The verbs of people's decisions: review, coder add, coder revoke."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say

if TYPE_CHECKING:
    from coding.review.app import Door
    from corpus.study import Study

Folder = Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)]
Name = Annotated[str, typer.Argument(help="The coder's name, as decisions will carry it.", show_default=False)]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8765


class BusyError(Exception):
    """Another process serves this study's review page; the message (Dutch) names it."""


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("review", epilog='Example: rodedraad review study --coder "A. de Vries"')(review)
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    group.command("add", epilog='Example: rodedraad coder add study "A. de Vries"')(add)
    group.command("revoke", epilog='Example: rodedraad coder revoke study "A. de Vries"')(revoke)
    example = 'Example: rodedraad coder add study "A. de Vries"'
    app.add_typer(group, name="coder", help="Personal links for coders who share a study.", epilog=example)


def review(
    folder: Folder,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the page.")] = PORT,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; others need links.")] = "127.0.0.1",
    coder: Annotated[str, typer.Option("--coder", help="Your name; default your name on this computer.")] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")] = True,
    cells: Annotated[bool, typer.Option("--cells", help="Begin with the cells, a municipality × theme each.")] = False,
) -> None:
    """Confirm, reject and add codes in the browser; every decision is kept at once. Stop with Ctrl-C."""
    try:
        import uvicorn

        from coding.review.serving import Served
    except ImportError as error:
        raise typer.BadParameter(
            f"de beoordelingspagina vraagt de extra [web] ({error.name} ontbreekt): pip install 'rodedraad[web]'"
        ) from None
    from coding.store import linked_coders, open_store
    from corpus.study import open_study

    study = open_study(folder)
    with closing(open_store(study)) as store, _claimed(study, f"{host}:{port}"):
        linked = linked_coders(store)
        if host not in LOOPBACK and not linked:
            raise typer.BadParameter(
                f"geef eerst elke codeur een link: rodedraad coder add {folder} NAAM", param_hint="--host"
            )
        door = _door(store, host, "" if linked and not coder else coder or _own_name())
        served = Served(study, store, door)
        address = f"http://{'127.0.0.1' if host in LOOPBACK else host}:{port}/{'cellen' if cells else ''}"
        say(f"De beoordelingspagina staat op {address} (stoppen: Ctrl-C).")
        if not door.single:
            say(f"Deze studie wordt gedeeld door {', '.join(linked)}; ieder opent de pagina met de eigen link.")
        elif browser:
            _open_later(address)
        uvicorn.run(served, host=host, port=port, log_level="error", access_log=False)


def add(
    folder: Folder, name: Name, port: Annotated[int, typer.Option("--port", help="Port of the page.")] = PORT
) -> None:
    """Print a personal link with which a coder opens the review page."""
    from coding.review.access import link_hash, new_link
    from coding.store import add_link, open_store
    from corpus.study import open_study

    if not name.strip():
        raise typer.BadParameter("geef de naam van de codeur", param_hint="NAME")
    link = new_link()
    with closing(open_store(open_study(folder))) as store:
        add_link(store, name.strip(), link_hash(link))
    typer.echo(f"http://127.0.0.1:{port}/in/{link}")
    say(f"Persoonlijke link van {name.strip()}. Wie haar heeft, beslist onder deze naam; intrekken: coder revoke.")


def revoke(folder: Folder, name: Name) -> None:
    """Take back every personal link of a coder; what they decided stays."""
    from coding.store import open_store, revoke_links
    from corpus.study import open_study

    with closing(open_store(open_study(folder))) as store:
        count = revoke_links(store, name.strip())
    say(f"{count} {'link' if count == 1 else 'links'} van {name.strip()} ingetrokken.")
    raise typer.Exit(0 if count else 1)


def _door(store: sqlite3.Connection, host: str, single: str) -> "Door":
    from coding.review.app import Door
    from coding.store import link_owner, session_secret

    lock = threading.Lock()

    def owner(link: str) -> str | None:
        with lock:
            return link_owner(store, link)

    return Door(session_secret(store), frozenset({*LOOPBACK, *_addresses(host)}), single, owner)


def _addresses(host: str) -> set[str]:
    """The names by which browsers reach this address: all of this computer's when it listens on every one."""
    import socket

    if host not in ("0.0.0.0", "::"):  # noqa: S104  # asked for by the user, who needs links then
        return {host}
    name = socket.gethostname()
    with suppress(OSError):
        return {name.lower(), *(str(info[4][0]) for info in socket.getaddrinfo(name, None))}
    return {name.lower()}


@contextmanager
def _claimed(study: "Study", address: str) -> Iterator[None]:
    """Hold the study for one review page at a time. Raise `BusyError` that names who has it."""
    holder = study.path / "review.txt"
    # An exclusive transaction on a file of its own: SQLite lets go of it on every system, also when we are killed.
    with closing(sqlite3.connect(study.path / "review.lock", timeout=0, isolation_level=None)) as claim:
        try:
            claim.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            who = holder.read_text(encoding="utf-8") if holder.exists() else "een ander proces"
            raise BusyError(
                f"{study.path}: de beoordelingspagina draait al ({who}). Gebruik die, of stop haar eerst."
            ) from None
        holder.write_text(f"{_own_name()}, http://{address}/", encoding="utf-8")
        yield
        holder.unlink(missing_ok=True)


def _own_name() -> str:
    import getpass

    with suppress(OSError, KeyError):
        return getpass.getuser()
    return "codeur"


def _open_later(address: str) -> None:
    import webbrowser

    timer = threading.Timer(1, webbrowser.open, [address])
    timer.daemon = True
    timer.start()
