"""``compliance simulate``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated, Literal

import typer

from compliance.cli.options import At

Name = Annotated[Literal["xporter"], typer.Argument(metavar="NAME", help="The integrator: xporter.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 for any that is free.")]
Faults = Annotated[
    list[str],
    typer.Option("--fault", metavar="NAME", help="What goes wrong.", default_factory=list, show_default=False),
]


def simulate(*, name: Name, port: Port = 8765, fault: Faults, at: At = None) -> None:  # noqa: ARG001 - one name so far
    """Stand for an integrator's server on this machine, with an invented school."""
    from compliance.cli.choosing import choose
    from compliance.cli.clock import moment
    from compliance.cli.printing import put
    from compliance.example.simulated import FAULTS, SECRET, simulated

    faults = frozenset(choose(each, FAULTS, what="fault") for each in fault)
    with simulated(moment(at).date(), faults=faults, port=port) as server:
        put(f"{server.address}\nThe school is invented: LAESTAB 1234567, COMPLIANCE_SECRET={SECRET}. Ctrl-C ends it.\n")
        server.wait()
