"""The verb assign: hand out passages to coders, and see how far they are."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import names_of, say

if TYPE_CHECKING:
    from coding.assigning import Share
    from coding.snapshot import Snapshot

SIZE = 100


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    example = "Example: rodedraad assign study --sample 100 --double --coders Ada,Bas"
    app.command("assign", epilog=example)(assign)


def assign(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    double: Annotated[bool, typer.Option("--double", help="Two coders a passage, blind: for agree.")] = False,
    sample: Annotated[int, typer.Option("--sample", min=0, help="So many passages, drawn at random.")] = 0,
    coders: Annotated[list[str] | None, typer.Option("--coders", help="Names; default who has a link.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other passages.")] = 0,
    drop: Annotated[bool, typer.Option("--drop", help="Take back what is not coded blind yet.")] = False,
) -> None:
    """Hand out passages to coders; without options, tell how far each of them is.

    With --double every passage goes to two coders, who see no suggestions and no codes of others (100 passages unless
    --sample says otherwise). Without it, the work is divided: each coder gets a share, documents as whole as can be.
    Dividing again takes the place of the earlier shares.
    """
    from coding.assigning import shares, unfinished
    from coding.cli.studies import present_state
    from coding.store import drop_assignments, linked_coders, open_store
    from corpus.study import open_study

    snapshot = present_state(folder)
    if drop:
        due = unfinished(snapshot)
        with closing(open_store(open_study(folder))) as store:
            drop_assignments(store, due)
        say(f"{len(due)} blinde coderingen die nog niet af waren, zijn teruggenomen; wat af is, blijft.")
    elif double or sample or coders:
        with closing(open_store(open_study(folder))) as store:
            names = names_of(coders) or linked_coders(store)
        _hand_out(folder, snapshot, names, sample or (SIZE if double else 0), seed=seed, double=double)
    elif not snapshot.assigned:
        say(f"Er is nog niets uitgedeeld: rodedraad assign {folder} --sample {SIZE} --double --coders Ada,Bas")
        raise typer.Exit(1)
    else:
        for line in lines(shares(snapshot)):
            typer.echo(line)


def lines(found: "list[Share]") -> list[str]:
    """Return how far each coder is, as a table to read."""
    rows = [f"{'codeur':24}{'blind':>14}{'deel van het werk':>20}"]
    for share in found:
        blind = f"{share.blind_done} van {share.blind}" if share.blind else "–"
        work = f"{share.work_done} van {share.work}" if share.work else "–"
        rows.append(f"{share.coder:24}{blind:>14}{work:>20}")
    return rows


def _hand_out(folder: Path, snapshot: "Snapshot", names: list[str], size: int, *, seed: int, double: bool) -> None:
    from coding.assigning import draw_pairs, share_out
    from coding.store import assign as record
    from coding.store import drop_assignments, open_store
    from corpus.study import open_study

    if len(set(names)) < 1 + double:
        raise typer.BadParameter(
            f"noem {'twee of meer codeurs' if double else 'de codeurs'} (Ada,Bas), of geef hun eerst een link: "
            f"rodedraad coder add {folder} NAAM",
            param_hint="--coders",
        )
    assigned = draw_pairs(snapshot, names, size, seed=seed) if double else share_out(snapshot, names, size, seed=seed)
    with closing(open_store(open_study(folder))) as store:
        if not double:
            drop_assignments(store, [a for a in snapshot.assigned if not a.blind])
        record(store, assigned)
    passages = len({(a.document_id, a.start) for a in assigned})
    say(f"{passages} passages uitgedeeld aan {', '.join(dict.fromkeys(names))}{', elk aan twee' if double else ''}.")
    if double and passages < size:
        say("Minder dan gevraagd: wat eerder is getrokken of al met voorstellen is beoordeeld, doet niet mee.")
    say("Staat de beoordelingspagina open, start haar dan opnieuw; de persoonlijke link brengt ieder naar eigen werk.")
