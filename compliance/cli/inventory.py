"""``compliance inventory``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import At, Encoding, IntegratorName, Jobs, NoColor, Save
from compliance.errors import UsageError


def _new_key(path: Path | None) -> None:
    if path:
        from compliance.cli.errors import say
        from compliance.cli.keys import KEY_FILE, make_key_file

        make_key_file(path)
        say(f"{path} holds a new key. Keep it private and apart from saved inventories, and name it in {KEY_FILE}.")
        raise typer.Exit


Addresses = Annotated[list[str], typer.Argument(metavar="ADDRESS", help="A file, folder or database.")]
Engine = Annotated[
    Literal["local", "spark"], typer.Option(help="Where it is taken: on this machine or on a Spark cluster.")
]
Master = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The Spark cluster, such as spark://host:7077, yarn or local[4]."),
]
VocabularyFile = Annotated[
    Path | None, typer.Option("--vocabulary", metavar="FILE", help="Code sets and detectors of your own.")
]
KeepParts = Annotated[
    Path | None,
    typer.Option(
        "--keep-parts",
        metavar="DIR",
        help="Keep what was finished in this private folder: a run that was stopped goes on from there.",
    ),
]
NoDetectors = Annotated[
    bool, typer.Option("--no-detectors", help="Do not look for identifiers in texts: faster, and leaks are not found.")
]
InventoryFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="The format on standard output.")]
For = Annotated[
    list[Path],
    typer.Option(
        "--for", metavar="PATH", help="Also ask what these declarations need to know, for a later audit.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip
As = Annotated[Literal["feed", "store"], typer.Option("--as", help="What the addresses are to these declarations.")]
NewKey = Annotated[
    Path | None,
    typer.Option(
        "--new-key",
        metavar="FILE",
        callback=_new_key,
        is_eager=True,
        help="Write a new key for COMPLIANCE_KEY_FILE, and exit.",
    ),
]


def inventory(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    addresses: Addresses,
    integrator: IntegratorName = None,
    vocabulary: VocabularyFile = None,
    encoding: Encoding = None,
    engine: Engine = "local",
    master: Master = None,
    at: At = None,
    save: Save = None,
    jobs: Jobs = 0,
    keep_parts: KeepParts = None,
    no_detectors: NoDetectors = False,
    declarations: For,
    side: As = "feed",
    new_key: NewKey = None,  # noqa: ARG001 - its callback does all
    standard: InventoryFormat = "text",
    no_color: NoColor = False,
) -> None:
    """Say what is really there, without a single value of it.

    Saved inventories add up (compliance merge) and can be audited in the place of the data (--feed, --store), if all
    were taken with one key. COMPLIANCE_KEY_FILE names the private file that holds it. A saved inventory holds
    pseudonyms of people: guard it, and guard the key more.
    """
    if engine == "spark" and (declarations or integrator not in {None, "plain"}):
        raise UsageError("On Spark, records are read as they stand.", hint="Leave --integrator and --for out.")
    if engine == "local" and master:
        raise UsageError("--master names a Spark cluster.", hint="Say --engine spark with it, or leave it out.")
    from dataclasses import replace

    from compliance.cli.clock import moment
    from compliance.cli.errors import say
    from compliance.cli.jobs import keep_in, processes
    from compliance.cli.keys import run_key, saving_key
    from compliance.cli.progress import progress
    from compliance.cli.saving import put_inventory, save_inventory
    from compliance.pipeline import Request, recognise_feeds, run_inventory

    key = saving_key() if save or keep_parts else run_key()
    request = Request(
        declarations=(*declarations, *([vocabulary] if vocabulary else [])),
        at=moment(at),
        feeds=tuple(addresses) if side == "feed" else (),
        stores=tuple(addresses) if side == "store" else (),
        integrator=integrator,
        encoding=encoding,
        engine=engine,
        master=master,
        key=key,
        jobs=processes(jobs),
        keep=keep_in(keep_parts) if keep_parts else None,
        detect=not no_detectors,
    )
    recognition = None if declarations else recognise_feeds(request)  # a permission set names its integrator
    if recognition:
        say(str(recognition))
        request = replace(request, recognised=recognition.integrator)
    with progress() as tell:
        taken = run_inventory(request, tell)
    if save:
        save_inventory(save, taken, key)
    put_inventory(taken, standard, recognition=recognition, no_color=no_color)
